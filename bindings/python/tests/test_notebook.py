"""The tutorial does what it says. With BLESS=1 its outputs are written, to be read as a user would."""

import os
import shutil
from pathlib import Path
from typing import Any

import nbclient
import nbformat
from conftest import EXAMPLES

# What has no types is taken as it is.
FORMAT: Any = nbformat
CLIENT: Any = nbclient

NOTEBOOK = EXAMPLES / "tutorial" / "packages.ipynb"


def outputs(notebook: Any) -> list[Any]:
    """What each cell shows."""
    return [cell.get("outputs", []) for cell in notebook.cells]


def test_the_tutorial_shows_what_it_says(tmp_path: Path) -> None:
    folder = tmp_path / "examples"
    for name in ("tutorial", "continuing_care"):
        shutil.copytree(EXAMPLES / name, folder / name)
    kept = FORMAT.read(NOTEBOOK, as_version=4)
    executed = FORMAT.from_dict(kept)
    resources = {"metadata": {"path": str(folder / "tutorial")}}
    CLIENT.NotebookClient(executed, timeout=60, record_timing=False, resources=resources).execute()
    if os.environ.get("BLESS") == "1":
        executed.metadata = kept.metadata
        FORMAT.write(executed, NOTEBOOK)
    assert outputs(executed) == outputs(FORMAT.read(NOTEBOOK, as_version=4))
    assert any(outputs(executed))


SHOWS_A_BAR = """
import pyarrow
from apportion import Policy
from conftest import SERVICES

services = [{"price": "£640.00", "nursing": "yes"}]
cases = pyarrow.table({"services": [services, services]})
decided = Policy.parse(SERVICES).run(cases, progress=True)
"""


def test_a_bar_is_shown_in_a_notebook_too() -> None:
    notebook = FORMAT.v4.new_notebook(cells=[FORMAT.v4.new_code_cell(SHOWS_A_BAR)])
    resources = {"metadata": {"path": str(Path(__file__).parent)}}
    CLIENT.NotebookClient(notebook, timeout=60, resources=resources).execute()
    [told] = outputs(notebook)
    assert "2.00/2.00" in str(told)
