"""HTML that is safe by itself: what is put into a template becomes text, unless it is markup."""

from collections.abc import Iterable

from markupsafe import Markup as Markup
from markupsafe import escape

__all__ = ["each", "html"]


def html(template: str, /, *values: object, **named: object) -> Markup:
    """Return a template with values in its holes.

    Parameters
    ----------
    template : str
        Markup written out in the code, with the holes of `str.format`. Braces are doubled there.
    *values, **named
        What to put there: markup as it is, anything else as text.

    Examples
    --------
    >>> html('<p title="{name}">{words}</p>', name="it", words="a < b")
    Markup('<p title="it">a &lt; b</p>')
    """
    return Markup(template).format(*values, **named)  # noqa: S704 - a test sees to what comes here


def each(template: str, items: Iterable[object]) -> Markup:
    """Return one filled template after the other.

    Parameters
    ----------
    template : str
        As for `html`; ``{0.word}`` and ``{0[word]}`` take a part of an item.
    items : iterable
        What to put into each: one value, or a tuple of several.

    Examples
    --------
    >>> html("<ul>{}</ul>", each("<li>{}</li>", ["<b>", 2]))
    Markup('<ul><li>&lt;b&gt;</li><li>2</li></ul>')
    """
    return Markup().join(
        html(template, *(item if isinstance(item, tuple) else (item,))) for item in items
    )


def escaped(**values: object) -> dict[str, Markup]:
    """Return values as a sentence with marks in it takes them; see `marked`."""
    return {name: escape(value) for name, value in values.items()}


def marked(sentence: str) -> Markup:
    """Return a translated sentence that has marks of its own, such as ``<strong>``, as markup.

    Parameters
    ----------
    sentence : str
        Made where it is handed over, with every value `escaped`:
        ``marked(_("It is <strong>{word}</strong>.", **escaped(word=word)))``.
    """
    return Markup(sentence)  # noqa: S704 - a test sees to what comes here


def link(address: str, words: str) -> Markup:
    """Return a link that opens beside the page; only the words where there is no address.

    Examples
    --------
    >>> link("", "a < b")
    Markup('a &lt; b')
    """
    if not address:
        return escape(words)
    return html('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>', address, words)
