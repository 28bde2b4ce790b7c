"""Decisions, and what they are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from . import _native, _told
from ._errors import ApportionError
from ._values import Value, shown

if TYPE_CHECKING:
    from ._needs import Needs
    from ._policy import Policy


class ItemPlace(NamedTuple):
    """Which item of which list something is about."""

    list: str
    """The name of the list outside the policy."""
    number: int
    """The number of the item, from 1."""


class Fact(NamedTuple):
    """A fact of a case or of an item. Its value is not in its ``repr``: cases are private."""

    name: str
    """Its name in the policy."""
    value: Value | None
    """Its value; None where it is not known."""
    is_default: bool
    """Whether the case does not state it, so that the value is the policy's default."""

    def __repr__(self) -> str:
        return shown(self, "name", "is_default")


class Conclusion(NamedTuple):
    """What the case, or an item of it, is or is not. It is true where it holds."""

    name: str
    """Its name in the policy."""
    holds: bool
    """Whether it is so."""
    by: tuple[str, ...]
    """The numbers of the clauses for which."""

    def __bool__(self) -> bool:
        return self.holds


class Line(NamedTuple):
    """What one clause makes one party pay."""

    clause: str
    """The number of the clause."""
    party: str
    """The party, by the name clauses use."""
    key: str
    """The party, by its name outside the policy."""
    amount: Decimal
    """How many pounds; below 0 where a limit takes it from the party."""
    unit: str
    """What it is for: ``a week``; empty where it is just an amount."""
    item: ItemPlace | None
    """The item that is paid for; None where the clause pays for the case."""
    citations: tuple[str, ...]
    """The citations of the clause."""


class Awaiting(NamedTuple):
    """An amount that nobody pays before a panel has decided the shares."""

    clause: str
    """The number of the clause that splits it."""
    by: str
    """The number of the clause that leaves the shares to the panel."""
    panel: str
    """The panel, by the name clauses use."""
    amount: Decimal
    """How many pounds."""
    unit: str
    """What it is for: ``a week``."""


class Referral(NamedTuple):
    """That the case is referred to a panel."""

    clause: str
    """The number of the clause."""
    panel: str
    """The panel, by the name clauses use."""


class Clause(NamedTuple):
    """What a clause made of the case. What it says has figures of the case, and is not in its
    ``repr``."""

    number: str
    """Its number."""
    says: tuple[str, ...]
    """What it says of this case, with figures."""
    citations: tuple[str, ...]
    """Its citations."""

    def __repr__(self) -> str:
        return shown(self, "number", "citations")


class Item(NamedTuple):
    """What was decided of one item of a list."""

    list: str
    """The name of the list outside the policy."""
    number: int
    """The number of the item, from 1."""
    facts: Mapping[str, Fact]
    """Its facts, by their names outside the policy."""
    conclusions: Mapping[str, Conclusion]
    """What is concluded of it."""
    values: Mapping[str, Value | None]
    """The values that clauses give for it; None where none does."""
    payments: Mapping[str, Decimal]
    """What each party pays for it, named as in `Decision.payments`: before limits that are about
    the whole case, and without what awaits a panel."""

    def __repr__(self) -> str:
        return shown(self, "list", "number", "facts", "conclusions")


class Decision:
    """What a policy decides of a case.

    Conclusions are attributes by their names outside the policy: ``decision.eligible`` is true or
    false, and None where the policy does not cover the case. Should a conclusion be called like
    another attribute, it is among ``decision.conclusions``.

    ``str(decision)`` is the decision as people read it. Its ``repr`` has no value of the case and no
    amount. Two decisions are equal where policy, case and answers are; they can be hashed, copied
    and pickled. A pickled decision is its policy and its case, and is decided again when it is read;
    a version of Apportion that would decide otherwise refuses to read it.
    """

    policy: Policy
    """The policy that decided."""

    def __init__(self, policy: Policy, native: _native.Decision) -> None:
        self.policy = policy
        self._native = native

    @property
    def covered(self) -> bool:
        """Whether the policy covers the case. If not, nothing else was decided."""
        return self._native.is_covered()

    @cached_property
    def not_covered_by(self) -> tuple[str, ...]:
        """The numbers of the clauses for which the case is not covered."""
        return tuple(self._native.not_covered_by())

    @cached_property
    def payments(self) -> Mapping[str, Decimal | None]:
        """What each party pays, in pounds, by its name outside the policy.

        Where the policy pays in several units, the name ends in the unit: ``icb_a_week``. An
        amount is None while part of what is paid in its unit awaits a panel.
        """
        return dict(self._native.payments())

    @cached_property
    def conclusions(self) -> Mapping[str, Conclusion]:
        """The conclusions, by their names outside the policy."""
        return _conclusions(self._native.conclusions())

    @cached_property
    def values(self) -> Mapping[str, Value | None]:
        """The values that clauses give, but rates; None where no clause gives one in this case."""
        return dict(self._native.values())

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """The facts of the case that apply to it, by their names outside the policy."""
        return _facts(self._native.facts())

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The cost lines that add up to the payments, in the order of the clauses."""
        return tuple(
            Line(clause, party, key, amount, unit, place(item), tuple(citations))
            for clause, party, key, amount, unit, item, citations in self._native.lines()
        )

    @cached_property
    def awaiting(self) -> tuple[Awaiting, ...]:
        """What nobody pays before a panel has decided: with the lines, all that is to be paid."""
        return tuple(Awaiting(*it) for it in self._native.awaiting())

    @cached_property
    def waiting(self) -> tuple[str, ...]:
        """The numbers of the clauses, limits and floors, that wait with it."""
        return tuple(self._native.waiting())

    @cached_property
    def referrals(self) -> tuple[Referral, ...]:
        """To whom the case is referred."""
        return tuple(Referral(*it) for it in self._native.referrals())

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """What each clause that applies made of the case, in the order of the clauses."""
        return tuple(
            Clause(number, tuple(says), tuple(citations))
            for number, says, citations in self._native.clauses()
        )

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """What was decided of each item of each list."""
        return tuple(
            Item(list_, number, _facts(facts), _conclusions(drawn), dict(values), dict(payments))
            for list_, number, facts, drawn, values, payments in self._native.items()
        )

    @cached_property
    def needs(self) -> Needs:
        """What of the case is still not known, none of which makes a difference to what was decided, and
        which panels have yet to decide."""
        return self.policy.needs(self._native.stated())

    def explanation(self) -> str:
        """The clauses that made the decision, a line each, with figures and citations."""
        return self._native.explanation()

    def letter(self, *, html: bool = False) -> str:
        """What was decided and why in plain English, as text or as a page to print."""
        return self._native.letter(html)

    def working(self, *, html: bool = False) -> str:
        """Every step with its figures, exact until the clause that rounds."""
        return self._native.working(html)

    def why_not(self, conclusion: str, *, html: bool = False) -> str:
        """What each clause lacks for a conclusion, and which one change would be enough.

        Raises `ValueError` where the policy draws no such conclusion.
        """
        page = self._native.why_not(conclusion, html)
        if page is None:
            known = ", ".join(self.policy.conclusions)
            raise ValueError(f"no conclusion is called {conclusion!r}; there is {known or 'none'}")
        return page

    def to_json(self) -> str:
        """The decision as JSON, just as ``apportion decide --format json`` writes it."""
        return self._native.to_json()

    def to_ron(self) -> str:
        """The decision as RON, just as ``apportion decide --format ron`` writes it."""
        return self._native.to_ron()

    def record(self, *, withhold: Sequence[str] = ()) -> str:
        """All that is needed to decide the case again years later, just as ``apportion record``
        writes it: JSON, the same bytes on every machine. `Policy.verify` compares.

        Facts named in ``withhold`` are left out, with whatever would show them, and the record
        names them; such a record cannot be verified. Raises `CaseError` where there is no such fact.
        """
        if isinstance(withhold, str):
            raise TypeError('withhold is a list of names, such as ["date_of_birth"]')
        return self._native.to_record(list(withhold))

    def __getattr__(self, name: str) -> bool | None:
        # Names that Python or a notebook asks for are never conclusions.
        if not name.startswith("_"):
            conclusion = self.conclusions.get(name)
            if conclusion is not None:
                return conclusion.holds
            if not self.covered and name in self.policy.conclusions:
                return None
        known = ", ".join(self.policy.conclusions)
        raise AttributeError(
            f"a decision has no {name!r}; its conclusions are {known or 'none'}",
            name=name,
            obj=self,
        )

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self.conclusions})

    def __str__(self) -> str:
        return self._native.text()

    def _repr_html_(self) -> str:
        """What a notebook shows: conclusions, values and payments."""
        from ._html import decision_page

        return decision_page(self.to_json())

    def __repr__(self) -> str:
        if not self.covered:
            said = f"not covered, by {' and '.join(self.not_covered_by)}"
        else:
            said = ", ".join(
                name if it.holds else f"not {name}" for name, it in self.conclusions.items()
            )
        return f"<Decision by {self.policy.title!r}, version {self.policy.version}: {said}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Decision):
            return NotImplemented
        return self._native.is_same(other._native)

    def __hash__(self) -> int:
        return hash((self.policy, tuple(self.payments.items())))

    def __reduce__(self) -> tuple[Any, ...]:
        return _decided_again, (self.policy, self._native.stated(), self.to_json())


def _decided_again(policy: Policy, stated: dict[str, Any], document: str) -> Decision:
    """A decision that was pickled."""
    decision = policy.decide(stated)
    if decision.to_json() != document:
        raise ApportionError(
            "the decision was pickled by a version of Apportion that decided it otherwise; "
            "keep decisions that must last as `record()`"
        )
    return decision


def _facts(told: list[_told.Fact]) -> Mapping[str, Fact]:
    return {key: Fact(name, value, is_default) for key, name, value, is_default in told}


def _conclusions(told: list[_told.Conclusion]) -> Mapping[str, Conclusion]:
    return {key: Conclusion(name, holds, tuple(by)) for key, name, holds, by in told}


def place(item: _told.ItemPlace) -> ItemPlace | None:
    """An item, from what the native module tells."""
    return None if item is None else ItemPlace(*item)
