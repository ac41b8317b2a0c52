import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchlib.serving.pages import Page, Queue


class Press:
    """Writes pages when the test asks for it."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.broken = False

    async def write(self, page: Page) -> None:
        page.add("top")
        await self.go.wait()
        if self.broken:
            raise RuntimeError("no kernel")
        page.add("rest")

    def make(self) -> Page:
        return Page("a", self.write, stamp=0, wanted=True)

    async def finish(self, page: Page) -> None:
        self.go.set()
        await asyncio.wait([page.writing])


async def _text(page: Page) -> str:
    return "".join([html async for html in page.read(0.01)])


@given(pieces=st.lists(st.text(max_size=3)), pauses=st.lists(st.booleans()))
def test_a_reader_gets_every_piece_once_and_in_order(pieces: list[str], pauses: list[bool]) -> None:
    async def write(page: Page) -> None:
        for position, piece in enumerate(pieces):
            if position < len(pauses) and pauses[position]:
                await asyncio.sleep(0)
            page.add(piece)

    async def main() -> None:
        page = Page("a", write, stamp=0, wanted=True)
        assert await _text(page) == "".join(pieces)
        assert await _text(page) == "".join(pieces)  # a later reader gets it all too
        assert page.complete

    asyncio.run(main())


def test_a_reader_is_told_that_it_is_still_waiting() -> None:
    async def main() -> None:
        press = Press()
        page = press.make()
        reading = page.read(0.01)
        assert await anext(reading) == "top"
        assert await anext(reading) == ""
        await press.finish(page)
        assert await anext(reading) == "rest"
        with pytest.raises(StopAsyncIteration):
            await anext(reading)

    asyncio.run(main())


def test_a_reader_of_a_page_that_fails_is_not_left_waiting() -> None:
    async def main() -> None:
        press = Press()
        press.broken = True
        page = press.make()
        await press.finish(page)
        assert await _text(page) == "top"
        assert page.failed
        assert not page.complete

    asyncio.run(main())


def test_a_reader_who_has_the_head_goes_on_behind_it() -> None:
    async def main() -> None:
        press = Press()
        page = press.make()
        reading = page.read(0.01, skip_head=True)
        page.add("head")
        assert await anext(reading) == ""
        page.end_head()
        page.add("body")
        await press.finish(page)
        assert "".join([html async for html in reading]) == "bodyrest"

    asyncio.run(main())


def _in_turn(
    test: Callable[[Queue, list[str], Callable[[str, bool], Page]], Coroutine[Any, Any, None]],
) -> None:
    async def main() -> None:
        queue = Queue(2)
        began: list[str] = []

        def make(name: str, wanted: bool) -> Page:
            async def write(page: Page) -> None:
                async with queue.turn(page):
                    began.append(name)
                    await asyncio.Event().wait()

            return Page(name, write, stamp=0, wanted=wanted)

        await test(queue, began, make)
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    asyncio.run(main())


async def _settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


def test_a_place_is_kept_free_for_visitors() -> None:
    async def test(queue: Queue, began: list[str], make: Callable[[str, bool], Page]) -> None:
        make("warm 1", False)
        waiting = make("warm 2", False)
        await _settle()
        assert began == ["warm 1"]
        make("visitor", True)
        await _settle()
        assert began == ["warm 1", "visitor"]
        assert queue.ahead_of(waiting) == 0

    _in_turn(test)


def test_visitors_go_first_and_in_order() -> None:
    async def test(queue: Queue, began: list[str], make: Callable[[str, bool], Page]) -> None:
        first = make("visitor 1", True)
        make("visitor 2", True)
        make("warm", False)
        make("visitor 3", True)
        last = make("visitor 4", True)
        await _settle()
        assert began == ["visitor 1", "visitor 2"]
        assert queue.ahead_of(last) == 1
        first.writing.cancel()
        await _settle()
        assert began == ["visitor 1", "visitor 2", "visitor 3"]
        assert queue.ahead_of(last) == 0

    _in_turn(test)


def test_a_warm_copy_that_is_taken_moves_up() -> None:
    async def test(queue: Queue, began: list[str], make: Callable[[str, bool], Page]) -> None:
        make("warm 1", False)
        make("warm 2", False)
        taken = make("warm 3", False)
        await _settle()
        taken.wanted = True
        queue.advance()
        await _settle()
        assert began == ["warm 1", "warm 3"]

    _in_turn(test)


def test_leaving_the_queue_passes_the_turn_on() -> None:
    async def test(queue: Queue, began: list[str], make: Callable[[str, bool], Page]) -> None:
        first = make("visitor 1", True)
        make("visitor 2", True)
        gone = make("visitor 3", True)
        make("visitor 4", True)
        await _settle()
        gone.writing.cancel()
        await _settle()
        first.writing.cancel()
        await _settle()
        assert began == ["visitor 1", "visitor 2", "visitor 4"]

    _in_turn(test)
