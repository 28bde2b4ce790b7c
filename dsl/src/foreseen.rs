//! What can still come of a case, on its own: names, texts and amounts, readable without the
//! policy.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use apportion_core::money::Money;

use crate::naming::{capital, listed};
use crate::record::{ItemName, RecordedFact, write_defaults, write_rows};
use crate::refusal::Refused;

/// What can still come of a case of which not everything is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreseen {
    /// The title of the policy.
    pub policy: String,
    /// Its version.
    pub version: u32,
    /// The SHA-256 of its text, in hexadecimal digits.
    pub fingerprint: String,
    /// What is not known, in the order declared.
    pub missing: Vec<Missing>,
    /// Facts that were not stated, for which the policy's default stands in; of those that apply
    /// to every case.
    pub defaults: Vec<RecordedFact>,
    /// Whether the case can be decided.
    pub can_be_decided: bool,
    /// Whether it may turn out not to be covered.
    pub may_be_outside: bool,
    /// The clauses for which it is not covered, wherever it is not.
    pub not_covered_by: Vec<String>,
    /// For what it may be refused.
    pub may_be_refused: Vec<Refused>,
    /// The conclusions.
    pub conclusions: Vec<ForeseenConclusion>,
    /// The values that clauses give, but rates.
    pub values: Vec<ForeseenValue>,
    /// What each party pays in all, by unit and then by party.
    pub payments: Vec<ForeseenPayment>,
    /// The items of which the policy says anything, in the order stated.
    pub items: Vec<ForeseenItem>,
    /// On what the payments hang, in the order in which to ask.
    pub payments_need: Vec<Need>,
    /// To whom the case is or may be referred.
    pub referrals: Vec<ForeseenReferral>,
    /// On what the decision hangs, but for its values: in the order in which to ask.
    pub needs: Vec<Need>,
}

/// Something that is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The fact by its name, or the list in the plural.
    pub name: String,
    /// Its name outside the file.
    pub outside: String,
    /// The item that it is a fact of.
    pub item: Option<ItemName>,
    /// The question to put.
    pub question: String,
    /// The panel that alone can supply it, by the name clauses use.
    pub panel: Option<String>,
}

impl Missing {
    /// The question, with the name of the fact where the question does not begin with it.
    fn asked(&self) -> String {
        let question = self.question.to_lowercase();
        match self.item.is_none() && question.starts_with(&self.name.to_lowercase()) {
            true => self.question.clone(),
            false => format!("{} ({self})", self.question),
        }
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.item {
            Some(item) => write!(f, "{} of {item}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

/// Something missing on which an answer hangs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    /// Its place in [`Foreseen::missing`].
    pub missing: usize,
    /// How many of its values settle the answer, whatever else is missing. Of numbers and days
    /// it counts stretches that the policy does not tell apart.
    pub settling: u32,
    /// Of how many.
    pub of: u32,
    /// Whether the answer does hang on it; else it may.
    pub is_certain: bool,
}

/// A conclusion that may be open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeseenConclusion {
    /// Its name.
    pub name: String,
    /// Its name outside the file.
    pub outside: String,
    /// Whether it is drawn; none where that is not settled.
    pub is_drawn: Option<bool>,
    /// The clauses for which it is so, whatever is missing.
    pub by: Vec<String>,
    /// On what it hangs, in the order in which to ask.
    pub needs: Vec<Need>,
}

/// A value that may be open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeseenValue {
    /// Its name.
    pub name: String,
    /// Its name outside the file.
    pub outside: String,
    /// What it is for: ` a week`; empty where it is just an amount.
    pub unit: String,
    /// What it can be.
    pub can_be: CanBe,
    /// Whether some clause gives it in any case.
    pub is_always_given: bool,
    /// Whether all that is missing makes no difference to it.
    pub is_settled: bool,
    /// Whether both ends of a range occur; else it is at most so.
    pub is_exact: bool,
    /// On what it hangs, in the order in which to ask.
    pub needs: Vec<Need>,
}

/// What a value can be, as people write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CanBe {
    /// No clause gives it.
    Nothing,
    /// One of these words.
    Words(Vec<String>),
    /// A number or day between two.
    Between(String, String),
    /// Some of the words that a table lists; which of them is not settled.
    Open,
}

impl fmt::Display for CanBe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CanBe::Nothing => f.write_str("not given by any clause"),
            CanBe::Open => f.write_str("not settled"),
            CanBe::Words(words) => f.write_str(&words.join(" or ")),
            CanBe::Between(least, greatest) if least == greatest => f.write_str(least),
            CanBe::Between(least, greatest) => write!(f, "{least} to {greatest}"),
        }
    }
}

/// What stands after a range whose ends need not occur.
fn at_most(is_exact: bool) -> &'static str {
    if is_exact { "" } else { ", at most" }
}

/// What a party pays, which may be open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeseenPayment {
    /// The party, by the name clauses use.
    pub party: String,
    /// Its name outside the file.
    pub outside: String,
    /// What it is for: ` a week`; empty where it is just an amount.
    pub unit: String,
    /// What it is for, as part of a column's name: `a_week`; empty where the policy pays in
    /// one unit only.
    pub unit_outside: String,
    /// The least.
    pub least: Money,
    /// The greatest.
    pub greatest: Money,
    /// Whether all that is missing makes no difference to it.
    pub is_settled: bool,
    /// Whether both ends of the range occur; else it is at most so.
    pub is_exact: bool,
    /// The panels that have yet to decide shares in its unit, by the names clauses use: until
    /// then this is what is paid so far.
    pub awaits: Vec<String>,
}

/// What can come of one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeseenItem {
    /// The item.
    pub item: ItemName,
    /// What is concluded of it.
    pub conclusions: Vec<ForeseenConclusion>,
    /// Its values, but rates.
    pub values: Vec<ForeseenValue>,
    /// What each party pays for it, by unit and then by party; what a limit moves is not told of
    /// an item.
    pub payments: Vec<ForeseenPayment>,
    /// On what that hangs, in the order in which to ask.
    pub payments_need: Vec<Need>,
}

/// A referral that may be open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeseenReferral {
    /// The number of the clause.
    pub clause: String,
    /// The panel, by the name clauses use.
    pub panel: String,
    /// Whether it is made whatever is missing; else it may be.
    pub is_settled: bool,
}

impl ForeseenPayment {
    /// `£0.00 to £450.00`
    fn amount(&self) -> String {
        let Self { least, greatest, is_exact, .. } = self;
        match least == greatest {
            true => least.to_string(),
            false => format!("{least} to {greatest}{}", at_most(*is_exact)),
        }
    }
}

impl Foreseen {
    /// Whether whatever is missing makes no difference.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.needs.is_empty() && self.payments_need.is_empty()
    }

    /// What is needed, by its names, with the panel that alone can supply it.
    pub fn needed<'a>(&'a self, needs: &'a [Need]) -> impl Iterator<Item = &'a Missing> {
        needs.iter().filter_map(|need| self.missing.get(need.missing))
    }

    /// With commas, since a name may have an *and* of its own.
    fn names(&self, needs: &[Need]) -> String {
        self.needed(needs).map(Missing::to_string).collect::<Vec<_>>().join(", ")
    }

    fn rows(
        &self,
        conclusions: &[ForeseenConclusion],
        values: &[ForeseenValue],
    ) -> Vec<(String, String)> {
        let mut rows = Vec::new();
        for it in conclusions {
            let by = match it.by.is_empty() {
                true => String::new(),
                false => format!(", by {}", listed(&it.by)),
            };
            let text = match it.is_drawn {
                Some(true) => format!("yes{by}"),
                Some(false) => format!("no{by}"),
                None if it.needs.is_empty() => String::from("not settled"),
                None => format!("needs {}", self.names(&it.needs)),
            };
            rows.push((it.name.clone(), text));
        }
        for it in values.iter().filter(|it| it.can_be != CanBe::Nothing) {
            let given = if it.is_always_given { "" } else { ", if it is given" };
            let at_most = at_most(it.is_exact);
            rows.push((it.name.clone(), format!("{}{}{at_most}{given}", it.can_be, it.unit)));
        }
        rows
    }

    /// `Service 2`, and below it what can come of it.
    fn write_item(&self, f: &mut fmt::Formatter<'_>, item: &ForeseenItem) -> fmt::Result {
        writeln!(f, "\n{}:", capital(&item.item.to_string()))?;
        let mut rows = self.rows(&item.conclusions, &item.values);
        let paid =
            item.payments.iter().filter(|it| it.least != it.greatest || it.least != Money::ZERO);
        rows.extend(paid.map(|it| (it.party.clone(), format!("{}{}", it.amount(), it.unit))));
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
            let is_so_far = payments().any(|payment| !payment.awaits.is_empty());
            writeln!(f, "\nPays{unit}{}:", if is_so_far { " so far" } else { "" })?;
            let rows = payments().map(|payment| (payment.party.clone(), payment.amount()));
            write_rows(f, &rows.collect::<Vec<_>>())?;
        }
        Ok(())
    }

    fn write_needs(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let asked =
            self.needs.iter().filter_map(|need| Some((need, self.missing.get(need.missing)?)));
        let (of_panels, of_others): (Vec<_>, Vec<_>) =
            asked.partition(|(_, missing)| missing.panel.is_some());
        if of_panels.is_empty() && of_others.is_empty() {
            return writeln!(f, "\nNothing more is needed: what is not known makes no difference.");
        }
        for (number, (need, missing)) in (1..).zip(&of_others) {
            match number {
                1 => writeln!(f, "\nAsk first:")?,
                2 => writeln!(f, "Then perhaps:")?,
                _ => {}
            }
            let may = if need.is_certain { "" } else { " It may make no difference." };
            let settles = match need.settling {
                0 => String::new(),
                1 => format!(" 1 of {} answers settles it.", need.of),
                _ => format!(" {} of {} answers settle it.", need.settling, need.of),
            };
            writeln!(f, "  {number}. {}{settles}{may}", missing.asked())?;
        }
        for (_, missing) in &of_panels {
            let panel = missing.panel.as_deref().unwrap_or_default();
            writeln!(f, "\nAwaits {panel}: {missing}.")?;
        }
        Ok(())
    }
}

impl fmt::Display for Foreseen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}, version {}\n", self.policy, self.version)?;
        if !self.missing.is_empty() {
            let names: Vec<String> = self.missing.iter().map(Missing::to_string).collect();
            writeln!(f, "Not known: {}.\n", names.join(", "))?;
        }
        let by = match self.not_covered_by.as_slice() {
            [] => String::new(),
            by => format!(", by {}", listed(by)),
        };
        if self.may_be_outside && !self.can_be_decided && self.may_be_refused.is_empty() {
            return writeln!(f, "Not covered{by}, whatever is not known.");
        }
        if self.may_be_outside {
            writeln!(f, "It is not settled whether the policy covers the case{by}.\n")?;
        }
        for refused in &self.may_be_refused {
            writeln!(f, "The case may be refused: {refused}.\n")?;
        }
        if self.can_be_decided {
            write_rows(f, &self.rows(&self.conclusions, &self.values))?;
            self.items.iter().try_for_each(|item| self.write_item(f, item))?;
            self.write_payments(f)?;
        }
        for it in &self.referrals {
            let may = if it.is_settled { "Referred" } else { "May be referred" };
            writeln!(f, "\n{may} to {}, by {}.", it.panel, it.clause)?;
        }
        self.write_needs(f)?;
        let shown = self.defaults.iter().filter_map(RecordedFact::shown);
        write_defaults(f, &shown.collect::<Vec<_>>())
    }
}
