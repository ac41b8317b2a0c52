"""The first state of a lesson's widgets, small enough for its page to carry.

As Jupyter writes it, it repeats everything, above all the script and the style of each widget: 400
to 1200 kB for a lesson. With each long text once, and compressed, it is a tenth of that. Scripts of
two widgets differ, but have paragraphs in common, too far apart for the compression to notice: each
of these is there once, too.
"""

import base64
import json
import sys
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, Final

__all__ = ["PACKED", "pack", "packed", "unpacked"]

PACKED: Final = f"__import__({__name__!r}, fromlist=['packed']).packed()"
"""An expression for what `packed` returns, which adds nothing to a lesson's names."""

_TEXT: Final = "twitchlib:text"
_LONG: Final = 100
_BREAK: Final = "\n\n"  # between paragraphs


def packed() -> str:
    """Return the state of all widgets of this process, packed, in base64; empty without any."""
    if "ipywidgets" not in sys.modules:  # a lesson without widgets need not load it
        return ""
    from ipywidgets import Widget

    states = Widget.get_manager_state()["state"]
    return base64.b64encode(pack(states)).decode() if states else ""


def pack(states: Mapping[str, Any]) -> bytes:
    """Return states as zlib-compressed JSON, each long text once and then by number.

    A text is a list of the numbers of its paragraphs.

    Parameters
    ----------
    states : mapping
        Anything that JSON can represent.

    Examples
    --------
    >>> import json, zlib
    >>> packed = pack({"a": "x" * 200, "b": ["x" * 200, 1]})
    >>> read = json.loads(zlib.decompress(packed))
    >>> read["states"]
    {'a': {'twitchlib:text': 0}, 'b': [{'twitchlib:text': 0}, 1]}
    >>> read["texts"], read["pieces"] == ["x" * 200]
    ([[0]], True)
    """
    numbers: dict[str, int] = {}
    shared = _shared(states, numbers)
    pieces: dict[str, int] = {}
    texts = [
        [pieces.setdefault(piece, len(pieces)) for piece in text.split(_BREAK)] for text in numbers
    ]
    whole = {"pieces": list(pieces), "texts": texts, "states": shared}
    return zlib.compress(json.dumps(whole, separators=(",", ":")).encode())


def unpacked(states: str) -> dict[str, dict[str, Any]]:
    r"""Return the states that `packed` has packed, by the widgets' names, bytes in their places.

    Examples
    --------
    >>> import base64
    >>> state = {"text": "x" * 200, "wave": {}}
    >>> wave = {"path": ["wave", "bdata"], "encoding": "base64", "data": "AAE="}
    >>> whole = {"tw1": {"state": state, "buffers": [wave]}}
    >>> unpacked(base64.b64encode(pack(whole)).decode())["tw1"]["wave"]
    {'bdata': b'\x00\x01'}
    """
    if not states:
        return {}
    whole = json.loads(zlib.decompress(base64.b64decode(states)))
    pieces = whole["pieces"]
    texts = [_BREAK.join(pieces[number] for number in numbers) for numbers in whole["texts"]]
    found = {}
    for name, one in whole["states"].items():
        widget = _whole(one, texts)
        for buffer in widget.get("buffers", ()):
            *path, last = buffer["path"]
            node = widget["state"]
            for step in path:
                node = node[step]
            node[last] = base64.b64decode(buffer["data"])
        found[name] = widget["state"]
    return found


def _whole(node: Any, texts: Sequence[str]) -> Any:
    if isinstance(node, dict):
        if _TEXT in node:
            return texts[node[_TEXT]]
        return {key: _whole(value, texts) for key, value in node.items()}
    return [_whole(value, texts) for value in node] if isinstance(node, list) else node


def _shared(node: Any, numbers: dict[str, int]) -> Any:
    if isinstance(node, str):
        return {_TEXT: numbers.setdefault(node, len(numbers))} if len(node) > _LONG else node
    if isinstance(node, Mapping):
        return {key: _shared(value, numbers) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [_shared(value, numbers) for value in node]
    return node
