"""A note on where a reader's entries go, shown beside the controls that take them.

Examples
--------
>>> "stored nowhere" in privacy().html
True
"""

from twitchlib.markup import html
from twitchlib.messages import gettext as _
from twitchlib.widgets.prose import Prose

__all__ = ["privacy"]


def privacy() -> Prose:
    """Say where entries go and what is not done with them, whoever runs the course."""
    said = _(
        "What you enter here goes to the computer that runs this course. It stays in its memory"
        " while this page is open, and it is stored nowhere. If that is not your own computer, and"
        " the address of this page does not begin with https, others on the same network could read"
        " it on the way."
    )
    return Prose(html('<p class="tw-small tw-privacy">{}</p>', said))
