"""The command ``apportion``: ``python -m apportion check POLICY``."""

import signal
import sys

from ._native import run_command


def main() -> int:
    """Runs the command with the program's arguments, and returns its exit code."""
    # The command is not written in Python: Ctrl-C ends it as it ends any other program.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return run_command(["apportion", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
