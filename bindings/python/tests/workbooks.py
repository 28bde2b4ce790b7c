"""Workbooks of Excel, made and read by openpyxl."""

import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from test_facts import with_

import apportion.excel
from apportion import CaseError, Policy

ROWS: list[dict[str, Any]] = [
    with_(cost_of_the_school_placement=12.34),
    with_(cost_of_the_school_placement=1200.5, breathing="severe"),
    with_(breathing="very high"),
    with_(date_of_birth=datetime.date(2008, 5, 12)),
]


def book(rows: list[dict[str, Any]], sheet: str = "Packages") -> Workbook:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    add(made, sheet, rows)
    return made


def add(made: Workbook, sheet: str, rows: list[dict[str, Any]]) -> Any:
    page = made.create_sheet(sheet)
    names = list(dict.fromkeys(name for row in rows for name in row))
    page.append(names)
    for row in rows:
        page.append([cell(row.get(name)) for name in names])
    return page


def cell(value: Any) -> Any:
    return ("yes" if value else "no") if isinstance(value, bool) else value


def in_book(row: dict[str, Any]) -> dict[str, Any]:
    """A row as openpyxl reads it, for which days are moments."""
    midnight = datetime.time()
    return {
        name: datetime.datetime.combine(it, midnight) if isinstance(it, datetime.date) else it
        for name, it in row.items()
    }


def decided(
    folder: Path, policy: Policy, made: Workbook, **how: Any
) -> tuple[apportion.excel.Summary, Any]:
    made.save(folder / "packages.xlsx")
    summary = apportion.excel.run(
        folder / "packages.xlsx", policy, folder / "decided.xlsx", **how
    )
    return summary, openpyxl.load_workbook(folder / "decided.xlsx")


def rows(page: Any) -> list[dict[str, Any]]:
    names, *others = page.iter_rows(values_only=True)
    return [dict(zip(names, row, strict=True)) for row in others]


def refused(folder: Path, policy: Policy, made: Workbook) -> CaseError:
    with pytest.raises(CaseError) as raised:
        decided(folder, policy, made)
    assert not (folder / "decided.xlsx").exists()
    assert {path.name for path in folder.iterdir()} == {"packages.xlsx"}
    return raised.value


def refused_code(folder: Path, policy: Policy, made: Workbook) -> str:
    folder.mkdir()
    return refused(folder, policy, made).code
