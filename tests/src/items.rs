//! Lists through the library: what a decision says of each item, and which item a refusal names.

use apportion::policy::{CaseMistake, Policy};

const POLICY: &str = "\
policy    Each visit by itself
about     a child
between
  the ICB        NHS Northshire ICB
  the council    Northshire Council
version   1, in force from 1 April 2026

facts
  urgent    yes or no, no unless stated

visits, up to 3, each with
  fee        money, £0.00 to £500.00
  nursing    yes or no, no unless stated
  begins     a date, 1 May 2026 unless stated
  ends       a date, 31 May 2026 unless stated

1    What a visit is
1.1  A visit is health provision when nursing.
1.2  For each visit, length = days from begins to ends, counting both days.
1.3  Band for a visit: exactly one row applies.
     | fee            | band   |
     | under £100.00  | small  |
     | £150.00 or more | large |

2    Who pays
2.1  For each visit, when the visit is health provision: the ICB 2/3, the council the rest.
2.2  For each visit, when the visit is not health provision: the council 100%.
2.3  For each visit, split fee in the shares of section 2.
2.4  For each visit, fee must be at least £1.00 when not urgent.
2.5  The ICB pays at most £100.00 in all; the council pays the excess.
2.6  Total = the sum of fee over visits.
2.7  Longest = the highest length over visits where the visit is health provision, or 0 if none.
";

type Visit<'v> = &'v [(&'v str, &'v str)];

fn policy() -> Policy {
    Policy::parse(POLICY).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

fn decided(visits: &[Visit<'_>]) -> String {
    let policy = policy();
    let mut case = policy.new_case();
    policy.state_list(&mut case, policy.list("visits").unwrap());
    for visit in visits {
        policy.add_item(&mut case, "visit", visit.iter().copied()).unwrap();
    }
    match policy.decide(&case) {
        Ok(decision) => policy.record(&case, &decision).explanation(),
        Err(refused) => format!("{}: {refused}\n", refused.code()),
    }
}

#[track_caller]
fn check(visits: &[Visit<'_>], expected: &[&str]) {
    assert_eq!(decided(visits).lines().collect::<Vec<_>>(), expected);
}

/// Two thirds of £200.01 are £133.34 exactly, and a third £66.67; the ICB stops at £100.00.
#[test]
fn a_clause_says_what_it_makes_of_each() {
    check(
        &[&[("fee", "£200.01"), ("nursing", "yes")], &[("fee", "£20.00"), ("ends", "1 May 2026")]],
        &[
            "1.1  visit 1: the visit is health provision",
            "1.2  visit 1: length = 31 days",
            "     visit 2: length = 1 day",
            "1.3  visit 1: row 2: band = large",
            "     visit 2: row 1: band = small",
            "2.1  visit 1: the ICB 2/3, the council the rest",
            "2.2  visit 2: the council 100%",
            "2.3  visit 1: the ICB pays £133.34 and the council pays £66.67",
            "     visit 2: the ICB pays £0.00 and the council pays £20.00",
            "2.4  visit 1: fee must be at least £1.00, and is",
            "     visit 2: fee must be at least £1.00, and is",
            "2.5  the ICB is at its limit: the council pays the excess of £33.34",
            "2.6  total = £220.01",
            "2.7  longest = 31 days",
        ],
    );
}

#[test]
fn of_none_nothing_is_said_but_what_is_made_of_all() {
    check(&[], &["2.6  total = £0.00", "2.7  longest = 0 days"]);
}

#[test]
fn a_refusal_names_the_item() {
    check(
        &[&[("fee", "£20.00")], &[("fee", "£120.00")]],
        &["no-row: for visit 2, no row of the table in 1.3 applies"],
    );
    check(
        &[&[("fee", "£20.00")], &[("fee", "£0.99")], &[("fee", "£0.00")]],
        &["requirement-broken: for visit 2, the case breaks 2.4: fee must be at least £1.00"],
    );
    check(
        &[&[("fee", "£20.00"), ("ends", "30 April 2026")]],
        &["days-backwards: for visit 1, 1.2 counts from `begins` to `ends`, which is earlier"],
    );
    check(
        &[&[("fee", "£20.00")], &[("nursing", "yes")]],
        &[
            "not-known: `fee` of visit 2 is not known; state it, or see by `apportion needs` what is settled without it",
        ],
    );
}

#[test]
fn a_list_that_is_not_stated_is_not_empty() {
    let policy = policy();
    let refused = policy.decide(&policy.new_case()).unwrap_err();
    let message = "the case does not state its visits; where there are none, give an empty list, `[]`; in an example, `no visits`";
    assert_eq!((refused.code(), refused.to_string().as_str()), ("list-not-stated", message));
}

#[test]
fn what_a_case_cannot_state_of_items_is_told() {
    let policy = policy();
    let mut case = policy.new_case();
    let mistake = policy.add_item(&mut case, "vist", []).unwrap_err();
    assert_eq!(mistake.to_string(), "the policy declares no list `vist`; did you mean `visit`?");
    let mistake = policy.add_item(&mut case, "visit", [("urgent", "yes")]).unwrap_err();
    assert_eq!(mistake.to_string(), "`urgent` is a fact of the case");
    let mistake = policy.case([("fee", "£5.00")]).unwrap_err();
    assert_eq!(mistake.to_string(), "`fee` is a fact of each visit");
    for _ in 0..2 {
        policy.add_item(&mut case, "visits", [("fee", "£5.00")]).unwrap();
    }
    let mistake = policy.add_item(&mut case, "visits", [("fee", "£5.00")]).unwrap_err();
    assert_eq!(mistake, CaseMistake::TooManyItems { list: "visits".into(), most: 3 });
}

#[test]
fn a_decision_reads_item_by_item() {
    let policy = policy();
    let mut case = policy.case([("urgent", "yes")]).unwrap();
    policy.add_item(&mut case, "visit", [("fee", "£0.00"), ("nursing", "yes")]).unwrap();
    let decision = policy.decide(&case).unwrap();
    let record = policy.record(&case, &decision);
    assert_eq!(
        record.to_string(),
        "\
Each visit by itself, version 1

  total    £0.00
  longest  31 days

Visit 1: fee £0.00, nursing yes, begins 1 May 2026, ends 31 May 2026
  health provision  yes, by 1.1
  length            31 days
  band              small
  the ICB           £0.00, by 2.3
  the council       £0.00, by 2.3

Pays:
  the ICB      £0.00
  the council  £0.00
  together     £0.00

Not stated, so taken as the policy says: begins 1 May 2026 of visit 1, ends 31 May 2026 of visit 1.
"
    );
    let lines: Vec<_> =
        record.lines.iter().map(|line| line.item.as_ref().unwrap().number).collect();
    assert_eq!(lines, [1, 1]);
}

#[test]
fn a_list_may_be_named_by_one_of_its_items() {
    let policy = policy();
    let case = |text: &str| apportion_exchange::case::from_json(&policy, text);
    let one = case(r#"{"visit": [{"fee": 20}]}"#).unwrap();
    assert_eq!(one.items(policy.list("visits").unwrap()), Some(1));
    let both = case(r#"{"visits": [{"fee": 20}], "visit": []}"#).unwrap_err();
    assert_eq!(both.code(), "stated-twice");
}

/// Two files of one list: the items of both belong to their cases, and are counted together.
#[test]
fn the_items_of_two_files_come_together() {
    use std::io::Cursor;

    use apportion_exchange::csv::caseload::Caseload;
    use apportion_exchange::csv::columns::Carry;
    use apportion_exchange::csv::item_rows::ItemOutput;
    use apportion_exchange::csv::items::ItemFile;
    use apportion_exchange::csv::join::join;
    use apportion_exchange::csv::rejects::RejectRows;

    let text = POLICY.replace("facts\n", "facts\n  case reference    text\n");
    let policy = Policy::parse(&text).unwrap();
    let (list, by) = (policy.list("visits").unwrap(), join(&policy, None).unwrap());
    let file = |text: &'static str| {
        ItemFile::open(&policy, list, by, Cursor::new(text), &Carry::Nothing).unwrap()
    };
    let files = vec![
        file("case_reference,fee\nR1,20.00\nR2,30.00\n"),
        file("case_reference,fee\nR1,5.00\n"),
    ];
    let (mut decided, mut none, mut no_more) = (Vec::new(), Vec::new(), Vec::new());
    let mut rejects = RejectRows::new(Vec::new(), &[]).unwrap();
    let mut first = RejectRows::new(&mut none, &[]).unwrap();
    let mut second = RejectRows::new(&mut no_more, &[]).unwrap();
    let outputs = vec![
        ItemOutput { decided: None, rejects: &mut first },
        ItemOutput { decided: None, rejects: &mut second },
    ];
    let cases = Cursor::new("case_reference\nR1\nR2\n");
    let summary = Caseload::open_with_items(&policy, cases, &Carry::Nothing, by, files)
        .and_then(|it| it.decide_with_items(&mut decided, &mut rejects, outputs))
        .unwrap();
    let mut rows = csv::Reader::from_reader(decided.as_slice());
    let total = rows.headers().unwrap().iter().position(|name| name == "total").unwrap();
    let totals: Vec<String> = rows.records().map(|row| row.unwrap()[total].to_string()).collect();
    assert_eq!(totals, ["25.00", "30.00"]);
    assert_eq!((summary.lists[0].items, summary.lists[0].accepted), (3, 3));
}

/// A value that is the same of every item is still none of the case.
#[test]
fn a_value_of_items_is_not_foreseen_as_one_of_the_case() {
    let policy = Policy::parse(
        "policy   Parts\nabout    a child\nversion  1, in force from 1 April 2026\n\n\
         facts\n  part   percent\n  seen   yes or no\n\n\
         services, each with\n  price   money a week\n\n\
         1    Parts\n1.1  For each service, own part = part.\n1.2  Whole part = part.\n\
         1.3  A child is known when seen.\n",
    )
    .unwrap();
    let mut case = policy.case([("part", "25%"), ("seen", "not known")]).unwrap();
    policy.state_list(&mut case, policy.list("services").unwrap());
    let foreseen = policy.foresee(&case).unwrap();
    let names: Vec<&str> = foreseen.values.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["whole part"]);
}
