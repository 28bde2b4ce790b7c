"""Policies: where they come from, and what they are beside one another."""

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import EXAMPLES, HALF_EACH, shown

from apportion import Policy, PolicyError, _native


def test_a_policy_says_what_it_is(continuing_care: Policy) -> None:
    assert continuing_care.title.startswith("Continuing care")
    assert continuing_care.version == 3
    assert len(continuing_care.fingerprint) == 64
    assert continuing_care.conclusions == ("eligible",)
    assert continuing_care.text.startswith("policy ")
    facts = {fact.key: fact for fact in continuing_care.facts}
    assert facts["day_care"].step == "0.25"
    assert facts["eating_and_drinking"].words[-1] == "severe"
    assert facts["fast_track"].default == "no"


def test_a_policy_with_tools_is_loaded_with_what_stands_beside_it() -> None:
    policy = Policy.load(EXAMPLES / "childrens_continuing_care" / "northshire.policy")
    assert pickle.loads(pickle.dumps(policy)).decide is not None
    assert pickle.loads(pickle.dumps(policy)).fingerprint == policy.fingerprint


def test_the_texts_a_policy_uses_can_be_given() -> None:
    folder = EXAMPLES / "childrens_continuing_care"
    tool = "childrens_continuing_care_2016.policy"
    own = (folder / "northshire.policy").read_text()
    with pytest.raises(PolicyError):
        Policy.parse(own)
    policy = Policy.parse(own, {tool: (folder / tool).read_text()})
    assert policy == Policy.load(folder / "northshire.policy")


def test_policies_are_their_texts() -> None:
    policy, same = Policy.parse(HALF_EACH), Policy.parse(HALF_EACH.replace("\n", "\r\n"))
    other = Policy.parse(HALF_EACH.replace("50%, the council 50%", "25%, the council 75%"))
    assert policy == same and hash(policy) == hash(same)
    assert policy != other and policy != HALF_EACH
    for again in (pickle.loads(pickle.dumps(policy)), copy.copy(policy), copy.deepcopy(policy)):
        assert again == policy
        assert again.decide(care_cost="£0.02").payments["icb"] == Decimal("0.01")


def test_a_pickled_policy_says_nothing_of_the_machine() -> None:
    policy = Policy.load(EXAMPLES / "continuing_care" / "continuing_care.policy")
    assert str(EXAMPLES).encode() not in pickle.dumps(policy)


def test_check_finds_what_goes_wrong_in_some_case(continuing_care: Policy) -> None:
    found = Policy.parse(HALF_EACH.replace("In every case", "When care cost is over £5")).check()
    assert [(it.code, it.severity, it.line) for it in found if it.severity == "error"] == [
        ("no-shares-for-some", "error", 13)
    ]
    assert all(it.severity == "note" for it in continuing_care.check())


def test_several_threads_use_one_policy(continuing_care: Policy) -> None:
    case = (EXAMPLES / "continuing_care" / "cases" / "three_highs.ron").read_text()
    with ThreadPoolExecutor(4) as threads:
        decided = list(threads.map(continuing_care.decide, [case] * 200))
    assert set(decided) == {continuing_care.decide(case)}


def test_a_file_that_is_no_policy_is_told_as_python_does(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as missing:
        Policy.load(tmp_path / "none.policy")
    assert Path(missing.value.filename) == tmp_path / "none.policy"
    with pytest.raises(IsADirectoryError):
        Policy.load(tmp_path)
    (tmp_path / "picture.policy").write_bytes(b"policy \xff\xfe")
    with pytest.raises(PolicyError, match="another encoding, from line 1 on"):
        Policy.load(tmp_path / "picture.policy")


def test_every_mistake_of_a_policy_is_told() -> None:
    wrong = HALF_EACH.replace("council 50%", "council 60%").replace("care cost in", "cost in")
    with pytest.raises(PolicyError) as raised:
        Policy.parse(wrong)
    found = {it.code: it for it in raised.value.diagnostics}
    excess = found["shares-exceed-whole"]
    assert (excess.line, excess.clause, excess.severity) == (12, "1.1", "error")
    assert excess.help is not None
    assert excess.message == "these shares add up to 110%"
    assert str(raised.value).count("error[") == len(found)
    again = pickle.loads(pickle.dumps(raised.value))
    assert again.diagnostics == raised.value.diagnostics and str(again) == str(raised.value)


def test_a_policy_reads_well(continuing_care: Policy) -> None:
    assert repr(continuing_care).startswith("<Policy 'Continuing care")


def test_a_notebook_shows_facts_and_clauses(continuing_care: Policy) -> None:
    page = shown(continuing_care)
    assert ["day care", "number hours a week, 0 to 168", ""] in page.rows
    assert ["fast track", "yes or no", "no"] in page.rows
    assert ["priority", "20"] in page.rows
    for text in ("7.1", " [NF 3; SLA 2.1]", "2 Eligibility", "at least 3 domains are high or higher"):
        assert text in page.texts


def test_what_a_notebook_shows_is_escaped() -> None:
    title = """Half <script>alert("each")</script> & more"""
    policy = Policy.parse(
        HALF_EACH.replace("Half each", title)
        .replace("50%.\n", "50%.   [SLA <b>4</b>]\n")
        .replace("\nfacts", "sources\n  SLA   An agreement\n\nfacts")
    )
    for it in (policy, policy.decide(care_cost=1)):
        page = shown(it)
        assert f"{title}, version 1" in "".join(page.texts)
        assert "script" not in page.tags and "<b>4" not in it._repr_html_()


def test_what_is_shipped_cannot_be_asked_to_panic() -> None:
    assert not hasattr(_native, "panic_next")
