//! Amounts and shares as text.

use apportion_core::money::{Money, MoneyError};
use apportion_core::share::Share;
use proptest::prelude::{any, proptest};
use proptest::{prop_assert, prop_assert_eq};

use super::share;

#[test]
fn amounts_are_read_as_people_write_them() {
    for (text, pence) in [
        ("£1,600", 1_600_00),
        ("1600", 1_600_00),
        ("1,600.00", 1_600_00),
        ("£1600.5", 1_600_50),
        ("-£5.00", -5_00),
        ("-5", -5_00),
        ("£0.07", 7),
        ("0", 0),
        ("-0.00", 0),
        ("£10,000,000.00", 1_000_000_000),
        ("£92,233,720,368,547,758.07", i64::MAX),
        ("-£92,233,720,368,547,758.08", i64::MIN),
    ] {
        assert_eq!(Money::parse(text), Ok(Money::from_pence(pence)), "{text}");
    }
}

#[test]
fn other_texts_are_no_amounts() {
    let check = |texts: &[&str], error| {
        for text in texts {
            assert_eq!(Money::parse(text), Err(error), "{text}");
        }
    };
    check(
        &[
            "", " ", "-", "£", "-£", "five", "£-5.00", "--5", "+5", "££5", "£ 5", "5 ", "1.",
            ".50", "1.2.3", "1.-5", "5p", "1e3", "٣", "1,", ",100", "1.000,00", "0x10", "NaN",
        ],
        MoneyError::NotAnAmount,
    );
    check(&["1,60", "1,6000", "1600,000", "10,00,000", "1,600,00.00"], MoneyError::CommaMisplaced);
    check(&["£1.005", "1.000", "1.0000000000000000000000001"], MoneyError::TooManyPlaces);
    check(
        &["£92,233,720,368,547,758.08", "-92233720368547758.09", "99999999999999999999999999"],
        MoneyError::TooLarge,
    );
}

#[test]
fn amounts_are_written_with_commas_and_two_places() {
    for (pence, text) in [
        (0, "£0.00"),
        (7, "£0.07"),
        (-5, "-£0.05"),
        (999_99, "£999.99"),
        (1_000_00, "£1,000.00"),
        (1_234_567_89, "£1,234,567.89"),
        (-1_002_003_00, "-£1,002,003.00"),
        (i64::MIN, "-£92,233,720,368,547,758.08"),
    ] {
        assert_eq!(Money::from_pence(pence).to_string(), text);
    }
}

#[test]
fn amounts_are_added_subtracted_and_turned_while_they_fit() {
    let money = Money::from_pence;
    let most = money(i64::MAX);
    assert_eq!(money(5_00).checked_add(money(-7_50)), Some(money(-2_50)));
    assert_eq!(most.checked_add(money(1)), None);
    assert_eq!(money(5_00).checked_sub(money(7_50)), Some(money(-2_50)));
    assert_eq!(money(-2).checked_sub(most), None);
    assert_eq!(money(5_00).checked_neg(), Some(money(-5_00)));
    assert_eq!(money(i64::MIN).checked_neg(), None);
}

#[test]
fn a_mistake_in_an_amount_says_what_is_wrong() {
    for (text, message) in [
        ("five", "this is not an amount of money, such as £1,600.00"),
        ("1,60", "a comma may stand only before exactly three digits"),
        ("1.005", "an amount of money has at most two places after the point"),
        ("99999999999999999999", "this amount of money is too large"),
    ] {
        assert_eq!(Money::parse(text).unwrap_err().to_string(), message);
    }
}

#[test]
fn shares_are_read_exactly() {
    for (text, numerator, denominator) in [
        ("25%", 1, 4),
        ("33.33%", 3_333, 10_000),
        ("93.7%", 937, 1_000),
        ("0.01%", 1, 10_000),
        ("12.345%", 2_469, 20_000),
        ("110%", 11, 10),
        ("0%", 0, 1),
        ("1/3", 1, 3),
        ("2/6", 1, 3),
        ("0/7", 0, 1),
    ] {
        let got = share(text);
        assert_eq!((got.numerator(), got.denominator()), (numerator, denominator), "{text}");
    }
    for text in [
        "", "%", "25", "1/0", "1/", "/3", "-1/3", "1/-3", "-5%", "1 / 3", "5 %", ".5%", "5.%",
        "1.5/3",
    ] {
        assert_eq!(Share::parse(text), None, "{text}");
    }
}

#[test]
fn shares_are_written_as_percent_where_two_places_do() {
    for text in ["0%", "25%", "33.33%", "93.7%", "0.05%", "100%", "110%", "1/3", "1/32", "4/3"] {
        assert_eq!(share(text).to_string(), text);
    }
    assert_eq!(share("3/4").to_string(), "75%");
    assert_eq!(share("1/8").to_string(), "12.5%");
}

#[test]
fn only_ratios_of_nothing_or_more_are_shares() {
    assert_eq!(Share::new(0, 5), Some(Share::ZERO));
    assert_eq!(Share::new(5, 5), Some(Share::WHOLE));
    for (numerator, denominator) in [(-1, 3), (1, 0), (0, 0), (1, -3), (-1, -3)] {
        assert_eq!(Share::new(numerator, denominator), None, "{numerator}/{denominator}");
    }
}

#[test]
fn shares_are_added_and_compared_exactly() {
    let third = share("1/3");
    assert!(share("33.33%") < third && third < share("33.34%"));
    assert_eq!(third.checked_add(share("2/3")), Some(Share::WHOLE));
    assert_eq!(Share::WHOLE.checked_sub(third), Some(share("2/3")));
    assert_eq!(third.checked_sub(share("1/2")), None);
    // 1/a + 1/b of two large primes has the denominator a x b, which does not fit.
    let (first, second) = (share("1/4294967291"), share("1/4294967311"));
    assert_eq!(first.checked_add(second), None);
    assert!(first > second);
}

proptest! {
    #[test]
    fn every_amount_reads_back_as_it_is_written(pence in any::<i64>()) {
        let money = Money::from_pence(pence);
        prop_assert_eq!(Money::parse(&money.to_string()), Ok(money));
    }

    #[test]
    fn every_share_reads_back_as_it_is_written(numerator in 0..=i64::MAX, denominator in 1..=i64::MAX) {
        let share = Share::new(numerator, denominator).unwrap();
        prop_assert_eq!(Share::parse(&share.to_string()), Some(share));
        let percent = Share::new(numerator % 100_000, 10_000).unwrap();
        prop_assert!(percent.to_string().ends_with('%'));
        prop_assert_eq!(Share::parse(&percent.to_string()), Some(percent));
    }

    #[test]
    fn no_text_makes_reading_an_amount_or_share_panic(text in "[-£0-9,.%/ a]{0,40}") {
        let _ = Money::parse(&text);
        let _ = Share::parse(&text);
    }
}
