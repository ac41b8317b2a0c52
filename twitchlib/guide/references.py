"""The bibliography in ``data/references.bib``."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from twitchlib.guide.errors import GuideError, Problem

if TYPE_CHECKING:
    from bibtexparser.model import Block

__all__ = ["Reference", "read_references"]

_FIELDS: Final = ("author", "title", "journal", "year", "doi", "url", "note")
_NO_YEAR: Final = "n.d."
_IN_AN_ADDRESS: Final = "/:;()"  # left unquoted, as publishers do; < and > are quoted


@dataclass(frozen=True)
class Reference:
    """One source.

    Attributes
    ----------
    id : str
        Key under which the tables cite it.
    author, title, journal, year : str
        As published; empty if unknown.
    doi : str
        Digital object identifier without a host; empty if there is none.
    url : str
        Address, if there is no DOI.
    note : str
        What was read: the paper, its abstract, or another page that quotes it.
    """

    id: str
    author: str
    title: str
    journal: str
    year: str
    doi: str
    url: str
    note: str

    @property
    def address(self) -> str:
        """Where a reader can find it; empty if no address is known."""
        return f"https://doi.org/{quote(self.doi, safe=_IN_AN_ADDRESS)}" if self.doi else self.url

    @property
    def short(self) -> str:
        """First author and year, as cited in text; a page without a year by its title."""
        if not self.author:
            return f"{self.journal or self.title} {self.year}".strip()
        surnames = [name.split(",")[0].strip() for name in self.author.split(" and ")]
        who = surnames[0] + (
            "" if len(surnames) == 1 else f" and {surnames[1]}" if len(surnames) == 2 else " et al."
        )
        return f"{who}: {self.title}" if self.year == _NO_YEAR else f"{who} {self.year}".strip()


def read_references(path: Path) -> dict[str, Reference]:
    """Return the entries of a BibTeX file, by key.

    Raises
    ------
    GuideError
        If the file or an entry cannot be read, an entry has no title, or a key is duplicated.
    """
    from bibtexparser.entrypoint import parse_string  # only pages with sources need it

    try:
        library = parse_string(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise GuideError([Problem(path.name, None, None, "is missing")]) from None
    except UnicodeDecodeError:
        raise GuideError([Problem(path.name, None, None, "is not UTF-8")]) from None
    problems = [
        Problem(path.name, _line(block), None, f"cannot be read: {block.error}")
        for block in library.failed_blocks
    ]
    found: dict[str, Reference] = {}
    for entry in library.entries:
        texts = {
            name: " ".join(field.value.replace("{", "").replace("}", "").split())
            for name, field in entry.fields_dict.items()
        }
        if not texts.get("title"):
            problems.append(
                Problem(path.name, _line(entry), None, f"entry {entry.key!r} has no title")
            )
        known = {name: texts.get(name, "") for name in _FIELDS}
        found[entry.key] = Reference(id=entry.key, **known)
    if problems:
        raise GuideError(problems)
    return found


def _line(block: "Block") -> int | None:
    return None if block.start_line is None else block.start_line + 1
