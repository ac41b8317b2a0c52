"""Markup escapes what is put into it, and no code builds or escapes markup by hand."""

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


def test_inserted_values_become_text_unless_they_are_markup() -> None:
    assert html("<p>{}</p>", BAD) == f"<p>{TEXT}</p>"
    assert html('<p title="{words}">{words}</p>', words=BAD) == f'<p title="{TEXT}">{TEXT}</p>'
    assert html("<p>{}</p>", html("<b>{}</b>", 1)) == "<p><b>1</b></p>"
    assert html("{:.1f}", 2.34) == "2.3"


def test_each_item_fills_the_template_once() -> None:
    assert each("<li>{}</li>", [BAD, Markup("<b>")]) == f"<li>{TEXT}</li><li><b></li>"
    assert each("<dt>{}</dt><dd>{}</dd>", [("a", BAD)]) == f"<dt>a</dt><dd>{TEXT}</dd>"
    assert each("<li>{}</li>", []) == ""


def test_a_sentence_keeps_only_its_own_tags() -> None:
    sentence = "It is <strong>{word}</strong>.".format(**escaped(word=BAD))
    assert marked(sentence) == f"It is <strong>{TEXT}</strong>."


def test_a_link_without_an_address_is_plain_text() -> None:
    assert link("", "a < b") == "a &lt; b"
    assert 'rel="noopener noreferrer"' in link("https://doi.org/10.1/x", "paper")
    assert 'href="&#34;"' in link('"', "paper")


TAG = re.compile(r"</?[a-z][a-z0-9]*[^<>]*>|<[a-z][a-z0-9]* [^<>]*$|&[a-z]+;")
MAKERS = ("html", "each", "marked", "Markup", "_", "ngettext")
# The calls that `marked` accepts, and the expressions that contain no text from users.
SENTENCES = ("_", "ngettext", "joined")
INERT = (
    "_STYLE",
    "_SCRIPT",
    "_policy()",
    r"json.dumps(data).replace('<', '\\u003c').replace('>', '\\u003e')",
)

KEPT = "state['html']"  # text stored in a page, which was markup when it was written


def by_hand(source: str) -> Iterator[str]:
    """Yield every place where markup is built or escaped without a template.

    That is: markup in an f-string, beside ``+`` or ``%``, or in a string that does not go to
    `twitchlib.markup`; a template that is not a literal; a sentence that is declared to be markup
    though not all of its values are escaped; a call of any ``escape``.
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
                    yield f"{node.lineno}: an expression declared to be markup"
                elif called == "remade" and [*map(ast.unparse, arguments)] != [KEPT]:
                    yield f"{node.lineno}: text from elsewhere declared to be markup"
                elif called == "marked" and not all(map(sentence, arguments)):
                    yield f"{node.lineno}: a sentence with a value that is not escaped"
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in within and TAG.search(text):
                yield f"{node.lineno}: markup outside a template"


def name(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


def literal_only(node: ast.expr) -> bool:
    """Return whether an expression is a literal, or a choice between literals."""
    if isinstance(node, ast.IfExp):
        return literal_only(node.body) and literal_only(node.orelse)
    return isinstance(node, ast.Constant)


def trusted(node: ast.expr) -> bool:
    return literal_only(node) or ast.unparse(node) in INERT


def sentence(node: ast.expr) -> bool:
    """Return whether an expression is a translated sentence whose values are all escaped."""
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
    "mistake",
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
def test_a_mistake_is_found(mistake: str) -> None:
    assert list(by_hand(mistake))


def test_correct_code_passes() -> None:
    assert not list(
        by_hand(
            '"""Say <p>."""\n'
            'x = html("<p>{}</p>", f"{name} is {5}")\n'
            'y = each("<li>{}</li>", names) + Markup(" class=\\"a\\"")\n'
            'z = marked(_("<b>{name}</b>", **escaped(name=name)))\n'
        )
    )
