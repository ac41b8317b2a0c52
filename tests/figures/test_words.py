"""Numbers and labels fit into the sentences of figures."""

import pytest

from twitchlib.figures import _words
from twitchlib.figures._words import beginning, inside, number_word, signed, spikes_text
from twitchlib.figures.membrane import count
from twitchlib.quantity import OutOfRangeError


@pytest.mark.parametrize(
    ("number", "begins", "goes_on"),
    [
        (0, "No spike", "no spike"),
        (1, "One spike", "one spike"),
        (9, "Nine spikes", "nine spikes"),
        (10, "10 spikes", "10 spikes"),
    ],
)
def test_spikes_are_counted_in_words(number: int, begins: str, goes_on: str) -> None:
    assert spikes_text(number, begins=True) == count(number, "spike") == begins
    assert spikes_text(number) == goes_on


def test_what_has_no_known_plural_is_not_counted() -> None:
    with pytest.raises(OutOfRangeError, match="thing = 'beat'"):
        count(2, "beat")


def test_numbers_without_a_word_stay_digits() -> None:
    assert [number_word(n) for n in (0, 1, 9, 10)] == ["0", "one", "nine", "10"]


@pytest.mark.parametrize(("code", "label"), [("en", "sleep"), ("fr", "sleep"), ("de-AT", "Sleep")])
def test_a_label_inside_a_sentence_follows_the_language(
    code: str, label: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_words, "language", lambda: code)
    assert inside("Sleep") == label


def test_only_the_first_letter_of_a_sentence_changes() -> None:
    assert beginning("see Dr Who") == "See Dr Who"
    assert beginning("") == inside("") == ""


def test_below_zero_has_a_true_minus() -> None:
    assert [signed(value) for value in (-65.2, 40)] == ["−65", "40"]
