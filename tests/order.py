"""The order of the tests, and which of them run in the same worker."""

from typing import Any

import pytest

__all__ = ["pytest_collection_modifyitems", "pytest_xdist_make_scheduler"]

# The first two mostly wait, so they run beside tests that compute. The others, longest first.
LONGEST = (
    "test_moves.py",
    "test_slow_line.py",
    "test_accessibility.py",
    "test_figure_view.py",
    "test_controls.py",
    "test_nervous_system.py",
    "test_twitch_types.py",
    "test_lessons.py",
    "test_one_view.py",
    "test_presenting.py",
)
SHARING = ("tests/browser/site", "tests/hostile", "tests/triage")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put browser tests last: they are slow, and Playwright's loop keeps others from running.

    Of these, the longest files come first, so that no long one is left for the end.
    """

    def place(item: pytest.Item) -> tuple[bool, int]:
        # Some request the browser only while they run, through another fixture.
        requested = "browser" in getattr(item, "fixturenames", ())
        in_browser = requested or item.get_closest_marker("browser") is not None
        if not in_browser or item.path.name not in LONGEST:
            return in_browser, len(LONGEST)
        return in_browser, LONGEST.index(item.path.name)

    items.sort(key=place)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Leave each file to one worker, so that fixtures its tests share are made once.

    The attacks share a server, the tests of a site its files, and those of the triage its advice
    for all answers: each of these folders is left to one worker. The recipes share nothing.
    """
    if config.option.dist != "load":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class BySharing(LoadScopeScheduling):  # type: ignore[misc] # xdist is untyped
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            if file == "tests/test_recipes.py":
                return nodeid
            folder = file.rpartition("/")[0]
            return folder if folder in SHARING else file

    config.option.loadscopereorder = False  # keep the order set above
    return BySharing(config, log)
