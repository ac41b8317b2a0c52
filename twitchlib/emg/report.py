"""What a report says about a recording, or about many channels."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from twitchlib.arrays import FloatArray
from twitchlib.emg._drawn import Axis, bars, envelope, line, plot, shades, spans
from twitchlib.emg._page import listing, made_with, page, section, table
from twitchlib.emg.classification import NOTE
from twitchlib.emg.counting import Count, counted
from twitchlib.emg.flaws import Flaw, gaps_s
from twitchlib.markup import Markup, html
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext

if TYPE_CHECKING:
    from twitchlib.emg.analysis import Analysis
    from twitchlib.emg.channels import Events
    from twitchlib.emg.detection import Detection

__all__ = ["of_analysis", "of_events"]

_MOST_EVENTS = 200
_MOST_PLACES = 50
_MOST_BARS = 40
_STRETCHES_S = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600, 7200)
_ROW_PX = 22
_FLAWS = {
    "missing": _("numbers missing"), "held": _("one value repeated"),
    "saturated": _("amplifier at its limit"), "steps": _("steps of the converter"),
    "hum": _("mains hum"), "heart": _("a heart"), "drift": _("drift"), "bad": _("marked as bad"),
}  # fmt: skip


def of_analysis(found: Analysis, note: str) -> str:
    """Return the report of a recording, as described in `Analysis.to_html`."""
    detection, signal = found.detection, found.detection.signal
    rate = counted(detection)
    return page(
        signal.name or _("An EMG"),
        [rate.sentence, found.classification.sentence, NOTE, found.signal.note],
        note,
        (
            _trace(detection),
            _over_time(detection.onset_s, signal.duration_s, gaps_s(signal.flaws)),
            section(_("Discharges"), table([*_rates(rate), *_shapes(detection)])),
            section(
                _("The recording"),
                listing(_filtered(found.settings)),
                listing(signal.remarks) or html("<p>{}</p>", _("No flaw was found in it.")),
                _places(signal.flaws),
            ),
            section(_("Every discharge"), _events(detection)) if len(detection) else Markup(),
            made_with("emg.analyse", found.settings),
        ),
    )


def of_events(found: Events, note: str) -> str:
    """Return the report of many channels, as described in `Events.to_html`."""
    rates = [found.count(label) for label in found.labels]
    times, seen = found.together()
    n = len(found.labels)
    return page(
        ngettext("An EMG of {n} channel", "An EMG of {n} channels", n),
        [
            _(
                "{n} discharges in {duration_s:.0f} s, at {moments} moments. More than one channel "
                "saw a discharge at {several} of them.",
                n=len(found),
                duration_s=found.duration_s,
                moments=times.size,
                several=int((seen.sum(axis=1) > 1).sum()),
            )
        ],
        note,
        (
            _raster(found),
            section(_("Discharges"), _by_channel(found, rates)),
            section(
                _("The recording"),
                listing(_filtered(found.settings)),
                listing(
                    _("{channel}: {said}", channel=label, said=" ".join(said))
                    for label, said in found.remarks.items()
                    if said
                ),
            ),
            made_with("emg.scan", found.settings),
        ),
    )


def _trace(detection: Detection) -> Markup:
    signal = detection.signal
    high_mv = 1.1 * float(np.nanmax(np.abs(signal.emg_mv))) or 1.0
    x = Axis(_("Time (s)"), 0, signal.duration_s)
    y = Axis(_("EMG (mV)"), -high_mv, 1.3 * high_mv)
    gaps = gaps_s(signal.flaws)
    n = len(detection)
    return plot(
        title=ngettext("{n} event marked above the EMG", "{n} events marked above the EMG", n),
        description=_(
            "EMG over {duration_s:.0f} s; at rest it varies by {rest_uv:.3g} µV, and dashed lines "
            "show from where a sample counts towards strong activity.",
            duration_s=signal.duration_s,
            rest_uv=1000 * detection.rest_mv,
        ),
        x=x,
        y=y,
        inside=(
            shades(gaps, x, "unknown"),
            line(0, y, "zero"),
            envelope(signal.emg_mv, y, "nerve"),
            *(line(sign * detection.threshold_mv, y, "limit") for sign in (-1, 1)),
            spans(detection.onset_s, detection.offset_s, 1.15 * high_mv, x, y, "events"),
        ),
        height_px=260,
    )


def _over_time(onset_s: FloatArray, duration_s: float, gaps: FloatArray) -> Markup:
    stretch = next(
        (length_s for length_s in _STRETCHES_S if duration_s / length_s <= _MOST_BARS), 86400
    )
    edges = np.append(np.arange(0, duration_s, stretch), duration_s)
    counts = np.histogram(onset_s, edges)[0].astype(np.float64)
    highest = max(float(counts.max()), 1.0)
    x = Axis(_("Time (s)"), 0, duration_s)
    y = Axis(_("Discharges"), 0, 1.15 * highest, [(0, "0"), (highest, f"{highest:.0f}")])
    return plot(
        title=_("Discharges in each {stretch} s", stretch=stretch),
        description=", ".join(f"{count:.0f}" for count in counts),
        x=x,
        y=y,
        inside=(shades(gaps, x, "unknown"), bars(edges, counts, x, y, "counts")),
        height_px=110,
    )


def _raster(found: Events) -> Markup:
    rows = len(found.labels)
    x = Axis(_("Time (s)"), 0, found.duration_s)
    named = [(-place, label) for place, label in enumerate(found.labels)]
    y = Axis(_("Channel"), 0.5 - rows, 0.5, named)
    level = -found.channel.astype(np.float64)
    return plot(
        title=_("When each channel saw a discharge"),
        description="; ".join(
            _("{channel}: {n}", channel=label, n=int((found.channel == place).sum()))
            for place, label in enumerate(found.labels)
        ),
        x=x,
        y=y,
        inside=(spans(found.onset_s, found.offset_s, level, x, y, "ticks"),),
        height_px=max(_ROW_PX * rows, 60),
    )


def _rates(rate: Count) -> Iterator[tuple[str, object]]:
    yield _("Discharges"), rate.discharges
    yield _("Observed, without gaps"), f"{rate.observed_s:.1f} s"
    yield _("A minute"), f"{rate.per_min:.3g}"
    yield (
        _("{confidence:.0%} interval", confidence=rate.confidence),
        _("{low:.3g} to {high:.3g}", low=rate.low_per_min, high=rate.high_per_min),
    )
    spread = _("too short to tell") if math.isnan(rate.dispersion) else f"{rate.dispersion:.2g}"
    yield _("Unevenness (1: by chance alone; more: in bouts)"), spread
    yield _("More than 250 ms from any other"), rate.isolated
    yield _("In groups"), rate.grouped
    yield _("Groups"), rate.groups


def _shapes(detection: Detection) -> Iterator[tuple[str, object]]:
    if len(detection):
        yield _("Median length"), f"{np.median(detection.burst_ms):.3g} ms"
        yield _("Median peak to peak"), f"{np.median(detection.amplitude_mv):.3g} mV"
    yield _("EMG at rest"), f"{1000 * detection.rest_mv:.3g} µV"


def _filtered(settings: Mapping[str, float]) -> Iterator[str]:
    yield _(
        "Frequencies from {low:g} to {high:g} Hz were searched.",
        low=settings["low_hz"],
        high=settings["high_hz"],
    )


def _places(flaws: Sequence[Flaw]) -> Markup:
    if not flaws:
        return Markup()
    rows = [(_FLAWS[flaw.kind], f"{flaw.start_s:.3f}", f"{flaw.end_s:.3f}") for flaw in flaws]
    return Markup().join(
        (
            table(rows[:_MOST_PLACES], [_("What"), _("From (s)"), _("To (s)")]),
            _shortened(len(rows), _MOST_PLACES),
        )
    )


def _events(detection: Detection) -> Markup:
    columns = (detection.onset_s, detection.burst_ms, detection.amplitude_mv)
    rows = [
        (f"{at:.3f}", f"{long_ms:.1f}", f"{high_mv:.3g}")
        for at, long_ms, high_mv in zip(*(column[:_MOST_EVENTS] for column in columns), strict=True)
    ]
    head = [_("Onset (s)"), _("Length (ms)"), _("Peak to peak (mV)")]
    return Markup().join((table(rows, head), _shortened(len(detection), _MOST_EVENTS)))


def _by_channel(found: Events, rates: Sequence[Count]) -> Markup:
    rows = [
        (
            label,
            rate.discharges,
            f"{rate.per_min:.3g}",
            _("{low:.3g} to {high:.3g}", low=rate.low_per_min, high=rate.high_per_min),
            rate.isolated,
            rate.grouped,
            f"{1000 * rest_mv:.3g}",
            f"{found.duration_s - rate.observed_s:.1f}",
        )
        for label, rate, rest_mv in zip(found.labels, rates, found.rest_mv, strict=True)
    ]
    head = [
        _("Channel"), _("Discharges"), _("A minute"), _("95% interval"), _("Alone"),
        _("In groups"), _("At rest (µV)"), _("Unknown (s)"),
    ]  # fmt: skip
    return table(rows, head)


def _shortened(n: int, most: int) -> Markup:
    if n <= most:
        return Markup()
    return html('<p class="small">{}</p>', _("The first {most} of {n}.", most=most, n=n))
