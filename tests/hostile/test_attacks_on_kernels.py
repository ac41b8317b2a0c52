"""Kernels that are kept, busy for ever, or hungry: each is ended, and its page told why."""

import asyncio
import json
import time
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from jupyter_core.utils import ensure_async

from tests.asking import DEADLINE_S, ask
from tests.hostile.siege import Siege
from tests.hostile.visitor import EndedError, Visitor
from tests.hostile.watching import HUNGRY, check_guarded
from twitchlib.serving import kernels as kernels_module
from twitchlib.serving.budget import BUDGET, Budget
from twitchlib.serving.kernels import LessonKernels


def test_asking_for_a_kernel_for_ever_does_not_keep_it() -> None:
    async def main() -> None:
        kernels = LessonKernels()
        kernel_id = await kernels.start_kernel()
        try:
            began = time.monotonic()
            now = began
            kernels.clock = lambda: now
            kernels.hand_out(kernel_id)
            while kernel_id in kernels and now < began + 3600:
                kernels.sign_of_life(kernel_id)
                now += 5
                await kernels.sweep()
            assert BUDGET.arriving_at_most_s <= now - began <= BUDGET.arriving_at_most_s + 10
        finally:
            await kernels.end_all()

    asyncio.run(main())


ENDLESS = """\
import ipywidgets as w

def click(_):
    print("round and round", flush=True)
    while True:
        pass

button = w.Button()
button.on_click(click)
"""


def test_a_change_that_takes_for_ever_is_interrupted_and_then_its_kernel_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small: Budget = replace(BUDGET, busy_s=2, grace_s=1)
    monkeypatch.setattr(kernels_module, "BUDGET", small)

    async def main() -> None:
        kernels = LessonKernels()
        kernel_id = await kernels.start_kernel()
        client = kernels.get_kernel(kernel_id).client()

        async def hear(asked: str, kind: str, state: str | None = None) -> dict[str, Any]:
            while True:
                said = await ensure_async(client.get_iopub_msg(timeout=DEADLINE_S))
                found = (said["parent_header"].get("msg_id"), said["msg_type"])
                if found == (asked, kind) and said["content"].get("execution_state") == state:
                    content: dict[str, Any] = said["content"]
                    return content

        def click(button: str) -> str:
            data = {"method": "custom", "content": {"event": "click"}}
            message = client.session.msg("comm_msg", {"comm_id": button, "data": data})
            client.shell_channel.send(message)
            identifier: str = message["header"]["msg_id"]
            return identifier

        try:
            now = time.monotonic()
            kernels.clock = lambda: now
            kernels.hand_out(kernel_id)
            kernels.notify_connect(kernel_id)
            client.start_channels()
            await ensure_async(client.wait_for_ready(timeout=DEADLINE_S))
            exceeded: list[str] = []
            kernels.on_exceeded = exceeded.append
            made = client.execute(ENDLESS + "print(button.model_id)")
            button = (await hear(made, "stream"))["text"].strip()

            asked = click(button)
            await hear(asked, "stream")  # now it can be interrupted
            kernels.note_state(kernel_id, "busy", "comm_msg")
            now += 1
            await kernels.sweep()
            now += 1.5
            await kernels.sweep()
            await hear(asked, "status", "idle")  # it was interrupted, and answers again
            kernels.note_state(kernel_id, "idle", "comm_msg")
            assert exceeded == []

            asked = click(button)
            await hear(asked, "stream")  # now it can be interrupted
            kernels.note_state(kernel_id, "busy", "comm_msg")
            now += 3.5
            await kernels.sweep()
            assert exceeded == ["time"]
            assert kernels.reason(kernel_id) == "time"
            await kernels.end_all()
            assert kernel_id not in kernels
        finally:
            client.stop_channels()
            await kernels.end_all()

    asyncio.run(main())


def test_a_kernel_that_eats_memory_is_ended_and_its_page_told_why(siege: Siege) -> None:
    with siege.attack("a hungry kernel"):
        visitor = Visitor(siege.url, HUNGRY)
        states = visitor.models()
        button = next(n for n, s in states.items() if s["_model_name"] == "ButtonModel")
        click = {"method": "custom", "content": {"event": "click"}}
        asked = visitor.comm(button, click)
        with suppress(EndedError):
            visitor.answers(asked)
        with pytest.raises(EndedError):
            visitor.answers("nothing")
        answer = ask(f"{siege.url}api/kernels/{visitor.kernel_id}")
        assert answer.status == 410
        assert json.loads(answer.body) == {"reason": "memory"}
        check_guarded(answer.headers)
    siege.note("attack table", "a hungry kernel")
