"""A list of items to tick.

Examples
--------
>>> ticks = Checklist("What applies?", [Item("stress", "Stress"), Item("heat", "Heat")])
>>> ticks.on_change(print)
>>> ticks.value = ["heat"]
('heat',)
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from twitchlib.errors import UnknownNameError
from twitchlib.messages import gettext as _
from twitchlib.widgets._panel import QUIZ_STYLE, Panel

__all__ = ["Checklist", "Item"]


@dataclass(frozen=True)
class Item:
    """One item to tick: its id, its label, and a short remark under it."""

    id: str
    label: str
    hint: str = ""


class Checklist(Panel[tuple[str, ...]]):
    """Native check boxes under one heading.

    Parameters
    ----------
    title : str
        The heading.
    items : sequence of Item
        The items to tick.

    Raises
    ------
    ValueError
        If two items have the same id.
    """

    _scripts = ("checklist.js",)
    _css = QUIZ_STYLE

    def __init__(self, title: str, items: Sequence[Item]) -> None:
        self._ids = tuple(item.id for item in items)
        if len(set(self._ids)) < len(self._ids):
            raise ValueError(_("two items have the same id"))
        self._ticked: frozenset[str] = frozenset()
        super().__init__(
            {
                "title": title,
                "items": [{"id": i.id, "label": i.label, "hint": i.hint} for i in items],
            }
        )

    @property
    def value(self) -> tuple[str, ...]:
        """Ids of the ticked items, in list order. Setting it is a change like any other.

        Raises
        ------
        NotAllowedError
            If an id is not in the list; then nothing is changed.
        """
        return tuple(name for name in self._ids if name in self._ticked)

    @value.setter
    def value(self, ticked: Collection[str]) -> None:
        for name in ticked:
            if name not in self._ids:
                raise UnknownNameError("item", name, self._ids)
        before = self.value
        self._ticked = frozenset(ticked)
        self._changed(before)

    def _apply(self, edit: Mapping[str, Any]) -> None:
        if "ticked" in edit:
            self._ticked = frozenset(name for name in self._ids if name in edit["ticked"])

    def _state(self) -> dict[str, Any]:
        return {"ticked": list(self.value)}
