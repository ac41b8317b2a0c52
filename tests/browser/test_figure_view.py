"""Figures as a reader meets them, on Voilà and in JupyterLab."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import box_of
from twitchlib.palette import DARK, LIGHT
from twitchlib.widgets.figure_view import BUNDLE

pytestmark = pytest.mark.browser

Open = Callable[..., Page]

PRELUDE = """
import ipywidgets, numpy as np, plotly.graph_objects as go
from twitchlib.palette import LIGHT
from twitchlib.widgets import figure_view
from twitchlib.widgets.figure_view import FigureView

def line(y, title="A line", note=None, **layout):
    y = np.asarray(y, dtype=float)
    return go.Figure(
        go.Scatter(x=np.arange(y.size, dtype=float), y=y, mode="lines", name="axon",
                   line={"color": LIGHT["nerve"]}),
        {"title": title, "height": 300, "template": "none",
         "xaxis": {"title": "Time (ms)", "range": [0, 10]},
         "yaxis": {"title": "Potential (mV)", "range": [-5, 305]},
         "meta": {"description": f"It ends at {y[-1] if y.size else None}."},
         "annotations": [{"text": note, "x": 1, "y": 1, "showarrow": False}] if note else [],
         **layout})

def press(label, act):
    button = ipywidgets.Button(description=label)
    button.on_click(lambda _: act())
    return button
"""

COUNT_REACTS = """async () => {
  const plotly = await globalThis[Symbol.for("twitchlib.plotly")];
  const react = plotly.react;
  Object.assign(window, { reacts: 0, atOnce: 0, mostAtOnce: 0, slow: 0 });
  plotly.react = async (...figure) => {
    reacts += 1;
    mostAtOnce = Math.max(mostAtOnce, ++atOnce);
    await new Promise((done) => setTimeout(done, slow));
    const drawn = await react(...figure);
    atOnce -= 1;
    return drawn;
  };
}"""


@pytest.fixture(autouse=True)
def no_errors(page: Page) -> Iterator[None]:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield
    assert errors == []


def figures(page: Page, count: int = 1) -> Locator:
    """Wait until that many figures are drawn."""
    views = page.locator(".tw-figure-view")
    expect(views.locator(".tw-figure-plot .main-svg:first-child")).to_have_count(count)
    return views


def shape(view: Locator) -> str:
    return view.locator(".scatterlayer .js-line").first.get_attribute("d") or ""


def go(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()


def table(view: Locator) -> list[list[str]]:
    return [row.locator("th, td").all_inner_texts() for row in view.locator("table tr").all()]


def download(page: Page, label: str) -> bytes:
    with page.expect_download() as started:
        page.get_by_role("button", name=f"Download {label}").click()
    return Path(started.value.path()).read_bytes()


def test_of_many_updates_the_last_one_wins(in_either: Open) -> None:
    page = in_either(
        PRELUDE,
        """
view = FigureView(line([0, 0]))
def drag():
    for i in range(1, 301):
        view.show(line([0, i], title=f"Up to {i}", note=f"now {i}"))
ipywidgets.VBox([press("Drag", drag), view])
""",
    )
    view = figures(page)
    expect(view.locator("figcaption")).to_have_text("It ends at 0.0.")
    page.evaluate(COUNT_REACTS)
    page.evaluate(
        """() => {
          window.slow = 50;
          window.announced = 0;
          const words = document.querySelector(".tw-figure-view figcaption");
          new MutationObserver(() => (announced += 1)).observe(words, { childList: true });
        }"""
    )
    go(page, "Drag")
    expect(view.get_by_text("now 300")).to_be_visible()
    expect(view.locator(".tw-figure-title")).to_have_text("Up to 300")
    expect(view.locator("figcaption")).to_have_text("It ends at 300.0.")
    assert page.evaluate("mostAtOnce") == 1
    assert page.evaluate("reacts") < 150
    assert page.evaluate("announced") < 10


@pytest.mark.parametrize("other_version", [False, True])
def test_new_lines_look_the_same_and_a_tested_plotly_draws_them_the_fast_way(
    in_voila: Open, other_version: bool
) -> None:
    page = in_voila(
        PRELUDE,
        """
t = np.linspace(0, 6, 11)
def wave(i):
    figure = line(100 + 5 * i * np.sin(t + i), title=f"Move {i}")
    return figure.add_scatter(x=np.array([i / 4]), y=np.array([10.0 * i]), mode="markers+text",
                              text=["peak"], textposition="top center")
view = FigureView(wave(0))
def move():
    for i in range(1, 21):
        view.show(wave(i))
ipywidgets.VBox([press("Move", move), view])
""",
    )
    view = figures(page)
    before = shape(view)
    page.evaluate(COUNT_REACTS)
    if other_version:
        page.evaluate(
            """async () => {
              (await globalThis[Symbol.for("twitchlib.plotly")]).version += ".1";
            }"""
        )
    go(page, "Move")
    expect(view.locator(".tw-figure-title")).to_have_text("Move 20")
    page.wait_for_function(
        "document.querySelector('.tw-figure-canvas').data[0].y[0].toFixed(3) === '191.295'"
    )
    page.wait_for_function("atOnce === 0")
    fast, label = shape(view), view.locator(".textpoint text").get_attribute("y")
    reacts = page.evaluate("reacts")
    assert (reacts > 0) == other_version
    assert fast != before
    assert label is not None
    page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    page.wait_for_function("([n]) => reacts === n && atOnce === 0", arg=[reacts + 1])
    assert shape(view) == fast
    assert view.locator(".textpoint text").get_attribute("y") == label


RASTER = """
def raster(times, **layout):
    x = np.repeat(np.asarray(times, dtype=float), 3)
    y = np.tile([10.0, 90.0, np.nan], len(times))
    return go.Figure(
        go.Scatter(x=x, y=y, mode="lines", line={"color": LIGHT["nerve"], "width": 1.5}),
        {"title": f"{len(times)} strokes", "height": 300, "template": "none",
         "xaxis": {"range": [0, 10]}, "yaxis": {"range": [0, 100]}, **layout})
"""


@pytest.mark.skipif(not BUNDLE.is_file(), reason="no bundle was built here")
def test_a_line_with_gaps_is_one_element_that_looks_like_its_pieces(in_voila: Open) -> None:
    page = in_voila(
        PRELUDE,
        RASTER
        + """
pieces = raster([])
for at in (2, 5, 7):
    pieces.add_scatter(x=[at, at], y=[10, 90], mode="lines",
                       line={"color": LIGHT["nerve"], "width": 1.5})
ipywidgets.VBox([FigureView(raster([2, 5, 7])), FigureView(pieces.update_layout(showlegend=False))])
""",
    )
    both = figures(page, 2)
    for dark in (False, True):
        page.evaluate(f"document.body.dataset.jpThemeLight = '{str(not dark).lower()}'")
        colour = (DARK if dark else LIGHT)["nerve"]
        rgb = ", ".join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
        expect(both.locator(".js-line").first).to_have_css("stroke", f"rgb({rgb})")
        whole, apart = (
            view.locator(".js-line").evaluate_all(
                "all => all.map((one) => [one.getAttribute('d'), one.getAttribute('style')])"
            )
            for view in both.all()
        )
        assert len(whole) == 1
        assert len(apart) == 3
        assert whole == [["".join(d for d, _ in apart), apart[0][1]]]


def test_a_new_number_of_strokes_is_drawn_the_fast_way(in_voila: Open) -> None:
    page = in_voila(
        PRELUDE,
        RASTER
        + """
view = FigureView(raster([1, 2, 3]))
for times in ([1, 2, 4, 5, 6], [], [7, 8]):
    display(press(f"Show {len(times)}", lambda times=times: view.show(raster(times))))
display(press("Move the axis", lambda: view.show(raster([7, 8], xaxis={"range": [0, 20]}))))
view
""",
    )
    figures(page)
    strokes = (
        "() => [...document.querySelectorAll('.js-line')].map((l) => l.getAttribute('d')).join('')"
    )
    page.evaluate(COUNT_REACTS)
    for count in (5, 0, 2):
        go(page, f"Show {count}")
        page.wait_for_function(f"n => ({strokes})().split('M').length - 1 === n", arg=count)
    fast = page.evaluate(strokes)
    assert page.evaluate("reacts") == 0
    page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    page.wait_for_function("reacts === 1 && atOnce === 0")
    assert page.evaluate(strokes) == fast
    go(page, "Move the axis")
    page.wait_for_function("reacts === 2 && atOnce === 0")
    assert page.evaluate(strokes) != fast


def test_figures_share_one_plotly(in_voila: Open) -> None:
    page = in_voila(
        PRELUDE,
        """
asked, original = ipywidgets.Label("0"), figure_view.plotly_module
asked.add_class("asked")
def count():
    asked.value = str(int(asked.value) + 1)
    return original()
figure_view.plotly_module = count
ipywidgets.VBox([asked, *(FigureView(line([i, i])) for i in range(4))])
""",
    )
    figures(page, 4)
    expect(page.locator(".asked")).to_have_text("1")


@pytest.mark.skipif(not BUNDLE.is_file(), reason="no bundle was built here")
def test_a_page_that_serves_plotly_does_not_ask_the_kernel(in_voila: Open, page: Page) -> None:
    def serve(route: Route) -> None:
        route.fulfill(body=BUNDLE.read_bytes(), content_type="text/javascript")

    page.route("**/served-plotly.js", serve)
    page.add_init_script(
        """document.addEventListener("DOMContentLoaded", () => {
          const meta = document.createElement("meta");
          meta.name = "twitchlib-plotly";
          meta.content = "/served-plotly.js";
          document.head.append(meta);
        })"""
    )
    in_voila(PRELUDE, "figure_view.plotly_module = None\nFigureView(line([1, 2]))")
    figures(page)


def test_without_a_bundle_the_complete_plotly_is_used(in_voila: Open, page: Page) -> None:
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    in_voila(
        PRELUDE,
        "figure_view.BUNDLE = figure_view.BUNDLE.with_name('missing')\n"
        "display(FigureView(line([1, 2])), FigureView(line([1, 2])))",
    )
    figures(page, 2)
    assert len([text for text in messages if "no bundle was built" in text]) == 1


def test_a_figure_is_shown_twice_updated_and_removed(in_either: Open) -> None:
    page = in_either(
        PRELUDE,
        """
names = iter(["First", "Second", "Third"])
view = FigureView(line([0, 1], title=next(names)))
box = ipywidgets.VBox([view])
def again():
    box.children = [view, view]
def remove():
    box.children = [view]
def update():
    view.show(line([0, 2, 4], title=next(names)))
display(press("Again", again), press("Remove", remove), press("Update", update), box)
""",
    )
    figures(page)
    go(page, "Update")
    expect(page.locator(".tw-figure-title")).to_have_text("Second")
    go(page, "Again")
    views = figures(page, 2)
    expect(page.locator(".tw-figure-title")).to_have_text(["Second", "Second"])
    assert shape(views.first) == shape(views.last)
    page.evaluate("window.plots = [...document.querySelectorAll('.tw-figure-canvas')]")
    go(page, "Remove")
    views = figures(page, 1)
    page.wait_for_function("plots.some((plot) => !plot.isConnected)")
    page.wait_for_function("plots.every((plot) => plot.isConnected === Boolean(plot._fullLayout))")
    go(page, "Update")
    expect(views.locator(".tw-figure-title")).to_have_text("Third")


def test_empty_figures_gaps_bars_and_heatmaps_are_drawn(in_voila: Open) -> None:
    page = in_voila(
        PRELUDE,
        """
bars = go.Bar(x=["calm", "busy"], y=np.array([1, 2]))
heat = go.Heatmap(z=np.arange(6.0).reshape(2, 3))
display(FigureView(go.Figure(layout={"title": "Nothing"})))
display(FigureView(line([1, 2, np.nan, 4, 5])))
display(FigureView(go.Figure([bars])), FigureView(go.Figure([heat])))
display(FigureView(line([])))
""",
    )
    views = figures(page, 5)
    pieces = views.nth(1).locator(".scatterlayer .js-line")
    expect(pieces.first).to_be_attached()
    drawn = pieces.evaluate_all("all => all.map((one) => one.getAttribute('d')).join('')")
    assert drawn.count("M") == 2
    expect(views.nth(2).locator(".bars .point")).to_have_count(2)
    expect(views.nth(3).locator(".hm image")).to_have_count(1)
    for view in (views.nth(0), views.nth(4)):
        view.get_by_role("button", name="Table").click()
        expect(view.locator("caption")).to_contain_text("nothing to show yet")
    views.nth(1).get_by_role("button", name="Table").click()
    assert table(views.nth(1))[3] == ["2", "–"]
    views.nth(3).get_by_role("button", name="Table").click()
    assert table(views.nth(3))[-1] == ["2", "1", "5"]


def test_a_hundred_thousand_points_are_drawn_and_downloaded(in_voila: Open) -> None:
    page = in_voila(
        PRELUDE,
        """
many = line(np.arange(100_000) % 300, xaxis={"range": [0, 100_000], "title": "Time (ms)"})
FigureView(many)
""",
    )
    view = figures(page)
    assert len(shape(view)) > 1000
    view.get_by_role("button", name="Table").click()
    expect(view.get_by_text("The first 200 of 100000 rows.")).to_be_visible()
    assert len(table(view)) == 201
    rows = download(page, "CSV").decode("utf-8-sig").splitlines()
    assert len(rows) == 100_001
    assert rows[-1] == "99999,99"


def test_table_and_csv_contain_what_the_figure_shows(in_voila: Open) -> None:
    page = in_voila(
        PRELUDE,
        """
x = np.array([0.0, 0.5])
axis = {"xaxis": {"title": "Time (ms)"}, "yaxis": {"title": "Force<br>(µN)"}}
two = go.Figure([go.Scatter(x=x, y=np.array([-1.0, 1 / 3]), name="now"),
                 go.Scatter(x=x, y=np.array([2.0, 3.0]), name="before"),
                 go.Scatter(x=x, y=x, name="threshold", hoverinfo="skip")], axis)
FigureView(two)
""",
    )
    view = figures(page)
    view.get_by_role("button", name="Table").click()
    assert table(view) == [
        ["Time (ms)", "now: Force (µN)", "before: Force (µN)"],
        ["0", "−1", "2"],
        ["0.5", "0.33333", "3"],
    ]
    rows = list(csv.reader(io.StringIO(download(page, "CSV").decode("utf-8-sig"))))
    assert rows[0][1] == "now: Force (µN)"
    assert rows[1] == ["0", "-1", "2"]
    assert rows[2] == ["0.5", "0.3333333333333333", "3"]


def test_a_table_of_words_cannot_run_as_a_formula(in_voila: Open) -> None:
    page = in_voila(
        PRELUDE,
        """
rows = [["=1+1", -1], [" @x", None], ["say \\"hi\\", twice", 2.5], ["two\\nlines", 3]]
meta = {"name": "Habits", "table": {"columns": ["+a", "b"], "rows": rows}}
FigureView(go.Figure(layout={"meta": meta}))
""",
    )
    figures(page)
    text = download(page, "CSV").decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["'+a", "b"],
        ["'=1+1", "-1"],
        ["' @x", ""],
        ['say "hi", twice', "2.5"],
        ["two\nlines", "3"],
    ]


def test_pictures_are_downloaded(in_voila: Open) -> None:
    page = in_voila(PRELUDE, "FigureView(line([0, 100], title='A spike'))")
    figures(page)
    page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    with page.expect_download() as started:
        page.get_by_role("button", name="Download PNG").click()
    assert started.value.suggested_filename == "a-spike.png"
    assert Path(started.value.path()).read_bytes().startswith(b"\x89PNG")
    svg = download(page, "SVG").decode()
    assert svg.startswith("<svg")
    assert "A spike" in svg
    red, green, blue = (int(LIGHT["nerve"][i : i + 2], 16) for i in (1, 3, 5))
    assert f"rgb({red}, {green}, {blue})" in svg


def stroke(view: Locator) -> str:
    line = view.locator(".scatterlayer .js-line").first
    rgb = re.findall(r"\d+", line.evaluate("(path) => getComputedStyle(path).stroke"))
    return "#" + "".join(f"{int(part):02X}" for part in rgb[:3])


def test_colours_follow_the_page(in_voila: Open) -> None:
    page = in_voila(
        PRELUDE,
        """
label = f"<span style='color:{LIGHT['attention']}'>threshold</span>"
FigureView(line([0, 1], note=label, shapes=[{"type": "rect", "x0": 0, "x1": 1, "y0": 0, "y1": 1,
           "fillcolor": "rgba(26, 110, 94, 0.2)"}]))
""",
    )
    view = figures(page)
    assert stroke(view) == LIGHT["nerve"]
    page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    expect(view.locator(".scatterlayer .js-line")).to_have_css("stroke", "rgb(98, 182, 232)")
    assert stroke(view) == DARK["nerve"]
    expect(view.get_by_text("threshold")).to_have_css("fill", "rgb(231, 178, 76)")
    expect(view.locator(".shapelayer path")).to_have_css("fill", "rgb(92, 200, 176)")
    page.evaluate("document.body.dataset.jpThemeLight = 'true'")
    expect(view.locator(".scatterlayer .js-line")).to_have_css("stroke", "rgb(11, 95, 138)")


def test_colours_follow_jupyterlab(in_lab: Open) -> None:
    page = in_lab(PRELUDE, "FigureView(line([0, 1]))")
    line = figures(page).locator(".scatterlayer .js-line")
    for theme, colour in [("Dark", "rgb(98, 182, 232)"), ("Light", "rgb(11, 95, 138)")]:
        wanted = {"theme": f"JupyterLab {theme}"}
        page.evaluate("(to) => jupyterapp.commands.execute('apputils:change-theme', to)", wanted)
        expect(line).to_have_css("stroke", colour)


def test_a_figure_fills_its_box_and_resizes_with_it(in_voila: Open) -> None:
    page = in_voila(
        PRELUDE,
        """
title = "A long title that needs more than one line on the screen of a phone"
tab = ipywidgets.Tab([ipywidgets.Label("Front"), FigureView(line([0, 1]))])
tab.titles = ("Front", "Back")
tall = FigureView(line([0, 1]), layout={"height": "600px"})
row = ipywidgets.HBox([FigureView(line([0, 1], title=title)), FigureView(line([0, 1]))])
ipywidgets.VBox([row, tall, tab])
""",
    )
    views = figures(page, 3)
    left, right, tall, hidden = (views.nth(i).locator(".main-svg").first for i in range(4))
    for svg in (left, right):
        assert 500 < box_of(svg)["width"] < 640
    assert box_of(tall)["height"] > 400
    page.get_by_role("tab", name="Back").click()
    expect(hidden).to_be_visible()
    assert box_of(hidden)["width"] > 1000
    page.set_viewport_size({"width": 390, "height": 800})
    page.wait_for_function(
        "[...document.querySelectorAll('.main-svg')].every((svg) => svg.clientWidth < 390)"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_figure_can_be_used_without_sight_or_a_mouse(in_voila: Open) -> None:
    page = in_voila(PRELUDE, "FigureView(line([0, 7], title='Rest<br>then <b>spikes</b>'))")
    view = figures(page)
    picture = view.get_by_role("img", name="Rest then spikes", exact=True)
    expect(picture).to_have_accessible_description("It ends at 7.0.")
    expect(view.locator("figcaption")).to_have_attribute("aria-live", "polite")
    button = view.get_by_role("button", name="Table")
    expect(button).to_have_attribute("aria-expanded", "false")
    view.get_by_role("button", name="Download CSV").focus()
    for _ in range(3):
        page.keyboard.press("Shift+Tab")
    expect(button).to_be_focused()
    expect(button).to_have_css("outline-style", "solid")
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(view.get_by_role("table", name="Rest then spikes")).to_be_visible()
    expect(view.get_by_role("columnheader")).to_have_count(2)
    page.keyboard.press("Enter")
    expect(view.locator("table")).to_be_hidden()
