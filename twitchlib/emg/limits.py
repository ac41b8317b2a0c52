"""How much of a file is read: every limit of the readers, with the reason.

A file may come from anywhere. Each limit is checked against what the file states before anything is
unpacked, and again against its actual contents; nothing is read that would not fit.
"""

from typing import Final

LARGEST_BYTES: Final = 50_000_000
"""Total bytes of the files of one recording: three million samples in eight columns of a
table. A page may send less, for another reason (`widgets.emg_lab.signal_file`)."""

MOST_SAMPLES: Final = 3_000_000
"""Samples of a channel: 25 minutes at 2 kHz, or five at 10 kHz, as for a needle. These are
filtered, searched and drawn in seconds; more is an overnight recording, of which only a part is
wanted. A text may have one empty line per sample."""

MOST_CHANNELS: Final = 1_024
"""Channels of a recording, columns of a table: the largest surface grids have a few hundred."""

LONGEST_LINE: Final = 65_536
"""Characters of a line of text: 64 for each of the columns. A number needs at most 25."""

LONGEST_HEADER: Final = 200_000
"""Bytes of a WFDB header: 100 per channel, and as much again for remarks."""

LONGEST_SIDECAR: Final = 1_000_000
"""Bytes of a BIDS file that describes a recording: a thousand for each of the channels."""

LARGEST_FOOTER: Final = 2_000_000
"""Bytes of Parquet metadata: twice what all columns need in a hundred row groups."""

MOST_UNPACKED_BYTES: Final = 100_000_000
"""Unpacked bytes of the wanted columns of a Parquet file: two of `MOST_SAMPLES` numbers
at eight bytes each, and as much again for a dictionary that does not pay off."""

MOST_SECONDS: Final = 30.0
"""Seconds after which reading is abandoned. The worst file within the other limits takes six on a
busy machine, so this stops only the unforeseen; a page says after one second that it is busy."""

MOST_MEMORY_BYTES: Final = 1_500_000_000
"""Bytes that the process unpacking Parquet may allocate. The largest permitted file takes a third
of it, most of that for code; only a malicious file wants more."""

MOST_MV: Final = 500.0
"""Largest absolute value of an EMG, in mV; chosen for this course. Two surface electrodes may have
a constant offset of 300 mV, and nothing outside a muscle fibre is larger than the fibre's own
action potential, about 130 mV across its membrane (textbook values, sources not checked). A larger
value means another unit, or raw converter counts."""
