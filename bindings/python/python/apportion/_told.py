"""What the native module tells, in tuples of plain values."""

from decimal import Decimal
from typing import Literal, TypeAlias

from ._values import Value

Severity: TypeAlias = Literal["error", "warning", "note"]

Diagnostic: TypeAlias = tuple[
    str, Severity, str, str, int, int, str | None, list[str], str | None
]
"""Code, severity, message, file, line, column, clause, notes, help."""

Texts: TypeAlias = tuple[str, str, list[tuple[str, str]]]
"""The path and text of a policy, and the texts it uses by the names of their files."""

Part: TypeAlias = tuple[Literal["text", "point", "row"], list[str]]
"""What stands together in a clause: sentences, a point, or a row of a table cell by cell."""

Section: TypeAlias = tuple[str, str, list[tuple[str, list[Part], list[str]]]]
"""Number, title, and of each clause number, parts and citations."""

ItemPlace: TypeAlias = tuple[str, int] | None
"""The list and number of an item."""

Named: TypeAlias = tuple[str, Value | None]
"""A name outside the policy, and a value."""

Fact: TypeAlias = tuple[str, str, Value | None, bool]
"""Key, name, value, whether it is the default."""

Conclusion: TypeAlias = tuple[str, str, bool, list[str]]
"""Key, name, whether it holds, by which clauses."""

Payment: TypeAlias = tuple[str, Decimal | None]
"""Key and amount."""

Line: TypeAlias = tuple[str, str, str, Decimal, str, ItemPlace, list[str]]
"""Clause, party, key, amount, unit, item, citations."""

Awaiting: TypeAlias = tuple[str, str, str, Decimal, str]
"""Clause, by which clause, panel, amount, unit."""

Item: TypeAlias = tuple[
    str, int, list[Fact], list[Conclusion], list[Named], list[tuple[str, Decimal]]
]
"""List, number, facts, conclusions, values, payments."""

Missing: TypeAlias = tuple[str, str, ItemPlace, str, str | None]
"""Key, name, item, question, panel."""

Need: TypeAlias = tuple[str, str, ItemPlace, str, str | None, int, int, bool]
"""What is missing; how many of its values settle the answer, of how many, for certain."""

ForeseenConclusion: TypeAlias = tuple[str, str, bool | None, list[str], list[Need]]
"""Key, name, whether it holds, by which clauses, what it needs."""

ForeseenValue: TypeAlias = tuple[
    str,
    str,
    str,
    list[str] | None,
    tuple[str, str] | None,
    tuple[bool, bool, bool],
    list[Need],
]
"""Key, name, unit, words, ends, whether always given, settled and exact, what it needs."""

ForeseenPayment: TypeAlias = tuple[str, str, str, Decimal, Decimal, tuple[bool, bool], list[str]]
"""Key, party, unit, least, greatest, whether settled and exact, what it awaits."""

ForeseenItem: TypeAlias = tuple[
    str,
    int,
    list[ForeseenConclusion],
    list[ForeseenValue],
    list[ForeseenPayment],
    list[Need],
]
"""List, number, conclusions, values, payments, what the payments need."""

Needs: TypeAlias = tuple[
    tuple[str, bool, bool, bool],
    list[str],
    list[tuple[str, str]],
    list[Missing],
    list[ForeseenConclusion],
    list[ForeseenValue],
    list[ForeseenPayment],
    list[ForeseenItem],
    list[tuple[str, str, bool]],
    list[Need],
    list[Need],
]
"""Text, whether settled, decidable and perhaps outside; outside by which clauses, refusals,
missing, conclusions, values, payments, items, referrals, what the payments need, and the rest."""
