"""The course as served, and stock Voilà and JupyterLab, in which widgets must work too."""

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.conftest import Visit
from tests.servers import shared_course
from tests.tabs import Tabs
from twitchlib.widgets.dashboard import Dashboard

DEADLINE_S = 90

expect.set_options(timeout=60_000)  # for a busy machine; anything already there is found at once


def box_of(part: Locator) -> FloatRect:
    """Return where an element is on the page; it must be visible."""
    box = part.bounding_box()
    assert box is not None
    return box


def expect_description(place: Locator, words: str) -> None:
    """Wait until a figure inside `place` has this description, checking at each frame.

    Playwright's `expect` polls at ever longer intervals, which adds up over a hundred sliders.
    """
    place.evaluate(
        """(place, [words, patience]) => new Promise((resolve, reject) => {
            const end = performance.now() + patience;
            const look = () => {
              const found = [...place.querySelectorAll("figcaption, figcaption *")].filter(
                (one) => one.checkVisibility()).map((one) => one.textContent.trim());
              if (found.includes(words)) resolve();
              else if (performance.now() > end) reject(new Error(`${words} ≠ ${found}`));
              else requestAnimationFrame(look);
            };
            look();
        })""",
        [words, 1000 * DEADLINE_S],
    )


def expect_same(board: Locator, stop: Dashboard[Any, Any]) -> None:
    """Wait until each figure of a dashboard has the same description as its twin in Python."""
    for number, view in enumerate(stop.views):
        tab = board.locator(f".tw-tabs input[value='{number}']:visible")
        if tab.count():
            tab.check()
        expect_description(board, view._leaves["layout.meta"]["description"])


@pytest.fixture(scope="session")
def course(pytestconfig: pytest.Config) -> str:
    """Return the address of the course."""
    return shared_course(pytestconfig)


@pytest.fixture
def lesson(course: str, page_at: Callable[..., Visit]) -> Iterator[Callable[..., Page]]:
    """Open a lesson: ``lesson("03_triggers", "preset=exam-week", width=390)``.

    At the end, no page may have had a problem or sent a request to another host.
    """
    visits: list[Visit] = []

    def open_(name: str, query: str = "", **how: Any) -> Page:
        address = f"{course}voila/render/{name}.ipynb"
        visits.append(page_at(f"{address}?{query}" if query else address, **how))
        return visits[-1].page

    yield open_
    for visit in visits:
        assert visit.problems == []
        assert visit.hosts == {urlsplit(course).netloc}


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=5).close()
    except (URLError, ConnectionError):
        return False
    return True


def _serve(here: Path, *command: str) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = here / "server.log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", *command, f"--port={port}", "--no-browser"],
            cwd=here,
            stdout=out,
            stderr=out,
        )
    address = f"http://127.0.0.1:{port}"
    give_up = time.monotonic() + DEADLINE_S
    try:
        while not _answers(address):
            with suppress(subprocess.TimeoutExpired):
                server.wait(0.1)
                pytest.fail(log.read_text())
            if time.monotonic() > give_up:
                pytest.fail(log.read_text())
        yield address
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(scope="session")
def voila(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    here = tmp_path_factory.mktemp("voila")
    for address in _serve(here, "voila", str(here)):
        yield address, here


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    here = tmp_path_factory.mktemp("lab")
    for address in _serve(
        here,
        "jupyterlab",
        "--allow-root",
        "--IdentityProvider.token=",
        "--expose-app-in-browser",
        f"--LabApp.workspaces_dir={here / 'workspaces'}",
        f"--LabApp.user_settings_dir={here / 'settings'}",
        "--LabApp.news_url=None",
        f"--ServerApp.root_dir={here}",
    ):
        yield address, here


def _write(here: Path, cells: tuple[str, ...]) -> str:
    """Write a notebook, and return its name."""
    code: dict[str, object] = {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
    }
    notebook = {
        "cells": [code | {"id": f"cell{i}", "source": cell} for i, cell in enumerate(cells)],
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    name = f"page{len(list(here.glob('*.ipynb')))}.ipynb"
    (here / name).write_text(json.dumps(notebook), encoding="utf-8")
    return name


@pytest.fixture
def page(voila: tuple[str, Path], tabs: Tabs) -> Page:
    """Return a tab of stock Voilà."""
    return tabs.open(voila[0])


@pytest.fixture
def in_voila(voila: tuple[str, Path], page: Page) -> Callable[..., Page]:
    address, here = voila

    def open_(*cells: str) -> Page:
        page.goto(f"{address}/voila/render/{_write(here, cells)}")
        return page

    return open_


@pytest.fixture
def in_lab(lab: tuple[str, Path], tabs: Tabs) -> Callable[..., Page]:
    address, here = lab

    def open_(*cells: str) -> Page:
        page = tabs.open(address)
        run_all_in_lab(page, f"{address}/lab/tree/{_write(here, cells)}?reset")
        return page

    return open_


@pytest.fixture(params=["in_voila", "in_lab"])
def in_either(request: pytest.FixtureRequest) -> Callable[..., Page]:
    """Open cells in Voilà, and then in JupyterLab."""
    opener: Callable[..., Page] = request.getfixturevalue(request.param)
    return opener


def run_all_in_lab(page: Page, address: str) -> None:
    """Open a notebook in JupyterLab, and run it from top to bottom."""
    page.goto(address)
    page.locator(".jp-Notebook").wait_for()
    page.wait_for_function("window.jupyterapp?.shell.currentWidget?.sessionContext")
    page.evaluate(
        """async () => {
          await jupyterapp.shell.currentWidget.sessionContext.ready;
          await jupyterapp.commands.execute('notebook:run-all-cells');
        }"""
    )
