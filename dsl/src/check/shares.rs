//! Shares of the parties: in every row they make exactly one whole.

use alloc::vec::Vec;

use apportion_core::program::PartyId;
use apportion_core::share::Share as Ratio;

use super::Checker;
use super::expression::{literal, number_constant};
use super::meaning::Meaning;
use super::mistake::{RowMistake, ShareMistake, TableMistake};
use crate::checked::{Body, Expression, Share, ShareRow};
use crate::number::Number;
use crate::source::Span;
use crate::syntax::{
    self, Cell, CellKind, CellTest, Decimal, Hit, Literal, Name, Operand, ShareKind, Spanned,
};
use crate::unit::Unit;

/// Whether a table gives shares: its heading names no value.
pub(super) fn is_shares(names: &[Name]) -> bool {
    names.is_empty()
}

impl Checker<'_> {
    /// `the ICB 40%, social care the rest`
    pub(super) fn shares(&mut self, written: &[syntax::Share]) -> Option<Body> {
        let mut given: Vec<(PartyId, Share, Span)> = Vec::new();
        for share in written {
            let party = self.party(&share.party)?;
            let span = self.place(share.span);
            let value = match &share.share {
                ShareKind::Rest => Share::Rest,
                ShareKind::Literal(value) => self.share_literal(value, span)?,
                ShareKind::Name(name) => self.share_name(name)?,
            };
            if let Some((_, _, first)) = given.iter().find(|(earlier, _, _)| *earlier == party) {
                let first = *first;
                self.report(ShareMistake::PartyTwice { span, first });
                return None;
            }
            given.push((party, value, span));
        }
        let span = given.first()?.2.to(given.last()?.2);
        let row = self.share_row(given, Vec::new(), span);
        Some(Body::Shares(Vec::from([row]), Hit::ExactlyOne))
    }

    /// `the council and the ICB in the ratio 93.7 : 28.3`
    pub(super) fn ratio(&mut self, names: &[Name], terms: &[Spanned<Decimal>]) -> Option<Body> {
        let parties = self.different_parties(names)?;
        let span = self.place(terms.first()?.span.to(terms.last()?.span));
        if parties.len() != terms.len() {
            let (parties, terms) = (parties.len(), terms.len());
            self.report(ShareMistake::RatioTerms { span, parties, terms });
            return None;
        }
        let places = terms.iter().map(|term| term.value.places).max()?;
        let scaled = |term: &Spanned<Decimal>| {
            let factor = 10_i64.checked_pow(u32::from(places - term.value.places))?;
            term.value.digits.checked_mul(factor)
        };
        let sum = |sum: i64, term: i64| sum.checked_add(term);
        let scaled: Option<Vec<i64>> = terms.iter().map(scaled).collect();
        let whole = scaled.as_ref().and_then(|terms| terms.iter().copied().try_fold(0, sum));
        let (Some(scaled), Some(whole)) = (scaled, whole) else {
            self.report(ShareMistake::TooFine { span });
            return None;
        };
        if whole == 0 {
            self.report(ShareMistake::RatioOfNothing { span });
            return None;
        }
        let share = |(party, (term, written)): (PartyId, (i64, &Spanned<Decimal>))| {
            let span = self.place(written.span);
            (party, Share::Of(number_constant(Unit::percent(), term, whole, span)), span)
        };
        let given = parties.into_iter().zip(scaled.into_iter().zip(terms)).map(share).collect();
        let row = self.share_row(given, Vec::new(), span);
        Some(Body::Shares(Vec::from([row]), Hit::ExactlyOne))
    }

    /// A table with a column for each party.
    pub(super) fn share_table(&mut self, hit: Hit, written: &syntax::Table) -> Option<Body> {
        self.check_rows(written)?;
        if !hit.is_of_one_row() {
            let span = self.place(written.span);
            self.report(RowMistake::SharesOfOneRow { span });
            return None;
        }
        let mut parties: Vec<(usize, PartyId)> = Vec::new();
        for (column, name) in written.columns.iter().enumerate() {
            if let Some(Meaning::Party(party)) = self.meaning(&name.key) {
                parties.push((column, party));
            }
        }
        if parties.is_empty() {
            if written.columns.iter().any(|column| self.names.is_excused(&column.key)) {
                return None;
            }
            let span = self.place(written.span);
            self.report(TableMistake::NoPartyColumn { span });
            return None;
        }
        let is_answer = |column: usize| parties.iter().any(|(answer, _)| *answer == column);
        let questions = self.questions(written, None, &is_answer)?;
        let mut rows = Vec::with_capacity(written.rows.len());
        for row in &written.rows {
            let when = self.row_tests(row, &questions)?;
            let mut given = Vec::with_capacity(parties.len());
            for (column, party) in &parties {
                let cell = row.cells.get(*column)?;
                given.push((*party, self.share_cell(cell)?, self.place(cell.span)));
            }
            let mut shares = self.share_row(given, when, self.place(row.span));
            shares.is_otherwise = row.is_otherwise;
            shares.citations = self.citations(&row.citations);
            rows.push(shares);
        }
        self.check_otherwise(written)?;
        Some(Body::Shares(rows, hit))
    }

    fn share_cell(&mut self, cell: &Cell) -> Option<Share> {
        let span = self.place(cell.span);
        match &cell.kind {
            CellKind::Rest => Some(Share::Rest),
            CellKind::OneOf(tests) => match tests.as_slice() {
                [CellTest::Is(Operand::Literal(value))] => self.share_literal(&value.value, span),
                [CellTest::Is(Operand::Words(word))] => {
                    let name = Name { key: crate::naming::key(&word.key), span: word.span };
                    self.share_name(&name)
                }
                _ => {
                    self.report(TableMistake::NoAnswer { span });
                    None
                }
            },
            _ => {
                self.report(TableMistake::NoAnswer { span });
                None
            }
        }
    }

    fn share_literal(&mut self, value: &Literal, span: Span) -> Option<Share> {
        match value {
            Literal::Percent(_) | Literal::Fraction(..) => {
                Some(Share::Of(literal(value, None, span)))
            }
            _ => {
                self.report(ShareMistake::NoShare { span });
                None
            }
        }
    }

    fn share_name(&mut self, name: &Name) -> Option<Share> {
        let value = self.named(name);
        match value.number() {
            Some(number) if number.unit.is_percent() => Some(Share::Of(value)),
            _ if value.is_broken() => None,
            _ => {
                let span = value.span;
                self.report(ShareMistake::NoShare { span });
                None
            }
        }
    }

    /// One row of shares, with nothing for the parties not named.
    fn share_row(
        &mut self,
        given: Vec<(PartyId, Share, Span)>,
        when: Vec<crate::checked::Condition>,
        span: Span,
    ) -> ShareRow {
        // Where they do not make one whole, the row still says to which cases it applies.
        self.check_whole(&given, span);
        let nothing = Share::Of(number_constant(Unit::percent(), 0, 1, span));
        let mut shares = alloc::vec![nothing; self.policy.parties.len()];
        for (party, share, _) in given {
            if let Some(place) = shares.get_mut(party.index()) {
                *place = share;
            }
        }
        let citations = Vec::new();
        ShareRow { when, is_otherwise: false, shares, panel: None, citations, span }
    }

    /// Literal shares make exactly one whole, or leave something for `the rest`; named shares
    /// cannot be more than one whole with them.
    fn check_whole(&mut self, given: &[(PartyId, Share, Span)], span: Span) {
        let rests: Vec<Span> = given.iter().filter(|g| g.1 == Share::Rest).map(|g| g.2).collect();
        if let [first, second, ..] = rests.as_slice() {
            self.report(ShareMistake::RestTwice { span: *second, first: *first });
            return;
        }
        let mut whole: Number = Number::constant(Unit::percent(), 0, 1).0;
        for (_, share, place) in given {
            let Share::Of(Expression { of: crate::checked::Type::Number(share), .. }) = share
            else {
                continue;
            };
            let Some(sum) = whole.plus(share) else {
                self.report(ShareMistake::TooFine { span });
                return;
            };
            whole = sum;
            if whole.least < 0 || whole.greatest > whole.denominator {
                let excess = Ratio::new(whole.greatest - whole.denominator, whole.denominator);
                let excess = excess.unwrap_or(Ratio::ZERO);
                let is_literal = whole.is_constant();
                let shares = if is_literal { *place } else { span };
                self.report(ShareMistake::SharesExceedWhole {
                    span,
                    share: shares,
                    excess,
                    is_literal,
                });
                return;
            }
        }
        if rests.is_empty() && whole.is_constant() && whole.greatest < whole.denominator {
            let missing = Ratio::new(whole.denominator - whole.greatest, whole.denominator);
            let missing = missing.unwrap_or(Ratio::ZERO);
            self.report(ShareMistake::SharesFallShort { span, missing });
            return;
        }
        if rests.is_empty() && !whole.is_constant() {
            self.report(ShareMistake::NamedSharesNeedARest { span });
        }
    }
}
