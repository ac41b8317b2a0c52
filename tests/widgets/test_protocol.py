"""The messages between Python and the scripts: both sides keep to `protocol.json`."""

import pkgutil
import re
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import anywidget
import pytest
from babel.messages.jslexer import tokenize

from twitchlib import widgets
from twitchlib.widgets import FigureView
from twitchlib.widgets._panel import Panel, Scripted
from twitchlib.widgets._protocol import PROTOCOL, fits, require
from twitchlib.widgets.checklist import Checklist, Item
from twitchlib.widgets.download import Download
from twitchlib.widgets.prose import Prose

SCRIPTS = Path(__file__).parents[2] / "twitchlib/widgets/js"
SHARED = {
    "clock.js", "figure_fit.js", "figure_turn.js", "file_input.js", "lab_start.js", "options.js",
    "panel.js", "place_notes.js", "plotly_bundle.js", "plotly_course.js", "plotly_pause.js",
    "plotly_slices.js", "shared.js",
}  # fmt: skip
MEANT = {"spec": "_spec", "shown": "_shown", "clip": "_clip"}
"""What a variable of this name holds in any script."""

SHAPE = {"a": "int", "b?": ["str"], "c?": ["str", {"d": "float"}], "e?": {"*": "bool|null"}}


@pytest.mark.parametrize(
    "value",
    [
        {"a": 1},
        {"a": 1, "b": []},
        {"a": 1, "b": ["x", "y"], "c": "x", "e": {}},
        {"a": 1, "c": {"d": 2}, "e": {"x": True, "y": None}},
    ],
)
def test_a_value_as_described_fits(value: object) -> None:
    assert fits(SHAPE, value)
    require(SHAPE, value, "it")


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ({}, "it.a"),
        ({"a": True}, "it.a"),
        ({"a": 1.0}, "it.a"),
        ({"a": 1, "b": "x"}, "it.b"),
        ({"a": 1, "b": ["x", 1]}, r"it.b\[1\]"),
        ({"a": 1, "c": {"d": "x"}}, "it.c"),
        ({"a": 1, "e": {"x": 1}}, "it.e.x"),
        ({"a": 1, "z": 1}, "it.z"),
        ({"a": 1, "b?": []}, r"it.b\?"),
        ([1], "it"),
    ],
)
def test_a_value_not_as_described_is_refused_with_its_place(value: object, where: str) -> None:
    assert not fits(SHAPE, value)
    with pytest.raises(TypeError, match=f"^{where} does not match"):
        require(SHAPE, value, "it")


def test_a_widget_sends_nothing_that_is_not_described() -> None:
    ticks = Checklist("?", [Item("a", "A")])
    with pytest.raises(TypeError, match=r"checklist\.js _shown\.cake"):
        ticks._shown = {**ticks._shown, "cake": 1}
    button = Download("Save", "a.txt", "text/plain", lambda: b"")
    with pytest.raises(TypeError, match=r"download\.js answers\.file"):
        button.send({"file": 1})


def test_a_widget_hears_nothing_that_is_not_described() -> None:
    ticks = Checklist("?", [Item("a", "A")])
    ticks._receive(ticks, {"turn": "1", "edit": {"ticked": ["a"], "cake": 1}}, [])
    assert (ticks.value, ticks._shown["answers"]) == ((), "1")
    ticks._receive(ticks, {"turn": "2", "edit": {"ticked": ["a"]}, "cake": 1}, [])
    assert ticks._shown["answers"] == "1"


# ---------------------------------------------------------------- the classes

for module in pkgutil.walk_packages(widgets.__path__, f"{widgets.__name__}."):
    import_module(module.name)


def scripted(base: type = Scripted) -> Iterator[type[Scripted]]:
    """Yield every class of the library with a script of its own."""
    cls: type[Scripted]
    for cls in base.__subclasses__():
        if "_scripts" in cls.__dict__ and cls.__module__.startswith("twitchlib."):
            yield cls
        yield from scripted(cls)


def test_every_script_is_described_and_every_description_has_one() -> None:
    assert PROTOCOL.keys() == {path.name for path in SCRIPTS.glob("*.js")} - SHARED | {"panel.js"}


@pytest.mark.parametrize("cls", [*scripted(), Prose], ids=lambda cls: cls.__name__)
def test_every_synced_trait_is_described(cls: type[anywidget.AnyWidget]) -> None:
    own = PROTOCOL["prose.js"] if cls is Prose else cls._protocol
    travels = cls.class_traits(sync=True).keys() - anywidget.AnyWidget.class_traits().keys()
    # The leaves of a figure are named by their paths, and the list of paths travels with them.
    assert travels | ({"_paths"} if cls is FigureView else set()) == {
        name for name in own if name not in ("asks", "answers", "edit")
    }


# ---------------------------------------------------------------- the scripts


def words(source: str) -> Iterator[str]:
    """Yield the tokens of a script, and those inside its templates."""
    for token in tokenize(source, jsx=False, dotted=False):
        if token.type == "template_string":
            for hole in re.findall(r"\$\{([^{}]*)\}", token.value):
                yield from words(hole)
        elif "comment" not in token.type:
            yield token.value


def matching(tokens: Sequence[str], start: int, step: int) -> int:
    """Return where the bracket at `start` is closed, going by `step`."""
    depth = 0
    for i in range(start, len(tokens) if step > 0 else -1, step):
        depth += {"{": 1, "[": 1, "(": 1, "}": -1, "]": -1, ")": -1}.get(tokens[i], 0) * step
        if depth == 0:
            return i
    raise AssertionError("a bracket is not closed")


def entries(tokens: Sequence[str], start: int) -> Iterator[tuple[str, int]]:
    """Yield the names in the object or pattern that begins at `start`, and their positions."""
    end, i = matching(tokens, start, 1), start + 1
    while i < end:
        if tokens[i - 1] in ("{", ",") and tokens[i].isidentifier():
            yield tokens[i], i
        i = matching(tokens, i, 1) + 1 if tokens[i] in "{[(" else i + 1


def read(tokens: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what a script reads from its traits, by trait: ``shown.at`` is ``_shown``, ``at``."""
    for i, word in enumerate(tokens):
        first = last = i
        if word in MEANT and tokens[i - 1] != ".":
            trait = MEANT[word]
        elif word == "get" and tokens[i - 2] == "model" and tokens[i + 2].startswith('"'):
            trait, first, last = tokens[i + 2].strip('"'), i - 2, i + 3
            yield trait, ""
        else:
            continue
        while tokens[last + 1] == ")" or tokens[first - 1] == "(":  # (pending ?? shown).ticked
            if tokens[last + 1] != ")":
                break
            last += 1
        if tokens[last + 1] in (".", "?."):
            yield trait, tokens[last + 2]
        elif tokens[first - 2 : first] == ["}", "="]:
            for name, _ in entries(tokens, matching(tokens, first - 2, -1)):
                yield trait, name


def unknown(tokens: Sequence[str], start: int, shape: Any) -> Iterator[str]:
    """Yield the names in the object at `start` that its shape does not have."""
    known = {name.removesuffix("?"): one for name, one in shape.items()}
    for name, i in entries(tokens, start):
        inner = known.get(name, known.get("*"))
        if inner is None:
            yield name
        elif tokens[i + 1 : i + 3] == [":", "{"] and isinstance(inner, dict):
            yield from unknown(tokens, i + 2, inner)
        elif tokens[i + 1 : i + 4] == [":", "[", "{"] and isinstance(inner, list):
            yield from unknown(tokens, i + 3, inner[0])


def names(shape: Any) -> Iterator[str]:
    """Yield every name in a shape."""
    if isinstance(shape, list):
        for one in shape:
            yield from names(one)
    if isinstance(shape, Mapping):
        for name, one in shape.items():
            if name != "*":
                yield name.removesuffix("?")
            yield from names(one)


def misuses(tokens: Sequence[str], protocol: Mapping[str, Any]) -> list[str]:
    """Return what a script reads or sends although the protocol does not describe it."""
    found = []
    for trait, name in read(tokens):
        shape = protocol.get(trait)
        strange = isinstance(shape, dict) and name and not {name, f"{name}?"} & shape.keys()
        if strange or (shape is None and not name):
            found.append(f"{trait}.{name}")
    for i, word in enumerate(tokens):
        if word == "send" and list(tokens[i + 1 : i + 3]) == ["(", "{"]:
            sent = protocol.get("edit", protocol.get("asks", {}))
            found += [f"send {name}" for name in unknown(tokens, i + 2, sent)]
    return found


@pytest.mark.parametrize("script", PROTOCOL)
def test_a_script_uses_what_is_described_and_nothing_else(script: str) -> None:
    protocol = PROTOCOL[script]
    if script == "panel.js":
        protocol = {**protocol, "_spec": "any"}  # it passes this on unread
    owner = next((cls for cls in scripted() if cls._scripts[-1] == script), None)
    files = [*owner._shared, *owner._scripts] if owner else [script]
    own = list(words((SCRIPTS / script).read_text(encoding="utf-8")))
    assert misuses(own, protocol) == []
    all_ = {w for file in files for w in words((SCRIPTS / file).read_text(encoding="utf-8"))}
    described = {n for part, shape in PROTOCOL[script].items() for n in [part, *names(shape)]}
    used = {word.strip('"') for word in all_} | {"asks", "answers", "edit"}
    if issubclass(owner or Scripted, Panel):
        used |= {"_spec", "_shown"}
    assert described <= used


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("shown.at + shown.cake", ["_shown.cake"]),
        ("const { at, cake: x } = shown;", ["_shown.cake"]),
        ('const { at, cake } = model.get("_shown");', ["_shown.cake"]),
        ('model.get("_shown").cake', ["_shown.cake"]),
        ('model.get("_cake")', ["_cake."]),
        ("(pending ?? shown).cake", ["_shown.cake"]),
        ("`${shown.cake} ${shown.at}`", ["_shown.cake"]),
        ("view.shown.cake", []),
        ("send({ at: 1, cake })", ["send cake"]),
        ("send({ steps: [{ add: f({ x: 1 }), cake }] })", ["send cake"]),
        ("send({ answers: { [id]: answer }, ...others })", []),
    ],
)
def test_uses_that_are_not_described_are_found(source: str, found: list[str]) -> None:
    edit = {"at?": "int", "answers?": {"*": "any"}, "steps?": [{"add": {"*": "str"}}]}
    tokens = list(words(source + ";"))
    assert misuses(tokens, {"_shown": {"at": "int"}, "edit": edit}) == found
