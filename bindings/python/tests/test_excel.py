"""What comes of workbooks of Excel."""

import csv
import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import EXAMPLES
from test_facts import CASE, with_
from workbooks import ROWS, add, book, cell, decided, in_book, refused_code, rows

from apportion import Policy


def test_a_workbook_is_decided_as_its_cases_are(tmp_path: Path, continuing_care: Policy) -> None:
    summary, made = decided(tmp_path, continuing_care, book(ROWS))
    assert (summary.cases, summary.decided, summary.rejected, summary.not_covered) == (4, 3, 1, 1)
    assert made.sheetnames == ["Decisions", "Rejects", "Totals", "Policy"]
    decisions = rows(made["Decisions"])
    for row, case in zip(decisions, [ROWS[0], ROWS[1], ROWS[3]], strict=True):
        cost = Decimal(str(case.get("cost_of_the_school_placement", 0)))
        case = {name: it for name, it in case.items() if not name.startswith("cost")}
        decision = continuing_care.decide(case, cost_of_the_school_placement=cost)
        for party in ("icb", "social_care", "education"):
            paid = decision.payments.get(party)
            assert row[f"pays_{party}"] == (None if paid is None else float(paid))
        assert row["covered"] == ("yes" if decision.covered else "no")
        assert row["breathing"] == case["breathing"]
    [reject] = rows(made["Rejects"])
    assert (reject["sheet"], reject["row"], reject["column"]) == ("Packages", 4, "breathing")
    assert "`breathing` must be one of" in reject["reason"]
    # The row is there as it was, for whoever mends it.
    assert {name: cell(reject[name]) for name in ROWS[2]} == {
        name: cell(value) for name, value in in_book(ROWS[2]).items()
    }
    assert reject["cost_of_the_school_placement"] is None
    totals = {row[0]: row[2] for row in made["Totals"].iter_rows(values_only=True)}
    for party, name in (("icb", "the ICB"), ("education", "education")):
        together = sum(Decimal(str(row[f"pays_{party}"] or 0)) for row in decisions)
        assert summary.payments[party] == together == Decimal(str(totals[name]))
    said = {row[0]: row[1] for row in made["Policy"].iter_rows(values_only=True)}
    assert said["7.1"].startswith("Split care cost in the shares of section 4.")
    assert "- at least 1 domain is severe or higher" in said["2.1"]


def test_amounts_and_days_have_their_formats(tmp_path: Path, continuing_care: Policy) -> None:
    _, made = decided(tmp_path, continuing_care, book(ROWS[:1]))
    page = made["Decisions"]
    cells = {name.value: below for name, below in zip(*page.iter_rows(max_row=2), strict=True)}
    assert cells["pays_icb"].value == 305.81 and "0.00" in cells["pays_icb"].number_format
    assert "0.00" in cells["cost_of_the_school_placement"].number_format
    assert cells["date_of_birth"].value == datetime.datetime(2017, 5, 3)
    assert cells["date_of_birth"].is_date and cells["total_points"].value == 22


FORMULAS = ["=1+1", "+44 20 7946 0000", "-cmd|' /C calc'!A0", "@SUM(A1)"]


def test_text_is_never_a_formula(tmp_path: Path, continuing_care: Policy) -> None:
    given = [with_(provider=text) for text in FORMULAS]
    made = book(given)
    for row in made["Packages"].iter_rows(min_row=2):
        row[-1].data_type = "s"
    _, made = decided(tmp_path, continuing_care, made, carry=["provider"])
    cells = next(
        column for column in made["Decisions"].iter_cols() if column[0].value == "provider"
    )
    assert [(it.value, it.data_type) for it in cells[1:]] == [(text, "s") for text in FORMULAS]


@pytest.mark.parametrize(
    ("cost", "said"),
    [
        (0.1 + 0.2, None),
        ("£1,200.50", None),
        (1200.5, None),
        (1.005, "whole pence"),
        (1e300, "must be an amount"),
        (True, "must be an amount"),
        (datetime.date(2026, 5, 12), "must be an amount"),
    ],
)
def test_money_is_what_the_cell_shows(
    tmp_path: Path, continuing_care: Policy, cost: Any, said: str | None
) -> None:
    made = book([CASE])
    page = made["Packages"]
    page.cell(1, page.max_column + 1, "cost of the school placement")
    page.cell(2, page.max_column, cost)
    summary, made = decided(tmp_path, continuing_care, made)
    reasons = [row["reason"] for row in rows(made["Rejects"])]
    assert summary.rejected == (said is not None) == len(reasons)
    assert said is None or said in reasons[0]


TOP_UP = """\
policy   Topped up
about    a child
between
  the ICB       NHS Northshire ICB
  the council   Northshire Council
version  1, in force from 1 April 2025

facts
  care cost   money a week
  top up      percent, in steps of 0.5%

1    Who pays
1.1  Extra = top up x care cost, to the nearest penny, halves up.
1.2  The council pays care cost.
1.3  The ICB pays extra.
"""


@pytest.mark.parametrize(
    ("share", "number_format", "pays"),
    [
        (0.25, "0%", "250.00"),
        (0.07, "0.00%", "70.00"),
        # What the cell holds counts, and not to how many places it is shown.
        (0.255, "0%", "255.00"),
        # 0.28999999999999998 in floating point, and 28.999999999999996 a hundred times that.
        (0.29, "0%;[Red]-0%", "290.00"),
        (0.1 + 0.2, "0%", "300.00"),
        ("12.5%", "General", "125.00"),
        ("25%", "0%", "250.00"),
    ],
)
def test_a_percent_is_what_the_cell_shows(
    tmp_path: Path, share: Any, number_format: str, pays: str
) -> None:
    made = book([{"care cost": 1000, "top up": share}])
    made["Packages"]["B2"].number_format = number_format
    _, made = decided(tmp_path, Policy.parse(TOP_UP), made)
    [row] = rows(made["Decisions"])
    assert (row["pays_icb"], row["top up"]) == (float(pays), share if share != 0.1 + 0.2 else 0.3)
    shown = made["Decisions"]["B2"].number_format
    assert shown.endswith("%") is isinstance(share, float)
    assert ("." in shown) is (share == 0.255)


@pytest.mark.parametrize(
    ("column", "share", "number_format", "said"),
    [
        ("top up", 0.25, "General", "must be a percent with its sign, such as 25%"),
        ("top up", 25, '0"%"', "must be a percent with its sign, such as 25%"),
        ("top up", 0.253, "0%", "must be in steps of 0.5%"),
        ("top up", 1e300, "0%", "must be a percent with its sign"),
        ("care cost", 0.25, "0%", "must be an amount of money in pounds"),
    ],
)
def test_what_is_no_share_is_rejected(
    tmp_path: Path, column: str, share: Any, number_format: str, said: str
) -> None:
    made = book([{"care cost": 1000, "top up": "25%", column: share}])
    made["Packages"]["A2" if column == "care cost" else "B2"].number_format = number_format
    summary, made = decided(tmp_path, Policy.parse(TOP_UP), made)
    [reject] = rows(made["Rejects"])
    assert summary.rejected == 1 and reject["column"] == column and said in reject["reason"]


def test_a_time_of_day_is_no_day(tmp_path: Path, continuing_care: Policy) -> None:
    moment = datetime.datetime(2026, 5, 12, 9, 30)
    summary, made = decided(tmp_path, continuing_care, book([with_(decision_date=moment)]))
    assert summary.rejected == 1 and rows(made["Rejects"])[0]["column"] == "decision_date"


def test_days_may_count_from_1904(tmp_path: Path, continuing_care: Policy) -> None:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    made = book(ROWS[:1])
    made.epoch = CALENDAR_MAC_1904
    summary, made = decided(tmp_path, continuing_care, made)
    assert summary.payments["icb"] == Decimal("305.81")
    assert rows(made["Decisions"])[0]["date_of_birth"] == datetime.datetime(2017, 5, 3)


def test_blank_rows_are_passed_over(tmp_path: Path, continuing_care: Policy) -> None:
    made = book([CASE, {}, {}, with_(mobility="much"), {"breathing": "  "}, CASE])
    summary, made = decided(tmp_path, continuing_care, made)
    assert (summary.cases, summary.rejected) == (3, 1)
    assert [row["row"] for row in rows(made["Rejects"])] == [5]


def test_what_is_not_known_has_ranges(tmp_path: Path, continuing_care: Policy) -> None:
    outstanding = with_(seizures=None, psychological_and_emotional_needs=None)
    summary, made = decided(tmp_path, continuing_care, book([CASE, outstanding]))
    assert summary.rejected == 1
    assert rows(made["Rejects"])[0]["reason"].startswith("not settled: needs seizures")
    summary, made = decided(
        tmp_path, continuing_care, book([CASE, outstanding]), unknown="range"
    )
    row = rows(made["Decisions"])[1]
    assert (row["pays_icb"], row["pays_icb_from"], row["pays_icb_to"]) == (None, 305.81, 458.71)
    said = [row for row in made["Totals"].iter_rows(values_only=True) if row[0] == "the ICB"]
    assert said == [("the ICB", "a week", 305.81, 611.62, 764.52)]


def test_lists_are_sheets_of_their_own(tmp_path: Path, services: Policy) -> None:
    made = book([{"case reference": "R1"}, {"case reference": "R2", "support": "yes"}], "Plans")
    add(
        made,
        "Services",
        [
            {"case reference": "R1", "price": 640, "nursing": "yes"},
            {"case reference": "R1", "price": 120.5, "nursing": "no"},
            {"case reference": "R2", "price": "£1.005", "nursing": "no"},
            {"case reference": "R3", "price": 1, "nursing": "no"},
        ],
    )
    summary, made = decided(tmp_path, services, made)
    assert made.sheetnames == ["Decisions", "Services", "Rejects", "Totals", "Policy"]
    assert [row["pays_icb"] for row in rows(made["Decisions"])] == [640]
    assert [(row["costly"], row["pays_council"]) for row in rows(made["Services"])] == [
        ("yes", 0),
        ("no", 120.5),
    ]
    told = [(row["sheet"], row["row"]) for row in rows(made["Rejects"])]
    assert told == [("Plans", 3), ("Services", 4), ("Services", 5)]
    # Each row under the names of its own sheet, those of the cases first.
    names = ["sheet", "row", "column", "reason", "case reference", "support", "price", "nursing"]
    given = [tuple(row[name] for name in names[4:]) for row in rows(made["Rejects"])]
    assert list(rows(made["Rejects"])[0]) == names
    assert given == [
        ("R2", "yes", None, None),
        ("R2", None, "£1.005", "no"),
        ("R3", None, 1, "no"),
    ]
    assert summary.payments == {"icb": Decimal("640.00"), "council": Decimal("120.50")}
    without = book([{"case reference": "R1"}], "Plans")
    assert refused_code(tmp_path / "other", services, without) == "no-items"


def test_the_caseload_of_the_example_comes_out_as_csv_does(
    tmp_path: Path, continuing_care: Policy
) -> None:
    with (EXAMPLES / "continuing_care" / "cases.csv").open(newline="") as file:
        cases = list(csv.DictReader(file))
    summary, made = decided(
        tmp_path, continuing_care, book(cases), carry=["case_reference"]
    )
    assert summary.cases == len(cases)
    given = {case.pop("case_reference"): case for case in cases}
    for row in rows(made["Decisions"])[:50]:
        facts = {name: text for name, text in given[row["case_reference"]].items() if text}
        paid = continuing_care.decide(facts).payments.get("icb")
        assert row["pays_icb"] == (None if paid is None else float(paid))
