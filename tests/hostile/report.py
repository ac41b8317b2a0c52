"""What the hostile tests counted, printed at the end by whichever process reports."""

from collections import Counter
from typing import Any

import pytest

__all__ = [
    "SEEDS", "TALLY", "WAITS", "pytest_sessionfinish", "pytest_terminal_summary",
    "pytest_testnodedown",
]  # fmt: skip

SEEDS: list[int] = []
TALLY: Counter[tuple[str, str]] = Counter()
"""Tries by kind of attack and outcome."""
WAITS: list[str] = []
"""The reader's waiting times during each attack."""


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand the counts to the reporting process, if this is another."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["hostile"] = (SEEDS, [(*key, n) for key, n in TALLY.items()], WAITS)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Add the counts of another process."""
    seeds, counts, waits = getattr(node, "workeroutput", {}).get("hostile", ([], [], []))
    SEEDS.extend(seeds)
    TALLY.update({(kind, outcome): n for kind, outcome, n in counts})
    WAITS.extend(waits)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Report what was tried, how often, how it ended, and how long the reader waited meanwhile."""
    if not TALLY:
        return
    say = terminalreporter.write_line
    terminalreporter.section(f"hostile (seed {', '.join(map(str, SEEDS))})")
    for (kind, outcome), tries in sorted(TALLY.items()):
        say(f"{kind:24} {outcome:40} {tries:8}")
    say(f"\n{'the reader during':32} {'answers':>7} {'median ms':>9} {'95 %':>9} {'most':>9}")
    for line in WAITS:
        say(line)
