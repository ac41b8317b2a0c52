"""Stability of the steady state, against the literature and against what the membrane then does."""

import pytest

from twitchlib.physiology.axon import SQUID, simulate
from twitchlib.physiology.stability import hopf_currents_ua_cm2


def test_rest_loses_its_stability_where_the_literature_says() -> None:
    # 9.78 and 154.5 µA/cm² are the textbook Hopf points of these equations.
    assert hopf_currents_ua_cm2(SQUID) == pytest.approx([9.78, 154.5], rel=1e-3)
    assert hopf_currents_ua_cm2(SQUID) == pytest.approx([9.7793, 154.526], rel=1e-5)


def test_regression_hopf_points_with_the_leak_of_neuron() -> None:
    squid = SQUID.replace(leak_mv=-54.3)
    assert hopf_currents_ua_cm2(squid) == pytest.approx([9.7493, 154.496], rel=1e-5)


def test_a_membrane_does_what_the_eigenvalues_say() -> None:
    # The upper point is reached from rest without a jump: below it small waves go on, above they
    # fade.
    _, upper = hopf_currents_ua_cm2(SQUID)
    waves_mv = []
    for factor in (0.97, 1.03):
        run = simulate(SQUID, [(0, 1000, factor * upper)], 1000)
        late = run.potential_mv[run.time_ms > 900]
        waves_mv.append(float(late.max() - late.min()))
    assert waves_mv[0] > 1
    assert waves_mv[1] < 0.01
