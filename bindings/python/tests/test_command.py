"""The command, as it is after `pip install`."""

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
