"""How much of a diary's file is read: every limit of its reader, with the reason.

Reading takes time in proportion to what these limits allow, and no other package is involved, so
they bound the time as well: the worst file takes a few seconds.
"""

from typing import Final

MOST_BYTES: Final = 2_000_000
"""Ten years of several rows a day, with notes, need less."""

MOST_LINES: Final = 20_000
"""Five rows a day for ten years."""

MOST_COLUMNS: Final = 100
"""Nine are known, and some people note much else in their diary."""

LONGEST_CELL: Final = 2_000
"""Characters of a date, a number or a count. Thirty are enough; this leaves room for a slip and for
the output of a formula, but not for anything that could slow down the patterns in `cells`."""

LONGEST_NOTE: Final = 20_000
"""Characters of a note or a body part: ten pages on one day. The form takes 1,000."""

LONGEST_HEADING: Final = 200
"""Characters of a heading, which is repeated with every problem in its column."""

LINES_IN_A_ROW: Final = 50
"""A note may span several lines; text after a missing quotation mark may not."""
