"""New tabs of one window for each server: they share a process, and with it compiled scripts."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.servers import DEADLINE_S

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["Tabs"]


class Tabs:
    """Opens tabs, each for a reader who has not been here before.

    A new context would do the same, in a process of its own that compiles all scripts of a page
    anew: that is half of what a page costs. Two tabs that are open at once are the same reader's.
    """

    def __init__(self, browser: "Browser") -> None:
        self._browser = browser
        self._windows: dict[tuple[str, bool], Page] = {}

    def open(self, url: str, *, touch: bool = False) -> "Page":
        """Return an empty tab beside the window on the server of this address."""
        window = self._window(f"{urlsplit(url).scheme}://{urlsplit(url).netloc}/", touch)
        window.context.clear_cookies()
        window.context.clear_permissions()
        window.evaluate("localStorage.clear()")
        with window.expect_popup() as opened:
            window.evaluate("void open()")
        opened.value.set_default_timeout(DEADLINE_S * 1000)
        return opened.value

    def close(self) -> None:
        """Close whatever was opened, but not the windows."""
        for window in self._windows.values():
            for page in window.context.pages:
                if page != window:
                    page.close()

    def _window(self, home: str, touch: bool) -> "Page":
        if (home, touch) not in self._windows:
            context = self._browser.new_context(
                viewport={"width": 1280, "height": 900}, has_touch=touch
            )
            window = context.new_page()
            window.goto(f"{home}health")  # small, or missing and as good
            self._windows[home, touch] = window
        return self._windows[home, touch]
