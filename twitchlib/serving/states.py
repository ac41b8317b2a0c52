"""The state of a lesson's widgets when a page comes to life, in one small answer from its kernel.

Jupyter's own answer repeats everything, above all the script and the style of each widget: 400 to
1200 kB for a lesson. With each long text sent once, and compressed, it is a tenth of that. This
runs in the kernel; a page whose kernel does not support it falls back on Jupyter's way.
"""

import json
import zlib
from collections.abc import Mapping
from typing import Any, Final

__all__ = ["OFFER", "TARGET", "offer", "pack"]

TARGET: Final = "twitchlib.states"
"""Name under which a page asks."""

OFFER: Final = f"__import__({__name__!r}, fromlist=['offer']).offer()"
"""What a kernel executes to be ready for the request, adding nothing to a lesson's names."""

_TEXT: Final = "twitchlib:text"
_LONG: Final = 100
_PIECE: Final = 8192


def offer() -> None:
    """Let pages ask this kernel for the state of its widgets."""
    from comm import get_comm_manager

    get_comm_manager().register_target(TARGET, _answer)


def _answer(comm: Any, _message: Mapping[str, Any]) -> None:
    from ipywidgets import Widget

    packed = pack(Widget.get_manager_state()["state"])
    # In pieces, so that a page on a slow connection can show progress.
    for at in range(0, len(packed), _PIECE):
        comm.send({"bytes": len(packed)}, buffers=[packed[at : at + _PIECE]])


def pack(states: Mapping[str, Any]) -> bytes:
    """Return states as zlib-compressed JSON, each long text once and then by number.

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
    >>> read["texts"] == ["x" * 200]
    True
    """
    numbers: dict[str, int] = {}
    shared = _shared(states, numbers)
    whole = json.dumps({"texts": list(numbers), "states": shared}, separators=(",", ":"))
    return zlib.compress(whole.encode())


def _shared(node: Any, numbers: dict[str, int]) -> Any:
    if isinstance(node, str):
        return {_TEXT: numbers.setdefault(node, len(numbers))} if len(node) > _LONG else node
    if isinstance(node, Mapping):
        return {key: _shared(value, numbers) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [_shared(value, numbers) for value in node]
    return node
