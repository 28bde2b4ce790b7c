//! What panels decide of the shares: one whole, as a panel would say it, or nothing yet.

use apportion::checked::Constant;
use apportion_core::program::PanelId;

use super::{CaseMaker, Statements};

/// Shares are in steps of 0.01%.
const WHOLE: i64 = 10_000;

impl CaseMaker {
    /// Whether panels decide some of the shares.
    pub(super) fn has_panel_shares(&self) -> bool {
        self.facts.iter().any(|fact| fact.panel_share.is_some())
    }

    /// Makes the shares that each panel decides one whole, leaves them out, or leaves them as
    /// they are, which is seldom one whole.
    pub(super) fn decide_shares(&self, facts: &mut Statements, [how, first, second]: [u32; 3]) {
        let panels = self.facts.iter().filter_map(|fact| Some(fact.panel_share?.panel));
        let mut panels: Vec<PanelId> = panels.collect();
        panels.dedup();
        for (panel, place) in panels.into_iter().zip(0..) {
            let own = self.facts.iter().zip(facts.iter_mut());
            let own = own.filter(|(fact, _)| fact.panel_share.is_some_and(|it| it.panel == panel));
            let mut own: Vec<_> = own.map(|(_, stated)| stated).collect();
            let last = own.len() - 1;
            let mut left = WHOLE;
            for (at, stated) in own.iter_mut().enumerate() {
                let cut = if at % 2 == 0 { first } else { second };
                let some = (i64::from(cut) % (WHOLE + 1)).min(left);
                let share = if at == last { left } else { some };
                left -= share;
                match how >> (4 * (place % 8)) & 15 {
                    0..6 => **stated = None,
                    // A party that is not named has none.
                    6 | 7 if share == 0 => **stated = None,
                    6..14 => **stated = Some(Constant::Number(share)),
                    _ => {}
                }
            }
        }
    }
}
