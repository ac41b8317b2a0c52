"""The bibliography in ``data/references.bib``."""

from dataclasses import dataclass
from pathlib import Path

from twitchlib.guide.errors import GuideError, Problem

__all__ = ["Reference", "read_references"]


@dataclass(frozen=True)
class Reference:
    """One source.

    Attributes
    ----------
    id : str
        Key under which the tables name it.
    author, title, journal, year : str
        As published; empty where it is not known.
    doi : str
        Digital object identifier without a host; empty where there is none.
    url : str
        Address, where there is no DOI.
    note : str
        What was read of it: the paper, its abstract, or another page that quotes it.
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
        """Where a reader finds it; empty where no address is known."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url

    @property
    def short(self) -> str:
        """First author and year, as a text cites it."""
        if not self.author:
            return f"{self.journal or self.title} {self.year}".strip()
        surnames = [name.split(",")[0].strip() for name in self.author.split(" and ")]
        who = surnames[0] + (
            "" if len(surnames) == 1 else f" and {surnames[1]}" if len(surnames) == 2 else " et al."
        )
        return f"{who} {self.year}".strip()


def read_references(path: Path) -> dict[str, Reference]:
    """Return the entries of a BibTeX file, by key.

    Raises
    ------
    GuideError
        If the file cannot be read, or an entry has no title, or a key stands twice.
    """
    from bibtexparser.bparser import BibTexParser  # only pages with sources pay for it

    parser = BibTexParser(common_strings=True, ignore_nonstandard_types=False)
    try:
        entries = parser.parse(path.read_text(encoding="utf-8")).entries
    except (OSError, UnicodeDecodeError) as error:
        raise GuideError([Problem(path.name, None, None, str(error))]) from None
    problems = []
    found: dict[str, Reference] = {}
    for entry in entries:
        key = entry["ID"]
        if key in found:
            problems.append(Problem(path.name, None, None, f"the key {key!r} stands twice"))
        if not entry.get("title"):
            problems.append(Problem(path.name, None, None, f"entry {key!r} has no title"))
        fields = {
            name: " ".join(entry.get(name, "").replace("{", "").replace("}", "").split())
            for name in ("author", "title", "journal", "year", "doi", "url", "note")
        }
        found[key] = Reference(id=key, **fields)
    if problems:
        raise GuideError(problems)
    return found
