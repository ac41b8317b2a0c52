"""A plotly figure on the page, light enough to follow a slider.

The figure is kept in the widget's state as flat leaves: ``layout.title``, ``data.0`` (a trace
without its arrays), ``data.0.y`` (one array, as bytes). An update sends only the leaves that
changed, and a page that connects later gets them all from the same state.
"""

import base64
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np
import traitlets
from numpy.typing import NDArray

from twitchlib import palette
from twitchlib.allowance import Allowance
from twitchlib.messages import gettext as _
from twitchlib.widgets._known import state_of
from twitchlib.widgets._panel import Scripted, style

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

__all__ = ["BUNDLE", "FigureView", "plotly_module"]

Leaf: TypeAlias = Any
"""A JSON value, or ``{"dtype": str, "shape": list[int], "bdata": bytes}``."""

_HERE: Final = Path(__file__).parent
_PATHS: Final = "_paths"
_HEIGHT_PX: Final = 360
# A page asks for plotly.js once. It is a megabyte or more, so requests are rate-limited.
_BUNDLES: Final = Allowance(burst=8, per_s=0.2)

BUNDLE: Final = _HERE / "static" / "plotly.js"
"""plotly.js as an ES module, with the course's traces only; absent if Node was missing at build."""


class FigureView(Scripted):
    """Show a plotly figure and follow its changes.

    The figure is drawn in the light colours of ``twitchlib.palette``; on a dark page the view
    replaces them. Its title names it; ``layout.meta`` may hold a ``description`` (one sentence,
    shown below and read out), a ``table`` (``{"columns": [...], "rows": [[...]]}``, instead of one
    made from the traces) and a ``name`` (instead of the title). Traces with ``hoverinfo="skip"``
    are decoration and stay out of the table.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure or callable
        The figure to show first, or a callable that makes it unless the page already shows it.
    **kwargs
        Traits of the widget, such as ``layout``, or the ``clock`` of a `BodyView`. The figure shows
        and sets the same moment if its ``layout.meta`` holds a ``clock`` too: the seconds that one
        unit of its x axis stands for. Time zero is at the x value ``clock_from``.

    Examples
    --------
    >>> from twitchlib import figures, risk
    >>> view = FigureView(figures.risk.plot_levels(risk.assess()))
    >>> view.show(figures.risk.plot_levels(risk.assess(risk.Habits(sleep_h=5))))
    """

    _scripts = ("clock.js", "place_notes.js", "figure_fit.js", "figure_turn.js", "figure_view.js")
    _css = style("figure_view.css", "stage.css", "lab.css")
    _dark = traitlets.Dict(
        {colour.lower(): palette.DARK[role] for role, colour in palette.LIGHT.items()}
    ).tag(sync=True)

    clock = traitlets.Unicode().tag(sync=True)

    def __init__(self, figure: "Figure | Callable[[], Figure]", **kwargs: Any) -> None:
        self._first = figure
        super().__init__(**kwargs)
        self._leaves  # noqa: B018 - later it is not known what the page shows

    @cached_property
    def _leaves(self) -> dict[str, Leaf]:
        if state := state_of(self):
            return {path: state[path] for path in state[_PATHS]}
        return flatten(self._first() if callable(self._first) else self._first)

    @property
    def title(self) -> str:
        """The title of the figure; empty if it has none."""
        return str((self._leaves.get("layout.title") or {}).get("text") or "")

    @property
    def height_px(self) -> float:
        """The height that the figure asks for."""
        return float(self._leaves.get("layout.height") or _HEIGHT_PX)

    def show(self, figure: "Figure") -> None:
        """Replace the figure.

        Parameters
        ----------
        figure : plotly.graph_objects.Figure
            The new figure, or the same one after a change; it is copied.
        """
        old, self._leaves = self._leaves, flatten(figure)
        changed = [path for path, leaf in self._leaves.items() if leaf != old.get(path)]
        if old.keys() != self._leaves.keys():
            changed.append(_PATHS)
        self.send_state(changed)

    def get_state(
        self, key: str | Iterable[str] | None = None, drop_defaults: bool = False
    ) -> dict[str, Leaf]:
        """Return the state of the widget and the leaves of the figure.

        Parameters
        ----------
        key : str or iterable of str, optional
            Names to return; by default all.
        drop_defaults : bool
            Whether to leave out traits at their default.
        """
        keys = None if key is None else [key] if isinstance(key, str) else [*key]
        traits = self.keys if keys is None else [name for name in keys if name in self.keys]
        state: dict[str, Leaf] = super().get_state(traits, drop_defaults)
        if keys == traits:  # the figure may not have been made yet, and need not be
            return state
        leaves = self._leaves | {_PATHS: list(self._leaves)}
        return state | {name: leaves[name] for name in keys or leaves if name in leaves}

    def _hear(self, request: Mapping[str, Any]) -> None:
        if request["plotly"] == "wanted" and _BUNDLES.take():
            self.send({"plotly": "here"}, buffers=[plotly_module()])


def plotly_module() -> bytes:
    """Return the source of plotly.js as an ES module whose default export is ``Plotly``.

    That is the bundle or, if none was built, the complete plotly.js of the Python package.
    """
    if BUNDLE.is_file():
        return BUNDLE.read_bytes()
    import plotly

    complete = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    # The file looks for a CommonJS `module` and, if there is one, puts its export there.
    return (
        b'console.info("twitchlib: no bundle was built, so this is the complete plotly.js");\n'
        b"const module = { exports: {} };\n"
        + complete.read_bytes()
        + b"\nexport default module.exports;\n"
    )


def flatten(figure: "Figure") -> dict[str, Leaf]:
    """Return the figure as leaves by dotted path, sharing nothing with the figure.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        Any figure.

    Raises
    ------
    TypeError
        If the figure holds something that cannot be sent to the page.
    """
    leaves: dict[str, Leaf] = {}
    for index, trace in enumerate(figure.data):
        _split(trace.to_plotly_json(), f"data.{index}", leaves)  # untranslated: a path
    for name, value in figure.layout.to_plotly_json().items():
        leaves[f"layout.{name}"] = _plain(value)
    return leaves


def _split(node: Mapping[str, Any], path: str, leaves: dict[str, Leaf]) -> None:
    """Store the node without its arrays at ``path``, and each array at its own path below."""
    rest = leaves[path] = {}
    for name, value in node.items():
        below = f"{path}.{name}"
        if isinstance(value, np.ndarray):
            leaves[below] = _array(value)
        elif isinstance(value, list | tuple):
            leaves[below] = _plain(value)
        elif isinstance(value, Mapping) and "bdata" in value:
            leaves[below] = _array(_decoded(value))
        elif isinstance(value, Mapping):
            _split(value, below, leaves)
        else:
            rest[name] = _plain(value)


def _decoded(spec: Mapping[str, Any]) -> NDArray[Any]:
    """Return an array from a figure that was read from plotly's JSON."""
    flat = np.frombuffer(base64.b64decode(spec["bdata"]), dtype=spec["dtype"])
    shape = str(spec.get("shape", flat.size)).split(",")
    return flat.reshape([int(length) for length in shape])


def _array(values: NDArray[Any]) -> Leaf:
    if values.dtype.kind not in "iuf" or values.ndim > 2:
        return _plain(values)
    if values.dtype.kind == "f":
        kind = np.float32 if values.dtype.itemsize <= 4 else np.float64
    else:
        # The page has no 64-bit integers in arrays; the doubles are exact up to 2**53.
        kind = values.dtype.type if values.dtype.itemsize <= 4 else np.float64
    data = np.ascontiguousarray(values, dtype=np.dtype(kind).newbyteorder("<"))
    return {"dtype": np.dtype(kind).name, "shape": list(data.shape), "bdata": data.tobytes()}


def _plain(value: Any) -> Leaf:
    """Return a copy that JSON can represent; NaN and infinity become None, drawn as a gap."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, np.ndarray):
        if value.dtype.kind == "M":
            stamps = np.asarray(np.datetime_as_string(value), dtype=object)
            stamps[np.isnat(value)] = None
            return stamps.tolist()
        return _plain(value.tolist())
    if isinstance(value, np.generic):
        return _plain(np.asarray(value))
    if isinstance(value, float):
        return value if np.isfinite(value) else None
    if isinstance(value, date):
        # NaT is a date that differs from itself.
        return value.isoformat() if value == value else None
    kind = type(value).__name__
    raise TypeError(
        _("a figure cannot take {value!r} ({kind}) to the page", value=value, kind=kind)
    )
