//! Cases of which not everything is known: what can come of each, one at a time.

use apportion::engine::block::Outcome;
use apportion::engine::case::Case;
use apportion::engine::decision::Decision;
use apportion::engine::outlook::{Outlook, Topic, Unknown};
use apportion::engine::program::{Item, ListId};
use apportion::foreseen::Missing;
use apportion::policy::Policy;

use super::answers::{Answer, Cell};
use super::fate::{Fate, Standing};

/// A row of any format, whose case can be looked at by itself.
pub(crate) trait Row {
    /// Why it has no decision.
    type Reject;

    /// States in a case what the row says.
    fn state(&mut self, case: &mut Case) -> Result<(), Self::Reject>;

    /// Why it has no decision: for what is said of the fact with this name outside the policy's file,
    /// where that is one fact and has a column.
    fn reject(&self, fact: Option<&str>, reason: String) -> Self::Reject;
}

/// Says what becomes of rows, and what can come of the case that was looked at last.
#[derive(Debug)]
pub(crate) struct Foresight<'p> {
    policy: &'p Policy,
    /// Whether cases go out that are not settled.
    allows_unknown: bool,
    /// Whether it is for the policy to say which cases need some fact, so that what it refuses may
    /// lack one.
    may_lack: bool,
    case: Case,
    decision: Decision,
    open: Vec<Unknown>,
    outlook: Outlook,
    /// What is needed to settle it, in the order in which to ask.
    needs: Vec<Missing>,
}

impl<'p> Foresight<'p> {
    pub(crate) fn new(policy: &'p Policy, allows_unknown: bool) -> Self {
        Foresight {
            policy,
            allows_unknown,
            may_lack: policy.facts().iter().any(|fact| fact.only_when.is_some()),
            case: policy.new_case(),
            decision: Decision::new(policy.program()),
            open: Vec::new(),
            outlook: Outlook::new(policy.program()),
            needs: Vec::new(),
        }
    }

    /// What becomes of a row, whose lane came out so.
    pub(crate) fn fate<R: Row>(
        &mut self,
        row: &mut R,
        standing: Standing<R::Reject>,
        outcome: Option<Outcome>,
    ) -> Fate<R::Reject> {
        match (standing, outcome) {
            (Standing::Rejected(reject), _) => return Fate::Rejected(reject),
            (Standing::Whole, Some(Outcome::Decided)) => return Fate::Decided,
            (Standing::Whole, Some(Outcome::NotCovered)) => return Fate::NotCovered,
            (Standing::Whole, Some(Outcome::Refused { .. })) if !self.may_lack => {
                if let Err(reject) = self.decide(row) {
                    return Fate::Rejected(reject);
                }
            }
            // Values are read within the bounds of their facts.
            (Standing::Whole, Some(Outcome::OutOfBounds { .. }) | None) => {
                let reason = "a fact is out of bounds".to_string();
                return Fate::Rejected(row.reject(None, reason));
            }
            (Standing::Whole, Some(Outcome::Refused { .. })) | (Standing::Open, _) => {}
        }
        match self.look(row) {
            Err(reject) => Fate::Rejected(reject),
            Ok(()) if self.allows_unknown || self.needs.is_empty() => Fate::Foreseen,
            Ok(()) => Fate::NotSettled(self.not_settled(row)),
        }
    }

    /// Decides the case of a row by itself, to say by which clauses it is refused.
    fn decide<R: Row>(&mut self, row: &mut R) -> Result<(), R::Reject> {
        self.case.clear();
        row.state(&mut self.case)?;
        let decided = self.policy.decide_into(&self.case, &mut self.decision);
        decided.map_err(|refused| row.reject(None, refused.to_string()))
    }

    /// Looks at the case of a row. Gives why it is refused, whatever is not known.
    fn look<R: Row>(&mut self, row: &mut R) -> Result<(), R::Reject> {
        self.case.clear();
        row.state(&mut self.case)?;
        self.open = self.policy.open(&self.case);
        let foreseen = self.policy.foresee_into(&self.case, &self.open, &mut self.outlook);
        foreseen.map_err(|refused| row.reject(None, refused.to_string()))?;
        self.needs = self.all_needs(&self.outlook);
        Ok(())
    }

    /// What can come of the case.
    pub(crate) fn outlook(&self) -> &Outlook {
        &self.outlook
    }

    /// What can be said of the case in the column of an answer.
    pub(crate) fn cell(&self, answer: &Answer) -> Cell {
        answer.foreseen(self.policy, None, &self.outlook, &self.needs)
    }

    /// What can come of an item of the case. `None` where nothing is foreseen of it.
    pub(crate) fn of_item(&self, item: Item) -> Option<ItemForesight<'p>> {
        let mut outlook = self.policy.outlook(Some(item));
        self.policy.foresee_into(&self.case, &self.open, &mut outlook).ok()?;
        let needs = self.all_needs(&outlook);
        Some(ItemForesight { policy: self.policy, list: item.list, outlook, needs })
    }

    /// Writes the cell of an answer about the case.
    pub(crate) fn write(&self, answer: &Answer, text: &mut Vec<u8>) {
        answer.write_foreseen(&self.cell(answer), text);
    }

    /// What is needed to settle what can come; all that is open where no one thing makes a
    /// difference by itself.
    fn all_needs(&self, outlook: &Outlook) -> Vec<Missing> {
        if outlook.is_settled() {
            return Vec::new();
        }
        let needed = outlook.needs(Topic::Decision).iter();
        let needed: Vec<&Unknown> = needed.filter_map(|need| self.open.get(need.unknown)).collect();
        let needed = if needed.is_empty() { self.open.iter().collect() } else { needed };
        needed.into_iter().filter_map(|unknown| self.policy.missing(unknown)).collect()
    }

    /// Why the case has no decision.
    fn not_settled<R: Row>(&self, row: &R) -> R::Reject {
        let fact = match self.needs.as_slice() {
            [Missing { outside, item: None, .. }] => Some(outside.as_str()),
            _ => None,
        };
        row.reject(fact, format!("not settled: {}", asked(&self.needs)))
    }
}

/// What can come of an item of a case.
pub(crate) struct ItemForesight<'p> {
    policy: &'p Policy,
    list: ListId,
    outlook: Outlook,
    needs: Vec<Missing>,
}

impl ItemForesight<'_> {
    /// Writes the cell of an answer about the item.
    pub(crate) fn write(&self, answer: &Answer, text: &mut Vec<u8>) {
        let cell = answer.foreseen(self.policy, Some(self.list), &self.outlook, &self.needs);
        answer.write_foreseen(&cell, text);
    }
}

/// What is needed, in the order in which to ask; what only a panel can supply by itself.
fn asked(needs: &[Missing]) -> String {
    let of_panels = needs.iter().filter_map(|it| Some((it, it.panel.as_ref()?)));
    let of_panels = of_panels.map(|(it, panel)| format!("{panel} has yet to decide {it}"));
    let of_others: Vec<String> =
        needs.iter().filter(|it| it.panel.is_none()).map(Missing::to_string).collect();
    let of_others = match of_others.as_slice() {
        [] => None,
        [only] => Some(format!("needs {only}")),
        [first, others @ ..] => Some(format!("needs {first}, then perhaps {}", others.join(", "))),
    };
    of_others.into_iter().chain(of_panels).collect::<Vec<_>>().join("; ")
}
