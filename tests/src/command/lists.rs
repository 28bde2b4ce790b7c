//! Cases with items: in RON and JSON, in what is decided of them, and among the facts.

use apportion_exchange::{decision, explanation, facts};
use serde_json::Value;

use super::documents::valid;
use super::{Folder, run, run_with};

/// A policy about the services of a plan, its figures worked out by hand where they are expected.
pub(super) const PLAN: &str = "\
policy    Who pays for each service of a plan
about     a child
between
  the ICB        NHS Northshire ICB
  social care    Northshire Council, children's social care
panels
  the joint panel   Northshire joint funding panel
version   1, in force from 1 April 2025

facts
  case reference   text
  fast track       yes or no, no unless stated

services, up to 3, each with
  provider   text
  price      money a week
  stream     one of health, social work
  nights     nights a week, whole, 0 to 7, 0 unless stated

1     Kinds
1.1   A service is nursing when stream is health.
1.2   Despite 1.1, a service is not nursing when fast track.
1.3   Band for a service: exactly one row applies.
      | price           | band |
      | under £100.00   | low  |
      | £100.00 or more | high |

2     Shares
2.1   For each service, when the service is nursing: the ICB 100%.
2.2   For each service, when the service is not nursing: the ICB 25%, social care the rest.

3     Who pays
3.1   For each service, weekly price = price x 1.02, to the nearest penny, halves up.
3.2   For each service, split weekly price in the shares of section 2.
3.3   Total price = the sum of weekly price over services.
3.4   For each service, the case is referred to the joint panel when price is over £1,000.00.
3.5   The ICB pays at most £1,600.00 a week in all; social care pays the excess.
3.6   For each service, price must be at least £1.00.
";

/// A night sitter and a school run, in both formats and all spellings.
const JSON: &str = r#"{"fast_track": false, "services": [
    {"provider": "Night Care", "price_pence": 64000, "stream": "health", "nights": 2},
    {"Price": 120.00, "Stream": "social work"}]}"#;
const RON: &str = r#"(fast_track: no, services: [ // as of May
    (price: "£640.00", stream: health, nights: 2, provider: "Night (Care)"),
    {"price_pence": 12000, "stream": social_work, "nights": 0},
])"#;

/// Runs the command on the plan and a case.
fn ran(arguments: &[&str], case: &str) -> super::Ran {
    let folder = Folder::new();
    let plan = folder.write("plan.policy", PLAN);
    let [command, rest @ ..] = arguments else { panic!("no command") };
    run_with(case, &[&[*command, plan.as_str(), "-"], rest].concat())
}

#[track_caller]
fn decided(case: &str) -> Value {
    let ran = ran(&["decide", "--format", "json"], case);
    assert_eq!((ran.code, ran.errors.as_str()), (0, ""));
    valid(decision::SCHEMA, &ran.output)
}

/// Expects a case to be refused in these words, and no message to repeat `secret`.
#[track_caller]
fn refuses(case: &str, code: &str, words: &str) {
    let ran = ran(&["decide"], case);
    assert_eq!((ran.code, ran.output.as_str()), (1, ""));
    let message = format!("error[{code}]: {words}");
    assert!(ran.errors.starts_with(&message), "{}", ran.errors);
    assert!(!ran.errors.contains("secret"), "{}", ran.errors);
}

#[test]
fn items_are_decided_one_by_one() {
    for case in [JSON, RON] {
        let decided = decided(case);
        // 640.00 x 1.02 = 652.80, all the ICB's; 120.00 x 1.02 = 122.40, of which a quarter is 30.60.
        let [first, second] = [0, 1].map(|place| &decided["items"][place]);
        assert_eq!((&first["list"], &first["number"]), (&"services".into(), &1.into()));
        assert_eq!(first["facts"][0]["value"], "£640.00");
        assert_eq!(first["conclusions"][0]["holds"], true);
        assert_eq!(first["values"][1]["pounds"], "652.80");
        assert_eq!(
            (&second["number"], &second["values"][1]["pounds"]),
            (&2.into(), &"122.40".into())
        );
        assert_eq!(decided["items"].as_array().unwrap().len(), 2);
        assert_eq!(decided["payments"][0]["pounds"], "683.40");
        assert_eq!(decided["payments"][1]["pounds"], "91.80");
        let lines = decided["lines"].as_array().unwrap();
        let of_second = lines.iter().filter(|line| line["item"]["number"] == 2);
        let pounds: Vec<&Value> = of_second.map(|line| &line["pounds"]).collect();
        assert_eq!(pounds, ["30.60", "91.80"]);
    }
}

#[test]
fn a_line_about_the_case_has_no_item() {
    let over = r#"{"services": [{"price": 1500, "stream": "health"}, {"price": 400, "stream": "health"}]}"#;
    let decided = decided(over);
    // 1,530.00 + 408.00 is 338.00 over the limit.
    let lines = decided["lines"].as_array().unwrap();
    let of_case: Vec<&Value> = lines.iter().filter(|line| line["item"].is_null()).collect();
    assert_eq!(of_case.len(), 2);
    assert_eq!(
        (&of_case[0]["pounds"], &of_case[1]["pounds"]),
        (&"-338.00".into(), &"338.00".into())
    );
    assert_eq!(decided["referrals"][0]["clause"], "3.4");
}

#[test]
fn an_explanation_says_which_item_is_paid_for() {
    let ran = ran(&["explain", "--format", "json"], JSON);
    let explained = valid(explanation::SCHEMA, &ran.output);
    let clauses = explained["clauses"].as_array().unwrap();
    let split = clauses.iter().find(|clause| clause["number"] == "3.2").unwrap();
    assert_eq!(split["pays"][0]["item"]["list"], "services");
    assert_eq!(split["pays"][0]["item"]["number"], 1);
    assert_eq!(split["pays"][0]["pounds"], "652.80");
}

#[test]
fn a_decision_in_ron_has_the_same_items() {
    let ran = ran(&["decide", "--format", "ron"], JSON);
    let from_ron: Value = ron::from_str(&ran.output).unwrap();
    let from_json = decided(JSON);
    assert_eq!(from_ron["items"], from_json["items"]);
    assert_eq!(from_ron["lines"], from_json["lines"]);
}

#[test]
fn that_there_are_no_items_is_said() {
    for none in [r#"{"services": []}"#, "(services: [])"] {
        assert_eq!(decided(none)["payments"][0]["pounds"], "0.00");
    }
    let not_known =
        ["{}", r#"{"services": null}"#, r#"{"services": "not known"}"#, "(services: not_known)"];
    for case in not_known {
        refuses(case, "list-not-stated", "the case does not state its services");
    }
}

#[test]
fn what_is_wrong_in_an_item_is_said_of_it() {
    let second = |json: &str, ron: &str| {
        [
            format!(r#"{{"services": [{{"price": 1, "stream": "health"}}, {json}]}}"#),
            format!("(services: [(price: 1, stream: health), {ron}])"),
        ]
    };
    let refuse = |json, ron, code, words: &str| {
        for case in second(json, ron) {
            refuses(&case, code, &format!("service 2: {words}"));
        }
    };
    refuse(r#"{"price": "secret"}"#, r#"(price: "secret")"#, "not-money", "`price` must be");
    refuse(r#"{"price": 1.005}"#, "(price: 1.005)", "part-of-a-penny", "`price`");
    refuse(
        r#"{"stream": "secret"}"#,
        "(stream: secret)",
        "not-a-word-of-the-fact",
        "`stream` must be one of",
    );
    refuse(r#"{"price_pence": 1.5}"#, "(price_pence: 1.5)", "not-whole-pence", "`price`");
    refuse(
        r#"{"prise": 1}"#,
        "(prise: 1)",
        "no-such-fact",
        "the policy declares no fact `prise`; did you mean `price`?",
    );
    refuse(
        r#"{"fast_track": true}"#,
        "(fast_track: yes)",
        "elsewhere-stated",
        "`fast track` is a fact of the case",
    );
    refuse(
        r#"{"price": 1, "price_pence": 100}"#,
        "(price: 1, price_pence: 100)",
        "stated-twice",
        "`price` is stated twice",
    );
    refuse(
        r#"{"price": ["secret"]}"#,
        r#"(price: ["secret"])"#,
        "nested-value",
        "`price` holds several",
    );
    refuse(
        r#"{"price": {"secret": {}}}"#,
        "(price: (secret: ()))",
        "nested-value",
        "`price` holds several",
    );
    refuse(
        r#""secret""#,
        "secret",
        "item-not-facts",
        "an item is facts and their values, such as ",
    );
    refuse("[]", "[]", "item-not-facts", "an item is facts and their values");
}

#[test]
fn what_is_wrong_with_a_list_is_said_of_it() {
    let refuse = |json: &str, ron: &str, code, words| {
        refuses(json, code, words);
        refuses(ron, code, words);
    };
    let no_list = "`services` must be a list of items, such as [";
    refuse(r#"{"services": 2}"#, "(services: 2)", "not-a-list", no_list);
    refuse(r#"{"services": "secret"}"#, "(services: secret)", "not-a-list", no_list);
    refuse(r#"{"services": {"price": 1}}"#, "(services: (price: 1))", "not-a-list", no_list);
    refuse(
        r#"{"price": 1}"#,
        "(price: 1)",
        "elsewhere-stated",
        "`price` is a fact of each service",
    );
    refuse(
        r#"{"fast_track": ["secret"]}"#,
        "(fast_track: [secret])",
        "nested-value",
        "`fast_track` holds several",
    );
    refuse(
        r#"{"servces": []}"#,
        "(servces: [])",
        "no-such-list",
        "the policy declares no list `servces`; did you mean `services`?",
    );
    refuse(
        r#"{"services": [], "Services": []}"#,
        "(services: [], services: [])",
        "stated-twice",
        "`services` is stated twice",
    );
    let four = [r#"{"price": 1, "stream": "health"}"#; 4].join(",");
    let ron = ["(price: 1, stream: health)"; 4].join(",");
    refuse(
        &format!(r#"{{"services": [{four}]}}"#),
        &format!("(services: [{ron}])"),
        "too-many-items",
        "a case has at most 3 services",
    );
}

#[test]
fn a_case_nested_without_end_is_refused() {
    for depth in [200, 10_000] {
        let deep =
            [r#"{"services": [{"price": "#, &"[".repeat(depth), &"]".repeat(depth), "}]}"].concat();
        let ran = ran(&["decide"], &deep);
        assert_eq!(ran.code, 1);
        assert!(
            ran.errors.contains("nested-value") || ran.errors.contains("case-syntax"),
            "{}",
            ran.errors
        );
        let deep = ["(services: [(price: ", &"[".repeat(depth), &"]".repeat(depth), ")])"].concat();
        refuses(&deep, "case-syntax", "not RON: it is nested too deep");
    }
}

#[test]
fn a_refusal_by_the_policy_names_the_item() {
    let free =
        r#"{"services": [{"price": 1, "stream": "health"}, {"price": 0.99, "stream": "health"}]}"#;
    refuses(free, "requirement-broken", "for service 2, ");
    refuses(r#"{"services": [{"price": 1}]}"#, "not-known", "`stream` of service 1 is not known");
    for nothing in [r#"{"services": [{}]}"#, "(services: [()])"] {
        refuses(nothing, "not-known", "`price` of service 1 is not known");
    }
}

#[test]
fn facts_of_items_stand_below_their_list() {
    let folder = Folder::new();
    let ran = run(&["facts", &folder.write("plan.policy", PLAN)]);
    assert_eq!((ran.code, ran.errors.as_str()), (0, ""));
    assert_eq!(
        ran.output,
        "\
fact               outside the policy  what it may be                     unless stated  question
case reference     case_reference      text, carried through                             Case reference?
fast track         fast_track          yes or no                          no             Fast track?
services, up to 3
  provider         provider            text, carried through                             Provider?
  price            price               £ a week, £0.00 to £10,000,000.00                 Price, in £ a week?
  stream           stream              one of health, social work                        Stream?
  nights           nights              nights a week, 0 to 7              0              Nights, in nights a week?
"
    );
}

#[test]
fn facts_as_a_document_say_their_list() {
    let folder = Folder::new();
    let ran = run(&["facts", &folder.write("plan.policy", PLAN), "--format", "json"]);
    let listed = valid(facts::SCHEMA, &ran.output);
    let list = &listed["lists"][0];
    assert_eq!((&list["key"], &list["item"]), (&"services".into(), &"service".into()));
    assert_eq!(list["most"], 3);
    assert_eq!(listed["facts"][1]["list"], Value::Null);
    assert_eq!(listed["facts"][3]["list"], "services");
    assert_eq!(listed["facts"][5]["default"], "0");
}

#[test]
fn each_file_of_a_caseload_has_its_columns() {
    let folder = Folder::new();
    let plan = folder.write("plan.policy", PLAN);
    let columns = |more: &[&str]| run(&[&["facts", plan.as_str()], more].concat());
    assert_eq!(columns(&["--format", "csv"]).output, "case_reference,fast_track\n");
    let services = columns(&["--format", "csv", "--list", "services"]);
    assert_eq!(services.output, "case_reference,provider,price,stream,nights\n");
    let none = columns(&["--format", "csv", "--list", "servces"]);
    assert_eq!(none.code, 2);
    assert!(none.errors.contains("no list `servces`; did you mean `services`?"), "{}", none.errors);
    let text = columns(&["--list", "services"]);
    assert_eq!(text.code, 2);
    assert!(text.errors.contains("`--format csv`"), "{}", text.errors);
}
