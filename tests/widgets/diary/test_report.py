"""The analysis as one HTML file: complete, inert, and safe from the contents of a diary."""

import json
import re
from html.parser import HTMLParser

import pytest

from tests.widgets.parts import text
from twitchlib.diary import Diary, parse, relate, simulate
from twitchlib.figures.diary.calendar import describe_days
from twitchlib.figures.diary.relations import describe_relations
from twitchlib.widgets.diary import report

HOSTILE = (
    "date,twitches,body_part,notes\n"
    "2026-03-31,1,</script><script>alert(1)</script>,<img src=x onerror=alert(2)>\n"
    '</td><script>alert(3)</script>,=1+1,"<svg onload=alert(4)>",x\n'
)


class Elements(HTMLParser):
    """Collects the elements of a page and their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_it_says_what_the_figures_say() -> None:
    year = simulate(seed=1)
    page = report(year, others_equal=True)
    assert text(describe_days(year.days())) in page
    assert text(describe_relations(relate(year.days(), others_equal=True))) in page
    assert "A computer made this diary up" in page
    assert "It is not a diagnosis." in page


def test_it_loads_nothing_from_elsewhere() -> None:
    for tag, attributes in Elements(report(simulate(seed=1, n_days=60))).found:
        assert tag not in {"link", "img", "iframe", "object", "base"}
        assert not {"src", "href"} & attributes.keys()


def test_nothing_in_a_diary_is_run() -> None:
    page = report(parse(HOSTILE.encode()))
    elements = Elements(page).found
    assert [tag for tag, _ in elements].count("script") == 2
    assert not {"img", "svg"} & {tag for tag, _ in elements}
    assert not any(name.startswith("on") for _, attributes in elements for name in attributes)
    policy = next(a["content"] for t, a in elements if t == "meta" and "http-equiv" in a)
    assert policy
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-inline" not in policy.split("style-src")[0]


def test_what_was_set_aside_is_there_word_for_word() -> None:
    page = report(parse(HOSTILE.encode()))
    assert text("</td><script>alert(3)</script> | =1+1 | <svg onload=alert(4)> | x") in page


@pytest.mark.parametrize(
    "diary", [Diary(), simulate(seed=1, n_days=2), simulate(seed=1, n_days=400)]
)
def test_its_figures_are_drawn_from_data_that_stays_data(diary: Diary) -> None:
    page = report(diary)
    found = re.search(r'<script type="application/json" id="data">([^<]*)</script>', page)
    assert found
    data = json.loads(found[1])
    assert "Plotly" in data["code"] or "plotly" in data["code"]
    assert len(data["figures"]) == page.count("<figure>") == 3
