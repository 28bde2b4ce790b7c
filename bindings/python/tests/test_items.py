"""Cases with items, as tables with a column of lists of structs."""

# The types of pyarrow itself leave much open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

from decimal import Decimal
from typing import Any

import pyarrow
import pytest
from conftest import SERVICES
from kinds import KINDS

from apportion import CaseError, Policy

SERVICE_WITH_DEFAULT = SERVICES.replace("nursing   yes or no", "nursing   yes or no, no unless stated")

CASES: list[dict[str, Any]] = [
    {"services": [{"price": Decimal("640"), "nursing": True}, {"price": 120, "nursing": False}]},
    {"services": [], "support": True},
    {"services": [{"price": 500, "nursing": False}] * 3},
]


@pytest.mark.parametrize("kind", KINDS)
def test_items_are_lists_of_structs(services: Policy, kind: str) -> None:
    facts: Any = {"price": pyarrow.decimal128(10, 2), "nursing": pyarrow.bool_()}
    items = pyarrow.list_(pyarrow.struct(facts))
    lists = pyarrow.array([row["services"] for row in CASES], items)
    support = pyarrow.array([row.get("support") for row in CASES])
    make, read = KINDS[kind]
    decided = services.run(make(pyarrow.table({"services": lists, "support": support})))
    rows = read(decided).to_pylist()
    for row, case in zip(rows, CASES, strict=True):
        decision = services.decide(case)
        assert (row["pays_icb"], row["pays_council"]) == tuple(decision.payments.values())
        assert row["supported"] is decision.supported


TEXTS: Any = {"price": pyarrow.string(), "nursing": pyarrow.string()}
GOOD = [{"price": "£640.00", "nursing": "yes"}]

# The items of a case, in which column it is rejected, and why.
BAD_ITEMS: dict[str, tuple[Any, str | None, str]] = {
    "a part of a penny": (
        [*GOOD, {"price": "1.005", "nursing": "no"}],
        "services",
        "service 2: `price` has more than two places",
    ),
    "a negative amount": (
        [{"price": "-1", "nursing": "no"}],
        "services",
        "service 1: `price` must be from £0.00",
    ),
    "an amount in words": (
        [{"price": "one", "nursing": "no"}],
        "services",
        "service 1: `price` must be an amount of money",
    ),
    "another truth": (
        [{"price": "1", "nursing": "maybe"}],
        "services",
        "service 1: `nursing` must be yes or no",
    ),
    "a fact that is not stated": (
        [{"price": "640"}],
        None,
        "not settled: needs nursing of service 1",
    ),
    "a fact that is not known": (
        [*GOOD, {"price": "not known", "nursing": "no"}],
        None,
        "not settled: needs price of service 2",
    ),
    "no list": (None, "services", "does not state its services"),
    "an item that is nothing": ([None], "services", "service 1 is nothing; an item has facts"),
    "too many": (
        [{"price": "1", "nursing": "no"}] * 101,
        "services",
        "a case has at most 100 services",
    ),
}


def of_services(rows: list[Any], of: Any = pyarrow.list_) -> pyarrow.Table:
    arrow: Any = pyarrow
    made: pyarrow.Table = arrow.table({"services": arrow.array(rows, of(arrow.struct(TEXTS)))})
    return made


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("items", BAD_ITEMS)
def test_bad_items_reject_their_case_alone(services: Policy, kind: str, items: str) -> None:
    bad, column, said = BAD_ITEMS[items]
    make, read = KINDS[kind]
    given = make(of_services([GOOD, bad, []]))
    decided, rejected = services.run(given, on_error="reject")
    assert type(decided) is type(given)
    [reject] = read(rejected).to_pylist()
    assert (reject["row"], reject["column"]) == (1, column) and said in reject["reason"]
    paid: list[Any] = read(decided)["pays_icb"].to_pylist()
    assert paid == [Decimal("640.00"), Decimal("0.00")]


@pytest.mark.parametrize("kind", KINDS)
def test_bad_columns_of_items_are_refused(services: Policy, kind: str) -> None:
    make, _ = KINDS[kind]
    item = {"price": "1", "nursing": "no"}
    wrong_columns: list[tuple[Any, str]] = [
        ({"support": ["yes"]}, "no-items"),
        ({"services": ["none"]}, "column-type"),
        ({"services": [["none"]]}, "column-type"),
        ({"services": [[{**item, "price": 1.5}]]}, "column-type"),
        ({"services": [[{"prise": "1", "nursing": "no"}]]}, "undeclared-column"),
        ({"services": [[{"price": "1"}]]}, "missing-column"),
        ({"services": [[item]], "service": [[item]]}, "column-twice"),
    ]
    for wrong, code in wrong_columns:
        with pytest.raises(CaseError) as raised:
            services.run(make(pyarrow.table(wrong)), on_error="reject")
        assert raised.value.code == code
        # Nothing is carried from the structs of items.
        assert "carry" not in str(raised.value)


@pytest.mark.parametrize("kind", KINDS)
def test_where_no_case_has_an_item_nothing_tells_what_items_are(services: Policy, kind: str) -> None:
    make, read = KINDS[kind]
    rows: list[tuple[Any, list[str]]] = [
        ([[], []], []),
        ([[], [None]], ["service 1 is nothing; an item has facts"]),
        ([[], None], ["does not state its services"]),
    ]
    # In polars a column of nothing but nulls is one of texts.
    if kind != "polars":
        rows.append(([None], ["does not state its services"]))
    for given, said in rows:
        table = make(pyarrow.table({"services": given}))
        decided, rejected = services.run(table, on_error="reject")
        assert read(decided)["pays_icb"].to_pylist() == [Decimal("0.00")] * (len(given) - len(said))
        reasons = [reject["reason"] for reject in read(rejected).to_pylist()]
        assert len(reasons) == len(said)
        assert all(part in reason for part, reason in zip(said, reasons, strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_an_item_may_have_nothing_but_texts(kind: str) -> None:
    default = SERVICES.replace("price     money a week", "provider  text\n  price     money a week, £5.00 unless stated")
    policy = Policy.parse(default.replace("nursing   yes or no", "nursing   yes or no, no unless stated"))
    make, read = KINDS[kind]
    given = make(pyarrow.table({"services": [[{"provider": "Taxis Ltd"}], []]}))
    paid = read(policy.run(given))["pays_council"].to_pylist()
    assert paid == [Decimal("5.00"), Decimal("0.00")]


def test_lists_may_be_large(services: Policy) -> None:
    given = of_services([GOOD, [], GOOD * 2], pyarrow.large_list)
    paid = services.run(given)["pays_icb"].to_pylist()
    assert paid == [Decimal("640.00"), Decimal("0.00"), Decimal("1280.00")]


@pytest.mark.parametrize("kind", KINDS)
def test_a_fact_that_no_item_states_is_not_stated(kind: str) -> None:
    policy = Policy.parse(SERVICE_WITH_DEFAULT)
    make, read = KINDS[kind]
    items = [[{"price": "£640.00", "nursing": None}], []]
    given = make(pyarrow.table({"services": items}))
    decided: pyarrow.Table = read(policy.run(given))
    assert decided["pays_council"].to_pylist() == [Decimal("640.00"), Decimal("0.00")]
    stream: Any = policy.run_batches(make(pyarrow.table({"services": items})))
    assert pyarrow.table(stream)["pays_council"].to_pylist() == decided["pays_council"].to_pylist()
