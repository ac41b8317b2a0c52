"""Figures of recordings: one with all its signals, or one signal of several recordings."""

from collections.abc import Mapping
from typing import Final

import plotly.graph_objects as go

from twitchlib.errors import UnknownNameError
from twitchlib.figures._traces import faint
from twitchlib.figures.twitches.rows import Row, reach, stacked, trace
from twitchlib.figures.twitches.words import counted, describe, events_table, headline, summary
from twitchlib.messages import gettext as _
from twitchlib.twitches import Recording

__all__ = ["SIGNALS", "plot_gallery", "plot_recording"]

SIGNALS: Final[Mapping[str, str]] = {
    "units": _("Which units fire"),
    "emg": _("EMG"),
    "force": _("Force"),
}
"""The signals that `plot_gallery` can show, and their labels."""

_MAIN: Final = 1.8


def plot_recording(
    recording: Recording,
    before: Recording | None = None,
    *,
    title: str = "",
    until_s: float | None = None,
    ranges: Mapping[str, tuple[float, float]] | None = None,
    marks: Mapping[str, float] | None = None,
    named: bool = True,
) -> go.Figure:
    """Draw a recording: units, EMG, and the joint angle, or the force if no joint moves.

    A moving joint is the most conspicuous, so its angle comes first and largest. If more than
    twenty units are active, every third is drawn; if more than sixty, every tenth.

    Parameters
    ----------
    recording : Recording
        The recording to show.
    before : Recording, optional
        An earlier recording of the same kind, whose force or angle is drawn as a faint line.
    title : str
        What the figure shows; by default made from the recording.
    until_s : float, optional
        End of the time axis; by default that of the recording.
    ranges : Mapping of str to tuple of float, optional
        Ends of the axes ``"emg"``, ``"force"`` or ``"angle"``; by default wide enough for the
        recording, in steps, so that they stay put for most moves of a slider.
    marks : Mapping of str to float, optional
        Moments to name, in seconds.
    named : bool
        Whether to name the kind and to show the units and the joint; False if the reader is to
        name it.

    Examples
    --------
    >>> from twitchlib import twitches
    >>> plot_recording(twitches.simulate("clonus", seed=1, duration_s=5)).layout.title.text
    '24 beats of clonus, 5.3 a second'
    """
    joint_moves = named and recording.angle_deg is not None
    compared = "angle" if joint_moves else "force"
    rows = []
    for signal in ("angle", "units", "emg") if joint_moves else ("units", "emg", "force"):
        if signal == "units" and not named:
            continue
        traces = [trace(recording, signal)]
        shown = [recording]
        if before is not None and signal == compared:
            shown.append(before)
            old, now = trace(before, signal), traces[0]
            earlier, label = faint(old["x"], old["y"], (now["x"], now["y"]))
            traces = [earlier, now, label]
        span = (ranges or {}).get(signal) or reach(signal, shown)
        rows.append(Row(signal, traces, span, share=_MAIN if signal == "angle" else 1))
    sentence = describe(recording, named=named)
    if before is not None:
        earlier_words = counted(before, named=named)
        sentence = _(
            "{description} Faint line: {before}.", description=sentence, before=earlier_words
        )
    return stacked(
        rows,
        title=title or (headline(recording) if named else _("What is it?")),
        description=sentence,
        table=events_table(recording.events, named=named),
        until_s=until_s or recording.duration_s,
        marks=marks,
    )


def plot_gallery(
    recordings: Mapping[str, Recording],
    *,
    show: str = "emg",
    same_scale: bool = False,
    until_s: float | None = None,
) -> go.Figure:
    """Draw one signal of several recordings, one below the other, on one time axis.

    Parameters
    ----------
    recordings : Mapping of str to Recording
        The recordings to show, by name; two or more.
    show : str
        ``"units"``, ``"emg"`` or ``"force"``.
    same_scale : bool
        Whether all share the scale of the largest; otherwise each fills its row.
    until_s : float, optional
        End of the time axis; by default that of the longest recording.

    Raises
    ------
    UnknownNameError
        If there is no such signal.

    Examples
    --------
    >>> from twitchlib import twitches
    >>> kinds = ("clonus", "spasm")
    >>> four_seconds = {kind: twitches.simulate(kind, seed=1, duration_s=4) for kind in kinds}
    >>> plot_gallery(four_seconds, show="force").layout.title.text
    'Force, each on a scale of its own'
    """
    if show not in SIGNALS:
        raise UnknownNameError("show", show, SIGNALS)
    everything = list(recordings.values())
    rows = [
        Row(
            show,
            [trace(recording, show) | {"name": name}],
            reach(show, everything if same_scale else [recording]),
            heading=name,
        )
        for name, recording in recordings.items()
    ]
    if show == "units":
        title = SIGNALS[show]
    elif same_scale:
        title = _("{signal}, all on one scale", signal=SIGNALS[show])
    else:
        title = _("{signal}, each on a scale of its own", signal=SIGNALS[show])
    return stacked(
        rows,
        title=title,
        description=" ".join(
            _("{name}: {summary}.", name=name, summary=summary(one, show))
            for name, one in recordings.items()
        ),
        until_s=until_s or max(one.duration_s for one in everything),
    )
