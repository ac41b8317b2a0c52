"""A server that is asked to stop."""

import json
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.asking import ask, kernel_of
from tests.serving.test_server import wire_to
from twitchlib.errors import NotAllowedError
from twitchlib.serving.config import Options
from twitchlib.serving.draining import Draining
from twitchlib.serving.identity import HEADER

LESSON = "voila/render/00_start_here.ipynb"


class Clock:
    now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


class TestDraining:
    def setup_method(self) -> None:
        self.clock = Clock()
        self.here = 3
        self.draining = Draining(2, lambda: self.here, self.clock)

    def test_a_server_that_nobody_asked_to_stop_stays_even_when_it_is_empty(self) -> None:
        self.here = 0
        self.clock.now_s += 1e6
        assert not self.draining.begun
        assert not self.draining.is_over()

    def test_it_goes_once_everybody_has_left(self) -> None:
        self.draining.begin()
        self.clock.now_s += 60
        assert not self.draining.is_over()
        self.here = 0
        assert self.draining.is_over()

    def test_it_stays_until_a_proxy_has_noticed(self) -> None:
        self.here = 0
        self.draining.begin()
        self.clock.now_s += 2
        assert not self.draining.is_over()
        self.clock.now_s += 5
        assert self.draining.is_over()

    def test_it_goes_when_the_time_is_up_even_if_somebody_stays(self) -> None:
        self.draining.begin()
        self.clock.now_s += 119
        assert not self.draining.is_over()
        self.clock.now_s += 1
        assert self.draining.is_over()


@pytest.mark.parametrize("drain_min", [-1, 1441, float("nan")])
def test_an_impossible_time_is_refused(drain_min: float) -> None:
    with pytest.raises(NotAllowedError, match="--drain"):
        Options(drain_min=drain_min)


def health(url: str) -> tuple[int, dict[str, Any]]:
    answer = ask(f"{url}health")
    return answer.status, json.loads(answer.body)


def wait_until_closing(url: str) -> None:
    give_up = time.monotonic() + 30
    while health(url)[0] != 503:
        assert time.monotonic() < give_up


def test_every_answer_and_every_kernel_names_the_server(
    serve: Callable[..., Any], course: Path
) -> None:
    url = serve(course).url
    page = ask(f"{url}{LESSON}")
    name = page.headers[HEADER]
    kernel = kernel_of(page.text)
    assert kernel.partition("-")[0] == name
    for path in ("", "health", f"api/kernels/{kernel}", "no/such/page"):
        assert ask(url + path).headers[HEADER] == name


@pytest.mark.parametrize("how", [[], ["--no-fork"]], ids=["forked", "run again"])
def test_a_visitor_finishes_while_others_are_not_let_in(
    serve: Callable[..., Any], course: Path, how: list[str]
) -> None:
    server = serve(course, "--drain", "10", *how)
    url = server.url
    kernel = kernel_of(ask(f"{url}{LESSON}").text)
    with wire_to(url, kernel):
        assert health(url) == (200, {"status": "ok", "visitors": 1, "room": health(url)[1]["room"]})
        server.process.send_signal(signal.SIGTERM)
        wait_until_closing(url)
        assert health(url)[1]["status"] == "closing"
        refused = ask(f"{url}{LESSON}")
        assert refused.status == 503
        assert refused.headers["Retry-After"]
        assert "No new visitors just now" in refused.text
        assert ask(f"{url}api/kernels/{kernel}").status == 200
        assert server.process.poll() is None
    assert ask(f"{url}voila/api/shutdown/{kernel}", "POST").status == 204
    assert server.wait() == 0


def test_a_visitor_who_stays_does_not_keep_the_server_for_ever(
    serve: Callable[..., Any], course: Path
) -> None:
    server = serve(course, "--drain", "0.05")
    with wire_to(server.url, kernel_of(ask(f"{server.url}{LESSON}").text)):
        assert server.stop(signal.SIGTERM) == 0


def test_a_second_signal_stops_at_once(serve: Callable[..., Any], course: Path) -> None:
    server = serve(course, "--drain", "1000")
    with wire_to(server.url, kernel_of(ask(f"{server.url}{LESSON}").text)):
        server.process.send_signal(signal.SIGTERM)
        wait_until_closing(server.url)
        assert server.stop(signal.SIGTERM) == 0


def test_without_time_to_drain_it_stops_at_once(serve: Callable[..., Any], course: Path) -> None:
    server = serve(course)
    with wire_to(server.url, kernel_of(ask(f"{server.url}{LESSON}").text)):
        assert server.stop(signal.SIGTERM) == 0
