"""Where visitors come from, when a proxy on another computer stands in between."""

import http.client
import ipaddress
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.asking import DEADLINE_S, ask, kernel_of
from tests.servers import Server
from twitchlib.errors import NotAllowedError
from twitchlib.serving.proxies import HERE, networks, origin

ADDRESS = st.ip_addresses().map(str)
PROXY = "127.0.0.2"


@given(ADDRESS, st.text(max_size=60))
def test_a_stranger_is_not_believed(peer: str, forwarded: str) -> None:
    elsewhere = networks(["192.0.2.0/24"])
    trusted = (*HERE, *elsewhere)
    if any(ipaddress.ip_address(peer) in network for network in trusted):
        return
    assert origin(peer, forwarded, trusted) == peer


@given(st.lists(ADDRESS, min_size=1, max_size=4))
def test_a_proxy_is_believed_and_what_a_visitor_said_before_is_not(said: list[str]) -> None:
    trusted = (*HERE, *networks(["192.0.2.7", "2001:db8::/32"]))
    for proxy in ("127.0.0.1", "::1", "192.0.2.7", "::ffff:192.0.2.7", "2001:db8::5"):
        assert origin(proxy, ", ".join(said), trusted) == said[-1]
        assert origin(proxy, "", trusted) == proxy


@pytest.mark.parametrize("text", ["proxy.school.example", "10.0.0.5/8", "10.0.0.0/33", "", "10"])
def test_anything_but_an_address_or_a_network_is_refused(text: str) -> None:
    with pytest.raises(NotAllowedError, match="--behind"):
        networks([text])


def by_way_of_the_proxy(url: str, visitor: str) -> tuple[int, str]:
    """Ask for a lesson as a proxy with another address would, on behalf of a visitor."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(
        parts.netloc, timeout=DEADLINE_S, source_address=(PROXY, 0)
    )
    try:
        headers = {"X-Forwarded-For": visitor, "Host": "localhost"}
        connection.request("GET", "/voila/render/00_start_here.ipynb", headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


@pytest.mark.parametrize(("options", "fair"), [(("--behind", PROXY), True), ((), False)])
def test_places_are_shared_between_visitors_and_not_taken_by_a_proxy(
    serve: Callable[..., Server], course: Path, options: tuple[str, ...], fair: bool
) -> None:
    server = serve(course, "--visitors", "2", *options)
    greedy, late = "203.0.113.1", "203.0.113.2"
    pages = [by_way_of_the_proxy(server.url, greedy) for _ in range(2)]
    assert [status for status, _ in pages] == [200, 200]
    assert by_way_of_the_proxy(server.url, late)[0] == 503
    ask(f"{server.url}voila/api/shutdown/{kernel_of(pages[0][1])}", "POST")
    # The visitor who has a place waits for the other, if the server can tell them apart.
    assert by_way_of_the_proxy(server.url, greedy)[0] == (503 if fair else 200)
    assert by_way_of_the_proxy(server.url, late)[0] == (200 if fair else 503)
    assert server.stop() == 0
