//! What to write where something else was expected.

use super::Expected;

impl Expected {
    /// What to write there.
    pub(in crate::parse) fn help(self) -> &'static str {
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
            Expected::Needed => "write such as `payments need seizures, \"taxi\" price`",
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
