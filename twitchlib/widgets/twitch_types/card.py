"""A kind of twitch in plain words: what is at fault, what it is like, how common, how worrying."""

from typing import Final

from twitchlib import guide
from twitchlib.markup import each, html
from twitchlib.messages import gettext as _
from twitchlib.widgets.prose import Prose

__all__ = ["kind_card"]

_FIRST: Final = {
    "mechanism": _("What happens"),
    "tells_apart": _("What tells it apart"),
}
_REST: Final = {
    "feels_like": _("What it is like"),
    "lasts": _("How long it lasts"),
    "how_common": _("How common it is"),
    "worry": _("How worrying it is"),
}


def kind_card(kind: str) -> Prose:
    """Show a kind of twitch in plain words.

    Parameters
    ----------
    kind : str
        Id in the table ``twitch_types``, such as ``"clonus"``.

    Raises
    ------
    KeyError
        If the table has no such kind.

    Examples
    --------
    >>> "under the skin" in kind_card("fasciculation").html
    True
    """
    row = guide.rows("twitch_types")[kind]
    first, rest = (
        each("<dt>{}</dt><dd>{}</dd>", ((words, row[name]) for name, words in lines.items()))
        for lines in (_FIRST, _REST)
    )
    return Prose(
        html(
            '<dl class="tw-card">{}</dl><details class="tw-card-rest" id="tw-card-{}">'
            '<summary>{}</summary><dl class="tw-card">{}</dl></details>',
            first,
            kind,
            _("More about it"),
            rest,
        )
    )
