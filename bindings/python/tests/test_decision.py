"""What a decision says, and what it is beside others."""

import copy
import json
import pickle
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas
import pytest
from conftest import EXAMPLES, shown
from test_facts import CASE, with_

from apportion import ApportionError, CaseError, Decision, ItemPlace, Policy


def kept(folder: str, case: str) -> str:
    """What the command is known to write of a case."""
    return (EXAMPLES / folder / "cases" / case).with_suffix(".txt").read_text()


def example(policy: Policy, folder: str, case: str) -> Decision:
    return policy.decide((EXAMPLES / folder / "cases" / case).read_text())


def test_a_decision_says_who_pays_what_and_why(continuing_care: Policy) -> None:
    decision = continuing_care.decide(CASE)
    assert decision.covered and decision.eligible is True
    assert decision.conclusions["eligible"].by == ("2.1",)
    assert bool(decision.conclusions["eligible"])
    assert decision.values == {"total_points": 22, "care_cost": Decimal("917.42")}
    assert [(it.key, it.amount, it.clause, it.unit, it.item) for it in decision.lines] == [
        ("icb", Decimal("305.81"), "7.1", "a week", None),
        ("social_care", Decimal("305.81"), "7.1", "a week", None),
        ("education", Decimal("305.80"), "7.1", "a week", None),
        ("education", Decimal("0.00"), "7.2", "a week", None),
    ]
    assert decision.lines[3].citations == ("SLA 5.1",)
    clauses = {clause.number: clause for clause in decision.clauses}
    assert "£917.42" in " ".join(clauses["6.1"].says)
    assert decision.facts["fast_track"].is_default and decision.facts["fast_track"].value is False


def test_a_decision_reads_as_the_command_writes_it(continuing_care: Policy) -> None:
    for case in ("three_highs.ron", "refused_by_the_panel.json", "over_the_icb_limit.ron"):
        decision = example(continuing_care, "continuing_care", case)
        said = f"{decision}\n"
        assert said in kept("continuing_care", case)


def test_a_limit_moves_money_and_refers(continuing_care: Policy) -> None:
    decision = example(continuing_care, "continuing_care", "over_the_icb_limit.ron")
    # Half of £3,435.04 is £117.52 over the limit, which social care takes.
    assert decision.payments["icb"] == Decimal("1600.00")
    taken = [line.amount for line in decision.lines if line.clause == "7.3"]
    assert taken == [Decimal("-117.52"), Decimal("117.52")]
    assert [(it.clause, it.panel) for it in decision.referrals] == [("7.3", "the joint panel")]


def test_a_case_not_covered_has_no_conclusions(continuing_care: Policy) -> None:
    decision = example(continuing_care, "continuing_care", "eighteen_today.ron")
    assert not decision.covered and decision.not_covered_by == ("1.1",)
    assert decision.eligible is None
    assert decision.payments == {} and decision.values == {} and decision.lines == ()
    assert "not covered, by 1.1" in repr(decision)


def test_what_awaits_a_panel_is_no_payment_yet(section_117: Policy) -> None:
    decision = example(section_117, "section_117", "for_the_panel.ron")
    assert decision.awaiting
    assert None in decision.payments.values()
    awaited = sum(it.amount for it in decision.awaiting)
    decided = example(section_117, "section_117", "as_the_panel_decided.ron")
    assert None not in decided.payments.values() and decided.awaiting == ()
    assert awaited > 0


def test_a_decision_says_what_it_still_waits_for(
    continuing_care: Policy, section_117: Policy
) -> None:
    whole = continuing_care.decide(CASE).needs
    assert whole.is_settled and whole.missing == () and whole.ask == ()
    awaiting = example(section_117, "section_117", "for_the_panel.ron").needs
    assert awaiting.is_settled and awaiting.payments["icb"].awaits == ("the aftercare panel",)


def test_what_is_told_of_a_decision_makes_a_frame(continuing_care: Policy) -> None:
    lines = pandas.DataFrame(continuing_care.decide(CASE).lines)
    assert list(lines.columns) == ["clause", "party", "key", "amount", "unit", "item", "citations"]
    assert list(lines["amount"][:2]) == [Decimal("305.81")] * 2


def test_items_have_decisions_of_their_own(services: Policy) -> None:
    items = [{"price": 640, "nursing": True}, {"price": "£120.50", "nursing": False}]
    decision = services.decide(services=items)
    first, second = decision.items
    assert (first.list, first.number, first.conclusions["costly"].holds) == ("services", 1, True)
    assert not second.conclusions["costly"]
    assert second.facts["price"].value == Decimal("120.50")
    nothing, price = Decimal("0.00"), Decimal("640.00")
    assert first.payments == {"icb": price, "council": nothing}
    assert second.payments == {"icb": nothing, "council": Decimal("120.50")}
    assert [line.item for line in decision.lines if line.amount] == [
        ItemPlace("services", 1),
        ItemPlace("services", 2),
    ]


def test_numbers_come_out_exact() -> None:
    policy = Policy.parse(
        """\
policy   Numbers
about    a child
between
  the ICB   NHS Northshire ICB
version  1, in force from 1 April 2025

facts
  hours   hours a week, in quarters, 0 to 168
  rate    money an hour

1    Numbers
1.1  Third of hours = hours / 3, to the nearest 0.1, halves up.
1.2  Exact third = 1/3 of hours.
1.3  Cost = hours x rate, to the nearest penny, halves up.
1.4  The ICB pays cost.
"""
    )
    decision = policy.decide(hours=Decimal("7.25"), rate=Decimal("10.10"))
    # 7.25 / 3 is 2.41666..., and 7.25 hours at £10.10 are £73.225.
    assert decision.values == {
        "third_of_hours": Decimal("2.4"),
        "exact_third": Fraction(29, 12),
        "cost": Decimal("73.23"),
    }
    assert decision.facts["hours"].value == Decimal("7.25")
    assert policy.decide(decision_stated(decision)) == decision


def decision_stated(decision: Decision) -> dict[str, Any]:
    """The facts of a decision as the case of another."""
    return {key: fact.value for key, fact in decision.facts.items()}


def test_what_comes_out_goes_in_again(continuing_care: Policy) -> None:
    decision = continuing_care.decide(with_(fast_track=True))
    assert continuing_care.decide(decision_stated(decision)).payments == decision.payments


def test_decisions_are_equal_where_policy_case_and_answers_are(
    continuing_care: Policy, services: Policy
) -> None:
    decision, same = continuing_care.decide(CASE), continuing_care.decide(**CASE)
    other = continuing_care.decide(with_(fast_track="yes"))
    assert decision == same and hash(decision) == hash(same)
    assert decision != other and decision != "decision"
    # That nothing is stated and that the default is stated are two cases.
    assert decision != continuing_care.decide(with_(fast_track=False))
    assert len({decision, same, other}) == 2
    items = [{"price": "£640.00", "nursing": True}]
    for it in (decision, other, services.decide(services=items, top_up="1%")):
        for again in (pickle.loads(pickle.dumps(it)), copy.copy(it), copy.deepcopy(it)):
            assert again == it and str(again) == str(it) and again.payments == it.payments


def test_a_pickled_decision_that_would_come_out_otherwise_is_refused(
    continuing_care: Policy,
) -> None:
    decision = continuing_care.decide(CASE)
    again, (policy, stated, document) = decision.__reduce__()
    assert callable(again)
    with pytest.raises(ApportionError, match="decided it otherwise"):
        again(policy, stated, str(document).replace("305.81", "305.82"))


def test_a_repr_has_no_value_of_the_case(continuing_care: Policy) -> None:
    decision = continuing_care.decide(with_(cost_of_the_school_placement="£12.34"))
    shown = repr(decision) + repr(decision.facts) + repr(decision.clauses)
    assert "eligible" in repr(decision)
    for value in ("12.34", "917.42", "2017", "21.5", "high", "moderate"):
        assert value not in shown


def test_an_attribute_that_is_no_conclusion_says_what_there_is(continuing_care: Policy) -> None:
    decision = continuing_care.decide(CASE)
    with pytest.raises(AttributeError, match="its conclusions are eligible"):
        _ = decision.eligable
    assert "eligible" in dir(decision) and "payments" in dir(decision)
    assert not hasattr(decision, "_repr_png_")


def test_pages_are_those_of_the_command(continuing_care: Policy) -> None:
    decision = continuing_care.decide(with_(panel_decision="refused"))
    assert "Who pays" in decision.letter() and "£917.42" in decision.working()
    assert "panel decision" in decision.why_not("eligible")
    for page in (decision.letter(html=True), decision.working(html=True)):
        assert page.startswith("<!DOCTYPE html>")
    with pytest.raises(ValueError, match="there is eligible"):
        decision.why_not("eligable")


def test_documents_are_those_of_the_command(continuing_care: Policy) -> None:
    decision = continuing_care.decide(CASE)
    document = json.loads(decision.to_json())
    assert document["payments"][0]["pounds"] == "305.81"
    assert decision.to_ron().startswith("(")
    assert decision.explanation().startswith("1.1")


def test_a_record_is_kept_and_verified(continuing_care: Policy) -> None:
    decision = continuing_care.decide(CASE)
    record = decision.record()
    assert json.loads(record)["decision"] == json.loads(decision.to_json())
    assert continuing_care.verify(record) == ()
    [changed] = continuing_care.verify(record.replace('"917.42"', '"917.43"', 1))
    assert "917.43" in str(changed.recorded) and "917.42" in str(changed.comes)
    assert "917" not in repr(changed)
    for text, code in ((decision.to_json(), "no-record"), ("{", "record-syntax")):
        with pytest.raises(CaseError) as raised:
            continuing_care.verify(text)
        assert raised.value.code == code


def test_a_record_withholds_what_is_not_for_its_reader(continuing_care: Policy) -> None:
    decision = continuing_care.decide(CASE)
    record = decision.record(withhold=["date of birth", "mobility"])
    assert json.loads(record)["withheld"] == ["date_of_birth", "mobility"]
    assert "2017" not in record
    with pytest.raises(CaseError, match="withholds date_of_birth, mobility") as withheld:
        continuing_care.verify(record)
    assert withheld.value.code == "record-withholds"
    with pytest.raises(CaseError, match="did you mean `mobility`") as unknown:
        decision.record(withhold=["mobilty"])
    assert (unknown.value.code, unknown.value.fact) == ("no-such-fact", "mobilty")
    with pytest.raises(TypeError, match="a list of names"):
        decision.record(withhold="mobility")


def test_a_notebook_shows_who_pays(continuing_care: Policy, section_117: Policy) -> None:
    page = shown(continuing_care.decide(CASE))
    for row in (
        ["eligible", "yes, by 2.1"],
        ["care cost", "£917.42 a week"],
        ["the ICB", "£305.81"],
        ["together", "£917.42"],
    ):
        assert row in page.rows
    assert "Pays a week" in page.texts
    outside = shown(example(continuing_care, "continuing_care", "eighteen_today.ron"))
    assert "Not covered, by 1.1" in outside.texts
    referred = shown(example(continuing_care, "continuing_care", "over_the_icb_limit.ron"))
    assert "Referred to the joint panel, by 7.3" in referred.texts
    awaiting = example(section_117, "section_117", "for_the_panel.ron")
    said = " ".join(shown(awaiting).texts)
    assert "not yet decided" in said and f"awaits {awaiting.awaiting[0].panel}" in said
