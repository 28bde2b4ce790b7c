//! The mistakes of a sentence, each with its wording and the text that triggers it.

use alloc::format;
use alloc::string::String;
use core::marker::PhantomData;

use super::later::Later;
use super::synonym;
use crate::diagnostic::Diagnostic;
use crate::outline::Block;
use crate::source::Span;

/// How deep brackets, `40% of`, lists and the like may stand inside each other.
pub(super) const MOST_NESTED: u32 = 32;

/// How many operators a sentence may have, so that what is built from it is never deeper.
pub(super) const MOST_OPERATORS: u32 = 64;

/// A mistake and its place in the block.
#[derive(Clone, Copy, Debug)]
pub(super) struct ParseError<'t> {
    pub(super) mistake: Mistake,
    pub(super) span: Span,
    tokens: PhantomData<&'t ()>,
}

impl ParseError<'_> {
    pub(super) fn new(mistake: Mistake, span: Span) -> Self {
        ParseError { mistake, span, tokens: PhantomData }
    }
}

/// What is wrong with a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mistake {
    /// `Split care cost in the shares section 4.`
    Expected(Expected),
    /// `Split care cost in proportion to visits and nights.`
    NotYet(Later),
    /// `((((...))))`, more than 32 deep
    NestedTooDeep,
    /// `cost + cost + ...` with more than 64 operators
    TooManyOperators,
    /// `when fast track and eats alone or urgent`
    AndOrMixed,
    /// `when income is known`
    KnownTested,
    /// `When fast track, income is under £480.00, bonus pay = care.`
    AndMissing,
    /// `The ICB pays at most £1,600.00 a week.`
    ExcessUnborne,
    /// `Care cost: day care x 2.`
    ColonForEquals,
    /// `When fast track, the ICB 100%.`
    CommaForColon,
    /// `- fast track,` as an item
    CommaAfterItem,
    /// `Split care cost by 4.`
    SplitByNumber,
    /// `Care cost = 2 x x.`
    TimesIsNoName,
    /// `Education pays the rest.`
    RestOfWhat,
    /// `the number of price over services`
    NumberOverFamily,
    /// `The ICB's payments are always at least £0.00.`
    PaymentsAreAlways,
    /// `cost` on one line, `- income` on the next
    DashBeginsLine,
    /// `£1.005`
    NotInPence,
    /// `0.1234567890`
    TooManyPlaces,
    /// `£99,999,999,999,999,999.00`
    NumberTooLarge,
    /// `1/0`
    DividedByZero,
    /// `31 April 2026`
    NoSuchDay,
    /// `Spare pennies go to the largest fractions of a penny.` after no split
    SpareWithoutSplit,
    /// `Split care cost in the shares of section 4.` with two sentences on spare pennies
    SpareTwice,
}

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
    /// `for 38 cakes`
    Period,
    /// `£5.00 from Easter`
    Date,
    /// `£5.00 for 1 April 2026`
    From,
    /// `Day care rate, an hour: free`
    Rate,
    /// `the council 50%, 5%`
    Party,
    /// `the council all of it`
    Share,
    /// `Band: all rows apply.`
    Hit,
    /// `Split care cost as before.`
    SplitWay,
    /// `Spare pennies go to the council.`
    SpareWay,
    /// `The council takes nothing.`
    Difference,
    /// `social care pays more`
    Excess,
    /// `then referred to 5`
    Panel,
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
    /// `about` alone
    Name,
    /// `"One"  given breathing`
    Value,
    /// `"One"  breathing high`
    GivenOrExpect,
    /// `expect  eligible because 2.1`
    ExpectEnd,
}

impl Expected {
    /// What was expected, after the word "expected".
    fn wording(self) -> &'static str {
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
            Expected::Of => "`of`",
            Expected::And => "`and`",
            Expected::On => "`on` and a date, or `from` a date of birth `on` a date",
            Expected::Over => "`over` and a family",
            Expected::Family => "the name of a family",
            Expected::RoundingUnit => "`penny`, `10p`, `£1`, `whole number`, `0.1` or `1%`",
            Expected::RoundingWay => {
                "`, halves up`, `, halves down`, `, halves to even`, `, up` or `, down`"
            }
            Expected::Literal => "a number, an amount, a percent or a date",
            Expected::WholeNumber => "a whole number",
            Expected::Period => "`weeks`, `months` or `days`",
            Expected::Date => "a date such as `1 April 2026`",
            Expected::From => "`from` and a date",
            Expected::Rate => "an amount, a number or a percent and the date it runs from",
            Expected::Party => "a party",
            Expected::Share => "a percent, a fraction, the name of a percent or `the rest`",
            Expected::Hit => "which rows of the table apply",
            Expected::SplitWay => "`in the shares of` and a section or clause",
            Expected::SpareWay => "`to the largest fractions of a penny`",
            Expected::Difference => "`the difference, the others to the nearest penny, ...`",
            Expected::Excess => "`pays the excess`",
            Expected::Panel => "a panel",
            Expected::WhenOrEnd => "`when` and a condition, or the end of the sentence",
            Expected::SwitchedOff => "`does not apply when`",
            Expected::Promise => "`pays more than` or `pays less than`",
            Expected::SharesOrPayments => "a party's `share in` a clause, or `payments`",
            Expected::LowerOrRaise => "`lower` or `raise`",
            Expected::Cell => "a value, a range, `any` or `the rest`",
            Expected::CellEnd => "`,`, `to`, `or more`, `or less` or the end of the cell",
            Expected::FactType => "a type such as `yes or no`, `a date` or `whole number`",
            Expected::Bounds => "the least and the greatest, such as `0 to 7`",
            Expected::Level => "a level",
            Expected::Ending => "`... unless stated`, `ask \"...\"` or the end of the line",
            Expected::Version => "a version such as `3, in force from 1 April 2025`",
            Expected::Name => "a name",
            Expected::Value => "a value",
            Expected::GivenOrExpect => "`given`, `but` or `expect`",
            Expected::ExpectEnd => "`,` or the end of the example",
        }
    }

    fn help(self) -> Option<&'static str> {
        Some(match self {
            Expected::Hit => {
                "write `exactly one row applies`, `first row that applies` or \
                 `rows that apply must agree`, and the table below"
            }
            Expected::Sentence => {
                "begin with `When`, `Split`, `A child is`, a party and `pays`, \
                 or a name and `=`"
            }
            Expected::FactType => {
                "write `yes or no`, `a date`, `one of ...`, `a level of ...`, `whole number, 0 to 7`, \
                 `money a week`, `percent` or `text`"
            }
            Expected::Conclusion => {
                "a conclusion is a name of your own; to compare, name the fact: `age on decision \
                 date is under 18`"
            }
            Expected::ConditionEnd => {
                "write `:` before shares or a table, and `,` before any other sentence"
            }
            Expected::SentenceEnd => {
                "end the sentence with a full stop before the next one begins"
            }
            Expected::ConclusionEnd => {
                "write `, and` or `, or` before another condition, or end the sentence with a \
                 full stop"
            }
            Expected::Ending => "write such as `no unless stated`, with the value first",
            Expected::Comma => "put a comma before it",
            Expected::Level => "write the levels from the lowest up with `<` between them",
            Expected::CloseBracket => "close the bracket with `)`",
            Expected::Date => "write the day, the month in letters and the year: `1 April 2026`",
            _ => return None,
        })
    }
}

impl ParseError<'_> {
    /// The mistake in words.
    pub(super) fn diagnostic(&self, block: &Block<'_>) -> Diagnostic {
        let found = self.span.of(block.text);
        let span = self.span.after(block.span.start);
        match self.mistake {
            Mistake::Expected(expected) => unexpected(expected, self.span, block),
            Mistake::NotYet(later) => later.diagnostic(span),
            mistake => {
                let (code, message, help) = mistake.wording(found);
                let diagnostic = Diagnostic::error(code, message, span);
                help.into_iter().fold(diagnostic, |diagnostic, help| diagnostic.help(help))
            }
        }
    }
}

fn unexpected(expected: Expected, span: Span, block: &Block<'_>) -> Diagnostic {
    let wording = expected.wording();
    let found = span.of(block.text);
    let message = match found.is_empty() {
        true => format!("expected {wording}, but nothing follows"),
        false => format!("expected {wording}, found `{found}`"),
    };
    let place = span.after(block.span.start);
    let diagnostic = Diagnostic::error("unexpected-text", message, place).here("here");
    let after = block.text.get(span.start as usize..).unwrap_or_default();
    let hint = match expected {
        Expected::FactType => synonym::type_hint(after),
        Expected::Sentence => synonym::hint_inside(sentence_of(after)),
        _ => synonym::hint(after).or_else(|| indented_clause(after)),
    };
    let help = hint.or_else(|| expected.help().map(String::from));
    help.into_iter().fold(diagnostic, Diagnostic::help)
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

type Wording = (&'static str, String, Option<&'static str>);

impl Mistake {
    /// Code, message and help of the mistakes that are no missing word.
    fn wording(self, found: &str) -> Wording {
        match self {
            Mistake::Expected(expected) => {
                ("unexpected-text", format!("expected {}", expected.wording()), expected.help())
            }
            Mistake::NotYet(later) => ("not-yet", String::from(later.words()), None),
            Mistake::NestedTooDeep => (
                "nested-too-deep",
                format!("this stands more than {MOST_NESTED} deep inside brackets or lists"),
                Some("give the inner part a name in a clause of its own"),
            ),
            Mistake::TooManyOperators => (
                "too-many-operators",
                format!("this sentence has more than {} operators", MOST_OPERATORS),
                Some("give parts of it names in clauses of their own"),
            ),
            Mistake::NotInPence
            | Mistake::TooManyPlaces
            | Mistake::NumberTooLarge
            | Mistake::DividedByZero
            | Mistake::NoSuchDay => self.literal_wording(found),
            Mistake::AndOrMixed | Mistake::KnownTested | Mistake::AndMissing => {
                self.condition_wording()
            }
            _ => self.sentence_wording(found),
        }
    }

    fn literal_wording(self, found: &str) -> Wording {
        match self {
            Mistake::NotInPence => (
                "not-in-pence",
                format!("`{found}` has more than two digits after the point"),
                Some("an amount is in whole pence; for a part of a penny multiply by a number"),
            ),
            Mistake::TooManyPlaces => (
                "too-many-places",
                format!("`{found}` has more than nine digits after the point"),
                Some("write fewer digits, or a fraction such as `1/3`"),
            ),
            Mistake::NumberTooLarge => {
                (
                    "number-too-large",
                    format!("`{found}` has more digits than the 18 that are kept"),
                    Some("write a smaller number"),
                )
            }
            Mistake::DividedByZero => {
                (
                    "divided-by-zero",
                    format!("`{found}` divides by zero"),
                    Some("write a fraction with a number above 0 below the line, such as `1/3`"),
                )
            }
            _ => (
                "no-such-day",
                format!("there is no day `{found}`"),
                Some("write a day of the calendar from 1 January 1900 to 31 December 2199"),
            ),
        }
    }

    fn condition_wording(self) -> Wording {
        match self {
            Mistake::AndOrMixed => (
                "and-or-mixed",
                String::from("`and` and `or` stand in one list, which can be read in two ways"),
                Some(
                    "write `any of these is true:` or `all of these are true:`, and each condition \
                     on a line of its own beginning with a dash",
                ),
            ),
            Mistake::KnownTested => (
                "known-tested",
                String::from("no condition can ask whether something is known"),
                Some(
                    "declare a fact for what the rule turns on; what is not known \
                     is found out by itself",
                ),
            ),
            _ => (
                "and-missing",
                String::from("a second condition follows a comma without `and` or `or`"),
                Some("write `, and` or `, or` between the two conditions"),
            ),
        }
    }

    fn sentence_wording(self, found: &str) -> Wording {
        match self {
            Mistake::ExcessUnborne => (
                "excess-unborne",
                String::from("nobody bears what is above the limit"),
                Some("end the sentence `in all; social care pays the excess.`"),
            ),
            Mistake::ColonForEquals => (
                "colon-for-equals",
                String::from("`:` announces a table or a rate, and neither follows"),
                Some("write `=` before a calculation"),
            ),
            Mistake::CommaForColon => (
                "comma-for-colon",
                String::from("shares follow a comma"),
                Some("write `:` instead of the comma before the shares"),
            ),
            Mistake::CommaAfterItem => (
                "comma-after-item",
                String::from("a comma ends an item of a list"),
                Some("leave it out: every line that begins with a dash is an item of its own"),
            ),
            Mistake::SplitByNumber => (
                "split-by-number",
                String::from("`by` can mean dividing or a clause here"),
                Some(
                    "write `in the shares of section 4` or `Part = ... / 4, to the nearest penny, halves up`",
                ),
            ),
            Mistake::TimesIsNoName => (
                "times-is-no-name",
                String::from("`x` multiplies and is no name"),
                Some("write a name or a number on both sides of `x`"),
            ),
            Mistake::RestOfWhat => (
                "rest-of-what",
                String::from("`the rest` does not say of what"),
                Some("write the amount, or give the shares in a clause and `Split` the amount"),
            ),
            Mistake::NumberOverFamily => (
                "number-over-family",
                String::from("`the number of` counts the family itself, not something over it"),
                Some("write `the number of domains where ...`, or `the sum of ... over ...`"),
            ),
            Mistake::PaymentsAreAlways => (
                "payments-are-always",
                String::from("a promise about payments is written with `never`"),
                Some("write `The ICB never pays less than £0.00.`"),
            ),
            Mistake::DashBeginsLine => (
                "dash-begins-line",
                String::from("a dash that begins a line is an item of a list, never a minus"),
                Some("put the minus at the end of the line above"),
            ),
            Mistake::SpareTwice => (
                "spare-twice",
                String::from("two sentences say where the spare pennies go"),
                Some("keep one of them"),
            ),
            _ => (
                "spare-without-split",
                format!("`{found}` speaks of spare pennies, but no split stands before it"),
                Some("write it after `Split ...` in the same clause"),
            ),
        }
    }
}
