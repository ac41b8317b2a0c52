"""From bytes to rows of text, and back: encodings, separators, quotation marks, limits.

A file may come from anywhere, so everything about it is bounded before it is read, and nothing in
it is ever run. Cells that a spreadsheet would run as a formula are written with a leading
apostrophe, which is how spreadsheets mark text, and read back without it.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from twitchlib.diary.limits import LINES_IN_A_ROW, MOST_BYTES, MOST_COLUMNS, MOST_LINES
from twitchlib.errors import UnreadableError
from twitchlib.messages import gettext as _

__all__ = ["MOST_BYTES", "MOST_COLUMNS", "MOST_LINES", "Record", "decode", "records", "table_text"]

_OTHER_FILES: Final = {
    b"PK": _("a spreadsheet or a zip archive"),
    b"\xd0\xcf\x11\xe0": _("an old spreadsheet"),
    b"%PDF": _("a PDF"),
    b"\x89PNG": _("a picture"),
    b"\xff\xd8\xff": _("a picture"),
}
# The start of a formula in a spreadsheet, also in full width, after any number of apostrophes.
_FORMULA: Final = re.compile(r"\s*'*[=+\-@\t\r＝＋－＠]")
_GUARDED: Final = re.compile(r"'(?=\s*'*[=+\-@\t\r＝＋－＠])")
# Control characters, and characters that change the direction of the surrounding text.
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Record:
    """A row of a file: its line, its cells, and any problem with the row as a whole."""

    line: int
    cells: tuple[str, ...]
    problem: str = ""


def decode(data: bytes) -> tuple[str, str]:
    """Return a file's text and the name of its encoding.

    Parameters
    ----------
    data : bytes
        The file. UTF-8 and UTF-16 are recognised; anything else is read as Windows-1252, which
        gets at least numbers and dates right for every encoding that spreadsheets use.

    Raises
    ------
    UnreadableError
        If the file is empty, too large, or not text.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableError(
            _(
                "The file has more than {most:,} bytes, the most that a diary may have.",
                most=MOST_BYTES,
            )
        )
    for start, kind in _OTHER_FILES.items():
        if data.startswith(start):
            raise UnreadableError(
                _(
                    "This is {kind}. In your spreadsheet choose Save as, then “CSV UTF-8”.",
                    kind=kind,
                )
            )
    for mark, name in (
        (b"\xef\xbb\xbf", "UTF-8"),
        (b"\xff\xfe", "UTF-16"),
        (b"\xfe\xff", "UTF-16"),
    ):
        if data.startswith(mark):
            # The byte order mark belongs to the encoding, not to the text.
            text = data.decode("utf-8-sig" if name == "UTF-8" else "utf-16", errors="replace")
            break
    else:
        text, name = _unmarked(data)
    if "\0" in text:
        raise UnreadableError(
            _("This is not a text file. In your spreadsheet choose Save as, then “CSV UTF-8”.")
        )
    if not text.strip():
        raise UnreadableError(_("The file is empty."))
    return text, name


def _unmarked(data: bytes) -> tuple[str, str]:
    # Latin text in UTF-16 has a zero in every second byte; other text has none.
    for odd, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if data[odd::2] and data[odd::2].count(0) > 0.9 * len(data[odd::2]):
            return data.decode(name, errors="replace"), "UTF-16"
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), "Windows-1252"


def records(text: str, separator: str) -> Iterator[Record]:
    """Yield the non-empty rows of a table.

    A row with unbalanced quotation marks is yielded as one line with a problem, and reading
    continues on the next line, so a missing mark does not swallow the rest of the file. A row with
    more cells than a diary may have is yielded with a problem, too.
    """
    lines = list(io.StringIO(text, newline=None))
    at = 0
    while at < len(lines):
        reader = csv.reader(lines[at : at + LINES_IN_A_ROW], delimiter=separator, strict=True)
        try:
            raw = next(reader)
        except csv.Error:
            problem = _("its quotation marks do not match")
            if len(lines[at]) > csv.field_size_limit():
                problem = _("one of its cells is too long")
            yield Record(at + 1, (lines[at].rstrip("\n"),), problem)
            at += 1
            continue
        line, here = at + 1, lines[at : at + reader.line_num]
        at += reader.line_num
        if len(raw) > MOST_COLUMNS and any(raw):
            problem = _("it has more than {most} cells", most=MOST_COLUMNS)
            yield Record(line, ("".join(here).strip(),), problem)
            continue
        cells = tuple(_clean(cell) for cell in raw)
        if any(cells):
            yield Record(line, cells)


def _clean(cell: str) -> str:
    seen = _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", cell).strip()
    return seen[1:] if _GUARDED.match(seen) else seen


def table_text(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return rows of text as CSV in which spreadsheets find no formulas."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(heading)
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    return out.getvalue()


def _guarded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell
