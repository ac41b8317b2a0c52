"""The loop that finds events in a sum of votes."""

from twitchlib.arrays import FloatArray, IntArray
from twitchlib.compiled import compiled

__all__ = ["turning_points"]


@compiled
def turning_points(vote: FloatArray, enough: float, first: IntArray, last: IntArray) -> int:
    """Cut a row of votes into rest and activity; fill `first` and `last`, and return how many.

    Votes are summed up. While the muscle rests the lowest point of the sum is remembered, and once
    the sum stands `enough` above it, activity has begun there. During activity the highest point
    is remembered, and once the sum has fallen by `enough`, activity has ended there. `last` is the
    first sample after an event.
    """
    found = 0
    total = 0.0
    turn = 0.0
    turn_at = 0
    active = False
    for i in range(vote.size):
        total += vote[i]
        beyond = total - turn
        if active:
            if beyond > 0:
                turn, turn_at = total, i + 1
            elif -beyond >= enough:
                last[found] = turn_at
                found += 1
                turn, turn_at = total, i + 1
                active = False
        elif beyond < 0:
            turn, turn_at = total, i + 1
        elif beyond >= enough:
            first[found] = turn_at
            turn, turn_at = total, i + 1
            active = True
    if active:
        last[found] = turn_at
        found += 1
    return found
