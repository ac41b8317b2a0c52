"""Pages use figures unchecked; here plotly checks every one of them."""

import plotly.graph_objects as go
import pytest

from twitchlib.figures import theme


@pytest.fixture(autouse=True)
def checked_by_plotly(monkeypatch: pytest.MonkeyPatch) -> None:
    class Checked:
        Figure = staticmethod(lambda *args, _validate, **kwargs: go.Figure(*args, **kwargs))

    monkeypatch.setattr(theme, "go", Checked)
