//! The same policy written in another order, wherever the order says nothing.
//!
//! What keeps its order is what the language names: the parties, levels, the rows of
//! `first row that applies` and of what is listed, limits, rates by their days, and the two sides of a difference.

use std::collections::BTreeMap;

use super::choices::Choices;
use super::model::{
    Body, Cell, Clause, ClauseKey, Condition, FactType, Model, Place, Row, Section, Sentence,
    Table, Test,
};

/// The policy in another order: what is declared, sections, clauses, rows, columns, and the
/// parts of conditions and lists. Clauses and sections get the numbers of their new places.
#[must_use]
pub fn reorder(model: &Model, choices: &mut dyn Choices) -> Model {
    let mut model = model.clone();
    declared(&mut model, choices);
    sections(&mut model.sections, choices);
    let is_row = |place: &Place| match place {
        Place::Row(key, _) => Some(*key),
        _ => None,
    };
    let places = model.sentences_mut().flat_map(|it| it.despite.clone());
    let with_rows: Vec<ClauseKey> = places.filter_map(|place| is_row(&place)).collect();
    for clause in model.sections.iter_mut().flat_map(|section| &mut section.clauses) {
        // Rows that are called by their numbers keep them.
        let keeps_rows = with_rows.contains(&clause.key);
        clause.sentences_mut().for_each(|it| sentence(it, keeps_rows, choices));
    }
    model
}

fn declared(model: &mut Model, choices: &mut dyn Choices) {
    choices.shuffle(&mut model.panels);
    choices.shuffle(&mut model.sources);
    choices.shuffle(&mut model.ladders);
    choices.shuffle(&mut model.facts);
    choices.shuffle(&mut model.families);
    choices.shuffle(&mut model.groups);
    choices.shuffle(&mut model.lists);
    for list in &mut model.lists {
        choices.shuffle(&mut list.facts);
    }
    for group in &mut model.groups {
        choices.shuffle(&mut group.members);
    }
    for family in &mut model.families {
        choices.shuffle(&mut family.members);
    }
    let of_families = model.families.iter_mut().map(|family| &mut family.kind);
    let of_items = model.lists.iter_mut().flat_map(|list| &mut list.facts);
    let facts = model.facts.iter_mut().chain(of_items).map(|fact| &mut fact.kind);
    for kind in facts.chain(of_families) {
        if let FactType::OneOf(words) = kind {
            choices.shuffle(words);
        }
    }
}

fn sections(sections: &mut [Section], choices: &mut dyn Choices) {
    let rising: Vec<u32> = sections.iter().map(|section| section.number).collect();
    choices.shuffle(sections);
    let mut moved = BTreeMap::new();
    for (section, number) in sections.iter_mut().zip(rising) {
        moved.insert(section.number, number);
        clauses(&mut section.clauses, number, choices);
        section.number = number;
    }
    let all = sections.iter_mut().flat_map(|section| &mut section.clauses);
    for sentence in all.flat_map(Clause::sentences_mut) {
        let bodies = [Some(&mut sentence.body), sentence.otherwise.as_mut()];
        let shares = bodies.into_iter().flatten().filter_map(Body::shares_mut);
        for place in shares.chain(&mut sentence.despite) {
            if let Place::Section(number) = place {
                *number = moved.get(number).copied().unwrap_or(*number);
            }
        }
    }
}

/// Limits keep their order among themselves; all of them stand in one section.
fn clauses(clauses: &mut [Clause], section: u32, choices: &mut dyn Choices) {
    let rising: Vec<String> = clauses.iter().map(|clause| ending(&clause.number)).collect();
    let limits: Vec<Clause> = clauses.iter().filter(|clause| is_limit(clause)).cloned().collect();
    choices.shuffle(clauses);
    for (place, limit) in clauses.iter_mut().filter(|clause| is_limit(clause)).zip(limits) {
        *place = limit;
    }
    for (clause, ending) in clauses.iter_mut().zip(rising) {
        clause.number = format!("{section}.{ending}");
    }
}

/// What follows the section in the number of a clause.
fn ending(number: &str) -> String {
    number.split_once('.').map(|(_, ending)| ending.to_owned()).unwrap_or_default()
}

fn is_limit(clause: &Clause) -> bool {
    let moves = |body: &Body| matches!(body, Body::Limit { .. } | Body::Floor { .. });
    clause.sentences.iter().any(|sentence| moves(&sentence.body))
}

fn sentence(sentence: &mut Sentence, keeps_rows: bool, choices: &mut dyn Choices) {
    choices.shuffle(&mut sentence.despite);
    if let Some(when) = &mut sentence.when {
        condition(when, choices);
    }
    match &mut sentence.body {
        Body::Table { names, hit, table, .. } => {
            choices.shuffle(names);
            reorder_table(hit, keeps_rows, table, choices);
        }
        Body::ShareTable(hit, table) => reorder_table(hit, keeps_rows, table, choices),
        Body::Shares(shares) => choices.shuffle(shares),
        _ => {}
    }
}

fn condition(condition: &mut Condition, choices: &mut dyn Choices) {
    match condition {
        Condition::Joined(_, parts) | Condition::List(_, parts) => {
            parts.iter_mut().for_each(|part| self::condition(part, choices));
            choices.shuffle(parts);
        }
        Condition::Test(_, _, Test::Either(words))
        | Condition::Members(_, _, _, Test::Either(words)) => choices.shuffle(words),
        _ => {}
    }
}

fn reorder_table(hit: &str, keeps_rows: bool, table: &mut Table, choices: &mut dyn Choices) {
    let mut columns: Vec<usize> = (0..table.columns.len()).collect();
    choices.shuffle(&mut columns);
    table.columns = in_order(&table.columns, &columns);
    for row in &mut table.rows {
        row.cells = in_order(&row.cells, &columns);
        for cell in &mut row.cells {
            if let Cell::OneOf(tests) | Cell::Not(tests) = cell {
                choices.shuffle(tests);
            }
        }
    }
    if keeps_rows || ["first row that applies", "every row that applies, listed"].contains(&hit) {
        return;
    }
    // The `otherwise` row is always the last.
    let asked = table.rows.len() - usize::from(table.rows.last().is_some_and(is_otherwise));
    if let Some(rows) = table.rows.get_mut(..asked) {
        choices.shuffle(rows);
    }
}

fn in_order<T: Clone>(list: &[T], places: &[usize]) -> Vec<T> {
    places.iter().filter_map(|place| list.get(*place).cloned()).collect()
}

fn is_otherwise(row: &Row) -> bool {
    row.cells.contains(&Cell::Otherwise)
}
