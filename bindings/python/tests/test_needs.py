"""What is settled while something is not known."""

from decimal import Decimal

import pytest
from test_facts import CASE, with_

from apportion import CaseError, Policy


def test_what_is_settled_and_what_to_ask(continuing_care: Policy) -> None:
    reports = {"seizures": None, "psychological_and_emotional_needs": None}
    needs = continuing_care.needs(with_(**reports))
    assert needs.conclusions["eligible"].holds is True
    assert not needs.is_settled and needs.can_be_decided
    icb = needs.payments["icb"]
    assert (icb.least, icb.greatest, icb.is_exact) == (Decimal("305.81"), Decimal("458.71"), True)
    assert [(need.key, need.settling, need.of) for need in needs.ask] == [
        ("seizures", 4, 5),
        ("psychological_and_emotional_needs", 1, 4),
    ]
    assert needs.payments_need == needs.ask
    points = needs.values["total_points"]
    assert (points.least, points.greatest, points.is_settled) == ("22", "40", False)
    assert "Ask first:" in str(needs) and repr(needs).startswith("<Needs: seizures")


def test_a_case_of_which_all_is_known_needs_nothing(continuing_care: Policy) -> None:
    needs = continuing_care.needs(**CASE)
    assert needs.is_settled and needs.ask == () and needs.missing == ()
    assert repr(needs) == "<Needs: nothing more>"


def test_a_list_that_is_not_stated_is_missing(services: Policy) -> None:
    assert [it.key for it in services.needs().missing] == ["services"]


def test_each_item_is_told_of_by_itself(services: Policy) -> None:
    needs = services.needs(
        services=[{"price": None, "nursing": True}, {"price": Decimal(120), "nursing": None}]
    )
    sitter, taxi = needs.items
    assert (sitter.list, sitter.number, taxi.number) == ("services", 1, 2)
    assert sitter.conclusions["costly"].holds is None
    assert [(need.key, need.item) for need in sitter.conclusions["costly"].needs] == [
        ("price", ("services", 1))
    ]
    assert taxi.conclusions["costly"].holds is False and taxi.conclusions["costly"].by == ("1.1",)
    icb = taxi.payments["icb"]
    assert (icb.least, icb.greatest, icb.is_settled) == (Decimal(0), Decimal(120), False)
    assert [need.key for need in taxi.payments_need] == ["nursing"]
    assert sitter.payments["council"].greatest == 0 and sitter.values == {}


def test_a_wrong_case_is_refused_here_too(continuing_care: Policy) -> None:
    with pytest.raises(CaseError) as raised:
        continuing_care.needs(day_care=1.5)
    assert raised.value.code == "float"
