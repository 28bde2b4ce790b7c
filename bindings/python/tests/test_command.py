"""The command, as it is after `pip install`."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest
from conftest import EXAMPLES, HALF_EACH

POLICY = str(EXAMPLES / "continuing_care" / "continuing_care.policy")
COMMANDS = [[sys.executable, "-m", "apportion"], [str(Path(sys.executable).parent / "apportion")]]


def run(*arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(arguments, input=text, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("command", COMMANDS)
def test_it_is_the_command(command: list[str]) -> None:
    checked = run(*command, "check", POLICY)
    assert (checked.returncode, checked.stdout.splitlines()[0]) == (0, f"{POLICY}: ok")
    assert run(*command, "--version").stdout.startswith("apportion ")


def test_it_ends_with_the_code_of_the_command() -> None:
    assert run(*COMMANDS[0], "check", "no_such.policy").returncode == 2
    decided = run(*COMMANDS[0], "decide", POLICY, "-", text="()")
    assert decided.returncode == 1 and "error[not-known]" in decided.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
def test_progress_is_shown_where_somebody_is_looking(tmp_path: Path) -> None:
    cases = str(EXAMPLES / "continuing_care" / "cases.csv")
    command = [*COMMANDS[0], "run", POLICY, cases, "--carry-rest", "-o", str(tmp_path / "out.csv")]
    piped = run(*command)
    assert piped.returncode == 0 and "\u2588" not in piped.stderr

    terminal, side = os.openpty()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=side) as process:
        os.close(side)
        shown = b""
        while part := read_from(terminal):
            shown += part
    os.close(terminal)
    assert process.returncode == 0
    assert "\u2588" in shown.decode() and b"KiB of" in shown


def read_from(terminal: int) -> bytes:
    """What is shown next; nothing once whoever showed it has gone."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


def written(cases: IO[str], folder: Path) -> None:
    """Gives a run its first cases, and waits until it has begun to write what comes of them."""
    cases.write("care cost\n5\n")
    cases.flush()
    while not list(folder.glob(".*.partial")):
        pass


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_told_to_end_leaves_nothing_half_written(
    tmp_path: Path, how: signal.Signals
) -> None:
    (tmp_path / "half.policy").write_text(HALF_EACH)
    arguments = ["run", "half.policy", "-", "-o", "decided.csv"]
    with subprocess.Popen(
        [*COMMANDS[0], *arguments], cwd=tmp_path, stdin=subprocess.PIPE, text=True
    ) as command:
        assert command.stdin is not None
        written(command.stdin, tmp_path)
        command.send_signal(how)
        assert command.wait(timeout=60) == 130
    assert [path.name for path in tmp_path.iterdir()] == ["half.policy"]
