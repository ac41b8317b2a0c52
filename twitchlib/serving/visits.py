"""What is known about each visitor, and when a visit is over."""

import math
from dataclasses import dataclass, field
from typing import Final

from twitchlib.allowance import Allowance
from twitchlib.serving.budget import BUDGET

__all__ = ["PATIENCE", "Patience", "Visit", "is_over"]


@dataclass(frozen=True)
class Patience:
    """How long a kernel lives without a sign of its visitor.

    Attributes
    ----------
    arriving_s : float
        From handing out the page, or the page's last sign of life, to its first connection.
    arriving_at_most_s : float
        From handing out the page to its first connection, whatever signs of life it gives.
    away_s : float
        Between two connections: a reload, a moment without network.
    idle_s : float
        Connected, but without any change.
    """

    arriving_s: float = BUDGET.arriving_s
    arriving_at_most_s: float = BUDGET.arriving_at_most_s
    away_s: float = 40
    idle_s: float = 6 * 3600


PATIENCE: Final = Patience()


@dataclass(frozen=True)
class Visit:
    """What is known about the visitor of one kernel; times in seconds of a monotonic clock.

    Attributes
    ----------
    since : float
        When the state below began, or the page last gave a sign of life.
    given : float
        When the page was handed out; infinity if unknown.
    address : str
        Address it was handed out to.
    arrived : bool
        Whether the page has ever been connected.
    connected : bool
        Whether it is connected now.
    """

    since: float
    given: float = math.inf
    address: str = ""
    arrived: bool = False
    connected: bool = False
    connects: Allowance = field(
        default_factory=lambda: Allowance(BUDGET.connects, BUDGET.connects_per_s),
        compare=False, repr=False,
    )  # fmt: skip
    log: Allowance = field(
        default_factory=lambda: Allowance(BUDGET.log_lines, BUDGET.log_lines_per_s),
        compare=False, repr=False,
    )  # fmt: skip


def is_over(visit: Visit, *, now: float, idle_s: float, patience: Patience = PATIENCE) -> bool:
    """Return whether a kernel may be ended.

    Parameters
    ----------
    visit : Visit
        What is known about its visitor.
    now : float
        Time on the clock of `visit`, s.
    idle_s : float
        Seconds since the kernel last did something for its visitor.
    patience : Patience
        How long to wait.
    """
    if visit.connected:
        return idle_s > patience.idle_s
    if visit.arrived:
        return now - visit.since > patience.away_s
    return (
        now - visit.since > patience.arriving_s or now - visit.given > patience.arriving_at_most_s
    )
