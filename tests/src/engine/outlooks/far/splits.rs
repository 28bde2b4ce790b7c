//! Parts of amounts, each within a penny or so of its exact share.

use apportion_core::divide::Divider;
use apportion_core::program::{AmountSlot, AnySlot, Operation as Op, Term};
use apportion_core::rounding::Rounding;
use apportion_core::split::SparePennies;

use super::{Beyond, Far};

/// Each with how far a part may be from where it can be: a penny, and what others leave.
fn spares(parties: i64) -> [(SparePennies, Beyond); 3] {
    let difference = SparePennies::Difference { taker: 0, rounding: Rounding::HalvesUp };
    [
        (SparePennies::LargestFractions, Beyond::By(1)),
        (SparePennies::InOrder, Beyond::By(2)),
        (difference, Beyond::By(parties + 1)),
    ]
}

/// The parts are answers.
fn parts(far: &mut Far, parties: usize) -> AmountSlot {
    let parts: Vec<AmountSlot> = (0..2 * parties).map(|_| far.program.amount()).collect();
    parts[..parties].iter().for_each(|part| far.answer(AnySlot::Amount(*part)));
    parts[0]
}

fn in_proportion(far: &mut Far, amount: AmountSlot, weights: &[AmountSlot], spare: SparePennies) {
    let out = parts(far, weights.len());
    let weights = far.program.amount_list(weights.iter().copied());
    far.program.push(Op::SplitInProportion { amount, weights, spare, out });
}

#[test]
fn parts_in_proportion() {
    for [least, greatest] in [[-40, -31], [-4, 6], [30, 39]] {
        for (spare, beyond) in spares(3) {
            let mut far = Far::new();
            let amount = far.number(least, greatest);
            let weights = [far.number(1, 4), far.number(0, 3), far.number(2, 5)];
            in_proportion(&mut far, amount, &weights, spare);
            far.hold(beyond);
        }
    }
}

/// Whoever alone has a weight gets all, to the penny. Where that may be 0 as well, nobody may get
/// anything.
#[test]
fn parts_of_one_party() {
    for (spare, _) in spares(3) {
        for least in [0, 1] {
            let mut far = Far::new();
            let weights = [far.known(0), far.number(least, 3), far.known(0)];
            let amount = if least == 0 { far.known(10) } else { far.number(30, 39) };
            in_proportion(&mut far, amount, &weights, spare);
            far.hold(Beyond::By(0));
        }
    }
}

/// All is known but whether another number is 0 or 1: the parts are what they are.
#[test]
fn parts_that_are_known() {
    for (spare, _) in spares(3) {
        let mut far = Far::new();
        let (amount, weights) = (far.known(-10), [1, 1, 2].map(|weight| far.known(weight)));
        in_proportion(&mut far, amount, &weights, spare);
        far.hold(Beyond::By(0));
    }
}

/// One party has 1 to 11 twelfths, or none; the other has the rest.
#[test]
fn parts_in_shares_that_are_computed() {
    for [least, greatest] in [[-40, -31], [-4, 6], [30, 39]] {
        for (spare, beyond) in spares(2) {
            let mut far = Far::new();
            let (amount, share) = (far.number(least, greatest), far.number(0, 12));
            let terms = far.program.terms([Term { slot: share, factor: -1 }]);
            let rest = far.program.amount();
            far.program.push(Op::Linear { terms, constant: 12, out: rest });
            let (out, shares) = (parts(&mut far, 2), far.program.amount_list([share, rest]));
            let (whole, divider) = (12, Divider::new(12, 1_000).unwrap());
            far.program.push(Op::Split { amount, shares, whole, divider, spare, out });
            far.hold(beyond);
        }
    }
}

#[test]
fn parts_by_a_table() {
    for [least, greatest] in [[-40, -31], [-4, 6], [30, 39]] {
        for (spare, beyond) in spares(3) {
            let mut far = Far::new();
            let (amount, choice) = (far.number(least, greatest), far.byte(1, 3));
            let shares = far.program.amount_table([12, 0, 0, 5, 4, 3, 0, 7, 5]);
            let (whole, divider) = (12, Divider::new(12, 1_000).unwrap());
            let (out, parties) = (parts(&mut far, 3), 3);
            far.program.push(Op::SplitByTable {
                amount,
                choice,
                shares,
                whole,
                divider,
                spare,
                out,
                parties,
            });
            far.hold(beyond);
        }
    }
}
