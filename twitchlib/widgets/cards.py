"""Rows of the guide's tables as text to read: what it says, and beside it what studies find."""

from twitchlib import guide
from twitchlib.figures.theme import joined
from twitchlib.messages import gettext as _
from twitchlib.widgets.prose import Prose, link, text

__all__ = ["conditions", "normal_situations", "statements"]


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
    sources = [guide.references()[key] for key in row["references"]]
    links = joined([link(source.address, source.short) for source in sources])
    parts = [
        (_("How it works"), cause["how"]),
        (_("Does twitching mean it?"), row["means_it"]),
        (_("What else is there then"), row["comes_with"]),
        (_("How it is found"), row["found_by"]),
        (_("In balance"), row["in_balance"]),
    ]
    said = "".join(f"<p><strong>{text(t)}</strong> {text(words)}</p>" for t, words in parts)
    notes = [_("Sources: {links}.", links=links)]
    if row["unchecked"]:
        notes.append(_("Not checked: {what}", what=text(row["unchecked"])))
    small = "".join(f'<p class="tw-small">{note}</p>' for note in notes)
    return (
        f'<details id="tw-condition-{text(name)}"><summary>{text(cause["name"])}</summary>'
        f"<p>{text(cause['guide_says'])}</p>{said}{small}</details>"
    )
