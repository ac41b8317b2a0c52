"""Tabs that share a renderer process, and with it compiled scripts."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.servers import DEADLINE_S

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["Tabs"]


class Tabs:
    """Opens tabs beside one window for each server, for a reader without stored data.

    A new browser context would do the same, but in a new process, which compiles every script of a
    page again. Tabs that are open at the same time share what they store.
    """

    def __init__(self, browser: "Browser") -> None:
        self._browser = browser
        self._windows: dict[tuple[str, bool], Page] = {}

    def open(self, url: str, *, touch: bool = False) -> "Page":
        """Return a blank tab for an address, with storage, cookies and permissions cleared."""
        window = self._window(f"{urlsplit(url).scheme}://{urlsplit(url).netloc}/", touch)
        window.context.clear_cookies()
        window.context.clear_permissions()
        window.evaluate("localStorage.clear()")
        with window.expect_popup() as opened:
            window.evaluate("void open()")
        opened.value.set_default_timeout(DEADLINE_S * 1000)
        return opened.value

    def close(self) -> None:
        """Close all tabs and whatever they opened; keep the windows."""
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
            window.goto(f"{home}health")  # a small page, or a missing one, which serves as well
            self._windows[home, touch] = window
        return self._windows[home, touch]
