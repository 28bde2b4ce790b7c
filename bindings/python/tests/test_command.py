"""The command, as it is after `pip install`."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import EXAMPLES

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
