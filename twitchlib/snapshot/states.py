"""The initial states of a lesson's widgets, packed so that its page can carry them.

Jupyter's own format repeats everything, above all the script and the style of each widget: 400 to
1200 kB for a lesson. Compressed, and with each long text only once, the states take a tenth of
that. A long text is a list of paragraphs. Those of scripts and styles are given by their place in
`twitchlib.snapshot.common`, which a page loads from a file; all others are included once. So is
each array, as bytes rather than text, in the order that compresses best.
"""

import base64
import json
import struct
import sys
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, Final

from twitchlib.snapshot.common import BREAK, common, mark

__all__ = ["PACKED", "opened", "pack", "packed", "unpacked"]

PACKED: Final = f"__import__({__name__!r}, fromlist=['packed']).packed()"
"""An expression that calls `packed` without adding to a lesson's names."""

_TEXT: Final = "twitchlib:text"
_LONG: Final = 100
_LENGTH: Final = struct.Struct("<I")
_WIDTHS: Final = (1, 2, 4, 8)
_QUICK: Final = 1
_SMALL: Final = 9


def packed() -> str:
    """Return the packed states of all widgets of this process, in base64; empty without widgets."""
    if "ipywidgets" not in sys.modules:  # a lesson without widgets need not load it
        return ""
    from ipywidgets import Widget

    states = Widget.get_manager_state()["state"]
    return base64.b64encode(pack(states)).decode() if states else ""


def pack(states: Mapping[str, Any]) -> bytes:
    r"""Return compressed states: the length of a JSON object, that object, and the arrays.

    In the object, ``states`` are as given, except that numbers replace long texts and arrays.

    - A text is a list of the numbers of its paragraphs: from 0 up for those in ``pieces``, and from
      −1 down for those in the common file with this ``mark``.
    - ``arrays`` has the size of each array and the width of its items. All items' first bytes come
      first, then all second bytes, and so on. A widget's ``buffers`` are pairs of a path and a
      number.

    Parameters
    ----------
    states : mapping
        The state of each widget by its name, as ``ipywidgets`` gives it.

    Examples
    --------
    >>> wave = {"path": ["wave"], "encoding": "base64", "data": "AAECAw=="}
    >>> states = {"tw1": {"state": {"text": "x" * 200}, "buffers": [wave]}}
    >>> read, arrays = opened(pack(states))
    >>> read["states"]
    {'tw1': {'state': {'text': {'twitchlib:text': 0}}, 'buffers': [[['wave'], 0]]}}
    >>> read["texts"], read["pieces"] == ["x" * 200], read["arrays"], arrays
    ([[0]], True, [[4, 1]], b'\x00\x01\x02\x03')
    >>> script = {"tw1": {"state": {"_esm": "\n\n".join([*common()[:9], "// its own"])}}}
    >>> opened(pack(script))[0]["texts"]
    [[-1, -2, -3, -4, -5, -6, -7, -8, -9, 0]]
    """
    arrays: dict[bytes, int] = {}
    texts: dict[str, int] = {}
    shared = {name: _shared(_without_arrays(one, arrays), texts) for name, one in states.items()}
    places = {paragraph: ~place for place, paragraph in enumerate(common())}
    pieces: dict[str, int] = {}

    def place(piece: str) -> int:
        return places[piece] if piece in places else pieces.setdefault(piece, len(pieces))

    numbers = [[place(piece) for piece in text.split(BREAK)] for text in texts]
    widths = [_width(array) for array in arrays]
    whole = {
        "mark": mark(),
        "pieces": list(pieces),
        "texts": numbers,
        "arrays": [[len(array), width] for array, width in zip(arrays, widths, strict=True)],
        "states": shared,
    }
    text = json.dumps(whole, separators=(",", ":")).encode()
    ordered = [_apart(array, width) for array, width in zip(arrays, widths, strict=True)]
    return zlib.compress(b"".join([_LENGTH.pack(len(text)), text, *ordered]), _SMALL)


def opened(packed: bytes) -> tuple[dict[str, Any], bytes]:
    """Return the object and the arrays that `pack` has packed."""
    content = zlib.decompress(packed)
    end = _LENGTH.size + _LENGTH.unpack_from(content)[0]
    return json.loads(content[_LENGTH.size : end]), content[end:]


def unpacked(states: str) -> dict[str, dict[str, Any]]:
    r"""Return the states that `packed` has packed, by widget name, with the arrays in place.

    Paragraphs in the common file are left out: only a page has a use for scripts and styles.

    Examples
    --------
    >>> import base64
    >>> state = {"text": "x" * 200, "wave": {}}
    >>> wave = {"path": ["wave", "bdata"], "encoding": "base64", "data": "AAE="}
    >>> whole = {"tw1": {"state": state, "buffers": [wave]}}
    >>> found = unpacked(base64.b64encode(pack(whole)).decode())["tw1"]
    >>> found["wave"], found["text"] == "x" * 200
    ({'bdata': b'\x00\x01'}, True)
    """
    if not states:
        return {}
    read, content = opened(base64.b64decode(states))
    own = dict(enumerate(read["pieces"]))
    texts = [BREAK.join(own[piece] for piece in text if piece in own) for text in read["texts"]]
    arrays, begin = [], 0
    for size, width in read["arrays"]:
        arrays.append(_together(content[begin : begin + size], width))
        begin += size
    found = {}
    for name, one in read["states"].items():
        widget = _whole(one, texts)
        for path, number in widget.get("buffers", ()):
            *steps, last = path
            node = widget["state"]
            for step in steps:
                node = node[step]
            node[last] = arrays[number]
        found[name] = widget["state"]
    return found


def _without_arrays(widget: Mapping[str, Any], arrays: dict[bytes, int]) -> Mapping[str, Any]:
    """Return a widget whose buffers are pairs of a path and the number of an array."""
    if "buffers" not in widget:
        return widget
    numbered = [
        [one["path"], arrays.setdefault(base64.b64decode(one["data"]), len(arrays))]
        for one in widget["buffers"]
    ]
    return {**widget, "buffers": numbered}


def _apart(array: bytes, width: int) -> bytes:
    """Return an array's bytes regrouped: all items' first bytes, all second bytes, and so on."""
    return b"".join(array[start::width] for start in range(width)) if width > 1 else array


def _together(apart: bytes, width: int) -> bytes:
    """Undo `_apart`."""
    array, count = bytearray(len(apart)), len(apart) // width
    for start in range(width):
        array[start::width] = apart[start * count : (start + 1) * count]
    return bytes(array)


def _width(array: bytes) -> int:
    """Return the width of items, in bytes, with which an array compresses best."""
    fitting = [width for width in _WIDTHS if len(array) % width == 0]
    return min(fitting, key=lambda width: len(zlib.compress(_apart(array, width), _QUICK)))


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
