//! What parties are called in print: by the day that dates the case, where that changes.

use apportion::policy::Policy;
use apportion::record::Record;

const TEXT: &str = "\
policy    Who took over from whom
about     a child
between
  the ICB        NHS Northshire CCG until 30 June 2022, NHS Northshire ICB, the successor from 1 July 2022
  the council    Northshire Council, until it merges
version   1, in force from 1 April 2021
dated by  decision date

facts
  decision date    a date
  care cost        money a week

1    Who pays
1.1  In every case: the ICB 50%, the council the rest.
1.2  Split care cost in the shares of 1.1.
";

fn record(day: &str) -> Record {
    let policy = Policy::parse(TEXT).unwrap();
    let case = policy.case([("decision date", day), ("care cost", "£100.00")]).unwrap();
    policy.record(&case, &policy.decide(&case).unwrap())
}

fn names(day: &str) -> Vec<String> {
    record(day).payments.into_iter().map(|payment| payment.text).collect()
}

#[test]
fn a_party_is_called_as_on_the_day_of_the_case() {
    let council = "Northshire Council, until it merges";
    assert_eq!(names("1 April 2021"), ["NHS Northshire CCG", council]);
    assert_eq!(names("30 June 2022"), ["NHS Northshire CCG", council]);
    assert_eq!(names("1 July 2022"), ["NHS Northshire ICB, the successor", council]);
}

#[test]
fn a_name_that_changes_stands_beside_the_role() {
    let text = record("30 June 2022").to_string();
    let rows = "
Pays a week:
  the ICB (NHS Northshire CCG)   £50.00
  the council                    £50.00
  together                      £100.00
";
    assert!(text.contains(rows), "{text}");
}

#[test]
fn a_document_has_the_name_as_well_as_the_role() {
    let json = apportion_exchange::decision::to_json(&record("1 July 2022")).unwrap();
    let payment = "\"party\": \"the ICB\",\n      \"name\": \"NHS Northshire ICB, the successor\",";
    assert!(json.contains(payment), "{json}");
}
