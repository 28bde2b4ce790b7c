//! A second, obvious implementation of the language, to hold the engine against.
//!
//! It runs the checked policy as it stands, with fractions of any size, and is written to
//! be read beside the language's reference, section by section. It shares nothing with the
//! compiler or the lanes: its own rounding, ages, tables, splits and limits. Nothing here
//! is made fast.
//!
//! What the language leaves open is settled here, and nowhere else:
//!
//! - **Asked.** In a case that the policy covers, every clause's condition is asked, with
//!   all its parts, whatever the others say. What a clause *says* (an expression, the
//!   rows of a table, shares, an amount) is worked out where the clause applies. Nothing is
//!   skipped because its answer is not needed, so no refusal depends on the order in which
//!   anything is written.
//! - **Rows.** A table that applies asks all its rows, also where the first that applies
//!   wins; the answers of a row are read only where it is among the rows that count.
//! - **Ages.** A birth after the day refuses every covered case in which a clause asks for
//!   that age, whether or not that clause applies: it is evidence that cannot be.
//! - **A wording that is not in force** on the day of the case says nothing, asks nothing but
//!   its ages, and is no reason.
//! - **Outside the cover** only what the cover itself reads is worked out or refuses.
//! - **Promises** decide nothing, and what they read refuses nothing.
//! - **Several clauses for a value** that apply and agree are no clash.
//! - **A value without a clause** that gives it refuses the case where something reads it.
//! - **Items.** What is said of each item of a list is said of every item by itself, and of
//!   nothing where there is none: then nothing of it is asked either, not even a condition
//!   that is about the case. What is the case's is the same for every item.
//! - **Taken of all items.** A sum, number, greatest or least of items asks its `where` of
//!   every item, and reads what it takes of those alone that pass.
//! - **One amount for many.** What each item pays is judged item by item: an amount of the
//!   case that a clause has paid for each item is paid once for each, but no two clauses pay
//!   it for one. A clause about the case pays for every item.
//! - **Which item.** A refusal names the item of which something was asked. What the case
//!   gives refuses without an item, but for a value that no clause gives: that is a refusal
//!   of the item for which it is read.
//! - **Clauses about items.** One applies where it applies for any item. How many items are so
//!   is a test among the reasons, as how many members are; the reasons of an item are its own.
//! - **Cost lines.** A payment that applies makes a line, and a split a line for each party,
//!   also of £0.00: that a party owes nothing is what the clause says of it. A limit makes
//!   lines only where it moves money. An item's lines are its own; a limit's are the case's.
//! - **Referrals.** One said of each item is made once, where any item makes it.

mod age;
mod applicable;
mod applies;
pub(crate) mod bank_holidays;
mod case;
mod condition;
mod day;
mod direction;
mod expression;
mod list;
mod outcome;
mod panel;
mod payment;
mod promise;
mod reasons;
mod refusal;
mod rounding;
mod split;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use apportion::checked::{Body, ListId, Policy, Provision, ProvisionId};
use apportion_core::program::{ClauseId, ConclusionId, FactId, PanelId, ValueId};

use case::{Known, complete};

pub use applicable::leave_out;
pub use case::{Facts, Item, ItemFacts};
pub use direction::{Side, broken_between, broken_by_two, sides};
pub use outcome::{Awaiting, Datum, Fraction, Line, OfItem, Outcome, RowsChosen, Said};
pub use panel::leave_out_shares;
pub use promise::broken_promises;
pub use refusal::{Refusal, Refusals, refusal_of};

/// Decides a case.
///
/// # Errors
///
/// Returns every reason for which the case has no decision, and not only the first: the
/// engine must name one of them, and must decide where there is none.
pub fn decide(policy: &Policy, facts: &Facts) -> Result<Outcome, Refusals> {
    let mut interpreter = Interpreter::new(policy, complete(policy, facts)?);
    interpreter.leave_out_what_does_not_apply(&facts.of_case);
    interpreter.shares_of_panels(&facts.of_case);
    if !interpreter.refusals.is_empty() {
        return Err(interpreter.refusals);
    }
    match interpreter.outcome() {
        Ok(outcome) if interpreter.refusals.is_empty() => Ok(outcome),
        _ => Err(interpreter.refusals),
    }
}

/// The interpreter of one case. What was asked once is remembered.
struct Interpreter<'a> {
    policy: &'a Policy,
    /// What is known of each fact; nothing where it does not apply.
    facts: Known,
    /// The panels whose shares the case carries.
    decided: BTreeSet<PanelId>,
    refusals: Refusals,
    held: BTreeMap<(ProvisionId, Option<Item>), Asked<bool>>,
    applied: BTreeMap<(ProvisionId, Option<Item>), Asked<bool>>,
    concluded: BTreeMap<(ConclusionId, Option<Item>), Asked<bool>>,
    given: BTreeMap<ValueOf, Asked<Option<Datum>>>,
}

/// A value, with the member or the item for which it is given.
type ValueOf = (ValueId, Option<FactId>, Option<Item>);

/// An answer, or that the refusal of the case has been noted.
type Asked<T> = Result<T, Refused>;

/// The refusal of the case has been noted.
#[derive(Clone, Copy, Debug)]
struct Refused;

/// Where something is asked.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// The clause that asks.
    clause: ClauseId,
    /// The member at hand, in a table used for each member.
    member: Option<FactId>,
    /// The item at hand, where something is said or asked of each.
    item: Option<Item>,
    /// The item of which all items of some list are asked together.
    asking: Option<Item>,
}

impl Place {
    /// In a clause that speaks of an item, or of the case.
    fn new(clause: ClauseId, item: Option<Item>) -> Self {
        Place { clause, member: None, item, asking: None }
    }

    /// At one of all items that are asked together.
    fn at(self, item: Item) -> Self {
        let asking = self.asking.or(self.item);
        Place { member: None, item: Some(item), asking, ..self }
    }

    /// The item of which it is said that something cannot be: the one that the clause speaks of,
    /// or where it speaks of the case, the one asked.
    fn said_of(self) -> Option<Item> {
        self.asking.or(self.item)
    }
}

impl<'a> Interpreter<'a> {
    fn new(policy: &'a Policy, facts: Known) -> Self {
        Interpreter {
            policy,
            facts,
            decided: BTreeSet::new(),
            refusals: BTreeSet::new(),
            held: BTreeMap::new(),
            applied: BTreeMap::new(),
            concluded: BTreeMap::new(),
            given: BTreeMap::new(),
        }
    }

    /// *9 What applies*: the whole case, or that the policy does not cover it.
    fn outcome(&mut self) -> Asked<Outcome> {
        if !self.is_covered()? {
            return self.outcome_outside();
        }
        for (id, provision) in self.provisions() {
            if matches!(provision.body, Body::Promise(_)) {
                continue;
            }
            let _ = self.ages_asked_once(provision);
            for item in self.said_of(provision) {
                let _ = self.applies(id, item);
                let _ = self.ages_in_body(&provision.body, Place::new(provision.clause, item));
                let _ = self.says_nothing_refused(id, provision, item);
            }
        }
        let conclusions = self.all_conclusions();
        let values = self.all_values();
        let member_values = self.all_member_values();
        let items = self.all_of_items();
        let payments = self.payments();
        let _ = self.panels_are_asked();
        if !self.refusals.is_empty() {
            return Err(Refused);
        }
        let mut outcome = Outcome {
            is_covered: true,
            conclusions: conclusions?,
            values: values?,
            member_values: member_values?,
            items: items?,
            ..payments?
        };
        outcome.names = self.names_of_parties()?;
        outcome.clauses = self.clauses_said()?;
        outcome.rows = self.rows_chosen()?;
        outcome.reasons = self.all_reasons(None);
        for (item, of_item) in &mut outcome.items {
            of_item.reasons = self.all_reasons(Some(*item));
        }
        Ok(outcome)
    }

    /// *8 Dates*: a party is a role, and what it is called in print may change on a day.
    fn names_of_parties(&mut self) -> Asked<Vec<String>> {
        let mut names = Vec::new();
        for party in &self.policy.parties {
            let mut name = &party.text;
            for (days, on_those_days) in &party.dated {
                let Some(dated_by) = self.policy.dated_by else { return self.broken() };
                let Datum::Date(day) = self.fact(dated_by, None)? else { return self.broken() };
                if days.first <= day && day <= days.last {
                    name = on_those_days;
                }
            }
            names.push(name.clone());
        }
        Ok(names)
    }

    /// *5 Clauses, cover*: outside it nothing else is concluded, paid or referred.
    fn outcome_outside(&mut self) -> Asked<Outcome> {
        if !self.refusals.is_empty() {
            return Err(Refused);
        }
        Ok(Outcome { reasons_not_covered: self.reasons_not_covered(), ..Outcome::default() })
    }

    /// Works out what a clause says where it applies, for the refusals alone.
    fn says_nothing_refused(
        &mut self,
        id: ProvisionId,
        provision: &'a Provision,
        item: Option<Item>,
    ) -> Asked<()> {
        if !self.applies(id, item)? {
            return Ok(());
        }
        let place = Place::new(provision.clause, item);
        match &provision.body {
            Body::Define { expression, .. } => self.expression(expression, place).map(|_| ()),
            Body::Table(table) => self.whole_table(table, place),
            Body::Slices(slices) => self.slices(slices, place).map(|_| ()),
            Body::Shares(rows, hit) => self.shares(rows, *hit, place).map(|_| ()),
            Body::Require { must, .. } => match self.condition(must, place)? {
                true => Ok(()),
                false => self.refuse(Refusal::Requirement { clause: provision.clause }, item),
            },
            Body::Broken => self.broken(),
            _ => Ok(()),
        }
    }

    /// The provisions, in the order written.
    fn provisions(&self) -> impl Iterator<Item = (ProvisionId, &'a Provision)> + use<'a> {
        (0..).map(ProvisionId).zip(&self.policy.provisions)
    }

    /// A provision by its id.
    fn provision(&mut self, id: ProvisionId) -> Asked<&'a Provision> {
        match self.policy.provisions.get(id.0 as usize) {
            Some(provision) => Ok(provision),
            None => self.broken(),
        }
    }

    /// *5 Clauses, For each*: the items of which a provision speaks, each by itself, or the
    /// case alone.
    fn said_of(&self, provision: &Provision) -> Vec<Option<Item>> {
        match provision.list {
            None => vec![None],
            Some(list) => self.items(list).into_iter().map(Some).collect(),
        }
    }

    /// Of the item at hand, what is said of each item; what is said of the case, of no item.
    fn about(&mut self, list: Option<ListId>, at_hand: Option<Item>) -> Asked<Option<Item>> {
        match (list, at_hand) {
            (None, _) => Ok(None),
            (Some(list), Some(item)) if item.list == list => Ok(Some(item)),
            _ => self.broken(),
        }
    }

    /// Notes a refusal, of an item where it is one's.
    fn refuse<T>(&mut self, refusal: Refusal, item: Option<Item>) -> Asked<T> {
        self.refusals.insert((refusal, item));
        Err(Refused)
    }

    /// Notes that the policy means nothing here: the checker should have refused it.
    fn broken<T>(&mut self) -> Asked<T> {
        self.refuse(Refusal::Broken, None)
    }
}

/// Every answer, once all of them were asked.
fn all<T>(answers: Vec<Asked<T>>) -> Asked<Vec<T>> {
    answers.into_iter().collect()
}

/// A place in a list as the number of an id.
fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
