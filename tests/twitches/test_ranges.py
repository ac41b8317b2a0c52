"""Every slider setting gives a complete recording."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twitchlib import twitches
from twitchlib.quantity import Quantity
from twitchlib.twitches import kinds


def allowed(known: Quantity) -> st.SearchStrategy[float]:
    """Return values of a quantity, including its limits."""
    if known.integer:
        return st.integers(int(known.low), int(known.high))
    return st.sampled_from([known.low, known.high]) | st.floats(known.low, known.high)


@pytest.mark.parametrize("name", kinds())
@settings(max_examples=12)
@given(data=st.data(), seed=st.integers(0, 2**32 - 1), duration_s=st.floats(0.5, 4))
def test_every_allowed_setting_makes_a_recording(
    name: str, data: st.DataObject, seed: int, duration_s: float
) -> None:
    parts = {part: allowed(known) for part, known in kinds()[name].parameters.items()}
    parameters: dict[str, Any] = data.draw(st.fixed_dictionaries({}, optional=parts))
    made = twitches.simulate(name, seed=seed, duration_s=duration_s, **parameters)
    assert made.emg_mv.size == round(duration_s * made.sample_hz)
    assert all(np.isfinite(trace).all() for trace in made.traces.values())
    assert np.all((made.discharges.time_s >= 0) & (made.discharges.time_s < made.duration_s))
    for event in made.events:
        assert 0 <= event.onset_s <= event.offset_s <= made.duration_s
        inside = (made.discharges.time_s >= event.onset_s - 1e-9) & (
            made.discharges.time_s <= event.offset_s + 1e-9
        )
        assert inside.any()
    assert {**made.parameters, **parameters} == dict(made.parameters)
