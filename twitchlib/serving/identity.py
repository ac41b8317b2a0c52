"""Which server a kernel belongs to: its identifier says so, and every answer names the server.

So a proxy in front of several servers can send each request about a kernel to that kernel's server,
without needing a cookie.
"""

from typing import Final
from uuid import uuid4

__all__ = ["HEADER", "SERVER", "new_kernel_id"]

HEADER: Final = "Course-Server"
"""The header of every answer that names the server."""

SERVER: Final = uuid4().hex[:8]
"""The name of this server: eight hexadecimal digits, drawn when it starts."""


def new_kernel_id() -> str:
    """Return a new identifier for a kernel, which begins with the server's name.

    What follows has 90 random bits: whoever knows an identifier may use the kernel, so none may be
    guessed.

    Examples
    --------
    >>> new_kernel_id().partition("-")[0] == SERVER
    True
    """
    return f"{SERVER}{str(uuid4())[8:]}"
