"""What can still come of a case of which not everything is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from . import _told
from ._decision import ItemPlace, place


class Missing(NamedTuple):
    """Something that is not known."""

    key: str
    """The fact or list, by its name outside the policy."""
    name: str
    """Its name in the policy."""
    item: ItemPlace | None
    """The item that it is a fact of."""
    question: str
    """The question to put."""
    panel: str | None
    """The panel that alone can supply it."""


class Need(NamedTuple):
    """Something missing on which an answer hangs."""

    key: str
    """The fact or list, by its name outside the policy."""
    name: str
    """Its name in the policy."""
    item: ItemPlace | None
    """The item that it is a fact of."""
    question: str
    """The question to put."""
    panel: str | None
    """The panel that alone can supply it."""
    settling: int
    """How many of its values settle the answer, whatever else is missing. Of numbers and days
    it counts stretches that the policy does not tell apart."""
    of: int
    """Of how many."""
    is_certain: bool
    """Whether the answer does hang on it; else it may."""


class Refusal(NamedTuple):
    """Something that the case may be refused for."""

    code: str
    """A stable name for it."""
    message: str
    """What it is, in the policy's own words."""


class ForeseenConclusion(NamedTuple):
    """A conclusion that may be open."""

    name: str
    """Its name in the policy."""
    holds: bool | None
    """Whether it is so; None where that is not settled."""
    by: tuple[str, ...]
    """The numbers of the clauses for which it is so, whatever is missing."""
    needs: tuple[Need, ...]
    """On what it hangs, in the order in which to ask."""


class ForeseenValue(NamedTuple):
    """A value that may be open."""

    name: str
    """Its name in the policy."""
    unit: str
    """What it is for: ``a week``."""
    words: tuple[str, ...]
    """The words that it can be; none where it is no word."""
    least: str | None
    """Its least value, as people write it; None where it is a word or not settled."""
    greatest: str | None
    """Its greatest value."""
    is_always_given: bool
    """Whether some clause gives it in any case."""
    is_settled: bool
    """Whether all that is missing makes no difference to it."""
    is_exact: bool
    """Whether both ends occur; else it lies between them at most."""
    needs: tuple[Need, ...]
    """On what it hangs, in the order in which to ask."""


class ForeseenPayment(NamedTuple):
    """What a party pays, which may be open."""

    party: str
    """The party, by the name clauses use."""
    unit: str
    """What it is for: ``a week``."""
    least: Decimal
    """The least, in pounds."""
    greatest: Decimal
    """The greatest, in pounds."""
    is_settled: bool
    """Whether all that is missing makes no difference to it."""
    is_exact: bool
    """Whether both ends occur; else it lies between them at most."""
    awaits: tuple[str, ...]
    """The panels that have yet to decide shares in its unit: until then this is what is paid so
    far."""


class ForeseenItem(NamedTuple):
    """What can still come of one item of a list."""

    list: str
    """Its list, by its name outside the policy."""
    number: int
    """Its number among the items of the list, from 1."""
    conclusions: Mapping[str, ForeseenConclusion]
    """What is concluded of it, by their names outside the policy."""
    values: Mapping[str, ForeseenValue]
    """Its values, by their names outside the policy."""
    payments: Mapping[str, ForeseenPayment]
    """What each party pays for it, by its name outside the policy: without what a limit moves, and
    without what awaits a panel."""
    payments_need: tuple[Need, ...]
    """On what that hangs, in the order in which to ask."""


class ForeseenReferral(NamedTuple):
    """A referral that may be open."""

    clause: str
    """The number of the clause."""
    panel: str
    """The panel, by the name clauses use."""
    is_settled: bool
    """Whether it is made whatever is missing; else it may be."""


class Needs(NamedTuple):
    """What is settled of a case, what is open between which ends, and what to ask for.

    ``str(needs)`` is all of it as people read it.
    """

    text: str
    is_settled: bool
    """Whether whatever is missing makes no difference."""
    can_be_decided: bool
    """Whether the case can be decided at all."""
    may_be_outside: bool
    """Whether it may turn out not to be covered."""
    not_covered_by: tuple[str, ...]
    """The clauses for which it is not covered, wherever it is not."""
    may_be_refused: tuple[Refusal, ...]
    """For what it may be refused."""
    missing: tuple[Missing, ...]
    """What is not known, in the order declared."""
    conclusions: Mapping[str, ForeseenConclusion]
    """The conclusions, by their names outside the policy."""
    values: Mapping[str, ForeseenValue]
    """The values that clauses give, by their names outside the policy."""
    payments: Mapping[str, ForeseenPayment]
    """What each party pays, by its name outside the policy, as in a decision."""
    items: tuple[ForeseenItem, ...]
    """The items of which the policy says anything, in the order stated."""
    referrals: tuple[ForeseenReferral, ...]
    """To whom the case is or may be referred."""
    payments_need: tuple[Need, ...]
    """On what the payments hang, in the order in which to ask."""
    ask: tuple[Need, ...]
    """On what the decision hangs, but for its values: in the order in which to ask."""

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        names = ", ".join(need.name for need in self.ask)
        return f"<Needs: {names or 'nothing more'}>"


def needs(told: _told.Needs) -> Needs:
    """What can still come of a case, from what the native module tells."""
    (
        about,
        outside,
        refused,
        missing,
        drawn,
        values,
        payments,
        items,
        referrals,
        of_payments,
        ask,
    ) = told
    return Needs(
        *about,
        not_covered_by=tuple(outside),
        may_be_refused=tuple(Refusal(*it) for it in refused),
        missing=tuple(
            Missing(key, name, place(item), question, panel)
            for key, name, item, question, panel in missing
        ),
        conclusions=_conclusions(drawn),
        values=_values(values),
        payments=_payments(payments),
        items=tuple(
            ForeseenItem(
                list_, number, _conclusions(drawn), _values(values), _payments(payments), _asked(ask)
            )
            for list_, number, drawn, values, payments, ask in items
        ),
        referrals=tuple(ForeseenReferral(*it) for it in referrals),
        payments_need=_asked(of_payments),
        ask=_asked(ask),
    )


def _conclusions(told: Iterable[_told.ForeseenConclusion]) -> Mapping[str, ForeseenConclusion]:
    return {
        key: ForeseenConclusion(name, holds, tuple(by), _asked(needs))
        for key, name, holds, by, needs in told
    }


def _values(told: Iterable[_told.ForeseenValue]) -> Mapping[str, ForeseenValue]:
    return {
        key: ForeseenValue(name, unit, tuple(words or ()), least, greatest, *is_, _asked(needs))
        for key, name, unit, words, ends, is_, needs in told
        for least, greatest in [ends or (None, None)]
    }


def _payments(told: Iterable[_told.ForeseenPayment]) -> Mapping[str, ForeseenPayment]:
    return {
        key: ForeseenPayment(party, unit, least, greatest, *is_, tuple(awaits))
        for key, party, unit, least, greatest, is_, awaits in told
    }


def _asked(told: Iterable[_told.Need]) -> tuple[Need, ...]:
    return tuple(
        Need(key, name, place(item), question, panel, settling, of, is_certain)
        for key, name, item, question, panel, settling, of, is_certain in told
    )
