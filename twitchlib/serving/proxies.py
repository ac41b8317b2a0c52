"""Where a visitor comes from, according to a trusted proxy.

A proxy appends the address of its own client to the header ``X-Forwarded-For``; anything before
that comes from somebody else, and is not believed.
"""

import ipaddress
from collections.abc import Iterable
from typing import Final, TypeAlias

from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _

__all__ = ["HERE", "Network", "networks", "origin"]

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network


def networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Return the networks, given as addresses or in slash notation.

    Raises
    ------
    NotAllowedError
        If one is neither.

    Examples
    --------
    >>> [str(network) for network in networks(["10.0.0.5", "10.1.0.0/16"])]
    ['10.0.0.5/32', '10.1.0.0/16']
    """
    return tuple(map(_network, texts))


def _network(text: str) -> Network:
    try:
        return ipaddress.ip_network(text)
    except ValueError:
        allowed = _("the address of a proxy, or of its network, such as 10.0.0.5 or 10.1.0.0/16")
        raise NotAllowedError("--behind", text, allowed) from None


HERE: Final = networks(["127.0.0.1", "::1"])
"""The addresses of a proxy on this computer."""


def origin(peer: str, forwarded: str, trusted: Iterable[Network]) -> str:
    """Return the address that a request comes from.

    Parameters
    ----------
    peer : str
        Address of whoever connected.
    forwarded : str
        The header ``X-Forwarded-For``; may be empty.
    trusted : iterable of Network
        The networks of trusted proxies.

    Examples
    --------
    >>> origin("127.0.0.1", "203.0.113.9, 10.0.0.7", HERE), origin("10.0.0.8", "10.0.0.7", HERE)
    ('10.0.0.7', '10.0.0.8')
    """
    client = forwarded.rpartition(",")[2].strip()
    return client if client and _lies_in(peer, trusted) else peer


def _lies_in(address: str, known: Iterable[Network]) -> bool:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return any(found in network for network in known)
