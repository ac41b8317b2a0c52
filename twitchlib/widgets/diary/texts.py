"""What is said of a diary: how it was read, what it amounts to, and how to take what it shows."""

from collections.abc import Sequence
from typing import Final

from twitchlib.diary import Diary, Summary, columns, summarise
from twitchlib.figures.diary import day_text
from twitchlib.figures.theme import joined
from twitchlib.widgets.prose import text

__all__ = ["CAUTIONS", "reading_markup", "summary_markup"]

CAUTIONS: Final = (
    "<p><strong>How to take this.</strong> What goes together need not be cause and effect: a"
    " third thing may be behind both, twitches may come first, and who waits for twitches after a"
    " coffee notices more of them. Many pairs are looked at, so some stand out by chance even"
    " after the correction. And a few weeks are few: what the diary does not show may still be"
    " there. It is no diagnosis. If twitching worries you or weakness comes with it, show the"
    " diary to a doctor.</p>"
)
"""What a reader has to know before believing an association."""

_MOST_TOLD: Final = 20


def reading_markup(diary: Diary) -> str:
    """Return how a file was read: headings, remarks, and everything that could not be used."""
    if not diary.headings:
        return ""
    problems = [str(problem) for problem in diary.problems]
    n = len(problems)
    count = "Every row could be used." if not n else f"{n} thing{'s' * (n > 1)} could not be used."
    if n > _MOST_TOLD:
        problems[_MOST_TOLD:] = [f"And {n - _MOST_TOLD} more: the report lists them all."]
    lost = diary.set_aside or any(heading.column is None for heading in diary.headings)
    kept = "What was set or left aside is not in what you save from here: keep your file, too."
    return (
        f"<p>Rows that were read: {len(diary.entries)}. {count} {kept if lost else ''}</p>"
        + _list(problems)
        + '<details id="tw-diary-reading"><summary>How the file was read</summary>'
        + _list([str(heading) for heading in diary.headings if heading.text])
        + _list(diary.remarks)
        + "</details>"
    )


def summary_markup(diary: Diary) -> str:
    """Return a diary in a few sentences; empty where nothing was counted."""
    found = summarise(diary)
    if found is None:
        return ""
    said = [_numbers(found)]
    if found.body_parts:
        parts = [f"{text(part[:40])} ({n:,})" for part, n in list(found.body_parts.items())[:4]]
        said.append(f"Most were in: {joined(parts)}.")
    if found.habit_means:
        known = columns()
        means = [
            f"{known[name].label.lower()} {_two_digits(mean)} {known[name].unit}"
            for name, mean in found.habit_means.items()
        ]
        said.append(f"An average day: {text(joined(means))}.")
    return f"<p>{' '.join(said)}</p>"


def _numbers(found: Summary) -> str:
    span = f"{day_text(found.first)} to {day_text(found.last)}"
    missing = found.n_days - found.n_counted
    gap = f"; on {missing} nobody counted, which is not the same as none" if missing else ""
    return (
        f"{span}: {found.total:,} twitches on {found.n_counted} counted days, {found.mean:.1f} a"
        f" day (half of the days had {found.median:g} or fewer){gap}."
    )


def _two_digits(value: float) -> str:
    return f"{float(f'{value:.2g}'):g}"


def _list(items: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{text(item)}</li>" for item in items) + "</ul>" if items else ""
