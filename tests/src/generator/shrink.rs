//! Makes a policy small while something about it stays true.

use super::model::{Condition, Model};

/// Drops clauses, sentences, rows, facts and parts of conditions, one after another, while
/// the predicate still holds; `model` must pass it.
pub fn shrink(model: &Model, mut holds: impl FnMut(&Model) -> bool) -> Model {
    let mut small = model.clone();
    loop {
        let before = small.clone();
        for cut in CUTS {
            let mut place = 0;
            loop {
                let mut candidate = small.clone();
                if !cut(&mut candidate, place) {
                    break;
                }
                if candidate != small && holds(&candidate) {
                    small = candidate;
                } else {
                    place += 1;
                }
            }
        }
        if small == before {
            return small;
        }
    }
}

/// Takes away the part at a place; whether there is a part at this place.
type Cut = fn(&mut Model, usize) -> bool;

const CUTS: &[Cut] = &[
    |model, place| remove(&mut model.sections, place),
    |model, place| remove_inside(model.sections.iter_mut().map(|it| &mut it.clauses), place),
    |model, place| {
        let clauses = model.sections.iter_mut().flat_map(|it| &mut it.clauses);
        let several = clauses.filter(|clause| clause.sentences.len() > 1);
        remove_inside(several.map(|clause| &mut clause.sentences), place)
    },
    |model, place| remove(&mut model.groups, place),
    |model, place| remove(&mut model.families, place),
    |model, place| remove(&mut model.facts, place),
    |model, place| remove(&mut model.lists, place),
    |model, place| remove_inside(model.lists.iter_mut().map(|it| &mut it.facts), place),
    |model, place| change(model.lists.iter_mut(), place, |list| list.most = None),
    |model, place| change(model.sentences_mut().map(|it| &mut it.each), place, |it| *it = None),
    |model, place| remove_inside(model.families.iter_mut().map(|it| &mut it.members), place),
    |model, place| remove(&mut model.panels, place),
    |model, place| remove(&mut model.sources, place),
    |model, place| remove(&mut model.ladders, place),
    |model, place| remove(&mut model.parties, place),
    |model, place| remove(&mut model.examples, place),
    |model, place| {
        change(model.sentences_mut().map(|it| &mut it.otherwise), place, |it| *it = None)
    },
    |model, place| {
        let clauses = model.sections.iter_mut().flat_map(|it| &mut it.clauses);
        let dated = clauses.filter(|clause| clause.days.is_some());
        change(dated, place, |clause| {
            clause.days = None;
            clause.later.clear();
        })
    },
    |model, place| change(model.sentences_mut().map(|it| &mut it.when), place, |it| *it = None),
    |model, place| {
        change(model.sentences_mut().filter_map(|it| it.when.as_mut()), place, first_part)
    },
    |model, place| {
        change(model.sentences_mut().filter_map(|it| it.when.as_mut()), place, last_part)
    },
    |model, place| change(model.sentences_mut().map(|it| &mut it.despite), place, Vec::clear),
    |model, place| remove_inside(rows(model), place),
    |model, place| column(model, place),
    |model, place| {
        let amounts = model.sentences_mut().filter_map(amount);
        change(amounts, place, |amount| {
            if let Expression::OverItems(over) = amount {
                over.filter = None;
            }
        })
    },
    |model, place| {
        let amounts = model.sentences_mut().filter_map(amount);
        change(amounts, place, |it| take_side(it, 0))
    },
    |model, place| {
        let amounts = model.sentences_mut().filter_map(amount);
        change(amounts, place, |it| take_side(it, 1))
    },
    |model, place| {
        let clauses = model.sections.iter_mut().flat_map(|it| &mut it.clauses);
        change(clauses, place, |clause| {
            clause.citations.clear();
            clause.note = None;
            clause.comment = None;
        })
    },
    |model, place| {
        change(model.facts.iter_mut(), place, |fact| {
            fact.default = None;
            fact.ask = None;
            fact.decided_by = None;
        })
    },
    |model, place| change(model.facts.iter_mut(), place, |fact| fact.only_when = None),
    |model, place| change(core::iter::once(&mut model.dated_by), place, |it| *it = None),
    |model, place| {
        change(core::iter::once(&mut model.style), place, |style| *style = Default::default())
    },
];

fn remove<T>(list: &mut Vec<T>, place: usize) -> bool {
    if place < list.len() {
        list.remove(place);
        return true;
    }
    false
}

/// Removes from one of several lists, counting through all of them.
fn remove_inside<'m, T: 'm>(lists: impl Iterator<Item = &'m mut Vec<T>>, place: usize) -> bool {
    let mut place = place;
    for list in lists {
        if place < list.len() {
            list.remove(place);
            return true;
        }
        place -= list.len();
    }
    false
}

fn change<T>(mut all: impl Iterator<Item = T>, place: usize, with: impl FnOnce(T)) -> bool {
    all.nth(place).map(with).is_some()
}

fn first_part(condition: &mut Condition) {
    take_part(condition, |parts| parts.into_iter().next());
}

fn last_part(condition: &mut Condition) {
    take_part(condition, |mut parts| parts.pop());
}

fn take_part(condition: &mut Condition, take: impl FnOnce(Vec<Condition>) -> Option<Condition>) {
    let part = match condition {
        Condition::Joined(_, parts) | Condition::List(_, parts) => take(parts.clone()),
        _ => None,
    };
    if let Some(part) = part {
        *condition = part;
    }
}

use super::model::{Body, Expression, Row, Sentence, Table};

fn tables(model: &mut Model) -> impl Iterator<Item = &mut Table> {
    model.sentences_mut().filter_map(|sentence| match &mut sentence.body {
        Body::Table { table, .. } | Body::ShareTable(_, table) | Body::Slices { table, .. } => {
            Some(table)
        }
        _ => None,
    })
}

fn rows(model: &mut Model) -> impl Iterator<Item = &mut Vec<Row>> {
    tables(model).map(|table| &mut table.rows)
}

/// Takes away a column of a table, counting through all of them.
fn column(model: &mut Model, place: usize) -> bool {
    let mut place = place;
    for table in tables(model) {
        if place < table.columns.len() {
            table.columns.remove(place);
            for row in &mut table.rows {
                remove(&mut row.cells, place);
            }
            return true;
        }
        place -= table.columns.len();
    }
    false
}

/// The expression of a sentence, where it has one.
fn amount(sentence: &mut Sentence) -> Option<&mut Expression> {
    match &mut sentence.body {
        Body::Define(_, amount)
        | Body::Split(amount, ..)
        | Body::Proportion(amount, ..)
        | Body::PayInTurn(amount, ..)
        | Body::Pay(_, amount)
        | Body::Require(amount, ..) => Some(amount),
        Body::Limit { most, .. } => Some(most),
        Body::Floor { least, .. } => Some(least),
        _ => None,
    }
}

/// Puts one part of an expression in its place.
fn take_side(expression: &mut Expression, side: usize) {
    let part =
        match expression {
            Expression::Binary(_, left, right) | Expression::Extreme(_, left, right) => {
                if side == 0 { left } else { right }
            }
            Expression::Part(_, inside)
            | Expression::Rounded(inside, ..)
            | Expression::For(inside, ..)
            | Expression::ForNamed(inside, _)
            | Expression::AtRates(inside, _)
            | Expression::Distance { from: inside, .. }
            | Expression::DaysBetween(inside, ..)
            | Expression::AgeBetween(_, inside)
            | Expression::OverWeeks(inside, _) => inside,
            _ => return,
        };
    *expression = (**part).clone();
}
