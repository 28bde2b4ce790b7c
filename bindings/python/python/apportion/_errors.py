"""What can be wrong with a policy or a case, as exceptions. None repeats a value of a case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from . import _told


class Diagnostic(NamedTuple):
    """One thing that was found in a policy."""

    code: str
    """A stable name for it, such as ``shares-exceed-whole``."""
    severity: _told.Severity
    """How much it weighs; only with an error the policy cannot be used."""
    message: str
    """What is wrong, in the author's words."""
    file: str
    """The file it stands in."""
    line: int
    """The line, from 1."""
    column: int
    """The character in the line, from 1."""
    clause: str | None
    """The number of the clause, where it stands in one."""
    notes: tuple[str, ...]
    """What else is worth knowing."""
    help: str | None
    """One thing to do."""


def diagnostics(told: Iterable[_told.Diagnostic]) -> tuple[Diagnostic, ...]:
    """What was found, from what the native module tells."""
    return tuple(
        Diagnostic(code, severity, message, file, line, column, clause, tuple(notes), help)
        for code, severity, message, file, line, column, clause, notes, help in told
    )


class ApportionError(Exception):
    """Anything that Apportion refuses."""


class PolicyError(ApportionError):
    """A policy that cannot be used. Its text shows every mistake in its place.

    >>> import apportion
    >>> try:
    ...     apportion.Policy.parse("policy  Half a policy")
    ... except apportion.PolicyError as error:
    ...     first = error.diagnostics[0]
    >>> first.code, first.line
    ('header-missing', 1)
    """

    diagnostics: tuple[Diagnostic, ...]
    """What was found, errors and lesser things, in the order of the text; empty where the file
    is no text at all."""

    def __init__(self, rendered: str, told: Iterable[_told.Diagnostic] = ()) -> None:
        told = list(told)
        super().__init__(rendered, told)
        self.diagnostics = diagnostics(told)

    def __str__(self) -> str:
        return str(self.args[0])


class CaseError(ApportionError):
    """A case that is wrong, or has no decision. Its text says what would be right, and repeats no
    value."""

    code: str
    """A stable name for it, such as ``not-known`` or ``part-of-a-penny``."""
    fact: str | None
    """The fact or list it is about, by its name outside the policy; None where it is about no
    single one."""
    item: str | None
    """The item that it is a fact of, such as ``service 2``."""
    clauses: tuple[str, ...]
    """The numbers of the clauses that refuse the case."""

    def __init__(
        self,
        message: str,
        code: str = "",
        fact: str | None = None,
        item: str | None = None,
        clauses: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message, code, fact, item, clauses)
        self.code = code
        self.fact = fact
        self.item = item
        self.clauses = clauses

    def __str__(self) -> str:
        return str(self.args[0])
