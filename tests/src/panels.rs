//! What panels decide: facts that only a panel can supply, and shares that wait until it has
//! decided.

use apportion::engine::block::Block;
use apportion::engine::program::{PartyId, UnitId};
use apportion::policy::Policy;
use apportion::record::Record;

const TEXT: &str = "\
policy    Shares that a panel decides
about     a child
between
  the ICB        NHS Northshire ICB
  social care    Northshire Council, social care
  education      Northshire Council, education
panels
  the joint panel    Northshire joint funding panel
version   1, in force from 1 April 2025

facts
  complex        yes or no
  care cost      money a week
  school cost    money a week

1    Who pays
1.1  When not complex: the ICB 50%, social care 50%.
1.2  When complex: as the joint panel decides.
1.3  Split care cost in the shares of section 1.
1.4  Education pays school cost.
1.5  The ICB pays at most £150.00 a week in all; social care pays the excess.
1.6  Education pays at most £100.00 a week under 1.4; social care pays the excess.
1.7  Social care pays at least £1.00 a week, taken from education.
";

/// The policy of these tests.
pub(crate) fn text() -> &'static str {
    TEXT
}

fn record(facts: &[(&str, &str)]) -> Record {
    let policy = Policy::parse(TEXT).unwrap();
    let all = [&[("care cost", "£400.00"), ("school cost", "£80.00")], facts].concat();
    let case = policy.case(all).unwrap();
    policy.record(&case, &policy.decide(&case).unwrap())
}

#[test]
fn what_is_paid_and_what_awaits_the_panel_are_what_was_put_up() {
    let record = record(&[("complex", "yes")]);
    let lines: i64 = record.lines.iter().map(|line| line.amount.pence()).sum();
    let awaiting: i64 = record.awaiting.iter().map(|it| it.amount.pence()).sum();
    assert_eq!((lines, awaiting), (80_00, 400_00));
    assert!(record.payments.iter().all(|payment| !payment.is_final));
    let awaiting = &record.awaiting[0];
    let clauses = (awaiting.clause.as_str(), awaiting.by.as_str());
    assert_eq!((clauses, awaiting.panel.as_str()), (("1.3", "1.2"), "the joint panel"));
    let referrals: Vec<_> = record.referrals.iter().map(|it| it.clause.as_str()).collect();
    assert_eq!(referrals, ["1.2"]);
}

#[test]
fn limits_and_floors_in_its_unit_wait_too() {
    assert_eq!(record(&[("complex", "yes")]).waiting, ["1.5", "1.6", "1.7"]);
    assert_eq!(record(&[("complex", "no")]).waiting, [""; 0]);
}

#[test]
fn once_the_panel_has_decided_the_decision_says_so() {
    let record = record(&[
        ("complex", "yes"),
        ("joint_panel_icb", "30%"),
        ("joint_panel_social_care", "69.99%"),
        ("joint_panel_education", "0.01%"),
    ]);
    assert!(record.awaiting.is_empty() && record.waiting.is_empty());
    assert!(record.referrals.is_empty());
    assert!(record.payments.iter().all(|payment| payment.is_final));
    let explanation = record.explanation();
    let says = "1.2  as the joint panel decided: the ICB 30%, social care 69.99%, education 0.01%";
    assert!(explanation.contains(says), "{explanation}");
    let shared = "\nShared as the joint panel decided: the ICB 30%, social care 69.99%, education 0.01%, by 1.2.\n";
    assert!(record.to_string().contains(shared), "{record}");
    let pays: Vec<String> = record.payments.iter().map(|it| it.amount.to_string()).collect();
    assert_eq!(pays, ["£120.00", "£279.96", "£80.04"]);
}

#[test]
fn a_party_that_the_panel_does_not_name_has_no_share() {
    let record = record(&[("complex", "yes"), ("joint_panel_social_care", "100%")]);
    assert!(record.facts.iter().all(|fact| !fact.is_default));
    let pays: Vec<String> = record.payments.iter().map(|it| it.amount.to_string()).collect();
    assert_eq!(pays, ["£0.00", "£400.00", "£80.00"]);
}

#[test]
fn a_payment_that_may_still_change_is_told_by_no_short_way() {
    let policy = Policy::parse(TEXT).unwrap();
    let facts = [("complex", "yes"), ("care cost", "£400.00"), ("school cost", "£80.00")];
    let case = policy.case(facts).unwrap();
    let decision = policy.decide(&case).unwrap();
    assert_eq!(policy.pays(&decision, "education"), None);
    assert_eq!(decision.pays(PartyId(2), UnitId(0)), None);
    assert!(!decision.is_final(UnitId(0)));
    let mut block = Block::new(policy.program());
    block.fill(0, &case).unwrap();
    policy.program().decide_block(&mut block, 1).unwrap();
    let awaiting: Vec<_> = block.awaiting().map(|(_, made, pence)| (made[0], pence[0])).collect();
    assert_eq!(awaiting, [(1, 400_00)]);
}
