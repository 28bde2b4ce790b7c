//! Calendar days: the packed arithmetic against jiff and against counting by hand.

mod shift;

use core::iter;
use core::ops::RangeInclusive;

use apportion_core::date::{Date, days_in_month, is_leap_year};
use jiff::civil;
use proptest::prelude::{any, proptest};
use proptest::{prop_assert_eq, prop_assume};

/// The day as jiff knows it.
fn with_jiff(date: Date) -> civil::Date {
    civil::date(date.year() as i16, date.month() as i8, date.day() as i8)
}

/// Every day from 1 January 1900 to 31 December 2199, as jiff counts them.
fn every_day() -> impl Iterator<Item = civil::Date> {
    let last = civil::date(2199, 12, 31);
    iter::successors(Some(civil::date(1900, 1, 1)), move |day| {
        (*day < last).then(|| day.tomorrow().unwrap())
    })
}

fn of_jiff(day: civil::Date) -> Date {
    Date::new(i32::from(day.year()), day.month() as u8, day.day() as u8).unwrap()
}

/// Every day of the years, as packed dates.
fn days_of(years: RangeInclusive<i32>) -> Vec<Date> {
    years
        .flat_map(|year| (1..=12).map(move |month| (year, month)))
        .flat_map(|(year, month)| (1..=31).filter_map(move |day| Date::new(year, month, day)))
        .collect()
}

/// Completed years, as people count them: the years between, less one before the birthday.
fn age_by_birthdays(birth: Date, on: Date) -> Option<u16> {
    if on < birth {
        return None;
    }
    let has_had_birthday = (on.month(), on.day()) >= (birth.month(), birth.day());
    let years = on.year() - birth.year() - i32::from(!has_had_birthday);
    Some(u16::try_from(years).unwrap())
}

#[test]
fn every_day_from_1900_to_2199_is_numbered_as_in_jiff() {
    let first = every_day().next().unwrap();
    let days_before_1970 = (civil::date(1970, 1, 1) - first).get_days();
    let mut count = 0;
    for (day, number) in every_day().zip(-days_before_1970..) {
        let date = of_jiff(day);
        assert_eq!(with_jiff(date), day);
        assert_eq!(date.day_number(), number, "{date}");
        assert_eq!(Date::from_day_number(number), Some(date), "{date}");
        assert_eq!(Date::from_packed(date.packed()), Some(date));
        count += 1;
    }
    // 300 years of 365 days, and a leap day in each of the 75 years that 4 divides, but not
    // in 1900 and 2100.
    assert_eq!(count, 300 * 365 + 75 - 2);
}

#[test]
fn every_day_reads_back_as_it_is_written() {
    for day in every_day() {
        let date = of_jiff(day);
        assert_eq!(Date::parse(&date.to_string()), Some(date));
        assert_eq!(Date::parse(&day.to_string()), Some(date));
        assert_eq!(Date::parse(&day.strftime("%d/%m/%Y").to_string()), Some(date));
        assert_eq!(date.to_string(), day.strftime("%-d %B %Y").to_string());
    }
}

#[test]
fn a_later_day_is_a_greater_date() {
    let dates: Vec<Date> = every_day().map(of_jiff).collect();
    assert!(dates.is_sorted_by(|earlier, later| earlier < later));
    assert_eq!(dates.first(), Some(&Date::MIN));
    assert_eq!(dates.last(), Some(&Date::MAX));
}

#[test]
fn days_outside_the_range_do_not_exist() {
    assert_eq!(Date::from_day_number(Date::MIN.day_number() - 1), None);
    assert_eq!(Date::from_day_number(Date::MAX.day_number() + 1), None);
    for number in [i32::MIN, i32::MIN + 1, i32::MAX - 1, i32::MAX] {
        assert_eq!(Date::from_day_number(number), None);
    }
    for year in [i32::MIN, -1, 0, 1899, 2200, i32::MAX] {
        assert_eq!(Date::new(year, 1, 1), None);
    }
}

#[test]
fn only_packed_days_that_exist_unpack() {
    let range = Date::MIN.packed() - 1000..=Date::MAX.packed() + 1000;
    let existing = range.filter_map(Date::from_packed).count();
    assert_eq!(existing, 300 * 365 + 75 - 2);
    assert_eq!(Date::from_packed(i32::MIN), None);
    assert_eq!(Date::from_packed(-1), None);
}

#[test]
fn months_have_the_days_that_jiff_gives_them() {
    for year in 1900..=2199 {
        for month in 1..=12 {
            let first = civil::date(year as i16, month as i8, 1);
            assert_eq!(days_in_month(year, month), first.days_in_month() as u8);
        }
        assert_eq!(is_leap_year(year), civil::date(year as i16, 1, 1).in_leap_year());
    }
    assert_eq!((days_in_month(2026, 0), days_in_month(2026, 13)), (0, 0));
}

#[test]
fn age_is_counted_to_the_birthday_for_every_pair_of_days_of_twelve_years() {
    for days in [days_of(1900..=1911), days_of(1994..=2005)] {
        assert!(days.len() > 12 * 365);
        for birth in &days {
            for on in &days {
                assert_eq!(birth.age_on(*on), age_by_birthdays(*birth, *on), "{birth}, {on}");
            }
        }
    }
}

#[test]
fn age_is_counted_to_the_birthday_for_a_million_random_pairs() {
    let (first, days) = (Date::MIN.day_number(), 109_573);
    let mut random = Random(1900);
    let mut day = || Date::from_day_number(first + (random.next() % days) as i32).unwrap();
    for _ in 0..1_000_000 {
        let (birth, on) = (day(), day());
        assert_eq!(birth.age_on(on), age_by_birthdays(birth, on), "{birth}, {on}");
    }
}

/// A stream of numbers that is the same on every run (SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

proptest! {
    #[test]
    fn age_is_the_years_that_jiff_counts(first in 0_i32..109_573, second in 0_i32..109_573) {
        let start = Date::MIN.day_number();
        let birth = Date::from_day_number(start + first.min(second)).unwrap();
        let on = Date::from_day_number(start + first.max(second)).unwrap();
        // jiff counts the birthday of 29 February as 28 February where it must.
        prop_assume!((birth.month(), birth.day()) != (2, 29));
        let span = with_jiff(birth).until((jiff::Unit::Year, with_jiff(on))).unwrap();
        prop_assert_eq!(birth.age_on(on).map(i32::from), Some(i32::from(span.get_years())));
    }

    #[test]
    fn no_text_makes_reading_a_date_panic(text in any::<String>()) {
        let _ = Date::parse(&text);
    }
}

#[test]
fn someone_born_on_29_february_comes_of_age_on_1_march() {
    let birth = Date::new(2008, 2, 29).unwrap();
    assert_eq!(birth.age_on(Date::new(2026, 2, 28).unwrap()), Some(17));
    assert_eq!(birth.age_on(Date::new(2026, 3, 1).unwrap()), Some(18));
    assert_eq!(birth.age_on(Date::new(2028, 2, 28).unwrap()), Some(19));
    assert_eq!(birth.age_on(Date::new(2028, 2, 29).unwrap()), Some(20));
}

#[test]
fn dates_are_read_in_three_ways() {
    let date = Date::new(2017, 5, 3);
    for text in [
        "3 May 2017",
        "03 May 2017",
        "3 may 2017",
        "3 MAY 2017",
        "2017-05-03",
        "03/05/2017",
        "3/5/2017",
    ] {
        assert_eq!(Date::parse(text), date, "{text}");
    }
    assert_eq!(Date::parse("12/05/2026"), Date::new(2026, 5, 12));
}

#[test]
fn other_texts_are_no_dates() {
    for text in [
        "",
        " ",
        "May 2017",
        "3 May 17",
        "3  May 2017",
        " 3 May 2017",
        "3 May 2017 ",
        "3 Sep 2017",
        "3 Mayor 2017",
        "3rd May 2017",
        "3 May 02017",
        "+3 May 2017",
        "003 May 2017",
        "0 May 2017",
        "31 June 2017",
        "29 February 2100",
        "31 December 1899",
        "1 January 2200",
        "2017-5-3",
        "2017-13-01",
        "2017-05-00",
        "2017-05-03-01",
        "05/13/2017",
        "3/5/17",
        "3-5-2017",
        "3/May/2017",
        "2017/05/03",
        "٣ May 2017",
    ] {
        assert_eq!(Date::parse(text), None, "{text}");
    }
}
