//! What differs between two decisions: in facts and rules, and how each pound moved.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use apportion_core::case::Case;
use apportion_core::decision::Decision;
use apportion_core::money::Money;

use super::decided::Decided;
use super::letter::one;
use super::page::{Block, Page};
use crate::naming::capital;
use crate::policy::Policy;
use crate::record::Record;

/// One of two decisions that are compared.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The policy.
    pub policy: &'a Policy,
    /// The case.
    pub case: &'a Case,
    /// What was decided of it under the policy.
    pub decision: &'a Decision,
}

/// What differs from one decision to another, of two cases or of one under two policies: which facts
/// and rules, what is concluded, and what each party pays, clause by clause.
///
/// ```
/// use apportion::policy::Policy;
/// use apportion::why::{Side, difference};
///
/// let policy = Policy::parse("\
/// policy   Half each
/// about    a child
/// between
///   the ICB       NHS Northshire ICB
///   the council   Northshire Council
/// version  1, in force from 1 April 2025
///
/// facts
///   care cost   money a week
///
/// 1    Who pays
/// 1.1  In every case: the ICB 50%, the council 50%.
/// 1.2  Split care cost in the shares of 1.1.
/// ").unwrap();
/// let cases = ["£100.00", "£150.00"].map(|cost| policy.case([("care cost", cost)]).unwrap());
/// let [one, two] = cases.each_ref().map(|case| policy.decide(case).unwrap());
/// let [before, after] = [(&cases[0], &one), (&cases[1], &two)]
///     .map(|(case, decision)| Side { policy: &policy, case, decision });
/// let page = difference(before, after).to_string();
/// assert!(page.contains("The ICB by 1.2      £50.00, then £75.00: £25.00 more a week"));
/// ```
#[must_use]
pub fn difference(before: Side<'_>, after: Side<'_>) -> Page {
    let sides = [before, after];
    let mut page = after.policy.page("Difference", after.decision);
    if !sides.iter().all(|side| side.policy.is_about(side.case, side.decision)) {
        return page;
    }
    if before.policy.program().fingerprint() != after.policy.program().fingerprint() {
        let version = &before.policy.checked().version;
        let compared =
            format!("Compared with version {}, in force from {}.", version.number, version.from);
        page.below.push(compared);
    }
    let records = sides.map(|side| side.policy.record(side.case, side.decision));
    page.add("Facts that differ", rows(sides.map(facts)));
    page.add("Rules that differ", rules(before.policy, after.policy));
    page.add("Answers that differ", rows(records.each_ref().map(answers)));
    let totals = records.each_ref().map(totals);
    page.add("What each pays", moved(&totals));
    let lines = records.each_ref().map(lines);
    page.add("How each pound moved", moved(&lines));
    if page.sections.is_empty() {
        page.add("Nothing differs", one(Vec::from([String::from("Both come to the same.")])));
    }
    page
}

/// Names with what stands under them, in their order.
type Entries = Vec<(String, String)>;

/// Amounts by their names, each with what it is for.
type Amounts = Vec<((String, String), Money)>;

fn facts(side: Side<'_>) -> Entries {
    let of = Decided::new(side.policy, side.case, side.decision);
    let mut facts: Entries =
        of.told().into_iter().map(|fact| (capital(&fact.name), fact.value)).collect();
    for (item, decision) in side.policy.decided_items(side.decision) {
        let name = side.policy.show_item(item);
        let told = of.of_item(item, &decision).told();
        facts.extend(
            told.into_iter().map(|fact| (capital(&format!("{name}: {}", fact.name)), fact.value)),
        );
    }
    facts
}

fn answers(record: &Record) -> Entries {
    let yes_no = |yes: bool| String::from(if yes { "yes" } else { "no" });
    let mut answers = Vec::from([(String::from("Covered"), yes_no(record.is_covered))]);
    for conclusion in &record.conclusions {
        let by = crate::naming::listed(&conclusion.by);
        let by = if by.is_empty() { by } else { format!(" by {by}") };
        answers.push((capital(&conclusion.name), yes_no(conclusion.is_drawn) + &by));
    }
    let values = record.values.iter().filter_map(|it| Some((capital(&it.name), it.shown()?)));
    answers.extend(values);
    for awaiting in &record.awaiting {
        let name = format!("Awaits {} by {}", awaiting.panel, awaiting.clause);
        answers.push((name, format!("{}{}", awaiting.amount, awaiting.unit)));
    }
    for referral in &record.referrals {
        let name = format!("Referred to {}", referral.panel);
        answers.push((name, format!("by {}", referral.clause)));
    }
    answers
}

/// What is under one name on both sides, where that differs.
fn rows([before, after]: [Entries; 2]) -> Vec<Block> {
    let under = |entries: &Entries, name: &str| {
        let mut own = entries.iter().filter(|(its, _)| its == name);
        own.next().map_or_else(|| String::from("nothing"), |(_, text)| text.clone())
    };
    let mut rows: Entries = Vec::new();
    for (name, _) in before.iter().chain(&after) {
        let (was, is) = (under(&before, name), under(&after, name));
        if was != is && !rows.iter().any(|(told, _)| told == name) {
            rows.push((name.clone(), format!("{was}, then {is}")));
        }
    }
    if rows.is_empty() { Vec::new() } else { Vec::from([Block::Rows(rows)]) }
}

/// The clauses that are worded otherwise, new or gone.
fn rules(before: &Policy, after: &Policy) -> Vec<Block> {
    if before.program().fingerprint() == after.program().fingerprint() {
        return Vec::new();
    }
    let [was, is] = [before, after].map(|policy| {
        let mut texts: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for clause in &policy.checked().clauses {
            let words = clause.span.of(policy.source().text()).split_whitespace();
            let words: Vec<&str> = words.collect();
            texts.entry(&clause.number).or_default().push(words.join(" "));
        }
        texts
    });
    let mut sentences = Vec::new();
    let numbers = before.checked().clauses.iter().chain(&after.checked().clauses);
    let mut told: Vec<&str> = Vec::new();
    for clause in numbers {
        let number = clause.number.as_str();
        if told.contains(&number) {
            continue;
        }
        told.push(number);
        match (was.get(number), is.get(number)) {
            (Some(was), Some(is)) if was == is => {}
            (Some(_), Some(_)) => sentences.push(format!("{number} is worded otherwise.")),
            (Some(_), None) => sentences.push(format!("{number} is gone.")),
            (None, _) => sentences.push(format!("{number} is new.")),
        }
    }
    if sentences.is_empty() {
        sentences.push(String::from("No clause differs; what the policies declare does."));
    }
    one(sentences)
}

fn totals(record: &Record) -> Amounts {
    let totals = record.payments.iter();
    totals.map(|it| ((capital(&it.party), it.unit.clone()), it.amount)).collect()
}

/// What each clause makes each party pay, for each item.
fn lines(record: &Record) -> Amounts {
    let mut lines: Amounts = Vec::new();
    for line in &record.lines {
        let item = line.item.as_ref().map(|item| format!(", {item}")).unwrap_or_default();
        let name = format!("{} by {}{item}", capital(&line.party), line.clause);
        let key = (name, line.unit.clone());
        match lines.iter_mut().find(|(its, _)| *its == key) {
            Some((_, sum)) => *sum = sum.checked_add(line.amount).unwrap_or(*sum),
            None => lines.push((key, line.amount)),
        }
    }
    lines
}

/// The amounts that differ, with by how much.
fn moved([before, after]: &[Amounts; 2]) -> Vec<Block> {
    let under = |amounts: &Amounts, key: &(String, String)| {
        let mut own = amounts.iter().filter(|(its, _)| its == key);
        own.next().map_or(Money::ZERO, |(_, amount)| *amount)
    };
    let mut rows: Vec<(String, String)> = Vec::new();
    let mut told: Vec<&(String, String)> = Vec::new();
    for (key, _) in before.iter().chain(after) {
        if told.contains(&key) {
            continue;
        }
        told.push(key);
        let (was, is) = (under(before, key), under(after, key));
        let by = is.pence().saturating_sub(was.pence());
        if by != 0 {
            let more = if by > 0 { "more" } else { "less" };
            let by = Money::from_pence(by.saturating_abs()).to_string();
            let (name, unit) = key;
            rows.push((name.clone(), format!("{was}, then {is}: {by} {more}{unit}")));
        }
    }
    if rows.is_empty() { Vec::new() } else { Vec::from([Block::Rows(rows)]) }
}
