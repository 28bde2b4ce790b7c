//! Examples of which not everything is known: what was expected beside what can come.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use apportion_core::money::Money;
use apportion_core::outlook::{Question, Range, Topic, Unknown};
use apportion_core::program::{ConclusionId, FactId, PanelId, PartyId, UnitId, ValueId};
use apportion_core::range::Span;

use super::Seen;
use crate::checked::{Constant, ExpectKind, Type, UnknownExpect};
use crate::foresee::Foresight;
use crate::foreseen::CanBe;
use crate::naming::listed;
use crate::policy::Policy;
use crate::reading::show;

impl Policy {
    /// Looks at what an expectation is about. `None` where it is about an item, of which nothing
    /// is foreseen.
    pub(super) fn see_open(&self, expect: &ExpectKind, foresight: &Foresight) -> Option<Seen> {
        Some(match expect {
            ExpectKind::Conclusion { conclusion, is_drawn, by } => {
                let reasons = foresight.reasons.get(conclusion.index())?;
                let name = &self.checked().conclusions.get(conclusion.index())?.name;
                let says = |is_drawn: bool, by: &[_]| {
                    format!("{}{name}{}", if is_drawn { "" } else { "not " }, self.by(by))
                };
                let drawn = foresight.concludes(*conclusion);
                let needs =
                    || format!("{name} {}", self.needs(foresight, Topic::Conclusion(*conclusion)));
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
            ExpectKind::OfItem { .. } => return None,
            ExpectKind::Unknown(expect) => self.see_unknown(expect, foresight)?,
        })
    }

    fn see_unknown(&self, expect: &UnknownExpect, foresight: &Foresight) -> Option<Seen> {
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
            UnknownExpect::ConclusionNeeds { conclusion, facts } => {
                let name = self.conclusion_name(*conclusion);
                self.see_needs(name, Topic::Conclusion(*conclusion), facts, foresight)
            }
            UnknownExpect::ValueNeeds { value, facts } => {
                let name = self.checked().values.get(value.index())?.name.clone();
                self.see_needs(name, Topic::Value(*value), facts, foresight)
            }
            UnknownExpect::PaymentsNeed { facts } => {
                self.see_needs(String::from("payments"), Topic::Payments, facts, foresight)
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
        let prospect = foresight.outlook.prospect(Question::Pays(party, unit))?;
        let span = self.foreseen_pence(foresight, party, unit);
        let awaits = self.awaited_panels(foresight, unit);
        let is_one = span.is_some_and(|span| span.only().is_some());
        let got = match span {
            None => String::from("nothing that is decided"),
            Some(span) if !awaits.is_empty() => {
                format!("{} so far; the rest awaits {}", text(span), listed(&awaits))
            }
            Some(span) if is_one && !prospect.is_settled => {
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

    /// `needs seizures and breathing`
    fn needs(&self, foresight: &Foresight, topic: Topic) -> String {
        let needs = foresight.needs(topic);
        let names = needs.iter().filter_map(|need| foresight.open.get(need.missing));
        needs_text(&names.map(|unknown| self.unknown_name(unknown)).collect::<Vec<_>>())
    }

    fn unknown_name(&self, unknown: &Unknown) -> String {
        match unknown {
            Unknown::Fact { fact, item, .. } => {
                let name = self.fact_name(*fact);
                item.map_or(name.clone(), |item| format!("{name} of {}", self.show_item(item)))
            }
            Unknown::Items { list } => {
                let list = self.lists().get(list.index());
                list.map(|list| list.plural.clone()).unwrap_or_default()
            }
        }
    }

    fn fact_name(&self, fact: FactId) -> String {
        self.facts().get(fact.index()).map(|fact| fact.name.clone()).unwrap_or_default()
    }

    /// Whatever the order: the facts are the whole set.
    fn see_needs(
        &self,
        what: String,
        topic: Topic,
        facts: &[FactId],
        foresight: &Foresight,
    ) -> Seen {
        let expected: Vec<String> = facts.iter().map(|fact| self.fact_name(*fact)).collect();
        let needs = foresight.needs(topic);
        let needed = needs.iter().filter_map(|need| foresight.open.get(need.missing));
        let needed: Vec<String> = needed.map(|unknown| self.unknown_name(unknown)).collect();
        let (mut one, mut other) = (expected.clone(), needed.clone());
        one.sort_unstable();
        other.sort_unstable();
        Seen {
            what,
            expected: needs_text(&expected),
            got: needs_text(&needed),
            pence: None,
            is_as_expected: one == other,
        }
    }
}

fn needs_text(names: &[String]) -> String {
    match names {
        [] => String::from("needs nothing"),
        // As an example would expect it.
        names => format!("needs {}", names.join(", ")),
    }
}
