"""Rows of the guide's tables as text to read: what it says, and beside it what studies find."""

from twitchlib import guide
from twitchlib.messages import gettext as _
from twitchlib.widgets.claims import sources_markup
from twitchlib.widgets.prose import Prose, text

__all__ = ["additions", "conditions", "normal_situations", "statements"]


def statements(*rows: str) -> Prose:
    """Show what is said about twitching in general.

    Parameters
    ----------
    *rows : str
        Ids in the table ``twitching``.

    Raises
    ------
    KeyError
        If there is no such row.

    Examples
    --------
    >>> statements("definition").html.startswith("<p><strong>")
    True
    """
    known = guide.rows("twitching")
    items = "".join(
        f"<p><strong>{text(known[name]['topic'])}.</strong> {text(known[name]['statement'])}</p>"
        for name in rows
    )
    return Prose(items)


def normal_situations() -> Prose:
    """Show when the guide calls twitching normal, and what studies find of that.

    Examples
    --------
    >>> len(normal_situations().html) > 100
    True
    """
    items = "".join(
        f"<li><div><h3>{text(row['situation'])}</h3></div><div><p>{text(row['guide_says'])}</p>"
        f"</div><div><p>{text(row['studies_find'])}</p></div></li>"
        for row in guide.rows("normal").values()
    )
    return Prose(f'<ul class="tw-findings">{items}</ul>')


def conditions() -> Prose:
    """Show the health conditions that the guide names, in balance and with their sources.

    Examples
    --------
    >>> "Multiple sclerosis" in conditions().html
    True
    """
    return Prose("".join(_condition(name, row) for name, row in guide.rows("conditions").items()))


def _condition(name: str, row: guide.Row) -> str:
    cause = guide.rows("causes")[name]
    parts = [
        (_("How it works"), cause["how"]),
        (_("Does twitching mean it?"), row["means_it"]),
        (_("What else is there then"), row["comes_with"]),
        (_("How it is found"), row["found_by"]),
        (_("In balance"), row["in_balance"]),
    ]
    said = "".join(f"<p><strong>{text(t)}</strong> {text(words)}</p>" for t, words in parts)
    return _unfolding(
        f"condition-{name}", cause["name"], f"<p>{text(cause['guide_says'])}</p>{said}", row
    )


def additions(*names: str) -> Prose:
    """Show what the course adds to the guide, each piece with its sources and marked as added.

    Parameters
    ----------
    *names : str
        Ids in the table ``additions``; all of them if none is given.

    Raises
    ------
    KeyError
        If there is no such row.

    Examples
    --------
    >>> "The guide does not mention this." in additions("medicines").html
    True
    """
    known = guide.rows("additions")
    return Prose("".join(_addition(name, known[name]) for name in names or known))


def _addition(name: str, row: guide.Row) -> str:
    parts = [(_("What is known"), row["what"]), (_("What to do"), row["do"])]
    said = "".join(f"<p><strong>{text(t)}</strong> {text(words)}</p>" for t, words in parts)
    added = _("Added by the course. The guide does not mention this.")
    return _unfolding(f"addition-{name}", row["title"], f"<p>{added}</p>{said}", row)


def _unfolding(anchor: str, title: str, markup: str, row: guide.Row) -> str:
    """Return markup that unfolds under its title and ends with its sources."""
    sources = sources_markup(row["references"], row["unchecked"])
    return (
        f'<details id="tw-{text(anchor)}"><summary>{text(title)}</summary>'
        f'{markup}<p class="tw-small">{sources}</p></details>'
    )
