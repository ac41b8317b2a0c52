"""A row of questions with one right answer each: choose, check, read why, go on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from twitchlib.widgets._panel import Panel, script

__all__ = ["Question", "Turn"]


@dataclass(frozen=True)
class Turn:
    """Where a reader is.

    Attributes
    ----------
    number : int
        How many questions were left behind.
    answer : str
        What was answered to the present one; empty until then.
    """

    number: int = 0
    answer: str = ""


class Question(Panel[Turn]):
    """One question at a time, as radio buttons.

    Whoever listens with `on_change` hears of each answer and of each wish to go on, and puts in
    what follows: `explain` after an answer, `ask` after that.
    """

    _esm = script("panel.js", "question.js")

    def __init__(self) -> None:
        self._turn = Turn()
        self._asked: dict[str, Any] = {"legend": "", "options": [], "next": ""}
        self._told: dict[str, Any] = {"right": "", "lines": []}
        super().__init__({})

    @property
    def value(self) -> Turn:
        """Where the reader is."""
        return self._turn

    def ask(self, legend: str, options: Mapping[str, str], *, then: str) -> None:
        """Put a question; the one before and its answer are gone.

        Parameters
        ----------
        legend : str
            The question.
        options : Mapping of str to str
            What can be answered, and how it is called.
        then : str
            Words of the button that goes on after the answer.
        """
        shown = [{"id": name, "label": label} for name, label in options.items()]
        self._asked = {"legend": legend, "options": shown, "next": then}
        self._told = {"right": "", "lines": []}
        self._turn = Turn(self._turn.number)
        self._shown = {**self._shown, **self._state()}

    def explain(self, right: str, lines: Sequence[str]) -> None:
        """Tell what would have been right, and why, in a few sentences of plain text."""
        self._told = {"right": right, "lines": list(lines)}
        self._shown = {**self._shown, **self._state()}

    def _apply(self, edit: Mapping[str, Any]) -> None:
        options = [option["id"] for option in self._asked["options"]]
        match edit:
            case {"answer": str(answer), "number": int(number)}:
                fresh = number == self._turn.number and not self._turn.answer
                if fresh and answer in options:
                    self._turn = Turn(number, answer)
            case {"go_on": int(number)}:
                if number == self._turn.number and self._turn.answer:
                    self._turn = Turn(number + 1)

    def _state(self) -> dict[str, Any]:
        return {
            "number": self._turn.number,
            "answer": self._turn.answer,
            **self._asked,
            **self._told,
        }
