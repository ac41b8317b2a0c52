"""Messages to the widgets of every lesson: meaningful changes, and meaningless ones."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import count
from typing import Any

from hypothesis import strategies as st

from tests.asking import DEADLINE_S
from tests.hostile.siege import LONG, MANY, Attacker, Siege
from tests.hostile.strategies import MODEL, contents, edits, states, values
from tests.hostile.visitor import EndedError, Message, envelope, join
from twitchlib import guide

LESSONS = list(guide.rows("lessons"))
# In a short run, the widgets of all lessons share one kernel.
PLACES = LESSONS if LONG else ["11_together"]
_FEW = 1


def kind_of(state: Mapping[str, Any]) -> str:
    """Return the kind of a widget."""
    kind: str = state.get("_anywidget_id", state["_model_name"])
    return kind


def _chosen(attacked: Sequence[Mapping[str, Any]]) -> list[int]:
    """Return the indices of all panels, and of a few widgets of each other kind."""
    seen: Counter[str] = Counter()
    found = []
    for place, state in enumerate(attacked):
        kind = kind_of(state)
        seen[kind] += 1
        if LONG or seen[kind] <= _FEW or "_spec" in state:
            found.append(place)
    return found


def answer_to(turn: str, messages: list[Message]) -> Mapping[str, Any] | None:
    for message in messages:
        data = message.content.get("data", {})
        shown = data.get("state", {}).get("_shown", {}) if isinstance(data, dict) else {}
        if isinstance(shown, dict) and shown.get("answers") == turn:
            found: Mapping[str, Any] = shown
            return found
    return None


def test_every_panel_answers_every_change(
    siege: Siege, attacker_in: Callable[[str], Attacker]
) -> None:
    turns = count(1)

    def change(attacker: Attacker, place: int, edit: dict[str, Any]) -> str:
        turn, kind = str(next(turns)), kind_of(attacker.states[place])
        data = {"method": "custom", "content": {"turn": turn, "edit": edit}}
        try:
            asked = attacker.visitor.comm(attacker.names[place], data)
            shown = answer_to(turn, attacker.visitor.answers(asked, DEADLINE_S))
        except EndedError:
            return attacker.come_back()
        assert shown is not None, f"{kind} did not answer"
        assert not shown["failed"], f"what follows a change of {kind} failed"
        return "refused in words" if shown.get("refused") else "answered"

    with siege.attack("changes of panels", kernels=MANY):
        for lesson in PLACES:
            attacker = attacker_in(lesson)
            attempts = [
                (edits(state), partial(change, attacker, place))
                for place, state in enumerate(attacker.states)
                if "_spec" in state
            ]
            siege.barrage(
                "changes", attempts, tries=2, between=attacker.check, share=1 / len(PLACES)
            )


_METHODS = (
    "update", "update", "update", "custom", "custom", "custom", "request_state", "open", "close",
    "odd",
)  # fmt: skip


@st.composite
def messages(draw: st.DrawFn, state: Mapping[str, Any]) -> tuple[str, str, str, list[bytes]]:
    """Return a message to a widget: its method, its type, its content as JSON, its buffers."""
    method = draw(st.sampled_from(_METHODS))
    kind, identifier, data = "comm_msg", MODEL, None
    content: dict[str, Any] = {}
    match method:
        case "update":
            path = st.lists(st.sampled_from([*state, "x", 0, -1, 10**9]), max_size=3)
            changed = draw(states(state))
            paths = draw(st.lists(path, max_size=3) | values)
            data = {"method": "update", "state": changed, "buffer_paths": paths}
        case "custom":
            data = {"method": "custom", "content": draw(contents(state))}
        case "request_state":
            data = {"method": "request_state"}
        case "odd":
            data = draw(values)
        case _:
            kind, identifier = f"comm_{method}", draw(values)
            opened = st.builds(lambda s: {"state": s, "buffer_paths": []}, states(state))
            data = draw(opened | values)
            targets = st.sampled_from(["jupyter.widget", "jupyter.widget.control", "x"])
            content["target_name"] = draw(targets | values)
    content |= {"comm_id": identifier, "data": data}
    return method, kind, json.dumps(content), draw(st.lists(st.binary(max_size=30), max_size=3))


def test_no_message_makes_a_widget_reveal_anything(
    siege: Siege, attacker_in: Callable[[str], Attacker]
) -> None:
    def send(attacker: Attacker, place: int, message: tuple[str, str, str, list[bytes]]) -> str:
        method, kind, text, buffers = message
        visitor = attacker.visitor
        text = text.replace(MODEL, attacker.names[place])
        head = [b"shell", json.dumps(envelope(kind)).encode(), b"{}", b'{"version":"2.1.0"}']
        try:
            visitor.send_raw(join([*head, text.encode(), *buffers]))
            visitor.answers(visitor.send("kernel_info_request", {}), DEADLINE_S)
        except EndedError:
            return f"{method}: {attacker.come_back()}"
        return f"{method}: sent"

    with siege.attack("messages to widgets", kernels=MANY):
        for lesson in PLACES:
            attacker = attacker_in(lesson)
            attempts = [
                (messages(attacker.states[place]), partial(send, attacker, place))
                for place in _chosen(attacker.states)
            ]
            siege.barrage(
                "messages", attempts, tries=2, between=attacker.check, share=1 / len(PLACES)
            )
