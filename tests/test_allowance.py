"""A token bucket gives out what it holds, and no more."""

from hypothesis import given
from hypothesis import strategies as st

from twitchlib.allowance import Allowance


@given(
    st.floats(1, 100),
    st.floats(0, 50),
    st.lists(st.tuples(st.floats(0, 5), st.floats(0, 20)), max_size=40),
)
def test_no_more_is_given_than_was_there_and_refilled(
    burst: float, per_s: float, requests: list[tuple[float, float]]
) -> None:
    now = 0.0
    allowance = Allowance(burst, per_s, lambda: now)
    used = 0.0
    for wait, amount in requests:
        now += wait
        if allowance.take(amount):
            used += amount
        assert used <= burst + per_s * now + 1e-6


def test_it_refills_but_never_overflows() -> None:
    now = 0.0
    allowance = Allowance(2, 1, lambda: now)
    assert allowance.take(2)
    assert not allowance.take(0.5)
    now = 100.0
    assert not allowance.take(3)
    assert allowance.take(2)
