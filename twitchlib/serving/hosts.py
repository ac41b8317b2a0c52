"""The names under which the course may be reached.

Another site can make a browser resolve that site's name to this computer's address (DNS
rebinding), and then read the course as its own. It cannot do so with an IP address, nor with a
name of this computer. So IP addresses are always allowed, and names only if they are known.
"""

import ipaddress
import socket
from collections.abc import Collection
from typing import Final

__all__ = ["LOCAL", "allowed", "known_hosts"]

LOCAL: Final = frozenset({"localhost"})


def known_hosts(address: str, names: Collection[str]) -> frozenset[str]:
    """Return the names under which the course may be reached, in lower case.

    Parameters
    ----------
    address : str
        Where the server listens. If other computers can reach it, this computer's name is added.
    names : collection of str
        Further names, such as that of a proxy.
    """
    known = {*LOCAL, *(name.lower() for name in names)}
    if address not in {"127.0.0.1", "::1", *LOCAL}:
        name = socket.gethostname().lower()
        known |= {name, f"{name}.local", address.lower()} - {""}
    return frozenset(known)


def allowed(host: str, known: Collection[str] | None) -> bool:
    """Return whether a request for this host, with or without a port, is for the course.

    If `known` is None, as on a Unix socket, every host is allowed: a browser can reach that only
    through whatever its owner has put in front of it.

    Examples
    --------
    >>> [allowed(host, LOCAL) for host in ("localhost:8866", "[::1]", "10.1.2.3", "evil.example")]
    [True, True, True, False]
    """
    if known is None:
        return True
    name = host.lower()
    if name.startswith("["):
        name = name[1:].partition("]")[0]
    elif name.count(":") == 1:
        name = name.partition(":")[0]
    name = name.rstrip(".")
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return name in known
    return True
