//! Mistakes in expressions and conditions.

use alloc::format;
use alloc::string::String;

use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::unit::Unit;

/// An expression or condition that means nothing.
pub(in crate::check) enum NumberMistake {
    /// `care cost + yearly fee`, £ a week and £ a year
    UnitsDisagree { left: Span, left_unit: Unit, right: Span, right_unit: Unit },
    /// `decision date is at least 5`
    KindsDisagree { left: Span, left_kind: String, right: Span, right_kind: String },
    /// Three chained percentages of a large amount.
    TooLarge { digits: Option<usize>, span: Span },
    /// `the number of domains where ...`
    FilterOverFacts { span: Span },
    /// `A / B / C, to the nearest penny, halves up`
    QuotientInParts { span: Span },
    /// `points + 1`, where points are given for each domain
    OnePerMember { name: String, singular: String, plural: String, span: Span },
    /// `fast track + 1`
    NotANumber { span: Span, found: String },
    /// `care cost x care cost`
    MoneyTimesMoney { span: Span },
    /// `care cost / visits`, where visits may be 0
    MayDivideByZero { span: Span },
    /// `placement is home or higher`
    NoOrder { span: Span },
    /// `age on decision date`, where no fact is called `date of birth`
    NoDateOfBirth { span: Span },
    /// `care cost, to the nearest 0.1, halves up`
    RoundedToAnotherUnit { span: Span, unit: Unit },
    /// `total points for 38 weeks`
    ConversionDoesNotFit { span: Span, found: String },
    /// `weekly fee for care cost`
    ForNoPeriod { span: Span, found: String },
    /// `Margin = (price - cost) / price.`
    QuotientNotRounded { span: Span },
    /// `when total points`
    NoCondition { name: String, found: String, span: Span },
    /// `at least 11 domains are high`, where there are ten
    MoreThanThereAre { needed: u32, count: usize, span: Span },
    /// `34 to 20`, `20 to under 20`
    RangeReversed { span: Span },
}

impl From<NumberMistake> for Diagnostic {
    fn from(mistake: NumberMistake) -> Diagnostic {
        match mistake {
            NumberMistake::UnitsDisagree { left, left_unit, right, right_unit } => {
                units_disagree(left, &left_unit, right, &right_unit)
            }
            NumberMistake::KindsDisagree { left, left_kind, right, right_kind }
                if left_kind == right_kind =>
            {
                Diagnostic::error(
                    "kinds-disagree",
                    "words of two lists cannot be compared: they are never alike",
                    right,
                )
                .here("words of one list")
                .and(left, "words of another")
                .help("declare the words once, as `levels of ...`, and use them for both")
            }
            NumberMistake::KindsDisagree { left, left_kind, right, right_kind } => {
                Diagnostic::error(
                    "kinds-disagree",
                    format!("{right_kind} cannot be compared with {left_kind}"),
                    right,
                )
                .here(format!("this is {right_kind}"))
                .and(left, format!("this is {left_kind}"))
                .help(format!("compare it with {left_kind}"))
            }
            NumberMistake::TooLarge { digits, span } => too_large(digits, span),
            NumberMistake::FilterOverFacts { span } => Diagnostic::error(
                "where-over-family",
                "`where` picks items of a list, and these are facts of a family",
                span,
            )
            .help("test how many there are (`at least 2 domains are high or higher`), name the part that is meant as a group, or give each member a number in a table (`Points for a domain: ...`) and sum that"),
            NumberMistake::QuotientInParts { span } => Diagnostic::error(
                "quotient-in-parts",
                "this division is too large to be worked out exactly in one step",
                span,
            )
            .help("give a part of it a name and a rounding of its own, so that each division is by one value"),
            NumberMistake::OnePerMember { name, singular, plural, span } => Diagnostic::error(
                "one-per-member",
                format!("`{name}` is given for each {singular}, so there is not one `{name}` here"),
                span,
            )
            .help(format!("write `the sum of {name} over all {plural}`")),
            NumberMistake::NotANumber { span, found } => {
                Diagnostic::error("not-a-number", format!("a number is needed, not {found}"), span)
                    .help("write a number, an amount, or the name of one")
            }
            NumberMistake::MoneyTimesMoney { span } => {
                Diagnostic::error("money-times-money", "pounds are multiplied by pounds", span)
                    .help("multiply by a number, a percent, or hours, nights or weeks; a part of an amount is `limit x (cost / total cost)`")
            }
            NumberMistake::MayDivideByZero { span } => {
                Diagnostic::error("may-divide-by-zero", "this divisor can be 0", span)
                    .help("declare its bounds so that they leave out 0")
            }
            NumberMistake::NoOrder { span } => Diagnostic::error(
                "no-order",
                "these words have no order, so none is higher or lower than another",
                span,
            )
            .help("list the words that are meant: `is either home or residential`"),
            NumberMistake::NoDateOfBirth { span } => Diagnostic::error(
                "no-date-of-birth",
                "an age is asked for, but no fact is called `date of birth`",
                span,
            )
            .help("declare `date of birth  a date`, or write `age from ... on ...`"),
            NumberMistake::RoundedToAnotherUnit { span, unit } => Diagnostic::error(
                "rounded-to-another-unit",
                format!("{unit} cannot be rounded to this"),
                span,
            )
            .help("round money to the penny, 10p or £1, a percent to 1% or 0.01%, other numbers to the whole number or 0.1"),
            NumberMistake::ConversionDoesNotFit { span, found } => Diagnostic::error(
                "conversion-does-not-fit",
                format!("{found} cannot be taken for so long"),
                span,
            )
            .help("`for 38 weeks` takes money a week, `for 12 months` money a month, `for 10 days` money a week or a day, `over 52 weeks` money a year"),
            NumberMistake::ForNoPeriod { span, found } => Diagnostic::error(
                "for-no-period",
                format!("this is {found}, and not a number of days, weeks or months"),
                span,
            )
            .help("name a number of them, such as `days from ... to ..., counting both days`"),
            NumberMistake::QuotientNotRounded { span } => Diagnostic::error(
                "quotient-not-rounded",
                "a quotient must be rounded where it is made",
                span,
            )
            .help("add `, to the nearest penny, halves up` after the division, or put the division and its rounding in brackets"),
            NumberMistake::NoCondition { name, found, span } => Diagnostic::error(
                "no-condition",
                format!("`{name}` is {found}, and only yes or no is a condition by itself"),
                span,
            )
            .help(format!("say what is asked of it, such as `{name} is at least ...`")),
            NumberMistake::MoreThanThereAre { needed, count, span } => Diagnostic::error(
                "more-than-there-are",
                format!("{needed} are asked for, but there are only {count}"),
                span,
            )
            .help(format!("write {count} or fewer")),
            NumberMistake::RangeReversed { span } => {
                Diagnostic::error("range-reversed", "nothing lies in this range", span)
                    .help("write the lower end first")
            }
        }
    }
}

/// More digits than are kept: the two ways out.
fn too_large(digits: Option<usize>, span: Span) -> Diagnostic {
    let message = match digits {
        Some(digits) => {
            format!("the exact value can need {digits} digits, and {MOST_DIGITS} are kept")
        }
        None => {
            format!("the exact value can need more than the {MOST_DIGITS} digits that are kept")
        }
    };
    Diagnostic::error("too-large", message, span)
        .here("with its largest facts and all its decimal places")
        .help(
            "round the result here (`, to the nearest penny, halves up`), or give a fact in it \
             a smaller bound (`money a week, £0.00 to £5,000.00`)",
        )
}

/// The digits of every number that a program can keep.
const MOST_DIGITS: usize = 18;

/// £ a week beside £ a year: the conversions to choose from, since none is right by itself.
fn units_disagree(left: Span, left_unit: &Unit, right: Span, right_unit: &Unit) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        "units-disagree",
        format!("{left_unit} and {right_unit} do not go together"),
        right,
    )
    .here(format!("this is {right_unit}"))
    .and(left, format!("this is {left_unit}"));
    match (left_unit.period(), right_unit.period()) {
        (Some("week"), Some("year")) | (Some("year"), Some("week")) => diagnostic.help(
            "write `... for 52 weeks a year` (£ a week to £ a year) or `... over 52 weeks` (£ a year to £ a week)",
        ),
        (Some("month"), Some("year")) | (Some("year"), Some("month")) => {
            diagnostic.help("write `... for 12 months a year` (£ a month to £ a year)")
        }
        (Some("week"), None) | (None, Some("week"))
            if left_unit.is_payable() && right_unit.is_payable() =>
        {
            diagnostic.help("write `... for 38 weeks` (£ a week to £), or say what the amount is for: `£5.00 a week`")
        }
        _ if left_unit.is_money() != right_unit.is_money() => {
            diagnostic.help("put `£` before the amount that has none, if both are money")
        }
        _ => diagnostic.help("look whether each amount is multiplied by its own rate, and counted in its own unit"),
    }
}
