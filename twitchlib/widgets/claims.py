"""What the guide says and, beside it, what studies find: rows of the claim ledger as text."""

from functools import cache

from twitchlib import guide
from twitchlib.figures.theme import joined
from twitchlib.messages import gettext as _
from twitchlib.widgets.prose import Prose, link, text

__all__ = ["claim_markup", "evidence"]


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
    >>> "contradicted" in evidence("G19").html
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
    sources = [guide.references()[key] for key in row["references"]]
    links = joined([link(source.address, source.short) for source in sources])
    notes = [_("Sources: {links}.", links=links)] if links else []
    if row["unchecked"]:
        notes.append(_("Not checked: {what}", what=text(row["unchecked"])))
    said = text(_("The guide says: {claim}", claim=row["claim"]))
    return (
        f'<p>{said} <span class="tw-small">({claim})</span></p>'
        f'<details id="tw-{prefix}-{claim}"><summary><span class="tw-verdict">'
        f"{text(verdict['mark'])} {text(verdict['word'])}</span> {_('What studies find')}</summary>"
        f"<p>{text(row['comment'])}</p>"
        + "".join(f'<p class="tw-small">{note}</p>' for note in notes)
        + "</details>"
    )
