"""Nothing ever raises ``PanicException``: whatever is asked of the library, a panic in it is an error
of the package.

`tests/python` runs this on a build of its own (the feature `probes`), in which whatever is done next
under the guard can be made to panic.
"""

# The build that is shipped, which types are of, has nothing of the kind.
# pyright: reportAttributeAccessIssue=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

from collections.abc import Callable
from typing import Any

import pyarrow
import pytest
from conftest import SERVICES

from apportion import ApportionError, _native

probes: Any = _native

TABLE: Any = pyarrow.table({"services": [[{"price": "640", "nursing": "yes"}]]})
HOW: dict[str, Any] = {"rejects": False, "allows_unknown": False}

policy = _native.Policy.of_texts(("policy", SERVICES, []))
decision = policy.decide({"services": [{"price": "640", "nursing": "yes"}]}, {})
batches = policy.run_batches(TABLE, [], **HOW)
stream = policy.run(TABLE, [], **HOW, given=False, progress=None)[0]

CALLS: dict[str, Callable[[], object]] = {
    "run_command": lambda: _native.run_command(["apportion"]),
    "Policy.load": lambda: _native.Policy.load("no.policy"),
    "Policy.of_texts": lambda: _native.Policy.of_texts(("policy", SERVICES, [])),
    "Policy.verify": lambda: policy.verify("{}"),
    "Policy.decide": lambda: policy.decide({}, {}),
    "Policy.needs": lambda: policy.needs({}, {}),
    "Policy.run": lambda: policy.run(TABLE, [], **HOW, given=False, progress=None),
    "Policy.run_batches": lambda: policy.run_batches(TABLE, [], **HOW),
    "Policy.run_excel": lambda: policy.run_excel(
        ("no.xlsx", "decided.xlsx"), [], sheet=None, join=None, allows_unknown=False
    ),
    "Decision.letter": lambda: decision.letter(False),
    "Decision.working": lambda: decision.working(True),
    "Decision.why_not": lambda: decision.why_not("supported", False),
    "Decision.to_record": lambda: decision.to_record([]),
    "Decision.is_same": lambda: decision.is_same(decision),
}
"""How each is called that takes something."""

OBJECTS: dict[str, object] = {
    "Policy": policy,
    "Decision": decision,
    "Batches": batches,
    "Stream": stream,
}
PROBES = {"panic_next", "panics_still", "decide_in_rust"}


def everything() -> list[str]:
    """All that can be asked of the library."""
    functions = {name for name in vars(_native) if name not in OBJECTS and name[0] != "_"}
    methods = [
        f"{name}.{method}"
        for name in OBJECTS
        for method in vars(getattr(_native, name))
        if not method.startswith("_") or method.startswith("__arrow")
    ]
    return sorted(functions - PROBES) + methods


@pytest.mark.parametrize("name", everything())
def test_a_panic_is_an_error_of_the_package(name: str) -> None:
    kind, _, method = name.partition(".")
    call = CALLS.get(name) or getattr(OBJECTS[kind], method)
    probes.panic_next()
    with pytest.raises(ApportionError, match="^Apportion made a mistake of its own; please report"):
        call()
    assert not probes.panics_still()


def test_a_panic_amid_a_stream_is_told_to_whoever_reads() -> None:
    reader: Any = pyarrow.RecordBatchReader
    decided = reader.from_stream(policy.run_batches(TABLE, [], **HOW))
    probes.panic_next()
    with pytest.raises(pyarrow.ArrowInvalid, match="Apportion made a mistake of its own"):
        decided.read_next_batch()


def test_a_policy_decides_on_after_a_panic() -> None:
    probes.panic_next()
    with pytest.raises(ApportionError):
        policy.decide({}, {})
    again = policy.decide({"services": [{"price": "640", "nursing": "yes"}]}, {})
    assert again.is_same(decision)
