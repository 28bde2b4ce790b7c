//! Shares: which clause's apply to a split, and what they are.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use apportion_core::divide::Divider;
use apportion_core::program::{AmountSlot, ByteSlot, ClauseId, Operation, Refusal, Term, Test};

use super::Compiler;
use super::operand::Operand;
use super::panel::AwaitedShares;
use super::table::RowRefusals;
use crate::checked::{
    Body, Constant, Expression, ExpressionKind, ProvisionId, Share, ShareRow, Spare, Type,
};
use crate::number::common_multiple;
use crate::syntax::Hit;

/// One row of shares that can apply to a split.
struct Candidate<'a> {
    provision: ProvisionId,
    tests: Vec<Test>,
    row: &'a ShareRow,
}

/// What a split divides, and how.
pub(super) struct SplitOf<'a> {
    pub(super) amount: AmountSlot,
    /// The most pence the amount can be.
    pub(super) greatest: i64,
    /// The clauses with the shares.
    pub(super) clauses: &'a [ClauseId],
    pub(super) spare: Spare,
    /// The tests that pass where the split applies.
    pub(super) applying: &'a [Test],
}

impl<'a> Compiler<'a> {
    /// Splits an amount in the shares of some clauses; gives the first party's slot, and where
    /// the shares are still for a panel to decide, so that nobody has a part.
    pub(super) fn split(
        &mut self,
        split: &SplitOf<'_>,
    ) -> Option<(AmountSlot, Vec<AwaitedShares>)> {
        let candidates = self.candidates(split.clauses, split.applying);
        let awaited = self.awaited(&candidates);
        let whole = candidates.iter().flat_map(|it| &it.row.shares).try_fold(
            1,
            |whole, share| match share {
                Share::Of(share) => common_multiple(whole, denominator(share)),
                Share::Rest => Some(whole),
            },
        )?;
        let bound = u128::from(split.greatest.unsigned_abs()) * u128::from(whole.unsigned_abs());
        let divider = Divider::new(whole, bound)?;
        let spare = split.spare.pennies()?;
        let amount = split.amount;
        let parties = u32::try_from(self.policy.parties.len()).ok()?;
        let rows = candidates.iter().zip(1..=u8::MAX).map(|(it, code)| (it.tests.clone(), code));
        let choice = self.choose(rows.collect(), 0);
        self.trace_candidates(&candidates, choice);
        let table = match constant_shares(&candidates, whole) {
            Some(shares) => Some((choice, shares)),
            None => self.shares_by_rank(&candidates, choice, whole),
        };
        let shares = match &table {
            Some((_, shares)) => self.program.amount_table(shares.iter().copied()),
            None => {
                let shares = self.computed_shares(&candidates, choice, whole);
                self.program.amount_list(shares)
            }
        };
        let out = self.parts();
        self.program.push(match table {
            Some((choice, _)) => Operation::SplitByTable {
                amount,
                choice,
                shares,
                whole,
                divider,
                spare,
                out,
                parties,
            },
            None => Operation::Split { amount, shares, whole, divider, spare, out },
        });
        Some((out, awaited))
    }

    /// Where each candidate applies whose shares a panel has not decided.
    fn awaited(&mut self, candidates: &[Candidate<'_>]) -> Vec<AwaitedShares> {
        let mut awaited = Vec::new();
        for candidate in candidates {
            if let Some(panel) = candidate.row.panel {
                let tests = [&candidate.tests[..], &[self.is_undecided(panel)]].concat();
                let made = self.truth(&tests);
                let provision = self.policy.provisions.get(candidate.provision.0 as usize);
                let by = provision.map(|provision| provision.clause);
                awaited.extend(by.map(|by| AwaitedShares { by, panel, made }));
            }
        }
        awaited
    }

    /// The slots of all parties' parts, and as many to work in; the first of them.
    fn parts(&mut self) -> AmountSlot {
        let first = self.program.amount();
        for _ in 1..self.policy.parties.len() * 2 {
            let _ = self.program.amount();
        }
        first
    }

    /// Splits an amount in proportion to weights, where a truth holds; gives the first
    /// party's slot.
    pub(super) fn proportion(
        &mut self,
        amount: &Expression,
        weights: &[Option<Expression>],
        spare: Spare,
        made: ByteSlot,
    ) -> Option<AmountSlot> {
        let mut denominators = weights.iter().flatten().map(denominator);
        let common = denominators.try_fold(1, common_multiple)?;
        let amount = self.amount_over(amount, 1);
        let amount = self.only_where(amount, made);
        let mut slots = Vec::with_capacity(weights.len());
        for weight in weights {
            slots.push(match weight {
                Some(weight) => self.amount_over(weight, common),
                None => self.program.constant_amount(0),
            });
        }
        let weights = self.program.amount_list(slots);
        let spare = spare.pennies()?;
        let out = self.parts();
        self.program.push(Operation::SplitInProportion { amount, weights, spare, out });
        Some(out)
    }

    /// The rows of shares that can apply, once it is sure that exactly one does.
    fn candidates(&mut self, clauses: &[ClauseId], when: &[Test]) -> Vec<Candidate<'a>> {
        let policy = self.policy;
        let split = (self.clause, self.list);
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
                let own = self.applying(*id);
                applying.push(own.clone());
                let tests: Vec<Vec<Test>> =
                    rows.iter().map(|row| self.conditions(&row.when)).collect();
                self.refuse_share_rows(*id, rows, *hit, &tests);
                let otherwise = rows.iter().position(|row| row.is_otherwise);
                for (place, row) in rows.iter().enumerate() {
                    let mut all = [when, &own[..]].concat();
                    all.extend(tests.get(place).into_iter().flatten());
                    if Some(place) == otherwise {
                        let others = tests.iter().enumerate().filter(|(i, _)| *i != place);
                        let others = others.map(|(_, tests)| tests.clone()).collect();
                        let any = self.any(others);
                        all.push(Test::is_false(any));
                    }
                    let yes = self.definitions.yes();
                    all.retain(|test| *test != Test::is_true(yes));
                    candidates.push(Candidate { provision: *id, tests: all, row });
                }
            }
        }
        (self.clause, self.list) = split;
        self.refuse_shares(split.0, &applying, when);
        candidates
    }

    /// Exactly one shares clause applies wherever the split does.
    fn refuse_shares(&mut self, clause: ClauseId, applying: &[Vec<Test>], when: &[Test]) {
        if !self.definitions.always(applying, |count| count > 0) {
            let any = self.any(applying.to_vec());
            self.require(when, Test::is_true(any), Refusal::NoShares { clause });
        }
        if !self.definitions.always(applying, |count| count <= 1) {
            let rows = self.program.rows(applying.iter().map(|row| (row.clone(), 1)));
            let out = self.program.byte();
            self.program.push(Operation::Count { rows, out });
            let test = Test { slot: out, low: 0, width: 1 };
            self.require(when, test, Refusal::SeveralShares { clause });
        }
    }

    /// The rows of a shares clause are asked wherever it applies, also where no split names it.
    pub(super) fn refuse_unsplit_shares(&mut self) {
        let policy = self.policy;
        let splits = policy.provisions.iter().filter_map(|provision| match &provision.body {
            Body::Split { shares, .. } => Some(shares),
            _ => None,
        });
        let split: BTreeSet<ClauseId> = splits.flatten().copied().collect();
        for (provision, id) in policy.provisions.iter().zip((0..).map(ProvisionId)) {
            if split.contains(&provision.clause) {
                continue;
            }
            if let Body::Shares(rows, hit) = &provision.body {
                self.at(provision);
                let tests = rows.iter().map(|row| self.conditions(&row.when));
                let tests: Vec<Vec<Test>> = tests.collect();
                self.refuse_share_rows(id, rows, *hit, &tests);
            }
        }
    }

    /// What to refuse about the rows of one shares clause; done once a clause.
    fn refuse_share_rows(
        &mut self,
        id: ProvisionId,
        rows: &[ShareRow],
        hit: Hit,
        tests: &[Vec<Test>],
    ) {
        let is_traced = self.provisions.get(id.0 as usize).is_some_and(|it| it.row.is_some());
        let is_sentence = rows.len() < 2 && rows.iter().all(|row| row.when.is_empty());
        if is_sentence || is_traced {
            return;
        }
        if let Some(provision) = self.policy.provisions.get(id.0 as usize) {
            self.at(provision);
        }
        let otherwise = rows.iter().position(|row| row.is_otherwise);
        let refuse = RowRefusals { hit, otherwise, applying: self.applying(id) };
        let agree = |a: usize, b: usize| match (rows.get(a), rows.get(b)) {
            (Some(a), Some(b)) => are_the_same(a, b),
            _ => false,
        };
        let is_literal = |place: usize| {
            let shares = rows.get(place).into_iter().flat_map(|row| &row.shares);
            shares.into_iter().all(|share| match share {
                Share::Of(share) => matches!(share.kind, ExpressionKind::Constant(_)),
                Share::Rest => true,
            })
        };
        self.row_refusals(&refuse, tests, agree, is_literal, |compiler, a, b| {
            match (rows.get(a), rows.get(b)) {
                (Some(a), Some(b)) => compiler.differing_shares(a, b),
                _ => Vec::new(),
            }
        });
    }

    /// The choice of a split tells which row of each shares table applied.
    fn trace_candidates(&mut self, candidates: &[Candidate<'_>], choice: ByteSlot) {
        let mut traced: Vec<(ProvisionId, Vec<u8>)> = Vec::new();
        for (candidate, code) in candidates.iter().zip(1..=u8::MAX) {
            match traced.iter_mut().find(|(id, _)| *id == candidate.provision) {
                Some((_, codes)) => codes.push(code),
                None => traced.push((candidate.provision, Vec::from([code]))),
            }
        }
        for (id, codes) in traced {
            let rows = match self.policy.provisions.get(id.0 as usize).map(|it| &it.body) {
                Some(Body::Shares(rows, _)) => rows.as_slice(),
                _ => &[],
            };
            if rows.iter().any(|row| row.is_otherwise || !row.when.is_empty()) {
                self.trace_rows(id, choice, codes);
            }
        }
    }

    /// Shares that are literal but for one value that stands in ranks: a row for each rank,
    /// and then one for each literal row.
    fn shares_by_rank(
        &mut self,
        candidates: &[Candidate<'_>],
        choice: ByteSlot,
        whole: i64,
    ) -> Option<(ByteSlot, Vec<i64>)> {
        let mut shares = candidates.iter().flat_map(|candidate| &candidate.row.shares);
        let named = shares.find_map(|share| match share {
            Share::Of(share) if constant_of(share, whole).is_none() => Some(share),
            _ => None,
        })?;
        let Operand::Code { slot, numbers, denominator, class: Some(_) } = self.expression(named)
        else {
            return None;
        };
        let factor = whole / denominator.max(1);
        let mut table = Vec::new();
        let mut options = Vec::new();
        let ranks = numbers.len().checked_sub(1)?;
        if ranks + candidates.len() > 255 {
            return None;
        }
        let by_rank =
            candidates.iter().find(|it| it.row.shares.contains(&Share::Of(named.clone())))?;
        for number in numbers.iter().skip(1) {
            let value = number.checked_mul(factor)?;
            table.extend(row_numerators(by_rank.row, whole, |share| {
                if share.kind == named.kind { Some(value) } else { constant_of(share, whole) }
            })?);
        }
        for (place, candidate) in candidates.iter().enumerate() {
            let literal = row_numerators(candidate.row, whole, |share| constant_of(share, whole));
            match literal {
                Some(numerators) => {
                    table.extend(numerators);
                    let code = table.len() / self.policy.parties.len().max(1);
                    let constant = self.program.constant_byte(u8::try_from(code).ok()?);
                    options.push(constant);
                }
                None if candidate.row.shares == by_rank.row.shares && place < 255 => {
                    options.push(slot);
                }
                None => return None,
            }
        }
        let options = self.program.byte_list(options);
        let out = self.program.byte();
        self.program.push(Operation::PickByte { choice, options, out });
        Some((out, table))
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
            for (slot, options) in
                self.share_slots(candidate.row, whole).into_iter().zip(&mut options)
            {
                options.push(slot);
            }
        }
        options.into_iter().map(|options| self.pick_share(choice, options)).collect()
    }

    /// The numerators of one row; `the rest` is what the others leave.
    fn share_slots(&mut self, row: &ShareRow, whole: i64) -> Vec<AmountSlot> {
        let mut rest = Vec::new();
        let mut constant = whole;
        for share in &row.shares {
            if let Share::Of(share) = share {
                match constant_of(share, whole) {
                    Some(number) => constant -= number,
                    None => {
                        let slot = self.amount_over(share, whole);
                        rest.push(Term { slot, factor: -1 });
                    }
                }
            }
        }
        let slot = |share: &Share| match share {
            Share::Rest => self.linear(rest.clone(), constant),
            Share::Of(share) => self.amount_over(share, whole),
        };
        row.shares.iter().map(slot).collect()
    }

    /// The ways in which two rows can give some party different shares.
    fn differing_shares(&mut self, a: &ShareRow, b: &ShareRow) -> Vec<Vec<Test>> {
        let always = Vec::from([Vec::new()]);
        let Some(whole) = common_whole([a, b]) else { return always };
        let slots = [self.share_slots(a, whole), self.share_slots(b, whole)];
        let [a, b] = slots.map(|slots| {
            slots.into_iter().map(|slot| Operand::Amount { slot, denominator: whole })
        });
        a.zip(b).map(|(a, b)| self.differ(&a, &b).into_iter().collect()).collect()
    }

    fn pick_share(&mut self, choice: ByteSlot, options: Vec<AmountSlot>) -> AmountSlot {
        let options = self.program.amount_list(options);
        let out = self.program.amount();
        self.program.push(Operation::PickAmount { choice, options, out });
        out
    }
}

/// What the shares of some rows can all be counted in.
fn common_whole<'r>(rows: impl IntoIterator<Item = &'r ShareRow>) -> Option<i64> {
    rows.into_iter().flat_map(|row| &row.shares).try_fold(1, |whole, share| match share {
        Share::Of(share) => common_multiple(whole, denominator(share)),
        Share::Rest => Some(whole),
    })
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

/// The numerators of a row, given those of its shares; `the rest` is what they leave.
fn row_numerators(
    row: &ShareRow,
    whole: i64,
    numerator: impl Fn(&Expression) -> Option<i64>,
) -> Option<Vec<i64>> {
    let mut rest = whole;
    for share in &row.shares {
        if let Share::Of(share) = share {
            rest = rest.checked_sub(numerator(share)?)?;
        }
    }
    let of = |share: &Share| match share {
        Share::Of(share) => numerator(share),
        Share::Rest => Some(rest),
    };
    row.shares.iter().map(of).collect()
}

/// Whether two rows give every party the same: `the rest` of nothing is `100%`.
fn are_the_same(a: &ShareRow, b: &ShareRow) -> bool {
    if a.shares == b.shares {
        return true;
    }
    let whole =
        [a, b].into_iter().flat_map(|row| &row.shares).try_fold(1, |whole, share| match share {
            Share::Of(share) => common_multiple(whole, denominator(share)),
            Share::Rest => Some(whole),
        });
    let Some(whole) = whole else { return false };
    let numerators = |row| row_numerators(row, whole, |share| constant_of(share, whole));
    numerators(a).is_some_and(|a| Some(a) == numerators(b))
}

/// The numerators of all rows, one row after the other, where all shares are literal.
fn constant_shares(candidates: &[Candidate<'_>], whole: i64) -> Option<Vec<i64>> {
    let mut numerators = Vec::new();
    for candidate in candidates {
        let literal = |share: &Expression| constant_of(share, whole);
        numerators.extend(row_numerators(candidate.row, whole, literal)?);
    }
    Some(numerators)
}
