"""What pip installs."""

import subprocess
import sys
from pathlib import Path

import apportion
from apportion import _native


def test_one_library_serves_every_python_from_3_10() -> None:
    assert _native.__file__ is not None
    names = Path(_native.__file__).name
    assert names in ("_native.abi3.so", "_native.pyd")


def test_it_has_its_types() -> None:
    folder = Path(apportion.__file__).parent
    assert (folder / "py.typed").exists() and (folder / "_native.pyi").exists()


def test_importing_it_brings_nothing_that_others_installed() -> None:
    program = "import sys; before = set(sys.modules); import apportion.excel; print(*set(sys.modules) - before)"
    command = [sys.executable, "-c", program]
    brought = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    own = {name.partition(".")[0] for name in brought} - sys.stdlib_module_names
    assert own == {"apportion"}
    # These alone would take as long as all else.
    assert not {"dataclasses", "inspect"} & set(brought)
