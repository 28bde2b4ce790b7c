"""Policies, and what is asked of them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal, NamedTuple, TypeVar, overload

from . import _native, _told
from ._decision import Decision
from ._errors import Diagnostic, diagnostics
from ._needs import Needs, needs
from ._progress import Progress
from ._tables import Batches, Carry, OnError, Unknown, run, run_batches
from ._values import Facts, shown

Table = TypeVar("Table")


class DeclaredFact(NamedTuple):
    """A fact that a case may carry."""

    name: str
    """Its name in the policy."""
    key: str
    """Its name outside the policy."""
    type: str
    """``yes or no``, ``a level`` and so on: what ``apportion facts`` calls it."""
    list: str | None
    """The list whose items have it; None where the case has it."""
    words: tuple[str, ...]
    """The words that it may be, lowest first where they have an order."""
    least: str | None
    """Its least value, as a case may state it."""
    greatest: str | None
    """Its greatest value."""
    step: str | None
    """The step between two values."""
    unit: str
    """What it is for: ``a week``."""
    default: str | None
    """Its value where a case does not state it."""
    only_when: str | None
    """Where it applies; None where it applies to every case."""
    decided_by: str | None
    """The panel that alone can supply it."""
    question: str
    """The question to put."""


class Difference(NamedTuple):
    """Something that does not come out as recorded. What it is stands not in its ``repr``: cases are
    private."""

    place: str
    """Where it stands: ``decision, payments, the ICB, pounds``."""
    recorded: str | None
    """What the record has; None where it lacks what comes out now."""
    comes: str | None
    """What comes out now; None where nothing does."""

    def __repr__(self) -> str:
        return shown(self, "place")


class Policy:
    """A policy ready to decide cases.

    Made by `Policy.load` from a file, or by `Policy.parse` from a text. Policies are equal where
    their texts are; they can be hashed, copied and pickled, and used by several threads at once.
    """

    def __init__(self, native: _native.Policy) -> None:
        self._native = native

    @staticmethod
    def load(path: str | os.PathLike[str]) -> Policy:
        """The policy in a file, with those it uses from beside it.

        Raises `PolicyError` with every mistake in it, and `OSError` where a file cannot be read.
        """
        return Policy(_native.Policy.load(path))

    @staticmethod
    def parse(text: str, uses: Mapping[str, str] | None = None) -> Policy:
        """The policy of a text, with the texts of those it uses by the names of their files.

        Raises `PolicyError` with every mistake in it.
        """
        return Policy(_native.Policy.of_texts(("policy", text, list((uses or {}).items()))))

    @cached_property
    def title(self) -> str:
        """Its title."""
        return self._native.title()

    @cached_property
    def version(self) -> int:
        """The number of its version."""
        return self._native.version()

    @cached_property
    def fingerprint(self) -> str:
        """The SHA-256 of its text, in hexadecimal digits: line ends and a byte order mark make no
        difference."""
        return self._native.fingerprint()

    @cached_property
    def text(self) -> str:
        """Its own text, without those it uses."""
        return self._native.texts()[1]

    @cached_property
    def facts(self) -> tuple[DeclaredFact, ...]:
        """The facts that a case and its items may carry, in the order declared."""
        import json

        document: dict[str, Any] = json.loads(self._native.facts())
        names = [name for name in DeclaredFact._fields if name != "words"]
        return tuple(
            DeclaredFact(words=tuple(fact["words"]), **{name: fact[name] for name in names})
            for fact in document["facts"]
        )

    @cached_property
    def conclusions(self) -> tuple[str, ...]:
        """What it may conclude of a case, by the names outside the policy."""
        return tuple(self._native.conclusions())

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Warnings and notes that were found in it."""
        return diagnostics(self._native.diagnostics())

    def check(self) -> tuple[Diagnostic, ...]:
        """Everything that ``apportion check`` finds: also cases in which the policy goes wrong."""
        return diagnostics(self._native.check())

    def decide(self, facts: Facts | str | None = None, /, **named: Any) -> Decision:
        """Decides a case.

        The facts come by name, in a mapping, or as a text in JSON or RON.

        Raises `CaseError` where a fact is not declared or its value is none, a fact that is needed
        is not known, or the policy refuses the case. What is settled while something is not known
        tells `needs`.
        """
        return Decision(self, self._native.decide(facts, named))

    @overload
    def run(
        self,
        table: Table,
        *,
        on_error: Literal["raise"] = "raise",
        unknown: Unknown = "reject",
        carry: Carry = (),
        progress: Progress = False,
    ) -> Table: ...
    @overload
    def run(
        self,
        table: Table,
        *,
        on_error: Literal["reject"],
        unknown: Unknown = "reject",
        carry: Carry = (),
        progress: Progress = False,
    ) -> tuple[Table, Table]: ...
    def run(
        self,
        table: Table,
        *,
        on_error: OnError = "raise",
        unknown: Unknown = "reject",
        carry: Carry = (),
        progress: Progress = False,
    ) -> Table | tuple[Table, Table]:
        """Decides every case of a table: a row a case, and its decision in columns beside it.

        Takes a table of pandas, polars, pyarrow or DuckDB and gives back one of the same kind, its
        rows in their order; of anything else that has ``__arrow_c_stream__`` or
        ``__arrow_c_array__``, something that has the former. Columns are found by the names of facts, as in a CSV caseload. Money is decimals, whole
        pounds (whole pence under a name that ends in ``_pence``) or text; a column of floats is
        refused. A null is an empty cell: the fact is not stated. The items of a list are a column of
        lists of structs.

        Answers are truths, decimals (money with two places), whole numbers, days, dictionaries of
        words, and text. They are null where the policy does not cover the case.

        With ``on_error="reject"`` there are two tables: the rows with a decision, and those without,
        as ``row`` (from 0), ``column`` and ``reason``, which never repeats a value.

        A row of which not everything is known has a decision where that makes no difference. Where
        it does, it has none, and the reason says what to ask for; with ``unknown="range"`` it has
        between which ends each payment lies (``pays_icb_from``, ``pays_icb_to``), ``needs`` with the
        facts to ask for, and ``ranges``: ``exact`` where both ends occur, else ``at most``.

        ``progress=True`` shows a bar, in a terminal or a notebook, by tqdm; a function is called
        with the number of rows so far. Ctrl-C ends the run.

        Raises `CaseError` where a column is missing, not declared or of a type that is not exact; and
        for the first row without a decision, unless rows are rejected.
        """
        decided, rejected = run(self._native, table, on_error, unknown, carry, progress)
        return (decided, rejected) if on_error == "reject" else decided

    def run_batches(
        self,
        reader: Any,
        *,
        on_error: OnError = "raise",
        unknown: Unknown = "reject",
        carry: Carry = (),
    ) -> Batches:
        """Decides a stream of batches as `run` does a table, but each only when it is asked for, so
        that memory does not grow with the stream.

        Takes anything with ``__arrow_c_stream__``, such as a ``pyarrow.RecordBatchReader``, and gives
        back the like. Where a row has no decision, whoever reads is told so as that library tells
        errors; with ``on_error="reject"`` they are kept in ``rejected``.

        Raises `CaseError` as `run` does, before the first row.
        """
        return run_batches(self._native, reader, on_error, unknown, carry)

    def needs(self, facts: Facts | str | None = None, /, **named: Any) -> Needs:
        """What can still come of a case of which not everything is known, and what to ask for.

        Takes a case as `decide` does. Raises `CaseError` where the case is none of this policy.
        """
        return needs(self._native.needs(facts, named))

    def verify(self, record: str) -> tuple[Difference, ...]:
        """Decides the case of a record again: everything that differs, nothing where all comes out
        as recorded.

        Raises `CaseError` where the text is no whole record of a case of this policy.
        """
        return tuple(Difference(*it) for it in self._native.verify(record))

    def _repr_html_(self) -> str:
        """What a notebook shows: the facts, and the clauses with their tables."""
        from ._html import policy_page

        facts, sections = self._native.facts(), self._native.sections()
        return policy_page(self.title, self.version, facts, sections)

    def __repr__(self) -> str:
        return f"<Policy {self.title!r}, version {self.version}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Policy):
            return NotImplemented
        return self.fingerprint == other.fingerprint

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def __reduce__(self) -> tuple[object, ...]:
        return _of_texts, (self._native.texts(),)


def _of_texts(texts: _told.Texts) -> Policy:
    """A policy that was pickled."""
    return Policy(_native.Policy.of_texts(texts))
