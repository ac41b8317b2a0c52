"""What the guide says and, beside it, what studies find: rows of the claim ledger as text."""

from collections.abc import Sequence
from functools import cache

from twitchlib import guide
from twitchlib.figures.theme import joined
from twitchlib.markup import Markup, each, escaped, html, link, marked
from twitchlib.messages import gettext as _
from twitchlib.widgets.prose import Prose

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
    return Prose(
        html('<ul class="tw-claims">{}</ul>', each("<li>{}</li>", map(claim_markup, claims)))
    )


@cache
def claim_markup(claim: str, prefix: str = "claim") -> Markup:
    """Return one claim as markup: what the guide says, the verdict, and the reason, folded.

    Parameters
    ----------
    claim : str
        Id in the table ``claims``.
    prefix : str
        Makes the id of the foldable part unique if a page shows a claim twice.
    """
    row = guide.rows("claims")[claim]
    verdict = guide.rows("verdicts")[row["verdict"]]
    sources = sources_markup(row["references"], row["unchecked"])
    return html(
        '<p>{said} <span class="tw-small">({claim})</span></p>'
        '<details id="tw-{prefix}-{claim}"><summary><span class="tw-verdict">'
        "{verdict[mark]} {verdict[word]}</span> {find}</summary>"
        "<p>{comment}</p>{sources}</details>",
        said=_("The guide says: {claim}", claim=row["claim"]),
        claim=claim,
        prefix=prefix,
        verdict=verdict,
        find=_("What studies find"),
        comment=row["comment"],
        sources=html('<p class="tw-small">{}</p>', sources) if sources else "",
    )


def sources_markup(references: Sequence[str], unchecked: str | None) -> Markup:
    """Return links to sources as markup, and what was not checked; empty if neither is given.

    Parameters
    ----------
    references : sequence of str
        Keys of the bibliography.
    unchecked : str or None
        What was not checked against its source.
    """
    known = [guide.references()[key] for key in references]
    links = marked(joined([link(source.address, source.short) for source in known]))
    notes = [marked(_("Sources: {links}.", **escaped(links=links)))] if links else []
    if unchecked:
        notes.append(marked(_("Not checked: {what}", **escaped(what=unchecked))))
    return Markup(" ").join(notes)
