//! Conditions and the tests in them.

use alloc::boxed::Box;
use alloc::vec::Vec;

use nom::Parser;
use nom::combinator::cut;

use super::error::{Expected, Mistake};
use super::expression::{begins_phrase, boxed_expression, expression, per};
use super::literal::{integer, is_literal};
use super::tokens::{
    Read, Tokens, declared_name, firm, name, nested, optional_words, skip_article, token, word_run,
    words,
};
use crate::names::NameKind;
use crate::source::Span;
use crate::syntax::{
    Comparison, Condition, ConditionKind, Expression, ExpressionKind, Literal, Operand, Quantity,
    Spanned, TestOperand, ValueTest, Word,
};
use crate::token::TokenKind;

/// `condition = atom { [","] "and" atom } | atom { [","] "or" atom }`
pub(super) fn condition(input: Tokens<'_>) -> Read<'_, Condition> {
    let (rest, condition) = boxed_condition(input)?;
    Ok((rest, *condition))
}

/// A condition on the heap: conditions hold conditions, and the stack may be small.
fn boxed_condition(input: Tokens<'_>) -> Read<'_, Box<Condition>> {
    let (rest, first) = boxed_atom(input)?;
    match conjunction(rest) {
        None => Ok((rest, first)),
        Some((quantity, _)) => joined(input, rest, first, quantity),
    }
}

/// The atoms after the first, all joined by the same word.
fn joined<'t>(
    start: Tokens<'t>,
    mut input: Tokens<'t>,
    first: Box<Condition>,
    quantity: Quantity,
) -> Read<'t, Box<Condition>> {
    let mut parts = Vec::new();
    push(&mut parts, first);
    while let Some((next, rest)) = conjunction(input) {
        if next != quantity {
            return input.fail_at(Mistake::AndOrMixed, conjunction_span(input));
        }
        let (rest, part) = firm(boxed_atom(rest))?;
        push(&mut parts, part);
        input = rest;
    }
    Ok((input, so_many_of(quantity, parts, start.span_until(input))))
}

/// Adds to a list, in a frame of its own: those that call each other are many, and stay small.
fn push(parts: &mut Vec<Condition>, part: Box<Condition>) {
    parts.push(*part);
}

fn so_many_of(quantity: Quantity, parts: Vec<Condition>, span: Span) -> Box<Condition> {
    Box::new(Condition { kind: ConditionKind::Of(quantity, parts), span })
}

/// `[","] "and"`, `[","] "or"`: what it makes of the list, and the tokens after it
fn conjunction(input: Tokens<'_>) -> Option<(Quantity, Tokens<'_>)> {
    let input = after_comma(input);
    let all = input.after("and").map(|rest| (Quantity::All, rest));
    all.or_else(|| input.after("or").map(|rest| (Quantity::Any, rest)))
}

fn after_comma(input: Tokens<'_>) -> Tokens<'_> {
    if input.kind() == Some(TokenKind::Comma) { input.skip(1) } else { input }
}

fn conjunction_span(input: Tokens<'_>) -> Span {
    after_comma(input).here()
}

/// `atom = "not" NAME | list | "the" SUBJECT "is" ... | count | expression [ "is" test ]`
///
/// One with an unknown name in it is taken as free, so that nothing else is reported of it.
pub(super) fn boxed_atom(input: Tokens<'_>) -> Read<'_, Box<Condition>> {
    let unknown = input.context.count_unknown();
    let (rest, mut condition) = nested(input, atom_kind)?;
    condition.span = input.span_until(rest);
    if input.context.count_unknown() > unknown {
        condition.kind = ConditionKind::Broken;
    }
    Ok((rest, condition))
}

fn atom_kind(input: Tokens<'_>) -> Read<'_, Box<Condition>> {
    match list_head(input) {
        Some((quantity, rest)) => list(rest, quantity),
        None => single(input),
    }
}

/// An atom that is no list.
fn single(input: Tokens<'_>) -> Read<'_, Box<Condition>> {
    let (rest, kind) = single_kind(input)?;
    Ok((rest, Box::new(Condition { kind, span: Span::default() })))
}

fn single_kind(input: Tokens<'_>) -> Read<'_, ConditionKind> {
    if input.is_at("not") {
        return not_name(input);
    }
    if let Some(rest) = subject_is(input) {
        return concluded(input, rest);
    }
    match count(input) {
        Some((quantity, rest)) => members(rest, quantity),
        None => value_test(input),
    }
}

/// `"not" NAME`
fn not_name(input: Tokens<'_>) -> Read<'_, ConditionKind> {
    let (rest, name) = cut(name(Expected::Condition)).parse(input.skip(1))?;
    let truth = Condition { span: name.span, kind: ConditionKind::Truth(name) };
    Ok((rest, ConditionKind::Not(Box::new(truth))))
}

/// `("all"|"any"|"none"|count) "of these" ("is"|"are") "true"`
fn list_head(input: Tokens<'_>) -> Option<(Quantity, Tokens<'_>)> {
    let words = [("all", Quantity::All), ("any", Quantity::Any), ("none", Quantity::None)];
    let by_word = words.iter().find_map(|&(word, quantity)| Some((quantity, input.after(word)?)));
    let (quantity, rest) = by_word.or_else(|| counted(input))?;
    let rest = rest.after("of these is true").or_else(|| rest.after("of these are true"))?;
    Some((quantity, rest))
}

/// `":" item { item }`, the items with their dashes in one column
fn list(input: Tokens<'_>, quantity: Quantity) -> Read<'_, Box<Condition>> {
    let (mut input, _) = firm(token(TokenKind::Colon, Expected::Colon)(input))?;
    let Some(column) = item_column(input) else {
        return input.fail(Mistake::Expected(Expected::Items));
    };
    let mut items = Vec::new();
    while item_column(input) == Some(column) {
        let (rest, item) = firm(item(input.skip(1)))?;
        push(&mut items, item);
        input = rest;
    }
    Ok((input, so_many_of(quantity, items, Span::default())))
}

fn item_column(input: Tokens<'_>) -> Option<u32> {
    input.first().filter(|token| token.is_item()).map(|token| token.column)
}

/// `condition [ "." ]`
fn item(input: Tokens<'_>) -> Read<'_, Box<Condition>> {
    // Dashes before dashes are lists without a heading: counted, then refused.
    if input.kind() == Some(TokenKind::Minus) {
        return nested(input.skip(1), item);
    }
    let (rest, item) = boxed_condition(input)?;
    let is_ended = matches!(rest.kind(), Some(TokenKind::Stop | TokenKind::Semicolon));
    let next = rest.skip(1);
    if rest.kind() == Some(TokenKind::Comma) && item_column(next).is_some() {
        return rest.fail(Mistake::CommaAfterItem);
    }
    match is_ended && item_column(next).is_some() {
        true => Ok((next, item)),
        false => Ok((rest, item)),
    }
}

/// The tokens after `the child is` or `the service is`.
fn subject_is(input: Tokens<'_>) -> Option<Tokens<'_>> {
    let (rest, name) = declared_name(input)?;
    let kind = input.context.names.kind(&name.key);
    let is_subject = matches!(kind, Some(NameKind::Subject | NameKind::Item));
    rest.after("is").filter(|_| is_subject)
}

/// `"the" SUBJECT "is" [ "not" ] NAME`
fn concluded<'t>(input: Tokens<'t>, rest: Tokens<'t>) -> Read<'t, ConditionKind> {
    let (_, subject) = name(Expected::Subject)(input)?;
    let (rest, not) = optional_words("not", rest);
    if comparison(rest).is_some() {
        return rest.fail(Mistake::Expected(Expected::Conclusion));
    }
    let (rest, conclusion) = cut(name(Expected::Conclusion)).parse(rest)?;
    Ok((rest, ConditionKind::Concluded { subject, not, conclusion }))
}

/// `"every" | "all" | "any" | "no" | ("at least"|"at most"|"exactly") INT`
fn count(input: Tokens<'_>) -> Option<(Quantity, Tokens<'_>)> {
    if declared_name(input).is_some() {
        return None;
    }
    let words = [
        ("every", Quantity::All),
        ("all", Quantity::All),
        ("any", Quantity::Any),
        ("no", Quantity::None),
    ];
    let by_word = words.iter().find_map(|&(word, quantity)| Some((quantity, input.after(word)?)));
    by_word.or_else(|| counted(input))
}

fn counted(input: Tokens<'_>) -> Option<(Quantity, Tokens<'_>)> {
    let number = |words: &str| integer(input.after(words)?).ok();
    let at_least = number("at least").map(|(rest, count)| (Quantity::AtLeast(count), rest));
    let at_most = || number("at most").map(|(rest, count)| (Quantity::AtMost(count), rest));
    let exactly = || number("exactly").map(|(rest, count)| (Quantity::Exactly(count), rest));
    at_least.or_else(at_most).or_else(exactly)
}

/// `count FAMILY ("is"|"are") [ "not" ] test | count LIST ("is"|"are") [ "not" ] NAME`
fn members(input: Tokens<'_>, quantity: Quantity) -> Read<'_, ConditionKind> {
    let (input, family) = cut(name(Expected::Family)).parse(skip_article(input))?;
    let Some(rest) = after_is(input) else {
        return input.fail(Mistake::Expected(Expected::Is));
    };
    let (rest, not) = optional_words("not", rest);
    let kind = input.context.names.kind(&family.key);
    if matches!(kind, Some(NameKind::List | NameKind::Item)) {
        let (rest, what) = cut(name(Expected::Conclusion)).parse(rest)?;
        return Ok((rest, ConditionKind::Items { quantity, list: family, not, what }));
    }
    let (rest, test) = firm(test(rest, Some(&family.key)))?;
    Ok((rest, ConditionKind::Members { quantity, family, not, test }))
}

fn after_is(input: Tokens<'_>) -> Option<Tokens<'_>> {
    input.after("is").or_else(|| input.after("are"))
}

/// `expression ("is"|"are") [ "not" ] test`, or the name of a truth alone
fn value_test(start: Tokens<'_>) -> Read<'_, ConditionKind> {
    match boxed_expression(start) {
        Err(nom::Err::Error(_)) => start.error(Mistake::Expected(Expected::Condition)),
        Err(error) => Err(error),
        Ok((input, value)) => tested(input, *value),
    }
}

fn tested(input: Tokens<'_>, value: Expression) -> Read<'_, ConditionKind> {
    let Some(rest) = after_is(input) else {
        return match value.kind {
            ExpressionKind::Name(name) => Ok((input, ConditionKind::Truth(name))),
            _ => input.fail(Mistake::Expected(Expected::Is)),
        };
    };
    let (rest, not) = optional_words("not", rest);
    let tested = match &value.kind {
        ExpressionKind::Name(name) => Some(name.key.as_str()),
        _ => None,
    };
    let (rest, test) = firm(test(rest, tested))?;
    Ok((rest, ConditionKind::Test { value, not, test }))
}

/// `expression "must" [ "not" ] "be" test`
pub(super) fn requirement(start: Tokens<'_>) -> Read<'_, Condition> {
    let (input, value) = cut(boxed_expression).parse(start)?;
    let (input, _) = cut(words("must", Expected::MustBe)).parse(input)?;
    let (input, not) = optional_words("not", input);
    let (input, _) = cut(words("be", Expected::MustBe)).parse(input)?;
    let tested = match &value.kind {
        ExpressionKind::Name(name) => Some(name.key.as_str()),
        _ => None,
    };
    let (input, test) = firm(test(input, tested))?;
    let kind = ConditionKind::Test { value: *value, not, test };
    Ok((input, Condition { kind, span: start.span_until(input) }))
}

/// `test = "the same as" NAME | "either" WORD { "or" WORD } | "between" sum "and" sum
///       | comparison sum | value [ "or" ("higher"|"lower"|"more"|"less") ]`
///
/// The words of what is tested are looked up before all else.
fn test<'t>(input: Tokens<'t>, tested: Option<&str>) -> Read<'t, ValueTest> {
    if input.word_length(tested).is_some() {
        return value(input, tested);
    }
    if input.is_at("known") || input.is_at("unknown") {
        return input.fail(Mistake::KnownTested);
    }
    if let Some(rest) = input.after("the same as") {
        let (rest, other) = cut(expression).parse(rest)?;
        let operand = TestOperand::Expression(other);
        return Ok((rest, ValueTest::Compare(Comparison::Exactly, operand)));
    }
    if let Some(rest) = input.after("either") {
        return either(rest, tested);
    }
    if let Some(rest) = input.after("between") {
        return between(rest);
    }
    match comparison(input) {
        Some((comparison, rest)) => {
            let (rest, operand) = firm(test_operand(rest, tested))?;
            Ok((rest, ValueTest::Compare(comparison, operand)))
        }
        None => value(input, tested),
    }
}

/// `"either" WORD { "or" WORD }`
fn either<'t>(input: Tokens<'t>, tested: Option<&str>) -> Read<'t, ValueTest> {
    let (input, first) = firm(operand(input, tested))?;
    let mut operands = Vec::from([first]);
    let mut input = input;
    while let Some(rest) = input.after("or") {
        // From the third on, `or` may begin the next condition instead.
        if operands.len() > 1 && !is_next_word(rest, tested) {
            break;
        }
        let (rest, next) = firm(operand(rest, tested))?;
        operands.push(next);
        input = rest;
    }
    Ok((input, ValueTest::Is(operands)))
}

fn is_next_word(input: Tokens<'_>, tested: Option<&str>) -> bool {
    let word = input.word_length(tested);
    let name = declared_name(input).map(|(rest, _)| input.slice().len() - rest.slice().len());
    if word.is_some() && word >= name || is_literal(input) {
        return true;
    }
    // The words of a value are those of its table, and need not be declared.
    let has_own_words = tested.is_some_and(|fact| input.context.names.has_own_words(fact));
    !has_own_words && !begins_condition(input)
}

/// Whether a condition comes next, and no word that a table answers.
fn begins_condition(input: Tokens<'_>) -> bool {
    let is_known = declared_name(input).is_some() || input.is_at("not") || begins_phrase(input);
    let is_list = || list_head(input).is_some() || count(input).is_some();
    let is_tested = || match word_run(Expected::Test, None)(input) {
        Ok((rest, _)) => after_is(rest).is_some(),
        Err(_) => true,
    };
    is_known || is_list() || is_tested()
}

/// `"between" sum "and" sum`
fn between(input: Tokens<'_>) -> Read<'_, ValueTest> {
    let (input, least) = cut(expression).parse(input)?;
    let (input, _) = cut(words("and", Expected::And)).parse(input)?;
    let (input, greatest) = cut(expression).parse(input)?;
    Ok((input, ValueTest::Between(least, greatest)))
}

const COMPARISONS: [(&str, Comparison); 12] = [
    ("under", Comparison::Under),
    ("less than", Comparison::Under),
    ("before", Comparison::Under),
    ("at most", Comparison::AtMost),
    ("up to", Comparison::AtMost),
    ("on or before", Comparison::AtMost),
    ("exactly", Comparison::Exactly),
    ("at least", Comparison::AtLeast),
    ("on or after", Comparison::AtLeast),
    ("over", Comparison::Over),
    ("more than", Comparison::Over),
    ("after", Comparison::Over),
];

/// `under`, `at least`, `on or after` ..., and the tokens after it
pub(super) fn comparison(input: Tokens<'_>) -> Option<(Comparison, Tokens<'_>)> {
    COMPARISONS.iter().find_map(|&(words, comparison)| Some((comparison, input.after(words)?)))
}

/// `or higher`, `or more`, `or lower`, `or less`, and the tokens after it
pub(super) fn or_more(input: Tokens<'_>) -> Option<(Comparison, Tokens<'_>)> {
    let rest = input.after("or")?;
    let comparison = match rest.first()?.key.as_str() {
        "higher" | "more" | "over" | "later" | "above" => Comparison::AtLeast,
        "lower" | "less" | "under" | "earlier" | "below" => Comparison::AtMost,
        _ => return None,
    };
    Some((comparison, rest.skip(1)))
}

/// A level, or a sum of names, numbers and amounts
fn test_operand<'t>(input: Tokens<'t>, tested: Option<&str>) -> Read<'t, TestOperand> {
    if input.word_length(tested).is_some() {
        let (rest, (key, span)) = word_run(Expected::Test, tested)(input)?;
        return Ok((rest, TestOperand::Word(Word { key, span })));
    }
    let (rest, value) = expression(input)?;
    Ok((rest, TestOperand::Expression(value)))
}

/// `value [ "or" ("higher"|"lower"|"more"|"less") ]`
fn value<'t>(input: Tokens<'t>, tested: Option<&str>) -> Read<'t, ValueTest> {
    let is_word = input.word_length(tested).is_some();
    if !is_word && is_literal(input) {
        return literal_value(input);
    }
    let (input, (key, span)) = word_run(Expected::Test, tested)(input)?;
    let word = Word { key, span };
    Ok(match or_more(input) {
        Some((comparison, rest)) => (rest, ValueTest::Compare(comparison, TestOperand::Word(word))),
        None => (input, ValueTest::Is(Vec::from([Operand::Words(word)]))),
    })
}

/// `£0.00`, `5 or more`, `£5.00 a week`
fn literal_value(input: Tokens<'_>) -> Read<'_, ValueTest> {
    let (input, value) = expression(input)?;
    if let Some((comparison, rest)) = or_more(input) {
        let operand = TestOperand::Expression(value);
        return Ok((rest, ValueTest::Compare(comparison, operand)));
    }
    Ok((input, exactly(value)))
}

/// A literal without unit is the value itself; anything else is compared.
fn exactly(value: Expression) -> ValueTest {
    match value.kind {
        ExpressionKind::Literal { value: literal, per: None } => {
            let literal = Spanned { value: literal, span: value.span };
            ValueTest::Is(Vec::from([Operand::Literal(literal)]))
        }
        kind => {
            let value = Expression { kind, span: value.span };
            ValueTest::Compare(Comparison::Exactly, TestOperand::Expression(value))
        }
    }
}

/// A literal or a word of a closed list
pub(super) fn operand<'t>(input: Tokens<'t>, tested: Option<&str>) -> Read<'t, Operand> {
    let is_word = input.word_length(tested).is_some();
    if !is_word && is_literal(input) {
        let (rest, literal) = super::literal::literal(input)?;
        let may_have_unit = matches!(literal.value, Literal::Money(_) | Literal::Number(_));
        return Ok(match per(rest) {
            (rest, Some(per)) if may_have_unit => (rest, Operand::Amount(literal, per)),
            _ => (rest, Operand::Literal(literal)),
        });
    }
    let (rest, (key, span)) = word_run(Expected::Test, tested)(input)?;
    Ok((rest, Operand::Words(Word { key, span })))
}
