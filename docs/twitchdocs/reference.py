"""The reference: a page for each public module, made from its ``__all__``."""

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

Everything public, by module. What a module names in `__all__` is public; nothing else is. Each
example is run by the tests.

Every function checks what it is given. A value that cannot be used raises
{py:obj}`~twitchlib.errors.NotAllowedError` (a `ValueError`), whose message names the field, the
value and what is allowed; a name that nothing has, {py:obj}`~twitchlib.errors.UnknownNameError`,
which is one of them. Results that are series come as arrays with their unit in the name, and
as a tidy table by `to_frame()`.

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
    left = [name for name in module.__all__ if not inspect.ismodule(getattr(module, name))]
    elsewhere = [name for name in left if _home(module, name) in pages]
    if elsewhere:
        links = (f"{{py:obj}}`{n} <{_home(module, n)}.{n}>`" for n in elsewhere)
        lines += [f"Also here, for convenience: {', '.join(links)}.", ""]
    left = [name for name in left if name not in elsewhere]
    for title, (directive, belongs) in _SECTIONS.items():
        names = [name for name in left if belongs(getattr(module, name))]
        left = [name for name in left if name not in names]
        if names:
            lines += [f"## {title}", ""]
        for name in names:
            lines += _rst(f".. {directive}:: {module.__name__}.{name}", *_options(module, name))
    return "\n".join(lines)


def _home(module: ModuleType, name: str) -> str | None:
    """Return the module where a class or function of this one is made, if that is another."""
    home = getattr(getattr(module, name), "__module__", None)
    return None if home == module.__name__ else home


def _options(module: ModuleType, name: str) -> list[str]:
    thing = getattr(module, name)
    if inspect.isroutine(thing):
        return []
    if not inspect.isclass(thing):
        return ["   :no-value:"]
    # What a widget inherits is its framework's business.
    bases = [base.__name__ for base in thing.__mro__ if not base.__module__.startswith("twitchlib")]
    return ["   :members:", f"   :inherited-members: {', '.join(bases)}"]


def _rst(*lines: str) -> list[str]:
    return ["```{eval-rst}", *lines, "```", ""]
