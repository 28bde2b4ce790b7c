"""What a case may be made of, and what is refused."""

import datetime
import enum
from collections import OrderedDict
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy
import pandas
import pytest

from apportion import CaseError, Policy

DOMAINS = (
    "breathing",
    "eating_and_drinking",
    "mobility",
    "continence",
    "skin_and_tissue",
    "communication",
    "drug_therapies",
    "psychological_and_emotional_needs",
    "seizures",
    "challenging_behaviour",
)

CASE: dict[str, Any] = {
    "date_of_birth": datetime.date(2017, 5, 3),
    "decision_date": datetime.date(2026, 5, 12),
    "registered_with_a_gp_in_northshire": True,
    "day_care": Decimal("21.5"),
    "waking_nights": 2,
    **dict.fromkeys(DOMAINS, "no additional needs"),
    "breathing": "high",
    "eating_and_drinking": "high",
    "mobility": "high",
    "continence": "low",
    "communication": "moderate",
}


def with_(**facts: Any) -> dict[str, Any]:
    return {**CASE, **facts}


def refused(policy: Policy, case: dict[str, Any]) -> CaseError:
    with pytest.raises(CaseError) as raised:
        policy.decide(case)
    return raised.value


def test_facts_come_as_a_mapping_by_name_or_as_text(continuing_care: Policy) -> None:
    by_name = continuing_care.decide(**CASE)
    # 21.5 hours at £25.61 and 2 nights at £183.40 are £917.415, which is rounded up.
    assert by_name.values["care_cost"] == Decimal("917.42")
    split = dict(CASE)
    nights = split.pop("waking_nights")
    some = OrderedDict(split)
    for same in (
        continuing_care.decide(CASE),
        continuing_care.decide(some, waking_nights=nights),
        continuing_care.decide({"Day care": Decimal("21.5"), **without("day_care")}),
        continuing_care.decide(with_(date_of_birth="3 May 2017", waking_nights="2")),
        continuing_care.decide(with_(fast_track="no", breathing="High")),
    ):
        assert same.payments == by_name.payments


ODD: list[tuple[str, Any]] = [
    ("breathing", "High"),
    ("breathing", "very high"),
    ("breathing", 3),
    ("breathing", None),
    ("breathing", ""),
    ("Breathing ", "high"),
    ("fast_track", True),
    ("fast_track", "yes"),
    ("fast_track", 1),
    ("date_of_birth", datetime.date(2017, 5, 4)),
    ("date_of_birth", datetime.date(1600, 1, 1)),
    ("date_of_birth", datetime.date(9999, 12, 31)),
    ("date_of_birth", datetime.datetime(2017, 5, 4)),
    ("date_of_birth", "4 May 2017"),
    ("decision_date", datetime.date(2025, 3, 31)),
    ("waking_nights", 7),
    ("waking_nights", 8),
    ("waking_nights", 2**70),
    ("waking_nights", True),
    ("waking_nights", Decimal("2.000")),
    ("day_care", Decimal("21.75")),
    ("day_care", Decimal("2175E-2")),
    ("day_care", Decimal("2E+1")),
    ("day_care", Decimal("21.3")),
    ("day_care", Decimal("-0.00")),
    ("day_care", Decimal("NaN")),
    ("day_care", Decimal("0E-60")),
    ("day_care", 21.5),
    ("cost_of_the_school_placement", Decimal("600.01")),
    ("cost_of_the_school_placement", Decimal("600.010")),
    ("cost_of_the_school_placement", Decimal("600.001")),
    ("cost_of_the_school_placement", Decimal("1" * 45)),
    ("cost_of_the_school_placement", 600),
    ("cost_of_the_school_placement", -600),
    ("cost_of_the_school_placement_pence", 60001),
    ("cost_of_the_school_placement_pence", Decimal("60001")),
    ("cost_of_the_school_placement_pence", Decimal("60001.0")),
    ("Mobility", "low"),
    ("no such fact", 1),
]


@pytest.mark.parametrize(("name", "value"), ODD)
def test_a_dict_is_read_as_any_other_mapping_is(
    continuing_care: Policy, name: str, value: object
) -> None:
    def outcome(case: Any) -> tuple[str, str]:
        try:
            return "decided", continuing_care.decide(case).to_json()
        except CaseError as error:
            return error.code, str(error)

    case = {**CASE, name: value}
    read_with_care = outcome(OrderedDict(case))
    assert [outcome(case), outcome(case)] == [read_with_care] * 2


def without(*names: str) -> dict[str, Any]:
    return {name: value for name, value in CASE.items() if name not in names}


@pytest.mark.parametrize(
    "cost",
    [
        Decimal("600"),
        Decimal("600.00"),
        Decimal("6E+2"),
        Decimal("1.50") * Decimal("400.000"),
        600,
        "600",
        "£600.00",
        " £600 ",
        numpy.int64(600),
    ],
)
def test_money_is_exact_however_it_is_written(continuing_care: Policy, cost: object) -> None:
    decision = continuing_care.decide(with_(cost_of_the_school_placement=cost))
    assert decision.facts["cost_of_the_school_placement"].value == Decimal("600.00")
    # Education's third of £917.42, and the whole of the placement.
    assert decision.payments["education"] == Decimal("905.80")


def test_money_may_be_pence_by_its_name(continuing_care: Policy) -> None:
    decision = continuing_care.decide(CASE, cost_of_the_school_placement_pence=60001)
    assert decision.facts["cost_of_the_school_placement"].value == Decimal("600.01")
    wrong = refused(continuing_care, with_(cost_of_the_school_placement_pence=Decimal("1.5")))
    assert wrong.code == "not-whole-pence"


@pytest.mark.parametrize(
    ("fact", "value", "advice"),
    [
        ("cost_of_the_school_placement", 600.0, 'Decimal("600.00")'),
        ("cost_of_the_school_placement_pence", 60000.0, "whole pence"),
        ("day_care", 21.5, 'Decimal("21.5")'),
        ("waking_nights", numpy.float64(2), "an int"),
        ("fast_track", 1.0, "a text"),
    ],
)
def test_a_float_is_refused_and_what_to_write_is_said(
    continuing_care: Policy, fact: str, value: float, advice: str
) -> None:
    error = refused(continuing_care, with_(**{fact: value}))
    assert error.code == "float"
    assert error.fact == fact.removesuffix("_pence")
    assert advice in str(error)


def test_a_time_of_day_is_no_date(continuing_care: Policy) -> None:
    noon = datetime.datetime(2026, 5, 12, 12)
    for value in (noon, noon.replace(tzinfo=datetime.timezone.utc), pandas.Timestamp(noon)):
        error = refused(continuing_care, with_(decision_date=value))
        assert (error.code, error.fact) == ("time-of-day", "decision_date")


class Nights(enum.IntEnum):
    TWO = 2


class Level(str, enum.Enum):
    HIGH = "high"


def test_values_of_classes_of_their_own_are_what_they_stand_for(continuing_care: Policy) -> None:
    decision = continuing_care.decide(with_(waking_nights=Nights.TWO, breathing=Level.HIGH))
    assert decision.payments == continuing_care.decide(CASE).payments


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (Decimal("NaN"), "not-finite"),
        (Decimal("-Infinity"), "not-finite"),
        (Decimal("1E+999999"), "out-of-bounds"),
        (Decimal("1E-999999"), "out-of-bounds"),
        (Decimal("21.3"), "between-steps"),
        (10**40, "out-of-bounds"),
        pytest.param(10**5000, "out-of-bounds", id="5,001 digits"),
        (-1, "out-of-bounds"),
        (float("nan"), "not-finite"),
        (pandas.NA, "no-such-type"),
        (Fraction(43, 2), "no-such-type"),
        (b"21.5", "no-such-type"),
        ([21], "nested-value"),
        ({"hours": 21}, "nested-value"),
        (True, "not-a-number"),
        ("\ud800", None),
        ("21\x005", "not-a-number"),
    ],
)
def test_what_is_no_value_is_refused(
    continuing_care: Policy, value: object, code: str | None
) -> None:
    if code is None:
        with pytest.raises(UnicodeEncodeError):
            continuing_care.decide(with_(day_care=value))
        return
    error = refused(continuing_care, with_(day_care=value))
    assert (error.code, error.fact) == (code, "day_care")


def test_no_message_repeats_a_value(continuing_care: Policy) -> None:
    secret = "zebra-4711"
    for case in (
        with_(day_care=secret),
        with_(breathing=secret),
        with_(date_of_birth=secret),
        with_(date_of_birth=Decimal("4711.4711")),
        with_(cost_of_the_school_placement=47.11),
        with_(waking_nights=[secret]),
    ):
        error = refused(continuing_care, case)
        assert secret not in str(error) and secret not in repr(error)
        assert "4711" not in str(error) and "47.11" not in str(error)
    for text in (f"(breathing: [{secret}])", f'{{"breathing": "{secret}"}}', f"({secret}"):
        with pytest.raises(CaseError) as raised:
            continuing_care.decide(text)
        assert secret not in str(raised.value)


def test_none_is_not_known_default_or_not(continuing_care: Policy) -> None:
    for fact in ("breathing", "fast_track"):
        error = refused(continuing_care, with_(**{fact: None}))
        assert (error.code, error.fact) == ("not-known", fact)


def test_a_fact_the_policy_does_not_declare_is_refused(continuing_care: Policy) -> None:
    error = refused(continuing_care, with_(breathin="high"))
    assert error.code == "no-such-fact" and "did you mean `breathing`?" in str(error)
    assert refused(continuing_care, {1: "high"}).code == "name-not-text"  # type: ignore[dict-item]
    with pytest.raises(TypeError):
        continuing_care.decide(42)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def test_a_fact_under_two_names_is_stated_twice(continuing_care: Policy) -> None:
    error = refused(continuing_care, with_(**{"Day care": "21.5"}))
    assert error.code == "stated-twice"
    both = continuing_care.decide(CASE)
    with pytest.raises(CaseError) as raised:
        continuing_care.decide(CASE, day_care=Decimal("21.5"))
    assert raised.value.code == "stated-twice" and both.eligible


def test_a_text_is_ron_or_json(continuing_care: Policy) -> None:
    for text in ("(breathing: high)", '{"breathing": "high"}', "\ufeff {}", "()"):
        with pytest.raises(CaseError) as raised:
            continuing_care.decide(text)
        assert raised.value.code == "not-known"
    for text in ("", "[1]", "{", "high"):
        with pytest.raises(CaseError):
            continuing_care.decide(text)
    with pytest.raises(CaseError, match="not as both"):
        continuing_care.decide("()", breathing="high")


def test_lists_are_sequences_of_items(services: Policy) -> None:
    two: list[dict[str, Any]] = [{"price": Decimal("640"), "nursing": True}, {"price": "£120.00", "nursing": "no"}]
    decision = services.decide(services=two)
    assert decision.payments == {"icb": Decimal("640.00"), "council": Decimal("120.00")}
    assert services.decide({"service": tuple(two)}).payments == decision.payments
    assert services.decide(services=[]).payments["icb"] == Decimal("0.00")
    assert refused(services, {}).code == "list-not-stated"


@pytest.mark.parametrize(
    ("items", "code", "item"),
    [
        ([{"price": 1, "nursing": True}, {"price": 1.5, "nursing": True}], "float", "service 2"),
        ([{"price": "£1.005", "nursing": True}], "part-of-a-penny", "service 1"),
        ([{"prise": 1}], "no-such-fact", "service 1"),
        (["high"], "item-not-facts", "service 1"),
        ("high", "not-a-list", None),
        ([{"price": 1, "nursing": True}] * 101, "too-many-items", None),
        ([{"price": 1}], "not-known", "service 1"),
    ],
)
def test_what_is_wrong_in_an_item_names_it(
    services: Policy, items: Any, code: str, item: str | None
) -> None:
    error = refused(services, {"services": items})
    assert (error.code, error.item) == (code, item)


def test_text_facts_and_percents(services: Policy) -> None:
    decision = services.decide(case_reference="A1", services=[], top_up="12.5%", support=True)
    assert decision.facts["top_up"].value == "12.5%"
    assert "case_reference" not in decision.facts
    error = refused(services, {"services": [], "top_up": Decimal("12.5")})
    assert error.code == "not-a-percent"
    assert '"25%"' in str(refused(services, {"services": [], "top_up": 0.125}))
