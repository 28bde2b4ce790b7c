//! What is found in policies that have other mistakes as well: all that is so once these are mended, and
//! nothing else.

use apportion::diagnostic::Diagnostic;
use apportion::policy::Policy;

use super::{CONTINUING_CARE, policy, with_slip};

/// All that is told of a policy that cannot be used, by place: each code with the line it is told in; not
/// that nothing was asked.
#[track_caller]
fn told(text: &str) -> Vec<String> {
    let mistakes = Policy::parse(text).unwrap_err();
    let mut found: Vec<Diagnostic> = mistakes.diagnostics.clone();
    found.extend(mistakes.prove().into_iter().filter(|it| it.code != "not-proved"));
    found.sort_by_key(Diagnostic::span);
    let line = |it: &Diagnostic| text[..it.span().start as usize].lines().count();
    let of = |it: &Diagnostic| format!("{} in line {}", it.code, line(it));
    found.iter().map(of).collect()
}

/// The line in which some words stand.
#[track_caller]
fn line_of(text: &str, words: &str) -> usize {
    let lines: Vec<usize> =
        (1..).zip(text.lines()).filter(|(_, line)| line.contains(words)).map(|it| it.0).collect();
    assert_eq!(lines.len(), 1, "{words}: {lines:?}");
    lines[0]
}

/// The example with four slips.
fn with_four_slips() -> String {
    let text = with_slip(CONTINUING_CARE, "| 35 to 59 ", "| 36 to 59 ");
    let text = with_slip(
        &text,
        "| under 20     |     25% |         75% |        0% |",
        "| under 20     |     25% |         85% |        0% |",
    );
    let text = with_slip(
        &text,
        "4.3  When the child is not eligible:",
        "4.3  When the child is not eligible or fast track:",
    );
    with_slip(
        &text,
        "       registered with a GP in Northshire.",
        "       registered with a GP in Nothshire.",
    )
}

#[test]
fn four_slips_are_told_at_once() {
    let text = with_four_slips();
    let of = |code: &str, words: &str| format!("{code} in line {}", line_of(&text, words));
    let four = [
        of("unknown-name", "in Nothshire."),
        of("no-row-for-some", "4.1  When"),
        of("shares-exceed-whole", "85%"),
        of("shares-clash", "4.3  When"),
    ];
    assert_eq!(told(&text), four);
    // The third: 4.2 and 4.3, for a child on fast track.
    let found = Policy::parse(&text).unwrap_err().prove();
    assert_eq!(found[1].message, "4.2 and 4.3 both give shares in some cases");
    assert_eq!(found[1].notes[0], "such as a case in which fast track is yes");
    let read = "this is so where `registered with a GP in Northshire` is read for \
                `registered with a GP in Nothshire`";
    assert!(found.iter().all(|it| it.notes.last().is_some_and(|note| note == read)), "{found:?}");
}

#[test]
fn a_fifth_slip_is_told_with_the_four() {
    let text = with_slip(
        &with_four_slips(),
        "Despite 2.4, a child is also eligible when fast track.",
        "A child is also eligible when fast track.",
    );
    let codes = [
        ("unknown-name", "in Nothshire."),
        ("conclusions-clash", "2.4  Despite"),
        ("no-row-for-some", "4.1  When"),
        ("shares-exceed-whole", "85%"),
        ("shares-clash", "4.3  When"),
    ];
    let five = codes.map(|(code, words)| format!("{code} in line {}", line_of(&text, words)));
    assert_eq!(told(&text), five);
}

/// Each slip by itself is told as it is with the others.
#[test]
fn what_is_said_of_a_slip_does_not_hang_on_the_others() {
    let all = with_four_slips();
    let found = Policy::parse(&all).unwrap_err().prove();
    let mended = with_slip(&all, "in Nothshire.", "in Northshire.");
    let mended = with_slip(&mended, "85%", "75%");
    let alone = Policy::parse(&mended).unwrap().prove();
    assert_eq!(found.len(), alone.len());
    for (one, other) in found.iter().zip(&alone) {
        assert_eq!((one.code, &one.clause, &one.cases), (other.code, &other.clause, &other.cases));
    }
}

const FACTS: &str = "  visits  whole number, 0 to 10\n  cost  money a week\n  urgent  yes or no\n";

const GAP: &str =
    "1.1  Band: exactly one row applies.\n     | visits | band |\n     | 1 or more | 1 |\n";

fn of_facts(clauses: &str) -> Vec<String> {
    told(&policy(FACTS, clauses))
}

/// The clause that cannot be read has nothing to do with the table.
#[test]
fn a_gap_is_told_beside_a_clause_that_means_nothing() {
    for broken in [
        "1.2  The ICB pays cost x vsts2.\n",
        "1.2  The ICB pays costs of living.\n",
        "1.2  A child is known when wholly different.\n",
        "1.2  Total = cost + visits.\n",
        "1.2  Despite 1.3, when wholly different, the ICB pays cost.\n1.3  The council pays cost.\n",
    ] {
        let told = of_facts(&format!("{GAP}{broken}"));
        assert_eq!(told.len(), 2, "{broken}: {told:?}");
        assert!(told[0].starts_with("no-row-for-some"), "{broken}: {told:?}");
    }
}

/// A sentence that overrides one row is two provisions, and takes nothing from what is known.
#[test]
fn a_gap_is_told_beside_an_exception_to_a_row() {
    let exception = "1.2  Despite 1.1 row 1, when visits is at least 5, band = 2.\n";
    let told = of_facts(&format!("{GAP}{exception}1.3  The ICB pays cost x vsts2.\n"));
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("no-row-for-some"), "{told:?}");
}

/// Once it is mended, nothing may be wrong with the table.
#[test]
fn nothing_is_told_of_what_hangs_on_a_clause_that_means_nothing() {
    for broken in [
        // Which cases are decided.
        "1.2  This policy covers a child when wholly different.\n",
        "1.2  Visits must be at least nothings.\n",
        "1.2  Visits must be at least £1.00.\n",
        // What is switched off.
        "1.2  Clause 1.1 does not apply when wholly different.\n",
        "1.2  Clause 1.9 does not apply when visits is 0.\n",
        // A sentence that may be about anything.
        "1.2  A child known is visits when 0.\n",
        // An exception of which it is not known to what.
        "1.2  Despite 1.9, a child is known when visits is 0.\n",
        "1.2  Despite 1.3 row 1, level = 3 + cost.\n1.3  Level: first row that applies.\n     \
         | visits | level |\n     | any | 1 |\n",
    ] {
        let told = of_facts(&format!("{GAP}{broken}"));
        assert_eq!(told.len(), 1, "{broken}: {told:?}");
        assert!(!told[0].starts_with("no-row"), "{broken}: {told:?}");
    }
    // What is silent because nothing was asked is no proof.
    let codes = |clauses: &str| {
        let mistakes = Policy::parse(&policy(FACTS, clauses)).unwrap_err();
        mistakes.prove().into_iter().map(|it| it.code).collect::<Vec<_>>()
    };
    let cover = "1.2  This policy covers a child when wholly different.\n";
    assert_eq!(codes(&format!("{GAP}{cover}")), ["not-proved"]);
    assert_eq!(codes(&format!("{GAP}1.2  The ICB pays cost x vsts2.\n")), ["no-row-for-some"]);
    // A fact that is declared with a mistake.
    let facts = "  visits  whole number, 10 to 0\n";
    assert_eq!(told(&policy(facts, GAP)).len(), 1);
}

/// An example says nothing of what the clauses mean; what is declared with a mistake may be anything.
#[test]
fn a_gap_is_told_beside_an_example_with_a_mistake() {
    let stated = |visits: &str| {
        format!("{GAP}\nexamples\n\"One\"\n  given   visits {visits}\n  expect  band 1\n")
    };
    let told = of_facts(&stated("11"));
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("no-row-for-some"), "{told:?}");
    assert!(told[1].starts_with("out-of-bounds"), "{told:?}");
    let facts = format!("{FACTS}  days  whole number, 7 to 1\n");
    for clauses in [GAP.to_owned(), stated("1")] {
        let told = self::told(&policy(&facts, &clauses));
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].starts_with("bounds-reversed"), "{told:?}");
    }
}

/// What is wrong is the condition alone: when the level is 3 is not known.
#[test]
fn nothing_is_told_of_a_value_that_a_clause_gives_in_unknown_cases() {
    let given = "1.1  When visits is 1, level = 3.\n1.2  When visits is £2.00, level = 4.\n";
    let table = "1.3  Band: exactly one row applies.\n     | level | band |\n     | 3 | 1 |\n";
    let told = of_facts(&format!("{given}{table}"));
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("units-disagree"), "{told:?}");
}

/// The value may be anything, in whichever way its clause is broken and however it is used.
#[test]
fn nothing_is_told_of_a_value_that_a_broken_clause_gives() {
    let table = "1.3  Band: exactly one row applies.\n     | total | band |\n     | 3 | 1 |\n";
    let using = "1.3  Twice = total x 2.\n1.4  Band: exactly one row applies.\n     \
                 | twice | band |\n     | 6 | 1 |\n";
    for broken in [
        "1.1  Total = 3 + wholly different.\n",
        "1.1  Total = 3 + cost.\n",
        "1.1  When visits is 1, total = 3.\n1.2  When visits is not 1, total = wholly different.\n",
        "1.1  When visits is 1, total = 3.\n1.2  When visits is not 1, total = 3 + cost.\n",
        "1.1  When visits is 1, total = 3.\n1.2  When wholly different, total = 4.\n",
    ] {
        for used in [table, using] {
            let told = of_facts(&format!("{broken}{used}"));
            assert!(told.iter().all(|it| !it.starts_with("no-row")), "{broken}: {told:?}");
            assert_eq!(told.len(), 1, "{broken}: {told:?}");
        }
    }
}

#[test]
fn a_broken_exception_may_part_what_seems_to_clash() {
    let clauses = |exception: &str| {
        of_facts(&format!(
            "1.1  A child is known when urgent.\n{exception}\n\
             1.3  A child is not known when visits is 0.\n"
        ))
    };
    let clash = clauses("1.2  The ICB pays costs of living.");
    assert_eq!(clash.len(), 2, "{clash:?}");
    for exception in [
        "1.2  Despite 1.3, a child is also known when wholly different.",
        "1.2  Despite 1.1, a child is not known when wholly different.",
        "1.2  Despite 1.9, a child is not known when visits is 0.",
    ] {
        let told = clauses(exception);
        assert_eq!(told.len(), 1, "{exception}: {told:?}");
    }
}

/// A broken clause of a section may give the shares that seem to lack.
#[test]
fn a_broken_clause_may_give_shares() {
    let clauses = |more: &str| {
        of_facts(&format!(
            "1.1  When urgent: the ICB 100%.\n{more}2    Who pays\n\
             2.1  Split cost in the shares of section 1.\n"
        ))
    };
    for more in [
        "1.2  When wholly different: the council 100%.\n",
        "1.2  When not urgent: the counsel and cousins 100%.\n",
        "1.2  When not urgent: the council visits.\n",
    ] {
        let told = clauses(more);
        assert_eq!(told.len(), 1, "{more}: {told:?}");
    }
    // One of another section gives none to this.
    let split = "1.1  When urgent: the ICB 100%.\n1.2  Split cost in the shares of section 1.\n";
    let told = of_facts(&format!("{split}2    More\n2.1  The ICB pays costs of living.\n"));
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("no-shares-for-some"), "{told:?}");
    // What is wrong with the shares themselves does not change to whom they apply.
    let told = clauses("1.2  When visits is 0: the council 90%.\n");
    let codes: Vec<&str> = told.iter().filter_map(|it| it.split(' ').next()).collect();
    assert_eq!(codes, ["shares-clash", "shares-fall-short", "no-shares-for-some"]);
}

/// A name one slip away is read as the declared one, in every place, and places are told as written.
#[test]
fn a_name_is_read_as_the_one_that_was_meant() {
    let text = policy(
        FACTS,
        "1.1  Band: exactly one row applies.\n     | vissits | band |\n     | 1 or more | 1 |\n\
         1.2  A child is known when vissits is 0 and urgnt.\n\
         1.3  Level: exactly one row applies.\n     | visits | level |\n     | 2 or more | 1 |\n",
    );
    let mistakes = Policy::parse(&text).unwrap_err();
    let found = mistakes.prove();
    let places: Vec<&str> = found.iter().map(|it| it.span().of(&text)).collect();
    assert_eq!(places, ["Band: exactly one row applies", "Level: exactly one row applies"]);
    // Of no visits the first says it.
    assert_eq!(found[1].notes[0], "such as a case in which visits is 1");
    assert_eq!(
        found[1].notes[1],
        "this is so where `visits` is read for `vissits` and `urgent` is read for `urgnt`"
    );
}

/// Every fixture of a mistake is proved in good order.
#[test]
fn what_is_found_beside_other_mistakes_points_into_the_text() {
    for stage in ["lex", "names", "parse", "check"] {
        for path in crate::mistakes::fixtures(stage) {
            let bundle = crate::bundles::bundle(&path);
            let Err(mistakes) = Policy::from_bundle(&bundle) else { continue };
            for found in mistakes.prove() {
                let drawn = apportion::render::all(&mistakes.texts, core::slice::from_ref(&found));
                assert!(!found.span().of(mistakes.texts.text()).is_empty(), "{drawn}");
            }
        }
    }
}
