//! Why a conclusion is not drawn, and which one change would be enough for it.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::case::Case;
use apportion_core::decision::Decision;
use apportion_core::program::{ClauseId, ConclusionId};

use super::change::{Asked, Change, Changes, MOST_STEPS};
use super::decided::Decided;
use super::letter::one;
use super::page::{Block, Page};
use super::reason::clause_block;
use super::worked::sentence;
use crate::checked::{Body, Provision, ProvisionId};
use crate::naming::{capital, listed};
use crate::policy::Policy;

impl Policy {
    /// Why a conclusion is not drawn of a case: for each clause that would draw it the tests that
    /// failed, with what was found, and any one change of evidence that would be enough.
    ///
    /// Where the policy does not cover the case, why not; where the conclusion is drawn, by which
    /// clauses.
    ///
    /// ```
    /// use apportion::policy::Policy;
    ///
    /// let policy = Policy::parse("\
    /// policy   Places
    /// about    a child
    /// version  1, in force from 1 April 2025
    ///
    /// facts
    ///   places       whole number, 0 to 9
    ///   fast track   yes or no, no unless stated
    ///
    /// 1    Places
    /// 1.1  A child is urgent when fast track or places are at least 3.
    /// ").unwrap();
    /// let case = policy.case([("places", "1")]).unwrap();
    /// let decision = policy.decide(&case).unwrap();
    /// let why_not = policy.why_not(&case, &decision, policy.conclusion("urgent").unwrap());
    /// let text = why_not.to_string();
    /// assert!(text.contains("Places is not at least 3: it is 1."));
    /// assert!(text.contains("1.1 would apply if any one of these were so:\n          places 3\n          fast track yes\n"));
    /// ```
    #[must_use]
    pub fn why_not(&self, case: &Case, decision: &Decision, conclusion: ConclusionId) -> Page {
        let of = Decided::new(self, case, decision);
        let mut page = self.page("Why not", decision);
        let Some(declared) = self.checked().conclusions.get(conclusion.index()) else {
            return page;
        };
        if !decision.is_covered() {
            page.add("The answer", one(Vec::from([of.not_covered()])));
            page.add("Why", of.reasons_for_no_cover());
            let changes = self.changes_of(case, decision, Asked::Cover, MOST_STEPS, 1).found;
            let would = format!("The policy would cover the {} if", of.subject(None));
            page.add("What alone would be enough", enough(&would, &changes));
            return page;
        }
        let mut told = Vec::new();
        if let Some(list) = declared.list {
            for (item, decision) in of.items(list) {
                told.clear();
                of.of_item(item, &decision).tell(conclusion, &mut told, &mut page);
            }
            return page;
        }
        of.tell(conclusion, &mut told, &mut page);
        if decision.concludes(conclusion) != Some(true) {
            let asked = Asked::Conclusion(conclusion);
            let Changes { found: changes, is_complete } =
                self.changes_of(case, decision, asked, MOST_STEPS, 1);
            let mut reasons: Vec<&[String]> = Vec::new();
            for change in &changes {
                if !reasons.contains(&change.by.as_slice()) {
                    reasons.push(&change.by);
                }
            }
            let blocks = reasons.into_iter().flat_map(|by| {
                let own = changes.iter().filter(|change| change.by == by).cloned();
                let would = format!("{} would apply if", listed(by));
                enough(&would, &own.collect::<Vec<_>>())
            });
            let mut blocks: Vec<Block> = blocks.collect();
            if !is_complete {
                blocks.extend(one(Vec::from([String::from(MORE)])));
            }
            page.add("What alone would be enough", blocks);
        }
        page
    }

    /// The smallest changes that would turn each conclusion the other way, as a page.
    #[must_use]
    pub fn what_would_change(
        &self,
        case: &Case,
        decision: &Decision,
        asked: Asked,
        most_steps: usize,
    ) -> Page {
        let of = Decided::new(self, case, decision);
        let mut page = self.page("What would change it", decision);
        if !self.is_about(case, decision) {
            return page;
        }
        let (answer, otherwise) = of.both_answers(asked);
        page.add("The answer", one(Vec::from([answer])));
        let changes = self.changes(case, decision, asked, most_steps);
        let rows = changes.found.iter().map(|change| {
            let by = match change.by.is_empty() {
                true => String::new(),
                false => format!(", by {}", listed(&change.by)),
            };
            (capital(&facts(change, "")), format!("{otherwise}{by}"))
        });
        let rows: Vec<(String, String)> = rows.collect();
        let mut blocks = Vec::new();
        let said = match changes.found.first().map(|change| change.facts.len()) {
            None if !changes.is_complete => "No other answer was found.",
            None => "No other answer was found by changing one, two or three facts.",
            Some(1) => "One change would be enough:",
            Some(2) => "No one change was found to be enough. Two together would be:",
            Some(_) => "No two changes were found to be enough. Three together would be:",
        };
        blocks.extend(one(Vec::from([String::from(said)])));
        if !rows.is_empty() {
            blocks.push(Block::Rows(rows));
        }
        let mut limits = Vec::new();
        if !changes.is_complete {
            limits.push(String::from(MORE));
        }
        if changes.found.is_empty() {
            limits.push(String::from(
                "An amount or a day that is worked with was tried at the ends of its range only, and \
                 no items were added.",
            ));
        }
        blocks.extend(one(limits));
        page.add("What would change it", blocks);
        page
    }
}

/// What a page says where a search for changes took too many steps.
const MORE: &str = "There are more changes than were looked at.";

impl Decided<'_> {
    fn not_covered(&self) -> String {
        format!("This policy does not cover the {}.", self.subject(None))
    }

    /// Whom something is said of: `the child`, `service 2`.
    fn who(&self) -> String {
        match self.item {
            Some(item) => self.policy.show_item(item),
            None => format!("the {}", self.subject(None)),
        }
    }

    /// What the answer is, and what the other would be.
    fn both_answers(&self, asked: Asked) -> (String, String) {
        let subject = self.subject(None);
        let is_yes = asked.answer(self.decision) == Some(true);
        let [yes, no] = match asked {
            Asked::Cover => {
                ["covers", "does not cover"].map(|it| format!("this policy {it} the {subject}"))
            }
            Asked::Conclusion(id) => {
                let conclusion = self.policy.checked().conclusions.get(id.index());
                let name = conclusion.map(|it| it.name.as_str()).unwrap_or_default();
                ["", "not "].map(|not| format!("the {subject} is {not}{name}"))
            }
        };
        let (now, otherwise) = if is_yes { (yes, no) } else { (no, yes) };
        (sentence(&now), otherwise)
    }

    /// A section for a conclusion, and one for each that it hangs on and that is not drawn.
    fn tell(&self, id: ConclusionId, told: &mut Vec<ConclusionId>, page: &mut Page) {
        let Some(conclusion) = self.policy.checked().conclusions.get(id.index()) else { return };
        let is_elsewhere = conclusion.list.is_some() && self.item.is_none();
        if is_elsewhere || told.contains(&id) {
            return;
        }
        told.push(id);
        let is_drawn = self.decision.concludes(id) == Some(true);
        let not = if is_drawn { "" } else { "not " };
        let heading = format!("Why {} is {not}{}", self.who(), conclusion.name);
        let mut blocks = Vec::new();
        let (mut asks, mut ways) = (Vec::new(), Vec::new());
        for provision_id in &conclusion.provisions {
            let provision = self.policy.checked().provisions.get(provision_id.0 as usize);
            let Some(provision) = provision.filter(|it| self.holds(&it.in_force)) else { continue };
            let Body::Conclude { is_for, .. } = provision.body else { continue };
            let applies = self.says(*provision_id);
            if applies == (is_for == is_drawn) && (applies || is_for) {
                blocks.extend(self.clause(*provision_id, provision, &mut asks, &mut ways));
            }
        }
        let numbers: Vec<String> = blocks.iter().filter_map(Block::number).collect();
        ways.retain(|clause| !numbers.contains(&self.policy.clause_number(*clause)));
        ways.dedup();
        blocks.extend(ways.iter().filter_map(|clause| self.reason(*clause, |_| true)));
        page.add(&heading, blocks);
        asks.into_iter().for_each(|other| self.tell(other, told, page));
    }

    /// What a clause found, and why it does not apply where it holds.
    fn clause(
        &self,
        id: ProvisionId,
        provision: &Provision,
        asks: &mut Vec<ConclusionId>,
        ways: &mut Vec<ClauseId>,
    ) -> Option<Block> {
        let grounds = self.grounds(&provision.when);
        let mut says: Vec<String> = grounds.iter().map(|it| sentence(&it.line())).collect();
        asks.extend(grounds.iter().filter(|it| !it.is_so).filter_map(|it| it.conclusion));
        if says.is_empty() {
            says.push(String::from("In every case."));
        }
        if !self.says(id) && self.holds(&provision.when) {
            let in_the_way = self.reasons().in_the_way(provision);
            let mut numbers = self.policy.numbers(&in_the_way);
            numbers.dedup();
            ways.extend(in_the_way);
            says.push(format!("It does not apply, because {} does.", listed(&numbers)));
        }
        let clause = self.policy.checked().clauses.get(provision.clause.index())?;
        Some(clause_block(clause, says, Vec::new()))
    }
}

/// The changes of which any one would be enough.
fn enough(would: &str, changes: &[Change]) -> Vec<Block> {
    let (says, steps) = match changes {
        [] => return Vec::new(),
        [only] => (format!("{would} {}", facts(only, "were ")), Vec::new()),
        several => {
            let steps = several.iter().map(|change| facts(change, "")).collect();
            (format!("{would} any one of these were so:"), steps)
        }
    };
    Vec::from([Block::Clause {
        number: String::new(),
        citations: Vec::new(),
        says: Vec::from([sentence(&says)]),
        steps,
    }])
}

/// Each fact with what it would be.
fn facts(change: &Change, were: &str) -> String {
    let facts = change.facts.iter().map(|fact| {
        let of = fact.item.as_ref().map(|item| format!(" of {item}")).unwrap_or_default();
        format!("{}{of} {were}{}", fact.name, fact.to)
    });
    let facts = listed(&facts.collect::<Vec<_>>());
    let left_out: Vec<String> = change.left_out.iter().map(|fact| fact.name.clone()).collect();
    match left_out.is_empty() {
        true => facts,
        false => format!("{facts}, without {}", listed(&left_out)),
    }
}
