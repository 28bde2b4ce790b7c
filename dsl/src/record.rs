//! A decision on its own: names, texts and amounts, readable without the policy.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use apportion_core::money::Money;

use crate::naming::{self, listed};

/// A decision in names, texts and amounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The title of the policy.
    pub policy: String,
    /// Its version.
    pub version: u32,
    /// The SHA-256 of its text, in hexadecimal digits.
    pub fingerprint: String,
    /// The day by which the policy was to be reviewed, where the case is dated after it.
    pub missed_review: Option<String>,
    /// Whether the policy covers the case. If not, nothing else was decided.
    pub is_covered: bool,
    /// The clauses for which it does not.
    pub not_covered_by: Vec<String>,
    /// The facts of the case that apply to it.
    pub facts: Vec<RecordedFact>,
    /// The conclusions.
    pub conclusions: Vec<RecordedConclusion>,
    /// The values that clauses give, but rates.
    pub values: Vec<RecordedValue>,
    /// What each party pays in all, by unit and then by party.
    pub payments: Vec<Payment>,
    /// What was decided of each item of each list.
    pub items: Vec<RecordedItem>,
    /// The cost lines that add up to the payments, in the order of the clauses.
    pub lines: Vec<CostLine>,
    /// What nobody pays before a panel has decided the shares: with the lines, all that the
    /// clauses put up for payment.
    pub awaiting: Vec<RecordedAwaiting>,
    /// The limits and floors that wait with it.
    pub waiting: Vec<String>,
    /// The shares that a panel decided.
    pub decided: Vec<RecordedShares>,
    /// To whom the case is referred.
    pub referrals: Vec<RecordedReferral>,
    /// What each clause that applies made of the case, in the order of the clauses.
    pub clauses: Vec<RecordedClause>,
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedItem {
    /// Which it is.
    pub item: ItemName,
    /// Its facts.
    pub facts: Vec<RecordedFact>,
    /// What is concluded of it.
    pub conclusions: Vec<RecordedConclusion>,
    /// The values that clauses give for it.
    pub values: Vec<RecordedValue>,
}

/// How an item is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemName {
    /// What it is, in the singular: `service`.
    pub singular: String,
    /// The name of its list outside the file.
    pub outside: String,
    /// Its number, from 1.
    pub number: u32,
}

impl fmt::Display for ItemName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.singular, self.number)
    }
}

/// A fact of the case or of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedFact {
    /// Its name.
    pub name: String,
    /// Its name outside the file.
    pub outside: String,
    /// Its value; none where it is not known.
    pub value: Option<String>,
    /// Whether the case did not state it, so that the value is the policy's default.
    pub is_default: bool,
}

/// A conclusion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedConclusion {
    /// Its name.
    pub name: String,
    /// Its name outside the file.
    pub outside: String,
    /// Whether the case is what it says.
    pub is_drawn: bool,
    /// The clauses for which it is so.
    pub by: Vec<String>,
}

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedValue {
    /// Its name.
    pub name: String,
    /// Its name outside the file.
    pub outside: String,
    /// Its value as people write it: `£917.42`, `22`, `not resident`; none where no clause
    /// gives it in this case.
    pub value: Option<String>,
    /// What it is for: ` a week`; empty where it is just an amount.
    pub unit: String,
    /// The words, where it lists them; `value` has them with semicolons between.
    pub words: Option<Vec<String>>,
}

impl RecordedValue {
    /// The value with what it is for: `£917.42 a week`, `41 days`, `1 day`.
    #[must_use]
    pub fn shown(&self) -> Option<String> {
        Some(with_unit(self.value.as_deref()?, &self.unit))
    }
}

/// A value as people write it, with what it is for.
pub(crate) fn with_unit(value: &str, unit: &str) -> String {
    match unit.strip_prefix(' ').filter(|_| value == "1").map(parted) {
        Some((thing, rest)) => format!("{value} {}{rest}", naming::singular(thing)),
        None => format!("{value}{unit}"),
    }
}

/// The first word, and what follows it.
fn parted(text: &str) -> (&str, &str) {
    text.split_at_checked(text.find(' ').unwrap_or(text.len())).unwrap_or_default()
}

/// What a party pays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// The party, by the name clauses use.
    pub party: String,
    /// What it is called in print, on the day that dates the case.
    pub text: String,
    /// Whether it is called so on some days only.
    pub is_dated: bool,
    /// Its name outside the file.
    pub outside: String,
    /// What it is for: ` a week`; empty where it is just an amount.
    pub unit: String,
    /// What it is for, as part of a column's name: `a_week`; empty where the policy pays in
    /// one unit only.
    pub unit_outside: String,
    /// How much; so far, where it is not final.
    pub amount: Money,
    /// Whether it can no longer change: nothing in its unit awaits a panel.
    pub is_final: bool,
}

impl Payment {
    /// `the ICB`; where its printed name changes on a day, `the ICB (NHS Northshire CCG)`.
    fn named(&self) -> String {
        match self.is_dated {
            true => format!("{} ({})", self.party, self.text),
            false => self.party.clone(),
        }
    }
}

/// An amount that nobody pays before a panel has decided the shares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedAwaiting {
    /// The number of the clause that splits it.
    pub clause: String,
    /// The number of the clause that leaves the shares to the panel.
    pub by: String,
    /// The panel, by the name clauses use.
    pub panel: String,
    /// How much.
    pub amount: Money,
    /// What it is for: ` a week`.
    pub unit: String,
}

impl fmt::Display for RecordedAwaiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{} awaits {}", self.amount, self.unit, self.panel)
    }
}

/// What one clause makes a party pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CostLine {
    /// The number of the clause.
    pub clause: String,
    /// The party.
    pub party: String,
    /// Its name outside the file.
    pub outside: String,
    /// How much; below £0.00 where a limit takes it from the party.
    pub amount: Money,
    /// What it is for: ` a week`.
    pub unit: String,
    /// The item that is paid for; none where the clause pays for the case.
    pub item: Option<ItemName>,
    /// The citations of the clause.
    pub citations: Vec<String>,
}

/// Shares that a panel decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedShares {
    /// The number of the clause that leaves them to it.
    pub clause: String,
    /// What it decided: `as the joint panel decided: the ICB 60%, social care 40%`.
    pub says: String,
}

/// A referral.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedReferral {
    /// The number of the clause.
    pub clause: String,
    /// The panel, by the name clauses use.
    pub panel: String,
}

/// What a clause made of the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedClause {
    /// Its number.
    pub number: String,
    /// What it says of this case, with figures.
    pub says: Vec<String>,
    /// The values it gives, rates among them.
    pub values: Vec<RecordedValue>,
    /// Its citations.
    pub citations: Vec<String>,
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}, version {}", self.policy, self.version)?;
        if let Some(by) = &self.missed_review {
            writeln!(f, "{}", naming::missed_review(by))?;
        }
        writeln!(f)?;
        if !self.is_covered {
            return write!(f, "Not covered, by {}.", listed(&self.not_covered_by));
        }
        write_rows(f, &answers(&self.conclusions, &self.values))?;
        self.items.iter().try_for_each(|item| self.write_item(f, item))?;
        self.write_payments(f)?;
        for RecordedShares { clause, says } in &self.decided {
            writeln!(f, "\nShared {says}, by {clause}.")?;
        }
        self.write_awaiting(f)?;
        for referral in &self.referrals {
            writeln!(f, "\nReferred to {}, by {}.", referral.panel, referral.clause)?;
        }
        let of_case = self.facts.iter().filter(|fact| fact.is_default);
        let of_case = of_case.filter_map(RecordedFact::shown);
        let of_items = self.items.iter().flat_map(|item| {
            let own = item.facts.iter().filter(|fact| fact.is_default);
            let own = own.filter_map(RecordedFact::shown);
            own.map(move |shown| format!("{shown} of {}", item.item))
        });
        write_defaults(f, &of_case.chain(of_items).collect::<Vec<_>>())
    }
}

impl RecordedFact {
    /// `fast track no`; none where it has no value.
    pub(crate) fn shown(&self) -> Option<String> {
        Some(format!("{} {}", self.name, self.value.as_deref()?))
    }
}

/// The facts for which defaults stood in, if any.
pub(crate) fn write_defaults(f: &mut fmt::Formatter<'_>, defaults: &[String]) -> fmt::Result {
    match defaults {
        [] => Ok(()),
        _ => {
            writeln!(f, "\nNot stated, so taken as the policy says: {}.", defaults.join(", "))
        }
    }
}

/// What is concluded, and the values, in two columns.
fn answers(conclusions: &[RecordedConclusion], values: &[RecordedValue]) -> Vec<(String, String)> {
    let mut rows: Vec<(String, String)> = Vec::new();
    for conclusion in conclusions {
        let answer = if conclusion.is_drawn { "yes" } else { "no" };
        rows.push((
            conclusion.name.clone(),
            match conclusion.by.is_empty() {
                true => String::from(answer),
                false => format!("{answer}, by {}", listed(&conclusion.by)),
            },
        ));
    }
    for value in values {
        rows.extend(value.shown().map(|shown| (value.name.clone(), shown)));
    }
    rows
}

impl Record {
    /// `Service 2: price £120.00, nursing no`, and below it what was decided of it.
    fn write_item(&self, f: &mut fmt::Formatter<'_>, item: &RecordedItem) -> fmt::Result {
        let facts: Vec<String> = item.facts.iter().filter_map(RecordedFact::shown).collect();
        let name = naming::capital(&item.item.to_string());
        writeln!(f, "\n{name}: {}", facts.join(", "))?;
        let mut rows = answers(&item.conclusions, &item.values);
        let own = self.lines.iter().filter(|line| line.item.as_ref() == Some(&item.item));
        rows.extend(own.map(|line| {
            (line.party.clone(), format!("{}{}, by {}", line.amount, line.unit, line.clause))
        }));
        write_rows(f, &rows)
    }

    fn write_payments(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut units: Vec<&str> = Vec::new();
        for payment in &self.payments {
            if !units.contains(&payment.unit.as_str()) {
                units.push(&payment.unit);
            }
        }
        for unit in units {
            let payments = || self.payments.iter().filter(|payment| payment.unit == unit);
            let is_final = payments().all(|payment| payment.is_final);
            writeln!(f, "\nPays{unit}{}:", if is_final { "" } else { " so far" })?;
            let sum = payments().try_fold(Money::ZERO, |sum, it| sum.checked_add(it.amount));
            let mut rows: Vec<(String, String)> =
                payments().map(|payment| (payment.named(), payment.amount.to_string())).collect();
            rows.extend(sum.map(|sum| (String::from("together"), sum.to_string())));
            let width = rows.iter().map(|(_, text)| text.chars().count()).max().unwrap_or(0);
            let aligned = rows.into_iter().map(|(name, text)| (name, format!("{text:>width$}")));
            write_rows(f, &aligned.collect::<Vec<_>>())?;
        }
        Ok(())
    }

    fn write_awaiting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.awaiting.is_empty() {
            return Ok(());
        }
        writeln!(f)?;
        for awaiting in &self.awaiting {
            writeln!(f, "{awaiting}, by {} and {}.", awaiting.clause, awaiting.by)?;
        }
        if !self.waiting.is_empty() {
            let wait = if self.waiting.len() == 1 { "waits" } else { "wait" };
            writeln!(f, "Until then {} {wait}.", listed(&self.waiting))?;
        }
        Ok(())
    }

    /// The clauses that made the decision, in order, with figures and citations.
    #[must_use]
    pub fn explanation(&self) -> String {
        let mut text = String::new();
        let width = self.clauses.iter().map(|clause| clause.number.len()).max().unwrap_or(0);
        for clause in &self.clauses {
            for (index, says) in clause.says.iter().enumerate() {
                let number = if index == 0 { clause.number.as_str() } else { "" };
                text.push_str(&format!("{number:width$}  {says}"));
                if index == 0 && !clause.citations.is_empty() {
                    text.push_str(&format!("  [{}]", clause.citations.join("; ")));
                }
                text.push('\n');
            }
        }
        text
    }
}

/// Names and what belongs to them, in two columns.
pub(crate) fn write_rows(f: &mut fmt::Formatter<'_>, rows: &[(String, String)]) -> fmt::Result {
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    rows.iter().try_for_each(|(name, text)| writeln!(f, "  {name:width$}  {text}"))
}
