//! Clauses as short text, so that a test can state the tree it expects in one line.

use apportion::syntax::{
    Body, CellKind, CellTest, Comparison, Condition, ConditionKind, Decimal, Expression,
    ExpressionKind, Literal, Name, Operand, Operator, Promise, Quantity, Reference, RoundTo,
    Sentence, Share, ShareKind, Spare, TestOperand, ValueTest,
};

/// `despite (2.1) if ?fast track: conclude child: eligible`
pub(super) fn sentence(sentence: &Sentence) -> String {
    let mut text = String::new();
    if !sentence.despite.is_empty() {
        text += &format!("despite ({}) ", list(&sentence.despite, reference));
    }
    let each = sentence.each.as_ref().map(|each| format!("each {}: ", each.item.key));
    let is_after_when = sentence.each.as_ref().is_some_and(|each| each.is_after_when);
    text += each.as_deref().filter(|_| !is_after_when).unwrap_or_default();
    if let Some(when) = &sentence.when {
        text += &format!("if {}: ", condition(when));
    }
    text += each.as_deref().filter(|_| is_after_when).unwrap_or_default();
    text += &body(&sentence.body);
    if let Some(otherwise) = &sentence.otherwise {
        text += &format!("; else {}", body(otherwise));
    }
    text
}

fn list<T>(items: &[T], show: impl Fn(&T) -> String) -> String {
    items.iter().map(show).collect::<Vec<_>>().join(", ")
}

fn body(body: &Body) -> String {
    match body {
        Body::Cover { subject } => format!("cover {}", subject.key),
        Body::Conclude { subject, not, conclusion } => {
            format!("conclude {}: {}{}", subject.key, not_word(*not), conclusion.key)
        }
        Body::Define { name, value } => format!("{} = {}", name.key, expression(value)),
        Body::Table { names, each, hit, table } => {
            let names = list(names, key);
            let each = each.as_ref().map(|each| format!(" for {}", each.key)).unwrap_or_default();
            format!("table [{names}]{each} {hit:?} {}x{}", table.rows.len(), table.columns.len())
        }
        Body::Slices { name, rounding, table } => {
            let to = rounding.map(|(to, rounding)| format!(", {}, {rounding:?}", round_to(to)));
            let to = to.unwrap_or_default();
            format!("slices [{}]{to} {}x{}", name.key, table.rows.len(), table.columns.len())
        }
        Body::Rates { name, per, rates } => {
            let rates = list(rates, |rate| {
                let until = rate.until.as_ref().map(|until| format!(" until {}", until.value));
                let until = until.unwrap_or_default();
                format!("{} from {}{until}", literal(&rate.value.value), rate.from.value)
            });
            format!("rate {} per {}: {rates}", name.key, per.value)
        }
        Body::Shares(shares) => format!("shares {}", list(shares, share)),
        Body::AsDecided { panel } => format!("as {} decides", panel.key),
        Body::Ratio { parties, terms } => {
            let terms = list(terms, |term| decimal(term.value));
            format!("ratio {}: {terms}", list(parties, key))
        }
        Body::Split { amount, shares, refunds, spare } => {
            let spare = spare.as_ref().map(spare_pennies).unwrap_or_default();
            let refunds = refunds_words(*refunds);
            format!("split {} by {}{refunds}{spare}", expression(amount), reference(shares))
        }
        Body::Proportion { amount, parties, weights, refunds, spare } => {
            let spare = spare.as_ref().map(spare_pennies).unwrap_or_default();
            let (parties, weights) = (list(parties, key), list(weights, expression));
            let refunds = refunds_words(*refunds);
            format!("split {} [{parties}] as [{weights}]{refunds}{spare}", expression(amount))
        }
        Body::Pay { party, amount, refunds } => {
            format!("{} pays {}{}", party.key, expression(amount), refunds_words(*refunds))
        }
        Body::PayInTurn { amount, tiers, last } => {
            let tiers =
                list(tiers, |tier| format!("{} {}", tier.party.key, expression(&tier.most)));
            format!("of {}: {tiers}, {} the rest", expression(amount), last.key)
        }
        Body::Limit { party, most, under, other, refer } => {
            let refer = refer.as_ref().map(|to| format!(", refer {}", to.key)).unwrap_or_default();
            let (under, most) = (under_words(under), expression(most));
            format!("{} <= {most}{under}, {} the excess{refer}", party.key, other.key)
        }
        Body::Floor { party, least, under, from } => {
            let (under, least) = (under_words(under), expression(least));
            format!("{} >= {least}{under}, from {}", party.key, list(from, key))
        }
        Body::Require { must } => format!("must: {}", condition(must)),
        Body::Refer { panel } => format!("refer {}", panel.key),
        Body::Switch { clause } => format!("switch off {}", reference(clause)),
        Body::Promise(kind) => format!("promise {}", promise(kind)),
    }
}

fn refunds_words(refunds: bool) -> &'static str {
    if refunds { ", refunds" } else { "" }
}

fn under_words(under: &[Reference]) -> String {
    if under.is_empty() { String::new() } else { format!(" under {}", list(under, reference)) }
}

fn key(name: &Name) -> String {
    name.key.clone()
}

fn not_word(not: bool) -> &'static str {
    if not { "not " } else { "" }
}

fn reference(reference: &Reference) -> String {
    let section = if reference.is_section { "section " } else { "" };
    let row = reference.row.map(|row| format!(" row {row}")).unwrap_or_default();
    let tool = reference.tool.as_ref().map(|tool| format!("{} ", tool.key)).unwrap_or_default();
    format!("{section}{tool}{}{row}", reference.number)
}

fn share(share: &Share) -> String {
    let part = match &share.share {
        ShareKind::Literal(value) => literal(value),
        ShareKind::Name(name) => name.key.clone(),
        ShareKind::Rest => "rest".to_string(),
    };
    format!("{}: {part}", share.party.key)
}

fn spare_pennies(spare: &Spare) -> String {
    match spare {
        Spare::LargestFractions => ", largest fractions".to_string(),
        Spare::InOrder => ", in order".to_string(),
        Spare::Difference { party, rounding } => {
            format!(", {} the difference, others {rounding:?}", party.key)
        }
    }
}

fn promise(promise: &Promise) -> String {
    match promise {
        Promise::AddUp { amount } => format!("payments = {}", expression(amount)),
        Promise::Monotone { rising, never_lower, party, within } => {
            let way = if *never_lower { "never lowers" } else { "never raises" };
            let within = within.as_ref().map(|place| format!(" in {}", reference(place)));
            format!("{} {way} {}{}", rising.key, party.key, within.unwrap_or_default())
        }
        Promise::Bound { party, is_most, amount } => {
            format!("{} {} {}", party.key, if *is_most { "<=" } else { ">=" }, expression(amount))
        }
        Promise::Always { conclusion, is_always } => {
            format!("{} {}", if *is_always { "always" } else { "never" }, conclusion.key)
        }
    }
}

/// `(age on decision date) < 18`
pub(super) fn condition(condition: &Condition) -> String {
    match &condition.kind {
        ConditionKind::Of(quantity, parts) => {
            let parts: Vec<String> = parts.iter().map(self::condition).collect();
            format!("{}({})", quantity_word(*quantity), parts.join(" | "))
        }
        ConditionKind::Not(inner) => format!("not {}", self::condition(inner)),
        ConditionKind::Concluded { subject, not, conclusion } => {
            format!("{} concluded {}{}", subject.key, not_word(*not), conclusion.key)
        }
        ConditionKind::Truth(name) => format!("?{}", name.key),
        ConditionKind::Test { value, not, test } => {
            format!("{}{} {}", not_word(*not), expression(value), value_test(test))
        }
        ConditionKind::Members { quantity, family, not, test } => {
            let quantity = quantity_word(*quantity);
            format!("{quantity} {} {}{}", family.key, not_word(*not), value_test(test))
        }
        ConditionKind::Items { quantity, list, not, what } => {
            format!("{} {} {}?{}", quantity_word(*quantity), list.key, not_word(*not), what.key)
        }
        ConditionKind::Broken => "broken".to_string(),
    }
}

fn quantity_word(quantity: Quantity) -> String {
    match quantity {
        Quantity::All => "all".to_string(),
        Quantity::Any => "any".to_string(),
        Quantity::None => "none".to_string(),
        Quantity::AtLeast(count) => format!(">={count}"),
        Quantity::AtMost(count) => format!("<={count}"),
        Quantity::Exactly(count) => format!("={count}"),
    }
}

fn value_test(test: &ValueTest) -> String {
    match test {
        ValueTest::Is(operands) => format!("is {}", list(operands, operand)),
        ValueTest::Compare(comparison, TestOperand::Word(word)) => {
            format!("{} '{}'", sign(*comparison), word.key)
        }
        ValueTest::Compare(comparison, TestOperand::Expression(value)) => {
            format!("{} {}", sign(*comparison), expression(value))
        }
        ValueTest::Between(least, greatest) => {
            format!("between {} and {}", expression(least), expression(greatest))
        }
    }
}

fn operand(operand: &Operand) -> String {
    match operand {
        Operand::Literal(value) => literal(&value.value),
        Operand::Amount(value, per) => format!("{} a {}", literal(&value.value), per.value),
        Operand::Words(word) => format!("'{}'", word.key),
    }
}

fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Under => "<",
        Comparison::AtMost => "<=",
        Comparison::Exactly => "==",
        Comparison::AtLeast => ">=",
        Comparison::Over => ">",
    }
}

/// `(care + (2 x cost))`
pub(super) fn expression(expression: &Expression) -> String {
    let show = self::expression;
    match &expression.kind {
        ExpressionKind::Literal { value, per } => {
            let per = per.as_ref().map(|per| format!(" per {}", per.value)).unwrap_or_default();
            format!("{}{per}", literal(value))
        }
        ExpressionKind::Name(name) => name.key.clone(),
        ExpressionKind::Binary { operator, left, right } => {
            let sign = match operator {
                Operator::Add => "+",
                Operator::Subtract => "-",
                Operator::Multiply => "x",
                Operator::Divide => "/",
            };
            format!("({} {sign} {})", show(left), show(right))
        }
        ExpressionKind::Part { share, of } => {
            format!("({} of {})", literal(&share.value), show(of))
        }
        ExpressionKind::Extreme { is_greatest, left, right } => {
            let word = if *is_greatest { "greater" } else { "lesser" };
            format!("{word}({}, {})", show(left), show(right))
        }
        ExpressionKind::Age { from, on } => {
            let from = from.as_ref().map(|from| format!("{}, ", show(from))).unwrap_or_default();
            format!("age({from}{})", show(on))
        }
        ExpressionKind::Over { aggregate, of, family, filter, if_none } => {
            let of = of.as_ref().map(|of| format!("{} over ", of.key)).unwrap_or_default();
            let filter = filter.as_ref().map(|filter| format!(" where {}", condition(filter)));
            let none = if_none.as_ref().map(|none| format!(" or {} if none", operand(none)));
            let (filter, none) = (filter.unwrap_or_default(), none.unwrap_or_default());
            format!("{aggregate:?}({of}{}{filter}{none})", family.key)
        }
        ExpressionKind::Rounded { value, to, rounding } => {
            format!("round({}, {}, {rounding:?})", show(value), round_to(*to))
        }
        ExpressionKind::For { value, count, period, per } => {
            let per = per.as_ref().map(|per| format!(" per {per}")).unwrap_or_default();
            format!("({} for {} {period}{per})", show(value), decimal(*count))
        }
        ExpressionKind::AtRates { value, on } => format!("({} at {})", show(value), show(on)),
        ExpressionKind::ForNamed { value, name } => format!("({} for {})", show(value), name.key),
        ExpressionKind::Distance { count, period, is_before, from, counts_day, missing } => {
            let way = if *is_before { "before" } else { "after" };
            let counting = match counts_day {
                Some(true) => ", counting",
                Some(false) => ", not counting",
                None => "",
            };
            let missing = missing.map(|missing| format!(", {missing:?}")).unwrap_or_default();
            let (count, from) = (count.value, show(from));
            format!("({count} {period:?} {way} {from}{counting}{missing})")
        }
        ExpressionKind::DaysBetween { from, to, counting } => {
            format!("days({}, {}, {counting:?})", show(from), show(to))
        }
        ExpressionKind::OverWeeks { value, weeks } => {
            format!("({} over {} weeks)", show(value), decimal(*weeks))
        }
    }
}

fn round_to(to: RoundTo) -> String {
    match to {
        RoundTo::Pence(pence) => format!("{pence}p"),
        RoundTo::Number(number) => decimal(number),
        RoundTo::Percent(percent) => format!("{}%", decimal(percent)),
    }
}

fn decimal(number: Decimal) -> String {
    match number.places {
        0 => number.digits.to_string(),
        places => format!("{}e-{places}", number.digits),
    }
}

fn literal(literal: &Literal) -> String {
    match literal {
        Literal::Number(number) => decimal(*number),
        Literal::Money(pence) => format!("{pence}p"),
        Literal::Percent(percent) => format!("{}%", decimal(*percent)),
        Literal::Fraction(above, below) => format!("{above}/{below}"),
        Literal::Date(date) => date.to_string(),
    }
}

/// `20..34`, `>= 60`, `'low', 'high'`, `any`
pub(super) fn cell(kind: &CellKind) -> String {
    match kind {
        CellKind::Blank => "blank".to_string(),
        CellKind::Any => "any".to_string(),
        CellKind::Rest => "rest".to_string(),
        CellKind::OneOf(tests) => list(tests, cell_test),
        CellKind::Not(tests) => format!("not {}", list(tests, cell_test)),
    }
}

fn cell_test(test: &CellTest) -> String {
    match test {
        CellTest::Is(value) => operand(value),
        CellTest::Range(least, greatest) => format!("{}..{}", operand(least), operand(greatest)),
        CellTest::RangeUnder(least, end) => format!("{}..<{}", operand(least), operand(end)),
        CellTest::Compare(comparison, value) => format!("{} {}", sign(*comparison), operand(value)),
    }
}
