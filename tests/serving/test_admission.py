"""Who gets in when there is no room for everybody."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from twitchlib.serving.admission import Admission, household, room_for

ADDRESSES = st.sampled_from(["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"])


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@given(st.integers(1, 20), st.lists(ADDRESSES, max_size=60))
def test_there_are_never_more_than_there_is_room_for(room: int, coming: list[str]) -> None:
    admission, present = Admission(room, Clock()), Counter[str]()
    for address in coming:
        if admission.enter(address, present):
            present[address] += 1
        assert present.total() <= room
    assert present.total() == min(room, len(coming))


def test_a_class_behind_one_address_may_take_every_place() -> None:
    admission, present = Admission(30, Clock()), Counter[str]()
    for _ in range(30):
        assert admission.enter("school", present)
        present["school"] += 1
    assert not admission.enter("school", present)


def test_while_others_wait_nobody_takes_more_than_a_share() -> None:
    clock = Clock()
    admission, present = Admission(10, clock), Counter({"greedy": 10})
    assert not admission.enter("pupil", present)
    assert admission.has_waiting
    present["greedy"] -= 1
    assert not admission.enter("greedy", present)  # has nine of a share of five
    assert admission.enter("pupil", present)
    present["pupil"] += 1
    # Nobody has asked for a while: free places are free for all.
    clock.now += 60
    assert not admission.has_waiting
    present["greedy"] -= 1
    assert admission.enter("greedy", present)


def test_a_waiting_visitor_learns_how_often_a_place_becomes_free() -> None:
    clock = Clock()
    admission = Admission(1, clock)
    assert admission.minutes_between is None
    for _ in range(3):
        clock.now += 10
        admission.note_left()
    assert admission.minutes_between == 5
    clock.now += 3600
    assert admission.minutes_between is None


@given(st.text(max_size=60))
def test_any_address_belongs_to_some_household(address: str) -> None:
    assert isinstance(household(address), str)


def test_households() -> None:
    assert household("::ffff:10.0.0.7") == "10.0.0.7"
    assert household("2001:db8::1") == household("2001:db8::ffff") != household("2001:db9::1")
    assert household("fe80::1%eth0") == "fe80::/64"


def test_the_machine_has_room_and_warm_copies_use_some_of_it() -> None:
    assert room_for(0, forks=False) >= room_for(5, forks=False) >= 1
    assert room_for(10**6, forks=False) == 1


def test_forked_copies_leave_room_for_more_visitors() -> None:
    assert room_for(0, forks=True) >= room_for(0, forks=False)
