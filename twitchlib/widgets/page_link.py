"""The state of a page in its address, so that a link takes a class to the same example.

Examples
--------
>>> from twitchlib.risk import Habits
>>> week, problems = parse_query("?caffeine_mg=500&naps=2", Habits)
>>> week.caffeine_mg, problems
(500.0, ('The link gives “naps”, which this page does not know.',))
"""

import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeVar
from urllib.parse import parse_qsl, urlencode

import traitlets

from twitchlib.errors import NotAllowedError
from twitchlib.markup import Markup, each
from twitchlib.messages import gettext as _
from twitchlib.quantity import Quantities, choices, describe
from twitchlib.typed import quoted
from twitchlib.widgets._panel import Scripted
from twitchlib.widgets.controls import Controls
from twitchlib.widgets.prose import Prose

__all__ = [
    "LONGEST_QUERY",
    "PAGE_OWN",
    "Address",
    "PageLink",
    "parse_names",
    "parse_query",
    "problems_markup",
]

Q = TypeVar("Q", bound=Quantities)

LONGEST_QUERY: Final = 2000
PAGE_OWN: Final = frozenset({"path", "present"})
"""Names in an address that are meant for the page itself, not for its lesson."""

_MOST_NAMES: Final = 50
_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})

_log = logging.getLogger(__name__)


def parse_query(
    query: str,
    quantities_cls: type[Q],
    presets: Mapping[str, Q] = _NOTHING,
    *,
    ignore: Collection[str] = PAGE_OWN,
) -> tuple[Q, tuple[str, ...]]:
    """Read the values given in a link.

    Parameters
    ----------
    query : str
        The part of an address from its question mark on, such as
        ``?preset=exam-week&sleep_h=5``: the preset first, then single values that override it.
    quantities_cls : type
        The dataclass whose fields may be named.
    presets : Mapping of str to Quantities
        The presets that ``preset=…`` may name.
    ignore : collection of str
        Names to ignore.

    Returns
    -------
    value : Quantities
        Always valid: what cannot be used keeps its default or the preset's value.
    problems : tuple of str
        A sentence for each thing that could not be used, as text (it may quote the link, so
        it is not safe as HTML).
    """
    value = quantities_cls()
    given, problems = _split(query)
    preset = given.pop("preset", "")
    if preset in presets:
        value = presets[preset]
    elif preset:
        problems.append(_unknown_example(preset, presets))
    quantities, words = describe(quantities_cls), choices(quantities_cls)
    for name, raw in given.items():
        try:
            if name in quantities:
                value = value.replace(**{name: quantities[name].read(raw)})
            elif name in words:
                value = value.replace(**{name: raw})
            elif name not in ignore:
                problems.append(
                    _("The link gives {name}, which this page does not know.", name=quoted(name))
                )
        except NotAllowedError as error:
            used = getattr(value, name)
            if name in quantities:
                label, used = quantities[name].label, quantities[name].text(used)
            else:
                label = words[name].label
            problems.append(
                _(
                    "{label} ({name} in the link) cannot be {given}: it has to be {allowed}. "
                    "The page uses {used}.",
                    label=label,
                    name=name,
                    given=quoted(raw),
                    allowed=error.allowed,
                    used=used,
                )
            )
    return value, tuple(problems)


def _unknown_example(preset: str, presets: Collection[str]) -> str:
    example, known = quoted(preset), ", ".join(presets)
    if not known:
        return _("The link asks for the example {example}, which is unknown.", example=example)
    return _(
        "The link asks for the example {example}, which is unknown. Known: {known}.",
        example=example,
        known=known,
    )


def parse_names(
    query: str, field: str, known: Collection[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Read one list of words from a link, such as ``?causes=stress,caffeine``.

    Parameters
    ----------
    query : str
        As for `parse_query`. Anything else it names is ignored.
    field : str
        Name of the list.
    known : collection of str
        The allowed words.

    Returns
    -------
    names : tuple of str
        The known ones among them.
    problems : tuple of str
        A sentence for each unknown one, as text.
    """
    given, problems = _split(query)
    named = dict.fromkeys(word.strip() for word in given.get(field, "").split(",") if word.strip())
    problems += [
        _(
            "The link gives {name} for {field}, which is unknown. Known: {known}.",
            name=quoted(name),
            field=field,
            known=", ".join(known),
        )
        for name in named
        if name not in known
    ]
    return tuple(name for name in named if name in known), tuple(problems)


def problems_markup(problems: Iterable[str]) -> Markup:
    """Return the problems of a link as markup, without repetition."""
    return each('<p class="tw-problem" role="status">{}</p>', dict.fromkeys(problems))


def _split(query: str) -> tuple[dict[str, str], list[str]]:
    if len(query) > LONGEST_QUERY:
        limit = LONGEST_QUERY
        return {}, [_("The link is longer than {most} characters, so it was not read.", most=limit)]
    try:
        pairs = parse_qsl(
            query.removeprefix("?"), keep_blank_values=True, max_num_fields=_MOST_NAMES
        )
    except ValueError:
        limit = _MOST_NAMES
        return {}, [_("The link names more than {most} values, so it was not read.", most=limit)]
    return dict(pairs), []


class PageLink(Scripted):
    """The address of the page: read once, kept up to date, offered for copying.

    It shows a button on the course's own pages and nothing in a notebook, whose address is not
    the lesson's. The browser reads the address, so this also works for a page that was built
    before anyone requested it.

    Parameters
    ----------
    on_query : callable, optional
        Called once with the query string, question mark included, if the address has one. If it
        fails, the error is logged and the page stays as it was.
    """

    _scripts = ("page_link.js",)
    _written = traitlets.Unicode().tag(sync=True)
    _page_own = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def __init__(self, on_query: Callable[[str], object] | None = None) -> None:
        self._on_query = on_query
        super().__init__(_page_own=sorted(PAGE_OWN))

    def write(self, values: Mapping[str, object]) -> None:
        """Write `values` to the address, replacing what the lesson wrote there before.

        Parameters
        ----------
        values : Mapping
            Numbers and words by name, as `parse_query` will read them.
        """
        self._written = urlencode({name: _written(value) for name, value in values.items()})

    def _hear(self, request: Mapping[str, Any]) -> None:
        if request["query"] and self._on_query:
            try:
                self._on_query(request["query"])
            except Exception:  # noqa: BLE001 - a page's own code may raise anything
                _log.exception("the page's address could not be applied")


class Address:
    """The settings of one or more panels in the address of their page.

    Names of settings and presets must not clash between the panels.

    Parameters
    ----------
    written : bool
        Whether the address follows the settings. Otherwise they are only read from it, as they
        should be if they concern a reader's health: browsers and servers keep addresses.
    cases : Mapping of str to Quantities
        Examples that ``preset=…`` may name in addition to the panels' own presets.
    elsewhere : collection of str
        Names that other parts of the page read.

    Attributes
    ----------
    link : PageLink
        The button that copies the address.
    problems : Prose
        What could not be used in an address.
    """

    def __init__(
        self,
        *,
        written: bool = True,
        cases: Mapping[str, Any] = _NOTHING,
        elsewhere: Collection[str] = (),
    ) -> None:
        self._is_written, self._cases, self._elsewhere = written, cases, set(elsewhere)
        self._panels: list[Controls[Any]] = []
        self.link = PageLink(on_query=self.take_query)
        self.problems = Prose()
        if not written:
            self.link.layout.display = "none"

    def add(self, panel: Controls[Any]) -> None:
        """Add the settings of a panel."""
        self._panels.append(panel)
        if self._is_written:
            panel.on_change(lambda _settings: self._write())

    def take_query(self, query: str) -> None:
        """Apply a link to every panel, and say what could not be used.

        Parameters
        ----------
        query : str
            As `parse_query` reads it; ``preset`` names an example of any panel.
        """
        names = {name for panel in self._panels for name in panel.fields}
        examples = [name for panel in self._panels for name in panel.presets] + [*self._cases]
        problems: list[str] = []
        for panel in self._panels:
            settings_cls = type(panel.value)
            own = {**self._cases, **panel.presets}
            known = {name: own.get(name, settings_cls()) for name in examples}
            others = PAGE_OWN | self._elsewhere | (names - set(panel.fields))
            settings, found = parse_query(query, settings_cls, known, ignore=others)
            problems += found
            panel.value = settings
        self.problems.html = problems_markup(problems)

    def _write(self) -> None:
        match self._panels:
            case [panel] if panel.preset:
                self.link.write({"preset": panel.preset})
            case panels:
                values = [panel.value.changed() for panel in panels]
                self.link.write({name: value for one in values for name, value in one.items()})


def _written(value: object) -> str:
    """Return a number in the fewest digits that restore it, and anything else as it is."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
