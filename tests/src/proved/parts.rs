//! What is proved of the parts of an amount: in proportion, one party after the other, and what limits and floors
//! of a part leave. Each bound holds to the penny, and a penny less does not.

use super::{found, policy};

/// What is found of promises about payments of these costs.
#[track_caller]
fn promised(cost: &str, clauses: &str) -> Vec<String> {
    let facts = format!(
        "  cost    money a week, {cost}\n  fee     money a week, £0.00 to £40.00\n  \
         nights  whole number, 1 to 4\n  days    whole number, 1 to 4\n  urgent  yes or no\n"
    );
    found(&policy(&facts, clauses))
}

/// Whether a party is bound by just this amount: the promise of it is kept, and of a penny less, or more, is not.
#[track_caller]
fn bound(cost: &str, clauses: &str, (party, most_or_least): (&str, &str), pence: u32) {
    let promise = |pence: u32| {
        let amount = format!("£{}.{:02} a week", pence / 100, pence % 100);
        format!("{clauses}1.9  {party} never pays {most_or_least} than {amount}.\n")
    };
    let beyond = if most_or_least == "more" { pence - 1 } else { pence + 1 };
    assert_eq!(promised(cost, &promise(pence)), [""; 0], "{}", promise(pence));
    assert_eq!(promised(cost, &promise(beyond)), ["1.9 promise-broken"], "{}", promise(beyond));
}

const ANY: &str = "£0.00 to £100.00";

/// The ICB has one night beside four days at least, and four beside one at most.
#[test]
fn a_part_in_proportion_is_bound_by_the_weights_at_their_ends() {
    let split =
        "1.1  Split cost between the ICB and the council in proportion to nights and days.\n";
    bound(ANY, split, ("The ICB", "more"), 80_00);
    bound("£100.00 to £200.00", split, ("The ICB", "less"), 20_00);
    bound("£100.00 to £200.00", split, ("The council", "more"), 160_00);
}

/// Of £50.00 the council pays £6.00, the ICB £40.00 at most, and the council the other £4.00.
#[test]
fn who_pays_first_and_last_pays_both() {
    let turns = "1.1  Of cost, the council pays the first £6.00 a week; the ICB pays the next fee;\n     \
                 the council pays the rest.\n";
    bound(ANY, turns, ("The ICB", "more"), 40_00);
    bound("£50.00 to £100.00", turns, ("The council", "less"), 10_00);
    bound("£50.00 to £100.00", turns, ("The council", "more"), 100_00);
    let one = "1.1  Of cost, the council pays the first £6.00 a week; the ICB pays the rest.\n";
    bound(ANY, one, ("The council", "more"), 6_00);
    bound(ANY, one, ("The ICB", "more"), 94_00);
}

#[test]
fn a_limit_of_what_one_clause_makes_a_party_pay_leaves_the_others() {
    let both = "1.1  The ICB pays cost.\n1.2  The ICB pays fee.\n";
    let under = "1.3  The ICB pays at most £60.00 a week under 1.1; the council pays the excess.\n";
    bound(ANY, &format!("{both}{under}"), ("The ICB", "more"), 100_00);
    bound(ANY, &format!("{both}{under}"), ("The council", "more"), 40_00);
    let in_all = "1.4  The ICB pays at most £50.00 a week in all; the council pays the excess.\n";
    bound(ANY, &format!("{both}{under}{in_all}"), ("The ICB", "more"), 50_00);
    bound(ANY, &format!("{both}{under}{in_all}"), ("The council", "more"), 90_00);
}

/// Of £90.00 an earlier limit left £50.00: what a later one moves is no more than that.
#[test]
fn a_limit_moves_no_more_than_an_earlier_one_left() {
    let limits = "1.1  The ICB pays cost.\n\
                  1.2  The ICB pays at most £50.00 a week in all; the council pays the excess.\n\
                  1.3  The ICB pays at most £0.00 a week under 1.1; the council pays the excess.\n";
    bound(ANY, limits, ("The council", "more"), 100_00);
    bound("£10.00 to £100.00", limits, ("The council", "less"), 10_00);
}

#[test]
fn a_limit_or_floor_for_some_cases_binds_in_those() {
    let both = "1.1  The ICB pays fee.\n1.2  The council pays cost.\n";
    let floor = "1.3  When urgent, the ICB pays at least £10.00 a week, taken from the council.\n";
    bound("£20.00 to £100.00", &format!("{both}{floor}"), ("The council", "less"), 10_00);
    bound("£20.00 to £100.00", &format!("{both}{floor}"), ("The ICB", "more"), 40_00);
    let limit = "1.3  When urgent, the council pays at most £30.00 a week in all; the ICB pays the excess.\n";
    bound("£20.00 to £100.00", &format!("{both}{limit}"), ("The council", "more"), 100_00);
    bound("£20.00 to £100.00", &format!("{both}{limit}"), ("The ICB", "more"), 110_00);
    bound("£20.00 to £100.00", &format!("{both}{limit}"), ("The council", "less"), 20_00);
}

#[test]
fn either_of_two_clauses_pays() {
    let either = "1.1  When urgent, the ICB pays cost; otherwise the council pays cost.\n";
    bound(ANY, either, ("The ICB", "more"), 100_00);
    bound(ANY, either, ("The council", "more"), 100_00);
    let both = "1.1  When urgent, the ICB pays cost.\n1.2  When not urgent, the ICB pays fee + £70.00 a week.\n";
    bound(ANY, both, ("The ICB", "more"), 110_00);
    bound("£80.00 to £100.00", both, ("The ICB", "less"), 70_00);
}

/// A quarter of £100.01 is £25.0025: the spare penny goes to the three quarters.
#[test]
fn parts_in_shares_lie_within_a_penny() {
    let split = "1.1  In every case: the ICB 25%, the council 75%.\n1.2  Split cost in the shares of 1.1.\n";
    bound(ANY, split, ("The ICB", "more"), 25_00);
    bound("£100.01 to £200.00", split, ("The ICB", "less"), 25_00);
    bound("£100.01 to £200.00", split, ("The council", "less"), 75_01);
    let rows = "1.1  In every case: exactly one row applies.\n     \
                | nights    | the ICB | the council |\n     \
                | up to 2   |     20% |         80% |\n     \
                | 3 or more |     60% |    the rest |\n\
                1.2  Split cost in the shares of 1.1.\n";
    bound(ANY, rows, ("The ICB", "more"), 60_00);
    bound(ANY, rows, ("The council", "more"), 80_00);
    bound("£50.00 to £100.00", rows, ("The council", "less"), 20_00);
}

/// Of £0.01 in thirds: the council's part is what is left of a penny.
#[test]
fn who_takes_the_difference_is_further_from_its_share() {
    let split = |who: &str| {
        format!(
            "1.1  In every case: the ICB 50%, the council 50%.\n1.2  Split cost in the shares of 1.1. \
             {who} takes the difference,\n     the others to the nearest penny, halves up.\n"
        )
    };
    // Half of £0.01 is up a penny for the other.
    bound("£0.00 to £0.01", &split("The council"), ("The ICB", "more"), 1);
    bound("£0.00 to £99.99", &split("The council"), ("The ICB", "more"), 50_00);
    bound("£0.01 to £99.99", &split("The council"), ("The council", "more"), 49_99);
    bound("£0.03 to £99.99", &split("The ICB"), ("The ICB", "less"), 1);
}

#[test]
fn what_is_paid_back_adds_up_as_what_is_paid() {
    let split = |sum: &str| {
        let clauses = format!(
            "1.1  In every case: the ICB 45%, the council 55%.\n1.2  Balance = cost - fee.\n\
             1.3  Split balance in the shares of 1.1, refunds included.\n\
             1.4  The parties' payments add up to {sum}.\n"
        );
        promised(ANY, &clauses)
    };
    assert_eq!(split("balance"), [""; 0]);
    assert_eq!(split("cost - fee"), [""; 0]);
    assert_eq!(split("cost"), ["1.4 promise-broken"]);
}
