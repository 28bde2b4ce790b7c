//! Examples: cases with what is expected of them, one starting from another.

use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::program::{ClauseId, FactId, Item as CaseItem, PartyId, UnitId};

use super::Checker;
use super::example_items::Items;
use super::meaning::Meaning;
use super::mistake::{ExampleMistake, NumberMistake, value_help};
use crate::checked::{Body, Constant, Example, Expect, ExpectKind, Stated, Type, UnknownExpect};
use crate::names::nearest_of;
use crate::naming;
use crate::reading::{self, ReadMistake};
use crate::syntax::{self, Given, Item, Name, Reference, Spanned};

/// `not known`, written out, is always not known, default or not.
pub(crate) const NOT_KNOWN: &str = "not known";

impl Checker<'_> {
    /// Checks all examples, in the order written: a base must stand above.
    pub(super) fn check_examples(&mut self) {
        self.clause = None;
        let blocks = &self.syntax.blocks;
        for block in blocks {
            self.block_start = block.span.start;
            if let Item::Example(example) = &block.item {
                self.check_example(example);
            }
        }
    }

    fn check_example(&mut self, written: &syntax::Example) {
        let (mut given, mut items) = match &written.base {
            None => (Vec::new(), Vec::new()),
            Some(base) => match self.policy.examples.iter().find(|e| e.name == base.value) {
                Some(base) => (base.given.clone(), base.items.clone()),
                None => {
                    let key = naming::word_key(&base.value);
                    // An example with a mistake is left out, and its mistake reported; so is
                    // what starts from it.
                    let is_left_out = self.names.is_lost(&key) || self.told.contains(&key);
                    self.told.insert(naming::word_key(&written.name.value));
                    if is_left_out {
                        return;
                    }
                    let span = self.place(base.span);
                    let above = self.policy.examples.iter().map(|example| example.name.as_str());
                    let near = nearest_of(above, &base.value).map(String::from);
                    self.report(ExampleMistake::NoSuchExample { span, near });
                    return;
                }
            },
        };
        let named: Vec<FactId> =
            written.given.iter().filter_map(|it| self.named_fact(it)).collect();
        self.forget_panels(&named, &mut given);
        let inherited: Vec<FactId> = given.iter().map(|(fact, _)| *fact).collect();
        for stated in &written.given {
            if stated.is_other {
                self.others(stated, &named, &inherited, &mut given);
            } else {
                self.one(stated, &mut given);
            }
        }
        written.items.iter().for_each(|part| self.item_part(part, &mut items));
        let mut expect = Vec::new();
        for expected in &written.expect {
            let span = self.place(expected.span);
            let kind = match &expected.value {
                syntax::Expect::OfItem { item, expect } => {
                    self.expected_of_item(item, expect, &items)
                }
                expect => self.expected(expect, None, &items),
            };
            if let Some(kind) = kind {
                expect.push(Expect { kind, span });
            }
        }
        let span = self.place(written.name.span);
        self.policy.examples.push(Example {
            name: written.name.value.clone(),
            given,
            items,
            inherited: inherited.into_iter().filter(|fact| !named.contains(fact)).collect(),
            expect,
            span,
        });
    }

    fn named_fact(&self, given: &Given) -> Option<FactId> {
        let panel = given.panel.as_ref().map(|panel| self.meaning(&panel.key));
        match (panel, self.meaning(&given.name.key)) {
            (None, Some(Meaning::Fact(fact))) => Some(fact),
            (Some(Some(Meaning::Panel(panel))), Some(Meaning::Party(party))) => {
                self.share_fact(panel, party)
            }
            _ => None,
        }
    }

    pub(super) fn one(&mut self, stated: &Given, given: &mut Vec<(FactId, Stated)>) {
        let fact = match &stated.panel {
            Some(panel) => self.decided_share(panel, &stated.name),
            None => self.fact_in_its_place(&stated.name),
        };
        if let Some(fact) = fact {
            if let Some(value) = self.stated(fact, &stated.value) {
                state(given, (fact, value));
            }
        }
    }

    /// The fact that is stated by its name, if it is one and may be stated here.
    fn fact_in_its_place(&mut self, name: &Name) -> Option<FactId> {
        let Some(Meaning::Fact(fact)) = self.meaning(&name.key) else {
            self.wrong_kind(name, "a fact");
            return None;
        };
        self.is_stated_in_its_place(fact, name).then_some(fact)
    }

    /// `other domains low`: every member named neither here nor in what is inherited.
    fn others(
        &mut self,
        stated: &Given,
        named: &[FactId],
        inherited: &[FactId],
        given: &mut Vec<(FactId, Stated)>,
    ) {
        let Some(family) = self.family(&stated.name) else { return };
        let family = self.policy.families.get(family.0 as usize);
        let members = family.map(|family| family.members.clone()).unwrap_or_default();
        for member in members {
            if !named.contains(&member) && !inherited.contains(&member) {
                let Some(value) = self.stated(member, &stated.value) else { return };
                state(given, (member, value));
            }
        }
    }

    fn stated(&mut self, fact: FactId, text: &Spanned<String>) -> Option<Stated> {
        if crate::naming::word_key(&text.value) == NOT_KNOWN {
            return Some(Stated::NotKnown);
        }
        let declared = self.policy.facts.get(fact.index())?;
        if declared.is_text || declared.kind == Type::Broken {
            return None;
        }
        match reading::read(declared, &self.policy.word_lists, &text.value) {
            Ok(constant) => Some(Stated::Known(constant)),
            Err(mistake) => {
                let lists = &self.policy.word_lists;
                let is_value = |text: &str| reading::read(declared, lists, text).is_ok();
                let help = match naming::word_key(&text.value).as_str() {
                    "unknown" => Some(String::from("write `not known` where it is not known")),
                    _ => value_help(&mistake, &text.value, is_value),
                };
                let (fact, mistake) = (declared.name.clone(), self.in_force(fact, mistake));
                let key = naming::word_key(&text.value);
                match &mistake {
                    ReadMistake::NotAWord { words } if self.is_told_of_word(&key, words) => {
                        return None;
                    }
                    _ => {}
                }
                let span = self.place(text.span);
                self.report(ExampleMistake::NoValue { fact, span, mistake, help });
                None
            }
        }
    }

    /// A date out of the bounds of the fact that dates the case is out of the version's.
    fn in_force(&self, fact: FactId, mistake: ReadMistake) -> ReadMistake {
        match mistake {
            ReadMistake::DateOutOfBounds { .. } if self.policy.dated_by == Some(fact) => {
                let (from, until) = (self.policy.version.from, self.policy.version.until);
                until.map_or(ReadMistake::BeforeInForce { from }, |until| {
                    ReadMistake::DateOutOfBounds { first: from, last: until }
                })
            }
            other => other,
        }
    }

    /// What is expected of the case, or of one of the items that the example states.
    pub(super) fn expected(
        &mut self,
        written: &syntax::Expect,
        of: Option<CaseItem>,
        items: &Items,
    ) -> Option<ExpectKind> {
        match written {
            // What is expected of an item is looked at where the items are known.
            syntax::Expect::OfItem { .. } => None,
            syntax::Expect::Conclusion { conclusion, not, by } => {
                let Some(Meaning::Conclusion(id)) = self.meaning(&conclusion.key) else {
                    self.wrong_kind(conclusion, "a conclusion");
                    return None;
                };
                self.is_conclusion_in_its_place(id, conclusion)?;
                let by = self.reasons(by)?;
                Some(ExpectKind::Conclusion { conclusion: id, is_drawn: !not, by })
            }
            syntax::Expect::NotCovered { by } => {
                Some(ExpectKind::NotCovered { by: self.reasons(by)? })
            }
            syntax::Expect::Referred { by } => Some(ExpectKind::Referred { by: self.reasons(by)? }),
            syntax::Expect::Refused { by } => Some(ExpectKind::Refused { by: self.reasons(by)? }),
            syntax::Expect::Awaits { panel } => {
                Some(ExpectKind::Awaits { panel: self.panel(panel)? })
            }
            syntax::Expect::Amount { name, value } => self.expected_amount(name, value),
            syntax::Expect::Between { name, least, greatest } => {
                self.expected_between(name, least, greatest)
            }
            syntax::Expect::Needs { name, needed } => {
                self.expected_needs(name.as_ref(), needed, of, items)
            }
        }
    }

    fn reasons(&mut self, by: &[Reference]) -> Option<Vec<ClauseId>> {
        let mut clauses = Vec::new();
        for reference in by {
            clauses.extend(self.clauses_of(reference)?);
        }
        // Whichever of its wordings is in force, it is one clause.
        clauses.dedup_by_key(|clause| self.clause_number(*clause));
        Some(clauses)
    }

    fn expected_amount(&mut self, name: &Name, value: &Spanned<String>) -> Option<ExpectKind> {
        match self.meaning(&name.key) {
            Some(Meaning::Party(party)) => {
                let (unit, pence) = self.paid(party, value)?;
                Some(ExpectKind::Pays { party, unit, pence })
            }
            Some(Meaning::Value(id)) => {
                self.is_value_in_its_place(id, name)?;
                let kind = self.policy.values.get(id.index())?.kind.clone();
                let is = self.read_expected(&kind, value)?;
                Some(ExpectKind::Value { value: id, is })
            }
            _ => {
                self.wrong_kind(name, "a party, a value or a conclusion");
                None
            }
        }
    }

    fn read_expected(&mut self, kind: &Type, value: &Spanned<String>) -> Option<Constant> {
        if *kind == Type::Broken {
            return None;
        }
        match reading::read_type(kind, &self.policy.word_lists, &value.value) {
            Ok(constant) => Some(constant),
            Err(mistake) => {
                let lists = &self.policy.word_lists;
                let is_value = |text: &str| reading::read_type(kind, lists, text).is_ok();
                let help = value_help(&mistake, &value.value, is_value);
                let span = self.place(value.span);
                self.report(ExampleMistake::NoExpectation { span, mistake, help });
                None
            }
        }
    }

    /// What a party is expected to pay, in the unit after it or the only one there is.
    fn paid(&mut self, _party: PartyId, value: &Spanned<String>) -> Option<(UnitId, i64)> {
        let units = self.policy.units.clone();
        // A limit alone makes nobody pay in its unit.
        let paid = self.units_paid_in();
        let paid = paid.iter().map(|unit| unit.index());
        let tail = |unit: &crate::unit::Unit| unit.after_amount();
        let place = units
            .iter()
            .position(|unit| !tail(unit).is_empty() && value.value.ends_with(&tail(unit)))
            .or(paid.clone().next().filter(|_| paid.len() == 1))
            .or(units.iter().position(|unit| tail(unit).is_empty()));
        let Some((place, unit)) = place.and_then(|place| Some((place, units.get(place)?))) else {
            if self.has_broken_clause() {
                return None;
            }
            let span = self.place(value.span);
            let units = paid.filter_map(|unit| units.get(unit));
            let units = units.map(|unit| alloc::format!("£5.00{}", tail(unit))).collect();
            self.report(ExampleMistake::WhichUnit { span, units });
            return None;
        };
        let kind = Type::Number(crate::number::Number {
            unit: unit.clone(),
            denominator: 1,
            least: i64::MIN,
            greatest: i64::MAX,
        });
        let is_amount = reading::read_type(&kind, &self.policy.word_lists, &value.value).is_ok();
        // It may be in the unit of a payment that could not be read.
        if !is_amount && self.has_broken_clause() {
            return None;
        }
        match self.read_expected(&kind, value)? {
            Constant::Number(pence) => Some((UnitId(super::id(place)), pence)),
            _ => None,
        }
    }

    /// Whether some clause means nothing, which has been reported: it may be the one that pays.
    pub(super) fn has_broken_clause(&self) -> bool {
        let mut provisions = self.policy.provisions.iter();
        let mut blocks = self.syntax.blocks.iter();
        provisions.any(|provision| provision.body == Body::Broken)
            || blocks.any(|block| matches!(block.item, Item::Broken { number: Some(_) }))
    }

    fn expected_between(
        &mut self,
        name: &Name,
        least: &Spanned<String>,
        greatest: &Spanned<String>,
    ) -> Option<ExpectKind> {
        let expect = match self.meaning(&name.key) {
            Some(Meaning::Party(party)) => {
                let (unit, least) = self.paid(party, least)?;
                let (_, most) = self.paid(party, greatest)?;
                self.ends_rise(least <= most, greatest)?;
                let greatest = most;
                UnknownExpect::PaysBetween { party, unit, least, greatest }
            }
            Some(Meaning::Value(value)) => {
                self.is_value_in_its_place(value, name)?;
                let kind = self.policy.values.get(value.index())?.kind.clone();
                let least = self.read_expected(&kind, least)?;
                let most = self.read_expected(&kind, greatest)?;
                self.ends_rise(do_rise(least, most), greatest)?;
                let greatest = most;
                UnknownExpect::ValueBetween { value, least, greatest }
            }
            _ => {
                self.wrong_kind(name, "a party or a value");
                return None;
            }
        };
        Some(ExpectKind::Unknown(expect))
    }

    /// Reports a first end that is above the second.
    fn ends_rise(&mut self, do_rise: bool, second: &Spanned<String>) -> Option<()> {
        if !do_rise {
            let span = self.place(second.span);
            self.report(NumberMistake::RangeReversed { span });
        }
        do_rise.then_some(())
    }
}

/// A later statement of a fact stands for an earlier one.
pub(super) fn state(given: &mut Vec<(FactId, Stated)>, (fact, value): (FactId, Stated)) {
    match given.iter_mut().find(|(earlier, _)| *earlier == fact) {
        Some(earlier) => earlier.1 = value,
        None => given.push((fact, value)),
    }
}

/// Whether the second of two values of one type is not below the first; words have no order here.
fn do_rise(least: Constant, most: Constant) -> bool {
    match (least, most) {
        (Constant::Number(least), Constant::Number(most)) => least <= most,
        (Constant::Date(least), Constant::Date(most)) => least <= most,
        _ => true,
    }
}
