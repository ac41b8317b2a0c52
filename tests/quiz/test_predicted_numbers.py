"""The numbers in the predictions of lessons 04 to 07 agree with the library and its tables."""

import re
from collections import Counter
from dataclasses import asdict

from twitchlib import care, diary, emg, guide, quiz, triage, twitches
from twitchlib.diary.relations import FEWEST_DAYS
from twitchlib.diary.simulation import KNOWN_EFFECTS
from twitchlib.places import folder
from twitchlib.twitches.tremor import Tremor
from twitchlib.widgets.emg_lab.hidden import Search, hidden_recording
from twitchlib.widgets.emg_lab.settings import Settings, analysed
from twitchlib.widgets.emg_lab.sources import Wanted, synthetic

PREDICTED = quiz.predictions()


def test_of_three_people_the_one_who_trips_goes_first() -> None:
    nothing = triage.Answers.all_no()
    ana, bo, cem = (
        triage.advise(answers)
        for answers in (
            nothing,
            nothing.replace(weeks="yes"),
            nothing.replace(weeks="yes", weakness="yes"),
        )
    )
    urgencies = [found.action.urgency for found in (ana, bo, cem) if found.action]
    assert urgencies == sorted({*urgencies})
    assert len(urgencies) == 3
    assert cem.reading
    assert f"reads that as: {cem.reading.word}." in PREDICTED["who-first"].explanation


def test_one_open_question_is_enough_for_no_row() -> None:
    assert len(triage.questions()) == 10
    for name in triage.questions():
        assert triage.advise(triage.Answers.all_no().replace(**{name: "open"})).action is None


def test_the_verdicts_in_the_ledger_are_counted() -> None:
    verdicts = Counter(row["verdict"] for row in guide.rows("claims").values())
    asked, total = PREDICTED["ledger"], verdicts.total()
    assert "some fifty" in asked.prompt
    assert 45 <= total <= 55
    assert (verdicts["contradicts"], asked.key) == (1, "ledger.b")
    assert "two thirds hold, or are right in part" in asked.explanation
    assert 0.6 < (verdicts["supports"] + verdicts["nuance"]) / total < 0.7
    assert "nearly one third the evidence is weak" in asked.explanation
    assert 0.28 < verdicts["weak"] / total < 0.34
    assert verdicts["weak"] > 10


def test_of_the_remedies_to_choose_from_only_one_is_supported_at_all() -> None:
    asked = PREDICTED["best-tested"]
    claims = {option.id: option.claims or asked.claims for option in asked.options}
    verdicts = {
        name: {guide.rows("claims")[claim]["verdict"] for claim in rests_on}
        for name, rests_on in claims.items()
    }
    assert [name for name, found in verdicts.items() if found != {"weak"}] == [asked.key]


def test_some_foods_hold_more_than_a_banana() -> None:
    foods = care.foods()
    banana = foods["banana"]
    richer = [food for food in foods.values() if food.potassium_mg > banana.potassium_mg]
    asked = PREDICTED["banana-rank"]
    assert 20 <= len(foods) <= 28  # "some two dozen"
    assert len(richer) == asked.value
    for food in richer:
        assert re.search(rf"\b{food.name.split(',')[0].split()[-1]}\b", asked.explanation, re.I)
    more_magnesium = sum(food.magnesium_mg > banana.magnesium_mg for food in foods.values())
    assert f"magnesium, {more_magnesium} of the foods" in asked.explanation
    few, many = (option.feedback for option in asked.options)
    assert foods["potato-baked"].potassium_mg > 2 * banana.potassium_mg
    assert "more than twice" in few
    assert f"{banana.potassium_mg:.0f} mg" in many
    others = [foods[name].potassium_mg for name in ("milk", "salmon", "lentils")]
    assert max(others) < banana.potassium_mg


def test_sleep_stands_out_in_a_made_up_diary_without_an_effect() -> None:
    asked = PREDICTED["put-in"]
    found = diary.relate(diary.simulate(seed=1).days())
    by_label = {pair.habit.label: pair.habit.id for pair in found.standing_out}
    named = {option.text for option in asked.options if not option.text.startswith("None")}
    assert named == {*by_label}
    said = {option.text: option.feedback for option in asked.options}
    put_in = {effect.habit: effect for effect in KNOWN_EFFECTS}
    for label, habit in by_label.items():
        if habit in put_in:
            assert f" {put_in[habit].factor - 1:.0%}".replace("%", " %") in said[label]
        else:
            assert label == next(o.text for o in asked.options if o.right)
    equal = diary.relate(diary.simulate(seed=1).days(), others_equal=True)
    assert {pair.habit.id for pair in equal.standing_out} == {*put_in}


def test_something_shows_in_as_many_empty_diaries_as_predicted() -> None:
    showing = [
        any(pair.p < 0.05 for pair in diary.relate(one.days()).known)
        for one in (diary.simulate(seed=seed, effects=()) for seed in range(1, 101))
    ]
    asked = PREDICTED["ten-diaries"]
    assert sum(showing[:10]) == asked.value
    assert f"{sum(showing)} of a hundred" in asked.explanation
    assert round(10 * (1 - 0.95**20), 1) == 6.4


def test_coffee_stands_out_in_half_of_the_diaries_after_months() -> None:
    def seen(days: int) -> int:
        runs = (diary.simulate(seed=seed, n_days=days) for seed in range(1, 41))
        return sum(
            ("caffeine_mg", 0)
            in {(pair.habit.id, pair.lag_days) for pair in diary.relate(one.days()).standing_out}
            for one in runs
        )

    assert diary.relate(diary.simulate(seed=1, n_days=14).days()).known == ()
    assert [seen(days) for days in (60, 180, 210, 365, 3 * 365)] == [2, 14, 26, 37, 40]
    asked = PREDICTED["coffee-days"]
    assert (
        "two of forty diaries, at six in 14, at seven in 26, and after a year in 37"
        in asked.explanation
    )
    assert f"{FEWEST_DAYS} days" in asked.options[0].feedback
    coffee = next(effect for effect in KNOWN_EFFECTS if effect.habit == "caffeine_mg")
    share = f"{100 * (coffee.factor - 1):.0f} %"
    words = f"{coffee.per:g} mg of caffeine, about a cup of coffee, brings {share} more"
    assert words in asked.prompt


def test_a_year_of_stress_counts_like_fewer_days() -> None:
    found = diary.relate(diary.simulate(seed=1).days())
    stress = next(a for a in found.known if (a.habit.id, a.lag_days) == ("stress", 0))
    text = (folder("notebooks") / "06_twitch_diary.ipynb").read_text("utf-8")
    said = re.search(r"(\d+) days with stress \*\*count for as much as\*\* (\d+) days", text)
    assert said
    assert [int(days) for days in said.groups()] == [stress.n, round(stress.n_effective)]


def bars(kind: str, evidence: float) -> emg.Match:
    """Compare what the bench finds in the first recording of a kind with what is in it."""
    found = analysed(synthetic(Wanted(source=kind)), Settings(evidence=evidence))
    made = twitches.simulate(kind, seed=1, duration_s=20)
    return emg.Match(found.detection.onset_s, [event.onset_s for event in made.events])


def test_no_threshold_of_the_bench_suits_all_its_recordings() -> None:
    low, middle, high, _key = (option.feedback for option in PREDICTED["one-threshold"].options)
    quiet = bars("fasciculation", 5)
    assert f"gets {quiet.hits + quiet.extra} bars" in low
    assert (quiet.hits, quiet.missed, f"{quiet.extra} on noise" in low) == (1, 0, True)
    default = bars("fasciculation", Settings().evidence)
    assert (Settings().evidence, default.hits, default.missed, default.extra) == (15, 1, 0, 0)
    beats = Tremor().frequency_hz * 20
    tremor = synthetic(Wanted(source="tremor"))
    assert f"beats {beats:.0f} times" in middle
    assert f"{len(analysed(tremor, Settings()).detection.onset_s)} bars" in middle
    clonus = bars("clonus", 50)
    assert (clonus.hits + clonus.extra, f"{clonus.hits + clonus.missed} times" in high) == (1, True)


def test_being_less_sure_finds_a_few_more_potentials_and_much_noise() -> None:
    def searched(evidence: float) -> list[emg.Match]:
        settings = {**asdict(Search()), "evidence": evidence}
        return [
            emg.Match(
                emg.detect(clean, **settings).onset_s, [event.onset_s for event in made.events]
            )
            for made, clean in (hidden_recording(seed) for seed in range(1, 9))
        ]

    sure, less = searched(10), searched(5)
    (was, now), (wrong_then, wrong_now) = (
        [sum(getattr(match, name) for match in found) for found in (sure, less)]
        for name in ("hits", "extra")
    )
    total = now + sum(match.missed for match in less)
    asked = PREDICTED["less-sure"]
    assert f"hide {total} potentials" in asked.explanation
    assert f"{now} of them instead of {was}" in asked.explanation
    assert f"{wrong_now} bars on noise instead of {wrong_then}." in asked.explanation
    assert f"{total - now} of {total}" in asked.options[0].feedback
    assert f"{now - was} more" in asked.options[2].feedback
    assert all(one.hits >= other.hits for one, other in zip(less, sure, strict=True))
    assert sum(match.f1 >= 0.7 for match in sure) >= 7
