//! What can still come of a case, without what is withheld of it.

use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::case::Case;
use apportion_core::program::FactId;

use crate::foreseen::{CanBe, Foreseen};
use crate::policy::Policy;
use crate::refusal::Refused;
use crate::why::withheld::leave_out;

impl Policy {
    /// What can still come of a case without some facts, as [`Policy::record_withholding`].
    ///
    /// # Errors
    ///
    /// As [`Policy::foresee`].
    ///
    /// # Examples
    ///
    /// ```
    /// use apportion::policy::Policy;
    ///
    /// let policy = Policy::parse("\
    /// policy   Grants
    /// about    a child
    /// between
    ///   the ICB       NHS Northshire ICB
    ///   the council   Northshire Council
    /// version  1, in force from 1 April 2025
    ///
    /// facts
    ///   joint-funded   yes or no
    ///   grant          money a week, £75.00 unless stated
    ///
    /// 1    Who pays
    /// 1.1  When joint-funded, the ICB pays grant.
    /// ").unwrap();
    /// let case = policy.case([("joint-funded", "not known")]).unwrap();
    /// let grant = policy.fact("grant").unwrap();
    /// assert_eq!(policy.foresee(&case).unwrap().defaults[0].value.as_deref(), Some("£75.00"));
    /// assert!(policy.foresee_withholding(&case, &[grant]).unwrap().defaults.is_empty());
    /// ```
    pub fn foresee_withholding(
        &self,
        case: &Case,
        withheld: &[FactId],
    ) -> Result<Foreseen, Refused> {
        let mut foreseen = self.foresee(case)?;
        let withheld = self.withheld_together(withheld);
        let fact = |fact: &FactId| self.facts().get(fact.index());
        let names: Vec<&String> = withheld.iter().filter_map(fact).map(|it| &it.name).collect();
        foreseen.defaults.retain(|fact| !names.contains(&&fact.name));
        let texts = self.withheld_texts(case, &withheld);
        let of_items = foreseen.items.iter_mut().flat_map(|item| &mut item.values);
        for value in foreseen.values.iter_mut().chain(of_items) {
            if let CanBe::Between(least, greatest) = &mut value.can_be {
                [least, greatest].into_iter().for_each(|end| leave_out(end, &texts));
            }
        }
        Ok(foreseen)
    }
}
