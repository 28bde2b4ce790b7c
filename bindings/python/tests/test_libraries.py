"""What each library of tables gets back: its own types, in its own order, from its own hands."""

# The types of pyarrow itself leave much open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

import datetime
import subprocess
import sys
import threading
from decimal import Decimal
from typing import Any

import duckdb
import pandas
import polars
import pyarrow
import pytest
from kinds import KINDS, table
from test_facts import CASE

from apportion import CaseError, Policy

TYPES = """\
policy   Types
about    a child
between
  the ICB   NHS Northshire ICB
version  1, in force from 1 April 2025

levels of need
  low < high

facts
  need       a level of need
  hours      hours a week, in quarters, 0 to 168
  received   a date, from 1 April 2025 to 31 December 2028

1    Values
1.1  Urgency: exactly one row applies.
     | need | urgency |
     | high | soon    |
     | low  | later   |
1.2  Third of hours = hours / 3, to the nearest 0.1, halves up.
1.3  Exact third = 1/3 of hours.
1.4  Due = 28 days after received, not counting that day.
1.5  The ICB pays £1.00 a week.
"""

# 7 / 3 is 2.33..., 8 / 3 is 2.66...; 28 days after 1 February 2026 is 1 March.
ANSWERED: list[dict[str, Any]] = [
    {
        "urgency": "soon",
        "third_of_hours": Decimal("2.3"),
        "exact_third": "7/3",
        "due": datetime.date(2026, 3, 1),
        "pays_icb": Decimal("1.00"),
        "clauses": "1.1; 1.2; 1.3; 1.4; 1.5",
    },
    {
        "urgency": "later",
        "third_of_hours": Decimal("2.7"),
        "exact_third": "8/3",
        "due": datetime.date(2026, 3, 1),
        "pays_icb": Decimal("1.00"),
        "clauses": "1.1; 1.2; 1.3; 1.4; 1.5",
    },
]

TYPES_OF_ANSWERS: dict[str, list[str]] = {
    "pyarrow": [
        "dictionary<values=string, indices=int32, ordered=0>",
        "decimal128(38, 1)",
        "string",
        "date32[day]",
        "decimal128(19, 2)",
        "string",
    ],
    "pandas": [
        "category",
        "decimal128(38, 1)[pyarrow]",
        "str",
        "date32[day][pyarrow]",
        "decimal128(19, 2)[pyarrow]",
        "str",
    ],
    "polars": [
        "Categorical",
        "Decimal(precision=38, scale=1)",
        "String",
        "Date",
        "Decimal(precision=19, scale=2)",
        "String",
    ],
    "DuckDB": ["VARCHAR", "DECIMAL(38,1)", "VARCHAR", "DATE", "DECIMAL(19,2)", "VARCHAR"],
}


def types(decided: Any) -> dict[str, str]:
    """The types of its columns, as its library calls them."""
    if isinstance(decided, pandas.DataFrame):
        return {str(name): str(kind) for name, kind in decided.dtypes.items()}
    if isinstance(decided, polars.DataFrame):
        return {name: str(kind) for name, kind in decided.schema.items()}
    if isinstance(decided, duckdb.DuckDBPyRelation):
        return dict(zip(decided.columns, map(str, decided.types), strict=True))
    return {field.name: str(field.type) for field in decided.schema}


@pytest.mark.parametrize("kind", KINDS)
def test_answers_have_exact_types_in_every_library(kind: str) -> None:
    received = datetime.date(2026, 2, 1)
    rows = pyarrow.table({"need": ["high", "low"], "hours": [7, 8], "received": [received] * 2})
    make, read = KINDS[kind]
    decided = Policy.parse(TYPES).run(make(rows))
    names = list(ANSWERED[0])
    library = kind.split(" ")[0]
    expected = TYPES_OF_ANSWERS.get(library, TYPES_OF_ANSWERS["pyarrow"])
    assert [types(decided)[name] for name in names] == expected
    assert read(decided).select(names).to_pylist() == ANSWERED


def test_truths_and_whole_numbers_have_types_without_gaps(continuing_care: Policy) -> None:
    expected = {
        "pyarrow": ("bool", "int64"),
        "pandas": ("boolean", "Int64"),
        "polars": ("Boolean", "Int64"),
        "DuckDB": ("BOOLEAN", "BIGINT"),
    }
    # The third case is not covered, so that its answers are null.
    for kind, (truth, whole) in expected.items():
        make, read = KINDS[kind]
        decided = continuing_care.run(make(table()))
        assert (types(decided)["eligible"], types(decided)["total_points"]) == (truth, whole)
        rows: pyarrow.Table = read(decided)
        assert rows["eligible"].to_pylist() == [True, True, None, False]
        assert rows["total_points"].to_pylist() == [22, 22, None, 22]


def test_a_frame_keeps_its_index_and_its_types(continuing_care: Policy) -> None:
    frame = table().to_pandas().set_index(pandas.Index(["d", "c", "b", "a"], name="child"))
    frame["breathing"] = frame["breathing"].astype("category")
    decided, rejected = continuing_care.run(frame, on_error="reject")
    assert list(decided.index) == ["d", "c", "b", "a"] and decided.index.name == "child"
    assert (decided[frame.columns].dtypes == frame.dtypes).all()
    assert len(rejected) == 0
    frame.loc["c", "mobility"] = "much"
    decided, rejected = continuing_care.run(frame, on_error="reject")
    assert list(decided.index) == ["d", "b", "a"] and list(rejected["row"]) == [1]


def test_an_index_may_have_levels_and_say_a_thing_twice(continuing_care: Policy) -> None:
    frame = table().to_pandas()
    frame.index = pandas.MultiIndex.from_tuples([("a", 2), ("a", 1), ("b", 1), ("a", 2)])
    frame.loc[("b", 1), "mobility"] = "much"
    decided, rejected = continuing_care.run(frame, on_error="reject")
    assert list(decided.index) == [("a", 2), ("a", 1), ("a", 2)] and list(rejected["row"]) == [2]
    # As far as it goes by streams, which have no index.
    stream = continuing_care.run_batches(frame, on_error="reject")
    assert pyarrow.table(stream)["pays_icb"].to_pylist() == list(decided["pays_icb"])


class Cases(pandas.DataFrame):
    """A frame of somebody's own."""


def test_a_class_made_from_a_frame_is_a_frame(continuing_care: Policy) -> None:
    decided: Any = continuing_care.run(Cases(table().to_pandas()))
    assert isinstance(decided, pandas.DataFrame)
    assert decided["pays_icb"][0] == Decimal("305.81")


def test_values_of_several_kinds_are_refused_without_being_repeated(continuing_care: Policy) -> None:
    # As `pandas.read_excel` gives what somebody typed.
    frame = table().to_pandas()
    frame["day_care"] = pandas.Series([21.5, "zebra-4711", 20, None], dtype=object)
    for run in (continuing_care.run, continuing_care.run_batches):
        with pytest.raises(CaseError, match="column `day_care` has values of several kinds") as told:
            run(frame)
        assert told.value.code == "column-type" and "4711" not in str(told.value)
        assert "apportion.excel.run" in str(told.value)
    frame["day_care"] = frame["day_care"].astype("string")
    decided, rejected = continuing_care.run(frame, on_error="reject")
    assert list(rejected["row"]) == [1, 3] and decided["day_care"].tolist() == ["21.5", "20"]


def test_columns_of_polars_stay_as_they_are(continuing_care: Policy) -> None:
    given = polars.DataFrame(table([CASE] * 3))
    levels = polars.Enum(["high", "severe"])
    nothing = polars.lit(None).alias("cost_of_the_school_placement")
    given = given.with_columns(polars.col("mobility").cast(levels), nothing)
    decided = continuing_care.run(given)
    assert decided.select(given.columns).equals(given)
    assert decided.schema["mobility"] == levels
    assert decided.schema["cost_of_the_school_placement"] == polars.Null
    # A stream has no type for nothing, and gives it as text.
    stream = polars.DataFrame(continuing_care.run_batches(given))
    assert stream["pays_icb"].to_list() == decided["pays_icb"].to_list()
    assert stream["cost_of_the_school_placement"].to_list() == [None] * 3


def test_a_relation_of_duckdb_stays_on_its_connection(continuing_care: Policy) -> None:
    connection = duckdb.connect()
    given: Any = table()
    connection.sql("create table cases as from given")
    decided, rejected = continuing_care.run(connection.table("cases"), on_error="reject")
    # Read by their names, and more than once.
    for _ in range(2):
        summed = connection.sql("select count(*), sum(pays_icb) from decided").fetchall()
        assert summed == [(4, Decimal("1223.23"))]
        assert connection.sql("from rejected").fetchall() == []
    assert given.num_rows == decided.shape[0] == 4 and rejected.shape[0] == 0


WITHOUT_PYARROW = """
import sys

sys.modules["pyarrow"] = None

import duckdb, polars
from apportion import Policy

policy = Policy.parse(sys.argv[1])
frame = polars.DataFrame({"need": ["high", "none"], "hours": [7, 8], "received": ["1 February 2026"] * 2})
decided, rejected = policy.run(frame, on_error="reject")
print(decided["urgency"].to_list(), rejected["row"].to_list())
print(polars.DataFrame(policy.run_batches(frame[:1]))["third_of_hours"].to_list())
rows = "select * from (values ('high', 7, date '2026-02-01'), ('none', 8, null)) as it(need, hours, received)"
decided, rejected = policy.run(duckdb.sql(rows), on_error="reject")
print(decided.fetchall()[0][3], rejected.fetchall()[0][0])
"""


def test_no_version_of_arrow_is_imposed() -> None:
    command = [sys.executable, "-W", "error", "-c", WITHOUT_PYARROW, TYPES]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert ran.stderr == ""
    assert ran.stdout.splitlines() == ["['soon'] [1]", "[Decimal('2.3')]", "soon 1"]


class Streams:
    """A table whose streams were made before anybody asks for them."""

    def __init__(self, rows: Any, count: int) -> None:
        self.streams = [rows.__arrow_c_stream__() for _ in range(count)]

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        return self.streams.pop()


def test_other_threads_run_while_a_table_is_decided(continuing_care: Policy) -> None:
    # With this interval Python never takes the lock from a thread: another runs only where the lock
    # is released, and of what is called here nothing else does so.
    interval = sys.getswitchinterval()
    given, begin, ran = Streams(table(), 5_000), threading.Lock(), threading.Event()

    def other() -> None:
        with begin:
            ran.set()

    begin.acquire()
    thread = threading.Thread(target=other)
    thread.start()
    sys.setswitchinterval(1_000)
    try:
        begin.release()
        while given.streams and not ran.is_set():
            continuing_care._native.run(
                given, [], rejects=False, allows_unknown=False, given=False, progress=None
            )
        was_released = ran.is_set()
    finally:
        sys.setswitchinterval(interval)
    thread.join()
    assert was_released
