"""Detected events of a recording beside the true ones."""

import numpy as np
import plotly.graph_objects as go

from twitchlib.emg.detection import Detection
from twitchlib.emg.scoring import Match
from twitchlib.figures._traces import label, marks
from twitchlib.figures.emg._parts import scale_mv
from twitchlib.figures.emg.detection import plot_detection
from twitchlib.figures.theme import figure
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
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
    '0 of 1 fasciculations found, and no mark is false'
    """
    drawn = plot_detection(detection, start_s=start_s, shown_s=shown_s)
    size_mv = scale_mv(detection.signal)
    first_s, last_s = drawn.layout.xaxis.range
    hit = np.zeros(match.true_s.size, dtype=bool)
    hit[match.pairs[:, 1]] = True
    false = np.ones(match.found_s.size, dtype=bool)
    false[match.pairs[:, 0]] = False
    truth = (
        (_("really there, found"), _("found"), hit, "triangle-up"),
        (_("really there, missed"), _("missed"), ~hit, "x"),
    )
    traces = [
        marks(
            match.true_s[chosen].astype(np.float32),
            np.full(int(chosen.sum()), -1.15 * size_mv, dtype=np.float32),
            name,
            {"symbol": symbol, "size": 11, "color": LIGHT["ink"]},
            f"%{{x:.3f}} s: {word}",
        )
        for name, word, chosen, symbol in truth
    ]
    traces.append(
        marks(
            match.found_s[false].astype(np.float32),
            np.full(int(false.sum()), 1.19 * size_mv, dtype=np.float32),
            _("found, and nothing there"),
            {"symbol": "circle-open", "size": 9, "color": LIGHT["attention"]},
            f"%{{x:.3f}} s: {_('nothing there')}",
        )
    )
    return figure(
        [*(one.to_plotly_json() for one in drawn.data), *traces],
        title=_title(match),
        description=match.sentence,
        height=400,
        x={"title": _("Time (s)"), "range": [first_s, last_s]},
        y={"title": _("EMG (mV)"), "range": [-1.4 * size_mv, 1.45 * size_mv]},
        table={
            "columns": [_("Onset (s)"), _("Really there?")],
            "rows": _verdicts(match),
        },
        annotations=[
            label(
                first_s,
                1.25 * size_mv,
                _("events found; ○ false: nothing was there"),
                "attention",
                "left",
                "bottom",
            ),
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


def _title(match: Match) -> str:
    """Return how many true events were found, and how many marks are false."""
    found = _("{hits} of {all} fasciculations found", hits=match.hits, all=match.true_s.size)
    if not match.extra:
        return _("{found}, and no mark is false", found=found)
    return ngettext(
        "{found}, but {n} of {marks} marks is false",
        "{found}, but {n} of {marks} marks are false",
        match.extra,
        found=found,
        marks=match.found_s.size,
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
