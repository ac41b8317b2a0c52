"""What the guide says and, beside it, what studies find: rows of the claim ledger as text."""

from collections.abc import Sequence
from functools import cache

from twitchlib import guide
from twitchlib.figures.theme import joined
from twitchlib.messages import gettext as _
from twitchlib.widgets.prose import Prose, link, text

__all__ = ["claim_markup", "evidence", "sources_markup"]


def evidence(*claims: str) -> Prose:
    """Show claims of the guide with the verdict of the literature.

    Parameters
    ----------
    *claims : str
        Ids in the table ``claims``, such as ``"G22"``.

    Raises
    ------
    KeyError
        If a claim is not in the ledger.

    Examples
    --------
    >>> "contradicted" in evidence("G01").html
    True
    """
    items = "".join(f"<li>{claim_markup(claim)}</li>" for claim in claims)
    return Prose(f'<ul class="tw-claims">{items}</ul>')


@cache
def claim_markup(claim: str, prefix: str = "claim") -> str:
    """Return one claim as markup: what the guide says, the verdict, and the reason on demand.

    Parameters
    ----------
    claim : str
        Id in the table ``claims``.
    prefix : str
        Makes the id of the foldable part unique where a page shows a claim twice.
    """
    row = guide.rows("claims")[claim]
    verdict = guide.rows("verdicts")[row["verdict"]]
    sources = sources_markup(row["references"], row["unchecked"])
    said = text(_("The guide says: {claim}", claim=row["claim"]))
    return (
        f'<p>{said} <span class="tw-small">({claim})</span></p>'
        f'<details id="tw-{prefix}-{claim}"><summary><span class="tw-verdict">'
        f"{text(verdict['mark'])} {text(verdict['word'])}</span> {_('What studies find')}</summary>"
        f"<p>{text(row['comment'])}</p>"
        + (f'<p class="tw-small">{sources}</p>' if sources else "")
        + "</details>"
    )


def sources_markup(references: Sequence[str], unchecked: str | None) -> str:
    """Return links to sources as markup, and what was not checked; empty if there is neither.

    Parameters
    ----------
    references : sequence of str
        Keys of the bibliography.
    unchecked : str or None
        What was not checked at its source.
    """
    known = [guide.references()[key] for key in references]
    links = joined([link(source.address, source.short) for source in known])
    notes = [_("Sources: {links}.", links=links)] if links else []
    if unchecked:
        notes.append(_("Not checked: {what}", what=text(unchecked)))
    return " ".join(notes)
