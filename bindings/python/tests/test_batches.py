"""Streams that are decided as they are read, and runs that are interrupted."""

# The types of pyarrow itself leave much open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import polars
import pyarrow
import pytest
from kinds import ROWS, table
from test_facts import with_
from workbooks import book

from apportion import CaseError, Policy


def reader(batches: Iterator[pyarrow.RecordBatch]) -> pyarrow.RecordBatchReader:
    return pyarrow.RecordBatchReader.from_batches(table().schema, batches)


def many(batches: int, rows: int = 4) -> Iterator[pyarrow.RecordBatch]:
    """The same batch again and again."""
    [batch] = pyarrow.concat_tables([table()] * (rows // 4)).combine_chunks().to_batches()
    for _ in range(batches):
        yield batch


def read(decided: Any) -> pyarrow.RecordBatchReader:
    make: Any = pyarrow.RecordBatchReader
    batches: pyarrow.RecordBatchReader = make.from_stream(decided)
    return batches


def test_a_stream_says_what_a_table_does(continuing_care: Policy) -> None:
    decided = continuing_care.run_batches(reader(many(3)))
    rows = read(decided).read_all()
    assert rows == continuing_care.run(pyarrow.concat_tables([table()] * 3))
    with pytest.raises(ValueError, match="only once"):
        read(decided)
    assert pyarrow.table(decided.rejected).num_rows == 0
    frame = polars.DataFrame(continuing_care.run_batches(polars.DataFrame(table())))
    assert frame["pays_icb"].to_list() == rows["pays_icb"].to_pylist()[:4]


def test_batches_are_decided_as_they_are_asked_for(continuing_care: Policy) -> None:
    taken: list[int] = []

    def batches() -> Iterator[pyarrow.RecordBatch]:
        for number, batch in enumerate(many(10)):
            taken.append(number)
            yield batch

    decided = read(continuing_care.run_batches(reader(batches())))
    assert taken == []
    decided.read_next_batch()
    assert taken == [0]


def test_rejects_are_kept_beside(continuing_care: Policy) -> None:
    wrong = table([*ROWS, with_(breathing="very high")])
    decided = continuing_care.run_batches(
        pyarrow.concat_tables([wrong, wrong]), on_error="reject"
    )
    first, _ = batches = list(read(decided))
    assert [batch.num_rows for batch in batches] == [4, 4] and first.num_columns > 9
    [_, reject] = pyarrow.table(decided.rejected).to_pylist()
    assert (reject["row"], reject["column"]) == (9, "breathing")
    with pytest.raises(pyarrow.ArrowInvalid, match="row 4, column `breathing`: `breathing` must be one of"):
        read(continuing_care.run_batches(wrong)).read_all()
    with pytest.raises(CaseError, match="no column gives 14 of the facts"):
        continuing_care.run_batches(pyarrow.table({"day_care": [1]}), on_error="reject")


def test_memory_does_not_grow_with_a_stream(continuing_care: Policy) -> None:
    def most() -> int:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    paid = sum(batch.num_rows for batch in read(continuing_care.run_batches(reader(many(8, 8_000)))))
    before = most()
    paid = 0
    for batch in read(continuing_care.run_batches(reader(many(40, 8_000)))):
        paid += batch.num_rows
    assert paid == 320_000
    # All decisions together are a hundred times as large.
    assert most() - before < 8 << 10


ENDLESS = """
import pyarrow
from apportion import Policy
from conftest import EXAMPLES
from test_batches import many, reader

policy = Policy.load(EXAMPLES / "continuing_care" / "continuing_care.policy")
try:
    print("begun", flush=True)
    policy.run(reader(many(1 << 40)), on_error="reject")
except KeyboardInterrupt:
    print("interrupted")
"""


def test_ctrl_c_ends_a_run() -> None:
    command = [sys.executable, "-c", ENDLESS]
    here = Path(__file__).parent
    with subprocess.Popen(command, cwd=here, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None and run.stdout.readline() == "begun\n"
        run.send_signal(signal.SIGINT)
        assert run.communicate(timeout=30)[0] == "interrupted\n"
    assert run.returncode == 0


INTO_A_WORKBOOK = """
import sys
import apportion.excel
from apportion import Policy
from conftest import EXAMPLES

policy = Policy.load(EXAMPLES / "continuing_care" / "continuing_care.policy")
try:
    print("begun", flush=True)
    apportion.excel.run(*sys.argv[1:2], policy, *sys.argv[2:])
except KeyboardInterrupt:
    print("interrupted")
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_no_workbook_half_written(tmp_path: Path, how: signal.Signals) -> None:
    cases, target = tmp_path / "packages.xlsx", tmp_path / "decided.xlsx"
    book(ROWS * 500).save(cases)
    target.write_text("as it was")
    command = [sys.executable, "-c", INTO_A_WORKBOOK, str(cases), str(target)]
    here = Path(__file__).parent
    with subprocess.Popen(command, cwd=here, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None and run.stdout.readline() == "begun\n"
        run.send_signal(how)
        said = run.communicate(timeout=60)[0]
    assert said == ("interrupted\n" if how is signal.SIGINT else "")
    assert {path.name for path in tmp_path.iterdir()} == {"packages.xlsx", "decided.xlsx"}
    if target.read_bytes() != b"as it was":
        assert openpyxl.load_workbook(target)["Decisions"].max_row == 2_001


def test_amounts_of_a_stream_are_exact(continuing_care: Policy) -> None:
    schema = read(continuing_care.run_batches(table())).schema
    assert schema.field("pays_icb").type == pyarrow.decimal128(19, 2)
    first = next(iter(read(continuing_care.run_batches(table())))).to_pylist()[0]
    assert first["pays_icb"] == Decimal("305.81")
