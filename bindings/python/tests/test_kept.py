"""The kept cases come out byte for byte, as they do from Rust."""

import json
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any

import pyarrow
from kept_cases import kept, outcome

from apportion import CaseError, Decision, Policy, Value

# Of a case that lacks something a row may be settled all the same.
OPEN = {"not-known", "awaits-panel"}


def test_ten_thousand_cases_come_out_as_kept() -> None:
    number = 0
    for policy, entry in kept():
        case = entry.pop("case")
        assert outcome(policy, case) == entry, policy.text
        number += 1
    assert number == 10_000


def test_kept_cases_as_text_come_out_as_kept() -> None:
    for number, (policy, entry) in enumerate(kept()):
        if number % 20 == 0:
            case = entry.pop("case")
            assert outcome(policy, json.dumps(case)) == entry, policy.text


def row(policy: Policy, case: dict[str, Any]) -> dict[str, Any]:
    """A kept case as a row of text: pence as pounds, and null written out."""
    facts = {fact.key for fact in policy.facts}
    lists = {fact.list for fact in policy.facts}
    cells: dict[str, Any] = {}
    for key, value in case.items():
        if key in lists:
            cells[key] = [row(policy, item) for item in value]
        elif key not in facts:
            cells[key.removesuffix("_pence")] = f"{Decimal(value) / 100:f}"
        elif isinstance(value, bool):
            cells[key] = "yes" if value else "no"
        else:
            cells[key] = "not known" if value is None else str(value)
    return cells


def table(policy: Policy, cases: list[dict[str, Any]]) -> pyarrow.Table:
    """Kept cases as one table. A fact that no case states has a column of nulls."""
    facts = [fact for fact in policy.facts if fact.type != "text"]
    types: dict[str, Any] = {fact.key: pyarrow.string() for fact in facts if fact.list is None}
    for list_ in dict.fromkeys(fact.list for fact in facts if fact.list is not None):
        item: Any = {fact.key: pyarrow.string() for fact in facts if fact.list == list_}
        types[list_] = pyarrow.list_(pyarrow.struct(item))
    return pyarrow.Table.from_pylist(cases, pyarrow.schema(types))


def says(cell: Any, value: Value | None) -> bool:
    """Whether a cell says what a decision does. What has no decimal is text, in pounds or pence."""
    if isinstance(value, Fraction):
        pence = 100 if cell.endswith("p") else 1
        return Fraction(cell.removesuffix("p")) / pence == value
    if isinstance(value, tuple):
        return bool(cell == ("; ".join(value) or "none"))
    return bool(cell == value)


def answers(decision: Decision) -> dict[str, Value | None]:
    """What a decision says in the columns of a table."""
    said: dict[str, Value | None] = {f"pays_{key}": paid for key, paid in decision.payments.items()}
    said.update((key, it.holds) for key, it in decision.conclusions.items())
    said.update(decision.values)
    return said


def is_settled(policy: Policy, case: Any) -> bool:
    """Whether what is not known of a case makes no difference."""
    try:
        return policy.needs(case).is_settled
    except CaseError:
        return False


def foreseen(policy: Policy, case: Any, given: dict[str, Any]) -> None:
    """Holds a row against what can come of its case."""
    needs = policy.needs(case)
    for key, payment in needs.payments.items():
        if not payment.awaits:
            assert given[f"pays_{key}"] == payment.least == payment.greatest, policy.text


def says_why(policy: Policy, case: Any, reason: str) -> bool:
    """Whether a case that is not settled is told so, and one that is refused whatever it is, why."""
    try:
        return not policy.needs(case).is_settled and reason.startswith("not settled: ")
    except CaseError as error:
        return reason == str(error)


def test_kept_cases_as_tables_come_out_as_they_do_singly() -> None:
    number = 0
    for _, group in groupby(kept(), lambda it: id(it[0])):
        entries = list(group)
        policy = entries[0][0]
        cases = [entry["case"] for _, entry in entries]
        decided, rejected = policy.run(
            table(policy, [row(policy, case) for case in cases]), on_error="reject"
        )
        rows, reasons = iter(decided.to_pylist()), iter(rejected.to_pylist())
        for place, (_, entry) in enumerate(entries):
            number += 1
            try:
                decision = policy.decide(entry["case"])
            except CaseError as error:
                if error.code in OPEN and is_settled(policy, entry["case"]):
                    foreseen(policy, entry["case"], next(rows))
                    continue
                reject = next(reasons)
                assert reject["row"] == place, policy.text
                if error.code == "not-known":
                    assert says_why(policy, entry["case"], reject["reason"]), policy.text
                elif error.code != "list-not-stated":
                    assert reject["reason"] == str(error), policy.text
            else:
                given = next(rows)
                for key, value in answers(decision).items():
                    assert says(given[key], value), (key, policy.text)
                assert decision.covered or not any(given[key] for key in policy.conclusions)
        assert next(rows, None) is None and next(reasons, None) is None
    assert number == 10_000
