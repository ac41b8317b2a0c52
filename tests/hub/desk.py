"""A student at a browser: signs in to a hub, runs a lesson, answers, signs out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from playwright.async_api import Browser, Page, async_playwright, expect

from tests.conftest import CHROMIUM_FLAGS, chromium
from tests.hub.student import LESSONS
from tests.servers import DEADLINE_S
from twitchlib import quiz

LESSON = "01_nervous_system"
ASKED = quiz.lessons()[LESSON]
FIRST = ASKED[0]
RIGHT = next(option.text for option in FIRST.options if option.id == FIRST.key)
NOTED = f"In this lesson: 1 of {len(ASKED)} answered, 1 right at first try."
PATIENCE_MS = 3 * DEADLINE_S * 1000

# JupyterLab puts only the cells in view on the page.
_TO_THE_END = """
async (panel) => {
  panel.scrollTop = panel.scrollHeight;
  await new Promise(requestAnimationFrame);
}
"""


@asynccontextmanager
async def launched_chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium(), args=list(CHROMIUM_FLAGS)
        )
        yield browser
        await browser.close()


class Desk:
    """A browser's window at which one student after another may sit.

    Parameters
    ----------
    page : Page
        The window.
    hub : str
        Address of the hub.
    """

    def __init__(self, page: Page, hub: str) -> None:
        self.page = page
        self._hub = hub

    @classmethod
    async def free(cls, browser: Browser, hub: str) -> "Desk":
        """Return a desk at which nobody has sat before."""
        context = await browser.new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(PATIENCE_MS)
        return cls(await context.new_page(), hub)

    async def sign_in(self, name: str, password: str) -> None:
        """Sign in, and wait until the first lesson is there, in JupyterLab."""
        page = self.page
        await page.goto(self._hub)
        await page.locator("#username_input").fill(name)
        await page.locator("#password_input").fill(password)
        await page.locator("#login_submit").click()
        await page.locator(".jp-Notebook .jp-Cell:visible").first.wait_for()
        self.home = f"{self._hub}/user/{name}"

    async def run_lesson_and_answer(self) -> None:
        """Run the lesson in JupyterLab by its menu, and answer its first question."""
        page = self.page
        await page.goto(f"{self.home}/lab/tree/{LESSONS}/{LESSON}.ipynb?reset")
        await page.locator(".jp-Notebook .jp-Cell:visible").first.wait_for()
        idle = page.get_by_text("Python 3 (ipykernel) | Idle")
        await expect(idle).to_be_visible(timeout=PATIENCE_MS)
        await page.get_by_role("menuitem", name="Run", exact=True).click()
        await page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        answer = page.get_by_role("radio", name=RIGHT)
        panel = page.locator(".jp-WindowedPanel-outer:visible").first
        async with asyncio.timeout(PATIENCE_MS / 1000):
            while not await answer.count():
                await panel.evaluate(_TO_THE_END)
        await answer.check()
        await page.get_by_role("button", name="Check", exact=True).click()
        await expect(page.get_by_text(NOTED)).to_be_visible(timeout=PATIENCE_MS)

    async def open_dashboard(self) -> None:
        """Open the lesson as a dashboard, and unfold it."""
        page = self.page
        await page.goto(f"{self.home}/course/voila/render/{LESSON}.ipynb")
        await page.locator("html[data-state=ready]").wait_for(state="attached")
        await page.evaluate("folds.openAll()")

    async def find_answer(self) -> None:
        """Open the lesson as a dashboard, and find the answer there."""
        await self.open_dashboard()
        await expect(self.page.get_by_text(NOTED)).to_be_visible(timeout=PATIENCE_MS)

    async def start_again(self) -> None:
        """Open the lesson again until the hub offers to start a server, and accept."""
        page = self.page
        start, ready = page.locator("#start"), page.locator("html[data-state=ready]")
        async with asyncio.timeout(PATIENCE_MS / 1000):
            while True:
                await page.goto(f"{self.home}/course/voila/render/{LESSON}.ipynb")
                await page.locator("body").wait_for()
                if await start.count():
                    break
                await asyncio.sleep(0.5)  # until the hub has noticed
        await start.click()
        await ready.wait_for(state="attached")

    async def sign_out(self) -> None:
        """Sign out on the hub's page, after which the dashboard asks for a sign-in."""
        page = self.page
        await page.goto(f"{self._hub}/hub/home")
        await page.locator("#logout").click()
        await page.locator("#username_input").wait_for()
        await page.goto(f"{self.home}/course/voila/render/{LESSON}.ipynb")
        await expect(page.locator("#username_input")).to_be_visible(timeout=PATIENCE_MS)
        assert urlsplit(page.url).path == "/hub/login"
