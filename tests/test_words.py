"""Numbers as the sentences of figures write them."""

import pytest

from twitchlib.words import lasting, number_word, signed, spikes_text


@pytest.mark.parametrize(
    ("number", "begins", "inside"),
    [
        (0, "No spike", "no spike"),
        (1, "One spike", "one spike"),
        (9, "Nine spikes", "nine spikes"),
        (10, "10 spikes", "10 spikes"),
    ],
)
def test_spikes_are_counted_in_words(number: int, begins: str, inside: str) -> None:
    assert spikes_text(number, begins=True) == begins
    assert spikes_text(number) == inside


def test_numbers_without_a_word_stay_digits() -> None:
    assert [number_word(n) for n in (0, 1, 9, 10)] == ["0", "one", "nine", "10"]


def test_negative_numbers_have_a_true_minus_sign() -> None:
    assert [signed(value) for value in (-65.2, 40)] == ["−65", "40"]


@pytest.mark.parametrize(
    ("time_s", "words"),
    [(6.36, "6.4 s"), (95.35, "95 s"), (100.4, "100 s"), (120, "2 min"), (511.5, "8 min 32 s")],
)
def test_long_durations_are_in_minutes(time_s: float, words: str) -> None:
    assert lasting(time_s) == words
