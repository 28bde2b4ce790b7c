//! Facts that do not apply to every case, and clauses that use them where they do.

use super::{Chapter, Kind, Known, KnownConclusion, Maker, Origin, names};
use crate::generator::model::{
    Body, Cell, CellTest, Condition, Expression, Literal, Operand, Quantity, Row, Sentence, Table,
    Test,
};

/// A fact that a clause may use where its condition holds, and nowhere else.
#[derive(Clone, Debug)]
pub(super) struct Sometimes {
    known: Known,
    only_when: Condition,
}

impl Maker<'_> {
    /// Lets some facts apply to some cases only. They are no longer known to every clause.
    pub(super) fn restrict_facts(&mut self) {
        // Something that is yes or no applies to every case, for conditions that need one.
        let spared = self.known.iter().find(|known| known.kind == Kind::YesNo);
        let spared = spared.map(|known| known.name.clone());
        let may = |known: &&Known| {
            let mut facts = self.model.facts.iter();
            // A member of a family applies to every case, and so does what may date it.
            facts.any(|fact| fact.name == known.name)
                && known.name != "decision date"
                && Some(&known.name) != spared.as_ref()
        };
        let mut restricted: Vec<Known> = self.known.iter().filter(may).cloned().collect();
        self.choices.shuffle(&mut restricted);
        restricted.truncate(self.choices.below(4));
        self.known.retain(|known| restricted.iter().all(|other| other.name != known.name));
        for known in restricted {
            let Some(only_when) = self.restriction() else {
                self.known.push(known);
                continue;
            };
            let fact = self.model.facts.iter_mut().find(|fact| fact.name == known.name);
            if let Some(fact) = fact {
                fact.only_when = Some(only_when.clone());
            }
            self.sometimes.push(Sometimes { known, only_when });
        }
    }

    /// A test of a fact, or of one that itself applies only to some cases, with what that asks
    /// before it.
    fn restriction(&mut self) -> Option<Condition> {
        if self.choices.is_in(30)
            && let Some(other) = self.choices.pick(&self.sometimes).cloned()
        {
            let test = self.test_of(&other.known)?;
            return Some(flat(Condition::Joined(true, vec![other.only_when, test])));
        }
        self.test_of_facts(|_| true)
    }

    /// A test that reads facts as they stand.
    fn test_of_facts(&mut self, fits: impl Fn(&Condition) -> bool) -> Option<Condition> {
        (0..12).find_map(|_| {
            let test = self.test_of_something();
            (is_of_facts(&test) && fits(&test)).then_some(test)
        })
    }

    /// A test of one fact, which only here is known.
    fn test_of(&mut self, known: &Known) -> Option<Condition> {
        let name = known.name.clone();
        self.with(known, |maker| {
            maker.test_of_facts(|test| match test {
                Condition::Truth(tested, _) => *tested == name,
                Condition::Test(Expression::Name(tested), _, test) => {
                    *tested == name && !matches!(test, Test::SameAs(_))
                }
                _ => false,
            })
        })
    }

    /// Makes something while one more name is known.
    fn with<T>(&mut self, known: &Known, make: impl FnOnce(&mut Self) -> T) -> T {
        self.known.push(known.clone());
        let made = make(self);
        self.known.retain(|other| other.name != known.name);
        made
    }

    /// A clause that uses a fact where it applies.
    pub(super) fn clause_of_sometimes(&mut self) {
        let Some(sometimes) = self.choices.pick(&self.sometimes).cloned() else { return };
        match self.choices.below(5) {
            0 => self.guarded_conclusion(&sometimes),
            1 => self.guarded_table(&sometimes),
            2 => self.guarded_payment(&sometimes),
            _ => self.guarded_value(&sometimes),
        }
    }

    /// `A child is eligible when WHERE IT APPLIES and ...`, in either order.
    fn guarded_conclusion(&mut self, Sometimes { known, only_when }: &Sometimes) {
        let made = self.conclusions.iter().filter(|it| it.list.is_none()).count();
        let Some(name) = names::CONCLUSIONS.get(made).copied() else { return };
        let Some(test) = self.test_of(known) else { return };
        let more = self.with(known, |maker| maker.last_condition(1));
        let mut parts = vec![test, only_when.clone(), more];
        let inline = self.choices.is_in(30);
        if inline {
            parts.truncate(2);
        } else {
            self.choices.shuffle(&mut parts);
        }
        let is_all = self.choices.is_in(70);
        let when = match (inline, is_all) {
            (true, _) => flat(Condition::Joined(true, parts)),
            (false, true) => Condition::List(Quantity::All, parts),
            // Where one is enough, the others need only be looked at where it fails.
            (false, false) => match super::condition::opposite(only_when) {
                Some(opposite) => {
                    let parts = parts.into_iter().filter(|part| part != only_when);
                    let mut parts: Vec<Condition> = parts.collect();
                    parts.push(opposite);
                    Condition::List(Quantity::Any, parts)
                }
                None => Condition::List(Quantity::All, parts),
            },
        };
        let body = Body::Conclude { also: false, not: false, name: name.into() };
        self.add(Chapter::Eligibility, Sentence::when(when, body));
        self.conclusions.push(KnownConclusion { name: name.into(), list: None });
    }

    /// `When WHERE IT APPLIES, V = ...; otherwise V = ...`
    fn guarded_value(&mut self, Sometimes { known, only_when }: &Sometimes) {
        let unit = match &known.kind {
            Kind::Number(number) => number.unit.clone(),
            _ => self.some_unit(),
        };
        let first = self.with(known, |maker| maker.defined(&unit, 2));
        let second = self.defined(&unit, 1);
        let (Some(first), Some(second)) = (first, second) else { return };
        let Some(number) = first.number.or(&second.number) else { return };
        let name = self.new_value();
        let body = Body::Define(name.clone(), first.expression);
        let mut sentence = Sentence::when(only_when.clone(), body);
        sentence.otherwise = Some(Body::Define(name.clone(), second.expression));
        self.add(Chapter::Values, sentence);
        self.know(name, Kind::Number(number), Origin::Value);
    }

    /// `When WHERE IT APPLIES, the ICB pays ...`
    fn guarded_payment(&mut self, Sometimes { known, only_when }: &Sometimes) {
        let amount = self.with(known, |maker| maker.amount(1));
        let Some(amount) = amount else { return };
        let body = Body::Pay(self.party(), amount);
        self.add(Chapter::Payments, Sentence::when(only_when.clone(), body));
    }

    /// A table with a column for the fact, `any` where it may not apply.
    fn guarded_table(&mut self, Sometimes { known, only_when }: &Sometimes) {
        let Some((column, is_so, otherwise)) = column_of(only_when) else { return };
        let bands = self.bands(&known.kind);
        let answer = |place: usize| {
            let digits = i64::try_from(place).unwrap_or(0);
            Cell::OneOf(vec![CellTest::Is(Operand::Literal(Literal::Number(digits, 0)))])
        };
        let name = self.new_value();
        let mut rows = Vec::new();
        for (place, band) in bands.into_iter().enumerate() {
            let cells = vec![is_so.clone(), band, answer(place + 1)];
            rows.push(Row { cells, citation: None });
        }
        let greatest = i64::try_from(rows.len()).unwrap_or(0);
        rows.push(Row { cells: vec![otherwise, Cell::Any, answer(0)], citation: None });
        let columns = vec![column, known.name.clone(), name.clone()];
        let table = Table { columns, rows };
        let body = Body::Table {
            names: vec![name.clone()],
            each: None,
            hit: "exactly one row applies",
            table,
        };
        self.add(Chapter::Values, Sentence::plain(body));
        let number = apportion::number::Number {
            unit: apportion::unit::Unit::plain(),
            denominator: 1,
            least: 0,
            greatest,
        };
        self.know(name, Kind::Number(number), Origin::Value);
    }
}

/// Whether a test reads facts as they stand, and no calculation.
fn is_of_facts(test: &Condition) -> bool {
    let is_plain = |test: &Test| match test {
        Test::Is(_) | Test::Either(_) | Test::After(..) | Test::BeforeWord(..) => true,
        Test::Before(_, with) | Test::SameAs(with) => is_name_or_literal(with),
        Test::Between(a, b) => is_name_or_literal(a) && is_name_or_literal(b),
    };
    match test {
        Condition::Truth(..) => true,
        Condition::Test(value, _, test) => matches!(value, Expression::Name(_)) && is_plain(test),
        Condition::Members(_, _, _, test) => is_plain(test),
        Condition::Concluded(..)
        | Condition::Items(..)
        | Condition::Joined(..)
        | Condition::List(..) => false,
    }
}

fn is_name_or_literal(value: &Expression) -> bool {
    matches!(value, Expression::Name(_) | Expression::Literal(_))
}

/// Conditions joined by `and` within others become parts of those.
fn flat(condition: Condition) -> Condition {
    let Condition::Joined(true, parts) = condition else { return condition };
    let parts = parts.into_iter().flat_map(|part| match part {
        Condition::Joined(true, parts) => parts,
        other => vec![other],
    });
    Condition::Joined(true, parts.collect())
}

/// A test as a column, the cell that asks it, and the cell that asks the opposite.
fn column_of(test: &Condition) -> Option<(String, Cell, Cell)> {
    let word = |word: &str| Cell::OneOf(vec![CellTest::Is(Operand::Words(word.into()))]);
    match test {
        Condition::Truth(name, is_so) => {
            let (yes, no) = (word("yes"), word("no"));
            let (is_so, opposite) = if *is_so { (yes, no) } else { (no, yes) };
            Some((name.clone(), is_so, opposite))
        }
        Condition::Test(Expression::Name(name), false, Test::Is(Operand::Words(of))) => {
            let is_so = vec![CellTest::Is(Operand::Words(of.clone()))];
            Some((name.clone(), Cell::OneOf(is_so.clone()), Cell::Not(is_so)))
        }
        _ => None,
    }
}
