//! A policy with the tools it uses: what it needs, what it is called outside, its fingerprint.

use apportion::bundle::Bundle;
use apportion::format::format_bundle;
use apportion::policy::{Mistakes, Policy};
use apportion::source::Source;

use crate::bundles::{GUIDE, LOCAL};

fn bundle() -> Bundle {
    let mut bundle = Bundle::new("folder/local.policy", LOCAL);
    bundle.add("guide.policy", GUIDE);
    bundle
}

#[track_caller]
fn policy(bundle: &Bundle) -> Policy {
    Policy::from_bundle(bundle).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

fn codes(mistakes: &Mistakes) -> Vec<&'static str> {
    mistakes.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

/// A text of these lines below the header of a tool.
fn tool(title: &str, lines: &str) -> String {
    format!("policy  {title}\nabout  a child\nversion  1, in force from 1 January 2016\n{lines}")
}

#[test]
fn a_bundle_needs_what_its_texts_name() {
    let mut bundle =
        Bundle::new("a.policy", &tool("A", "uses B from \"b\" as B\nuses C from \"c\" as C\n"));
    assert_eq!(bundle.needs(), ["b", "c"]);
    bundle.add("b", &tool("B", "uses C from \"c\" as C\nuses D from \"d\" as D\n"));
    assert_eq!(bundle.needs(), ["c", "d"]);
    bundle.add("c", &tool("C", "uses A from \"a.policy\" as A\n"));
    bundle.add("d", &tool("D", ""));
    assert!(bundle.needs().is_empty());
    bundle.add("e", &tool("E", "uses F from \"f\" as F\n"));
    assert!(bundle.needs().is_empty(), "nothing uses `e`");
}

#[test]
fn a_tool_that_two_texts_use_is_there_once() {
    let mut bundle = Bundle::from(
        format!(
            "{}\n1  Own\n1.1  A child is far when near.\n1.2  Despite D 1.1, sum = 2.\n",
            tool("A", "uses B from \"b\" as B\nuses C from \"c\" as C\n"),
        )
        .as_str(),
    );
    bundle.add("b", &tool("B", "uses D from \"d\" as D\n"));
    bundle
        .add("c", &tool("C", "uses D from \"d\" as D\n1  One\n1.1  A child is close when near.\n"));
    let open = "facts\n  near   yes or no\n1  One\n1.1  Open to local agreement: Sum = 1.\n";
    bundle.add("d", &tool("D", open));
    let policy = policy(&bundle);
    let numbers = policy.checked().clauses.iter().map(|clause| clause.number.as_str());
    assert_eq!(numbers.collect::<Vec<_>>(), ["D 1.1", "C 1.1", "1.1", "1.2"]);
    let tools = policy.checked().tools.iter().map(|tool| tool.title.as_str());
    assert_eq!(tools.collect::<Vec<_>>(), ["D", "B", "C"]);
}

#[test]
fn names_of_a_tool_begin_with_its_word_outside_the_file() {
    let policy = policy(&bundle());
    let facts = policy.facts().iter().map(|fact| (fact.name.as_str(), fact.outside.as_str()));
    assert_eq!(facts.collect::<Vec<_>>(), [("breathing", "gu_breathing"), ("cost", "cost")]);
    assert_eq!(policy.checked().conclusions[0].outside, "gu_in_need");
    assert_eq!(policy.checked().values[0].outside, "gu_weeks");
    let case = policy.case([("gu_breathing", "yes"), ("cost", "£5.00")]).unwrap();
    let record = policy.record(&case, &policy.decide(&case).unwrap());
    assert_eq!(record.conclusions[0].by, ["GU 1.1"]);
    let mistake = policy.case([("breathing", "yes")]).unwrap_err().to_string();
    assert_eq!(mistake, "the policy declares no fact `breathing`; did you mean `gu_breathing`?");
}

#[test]
fn a_name_of_a_tool_may_meet_one_of_the_policy_outside_the_file() {
    let bundle =
        bundle().with_text(&LOCAL.replace("  cost ", "  gu breathing   yes or no\n  cost "));
    let mistakes = Policy::from_bundle(&bundle).unwrap_err();
    assert_eq!(codes(&mistakes), ["names-collide-outside"]);
}

#[test]
fn the_fingerprint_covers_names_and_texts_of_tools_and_no_line_ends() {
    let fingerprint = |bundle: &Bundle| policy(bundle).program().fingerprint().to_string();
    let own = fingerprint(&bundle());
    let named = |text: &str| {
        let mut bundle = Bundle::new("elsewhere.policy", LOCAL);
        bundle.add("guide.policy", text);
        fingerprint(&bundle)
    };
    assert_eq!(named(GUIDE), own);
    assert_eq!(named(&format!("\u{feff}{}", GUIDE.replace('\n', "\r\n"))), own);
    assert_ne!(named(&GUIDE.replace("2016", "2017")), own);
    let mut renamed = Bundle::from(LOCAL.replace("guide.policy", "guide16.policy").as_str());
    renamed.add("guide16.policy", GUIDE);
    assert_ne!(fingerprint(&renamed), own);
}

/// The digest of one text is the one that any other program makes of it.
#[test]
fn the_fingerprint_of_one_text_is_its_sha_256() {
    let source = Source::new("policy", "abc");
    assert_eq!(
        apportion::policy::fingerprint(&source).to_string(),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
}

#[test]
fn a_policy_is_laid_out_and_its_tools_are_left_alone() {
    let squeezed =
        LOCAL.replace("uses      guide", "uses guide").replace("cost    money", "cost: money");
    let untidy_guide = GUIDE.replace("1.2  Open", "1.2 Open");
    let mut untidy = bundle().with_text(&squeezed);
    untidy.add("guide.policy", &untidy_guide);
    assert_eq!(format_bundle(&untidy).unwrap(), LOCAL);
    assert_eq!(format_bundle(&Bundle::from(untidy_guide.as_str())).unwrap(), GUIDE);
}

#[test]
fn notes_on_a_tool_are_for_those_who_write_it() {
    let guide = GUIDE.replace("\nfacts", "sources\n  NG    Never named\n\nfacts");
    let alone = Policy::parse(&guide).unwrap();
    assert_eq!(alone.unused().len(), 1);
    let mut bundle = bundle();
    bundle.add("guide.policy", &guide);
    assert!(policy(&bundle).unused().is_empty());
}

/// `days from start` is a name of the policy, and two phrases of the guide.
#[test]
fn a_tool_is_read_with_its_own_names() {
    let guide = tool(
        "Guide",
        "facts\n  start   a date\n  finish   a date\n1  Guideline\n\
         1.1  Length = days from start to finish, counting both days.\n",
    );
    let local = tool(
        "Local",
        "uses guide from \"guide.policy\" as GU\n\
         facts\n  days from start   whole number, 0 to 9\n1  Own\n1.1  Sum = days from start + 1.\n",
    );
    let mut bundle = Bundle::from(local.as_str());
    bundle.add("guide.policy", &guide);
    assert_eq!(policy(&bundle).checked().values.len(), 2);
}

/// The codes with which a policy is refused that uses tools; in a header `dated by` stands before `uses`.
fn refused(own: &str, tools: &[(&str, &str)]) -> Vec<&'static str> {
    let mut bundle = Bundle::from(own);
    tools.iter().for_each(|(file, text)| bundle.add(file, text));
    Policy::from_bundle(&bundle).err().iter().flat_map(codes).collect()
}

#[test]
fn a_policy_and_its_tool_are_dated_alike() {
    let days = "facts\n  first day   a date\n  other day   a date\n";
    let guide = tool("Guide", &format!("dated by  first day\n{days}"));
    let own = |line: &str| {
        let uses = "uses guide from \"guide\" as GU\n1  Own\n1.1  Total = 1.\n";
        refused(&tool("Own", &format!("{line}{uses}")), &[("guide", &guide)])
    };
    assert_eq!(own(""), [""; 0]);
    assert_eq!(own("dated by  first day\n"), [""; 0]);
    assert_eq!(own("dated by  other day\n"), ["dated-by-two"]);
}

#[test]
fn a_policy_and_its_tool_may_be_in_force_on_one_day() {
    let guide = tool("Guide", "").replace("2016\n", "2016, until 31 March 2026\n");
    let from = |day: &str| {
        let own = tool("Own", "uses guide from \"guide\" as GU\n");
        refused(&own.replace("1 January 2016", day), &[("guide", &guide)])
    };
    assert_eq!(from("31 March 2026"), [""; 0]);
    assert_eq!(from("1 April 2026"), ["never-in-force"]);
}

/// What a tool gives nobody gives as well: no policy that uses it, and no other tool that does.
#[test]
fn what_a_tool_gives_is_its_own() {
    let near = "facts\n  near   yes or no\n1  One\n";
    let guide =
        tool("Guide", &format!("{near}1.1  Weeks = 4.\n1.2  A child is close when near.\n"));
    let uses = "uses guide from \"guide\" as GU\n1  Own\n1.1  ";
    for more in ["Weeks = 6.", "When near, weeks = 6.", "A child is close when not near."] {
        let own = tool("Own", &format!("{uses}{more}\n"));
        assert_eq!(refused(&own, &[("guide", &guide)]), ["adds-to-tool"], "{more}");
        let user = tool("User", "uses own from \"own\" as OW\n");
        let both = [("guide", guide.as_str()), ("own", own.as_str())];
        assert_eq!(refused(&user, &both), ["adds-to-tool"], "{more}");
    }
    let own = tool("Own", &format!("{uses}Months = weeks + 6.\n"));
    assert_eq!(refused(&own, &[("guide", &guide)]), [""; 0]);
    // Two tools of which neither uses the other.
    let other = tool("Other", "facts\n  far   yes or no\n1  One\n1.1  When far, weeks = 6.\n");
    let user = tool("User", "uses guide from \"guide\" as GU\nuses other from \"other\" as OT\n");
    let both = [("guide", guide.as_str()), ("other", other.as_str())];
    assert_eq!(refused(&user, &both), ["declared-by-two-tools"]);
}

/// A chain of tools, each of which uses the next.
fn chain(length: usize) -> Bundle {
    let uses = |next: usize| format!("uses Tool {next} from \"{next}\" as T{next}\n");
    let mut bundle = Bundle::from(tool("Policy", &uses(1)).as_str());
    for place in 1..=length {
        let next = if place == length { String::new() } else { uses(place + 1) };
        bundle.add(&place.to_string(), &tool(&format!("Tool {place}"), &next));
    }
    bundle
}

#[test]
fn a_policy_uses_at_most_32_tools() {
    assert_eq!(policy(&chain(32)).checked().tools.len(), 32);
    for length in [33, 3_000] {
        let mistakes = Policy::from_bundle(&chain(length)).unwrap_err();
        assert_eq!(codes(&mistakes), ["too-many-tools"], "{length}");
    }
}
