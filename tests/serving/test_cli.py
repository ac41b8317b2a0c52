import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import twitchlib
from twitchlib import guide
from twitchlib.guide.errors import GuideError, Problem
from twitchlib.serving import cli, lab


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = "from twitchlib.serving.cli import main; exit(main())"
    return subprocess.run(
        [sys.executable, "-c", command, *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, **environment},
    )


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        cli.main(["--version"])
    assert done.value.code == 0
    assert capsys.readouterr().out.strip() == twitchlib.__version__


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["serve", "--port", "70000"], ["--port", "70000", "65535"]),
        (["serve", "--visitors", "0"], ["--visitors", "0", "10,000"]),
        (["serve", "--drain", "-1"], ["--drain", "-1", "1,440"]),
        (["serve", "--socket", "/no/such/place"], ["--socket", "/no/such/place", "a folder"]),
        (["serve", "--base-url", "course"], ["--base-url", "course", "/course/"]),
        (["serve", "--notebooks", "/no/such"], ["--notebooks", "/no/such", "a folder"]),
    ],
)
def test_a_bad_option_is_named_with_what_is_allowed(
    capsys: pytest.CaptureFixture[str], arguments: list[str], named: list[str]
) -> None:
    assert cli.main(arguments) == 2
    complaint = capsys.readouterr().err
    assert all(word in complaint for word in named)


@pytest.mark.parametrize(
    "arguments", [["serve", "--port", "many"], ["serve", "--colour"], ["teach"], []]
)
def test_arguments_that_are_not_understood_exit_with_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    with pytest.raises(SystemExit) as done:
        cli.main(arguments)
    assert done.value.code == 2
    assert "usage: twitchlib" in capsys.readouterr().err


def test_a_port_in_use_is_reported_plainly(course: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = run("serve", "--port", port, "--notebooks", str(course))
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        f"twitchlib: port {port} is already in use: choose another with --port or --address"
    ]
    assert done.stdout == ""


def test_an_address_of_another_computer_is_reported_plainly(course: Path) -> None:
    done = run("serve", "--port", "0", "--address", "192.0.2.1", "--notebooks", str(course))
    assert done.returncode == 2
    assert "192.0.2.1 is not an address of this computer" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["serve", "lab"])
@pytest.mark.parametrize("named", ["xx", "/no/such.po"])
def test_an_unknown_language_is_reported_plainly(command: str, named: str) -> None:
    done = run(command, TWITCHLIB_LANGUAGE=named)
    assert done.returncode == 2
    (complaint,) = done.stderr.splitlines()
    assert complaint.startswith(f"twitchlib: TWITCHLIB_LANGUAGE = {named!r}: must be ")
    assert done.stdout == ""


def test_lab_copies_says_what_it_kept_and_opens_jupyterlab(
    course: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    opened = []

    def open_lab(folder: Path, extra: list[str]) -> int:
        opened.append((folder, extra))
        return 0

    monkeypatch.setattr(cli, "folder", lambda _: course)
    monkeypatch.setattr(lab, "open_lab", open_lab)
    (tmp_path / "00_start_here.ipynb").write_text("mine", encoding="utf-8")
    assert cli.main(["lab", str(tmp_path), "--no-browser"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said == [
        f"Copied to {tmp_path}: 01_buttons.ipynb, 02_broken.ipynb",
        f"Kept as they are in {tmp_path}: 00_start_here.ipynb",
    ]
    assert opened == [(tmp_path, ["--no-browser"])]


def test_help_loads_no_server() -> None:
    code = (
        "import sys\nfrom twitchlib.serving.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "assert not {'voila', 'tornado', 'zmq'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, timeout=120)


def test_a_broken_table_is_reported_before_anything_is_served(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def load() -> None:
        raise GuideError([Problem("causes.csv", 7, "kind", "'habit' is not one of")])

    monkeypatch.setattr(guide, "load", load)
    assert cli.main(["serve"]) == 2
    assert "data/causes.csv, line 7, column 'kind'" in capsys.readouterr().err
