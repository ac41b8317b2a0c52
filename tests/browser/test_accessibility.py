"""What axe-core finds on the real pages, and whether the keyboard alone will do."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.conftest import Server, Visit
from twitchlib import guide
from twitchlib.places import folder

pytestmark = pytest.mark.browser

AXE = folder("notebooks").parent / "node_modules/axe-core/axe.min.js"
PAGES = ["", *(f"voila/render/{name}.ipynb" for name in guide.rows("lessons"))]


@pytest.fixture(scope="module")
def course(serve: Callable[..., Server]) -> str:
    """Return the course's address."""
    return serve(folder("notebooks")).url


@pytest.fixture(scope="module")
def axe() -> str:
    """Return axe-core, or skip; a failure where browser tests are required."""
    if AXE.is_file():
        return AXE.read_text(encoding="utf-8")
    missing = "axe-core is not there: run npm ci"
    if os.environ.get("TWITCHLIB_BROWSER_TESTS") == "required":
        pytest.fail(missing)
    pytest.skip(missing)


def violations(page: Page, axe: str) -> list[str]:
    """Return what axe-core objects to, one line for each place."""
    page.evaluate(axe)
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{rule['id']} ({rule['impact']}): {' '.join(map(str, node['target']))}: {node['html']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def unfold(page: Page) -> None:
    """Open everything that is folded, since axe passes over what is hidden."""
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(
    course: str, page_at: Callable[..., Visit], axe: str, path: str, scheme: str
) -> None:
    page = page_at(course + path, scheme=scheme).page
    assert violations(page, axe) == []
    unfold(page)
    assert violations(page, axe) == []


@pytest.mark.parametrize("path", PAGES)
def test_twice_as_large_it_still_fits(
    course: str, page_at: Callable[..., Visit], path: str
) -> None:
    # A window of 1280 pixels at 200 % is one of 640.
    visit = page_at(course + path, width=640)
    assert not visit.scrolls_sideways
    unfold(visit.page)
    assert not visit.scrolls_sideways
