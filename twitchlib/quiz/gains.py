"""What a student, or a class, has gained between the two forms of the test.

The normalised gain is Hake's (1998, doi:10.1119/1.18809): the gain as a share of the largest
possible gain, ``(after - before) / (total - before)``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from twitchlib.errors import UnreadableError
from twitchlib.messages import gettext as _
from twitchlib.quiz.attempts import LARGEST_FILE
from twitchlib.quiz.bank import forms
from twitchlib.quiz.progress import Progress

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MOST_FILES", "ClassGain", "Gain", "class_gain", "gain", "gain_of_texts"]

MOST_FILES: Final = 60
_RESAMPLES: Final = 4000
_SEED: Final = 1998  # so that the same files always give the same interval


@dataclass(frozen=True)
class Gain:
    """What one student has gained.

    Attributes
    ----------
    first : str
        The form taken before: ``"A"`` or ``"B"``.
    before, after : Mapping of str to bool
        Whether the answer was right, by concept.
    """

    first: str
    before: Mapping[str, bool]
    after: Mapping[str, bool]

    @property
    def right_before(self) -> int:
        """Number of right answers before."""
        return sum(self.before.values())

    @property
    def right_after(self) -> int:
        """Number of right answers after."""
        return sum(self.after.values())

    @property
    def raw(self) -> int:
        """How many more answers were right after than before."""
        return self.right_after - self.right_before

    @property
    def normalised(self) -> float:
        """Hake's normalised gain; NaN if all were right before."""
        return _normalised(self.right_before, self.right_after, len(self.before))

    def to_frame(self) -> pd.DataFrame:
        """Return one row per concept: whether the answer was right before, and after."""
        import pandas as pd

        return pd.DataFrame(
            {"before": self.before, "after": self.after},
            index=pd.Index(self.before, name="concept"),
        )


@dataclass(frozen=True)
class ClassGain:
    """What a class has gained.

    Attributes
    ----------
    gains : Mapping of str to Gain
        By the name of the file; nothing else is known of a student.
    left_out : Mapping of str to str
        Why a file was not used, by its name.
    """

    gains: Mapping[str, Gain]
    left_out: Mapping[str, str]

    @property
    def mean(self) -> float:
        """Mean raw gain; NaN if no file could be used."""
        return float(np.mean(self._raw)) if self.gains else float("nan")

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the mean: bootstrap over students, percentiles.

        NaN with fewer than three students, who say too little about a class.
        """
        if len(self.gains) < 3:
            return float("nan"), float("nan")
        rng = np.random.default_rng(_SEED)
        means = rng.choice(self._raw, (_RESAMPLES, len(self._raw))).mean(axis=1)
        low, high = np.percentile(means, [2.5, 97.5])
        return float(low), float(high)

    @property
    def normalised(self) -> float:
        """Hake's normalised gain of the class, from its two means; NaN if undefined."""
        before = sum(student.right_before for student in self.gains.values())
        after = sum(student.right_after for student in self.gains.values())
        return _normalised(
            before, after, sum(len(student.before) for student in self.gains.values())
        )

    @property
    def _raw(self) -> list[int]:
        return [student.raw for student in self.gains.values()]

    def to_frame(self) -> pd.DataFrame:
        """Return one row per file: the first form, both scores, and the gains."""
        import pandas as pd

        rows = {
            name: {
                "first_form": student.first,
                "before": student.right_before,
                "after": student.right_after,
                "total": len(student.before),
                "raw_gain": student.raw,
                "normalised_gain": student.normalised,
            }
            for name, student in self.gains.items()
        }
        columns = ["first_form", "before", "after", "total", "raw_gain", "normalised_gain"]
        frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
        return frame.rename_axis("file")

    def by_first_form(self) -> pd.DataFrame:
        """Return one row per form: how many began with it, and their means before and after.

        The forms have not been equated with data. If one is easier, it lowers the gain of those
        who began with it, and raises that of the others by as much.
        """
        import pandas as pd

        rows = {}
        for form in forms():
            own = [student for student in self.gains.values() if student.first == form]
            before, after = (
                float(np.mean([getattr(student, when) for student in own])) if own else float("nan")
                for when in ("right_before", "right_after")
            )
            rows[form] = {"files": len(own), "before": before, "after": after}
        frame = pd.DataFrame.from_dict(rows, orient="index").rename_axis("first_form")
        return frame.assign(raw_gain=frame["after"] - frame["before"])

    def to_csv(self) -> str:
        """Return a table for a spreadsheet: the scores of each file, then its gain by concept.

        The means of those who began with each form follow, and last the means of the class with
        its normalised gain.
        """
        import pandas as pd

        frame = self.to_frame()
        for concept in self.by_concept().index:
            frame[concept] = [
                int(student.after[concept]) - int(student.before[concept])
                for student in self.gains.values()
            ]
        # A spreadsheet would run a name that begins like a formula.
        frame.index = [f"'{name}" if name[:1] in "=+-@" else name for name in frame.index]
        mean = frame.drop(columns="first_form").mean().round(3)
        mean["normalised_gain"] = self.normalised
        last = pd.DataFrame([mean], index=[_("mean of the class")])
        began = self.by_first_form().query("files > 0").round(3)
        began = began[["before", "after", "raw_gain"]].assign(first_form=began.index)
        began.index = pd.Index([_("mean of those who began with it")] * len(began))
        rows = pd.concat([frame, began, last])
        return str(rows.rename_axis("file").to_csv(lineterminator="\n"))

    def by_concept(self) -> pd.DataFrame:
        """Return one row per concept: the share of students who were right, and the gain."""
        import pandas as pd

        concepts = [question.concept for question in next(iter(forms().values()))]
        students = list(self.gains.values())
        shares = {
            when: [np.mean([getattr(student, when)[name] for student in students] or [np.nan])
                   for name in concepts]
            for when in ("before", "after")
        }  # fmt: skip
        frame = pd.DataFrame(shares, index=pd.Index(concepts, name="concept"))
        return frame.assign(gain=frame["after"] - frame["before"])


def gain(progress: Progress) -> Gain:
    """Return what a student has gained.

    Raises
    ------
    UnreadableError
        If a form is not complete yet, or it is not known which came first.

    Examples
    --------
    >>> from twitchlib import quiz
    >>> done = quiz.Progress().tossed("B")
    >>> for question in [*quiz.forms()["A"], *quiz.forms()["B"][:6]]:
    ...     done = done.after(question, question.key)
    >>> for question in quiz.forms()["B"][6:]:
    ...     wrong = [o.id for o in question.options if not o.right]
    ...     done = done.after(question, -1 if question.kind == "number" else wrong[0])
    >>> found = gain(done)
    >>> found.right_before, found.right_after, found.raw, found.normalised
    (6, 12, 6, 1.0)
    """
    if progress.first_form is None:
        raise UnreadableError(_("The test has not been started."))
    first = progress.first_form.form
    (second,) = (name for name in forms() if name != first)
    right: list[dict[str, bool]] = []
    for form in (first, second):
        asked = forms()[form]
        done = [progress.attempts.get(question.id) for question in asked]
        answered = sum(attempt is not None for attempt in done)
        if answered < len(asked):
            when = _("before") if form == first else _("after")
            raise UnreadableError(
                _(
                    "The test {when} the course is not complete: {answered} of {total}.",
                    when=when,
                    answered=answered,
                    total=len(asked),
                )
            )
        right.append({q.concept: bool(a and a.right) for q, a in zip(asked, done, strict=True)})
    return Gain(first, *right)


def class_gain(paths: Iterable[str | Path]) -> ClassGain:
    """Return what a class has gained, from the progress files of its students.

    A file that cannot be used is named and skipped. At most `MOST_FILES` are read.

    Parameters
    ----------
    paths : iterable of str or Path
        The files.

    Examples
    --------
    >>> class_gain([]).gains
    {}
    """
    files: dict[str, str | Path] = {}
    for path in map(Path, paths):
        # Two students may have files of the same name, in two folders.
        files[path.name if path.name not in files else str(path)] = path
    return gain_of_texts(files)


def gain_of_texts(files: Mapping[str, str | Path]) -> ClassGain:
    """Return what a class has gained, from progress files by name.

    Parameters
    ----------
    files : Mapping of str to str or Path
        The text of each file, or its path.
    """
    gains: dict[str, Gain] = {}
    left_out: dict[str, str] = {}
    for number, (name, file) in enumerate(files.items()):
        if number >= MOST_FILES:
            left_out[name] = _("At most {n} files are read at once.", n=MOST_FILES)
            continue
        try:
            gains[name] = gain(Progress.from_json(_text(file)))
        except UnreadableError as error:
            left_out[name] = str(error)
        except (OSError, UnicodeDecodeError):
            left_out[name] = _("The file cannot be read.")
    return ClassGain(gains, left_out)


def _text(file: str | Path) -> str:
    if isinstance(file, str):
        return file
    if file.stat().st_size > 4 * LARGEST_FILE:  # a character takes up to four bytes
        raise UnreadableError(_("The file is too large to be a progress file."))
    return file.read_text(encoding="utf-8")


def _normalised(before: int, after: int, total: int) -> float:
    return (after - before) / (total - before) if total > before else float("nan")
