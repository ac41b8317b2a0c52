"""How much of a file is read: every limit of the readers, with its reason.

A file may come from anywhere. Each limit is checked against what the file states before anything is
unpacked, and again against its actual contents; nothing is read that would not fit.
"""

from typing import Final

LARGEST_BYTES: Final = 50_000_000
"""Bytes of the files of one recording, together: three million samples in eight columns of a
table. What a page may send is less, and has its own reason (`widgets.emg_lab.signal_file`)."""

MOST_SAMPLES: Final = 3_000_000
"""Samples of a channel: 25 minutes at 2 kHz, or five at the 10 kHz of a needle. Filtered, searched
and drawn in seconds; more is a recording of a night, of which a part is wanted. A text may have an
empty line beside each."""

MOST_CHANNELS: Final = 1_024
"""Channels of a recording, columns of a table: the largest grids on the skin have a few hundred."""

LONGEST_LINE: Final = 65_536
"""Characters of a line of text: 64 for each of the columns. A number needs 25 at the most."""

LONGEST_HEADER: Final = 200_000
"""Bytes of a WFDB header: its channels at 100 each, and as much again of remarks."""

LARGEST_FOOTER: Final = 2_000_000
"""Bytes in which Parquet describes itself: twice its columns in a hundred groups of rows."""

MOST_UNPACKED_BYTES: Final = 100_000_000
"""Bytes that the columns wanted of a Parquet file may have unpacked: two of `MOST_SAMPLES` numbers
at eight bytes each, and as much again for a dictionary that was not worth it."""

MOST_SECONDS: Final = 30.0
"""Seconds after which reading is given up. The worst file within the other budgets takes six on a
busy machine, so this ends what nobody foresaw; a page says after one second that it is busy."""

MOST_MEMORY_BYTES: Final = 1_500_000_000
"""Bytes that the process which unpacks Parquet may ask for. The largest file that is read takes a
third of it, most of that for programs; more is asked for only by one that was made to."""

MOST_MV: Final = 500.0
"""How far from zero an EMG may lie, in mV; chosen for this course. Two electrodes on the skin may
differ by 300 mV for good, and nothing outside a muscle fibre is larger than the fibre's own action
potential, about 130 mV across its membrane (textbook values, sources not checked). More is another
unit, or the counts of a converter."""
