"""Values of facts and clauses: what goes in, and what comes out."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

Value: TypeAlias = bool | int | Decimal | Fraction | date | str | tuple[str, ...]
"""A value of a fact or of a clause.

Yes or no is a ``bool``, a day a ``date``, a level or choice a ``str``, what a table lists a tuple
of them. Money is a ``Decimal`` in pounds; a number that is always whole is an ``int``, any other a
``Decimal``, or a ``Fraction`` where no decimal is always exact, as of a third. A percent is the text that a case
takes: ``"25%"``.
"""

Given: TypeAlias = str | Decimal | int | date | bool | None
"""A value of a fact as a case states it.

A text is read as everywhere: ``"£1,600.00"``, ``"12 May 2026"``, ``"25%"``, ``"severe"``. A number
of a money fact is pounds, or pence under a name that ends in ``_pence``. None is *not known*, even
where the fact has a default. A float is refused, and so is a time of day.
"""

Facts: TypeAlias = Mapping[str, Given | Sequence[Mapping[str, Given]]]
"""The facts of a case by their names, as the policy writes them or in snake case. A list stands
under its name as a sequence of items, each the facts that it has."""


def shown(it: object, *names: str) -> str:
    """A ``repr`` that shows these fields alone: cases are private."""
    fields = ", ".join(f"{name}={getattr(it, name)!r}" for name in names)
    return f"{type(it).__name__}({fields})"
