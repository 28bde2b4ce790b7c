//! What the engine answers about one case, held against the reference.

use apportion::checked::{Body, Constant, Type};
use apportion::policy::Policy;
use apportion_core::decision::{Answer, CostLine, Decision};
use apportion_core::program::{ClauseId, ConclusionId, PartyId, UnitId, ValueId};
use num_bigint::BigInt;
use num_rational::BigRational;

use crate::reference::{Datum, Item, Line, OfItem, Outcome};

use super::awaiting::same_awaiting;
use super::{Mismatch, Same, same, words_of_bits};

/// Everything that a decision says. Gives back of how many tables the row was compared.
pub(super) fn same_answers(
    policy: &Policy,
    outcome: &Outcome,
    decision: &Decision,
) -> Result<usize, Mismatch> {
    same("the cover", &outcome.is_covered, &decision.is_covered())?;
    if !outcome.is_covered {
        let reasons = policy.reasons_for_no_cover(decision).into_iter().collect();
        same("the reasons for no cover", &outcome.reasons_not_covered, &reasons)?;
        return Ok(0);
    }
    same_conclusions(policy, outcome, decision)?;
    same_values(policy, outcome, decision)?;
    same_lines(outcome, decision)?;
    same_totals(policy, outcome, |party, unit| {
        let mut totals = decision.totals();
        totals.find(|it| (it.0, it.1) == (party, unit)).map(|it| it.2.pence())
    })?;
    for (party, name) in (0..).map(PartyId).zip(&outcome.names) {
        same("a party's name", &Some(name.as_str()), &policy.party_text(decision, party))?;
    }
    same_awaiting(outcome, decision)?;
    let mut referrals: Vec<_> = decision.referrals().collect();
    referrals.sort();
    same("the referrals", &outcome.referrals, &referrals)?;
    for (id, applies) in clauses_to_compare(policy, outcome) {
        let number = policy.clause_number(id);
        same(&format!("whether {number} applies"), &Some(applies), &decision.clause(id))?;
    }
    let mut rows = same_rows(policy, outcome, None, decision)?;
    for (item, of_item) in &outcome.items {
        let found = decision.of_item(*item);
        same(&format!("whether there is {item:?}"), &true, &found.is_some())?;
        let Some(found) = found else { continue };
        let compared = same_of_item(policy, outcome, (*item, of_item), &found);
        rows += compared.map_err(|mut mismatch| {
            mismatch.what = format!("of {}, {}", policy.show_item(*item), mismatch.what);
            mismatch
        })?;
    }
    Ok(rows)
}

/// Everything that a decision says of one item.
fn same_of_item(
    policy: &Policy,
    outcome: &Outcome,
    (item, of_item): (Item, &OfItem),
    decision: &Decision,
) -> Result<usize, Mismatch> {
    for (id, is_drawn) in &of_item.conclusions {
        same(&format!("{id:?}"), &Some(*is_drawn), &decision.concludes(*id))?;
        let reasons = policy.reasons(decision, *id).into_iter().collect();
        same(&format!("the reasons of {id:?}"), &of_item.reasons.get(id), &Some(&reasons))?;
    }
    for (id, value) in &of_item.values {
        let engine = decision.value(*id).and_then(|answer| datum(policy, *id, answer));
        same(&format!("{id:?}"), value, &engine)?;
    }
    same_rows(policy, outcome, Some(item), decision)
}

fn same_conclusions(policy: &Policy, outcome: &Outcome, decision: &Decision) -> Same {
    let declared = policy.checked().conclusions.iter().zip((0..).map(ConclusionId));
    let declared = declared.zip(&outcome.conclusions);
    for ((conclusion, id), is_drawn) in declared.filter(|((it, _), _)| it.list.is_none()) {
        let name = &conclusion.name;
        same(&format!("`{name}`"), is_drawn, &decision.concludes(id))?;
        let reasons = policy.reasons(decision, id).into_iter().collect();
        same(&format!("the reasons of `{name}`"), &outcome.reasons.get(&id), &Some(&reasons))?;
    }
    Ok(())
}

fn same_values(policy: &Policy, outcome: &Outcome, decision: &Decision) -> Same {
    let declared = policy.checked().values.iter().zip((0..).map(ValueId));
    for ((declared, id), value) in declared.zip(&outcome.values) {
        if declared.each.is_none() && declared.list.is_none() {
            let engine = decision.value(id).and_then(|answer| datum(policy, id, answer));
            same(&format!("`{}`", declared.name), value, &engine)?;
        }
    }
    for ((id, member), value) in &outcome.member_values {
        let declared = policy.checked().values.get(id.index());
        let engine = policy.member_value(decision, *id, *member);
        let engine = engine.zip(declared).and_then(|(it, of)| datum_of(it, &of.kind));
        let name = declared.map_or("", |declared| &declared.name);
        let member = policy.facts().get(member.index()).map_or("", |fact| &fact.name);
        same(&format!("`{name}` of `{member}`"), value, &engine)?;
    }
    Ok(())
}

/// The cost lines in the order of their clauses, those of £0.00 among them.
fn same_lines(outcome: &Outcome, decision: &Decision) -> Same {
    let mut lines = outcome.lines.clone();
    lines.sort_by_key(|line| (line.clause, line.item));
    let engine = decision.lines().map(|line| {
        let CostLine { clause, party, unit, amount, item } = line;
        Line { clause, party, unit, pence: amount.pence().into(), item }
    });
    let mut engine: Vec<Line> = engine.collect();
    same("the order of the cost lines", &true, &engine.is_sorted_by_key(|line| line.clause))?;
    // Of one clause the engine goes party by party, and the reference item by item.
    if engine.iter().any(|line| line.item.is_some()) {
        engine.sort_by_key(|line| (line.clause, line.item));
    }
    same("the cost lines", &lines, &engine)
}

/// That every party pays as much in every unit; nothing where the engine has no such total.
pub(super) fn same_totals(
    policy: &Policy,
    outcome: &Outcome,
    pays: impl Fn(PartyId, UnitId) -> Option<i64>,
) -> Same {
    for (party, declared) in (0..).map(PartyId).zip(&policy.checked().parties) {
        for unit in (0..).map(UnitId).take(policy.checked().units.len()) {
            let expected = outcome.totals.get(&(party, unit)).cloned().unwrap_or_default();
            let engine = BigInt::from(pays(party, unit).unwrap_or(0));
            same(&format!("what {} pays in {unit:?}", declared.name), &expected, &engine)?;
        }
    }
    Ok(())
}

/// The clauses that decide something, and whether the engine must say that they apply.
///
/// Those with nothing but promises decide nothing. Of a limit or floor the engine says that it
/// applies where it moves money: what it is told for is why an amount is what it is.
pub(super) fn clauses_to_compare<'a>(
    policy: &'a Policy,
    outcome: &'a Outcome,
) -> impl Iterator<Item = (ClauseId, bool)> + 'a {
    let said = (0..).map(ClauseId).zip(&outcome.clauses);
    said.filter_map(|(clause, said)| {
        let provisions = policy.checked().provisions.iter().filter(|it| it.clause == clause);
        let mut bodies = provisions.map(|it| &it.body);
        if bodies.clone().all(|body| matches!(body, Body::Promise(_))) {
            return None;
        }
        let is_limit = bodies.any(|body| matches!(body, Body::Limit { .. } | Body::Floor { .. }));
        let moves = !is_limit || outcome.lines.iter().any(|line| line.clause == clause);
        Some((clause, said.applies && moves))
    })
}

/// The row of each table of which the engine tells it: those whose rows all give something
/// else. Where several rows apply and agree it tells the first.
fn same_rows(
    policy: &Policy,
    outcome: &Outcome,
    item: Option<Item>,
    decision: &Decision,
) -> Result<usize, Mismatch> {
    let mut compared = 0;
    for ((id, member, of), rows) in &outcome.rows {
        let place = id.0 as usize;
        let provision = policy.checked().provisions.get(place);
        let is_meant = member.is_none() && *of == item;
        let Some(provision) = provision.filter(|_| is_meant) else { continue };
        let row = policy.row(decision, *id);
        let is_told = policy.compiled().provisions.get(place).is_some_and(|it| it.row.is_some());
        // A split tells the row of its shares, so where none is made there is no row.
        if row.is_some() || is_told && matches!(provision.body, Body::Table(_)) {
            let number = policy.clause_number(provision.clause);
            same(&format!("the row of {number}"), &rows.first().copied(), &row)?;
            compared += 1;
        }
    }
    Ok(compared)
}

/// A value of the engine as the reference writes it.
pub(super) fn datum(policy: &Policy, id: ValueId, answer: Answer) -> Option<Datum> {
    let value = policy.checked().values.get(id.index())?;
    let constant = match (answer, &value.kind) {
        (Answer::Date(day), _) => Constant::Date(day),
        (Answer::Byte(byte), Type::YesNo) => Constant::YesNo(byte != 0),
        (Answer::Byte(byte), Type::Words { .. }) => Constant::Word(byte),
        (Answer::Amount(words), Type::Listed { .. }) => Constant::Listed(words),
        (Answer::Byte(byte), _) => Constant::Number(policy.number_of_code(id, byte)?),
        (Answer::Amount(amount), _) => Constant::Number(amount),
    };
    datum_of(constant, &value.kind)
}

fn datum_of(constant: Constant, kind: &Type) -> Option<Datum> {
    Some(match (constant, kind) {
        (Constant::YesNo(truth), Type::YesNo) => Datum::YesNo(truth),
        (Constant::Word(word), Type::Words { .. }) => Datum::Word(word),
        (Constant::Date(day), Type::Date { .. }) => Datum::Date(day),
        (Constant::Number(number), Type::Number(of)) => {
            Datum::Number(BigRational::new(number.into(), of.denominator.max(1).into()))
        }
        (Constant::Listed(words), Type::Listed { .. }) => Datum::Listed(words_of_bits(words)),
        _ => return None,
    })
}
