"""Rows of the guide's tables as text: what the guide says, and beside it what studies find."""

from collections.abc import Sequence
from itertools import starmap

from twitchlib import guide
from twitchlib.markup import Markup, each, html
from twitchlib.messages import gettext as _
from twitchlib.widgets.claims import sources_markup
from twitchlib.widgets.prose import Prose

__all__ = ["additions", "conditions", "normal_situations", "statements"]


def statements(*rows: str) -> Prose:
    """Show statements about twitching in general.

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
    items = (known[name] for name in rows)
    return Prose(each("<p><strong>{0[topic]}.</strong> {0[statement]}</p>", items))


def normal_situations() -> Prose:
    """Show when the guide calls twitching normal, and what studies find about that.

    Examples
    --------
    >>> len(normal_situations().html) > 100
    True
    """
    items = each(
        "<li><div><h3>{0[situation]}</h3></div><div><p>{0[guide_says]}</p></div>"
        "<div><p>{0[studies_find]}</p></div></li>",
        guide.rows("normal").values(),
    )
    return Prose(html('<ul class="tw-findings">{}</ul>', items))


def conditions() -> Prose:
    """Show the health conditions that the guide names, put in proportion and with their sources.

    Examples
    --------
    >>> "Multiple sclerosis" in conditions().html
    True
    """
    return Prose(each("{}", starmap(_condition, guide.rows("conditions").items())))


def _condition(name: str, row: guide.Row) -> Markup:
    cause = guide.rows("causes")[name]
    parts = [
        (_("How it works"), cause["how"]),
        (_("Does twitching point to it?"), row["means_it"]),
        (_("What comes with it"), row["comes_with"]),
        (_("How it is found"), row["found_by"]),
        (_("On balance"), row["in_balance"]),
    ]
    return _unfolding(f"condition-{name}", cause["name"], cause["guide_says"], parts, row)


def additions(*names: str) -> Prose:
    """Show what the course adds to the guide, marked as such and with sources.

    Parameters
    ----------
    *names : str
        Ids in the table ``additions``; by default all of them.

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
    return Prose(each("{}", (_addition(name, known[name]) for name in names or known)))


def _addition(name: str, row: guide.Row) -> Markup:
    parts = [(_("What is known"), row["what"]), (_("What to do"), row["do"])]
    added = _("Added by the course. The guide does not mention this.")
    return _unfolding(f"addition-{name}", row["title"], added, parts, row)


def _unfolding(
    anchor: str, title: str, first: str, parts: Sequence[tuple[str, str]], row: guide.Row
) -> Markup:
    """Return markup that unfolds under its title and ends with its sources."""
    return html(
        '<details id="tw-{}"><summary>{}</summary><p>{}</p>{}<p class="tw-small">{}</p></details>',
        anchor,
        title,
        first,
        each("<p><strong>{}</strong> {}</p>", parts),
        sources_markup(row["references"], row["unchecked"]),
    )
