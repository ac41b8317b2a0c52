"""The dashboard that readers of the documentation copy works as printed."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.widgets.parts import button, said
from twitchlib.widgets.dashboard import Dashboard

HOW_TO = Path(__file__).parents[1] / "docs" / "how-to-add.md"


@pytest.fixture
def cell() -> str:
    """Return the code under the heading, as a reader copies it."""
    section = re.search(
        r"^## A dashboard for a model of your own$(.*?)^## ",
        HOW_TO.read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    assert section
    (code,) = re.findall(r"^```python\n(.*?)^```$", section[1], re.MULTILINE | re.DOTALL)
    return str(code)


@pytest.fixture
def dashboard(cell: str) -> Dashboard[Any, Any]:
    # A notebook shows the value of the last line.
    *before, last = cell.splitlines()
    names: dict[str, Any] = {"__name__": "__main__"}
    exec("\n".join(before), names)  # noqa: S102 - the documentation's own lines
    made: Dashboard[Any, Any] = eval(last, names)  # noqa: S307
    return made


def line(dashboard: Dashboard[Any, Any], name: str) -> object:
    """Return the heights of the drawn line with this name, or None."""
    leaves = dashboard.views[0]._leaves
    for path, leaf in leaves.items():
        if re.fullmatch(r"data\.\d+", path) and leaf["name"] == name:
            return leaves[f"{path}.y"]
    return None


def test_it_takes_about_thirty_lines(cell: str) -> None:
    assert len([text for text in cell.splitlines() if text.strip()]) <= 30


def test_moving_a_control_changes_the_figure_and_the_words(dashboard: Dashboard[Any, Any]) -> None:
    start = line(dashboard, "now")
    assert "Markup" not in dashboard.words.html
    assert dashboard.words.html == "<p>After two seconds 2% of the swing is left.</p>"
    # As the browser sends it.
    dashboard.controls._receive(None, {"turn": "t", "edit": {"fields": {"damping": "0,5"}}}, [])
    assert dashboard.controls.value.damping == 0.5
    assert line(dashboard, "now") != start
    assert line(dashboard, "before") == start
    assert dashboard.words.html == "<p>After two seconds 37% of the swing is left.</p>"


def test_another_state_can_be_kept_to_compare_with(dashboard: Dashboard[Any, Any]) -> None:
    dashboard.controls.set(swing_hz=8)
    assert said(dashboard.views[0]) == "The foot swings 8 times a second."
    button(dashboard, "Compare with this from now on").click()
    assert line(dashboard, "before") is None
