//! The mistakes of a sentence, each with its wording and the text that triggers it.

use alloc::format;
use alloc::string::String;
use core::marker::PhantomData;

pub(super) use super::expected::Expected;
use super::expected::unexpected;
use crate::diagnostic::Diagnostic;
use crate::outline::Block;
use crate::source::Span;
use crate::syntax::EDITION;

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
    /// `language 2`
    AnotherEdition,
    /// `((((...))))`, more than 32 deep
    NestedTooDeep,
    /// `cost + cost + ...` with more than 64 operators
    TooManyOperators,
    /// `the greater of £0.00 and fee - £500.00`
    ExtremeGoesOn,
    /// `when fast track and eats alone or urgent`
    AndOrMixed,
    /// `when income is known`
    KnownTested,
    /// `When fast track, income is under £480.00, bonus pay = care.`
    AndMissing,
    /// `The ICB pays at most £1,600.00 a week.`
    ExcessUnborne,
    /// `The ICB pays at least £100.00 a week.`
    FloorFromNobody,
    /// `Care cost: day care x 2.`
    ColonForEquals,
    /// `When fast track: each slice at its own rate.`
    SlicesOfOneValue,
    /// `Points for a domain = 3.`
    EqualsForMember,
    /// `Fee for a service = price.`
    EqualsForItem,
    /// `For each service, when fast track, for each service, fee = price.`
    ForEachTwice,
    /// `When fast track, the ICB 100%.`
    CommaForColon,
    /// `When fast track: the ICB pays care cost.`
    ColonForComma,
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
    /// `uses continuing care from "../care.policy" as CC`
    NotBeside,
    /// `Of care cost, ... Open to local agreement: ...`
    OpenInTheMiddle,
    /// `Spare pennies go to the largest fractions of a penny.` after no split
    SpareWithoutSplit,
    /// `Split care cost in the shares of section 4.` with two sentences on spare pennies
    SpareTwice,
    /// `domains, each a level of need, only when fast track`
    OnlyWhenOfFamily,
    /// `domains, each a level of need, decided by the joint panel`
    DecidedByOfFamily,
    /// `children   one of 1, 2, 3 or more`
    NumberAsWord,
}

impl ParseError<'_> {
    /// The mistake in words.
    pub(super) fn diagnostic(&self, block: &Block<'_>) -> Diagnostic {
        let found = self.span.of(block.text);
        let span = self.span.after(block.span.start);
        match self.mistake {
            Mistake::Expected(expected) => unexpected(expected, self.span, block),
            mistake => {
                let (code, message, help) = mistake.wording(found);
                let diagnostic = Diagnostic::error(code, message, span);
                help.into_iter().fold(diagnostic, |diagnostic, help| diagnostic.help(help))
            }
        }
    }
}

type Wording = (&'static str, String, Option<&'static str>);

impl Mistake {
    /// Code, message and help of the mistakes that are no missing word.
    fn wording(self, found: &str) -> Wording {
        match self {
            Mistake::Expected(expected) => (
                "unexpected-text",
                format!("expected {}", expected.wording()),
                Some(expected.help()),
            ),
            Mistake::AnotherEdition => (
                "another-edition",
                format!(
                    "this version of Apportion reads edition {EDITION} of the language, and not edition {found}"
                ),
                Some("write `language 1`, or read this policy with a later version of Apportion"),
            ),
            Mistake::NestedTooDeep => (
                "nested-too-deep",
                format!("this stands more than {MOST_NESTED} deep inside brackets or lists"),
                Some("give the inner part a name in a clause of its own"),
            ),
            Mistake::TooManyOperators => (
                "too-many-operators",
                format!("this sentence has more than {MOST_OPERATORS} of `+`, `-`, `x` and `/`"),
                Some("give parts of it names in clauses of their own"),
            ),
            Mistake::ExtremeGoesOn => (
                "brackets-missing",
                String::from(
                    "it is not said what this belongs to: to the second of the two that are compared, or to what comes of them",
                ),
                Some(
                    "put the second in brackets with it, `the greater of £0.00 and (fee - £500.00)`, or what comes of the two, `(the greater of £0.00 and fee) - £500.00`",
                ),
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
            Mistake::NumberTooLarge => (
                "number-too-large",
                format!("`{found}` has more digits than the 18 that are kept"),
                Some("write a smaller number"),
            ),
            Mistake::DividedByZero => (
                "divided-by-zero",
                format!("`{found}` divides by zero"),
                Some("write a fraction with a number above 0 below the line, such as `1/3`"),
            ),
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
            Mistake::FloorFromNobody => (
                "floor-from-nobody",
                String::from("it does not say from whose payments this is taken"),
                Some("end the sentence `, taken from social care.`"),
            ),
            Mistake::ColonForEquals => (
                "colon-for-equals",
                String::from("`:` announces a table or a rate, and neither follows"),
                Some("write `=` before a calculation, and `In every case:` before shares"),
            ),
            Mistake::SlicesOfOneValue => (
                "slices-of-one-value",
                String::from("slices make one amount, which needs a name"),
                Some("write one name before the colon: `Contribution: each slice at its own rate`"),
            ),
            Mistake::EqualsForMember => (
                "equals-for-member",
                format!("`=` gives one value, not one for each, as `{found}` says"),
                Some("write `: exactly one row applies.` instead of `=`, and the table below"),
            ),
            Mistake::EqualsForItem => (
                "equals-for-item",
                format!("`=` gives one value, not one for each, as `{found}` says"),
                Some("begin the sentence with `For each ...,` and leave this out"),
            ),
            Mistake::ForEachTwice => (
                "for-each-twice",
                String::from("`For each` stands twice in one sentence"),
                Some("keep one of them"),
            ),
            Mistake::CommaForColon => (
                "comma-for-colon",
                String::from("shares follow a comma"),
                Some("write `:` instead of the comma before the shares"),
            ),
            Mistake::ColonForComma => (
                "colon-for-comma",
                String::from("only shares or a table follow a colon after `When`"),
                Some("write a comma instead of the colon"),
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
            Mistake::OnlyWhenOfFamily => (
                "only-when-of-family",
                String::from("`only when` belongs to a fact, and these are a family"),
                Some("leave it out, and test the condition in the clauses that use the family"),
            ),
            Mistake::DecidedByOfFamily => (
                "decided-by-of-family",
                String::from("`decided by` belongs to a fact, and these are a family"),
                Some("declare what the panel decides as facts, below `facts`"),
            ),
            Mistake::NumberAsWord => (
                "number-as-word",
                format!("`{found}` is a number, and `one of` lists words"),
                Some(
                    "declare a number, such as `whole number, 1 to 3`, or write it in letters: `one`",
                ),
            ),
            Mistake::NotBeside => (
                "not-beside",
                format!("`{found}` is no name of a file beside the policy"),
                Some(
                    "put the tool into the folder of the policy and write its name alone, so that \
                     the policy travels with all it uses",
                ),
            ),
            Mistake::OpenInTheMiddle => (
                "open-in-the-middle",
                String::from("these words are about the whole clause, and stand inside it"),
                Some("begin the clause with them: `Open to local agreement: ...`"),
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
