"""What nobody in their right mind would send."""

import json
from collections.abc import Mapping
from random import Random
from typing import Any, Final

from hypothesis import strategies as st

from tests.hostile.visitor import envelope, join, masked

__all__ = [
    "MODEL",
    "contents",
    "edits",
    "frames",
    "mutated",
    "requests",
    "states",
    "values",
    "wire_bytes",
]

MODEL: Final = 32 * "0"
"""Stands for a widget's id, which is not known beforehand."""

_KINDS: Final = (
    "comm_msg", "comm_open", "comm_close", "comm_info_request", "kernel_info_request",
)  # fmt: skip
_REFUSED: Final = ("execute_request", "shutdown_request", "input_reply", "", "comm_msg\0")
_ODD_TEXTS: Final = (
    "", "\0", "-1", "1e999", "nan", "NaN", "inf", "-0", "0x10", "1_000", "٣", "7,5", "1e308", "..",
    "../../etc/passwd", "%s%n{0}", "{value}", "<script>alert(1)</script>", "'\";--", "\ud800",
    "‮abc", "a" * 5000, "\n" * 1000, "__class__", "IPY_MODEL_", "IPY_MODEL_x", "2026-02-30",
    "25:61", "9" * 400, "9" * 5000,
)  # fmt: skip
_ODD_NUMBERS: Final = (
    0, -1, 1, 2**31, 2**53 + 1, 2**63, -(2**64), 10**400, 1e308, -1e308, 5e-324, 0.1, -0.0,
    float("nan"), float("inf"), float("-inf"),
)  # fmt: skip

_texts = st.sampled_from(_ODD_TEXTS) | st.text(max_size=12)
_leaves = (
    st.none() | st.booleans() | st.sampled_from(_ODD_NUMBERS) | st.integers() | st.floats() | _texts
)


def _deep(kind: str, depth: int) -> Any:
    nested: Any = 0
    for _ in range(depth):
        nested = [nested] if kind == "list" else {"a": nested}
    return nested


def _nest(below: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(below, max_size=4) | st.dictionaries(_texts, below, max_size=4)


values: Final[st.SearchStrategy[Any]] = st.one_of(
    st.recursive(_leaves, _nest, max_leaves=8),
    st.builds(_deep, st.sampled_from(["list", "dict"]), st.sampled_from([10, 300])),
    _leaves.map(lambda leaf: 200 * [leaf]),
)
"""Any JSON, and some that is not quite JSON."""


_FIELDS: Final = (b"99999999", b"-1      ", b"1e300   ", b"nan     ", b"\xff" * 8, b"0       ")


def _mutate(chance: Random, data: bytearray) -> None:
    # Most formats describe themselves at the beginning, so damage there has the most effect.
    span = len(data) if chance.random() < 0.5 else min(len(data), 600)
    at = chance.randrange(max(1, span))
    match chance.choice(["cut", "flip", "digit", "digit", "put", "twice", "drop", "field", "zero"]):
        case "cut":
            del data[at:]
        case "flip" if data:
            data[at] ^= 1 << chance.randrange(8)
        case "digit":
            places = [i for i, byte in enumerate(data[at : at + 200], at) if 48 <= byte < 58]
            for place in chance.sample(places, min(len(places), 2)):
                data[place] = chance.choice(b"0123456789")
        case "put":
            data[at:at] = chance.randbytes(chance.randrange(16))
        case "twice":
            data[at:at] = data[at : at + chance.randrange(3000)]
        case "drop":
            del data[at : at + chance.randrange(3000)]
        case "field":
            data[at : at + 8] = chance.choice(_FIELDS)
        case "zero":
            data[at : at + 64] = bytes(64)
        case _:
            pass


@st.composite
def mutated(draw: st.DrawFn, original: bytes) -> bytes:
    """Return damaged bytes."""
    # One seed decides everything: Hypothesis' own choices repeat with little change.
    chance = draw(st.randoms(use_true_random=True))
    data = bytearray(original)
    for _ in range(chance.choice([1, 1, 1, 2, 4])):
        _mutate(chance, data)
    return bytes(data)


# -- frames -------------------------------------------------------------------------------------


def _part(good: Mapping[str, Any]) -> st.SearchStrategy[bytes]:
    text = json.dumps(good).encode()
    return st.one_of(
        st.just(text),
        st.sampled_from(
            [
                b"", b"{", b"null", b"[]", b"0", b'"a"', b"\xff\xfe", b"[" * 100_000, b"{}",
                b'{"msg_type":[]}', b'{"msg_type":"comm_msg","msg_id":0}', b" " * 9000 + text,
                b'{"a":' * 3000 + b"0" + b"}" * 3000, b"9" * 7000, b'{"comm_id":{}}', b'{"a":NaN}',
                text.decode().encode("utf-16"), b"\xef\xbb\xbf" + text,
            ]
        ),
        values.map(lambda value: json.dumps(value).encode()),
        mutated(text),
    )  # fmt: skip


@st.composite
def frames(draw: st.DrawFn, model: str) -> bytes | str:
    """Return a message, or something like one, from a page that has a certain widget."""
    kind = draw(st.sampled_from(_KINDS * 3 + _REFUSED))
    content = {"comm_id": model, "data": {"method": "request_state"}}
    pieces = [b"shell", *(json.dumps(p).encode() for p in (envelope(kind, "x"), {}, {}, content))]
    match draw(
        st.sampled_from(["noise", "text", "counts", "offset", "channel", "part", "cut", "buffers"])
    ):
        case "noise":
            return draw(st.binary(max_size=200))
        case "text":
            return draw(st.text(max_size=50).filter(lambda t: t.isascii()) | st.just("[" * 50_000))
        case "counts":
            numbers = st.sampled_from([0, 1, 5, 6, 7, 33, 34, 35, 2**16, 2**23, 2**32, 2**63])
            numbers |= st.just(2**64 - 1)
            head = [draw(numbers) for _ in range(draw(st.integers(1, 8)))]
            return b"".join(n.to_bytes(8, "little") for n in head) + draw(st.binary(max_size=300))
        case "offset":
            whole = bytearray(join(pieces))
            at = 8 * draw(st.integers(0, len(pieces) + 1))
            number = draw(st.integers(0, 400) | st.sampled_from([2**32, 2**63, 2**64 - 1]))
            whole[at : at + 8] = number.to_bytes(8, "little")
            return bytes(whole)
        case "channel":
            pieces[0] = draw(
                st.sampled_from([b"control", b"iopub", b"stdin", b"hb", b"", b"SHELL", b"\xff"])
            )
        case "part":
            at = draw(st.integers(1, 4))
            good = (envelope(kind, "x"), {}, {}, content)[at - 1]
            pieces[at] = draw(_part(good))
        case "cut":
            whole_frame = join(pieces)
            return whole_frame[: draw(st.integers(0, len(whole_frame)))]
        case "buffers":
            pieces += draw(st.lists(st.binary(max_size=20), max_size=40))
    return join(pieces)


@st.composite
def wire_bytes(draw: st.DrawFn) -> bytes:
    """Return websocket frames, or something like them."""
    pieces = []
    for _ in range(draw(st.integers(1, 5))):
        payload = draw(st.binary(max_size=40) | st.sampled_from([bytes(126), b"\xff" * 70_000]))
        match draw(
            st.sampled_from(["noise", "frame", "claim", "unmasked", "ping", "close", "part"])
        ):
            case "noise":
                pieces.append(payload)
            case "frame":
                pieces.append(bytes([draw(st.integers(0, 255))]) + masked(payload))
            case "claim":
                size = draw(st.sampled_from([125, 126, 2**16, 2**24, 2**31, 2**63, 2**64 - 1]))
                pieces.append(b"\x82" + masked(payload, size))
            case "unmasked":
                pieces.append(b"\x82\x03abc")
            case "ping":
                pieces.append(50 * (b"\x89" + masked(payload[:120])))
            case "close":
                code = draw(st.sampled_from([0, 999, 1000, 1005, 1016, 5000, 65535]))
                pieces.append(b"\x88" + masked(code.to_bytes(2, "big") + payload[:100]))
            case "part":
                pieces.append(b"\x02" + masked(b"a") + 2000 * (b"\x00" + masked(b"a")))
    return b"".join(pieces)


# -- messages to widgets ------------------------------------------------------------------------


def _words(spec: Any) -> list[str]:
    """Return every word in a panel's state: names, options, identifiers."""
    if isinstance(spec, dict):
        return [w for key, value in spec.items() for w in [key, *_words(value)]]
    if isinstance(spec, list):
        return [w for value in spec for w in _words(value)]
    return [spec] if isinstance(spec, str) and len(spec) < 40 else []


def edits(state: Mapping[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Return changes like those the panels accept, for a panel with this state."""
    known = dict.fromkeys(_words(state.get("_spec", {})) + _words(state.get("_shown", {})))
    names = st.sampled_from([*known, "x"])
    leaf: st.SearchStrategy[Any] = st.one_of(
        names,
        st.sampled_from(["0", "5", "7,5", "-3", "08:30", "2026-01-05"]),
        values,
        st.integers(0, 9),
    )
    typed = st.dictionaries(names, leaf, max_size=6)
    rows = st.fixed_dictionaries({"key": leaf, "time": leaf, "drink": leaf})
    step = st.one_of(
        st.fixed_dictionaries({"add": typed, "asked": leaf}),
        st.fixed_dictionaries({"remove": leaf}),
    )
    shapes: list[st.SearchStrategy[dict[str, Any]]] = [
        st.fixed_dictionaries({"fields": typed | leaf}),
        st.fixed_dictionaries(
            {"start": st.just("reset") | st.builds(lambda p: {"preset": p}, leaf)}
        ),
        st.fixed_dictionaries({"answers": typed | leaf, "at": leaf}),
        st.fixed_dictionaries({"ticked": st.lists(leaf, max_size=9) | leaf}),
        st.fixed_dictionaries({"rows": st.lists(rows | leaf, max_size=30) | leaf}),
        st.fixed_dictionaries({"steps": st.lists(step | leaf, max_size=9) | leaf}),
        st.fixed_dictionaries({"forget": leaf}),
        st.fixed_dictionaries({"stored": leaf, "file": leaf}),
        st.fixed_dictionaries({"name": leaf, "data": leaf}),
        st.fixed_dictionaries({"day_first": leaf}),
        st.fixed_dictionaries(
            {"files": typed | leaf}, optional={"unit": leaf, "sample_hz": leaf, "channel": leaf}
        ),
        st.dictionaries(_texts, leaf, max_size=4),
    ]
    if "_spec" in state:
        # A panel's state shows which shapes it accepts; those are tried more often.
        shown = " ".join(map(str, [*state["_spec"], *state.get("_shown", {})]))
        apt = {
            "groups": [0, 1], "manner": [2], "items": [3], "drinks": [4], "fields": [5],
            "largest": [6, 7], "ask_order": [8, 9], "formats": [10],
        }  # fmt: skip
        chosen = [shapes[i] for word, places in apt.items() if word in shown for i in places]
        shapes += 3 * chosen
    return st.one_of(shapes)


def contents(state: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Return messages that are not changes of a panel."""
    names = st.sampled_from(["", "&present", "&preset=exam-week", "&sleep_h=5&sleep_h=6"])
    query = st.builds(
        lambda pairs, tail: "?" + "&".join(f"{k}={v}" for k, v in pairs) + tail,
        st.lists(
            st.tuples(_texts | st.sampled_from(["sleep_h", "causes", "preset"]), _texts),
            max_size=60,
        ),
        names,
    )
    return st.one_of(
        st.fixed_dictionaries({"query": query | values}),
        st.just({"plotly": "wanted"}),
        st.just({"file": "wanted"}),
        st.fixed_dictionaries({"wanted": st.integers(0, 3) | values}),
        st.fixed_dictionaries({"event": st.just("click") | values}),
        st.fixed_dictionaries({"turn": values, "edit": values}),
        values,
    )


@st.composite
def states(draw: st.DrawFn, state: Mapping[str, Any]) -> dict[str, Any]:
    """Return a change of some of a widget's own traits."""
    names = draw(st.lists(st.sampled_from([*state, "nope", "comm", "_msg_callbacks"]), max_size=3))
    reference = st.just(f"IPY_MODEL_{MODEL}")
    value = st.one_of(values, reference, st.lists(reference, max_size=3))
    return {name: draw(value) for name in names}


# -- requests -----------------------------------------------------------------------------------

_PATHS: Final = (
    "/", "/health", "/instructor", "/instructor/notes/07_emg_lab", "/voila/render/x.ipynb",
    "/static/page-0/page.css", "/api/kernels/a-b-c-d-e", "/api/kernels/a-b-c-d-e/channels",
    "/voila/api/shutdown/a-b-c-d-e", "/voila/files/x", "/api/contents", "/metrics",
    "/instructor?to=00_start_here.ipynb",
    "/instructor?to=00_start_here.ipynb%23Who&state=a=1&present=1",
)  # fmt: skip
_PIECES: Final = (
    "..", "%2e%2e", "%252e%252e%252f", "..%2f", "..%5c", "\\", "//", "%00", "%0d%0aX: y", "%ff",
    "%c0%ae", "%ed%a0%80", "%u002e", "ü", "\u202e", "a" * 300, "b" * 4000, "~root", "*", ";", "?",
    "#", "&state=", "&to=", "http://[", "%", "%f", "+", "\t", ".ipynb", "index.html",
    "00_start_here",
    "{{7*7}}", "${x}", "etc/passwd", "c" * 20_000,
)  # fmt: skip
_METHODS: Final = (
    *("GET",) * 12, "HEAD", "POST", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH",
    "PROPFIND", "get", "G" * 300, "", "GET /a", "\xff",
)  # fmt: skip
_HEADERS: Final = (
    "Content-Length: -1", "Content-Length: 99999999999999999999", "Content-Length: 94371840",
    "Content-Length: 1, 1", "Content-Length: 1\r\nContent-Length: 2", "Content-Length: ١",
    "Content-Length: 70000", "Content-Length: 3",
    "Transfer-Encoding: chunked", "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: x",
    "Content-Encoding: gzip", "Content-Type: multipart/form-data; boundary=x",
    'Content-Type: multipart/form-data; boundary="', "Content-Type: application/json",
    "Content-Type: application/x-www-form-urlencoded; charset=x", "Expect: 100-continue",
    "Upgrade: websocket\r\nConnection: Upgrade", "Upgrade: h2c", "Connection: keep-alive, close",
    "Sec-WebSocket-Version: 99", "Sec-WebSocket-Key: x", "Sec-WebSocket-Extensions: ;;;",
    "Origin: http://evil.example", "Origin: null", "Origin: http://[", "Referer: http://evil.example",
    "Cookie: a=b; \x01=\xff;;", "Cookie: " + "a=b;" * 2000, "X-Forwarded-For: evil, [::, \xff",
    "X-Forwarded-For: 10.9.8.7", "X-Scheme: javascript", "X-Forwarded-Proto: https",
    "X-Forwarded-Host: evil.example", "Range: bytes=0-,9-", "Accept-Encoding: gzip, " * 200,
    "Authorization: Basic \xff", "If-None-Match: *", "If-Modified-Since: never",
    "A: " + "b" * 20_000,
    "A: \0", "A\0: b", "no colon", " folded", ": empty", "A: b\r\n" * 900 + "A: b",
    "X-HTTP-Method-Override: PUT",
)  # fmt: skip
_HOSTS: Final = (
    *("Host: localhost",) * 20, "Host: 127.0.0.1", "Host: [::1]:80",
    "Host: evil.example", "Host: localhost.evil.example", "Host:", "Host: [::1", "Host: \x01",
    "Host: localhost\r\nHost: evil.example", "Host: a" * 9, "Host: 127.0.0.1; script-src *",
    "Host: 127.0.0.1:80;x", "Host: LOCALHOST.", "Host: 2130706433", "Host: ü", "",
)  # fmt: skip
_BODIES: Final = (
    b"", b"abc", b"0\r\n\r\n", b"zz\r\nabc", b"ffffffffffffffff\r\nabc", b"-5\r\nabc", b"5\r\nab",
    b"1;" + b"x" * 70_000, b"\x1f\x8b\x08\x00", b"--x\r\n\r\n--x--", b"a=%ff&b=%", b"x" * 70_000,
    b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n" * 3,
)  # fmt: skip


@st.composite
def requests(draw: st.DrawFn) -> bytes:
    """Return a request, or something like one."""
    if draw(st.integers(0, 19)) == 0:
        return draw(st.binary(max_size=300)) + b"\r\n\r\n"
    path = draw(st.sampled_from(_PATHS))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(1, len(path)))
        path = path[:at] + draw(st.sampled_from(_PIECES) | st.text(max_size=5)) + path[at:]
    version = draw(st.sampled_from(["HTTP/1.1"] * 20 + ["HTTP/1.0", "HTTP/9.9", "", "SPDY"]))
    lines = [
        f"{draw(st.sampled_from(_METHODS))} {path} {version}",
        draw(st.sampled_from(_HOSTS)),
        *draw(st.just([]) | st.lists(st.sampled_from(_HEADERS), max_size=2)),
        "Connection: close",
    ]
    head = "\r\n".join(lines).encode("utf-8", "replace")
    whole = head + b"\r\n\r\n" + draw(st.sampled_from(_BODIES))
    if draw(st.integers(0, 19)) == 0:
        whole = whole[: draw(st.integers(1, len(whole)))]
    return draw(mutated(whole)) if draw(st.integers(0, 9)) == 0 else whole
