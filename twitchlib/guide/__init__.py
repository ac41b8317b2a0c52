"""What the guide says, and what the literature says about it, as checked tables.

This is the only code that reads ``data/``. A table is a mapping of rows by id (`rows`), or a
pandas DataFrame (`table`); both come from a single reading in which every cell is checked.

Examples
--------
>>> from twitchlib import guide
>>> guide.rows("verdicts")["contradicts"]["word"]
'contradicted'
>>> guide.table("claims").loc["G01", "verdict"]
'contradicts'
"""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from twitchlib.guide.references import Reference
from twitchlib.guide.tables import Guide, Row, read_guide
from twitchlib.named import Named
from twitchlib.places import folder

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Reference",
    "Row",
    "references",
    "rows",
    "table",
    "tables",
]


@cache
def load() -> Guide:
    """Read and check the course's own tables, once per process.

    Raises
    ------
    GuideError
        If a table has been edited so that it cannot be used.
    """
    return read_guide(folder("data"))


@cache
def tables() -> Named[Mapping[str, str]]:
    """Return the tables by name, each with its columns and their meaning.

    Examples
    --------
    >>> tables()["verdicts"]["mark"]
    'One character that needs no colour.'
    """
    found = load()
    return Named(
        "table",
        {
            name: {field.name: field.description for field in found.schema[name].fields}
            for name in found.tables
        },
    )


def rows(name: str) -> Named[Row]:
    """Return a table as rows by id, in the order of the file.

    Parameters
    ----------
    name : str
        One of `tables`.

    Raises
    ------
    UnknownNameError
        If there is no such table; the message names those that exist. An unknown row raises it too.

    Examples
    --------
    >>> rows("claims")["G01"]["verdict"]
    'contradicts'
    """
    return load().tables[name]


def references() -> Named[Reference]:
    """Return the sources, by key.

    Examples
    --------
    >>> references()[rows("claims")["G01"]["references"][0]].short
    'Kojovic et al. 2011'
    """
    return load().references


def table(name: str) -> "pd.DataFrame":
    """Return a table as a DataFrame indexed by id.

    Text is ``str``, whole numbers ``Int64``, numbers ``Float64``, true/false ``boolean`` (each
    may be missing); a list column holds tuples of str.

    Raises
    ------
    UnknownNameError
        If there is no such table.

    Examples
    --------
    >>> table("claims")["topic"].head(2)
    id
    G01    definition
    G02    definition
    Name: topic, dtype: str
    """
    import pandas as pd  # loaded only if a data frame is needed

    dtypes = {"string": "str", "integer": "Int64", "number": "Float64", "boolean": "boolean"}
    found = rows(name)
    frame = pd.DataFrame(
        {
            field.name: pd.Series(
                [row[field.name] for row in found.values()], dtype=dtypes.get(field.type, "object")
            )
            for field in load().schema[name].fields
        }
    )
    return frame.set_index("id")
