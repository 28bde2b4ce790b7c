"""What the package does by itself, under a Python that has nothing else: run by `tests/python` under every
other Python that there is."""

import doctest
import pickle
import sys
from itertools import islice

import apportion
import apportion.excel
from kept_cases import kept, outcome

for module in (apportion, apportion._errors, apportion.excel):
    assert doctest.testmod(module).failed == 0
policy, _ = next(kept())
assert pickle.loads(pickle.dumps(policy)) == policy
for policy, entry in islice(kept(), 0, 10_000, 10):
    case = entry.pop("case")
    assert outcome(policy, case) == entry, policy.text
print(f"   Python {sys.version.split()[0]}: 1,000 kept cases came out as kept")
