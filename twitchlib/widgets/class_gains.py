"""What a class has gained: the progress files of its students, opened and compared in the kernel.

Nothing is known about a student except the name of the file, and nothing is kept.
"""

from collections.abc import Mapping
from typing import Any, Final

import ipywidgets

from twitchlib.figures import gains as figures
from twitchlib.markup import Markup, each, html
from twitchlib.messages import gettext as _
from twitchlib.messages import ngettext
from twitchlib.quiz import ClassGain
from twitchlib.quiz.attempts import LARGEST_FILE
from twitchlib.quiz.gains import MOST_FILES, gain_of_texts
from twitchlib.widgets._panel import Panel
from twitchlib.widgets.download import Download
from twitchlib.widgets.figure_view import FigureView
from twitchlib.widgets.prose import Prose

__all__ = ["ClassFiles", "ClassGains"]

_MOST_BYTES: Final = 4_000_000
_LONGEST_NAME: Final = 80


class ClassFiles(Panel[ClassGain]):
    """A button that opens the progress files of a class."""

    _scripts = ("file_input.js", "class_files.js")

    def __init__(self) -> None:
        self._found = ClassGain({}, {})
        self._problem = ""
        super().__init__(
            {"most_files": MOST_FILES, "largest": LARGEST_FILE, "most_bytes": _MOST_BYTES}
        )

    @property
    def value(self) -> ClassGain:
        """The gains read from the files."""
        return self._found

    def load(self, files: Mapping[str, str]) -> None:
        """Read files as if a teacher had chosen them.

        Parameters
        ----------
        files : Mapping of str to str
            Their texts, by name.
        """
        before = self.value
        self._read(files)
        self._changed(before)

    def _apply(self, edit: Mapping[str, Any]) -> None:
        files = edit.get("files", {})
        if files:
            self._read({name[:_LONGEST_NAME]: text for name, text in files.items()})

    def _read(self, files: Mapping[str, str]) -> None:
        self._found = gain_of_texts(files)
        self._problem = "" if self._found.gains else _("None of these files could be used.")

    def _state(self) -> dict[str, Any]:
        n = len(self._found.gains)
        opened = ngettext("{n} file is compared.", "{n} files are compared.", n) if n else ""
        return {"problem": self._problem, "opened": opened}


class ClassGains(ipywidgets.VBox):
    """Open the files of a class, and show the gain by file and by concept.

    Attributes
    ----------
    files : ClassFiles
        The panel that opens them.
    """

    def __init__(self) -> None:
        self.files = ClassFiles()
        self._left_out = Prose()
        self._forms = Prose()
        self._views: list[FigureView] = []
        self._download = Download(
            _("Save the table (CSV)"),
            "class-gain.csv",  # untranslated: a file's name
            "text/csv",
            lambda: self.files.value.to_csv().encode(),
        )
        self.files.on_change(self._show)
        super().__init__([self.files, self._left_out], _dom_classes=("tw-dashboard",))

    def _show(self, found: ClassGain) -> None:
        self._left_out.html = _left_out(found)
        if not found.gains:
            self.children = [self.files, self._left_out]
            return
        drawn = [figures.plot_files(found), figures.plot_class_concepts(found)]
        if self._views:
            for view, figure in zip(self._views, drawn, strict=True):
                view.show(figure)
        else:
            self._views = [FigureView(figure) for figure in drawn]
        self._forms.html = _fairness(found)
        self.children = [self.files, self._left_out, *self._views, self._forms, self._download]


def _fairness(found: ClassGain) -> Markup:
    """Return a note that the forms have not been equated, and how the class was split."""
    rows = found.by_first_form()
    began = [
        ngettext(
            "{n} began with form {form} and gained {gain:+.1f}.",
            "{n} began with form {form} and gained {gain:+.1f} on average.",
            files,
            form=form,
            gain=gain,
        )
        for form, files, gain in zip(rows.index, rows["files"], rows["raw_gain"], strict=True)
        if files
    ]
    return html(
        '<p class="tw-small">{} {} {}</p>',
        _("Nobody has measured yet whether the two forms are equally hard."),
        " ".join(began),
        _(
            "If one form is easier, that shifts the two groups in opposite ways. It cancels out if "
            "the groups are of the same size."
        )
        if len(began) > 1
        else _("So part of this gain may come from the forms alone."),
    )


def _left_out(found: ClassGain) -> Markup:
    if not found.left_out:
        return Markup()
    items = [html("<strong>{}</strong> {}", name, why) for name, why in found.left_out.items()]
    return html("<p>{}</p><ul>{}</ul>", _("Left out:"), each("<li>{}</li>", items))
