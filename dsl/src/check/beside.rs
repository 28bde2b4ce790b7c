//! Exceptions to rows of a table: `Despite 4.1 row 3, when fast track: the ICB 100%.`
//!
//! Such a sentence sets the table aside only where one of these rows is the one that counts. Where
//! another row is, both speak, and must say the same: nothing chooses between them. So it becomes
//! two provisions, one for each of these cases.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::program::ClauseId;

use super::Checker;
use super::condition::negated;
use super::mistake::ClauseMistake;
use crate::checked::{AtRow, Body, Condition, Provision, Quantity};
use crate::syntax::{Hit, Reference};

impl Checker<'_> {
    /// Narrows each sentence that is written `Despite` rows to where one of them counts, and
    /// gives what it says in other cases, by the place of its site.
    pub(super) fn beside_rows(
        &mut self,
        made: &mut [Option<Provision>],
    ) -> BTreeMap<usize, Provision> {
        let mut beside = BTreeMap::new();
        for (index, site) in self.sites.clone().iter().enumerate() {
            let rows: Vec<&Reference> =
                site.sentence.despite.iter().filter(|place| place.row.is_some()).collect();
            let Some(first) = rows.first() else { continue };
            self.block_start = site.block_start;
            self.clause = Some(site.clause);
            let numbers: BTreeSet<String> =
                rows.iter().map(|place| self.number_of(place)).collect();
            // Several of one number are its wordings.
            let clauses = self.referenced(site.block_start, first);
            if numbers.len() > 1 {
                let span = self.place(first.span);
                self.report(ClauseMistake::RowsOfTwoClauses { span });
                continue;
            }
            if clauses.is_empty() {
                continue;
            }
            let Some(Some(own)) = made.get(index) else { continue };
            let counts = self.where_rows_count(own, made, &clauses, &rows);
            let Some(Some(own)) = made.get_mut(index) else { continue };
            match counts {
                Some(counts) if counts != Condition::Always => {
                    let not = negated(true, counts.clone());
                    let mut other = Provision { at_row: Some(AtRow::Another), ..own.clone() };
                    own.at_row = Some(AtRow::Counts);
                    other.despite.retain(|despite| !clauses.contains(despite));
                    other.when = both(other.when, not);
                    own.when = both(core::mem::replace(&mut own.when, Condition::Always), counts);
                    beside.insert(index, other);
                }
                Some(_) => {}
                None => own.body = Body::Broken,
            }
        }
        beside
    }

    /// Where one of some rows of a clause is the row that counts, whichever of its wordings is in
    /// force; nothing where that has a mistake, which is reported.
    fn where_rows_count(
        &mut self,
        own: &Provision,
        made: &[Option<Provision>],
        clauses: &[ClauseId],
        rows: &[&Reference],
    ) -> Option<Condition> {
        // A sentence that overrides its own clause is reported as that.
        if clauses.iter().any(|clause| self.are_wordings(*clause, own.clause)) {
            return None;
        }
        let of_clauses = || made.iter().flatten().filter(|it| clauses.contains(&it.clause));
        // A clause that could not be read gives nothing, and one about something else is reported.
        let is_read = of_clauses().any(|it| own.body.is_about_the_same(&it.body));
        if !is_read || of_clauses().any(|it| it.body == Body::Broken) {
            return None;
        }
        let mut counting = Vec::new();
        let mut most = 0;
        for table in of_clauses().filter(|it| own.body.is_about_the_same(&it.body)) {
            let Some((hit, tests)) = tests_of(&table.body) else { continue };
            let is_for_members = matches!(&table.body, Body::Table(table) if table.each.is_some());
            // Of several items each has its own row.
            let is_of_items = table.list.is_some() && own.list.is_none();
            let chooses = matches!(hit, Hit::ExactlyOne | Hit::First | Hit::MustAgree);
            if !chooses || is_for_members || is_of_items {
                let span = self.place(rows.first()?.span);
                self.report(ClauseMistake::DespiteARow { span });
                return None;
            }
            most = most.max(tests.len());
            let places = rows.iter().filter_map(|it| usize::try_from(it.row?).ok()?.checked_sub(1));
            for place in places.filter(|place| *place < tests.len()) {
                let counts = where_row_counts(&tests, place, hit);
                counting.push(both(table.in_force.clone(), counts));
            }
        }
        let is_beyond = |it: &&&Reference| it.row.is_none_or(|row| row == 0 || row as usize > most);
        if let Some(reference) = rows.iter().find(is_beyond) {
            let (span, number) = (self.place(reference.span), self.number_of(reference));
            self.report(ClauseMistake::NoSuchRow { number, rows: most, span });
            return None;
        }
        Some(match counting.len() {
            1 => counting.pop()?,
            _ => Condition::Of(Quantity::Any, counting),
        })
    }
}

/// The tests of the rows of a table, and whether each is the `otherwise` row.
type Tests = Vec<(Vec<Condition>, bool)>;

/// Which rows of a table count, and their tests; nothing where there is no table.
fn tests_of(body: &Body) -> Option<(Hit, Tests)> {
    match body {
        Body::Table(table) => {
            let rows = table.rows.iter().map(|row| (row.when.clone(), row.is_otherwise));
            Some((table.hit, rows.collect()))
        }
        // Shares in a sentence are one row without a test.
        Body::Shares(rows, hit)
            if rows.len() > 1 || rows.iter().any(|row| !row.when.is_empty()) =>
        {
            let rows = rows.iter().map(|row| (row.when.clone(), row.is_otherwise));
            Some((*hit, rows.collect()))
        }
        _ => None,
    }
}

/// Where a row is the one that counts.
fn where_row_counts(rows: &Tests, place: usize, hit: Hit) -> Condition {
    let Some((when, is_otherwise)) = rows.get(place) else { return Condition::Broken };
    let others = match (hit, is_otherwise) {
        (Hit::First, _) | (_, true) => rows.get(..place).unwrap_or_default(),
        _ => &[],
    };
    let not = others.iter().map(|(when, _)| negated(true, all(when.clone())));
    all(when.iter().cloned().chain(not).collect())
}

fn both(one: Condition, other: Condition) -> Condition {
    all(Vec::from([one, other]))
}

fn all(mut conditions: Vec<Condition>) -> Condition {
    conditions.retain(|condition| *condition != Condition::Always);
    match conditions.len() {
        0 => Condition::Always,
        1 => conditions.pop().unwrap_or(Condition::Always),
        _ => Condition::Of(Quantity::All, conditions),
    }
}
