"""The kept cases, and what comes of them."""

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
