"""A site without a network, and its replacement by a newer version."""

import json
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.site.conftest import Files, served
from twitchlib.serving.site.offline import put_offline

pytestmark = pytest.mark.browser

# Waits for a service worker in a state. The pages' policy permits no other way than a promise.
WAIT_FOR_WORKER = """(state) => new Promise((resolve, reject) => {
  setTimeout(reject, 60000, `no ${state} version`);
  const look = async () => {
    const found = await navigator.serviceWorker.getRegistration();
    if (found?.[state]) resolve(true);
    else setTimeout(look, 20);
  };
  look();
})"""


def _wait_until_ready(page: Page) -> None:
    page.locator("html[data-state=ready]").wait_for(state="attached", timeout=120_000)


class _Unreliable(Files):
    """A server that becomes unreachable without affecting those of other tests."""


@dataclass
class Kept:
    """A site that a browser has stored on its first visit."""

    site: Path
    home: str
    context: BrowserContext


@pytest.fixture(scope="module")
def kept(files: Path, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    site = tmp_path_factory.mktemp("kept") / "site"
    shutil.copytree(files, site)
    with served(site, _Unreliable) as home:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{home}00_start_here.html")
        _wait_until_ready(page)
        assert page.evaluate(WAIT_FOR_WORKER, "active")
        page.close()
        yield Kept(site, home, context)
        context.close()


def test_after_one_visit_the_course_opens_without_a_network(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_Unreliable, "unreachable", True)
    page = kept.context.new_page()
    page.goto(f"{kept.home}03_triggers.html?preset=exam-week")
    _wait_until_ready(page)
    page.get_by_role("button", name="Show me anyway").first.click()
    week = page.get_by_role("button", name="Exam week")
    expect(week).to_have_attribute("aria-pressed", "true")
    page.goto(kept.home)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.close()


def test_an_update_never_mixes_two_versions(kept: Kept) -> None:
    site = kept.site
    page = kept.context.new_page()
    page.goto(kept.home)
    for name in ("00_start_here.html", "index.html"):
        old = (site / name).read_text(encoding="utf-8")
        (site / name).write_text(old.replace("</h1>", " (new)</h1>"), encoding="utf-8")
    # Half of an update has arrived, so the files are not those that its version lists.
    version = put_offline(site)
    half = (site / "index.html").read_text(encoding="utf-8")
    (site / "index.html").write_text(half.replace("(new)", "(newer)"), encoding="utf-8")
    update = "() => navigator.serviceWorker.ready.then((one) => one.update())"
    refused = page.evaluate(f"{update[:-1]}.then(() => '', String))")
    page.goto(kept.home)
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("(new")
    assert refused is not None
    # The rest arrives within the same second, so a file server reports the same date. The old
    # version stays in use until its last page is closed.
    changed_ns = (site / "index.html").stat().st_mtime_ns
    (site / "index.html").write_text(half, encoding="utf-8")
    os.utime(site / "index.html", ns=(changed_ns, changed_ns))
    assert put_offline(site) == version
    page.evaluate(update)
    assert page.evaluate(WAIT_FOR_WORKER, "waiting")
    page.reload()
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("(new")
    page.close()
    page = kept.context.new_page()
    page.goto("about:blank")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:  # the browser decides when the new version takes over
        page.goto(kept.home)
        if "(new)" in page.get_by_role("heading", level=1).inner_text():
            break
        page.goto("about:blank")
    expect(page.get_by_role("heading", level=1)).to_contain_text("(new)")
    page.goto(f"{kept.home}00_start_here.html")
    expect(page.get_by_role("heading", level=1)).to_contain_text("(new)")


def test_a_phone_can_add_the_course_to_its_home_screen(files: Path) -> None:
    page = (files / "03_triggers.html").read_text(encoding="utf-8")
    assert '<link rel="manifest" href="manifest.webmanifest">' in page
    manifest = json.loads((files / "manifest.webmanifest").read_text(encoding="utf-8"))
    assert manifest["start_url"] == "./"
    assert all((files / icon["src"]).is_file() for icon in manifest["icons"])
