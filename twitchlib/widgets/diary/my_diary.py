"""The dashboard of lesson 06 for the reader's own diary."""

from typing import Final

import ipywidgets

from twitchlib.diary import Diary, Relations, relate, simulate
from twitchlib.figures.diary import plot_calendar, plot_relations, plot_trend
from twitchlib.markup import Markup, html
from twitchlib.messages import gettext as _
from twitchlib.widgets.controls import Controls
from twitchlib.widgets.diary.day_form import DayForm
from twitchlib.widgets.diary.diary_file import DiaryFile
from twitchlib.widgets.diary.report import report
from twitchlib.widgets.diary.synthetic_year import Comparison
from twitchlib.widgets.diary.texts import CAUTIONS, reading_markup, summary_markup
from twitchlib.widgets.download import Download
from twitchlib.widgets.figure_view import FigureView
from twitchlib.widgets.layout import buttons, facing, stack, stage
from twitchlib.widgets.privacy import privacy
from twitchlib.widgets.prose import Prose, shown_code

__all__ = ["MyDiary"]

_EXAMPLE_SEED: Final = 1
_EXAMPLE: Final = html(
    "<p>{}</p>", _("Until you open your diary or add a day, this is a made-up one.")
)
_CODE: Final = """\
from twitchlib import diary

mine = diary.read("my_diary.csv")
diary.relate(mine.days()).to_frame()"""  # untranslated: code


class MyDiary(ipywidgets.VBox):
    """Open or start a diary, add days, see what it shows, and save it.

    Until the reader has an entry of their own, the page shows a made-up diary and says so.

    Attributes
    ----------
    file : DiaryFile
        Opens a file.
    form : DayForm
        Adds and removes days; ``form.value`` is the reader's diary.
    look : Controls
        How the habits are compared.
    """

    def __init__(self) -> None:
        self.form = DayForm()
        self.file = DiaryFile(lambda: bool(self.form.value.entries))
        self.look: Controls[Comparison] = Controls(Comparison)
        self._example = simulate(seed=_EXAMPLE_SEED)
        self._reading = Prose()
        self._summary = Prose()
        days = self.shown.days()
        self._calendar = FigureView(plot_calendar(days, synthetic=True))
        self._trend = FigureView(plot_trend(days, synthetic=True))
        self._relations = FigureView(plot_relations(self._related(), synthetic=True))
        self._save = Download(_("Save this diary (CSV)"), "my_diary.csv", "text/csv", self._csv)
        self._report = Download(
            _("Save this analysis (HTML)"), "my_diary.html", "text/html", self._html
        )
        self.file.on_change(self._opened)
        self.form.on_change(lambda _diary: self._refresh())
        self.look.on_change(lambda _look: self._refresh_relations())
        self._refresh()
        super().__init__(
            [
                privacy(),
                facing(
                    stack(self.file, self._reading, self.form),
                    stage([self._calendar, self._trend], [_("Calendar"), _("Course")]),
                    buttons(self._save, self._report),
                    self._summary,
                ),
                facing(self.look, stage([self._relations]), Prose(CAUTIONS)),
                Prose(shown_code("tw-diary-code", _CODE)),
            ],
            _dom_classes=("tw-dashboard",),
        )

    @property
    def shown(self) -> Diary:
        """The diary that the page shows: the reader's own, or the made-up one."""
        return self.form.value if self.form.value.entries else self._example

    def _opened(self, diary: Diary | None) -> None:
        if diary is not None:
            self.form.value = diary
            self._reading.html = reading_markup(diary)

    def _related(self) -> Relations:
        return relate(self.shown.days(), others_equal=self.look.value.compare == "equal")

    def _refresh(self) -> None:
        days, synthetic = self.shown.days(), self.shown.synthetic
        self._summary.html = (_EXAMPLE if synthetic else Markup()) + summary_markup(self.shown)
        self._calendar.show(plot_calendar(days, synthetic=synthetic))
        self._trend.show(plot_trend(days, synthetic=synthetic))
        self._refresh_relations()

    def _refresh_relations(self) -> None:
        self._relations.show(plot_relations(self._related(), synthetic=self.shown.synthetic))

    def _csv(self) -> bytes:
        # Without a byte order mark, Excel misreads accents.
        return self.shown.to_csv().encode("utf-8-sig")

    def _html(self) -> bytes:
        return report(self.shown, others_equal=self.look.value.compare == "equal").encode()
