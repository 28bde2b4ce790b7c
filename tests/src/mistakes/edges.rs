//! Where a mistake begins: what is just one, and beside it what is just none.

use super::hostile::policy;
use super::policies::found;

/// Checks which mistakes a policy with these facts and clauses has.
#[track_caller]
fn check(facts: &str, clauses: &str, codes: &[&str]) {
    let text = policy(facts, clauses);
    let found: Vec<&str> = found(&text).iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(found, codes, "{text}");
}

#[test]
fn the_date_of_a_case_can_be_in_force() {
    let dated = |from, to, until| {
        let text = policy("", "").replace(
            "  decision date   a date\n",
            &format!("  decision date   a date, from {from} to {to}\n"),
        );
        let text = text.replace("1 April 2025\n", &format!("1 April 2025{until}\n"));
        let found = found(&text);
        found.iter().map(|diagnostic| diagnostic.code).collect::<Vec<_>>()
    };
    assert_eq!(dated("1 April 2023", "1 April 2025", ""), [""; 0]);
    assert_eq!(dated("1 April 2023", "31 March 2025", ""), ["dated-by-never-in-force"]);
    let until = ", until 31 March 2026";
    assert_eq!(dated("31 March 2026", "1 May 2027", until), [""; 0]);
    assert_eq!(dated("1 April 2026", "1 May 2027", until), ["dated-by-never-in-force"]);
}

#[test]
fn dates_may_be_of_one_day() {
    let from_to = |from, to| format!("  heard on   a date, from {from} to {to}\n");
    check(&from_to("1 May 2026", "2 May 2026"), "", &[]);
    check(&from_to("1 May 2026", "1 May 2026"), "", &[]);
    check(&from_to("2 May 2026", "1 May 2026"), "", &["bounds-reversed"]);
}

#[test]
fn a_range_may_be_of_one_number() {
    let between =
        |least, most| format!("1.1  A child is late when cost is between {least} and {most}.\n");
    check("", &between("£1.00", "£1.01"), &[]);
    check("", &between("£1.00", "£1.00"), &[]);
    check("", &between("£1.01", "£1.00"), &["range-reversed"]);
}

#[test]
fn only_what_has_an_order_is_compared_in_it() {
    let homes = "\nhomes, each one of near, far\n  first home\n  second home\n";
    let when = |condition| format!("1.1  A child is late when {condition}.\n");
    check(homes, &when("first home is the same as second home"), &[]);
    check(homes, &when("first home is not the same as second home"), &[]);
    check(homes, &when("first home is at most second home"), &["no-order"]);
    check(homes, &when("first home is over second home"), &["no-order"]);
    let truths = "  late   yes or no\n";
    let when = |condition| format!("1.1  A child is slow when {condition}.\n");
    check(truths, &when("urgent is the same as late"), &[]);
    check(truths, &when("urgent is at least late"), &["no-order"]);
    let dates = "  heard on   a date\n";
    check(dates, &when("heard on is before decision date"), &[]);
}

#[test]
fn a_bare_count_stands_for_a_counted_thing_only() {
    let facts = "  visits   hours a week, in quarters, 0 to 40\n  share   percent\n";
    let when = |condition| format!("1.1  A child is late when {condition}.\n");
    check(facts, &when("visits is at least 20"), &[]);
    check(facts, &when("cost is at least £20.00"), &[]);
    check(facts, &when("share is at least 20%"), &[]);
    check(facts, &when("cost is at least 20"), &["units-disagree"]);
    check(facts, &when("share is at least 20"), &["units-disagree"]);
    check(facts, &when("visits is at least £20.00"), &["units-disagree"]);
    check(facts, &when("share is at least £20.00"), &["units-disagree"]);
    check(facts, &when("visits is at least 20%"), &["units-disagree"]);
}

#[test]
fn a_quotient_is_worked_out_in_one_step_while_it_is_small() {
    let numbers = |first: u64, second: u64| {
        format!(
            "  first    whole number, 1 to {first}\n  second   whole number, 1 to {second}\n  \
             divisor  whole number, 1024 to 2048\n"
        )
    };
    let of = |value| format!("1.1  Result = {value}, to the nearest whole number, up.\n");
    let quotient = of("first / divisor x second");
    check(&numbers(1 << 60, 1 << 60), &quotient, &["quotient-in-parts"]);
    // One bit fewer is few enough, but then the result is too large to be kept.
    check(&numbers((1 << 60) - 1, 1 << 60), &quotient, &["too-large"]);
    check(&numbers(1 << 33, 1 << 33), &quotient, &[]);
    // A sum with a fact in it varies like a fact, and a constant beside them does not.
    let of_sums = of("(first + 1) / divisor x (2 + second - 1)");
    check(&numbers(1 << 33, 1 << 33), &of_sums, &[]);
    check(&numbers(1 << 60, 4), &of("first / divisor x 10 x second"), &[]);
}

#[test]
fn a_quotient_is_rounded_before_anything_else_is_done_with_it() {
    let facts = "  visits   whole number, 1 to 7\n";
    let of = |value| format!("1.1  Result = {value}, to the nearest penny, up.\n");
    check(facts, &of("cost / visits x visits"), &[]);
    check(facts, &of("visits x cost / visits"), &[]);
    let mistake = &["quotient-not-rounded"];
    check(facts, "1.1  Result = cost / visits.\n", mistake);
    check(facts, &of("cost / visits + £1.00"), mistake);
    check(facts, &of("£1.00 - cost / visits"), mistake);
    check(facts, &of("(cost / visits + £1.00) x visits"), mistake);
    check(facts, &of("cost x visits / (visits / 2 / visits)"), mistake);
    check(facts, &of("the greater of (cost / visits) and £1.00"), mistake);
    check(facts, &of("the lesser of £1.00 and (visits x cost / visits)"), mistake);
    let when = |test| format!("1.1  A child is late when {test}.\n");
    check(facts, &when("cost / visits is over £1.00"), mistake);
    check(facts, &when("cost is under cost / visits"), mistake);
    check(facts, &when("cost is between cost / visits and £5.00"), mistake);
    check(facts, &when("cost is between £5.00 and cost / visits"), mistake);
}

#[test]
fn what_a_promise_reads_may_stand_below() {
    let promise = "1.1  The parties' payments add up to whole cost + visits.\n";
    let below = "1.2  Whole cost = cost + £1.00.\n1.3  The ICB pays whole cost.\n";
    let facts = "  visits   whole number, 1 to 7\n";
    check(facts, &format!("{promise}{below}"), &["units-disagree"]);
    let promise = "1.1  The ICB never pays more than whole cost x cost.\n";
    check(facts, &format!("{promise}{below}"), &["money-times-money"]);
    let promise = "1.1  Higher rank never lower the ICB's share in 1.3.\n";
    let below = "1.2  Rank = visits x 2.\n1.3  In every case: the ICB the rest.\n";
    check(facts, &format!("{promise}{below}"), &[]);
}

#[test]
fn a_named_share_is_a_percent() {
    let shares = "1.1  In every case: the ICB part, the council the rest.\n";
    check("  part   percent\n", shares, &[]);
    check("  part   whole number, 0 to 1\n", shares, &["no-share"]);
    check("  part   money\n", shares, &["no-share"]);
}

/// A circle of 60 clauses, the last of which closes another circle of fewer.
#[test]
fn a_circle_in_a_circle_is_shown_while_it_is_short() {
    let of_the_second = |length: usize| {
        let mut clauses: String =
            (1..60).map(|at| format!("1.{at}  V{at} = v{}.\n", at + 1)).collect();
        clauses.push_str(&format!("1.60  V60 = v1 + v{}.\n", 61 - length));
        clauses
    };
    let circle = "clauses-in-a-circle";
    check("", &of_the_second(1), &[circle, circle]);
    check("", &of_the_second(50), &[circle, circle]);
    check("", &of_the_second(51), &[circle]);
    check("", &of_the_second(59), &[circle]);
}

#[test]
fn a_conclusion_nearly_like_another_is_told_where_nothing_asks_for_it() {
    let two = |one: &str, other: &str| {
        format!(
            "1.1  A child is {one} when urgent.\n1.2  A child is {other} when not urgent.\n1.3  \
             When the child is {one}, the ICB pays cost.\n"
        )
    };
    let near = "conclusion-near-another";
    check("", &two("eligible", "eligibel"), &[near]);
    check("", &two("eligible", "allso eligible"), &[near]);
    check("", &two("eligible", "nott eligible"), &[near]);
    check("", &two("eligible", "very eligible"), &[]);
    check("", &two("eligible", "settled"), &[]);
    // Only long words are slips of each other.
    check("", &two("fast tier", "fist tier"), &[near]);
    check("", &two("bad tier", "bid tier"), &[]);
    check("", &two("band 1", "band 2"), &[]);
    let asked = "1.4  A child is late when the child is eligibel.\n";
    check("", &format!("{}{asked}", two("eligible", "eligibel")), &[]);
    // What overrides nothing because of a slip is a mistake, and told once.
    let despite = "1.4  Despite 1.1, a child is not eligibel when cost is over £5.00.\n";
    check("", &format!("{}{despite}", two("eligible", "settled")), &[near]);
    // Of two that may each be a slip of the other one is told.
    let unasked =
        "1.1  A child is eligible when urgent.\n1.2  A child is eligibel when not urgent.\n";
    check("", unasked, &[near]);
}

#[test]
fn despite_is_about_the_same_thing() {
    let clauses = |place: &str, sentence: &str| {
        format!(
            "1.1  A child is late when urgent.\n1.2  A child is slow when urgent.\n1.3  The ICB \
             pays cost.\n1.4  Total = cost.\n\n2  Others\n2.1  Despite {place}, {sentence}\n"
        )
    };
    let late = "a child is not late when cost is over £1.00.";
    check("", &clauses("1.1", late), &[]);
    check("", &clauses("section 1", late), &[]);
    check("", &clauses("1.2", late), &["despite-another-matter"]);
    check("", &clauses("1.1 and 1.2", late), &["despite-another-matter"]);
    check("", &clauses("1.3", "the council pays cost."), &[]);
    check("", &clauses("1.3", "the council pays £1.00."), &["despite-another-matter"]);
    check("", &clauses("1.4", "when urgent, total = £1.00."), &[]);
    check("", &clauses("1.4", "when urgent, sum = £1.00."), &["despite-another-matter"]);
    // A clause with a mistake is not told of another.
    check("", &clauses("1.1", "the council pays urgent."), &["payment-not-money"]);
    let broken = "1.1  Nothing at all.\n1.2  Despite 1.1, a child is not late when urgent.\n";
    check("", broken, &["unexpected-text"]);
}

#[test]
fn lists_hold_254_words() {
    let words = |count: usize| {
        let words: Vec<String> = (1..=count).map(|at| format!("home {at}")).collect();
        format!("  placement   one of {}\n", words.join(", "))
    };
    check(&words(254), "", &[]);
    check(&words(255), "", &["too-many"]);
    let members = |count: usize| {
        let members: String = (1..=count).map(|at| format!("  need {at}\n")).collect();
        format!("\nneeds, each yes or no\n{members}")
    };
    check(&members(254), "", &[]);
    check(&members(255), "", &["too-many"]);
}

#[test]
fn a_number_may_have_one_value() {
    let number = |bounds: &str| format!("  visits   whole number, {bounds}\n");
    check(&number("3 to 4"), "", &[]);
    check(&number("3 to 3"), "", &[]);
    check(&number("4 to 3"), "", &["bounds-reversed"]);
    let in_steps = |bounds: &str| format!("  hours   number, in steps of 0.25, {bounds}\n");
    check(&in_steps("0.25 to 1.5"), "", &[]);
    check(&in_steps("0.1 to 1.5"), "", &["bound-between-steps"]);
    check(&in_steps("0.25 to 1.4"), "", &["bound-between-steps"]);
}

#[test]
fn rates_begin_when_the_policy_does() {
    let rates = |first: &str, second: &str| {
        format!("1.1  Rate, an hour:  £1.00 from {first}\n                 £2.00 from {second}\n")
    };
    check("", &rates("1 April 2025", "2 April 2025"), &[]);
    check("", &rates("31 March 2025", "2 April 2025"), &[]);
    check("", &rates("2 April 2025", "3 April 2025"), &["rates-start-late"]);
    check("", &rates("1 April 2025", "1 April 2025"), &["rates-not-rising"]);
    check("", &rates("1 April 2025", "31 March 2025"), &["rates-not-rising"]);
}

#[test]
fn rates_follow_each_other_day_by_day() {
    let rates = |first: &str, second: &str| {
        format!("1.1  Rate, an hour:  £1.00 from {first}\n                 £2.00 from {second}\n")
    };
    let year = "1 April 2025 until 31 March 2026";
    check("", &rates(year, "1 April 2026"), &[]);
    check("", &rates(year, "2 April 2026"), &["rates-leave-a-gap"]);
    check("", &rates(year, "31 March 2026"), &["rates-overlap"]);
    check("", &rates("1 April 2025", "1 April 2026 until 31 March 2027"), &["rates-end-early"]);
    check("", &rates("1 April 2025 until 1 April 2025", "2 April 2025"), &[]);
    check(
        "",
        &rates("1 April 2025 until 31 March 2025", "1 April 2025"),
        &["ends-before-it-begins"],
    );
    // Before the policy is in force nothing need be known, but a gap is a slip there too.
    check("", &rates("1 April 2023 until 31 March 2024", "1 April 2025"), &["rates-leave-a-gap"]);
}

#[test]
fn wordings_follow_each_other_day_by_day() {
    let two = |first: &str, second: &str| {
        format!("1.1 ({first})  The ICB pays cost.\n1.1 ({second})  The council pays cost.\n")
    };
    check("", &two("until 31 March 2026", "from 1 April 2026"), &[]);
    check("", &two("until 31 March 2026", "from 2 April 2026"), &["wordings-leave-a-gap"]);
    check("", &two("until 1 April 2026", "from 1 April 2026"), &["wordings-overlap"]);
    check("", &two("from 1 April 2026", "until 31 March 2026"), &["wordings-not-rising"]);
    // A payment may end, begin again never, or be made for a while.
    check(
        "",
        &two("from 1 April 2026 until 1 April 2026", "from 2 April 2026 until 3 May 2026"),
        &[],
    );
}

#[test]
fn what_is_used_is_there_on_every_day() {
    let given = |days: &str, used: &str| {
        format!("1.1 {days}  Part = cost.\n1.2 {used}  The ICB pays part.\n")
    };
    let (early, late) = ("(until 31 March 2026)", "(from 1 April 2026)");
    check("", &given("", early), &[]);
    check("", &given(early, early), &[]);
    check("", &given(early, "(until 30 March 2026)"), &[]);
    check("", &given(early, "(until 1 April 2026)"), &["not-on-every-day"]);
    check("", &given(early, ""), &["not-on-every-day"]);
    check("", &given("(from 31 March 2026)", late), &[]);
    check("", &given("(from 2 April 2026)", late), &["not-on-every-day"]);
    // Before the policy is in force nothing is used.
    check("", &given("(from 1 April 2025)", ""), &[]);
    check("", &given("(from 2 April 2025)", ""), &["not-on-every-day"]);
    let both =
        format!("1.1 {early}  Part = cost.\n1.1 {late}  Part = £1.00.\n1.2  The ICB pays part.\n");
    check("", &both, &[]);
}

/// Shares in a table are shares as well.
#[test]
fn shares_are_there_on_every_day() {
    let shares = |days: &str| {
        format!(
            "1.1  Split cost in the shares of 1.2.\n1.2 {days}  In every case: first row that \
             applies.\n     | urgent | the ICB | the council |\n     | any | 40% | the rest |\n\
             1.3 (until 31 March 2026)  The ICB pays cost.\n"
        )
    };
    check("", &shares(""), &[]);
    check("", &shares("(until 31 March 2026)"), &["not-on-every-day"]);
}

/// A word of what is tested is no name, though a conclusion or value is called so.
#[test]
fn a_word_reads_nothing() {
    let facts =
        "  placement   one of home, away, band\n\nneeds, each one of late, low\n  first need\n";
    check(facts, "1.1  A child is away when placement is away.\n", &[]);
    check(facts, "1.1  A child is late when at least 1 need is late.\n", &[]);
    let tables = "1.1  Band: first row that applies.
     | placement  | band |
     | away, band | slow |
     | any        | fast |
1.2  A child is slow when band is slow.
";
    check(facts, tables, &[]);
    let read = "1.1  A child is away when the child is away.\n";
    check(facts, read, &["clauses-in-a-circle"]);
    let value = "1.1  Part = cost.\n1.2  When cost is at most part, part = £1.00.\n";
    check(facts, value, &["clauses-in-a-circle"]);
}

#[test]
fn shares_make_one_whole() {
    let shares = |icb: &str, council: &str| {
        format!("1.1  In every case: the ICB {icb}, the council {council}.\n")
    };
    let facts = "  part   percent\n  half   percent, 0% to 50%\n";
    check(facts, &shares("1/3", "2/3"), &[]);
    check(facts, &shares("100%", "the rest"), &[]);
    check(facts, &shares("33.33%", "66.67%"), &[]);
    check(facts, &shares("33.33%", "66.66%"), &["shares-fall-short"]);
    check(facts, &shares("33.34%", "66.67%"), &["shares-exceed-whole"]);
    check(facts, &shares("half", "50%"), &["named-shares-need-a-rest"]);
    check(facts, &shares("part", "0.01%"), &["shares-exceed-whole"]);
    check(facts, &shares("half", "half"), &["named-shares-need-a-rest"]);
    check(facts, &shares("part", "the rest"), &[]);
}

#[test]
fn payments_are_whole_pence_and_not_below_nothing() {
    let facts = "  refund   money, -£0.01 to £5.00\n  gift   money, £0.00 to £5.00\n";
    check(facts, "1.1  The ICB pays gift.\n", &[]);
    check(facts, "1.1  The ICB pays refund.\n", &["payment-below-zero"]);
    check(facts, "1.1  The ICB pays refund + £0.01.\n", &[]);
    check(facts, "1.1  The ICB pays gift / 2.\n", &["payment-not-rounded"]);
    check(facts, "1.1  The ICB pays gift / 2, to the nearest penny, up.\n", &[]);
    check(
        facts,
        "1.1  The ICB pays at most refund; the council pays the excess.\n",
        &["payment-below-zero"],
    );
}
