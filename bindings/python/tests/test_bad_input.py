"""Every kind of bad input through every kind of table."""

# The types of pyarrow itself leave much open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

import datetime
from decimal import Decimal
from typing import Any

import pyarrow
import pyarrow.compute
import pytest
from kinds import ANSWERS, KINDS, table
from test_facts import CASE

from apportion import CaseError, Policy

day, moment = datetime.date, datetime.datetime

# A column, its values in three rows of which the second is bad, and what is said of that row.
BAD_CELLS: dict[str, tuple[str, Any, str]] = {
    "a word that is none": ("breathing", ["high", "very high", "high"], "must be one of no add"),
    "the words of a dictionary": (
        "breathing",
        pyarrow.array(["high", "very high", "high"]).dictionary_encode(),
        "must be one of no additional needs",
    ),
    "an empty text": ("date_of_birth", ["2017-05-03", "", "2017-05-03"], "needs date of birth"),
    "spaces": ("date_of_birth", ["2017-05-03", "  ", "2017-05-03"], "needs date of birth"),
    "not known": ("mobility", ["high", "not known", "high"], "not settled: needs mobility"),
    "a null among texts": ("mobility", ["high", None, "high"], "not settled: needs mobility"),
    "a null among days": (
        "date_of_birth",
        [day(2017, 5, 3), None, day(2017, 5, 3)],
        "not settled: needs date of birth",
    ),
    "a null among decimals": (
        "day_care",
        [Decimal("21.5"), None, Decimal("21.5")],
        "not settled: needs day care",
    ),
    "a null among truths": (
        "registered_with_a_gp_in_northshire",
        [True, None, True],
        "not settled: needs registered with a GP",
    ),
    "NaN in a text": ("day_care", ["21.5", "NaN", "21.5"], "`day care` must be a number"),
    "another truth": (
        "registered_with_a_gp_in_northshire",
        ["yes", "maybe", "yes"],
        "must be yes or no",
    ),
    "a part of a penny": (
        "cost_of_the_school_placement",
        pyarrow.array([Decimal("5.000"), Decimal("1.005"), Decimal("5.000")]),
        "an amount is whole pence",
    ),
    "a negative amount": (
        "cost_of_the_school_placement",
        [Decimal("5.00"), Decimal("-5.00"), Decimal("5.00")],
        "from £0.00 to £10,000,000.00",
    ),
    "an amount in words": ("cost_of_the_school_placement", ["5", "five", "5"], "in pounds"),
    "between two steps": (
        "day_care",
        [Decimal("21.50"), Decimal("21.30"), Decimal("21.50")],
        "in steps of 0.25",
    ),
    "too many nights": ("waking_nights", [2, 8, 2], "must be from 0 to 7"),
    "too few nights": ("waking_nights", pyarrow.array([2, -1, 2], "int8"), "must be from 0 to 7"),
    "a number of 64 bits": (
        "waking_nights",
        pyarrow.array([2, 2**64 - 1, 2], "uint64"),
        "`waking nights` must be",
    ),
    "a day that does not exist": (
        "decision_date",
        ["2026-05-12", "2026-02-30", "2026-05-12"],
        "is a date that does not exist",
    ),
    "an American day": (
        "decision_date",
        ["12/05/2026", "05/13/2026", "12/05/2026"],
        "must be a date, such as 12 May 2026",
    ),
    "a day before the policy": (
        "decision_date",
        [day(2026, 5, 12), day(2025, 3, 31), day(2026, 5, 12)],
        "is before this version of the policy is in force",
    ),
    "a day far out": (
        "date_of_birth",
        [day(2017, 5, 3), day(9999, 1, 1), day(2017, 5, 3)],
        "`date of birth` must be",
    ),
    "a birth after the decision": (
        "date_of_birth",
        [day(2017, 5, 3), day(2026, 5, 13), day(2017, 5, 3)],
        "`date of birth` is after `decision date`",
    ),
    "a time of day": (
        "decision_date",
        pyarrow.array(
            [moment(2026, 5, 12), moment(2026, 5, 12, 9, 30), moment(2026, 5, 12)],
            pyarrow.timestamp("us"),
        ),
        "has a time of day, and a fact is a day alone",
    ),
}


def three(name: str, values: Any) -> pyarrow.Table:
    """Three cases with another column of this name."""
    cases = table([CASE] * 3)
    cases = cases.drop_columns([name]) if name in cases.column_names else cases
    arrow: Any = pyarrow
    return cases.append_column(name, arrow.array(values))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("cell", BAD_CELLS)
def test_a_bad_cell_rejects_its_row_alone(continuing_care: Policy, kind: str, cell: str) -> None:
    name, values, said = BAD_CELLS[cell]
    make, read = KINDS[kind]
    given = make(three(name, values))
    decided, rejected = continuing_care.run(given, on_error="reject")
    assert type(decided) is type(given) is type(rejected)
    [reject] = read(rejected).to_pylist()
    assert reject["row"] == 1 and said in reject["reason"]
    assert reject["column"] == (None if "is after" in said else name)
    paid: list[Any] = read(decided)["pays_icb"].to_pylist()
    assert paid == [Decimal("305.81")] * 2


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("cell", BAD_CELLS)
def test_a_stream_rejects_what_a_table_does(continuing_care: Policy, kind: str, cell: str) -> None:
    name, values, _ = BAD_CELLS[cell]
    make, read = KINDS[kind]
    _, rejected = continuing_care.run(make(three(name, values)), on_error="reject")
    stream = continuing_care.run_batches(make(three(name, values)), on_error="reject")
    assert pyarrow.table(stream)["pays_icb"].to_pylist() == [Decimal("305.81")] * 2
    assert pyarrow.table(stream.rejected).to_pylist() == read(rejected).to_pylist()


# A column, its values, the code of the refusal, and what is said.
BAD_COLUMNS: dict[str, tuple[str, Any, str, str]] = {
    "floats of money": (
        "cost_of_the_school_placement",
        [12.34, 0.1, 5.0],
        "column-type",
        "of floats, which are not exact; make it pounds as decimals",
    ),
    "NaN": ("day_care", [21.5, float("nan"), 21.5], "column-type", "of floats"),
    "small floats": (
        "day_care",
        pyarrow.array([21.5] * 3, pyarrow.float32()),
        "column-type",
        "of floats",
    ),
    "times with a zone": (
        "decision_date",
        pyarrow.array([moment(2026, 5, 12)] * 3, pyarrow.timestamp("us", "UTC")),
        "column-type",
        "of times with a zone",
    ),
    "lists": ("day_care", [[1], [2], [3]], "column-type", "make it decimals"),
    "structs": ("day_care", [{"hours": 1}] * 3, "column-type", "make it decimals"),
    "bytes": ("day_care", [b"1"] * 3, "column-type", "make it decimals"),
    "truths of a number": ("day_care", [True] * 3, "column-type", "make it decimals"),
    "days of a number": ("day_care", [day(2026, 5, 12)] * 3, "column-type", "make it decimals"),
    "a column nobody knows": ("provider", ["x"] * 3, "undeclared-column", "`provider`"),
    "a column of answers": ("pays_icb", [1] * 3, "answer-column-exists", "`pays_icb`"),
    "the same fact twice": ("Day care", [1] * 3, "column-twice", "`Day care`"),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("column", BAD_COLUMNS)
def test_a_bad_column_is_refused_before_the_first_case(
    continuing_care: Policy, kind: str, column: str
) -> None:
    name, values, code, said = BAD_COLUMNS[column]
    make, _ = KINDS[kind]
    for run in (continuing_care.run, continuing_care.run_batches):
        with pytest.raises(CaseError) as raised:
            run(make(three(name, values)), on_error="reject")
        assert raised.value.code == code and said in str(raised.value)


@pytest.mark.parametrize("kind", KINDS)
def test_a_missing_column_is_told(continuing_care: Policy, kind: str) -> None:
    make, _ = KINDS[kind]
    for run in (continuing_care.run, continuing_care.run_batches):
        with pytest.raises(CaseError, match="no column gives `breathing`") as raised:
            run(make(table([CASE] * 3).drop_columns(["breathing"])), on_error="reject")
        assert raised.value.code == "missing-column"


# A column and its values, which are all good.
GOOD_COLUMNS: dict[str, tuple[str, Any]] = {
    "unsigned": ("waking_nights", pyarrow.array([2] * 3, "uint8")),
    "a dictionary": ("mobility", pyarrow.array(["high"] * 3).dictionary_encode()),
    "large strings": ("mobility", pyarrow.array(["high"] * 3, pyarrow.large_string())),
    "string views": ("mobility", pyarrow.array(["high"] * 3, pyarrow.string_view())),
    "midnights": (
        "decision_date",
        pyarrow.array([moment(2026, 5, 12)] * 3, pyarrow.timestamp("us")),
    ),
    "nothing but nulls": ("cost_of_the_school_placement", pyarrow.nulls(3)),
    "nulls that have defaults": ("fast_track", [None, False, None]),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("column", GOOD_COLUMNS)
def test_an_unusual_column_is_read(continuing_care: Policy, kind: str, column: str) -> None:
    make, read = KINDS[kind]
    decided: pyarrow.Table = read(continuing_care.run(make(three(*GOOD_COLUMNS[column]))))
    assert decided["pays_icb"].to_pylist() == [Decimal("305.81")] * 3
    stream = continuing_care.run_batches(make(three(*GOOD_COLUMNS[column])))
    assert pyarrow.table(stream)["pays_icb"].to_pylist() == [Decimal("305.81")] * 3


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("batch", "chunked")])
def test_no_rows_make_no_rows(continuing_care: Policy, kind: str) -> None:
    make, read = KINDS[kind]
    decided, rejected = continuing_care.run(make(table([CASE]).slice(0, 0)), on_error="reject")
    assert read(decided).num_rows == 0 and read(rejected).num_rows == 0
    assert read(decided).column_names[-len(ANSWERS) :] == ANSWERS


@pytest.mark.parametrize("kind", ["pyarrow", "polars"])
def test_a_thousand_bad_rows_of_a_million(continuing_care: Policy, kind: str) -> None:
    make, read = KINDS[kind]
    rows = 1_000_000
    arrow: Any = pyarrow
    first = arrow.repeat(0, rows).cast("int32")
    columns: dict[str, Any] = {
        name: arrow.DictionaryArray.from_arrays(first, [value])
        if isinstance(value, str)
        else arrow.repeat(value, rows)
        for name, value in CASE.items()
    }
    nights = [8 if row % 1_000 == 117 else 2 for row in range(rows)]
    columns["waking_nights"] = pyarrow.array(nights, "uint8")
    decided, rejected = continuing_care.run(make(pyarrow.table(columns)), on_error="reject")
    decided, rejected = read(decided), read(rejected)
    assert rejected["row"].to_pylist() == list(range(117, rows, 1_000))
    assert decided.num_rows == 999_000
    for name, value in (("pays_icb", Decimal("305.81")), ("waking_nights", 2)):
        assert pyarrow.compute.unique(decided[name]).to_pylist() == [value]
