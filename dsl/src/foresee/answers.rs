//! What is told of each answer that may be open, of the case and of its items.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use apportion_core::case::Case;
use apportion_core::money::Money;
use apportion_core::outlook::{Prospect, Question, Range, Topic};
use apportion_core::program::{ConclusionId, Item, ListId, PartyId, UnitId, ValueId};
use apportion_core::range::Span;

use super::Foresight;
use crate::checked::{Constant, Type};
use crate::foreseen::{
    CanBe, ForeseenConclusion, ForeseenItem, ForeseenPayment, ForeseenReferral, ForeseenValue,
};
use crate::policy::Policy;
use crate::reading::show;

impl Policy {
    pub(super) fn foreseen_conclusions(&self, foresight: &Foresight) -> Vec<ForeseenConclusion> {
        let conclusions = self.checked().conclusions.iter().zip((0..).map(ConclusionId));
        let list = foresight.item.map(|item| item.list);
        let conclusions = conclusions.filter(|(conclusion, _)| conclusion.list == list);
        conclusions
            .map(|(conclusion, id)| {
                let is_drawn = foresight.concludes(id);
                let by = foresight.reasons.get(id.index()).filter(|_| is_drawn.is_some());
                ForeseenConclusion {
                    name: conclusion.name.clone(),
                    outside: conclusion.outside.clone(),
                    is_drawn,
                    by: by.map(|by| self.numbers(by)).unwrap_or_default(),
                    needs: foresight.needs(Topic::Conclusion(id)),
                }
            })
            .collect()
    }

    /// What can come of each item of which the policy says anything.
    pub(super) fn foreseen_items(&self, case: &Case, of_case: &Foresight) -> Vec<ForeseenItem> {
        if !of_case.outlook.outcomes().decided {
            return Vec::new();
        }
        let lists = (0..).map(ListId).take(self.lists().len());
        let lists = lists.filter(|list| self.says_something_of_each(*list));
        let items = lists.flat_map(|list| {
            let count = case.items(list).unwrap_or(0);
            (0..count).map(move |index| Item { list, index })
        });
        let foreseen = |item: Item| {
            let foresight = self.foresight(case, Some(item)).ok()?;
            Some(ForeseenItem {
                item: self.item_name(item),
                conclusions: self.foreseen_conclusions(&foresight),
                values: self.foreseen_values(&foresight),
                payments: self.foreseen_payments(&foresight),
                payments_need: foresight.needs(Topic::Payments),
            })
        };
        items.filter_map(foreseen).collect()
    }

    /// Whether anything is concluded of each item of a list, given for it or paid for it.
    fn says_something_of_each(&self, list: ListId) -> bool {
        let checked = self.checked();
        let mut values = checked.values.iter().filter(|value| !value.is_rate);
        checked.conclusions.iter().any(|conclusion| conclusion.list == Some(list))
            || values.any(|value| value.list == Some(list))
            || self.program().answers().lines.iter().any(|line| line.list == Some(list))
    }

    pub(super) fn foreseen_values(&self, foresight: &Foresight) -> Vec<ForeseenValue> {
        let values = self.checked().values.iter().zip((0..).map(ValueId));
        let list = foresight.item.map(|item| item.list);
        let values = values
            .filter(|(value, _)| !value.is_rate && value.each.is_none() && value.list == list);
        values
            .filter_map(|(value, id)| {
                let prospect = foresight.outlook.prospect(Question::Value(id))?;
                Some(ForeseenValue {
                    name: value.name.clone(),
                    outside: value.outside.clone(),
                    unit: match &value.kind {
                        Type::Number(number) => number.unit.after_amount(),
                        _ => String::new(),
                    },
                    can_be: self.value_can_be(id, prospect.range),
                    is_always_given: prospect.is_always_given,
                    is_settled: prospect.is_settled,
                    is_exact: prospect.is_exact,
                    needs: foresight.needs(Topic::Value(id)),
                })
            })
            .collect()
    }

    /// What a value can be, as people write it.
    pub(crate) fn value_can_be(&self, id: ValueId, range: Range) -> CanBe {
        let Some(value) = self.checked().values.get(id.index()) else { return CanBe::Nothing };
        match (range, &value.kind) {
            (Range::Bytes(bytes), Type::Number(number)) => {
                let numbers = bytes.iter().filter_map(|byte| self.number_of_code(id, byte));
                let numbers: Vec<i64> = numbers.collect();
                match (numbers.iter().min(), numbers.iter().max()) {
                    (Some(least), Some(greatest)) => {
                        CanBe::Between(show(number, *least), show(number, *greatest))
                    }
                    _ => CanBe::Nothing,
                }
            }
            (Range::Bytes(bytes), kind) => {
                CanBe::Words(bytes.iter().map(|byte| self.show_word(kind, byte)).collect())
            }
            (Range::Amounts(listed), kind @ Type::Listed { .. }) => match listed.only() {
                Some(words) => {
                    CanBe::Words([self.show_constant(kind, Constant::Listed(words))].into())
                }
                None => CanBe::Open,
            },
            (Range::Amounts(Span { least, greatest }), Type::Number(number)) => {
                CanBe::Between(show(number, least), show(number, greatest))
            }
            (Range::Dates(Span { least, greatest }), _) => {
                CanBe::Between(least.to_string(), greatest.to_string())
            }
            (Range::Nothing | Range::Amounts(_), _) => CanBe::Nothing,
        }
    }

    pub(super) fn foreseen_payments(&self, foresight: &Foresight) -> Vec<ForeseenPayment> {
        let checked = self.checked();
        let has_several = checked.units.len() > 1;
        let prospects = foresight.outlook.prospects().iter();
        prospects
            .filter_map(|prospect| {
                let Question::Pays(party, unit_id) = prospect.question else { return None };
                let party = checked.parties.get(party.index())?;
                let unit = checked.units.get(unit_id.index())?;
                let Span { least, greatest } = pence(prospect)?;
                Some(ForeseenPayment {
                    party: party.name.clone(),
                    outside: party.outside.clone(),
                    unit: unit.after_amount(),
                    unit_outside: if has_several { unit.outside() } else { String::new() },
                    least: Money::from_pence(least),
                    greatest: Money::from_pence(greatest),
                    is_settled: prospect.is_settled,
                    is_exact: prospect.is_exact,
                    awaits: self.awaited_panels(foresight, unit_id),
                })
            })
            .collect()
    }

    /// The panels that may have yet to decide shares in a unit.
    pub(crate) fn awaited_panels(&self, foresight: &Foresight, unit: UnitId) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for (place, awaited) in self.program().answers().awaiting.iter().enumerate() {
            let prospect = foresight.outlook.prospect(Question::Awaits(place));
            let can_be = prospect.is_some_and(|it| match it.range {
                Range::Bytes(bytes) => bytes.has(1),
                _ => false,
            });
            let panel = self.checked().panels.get(awaited.panel.index());
            if let Some(panel) = panel.filter(|_| can_be && awaited.unit == unit) {
                if !names.contains(&panel.name) {
                    names.push(panel.name.clone());
                }
            }
        }
        names
    }

    /// What a party pays in a unit, where the policy covers the case.
    pub(crate) fn foreseen_pence(
        &self,
        foresight: &Foresight,
        party: PartyId,
        unit: UnitId,
    ) -> Option<Span<i64>> {
        pence(foresight.outlook.prospect(Question::Pays(party, unit))?)
    }

    pub(super) fn foreseen_referrals(&self, foresight: &Foresight) -> Vec<ForeseenReferral> {
        let referrals = self.program().answers().referrals.iter().enumerate();
        referrals
            .filter_map(|(place, referral)| {
                let prospect = foresight.outlook.prospect(Question::Referred(place))?;
                let Range::Bytes(bytes) = prospect.range else { return None };
                let panel = self.checked().panels.get(referral.panel.index())?;
                bytes.has(1).then(|| ForeseenReferral {
                    clause: self.clause_number(referral.clause),
                    panel: panel.name.clone(),
                    is_settled: prospect.is_settled,
                })
            })
            .collect()
    }
}

fn pence(prospect: &Prospect) -> Option<Span<i64>> {
    match prospect.range {
        Range::Amounts(pence) => Some(pence),
        _ => None,
    }
}
