"""Policies in plain English: who qualifies, and who pays which part, to the penny.

>>> from decimal import Decimal
>>> import apportion
>>> policy = apportion.Policy.parse('''
... policy   Half each
... about    a child
... between
...   the ICB       NHS Northshire ICB
...   the council   Northshire Council
... version  1, in force from 1 April 2025
...
... facts
...   care cost   money a week
...
... 1    Who pays
... 1.1  In every case: the ICB 50%, the council 50%.
... 1.2  Split care cost in the shares of 1.1.
... '''.lstrip())
>>> decision = policy.decide(care_cost=Decimal("1000.01"))
>>> decision.payments["icb"], decision.payments["council"]
(Decimal('500.01'), Decimal('500.00'))

Amounts of money are pounds, as ``decimal.Decimal`` with two places; nothing is ever a float.
"""

from ._decision import (
    Awaiting,
    Clause,
    Conclusion,
    Decision,
    Fact,
    Item,
    ItemPlace,
    Line,
    Referral,
)
from ._errors import ApportionError, CaseError, Diagnostic, PolicyError
from ._needs import (
    ForeseenConclusion,
    ForeseenItem,
    ForeseenPayment,
    ForeseenReferral,
    ForeseenValue,
    Missing,
    Need,
    Needs,
    Refusal,
)
from ._policy import DeclaredFact, Difference, Policy
from ._progress import Progress
from ._tables import Batches, Carry, OnError, Unknown
from ._values import Facts, Given, Value

__all__ = [
    "ApportionError",
    "Awaiting",
    "Batches",
    "Carry",
    "CaseError",
    "Clause",
    "Conclusion",
    "Decision",
    "DeclaredFact",
    "Diagnostic",
    "Difference",
    "Fact",
    "Facts",
    "ForeseenConclusion",
    "ForeseenItem",
    "ForeseenPayment",
    "ForeseenReferral",
    "ForeseenValue",
    "Given",
    "Item",
    "ItemPlace",
    "Line",
    "Missing",
    "Need",
    "Needs",
    "OnError",
    "Policy",
    "PolicyError",
    "Progress",
    "Referral",
    "Refusal",
    "Unknown",
    "Value",
]
