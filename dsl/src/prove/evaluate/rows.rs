//! Which rows of a table or of shares apply, and what they give.

use alloc::collections::BTreeMap;
use alloc::rc::Rc;
use alloc::vec::Vec;

use super::expression::extreme;
use super::{Evaluation, LookedUp, MOST_LOOKED_UP, compared, counts, minus, plus};
use crate::checked::{Body, Comparison, Constant, ExpressionKind, Share, Table};
use crate::listed;
use crate::prove::boxes::{Tests, tests_of};
use crate::prove::possible::{Possible, Tri};
use crate::prove::space::RuledOut;
use crate::ratio::Ratio;
use crate::syntax::Hit;

impl<'a> Evaluation<'_, 'a> {
    /// Whether each row applies, by itself: the `otherwise` row where no other does.
    pub(in crate::prove) fn rows(&mut self, body: &'a Body) -> Option<Vec<Tri>> {
        self.rows_among(body, tests_of(body))
    }

    /// Whether one row applies, by itself, as far as its own tests say.
    pub(in crate::prove) fn row(&mut self, body: &'a Body, row: usize) -> Option<Tri> {
        match tests_of(body).get(row)? {
            (when, false) => Some(*self.passing(None, [(*when, false)].into_iter(), &[])?.first()?),
            (_, true) => Some(*self.rows(body)?.get(row)?),
        }
    }

    /// Whether one row is one that counts: of rows of which the first does, no other above it applies.
    pub(in crate::prove) fn row_that_counts(&mut self, body: &'a Body, row: usize) -> Option<Tri> {
        let applies = self.row(body, row)?;
        if body.hit() != Some(Hit::First) || applies == Tri::No {
            return Some(applies);
        }
        Some(applies.and(self.any_row_above(body, row)?.not()))
    }

    /// Whether some row above this one applies.
    pub(in crate::prove) fn any_row_above(&mut self, body: &'a Body, row: usize) -> Option<Tri> {
        let mut above = tests_of(body);
        above.truncate(row);
        Some(self.rows_among(body, above)?.into_iter().fold(Tri::No, Tri::or))
    }

    /// Whether each of the first rows applies.
    fn rows_among(&mut self, body: &'a Body, rows: Vec<Tests<'a>>) -> Option<Vec<Tri>> {
        // A row that applies to no case of a space applies to none of a part of it.
        let known = self.space.ruled_out.as_ref();
        let known = known.filter(|it| core::ptr::eq(it.of, body) && it.member == self.member);
        let known = known.filter(|_| self.instead.is_none()).map(|it| Rc::clone(&it.rows));
        let known = known.as_deref().unwrap_or_default();
        let answers = self.passing(Some(body), rows.into_iter(), known)?;
        if self.instead.is_none() && !self.space.has_one_of_each {
            let rows = answers.iter().map(|row| *row == Tri::No).collect();
            self.ruled_out = Some(RuledOut { of: body, member: self.member, rows });
        }
        Some(answers)
    }

    fn passing(
        &mut self,
        of: Option<&'a Body>,
        rows: impl Iterator<Item = Tests<'a>>,
        ruled_out: &[bool],
    ) -> Option<Vec<Tri>> {
        let prover = self.prover;
        let boxes = of.filter(|_| self.instead.is_none());
        let boxes = boxes.and_then(|of| prover.boxes.get(&core::ptr::from_ref(of)));
        let (mut any, mut otherwise) = (Tri::No, None);
        let mut answers = Vec::with_capacity(rows.size_hint().0);
        for (row, (when, is_otherwise)) in rows.enumerate() {
            if is_otherwise {
                otherwise = Some(row);
            } else if ruled_out.get(row) == Some(&true)
                || boxes.is_some_and(|boxes| boxes.is_beside(row, self.space))
            {
                answers.push(Tri::No);
                continue;
            }
            let mut passes = Tri::of(!is_otherwise);
            for test in when {
                passes = passes.and(self.condition(test)?);
                // Of one case it matters whether a later test is refused.
                if passes == Tri::No && !self.space.has_one_of_each {
                    break;
                }
            }
            any = any.or(passes);
            answers.push(passes);
        }
        if let Some(place) = otherwise.and_then(|row| answers.get_mut(row)) {
            *place = any.not();
        }
        Some(answers)
    }

    /// The same of many spaces is worked out once, where it hangs on a few facts alone.
    pub(super) fn looked_up_once(
        &mut self,
        body: &'a Body,
        table: &'a Table,
        column: usize,
    ) -> Option<Possible> {
        let prover = self.prover;
        let boxes = prover.boxes.get(&core::ptr::from_ref(body));
        let read = boxes
            .filter(|_| self.instead.is_none() && !self.is_strict)
            .and_then(|it| it.read(self.space));
        let Some(read) = read else { return self.looked_up(body, table, column) };
        let key = (core::ptr::from_ref(body), column, read);
        if let Some(known) = prover.looked_up.borrow().get(&key) {
            self.blockers.extend_from_slice(&known.blockers);
            self.facts.extend(&known.facts);
            return known.given;
        }
        let before = self.blockers.len();
        let facts = core::mem::take(&mut self.facts);
        let given = self.looked_up(body, table, column);
        let own = core::mem::replace(&mut self.facts, facts);
        self.facts.extend(&own);
        let mut all = prover.looked_up.borrow_mut();
        if all.len() < MOST_LOOKED_UP {
            let blockers = self.blockers.get(before..).unwrap_or_default().to_vec();
            all.insert(key, LookedUp { given, blockers, facts: own.into_iter().collect() });
        }
        given
    }

    /// What a table gives in one column; none where no row applies.
    fn looked_up(&mut self, body: &'a Body, table: &'a Table, column: usize) -> Option<Possible> {
        let tests = table.rows.iter().map(|row| (row.when.as_slice(), row.is_otherwise));
        let passing = self.passing(Some(body), tests, &[])?;
        let (fewest, most) = counts(&passing);
        if table.hit == Hit::ExactlyOne && fewest > 1 {
            return None;
        }
        if table.hit == Hit::MustAgree && fewest > 1 && self.is_in_two_minds(table, &passing)? {
            return None;
        }
        self.may_be_refused |= match table.hit {
            Hit::ExactlyOne => fewest < 1 || most > 1,
            Hit::MustAgree => fewest < 1 || most > fewest,
            Hit::First | Hit::Highest | Hit::Lowest => fewest < 1,
            _ => false,
        };
        if table.hit == Hit::Count {
            return Some(Possible::Numbers(Ratio::whole(fewest.into()), Ratio::whole(most.into())));
        }
        if table.hit == Hit::Listed {
            return listed_words(table, column, &passing);
        }
        let mut possible: Option<Possible> = None;
        let mut is_any_certain = false;
        let zero = Possible::Numbers(Ratio::ZERO, Ratio::ZERO);
        for (row, passes) in table.rows.iter().zip(&passing) {
            if *passes == Tri::No {
                continue;
            }
            let Some(answer) = self.expression(row.answers.get(column)?) else {
                if *passes == Tri::Yes {
                    return None;
                }
                // Where the row applies the case is refused; what is left is where it does not.
                continue;
            };
            possible = Some(match (table.hit, possible) {
                (Hit::AddUp, so_far) => {
                    let answer = if *passes == Tri::Yes { answer } else { answer.or(zero) };
                    // Where a number does not fit, nothing is known of the sum.
                    let sum = plus(so_far.unwrap_or(zero), answer);
                    sum.or_else(|| self.any_value(*table.values.get(column)?))?
                }
                (_, None) => answer,
                (Hit::Highest | Hit::Lowest, Some(so_far)) => {
                    let beside = extreme(so_far, answer, table.hit == Hit::Highest);
                    // Where the rows so far, or this one, need not apply, it may be the other alone.
                    let beside = if is_any_certain { beside } else { beside.or(answer) };
                    if *passes == Tri::Yes { beside } else { beside.or(so_far) }
                }
                (_, Some(so_far)) => so_far.or(answer),
            });
            is_any_certain |= *passes == Tri::Yes;
            if table.hit == Hit::First && *passes == Tri::Yes {
                break;
            }
        }
        if table.hit == Hit::AddUp { possible.or(Some(zero)) } else { possible }
    }

    /// Whether of the rows that apply for certain two answer differently for certain.
    fn is_in_two_minds(&mut self, table: &'a Table, passing: &[Tri]) -> Option<bool> {
        let certain = table.rows.iter().zip(passing).filter(|(_, passes)| **passes == Tri::Yes);
        let mut answers: Vec<Vec<Possible>> = Vec::new();
        for (row, _) in certain {
            let own = row.answers.iter().map(|answer| self.expression(answer));
            answers.push(own.collect::<Option<_>>()?);
        }
        let differ =
            |a: &Possible, b: &Possible| compared(*a, Comparison::Exactly, *b) == Some(Tri::No);
        let pairs = answers
            .iter()
            .enumerate()
            .flat_map(|(place, a)| answers.iter().skip(place + 1).map(move |b| (a, b)));
        let mut pairs = pairs.flat_map(|(a, b)| a.iter().zip(b));
        Some(pairs.any(|(a, b)| differ(a, b)))
    }

    /// What a row answers, column by column or party by party.
    pub(in crate::prove) fn answers(
        &mut self,
        body: &'a Body,
        row: usize,
    ) -> Option<Vec<Possible>> {
        match body {
            Body::Table(table) => {
                let answers = table.rows.get(row)?.answers.iter();
                answers.map(|answer| self.expression(answer)).collect()
            }
            Body::Shares(rows, _) => {
                let whole = Possible::Numbers(Ratio::whole(1), Ratio::whole(1));
                let shares = &rows.get(row)?.shares;
                let (mut named, mut rest) = (Vec::new(), whole);
                for share in shares {
                    let share = match share {
                        Share::Of(share) => Some(self.expression(share)?),
                        Share::Rest => None,
                    };
                    if let Some(share) = share {
                        rest = minus(rest, share)?;
                    }
                    named.push(share);
                }
                Some(named.into_iter().map(|share| share.unwrap_or(rest)).collect())
            }
            _ => Some(Vec::new()),
        }
    }
}

/// The bits of the words that a table lists: those listed for certain, and those that may be.
fn listed_words(table: &Table, column: usize, passing: &[Tri]) -> Option<Possible> {
    let mut by_word: BTreeMap<u8, Tri> = BTreeMap::new();
    for (row, passes) in table.rows.iter().zip(passing) {
        let ExpressionKind::Constant(Constant::Word(word)) = row.answers.get(column)?.kind else {
            return None;
        };
        let any = by_word.entry(word).or_insert(Tri::No);
        *any = any.or(*passes);
    }
    let bits = |is: &dyn Fn(Tri) -> bool| {
        let words = by_word.iter().filter(|(_, any)| is(**any));
        Ratio::whole(words.map(|(word, _)| i128::from(listed::bit(*word))).sum())
    };
    Some(Possible::Numbers(bits(&|any| any == Tri::Yes), bits(&|any| any != Tri::No)))
}
