//! What the generator can write, construct by construct, and how often it did.

use core::fmt;
use std::collections::BTreeMap;

/// Declares the constructs with their names, and the list of all of them.
macro_rules! constructs {
    ($($construct:ident $name:literal,)*) => {
        /// Something that a policy may say.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "each has its words beside it")]
        pub enum Construct { $($construct,)* }

        impl Construct {
            /// All of them, in the order of the language.
            pub const ALL: &'static [Construct] = &[$(Construct::$construct,)*];

            /// What it is, as the language writes it.
            #[must_use]
            pub fn words(self) -> &'static str {
                match self { $(Construct::$construct => $name,)* }
            }
        }
    };
}

constructs! {
    ByteOrderMark "a byte order mark", WindowsLines "Windows line ends",
    Typeset "curly quotes, true minus, long dashes", TabGap "a tab after a name",
    ColonGap "a colon after a name", RuledTable "| --- |", IsoDate "2026-04-01",
    NumberWord "three", Comment "-- a comment", Note "note:", Citation "[SLA 2.1]",
    CitationOfRow "a row with a citation", CitationOfRate "a later rate with a citation",
    NumberWithLetter "4.2A", NumberAboveNine "4.10", StopLeftOut "no full stop",
    AccentedName "a name with an accent", ApostropheName "a name with an apostrophe",
    HyphenName "a name with a hyphen", DigitName "a name with digits",
    EightWordName "a name of eight words", NameInName "a name that begins another",
    WordLikeName "a word that is also a name", WordInName "a word that begins a name",
    Language "language 1", DatedParty "a party until, then from", Panels "panels", Sources "sources", Uses "uses", Open "Open to local agreement", Until "until", ReviewBy "review by",
    DatedBy "dated by", Levels "levels of need", SecondLadder "a second ladder",
    YesNoFact "yes or no", DateFact "a date", DateFrom "a date, from", DateBetween "a date, from to",
    OneOfFact "one of", LevelFact "a level of need", LevelUpTo "a level of need, up to",
    WholeNumber "whole number", NumberInParts "number, in quarters", NumberInSteps "in steps of",
    NegativeBound "a bound below 0", Counted "hours a week", CountedThings "visits",
    MoneyFact "money", MoneyPer "money a week", MoneyBounds "money, £0.00 to", PercentFact "percent",
    PercentStep "percent, in steps of", PercentBounds "percent, 0% to", TextFact "text",
    DefaultFact "unless stated", OnlyWhen "only when", OnlyWhenOther "only when, of one that does not always apply", DecidedBy "decided by", Ask "ask", Family "each a", FamilyTops "up to, member by member",
    Group "group starred domains", NeverLevel "priority, never severe",
    FamilySingular "children (child), each", FamilyDefault "each, unless stated",
    Cover "This policy covers", Conclude "is eligible when", ConcludeAlso "is also",
    ConcludeNot "is not", Define "A = B", Table "a table of values", TableEach "for a domain",
    AnswerColumns "several answer columns", Rates "a rate", RateUntil "a rate until", Shares "shares", AsDecided "as the panel decides",
    ShareTable "a table of shares", Split "Split", Pay "pays", Limit "pays at most",
    LimitInAll "in all", LimitUnder "at most under a clause", Floor "pays at least", FloorFromTwo "taken from A, then B",
    FloorUnder "at least under a clause", LimitRounded "at most, rounded", PayInTurn "pays the first", PayNext "pays the next",
    Proportion "in proportion to", ProportionOfThree "in proportion to P, Q and R",
    Refunds "refunds included", RefundsOfSplit "a split, refunds included", Ratio "in the ratio", InOrder "to the parties in order",
    Require "must be", RequireNot "must not be", RequireWhen "must be, when", LimitRefers "is then referred to", Refer "is referred to",
    ReferAlways "is referred to, in every case", Switch "does not apply", AddUp "add up to",
    AddUpRows "add up every row", HighestRow "highest of the rows", LowestRow "lowest of the rows",
    CountRows "count the rows", ListedRows "every row that applies, listed",
    DatedRows "from and until as columns", Slices "each slice at its own rate",
    MonotoneShare "never lower, share in", MonotonePayments "never raise, payments",
    BoundPromise "never pays more than", AlwaysPromise "is always",
    AlwaysWhen "is always, when", AlwaysInEveryCase "is always, in every case",
    When "When", Otherwise "; otherwise", Despite "Despite a clause", DespiteTwo "Despite A and B",
    DespiteSection "Despite a section", DespiteRow "Despite a row", DespiteChain "a chain of three clauses",
    InEveryCase "In every case", DatedClause "4.1 (until 31 March 2026)", LaterWording "4.1 (from 1 April 2026)", SeveralSentences "several sentences in a clause",
    SplitBySection "shares of a section", SplitByClause "shares of a clause",
    LargestFractions "largest fractions", Difference "takes the difference",
    SpareOfOtherwise "spare pennies of a split after otherwise",
    DifferenceHalvesUp "difference, halves up", DifferenceHalvesDown "difference, halves down",
    DifferenceHalvesToEven "difference, halves to even", DifferenceUp "difference, up",
    DifferenceDown "difference, down",
    SharePercent "a share of 40%", ShareFraction "a share of 1/3", ShareName "a named share",
    ShareRest "the rest",
    ExactlyOne "exactly one row applies", FirstRow "first row that applies",
    MustAgree "rows that apply must agree", OtherwiseRow "otherwise", OneQuestion "one question",
    TwoQuestions "two questions", ThreeQuestions "three questions", NoQuestion "no question",
    CellAny "any", CellNot "not a", CellList "a, b", CellRange "20 to 34",
    CellRangeUnder "20 to under 35", CellBefore "under 20",
    CellAfter "60 or more", CellName "at most the name of a value", CellDate "a date in a cell",
    CellYesNo "yes in a cell", CellMember "the member in a cell", CellConclusion "a conclusion as a column",
    AnswerWord "an answer in words", AnswerNumber "an answer in numbers", AnswerMoney "an answer in money",
    AnswerPercent "an answer in percent", AnswerName "an answer by name", AnswerLevel "a level as an answer",
    AnswerNotWord "not a, as an answer", AnswerYesNo "yes as an answer",
    Truth "fast track", NotTruth "not fast track", Concluded "the child is", ConcludedNot "the child is not",
    TestNot "is not", TestWord "is high", TestLiteral "is £0.00", TestEither "either",
    TestHigher "or higher", TestMore "or more", TestUnder "under", TestLevelAtLeast "at least high",
    TestDate "on or after", TestBetween "between", TestSameAs "the same as", TestName "at least the name of a value",
    Members "at least 3 domains", MembersEvery "every", MembersNo "no", MembersAny "any domain",
    MembersAtMost "at most 3", MembersExactly "exactly 3", MembersNot "domains are not",
    And "and", Or "or", CommaAnd "a comma before and", PlainAnd "no comma before and", ListAll "all of these", ListAny "any of these", ListNone "none of these",
    ListCount "at least 2 of these", NestedList "a list in a list",
    Add "+", Subtract "-", Multiply "x", DivideByNumber "/ 3", Quotient "a quotient, rounded",
    ProductQuotient "a product over a divisor, rounded", PercentOf "40% of", FractionOf "1/3 of",
    Greater "the greater of", Lesser "the lesser of", HigherLevel "the higher of", LowerLevel "the lower of",
    AgeOn "age on", AgeFrom "age from", AgeOnDay "age on a day that is no fact", SumOver "the sum of", HighestOver "the highest of",
    LowestOver "the lowest of", HighestMember "the highest domain", LowestMember "the lowest domain",
    Announced "announced", NumberOf "the number of", ForWeeks "for 38 weeks", ForWeeksAYear "for 52 weeks a year", ForPartWeeks "for 52.143 weeks a year",
    ForMonthsAYear "for 12 months a year", ForDays "for 10 days", OverWeeks "over 52 weeks",
    ForNamed "for refund days", AtRates "at the rates on", DaysAfter "28 days after", WeeksAfter "6 weeks after",
    MonthsAfter "2 months after", YearsAfter "2 years after", DaysBefore "28 days before", WorkingDaysAfter "20 working days after",
    CountingThatDay "counting that day", NotCountingThatDay "not counting that day",
    CountingLeftOut "weeks after, and no word of counting",
    OrTheLastDay "or the last day", OrTheNextDay "or the next day", LaterDay "the later of",
    EarlierDay "the earlier of", CountingBoth "counting both days",
    CountingFirst "counting the first only", CountingLast "counting the last only",
    CountingNeither "counting neither", AnswerDay "a day as an answer",
    ToPenny "to the nearest penny", ToTenPence "to the nearest 10p", ToPound "to the nearest £1",
    ToWhole "to the nearest whole number", ToTenth "to the nearest 0.1", ToPercent "to the nearest 1%",
    ToHundredthPercent "to the nearest 0.01%", HalvesUp "halves up", HalvesDown "halves down",
    HalvesToEven "halves to even", RoundUp "up", RoundDown "down", RoundedInside "rounded in brackets",
    LiteralPer "£5.00 a week", RateOfNumber "a rate that is a number", RateOfPercent "a rate in percent",
    RateOfFraction "a rate that is a fraction",
    List "services, each with", ListUpTo "services, up to 20", ListSingular "bodies (body), each with",
    ItemYesNo "a fact of items, yes or no", ItemDate "a fact of items, a date",
    ItemOneOf "a fact of items, one of", ItemLevel "a fact of items, a level",
    ItemNumber "a fact of items, a number", ItemMoney "a fact of items, money",
    ItemPercent "a fact of items, percent", ItemText "a fact of items, text",
    ItemDefault "a fact of items, unless stated",
    ForEach "For each", ForEachAfterWhen "When, for each", ForEachColon "For each service: shares",
    OtherwiseForEach "For each, otherwise", DespiteForEach "Despite, for each",
    ConcludeItem "a service is", ConcludeItemNot "a service is not", ConcludedItem "the service is",
    DefineForEach "For each, A = B", TableForItem "a table for a service", TableForEach "For each, a table",
    SlicesForEach "For each, slices", SharesForEach "For each, shares", ShareTableForEach "For each, a table of shares",
    SplitForEach "For each, split", ProportionForEach "For each, in proportion", PayForEach "For each, pays",
    PayInTurnForEach "For each, pays the first", RefundsForEach "For each, refunds included",
    RequireForEach "For each, must be", ReferForEach "For each, is referred to",
    SwitchForEach "For each, does not apply", DespiteItemsByCase "Despite a clause for each, said of the case",
    SwitchItemsByCase "a clause for each does not apply, said of the case",
    ItemsEvery "every service is", ItemsAny "any service is", ItemsNo "no service is",
    ItemsAtLeast "at least 2 services are", ItemsAtMost "at most 2 services are",
    ItemsExactly "exactly 2 services are", ItemsNot "services are not",
    SumOfItems "the sum over services", NumberOfItems "the number of services",
    HighestOfItems "the highest over services", LowestOfItems "the lowest over services",
    EarliestOfItems "the earliest over services", LatestOfItems "the latest over services",
    WithoutOf "the highest price over services", Where "where", IfNone "or £0.00 if none", WordIfNone "or low if none",
    OwnListOfEach "all items, asked for each of them", OtherListOfEach "all items, asked for each of another list",
    ExampleWith "with an item", ExampleButItem "but an item", ExampleWithout "without an item",
    ExampleNoItems "no services", ExampleOfItem "what is expected of an item",
    ExampleDecides "the panel decides, in an example", ExampleAwaits "awaits the panel",
    Example "an example", ExampleBut "an example that starts from another",
}

/// How often each construct was written.
#[derive(Clone, Debug, Default)]
pub struct Reached(BTreeMap<Construct, usize>);

impl Reached {
    /// Counts one.
    pub fn count(&mut self, construct: Construct) {
        *self.0.entry(construct).or_insert(0) += 1;
    }

    /// Adds what another policy reached.
    pub fn add(&mut self, other: &Reached) {
        for (construct, count) in &other.0 {
            *self.0.entry(*construct).or_insert(0) += count;
        }
    }

    /// How often a construct was written.
    #[must_use]
    pub fn times(&self, construct: Construct) -> usize {
        self.0.get(&construct).copied().unwrap_or(0)
    }

    /// The constructs that were never written.
    pub fn missed(&self) -> impl Iterator<Item = Construct> {
        Construct::ALL.iter().copied().filter(|construct| self.times(*construct) == 0)
    }
}

impl fmt::Display for Reached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for construct in Construct::ALL {
            writeln!(f, "{:>8}  {}", self.times(*construct), construct.words())?;
        }
        Ok(())
    }
}
