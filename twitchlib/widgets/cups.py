"""An editor of the day's drinks and their times.

Examples
--------
>>> cups = Cups([Drink("espresso", "Espresso", 80)], [Cup(8, "espresso")])
>>> cups.value
(Cup(time_h=8, drink='espresso'),)
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _
from twitchlib.typed import quoted
from twitchlib.widgets._panel import Panel

__all__ = ["MOST_CUPS", "Cup", "Cups", "Drink"]

MOST_CUPS: Final = 12

_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(:00)?", re.ASCII)
_LONGEST_KEY: Final = 40


@dataclass(frozen=True)
class Drink:
    """A drink, as offered in the list.

    Attributes
    ----------
    id : str
        Its name in a `Cup`.
    label : str
        Its text in the list, after the amount of caffeine.
    caffeine_mg : float
        Caffeine in one serving.
    """

    id: str
    label: str
    caffeine_mg: float


@dataclass(frozen=True)
class Cup:
    """One drink at one time.

    Attributes
    ----------
    time_h : float
        Hours after midnight, from 0 up to but not including 24.
    drink : str
        The id of a `Drink`.

    Raises
    ------
    NotAllowedError
        If the time is not within a day.
    """

    time_h: float
    drink: str

    def __post_init__(self) -> None:
        """Refuse a time that is not within a day."""
        if not 0 <= self.time_h < 24:
            raise NotAllowedError("time_h", self.time_h, _("a number from 0 to below 24 h"))


@dataclass(frozen=True)
class _Row:
    """A line of the editor; `cup` is what counts, even while the line shows something invalid."""

    key: str
    time: str
    drink: str
    cup: Cup | None
    problem: str = ""


class Cups(Panel[tuple[Cup, ...]]):
    """Lines of a time and a drink, to be changed, added and removed.

    Parameters
    ----------
    drinks : sequence of Drink
        The drinks to choose from.
    cups : sequence of Cup
        The lines at first and after a reset; at most `MOST_CUPS`.

    Raises
    ------
    ValueError
        If a cup holds an unknown drink or there are too many.
    """

    _scripts = ("cups.js",)

    def __init__(self, drinks: Sequence[Drink], cups: Sequence[Cup]) -> None:
        self._drinks = {drink.id: drink for drink in drinks}
        self._start = self._rows_of(cups)
        self._rows = self._start
        super().__init__(
            {
                "drinks": [
                    {"id": d.id, "label": d.label, "caffeine_mg": d.caffeine_mg} for d in drinks
                ],
                "most": MOST_CUPS,
            }
        )

    @property
    def value(self) -> tuple[Cup, ...]:
        """The cups, in order of time. Setting them is a change like any other."""
        cups = (row.cup for row in self._rows if row.cup)
        return tuple(sorted(cups, key=lambda cup: cup.time_h))

    @value.setter
    def value(self, cups: Iterable[Cup]) -> None:
        self._replace(self._rows_of(cups))

    def reset(self) -> None:
        """Return to the initial drinks."""
        self._replace(self._start)

    def _replace(self, rows: tuple[_Row, ...]) -> None:
        before = self.value
        self._rows = rows
        self._changed(before)

    def _rows_of(self, cups: Iterable[Cup]) -> tuple[_Row, ...]:
        rows = tuple(_Row(str(i), _clock(c.time_h), c.drink, c) for i, c in enumerate(cups))
        if len(rows) > MOST_CUPS:
            raise ValueError(
                _("{cups} cups: there can be at most {most}", cups=len(rows), most=MOST_CUPS)
            )
        for row in rows:
            if row.drink not in self._drinks:
                known = ", ".join(self._drinks)
                raise ValueError(
                    _("no drink {drink!r}. Known: {known}", drink=row.drink, known=known)
                )
        return rows

    def _apply(self, edit: Mapping[str, Any]) -> None:
        if edit.get("start") == "reset":
            self._rows = self._start
        elif "rows" in edit:
            known = {row.key: row for row in self._rows}
            read = [self._read(row, known) for row in edit["rows"][:MOST_CUPS]]
            self._rows = tuple({row.key: row for row in read}.values())

    def _read(self, raw: Mapping[str, str], known: Mapping[str, _Row]) -> _Row:
        key, time, drink = raw["key"][:_LONGEST_KEY], raw["time"][:_LONGEST_KEY], raw["drink"]
        found = _TIME.fullmatch(time)
        if found and drink in self._drinks:
            time_h = (int(found[1]) * 60 + int(found[2])) / 60
            return _Row(key, time, drink, Cup(time_h, drink))
        last = known[key].cup if key in known else None
        wrong = _drink_wanted(drink) if found else _time_wanted(time)
        drink = drink if drink in self._drinks else next(iter(self._drinks))
        return _Row(key, time, drink, last, f"{wrong} {_kept(last)}")

    def _state(self) -> dict[str, Any]:
        return {
            "rows": [
                {"key": row.key, "time": row.time, "drink": row.drink, "problem": row.problem}
                for row in self._rows
            ]
        }


def _clock(time_h: float) -> str:
    minutes = min(round(time_h * 60), 24 * 60 - 1)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _drink_wanted(drink: str) -> str:
    return _("{given} is not a drink on the list.", given=quoted(drink))


def _time_wanted(time: str) -> str:
    if not time:
        return _("Give a time such as 08:30.")
    return _("{given} is not a time. Give one such as 08:30.", given=quoted(time))


def _kept(last: Cup | None) -> str:
    if last is None:
        return _("It does not count yet.")
    return _("It still counts at {time}.", time=_clock(last.time_h))
