//! What could stand at a place where something else does, and what to write there.

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
            Expected::LowerOrRaise => "`lower` or `raise`",
            Expected::Cell => "a value, a range, `any` or `the rest`",
            Expected::CellEnd => "`,`, `to`, `or more`, `or less` or the end of the cell",
            Expected::EachWith => "`each with`",
            Expected::Item => "the name of one item, such as `service`",
            Expected::ItemName => "a name for the item in quotes",
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

    /// What to write there.
    pub(super) fn help(self) -> &'static str {
        match self {
            Expected::DatedName => {
                "say of each name from when or until when it is printed, or of none"
            }
            Expected::FromOrUntil | Expected::UntilOrClose => {
                "write `(until 31 March 2026)`, or `(from 1 April 2025 until 31 March 2026)`"
            }
            Expected::Counting => {
                "write `, counting both days`, `, counting the first only`, `, counting the last \
                 only` or `, counting neither`"
            }
            Expected::Hit => {
                "write `exactly one row applies`, `first row that applies` or \
                 `rows that apply must agree`, and the table below"
            }
            Expected::Listed => {
                "write `every row that applies, listed`, or `add up every row that applies`"
            }
            Expected::Sentence => {
                "begin with `When`, `For each`, `Split` or `In every case:`, a name and `=`, or a \
                 party and `pays`, or say what `is` so `when`"
            }
            Expected::FactType => {
                "write `yes or no`, `a date`, `one of ...`, `a level of ...`, `whole number, 0 to 7`, \
                 `hours a week, in quarters, 0 to 168`, `money a week`, `percent` or `text`"
            }
            Expected::RoundingWay => "write such as `, to the nearest penny, halves up`",
            Expected::SharesOrPayments => {
                "such a promise is about a party: `never lower the ICB's share in 4.1`, or `never \
                 lower the ICB's payments`"
            }
            Expected::Conclusion => {
                "a conclusion is a name of your own; to compare, name the fact: `age on decision \
                 date is under 18`"
            }
            Expected::ConditionEnd => {
                "write `:` before shares or a table, and `,` before any other sentence"
            }
            Expected::MustBe => {
                "write such as `must be £0.00`, `must be at most £5.00` or `must not be ...`"
            }
            Expected::Turn => {
                "write `the school pays the first £6,000.00; the council pays the rest`, with \
                 `pays the next ...` between if need be"
            }
            Expected::Ratio | Expected::NextTerm => {
                "write the parties first, and then a number for each: `the council and the ICB in \
                 the ratio 93.7 : 28.3`"
            }
            Expected::Uses => {
                "write such as `uses children's continuing care 2016 from \"care.policy\" as CC`"
            }
            Expected::ListEnd => "write `services, up to 20, each with`, with the bound first",
            Expected::TopEnd => "write such as `priority, never severe`",
            Expected::SentenceEnd => "end the sentence with a full stop before the next one begins",
            Expected::ConclusionEnd => {
                "write `, and` or `, or` before another condition, or end the sentence with a \
                 full stop"
            }
            Expected::Ending => "write such as `no unless stated`, with the value first",
            Expected::Comma => "put a comma before it",
            Expected::TopLevel => {
                "write it beside the name with two spaces between, since the heading ends `up to`"
            }
            Expected::Level => "write the levels from the lowest up with `<` between them",
            Expected::CloseBracket => "close the bracket with `)`",
            Expected::Date => "write the day, the month in letters and the year: `1 April 2026`",
            Expected::RestOfTurns => {
                "end it with who pays what is left: `; the council pays the rest`"
            }
            Expected::Subject => "write such as `This policy covers a child when fast track.`",
            Expected::When => {
                "say in which cases: `when fast track`, `when total points is at least 20`"
            }
            Expected::Condition => {
                "write such as `fast track`, `total points is at least 20` or `at least 3 domains \
                 are high or higher`"
            }
            Expected::Is | Expected::Test => {
                "write such as `is at least 20`, `is under 18`, `is residential` or `is not agreed`"
            }
            Expected::Items | Expected::Colon => {
                "end the line with `:`, and begin each line below with `- `"
            }
            Expected::ClauseNumber => "write its number, such as `Despite 2.4`",
            Expected::Equals => "write such as `Care cost = day care x day care rate.`",
            Expected::Expression => "write such as `day care x day care rate` or `£5.00`",
            Expected::Of => {
                "write such as `40% of care cost` or `the sum of points over all domains`"
            }
            Expected::And => "write such as `the greater of care cost and £5.00`",
            Expected::On => {
                "write such as `age on decision date`, or `age from date of birth on decision date`"
            }
            Expected::ToDay => {
                "write such as `days from admission to discharge, counting both days`"
            }
            Expected::EachWith => "write such as `services, up to 20, each with`",
            Expected::Item => "write such as `For each service, the ICB pays price.`",
            Expected::ItemName => "write such as `with service \"taxi\": price £5.00`",
            Expected::Over | Expected::Family => {
                "write such as `the sum of points over all domains`, with a family or list declared \
                 among the facts"
            }
            Expected::RoundingUnit => "write such as `to the nearest penny, halves up`",
            Expected::Literal => "write such as `20`, `£5.00`, `25%` or `1 April 2026`",
            Expected::WholeNumber => "write it in figures, such as `at least 3 domains`",
            Expected::Weeks => "write such as `over 52 weeks`",
            Expected::Period => "write such as `for 38 weeks`",
            Expected::From | Expected::Rate => {
                "write such as `£25.61 from 1 April 2026`, a line for each rate"
            }
            Expected::Party => "write a party as it is declared after `between`",
            Expected::Share => "write such as `the ICB 50%, the council the rest`",
            Expected::SplitWay => "write such as `Split care cost in the shares of section 4.`",
            Expected::SpareWay => {
                "write such as `Spare pennies go to the largest fractions of a penny, ties in the \
                 order of the parties.`"
            }
            Expected::Difference => {
                "write `the council takes the difference, the others to the nearest penny, halves up`"
            }
            Expected::Excess => {
                "write such as `The ICB pays at most £1,600.00 a week in all; social care pays the \
                 excess.`"
            }
            Expected::TakenFrom => {
                "write such as `The ICB pays at least £5.00 a week in all, taken from social care.`"
            }
            Expected::Proportion | Expected::Weight => {
                "write such as `Split cost between the ICB and social care in proportion to nurse \
                 hours and carer hours.`"
            }
            Expected::Term => "write such as `in the ratio 93.7 : 28.3`",
            Expected::LineEnd => "end the line here; what is more stands in a line of its own",
            Expected::Panel | Expected::Decides => {
                "write a panel as it is declared after `panels`, such as `as the joint panel decides`"
            }
            Expected::WhenOrEnd => {
                "write such as `The case is referred to the joint panel when fast track.`"
            }
            Expected::SwitchedOff => "write such as `4.2 does not apply when fast track.`",
            Expected::Promise => "write such as `The ICB never pays more than care cost.`",
            Expected::LowerOrRaise => {
                "write such as `Higher total points never lower the ICB's share in 4.1.`"
            }
            Expected::Cell | Expected::CellEnd => {
                "write such as `20`, `20 to 34`, `under 20`, `60 or more`, `home, day school` or `any`"
            }
            Expected::Bounds => "write the least and the greatest: `whole number, 0 to 7`",
            Expected::Version => "write such as `version  3, in force from 1 April 2025`",
            Expected::Name => "write it in words, such as `about  a child`",
            Expected::Member => "write such as `group starred domains  breathing, seizures`",
            Expected::Value => {
                "write such as `breathing high`, `fast track yes` or `care cost £5.00`"
            }
            Expected::GivenOrExpect => {
                "write the facts after `given`, or after `but` where it is like another example"
            }
            Expected::ExpectEnd => "put a comma between two things that are expected, or two facts",
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
        Expected::Sentence => synonym::hint_inside(sentence_of(after)),
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
