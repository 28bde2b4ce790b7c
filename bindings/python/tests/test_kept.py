"""The kept cases come out byte for byte, as they do from Rust."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from apportion import CaseError, Policy

KEPT = Path(__file__).parents[3] / "tests" / "kept" / "cases.jsonl.gz"


def kept() -> Iterator[tuple[Policy, dict[str, Any]]]:
    """Each case with its policy."""
    policy = None
    with gzip.open(KEPT, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            entry = json.loads(line)
            if "policy" in entry:
                policy = Policy.parse(entry["policy"])
            elif policy is not None:
                yield policy, entry


def outcome(policy: Policy, case: Any) -> dict[str, Any]:
    """What comes of a case, as it is kept."""
    try:
        return {"decision": policy.decide(case).to_json()}
    except CaseError as error:
        return {"refused": {"code": error.code, "message": str(error)}}


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
