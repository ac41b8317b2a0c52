"""Errors that say what was given and what is allowed, and mappings that raise them."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib.errors import NotAllowedError, UnknownNameError, UnreadableError
from twitchlib.named import Named

MUSCLES = Named("muscle", {"calf": 1, "biceps": 2})


def test_a_value_is_refused_with_field_value_and_what_is_allowed() -> None:
    error = NotAllowedError("sleep_h", 25, "a number from 0 to 14 h")
    assert str(error) == "sleep_h = 25: must be a number from 0 to 14 h"
    assert (error.field, error.value, error.allowed) == ("sleep_h", 25, "a number from 0 to 14 h")


@given(st.text() | st.none() | st.integers() | st.lists(st.text(), max_size=2))
def test_an_unknown_name_is_refused_with_the_known_ones(name: object) -> None:
    if name in ("calf", "biceps"):
        return
    with pytest.raises(UnknownNameError) as caught:
        MUSCLES[name]  # type: ignore[index]
    assert str(caught.value).startswith(f"muscle = {name!r}: must be one of calf, biceps")
    assert caught.value.value == name


def test_a_typing_error_gets_a_suggestion() -> None:
    assert str(UnknownNameError("muscle", "clf", MUSCLES)).endswith("Did you mean 'calf'?")
    assert "Did you mean" not in str(UnknownNameError("muscle", "heart", MUSCLES))


def test_an_unknown_name_can_be_caught_as_an_error_of_python() -> None:
    for expected in (ValueError, KeyError, NotAllowedError):
        with pytest.raises(expected):
            MUSCLES["heart"]
    assert MUSCLES.get("heart") is None
    assert "heart" not in MUSCLES


def test_names_keep_their_order() -> None:
    assert list(MUSCLES.items()) == [("calf", 1), ("biceps", 2)]
    assert repr(MUSCLES) == "<muscle: calf, biceps>"


@pytest.mark.parametrize(
    "error", [NotAllowedError("a", 1, "2"), UnknownNameError("kind", "spazm", ["spasm"])]
)
def test_an_error_can_be_pickled(error: NotAllowedError) -> None:
    back = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert (str(back), back.field, back.value) == (str(error), error.field, error.value)


def test_an_unreadable_file_keeps_what_would_settle_it_when_pickled() -> None:
    error = UnreadableError("Which number is the day?", "day_first")
    back = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert (str(back), back.argument) == ("Which number is the day?", "day_first")
