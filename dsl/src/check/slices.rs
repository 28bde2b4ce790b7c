//! Slices of an amount, each at its own rate.

use alloc::vec::Vec;

use apportion_core::rounding::Rounding;

use super::Checker;
use super::mistake::SliceMistake;
use crate::checked::{Body, Expression, ExpressionKind, Slice, Slices};
use crate::source::Span;
use crate::syntax::{
    Cell, CellKind, CellTest, Comparison, Name, Operand, Operator, RoundTo, Table, TableRow,
};

impl Checker<'_> {
    /// `Contribution: each slice at its own rate, to the nearest penny, halves up.`
    pub(super) fn slices(
        &mut self,
        name: &Name,
        rounding: Option<(RoundTo, Rounding)>,
        written: &Table,
    ) -> Option<Body> {
        self.check_rows(written)?;
        let span = self.place(written.span);
        let rate = written.columns.iter().position(|column| column.key == name.key);
        let (Some(rate), [_, _]) = (rate, written.columns.as_slice()) else {
            self.report(SliceMistake::Columns { name: name.key.clone(), span });
            return None;
        };
        let edge = 1 - rate;
        let mut of = self.named(written.columns.get(edge)?);
        if of.is_broken() {
            return None;
        }
        let mut slices: Vec<Slice> = Vec::with_capacity(written.rows.len());
        for (place, row) in written.rows.iter().enumerate() {
            let is_last = place + 1 == written.rows.len();
            let mut up_to = self.upper_edge(row.cells.get(edge)?, is_last)?;
            let agrees = match &mut up_to {
                Some(up_to) => self.agree(&mut of, up_to),
                None => true,
            };
            if !agrees {
                return None;
            }
            let below = slices.last().and_then(|slice| slice.up_to.as_ref());
            if let (Some(below), Some(up_to)) = (below, &up_to) {
                self.check_rising(below, up_to)?;
            }
            let rate = self.rate_of_slice(row, rate)?;
            let citations = self.citations(&row.citations);
            slices.push(Slice { up_to, rate, citations, span: self.place(row.span) });
        }
        let sum = self.sum_of_slices(&of, &slices, span)?;
        let (expression, round) = match rounding {
            None => (self.without_quotient(sum), None),
            Some((to, rounding)) => {
                let rounded = self.rounded(sum, to, rounding, span);
                let ExpressionKind::Round { step, rounding, .. } = rounded.kind else {
                    return None;
                };
                (rounded, Some((step, rounding)))
            }
        };
        let value = self.give_value(name, expression.of.clone(), Some(&expression))?;
        Some(Body::Slices(Slices { value, of, slices, round, expression }))
    }

    /// The upper edge of a slice: `up to £125,000.00`; none for `above`, which is the last.
    fn upper_edge(&mut self, cell: &Cell, is_last: bool) -> Option<Option<Expression>> {
        let span = self.place(cell.span);
        let tests = match &cell.kind {
            CellKind::OneOf(tests) => tests.as_slice(),
            _ => &[],
        };
        match tests {
            [CellTest::Is(Operand::Words(word))] if word.key == "above" && is_last => Some(None),
            [CellTest::Compare(Comparison::AtMost, edge)] if !is_last => {
                let edge = self.operand_literal(edge);
                if edge.is_none() {
                    self.report(SliceMistake::Edge { span, is_last });
                }
                edge.map(Some)
            }
            _ => {
                self.report(SliceMistake::Edge { span, is_last });
                None
            }
        }
    }

    fn check_rising(&mut self, below: &Expression, up_to: &Expression) -> Option<()> {
        let (Some(a), Some(b)) = (below.number(), up_to.number()) else { return Some(()) };
        let (low, high) = (i128::from(a.least), i128::from(b.least));
        let rises = low * i128::from(b.denominator) < high * i128::from(a.denominator);
        if !rises {
            let (span, below) = (up_to.span, below.span);
            self.report(SliceMistake::NotRising { span, below });
        }
        rises.then_some(())
    }

    /// The rate of a slice, a figure.
    fn rate_of_slice(&mut self, row: &TableRow, column: usize) -> Option<Expression> {
        let cell = row.cells.get(column)?;
        let span = self.place(cell.span);
        let rate = match &cell.kind {
            CellKind::OneOf(tests) => match tests.as_slice() {
                [CellTest::Is(rate)] => self.operand_literal(rate),
                _ => None,
            },
            _ => None,
        };
        if rate.is_none() {
            self.report(SliceMistake::Rate { span });
        }
        rate
    }

    /// The sum over the slices of what lies in each, at its rate.
    fn sum_of_slices(
        &mut self,
        of: &Expression,
        slices: &[Slice],
        span: Span,
    ) -> Option<Expression> {
        let number = of.number().cloned();
        let zero = number.map(|number| super::expression::number_constant(number.unit, 0, 1, span));
        let Some(mut low) = zero else {
            let found = of.of.noun();
            self.report(super::mistake::NumberMistake::NotANumber { span: of.span, found });
            return None;
        };
        let mut terms = Vec::with_capacity(slices.len());
        for slice in slices {
            let above = self.extreme(true, of.clone(), low.clone(), span);
            let inside = match &slice.up_to {
                Some(up_to) => self.extreme(false, above, up_to.clone(), up_to.span),
                None => above,
            };
            let slice_of = self.binary(Operator::Subtract, inside, low.clone(), span);
            let term = self.product(slice.rate.clone(), slice_of, slice.rate.span);
            if term.is_broken() {
                return None;
            }
            terms.push(term);
            if let Some(up_to) = &slice.up_to {
                low = up_to.clone();
            }
        }
        self.balanced_sum(terms, span)
    }

    /// A sum that is no deeper than it must be.
    fn balanced_sum(&mut self, mut terms: Vec<Expression>, span: Span) -> Option<Expression> {
        while terms.len() > 1 {
            let mut pairs = Vec::with_capacity(terms.len().div_ceil(2));
            let mut rest = terms.into_iter();
            while let Some(first) = rest.next() {
                pairs.push(match rest.next() {
                    Some(second) => self.binary(Operator::Add, first, second, span),
                    None => first,
                });
            }
            terms = pairs;
        }
        terms.pop().filter(|sum| !sum.is_broken())
    }
}
