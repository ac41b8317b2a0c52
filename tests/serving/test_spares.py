import asyncio
import logging

import pytest

from twitchlib.serving.pages import Page
from twitchlib.serving.spares import Spares

LOG = logging.getLogger("test")


class Press:
    """Makes pages that are written when the test asks for it."""

    def __init__(self) -> None:
        self.made: list[Page] = []
        self.go: dict[Page, asyncio.Event] = {}
        self.discarded: list[Page] = []
        self.unusable: set[Page] = set()
        self.broken = False

    async def _write(self, page: Page) -> None:
        page.add("top")
        await self.go.setdefault(page, asyncio.Event()).wait()
        if self.broken:
            raise RuntimeError("no kernel")
        page.add("rest")

    def make(self, file: str, *, wanted: bool) -> Page:
        page = Page(file, self._write, stamp=0, wanted=wanted)
        self.made.append(page)
        return page

    async def finish(self, page: Page) -> None:
        self.go.setdefault(page, asyncio.Event()).set()
        await asyncio.wait([page.writing])

    async def usable(self, page: Page) -> bool:
        return page not in self.unusable

    async def discard(self, page: Page) -> None:
        self.discarded.append(page)

    def spares(self, *, keep: bool = True) -> Spares:
        return Spares(self.make, self.usable, self.discard, keep=keep, log=LOG)


async def _text(page: Page) -> str:
    return "".join([html async for html in page.read(0.01)])


def test_a_visitor_may_read_a_copy_while_it_is_written() -> None:
    async def main() -> None:
        press = Press()
        spares = press.spares()
        spares.fill("a")
        await asyncio.sleep(0)
        page = await spares.take("a")
        assert page is press.made[0]
        text = asyncio.create_task(_text(page))
        await press.finish(page)
        assert await text == "toprest"
        await spares.close()

    asyncio.run(main())


def test_no_copy_is_handed_out_twice_and_each_is_replaced() -> None:
    async def main() -> None:
        press = Press()
        spares = press.spares()
        spares.fill("a")
        taken = await asyncio.gather(*(spares.take("a") for _ in range(5)))
        assert len(set(taken)) == 5
        assert len(press.made) == 6
        await spares.close()

    asyncio.run(main())


def test_a_copy_whose_kernel_died_is_not_handed_out() -> None:
    async def main() -> None:
        press = Press()
        spares = press.spares()
        spares.fill("a")
        await press.finish(press.made[0])
        press.unusable.add(press.made[0])
        page = await spares.take("a")
        assert page is not press.made[0]
        await asyncio.sleep(0)
        assert press.discarded == [press.made[0]]
        await spares.close()

    asyncio.run(main())


def test_a_copy_that_fails_is_not_kept(caplog: pytest.LogCaptureFixture) -> None:
    async def main() -> None:
        press = Press()
        press.broken = True
        spares = press.spares()
        spares.fill("a")
        await press.finish(press.made[0])
        await asyncio.sleep(0)
        press.broken = False
        assert await spares.take("a") is not press.made[0]
        assert press.discarded == [press.made[0]]
        await spares.close()

    asyncio.run(main())
    assert "no kernel" in caplog.text


def test_closing_cancels_a_copy_that_a_visitor_is_waiting_for() -> None:
    async def main() -> None:
        press = Press()
        spares = press.spares()
        page = await spares.take("a")
        assert not page.writing.done()
        await spares.close()
        assert page.writing.cancelled()
        assert all(made.writing.cancelled() for made in press.made)

    asyncio.run(main())


def test_without_spares_there_is_a_copy_for_each_visitor() -> None:
    async def main() -> None:
        press = Press()
        spares = press.spares(keep=False)
        page = await spares.take("a")
        assert press.made == [page]
        await spares.close()

    asyncio.run(main())
