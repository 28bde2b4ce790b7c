//! What could stand at a place where something else does.

mod help;

use alloc::format;
use alloc::string::String;

use super::synonym;
use crate::diagnostic::Diagnostic;
use crate::outline::Block;
use crate::source::Span;

/// What could stand at a place where something else does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    /// `Hello there.`
    Sentence,
    /// `This policy covers a child when fast track 5.`
    SentenceEnd,
    /// `This policy covers 5 when fast track.`
    Subject,
    /// `This policy covers a child.`
    When,
    /// `A child is eligible when .`
    Condition,
    /// `When fast track then`
    ConditionEnd,
    /// `A child is eligible when fast track eats alone.`
    ConclusionEnd,
    /// `when £5.00`
    Is,
    /// `when income is`
    Test,
    /// `when all of these are true: fast track`
    Items,
    /// `when all of these are true - fast track`
    Colon,
    /// `Despite 2.1 a child is ...`
    Comma,
    /// `Despite the first clause, ...`
    ClauseNumber,
    /// `A child is 5 when fast track.`
    Conclusion,
    /// `seizures` below `domains, each a level of need, up to`
    TopLevel,
    /// `Care cost income = £1.00.`
    Equals,
    /// `Care cost = .`
    Expression,
    /// `Care cost = (cost + income.`
    CloseBracket,
    /// `40% cost`
    Of,
    /// `the greater of cost`
    And,
    /// `age by decision date`
    On,
    /// `days from admission until decision date`
    ToDay,
    /// `days from admission to decision date`, without saying which days count
    Counting,
    /// `services, each`
    EachWith,
    /// `services, each with, up to 20`
    ListEnd,
    /// `For each £5.00, ...`
    Item,
    /// `with service: price £5.00`
    ItemName,
    /// `payments need "taxi"`
    Needed,
    /// `the sum of points for all domains`
    Over,
    /// `over 5`
    Family,
    /// `to the nearest bit`
    RoundingUnit,
    /// `to the nearest penny, halves`
    RoundingWay,
    /// `income is at least .`, a literal where none is
    Literal,
    /// `at least some domains are high`
    WholeNumber,
    /// `over 365 days`
    Weeks,
    /// `for 38 cakes`
    Period,
    /// `£5.00 from Easter`
    Date,
    /// `£5.00 for 1 April 2026`
    From,
    /// `the ICB   NHS Northshire CCG until 30 June 2022, NHS Northshire ICB`
    DatedName,
    /// `4.1 (from 1 April 2026 to 31 March 2027)`
    UntilOrClose,
    /// `4.1 (to 31 March 2026)`
    FromOrUntil,
    /// `Day care rate, an hour: free`
    Rate,
    /// `the council 50%, 5%`
    Party,
    /// `the council all of it`
    Share,
    /// `Band: all rows apply.`
    Hit,
    /// `Reasons: every row that applies.`
    Listed,
    /// `Split care cost as before.`
    SplitWay,
    /// `Spare pennies go to the council.`
    SpareWay,
    /// `The council takes nothing.`
    Difference,
    /// `social care pays more`
    Excess,
    /// `The ICB pays at least £5.00 a week of it.`
    TakenFrom,
    /// `Of support cost, the school pays £5.00`
    Turn,
    /// `Of support cost, the school pays the first £5.00.`
    RestOfTurns,
    /// `Split cost between the ICB and social care.`
    Proportion,
    /// `in proportion to visits`, with two parties
    Weight,
    /// `the council and the ICB 50%`
    Ratio,
    /// `in the ratio one part to two`
    Term,
    /// `in the ratio 93.7 to 28.3`
    NextTerm,
    /// `altered states   priority but never severe`
    TopEnd,
    /// `dated by  week and day`
    LineEnd,
    /// `Client contribution must £0.00.`
    MustBe,
    /// `then referred to 5`
    Panel,
    Decides,
    /// `The case is referred to the joint panel if fast track.`
    WhenOrEnd,
    /// `Clause 4.2 never applies.`
    SwitchedOff,
    /// `The ICB never pays.`
    Promise,
    /// `Higher total points never lower the bill.`
    SharesOrPayments,
    /// `Higher total points never change the ICB's share in 4.1.`
    LowerOrRaise,
    /// `| 20 up to |`
    Cell,
    /// `| 20 30 |`
    CellEnd,
    /// `facts` with `fast track   perhaps`
    FactType,
    /// `visits   whole number, many`
    Bounds,
    /// `levels of need < low`
    Level,
    /// `visits   whole number, 0 to 7, maybe`
    Ending,
    /// `version  next`
    Version,
    /// `uses care.policy`
    Uses,
    /// `about` alone
    Name,
    /// `group starred domains` alone
    Member,
    /// `"One"  given breathing`
    Value,
    /// `"One"  breathing high`
    GivenOrExpect,
    /// `expect  eligible because 2.1`
    ExpectEnd,
}

impl Expected {
    /// What was expected, after the word "expected".
    pub(super) fn wording(self) -> &'static str {
        match self {
            Expected::Sentence => "a sentence of the language",
            Expected::SentenceEnd => "the end of the sentence",
            Expected::Subject => "the subject named after `about`",
            Expected::When => "`when` and a condition",
            Expected::Condition => "a condition",
            Expected::ConditionEnd => "`,` or `:` after the condition",
            Expected::ConclusionEnd => "`, and`, `, or` or a full stop after the condition",
            Expected::Is => "`is` and a test",
            Expected::Test => "what it is compared with",
            Expected::Items => "a list, each line beginning with a dash",
            Expected::Colon => "`:`",
            Expected::Comma => "`,`",
            Expected::ClauseNumber => "the number of a clause",
            Expected::Conclusion => "a conclusion such as `eligible`",
            Expected::Expression => "a name, a number or an amount",
            Expected::CloseBracket => "`)`",
            Expected::TopLevel => "the highest level this can have",
            Expected::Equals => "`=` and a value",
            Expected::Of => "`of`",
            Expected::And => "`and`",
            Expected::On => "`on` and a date, or `from` a date of birth `on` a date",
            Expected::ToDay => "`to` and a date",
            Expected::Counting => "which of the two days are counted",
            Expected::Over => "`over` and a family or list",
            Expected::Family => "the name of a family",
            Expected::RoundingUnit => "`penny`, `10p`, `£1`, `whole number`, `0.1` or `1%`",
            Expected::RestOfTurns => "`; ... pays the rest`",
            Expected::RoundingWay => {
                "`, halves up`, `, halves down`, `, halves to even`, `, up` or `, down`"
            }
            Expected::Literal => "a number, an amount, a percent or a date",
            Expected::WholeNumber => "a whole number",
            Expected::Weeks => "`weeks`",
            Expected::Period => "`weeks`, `months` or `days`, or the name of a number of them",
            Expected::Date => "a date such as `1 April 2026`",
            Expected::From => "`from` and a date",
            Expected::FromOrUntil => "`from` or `until` and a date",
            Expected::UntilOrClose => "`until` and a date, or `)`",
            Expected::DatedName => "a name, and `from` or `until` with a date after it",
            Expected::Rate => "an amount, a number or a percent and the date it runs from",
            Expected::Party => "a party",
            Expected::Share => "a percent, a fraction, the name of a percent or `the rest`",
            Expected::Hit => "which rows of the table apply",
            Expected::Listed => "`, listed`",
            Expected::SplitWay => "`in the shares of` a section or clause, or `between` parties",
            Expected::SpareWay => {
                "`to the largest fractions of a penny` or `to the parties in order`"
            }
            Expected::Difference => "`the difference, the others to the nearest penny, ...`",
            Expected::Excess => "`pays the excess`",
            Expected::TakenFrom => "`, taken from` and a party",
            Expected::Turn => "`pays the first`, `pays the next` or `pays the rest`",
            Expected::Proportion => "`in proportion to` and a weight for each party",
            Expected::Weight => "`and` and another weight: there is one for each party",
            Expected::Ratio => "`in the ratio` and a number for each party",
            Expected::Term => "a number",
            Expected::NextTerm => "`:` and the number of the next party",
            Expected::TopEnd => "`, never` and a level, or the end of the line",
            Expected::LineEnd | Expected::ListEnd => "the end of the line",
            Expected::MustBe => "`must be` and a test",
            Expected::Panel => "a panel",
            Expected::Decides => "`decides` after the panel",
            Expected::WhenOrEnd => "`when` and a condition, or the end of the sentence",
            Expected::SwitchedOff => "`does not apply when`",
            Expected::Promise => "`pays more than` or `pays less than`",
            Expected::SharesOrPayments => "a party's `share in` a clause, or `payments`",
            Expected::LowerOrRaise => "`lowers` or `raises`",
            Expected::Cell => "a value, a range, `any` or `the rest`",
            Expected::CellEnd => "`,`, `to`, `or more`, `or less` or the end of the cell",
            Expected::EachWith => "`each with`",
            Expected::Item => "the name of one item, such as `service`",
            Expected::ItemName => "a name for the item in quotes",
            Expected::Needed => "a fact that is needed",
            Expected::FactType => "a type such as `yes or no`, `a date` or `whole number`",
            Expected::Bounds => "the least and the greatest, such as `0 to 7`",
            Expected::Level => "a level",
            Expected::Ending => "`... unless stated`, `ask \"...\"` or the end of the line",
            Expected::Version => "a version such as `3, in force from 1 April 2025`",
            Expected::Uses => "the title of a tool, its file and a word to cite it by",
            Expected::Name => "a name",
            Expected::Member => "the members of the group, with commas between",
            Expected::Value => "a value",
            Expected::GivenOrExpect => "`given`, `but` or `expect`",
            Expected::ExpectEnd => "`,` or the end of the example",
        }
    }
}

/// That something else stands at a place, and what to write there.
pub(super) fn unexpected(expected: Expected, span: Span, block: &Block<'_>) -> Diagnostic {
    let wording = expected.wording();
    let found = span.of(block.text);
    let message = match found.is_empty() {
        true => format!("expected {wording}, but nothing follows"),
        false => format!("expected {wording}, found `{found}`"),
    };
    let place = span.after(block.span.start);
    let diagnostic = Diagnostic::error("unexpected-text", message, place).here("here");
    let after = block.text.get(span.start as usize..).unwrap_or_default();
    let before = block.text.get(..span.start as usize).unwrap_or_default();
    let hint = match expected {
        Expected::FactType => synonym::type_hint(after),
        Expected::Sentence => {
            synonym::wording_hint(after).or_else(|| synonym::hint_inside(sentence_of(after)))
        }
        Expected::SentenceEnd => synonym::end_hint(after)
            .or_else(|| synonym::hint(after))
            .or_else(|| indented_clause(after)),
        Expected::CellEnd => synonym::cell_hint(after),
        // `up to` is right in a heading, only in another place.
        Expected::ListEnd => None,
        Expected::Cell if found == "*" => Some(String::from("write `any`")),
        Expected::ConclusionEnd | Expected::Condition if ends_an_item(before, after) => Some(
            String::from("leave `or` out: `any of these is true` says how the lines are joined"),
        ),
        Expected::ConditionEnd | Expected::ConclusionEnd if before.ends_with("greater than ") => {
            Some(String::from("write `over` instead of `greater than`"))
        }
        Expected::ConditionEnd | Expected::ConclusionEnd if found == "to" => {
            Some(String::from("write `is between 20 and 34`"))
        }
        Expected::ExpectEnd if found == "and" => {
            Some(String::from("put a comma between two things that are expected, or two facts"))
        }
        _ => synonym::hint(after).or_else(|| indented_clause(after)),
    };
    diagnostic.help(hint.unwrap_or_else(|| String::from(expected.help())))
}

/// Whether a line of a list ends with `; or`, or with `, or` before the place.
fn ends_an_item(before: &str, after: &str) -> bool {
    let is_joint = |word: &str| matches!(word, "or" | "and");
    let line = after.split('\n').next().unwrap_or_default();
    let is_after = line.trim_start().strip_prefix(';').is_some_and(|rest| is_joint(rest.trim()));
    let begins_item = after.starts_with('-');
    is_after || begins_item && before.split_whitespace().next_back().is_some_and(is_joint)
}

/// A clause number that begins an indented line after a full stop: the line is taken for more
/// of the clause above.
fn indented_clause(after: &str) -> Option<String> {
    let (_, next) = after.strip_prefix('.')?.split_once('\n')?;
    let number = next.split_whitespace().next()?;
    let (section, clause) = number.split_once('.')?;
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|it| it.is_ascii_digit());
    (is_number(section) && is_number(clause))
        .then(|| format!("begin `{number}` in the first column, if it is a clause"))
}

/// The text up to its first full stop.
fn sentence_of(text: &str) -> &str {
    text.split(". ").next().unwrap_or_default()
}
