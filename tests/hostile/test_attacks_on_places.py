"""Somebody who takes every place, and how a server ends during an attack."""

import json
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from tests.asking import DEADLINE_S, Answer, ask
from tests.hostile.siege import leaks, log_of
from tests.hostile.test_requests import exchange
from tests.hostile.visitor import EndedError, Visitor
from tests.hostile.watching import EMPTY, SLIDER, check_guarded, kernels_of, until
from tests.servers import Server


@dataclass
class Crowd:
    """A server for five visitors, from which somebody fetches a page again and again."""

    server: Server
    answers: list[Answer]
    most_kernels: int
    fetched_s: float


def _kernels_that_stay(server: Server, room: int) -> int:
    """Return how many kernels run, apart from one that is ending or only a lesson's rehearsal."""
    give_up = time.monotonic() + 5
    while (count := len(kernels_of(server))) > room and time.monotonic() < give_up:
        threading.Event().wait(0.05)
    return count


@pytest.fixture(scope="module")
def crowd(serve: Callable[..., Server], hostile_course: Path) -> Crowd:
    server = serve(hostile_course, "--visitors", "5")
    answers, kernels = [], []
    for _ in range(41):
        answers.append(ask(f"{server.url}voila/render/{EMPTY}.ipynb"))
        kernels.append(_kernels_that_stay(server, 5))
    return Crowd(server, answers, max(kernels), time.monotonic())


def test_fetching_pages_without_end_takes_no_more_than_there_is_room_for(crowd: Crowd) -> None:
    statuses = [answer.status for answer in crowd.answers]
    assert statuses[:6] == 5 * [200] + [503]
    assert crowd.most_kernels <= 5
    refused = [answer for answer in crowd.answers if answer.status != 200]
    # On a slow machine the first lose their places before the last have asked.
    assert len(refused) >= 20
    for answer in refused:
        assert answer.status == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert "</html>" in answer.text
        assert leaks([answer.body]) == []
        check_guarded(answer.headers)


def test_places_of_visitors_who_never_connect_are_free_again_within_seconds(crowd: Crowd) -> None:
    # Others were waiting, so visitors who fetched a page and did not connect have to go.
    def visitors() -> int:
        found: int = json.loads(ask(f"{crowd.server.url}health").body)["visitors"]
        return found

    until(lambda: visitors() == 0, crowd.fetched_s + 20 - time.monotonic())
    until(lambda: not kernels_of(crowd.server), DEADLINE_S)
    assert ask(f"{crowd.server.url}voila/render/{EMPTY}.ipynb").status == 200


def _folder_of(server: Server) -> Path:
    """Return the folder of the kernels' sockets, once there is a kernel."""

    def named() -> Path | None:
        for kernel in kernels_of(server):
            with suppress(psutil.Error):
                for connection in kernel.net_connections("unix"):
                    if "twitch_" in str(connection.laddr):
                        return Path(str(connection.laddr)).parent
        return None

    until(lambda: named() is not None, DEADLINE_S)
    folder = named()
    assert folder is not None
    return folder


@dataclass
class Succession:
    """A server that was killed, and its successor."""

    kernels: list[psutil.Process]
    left: Path
    after: Server


@pytest.fixture(scope="module")
def succession(crowd: Crowd, serve: Callable[..., Server], hostile_course: Path) -> Succession:
    server = crowd.server
    if not kernels_of(server):
        ask(f"{server.url}voila/render/{EMPTY}.ipynb")
    kernels, left = kernels_of(server), _folder_of(server)
    assert left.is_dir()
    server.process.kill()
    server.process.wait(DEADLINE_S)
    assert server.process.stdout is not None
    server.process.stdout.close()
    return Succession(kernels, left, serve(hostile_course))


def test_what_a_killed_server_left_behind_is_removed_by_the_next(succession: Succession) -> None:
    _gone, alive = psutil.wait_procs(succession.kernels, DEADLINE_S)
    assert not alive, "its kernels are still running"
    assert not succession.left.exists()


def test_a_server_that_is_told_to_stop_during_an_attack_stops(succession: Succession) -> None:
    server = succession.after
    visitor = Visitor(server.url, SLIDER)
    folder, log = _folder_of(server), log_of(server)
    kernels = kernels_of(server)
    attacking = threading.Event()

    def attack() -> None:
        while server.process.poll() is None:
            try:
                for _ in range(20):
                    visitor.send("kernel_info_request", {})
                exchange(server.url, b"GET /voila/render/x.ipynb HTTP/1.1\r\nHost: x\r\n\r\n", 0.05)
                exchange(server.url, b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-", 0.05)
            except (EndedError, OSError):
                return
            finally:
                attacking.set()

    attackers = [threading.Thread(target=attack) for _ in range(3)]
    for attacker in attackers:
        attacker.start()
    assert attacking.wait(DEADLINE_S)
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(DEADLINE_S) == 0
    assert server.process.stdout is not None
    server.process.stdout.close()
    for attacker in attackers:
        attacker.join(DEADLINE_S)
    visitor.hang_up()
    # They end by themselves once their server is gone.
    assert psutil.wait_procs(kernels, DEADLINE_S)[1] == []
    assert not folder.exists()
    assert "Traceback" not in log.read_text()
