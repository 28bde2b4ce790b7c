//! What is proved of things with many words, and of what a table makes of the rows that apply.

use super::{found, policy, shown};

/// `w1, w2, ...`
fn words(count: usize) -> Vec<String> {
    (1..=count).map(|word| format!("w{word}")).collect()
}

/// A table over a fact of so many words, without a row for some of them.
fn rows(count: usize, without: &[usize]) -> String {
    let facts = format!("  kind  one of {}\n", words(count).join(", "));
    let rows = (1..=count).filter(|word| !without.contains(word));
    let rows = rows.map(|word| format!("     | w{word} | £{word}.00 |\n"));
    let rows = rows.collect::<String>();
    policy(
        &facts,
        &format!(
            "1.1  Fee: exactly one row applies.\n     | kind | fee |\n{rows}1.2  The ICB pays fee.\n"
        ),
    )
}

#[test]
fn a_word_without_a_row_is_found_among_many() {
    for count in [2, 63, 64, 65, 128, 129, 200] {
        assert_eq!(found(&rows(count, &[])), [""; 0], "{count}");
        for without in [1, count / 2 + 1, count] {
            let text = rows(count, &[without]);
            assert_eq!(found(&text), ["1.1 no-row-for-some"], "{count}, {without}");
            assert_eq!(shown(&text), format!("such as a case in which kind is w{without}"));
        }
    }
    assert_eq!(shown(&rows(130, &[129, 65])), "such as a case in which kind is w65");
}

/// Of a ladder of many levels, one between two rows.
#[test]
fn a_level_without_a_row_is_found_among_many() {
    let rows = |lower: usize, upper: usize| {
        let text = policy(
            "  need  a level of need\n",
            &format!(
                "1.1  Fee: exactly one row applies.\n     | need | fee |\n     \
                 | w{lower} or lower | £1.00 |\n     | w{upper} or higher | £2.00 |\n1.2  The ICB pays fee.\n"
            ),
        );
        let ladder = format!("levels of need\n  {}\n\nfacts\n", words(140).join(" < "));
        text.replacen("facts\n", &ladder, 1)
    };
    for lower in [1, 63, 64, 65, 127, 128, 138] {
        assert_eq!(found(&rows(lower, lower + 1)), [""; 0], "{lower}");
        assert_eq!(found(&rows(lower + 1, lower + 1)), ["1.1 rows-overlap"], "{lower}");
        let text = rows(lower, lower + 2);
        assert_eq!(found(&text), ["1.1 no-row-for-some"], "{lower}");
        assert_eq!(shown(&text), format!("such as a case in which need is w{}", lower + 1));
    }
}

/// Two rows give one word: what reads it must be ready for it.
#[test]
fn a_word_that_two_rows_give_is_one_that_it_can_be() {
    let fee = |rows: &str| {
        let text = policy(
            "  urgent  yes or no\n  cost  money\n",
            &format!(
                "1.1  Tier: exactly one row applies.\n     | urgent | cost           | tier |\n     \
                 | yes    | any            | a    |\n     | no     | under £5.00    | b    |\n     \
                 | no     | £5.00 or more  | a    |\n\
                 1.2  Fee: exactly one row applies.\n     | tier | fee |\n{rows}1.3  The ICB pays fee.\n"
            ),
        );
        found(&text)
    };
    assert_eq!(fee("     | a | £1.00 |\n     | b | £2.00 |\n"), [""; 0]);
    assert_eq!(fee("     | b | £2.00 |\n"), ["1.2 no-row-for-some"]);
    assert_eq!(fee("     | a | £1.00 |\n"), ["1.2 no-row-for-some"]);
}

/// Which rates the rows leave, where every row that applies counts.
#[test]
fn the_lowest_and_the_highest_row_are_known_exactly() {
    let fees = |hit: &str, fees: &str| {
        let text = policy(
            "  urgent  yes or no\n  severe  yes or no\n",
            &format!(
                "1.1  Rate: {hit} of the rows that apply.\n     | urgent | severe | rate  |\n     \
                 | yes    | any    | £5.00  |\n     | any    | yes    | £7.00  |\n     \
                 | any    | any    | £6.00 |\n\
                 1.2  Fee: exactly one row applies.\n     | rate | fee |\n{fees}1.3  The ICB pays fee.\n"
            ),
        );
        found(&text)
    };
    let (five, six, seven) =
        ("     | £5.00 | £1.00 |\n", "     | £6.00 | £2.00 |\n", "     | £7.00 | £3.00 |\n");
    // Urgent £5.00, else £6.00: the row of £7.00 is never the lowest.
    assert_eq!(fees("lowest", &format!("{five}{six}")), [""; 0]);
    assert_eq!(
        fees("lowest", &format!("{six}{seven}")),
        ["1.2 no-row-for-some", "1.2 row-never-applies"]
    );
    // Severe £7.00, else £6.00: the row of £5.00 is never the highest.
    assert_eq!(fees("highest", &format!("{six}{seven}")), [""; 0]);
    assert_eq!(
        fees("highest", &format!("{five}{six}")),
        ["1.2 no-row-for-some", "1.2 row-never-applies"]
    );
}

/// The first row need not apply, nor the last be the highest.
#[test]
fn the_highest_is_one_of_those_that_apply() {
    let clean = |rows: &str| {
        let text = policy(
            "  urgent  yes or no\n  severe  yes or no\n",
            &format!(
                "1.1  Tier: highest of the rows that apply.\n     | urgent | severe | tier |\n     \
                 | yes    | any    | 1    |\n     | no     | yes    | 3    |\n     \
                 | any    | any    | 2    |\n\
                 1.2  Fee: exactly one row applies.\n     | tier | fee |\n{rows}1.3  The ICB pays fee.\n"
            ),
        );
        found(&text) == [""; 0]
    };
    assert!(clean("     | 2 | £1.00 |\n     | 3 | £2.00 |\n"));
    assert!(!clean("     | 2 | £1.00 |\n"));
    assert!(!clean("     | 3 | £1.00 |\n"));
    assert!(!clean("     | 1 | £1.00 |\n     | 2 | £1.00 |\n     | 3 | £2.00 |\n"));
}
