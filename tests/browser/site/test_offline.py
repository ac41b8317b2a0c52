"""A site without a network, and when it is replaced by a newer one."""

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

# Whether the newest version is kept; the pages' policy leaves no other way to wait than a promise.
KEPT = """(which) => new Promise((resolve, reject) => {
  setTimeout(reject, 60000, `no ${which} version`);
  const look = async () => {
    const found = await navigator.serviceWorker.getRegistration();
    if (found?.[which]) resolve(true);
    else setTimeout(look, 20);
  };
  look();
})"""


def _alive(page: Page) -> None:
    page.locator("html[data-state=ready]").wait_for(state="attached", timeout=120_000)


class _Sometimes(Files):
    """A server that is away at times."""


@dataclass
class Kept:
    """A site that a browser keeps after one visit."""

    site: Path
    home: str
    context: BrowserContext


@pytest.fixture(scope="module")
def kept(files: Path, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    site = tmp_path_factory.mktemp("kept") / "site"
    shutil.copytree(files, site)
    with served(site, _Sometimes) as home:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{home}00_start_here.html")
        _alive(page)
        assert page.evaluate(KEPT, "active")
        page.close()
        yield Kept(site, home, context)
        context.close()


def test_after_one_visit_the_course_opens_without_a_network(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_Sometimes, "away", True)
    page = kept.context.new_page()
    page.goto(f"{kept.home}03_triggers.html?preset=exam-week")
    _alive(page)
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
    # Half of an update has arrived: its files are not those that its version names.
    version = put_offline(site)
    half = (site / "index.html").read_text(encoding="utf-8")
    (site / "index.html").write_text(half.replace("(new)", "(newer)"), encoding="utf-8")
    update = "() => navigator.serviceWorker.ready.then((one) => one.update())"
    refused = page.evaluate(f"{update[:-1]}.then(() => '', String))")
    page.goto(kept.home)
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("(new")
    assert refused is not None
    # The rest arrives, and no second later as a file server tells it. Pages of the old version
    # stay whole until the last one is closed.
    changed_ns = (site / "index.html").stat().st_mtime_ns
    (site / "index.html").write_text(half, encoding="utf-8")
    os.utime(site / "index.html", ns=(changed_ns, changed_ns))
    assert put_offline(site) == version
    page.evaluate(update)
    assert page.evaluate(KEPT, "waiting")
    page.reload()
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("(new")
    page.close()
    page = kept.context.new_page()
    page.goto("about:blank")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:  # the browser lets the new one take over when it may
        page.goto(kept.home)
        if "(new)" in page.get_by_role("heading", level=1).inner_text():
            break
        page.goto("about:blank")
    expect(page.get_by_role("heading", level=1)).to_contain_text("(new)")
    page.goto(f"{kept.home}00_start_here.html")
    expect(page.get_by_role("heading", level=1)).to_contain_text("(new)")


def test_a_phone_can_put_it_on_its_home_screen(files: Path) -> None:
    page = (files / "03_triggers.html").read_text(encoding="utf-8")
    assert '<link rel="manifest" href="manifest.webmanifest">' in page
    manifest = json.loads((files / "manifest.webmanifest").read_text(encoding="utf-8"))
    assert manifest["start_url"] == "./"
    assert all((files / icon["src"]).is_file() for icon in manifest["icons"])
