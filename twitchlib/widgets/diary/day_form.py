"""A form for one day of a diary, and the last days in it."""

import dataclasses
from collections.abc import Mapping
from typing import Any, Final

from twitchlib.diary import Column, Diary, Entry, columns
from twitchlib.diary.typed import TypedDayError, read_day
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.widgets._panel import Panel

__all__ = ["DayForm"]

_SHOWN: Final = 7
_MOST_PLACES: Final = 20
_LONGEST_TYPED: Final = 1000
_LONGEST_KEY: Final = 64
_MOST_STEPS: Final = 50


class DayForm(Panel[Diary]):
    """Fields for a day, a button that adds it, and the last days, each with a button to remove it.

    What cannot be used is explained beside its field, and nothing that was typed is lost.

    The diary stays in the kernel and is neither written to disk nor saved with a notebook (only
    the last days are on the page).
    """

    _scripts = ("day_form.js",)

    def __init__(self) -> None:
        self._diary = Diary()
        self._refused: dict[str, str] = {}
        self._said = ""
        self._asked = ""
        super().__init__({"fields": [_field(column) for column in columns().values()]})

    @property
    def value(self) -> Diary:
        """The diary. Setting it is a change like any other."""
        return self._diary

    @value.setter
    def value(self, diary: Diary) -> None:
        before = self._diary
        self._diary, self._refused, self._said = diary, {}, ""
        self._changed(before)

    def _apply(self, edit: Mapping[str, Any]) -> None:
        match edit:
            case {"steps": list(steps)}:
                for step in steps[:_MOST_STEPS]:
                    self._take(step)

    def _take(self, step: object) -> None:
        match step:
            case {"add": dict(typed), "asked": str(asked)}:
                self._asked = asked[:_LONGEST_KEY]
                self._add(
                    {
                        name: typed[name][:_LONGEST_TYPED]
                        for name in columns()
                        if isinstance(typed.get(name), str)
                    }
                )
            case {"remove": str(key)}:
                self._remove(key)

    def _add(self, typed: Mapping[str, str]) -> None:
        try:
            entry = read_day(typed)
        except TypedDayError as error:
            self._refused, self._said = error.problems, ""
            return
        self._diary = self._diary.with_entry(entry)
        self._refused, self._said = {}, _("{day} is in the diary.", day=_entry_text(entry))

    def _remove(self, key: str) -> None:
        # Identified by its contents, not its position: the list may have changed since.
        for shown, entry in self._last():
            if shown == key:
                entries = tuple(other for other in self._diary.entries if other is not entry)
                self._diary = dataclasses.replace(self._diary, entries=entries)
                self._said = _("{day} was removed.", day=_entry_text(entry))
                return

    def _last(self) -> list[tuple[str, Entry]]:
        newest = self._diary.entries[::-1][:_SHOWN]
        return [(f"{entry.date} {entry.body_part.casefold()}", entry) for entry in newest]

    def _state(self) -> dict[str, Any]:
        places = dict.fromkeys(entry.body_part for entry in self._diary.entries[::-1])
        return {
            "refused": dict(self._refused),
            "said": self._said,
            "asked": self._asked,
            "count": len(self._diary.entries),
            "last": [{"key": key, "text": _entry_text(entry)} for key, entry in self._last()],
            "places": [place for place in places if place][:_MOST_PLACES],
        }


def _field(column: Column) -> dict[str, Any]:
    return {
        "name": column.id,
        "label": column.label,
        "unit": column.unit,
        "kind": column.kind,
        "hint": "" if column.kind == "date" else column.meaning,  # its picker explains itself
    }


def _entry_text(entry: Entry) -> str:
    if entry.twitches is None:
        count = _("not counted")
    else:
        count = ngettext("{n} twitch", "{n} twitches", entry.twitches)
    place = f", {entry.body_part}" if entry.body_part else ""
    return f"{entry.date}: {count}{place}"
