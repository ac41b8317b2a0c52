"""Move every control of a lesson to both ends and back: a program for any Python.

It runs in the Python of the tests and in that of the browser.
"""

import json
from typing import Any

import numpy as np

_FEW = 100


def moved(cells: list[str]) -> str:
    """Return what each dashboard of a lesson shows after each move, as a list in JSON.

    Long arrays are reduced to some of their numbers and three sums.
    """
    from ipywidgets.widgets.widget import _instances

    from twitchlib.quantity import choices, describe
    from twitchlib.snapshot import worker
    from twitchlib.widgets.dashboard import Dashboard

    worker._interpreter.post = None  # there is no page to send to
    names: dict[str, object] = {"__name__": "__main__"}
    for cell in cells:
        exec(cell, names)  # noqa: S102 - a lesson's own code
    found = []
    for dashboard in [widget for widget in _instances.values() if isinstance(widget, Dashboard)]:
        cls = type(dashboard.controls.value)
        ends: dict[str, tuple[object, ...]] = {
            name: (known.low, known.high) for name, known in describe(cls).items()
        }
        ends |= {name: tuple(known.options) for name, known in choices(cls).items()}
        start = dashboard.controls.value
        for name in [name for name in dashboard.controls.fields if name in ends]:
            for value in ends[name]:
                dashboard.controls.set(**{name: value})
                found.append([f"{cls.__name__}.{name} = {value}", _shown(dashboard)])
            dashboard.controls.value = start
            found.append([f"{cls.__name__}.{name} back", _shown(dashboard)])
    return json.dumps(found)


def _shown(dashboard: Any) -> dict[str, object]:
    leaves = {
        f"{number}.{path}": _summary(leaf)
        for number, view in enumerate(dashboard.views)
        for path, leaf in view._leaves.items()
    }
    return leaves | {f"said {n}": prose.html for n, prose in enumerate(dashboard.said)}


def _summary(leaf: object) -> object:
    if not (isinstance(leaf, dict) and "bdata" in leaf):
        return leaf
    numbers = np.frombuffer(leaf["bdata"], dtype=leaf["dtype"]).astype(float)
    if len(numbers) <= _FEW:
        return {"type": leaf["dtype"], "numbers": numbers.tolist()}
    weights = np.cos(np.arange(len(numbers)))
    sums = [np.nansum(numbers), np.nansum(weights * numbers), np.nansum(numbers**2)]
    some = numbers[:: len(numbers) // _FEW].tolist()
    return {"type": leaf["dtype"], "numbers": some, "sums": [*map(float, sums)]}
