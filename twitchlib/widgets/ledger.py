"""The searchable ledger of claims, and the corrections worth knowing."""

from dataclasses import dataclass
from typing import Final

from twitchlib import guide
from twitchlib.markup import Markup, each, html
from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities, choice
from twitchlib.widgets.claims import claim_markup
from twitchlib.widgets.dashboard import Dashboard
from twitchlib.widgets.prose import Prose

__all__ = ["Filter", "Ledger", "corrections"]

_ANY: Final = "any"
_VERDICTS: Final = {_ANY: _("Any")} | {
    name: f"{row['mark']} {row['word']}" for name, row in guide.rows("verdicts").items()
}
_TOPICS: Final = {
    _ANY: _("Any"),
    "definition": _("what it is"),
    "how-common": _("how common"),
    "types": _("kinds"),
    "causes": _("causes"),
    "lifestyle": _("way of life"),
    "conditions": _("conditions"),
    "nervous-system": _("nervous system"),
    "when-normal": _("when normal"),
    "when-to-see-a-doctor": _("doctor"),
    "care": _("care"),
}


@dataclass(frozen=True)
class Filter(Quantities):
    """Which claims to show: by verdict, by topic, or all.

    It starts with a single topic, since all claims at once are overwhelming.
    """

    verdict: str = choice(_ANY, _("What studies find"), _VERDICTS)
    topic: str = choice("when-to-see-a-doctor", _("Part of the guide"), _TOPICS)


def Ledger() -> Dashboard[Filter, tuple[str, ...]]:
    """Return every claim of the guide, by verdict and topic, with the reason and the sources.

    Examples
    --------
    >>> ledger = Ledger()
    >>> ledger.controls.set(verdict="contradicts", topic="any")
    >>> ledger.result
    ('G01',)
    """
    return Dashboard(
        Filter,
        run=_found,
        words=lambda _filter, found: _listed(found),
        arrange=lambda ledger: [ledger.controls, ledger.words],
    )


def _found(wanted: Filter) -> tuple[str, ...]:
    return tuple(
        name
        for name, row in guide.rows("claims").items()
        if wanted.verdict in (_ANY, row["verdict"]) and wanted.topic in (_ANY, row["topic"])
    )


def _listed(found: tuple[str, ...]) -> Markup:
    total = len(guide.rows("claims"))
    return html(
        '<p role="status">{}</p><ul class="tw-claims">{}</ul>',
        _("{found} of {total} claims.", found=len(found), total=total),
        each("<li>{}</li>", (claim_markup(name, "ledger") for name in found)),
    )


def corrections() -> Prose:
    """Show the things worth correcting, each with the claims it corrects.

    Examples
    --------
    >>> "G45" in corrections().html
    True
    """
    items = (
        (row["instead"], each("{}", (claim_markup(name, "correction") for name in row["claims"])))
        for row in guide.rows("corrections").values()
    )
    return Prose(
        html(
            '<ol class="tw-claims">{}</ol>',
            each("<li><p><strong>{}</strong></p>{}</li>", items),
        )
    )
