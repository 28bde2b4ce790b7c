//! Running the examples of a policy: what was expected beside what came.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use apportion_core::case::Case;
use apportion_core::decision::{DecideError, Decision};
use apportion_core::money::Money;
use apportion_core::program::{
    ClauseId, ConclusionId, FactId, Item, PanelId, PartyId, Refusal, UnitId, ValueId,
};

use crate::checked::{Constant, Example, ExpectKind, Stated, Type};
use crate::compile::engine_value;
use crate::naming::listed;
use crate::policy::Policy;
use crate::refusal::Refused;
use crate::source::Span;

mod open;

/// What came of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleOutcome {
    /// The name of the example.
    pub name: String,
    /// Where its name stands.
    pub span: Span,
    /// What came of it.
    pub kind: OutcomeKind,
}

/// What came of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutcomeKind {
    /// Everything came as expected.
    Passed,
    /// Something came otherwise.
    Failed(Vec<Difference>),
}

/// Something that came otherwise than expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where it is expected.
    pub span: Span,
    /// What is looked at: `the ICB`, `eligible`.
    pub what: String,
    /// What was expected.
    pub expected: String,
    /// What came.
    pub got: String,
    /// For money, by how many pence what came is more.
    pub pence: Option<i64>,
}

/// What was expected and what came, before they are compared.
struct Seen {
    what: String,
    expected: String,
    got: String,
    pence: Option<i64>,
    is_as_expected: bool,
}

impl Seen {
    /// Of what no decision can say.
    fn nothing() -> Seen {
        Seen {
            what: String::from("the case"),
            expected: String::from("an answer"),
            got: String::from("none"),
            pence: None,
            is_as_expected: false,
        }
    }

    fn of_item(self, example: &Example, item: Item) -> Seen {
        let name = item_named(example, item);
        Seen { what: format!("\"{name}\" {}", self.what), ..self }
    }
}

/// The name that an example gives an item.
fn item_named(example: &Example, item: Item) -> &str {
    let items = example.items.iter().find(|(of, _)| *of == item.list);
    let named = items.and_then(|(_, items)| items.get(item.index as usize));
    named.map(|item| item.name.as_str()).unwrap_or_default()
}

impl Policy {
    /// Runs every example of the policy, in the order written.
    ///
    /// Where something is `not known`, what is expected must come whatever it is.
    #[must_use]
    pub fn run_examples(&self) -> Vec<ExampleOutcome> {
        let examples = self.checked().examples.iter();
        examples
            .map(|example| ExampleOutcome {
                name: example.name.clone(),
                span: example.span,
                kind: self.run_example(example),
            })
            .collect()
    }

    /// The case that an example states. What only an example states from which it starts is
    /// left out where it does not apply any more.
    #[must_use]
    pub fn example_case(&self, example: &Example) -> Case {
        let mut left_out: Vec<FactId> = Vec::new();
        let mut decision = Decision::new(self.program());
        loop {
            let case = self.example_case_without(example, &left_out);
            let Err(DecideError::Refused { refusal, .. }) =
                self.program().decide(&case, &mut decision)
            else {
                return case;
            };
            let inherited = example.inherited.iter().copied();
            let is_stale = |fact: &FactId| self.is_for_nothing(*fact, refusal);
            let stale: Vec<FactId> =
                inherited.filter(|fact| is_stale(fact) && !left_out.contains(fact)).collect();
            if stale.is_empty() {
                return case;
            }
            left_out.extend(stale);
        }
    }

    /// Whether a case is refused because it states this fact, for which nothing asks.
    fn is_for_nothing(&self, fact: FactId, refusal: Refusal) -> bool {
        match refusal {
            Refusal::DoesNotApply { fact: stale } => fact == stale,
            Refusal::PanelSharesNotAsked { panel } => {
                let share = self.facts().get(fact.index()).and_then(|fact| fact.panel_share);
                share.is_some_and(|share| share.panel == panel)
            }
            _ => false,
        }
    }

    fn example_case_without(&self, example: &Example, left_out: &[FactId]) -> Case {
        // Examples were read within the facts' own types and bounds, so nothing is refused here.
        let mut case = self.new_case();
        for (fact, stated) in example.given.iter().filter(|(fact, _)| !left_out.contains(fact)) {
            let _ = match stated {
                Stated::Known(constant) => case.set(*fact, engine_value(*constant)),
                Stated::NotKnown => case.set_not_known(*fact),
            };
        }
        for (list, items) in &example.items {
            let _ = case.state_items(*list);
            for stated in items {
                let Ok(item) = case.add_item(*list) else { continue };
                for (fact, stated) in &stated.given {
                    let _ = match stated {
                        Stated::Known(constant) => {
                            case.set_item(item, *fact, engine_value(*constant))
                        }
                        Stated::NotKnown => case.set_item_not_known(item, *fact),
                    };
                }
            }
        }
        case
    }

    fn run_example(&self, example: &Example) -> OutcomeKind {
        let case = self.example_case(example);
        let mut decision = Decision::new(self.program());
        let is_about_what_is_open =
            example.expect.iter().any(|expect| matches!(expect.kind, ExpectKind::Unknown(_)));
        let refused = match self.decide_into(&case, &mut decision).err() {
            None if is_about_what_is_open => return self.run_open(example, &case),
            Some(
                Refused::NotKnown { .. }
                | Refused::ListNotStated { .. }
                | Refused::AwaitsPanel { .. },
            ) => return self.run_open(example, &case),
            refused => refused,
        };
        self.compared(example, refused.is_some(), |expect| {
            self.see_of(example, expect, &decision, refused.as_ref())
        })
    }

    /// Runs an example of which not everything is known.
    fn run_open(&self, example: &Example, case: &Case) -> OutcomeKind {
        let empty = Decision::new(self.program());
        match self.foresights(example, case) {
            Ok(foresights) => {
                self.compared(example, false, |expect| self.see_open(expect, &foresights))
            }
            Err(refused) => self.compared(example, true, |expect| {
                self.see_of(example, expect, &empty, Some(&refused))
            }),
        }
    }

    /// What comes otherwise than expected.
    fn compared(
        &self,
        example: &Example,
        is_refused: bool,
        see: impl Fn(&ExpectKind) -> Seen,
    ) -> OutcomeKind {
        let mut differences: Vec<Difference> = Vec::new();
        for expect in &example.expect {
            let Seen { what, expected, got, pence, is_as_expected } = see(&expect.kind);
            // That the case is refused is said once, whatever is expected of it.
            let is_told = is_refused && differences.last().is_some_and(|last| last.got == got);
            if !is_as_expected && !is_told {
                differences.push(Difference { span: expect.span, what, expected, got, pence });
            }
        }
        if differences.is_empty() { OutcomeKind::Passed } else { OutcomeKind::Failed(differences) }
    }

    /// Looks at what an expectation is about: the case, or an item of it.
    fn see_of(
        &self,
        example: &Example,
        expect: &ExpectKind,
        decision: &Decision,
        refused: Option<&Refused>,
    ) -> Seen {
        let ExpectKind::OfItem { list, index, kind } = expect else {
            return self.see(expect, decision, refused);
        };
        let item = Item { list: *list, index: *index };
        let of_item = decision.of_item(item);
        let decision = of_item.as_ref().unwrap_or(decision);
        let seen = match kind.as_ref() {
            ExpectKind::Pays { party, unit, pence } if refused.is_none() => {
                let lines = decision.lines().filter(|line| line.item == Some(item));
                let own = lines.filter(|line| (line.party, line.unit) == (*party, *unit));
                let sum = own.map(|line| line.amount.pence()).fold(0_i64, i64::saturating_add);
                let pays = decision.is_covered().then(|| Money::from_pence(sum));
                self.see_amount(*party, *unit, *pence, pays, decision)
            }
            kind => self.see(kind, decision, refused),
        };
        match refused {
            Some(_) => seen,
            None => seen.of_item(example, item),
        }
    }

    /// Looks at what an expectation is about.
    fn see(&self, expect: &ExpectKind, decision: &Decision, refused: Option<&Refused>) -> Seen {
        let may_be_refused =
            matches!(expect, ExpectKind::Refused { .. } | ExpectKind::Awaits { .. });
        if let (Some(refused), false) = (refused, may_be_refused) {
            return Seen {
                what: String::from("the case"),
                expected: String::from("decided"),
                got: format!("refused: {refused}"),
                pence: None,
                is_as_expected: false,
            };
        }
        match expect {
            ExpectKind::Conclusion { conclusion, is_drawn, by } => {
                self.see_conclusion(*conclusion, *is_drawn, by, decision)
            }
            ExpectKind::NotCovered { by } => self.see_cover(by, decision),
            ExpectKind::Value { value, is } => self.see_value(*value, *is, decision),
            ExpectKind::Pays { party, unit, pence } => {
                self.see_payment(*party, *unit, *pence, decision)
            }
            ExpectKind::Referred { by } => {
                let referring: Vec<ClauseId> = decision.referrals().map(|it| it.0).collect();
                self.see_clauses("referred", by, &referring)
            }
            ExpectKind::Awaits { panel } => self.see_panel(*panel, decision, refused),
            ExpectKind::Refused { by } => self.see_refusal(by, refused),
            ExpectKind::OfItem { .. } | ExpectKind::Unknown(_) => Seen::nothing(),
        }
    }

    fn see_conclusion(
        &self,
        conclusion: ConclusionId,
        is_drawn: bool,
        by: &[ClauseId],
        decision: &Decision,
    ) -> Seen {
        let name = self.checked().conclusions.get(conclusion.index());
        let name = name.map(|conclusion| conclusion.name.clone()).unwrap_or_default();
        let reasons = self.reasons(decision, conclusion);
        let drawn = decision.concludes(conclusion);
        let says = |drawn: Option<bool>, by: &[ClauseId]| match drawn {
            None => self.not_covered(decision),
            Some(drawn) => {
                let not = if drawn { "" } else { "not " };
                format!("{not}{name}{}", self.by(by))
            }
        };
        Seen {
            expected: says(Some(is_drawn), by),
            got: says(drawn, &reasons),
            pence: None,
            is_as_expected: drawn == Some(is_drawn) && self.are_among(by, &reasons),
            what: name.clone(),
        }
    }

    fn by(&self, clauses: &[ClauseId]) -> String {
        if clauses.is_empty() {
            return String::new();
        }
        format!(" by {}", listed(&self.numbers(clauses)))
    }

    /// Whether each of the clauses, or another wording of it, is among those found.
    fn are_among(&self, clauses: &[ClauseId], found: &[ClauseId]) -> bool {
        let found = self.numbers(found);
        self.numbers(clauses).iter().all(|number| found.contains(number))
    }

    fn not_covered(&self, decision: &Decision) -> String {
        format!("not covered{}", self.by(&self.reasons_for_no_cover(decision)))
    }

    fn see_cover(&self, by: &[ClauseId], decision: &Decision) -> Seen {
        let reasons = self.reasons_for_no_cover(decision);
        let is_covered = decision.is_covered();
        Seen {
            what: String::from("cover"),
            expected: format!("not covered{}", self.by(by)),
            got: if is_covered { String::from("covered") } else { self.not_covered(decision) },
            pence: None,
            is_as_expected: !is_covered && self.are_among(by, &reasons),
        }
    }

    fn see_value(&self, id: ValueId, is: Constant, decision: &Decision) -> Seen {
        let value = self.checked().values.get(id.index());
        let kind = value.map_or(&Type::Broken, |value| &value.kind);
        let expected = match (is, kind) {
            (Constant::Number(number), Type::Number(of)) => crate::reading::show(of, number),
            (Constant::Date(day), _) => day.to_string(),
            (constant, kind) => self.show_constant(kind, constant),
        };
        let got = match self.show_value(decision, id) {
            Some(got) => got,
            None if !decision.is_covered() => self.not_covered(decision),
            None => String::from("not given by any clause"),
        };
        let pence = match (is, self.number(decision, id)) {
            (Constant::Number(expected), Some(got)) => self.pence_more(kind, expected, got),
            _ => None,
        };
        Seen {
            what: value.map(|value| value.name.clone()).unwrap_or_default(),
            is_as_expected: expected == got,
            expected,
            got,
            pence,
        }
    }

    /// By how many whole pence an amount is more than another.
    fn pence_more(&self, kind: &Type, expected: i64, got: i64) -> Option<i64> {
        let Type::Number(number) = kind else { return None };
        let more = got.checked_sub(expected)?;
        let is_whole = more.checked_rem(number.denominator) == Some(0);
        (number.unit.is_money() && is_whole).then(|| more / number.denominator)
    }

    fn see_payment(&self, party: PartyId, unit: UnitId, pence: i64, decision: &Decision) -> Seen {
        let nothing = !self.ever_pays(party, unit) && decision.is_covered();
        let nothing = nothing && decision.is_final(unit);
        let pays = decision.pays(party, unit).or(nothing.then_some(Money::ZERO));
        self.see_amount(party, unit, pence, pays, decision)
    }

    /// Whether some clause can make a party pay in a unit.
    fn ever_pays(&self, party: PartyId, unit: UnitId) -> bool {
        let mut totals = self.program().answers().totals.iter();
        totals.any(|total| (total.party, total.unit) == (party, unit))
    }

    fn see_amount(
        &self,
        party: PartyId,
        unit: UnitId,
        pence: i64,
        pays: Option<Money>,
        decision: &Decision,
    ) -> Seen {
        let name = self.checked().parties.get(party.index());
        let after = self.checked().units.get(unit.index()).map(crate::unit::Unit::after_amount);
        let after = after.unwrap_or_default();
        Seen {
            what: name.map(|party| party.name.clone()).unwrap_or_default(),
            expected: format!("{}{after}", Money::from_pence(pence)),
            got: match pays {
                Some(pays) if pays.pence() != pence => {
                    format!("{pays}{after}{}", self.beside(party, unit, decision))
                }
                Some(pays) => format!("{pays}{after}"),
                None if !decision.is_final(unit) => self.awaited(decision, unit),
                None => self.not_covered(decision),
            },
            pence: pays.and_then(|pays| pays.pence().checked_sub(pence)),
            is_as_expected: pays == Some(Money::from_pence(pence)),
        }
    }

    /// What a party pays in other units: `, and £250.00 a week beside it`.
    fn beside(&self, party: PartyId, unit: UnitId, decision: &Decision) -> String {
        let others = decision
            .totals()
            .filter(|(of, other, amount)| *of == party && *other != unit && *amount != Money::ZERO);
        let shown = others.map(|(_, unit, amount)| {
            let unit = self.checked().units.get(unit.index());
            format!("{amount}{}", unit.map(crate::unit::Unit::after_amount).unwrap_or_default())
        });
        match listed(&shown.collect::<Vec<_>>()) {
            shown if shown.is_empty() => shown,
            shown => format!(", and {shown} beside it"),
        }
    }

    /// `£320.00 a week awaits the joint panel`
    fn awaited(&self, decision: &Decision, unit: UnitId) -> String {
        let record = self.recorded_awaiting(decision, Some(unit));
        listed(&record.iter().map(ToString::to_string).collect::<Vec<_>>())
    }

    fn see_clauses(&self, what: &str, by: &[ClauseId], found: &[ClauseId]) -> Seen {
        let is_as_expected = !found.is_empty() && self.are_among(by, found);
        let not = if found.is_empty() { "not " } else { "" };
        Seen {
            what: String::from("the case"),
            expected: format!("{what}{}", self.by(by)),
            got: format!("{not}{what}{}", self.by(found)),
            pence: None,
            is_as_expected,
        }
    }

    fn see_panel(&self, panel: PanelId, decision: &Decision, refused: Option<&Refused>) -> Seen {
        let name = self.checked().panels.get(panel.index());
        let name = name.map(|panel| panel.name.as_str()).unwrap_or_default();
        let is_awaited = matches!(refused, Some(Refused::AwaitsPanel { panel, .. }) if panel == name)
            || decision.awaiting().any(|awaiting| awaiting.panel == panel);
        Seen {
            what: String::from("the case"),
            expected: format!("awaits {name}"),
            got: match refused {
                Some(refused) => format!("refused: {refused}"),
                None => String::from("decided"),
            },
            pence: None,
            is_as_expected: is_awaited,
        }
    }

    fn see_refusal(&self, by: &[ClauseId], refused: Option<&Refused>) -> Seen {
        let by = self.numbers(by);
        let expected = format!("refused by {}", listed(&by));
        let (got, is_as_expected) = match refused {
            Some(Refused::ByPolicy { message, clauses, .. }) => {
                (format!("refused: {message}"), by.iter().all(|clause| clauses.contains(clause)))
            }
            Some(other) => (format!("refused: {other}"), by.is_empty()),
            None => (String::from("decided"), false),
        };
        Seen { what: String::from("the case"), expected, got, pence: None, is_as_expected }
    }
}
