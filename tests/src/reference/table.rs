//! Values: definitions, tables and rates.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use apportion::checked::{
    Body, Condition, Constant, Expression, Provision, ProvisionId, Row, ShareRow, Slices, Table,
};
use apportion::syntax::Hit;
use apportion_core::date::Date;
use apportion_core::program::{FactId, ValueId};

use super::outcome::RowsChosen;
use super::rounding::{to_step, whole};
use super::{Asked, Datum, Interpreter, Item, Place, Refusal, all, number};

/// Whether a body gives a value.
fn gives(body: &Body, of: ValueId) -> bool {
    match body {
        Body::Define { value, .. } | Body::Rates { value, .. } => *value == of,
        Body::Table(table) => table.values.contains(&of),
        Body::Slices(slices) => slices.value == of,
        _ => false,
    }
}

/// A row of a table of values or of shares: when it applies.
pub(super) trait Applying {
    /// Its tests.
    fn tests(&self) -> &[Condition];
    /// Whether it applies where no other does.
    fn is_otherwise(&self) -> bool;
}

impl Applying for Row {
    fn tests(&self) -> &[Condition] {
        &self.when
    }
    fn is_otherwise(&self) -> bool {
        self.is_otherwise
    }
}

impl Applying for ShareRow {
    fn tests(&self) -> &[Condition] {
        &self.when
    }
    fn is_otherwise(&self) -> bool {
        self.is_otherwise
    }
}

impl Interpreter<'_> {
    /// A value that something reads. *5 Clauses*: a value used in a case where no clause
    /// gives it is refused; it is never zero by silence.
    pub(super) fn read_value(&mut self, id: ValueId, place: Place) -> Asked<Datum> {
        match self.value(id, place.member, place.item)? {
            Some(datum) => Ok(datum),
            None => self.refuse(Refusal::NoValue { value: id }, place.said_of()),
        }
    }

    /// A value, where a clause gives it. *9 What applies*: clauses that both apply and
    /// disagree are a clash; clauses that agree are none.
    pub(super) fn value(
        &mut self,
        id: ValueId,
        member: Option<FactId>,
        at_hand: Option<Item>,
    ) -> Asked<Option<Datum>> {
        let Some(declared) = self.policy.values.get(id.index()) else { return self.broken() };
        let member = declared.each.and(member);
        let item = self.about(declared.list, at_hand)?;
        if let Some(given) = self.given.get(&(id, member, item)) {
            return given.clone();
        }
        let given = self.value_afresh(id, member, item);
        self.given.insert((id, member, item), given.clone());
        given
    }

    fn value_afresh(
        &mut self,
        id: ValueId,
        member: Option<FactId>,
        item: Option<Item>,
    ) -> Asked<Option<Datum>> {
        let mut answers = Vec::new();
        for (provision_id, provision) in self.provisions() {
            if gives(&provision.body, id) {
                let place = Place { member, ..Place::new(provision.clause, item) };
                answers.push(self.given_by(provision_id, id, place));
            }
        }
        let mut answers = all(answers)?.into_iter().flatten();
        let first = answers.next();
        if answers.any(|other| Some(&other) != first.as_ref()) {
            return self.refuse(Refusal::SeveralValues { value: id }, item);
        }
        Ok(first)
    }

    /// What one provision gives for a value; none where it does not apply.
    fn given_by(&mut self, id: ProvisionId, of: ValueId, place: Place) -> Asked<Option<Datum>> {
        let provision = self.provision(id)?;
        self.ages_in_body(&provision.body, place)?;
        match &provision.body {
            Body::Define { value, expression }
                if *value == of && self.applies(id, place.item)? =>
            {
                self.expression(expression, place).map(Some)
            }
            Body::Slices(slices) if slices.value == of && self.applies(id, place.item)? => {
                self.slices(slices, place).map(Some)
            }
            Body::Rates { value, rates, .. } if *value == of && self.applies(id, place.item)? => {
                self.rate(of, rates).map(Some)
            }
            Body::Table(table) => {
                let column = table.values.iter().position(|value| *value == of);
                match column {
                    Some(column) if self.applies(id, place.item)? => {
                        self.look_up(table, column, place).map(Some)
                    }
                    _ => Ok(None),
                }
            }
            _ => Ok(None),
        }
    }

    /// *8 Dates*: the value in force on the day of the `dated by` fact is the last whose
    /// first day is not after it; the last carries on.
    fn rate(&mut self, value: ValueId, rates: &[(Date, i64)]) -> Asked<Datum> {
        let Some(dated_by) = self.policy.dated_by else { return self.broken() };
        let Datum::Date(day) = self.fact(dated_by, None)? else { return self.broken() };
        self.rate_in_force(value, rates, day)
    }

    /// *8 Dates*: `at the rates on X` changes the rates named in the sentence.
    pub(super) fn rate_on(
        &mut self,
        value: ValueId,
        on: &Expression,
        place: Place,
    ) -> Asked<Datum> {
        let day = self.day(on, place);
        let given = self.read_value(value, Place { member: None, ..place });
        let (day, _) = (day?, given?);
        let clauses = self.policy.provisions.iter();
        let mut rates = clauses.filter_map(|provision| match &provision.body {
            Body::Rates { value: gives, rates, .. } if *gives == value => Some(rates),
            _ => None,
        });
        match rates.next() {
            Some(rates) => self.rate_in_force(value, rates, day),
            None => self.broken(),
        }
    }

    fn rate_in_force(&mut self, value: ValueId, rates: &[(Date, i64)], day: Date) -> Asked<Datum> {
        let Some(value) = self.policy.values.get(value.index()) else { return self.broken() };
        match rates.iter().rfind(|(from, _)| *from <= day) {
            Some((_, rate)) => self.datum(Constant::Number(*rate), &value.kind),
            None => self.broken(),
        }
    }

    /// *6 Tables*: the answer of a table in one column.
    fn look_up(&mut self, table: &Table, column: usize, place: Place) -> Asked<Datum> {
        if table.hit == Hit::Count {
            let rows = self.rows_that_count(&table.rows, table.hit, place)?;
            return Ok(Datum::Number(whole(rows.len())));
        }
        let mut answers = Vec::new();
        for row in self.rows_that_count(&table.rows, table.hit, place)? {
            let answer = table.rows.get(row).and_then(|row| row.answers.get(column));
            answers.push(match answer {
                Some(answer) => self.expression(answer, place),
                None => self.broken(),
            });
        }
        let answers = all(answers)?;
        match table.hit {
            Hit::AddUp => self.sum_of(answers),
            Hit::Listed => self.listed(answers),
            Hit::Highest => self.extreme_of(answers, Ordering::Greater),
            Hit::Lowest => self.extreme_of(answers, Ordering::Less),
            Hit::ExactlyOne | Hit::First | Hit::MustAgree | Hit::Count => {
                self.agreed(answers, place)
            }
        }
    }

    /// `add up every row that applies`, `the sum of ... over ...`; of none, 0.
    pub(super) fn sum_of(&mut self, answers: Vec<Datum>) -> Asked<Datum> {
        let mut sum = whole(0);
        for answer in answers {
            let Datum::Number(number) = answer else { return self.broken() };
            sum += number;
        }
        Ok(Datum::Number(sum))
    }

    /// *6 Tables*: `highest of the rows that apply`, `lowest of the rows that apply`: the
    /// greatest number, or the highest level.
    fn extreme_of(&mut self, answers: Vec<Datum>, wanted: Ordering) -> Asked<Datum> {
        let mut answers = answers.into_iter();
        let Some(mut extreme) = answers.next() else { return self.broken() };
        for answer in answers {
            let order = match (&answer, &extreme) {
                (Datum::Number(a), Datum::Number(b)) => a.cmp(b),
                (Datum::Word(a), Datum::Word(b)) => a.cmp(b),
                _ => return self.broken(),
            };
            if order == wanted {
                extreme = answer;
            }
        }
        Ok(extreme)
    }

    /// *6 Tables*: `every row that applies, listed`: their words in the order of the rows, each
    /// once; of none, none.
    fn listed(&mut self, answers: Vec<Datum>) -> Asked<Datum> {
        let mut listed = Vec::new();
        for answer in answers {
            let Datum::Word(word) = answer else { return self.broken() };
            if !listed.contains(&word) {
                listed.push(word);
            }
        }
        Ok(Datum::Listed(listed))
    }

    /// *6 Tables*: `each slice at its own rate`. Of an amount each slice takes what lies
    /// between the edge before it and its own; the sum is exact until it is rounded.
    pub(super) fn slices(&mut self, slices: &Slices, place: Place) -> Asked<Datum> {
        let amount = self.number(&slices.of, place)?;
        let (mut low, mut sum) = (whole(0), whole(0));
        for slice in &slices.slices {
            let high = match &slice.up_to {
                Some(up_to) => Some(self.number(up_to, place)?),
                None => None,
            };
            let reached = high.clone().map_or(amount.clone(), |high| high.min(amount.clone()));
            let inside = (reached - &low).max(whole(0));
            sum += inside * self.number(&slice.rate, place)?;
            low = high.unwrap_or(low);
        }
        Ok(Datum::Number(match slices.round {
            Some(((numerator, denominator), rounding)) => {
                to_step(&sum, &self.fraction(numerator, denominator)?, rounding)
            }
            None => sum,
        }))
    }

    /// *6 Tables*: `rows that apply must agree`. Other hits leave one row only.
    pub(super) fn agreed<T: PartialEq>(&mut self, answers: Vec<T>, place: Place) -> Asked<T> {
        let mut answers = answers.into_iter();
        let Some(first) = answers.next() else { return self.broken() };
        if answers.any(|other| other != first) {
            return self.refuse(Refusal::SeveralRows { clause: place.clause }, place.item);
        }
        Ok(first)
    }

    /// Every answer of a table that applies, for the refusals alone.
    pub(super) fn whole_table(&mut self, table: &Table, place: Place) -> Asked<()> {
        let members = match table.each {
            Some(family) => self.members(family)?.into_iter().map(Some).collect(),
            None => vec![None],
        };
        for member in members {
            for column in 0..table.values.len() {
                let _ = self.look_up(table, column, Place { member, ..place });
            }
        }
        Ok(())
    }

    /// *6 Tables*: the rows that count, by the hit policy. The `otherwise` row applies where
    /// no other does.
    pub(super) fn rows_that_count<R: Applying>(
        &mut self,
        rows: &[R],
        hit: Hit,
        place: Place,
    ) -> Asked<Vec<usize>> {
        let mut answers = Vec::new();
        for row in rows {
            let tests = row.tests().iter().map(|test| self.condition(test, place)).collect();
            answers.push(all(tests).map(|tests| !row.is_otherwise() && !tests.contains(&false)));
        }
        let mut applying: Vec<usize> = Vec::new();
        applying.extend((0..).zip(all(answers)?).filter(|(_, it)| *it).map(|(row, _)| row));
        if applying.is_empty() {
            applying.extend(rows.iter().position(Applying::is_otherwise));
        }
        match (hit, applying.as_slice()) {
            (Hit::AddUp | Hit::Count | Hit::Listed, _) => Ok(applying),
            (_, []) => self.refuse(Refusal::NoRow { clause: place.clause }, place.item),
            (Hit::ExactlyOne, [_, _, ..]) => {
                self.refuse(Refusal::SeveralRows { clause: place.clause }, place.item)
            }
            (Hit::First, [first, ..]) => Ok(vec![*first]),
            (Hit::ExactlyOne | Hit::MustAgree | Hit::Highest | Hit::Lowest, _) => Ok(applying),
        }
    }

    /// Every value that is given once; none where no clause gives it.
    pub(super) fn all_values(&mut self) -> Asked<Vec<Option<Datum>>> {
        let values = (0..).zip(&self.policy.values);
        let answers = values.map(|(place, value)| match (value.each, value.list) {
            (None, None) => self.value(ValueId(number(place)), None, None),
            _ => Ok(None),
        });
        let answers = answers.collect();
        all(answers)
    }

    /// Every value that is given for each member.
    pub(super) fn all_member_values(
        &mut self,
    ) -> Asked<BTreeMap<(ValueId, FactId), Option<Datum>>> {
        let mut answers = Vec::new();
        for (place, value) in (0..).zip(&self.policy.values) {
            let Some(family) = value.each else { continue };
            let id = ValueId(number(place));
            for member in self.members(family)? {
                answers.push(self.value(id, Some(member), None).map(|given| ((id, member), given)));
            }
        }
        Ok(all(answers)?.into_iter().collect())
    }

    /// The rows that count of each table that applies.
    pub(super) fn rows_chosen(&mut self) -> Asked<RowsChosen> {
        let mut chosen = RowsChosen::new();
        for (id, provision) in self.provisions() {
            for item in self.said_of(provision) {
                self.add_rows(id, provision, item, &mut chosen)?;
            }
        }
        Ok(chosen)
    }

    fn add_rows(
        &mut self,
        id: ProvisionId,
        provision: &Provision,
        item: Option<Item>,
        chosen: &mut RowsChosen,
    ) -> Asked<()> {
        let place = Place::new(provision.clause, item);
        match &provision.body {
            Body::Table(table) if self.applies(id, item)? => {
                let members = match table.each {
                    Some(family) => self.members(family)?.into_iter().map(Some).collect(),
                    None => vec![None],
                };
                for member in members {
                    let place = Place { member, ..place };
                    let rows = self.rows_that_count(&table.rows, table.hit, place)?;
                    chosen.insert((id, member, item), rows);
                }
            }
            Body::Shares(rows, hit) if self.applies(id, item)? => {
                chosen.insert((id, None, item), self.rows_that_count(rows, *hit, place)?);
            }
            _ => {}
        }
        Ok(())
    }
}
