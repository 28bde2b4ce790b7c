"""Workbooks that are no caseload, and files that are no workbook."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook
from workbooks import ROWS, book, decided, refused, rows

import apportion.excel
from apportion import CaseError, Policy


def merged(made: Workbook) -> None:
    made["Packages"].merge_cells("A2:A3")


def in_error(made: Workbook) -> None:
    made["Packages"]["D2"] = "#N/A"


def never_worked_out(made: Workbook) -> None:
    made["Packages"]["D2"] = "=20+1.5"


def without_name(made: Workbook) -> None:
    made["Packages"].cell(2, 30, "stray")


def without_rows(made: Workbook) -> None:
    made["Packages"].delete_rows(1, 9)


def undeclared(made: Workbook) -> None:
    made["Packages"].cell(1, made["Packages"].max_column + 1, "provider")


@pytest.mark.parametrize(
    ("spoil", "code", "said"),
    [
        (merged, "merged-cells", "cells A2:A3 of sheet `Packages` are merged"),
        (in_error, "error-cell", "cell D2 of sheet `Packages` is an error of Excel (#N/A)"),
        (never_worked_out, "formula-without-value", "cell D2 of sheet `Packages` has a formula"),
        (without_name, "column-without-name", "cell AD2"),
        (without_rows, "no-header", "sheet `Packages` is empty"),
        (undeclared, "undeclared-column", "provider"),
    ],
)
def test_a_workbook_that_is_no_caseload_says_why(
    tmp_path: Path,
    continuing_care: Policy,
    spoil: Callable[[Workbook], None],
    code: str,
    said: str,
) -> None:
    made = book(ROWS)
    spoil(made)
    error = refused(tmp_path, continuing_care, made)
    assert error.code == code and said in str(error)


def test_what_is_no_workbook_is_told(tmp_path: Path, continuing_care: Policy) -> None:
    source, target = tmp_path / "packages.xlsx", tmp_path / "decided.xlsx"
    whole = tmp_path / "whole.xlsx"
    book(ROWS).save(whole)
    for text in (b"", b"date_of_birth\n", whole.read_bytes()[:-200], b"\xd0\xcf\x11\xe0" * 500):
        source.write_bytes(text)
        with pytest.raises(CaseError, match="no workbook of Excel that can be read") as raised:
            apportion.excel.run(source, continuing_care, target)
        assert raised.value.code == "not-a-workbook"
    with zipfile.ZipFile(source, "w") as other:
        other.writestr("hello.txt", "hello")
    with pytest.raises(CaseError, match="no workbook"):
        apportion.excel.run(source, continuing_care, target)
    with pytest.raises(CaseError, match="no sheet `Cases`; it has Packages") as no_sheet:
        apportion.excel.run(whole, continuing_care, target, sheet="Cases")
    assert no_sheet.value.code == "no-such-sheet"
    with pytest.raises(FileNotFoundError) as missing:
        apportion.excel.run(tmp_path / "nowhere.xlsx", continuing_care, target)
    assert missing.value.filename == str(tmp_path / "nowhere.xlsx")
    folder = tmp_path / "nowhere" / "decided.xlsx"
    with pytest.raises(OSError) as no_folder:
        apportion.excel.run(whole, continuing_care, folder)
    assert no_folder.value.filename == str(folder)
    assert not target.exists()


def test_the_cases_are_never_written_over(tmp_path: Path, continuing_care: Policy) -> None:
    cases = tmp_path / "packages.xlsx"
    book(ROWS).save(cases)
    before = cases.read_bytes()
    for target in (cases, tmp_path / "." / "packages.xlsx"):
        with pytest.raises(ValueError, match="write the decisions to another"):
            apportion.excel.run(cases, continuing_care, target)
    assert cases.read_bytes() == before


def test_what_to_do_with_other_columns_is_said(tmp_path: Path, continuing_care: Policy) -> None:
    cases = tmp_path / "packages.xlsx"
    made = book(ROWS)
    undeclared(made)
    made.save(cases)
    with pytest.raises(CaseError) as raised:
        apportion.excel.run(cases, continuing_care, tmp_path / "decided.xlsx")
    assert str(raised.value).splitlines()[-1] == (
        'name other columns to keep in `carry`, or keep all with `carry="rest"`'
    )


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path, continuing_care: Policy) -> None:
    whole, source = tmp_path / "whole.xlsx", tmp_path / "packages.xlsx"
    book(ROWS).save(whole)
    blanks = b" " * (1 << 20)
    with zipfile.ZipFile(whole) as given, zipfile.ZipFile(
        source, "w", zipfile.ZIP_DEFLATED, compresslevel=1
    ) as made:
        for name in given.namelist():
            with made.open(name, "w", force_zip64=True) as part:
                part.write(given.read(name))
                for _ in range(513 if name == "xl/worksheets/sheet1.xml" else 0):
                    part.write(blanks)
    with pytest.raises(CaseError, match="more than 512 MiB") as raised:
        apportion.excel.run(source, continuing_care, tmp_path / "decided.xlsx")
    assert raised.value.code == "workbook-too-large"


def test_a_cell_far_out_costs_nothing(tmp_path: Path, continuing_care: Policy) -> None:
    made = book(ROWS[:1])
    made["Packages"].cell(1_048_576, 1, "not known")
    summary, made = decided(tmp_path, continuing_care, made)
    assert summary.cases == 2
    assert rows(made["Rejects"])[0]["row"] == 1_048_576


def test_a_workbook_in_place_is_replaced_whole_or_not_at_all(
    tmp_path: Path, continuing_care: Policy
) -> None:
    target = tmp_path / "decided.xlsx"
    target.write_text("as it was")
    made = book(ROWS)
    merged(made)
    made.save(tmp_path / "packages.xlsx")
    with pytest.raises(CaseError):
        apportion.excel.run(tmp_path / "packages.xlsx", continuing_care, target)
    assert target.read_text() == "as it was"
    decided(tmp_path, continuing_care, book(ROWS))
    assert {path.name for path in tmp_path.iterdir()} == {"packages.xlsx", "decided.xlsx"}
