//! Shares: which clause's apply to a split, and what they are.

use alloc::vec::Vec;

use apportion_core::divide::Divider;
use apportion_core::program::{AmountSlot, ByteSlot, ClauseId, Operation, Refusal, Term, Test};
use apportion_core::split::SparePennies;

use super::Compiler;
use super::table::RowRefusals;
use crate::checked::{
    Body, Constant, Expression, ExpressionKind, ProvisionId, Share, ShareRow, Spare, Type,
};
use crate::number::common_multiple;
use crate::syntax::Hit;

/// One row of shares that can apply to a split.
struct Candidate<'a> {
    tests: Vec<Test>,
    row: &'a ShareRow,
}

impl<'a> Compiler<'a> {
    /// Splits an amount in the shares of some clauses; gives the first party's slot.
    pub(super) fn split(
        &mut self,
        amount: AmountSlot,
        greatest: i64,
        clauses: &[ClauseId],
        spare: Spare,
        when: ByteSlot,
    ) -> Option<AmountSlot> {
        let candidates = self.candidates(clauses, when);
        let whole = candidates.iter().flat_map(|it| &it.row.shares).try_fold(1, |whole, share| {
            match share {
                Share::Of(share) => common_multiple(whole, denominator(share)),
                Share::Rest => Some(whole),
            }
        })?;
        let bound = u128::from(greatest.unsigned_abs()) * u128::from(whole.unsigned_abs());
        let divider = Divider::new(whole, bound)?;
        let spare = match spare {
            Spare::LargestFractions => SparePennies::LargestFractions,
            Spare::Difference { taker, rounding } => {
                SparePennies::Difference { taker: u8::try_from(taker.0).ok()?, rounding }
            }
        };
        let rows = candidates.iter().zip(1..=u8::MAX).map(|(it, code)| (it.tests.clone(), code));
        let mut rows: Vec<(Vec<Test>, u8)> = rows.collect();
        rows.reverse();
        let choice = self.choose(rows, 0);
        let parties = u32::try_from(self.policy.parties.len()).ok()?;
        if let Some(shares) = constant_shares(&candidates, whole) {
            let shares = self.program.amount_table(shares);
            let out = self.program.amount();
            self.reserve(parties * 2 - 1);
            let split =
                Operation::SplitByTable { amount, choice, shares, whole, divider, spare, out, parties };
            self.program.push(split);
            return Some(out);
        }
        let shares = self.computed_shares(&candidates, choice, whole);
        let shares = self.program.amount_list(shares);
        let out = self.program.amount();
        self.reserve(parties * 2 - 1);
        self.program.push(Operation::Split { amount, shares, whole, divider, spare, out });
        Some(out)
    }

    fn reserve(&mut self, slots: u32) {
        for _ in 0..slots {
            let _ = self.program.amount();
        }
    }

    /// The rows of shares that can apply, once it is sure that exactly one does.
    fn candidates(&mut self, clauses: &[ClauseId], when: ByteSlot) -> Vec<Candidate<'a>> {
        let policy = self.policy;
        let split = self.clause;
        let mut candidates = Vec::new();
        let mut applying = Vec::new();
        for clause in clauses {
            let provisions = policy.clauses.get(clause.index()).map(|it| &it.provisions);
            for id in provisions.into_iter().flatten() {
                let Some(Body::Shares(rows, hit)) =
                    policy.provisions.get(id.0 as usize).map(|it| &it.body)
                else {
                    continue;
                };
                let lowered = self.lowered(*id);
                applying.push(Vec::from([Test::is_true(lowered.applies)]));
                let otherwise = rows.iter().position(|row| row.is_otherwise);
                let tests: Vec<Vec<Test>> = rows.iter().map(|row| self.conditions(&row.when)).collect();
                self.share_rows(*id, rows, *hit, &tests);
                for (place, row) in rows.iter().enumerate() {
                    let mut all = Vec::from([Test::is_true(when), Test::is_true(lowered.applies)]);
                    all.extend(tests.get(place).into_iter().flatten());
                    if Some(place) == otherwise {
                        let others = tests.iter().enumerate().filter(|(i, _)| *i != place);
                        let others = others.map(|(_, tests)| tests.clone()).collect();
                        let any = self.any(others);
                        all.push(Test::is_false(any));
                    }
                    let yes = self.definitions.yes();
                    all.retain(|test| *test != Test::is_true(yes));
                    candidates.push(Candidate { tests: all, row });
                }
            }
        }
        self.clause = split;
        let clause = split;
        if !self.definitions.always(&applying, |count| count > 0) {
            let any = self.any(applying.clone());
            self.require(when, Test::is_true(any), Refusal::NoShares { clause });
        }
        if !self.definitions.always(&applying, |count| count <= 1) {
            let rows = self.program.rows(applying.into_iter().map(|row| (row, 1)));
            let out = self.program.byte();
            self.program.push(Operation::Count { rows, out });
            let test = Test { slot: out, low: 0, width: 1 };
            self.require(when, test, Refusal::SeveralShares { clause });
        }
        candidates
    }

    /// What to refuse about the rows of one shares clause; done once a clause.
    fn share_rows(&mut self, id: ProvisionId, rows: &[ShareRow], hit: Hit, tests: &[Vec<Test>]) {
        let lowered = self.lowered(id);
        if rows.len() < 2 && rows.iter().all(|row| row.when.is_empty()) || lowered.row.is_some() {
            return;
        }
        self.clause = super::clause_of(self.policy, id);
        let otherwise = rows.iter().position(|row| row.is_otherwise);
        let refuse = RowRefusals { hit, otherwise, applies: lowered.applies };
        self.row_refusals(&refuse, tests, |a, b| {
            rows.get(a).map(|row| &row.shares) == rows.get(b).map(|row| &row.shares)
        });
        let places = tests.iter().zip(1..=u8::MAX).enumerate();
        let places = places.filter(|(place, _)| Some(*place) != otherwise);
        let mut chosen: Vec<(Vec<Test>, u8)> =
            places.map(|(_, (tests, place))| (tests.clone(), place)).collect();
        chosen.reverse();
        let fallback = otherwise.and_then(|place| u8::try_from(place + 1).ok()).unwrap_or(0);
        let slot = self.choose(chosen, fallback);
        if let Some(lowered) = self.provisions.get_mut(id.0 as usize) {
            lowered.row = Some(slot);
        }
    }

    /// Shares that depend on values: numerators over the whole, party by party.
    fn computed_shares(
        &mut self,
        candidates: &[Candidate<'_>],
        choice: ByteSlot,
        whole: i64,
    ) -> Vec<AmountSlot> {
        let parties = self.policy.parties.len();
        let mut options: Vec<Vec<AmountSlot>> = alloc::vec![Vec::new(); parties];
        for candidate in candidates {
            let mut rest = Vec::new();
            let mut constant = whole;
            let mut taker = None;
            for (party, share) in candidate.row.shares.iter().enumerate() {
                let slot = match share {
                    Share::Rest => {
                        taker = Some(party);
                        None
                    }
                    Share::Of(share) => {
                        let slot = self.amount_over(share, whole);
                        match constant_of(share, whole) {
                            Some(number) => constant -= number,
                            None => rest.push(Term { slot, factor: -1 }),
                        }
                        Some(slot)
                    }
                };
                if let (Some(slot), Some(options)) = (slot, options.get_mut(party)) {
                    options.push(slot);
                }
            }
            if let Some(options) = taker.and_then(|taker| options.get_mut(taker)) {
                let slot = self.linear(rest, constant);
                options.push(slot);
            }
        }
        options.into_iter().map(|options| self.pick_share(choice, options)).collect()
    }

    fn pick_share(&mut self, choice: ByteSlot, options: Vec<AmountSlot>) -> AmountSlot {
        let options = self.program.amount_list(options);
        let out = self.program.amount();
        self.program.push(Operation::PickAmount { choice, options, out });
        out
    }
}

fn denominator(share: &Expression) -> i64 {
    match &share.of {
        Type::Number(number) => number.denominator,
        _ => 1,
    }
}

/// A literal share as a numerator over the whole.
fn constant_of(share: &Expression, whole: i64) -> Option<i64> {
    match share.kind {
        ExpressionKind::Constant(Constant::Number(number)) => {
            number.checked_mul(whole / denominator(share).max(1))
        }
        _ => None,
    }
}

/// The numerators of all rows, one row after the other, where all shares are literal.
fn constant_shares(candidates: &[Candidate<'_>], whole: i64) -> Option<Vec<i64>> {
    let mut numerators = Vec::new();
    for candidate in candidates {
        let mut rest = whole;
        for share in &candidate.row.shares {
            if let Share::Of(share) = share {
                rest = rest.checked_sub(constant_of(share, whole)?)?;
            }
        }
        for share in &candidate.row.shares {
            numerators.push(match share {
                Share::Of(share) => constant_of(share, whole)?,
                Share::Rest => rest,
            });
        }
    }
    Some(numerators)
}
