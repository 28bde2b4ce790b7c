//! What a clause does where its condition narrows the bounds of what it compares: also in cases
//! in which the condition fails, and what is computed there lies outside those bounds.

use super::{always_decides, policy};

#[test]
fn amounts_and_divisors() {
    let text = policy(
        "cost   money a week, £0.00 to £9,000.00\nhours   hours a week, in quarters, 0 to 40\n\
         refund   money a week, -£50.00 to £50.00",
        "1.1  When hours is at least 1, rate = cost / hours, to the nearest penny, halves up;
     otherwise rate = £0.00.
1.2  When hours is not 0, part = cost x 7 / hours, to the nearest penny, down.
1.3  When cost is at least £6,000.00, education pays cost - £6,000.00 a week.
1.4  When cost is under £6,000.00, education pays £6,000.00 a week - cost.
1.5  When refund is over £0.00, the ICB pays refund; otherwise social care pays £50.00 a week + refund.
1.6  When cost - refund is at least £0.00, the ICB pays cost - refund.
1.7  When cost is at least £300.00 and cost is at most £300.07, share = cost / 3, to the nearest penny, halves to even.
1.8  When refund is not under £1.00, split refund + £1.00 a week between the ICB and education in proportion to refund and cost.
1.9  Despite 1.3, when cost is exactly £7,000.00, social care pays cost - £6,000.00 a week.
1.10  When cost is at least £100.00, of cost, the ICB pays the first cost - £100.00 a week; education pays the rest.
1.11  When cost is at least £300.00, the ICB pays at most cost - £300.00 a week; education pays the excess.
",
    );
    always_decides("narrowed amounts", &text);
}

#[test]
fn days() {
    let text = policy(
        "received   a date\ndecided   a date, from 1 January 2024 to 31 March 2026",
        "1.1  When received is between 1 January 2024 and 31 March 2026, due = 20 working days after received, not counting that day.
1.2  When received is before 1 January 2100, later = 100 years after received, or the last day.
1.3  When received is on or after decided, wait = days from decided to received, counting neither.
1.4  A child is late when decided is after 1 April 2025.
",
    );
    always_decides("narrowed days", &text);
}
