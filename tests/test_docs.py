"""The documentation builds without warnings, has no broken links, and loads only its own files."""

import html
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat
import pytest
from playwright.sync_api import expect
from twitchdocs import front
from twitchdocs.public import modules

from tests.browser.site.conftest import served
from tests.conftest import Visit
from twitchlib import guide
from twitchlib.serving.duration import more
from twitchlib.serving.render import parts

pytest.importorskip("myst_nb", reason="the extra docs is not installed")
pytestmark = pytest.mark.docs

ROOT = Path(__file__).parents[1]
LESSONS = [*guide.rows("lessons")]
BAR = r"100%\|█+\| 399/399 \[.*\]\n"


@pytest.fixture(scope="session")  # some of the browser tests, which run last, use it too
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the built pages."""
    if "front" not in parts(""):
        pytest.skip("no bundle was built here")
    folder = tmp_path_factory.mktemp("docs")
    options = ("-W", "--keep-going", "--quiet", "-d", folder / "doctrees")
    build = subprocess.run(
        [sys.executable, "-m", "sphinx", *options, ROOT / "docs", folder / "html"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert build.returncode == 0, build.stderr
    return folder / "html"


class Page(HTMLParser):
    """The links of a page, the files it loads, and the anchors in it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.anchors = {""}
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.anchors.add(given["id"])
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "link":
            self.loads.append(given["href"])
        elif "src" in given:
            self.loads.append(given["src"])


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[Path, Page]:
    return {path: Page(path) for path in site.rglob("*.html")}


def broken(pages: dict[Path, Page], kind: str) -> Iterator[tuple[Path, str]]:
    for path, page in pages.items():
        for address in getattr(page, kind):
            url = urlsplit(address)
            if url.scheme or url.netloc:
                continue
            target = (path.parent / unquote(url.path)).resolve() if url.path else path
            anchors = pages[target].anchors if target in pages else {""}
            if not target.exists() or unquote(url.fragment) not in anchors:
                yield path, address


def test_no_link_is_broken(pages: dict[Path, Page]) -> None:
    assert list(broken(pages, "links")) == []
    assert list(broken(pages, "loads")) == []


def test_no_page_loads_anything_from_elsewhere(site: Path, pages: dict[Path, Page]) -> None:
    assert [load for page in pages.values() for load in page.loads if urlsplit(load).netloc] == []
    for style in site.rglob("*.css"):
        text = style.read_text(encoding="utf-8")
        assert not re.search(r"(url\(|@import)\s*[\"']?(https?:)?//", text), style


def test_external_links_are_well_formed(pages: dict[Path, Page]) -> None:
    sources = {source.address for source in guide.references().values() if source.address}
    links = {link for page in pages.values() for link in page.links if urlsplit(link).netloc}
    assert sources <= links
    for address in links:
        pattern = r"10\.\d{4,9}/\S+" if urlsplit(address).netloc == "doi.org" else r"[^\s<>]*"
        assert re.fullmatch(rf"https://[\w.-]+/{pattern}", address), address


def test_every_lesson_claim_and_public_module_is_there(site: Path, pages: dict[Path, Page]) -> None:
    assert {site / f"lessons/{lesson}.html" for lesson in LESSONS} <= set(pages)
    assert {site / f"api/{module.__name__}.html" for module in modules()} <= set(pages)
    evidence = pages[site / "science/evidence.html"]
    assert {f"claim-{claim.lower()}" for claim in guide.rows("claims")} <= evidence.anchors


def test_no_lesson_raised_an_error(site: Path) -> None:
    assert site.is_dir()  # the build runs the lessons
    for path in (ROOT / "docs/lessons").glob("*.ipynb"):
        cells = nbformat.read(path, as_version=4).cells
        outputs = [output for cell in cells for output in cell.get("outputs", ())]
        assert not [out for out in outputs if out.output_type == "error"]
        printed = [out.text for out in outputs if out.output_type == "stream"]
        assert len(printed) == path.stem.startswith("08")  # the progress bar of its sweep
        assert all(re.fullmatch(BAR, text) for text in printed)


def test_steps_beyond_the_core_are_marked(site: Path) -> None:
    for lesson in LESSONS:
        page = (site / f"lessons/{lesson}.html").read_text(encoding="utf-8")
        marked = re.findall(r'<h2>(.*?)<a class="headerlink"[^\n]*\n+<p class="tw-more">', page)
        assert {html.unescape(re.sub("<[^>]+>", "", heading)) for heading in marked} == more(lesson)


@pytest.mark.browser
@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_opens_from_a_file_without_kernel_or_server(
    site: Path, page_at: Callable[..., Visit], lesson: str
) -> None:
    visit = page_at((site / f"lessons/{lesson}.html").as_uri())
    figures, drawn = visit.page.locator(".tw-figure-view"), visit.page.locator(".main-svg")
    shown = figures.filter(visible=True)
    expect(shown.filter(has=drawn)).to_have_count(shown.count(), timeout=60_000)
    expect(visit.page.locator(".tw-still")).not_to_have_count(0)
    expect(visit.page.locator(".tw-still > script")).to_have_count(0)
    assert visit.problems == []


@pytest.mark.browser
def test_figures_are_live_and_what_needs_a_kernel_is_inert(
    site: Path, page_at: Callable[..., Visit]
) -> None:
    with served(site) as home:
        visit = page_at(f"{home}lessons/03_triggers.html")
        page = visit.page
        expect(page.locator("[inert] input[type=range]").first).to_be_visible()
        expect(page.locator(".jupyter-button:visible").first).to_have_js_property("inert", True)
        page.get_by_role("button", name="Table", exact=True).first.click()
        expect(page.get_by_role("cell", name="Caffeine", exact=True)).to_be_visible()
        assert visit.problems == []


@pytest.mark.browser
def test_a_drawing_plays(site: Path, page_at: Callable[..., Visit]) -> None:
    visit = page_at((site / "lessons/00_start_here.html").as_uri())
    board = visit.page.locator(".tw-body").first
    time = board.locator(".tw-b-time")
    before = time.inner_text()
    board.get_by_role("button", name="Play").click()
    expect(time).not_to_have_text(before)
    assert visit.problems == []


@pytest.mark.browser
def test_answers_stored_in_the_browser_are_left_alone(
    site: Path, page_at: Callable[..., Visit]
) -> None:
    visit = page_at((site / "lessons/00_start_here.html").as_uri())
    page = visit.page
    page.evaluate("localStorage.setItem('twitchlib-progress', 'those of a student')")
    page.clock.install()
    page.reload()
    visit.wait_until_ready()
    page.clock.fast_forward(10_000)  # by then a panel would report that no answer has come
    assert page.locator(".tw-status").all_inner_texts() == [""]
    kept = page.evaluate("localStorage.getItem('twitchlib-progress')")
    assert kept == "those of a student"


def test_without_the_front_end_the_build_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sphinx.errors import ExtensionError

    monkeypatch.setattr(front, "_STYLE", tmp_path / "front.css")
    with pytest.raises(ExtensionError, match=r"front\.css is missing.*install Node"):
        front.write_scripts(tmp_path / "_static")


def test_the_example_in_the_readme_runs() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    exec(compile(example, "README.md", "exec"), {})  # noqa: S102
