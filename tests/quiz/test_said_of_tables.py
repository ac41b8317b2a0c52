"""What answers say about drinks, foods, remedies and advice agrees with the tables and rules."""

from tests.quiz.asked import ASKED, right
from twitchlib import care, guide, triage


def test_the_drinks_are_in_the_order_of_their_table() -> None:
    names = {row["name"]: row["caffeine_mg"] for row in guide.rows("drinks").values()}
    asked = ASKED["drinks-by-caffeine"]
    found = {option.id: names[option.text.split(",")[0]] for option in asked.options}
    amounts = [found[id_] for id_ in asked.key] if isinstance(asked.key, tuple) else []
    assert amounts == sorted(amounts, reverse=True)
    assert len(set(amounts)) == len(amounts) == 5


FOODS = {  # by the name in an answer, the one in the table
    "A medium banana": "banana",
    "A medium apple": "apple",
    "A cup of orange juice": "orange-juice",
    "A medium baked potato": "potato-baked",
    "A piece of cooked salmon": "salmon",
    "A handful of pumpkin seeds": "pumpkin-seeds",
    "A cup of brown rice": "brown-rice",
}


def test_the_foods_are_in_the_order_of_their_table() -> None:
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


def test_the_advice_is_that_of_the_rules() -> None:
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
