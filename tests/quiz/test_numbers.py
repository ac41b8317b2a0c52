"""The numbers in the quiz agree with the lessons' own models and tables."""

import math
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from twitchlib import care, emg, guide, needle, quiz, triage, twitches
from twitchlib.figures.motor_pool import FUSED, ripple
from twitchlib.physiology import axon, bathed_node, caffeine, excitability, motor_pool
from twitchlib.physiology.ions import BODY, Plasma
from twitchlib.physiology.motor_pool import Discharges
from twitchlib.physiology.motor_units import POOL, maximal_force_n
from twitchlib.widgets.emg_lab.hidden import LENGTH_S, NOISE_UV
from twitchlib.widgets.nervous_system.movement import SAMPLE_HZ, SEED, Effort
from twitchlib.widgets.shown import at_rest, settings_tried
from twitchlib.widgets.twitch_types import clonus
from twitchlib.widgets.twitch_types.spasm import Cramp, spasm_stop

ASKED = {question.id: question for question in quiz.questions().values()}
PREDICTED = quiz.predictions()


def right(name: str) -> quiz.Option:
    return next(option for option in ASKED[name].options if option.right)


def swings(hz: float, unit: int) -> float:
    return ripple(Discharges.of([unit] * 40, 0.1 + np.arange(40) / hz))


def fusion_hz(unit: int) -> float:
    return next(hz for hz in range(10, 60) if swings(hz, unit) <= FUSED)


def units_at(percent: float) -> int:
    """Return how many units are recruited at an effort, as counted by the lesson's dashboard."""
    drive = Effort(effort_percent=percent).drive
    run = motor_pool.simulate(POOL, drive, sample_hz=SAMPLE_HZ, seed=SEED)
    return int(np.unique(run.discharges.unit).size)


def beats_hz(gain_s: float, delay_ms: float) -> float:
    """Return the clonus frequency of the foot in the lesson's dashboard; NaN if it dies out."""
    stop = clonus.clonus_stop()
    stop.controls.value = clonus.Stretch(gain_s=gain_s, delay_ms=delay_ms)
    return clonus.beats_hz(stop.result)


def first_gain_s(delay_ms: float) -> float:
    """Return the lowest gain with sustained clonus, in the steps of the dashboard's slider."""
    gains = [round(0.05 * step, 2) for step in range(31)]
    return next(gain for gain in gains if not math.isnan(beats_hz(gain, delay_ms)))


def left_mg(drink: str, drunk_h: float, bedtime_h: float, half_life_h: float) -> float:
    dose = guide.rows("drinks")[drink]["caffeine_mg"]
    body = caffeine.Caffeine(half_life_h=half_life_h)
    return float(caffeine.body_load(body, [(drunk_h, dose)], [bedtime_h]).caffeine_mg[0])


def mistakes() -> float:
    """Return the errors of 30 bars, of which 20 mark one of 24 potentials."""
    truth = np.arange(24.0)
    found = np.concatenate([truth[:20], 0.5 + np.arange(10.0)])
    match = emg.Match(found, truth)
    assert (match.hits, match.missed, match.extra) == (20, 4, 10)
    return match.missed + match.extra


def hours_behind(dose_mg: float, other_mg: float, half_life_h: float) -> float:
    """Return how much later the larger dose is down to what is left of the other at ten hours."""
    body = caffeine.Caffeine(half_life_h=half_life_h)
    hours = np.linspace(10, 30, 2001)
    left = caffeine.body_load(body, [(0, dose_mg)], hours).caffeine_mg
    wanted = caffeine.body_load(body, [(0, other_mg)], [10.0]).caffeine_mg[0]
    return float(hours[np.argmax(left <= wanted)]) - 10


def surest_setting(f1: float) -> float:
    """Return the highest setting of the question's detector that still reaches an F1."""
    trace = ASKED["f1-of-nine-tenths"].trace
    assert trace is not None
    tried = settings_tried(trace["seed"])
    return max(setting for setting, match in tried.items() if match.f1 >= f1)


MEASURED: dict[str, Callable[[], float]] = {
    "threshold-2ms": lambda: excitability.threshold(axon.SQUID, width_ms=2.0),
    "fusion-unit-100": lambda: fusion_hz(100),
    "units-at-tenth": lambda: units_at(10),
    "gain-at-20ms": lambda: first_gain_s(20),
    "clonus-long-way": lambda: beats_hz(1, 100),
    "slow-coffee": lambda: left_mg("filter-coffee", 14, 23, 9),
    "six-cups": lambda: (
        6 * guide.rows("drinks")["filter-coffee"]["caffeine_mg"]
        - guide.rows("factors")["caffeine_mg"]["may_beyond"]
    ),
    "false-alarms": lambda: 100 * (1 - 0.95**8),
    "rate-from-interval": lambda: 1000 / 69,
    "count-the-cost": mistakes,
    "slow-nerve": lambda: 1000 * (1 / 20 - 1 / 50),
    "double-dose": lambda: hours_behind(160, 80, 5),
    "bananas-a-potato": lambda: (
        care.foods()["potato-baked"].potassium_mg / care.foods()["banana"].potassium_mg
    ),
    "f1-of-nine-tenths": lambda: surest_setting(0.9),
    "ten-hours-later": lambda: 120 * 0.5 ** (10 / 5),
    "eight-hours-later": lambda: 160 * 0.5 ** (8 / 4),
}
READ = {  # by claim, the words that hold the number
    "als-new-cases": ("G21", "1.75 new cases"),
    "followed-121": ("G30", "none had motor neurone disease"),
    "of-fifty": ("G03", "every one had twitches in a foot muscle"),
    "two-years-on": ("G34", "93 % still had it"),
    "stretching-gain": ("G47", "1.2 cramps a night fewer"),
}
QUOTED = [  # what else the quiz takes from the ledger
    ("als-new-cases", "G21", "up to 1 in 300"),
    ("minute-and-marathon", "G16", "24 %"),
    ("minute-and-marathon", "G16", "15 minutes"),
    ("banana", "G45", "4.4 to 4.5 or 4.6 mmol/L"),
    ("litres-before-match", "G44", "2014 two young"),
    ("two-percent-dry", "G19", "24.6 pulses a second"),
    ("eyelids", "G15", "6.9"),
    ("eyelids", "G15", "4.8"),
    ("rate-from-interval", "G10", "14.5"),
]


@pytest.mark.parametrize("name", MEASURED)
def test_the_models_give_the_number(name: str) -> None:
    assert quiz.grade(ASKED[name], MEASURED[name]()).right


@pytest.mark.parametrize("name", READ)
def test_the_ledger_holds_the_number(name: str) -> None:
    claim, words = READ[name]
    assert claim in ASKED[name].claims
    assert words in guide.rows("claims")[claim]["comment"]


@pytest.mark.parametrize(("name", "claim", "words"), QUOTED)
def test_the_ledger_holds_what_is_quoted(name: str, claim: str, words: str) -> None:
    asked = ASKED[name]
    assert claim in asked.claims
    said = " ".join([asked.explanation, *(option.feedback for option in asked.options)])
    assert words in said
    assert words in guide.rows("claims")[claim]["comment"]


def test_no_number_is_left_unchecked() -> None:
    numbers = {name for name, question in ASKED.items() if question.kind == "number"}
    assert numbers == {*MEASURED, *READ}


def test_a_longer_pulse_needs_less_but_more_than_half() -> None:
    one, two = (
        excitability.threshold(axon.SQUID, width_ms=1.0),
        excitability.threshold(axon.SQUID, width_ms=2.0),
    )
    assert 3.8 < two < 3.9
    assert 0.5 < two / one < 0.6
    assert (round(one, 1), math.floor(10 * one / 2) / 10) == (6.9, 3.4)


def test_a_stronger_push_makes_more_spikes_and_no_taller_ones() -> None:
    gentle, firm = (axon.simulate(axon.SQUID, [(5, 40, strength)], 50) for strength in (8, 20))
    assert firm.spike_ms.size > gentle.spike_ms.size > 1
    assert firm.potential_mv.max() == pytest.approx(gentle.potential_mv.max(), abs=3)


def test_a_second_shock_fails_however_strong_it_is() -> None:
    much = 10 * excitability.threshold(axon.SQUID, width_ms=0.5)
    alone, again = ([(5, 0.5, much)], [(5, 0.5, much), (10, 0.5, much)])
    assert axon.simulate(axon.SQUID, alone, 30).spike_ms.size == 1
    assert axon.simulate(axon.SQUID, again, 30).spike_ms.size == 1


def test_only_one_of_the_salts_makes_the_axon_fire_on_its_own() -> None:
    assert (BODY.potassium_mm, BODY.magnesium_mm, BODY.calcium_mm) == (4, 0.6, 1.2)
    baths = {
        "self-firing.a": BODY.replace(potassium_mm=2.5),
        "self-firing.b": BODY.replace(magnesium_mm=0),
        "self-firing.c": BODY.replace(calcium_mm=2),
        "self-firing.d": BODY.replace(potassium_mm=7.5),
    }
    states = {
        name: bathed_node.state(bathed_node.probe(bath, seed=0)) for name, bath in baths.items()
    }
    assert [name for name, expected in states.items() if expected == "fires by itself"] == [
        right("self-firing").id
    ]
    for bath, expected in [
        (BODY.replace(potassium_mm=7), "fires by itself"),
        (BODY.replace(potassium_mm=8), "fires by itself"),
        (BODY.replace(potassium_mm=9), "blocked"),
        (BODY.replace(calcium_mm=0.5), "fires by itself"),
    ]:
        assert bathed_node.state(bathed_node.probe(bath, seed=0)) == expected


def test_two_salts_bring_rest_and_threshold_together_in_two_ways() -> None:
    def found(bath: Plasma) -> tuple[float, float]:
        run = bathed_node.probe(bath, seed=0)
        weakest = bathed_node.threshold_ua_cm2(bath, bathed_node.state(run))
        return bathed_node.settled_mv(run), weakest

    rest, ordinary = found(BODY)
    calcium_rest, calcium_needs = found(BODY.replace(calcium_mm=0.9))
    potassium_rest, potassium_needs = found(BODY.replace(potassium_mm=5.5))
    assert max(calcium_needs, potassium_needs) < 0.9 * ordinary
    assert abs(calcium_rest - rest) < 1
    assert potassium_rest > rest + 3


def test_slow_units_fuse_early_and_fast_ones_late() -> None:
    assert [fusion_hz(unit) for unit in (1, 60, 120)] == [17, 29, 47]
    assert swings(25, 1) < FUSED < swings(25, 120)


def test_half_of_the_units_make_little_of_the_force() -> None:
    drive = Effort(effort_percent=10).drive
    run = motor_pool.simulate(POOL, drive, sample_hz=SAMPLE_HZ, seed=SEED)
    assert round(100 * run.force_n.max() / maximal_force_n(POOL)) == 4
    assert 0.5 < float(motor_pool.units(POOL).drive.max()) < 0.6  # all, from a little over half


def test_where_the_foot_begins_to_beat_and_how_fast() -> None:
    assert {delay: first_gain_s(delay) for delay in (10, 20, 30, 50)} == {
        10: 0.9, 20: 0.65, 30: 0.5, 50: 0.45,
    }  # fmt: skip
    assert round(beats_hz(1, 50), 1) == 5.2


def test_a_spasm_outlasts_its_push_by_its_own_current() -> None:
    def lasts_s(settings: Cramp) -> float:
        stop = spasm_stop()
        stop.controls.value = settings
        return max(event.offset_s - event.onset_s for event in stop.result.events)

    assert lasts_s(Cramp()) > 5
    assert lasts_s(Cramp(persistent_us=0.081)) < 1.5


def test_the_usual_half_life_leaves_less_of_the_coffee() -> None:
    assert round(left_mg("filter-coffee", 14, 23, 5)) == 26


def test_the_drinks_stand_in_the_order_of_their_table() -> None:
    names = {row["name"]: row["caffeine_mg"] for row in guide.rows("drinks").values()}
    asked = ASKED["drinks-by-caffeine"]
    found = {option.id: names[option.text.split(",")[0]] for option in asked.options}
    amounts = [found[id_] for id_ in asked.key] if isinstance(asked.key, tuple) else []
    assert amounts == sorted(amounts, reverse=True)
    assert len(set(amounts)) == len(amounts) == 5


FOODS = {  # as an answer calls it, as the table does
    "A medium banana": "banana",
    "A medium apple": "apple",
    "A cup of orange juice": "orange-juice",
    "A medium baked potato": "potato-baked",
    "A piece of cooked salmon": "salmon",
    "A handful of pumpkin seeds": "pumpkin-seeds",
    "A cup of brown rice": "brown-rice",
}


def test_the_foods_stand_in_the_order_of_their_table() -> None:
    asked, foods = ASKED["potassium-order"], care.foods()
    amounts = {option.id: foods[FOODS[option.text]].potassium_mg for option in asked.options}
    assert asked.key == tuple(sorted(amounts, key=lambda name: -amounts[name]))
    for option in asked.options:
        amount = str(round(amounts[option.id]))
        assert amount in option.feedback
        assert amount in asked.explanation
    assert max(amounts.values()) == max(food.potassium_mg for food in foods.values())


def test_one_food_beats_the_banana_in_both() -> None:
    asked, foods = ASKED["beats-banana"], care.foods()
    banana = foods["banana"]
    found = {option.id: foods[FOODS[option.text]] for option in asked.options}
    assert [
        name
        for name, food in found.items()
        if food.potassium_mg > banana.potassium_mg and food.magnesium_mg > banana.magnesium_mg
    ] == [asked.key]
    for food in (banana, foods["potato-baked"]):
        for amount in (food.potassium_mg, food.magnesium_mg):
            assert str(round(amount)) in asked.explanation
    assert max(foods.values(), key=lambda food: food.magnesium_mg).id == "pumpkin-seeds"
    rice = foods["brown-rice"]
    assert rice.magnesium_mg > 2 * banana.magnesium_mg
    assert rice.potassium_mg < banana.potassium_mg / 2


def test_one_remedy_is_for_both_causes() -> None:
    known = {remedy.name: set(remedy.causes) for remedy in care.remedies().values()}
    named = {"A class of yoga": "Yoga"}
    serves = {
        option.text: known[named.get(option.text, option.text.removeprefix("A ").capitalize())]
        for option in ASKED["one-for-both"].options
    }
    assert [text for text, causes in serves.items() if {"stress", "over-exercise"} <= causes] == [
        right("one-for-both").text
    ]


def test_who_takes_pills_for_blood_pressure_asks_first() -> None:
    asks = care.remedies()["potassium-rich-foods"].ask_first
    assert "blood pressure" in asks
    assert "kidney disease" in asks


def test_the_advice_is_the_one_that_the_rules_give() -> None:
    lasting = triage.advise(triage.Answers.all_no(weeks="yes"))
    assert lasting.action is not None
    assert lasting.action.id == "persistent"  # year-of-twitching
    weaker = triage.advise(triage.Answers.all_no(weakness="yes"))
    assert weaker.action is not None
    assert weaker.action.id == "severe"  # now-or-today
    assert weaker.reading is not None
    assert weaker.reading.id == "today"
    medicine = triage.advise(triage.Answers.all_no(at_risk="yes"))
    assert any("today" in remark for remark in medicine.remarks)  # new-medicine


def length_ms(kind: str, preset: str) -> float:
    events = twitches.simulate(kind, preset=preset, seed=1, duration_s=20).events
    return 1000 * float(np.median([event.offset_s - event.onset_s for event in events]))


def test_events_last_as_long_as_their_order_says() -> None:
    lengths = [
        length_ms("fasciculation", "disease_strong"),
        length_ms("myoclonus", "cortical"),
        length_ms("clonus", "spastic"),
        length_ms("spasm", "cramp"),
    ]
    assert lengths[:3] == pytest.approx([13, 30, 110], rel=0.3)
    assert lengths[3] > 2000


def test_being_surer_spares_noise_and_loses_potentials() -> None:
    totals = {}
    for sure in (6, 50):
        matches = []
        for seed in (1, 2, 3):
            made = twitches.simulate(
                "fasciculation", seed=seed, duration_s=LENGTH_S, preset="disease_strong",
                noise_uv=NOISE_UV,
            )  # fmt: skip
            found = emg.detect(emg.bandpass(made), evidence=sure, shortest_ms=3)
            matches.append(emg.Match(found.onset_s, [event.onset_s for event in made.events]))
        totals[sure] = (sum(m.extra for m in matches), sum(m.missed for m in matches))
    assert totals[6][0] > 10 * max(totals[50][0], 1)
    assert totals[50][1] > totals[6][1]


def test_a_high_corner_takes_most_of_a_potential_away() -> None:
    made = twitches.simulate("fasciculation", seed=1, duration_s=20, noise_uv=0)
    usual, high = (np.abs(emg.bandpass(made, low_hz=low).emg_mv).max() for low in (20, 200))
    assert high < usual / 2


def named(kind: str, **settings: Any) -> tuple[emg.Features, str]:
    made = twitches.simulate(kind, seed=1, duration_s=30, **settings)
    found = emg.analyse(made)
    return found.features, str(found.classification.kind)


def test_a_long_pull_passes_for_a_spasm() -> None:
    assert named("voluntary", hold_s=12, rest_s=3)[1] == "spasm"
    assert named("voluntary", hold_s=5, rest_s=3)[1] == "voluntary"
    limits = {rule.feature: rule for rule in emg.rules().values() if rule.kind == "spasm"}
    assert round(limits["longest_s"].low or 0) == 7


def test_an_ill_nerve_leaves_few_units_and_an_ill_muscle_calls_up_many() -> None:
    units = {}
    for name, example in emg.examples().items():
        drive = np.full(4000, example.drive)
        fired = motor_pool.discharge(example.pool, drive, np.random.default_rng(1), sample_hz=1000)
        units[name] = np.unique(fired.unit).size
    assert units["neuropathy"] < units["healthy"] < units["myopathy"]


def test_between_two_beats_clonus_is_silent_and_tremor_is_not() -> None:
    (clonus, its_name), (tremor, other_name) = named("clonus"), named("tremor")
    assert (its_name, other_name) == ("clonus", "tremor")
    assert clonus.rest_share < 0.05 < 0.3 < tremor.rest_share


@pytest.mark.parametrize(
    "question",
    [
        q
        for q in ASKED.values()
        if q.kind == "trace" and q.trace and q.trace["kind"] in twitches.kinds()
    ],
    ids=lambda question: question.id,
)
def test_a_recording_is_what_its_answer_says(question: quiz.Question) -> None:
    trace = question.trace
    assert trace is not None
    said = right(question.id).text.lower()
    assert re.search(rf"\b{trace['kind']}\b", said)
    versions = twitches.kinds()[trace["kind"]].version_words
    assert not [word for name, word in versions.items() if name != trace["preset"] and word in said]
    seed = 1 if trace["seed"] is None else trace["seed"]
    recording = twitches.simulate(
        trace["kind"], preset=trace["preset"], seed=seed, duration_s=trace["duration_s"]
    )
    assert len(recording.events) >= twitches.kinds()[trace["kind"]].fewest_events


@pytest.mark.parametrize(
    "question",
    [q for q in ASKED.values() if q.trace and q.trace["kind"] == "at-rest"],
    ids=lambda question: question.id,
)
def test_a_recording_at_rest_is_what_its_answer_says(question: quiz.Question) -> None:
    assert question.trace is not None
    made = at_rest(question.trace, np.random.default_rng(1))
    assert right(question.id).text == needle.discharges()[made.kind].title
    assert emg.classify(emg.measure_needle(made)).kind == made.kind


def test_the_middle_unit_fuses_at_the_rate_to_be_predicted() -> None:
    assert fusion_hz(60) == PREDICTED["fusion"].value
