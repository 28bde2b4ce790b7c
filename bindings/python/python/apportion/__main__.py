"""The command ``apportion``: ``python -m apportion check POLICY``."""

import sys

from ._native import run_command


def main() -> int:
    """Runs the command with the program's arguments, and returns its exit code."""
    return run_command(["apportion", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
