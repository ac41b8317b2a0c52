"""The ledger of claims to search through, and the corrections worth knowing.

Examples
--------
>>> ledger = Ledger()
>>> ledger.controls.set(verdict="contradicts", topic="any")
>>> ledger.found
('G01',)
"""

from dataclasses import dataclass
from typing import Final

import ipywidgets

from twitchlib import guide
from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities, choice
from twitchlib.widgets.claims import claim_markup
from twitchlib.widgets.controls import Controls
from twitchlib.widgets.prose import Prose, text

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
    """Which claims to show: a verdict, a topic, or any of either.

    It starts with a single topic, since all claims at once are a wall.
    """

    verdict: str = choice(_ANY, _("What studies find"), _VERDICTS)
    topic: str = choice("when-to-see-a-doctor", _("Part of the guide"), _TOPICS)


class Ledger(ipywidgets.VBox):
    """Every claim of the guide, by verdict and topic, with the reason and the sources.

    Attributes
    ----------
    controls : Controls
        The filter.
    found : tuple of str
        Ids of the claims that it lets through.
    """

    def __init__(self) -> None:
        self.controls: Controls[Filter] = Controls(Filter)
        self.found: tuple[str, ...] = ()
        self._list = Prose()
        self.controls.on_change(lambda _filter: self._refresh())
        self._refresh()
        super().__init__([self.controls, self._list], _dom_classes=("tw-dashboard",))

    def _refresh(self) -> None:
        wanted = self.controls.value
        rows = guide.rows("claims")
        self.found = tuple(
            name
            for name, row in rows.items()
            if wanted.verdict in (_ANY, row["verdict"]) and wanted.topic in (_ANY, row["topic"])
        )
        items = "".join(f"<li>{claim_markup(name, 'ledger')}</li>" for name in self.found)
        count = _("{found} of {total} claims.", found=len(self.found), total=len(rows))
        self._list.html = f'<p role="status">{count}</p><ul class="tw-claims">{items}</ul>'


def corrections() -> Prose:
    """Show the things worth correcting, each with the claims it corrects.

    Examples
    --------
    >>> "G45" in corrections().html
    True
    """
    items = "".join(
        f"<li><p><strong>{text(row['instead'])}</strong></p>"
        + "".join(claim_markup(claim, "correction") for claim in row["claims"])
        + "</li>"
        for row in guide.rows("corrections").values()
    )
    return Prose(f'<ol class="tw-claims">{items}</ol>')
