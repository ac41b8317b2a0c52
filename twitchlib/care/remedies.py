"""What the guide suggests, and for which of its causes."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from twitchlib import guide
from twitchlib.care.page import page
from twitchlib.named import Named

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Plan", "Remedy", "causes", "plan", "remedies"]


@dataclass(frozen=True)
class Remedy:
    """One thing that the guide suggests.

    Attributes
    ----------
    id, name : str
        Its id in the table ``remedies``, and its name for the reader.
    kind : str
        ``"remedy"`` (eases twitching) or ``"prevention"`` (prevents it), according to the guide.
    causes : tuple of str
        Ids of the causes it is meant for.
    guide_says, how_to : str
        What the guide says it does, and how to do it.
    ask_first : str
        Who should ask a health professional first.
    verdict, mark, studies_find : str
        What studies find about the guide's claim: a fixed word with its mark, and a comment.
    claims : tuple of str
        The guide's claims on which it rests, the main one first.
    """

    id: str
    name: str
    kind: str
    causes: tuple[str, ...]
    guide_says: str
    how_to: str
    ask_first: str
    verdict: str
    mark: str
    studies_find: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """The guide's suggestions for a choice of causes, each remedy once.

    Attributes
    ----------
    causes : tuple of Mapping
        The causes, in the order of the guide: rows of the table ``causes``.
    remedies : tuple of Remedy
        The remedies to try, in the order of the guide.
    without : tuple of Mapping
        The causes for which the guide has no home remedy: they call for a doctor.
    """

    causes: tuple[guide.Row, ...]
    remedies: tuple[Remedy, ...]
    without: tuple[guide.Row, ...]

    def to_html(self, note: str = "") -> str:
        """Return the plan as a self-contained HTML page.

        Parameters
        ----------
        note : str
            The reader's own words for the top of the page; always shown as plain text, at most 500
            characters.

        Examples
        --------
        >>> plan(["dehydration"]).to_html().startswith("<!DOCTYPE html>")
        True
        """
        return page(self, note)

    def to_frame(self) -> "pd.DataFrame":
        """Return one row per remedy, indexed by its id."""
        import pandas as pd  # the dashboards do not need it

        columns = ("name", "kind", "causes", "how_to", "ask_first", "verdict", "studies_find")
        return pd.DataFrame(
            {name: [getattr(remedy, name) for remedy in self.remedies] for name in columns},
            index=pd.Index([remedy.id for remedy in self.remedies], name="remedy"),
        )


@cache
def causes() -> Named[guide.Row]:
    """Return the guide's causes by id, as rows of the table ``causes``.

    Examples
    --------
    >>> [cause["name"] for cause in causes().values()][:2]
    ['Stress', 'Tiredness']
    """
    return Named("cause", guide.rows("causes"))


@cache
def remedies() -> Named[Remedy]:
    """Return what the guide suggests, by id.

    Examples
    --------
    >>> list(remedies())[:2]
    ['water', 'magnesium-rich-foods']
    """
    rows = guide.rows("remedies")
    return Named("remedy", {name: _remedy(row) for name, row in rows.items()})


def plan(chosen: Collection[str]) -> Plan:
    """Collect what the guide suggests for the chosen causes.

    Parameters
    ----------
    chosen : collection of str
        Ids of causes, in any order.

    Raises
    ------
    UnknownNameError
        If one is not a cause in the guide.

    Examples
    --------
    >>> [remedy.name for remedy in plan(["low-magnesium"]).remedies]
    ['Foods rich in magnesium']
    """
    for name in chosen:
        causes()[name]
    found = tuple(r for r in remedies().values() if not set(chosen).isdisjoint(r.causes))
    helped = {name for remedy in found for name in remedy.causes}
    wanted = tuple(cause for name, cause in causes().items() if name in chosen)
    return Plan(wanted, found, tuple(cause for cause in wanted if cause["id"] not in helped))


def _remedy(row: guide.Row) -> Remedy:
    verdict = guide.rows("verdicts")[guide.rows("claims")[row["claims"][0]]["verdict"]]
    return Remedy(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        causes=row["causes"],
        guide_says=row["guide_says"],
        how_to=row["how_to"],
        ask_first=row["ask_first"] or "",
        verdict=verdict["word"],
        mark=verdict["mark"],
        studies_find=row["studies_find"],
        claims=row["claims"],
    )
