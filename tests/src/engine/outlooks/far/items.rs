//! What items say to their case.

use apportion_core::program::{
    AmountSlot, AnySlot, ByteSlot, DateSlot, FactId, ListId, Operation as Op, Test,
};
use apportion_core::value::{Type, Value};

use super::super::making::day;
use super::{Beyond, Far};

/// How many items there are of a list, and of which kind each is: 1, 2 and so on.
struct Listed {
    far: Far,
    kind: (FactId, ByteSlot),
}

const SERVICES: ListId = ListId(0);

impl Listed {
    fn new() -> Listed {
        let mut far = Far::new();
        assert_eq!(far.program.list(3), SERVICES);
        let kind = far.program.item_fact(SERVICES, Type::Words { count: 4 }, None);
        let slot = far.program.fact_byte(kind).unwrap();
        Listed { far, kind: (kind, slot) }
    }

    /// Whether a service counts: the truth of its kind.
    fn counts<const N: usize>(&mut self, truths: [ByteSlot; N]) -> ByteSlot {
        let rows = (1..).zip(truths).map(|(kind, truth)| {
            let of_kind = Test { slot: self.kind.1, low: kind, width: 0 };
            (vec![of_kind, Test::is_true(truth)], 1)
        });
        let (rows, out) = (self.far.program.rows(rows), self.far.program.byte());
        self.far.program.push(Op::Condition { rows, out });
        out
    }

    fn amount<const N: usize>(&mut self, of_kinds: [AmountSlot; N]) -> AmountSlot {
        let program = &mut self.far.program;
        let (options, out) = (program.amount_list(of_kinds), program.amount());
        program.push(Op::PickAmount { choice: self.kind.1, options, out });
        out
    }

    fn byte<const N: usize>(&mut self, of_kinds: [ByteSlot; N]) -> ByteSlot {
        let program = &mut self.far.program;
        let (options, out) = (program.byte_list(of_kinds), program.byte());
        program.push(Op::PickByte { choice: self.kind.1, options, out });
        out
    }

    fn date<const N: usize>(&mut self, of_kinds: [DateSlot; N]) -> DateSlot {
        let program = &mut self.far.program;
        let (options, out) = (program.date_list(of_kinds), program.date());
        program.push(Op::PickDate { choice: self.kind.1, options, out });
        out
    }

    /// With so many services.
    fn hold(self, services: u8, beyond: Beyond) {
        self.far.hold_case(beyond, |case| {
            case.state_items(SERVICES).unwrap();
            for kind in 1..=services {
                let item = case.add_item(SERVICES).unwrap();
                case.set_item(item, self.kind.0, Value::Word(kind)).unwrap();
            }
        });
    }
}

/// Sums and counts where no service, one or two may count, count or do not.
#[test]
fn sums_and_counts() {
    for truths in [[[0, 1], [0, 1]], [[0, 1], [1, 1]], [[1, 1], [0, 0]], [[0, 0], [0, 1]]] {
        for services in 0..3 {
            let mut listed = Listed::new();
            let truths = truths.map(|[least, greatest]| listed.far.byte(least, greatest));
            let when = listed.counts(truths);
            let amounts = [listed.far.number(-2, 3), listed.far.number(4, 6)];
            let amount = listed.amount(amounts);
            listed.far.amount(|out| Op::SumItems { when, amount, out });
            listed.far.amount(|out| Op::CountItems { when, out });
            listed.hold(services, Beyond::By(0));
        }
    }
}

/// The best of services that may count.
#[test]
fn extremes() {
    for truths in [[[0, 1], [0, 1]], [[0, 1], [1, 1]], [[1, 1], [0, 1]], [[0, 0], [0, 1]]] {
        for services in 0..3 {
            for is_greatest in [true, false] {
                let mut listed = Listed::new();
                let truths = truths.map(|[least, greatest]| listed.far.byte(least, greatest));
                let when = listed.counts(truths);
                let amounts = [listed.far.number(-2, 3), listed.far.number(1, 2)];
                let bytes = [listed.far.byte(1, 2), listed.far.byte(2, 3)];
                let firsts = listed.far.date(["2024-02-28", "2024-03-02"]);
                let seconds = listed.far.date(["2024-02-29", "2024-03-01"]);
                let (amount, byte) = (listed.amount(amounts), listed.byte(bytes));
                let date = listed.date([firsts, seconds]);
                // What stands where none counts is no better than any.
                let (worst, first) =
                    if is_greatest { (-9, "2024-02-27") } else { (9, "2024-03-03") };
                let (byte_start, start) = (u8::try_from(worst).unwrap_or(0), day(first));
                let far = &mut listed.far;
                let any = far.program.byte();
                far.answer(AnySlot::Byte(any));
                far.amount(|out| Op::ExtremeAmount {
                    when,
                    amount,
                    is_greatest,
                    start: worst,
                    out,
                    any,
                });
                let any = far.program.byte();
                far.made_byte(|out| Op::ExtremeByte {
                    when,
                    byte,
                    is_greatest,
                    start: byte_start,
                    out,
                    any,
                });
                let any = far.program.byte();
                far.made_date(|out| Op::ExtremeDate { when, date, is_greatest, start, out, any });
                listed.hold(services, Beyond::By(0));
            }
        }
    }
}
