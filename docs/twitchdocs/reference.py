"""Write the reference: a page for each public module, made from its ``__all__``."""

import inspect
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Final

from twitchdocs.pages import put, sweep
from twitchdocs.public import modules

__all__ = ["write"]

_INTRODUCTION = """\
# Reference

Everything public, by module. What a module names in `__all__` is public; nothing else is. The
tests run every example.

Every function checks its arguments. A value that is not allowed raises
{py:obj}`~twitchlib.errors.NotAllowedError` (a `ValueError`), whose message names the field, the
value and what is allowed; an unknown name raises its subclass
{py:obj}`~twitchlib.errors.UnknownNameError`. Results that are series are arrays with their unit in
the name; `to_frame()` returns them as a tidy table.

| module | |
| --- | --- |
"""

_SECTIONS: Final[dict[str, tuple[str, Callable[[object], bool]]]] = {
    "Functions": ("autofunction", inspect.isroutine),
    "Classes": ("autoclass", inspect.isclass),
    "Constants": ("autodata", lambda _thing: True),
}


def write(folder: Path) -> None:
    """Write the pages of the reference into a folder."""
    found = tuple(modules())
    names = [module.__name__ for module in found]
    table = "".join(f"| [`{m.__name__}`]({m.__name__}.md) | {_summary(m)} |\n" for m in found)
    entries = [f"{name.removeprefix('twitchlib.')} <{name}>" for name in names]
    toctree = "\n".join(["", "```{toctree}", ":hidden:", "", *entries, "```", ""])
    put(folder / "index.md", _INTRODUCTION + table + toctree)
    for module in found:
        put(folder / f"{module.__name__}.md", _page(module, names))
    sweep(folder, {"index.md", *(f"{name}.md" for name in names)})


def _summary(module: ModuleType) -> str:
    return inspect.cleandoc(module.__doc__ or "").splitlines()[0].replace("|", "\\|")


def _page(module: ModuleType, pages: list[str]) -> str:
    lines = [f"# {module.__name__}", "", *_rst(f".. automodule:: {module.__name__}")]
    remaining = [name for name in module.__all__ if not inspect.ismodule(getattr(module, name))]
    elsewhere = [name for name in remaining if _home(module, name) in pages]
    if elsewhere:
        links = (f"{{py:obj}}`{n} <{_home(module, n)}.{n}>`" for n in elsewhere)
        lines += [f"Also here, for convenience: {', '.join(links)}.", ""]
    remaining = [name for name in remaining if name not in elsewhere]
    for title, (directive, belongs) in _SECTIONS.items():
        names = [name for name in remaining if belongs(getattr(module, name))]
        remaining = [name for name in remaining if name not in names]
        if names:
            lines += [f"## {title}", ""]
        for name in names:
            lines += _rst(f".. {directive}:: {module.__name__}.{name}", *_options(module, name))
    return "\n".join(lines)


def _home(module: ModuleType, name: str) -> str | None:
    """Return the module that defines a class or function, if it is not this one."""
    home = getattr(getattr(module, name), "__module__", None)
    return None if home == module.__name__ else home


def _options(module: ModuleType, name: str) -> list[str]:
    thing = getattr(module, name)
    if inspect.isroutine(thing):
        return []
    if not inspect.isclass(thing):
        return ["   :no-value:"]
    # Leave out the members that a class inherits from other packages.
    bases = [base.__name__ for base in thing.__mro__ if not base.__module__.startswith("twitchlib")]
    return ["   :members:", f"   :inherited-members: {', '.join(bases)}"]


def _rst(*lines: str) -> list[str]:
    return ["```{eval-rst}", *lines, "```", ""]
