"""Lesson 06 in a real browser: good, bad and hostile files, days from the keyboard, and saving."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from twitchlib.diary import parse, relate, simulate
from twitchlib.diary.files import MOST_BYTES
from twitchlib.figures.diary.calendar import describe_days
from twitchlib.figures.diary.relations import describe_relations
from twitchlib.widgets.diary import report

pytestmark = pytest.mark.browser

YEAR = simulate(seed=7, n_days=60)
HOSTILE = (
    "date,twitches,body_part,<img src=x onerror=window.hacked=1>\n"
    "2026-03-31,1,<img src=x onerror=window.hacked=1>,\n"
    "<script>window.hacked=1</script>,=1+1,x,\n"
)


@pytest.fixture
def page(lesson: Callable[..., Page]) -> Page:
    """Open the lesson."""
    return lesson("06_twitch_diary")


def choose(page: Page, name: str, data: bytes | str) -> None:
    content = data.encode() if isinstance(data, str) else data
    page.get_by_label("Open your diary").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )


def problem(page: Page) -> Locator:
    return page.get_by_role("alert").filter(has_text="“")


def saved(page: Page, button: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return Path(download.value.path()).read_bytes()


def test_a_file_is_opened_analysed_saved_and_a_bad_one_changes_nothing(page: Page) -> None:
    description = describe_days(YEAR.days())
    file = YEAR.to_csv().encode("utf-16")
    choose(page, "mine.csv", file)
    expect(page.get_by_text("“mine.csv” is open.")).to_be_visible()
    expect(page.get_by_text(description, exact=True)).to_be_visible()

    choose(page, "sheet.xlsx", b"PK\x03\x04")
    expect(problem(page)).to_contain_text("“sheet.xlsx” could not be opened.")
    choose(page, "large.csv", b"x" * (MOST_BYTES + 1))
    expect(problem(page)).to_contain_text("“large.csv” has more than 2 MB")
    expect(page.get_by_text(description, exact=True)).to_be_visible()

    page.get_by_role("radio", name="with the other habits held equal").last.check()
    equal = describe_relations(relate(YEAR.days(), others_equal=True))
    expect(page.get_by_text(equal, exact=True)).to_be_visible()

    assert parse(saved(page, "Save this diary")).entries == YEAR.entries
    assert saved(page, "Save this analysis") == report(parse(file), others_equal=True).encode()


def test_a_hostile_file_is_only_text(page: Page) -> None:
    choose(page, "<img src=x onerror=window.hacked=1>.csv", HOSTILE)
    page.get_by_text("How the file was read").click()
    expect(
        page.get_by_text("“<img src=x onerror=window.hacked=1>” is not a column")
    ).to_be_visible()
    expect(page.get_by_text("“<script>window.hacked=1</script>” is not a date")).to_be_visible()
    assert page.evaluate("window.hacked") is None


def test_the_reader_is_asked_about_an_ambiguous_date_order(page: Page) -> None:
    choose(page, "mine.csv", "date,twitches\n3/4/2026,5\n")
    page.get_by_role("button", name="The day comes first").click()
    expect(page.get_by_text("“mine.csv” is open.")).to_be_visible()
    expect(page.get_by_text("most on 3 April 2026 (5)")).to_be_visible()


def test_a_day_is_added_and_removed_from_the_keyboard(page: Page) -> None:
    page.get_by_label("Date", exact=True).fill("2026-03-31")
    twitches = page.get_by_label("Twitches", exact=True)
    twitches.fill("lots")
    twitches.press("Enter")
    expect(page.get_by_text("“lots” is not a whole number from 0 to 10000.")).to_be_visible()
    expect(twitches).to_be_focused()
    twitches.fill("3")
    page.get_by_label("Body part").fill("calf")
    page.get_by_label("Body part").press("Enter")
    expect(page.get_by_text("2026-03-31: 3 twitches, calf is in the diary.")).to_be_visible()
    expect(twitches).to_have_value("")
    assert parse(saved(page, "Save this diary")).entries[0].body_part == "calf"
    page.get_by_role("button", name="Remove 2026-03-31: 3 twitches, calf").press("Enter")
    expect(page.get_by_text("this is a made-up one")).to_be_visible()


def test_what_was_put_in_is_shown_on_demand(page: Page) -> None:
    page.get_by_role("button", name="Show what was put in").click()
    expect(page.get_by_text("each extra 100 mg of caffeine adds 35%")).to_be_visible()


def test_the_saved_analysis_opens_on_its_own_and_runs_nothing_from_the_diary(
    browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "analysis.html"
    file.write_text(report(parse(HOSTILE.encode())), encoding="utf-8")
    context = browser.new_context(offline=True)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("request", lambda sent: wrong.append(sent.url) if sent.url.startswith("http") else None)
    page.goto(file.as_uri())
    for i in range(3):
        expect(page.locator(f"#figure-{i} .main-svg").first).to_be_visible()
    expect(page.get_by_text("<script>window.hacked=1</script> | =1+1 | x")).to_be_visible()
    assert wrong == []
    context.close()
