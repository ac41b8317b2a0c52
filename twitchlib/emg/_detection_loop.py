"""The loops that find events in a cumulative sum of votes, and their moments of change."""

import math

from twitchlib.arrays import FloatArray, IntArray
from twitchlib.compiled import compiled, indexed

__all__ = ["settle", "turning_points"]


@compiled
def turning_points(vote: FloatArray, enough: float, first: IntArray, last: IntArray) -> int:
    """Divide votes into rest and activity; fill `first` and `last`, return the number of events.

    Votes are summed. During rest the minimum of the sum is tracked; once the sum is `enough` above
    it, that minimum is the onset of activity. During activity the maximum is tracked; once the sum
    has fallen by `enough`, that maximum is the offset. `last` is the first sample after an event.
    """
    votes = indexed(vote)
    found = 0
    total = 0.0
    turn = 0.0
    turn_at = 0
    active = False
    for i in range(vote.size):
        total += votes[i]
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


@compiled
def settle(
    relative: FloatArray,
    first: IntArray,
    last: IntArray,
    reach: int,
    span: int,
    least: int,
    low: float,
    high: float,
) -> None:
    """Move each onset and offset to its most likely moment, given the power of its own event.

    Events are found with the same two ratios everywhere, but the first and last `span` samples of
    an event show how strong it is. The most likely moment within `reach` is where the sum of votes
    for that ratio, kept within `low` and `high`, is lowest (Page 1954). No event crosses another or
    a gap, and none gets shorter than `least`.
    """
    each = indexed(relative)
    for k in range(first.size):
        begin, end = int(first[k]), int(last[k])
        ratio = min(max(relative[begin : min(begin + span, end)].mean(), low), high)
        gain, cost = (1 - 1 / ratio) / 2, math.log(ratio) / 2
        floor = last[k - 1] if k else 0
        start = begin
        while start > max(floor, begin - reach) and not math.isnan(each[start - 1]):
            start -= 1
        total = lowest = 0.0
        first[k] = start
        for i in range(start, min(begin + reach, end - least)):
            total += each[i] * gain - cost
            if total < lowest:
                lowest = total
                first[k] = i + 1
        ratio = min(max(relative[max(end - span, begin) : end].mean(), low), high)
        gain, cost = (1 - 1 / ratio) / 2, math.log(ratio) / 2
        ceiling = first[k + 1] if k + 1 < first.size else relative.size
        stop = end
        while stop < min(ceiling, end + reach) and not math.isnan(each[stop]):
            stop += 1
        total = lowest = 0.0
        last[k] = stop
        for i in range(stop - 1, max(end - reach, first[k] + least) - 1, -1):
            total += each[i] * gain - cost
            if total < lowest:
                lowest = total
                last[k] = i
