"""HTML that is safe by default: values put into a template are escaped, unless they are markup."""

from collections.abc import Iterable

from markupsafe import Markup as Markup
from markupsafe import escape

__all__ = ["each", "html"]


def html(template: str, /, *values: object, **named: object) -> Markup:
    """Return a template with its placeholders filled.

    Parameters
    ----------
    template : str
        Markup written out in the code, with `str.format` placeholders; literal braces are doubled.
    *values, **named
        Values to fill in: markup as it is, anything else as text.

    Examples
    --------
    >>> html('<p title="{name}">{words}</p>', name="it", words="a < b")
    Markup('<p title="it">a &lt; b</p>')
    """
    return Markup(template).format(*values, **named)  # noqa: S704 - a test checks what is passed here


def each(template: str, items: Iterable[object]) -> Markup:
    """Return the template filled once for each item, joined.

    Parameters
    ----------
    template : str
        As for `html`; ``{0.word}`` and ``{0[word]}`` take a part of an item.
    items : iterable
        The value for each copy, or a tuple of several.

    Examples
    --------
    >>> html("<ul>{}</ul>", each("<li>{}</li>", ["<b>", 2]))
    Markup('<ul><li>&lt;b&gt;</li><li>2</li></ul>')
    """
    return Markup().join(
        html(template, *(item if isinstance(item, tuple) else (item,))) for item in items
    )


def escaped(**values: object) -> dict[str, Markup]:
    """Return values escaped for a sentence that contains markup; see `marked`."""
    return {name: escape(value) for name, value in values.items()}


def marked(sentence: str) -> Markup:
    """Return a translated sentence that contains tags, such as ``<strong>``, as markup.

    Parameters
    ----------
    sentence : str
        Built in the call itself, with every value `escaped`:
        ``marked(_("It is <strong>{word}</strong>.", **escaped(word=word)))``.
    """
    return Markup(sentence)  # noqa: S704 - a test checks what is passed here


def remade(text: str) -> Markup:
    """Return as markup a text that the course made as markup and a page has kept as plain text."""
    return Markup(text)  # noqa: S704 - a test checks what is passed here


def link(address: str, words: str) -> Markup:
    """Return a link that opens in a new tab, or only the words if there is no address.

    Examples
    --------
    >>> link("", "a < b")
    Markup('a &lt; b')
    """
    if not address:
        return escape(words)
    return html('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>', address, words)
