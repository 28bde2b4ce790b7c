"""Workbooks of Excel: cases in, decisions out.

>>> import apportion, apportion.excel
>>> policy = apportion.Policy.load("our.policy")  # doctest: +SKIP
>>> apportion.excel.run("packages.xlsx", policy, "decided.xlsx").rejected  # doctest: +SKIP
3
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from ._policy import Policy
from ._tables import Carry, Unknown, allows_unknown, carried

__all__ = ["Summary", "run"]


class Summary(NamedTuple):
    """What came of the cases of a workbook."""

    cases: int
    """How many there are."""
    decided: int
    """How many have a decision."""
    rejected: int
    """How many have none; the sheet of rejects says why."""
    not_covered: int
    """How many of those decided the policy does not cover."""
    payments: Mapping[str, Decimal]
    """What each party pays in all, in pounds, by its name outside the policy, and its unit where the
    policy pays in several. Cases are left out in which it is not settled."""


def run(
    source: str | os.PathLike[str],
    policy: Policy,
    target: str | os.PathLike[str],
    *,
    sheet: str | None = None,
    join: str | None = None,
    unknown: Unknown = "reject",
    carry: Carry = (),
) -> Summary:
    """Decides every case of a workbook, and writes another with what came of them.

    The cases are the rows of ``sheet``, by default the first that is no list's; its first row has the
    names of facts. The items of a list are the rows of a sheet with the list's name, in the order of
    their cases, each with the text fact (``join``, by default the only one) that says to which case it
    belongs. Columns that the policy does not declare are named in ``carry``, or all are with
    ``"rest"``.

    Numbers are read in the 15 digits that Excel shows, never rounded to a penny, and where their format
    is of percent as percent; yes and no and levels are text, days are days or text. The workbook that
    is made has sheets of the decisions, the items, the rejected rows with their reasons, the totals of
    each party and the policy's clauses. Amounts are numbers with two places, and text is never a
    formula. It is written beside its place and moved there when it is whole.

    Raises `CaseError` where the workbook is no caseload of the policy: no workbook at all, too large
    once unpacked, cells that are merged or in error or were never worked out; and `OSError` where a file
    cannot be read or written.
    """
    native = policy._native
    document: dict[str, Any] = json.loads(
        native.run_excel(
            (source, target),
            carried(carry),
            sheet=sheet,
            join=join,
            allows_unknown=allows_unknown(unknown),
        )
    )
    payments: list[dict[str, Any]] = document["payments"]
    has_units = len({it["unit"] for it in payments}) > 1
    return Summary(
        cases=document["cases"],
        decided=document["accepted"],
        rejected=document["rejected"],
        not_covered=document["not_covered"],
        payments={_key(it, has_units): Decimal(it["pounds"]) for it in payments},
    )


def _key(payment: dict[str, Any], has_units: bool) -> str:
    unit = payment["unit"].replace(" ", "_") if has_units else ""
    return f"{payment['key']}_{unit}".rstrip("_")
