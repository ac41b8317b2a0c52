"""Texts about a diary: how it was read, a summary, and how to interpret it."""

from collections.abc import Sequence
from typing import Final

from twitchlib.diary import Diary, Summary, columns
from twitchlib.figures.diary._words import counted_text, day_text
from twitchlib.figures.theme import joined
from twitchlib.markup import Markup, each, html, marked
from twitchlib.messages import gettext as _
from twitchlib.messages import inside, ngettext

__all__ = ["CAUTIONS", "reading_markup", "summary_markup"]

_CAUTIONS: Final = marked(
    _(
        "<strong>How to read this.</strong> What goes together need not be cause and effect: a"
        " third thing may be behind both, twitches may come first, and anyone who waits for"
        " twitches after a coffee notices more of them. Many pairs are looked at, so some stand out"
        " by chance even after the correction. And a few weeks are not many: what the diary does"
        " not show may still be there. It is not a diagnosis. If twitching worries you or weakness"
        " comes with it, show the diary to a doctor."
    )
)
CAUTIONS: Final = html("<p>{}</p>", _CAUTIONS)
"""What a reader has to know before believing an association."""

_MOST_LISTED: Final = 20


def reading_markup(diary: Diary) -> Markup:
    """Return how a file was read: headings, remarks, and everything that could not be used."""
    if not diary.remarks:
        return Markup()
    problems = [str(problem) for problem in diary.problems]
    n = len(problems)
    if n > _MOST_LISTED:
        problems[_MOST_LISTED:] = [
            _("And {n} more: the report lists them all.", n=n - _MOST_LISTED),
        ]
    said = [
        _("Rows read: {rows}.", rows=len(diary.entries)),
        ngettext("{n} thing could not be used.", "{n} things could not be used.", n)
        if n
        else _("Every row could be used."),
    ]
    if diary.left_aside or any(problem.row for problem in diary.problems):
        said.append(
            _("What was set or left aside is not in what you save here, so keep your file too.")
        )
    return html(
        '<p>{}</p>{}<details id="tw-diary-reading"><summary>{}</summary>{}</details>',
        " ".join(said),
        _list(problems),
        _("How the file was read"),
        _list(diary.remarks),
    )


def summary_markup(diary: Diary) -> Markup:
    """Return a summary of a diary in a few sentences; empty if nothing was counted."""
    found = diary.summary()
    if found is None:
        return Markup()
    said = [_numbers(found)]
    if found.body_parts:
        parts = [f"{part[:40]} ({n:,})" for part, n in list(found.body_parts.items())[:4]]
        said.append(_("Most were in: {parts}.", parts=joined(parts)))
    if found.habit_means:
        known = columns()
        means = [
            f"{inside(known[name].label)} {_two_digits(mean)} {known[name].unit}"
            for name, mean in found.habit_means.items()
        ]
        said.append(_("An average day: {means}.", means=joined(means)))
    return html("<p>{}</p>", " ".join(said))


def _numbers(found: Summary) -> str:
    said = _(
        "{first} to {last}: {counted}, {mean:.1f} a day (half of the days had {median:g} or fewer)",
        first=day_text(found.first),
        last=day_text(found.last),
        counted=counted_text(found.total, found.n_counted),
        mean=found.mean,
        median=found.median,
    )
    missing = found.n_days - found.n_counted
    if not missing:
        return f"{said}."
    days = ngettext("one day", "{n} days", missing)
    return _(
        "{said}; on {days} nobody counted, which is not the same as none.", said=said, days=days
    )


def _two_digits(value: float) -> str:
    return f"{float(f'{value:.2g}'):g}"


def _list(items: Sequence[str]) -> Markup:
    return html("<ul>{}</ul>", each("<li>{}</li>", items)) if items else Markup()
