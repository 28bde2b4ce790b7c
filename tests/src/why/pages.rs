//! What pages tell agrees with what was decided, on policies that nobody thought of and on those of
//! the examples, and letters are in plain English.

use apportion::policy::Policy;
use apportion::why::{Block, Page};
use apportion_core::case::Case;
use apportion_core::decision::Decision;

use crate::bundles::policy;
use crate::examples::{files, folder};
use crate::parallel::look_at_each;

use super::random::look_at_decided;

/// How many policies are looked at, unless the environment says otherwise.
const POLICIES: u64 = 150;
/// How many cases of each.
const CASES: usize = 6;

/// What came of the policies.
#[derive(Debug, Default)]
struct Tally {
    decided: usize,
    not_covered: usize,
    steps: usize,
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.decided += other.decided;
        self.not_covered += other.not_covered;
        self.steps += other.steps;
    }
}

#[test]
fn pages_tell_what_was_decided() {
    let tally = look_at_each("APPORTION_PAGES", POLICIES, look, Tally::add);
    println!("{tally:?}");
    assert!(tally.decided > 100 && tally.not_covered > 0, "{tally:?}");
    assert!(tally.steps > 10 * tally.decided, "{tally:?}");
}

fn look(seed: u64) -> Result<Tally, String> {
    look_at_decided(seed, CASES, |policy, case, decision, tally: &mut Tally| {
        tally.steps += agrees(policy, case, decision)?;
        tally.decided += usize::from(decision.is_covered());
        tally.not_covered += usize::from(!decision.is_covered());
        Ok(())
    })
}

/// How many steps the pages tell; or what they tell wrongly.
fn agrees(policy: &Policy, case: &Case, decision: &Decision) -> Result<usize, String> {
    let clauses = policy.disagreements(case, decision);
    if !clauses.is_empty() {
        return Err(format!("worked out otherwise: {}", clauses.join(", ")));
    }
    let (letter, working) = (policy.letter(case, decision), policy.working(case, decision));
    for (party, unit, amount) in decision.totals() {
        let so_far = if decision.is_final(unit) { "" } else { " so far" };
        let name = policy.party_text(decision, party).unwrap();
        let unit = policy.checked().units[unit.index()].after_amount();
        let row = (name.to_owned(), format!("{amount}{unit}{so_far}"));
        let has_row = |block: &Block| matches!(block, Block::Amounts(rows) if rows.contains(&row));
        if !blocks(&letter).any(has_row) {
            return Err(format!("the letter has no row {row:?}:\n{letter}"));
        }
    }
    for page in [&letter, &working] {
        parts_come_to_what_is_paid(page)?;
        is_whole(&page.html())?;
    }
    let steps = blocks(&working).map(|block| match block {
        Block::Clause { steps, .. } => steps.len(),
        _ => 0,
    });
    Ok(steps.sum())
}

fn blocks(page: &Page) -> impl Iterator<Item = &Block> {
    page.sections.iter().flat_map(|section| &section.blocks)
}

/// A line `the ICB: £1.00 x 50% = £0.50` ends in what `the ICB pays ...` says at its head.
fn parts_come_to_what_is_paid(page: &Page) -> Result<(), String> {
    for block in blocks(page) {
        let Block::Clause { says, steps, .. } = block else { continue };
        for said in says.iter().filter(|said| !said.contains(": ")) {
            let paid = said.split(", ").flat_map(|it| it.split(" and "));
            for (party, amount) in paid.filter_map(|it| it.split_once(" pays £")) {
                let mut own = steps.iter().filter(|it| it.starts_with(&format!("{party}: £")));
                let amount = amount.split(' ').next().unwrap();
                if own.clone().count() == 1
                    && !own.any(|it| it.trim_end_matches('.').ends_with(&format!("£{amount}")))
                {
                    return Err(format!("{party} pays £{amount}, but\n{}", steps.join("\n")));
                }
            }
        }
    }
    Ok(())
}

/// Each element that is opened is closed, in its order.
fn is_whole(html: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    for tag in html.split('<').skip(1).filter(|tag| !tag.starts_with('!')) {
        let name = tag.split(['>', ' ']).next().unwrap();
        match name.strip_prefix('/') {
            Some(name) if open.pop() != Some(name) => return Err(format!("{name} in {html}")),
            Some(_) => {}
            None if name == "meta" => {}
            None => open.push(name),
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("{open:?} in {html}")) }
}

/// The most words of a sentence in a letter.
const MOST_WORDS: usize = 25;

#[test]
fn letters_of_the_examples_are_in_plain_english() {
    let mut letters = 0;
    for path in files(&folder(), &["policy"]) {
        let policy = policy(&path);
        for example in &policy.checked().examples {
            let case = policy.example_case(example);
            let Ok(decision) = policy.decide(&case) else { continue };
            let told = format!("{}: {}", path.display(), example.name);
            agrees(&policy, &case, &decision).unwrap_or_else(|wrong| panic!("{told}: {wrong}"));
            let letter = policy.letter(&case, &decision);
            for sentence in sentences(&letter) {
                let words = sentence.split_whitespace();
                let words = words.filter(|word| word.chars().any(char::is_alphabetic)).count();
                assert!(words <= MOST_WORDS, "{told}: {words} words: {sentence}");
                assert!(!sentence.contains(['_', '{', '}', '`']), "{told}: {sentence}");
            }
            letters += 1;
        }
    }
    println!("{letters} letters");
    assert!(letters > 60, "{letters}");
}

/// Every sentence of a page.
fn sentences(page: &Page) -> Vec<String> {
    let lines = blocks(page).flat_map(|block| match block {
        Block::Sentences(sentences) => sentences.clone(),
        Block::Clause { says, steps, .. } => [says.clone(), steps.clone()].concat(),
        Block::Rows(rows) | Block::Amounts(rows) => {
            rows.iter().flat_map(|(name, text)| [name.clone(), text.clone()]).collect()
        }
    });
    let ends = |line: String| -> Vec<String> {
        line.split_inclusive(". ").map(|sentence| sentence.trim().to_owned()).collect()
    };
    lines.flat_map(ends).collect()
}

#[test]
fn a_letter_says_what_is_concluded_of_each_item_and_why() {
    let policy = policy(&folder().join("ehc_plan/ehc_plan.policy"));
    let residential = policy.checked().examples.iter().find(|it| it.name == "A residential plan");
    let case = policy.example_case(residential.unwrap());
    let letter = policy.letter(&case, &policy.decide(&case).unwrap());
    let row = |line: &str, says: &str| (line.to_owned(), says.to_owned());
    let decided = Block::Rows(vec![
        row("Line 1", "educational, not health provision"),
        row("Line 2", "not educational, not health provision"),
        row("Line 3", "not educational, health provision"),
    ]);
    assert!(letter.sections[0].blocks.contains(&decided), "{letter}");
    let why = letter.sections.iter().find(|section| section.heading == "Why").unwrap();
    let about = |about: &str| Block::Sentences(vec![about.to_owned()]);
    let place = why.blocks.iter().position(|it| *it == about("Why line 3 is health provision:"));
    let clause = &why.blocks[place.unwrap() + 1];
    let Block::Clause { number, says, .. } = clause else { panic!("{clause:?}") };
    assert_eq!(number, "1.2");
    assert_eq!(says.last().unwrap(), "The line is not educational.");
}

#[test]
fn what_has_a_meaning_in_html_is_spelt_out() {
    let policy = Policy::parse(
        "policy   Fees & <b>charges</b>\nabout    a child\nversion  1, in force from 1 April 2025\n\
         facts\n  fast track   yes or no\n1    Fees\n1.1  A child is urgent when fast track.\n",
    )
    .unwrap();
    let case = policy.case([("fast track", "yes")]).unwrap();
    let html = policy.letter(&case, &policy.decide(&case).unwrap()).html();
    assert!(html.contains("<h1>Fees &amp; &lt;b&gt;charges&lt;/b&gt;</h1>"), "{html}");
}

#[test]
fn a_page_about_another_policy_is_empty() {
    let [one, other] = ["One", "Other"].map(|title| {
        let text = format!(
            "policy   {title}\nabout    a child\nversion  1, in force from 1 April 2025\nfacts\n  \
             fast track   yes or no\n1    Fees\n1.1  A child is urgent when fast track.\n"
        );
        Policy::parse(&text).unwrap()
    });
    let case = one.case([("fast track", "yes")]).unwrap();
    let decision = one.decide(&case).unwrap();
    assert!(!one.letter(&case, &decision).sections.is_empty());
    for page in [other.letter(&case, &decision), other.working(&case, &decision)] {
        assert!(page.sections.is_empty(), "{page}");
    }
}

/// Halves of a penny are equal: which of them gets it, the order says, and says the same each week.
#[test]
fn a_spare_penny_of_equal_fractions_goes_by_the_order() {
    let last_step = |cost: &str, shares: &str, amount: &str| {
        let policy = Policy::parse(&format!(
            "policy   Halves\nabout    a child\nbetween\n  the ICB   NHS Northshire ICB\n  \
             the council   Northshire Council\nversion  1, in force from 1 April 2025\nfacts\n  \
             cost   {cost}\n1    Who pays\n1.1  In every case: {shares}.\n\
             1.2  Split cost in the shares of 1.1.\n",
        ));
        let policy = policy.unwrap();
        let case = policy.case([("cost", amount)]).unwrap();
        let decision = policy.decide(&case).unwrap();
        let steps = |page: &Page| {
            let steps = blocks(page).flat_map(|block| match block {
                Block::Clause { steps, .. } => steps.clone(),
                _ => Vec::new(),
            });
            steps.last().unwrap()
        };
        assert!(!steps(&policy.letter(&case, &decision)).contains("favours"));
        steps(&policy.working(&case, &decision))
    };
    let halves = "the ICB 50%, the council 50%";
    let tied = "1 spare penny goes to the ICB, by the largest fractions of a penny, ties in the order of the parties";
    assert_eq!(last_step("money", halves, "£100.01"), tied);
    let each_week = "the same amount each week favours the same party";
    assert_eq!(last_step("money a week", halves, "£100.01"), each_week);
    // The larger fraction has it, whatever the order.
    let larger = "1 spare penny goes to the council, by the largest fractions of a penny";
    let shares = "the ICB 25%, the council 75%";
    assert_eq!(last_step("money a week", shares, "£100.01"), larger);
}
