"""The figures of remedies and foods agree with the tables."""

import re

import numpy as np
import pytest

from twitchlib import care, guide
from twitchlib.care.foods import needs
from twitchlib.figures import care as figures
from twitchlib.palette import LIGHT

CAUSES = list(care.causes())
REMEDIES = list(care.remedies().values())


@pytest.mark.parametrize("chosen", [(), ("stress",), ("als",), tuple(CAUSES)])
def test_every_link_is_drawn_once_with_the_mark_of_its_verdict(chosen: tuple[str, ...]) -> None:
    drawn = {}
    for trace in figures.plot_map(chosen).data:
        for x, y in zip(trace.x, trace.y, strict=True):
            if not np.isnan(x):
                assert (x, y) not in drawn
                drawn[CAUSES[int(x)], REMEDIES[int(y)].id] = (
                    re.sub("<.*?>", "", trace.text),
                    trace.text.startswith("<b>"),
                )
    assert drawn == {
        (cause, remedy.id): (remedy.mark, cause in chosen)
        for remedy in REMEDIES
        for cause in remedy.causes
    }


def test_causes_without_a_remedy_are_named() -> None:
    sentence = figures.plot_map(["als", "stress"]).layout.meta["description"]
    assert "For ALS (motor neurone disease) no remedy at home is known: see a doctor." in sentence
    assert "no remedy" not in figures.plot_map(["stress"]).layout.meta["description"]


def test_the_verdicts_are_counted() -> None:
    sentence = figures.plot_map().layout.meta["description"]
    counted = sum(int(n) for n in re.findall(r"(\d+) times", sentence)) + sentence.count("once")
    assert counted == len(REMEDIES)
    for row in guide.rows("verdicts").values():
        assert (row["word"] in sentence) == any(r.verdict == row["word"] for r in REMEDIES)


@pytest.mark.parametrize("nutrient", needs())
@pytest.mark.parametrize("per_100_g", [False, True])
def test_all_foods_are_drawn_and_ranked(nutrient: str, per_100_g: bool) -> None:
    figure = figures.plot_foods(nutrient, per_100_g=per_100_g)
    named, others, labelled = (np.asarray(trace.x) for trace in figure.data)
    values = np.where(np.isnan(named), others, named)
    assert list(values) == sorted(values, reverse=True)
    assert values.max() < figure.layout.xaxis.range[1]
    assert set(figure.layout.yaxis.ticktext) == {food.name for food in care.foods().values()}
    assert list(labelled) == list(values)
    marked = ["◆" in text for text in figure.data[2].text]
    assert marked == list(~np.isnan(named))
    assert sum(marked) == 3
    banana = list(figure.layout.yaxis.ticktext).index("Banana")
    assert f"banana is number {banana + 1} of {len(values)}" in figure.layout.title.text
    expected = getattr(care.foods()["banana"], nutrient) / (1.18 if per_100_g else 1)
    assert values[banana] == pytest.approx(expected)


def test_only_palette_colours_are_drawn() -> None:
    for figure in (figures.plot_map(["stress"]), figures.plot_foods("potassium_mg")):
        drawn = set(re.findall(r"#[0-9A-Fa-f]{6}", figure.to_json(engine="json")))
        assert drawn
        assert drawn <= set(LIGHT.values())
