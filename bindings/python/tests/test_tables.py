"""Policies over tables of pandas, polars, pyarrow and DuckDB."""

# The types of pyarrow itself leave much open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

import datetime
import sys
import threading
from decimal import Decimal
from typing import Any

import pyarrow
import pytest
from kinds import ANSWERS, KINDS, ROWS, table
from test_facts import CASE, with_

from apportion import CaseError, Policy


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_table_comes_back(continuing_care: Policy, kind: str) -> None:
    make, read = KINDS[kind]
    given = make(table())
    decided = continuing_care.run(given)
    assert type(decided) is type(given)
    rows: list[dict[str, Any]] = read(decided).to_pylist()
    assert list(rows[0])[-len(ANSWERS) :] == ANSWERS
    for row, case in zip(rows, ROWS, strict=True):
        decision = continuing_care.decide(case)
        assert row["covered"] is decision.covered
        assert row["eligible"] is decision.eligible
        for party in ("icb", "social_care", "education"):
            assert row[f"pays_{party}"] == decision.payments.get(party)
        assert row["total_points"] == decision.values.get("total_points")
        assert row["breathing"] == case["breathing"]


COSTS: dict[str, Any] = {
    "decimals": pyarrow.array([Decimal("12.34")], pyarrow.decimal128(10, 2)),
    "decimals of more places": pyarrow.array([Decimal("12.3400")], pyarrow.decimal128(20, 4)),
    "small decimals": pyarrow.array([Decimal("12.34")], pyarrow.decimal64(10, 2)),
    "text": pyarrow.array(["£12.34"]),
    "large text": pyarrow.array(["12.34"], pyarrow.large_string()),
    "text views": pyarrow.array(["12.34"], pyarrow.string_view()),
    "dictionary": pyarrow.array(["12.34"]).dictionary_encode(),
}


@pytest.mark.parametrize("kind", COSTS)
def test_money_comes_in_as_anything_exact(continuing_care: Policy, kind: str) -> None:
    rows = table([CASE]).append_column("cost_of_the_school_placement", COSTS[kind])
    # Education's third of £917.42, and the placement.
    assert continuing_care.run(rows)["pays_education"].to_pylist() == [Decimal("318.14")]


@pytest.mark.parametrize("kind", ["int8", "int64", "uint16", "uint64"])
def test_whole_numbers_are_pounds_or_pence_by_their_name(
    continuing_care: Policy, kind: str
) -> None:
    for name, paid in (("cost_of_the_school_placement", "317.80"), (
        "cost_of_the_school_placement_pence", "305.92"
    )):
        rows = table([CASE]).append_column(name, pyarrow.array([12], kind))
        assert continuing_care.run(rows)["pays_education"].to_pylist() == [Decimal(paid)]


REFUSED_COLUMNS: dict[str, tuple[str, Any, str]] = {
    "floats for money": (
        "cost_of_the_school_placement",
        pyarrow.array([12.34]),
        "of floats, which are not exact; make it pounds as decimals",
    ),
    "floats for hours": ("day_care", pyarrow.array([21.5]), "of floats, which are not exact"),
    "small floats": ("day_care", pyarrow.array([21.5], pyarrow.float32()), "of floats"),
    "times with a zone": (
        "decision_date",
        pyarrow.array([datetime.datetime(2026, 5, 12)], pyarrow.timestamp("us", "UTC")),
        "of times with a zone",
    ),
    "truths for a number": ("day_care", pyarrow.array([True]), "make it decimals"),
    "lists": ("day_care", pyarrow.array([[1]]), "of the type List"),
    "bytes": ("day_care", pyarrow.array([b"1"]), "of the type Binary"),
    "numbers in a dictionary": (
        "day_care",
        pyarrow.array([21]).dictionary_encode(),
        "a dictionary of other things than text",
    ),
}


@pytest.mark.parametrize("kind", REFUSED_COLUMNS)
def test_columns_that_are_not_exact_are_refused(continuing_care: Policy, kind: str) -> None:
    name, values, said = REFUSED_COLUMNS[kind]
    rows = table([CASE])
    rows = rows.drop_columns([name]) if name in rows.column_names else rows
    with pytest.raises(CaseError) as raised:
        continuing_care.run(rows.append_column(name, values), on_error="reject")
    assert raised.value.code == "column-type"
    assert f"column `{name}` is" in str(raised.value) and said in str(raised.value)


def test_columns_are_settled_before_the_first_case(continuing_care: Policy) -> None:
    rows = table()
    for wrong, code in (
        (rows.append_column("provider", pyarrow.array(["x"] * 4)), "undeclared-column"),
        (rows.append_column("Day care", pyarrow.array([1] * 4)), "column-twice"),
        (rows.drop_columns(["breathing"]), "missing-column"),
        (pyarrow.table({}), "missing-column"),
    ):
        with pytest.raises(CaseError) as raised:
            continuing_care.run(wrong, on_error="reject")
        assert raised.value.code == code
    carried = rows.append_column("provider", pyarrow.array(["x"] * 4))
    for carry in (["provider"], "rest"):
        decided: Any = continuing_care.run(carried, carry=carry)
        assert decided["provider"].to_pylist() == ["x"] * 4
    with pytest.raises(CaseError, match="the name of a column that the decisions add"):
        continuing_care.run(rows.append_column("pays_icb", pyarrow.array([1] * 4)), carry="rest")
    with pytest.raises(CaseError, match="no column `team` to carry"):
        continuing_care.run(carried, carry=["provider", "team"])


WRONG_CELLS: list[tuple[str, Any, str]] = [
    ("breathing", "very high", "`breathing` must be one of no additional needs, low"),
    ("date_of_birth", None, "not settled: needs date of birth"),
    ("date_of_birth", "not known", "not settled: needs date of birth"),
    ("date_of_birth", "  ", "not settled: needs date of birth"),
    ("day_care", "21.3", "`day care` must be in steps of 0.25"),
    ("day_care", "170", "`day care` must be from 0 to 168"),
    ("cost_of_the_school_placement", "£1.005", "an amount is whole pence"),
    ("decision_date", "2026-02-30", "`decision date` is a date that does not exist"),
    ("decision_date", "2025-03-31", "before this version of the policy is in force"),
    ("date_of_birth", "2026-05-13", "`date of birth` is after `decision date`"),
]


@pytest.mark.parametrize(("name", "value", "said"), WRONG_CELLS)
def test_a_row_without_a_decision_is_listed_or_raised(
    continuing_care: Policy, name: str, value: Any, said: str
) -> None:
    texts = [{key: str(it) for key, it in row.items()} for row in ROWS]
    texts = [{**row, name: row.get(name, "£5")} for row in texts]
    texts[2][name] = value
    for row in texts:
        row["registered_with_a_gp_in_northshire"] = "yes"
    decided, rejected = continuing_care.run(table(texts), on_error="reject")
    assert decided.num_rows == 3
    [reject] = rejected.to_pylist()
    assert reject["row"] == 2 and said in reject["reason"]
    assert reject["column"] == (None if "is after" in said else name)
    with pytest.raises(CaseError) as raised:
        continuing_care.run(table(texts))
    assert raised.value.code == "row-rejected" and str(raised.value).startswith("row 2")
    if isinstance(value, str) and value.strip() and value != "not known":
        assert value not in str(raised.value)


WRONG_NUMBERS: list[tuple[str, Any, str]] = [
    ("day_care", pyarrow.array([Decimal("21.30")]), "in steps of 0.25"),
    ("day_care", pyarrow.array([-1]), "from 0 to 168"),
    ("day_care", pyarrow.array([2**64 - 1], pyarrow.uint64()), "must be"),
    ("cost_of_the_school_placement", pyarrow.array([Decimal("1.005")]), "whole pence"),
    ("cost_of_the_school_placement", pyarrow.array([10**12]), "from £0.00 to £10,000,000.00"),
    (
        "decision_date",
        pyarrow.array([datetime.datetime(2026, 5, 12, 1)], pyarrow.timestamp("ns")),
        "has a time of day",
    ),
    ("decision_date", pyarrow.array([datetime.date(9999, 1, 1)]), "`decision date` must be"),
]


@pytest.mark.parametrize(("name", "values", "said"), WRONG_NUMBERS)
def test_numbers_and_days_are_held_against_their_facts(
    continuing_care: Policy, name: str, values: Any, said: str
) -> None:
    rows = table([CASE])
    rows = rows.drop_columns([name]) if name in rows.column_names else rows
    _, rejected = continuing_care.run(rows.append_column(name, values), on_error="reject")
    [reject] = rejected.to_pylist()
    assert reject["column"] == name and said in reject["reason"]


def test_midnight_is_a_day(continuing_care: Policy) -> None:
    for unit in ("s", "ms", "us", "ns"):
        midnight = pyarrow.array([datetime.datetime(2026, 5, 12)], pyarrow.timestamp(unit))
        rows = table([CASE]).drop_columns(["decision_date"])
        decided = continuing_care.run(rows.append_column("decision_date", midnight))
        assert decided["pays_icb"].to_pylist() == [Decimal("305.81")]


def test_a_null_is_an_empty_cell(continuing_care: Policy) -> None:
    no_words = pyarrow.array([None], pyarrow.string()).dictionary_encode()
    no_amount = pyarrow.array([None], pyarrow.decimal128(10, 2))
    blanks: list[Any] = [pyarrow.nulls(1), no_amount, no_words, pyarrow.array([""])]
    for nothing in blanks:
        rows = table([CASE]).append_column("cost_of_the_school_placement", nothing)
        assert continuing_care.run(rows)["pays_education"].to_pylist() == [Decimal("305.80")]


def test_two_threads_use_one_policy(continuing_care: Policy) -> None:
    rows = pyarrow.concat_tables([table()] * 2_000)
    decided: list[pyarrow.Table] = []
    work = [threading.Thread(target=lambda: decided.append(continuing_care.run(rows))) for _ in "ab"]
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()
    assert decided[0] == decided[1]


def test_what_is_no_table_is_refused(continuing_care: Policy) -> None:
    with pytest.raises(TypeError, match="not a list"):
        continuing_care.run([CASE])
    with pytest.raises(ValueError, match='"raise" or "reject"'):
        continuing_care.run(table(), on_error="ignore")  # type: ignore[call-overload]  # pyright: ignore


class Other:
    """A table of a library that nobody knows."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        stream: Any = table()
        return stream.__arrow_c_stream__(requested_schema)


class Rows:
    """A batch of a library that has no streams."""

    def __init__(self, rows: Any) -> None:
        self.rows = rows

    def __arrow_c_array__(self, requested_schema: object = None) -> Any:
        return self.rows.__arrow_c_array__(requested_schema)


def test_a_batch_may_have_no_stream(continuing_care: Policy) -> None:
    [batch] = table().to_batches()
    decided: Any = continuing_care.run(Rows(batch))
    assert pyarrow.table(decided) == continuing_care.run(table())
    stream: Any = continuing_care.run_batches(Rows(batch))
    assert pyarrow.table(stream) == continuing_care.run(table())
    no_rows = pyarrow.array([{"day_care": 1}, None])
    for other in (pyarrow.array([1]), no_rows):
        with pytest.raises(TypeError, match="not a Rows"):
            continuing_care.run(Rows(other))


class Broken:
    """A table that fails while it is read."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        def batches() -> Any:
            yield table().to_batches()[0]
            raise OSError("the disk is gone")

        reader: Any = pyarrow.RecordBatchReader.from_batches(table().schema, batches())
        return reader.__arrow_c_stream__(requested_schema)


def test_any_table_with_arrows_interface_will_do(continuing_care: Policy) -> None:
    decided: Any = continuing_care.run(Other())
    for _ in range(2):
        assert pyarrow.table(decided)["pays_icb"].to_pylist()[0] == Decimal("305.81")
    with pytest.raises(CaseError, match="the disk is gone") as raised:
        continuing_care.run(Broken())
    assert raised.value.code == "table-unreadable"


# Two domains are not known; the three that are high make the child eligible all the same.
OUTSTANDING = with_(seizures="not known", psychological_and_emotional_needs="not known")

# With the fast track the ICB pays all, whatever the points are.
NOT_ALL_KNOWN = [CASE, OUTSTANDING, with_(seizures="not known", fast_track=True)]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_known_makes_a_difference_or_none(
    continuing_care: Policy, kind: str
) -> None:
    make, read = KINDS[kind]
    decided, rejected = continuing_care.run(make(table(NOT_ALL_KNOWN)), on_error="reject")
    rows: list[dict[str, Any]] = read(decided).to_pylist()
    assert [row["pays_icb"] for row in rows] == [Decimal("305.81"), Decimal("917.42")]
    assert [row["total_points"] for row in rows] == [22, None]
    assert read(rejected).to_pylist() == [
        {
            "row": 1,
            "column": None,
            "reason": "not settled: needs seizures, then perhaps psychological and emotional needs",
        }
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_known_has_ranges(continuing_care: Policy, kind: str) -> None:
    make, read = KINDS[kind]
    decided = continuing_care.run(make(table(NOT_ALL_KNOWN)), unknown="range")
    rows: list[dict[str, Any]] = read(decided).to_pylist()
    whole, outstanding, settled = rows
    assert (whole["pays_icb_from"], whole["pays_icb_to"]) == (Decimal("305.81"),) * 2
    assert whole["needs"] is None and settled["needs"] is None
    # A third from 22 points on, and half from 35 to 59; more come of no two domains.
    assert outstanding["eligible"] is True and outstanding["pays_icb"] is None
    ends = (outstanding["pays_icb_from"], outstanding["pays_icb_to"])
    assert ends == (Decimal("305.81"), Decimal("458.71"))
    assert outstanding["needs"] == "seizures; psychological_and_emotional_needs"
    assert outstanding["ranges"] == "exact"


def test_columns_of_ranges_must_be_free(continuing_care: Policy) -> None:
    rows = table().append_column("needs", pyarrow.array(["x"] * 4))
    continuing_care.run(rows, carry=["needs"])
    with pytest.raises(CaseError, match="the name of a column that the decisions add"):
        continuing_care.run(rows, carry=["needs"], unknown="range")
    with pytest.raises(ValueError, match='"reject" or "range"'):
        continuing_care.run(rows, unknown="allow")  # type: ignore[call-overload]  # pyright: ignore


def test_progress_is_told_to_the_last_row(
    continuing_care: Policy, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = pyarrow.concat_tables([table()] * 20_000).combine_chunks()
    told: list[int] = []
    continuing_care.run(rows, progress=told.append)
    assert told == [65_536, 80_000]
    continuing_care.run(rows, progress=True)
    assert "80.0k/80.0k" in capsys.readouterr().err

    def enough(_: int) -> None:
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        continuing_care.run(rows, progress=enough)


def test_a_bar_without_tqdm_says_what_is_missing(
    continuing_care: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    with pytest.raises(ModuleNotFoundError, match="pip install tqdm"):
        continuing_care.run(table(), progress=True)
