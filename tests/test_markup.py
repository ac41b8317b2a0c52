"""Markup escapes what is put into it, so no code escapes by hand or forgets to."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from twitchlib.markup import Markup, each, escaped, html, link, marked

ROOT = Path(__file__).parents[1] / "twitchlib"
SOURCES = [
    *(path for name in ("widgets", "care") for path in sorted((ROOT / name).rglob("*.py"))),
    *(ROOT / "emg" / name for name in ("_drawn.py", "_page.py", "report.py")),
]
BAD = "<script>\"'&"
TEXT = "&lt;script&gt;&#34;&#39;&amp;"


def test_what_is_put_in_becomes_text_unless_it_is_markup() -> None:
    assert html("<p>{}</p>", BAD) == f"<p>{TEXT}</p>"
    assert html('<p title="{words}">{words}</p>', words=BAD) == f'<p title="{TEXT}">{TEXT}</p>'
    assert html("<p>{}</p>", html("<b>{}</b>", 1)) == "<p><b>1</b></p>"
    assert html("{:.1f}", 2.34) == "2.3"


def test_several_items_are_joined() -> None:
    assert each("<li>{}</li>", [BAD, Markup("<b>")]) == f"<li>{TEXT}</li><li><b></li>"
    assert each("<dt>{}</dt><dd>{}</dd>", [("a", BAD)]) == f"<dt>a</dt><dd>{TEXT}</dd>"
    assert each("<li>{}</li>", []) == ""


def test_a_sentence_keeps_only_its_own_tags() -> None:
    sentence = "It is <strong>{word}</strong>.".format(**escaped(word=BAD))
    assert marked(sentence) == f"It is <strong>{TEXT}</strong>."


def test_a_link_without_an_address_is_its_words() -> None:
    assert link("", "a < b") == "a &lt; b"
    assert 'rel="noopener noreferrer"' in link("https://doi.org/10.1/x", "paper")
    assert 'href="&#34;"' in link('"', "paper")


TAG = re.compile(r"</?[a-z][a-z0-9]*[^<>]*>|<[a-z][a-z0-9]* [^<>]*$|&[a-z]+;")
MAKERS = ("html", "each", "marked", "Markup", "_", "ngettext")
# Calls that may make a sentence with markup in its placeholders, and values that are nobody's text.
SENTENCES = ("_", "ngettext", "joined")
INERT = (
    "_STYLE",
    "_SCRIPT",
    "_policy()",
    r"json.dumps(data).replace('<', '\\u003c').replace('>', '\\u003e')",
)

KEPT = "state['html']"  # a text kept in a page, which was markup when it was written


def by_hand(source: str) -> Iterator[str]:
    """Yield every place where markup is composed, or made safe, without a template.

    That is: markup in an f-string, beside ``+`` or ``%``, or in a string that is not passed to
    `twitchlib.markup`; a template that is not a literal; a sentence that is declared to be markup
    though its values are not all escaped; a call of any ``escape``.
    """
    tree = ast.parse(source)
    within = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name(node.func) in MAKERS:
            within |= {id(inner) for inner in ast.walk(node) if isinstance(inner, ast.Constant)}
        if isinstance(node, ast.Expr):  # a docstring
            within |= {id(node.value)}
    for node in ast.walk(tree):
        match node:
            case ast.JoinedStr(values=parts):
                literal = "".join(
                    str(part.value) if isinstance(part, ast.Constant) else "x" for part in parts
                )
                if TAG.search(literal):
                    yield f"{node.lineno}: markup in an f-string"
                within |= {id(part) for part in parts}
            case ast.Call(func=function, args=arguments):
                called = name(function)
                if called == "escape":
                    yield f"{node.lineno}: escaped by hand"
                elif called in ("html", "each") and not all(map(literal_only, arguments[:1])):
                    yield f"{node.lineno}: a template that is not a literal"
                elif called == "Markup" and not all(map(trusted, arguments)):
                    yield f"{node.lineno}: something declared to be markup"
                elif called == "remade" and [ast.unparse(one) for one in arguments] != [KEPT]:
                    yield f"{node.lineno}: something made elsewhere declared to be markup"
                elif called == "marked" and not all(map(sentence, arguments)):
                    yield f"{node.lineno}: a sentence whose values are not all escaped"
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in within and TAG.search(text):
                yield f"{node.lineno}: markup outside a template"


def name(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


def literal_only(node: ast.expr) -> bool:
    """Return whether an expression is a literal, or a choice between two."""
    if isinstance(node, ast.IfExp):
        return literal_only(node.body) and literal_only(node.orelse)
    return isinstance(node, ast.Constant)


def trusted(node: ast.expr) -> bool:
    return literal_only(node) or ast.unparse(node) in INERT


def sentence(node: ast.expr) -> bool:
    """Return whether a sentence is a translated one, with all its values `escaped`."""
    return (
        isinstance(node, ast.Call)
        and name(node.func) in SENTENCES
        and all(
            keyword.arg is None
            and isinstance(keyword.value, ast.Call)
            and name(keyword.value.func) == "escaped"
            for keyword in node.keywords
        )
    )


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_markup_is_made_by_hand(path: Path) -> None:
    assert list(by_hand(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "slip",
    [
        'x = f"<p>{name}</p>"',
        'x = "<p>" + name + "</p>"',
        'x = "<li>%s</li>" % name',
        'x = "<p>{}</p>".format(name)',
        "x = html(name)",
        'x = html("<p>" + name)',
        "x = Markup(name)",
        "x = Markup(_STYLE + name)",
        'x = Markup(f"{name}")',
        "x = marked(name)",
        'x = marked(_("<b>{name}</b>", name=name))',
        'x = marked(_("<b>{name}</b>", **escaped(name=name), other=other))',
        "x = escape(name)",
        "x = html.escape(name)",
        "x = f'<a href=\"{name}\">'",
    ],
)
def test_a_slip_is_found(slip: str) -> None:
    assert list(by_hand(slip))


def test_correct_code_passes() -> None:
    assert not list(
        by_hand(
            '"""Say <p>."""\n'
            'x = html("<p>{}</p>", f"{name} is {5}")\n'
            'y = each("<li>{}</li>", names) + Markup(" class=\\"a\\"")\n'
            'z = marked(_("<b>{name}</b>", **escaped(name=name)))\n'
        )
    )
