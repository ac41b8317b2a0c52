"""Thirty visitors on two servers behind a proxy; one server is killed, or asked to stop."""

import asyncio
import signal
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Page, expect

from benchmarks.visitors import Visitor
from tests.asking import ask, kernel_of
from tests.conftest import Visit
from tests.hub.conftest import Farm
from twitchlib import quiz
from twitchlib.serving.identity import HEADER

VISITORS = 30
LESSON = "03_triggers"
PATH = f"voila/render/{LESSON}.ipynb"
ASKED = quiz.lessons()[LESSON]
FIRST = ASKED[0]
NOTED = f"In this lesson: 1 of {len(ASKED)} answered, 1 right at first try."


async def come(farm: Farm) -> Visitor:
    visitor = Visitor(farm.url + PATH)
    await visitor.fetch()
    await visitor.connect()
    await visitor.move()
    return visitor


async def arrive(farm: Farm, count: int) -> list[Visitor]:
    """Let visitors in one after another, since the proxy counts those who are connected."""
    return [await come(farm) for _ in range(count)]


async def arrive_at_once(farm: Farm, count: int) -> list[Visitor]:
    return await asyncio.gather(*(come(farm) for _ in range(count)))


async def move(visitors: list[Visitor]) -> list[Visitor]:
    """Let all of them move a slider, and return those who got no answer."""
    done = await asyncio.gather(*(one.move() for one in visitors), return_exceptions=True)
    return [one for one, failed in zip(visitors, done, strict=True) if failed]


async def leave(visitors: list[Visitor]) -> None:
    await asyncio.gather(*(one.leave() for one in visitors))


def name_of(address: str) -> str:
    """Return the name of the server that answers there."""
    name: str = ask(f"{address}health").headers[HEADER]
    return name


def home_of(page: Page) -> str:
    """Return the name of the server that a page is from."""
    return kernel_of(page.content()).partition("-")[0]


def answer_first(page: Page) -> None:
    text = next(option.text for option in FIRST.options if option.id == FIRST.key)
    page.get_by_role("radio", name=text).check()
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_text(NOTED)).to_be_visible()


def test_visitors_are_spread_and_a_server_that_is_asked_to_stop_is_missed_by_nobody(
    farm: Farm,
) -> None:
    async def main() -> None:
        going, staying = farm.servers
        going_name, staying_name = (name_of(server.url) for server in farm.servers)
        visitors = await arrive(farm, VISITORS)
        # They all have one address, and yet each stays where their kernel is.
        assert await move(visitors) == []
        homes = Counter(visitor.server for visitor in visitors)
        assert homes == {going_name: VISITORS // 2, staying_name: VISITORS // 2}
        going.process.send_signal(signal.SIGTERM)
        # Even now, before the proxy has noticed, no newcomer is turned away.
        newcomers = await arrive(farm, 4)
        assert {visitor.server for visitor in newcomers} == {staying_name}
        # Those who were there go on until they leave, even after a moment without network.
        assert await move(visitors) == []
        there = [visitor for visitor in visitors if visitor.server == going_name]
        await there[0].connect()
        assert await move(there) == []
        await leave(there)
        assert await asyncio.to_thread(going.wait) == 0
        rest = [visitor for visitor in [*visitors, *newcomers] if visitor not in there]
        assert await move(rest) == []
        await leave(rest)
        assert staying.process.poll() is None

    asyncio.run(main())


@pytest.mark.browser
def test_a_class_comes_at_once_and_visitors_of_a_server_that_is_killed_keep_their_answers(
    farm: Farm, page_at: Callable[..., Visit]
) -> None:
    pages = [page_at(farm.url + PATH).page for _ in range(2)]
    by_home = {home_of(page): page for page in pages}
    assert by_home.keys() == {name_of(server.url) for server in farm.servers}
    for page in pages:
        answer_first(page)

    async def main() -> None:
        # This makes the servers so busy that a proxy could take them for dead.
        visitors = await arrive_at_once(farm, VISITORS - 2)
        killed, other = farm.servers
        killed_name, other_name = name_of(killed.url), name_of(other.url)
        at_killed = [visitor for visitor in visitors if visitor.server == killed_name]
        assert 0 < len(at_killed) < len(visitors)
        killed.stop(signal.SIGKILL)
        lost = await move(visitors)
        assert lost == at_killed
        again = await arrive(farm, len(lost))
        assert {visitor.server for visitor in again} == {other_name}
        stayed = [visitor for visitor in visitors if visitor not in lost]
        assert await move([*stayed, *again]) == []
        await leave([*stayed, *again])

    names = [name_of(server.url) for server in farm.servers]
    with ThreadPoolExecutor() as pool:  # in this thread, the browser's driver has a loop running
        pool.submit(asyncio.run, main()).result()
    page, undisturbed = (by_home[name] for name in names)
    notice = page.get_by_role("alert").filter(has_text="Your copy of this lesson has ended")
    expect(notice).to_be_visible()
    page.get_by_role("button", name="Start a new copy").click()
    page.locator("html[data-state=ready]").wait_for(state="attached")
    assert home_of(page) == names[1]
    expect(page.get_by_text(NOTED)).to_be_visible()
    expect(undisturbed.locator("#trouble")).to_be_hidden()
    expect(undisturbed.get_by_text(NOTED)).to_be_visible()
