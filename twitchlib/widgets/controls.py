"""A panel of sliders and choices built from the fields of a `Quantities` dataclass.

Examples
--------
>>> from twitchlib.risk import Habits
>>> controls = Controls(Habits, groups={"Your day": ["caffeine_mg", "sleep_h"]})
>>> controls.on_change(lambda habits: print(habits.caffeine_mg, "mg"))
>>> controls.set(caffeine_mg=400)
400.0 mg
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from twitchlib.errors import NotAllowedError
from twitchlib.messages import gettext as _
from twitchlib.quantity import Choice, Quantities, Quantity, choices, describe, quantity
from twitchlib.typed import quoted
from twitchlib.widgets._panel import Panel

__all__ = ["Controls", "Preset", "setting"]

Q = TypeVar("Q", bound=Quantities)


@dataclass(frozen=True)
class Preset(Generic[Q]):
    """A named example to start from.

    Attributes
    ----------
    id : str
        Name in a link, such as ``exam-week``.
    label : str
        Label of its button.
    story : str
        A sentence or two, shown when the preset is chosen.
    value : Quantities
        Its values.
    """

    id: str
    label: str
    story: str
    value: Q


class Controls(Panel[Q]):
    """Sliders, exact numbers and presets for the fields of a dataclass.

    However many fields there are, the page has one widget. What a reader types is checked by the
    dataclass itself: a bad value is explained beside its control and the last good one stays in
    force, so nothing is lost and `value` is always valid.

    Parameters
    ----------
    quantities_cls : type
        The dataclass. The panel starts from its defaults, and a reset returns to them.
    groups : Mapping of str to sequence of str, optional
        Names of the fields to show, by heading. The first group is open, the others are folded,
        since more than about five controls are too many to take in at once. By default every
        field is shown, without a heading.
    healthy : Mapping of str to (float, float), optional
        Range to mark as healthy on the track, by field.
    hints : Mapping of str to str or sequence of str, optional
        A short remark shown under a control, by field. Several are listed above the options of a
        choice, since they have to be read before choosing.
    presets : sequence of Preset
        Examples offered as buttons.

    Raises
    ------
    ValueError
        If a name is not a field, a healthy range does not lie within its quantity's range, or two
        presets have the same id.
    """

    _scripts = ("options.js", "controls.js")

    def __init__(
        self,
        quantities_cls: type[Q],
        *,
        groups: Mapping[str, Sequence[str]] | None = None,
        healthy: Mapping[str, tuple[float, float]] | None = None,
        hints: Mapping[str, str | Sequence[str]] | None = None,
        presets: Sequence[Preset[Q]] = (),
    ) -> None:
        self._known: dict[str, Quantity | Choice] = {
            **describe(quantities_cls),
            **choices(quantities_cls),
        }
        self._presets = {preset.id: preset for preset in presets}
        if len(self._presets) < len(presets):
            raise ValueError(_("two presets have the same id"))
        self._start = quantities_cls()
        self._value = self._start
        self._chosen = self._matching()
        self._refused: dict[str, str] = {}
        healthy, hints = dict(healthy or {}), dict(hints or {})
        known = list(self._known)
        groups = {"": known} if groups is None else groups
        self._check_names(
            known, [*healthy, *hints, *(n for names in groups.values() for n in names)]
        )
        super().__init__(
            {
                "groups": [
                    {
                        "title": title,
                        "fields": [self._field(n, healthy.get(n), hints.get(n, "")) for n in names],
                    }
                    for title, names in groups.items()
                ],
                "presets": [{"id": preset.id, "label": preset.label} for preset in presets],
            }
        )

    @property
    def value(self) -> Q:
        """The current values, always valid. Setting them is a change like any other."""
        return self._value

    @value.setter
    def value(self, value: Q) -> None:
        before = self._value
        self._take(value)
        self._refused.clear()
        self._changed(before)

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the settings."""
        return tuple(self._known)

    @property
    def presets(self) -> dict[str, Q]:
        """The presets, by their name in a link."""
        return {name: preset.value for name, preset in self._presets.items()}

    @property
    def preset(self) -> str:
        """Name of the preset that the current values match; empty if there is none."""
        matching = self._matching()
        return matching.id if matching else ""

    def set(self, **values: object) -> None:
        """Change some values.

        Raises
        ------
        NotAllowedError
            If a name is not a field or a value is not allowed; then nothing is changed.
        """
        self.value = self._replaced(values)

    def apply_preset(self, preset_id: str) -> None:
        """Apply the values of a preset.

        Raises
        ------
        KeyError
            If there is no such preset.
        """
        self.value = self._presets[preset_id].value

    def reset(self) -> None:
        """Return to the dataclass's defaults."""
        self._chosen = None
        self.value = self._start

    def _replaced(self, values: Mapping[str, object]) -> Q:
        fields = (field.name for field in dataclasses.fields(self._value))
        return type(self._value)(**{n: getattr(self._value, n) for n in fields} | dict(values))

    def _take(self, value: Q) -> None:
        self._value = value
        # A preset's story stays readable when the reader moves away from its values.
        self._chosen = self._matching() or self._chosen

    def _matching(self) -> Preset[Q] | None:
        return next((p for p in self._presets.values() if p.value == self._value), None)

    def _apply(self, edit: Mapping[str, Any]) -> None:
        match edit.get("start"):
            case {"preset": str(preset_id)} if preset_id in self._presets:
                self._refused.clear()
                self._take(self._presets[preset_id].value)
            case "reset":
                self._refused.clear()
                self._chosen = None
                self._take(self._start)
        fields = edit.get("fields")
        for name, raw in fields.items() if isinstance(fields, dict) else ():
            if name in self._known:
                self._apply_field(name, raw)

    def _apply_field(self, name: str, raw: object) -> None:
        try:
            known = self._known[name]
            value = known.read(raw) if isinstance(known, Quantity) else raw
            self._take(self._replaced({name: value}))
        except NotAllowedError as error:
            self._refused[name] = self._refusal(name, raw, error.allowed)
        else:
            self._refused.pop(name, None)

    def _refusal(self, name: str, raw: object, allowed: str) -> str:
        value = self._known[name].text(getattr(self._value, name))
        if raw == "":
            return _(
                "An empty field was not used. Give {allowed}. Still at {value}.",
                allowed=allowed,
                value=value,
            )
        return _(
            "{typed} was not used. Give {allowed}. Still at {value}.",
            typed=quoted(raw),
            allowed=allowed,
            value=value,
        )

    def _state(self) -> dict[str, Any]:
        return {
            "values": {n: getattr(self._value, n) for n in self._known},
            "refused": dict(self._refused),
            "preset": self._chosen.id if self._chosen else "",
            "story": self._chosen.story if self._chosen else "",
            "moved": self._chosen is not None and self._chosen.value != self._value,
        }

    @staticmethod
    def _check_names(known: Sequence[str], used: Iterable[str]) -> None:
        for name in used:
            if name not in known:
                raise ValueError(
                    _("{name!r} is not a field. Known: {known}", name=name, known=", ".join(known))
                )

    def _field(
        self, name: str, healthy: tuple[float, float] | None, hint: str | Sequence[str]
    ) -> dict[str, Any]:
        known = self._known[name]
        if isinstance(known, Quantity):
            return _slider(known, healthy, hint)
        return {
            "name": name,
            "label": known.label,
            "hint": hint,
            "default": known.default,
            "options": [{"id": i, "label": label} for i, label in known.options.items()],
        }


def _slider(
    quantity: Quantity, healthy: tuple[float, float] | None, hint: str | Sequence[str]
) -> dict[str, Any]:
    described = {
        "name": quantity.name,
        "label": quantity.label,
        "unit": quantity.unit,
        "spoken_unit": quantity.unit.replace("/", f" {_('per')} "),
        "low": quantity.low,
        "high": quantity.high,
        "step": quantity.step,
        "default": quantity.default,
        "hint": hint,
    }
    if healthy is None:
        return described
    low, high = healthy
    if not quantity.low <= low < high <= quantity.high:
        raise ValueError(
            _(
                "the healthy range of {name}, {low:g} to {high:g}, is not within its range",
                name=quantity.name,
                low=low,
                high=high,
            )
        )
    least, most = (f"{bound:g} {quantity.unit}".strip() for bound in healthy)
    if high == quantity.high:
        words = _("{least} or more", least=least)
    elif low == quantity.low:
        words = _("up to {most}", most=most)
    else:
        words = _("{low:g} to {most}", low=low, most=most)
    return described | {"healthy": {"low": low, "high": high, "words": words}}


def setting(
    default: float,
    label: str,
    *,
    low: float,
    high: float,
    unit: str = "",
    step: float | None = None,
    integer: bool = False,
) -> Any:
    """Describe a field as `quantity` does, but without a source: the reader chooses its value."""
    source = _("Chosen by the reader")
    return quantity(
        default, label, unit=unit, low=low, high=high, source=source, step=step,
        illustrative=True, integer=integer,
    )  # fmt: skip
