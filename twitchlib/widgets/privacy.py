"""A note on where a reader's entries go, shown beside the controls that take them.

Examples
--------
>>> "stored nowhere" in privacy().html
True
"""

import os
from typing import Final

from twitchlib.markup import html
from twitchlib.messages import gettext as _
from twitchlib.widgets.prose import Prose

__all__ = ["privacy"]

# Set where the page itself runs Python, without a server.
_ON_SITE: Final = "TWITCHLIB_SITE"


def privacy() -> Prose:
    """Say where entries go and that they are not stored, wherever the course runs."""
    said = _(
        "What you enter here goes to the computer that runs this course. It stays in its memory"
        " while this page is open, and it is stored nowhere. If that is not your own computer, and"
        " the address of this page does not begin with https, others on the same network could read"
        " it on the way."
    )
    if os.environ.get(_ON_SITE):
        said = _(
            "What you enter or open here never leaves your device. This page works on it by itself,"
            " and stores nothing."
        )
    return Prose(html('<p class="tw-small tw-privacy">{}</p>', said))
