"""The path of a signal as a drawing, with the current stop marked, and as a list in words."""

from typing import Final

from twitchlib import guide
from twitchlib.errors import UnknownNameError
from twitchlib.markup import Markup, each, html
from twitchlib.messages import gettext as _
from twitchlib.widgets._panel import style
from twitchlib.widgets.prose import Prose

__all__ = ["SignalPath", "signal_path"]

_STEP: Final = 100
_WIDTH: Final = 700
_TOP: Final = 2
_HEIGHT: Final = 102

_LOOKS: Final = {
    "nerve": "tw-path-line tw-path-nerve",
    "muscle": "tw-path-line tw-path-muscle",
}  # untranslated: names of styles

# The drawing of each stop, around its own centre: strokes in the colour of nerve or of muscle.
_DRAWINGS: Final = {
    "brain": html(
        '<path class="{nerve} tw-path-fill" d="M-24 10C-32 2-30-12-20-14C-18-24-4-27 2-21'
        'C12-27 24-20 23-10C31-6 30 8 21 10C18 17 8 18 4 13C-4 20-18 19-24 10Z"/>'
        '<path class="{nerve}" d="M-16-4C-10-8-6-2-8 4M2-20C0-12 6-8 4 0M14-10C10-6 12 2 18 2"/>',
        **_LOOKS,
    ),
    "motoneuron": html(
        '<path class="{nerve}" d="M-9-9L-22-24M-16-17L-26-16M0-12L2-28M2-20L10-27M-9 9L-22 22'
        'M-16 15L-26 14M0 12L2 27"/>'
        '<circle class="{nerve} tw-path-fill" r="13"/>'
        '<circle class="tw-path-dot tw-path-nerve" r="4"/>',
        **_LOOKS,
    ),
    "axon": html(
        '<path class="{nerve} tw-path-thick" d="M-40 0H-20M-10 0H10M20 0H40"/>'
        '<path class="{nerve}" d="M-30-14H-14L-6-14L0-30L6-14H30"/>',
        **_LOOKS,
    ),
    "junction": html(
        '<path class="{nerve} tw-path-fill" d="M-30 0C-18 0-16-24-2-22'
        'C10-20 10 20-2 22C-16 24-18 0-30 0"/>'
        '<g class="tw-path-dot tw-path-nerve"><circle cx="-4" cy="-10" r="2.5"/>'
        '<circle cx="0" cy="0" r="2.5"/><circle cx="-4" cy="10" r="2.5"/>'
        '<circle cx="13" cy="-7" r="2"/><circle cx="14" cy="6" r="2"/></g>'
        '<path class="{muscle}" d="M22-28C16-24 26-18 20-13C26-8 16-3 22 2C16 7 26 12 20 17'
        'C26 21 16 24 22 28"/>',
        **_LOOKS,
    ),
    "muscle-fibre": html(
        '<rect class="{muscle} tw-path-fill" x="-36" y="-16" width="72" height="32" rx="12"/>'
        '<path class="{muscle}" d="M-20-16V16M-10-16V16M0-16V16M10-16V16M20-16V16"/>',
        **_LOOKS,
    ),
    "twitch": html(
        '<path class="{muscle}" d="M-38 18H-24C-16 18-14-24-4-24C8-24 10 18 38 18"/>'
        '<path class="tw-path-line tw-path-nerve" d="M-26 24V30"/>',
        **_LOOKS,
    ),
    "movement": html(
        '<path class="{muscle} tw-path-thick" d="M-26-24L-8 12L26-8"/>'
        '<path class="{muscle}" d="M-20-26C-4-18 6-10 14-4"/>'
        '<path class="{muscle}" d="M24-22C32-16 34-4 28 6M35 0L28 6L23-2"/>',
        **_LOOKS,
    ),
}
# From above the movement back to above the motoneuron and its frame, clear of the pointer to the
# current stop. It needs more room at the top.
_LOOP_PX: Final = 16
_LOOP: Final = html(
    '<path class="{nerve}" d="M650 18V-8H178V14m-5-6l5 6l5-6"/>',
    **_LOOKS,
)


class SignalPath(Prose):
    """The drawing, the name of the stop, and what happens at each stop as a list to unfold.

    Parameters
    ----------
    html : str
        Markup made by `signal_path`.
    """

    _css = style("page.css", "lab.css", "signal_path.css")


def signal_path(stop: str, *, loop: bool = False) -> SignalPath:
    """Show the path of a signal from brain to movement, with the current stop marked.

    The mark is a frame and a pointer, with the stop's name below, so it does not rely on colour.

    Parameters
    ----------
    stop : str
        Id in the table ``signal_path``, such as ``"axon"``.
    loop : bool
        Whether to draw the way back, from a stretched muscle to the motoneuron.

    Raises
    ------
    UnknownNameError
        If the drawing has no such stop.

    Examples
    --------
    >>> "You are here: Axon" in signal_path("axon").html
    True
    """
    if stop not in _DRAWINGS:
        raise UnknownNameError("stop", stop, _DRAWINGS)
    rows = guide.rows("signal_path")
    names = [str(rows[name]["name"]) for name in _DRAWINGS]
    here = rows[stop]
    title = _(
        "The path of a signal. You are here: {name}, stop {step} of {last}.",
        name=here["name"],
        step=here["step"],
        last=len(_DRAWINGS),
    )
    path = f", {_('then')} ".join(names) + "."
    place = _(
        "Stop {step} of {last}: {name}", step=here["step"], last=len(_DRAWINGS), name=here["name"]
    )
    if loop:
        path += " " + _("A stretch reports back from the movement to the motoneuron.")
        place = _("{place}, where a stretch reports back", place=place)
    return SignalPath(
        html(
            '<svg class="tw-path" role="img" viewBox="0 {top} {width} {height}" '
            'preserveAspectRatio="xMinYMid" '
            'aria-label="{title}"><title>{title}</title>'
            "<desc>{path}</desc>{links}{back}{stops}</svg>"
            '<details class="tw-path-text" id="tw-path-{stop}">'
            "<summary>{summary}</summary><ol>{items}</ol></details>",
            width=_WIDTH,
            top=-_LOOP_PX if loop else _TOP,
            height=_HEIGHT + _LOOP_PX + _TOP if loop else _HEIGHT,
            title=title,
            path=path,
            links=_links(),
            back=_LOOP if loop else "",
            stops=each("{}", (_stop(i, name, name == stop) for i, name in enumerate(_DRAWINGS))),
            stop=stop,
            summary=place,
            items=each("{}", (_item(row, name == stop) for name, row in rows.items())),
        )
    )


def _item(row: guide.Row, current: bool) -> Markup:
    return html(
        "<li{now}><strong>{row[name]}.</strong> {row[what_happens]} "
        "<em>{wrong}</em> {row[when_it_goes_wrong]}</li>",
        now=Markup(' aria-current="step"') if current else "",
        row=row,
        wrong=_("When it goes wrong:"),
    )


def _links() -> Markup:
    """Return the short links between the stops: nerve up to the junction, muscle beyond."""
    return each(
        '<path class="{}" d="M{:g} 62h8m-4-4l4 4l-4 4"/>',
        (
            (
                _LOOKS["nerve" if name in ("brain", "motoneuron", "axon") else "muscle"],
                _STEP * place + _STEP / 2 + 46,
            )
            for place, name in enumerate(list(_DRAWINGS)[:-1])
        ),
    )


def _stop(place: int, name: str, current: bool) -> Markup:
    frame = Markup(
        '<rect class="tw-path-frame" x="-43" y="-40" width="86" height="80" rx="10"/>'
        '<path class="tw-path-here" d="M-8-58H8L0-46Z"/>'
    )
    return html(
        '<g class="{}" transform="translate({:g} 62)">{}{}<title>{}</title></g>',
        "tw-path-now" if current else "",
        _STEP * place + _STEP / 2,
        frame if current else "",
        _DRAWINGS[name],
        guide.rows("signal_path")[name]["name"],
    )
