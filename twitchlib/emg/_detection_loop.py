"""The loop that finds events in a cumulative sum of votes."""

from twitchlib.arrays import FloatArray, IntArray
from twitchlib.compiled import compiled

__all__ = ["turning_points"]


@compiled
def turning_points(vote: FloatArray, enough: float, first: IntArray, last: IntArray) -> int:
    """Divide votes into rest and activity; fill `first` and `last`, return the number of events.

    Votes are summed. During rest the minimum of the sum is tracked; once the sum is `enough` above
    it, that minimum is the onset of activity. During activity the maximum is tracked; once the sum
    has fallen by `enough`, that maximum is the offset. `last` is the first sample after an event.
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
