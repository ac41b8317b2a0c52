"""The tables behind the advice agree with the guide, and nothing leads to calm by accident."""

import dataclasses

from twitchlib import guide, triage
from twitchlib.triage.rules import conditions, rules

WHEN = conditions("triage_rules")


def test_questions_are_the_fields_of_answers_the_most_urgent_first() -> None:
    fields = [field.name for field in dataclasses.fields(triage.Answers)]
    assert list(triage.questions()) == fields == list(guide.rows("triage_questions"))
    strongest = [
        max(rule.action.urgency for rule in rules().values() if WHEN[rule.id][0].question == name)
        for name in fields
    ]
    assert strongest == sorted(strongest, reverse=True)


def test_only_one_rule_is_calm_and_it_requires_every_no() -> None:
    (calm,) = (rule for rule in rules().values() if rule.action.urgency == 0)
    assert {condition.question: condition.answers for condition in WHEN[calm.id]} == {
        name: {"no"} for name in triage.questions()
    }


def test_every_other_rule_rests_on_one_warning_sign() -> None:
    for rule in rules().values():
        if rule.action.urgency:
            (condition,) = WHEN[rule.id]
            assert condition.answers <= {"yes", "unsure"}, rule.id


def test_every_sign_has_a_rule_for_yes_and_for_unsure() -> None:
    for name in triage.questions():
        for answer in ("yes", "unsure"):
            assert any(
                WHEN[rule.id][0].question == name and answer in WHEN[rule.id][0].answers
                for rule in rules().values()
            ), (name, answer)


def test_no_condition_accepts_an_open_question() -> None:
    conditions = [
        condition
        for table in ("triage_rules", "nuances", "readings")
        for row in guide.rows(table).values()
        for condition in row["when"]
    ]
    assert conditions
    assert not any("open" in condition for condition in conditions)


def test_the_rules_of_the_guide_are_its_table() -> None:
    of_the_guide = {
        (WHEN[rule.id][0].question, rule.action.id)
        for rule in rules().values()
        if rule.origin == "guide" and rule.action.urgency
    }
    assert of_the_guide == {
        ("weakness", "severe"),
        ("control", "severe"),
        ("sensations", "severe"),
        ("weeks", "persistent"),
        ("weakness", "persistent"),
        ("pain", "persistent"),
    }


def test_a_rule_of_caution_is_for_those_who_are_unsure() -> None:
    for rule in rules().values():
        unsure = all(condition.answers == {"unsure"} for condition in WHEN[rule.id])
        assert (rule.origin == "course") == unsure, rule.id
