"""Every control that takes an entry about the reader says where the entry goes."""

import ipywidgets
import pytest

from twitchlib.widgets import CarePlan, EmgLab, MyDiary, WarningSigns
from twitchlib.widgets.privacy import privacy
from twitchlib.widgets.prose import Prose


def prose_in(widget: ipywidgets.Widget) -> list[str]:
    if isinstance(widget, Prose):
        return [widget.html]
    children = widget.children if isinstance(widget, ipywidgets.Box) else ()
    return [html for child in children for html in prose_in(child)]


@pytest.mark.parametrize("dashboard", [WarningSigns, CarePlan, MyDiary, EmgLab])
def test_a_dashboard_that_takes_entries_says_where_they_go(dashboard: type) -> None:
    assert prose_in(dashboard()).count(privacy().html) == 1


def test_the_note_is_also_true_of_a_server() -> None:
    said = privacy().html
    assert "the computer that runs this course" in said
    assert "https" in said
