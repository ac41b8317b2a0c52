"""A server under attack, a well-behaved reader who uses it meanwhile, and the tally."""

import os
import re
import secrets
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median, quantiles
from traceback import format_exception
from typing import Any, Final

import psutil
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.asking import ask
from tests.hostile.visitor import Visitor, reason_of
from tests.servers import Server

__all__ = [
    "LONG",
    "LONG_S",
    "MANY",
    "MIB",
    "SEED",
    "Attacker",
    "Attempt",
    "Reader",
    "Siege",
    "State",
    "Tally",
    "leaks",
    "log_of",
    "rss",
]

LONG_S: Final = float(os.environ.get("HOSTILE_S", "0"))
"""How long to attack, s; 0 for a few attempts that are the same each time."""
LONG: Final = LONG_S > 0
SEED: Final = int(os.environ.get("HOSTILE_SEED", secrets.randbits(32) if LONG else 1))

MIB: Final = 2**20
ANSWERED_S: Final = 30
"""How long a reader may wait for one answer during any attack: generous, for slow machines."""
RSS_BYTES: Final = 150 * MIB
"""How much the server itself may grow, whatever is sent to it."""
LOG_BYTES: Final = 130_000
"""How much one visitor's kernel may add to the log: 30 entries of 4,000 bytes, and its end."""
LOG_BYTES_PER_S: Final = 2_000
MANY: Final = 10_000
_LONG: Final = {"_esm", "_css"}
_PAUSE_S: Final = 0.1
_FAILED: Final = "the reader failed: "
_SHARES: Final = 5  # number of kinds of attack that share the time

_LEAKS: Final = re.compile(
    b"|".join(
        [
            b"Traceback",
            b"site-packages",
            b"/twitchlib/",
            *(
                re.escape(str(folder).encode())
                for folder in (Path.home(), Path(__file__).parents[2])
                if folder != Path("/")
            ),
        ]
    )
)


def leaks(sent: Iterable[bytes]) -> list[bytes]:
    """Return the parts of what a visitor was sent that reveal the server's paths or code."""
    return [
        part[max(0, found.start() - 100) : found.end() + 100]
        for part in sent
        if (found := _LEAKS.search(part))
    ]


def rss(server: Server) -> int:
    """Return the memory of a server, without its kernels."""
    return int(psutil.Process(server.process.pid).memory_info().rss)


def log_of(server: Server) -> Path:
    """Return the file that a server's log goes to."""
    files = psutil.Process(server.process.pid).open_files()
    return next(Path(file.path) for file in files if file.fd == 2)


class Reader:
    """A reader who keeps moving a slider, and records how long each answer takes.

    The reader runs in a separate process, so that it waits for the server and not for the attacker.

    Attributes
    ----------
    times_s : dict of str to list of float
        Waiting times by phase; complete once the reader has stopped.
    kernel_id : str
        The reader's kernel.
    """

    def __init__(self, url: str, lesson: str) -> None:
        self.times_s: dict[str, list[float]] = defaultdict(list)
        self._phase = "quiet"
        spawn = get_context("spawn")
        self._wire, theirs = spawn.Pipe()
        self._process = spawn.Process(target=_read, args=(url, lesson, theirs), daemon=True)
        self._process.start()
        theirs.close()
        self.kernel_id: str = self._receive()

    @property
    def phase(self) -> str:
        """The attack that is going on."""
        return self._phase

    @phase.setter
    def phase(self, phase: str) -> None:
        self._phase = phase
        self._wire.send(phase)

    def _receive(self) -> Any:
        assert self._wire.poll(2 * ANSWERED_S), "the reader does not respond"
        message = self._wire.recv()
        if isinstance(message, str) and message.startswith(_FAILED):
            pytest.fail(f"{message}\n(during {self.phase})", pytrace=False)
        return message

    def rest(self, seconds: float) -> None:
        """Let the reader go on for a while."""
        self._process.join(seconds)
        self.check()

    def check(self) -> None:
        """Fail if an answer did not arrive."""
        self._wire.send("?")
        assert self._receive() == "!"

    def stop(self) -> None:
        """Close the page."""
        self._wire.send(None)
        self.times_s |= self._receive()
        self._process.join(ANSWERED_S)

    def lines(self) -> Iterator[str]:
        """Yield the waiting times as lines of a table."""
        for phase, times_s in self.times_s.items():
            ms = [1000 * s for s in times_s]
            p95 = quantiles(ms, n=20, method="inclusive")[-1] if len(ms) > 1 else ms[0]
            yield f"{phase:32} {len(ms):7} {median(ms):9.1f} {p95:9.1f} {max(ms):9.1f}"


def _read(url: str, lesson: str, wire: Connection) -> None:
    try:
        visitor = Visitor(url, lesson)
        states = visitor.models()
        slider = next(n for n, s in states.items() if s["_model_name"] == "IntSliderModel")
        wire.send(visitor.kernel_id)
        times_s: dict[str, list[float]] = defaultdict(list)
        phase, hour = "quiet", 0
        while True:
            if wire.poll(_PAUSE_S):
                match wire.recv():
                    case None:
                        visitor.close()
                        wire.send(dict(times_s))
                        return
                    case "?":
                        wire.send("!")
                    case phase:
                        pass
                continue
            hour = hour % 12 + 1
            began = time.monotonic()
            asked = visitor.comm(
                slider, {"method": "update", "state": {"value": hour}, "buffer_paths": []}
            )
            messages = visitor.answers(asked, ANSWERED_S)
            times_s[phase].append(time.monotonic() - began)
            assert f"{hour} h" in str([message.content for message in messages])
            assert not leaks(visitor.received)
            visitor.received.clear()
    except BaseException as trouble:  # noqa: BLE001 - reported to the parent process
        wire.send(_FAILED + "".join(format_exception(trouble)))


Tally = Counter[tuple[str, str]]
Attempt = tuple[st.SearchStrategy[Any], Callable[[Any], str]]


@dataclass
class Siege:
    """A server, its reader, and a tally of the attempts.

    Attributes
    ----------
    tally : Counter
        Attempts by kind of attack and outcome.
    """

    server: Server
    reader: Reader
    tally: Tally
    rss_bytes: int = field(init=False)
    log: Path = field(init=False)

    def __post_init__(self) -> None:
        self.log = log_of(self.server)
        self.rss_bytes = rss(self.server)

    @property
    def url(self) -> str:
        """Address of the server."""
        return self.server.url

    def note(self, kind: str, outcome: str, tries: int = 1) -> None:
        """Count attempts."""
        self.tally[kind, outcome] += tries

    def check(self, sent: Iterable[bytes] = ()) -> None:
        """Fail unless the server is healthy and has revealed nothing."""
        assert leaks(sent) == []
        assert self.server.process.poll() is None
        began = time.monotonic()
        assert ask(f"{self.url}health").status == 200
        assert time.monotonic() - began < ANSWERED_S
        assert rss(self.server) - self.rss_bytes < RSS_BYTES
        self.reader.check()

    @contextmanager
    def attack(self, name: str, *, kernels: int = 1, log_bytes: int = LOG_BYTES) -> Iterator[None]:
        """Run the attack in the block, and check that the server is healthy before and after it.

        Parameters
        ----------
        name : str
            The phase under which the reader's times are recorded.
        kernels : int
            How many kernels may write to the log.
        log_bytes : int
            How much the log may grow for each of them.
        """
        self.check()
        began, before = time.monotonic(), self.log.stat().st_size
        self.reader.phase = name
        try:
            yield
            self.check()
            room = kernels * log_bytes + (time.monotonic() - began) * LOG_BYTES_PER_S
            assert self.log.stat().st_size - before < room, self.log.read_text()[-3000:]
        finally:
            self.reader.phase = "quiet"

    def barrage(
        self,
        kind: str,
        attempts: Sequence[Attempt],
        *,
        tries: int,
        between: Callable[[], object],
        share: float = 1,
    ) -> None:
        """Try what Hypothesis generates: a few fixed attempts, or as many as fit into a given time.

        Parameters
        ----------
        kind : str
            Kind of attack.
        attempts : sequence of (strategy, callable)
            What to try, and how: the callable gets the drawn value and returns the outcome in a
            word.
        tries : int
            How often each is made between two checks of the server.
        between : callable
            Called after each round.
        share : float
            Part of the time for this kind of attack.
        """
        until_s = time.monotonic() + share * LONG_S / _SHARES
        numbers = count(SEED)
        while True:
            for what, how in attempts:
                self._try(kind, what, how, tries, next(numbers))
            between()
            self.check()
            if time.monotonic() >= until_s:
                return

    def _try(
        self,
        kind: str,
        what: st.SearchStrategy[Any],
        how: Callable[[Any], str],
        tries: int,
        number: int,
    ) -> None:
        @seed(number)
        @settings(
            max_examples=tries,
            phases=[Phase.generate],  # a server does not return to its earlier state
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(sent=what)
        def once(sent: Any) -> None:
            self.note(kind, how(sent))

        try:
            once()
        except BaseException as trouble:
            trouble.add_note(f"To start with this one: HOSTILE_SEED={number} make hostile")
            raise


class State(dict[str, Any]):
    """A widget's state, with a short repr."""

    def __repr__(self) -> str:
        return str(self.get("_anywidget_id", self["_model_name"]))


class Attacker:
    """An attacker, whose kernel may be ended at any time, and who then comes back.

    Parameters
    ----------
    siege : Siege
        The server to attack.
    lesson : str
        The lesson to open.

    Attributes
    ----------
    names : list of str
        Ids of the widgets.
    states : list of State
        Their states, in the same order.
    """

    def __init__(self, siege: Siege, lesson: str) -> None:
        self._siege = siege
        self._lesson = lesson
        self.kernels = 0
        self.visitor = self._enter()

    def _enter(self) -> Visitor:
        self.kernels += 1
        visitor = Visitor(self._siege.url, self._lesson)
        models = visitor.models()
        self.names = list(models)
        # The same for every copy of a lesson, except for the ids.
        self.states = [
            State(state | dict.fromkeys(_LONG & {*state}, "")) for state in models.values()
        ]
        return visitor

    def renew(self) -> None:
        """Take another kernel."""
        self.check()
        self.visitor.close()
        self.visitor = self._enter()

    def check(self) -> None:
        """Fail if something was revealed that should not be."""
        assert leaks(self.visitor.received) == []
        self.visitor.received.clear()

    def come_back(self) -> str:
        """Reconnect after the wire was closed, and return the reason in words."""
        why = reason_of(self._siege.url, self.visitor.kernel_id)
        if not why and self.visitor.again():
            return "wire closed"
        self.renew()
        return f"kernel ended: {why}"

    def leave(self) -> None:
        """Close the page."""
        self.visitor.close()
