//! What one clause makes the parties pay.

use alloc::vec::Vec;

use apportion_core::money::Money;
use apportion_core::program::{ClauseId, PartyId};
use apportion_core::split::Split;

use crate::checked::{Body, Expression, Provision, ProvisionId, Share, Spare};
use crate::prove::evaluate::{Evaluation, Stop, Worked};
use crate::prove::linear::{Linear, Quantity, Thing};
use crate::prove::possible::{Possible, Tri};
use crate::prove::space::Choice;
use crate::ratio::Ratio;

/// The parts of an amount.
#[derive(Default)]
pub(in crate::prove) struct Parts<'a> {
    pub(in crate::prove) of: Vec<(PartyId, Linear<'a>)>,
    /// Whether the parts may await a panel; none where no panel decides them.
    pub(in crate::prove) awaits: Option<Tri>,
}

/// Between what a party's share lies.
pub(in crate::prove) type ShareOf = (Ratio, Ratio);

/// The shares of a split.
pub(in crate::prove) struct Shares {
    pub(in crate::prove) of: Vec<ShareOf>,
    pub(in crate::prove) is_for_a_panel: bool,
}

/// The parts of what a clause puts up, where it applies.
pub(super) fn parts<'a>(
    it: &mut Evaluation<'_, 'a>,
    id: ProvisionId,
    provision: &'a Provision,
) -> Worked<Parts<'a>> {
    match &provision.body {
        Body::Pay { party, amount, .. } => {
            Ok(Parts { of: Vec::from([(*party, it.sum(amount)?)]), awaits: None })
        }
        Body::PayInTurn { amount, tiers, last, .. } => in_turn(it, id, amount, tiers, *last),
        Body::Split { amount, shares, spare, .. } => {
            let amount = it.sum(amount)?;
            let shares = shares_of(it, shares)?;
            let awaits = shares.is_for_a_panel.then_some(Tri::Open);
            Ok(Parts { of: divided(it, id, &amount, &shares.of, *spare)?, awaits })
        }
        Body::Proportion { amount, weights, spare, .. } => {
            let amount = it.sum(amount)?;
            let shares = in_proportion(it, weights)?;
            Ok(Parts { of: divided(it, id, &amount, &shares, *spare)?, awaits: None })
        }
        _ => Ok(Parts::default()),
    }
}

fn in_turn<'a>(
    it: &mut Evaluation<'_, 'a>,
    id: ProvisionId,
    amount: &'a Expression,
    tiers: &'a [(PartyId, Expression)],
    last: PartyId,
) -> Worked<Parts<'a>> {
    let mut left = it.sum(amount)?;
    let mut of = Vec::new();
    for ((party, most), step) in tiers.iter().zip(0..) {
        let most = it.sum(most)?;
        let part = it.extreme_of(Choice::Step(id, step), false, most, left.clone())?;
        left = left.minus(&part).ok_or(Stop::TooLarge)?;
        add(&mut of, *party, part)?;
    }
    add(&mut of, last, left)?;
    Ok(Parts { of, awaits: None })
}

/// Adds to what a party pays: each has one part.
fn add<'a>(of: &mut Vec<(PartyId, Linear<'a>)>, party: PartyId, part: Linear<'a>) -> Worked<()> {
    match of.iter_mut().find(|(other, _)| *other == party) {
        Some((_, so_far)) => *so_far = part.plus(so_far).ok_or(Stop::TooLarge)?,
        None => of.push((party, part)),
    }
    Ok(())
}

/// The shares of the clauses that may apply.
pub(in crate::prove) fn shares_of<'a>(
    it: &mut Evaluation<'_, 'a>,
    clauses: &[ClauseId],
) -> Worked<Shares> {
    let policy = it.prover().policy;
    let mut of: Option<Vec<ShareOf>> = None;
    let mut is_for_a_panel = false;
    for (id, provision) in (0..).map(ProvisionId).zip(&policy.provisions) {
        let Body::Shares(rows, _) = &provision.body else { continue };
        if !clauses.contains(&provision.clause) {
            continue;
        }
        let applies = it.applies(id).ok_or(Stop::Refused)?;
        if applies == Tri::No {
            continue;
        }
        let passing = it.rows(&provision.body).ok_or(Stop::Refused)?;
        for ((row, written), passes) in rows.iter().enumerate().zip(passing) {
            if passes == Tri::No {
                continue;
            }
            is_for_a_panel = is_for_a_panel || written.panel.is_some();
            let Some(shares) = row_of_shares(it, &provision.body, row, &written.shares)? else {
                continue;
            };
            of = Some(match of {
                None => shares,
                Some(so_far) => {
                    let both = so_far.into_iter().zip(shares);
                    both.map(|((a, b), (c, d))| (a.min(c), b.max(d))).collect()
                }
            });
        }
    }
    // Without shares the case is refused.
    Ok(Shares { of: of.ok_or(Stop::Refused)?, is_for_a_panel })
}

fn row_of_shares<'a>(
    it: &mut Evaluation<'_, 'a>,
    body: &'a Body,
    row: usize,
    written: &[Share],
) -> Worked<Option<Vec<ShareOf>>> {
    let Some(answers) = it.answers(body, row) else { return Ok(None) };
    let mut shares = Vec::with_capacity(written.len());
    for answer in answers {
        let Possible::Numbers(least, greatest) = answer else { return Err(Stop::TooLarge) };
        shares.push((least.max(Ratio::ZERO), greatest.min(Ratio::whole(1))));
    }
    Ok(Some(shares))
}

/// Each party's weight over all of them.
pub(in crate::prove) fn in_proportion<'a>(
    it: &mut Evaluation<'_, 'a>,
    weights: &'a [Option<Expression>],
) -> Worked<Vec<ShareOf>> {
    let nothing = (Ratio::ZERO, Ratio::ZERO);
    let mut ends = Vec::with_capacity(weights.len());
    for weight in weights {
        ends.push(match weight {
            Some(weight) => {
                let weight = it.sum(weight)?;
                it.ends(&weight)?
            }
            None => nothing,
        });
    }
    let sum = |end: fn(&ShareOf) -> Ratio| {
        ends.iter().map(end).try_fold(Ratio::ZERO, Ratio::plus).ok_or(Stop::TooLarge)
    };
    let (all_least, all_greatest) = (sum(|it| it.0)?, sum(|it| it.1)?);
    let share = |(least, greatest): &ShareOf| {
        let others = |of: Ratio, end: Ratio| of.minus(end).ok_or(Stop::TooLarge);
        // The least share is the least weight beside the greatest of the others.
        let low = others(all_greatest, *greatest)?.plus(*least).and_then(|all| least.over(all));
        let high = others(all_least, *least)?.plus(*greatest).and_then(|all| greatest.over(all));
        Ok((low.unwrap_or(Ratio::ZERO), high.unwrap_or(Ratio::whole(1))))
    };
    ends.iter().map(share).collect()
}

/// The parts in these shares.
fn divided<'a>(
    it: &Evaluation<'_, 'a>,
    id: ProvisionId,
    amount: &Linear<'a>,
    shares: &[ShareOf],
    spare: Spare,
) -> Worked<Vec<(PartyId, Linear<'a>)>> {
    let parties = || (0..).map(PartyId);
    if it.is_before_spare {
        let part = |(low, high): &ShareOf| amount.clone().times(*low).filter(|_| low == high);
        let parts = shares.iter().map(|share| part(share).ok_or(Stop::TooLarge));
        return parties().zip(parts).map(|(party, part)| Ok((party, part?))).collect();
    }
    if let (Some(pence), true) = (amount.known(), shares.iter().all(|(a, b)| a == b)) {
        let parts = to_the_penny(pence, shares, spare).ok_or(Stop::TooLarge)?;
        let parts = parts.into_iter().map(|pence| Linear::constant(Ratio::whole(pence.into())));
        return Ok(parties().zip(parts).collect());
    }
    // A part is less than a penny from the exact share, but where one party takes the difference.
    let away = match spare {
        Spare::LargestFractions | Spare::InOrder => 1,
        Spare::Difference { .. } => i128::try_from(shares.len()).unwrap_or(i128::MAX),
    };
    let part = |(party, share): (PartyId, &ShareOf)| {
        Ok((party, part(it, Thing::Part(id, party), amount, *share, Ratio::whole(away))?))
    };
    parties().zip(shares).map(part).collect()
}

fn part<'a>(
    it: &Evaluation<'_, 'a>,
    thing: Thing<'a>,
    amount: &Linear<'a>,
    (low, high): ShareOf,
    away: Ratio,
) -> Worked<Linear<'a>> {
    if high == Ratio::ZERO {
        return Ok(Linear::nothing());
    }
    if low == Ratio::whole(1) {
        return Ok(amount.clone());
    }
    let (least, greatest) = it.ends(amount)?;
    let times = |a: Ratio, b: Ratio| a.times(b).ok_or(Stop::TooLarge);
    let lowest = times(least, low)?.min(times(least, high)?);
    let highest = times(greatest, low)?.max(times(greatest, high)?);
    // No part has another sign than the whole, and none is more.
    let lowest = lowest.minus(away).ok_or(Stop::TooLarge)?.max(least.min(Ratio::ZERO));
    let highest = highest.plus(away).ok_or(Stop::TooLarge)?.min(greatest.max(Ratio::ZERO));
    let mut part = Quantity::between(thing, lowest, highest);
    part.is_whole = true;
    if least >= Ratio::ZERO {
        part.at_most.push(amount.clone());
    }
    if least >= Ratio::ZERO || low == high {
        let away = Linear::constant(away);
        part.at_most.extend(amount.clone().times(high).and_then(|it| it.plus(&away)));
        part.at_least.extend(amount.clone().times(low).and_then(|it| it.minus(&away)));
    }
    Ok(Linear::of(part))
}

fn to_the_penny(pence: Ratio, shares: &[ShareOf], spare: Spare) -> Option<Vec<i64>> {
    let shares = shares.iter().map(|(share, _)| {
        let (numerator, denominator) = share.parts()?;
        apportion_core::share::Share::new(numerator, denominator)
    });
    let split = Split::new(shares.collect::<Option<Vec<_>>>()?).ok()?;
    let split = split.with_spare(spare.pennies()?).ok()?;
    let (pence, 1) = pence.parts()? else { return None };
    Some(split.of(Money::from_pence(pence)).into_iter().map(Money::pence).collect())
}
