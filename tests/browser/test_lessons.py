"""The lessons as a class sees them: the real pages, in a real browser, without the internet."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Route, expect

from twitchlib import guide, risk
from twitchlib.figures import risk as figures
from twitchlib.quantity import describe

pytestmark = pytest.mark.browser

HABITS = describe(risk.Habits)
# Voilà's front end is built against other versions of JupyterLab's packages and says so.
UPSTREAM = re.compile(r"(Unsatisfied version|No satisfying version|Available versions)")


class Visit:
    """A page that may ask its server and nobody else, and what it complained of."""

    def __init__(self, browser: Browser, url: str, width: int, scheme: str) -> None:
        self.host = urlsplit(url).netloc
        self.trouble: list[str] = []
        self.context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
        )
        self.context.set_default_timeout(90_000)
        self.context.route("**/*", self._route)
        self.page = self.context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.on("requestfailed", lambda request: self.trouble.append(f"failed {request.url}"))
        self.page.goto(url)

    def _route(self, route: Route, request: Request) -> None:
        if urlsplit(request.url).netloc == self.host:
            route.continue_()
        else:
            self.trouble.append(f"asked {request.url}")
            route.abort()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not UPSTREAM.search(message.text):
            self.trouble.append(message.text)


@pytest.fixture
def visit(browser: Browser, course: str) -> Iterator[Callable[..., Visit]]:
    """Open a lesson; at the end it must have complained of nothing."""
    visits: list[Visit] = []

    def open_(path: str, width: int = 1280, scheme: str = "light") -> Visit:
        visits.append(Visit(browser, f"{course}voila/render/{path}", width, scheme))
        return visits[-1]

    yield open_
    for one in visits:
        one.context.close()
    assert [trouble for one in visits for trouble in one.trouble] == []


def expect_week(page: Page, week: risk.Habits) -> None:
    """Wait until figure, sentence and reasons all tell this week."""
    found = risk.assess(week)
    shown = figures.plot_levels(found)
    expect(page.locator(".js-plotly-plot .gtitle").first).to_have_text(shown.layout.title.text)
    expect(page.get_by_text(shown.layout.meta["description"], exact=True)).to_be_visible()
    for finding in found.findings:
        expect(page.get_by_text(finding.reason, exact=True)).to_be_visible()


def slider(page: Page, name: str) -> Locator:
    known = HABITS[name]
    return page.get_by_role("slider", name=re.compile(f"^{known.label}"))


def test_caffeine_and_sleep_from_the_keyboard(visit: Callable[..., Visit]) -> None:
    page = visit("03_triggers.ipynb").page
    expect_week(page, risk.Habits())
    slider(page, "caffeine_mg").press("End")
    expect_week(page, risk.Habits(caffeine_mg=1000))
    sleep = slider(page, "sleep_h")
    for _ in range(4):
        sleep.press("ArrowLeft")
    expect_week(page, risk.Habits(caffeine_mg=1000, sleep_h=6))


def test_every_habit_to_its_ends_and_back(visit: Callable[..., Visit]) -> None:
    page = visit("03_triggers.ipynb").page
    expect_week(page, risk.Habits())
    for summary in page.locator(".tw-controls details:not([open]) > summary").all():
        summary.click()
    for name, known in HABITS.items():
        control = slider(page, name)
        for key, value in (("Home", known.low), ("End", known.high)):
            control.press(key)
            expect_week(page, risk.Habits.of({name: value}))
        page.locator(".tw-controls").first.get_by_role("button", name="Reset").click()
        expect_week(page, risk.Habits())


def test_every_preset_by_its_button(visit: Callable[..., Visit]) -> None:
    page = visit("03_triggers.ipynb").page
    for name, week in risk.presets().items():
        page.get_by_role("button", name=guide.rows("presets")[name]["label"]).click()
        expect_week(page, week)


def test_a_link_brings_its_state(visit: Callable[..., Visit]) -> None:
    page = visit("03_triggers.ipynb?preset=exam-week&sleep_h=9").page
    expect_week(page, risk.presets()["exam-week"].replace(sleep_h=9))


def test_a_bad_link_is_answered_kindly_and_the_default_stays(visit: Callable[..., Visit]) -> None:
    page = visit("03_triggers.ipynb?caffeine_mg=%3Cimg%20src=x%3E&sleep_h=99").page
    expect(page.get_by_text("Caffeine (caffeine_mg in the link) cannot be")).to_be_visible()
    expect(page.get_by_text("it has to be a number from 0 to 14 h/night")).to_be_visible()
    expect_week(page, risk.Habits())


def test_a_kept_week_is_compared(visit: Callable[..., Visit]) -> None:
    page = visit("03_triggers.ipynb").page
    expect_week(page, risk.Habits())
    page.get_by_role("button", name="Keep this week to compare").click()
    page.get_by_text("The same as the week you kept.").wait_for()
    slider(page, "sleep_h").press("Home")
    expect(page.get_by_text("sleep now: likely contributor")).to_be_visible()
    page.get_by_role("button", name="Stop comparing").click()
    expect_week(page, risk.Habits(sleep_h=0))


def test_a_drink_more_leaves_more_at_bedtime(visit: Callable[..., Visit]) -> None:
    page = visit("03_triggers.ipynb").page
    expect(page.locator(".js-plotly-plot .gtitle").nth(1)).to_have_text(
        "50 mg of caffeine still there at bedtime"
    )
    page.get_by_role("button", name="Add a drink").click()
    expect(page.locator(".js-plotly-plot .gtitle").nth(1)).not_to_have_text(
        "50 mg of caffeine still there at bedtime"
    )


def test_the_source_of_the_page_is_not_shown(visit: Callable[..., Visit]) -> None:
    page = visit("03_triggers.ipynb").page
    expect_week(page, risk.Habits())
    assert "TriggersDashboard" not in page.content()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lesson", guide.rows("lessons"))
def test_it_fits_a_phone_in_light_and_dark(
    visit: Callable[..., Visit], lesson: str, scheme: str
) -> None:
    page = visit(f"{lesson}.ipynb", width=390, scheme=scheme).page
    page.locator(".tw-prose").first.wait_for()
    if lesson != "00_start_here":
        page.locator(".js-plotly-plot .main-svg").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    light = page.evaluate("document.body.dataset.jpThemeLight")
    assert light == ("false" if scheme == "dark" else "true")


def test_the_map_leads_to_the_lessons_and_back(visit: Callable[..., Visit]) -> None:
    page = visit("00_start_here.ipynb").page
    page.get_by_role("link", name="What triggers a twitch?", exact=True).first.click()
    expect_week(page, risk.Habits())
    page.get_by_role("link", name="the map of the course").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Why do muscles twitch?")
