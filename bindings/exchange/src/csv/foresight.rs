//! Cases of which not everything is known: what can come of each, one at a time.

use apportion::engine::block::Outcome;
use apportion::engine::case::Case;
use apportion::engine::outlook::{Outlook, Topic, Unknown};
use apportion::foreseen::Missing;
use apportion::policy::Policy;
use csv::ByteRecord;

use super::answers::Answer;
use super::cells::Cells;
use super::fate::{Fate, Standing};
use super::joined::Joined;
use super::rejects::Reject;

/// Says what becomes of rows, and what can come of the case that was looked at last.
pub(super) struct Foresight<'p> {
    policy: &'p Policy,
    /// Whether cases go out that are not settled.
    allows_unknown: bool,
    /// Whether it is for the policy to say which cases need some fact, so that what it refuses may
    /// lack one.
    may_lack: bool,
    case: Case,
    open: Vec<Unknown>,
    outlook: Outlook,
    /// What is needed to settle it, in the order in which to ask.
    needs: Vec<Missing>,
}

impl<'p> Foresight<'p> {
    pub(super) fn new(policy: &'p Policy, allows_unknown: bool) -> Self {
        Foresight {
            policy,
            allows_unknown,
            may_lack: policy.facts().iter().any(|fact| fact.only_when.is_some()),
            case: policy.new_case(),
            open: Vec::new(),
            outlook: Outlook::new(policy.program()),
            needs: Vec::new(),
        }
    }

    /// What becomes of a row, whose lane came out so and whose items are the next to go out.
    pub(super) fn fate(
        &mut self,
        row: &ByteRecord,
        lane: usize,
        standing: Standing,
        outcome: Option<Outcome>,
        cells: &mut Cells<'_>,
        items: &mut Joined<'_, '_>,
    ) -> Fate {
        match (standing, outcome) {
            (Standing::Rejected(reject), _) => return Fate::Rejected(reject),
            (Standing::Whole, Some(Outcome::Decided)) => return Fate::Decided,
            (Standing::Whole, Some(Outcome::NotCovered)) => return Fate::NotCovered,
            (Standing::Whole, Some(Outcome::Refused { refusal, item })) if !self.may_lack => {
                let reason = self.policy.refused(refusal, item).to_string();
                return Fate::Rejected(Reject::of_row(row, reason));
            }
            // Texts are read within the bounds of their facts.
            (Standing::Whole, Some(Outcome::OutOfBounds { .. }) | None) => {
                let reason = "a fact is out of bounds".to_string();
                return Fate::Rejected(Reject::of_row(row, reason));
            }
            (Standing::Whole, Some(Outcome::Refused { .. })) | (Standing::Open, _) => {}
        }
        match self.look(row, lane, cells, items) {
            Err(reject) => Fate::Rejected(reject),
            Ok(()) if self.allows_unknown || self.needs.is_empty() => Fate::Foreseen,
            Ok(()) => Fate::NotSettled(self.not_settled(row, cells)),
        }
    }

    /// Looks at the case of a row. Gives why it is refused, whatever is not known.
    fn look(
        &mut self,
        row: &ByteRecord,
        lane: usize,
        cells: &mut Cells<'_>,
        items: &mut Joined<'_, '_>,
    ) -> Result<(), Reject> {
        self.case.clear();
        cells.state(row, &mut self.case, None)?;
        items.state(lane, &mut self.case)?;
        self.open = self.policy.open(&self.case);
        let foreseen = self.policy.foresee_into(&self.case, &self.open, &mut self.outlook);
        foreseen.map_err(|refused| Reject::of_row(row, refused.to_string()))?;
        self.needs = match self.outlook.is_settled() {
            true => Vec::new(),
            false => self.all_needs(),
        };
        Ok(())
    }

    /// What can come of the case.
    pub(super) fn outlook(&self) -> &Outlook {
        &self.outlook
    }

    /// Writes the cell of an answer about the case.
    pub(super) fn write(&self, answer: &Answer, cell: &mut Vec<u8>) {
        answer.write_foreseen(self.policy, &self.outlook, &self.needs, cell);
    }

    /// What is needed; all that is open where no one thing makes a difference by itself.
    fn all_needs(&self) -> Vec<Missing> {
        let needed = self.outlook.needs(Topic::Decision).iter();
        let needed: Vec<&Unknown> = needed.filter_map(|need| self.open.get(need.unknown)).collect();
        let needed = if needed.is_empty() { self.open.iter().collect() } else { needed };
        needed.into_iter().filter_map(|unknown| self.policy.missing(unknown)).collect()
    }

    /// Why the case has no decision.
    fn not_settled(&self, row: &ByteRecord, cells: &Cells<'_>) -> Reject {
        let reason = format!("not settled: {}", asked(&self.needs));
        let column = match self.needs.as_slice() {
            [Missing { outside, item: None, .. }] => cells.name(outside),
            _ => None,
        };
        match column {
            Some(column) => Reject::in_cell(row, column, reason),
            None => Reject::of_row(row, reason),
        }
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
