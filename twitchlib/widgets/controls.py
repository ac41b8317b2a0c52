"""A panel of sliders made from the fields of a `Quantities` dataclass.

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
from twitchlib.quantity import Quantities, Quantity, describe
from twitchlib.widgets._panel import Panel
from twitchlib.widgets._typed import quoted, read_number

__all__ = ["Choice", "Controls", "Preset"]

Q = TypeVar("Q", bound=Quantities)


@dataclass(frozen=True)
class Preset(Generic[Q]):
    """A named example to start from.

    Attributes
    ----------
    id : str
        Name in a link, such as ``exam-week``.
    label : str
        Text of its button.
    story : str
        A sentence or two, shown when the preset is chosen.
    value : Quantities
        The values it stands for.
    """

    id: str
    label: str
    story: str
    value: Q


@dataclass(frozen=True)
class Choice:
    """A field that is one of a few words instead of a number.

    Attributes
    ----------
    label : str
        The reader's word for the field.
    options : Mapping of str to str
        Label by value, in the order shown.
    """

    label: str
    options: Mapping[str, str]

    @property
    def allowed(self) -> str:
        """The accepted values in words."""
        return _("one of {options}", options=", ".join(self.options))

    def check(self, name: str, value: object) -> None:
        """Refuse a value that is none of the options.

        Raises
        ------
        NotAllowedError
            If `value` is no option of the field called `name`.
        """
        if not isinstance(value, str) or value not in self.options:
            raise NotAllowedError(name, value, self.allowed)


class Controls(Panel[Q]):
    """Sliders, exact numbers and presets for the fields of a dataclass.

    A page pays for one widget, whatever the number of fields. What a reader types is checked by
    the dataclass itself: a bad value is explained beside its control and the last good one stays
    in force, so nothing is lost and `value` is always valid.

    Parameters
    ----------
    quantities_cls : type
        The dataclass. Its defaults are where the panel starts and what a reset returns to.
    groups : Mapping of str to sequence of str, optional
        Names of the fields to show, by heading. The first group is open, the others unfold,
        since more than about five controls at once are too many to take in. By default every
        field is shown, without a heading.
    healthy : Mapping of str to (float, float), optional
        Range marked as healthy on the track, by field.
    hints : Mapping of str to str or sequence of str, optional
        A short remark shown under a control, by field. Several stand as a list above the options
        of a choice, since they have to be read before one is taken.
    choices : Mapping of str to Choice, optional
        Options of the fields that hold a word instead of a number.
    presets : sequence of Preset
        Examples offered as buttons.

    Raises
    ------
    ValueError
        If a name is no field, a healthy range does not lie within its quantity's range, or two
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
        choices: Mapping[str, Choice] | None = None,
        presets: Sequence[Preset[Q]] = (),
    ) -> None:
        self._quantities = describe(quantities_cls)
        self._choices = dict(choices or {})
        self._presets = {preset.id: preset for preset in presets}
        if len(self._presets) < len(presets):
            raise ValueError(_("two presets have the same id"))
        self._start = quantities_cls()
        self._value = self._start
        self._chosen = self._matching()
        self._refused: dict[str, str] = {}
        healthy, hints = dict(healthy or {}), dict(hints or {})
        known = [*self._quantities, *self._choices]
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
        """The present values, always valid. Setting them is a change like any other."""
        return self._value

    @value.setter
    def value(self, value: Q) -> None:
        for name, choice in self._choices.items():
            choice.check(name, getattr(value, name))
        before = self._value
        self._take(value)
        self._refused.clear()
        self._changed(before)

    def set(self, **values: object) -> None:
        """Change some values.

        Raises
        ------
        NotAllowedError
            If a name is no field or a value is not allowed; nothing is changed then.
        """
        self.value = self._replaced(values)

    def apply_preset(self, preset_id: str) -> None:
        """Take over the values of a preset.

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
        # A preset's story stays readable while the reader moves on from it.
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
            if name in self._quantities or name in self._choices:
                self._apply_field(name, raw)

    def _apply_field(self, name: str, raw: object) -> None:
        try:
            if name in self._choices:
                self._choices[name].check(name, raw)
                self._take(self._replaced({name: raw}))
            else:
                self._take(self._replaced({name: read_number(raw)}))
        except NotAllowedError as error:
            self._refused[name] = self._refusal(name, raw, error.allowed)
        else:
            self._refused.pop(name, None)

    def _refusal(self, name: str, raw: object, allowed: str) -> str:
        value = self._text(name)
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

    def _text(self, name: str) -> str:
        value = getattr(self._value, name)
        if name in self._choices:
            return self._choices[name].options[value]
        return self._quantities[name].text(value)

    def _state(self) -> dict[str, Any]:
        return {
            "values": {n: getattr(self._value, n) for n in [*self._quantities, *self._choices]},
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
                    _("{name!r} is no field: there are {known}", name=name, known=", ".join(known))
                )

    def _field(
        self, name: str, healthy: tuple[float, float] | None, hint: str | Sequence[str]
    ) -> dict[str, Any]:
        if name in self._choices:
            choice = self._choices[name]
            return {
                "name": name,
                "label": choice.label,
                "hint": hint,
                "default": getattr(self._start, name),
                "options": [{"id": i, "label": label} for i, label in choice.options.items()],
            }
        return _slider(self._quantities[name], healthy, hint)


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
                "healthy range of {name}: {low:g} to {high:g} is not within it",
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
