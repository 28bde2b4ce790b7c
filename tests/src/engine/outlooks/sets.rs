//! Sets of bytes and spans, against those of the standard library.

use std::collections::BTreeSet;

use apportion_core::range::{ByteSet, Span};
use proptest::prelude::*;

fn bytes() -> impl Strategy<Value = BTreeSet<u8>> {
    prop::collection::btree_set(any::<u8>(), 0..12)
}

proptest! {
    #[test]
    fn a_set_of_bytes_has_what_was_put_into_it(own in bytes(), other in bytes(), byte: u8) {
        let [one, both] = [&own, &other].map(|it| it.iter().copied().collect::<ByteSet>());
        prop_assert_eq!(one.iter().collect::<Vec<u8>>(), own.iter().copied().collect::<Vec<u8>>());
        for byte in 0..=u8::MAX {
            prop_assert_eq!(one.has(byte), own.contains(&byte));
        }
        prop_assert_eq!(one.is_empty(), own.is_empty());
        prop_assert_eq!((one.least(), one.greatest()), (own.first().copied(), own.last().copied()));
        prop_assert_eq!(one.only(), own.first().filter(|_| own.len() == 1).copied());
        prop_assert_eq!(one.or(both), own.union(&other).copied().collect::<ByteSet>());
        let with: BTreeSet<u8> = own.iter().copied().chain([byte]).collect();
        prop_assert_eq!(one.with(byte), with.into_iter().collect::<ByteSet>());
        let alone = ByteSet::one(byte);
        prop_assert_eq!(alone.iter().collect::<Vec<u8>>(), vec![byte]);
    }

    #[test]
    fn all_between_two_bytes(least: u8, greatest: u8) {
        let between: Vec<u8> = ByteSet::between(least, greatest).iter().collect();
        prop_assert_eq!(between, (least..=greatest).collect::<Vec<u8>>());
    }

    #[test]
    fn a_span_lies_between_its_ends(a: i8, b: i8, c: i8, d: i8) {
        let span = |a: i8, b: i8| Span { least: a.min(b), greatest: a.max(b) };
        let (one, other) = (span(a, b), span(c, d));
        let all = [a, b, c, d];
        let whole = Span { least: *all.iter().min().unwrap(), greatest: *all.iter().max().unwrap() };
        prop_assert_eq!(one.or(other), whole);
        prop_assert_eq!(one.only(), (a == b).then_some(a));
        prop_assert_eq!(Span::one(a), span(a, a));
    }
}
