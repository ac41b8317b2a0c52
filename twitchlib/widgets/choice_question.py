"""A question with a few answers to choose from, and a word on each, hidden until it is chosen.

Examples
--------
>>> question = ChoiceQuestion(
...     "Does a nerve tell a muscle to relax?",
...     [Option("Yes", "It falls silent; nothing else is said."), Option("No", "Right.", True)],
... )
>>> question.on_change(print)
>>> question.choose(1)
1
>>> question.is_right
True
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _
from twitchlib.widgets._panel import STYLE, Panel, script, style

__all__ = ["ChoiceQuestion", "Option"]


@dataclass(frozen=True)
class Option:
    """One answer.

    Attributes
    ----------
    text : str
        What the reader chooses.
    feedback : str
        What is said when it was chosen, as plain text.
    is_right : bool
        Whether it is the answer looked for; of several right ones each is right.
    """

    text: str
    feedback: str
    is_right: bool = False


class ChoiceQuestion(Panel[int | None]):
    """A question answered with native radio buttons, so that keyboard and screen reader work.

    What is said of an answer comes to the page only when the answer was chosen, so nobody reads
    it there before. Another answer can be chosen at any time.

    Parameters
    ----------
    prompt : str
        The question, as plain text; blank lines make paragraphs.
    options : sequence of Option
        The answers, in the order shown.
    title : str
        A short heading over the question.

    Raises
    ------
    ValueError
        If there are fewer than two options, or none is right.
    """

    _esm = script("panel.js", "radios.js", "choice_question.js")
    _css = STYLE + style("choice.css")

    def __init__(self, prompt: str, options: Sequence[Option], title: str = "") -> None:
        self.options = tuple(options)
        if len(self.options) < 2 or not any(option.is_right for option in self.options):
            raise ValueError(
                _("{prompt!r} needs two options or more, and a right one among them", prompt=prompt)
            )
        self._chosen: int | None = None
        super().__init__(
            {
                "title": title,
                "prompt": [part for part in prompt.split("\n\n") if part.strip()],
                "options": [option.text for option in self.options],
            }
        )

    @property
    def value(self) -> int | None:
        """Place of the chosen option, counted from 0; None before any was chosen."""
        return self._chosen

    @property
    def is_right(self) -> bool:
        """Whether the chosen option is a right one."""
        return self._chosen is not None and self.options[self._chosen].is_right

    def choose(self, place: int | None) -> None:
        """Choose an option, or none.

        Raises
        ------
        NotAllowedError
            If there is no such option.
        """
        if place is not None and place not in range(len(self.options)):
            most = len(self.options) - 1
            allowed = _("a whole number from {low} to {high}", low=0, high=most)
            raise NotAllowedError("place", place, allowed)
        before, self._chosen = self._chosen, place
        self._changed(before)

    def _apply(self, edit: Mapping[str, Any]) -> None:
        match edit:
            case {"chosen": int(place)} if place in range(len(self.options)) and type(place) is int:
                self._chosen = place

    def _state(self) -> dict[str, Any]:
        if self._chosen is None:
            return {"chosen": None, "feedback": "", "right": False}
        return {
            "chosen": self._chosen,
            "feedback": self.options[self._chosen].feedback,
            "right": self.is_right,
        }
