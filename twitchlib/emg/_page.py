"""The frame of a saved report: one file that needs nothing else, on a screen and on paper."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from twitchlib import __version__, guide
from twitchlib.markup import Markup, each, html
from twitchlib.messages import gettext as _
from twitchlib.messages import language
from twitchlib.palette import DARK, LIGHT

__all__ = ["listing", "made_with", "page", "section", "table"]

LONGEST_NOTE = 500


def _colours(palette: Mapping[str, str]) -> str:
    return ":root{" + "".join(f"--{role}:{colour};" for role, colour in palette.items()) + "}"


_DARK = "@media screen and (prefers-color-scheme: dark){"  # untranslated: a style sheet
_RULES = """
:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 50rem; padding: 1.5rem 1rem;
  color: var(--ink); background: var(--page); overflow-wrap: break-word;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
h1 { font-size: 1.55rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; break-after: avoid; }
p { margin: 0 0 .5rem; max-width: 44rem; } ul { margin: 0; padding-left: 1.3rem; }
.lead { font-size: 1.25rem; line-height: 1.4; } .note { white-space: pre-wrap; }
.small { color: var(--muted); font-size: .875rem; margin: 0; }
.end { text-align: right; max-width: none; }
.warning { border-left: 4px solid var(--attention); padding: .25rem 0 .25rem .75rem; }
.wide { overflow-x: auto; margin: .5rem 0; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { border-top: 1px solid var(--grid); padding: .25rem .75rem .25rem 0; text-align: left;
  vertical-align: top; } thead th { border: 0; color: var(--muted); font-weight: 600;
  white-space: normal; vertical-align: bottom; }
tbody th { font-weight: 400; } .number { text-align: right; } td.number { white-space: nowrap; }
code { font-size: .9em; white-space: pre-wrap; }
figure { margin: 1.5rem 0; break-inside: avoid; }
figcaption { font-weight: 600; margin: 0 0 .25rem; }
.plot { display: grid;
  grid-template: var(--high) 1.6rem / min(var(--left), 35vw) minmax(0, 1fr); }
.plot svg { width: 100%; height: 100%; grid-area: 1 / 2; border-bottom: 1px solid var(--line); }
.y, .x { position: relative; color: var(--muted); font-size: .875rem;
  font-variant-numeric: tabular-nums; } .x { grid-area: 2 / 2; }
.y span { position: absolute; right: .5rem; max-width: calc(100% - .5rem); transform:
  translateY(-50%); white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.x span { position: absolute; top: .15rem; transform: translateX(-50%); }
.plot path { fill: none; vector-effect: non-scaling-stroke; }
path.nerve { stroke: var(--nerve); stroke-width: 1; }
path.events { stroke: var(--attention); stroke-width: 10; }
path.ticks { stroke: var(--nerve); stroke-width: 12; }
path.limit { stroke: var(--attention); stroke-width: 1.5; stroke-dasharray: 6 4; }
path.zero { stroke: var(--grid); stroke-width: 1; } rect.counts { fill: var(--nerve); }
rect.unknown { fill: var(--grid); }
@page { size: A4; margin: 14mm; }
@media print { body { font-size: 10pt; line-height: 1.35; max-width: none; padding: 0;
  print-color-adjust: exact; -webkit-print-color-adjust: exact; } .lead { font-size: 13pt; }
  h2 { margin-top: 1rem; } tr { break-inside: avoid; } }
"""  # untranslated: a style sheet
_STYLE = _colours(LIGHT) + _DARK + _colours(DARK) + "}" + _RULES


def page(title: str, lead: Sequence[str], note: str, parts: Iterable[Markup]) -> str:
    """Return a report.

    Parameters
    ----------
    title : str
        Title of the report.
    lead : sequence of str
        What was found, the most important sentence first.
    note : str
        The reader's own words.
    parts : iterable of Markup
        The sections that follow.
    """
    first, *others = lead
    return html(
        '<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<title>{title}</title><style>{style}</style></head><body><main><h1>{title}</h1>{note}"
        '<p class="lead">{first}</p>{others}<p class="warning">{never} {in_doubt}</p>{parts}'
        '<p class="small">{source}</p></main></body></html>\n',
        language=language(),
        title=title,
        style=Markup(_STYLE),
        note=html('<p class="note">{}</p>', note[:LONGEST_NOTE]) if note.strip() else "",
        first=first,
        others=each("<p>{}</p>", others),
        never=_(
            "This page teaches and never diagnoses. It counts what electrodes picked up; only "
            "somebody who examines a person can tell what that means for them."
        ),
        in_doubt=guide.rows("safety_net")["in-doubt"]["text"],
        parts=Markup().join(parts),
        source=_("Made with twitchlib, from the course “Why do muscles twitch?”"),
    )


def section(title: str, *parts: Markup | str) -> Markup:
    """Return a heading and its contents, or nothing if they are empty."""
    inside = Markup().join(parts)
    return html("<section><h2>{}</h2>{}</section>", title, inside) if inside else Markup()


def listing(sentences: Iterable[str]) -> Markup:
    """Return sentences as a list, or nothing if there are none."""
    inside = each("<li>{}</li>", sentences)
    return html("<ul>{}</ul>", inside) if inside else Markup()


def table(rows: Iterable[Sequence[object]], head: Sequence[str] = ()) -> Markup:
    """Return a table; the first cell of a row names it, and the others are numbers."""
    inside = Markup().join(
        html(
            '<tr><th scope="row">{}</th>{}</tr>',
            first,
            each('<td class="number">{}</td>', ((cell,) for cell in cells)),
        )
        for first, *cells in rows
    )
    names = each(
        '<th scope="col" class="{}">{}</th>',
        (("number" if place else "", words) for place, words in enumerate(head)),
    )
    return html(
        '<div class="wide" tabindex="0"><table>{}<tbody>{}</tbody></table></div>',
        html("<thead><tr>{}</tr></thead>", names) if head else "",
        inside,
    )


def made_with(call: str, settings: Mapping[str, float]) -> Markup:
    """Return how to repeat the analysis: the call with all its settings, and the versions."""
    given = ", ".join(f"{name}={value:.6g}" for name, value in settings.items())
    return section(
        _("How it was made"),
        html("<p><code>{}({}, {})</code></p>", call, "…", given),
        html(
            '<p class="small">twitchlib {}, NumPy {}, Python {}</p>',
            __version__,
            np.__version__,
            platform.python_version(),
        ),
    )
