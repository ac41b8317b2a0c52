"""The headers of every answer: those that OWASP's Secure Headers Project recommends."""

import re
from typing import Any, Final

from tornado.web import RequestHandler

from twitchlib.serving.identity import HEADER, SERVER

__all__ = ["FIXED", "policy", "set_headers"]

FIXED: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-DNS-Prefetch-Control": "off",
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in (
            "accelerometer", "bluetooth", "camera", "display-capture", "geolocation", "gyroscope",
            "hid", "magnetometer", "microphone", "midi", "payment", "serial", "usb",
        )
    ),
}  # fmt: skip
"""Headers that are the same for every answer."""

_HOST: Final = re.compile(r"[\w.:\[\]-]{1,255}", re.ASCII)
# A year, as the project recommends; browsers heed it only in answers that came over https.
_TRANSPORT: Final = "max-age=31536000"  # untranslated: a header


def policy(host: str) -> str:
    """Return the Content Security Policy: load only from this server, be framed by no other page.

    JupyterLab's front end compiles its schemas, hence ``unsafe-eval``; anywidget imports modules
    from blobs.
    """
    return (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "font-src 'self' data:; worker-src 'self' blob:; "
        f"connect-src 'self' ws://{host} wss://{host} blob: data:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"  # untranslated: a header
    )


def set_headers(handler: RequestHandler) -> None:
    """Set the headers on an answer."""
    request: Any = handler.request
    handler.clear_header("Server")  # untranslated: a header
    for name, value in FIXED.items():
        handler.set_header(name, value)
    handler.set_header(HEADER, SERVER)
    host = request.host if _HOST.fullmatch(request.host) else "localhost"
    handler.set_header("Content-Security-Policy", policy(host))
    if request.protocol == "https":
        handler.set_header("Strict-Transport-Security", _TRANSPORT)
