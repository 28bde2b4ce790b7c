//! A small policy, built by hand: the ICB pays half of a cost, or, for a residential
//! placement, a third; the council pays the rest.

use apportion_core::divide::Divider;
use apportion_core::program::{Builder, FactId, Operation, PartyId, Program, Test, Total, UnitId};
use apportion_core::split::SparePennies;
use apportion_core::value::Type;

pub const ICB: PartyId = PartyId(0);
pub const COUNCIL: PartyId = PartyId(1);
pub const A_WEEK: UnitId = UnitId(0);

/// £10,000.00.
const MOST_PENCE: i64 = 1_000_000;
/// Halves and thirds both are whole numbers of sixths.
const SIXTHS: i64 = 6;

/// The facts of a case.
pub struct Facts {
    pub cost: FactId,
    pub residential: FactId,
}

/// The program, and its facts. It is always made: `None` would say that an id in it is wrong.
pub fn program() -> Option<(Program, Facts)> {
    let mut program = Builder::default();
    let cost = program.fact(Type::Amount { least: 0, greatest: MOST_PENCE }, None);
    let residential = program.fact(Type::YesNo, None);
    let facts = Facts { cost, residential };
    let amount = program.fact_amount(cost)?;
    let is_residential = Test::is_true(program.fact_byte(residential)?);

    // Row 1 of the shares, or row 2 for a residential placement.
    let rows = program.rows([([is_residential].into(), 2)]);
    let choice = program.byte();
    program.push(Operation::Choose { rows, otherwise: 1, out: choice });

    let shares = program.amount_table([3, 3, 2, 4]);
    let greatest = u128::from((MOST_PENCE * SIXTHS).unsigned_abs());
    let parts = [(); 4].map(|()| program.amount());
    program.push(Operation::SplitByTable {
        amount,
        choice,
        shares,
        whole: SIXTHS,
        divider: Divider::new(SIXTHS, greatest)?,
        spare: SparePennies::LargestFractions,
        out: parts[0],
        parties: 2,
    });
    for (party, pence) in [(ICB, parts[0]), (COUNCIL, parts[1])] {
        program.answers.totals.push(Total { party, unit: A_WEEK, pence });
    }
    Some((program.finish().ok()?, facts))
}
