//! Shares: sections of clauses of which one applies, each making one whole.

use apportion::number::Number;
use apportion::unit::Unit;

use super::{Chapter, Kind, Maker};
use crate::generator::model::{
    Body, Cell, CellTest, ClauseKey, Condition, Expression, Literal, Operand, Place, Row, Sentence,
    Share, Table,
};

impl Maker<'_> {
    /// The place of a section of shares, new or made before, and one clause of it that
    /// applies in every case, if one does.
    pub(super) fn section_of_shares(&mut self) -> (usize, Option<ClauseKey>) {
        let place = self.share_sections.len();
        let chapter = Chapter::Shares(place);
        let mut keys = Vec::new();
        let mut always = None;
        match self.choices.below(5) {
            0 => {
                let key = self.shares_clause(chapter, None, Vec::new());
                always = Some(key);
                keys.push(key);
            }
            1 | 2 => keys.extend(self.shares_either_way(chapter)),
            3 => keys.extend(self.shares_with_exceptions(chapter, place)),
            _ => {
                let body = self.share_table();
                let key = self.add(chapter, Sentence::plain(body));
                always = Some(key);
                keys.push(key);
            }
        }
        // Promises are about the shares of the case.
        let of_case = if self.item.is_none() { keys } else { Vec::new() };
        self.share_sections.push(of_case);
        (place, always)
    }

    fn shares_clause(
        &mut self,
        chapter: Chapter,
        when: Option<Condition>,
        despite: Vec<Place>,
    ) -> ClauseKey {
        let body = match self.panel_that_decides(chapter) {
            Some(panel) => Body::AsDecided(panel),
            None if self.choices.is_in(30) => self.share_table(),
            None => self.shares(),
        };
        self.add(chapter, Sentence { despite, when, ..Sentence::plain(body) })
    }

    /// A panel that decides some shares: those of the case, where no clause beside them is said
    /// of each item.
    fn panel_that_decides(&mut self, chapter: Chapter) -> Option<String> {
        let own = self.clauses.iter().filter(|(of, _)| *of == chapter);
        let mut sentences = own.flat_map(|(_, clause)| &clause.sentences);
        let is_of_items = self.item.is_some() || sentences.any(|it| it.each.is_some());
        if is_of_items || self.model.panels.is_empty() || !self.choices.is_in(20) {
            return None;
        }
        self.choices.pick(&self.model.panels).map(|panel| panel.name.clone())
    }

    /// What a panel decides in an example, and what another expects before it has, where some
    /// clause leaves shares to a panel.
    pub(super) fn decided_in_examples(&self) -> (Option<String>, Option<String>) {
        let sentences = self.clauses.iter().flat_map(|(_, clause)| &clause.sentences);
        let mut panels = sentences.filter_map(|sentence| match &sentence.body {
            Body::AsDecided(panel) => Some(panel),
            _ => None,
        });
        let Some(panel) = panels.next() else { return (None, None) };
        let shares = match self.model.parties.as_slice() {
            [] => return (None, None),
            [party] => format!("{} 100%", party.name),
            [first, second, ..] => format!("{} 60.01%, {} 39.99%", first.name, second.name),
        };
        (Some(format!("{panel} decides {shares}")), Some(format!("awaits {panel}")))
    }

    fn shares_either_way(&mut self, chapter: Chapter) -> Vec<ClauseKey> {
        let Some((when, opposite)) = self.either_way() else {
            return vec![self.shares_clause(chapter, None, Vec::new())];
        };
        let first = self.shares_clause(chapter, Some(when), Vec::new());
        if self.is_careless && self.choices.is_in(40) {
            let other = self.condition(1);
            return vec![first, self.shares_clause(chapter, Some(other), Vec::new())];
        }
        vec![first, self.shares_clause(chapter, Some(opposite), Vec::new())]
    }

    fn shares_with_exceptions(&mut self, chapter: Chapter, place: usize) -> Vec<ClauseKey> {
        let mut keys = vec![self.shares_clause(chapter, None, Vec::new())];
        if self.choices.is_in(25) {
            let number = u32::try_from(place).unwrap_or(0);
            let when = self.condition(1);
            keys.push(self.shares_clause(chapter, Some(when), vec![Place::Section(number)]));
            return keys;
        }
        for _ in 0..1 + self.choices.below(3) {
            let mut despite: Vec<Place> = keys.iter().map(|key| Place::Clause(*key)).collect();
            let row = keys.last().and_then(|key| self.row_of(*key));
            if let Some((row, place)) = row.zip(despite.last_mut()) {
                *place = row;
            }
            // What is said of the case sets aside what is said of each item.
            let list = self.item.filter(|_| !self.choices.is_in(30));
            let key = self.within(list, |maker| {
                let when = maker.condition(1);
                maker.shares_clause(chapter, Some(when), despite)
            });
            keys.push(key);
            if list.is_none() && self.item.is_some() {
                break;
            }
            self.perhaps_switch(chapter, key);
        }
        keys
    }

    /// A row of a clause's table, sometimes; where another counts, two clauses may clash.
    fn row_of(&mut self, key: ClauseKey) -> Option<Place> {
        let clause = self.clauses.iter().find(|(_, clause)| clause.key == key);
        let sentence = clause.and_then(|(_, clause)| clause.sentences.first())?;
        let Body::ShareTable(_, table) = &sentence.body else { return None };
        let rows = table.rows.len();
        let may_clash = sentence.each.is_none() && self.is_careless && self.choices.is_in(50);
        (may_clash && rows > 1).then(|| Place::Row(key, 1 + self.choices.below(rows)))
    }

    fn shares(&mut self) -> Body {
        let parties = self.some_parties();
        if parties.len() > 1 && self.choices.is_in(12) {
            return self.ratio(parties);
        }
        let shares = self.whole(parties.len());
        Body::Shares(parties.into_iter().zip(shares).collect())
    }

    /// A ratio of numbers of which one at least is above 0.
    fn ratio(&mut self, parties: Vec<String>) -> Body {
        let term = |choices: &mut dyn crate::generator::choices::Choices, least| {
            let places = u8::try_from(choices.below(3)).unwrap_or(0);
            (choices.between(least, 999), places)
        };
        let mut least = 1;
        let terms = parties.into_iter().map(|party| {
            let term = term(self.choices, least);
            least = 0;
            (party, term)
        });
        Body::Ratio(terms.collect())
    }

    fn some_parties(&mut self) -> Vec<String> {
        let names = self.model.parties.iter().map(|party| party.name.clone());
        let mut names: Vec<String> = names.collect();
        if self.choices.is_in(40) {
            self.choices.shuffle(&mut names);
        }
        names.truncate(1 + self.choices.below(names.len()));
        names
    }

    /// So many shares that make one whole.
    fn whole(&mut self, count: usize) -> Vec<Share> {
        match self.choices.below(5) {
            0 => self.named_shares(count),
            1 => {
                let below = i64::try_from(count).unwrap_or(1).max(1);
                let mut shares = vec![Share::Literal(Literal::Fraction(1, below)); count];
                if below == 1 || self.choices.is_in(40) {
                    shares.pop();
                    shares.push(Share::Rest);
                }
                shares
            }
            _ => self.percents(count),
        }
    }

    fn percents(&mut self, count: usize) -> Vec<Share> {
        let (whole, places) = if self.choices.is_in(30) { (10_000, 2) } else { (100, 0) };
        let mut left = whole;
        let mut shares = Vec::new();
        for _ in 1..count {
            let part = self.choices.between(0, left);
            left -= part;
            shares.push(Share::Literal(Literal::Percent(part, places)));
        }
        let says_rest = self.choices.is_in(50);
        shares.push(match says_rest {
            true => Share::Rest,
            false => Share::Literal(Literal::Percent(left, places)),
        });
        self.choices.shuffle(&mut shares);
        shares
    }

    /// Named percents that are never more than one whole, and the rest.
    fn named_shares(&mut self, count: usize) -> Vec<Share> {
        let mut whole = Number::constant(Unit::percent(), 0, 1).0;
        let mut shares = Vec::new();
        for _ in 1..count {
            let share = self.named(&Unit::percent()).and_then(|named| {
                let sum = whole.plus(&named.number)?;
                let fits = named.number.least >= 0 && sum.greatest <= sum.denominator;
                // Shares are worked out over one denominator: it stays small.
                let fits = fits && sum.denominator <= 1_000_000;
                match named.expression {
                    Expression::Name(name) if fits => {
                        whole = sum;
                        Some(Share::Name(name))
                    }
                    _ => None,
                }
            });
            shares.push(share.unwrap_or(Share::Literal(Literal::Percent(0, 0))));
        }
        shares.push(Share::Rest);
        self.choices.shuffle(&mut shares);
        shares
    }

    fn share_table(&mut self) -> Body {
        let count = if self.choices.is_in(8) { 0 } else { 1 + self.choices.below(2) };
        let questions = self.questions(count);
        let parties = self.some_parties();
        let (hit, rows) = self.question_rows(&questions);
        let heads = questions.iter().map(|question| question.column.clone());
        let columns = heads.chain(parties.iter().cloned()).collect();
        let mut table = Table { columns, rows: Vec::new() };
        for mut cells in rows {
            cells.extend(self.whole(parties.len()).into_iter().map(cell_of));
            table.rows.push(Row { cells, citation: None });
        }
        self.vary(hit, &mut table.rows, questions.len());
        Body::ShareTable(hit, table)
    }

    /// A percent that may be a share, as a promise names it.
    pub(super) fn rising(&mut self) -> Option<String> {
        self.pick_name(|kind| matches!(kind, Kind::Number(_)))
    }
}

fn cell_of(share: Share) -> Cell {
    let operand = match share {
        Share::Rest => return Cell::Rest,
        Share::Literal(literal) => Operand::Literal(literal),
        Share::Name(name) => Operand::Name(name),
    };
    Cell::OneOf(vec![CellTest::Is(operand)])
}
