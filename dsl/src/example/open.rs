//! Examples of which not everything is known: what was expected beside what can come.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use apportion_core::case::Case;
use apportion_core::money::Money;
use apportion_core::outlook::{Question, Range, Topic, Unknown};
use apportion_core::program::{ConclusionId, FactId, Item, PanelId, PartyId, UnitId, ValueId};
use apportion_core::range::Span;

use super::{Seen, item_named};
use crate::checked::{Constant, Example, ExpectKind, Needed, Type, UnknownExpect};
use crate::foresee::Foresight;
use crate::foreseen::CanBe;
use crate::naming::listed;
use crate::policy::Policy;
use crate::reading::show;
use crate::refusal::Refused;

/// What can come of the case of an example, and of each item of which it expects something.
pub(super) struct Foresights<'e> {
    example: &'e Example,
    of_case: Foresight,
    of_items: Vec<(Item, Foresight)>,
}

impl Policy {
    pub(super) fn foresights<'e>(
        &self,
        example: &'e Example,
        case: &Case,
    ) -> Result<Foresights<'e>, Refused> {
        let of_case = self.foresight(case, None)?;
        let mut of_items: Vec<(Item, Foresight)> = Vec::new();
        for expect in &example.expect {
            let ExpectKind::OfItem { list, index, .. } = expect.kind else { continue };
            let item = Item { list, index };
            if !of_items.iter().any(|(known, _)| *known == item) {
                of_items.push((item, self.foresight(case, Some(item))?));
            }
        }
        Ok(Foresights { example, of_case, of_items })
    }

    /// Looks at what an expectation is about.
    pub(super) fn see_open(&self, expect: &ExpectKind, of: &Foresights<'_>) -> Seen {
        self.see_any_open(expect, of).unwrap_or_else(Seen::nothing)
    }

    fn see_any_open(&self, expect: &ExpectKind, of: &Foresights<'_>) -> Option<Seen> {
        let ExpectKind::OfItem { list, index, kind } = expect else {
            return self.see_open_of(expect, &of.of_case, of);
        };
        let item = Item { list: *list, index: *index };
        let (_, foresight) = of.of_items.iter().find(|(known, _)| *known == item)?;
        let is_of_case = matches!(
            **kind,
            ExpectKind::NotCovered { .. }
                | ExpectKind::Referred { .. }
                | ExpectKind::Awaits { .. }
                | ExpectKind::Refused { .. }
        );
        let foresight = if is_of_case { &of.of_case } else { foresight };
        Some(self.see_open_of(kind, foresight, of)?.of_item(of.example, item))
    }

    fn see_open_of(
        &self,
        expect: &ExpectKind,
        foresight: &Foresight,
        of: &Foresights<'_>,
    ) -> Option<Seen> {
        Some(match expect {
            ExpectKind::Conclusion { conclusion, is_drawn, by } => {
                let reasons = foresight.reasons.get(conclusion.index())?;
                let name = &self.checked().conclusions.get(conclusion.index())?.name;
                let says = |is_drawn: bool, by: &[_]| {
                    format!("{}{name}{}", if is_drawn { "" } else { "not " }, self.by(by))
                };
                let drawn = foresight.concludes(*conclusion);
                let needs = || {
                    let needed = needed(foresight, Topic::Conclusion(*conclusion));
                    format!("{name} {}", self.needs_text(&needed, foresight, of))
                };
                Seen {
                    what: name.clone(),
                    expected: says(*is_drawn, by),
                    got: drawn.map_or_else(needs, |drawn| says(drawn, reasons)),
                    pence: None,
                    is_as_expected: drawn == Some(*is_drawn) && self.are_among(by, reasons),
                }
            }
            ExpectKind::NotCovered { by } => {
                let outcomes = foresight.outlook.outcomes();
                let is_settled = !outcomes.decided && outcomes.refused.is_empty();
                let reasons = &foresight.reasons_for_no_cover;
                Seen {
                    what: String::from("cover"),
                    expected: format!("not covered{}", self.by(by)),
                    got: match (is_settled, outcomes.outside) {
                        (true, _) => format!("not covered{}", self.by(reasons)),
                        (false, true) => String::from("not settled"),
                        (false, false) => String::from("covered"),
                    },
                    pence: None,
                    is_as_expected: is_settled && self.are_among(by, reasons),
                }
            }
            ExpectKind::Value { value, is } => {
                let is = self.value_text(*value, *is);
                self.see_value_open(*value, &CanBe::Between(is.clone(), is), foresight)?
            }
            ExpectKind::Pays { party, unit, pence } => {
                self.see_pays_open(*party, *unit, Span::one(*pence), foresight)?
            }
            ExpectKind::Referred { by } => {
                let referrals = self.program().answers().referrals.iter().enumerate();
                let settled = referrals.filter(|(place, _)| {
                    let prospect = foresight.outlook.prospect(Question::Referred(*place));
                    prospect.is_some_and(|it| {
                        it.is_settled
                            && matches!(it.range, Range::Bytes(bytes) if bytes.only() == Some(1))
                    })
                });
                let referring: Vec<_> = settled.map(|(_, referral)| referral.clause).collect();
                self.see_clauses("referred", by, &referring)
            }
            ExpectKind::Awaits { panel } => self.see_awaits_open(*panel, foresight)?,
            ExpectKind::Refused { by } => Seen {
                what: String::from("the case"),
                expected: format!("refused{}", self.by(by)),
                got: String::from("not settled"),
                pence: None,
                is_as_expected: false,
            },
            // One of an item of an item cannot be written.
            ExpectKind::OfItem { .. } => return None,
            ExpectKind::Unknown(expect) => self.see_unknown(expect, foresight, of)?,
        })
    }

    fn see_unknown(
        &self,
        expect: &UnknownExpect,
        foresight: &Foresight,
        of: &Foresights<'_>,
    ) -> Option<Seen> {
        Some(match expect {
            UnknownExpect::PaysBetween { party, unit, least, greatest } => {
                let span = Span { least: *least, greatest: *greatest };
                self.see_pays_open(*party, *unit, span, foresight)?
            }
            UnknownExpect::ValueBetween { value, least, greatest } => {
                let ends = [least, greatest].map(|end| self.value_text(*value, *end));
                let [least, greatest] = ends;
                self.see_value_open(*value, &CanBe::Between(least, greatest), foresight)?
            }
            UnknownExpect::ConclusionNeeds { conclusion, needed } => {
                let name = self.conclusion_name(*conclusion);
                self.see_needs(name, Topic::Conclusion(*conclusion), needed, foresight, of)
            }
            UnknownExpect::ValueNeeds { value, needed } => {
                let name = self.checked().values.get(value.index())?.name.clone();
                self.see_needs(name, Topic::Value(*value), needed, foresight, of)
            }
            UnknownExpect::PaymentsNeed { needed } => {
                self.see_needs(String::from("payments"), Topic::Payments, needed, foresight, of)
            }
        })
    }

    fn conclusion_name(&self, id: ConclusionId) -> String {
        let conclusion = self.checked().conclusions.get(id.index());
        conclusion.map(|conclusion| conclusion.name.clone()).unwrap_or_default()
    }

    /// A constant as values of this kind are written.
    fn value_text(&self, id: ValueId, is: Constant) -> String {
        let value = self.checked().values.get(id.index());
        match (is, value.map_or(&Type::Broken, |value| &value.kind)) {
            (Constant::Number(number), Type::Number(of)) => show(of, number),
            (Constant::Date(day), _) => day.to_string(),
            (constant, kind) => self.show_constant(kind, constant),
        }
    }

    fn see_value_open(&self, id: ValueId, expected: &CanBe, foresight: &Foresight) -> Option<Seen> {
        let prospect = foresight.outlook.prospect(Question::Value(id))?;
        let can_be = self.value_can_be(id, prospect.range);
        let expected = expected.to_string();
        let is_open = !prospect.is_settled && matches!(&can_be, CanBe::Between(a, b) if a == b);
        let doubt = if is_open { ", which is not settled" } else { "" };
        let got = format!("{can_be}{doubt}");
        Some(Seen {
            what: self.checked().values.get(id.index())?.name.clone(),
            is_as_expected: expected == got,
            expected,
            got,
            pence: None,
        })
    }

    fn see_pays_open(
        &self,
        party: PartyId,
        unit: UnitId,
        expected: Span<i64>,
        foresight: &Foresight,
    ) -> Option<Seen> {
        let text = |span: Span<i64>| {
            let [least, greatest] = [span.least, span.greatest].map(Money::from_pence);
            match least == greatest {
                true => least.to_string(),
                false => format!("between {least} and {greatest}"),
            }
        };
        let prospect = foresight.outlook.prospect(Question::Pays(party, unit));
        let span = match prospect {
            // No clause ever makes the party pay.
            None => foresight.outlook.outcomes().decided.then_some(Span::one(0)),
            Some(_) => self.foreseen_pence(foresight, party, unit),
        };
        let is_settled = prospect.is_none_or(|prospect| prospect.is_settled);
        let awaits = self.awaited_panels(foresight, unit);
        let is_one = span.is_some_and(|span| span.only().is_some());
        let got = match span {
            None => String::from("nothing that is decided"),
            Some(span) if !awaits.is_empty() => {
                format!("{} so far; the rest awaits {}", text(span), listed(&awaits))
            }
            Some(span) if is_one && !is_settled => {
                format!("{}, which is not settled", text(span))
            }
            Some(span) => text(span),
        };
        let expected = text(expected);
        Some(Seen {
            what: self.checked().parties.get(party.index())?.name.clone(),
            is_as_expected: expected == got,
            expected,
            got,
            pence: None,
        })
    }

    fn see_awaits_open(&self, panel: PanelId, foresight: &Foresight) -> Option<Seen> {
        let name = self.checked().panels.get(panel.index())?.name.clone();
        let needs = foresight.needs(Topic::Decision);
        let mut facts = needs.iter().filter_map(|need| foresight.open.get(need.missing));
        let is_for_fact = facts.any(|unknown| match unknown {
            Unknown::Fact { fact, .. } => {
                self.facts().get(fact.index()).is_some_and(|fact| fact.decided_by == Some(panel))
            }
            Unknown::Items { .. } => false,
        });
        let units = (0..).map(UnitId).take(self.checked().units.len());
        let mut awaited = units.flat_map(|unit| self.awaited_panels(foresight, unit));
        let is_awaited = is_for_fact || awaited.any(|awaited| awaited == name);
        Some(Seen {
            what: String::from("the case"),
            expected: format!("awaits {name}"),
            got: format!("{}awaits {name}", if is_awaited { "" } else { "nothing " }),
            pence: None,
            is_as_expected: is_awaited,
        })
    }

    /// `needs seizures, "night sitter" price`, as an example would expect it.
    fn needs_text(&self, needed: &[Needed], foresight: &Foresight, of: &Foresights<'_>) -> String {
        let name = |needed: &Needed| match *needed {
            Needed::Fact { fact, item: Some(item) } if foresight.item != Some(item) => {
                format!("\"{}\" {}", item_named(of.example, item), self.fact_name(fact))
            }
            Needed::Fact { fact, .. } => self.fact_name(fact),
            Needed::Items { list } => {
                let list = self.lists().get(list.index());
                list.map(|list| list.plural.clone()).unwrap_or_default()
            }
        };
        match needed {
            [] => String::from("needs nothing"),
            needed => {
                format!("needs {}", needed.iter().map(name).collect::<Vec<_>>().join(", "))
            }
        }
    }

    fn fact_name(&self, fact: FactId) -> String {
        self.facts().get(fact.index()).map(|fact| fact.name.clone()).unwrap_or_default()
    }

    /// Whatever the order: what is needed is the whole set.
    fn see_needs(
        &self,
        what: String,
        topic: Topic,
        expected: &[Needed],
        foresight: &Foresight,
        of: &Foresights<'_>,
    ) -> Seen {
        let got = needed(foresight, topic);
        let set = |needed: &[Needed]| needed.iter().copied().collect::<BTreeSet<_>>();
        Seen {
            what,
            expected: self.needs_text(expected, foresight, of),
            got: self.needs_text(&got, foresight, of),
            pence: None,
            is_as_expected: set(expected) == set(&got),
        }
    }
}

/// What is needed, in the order in which to ask.
fn needed(foresight: &Foresight, topic: Topic) -> Vec<Needed> {
    let needs = foresight.outlook.needs(topic).iter();
    let unknowns = needs.filter_map(|need| foresight.open.get(need.unknown));
    let needed = unknowns.map(|unknown| match unknown {
        Unknown::Fact { fact, item, .. } => Needed::Fact { fact: *fact, item: *item },
        Unknown::Items { list } => Needed::Items { list: *list },
    });
    needed.collect()
}
