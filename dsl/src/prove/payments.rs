//! What the parties pay, beside what promises say they do.

use alloc::vec::Vec;

use apportion_core::program::{ListId, PartyId, UnitId};

use super::evaluate::{Evaluation, Stop, Worked};
use super::ledger::ledger;
use super::linear::Linear;
use super::possible::Tri;
use crate::checked::{
    Aggregate, Expression, ExpressionKind, OverItems, Provision, ProvisionId, Type,
};

/// Whether a party pays more, or less, than an amount.
pub(super) fn is_beyond<'a>(
    it: &mut Evaluation<'_, 'a>,
    party: PartyId,
    is_most: bool,
    amount: &'a Expression,
) -> Worked<Tri> {
    let pays = match unit_of(it, amount) {
        Some(unit) => ledger(it)?.total(party, unit),
        None => Linear::nothing(),
    };
    let amount = it.sum(amount)?;
    let beyond = if is_most { pays.minus(&amount) } else { amount.minus(&pays) };
    Ok(it.is_above_nothing(&beyond.ok_or(Stop::TooLarge)?))
}

fn unit_of(it: &Evaluation<'_, '_>, amount: &Expression) -> Option<UnitId> {
    let Type::Number(number) = &amount.of else { return None };
    let place = it.prover().policy.units.iter().position(|unit| *unit == number.unit)?;
    u32::try_from(place).ok().map(UnitId)
}

/// What is paid less what was promised: for the case, and for one item of each list.
struct Difference<'a> {
    of_case: Linear<'a>,
    of_items: Vec<(ListId, Linear<'a>)>,
}

/// Whether the payments in the unit of an amount do not add up to it.
///
/// They add up where those for the case do, and those for each item do with what the promise says of
/// it, whichever item that is.
pub(super) fn do_not_add_up<'a>(
    it: &mut Evaluation<'_, 'a>,
    promised: &'a Expression,
) -> Worked<Tri> {
    let unit = unit_of(it, promised);
    let mut difference = Difference { of_case: Linear::nothing(), of_items: Vec::new() };
    for (id, provision) in (0..).map(ProvisionId).zip(&it.prover().policy.provisions) {
        if provision.body.unit_of_payment().is_none_or(|of| Some(of) != unit) {
            continue;
        }
        if difference.pay(it, id, provision)? == Tri::Open {
            return Ok(Tri::Open);
        }
    }
    if difference.promise(it, promised)? == Tri::Open {
        return Ok(Tri::Open);
    }
    let Difference { mut of_case, of_items } = difference;
    if it.has_one_of_each() {
        for (_, of_item) in &of_items {
            of_case = of_case.plus(of_item).ok_or(Stop::TooLarge)?;
        }
        return Ok(it.is_something(&of_case));
    }
    let of_items = of_items.iter().map(|(_, of_item)| it.is_something(of_item));
    Ok(of_items.fold(it.is_something(&of_case), Tri::or))
}

impl<'a> Difference<'a> {
    fn of(&mut self, list: Option<ListId>) -> Option<&mut Linear<'a>> {
        let Some(list) = list else { return Some(&mut self.of_case) };
        if !self.of_items.iter().any(|(of, _)| *of == list) {
            self.of_items.push((list, Linear::nothing()));
        }
        let mut of_items = self.of_items.iter_mut();
        of_items.find(|(of, _)| *of == list).map(|(_, difference)| difference)
    }

    fn add(&mut self, list: Option<ListId>, amount: &Linear<'a>) -> Worked<()> {
        let difference = self.of(list).ok_or(Stop::TooLarge)?;
        *difference = difference.clone().plus(amount).ok_or(Stop::TooLarge)?;
        Ok(())
    }

    fn take_away(&mut self, list: Option<ListId>, amount: &Linear<'a>) -> Worked<()> {
        self.add(list, &Linear::nothing().minus(amount).ok_or(Stop::TooLarge)?)
    }

    /// Adds what a clause pays; open where that hangs on more than is known.
    fn pay(
        &mut self,
        it: &mut Evaluation<'_, 'a>,
        id: ProvisionId,
        provision: &'a Provision,
    ) -> Worked<Tri> {
        let Some(amount) = provision.body.amount() else { return Ok(Tri::No) };
        let applies = it.applies(id).ok_or(Stop::Refused)?;
        if applies == Tri::Yes {
            self.add(provision.list, &it.sum(amount)?)?;
        }
        Ok(applies)
    }

    /// Takes away what is promised; open where that hangs on more than is known.
    fn promise(&mut self, it: &mut Evaluation<'_, 'a>, promised: &'a Expression) -> Worked<Tri> {
        match &promised.kind {
            ExpressionKind::Add(a, b) => {
                let first = self.promise(it, a)?;
                let second = self.promise(it, b)?;
                Ok(if first == Tri::Open { first } else { second })
            }
            ExpressionKind::Value(value) => match it.defined_surely(*value)? {
                Some(expression) => match it.deeper(|it| self.promise(it, expression)) {
                    Some(answer) => answer,
                    None => self.promise_of_case(it, promised),
                },
                None => self.promise_of_case(it, promised),
            },
            ExpressionKind::Items(over) if over.aggregate == Aggregate::Sum => {
                self.promise_of_items(it, over)
            }
            _ => self.promise_of_case(it, promised),
        }
    }

    fn promise_of_case(
        &mut self,
        it: &mut Evaluation<'_, 'a>,
        promised: &'a Expression,
    ) -> Worked<Tri> {
        self.take_away(None, &it.sum(promised)?)?;
        Ok(Tri::Yes)
    }

    /// What is promised of each item that counts.
    fn promise_of_items(
        &mut self,
        it: &mut Evaluation<'_, 'a>,
        over: &'a OverItems,
    ) -> Worked<Tri> {
        if it.is_without(Some(over.list)) {
            return Ok(Tri::No);
        }
        let counts = it.condition(&over.filter).ok_or(Stop::Refused)?;
        if let (Tri::Yes, Some(of)) = (counts, &over.of) {
            self.take_away(Some(over.list), &it.sum(of)?)?;
        }
        Ok(counts)
    }
}
