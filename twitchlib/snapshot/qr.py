"""Links as QR codes, made by a server or by the page itself."""

from functools import lru_cache
from typing import Final

import segno

from twitchlib.messages import gettext as _

__all__ = ["qr_svg"]

_LONGEST: Final = 600


@lru_cache(maxsize=64)
def qr_svg(address: str) -> str:
    """Return a QR code as SVG, dark on light in any theme, since many scanners need that.

    Parameters
    ----------
    address : str
        The address to encode.

    Returns
    -------
    str
        Empty if the address is too long for a camera to read.
    """
    if len(address) > _LONGEST:
        return ""
    code = segno.make(address, error="m", micro=False)
    svg: str = code.svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True, title=_("QR code of the link")
    )
    return svg
