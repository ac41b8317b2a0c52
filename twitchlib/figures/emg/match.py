"""Detected beside true events of a recording."""

import numpy as np
import plotly.graph_objects as go

from twitchlib.emg.detection import Detection
from twitchlib.emg.scoring import Match
from twitchlib.figures.emg._parts import label, scale_mv
from twitchlib.figures.emg.detection import plot_detection
from twitchlib.figures.theme import figure
from twitchlib.messages import gettext as _
from twitchlib.palette import LIGHT

__all__ = ["plot_match"]


def plot_match(
    detection: Detection, match: Match, *, start_s: float = 0, shown_s: float = 10
) -> go.Figure:
    """Draw detected events of a recording beside the true ones.

    Parameters
    ----------
    detection : Detection
        The detected events.
    match : Match
        Which of them are true.
    start_s, shown_s : float
        Which part to show.

    Examples
    --------
    >>> from twitchlib import emg
    >>> found = emg.detect(emg.Signal(np.zeros(1000), 1000))
    >>> plot_match(found, emg.Match(found.onset_s, [0.5])).layout.title.text
    '0 of 1 fasciculations found'
    """
    drawn = plot_detection(detection, start_s=start_s, shown_s=shown_s)
    size_mv = scale_mv(detection.signal)
    first_s, last_s = drawn.layout.xaxis.range
    hit = np.zeros(match.true_s.size, dtype=bool)
    hit[match.pairs[:, 1]] = True
    marks = [
        (_("really there, found"), _("found"), hit, "triangle-up"),
        (_("really there, missed"), _("missed"), ~hit, "x"),
    ]
    traces = [
        {
            "type": "scatter",
            "x": match.true_s[chosen].astype(np.float32),
            "y": np.full(int(chosen.sum()), -1.15 * size_mv, dtype=np.float32),
            "name": name,
            "mode": "markers",
            "marker": {"symbol": symbol, "size": 11, "color": LIGHT["ink"]},
            "hovertemplate": f"%{{x:.3f}} s: {word}<extra></extra>",
        }
        for name, word, chosen, symbol in marks
    ]
    return figure(
        [*(one.to_plotly_json() for one in drawn.data), *traces],
        title=_("{hits} of {all} fasciculations found", hits=match.hits, all=match.true_s.size),
        description=match.sentence,
        height=400,
        x={"title": _("Time (s)"), "range": [first_s, last_s]},
        y={"title": _("EMG (mV)"), "range": [-1.4 * size_mv, 1.3 * size_mv]},
        table={
            "columns": [_("Onset (s)"), _("Really there?")],
            "rows": _verdicts(match),
        },
        annotations=[
            drawn.layout.annotations[-1].to_plotly_json(),
            label(
                first_s,
                -1.22 * size_mv,
                _("really there: ▲ found, × missed"),
                "ink",
                "left",
                "top",
            ),
        ],
    )


def _verdicts(match: Match) -> list[list[str]]:
    hits = set(match.pairs[:, 0].tolist())
    rows = [
        (onset_s, _("yes") if number in hits else _("no"))
        for number, onset_s in enumerate(match.found_s.tolist())
    ]
    known = set(match.pairs[:, 1].tolist())
    rows += [
        (onset_s, _("yes, and missed"))
        for number, onset_s in enumerate(match.true_s.tolist())
        if number not in known
    ]
    return [[f"{onset_s:.3f}", word] for onset_s, word in sorted(rows)]
