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
from playwright.sync_api import Locator, Page, expect

from tests.conftest import Visit
from tests.servers import shared_course
from tests.tabs import Tabs
from twitchlib.widgets.dashboard import Dashboard

DEADLINE_S = 90

expect.set_options(timeout=60_000)  # for a busy machine; anything already there is found at once


def expect_said(place: Locator, words: str) -> None:
    """Wait until a figure inside `place` has this description, checking at each frame.

    Playwright's `expect` looks again after ever longer pauses, which a hundred sliders add up.
    """
    place.evaluate(
        """(place, [words, patience]) => new Promise((resolve, reject) => {
            const end = performance.now() + patience;
            const look = () => {
              const said = [...place.querySelectorAll("figcaption, figcaption *")].filter(
                (one) => one.checkVisibility()).map((one) => one.textContent.trim());
              if (said.includes(words)) resolve();
              else if (performance.now() > end) reject(new Error(`${words} ≠ ${said}`));
              else requestAnimationFrame(look);
            };
            look();
        })""",
        [words, 1000 * DEADLINE_S],
    )


def expect_same(board: Locator, stop: Dashboard[Any, Any]) -> None:
    """Wait until the page says of each figure of a dashboard what the one in Python says."""
    for number, view in enumerate(stop.views):
        tab = board.locator(f".tw-tabs input[value='{number}']:visible")
        if tab.count():
            tab.check()
        expect_said(board, view._leaves["layout.meta"]["description"])


@pytest.fixture(scope="session")
def course(pytestconfig: pytest.Config) -> str:
    """Return the address of the course."""
    return shared_course(pytestconfig)


@pytest.fixture
def lesson(course: str, page_at: Callable[..., Visit]) -> Iterator[Callable[..., Page]]:
    """Open a lesson: ``lesson("03_triggers", "preset=exam-week", width=390)``.

    In the end nothing must have gone wrong on any of the pages, and nobody else have been asked.
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


def _write(here: Path, name: str, cells: tuple[str, ...]) -> None:
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
    (here / name).write_text(json.dumps(notebook), encoding="utf-8")


@pytest.fixture
def page(voila: tuple[str, Path], tabs: Tabs) -> Page:
    """Return a tab of stock Voilà."""
    return tabs.open(voila[0])


@pytest.fixture
def in_voila(voila: tuple[str, Path], page: Page) -> Callable[..., Page]:
    address, here = voila

    def open_(*cells: str) -> Page:
        name = f"page{len(list(here.glob('*.ipynb')))}.ipynb"
        _write(here, name, cells)
        page.goto(f"{address}/voila/render/{name}")
        return page

    return open_


@pytest.fixture
def in_lab(lab: tuple[str, Path], tabs: Tabs) -> Callable[..., Page]:
    address, here = lab

    def open_(*cells: str) -> Page:
        name = f"page{len(list(here.glob('*.ipynb')))}.ipynb"
        _write(here, name, cells)
        page = tabs.open(address)
        run_all_in_lab(page, f"{address}/lab/tree/{name}?reset")
        return page

    return open_


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
