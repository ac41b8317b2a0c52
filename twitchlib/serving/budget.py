"""What one visitor may use, and why. A visitor who exceeds it is told; nobody else notices.

A visitor is a page and its kernel. The figures that explain the limits were measured on a server
whose lessons are in normal use; each limit is several times what a reader can use.
"""

from dataclasses import dataclass
from typing import Final

__all__ = ["BUDGET", "MIB", "Budget"]

MIB: Final = 2**20


@dataclass(frozen=True)
class Budget:
    """The limits for one visitor.

    Attributes
    ----------
    frame_bytes : int
        One message from a page. An uploaded recording travels in one; a few minutes of it fit.
    frame_parts : int
        Parts of a message: Jupyter's four, and the buffers.
    envelope_bytes : int
        Each of header, parent and metadata, which the server itself reads. They take a few hundred.
    frames, frames_per_s : float
        Messages at once, and in the long run. A page of 119 widgets asks for each of them when it
        comes to life; dragging a slider sends at most some forty a second, since each waits for
        the answer to the one before.
    sent_bytes, sent_bytes_per_s : float
        Bytes of a page's messages at once (a few files), and in the long run.
    waiting_bytes : int
        Answers that a page has not read yet. The whole state of the largest page is 2 MB, and on
        a slow connection all of it may be waiting.
    away_bytes : int
        Answers kept for a page that lost its connection for a moment.
    wires : int
        Simultaneous connections: the page's, and any that the network has not yet given up.
    connects, connects_per_s : float
        New connections. A page that lost its network tries a few times.
    bad_frames : int
        Messages that no page sends.
    log_lines, log_lines_per_s : float
        Lines in the server's log at once, and in the long run: enough to see what goes wrong.
    all_log_lines, all_log_lines_per_s : float
        The same for all visitors together, since one person may come again and again.
    log_bytes : int
        Length of one entry in the log: a traceback.
    body_bytes, header_bytes : int
        Of a request. No page sends a body; a browser's headers take some two thousand bytes.
    request_s : float
        For the headers of a request, and again for its body; also how long a connection may idle.
    sockets_of_one, sockets : int
        Connections from one address, and in all. A browser opens six; a whole school may share
        one address.
    busy_s, grace_s : float
        Time for one change before it is interrupted, and then before the kernel is ended. The
        slowest answer of any lesson takes under two seconds.
    kernel_bytes : int
        Memory of a kernel: lessons need 60 to 330 MB, the largest upload allowed a few hundred.
    address_space_bytes : int
        A kernel's address space: lessons reserve 0.8 to 2.9 GB, and never use most of it. The limit
        stops a kernel that grows faster than the server checks.
    arriving_s, arriving_in_a_queue_s, arriving_at_most_s : float
        How long a page that was fetched may take to connect: normally (slow connections included),
        while others wait, and in all, however often it asks for its kernel.
    """

    frame_bytes: int = 16 * MIB
    frame_parts: int = 32
    envelope_bytes: int = 8 * 1024
    frames: float = 600
    frames_per_s: float = 60
    sent_bytes: float = 40 * MIB
    sent_bytes_per_s: float = 0.5 * MIB
    waiting_bytes: int = 24 * MIB
    away_bytes: int = 4 * MIB
    wires: int = 4
    connects: float = 20
    connects_per_s: float = 0.2
    bad_frames: int = 20
    log_lines: float = 30
    log_lines_per_s: float = 0.1
    all_log_lines: float = 200
    all_log_lines_per_s: float = 0.2
    log_bytes: int = 4000
    body_bytes: int = 64 * 1024
    header_bytes: int = 16 * 1024
    request_s: float = 20
    sockets_of_one: int = 500
    sockets: int = 2000
    busy_s: float = 20
    grace_s: float = 5
    kernel_bytes: int = 1024 * MIB
    address_space_bytes: int = 4096 * MIB
    arriving_s: float = 50
    arriving_in_a_queue_s: float = 8
    arriving_at_most_s: float = 180


BUDGET: Final = Budget()
