"""Quantities with a unit, a range and a source, and words to choose from.

A number that a reader can change is a field of a frozen dataclass, described once with `quantity`;
a word that a reader can choose is described with `choice`. The slider, the model card, the
documentation and the check of a value all derive from that one description.

Examples
--------
>>> @dataclass(frozen=True)
... class Coffee(Quantities):
...     dose_mg: float = quantity(80, "Caffeine", unit="mg", low=0, high=1000, source="EFSA 2015")
>>> Coffee(dose_mg=2000)
Traceback (most recent call last):
    ...
twitchlib.errors.NotAllowedError: dose_mg = 2000: must be a number from 0 to 1000 mg
"""

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from numbers import Real
from typing import Any, Self

from twitchlib.errors import NotAllowedError, UnknownNameError
from twitchlib.messages import gettext as _
from twitchlib.typed import read_number

__all__ = ["Choice", "Quantities", "Quantity", "choice", "choices", "describe", "quantity"]

_KEY = "described"


@dataclass(frozen=True)
class Quantity:
    """The description of one parameter, without its value.

    Attributes
    ----------
    name : str
        Field name, including the unit, as used in code.
    label : str
        Name shown to the reader.
    unit : str
        Unit as shown to the reader; empty for a pure number.
    low, high : float
        Accepted range, inclusive.
    default : float
        Value used if none is given.
    step : float
        Step of a slider.
    symbol : str
        Symbol in the equations; empty if there is none.
    source : str
        Where the default and the range come from.
    illustrative : bool
        Whether the value was chosen for teaching and has no published source.
    integer : bool
        Whether only whole numbers make sense.
    """

    name: str
    label: str
    unit: str
    low: float
    high: float
    default: float
    step: float
    symbol: str
    source: str
    illustrative: bool
    integer: bool

    @property
    def allowed(self) -> str:
        """The accepted range in words."""
        high = f"{self.high:g} {self.unit}".strip()
        if self.integer:
            return _("a whole number from {low:g} to {high}", low=self.low, high=high)
        return _("a number from {low:g} to {high}", low=self.low, high=high)

    def check(self, value: object) -> float:
        """Return `value` as a number, or refuse it.

        Raises
        ------
        NotAllowedError
            If `value` is not a finite real number in ``[low, high]``.
        """
        if isinstance(value, bool) or not isinstance(value, Real):
            raise NotAllowedError(self.name, value, self.allowed)
        try:
            number = float(value)
        except OverflowError:  # an integer too large for a float
            number = math.inf
        if not math.isfinite(number) or not self.low <= number <= self.high:
            raise NotAllowedError(self.name, value, self.allowed)
        if self.integer and number != int(number):
            raise NotAllowedError(self.name, value, self.allowed)
        return int(number) if self.integer else number

    def read(self, typed: object) -> float:
        """Return typed input as a number, or refuse it.

        Raises
        ------
        NotAllowedError
            As for `check`, and if `typed` is a string that does not hold a number.
        """
        if not isinstance(typed, str):
            return self.check(typed)
        try:
            number = read_number(typed)
        except NotAllowedError:
            raise NotAllowedError(self.name, typed, self.allowed) from None
        return self.check(number)

    def text(self, value: float) -> str:
        """Return `value` with its unit, as shown to the reader."""
        return f"{value:,.6g} {self.unit}".strip()


@dataclass(frozen=True)
class Choice:
    """The description of a field that holds one of several words, without its value.

    Attributes
    ----------
    name : str
        Field name.
    label : str
        Name shown to the reader.
    options : Mapping of str to str
        Text shown for each value, in order.
    default : str
        Value used if none is given.
    """

    name: str
    label: str
    options: Mapping[str, str]
    default: str

    @property
    def allowed(self) -> str:
        """The accepted values in words."""
        return _("one of {options}", options=", ".join(self.options))

    def check(self, value: object) -> str:
        """Return `value`, or refuse it.

        Raises
        ------
        NotAllowedError
            If `value` is not one of the options.
        """
        if not isinstance(value, str) or value not in self.options:
            raise NotAllowedError(self.name, value, self.allowed)
        return value

    def text(self, value: str) -> str:
        """Return `value` as shown to the reader."""
        return self.options[value]


def quantity(
    default: float,
    label: str,
    *,
    unit: str,
    low: float,
    high: float,
    source: str,
    step: float | None = None,
    symbol: str = "",
    illustrative: bool = False,
    integer: bool = False,
) -> Any:
    """Describe a field of a `Quantities` dataclass.

    The parameters are the attributes of `Quantity`; `step` defaults to a hundredth of the range (1
    for whole numbers).

    Returns
    -------
    dataclasses.Field
        The field, with its description in its metadata. (Typed ``Any`` so that the class can
        annotate the attribute with the type of its value.)

    Examples
    --------
    >>> @dataclass(frozen=True)
    ... class Nap(Quantities):
    ...     length_min: float = quantity(20, "Length", unit="min", low=0, high=90, source="you")
    >>> Nap().length_min
    20.0
    """
    if step is None:
        step = 1 if integer else (high - low) / 100
    described = Quantity(
        "", label, unit, low, high, default, step, symbol, source, illustrative, integer
    )
    return dataclasses.field(default=default, metadata={_KEY: described})


def choice(default: str, label: str, options: Mapping[str, str]) -> Any:
    """Describe a field of a `Quantities` dataclass that holds a word.

    The parameters are the attributes of `Choice`.

    Returns
    -------
    dataclasses.Field
        The field, with its description in its metadata.

    Examples
    --------
    >>> @dataclass(frozen=True)
    ... class Cup(Quantities):
    ...     drink: str = choice("tea", "Drink", {"coffee": "Coffee", "tea": "Black tea"})
    >>> Cup(drink="gin")
    Traceback (most recent call last):
        ...
    twitchlib.errors.NotAllowedError: drink = 'gin': must be one of coffee, tea
    """
    return dataclasses.field(default=default, metadata={_KEY: Choice("", label, options, default)})


@dataclass(frozen=True)
class Quantities:
    """Base of frozen dataclasses with described fields; checks each value.

    Raises
    ------
    NotAllowedError
        If a value lies outside its quantity's range or is not an option of its choice. The error
        names the field, the value and what is allowed.
    UnknownNameError
        If a value is given for a field that does not exist.
    """

    def __new__(cls, /, *_values: object, **named: object) -> Self:
        """Refuse unknown names with a list of the fields, which a plain dataclass does not give."""
        fields = [field.name for field in dataclasses.fields(cls)]
        for name in named:
            if name not in fields:
                raise UnknownNameError("field", name, fields)
        return super().__new__(cls)

    def __post_init__(self) -> None:
        """Check every described field."""
        cls: Any = type(self)
        for name, known in _described(cls).items():
            object.__setattr__(self, name, known.check(getattr(self, name)))

    def replace(self, **changes: object) -> Self:
        """Return a copy with some values changed, checked like any other."""
        return dataclasses.replace(self, **changes)

    def changed(self) -> dict[str, Any]:
        """Return the values that differ from the defaults, by field."""
        start = type(self)()
        return {
            field.name: value
            for field in dataclasses.fields(self)
            if (value := getattr(self, field.name)) != getattr(start, field.name)
        }


def describe(cls: type) -> dict[str, Quantity]:
    """Return the quantities of a dataclass, by field name, in order.

    Parameters
    ----------
    cls : type
        A dataclass some of whose fields were made with `quantity`.

    Examples
    --------
    >>> from twitchlib import risk
    >>> describe(risk.Habits)["sleep_h"].allowed
    'a number from 0 to 14 h/night'
    """
    return {n: known for n, known in _described(cls).items() if isinstance(known, Quantity)}


def choices(cls: type) -> dict[str, Choice]:
    """Return the choices of a dataclass, by field name, in order.

    Parameters
    ----------
    cls : type
        A dataclass some of whose fields were made with `choice`.

    Examples
    --------
    >>> from twitchlib import triage
    >>> choices(triage.Answers)["weeks"].allowed
    'one of yes, no, unsure, open'
    """
    return {n: known for n, known in _described(cls).items() if isinstance(known, Choice)}


@cache
def _described(cls: Any) -> Mapping[str, Quantity | Choice]:
    return {
        field.name: dataclasses.replace(field.metadata[_KEY], name=field.name)
        for field in dataclasses.fields(cls)
        if _KEY in field.metadata
    }
