//! Days that clauses give, and days that are counted.

use super::{always_decides, policy, sometimes_refuses};

const FACTS: &str = "received   a date, from 1 January 2024 to 31 March 2026\n\
                     decided   a date, from 1 January 2024 to 31 March 2026\n\
                     fee   money a week\nurgent   yes or no";

#[test]
fn days_at_every_distance() {
    let text = policy(
        FACTS,
        "1.1  Due = 28 days after received, not counting that day.
1.2  Served = 15 days after received, counting that day.
1.3  Warned = one day before received, counting that day.
1.4  Asked = 6 weeks before decided.
1.5  Ended = 1 week after decided, counting that day.
1.6  Appealed = 2 months after received, or the last day.
1.7  Reviewed = 3 months before received, or the next day, counting that day.
1.8  Renewed = 1 year after decided, or the next day.
1.9  Fixed = 1 month after 31 January 2024, or the last day.
1.10  Latest = the later of due and (the earlier of appealed and renewed).
1.11  Earliest = the earlier of 1 March 2025 and latest.
1.12  A child is late when decided is after due, or latest is the same as due.
1.13  A child is early when fixed is before decided and earliest is between received and due.
",
    );
    always_decides("days", &text);
}

#[test]
fn working_days_at_every_distance() {
    let text = policy(
        FACTS,
        "1.1  Due = 20 working days after received, not counting that day.
1.2  Heard = 15 working days after received, counting that day.
1.3  Warned = 5 working days before decided, not counting that day.
1.4  Asked = 1 working day before decided, counting that day.
1.5  Next = 1 working day after decided, counting that day.
1.6  Fixed = 3 working days after 28 March 2024, not counting that day.
1.7  A child is late when decided is after due, or next is after decided.
1.8  A child is early when warned is before fixed and asked is the same as decided.
",
    );
    always_decides("working days", &text);
}

#[test]
fn days_in_tables_and_by_condition() {
    let text = policy(
        FACTS,
        "1.1  When urgent, due = 1 week after received; otherwise due = 1 April 2025.
1.2  Despite 1.1, when decided is on or after 1 January 2026, due = decided.
1.3  Band, meeting: first row that applies.
     | due                          | urgent | band | meeting    |
     | before 1 May 2024            | any    |    1 | 1 May 2024 |
     | 1 May 2024 to 1 May 2025     | yes    |    2 | due        |
     | on or after 2 May 2025       | any    |    3 | decided    |
     | otherwise                    |        |    4 | received   |
1.4  Next = 14 days after meeting, not counting that day.
",
    );
    always_decides("days in tables", &text);
}

/// Where the condition says that the first day is not after the last, nothing is refused.
#[test]
fn days_between_two_days_that_stand_in_order() {
    let text = policy(
        FACTS,
        "1.1  Starts = 29 days after received, counting that day.
1.2  When decided is on or after starts,
       both = days from starts to decided, counting both days;
       otherwise both = 0.
1.3  When starts is before decided, first = days from starts to decided, counting the first only.
1.4  When not urgent and decided is not before starts, last = days from starts to decided, counting the last only.
1.5  When starts is on or before decided and urgent, neither = days from starts to decided, counting neither.
1.6  When decided is on or after starts, the ICB pays fee for both, to the nearest penny, halves up.
1.7  A child is late when both is at least 28.
1.8  Ten days = fee for 10 days.
",
    );
    always_decides("days between", &text);
}

#[test]
fn rates_on_another_day() {
    let text = policy(
        FACTS,
        "1.1  Hourly rate, an hour: £24.50 from 1 April 2023
                            £25.61 from 1 January 2025
                            £26.00 from 1 April 2026
1.2  Night rate, a night: £170.00 from 1 January 2024
1.2A  Night then = night rate at the rates on received.
1.3  When urgent, uplift, a year: 5% from 1 April 2023
                                   7.5% from 1 January 2026
1.4  Rate now = hourly rate.
1.5  Rate then = hourly rate at the rates on received.
1.6  Rate due = hourly rate x 2 at the rates on (28 days after decided, not counting that day).
1.7  Rate fixed = hourly rate at the rates on 31 December 2024.
1.8  When urgent, risen = uplift at the rates on decided; otherwise risen = 0%.
1.9  Difference = rate now - (hourly rate at the rates on received).
1.10  A child is late when hourly rate at the rates on decided is over £25.00.
",
    );
    always_decides("rates on another day", &text);
}

#[test]
fn wordings_of_clauses() {
    let text = policy(
        FACTS,
        "1.1 (until 31 March 2026)  A child is late when decided is on or after 1 July 2025 and urgent.
1.1 (from 1 April 2026 until 31 March 2027)  A child is late when not urgent.
1.1 (from 1 April 2027)  A child is late when fee is over £100.00.
1.2 (from 1 January 2026)  Despite 1.1, a child is not late when fee is under £50.00.
1.3 (until 31 December 2026)  Despite 1.2, a child is late when fee is exactly £0.00.
1.4 (until 30 June 2026)  Clause 1.2 does not apply when urgent.
1.5 (until 31 March 2026)  Part = 1/3 of fee, to the nearest penny, halves up.
1.5 (from 1 April 2026)  When urgent, part = fee; otherwise part = £0.00.
1.6 (until 31 March 2026)  Early part = part + £1.00 a week.
1.7 (until 31 March 2026)  When early part is over £20.00, the ICB pays early part.
1.8  The ICB pays part.
1.9 (from 1 April 2026 until 30 September 2026)  The ICB pays at most £500.00 a week in all; education pays the excess.
2    Shares
2.1 (until 31 March 2026)  In every case: the ICB 50%, education 50%.
2.1 (from 1 April 2026)  When urgent: the ICB 1/3, education the rest.
2.2 (from 1 April 2026)  When not urgent: the ICB 2/3, education the rest.
2.3  Split fee in the shares of section 2.
3    Words
3.1 (until 31 March 2026)  Band: first row that applies.
     | fee           | band   |
     | under £100.00 | small  |
     | any           | middle |
3.1 (from 1 April 2026)  Band: first row that applies.
     | fee           | band   |
     | under £300.00 | middle |
     | any           | large  |
3.2  A child is seen when band is middle.
3.3 (from 1 April 2026)  A child is heard when band is large.
",
    );
    always_decides("wordings", &text);
}

#[test]
fn days_counted_backwards_are_refused() {
    let text = policy(
        FACTS,
        "1.1  When urgent, stay = days from received to decided, counting both days.
1.2  When not urgent, stay = 0.
1.3  The ICB pays fee for stay, to the nearest penny, halves to even.
",
    );
    sometimes_refuses("days backwards", &text);
}

#[test]
fn days_that_a_condition_counts_are_always_counted() {
    let text = policy(
        FACTS,
        "1.1  This policy covers a child when received is on or after 1 June 2024.
1.2  When urgent and days from received to decided, counting neither is under 100, the ICB pays fee.
",
    );
    sometimes_refuses("days in a condition", &text);
}

#[test]
fn days_in_a_row_are_counted_where_the_row_applies() {
    let text = policy(
        FACTS,
        "1.1  Stay = days from received to (the later of received and decided), counting both days.
1.2  When urgent, wait = days from (2 days after decided, not counting that day) to received, counting neither.
1.3  Band: first row that applies.
     | urgent | band |
     | yes    | wait |
     | any    | stay |
1.4  When urgent, lag = days from wait day to decided, counting the last only.
1.5  When not urgent, wait day = received.
",
    );
    sometimes_refuses("days in a row", &text);
}
