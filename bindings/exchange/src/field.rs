//! A name outside the policy's file, and the fact it gives: in pounds, or in pence.

use alloc::borrow::Cow;

use apportion::checked::Type;
use apportion::engine::case::Case;
use apportion::engine::program::{FactId, Item};
use apportion::naming;
use apportion::policy::{CaseMistake, Policy};

use crate::mistake::FieldMistake;

/// What ends a name under which an amount of money is given in pence.
pub const PENCE_ENDING: &str = "_pence";

/// The fact that a name of a case file or a column gives.
///
/// ```
/// # let policy = apportion::policy::Policy::parse("\
/// # policy   Half each
/// # about    a child
/// # between
/// #   the ICB       NHS Northshire ICB
/// #   the council   Northshire Council
/// # version  1, in force from 1 April 2025
/// #
/// # facts
/// #   care cost   money a week
/// #
/// # 1    Who pays
/// # 1.1  In every case: the ICB 50%, the council 50%.
/// # 1.2  Split care cost in the shares of 1.1.
/// # ").unwrap();
/// use apportion_exchange::field::Field;
///
/// let pounds = Field::find(&policy, "Care cost").unwrap();
/// let pence = Field::find(&policy, "care_cost_pence").unwrap();
/// assert_eq!(pounds.fact, pence.fact);
/// assert!(!pounds.is_in_pence && pence.is_in_pence);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// The fact.
    pub fact: FactId,
    /// Whether the value is a whole number of pence rather than pounds.
    pub is_in_pence: bool,
}

impl Field {
    /// The field with this name, as the policy writes it or in snake case.
    ///
    /// A name that ends in `_pence` gives the money fact of the same name without the
    /// ending, unless a fact has the whole name.
    ///
    /// # Errors
    ///
    /// Returns that there is no such fact, with the name of the nearest.
    pub fn find(policy: &Policy, name: &str) -> Result<Field, CaseMistake> {
        Field::named(policy, name).ok_or_else(|| policy.no_such_fact(name))
    }

    /// The field with this name, where there is one.
    pub(crate) fn named(policy: &Policy, name: &str) -> Option<Field> {
        let in_pounds = policy.fact(name).map(|fact| Field { fact, is_in_pence: false });
        in_pounds.or_else(|| Field::in_pence(policy, name))
    }

    fn in_pence(policy: &Policy, name: &str) -> Option<Field> {
        let outside = naming::outside(name);
        let fact = policy.fact(outside.strip_suffix(PENCE_ENDING)?)?;
        match &policy.facts().get(fact.index())?.kind {
            Type::Number(number) if number.unit.is_money() => {
                Some(Field { fact, is_in_pence: true })
            }
            _ => None,
        }
    }

    /// States the field's fact, of the case or of one of its items, by its text.
    ///
    /// # Errors
    ///
    /// Returns what is wrong with the text, and never repeats it.
    pub fn state(
        self,
        policy: &Policy,
        case: &mut Case,
        item: Option<Item>,
        text: &str,
    ) -> Result<(), FieldMistake> {
        let text = self
            .in_pounds(text)
            .ok_or_else(|| FieldMistake::NotPence { fact: self.name(policy).to_string() })?;
        match item {
            Some(item) => policy.state_item(case, item, self.fact, &text)?,
            None => policy.state(case, self.fact, &text)?,
        }
        Ok(())
    }

    /// The name of the field's fact, as the policy writes it; outside the file where it is a
    /// tool's.
    #[must_use]
    pub fn name(self, policy: &Policy) -> &str {
        policy.facts().get(self.fact.index()).map_or("", |fact| fact.told_as())
    }

    /// The text with pence turned into pounds; words and empty texts as they are.
    fn in_pounds(self, text: &str) -> Option<Cow<'_, str>> {
        let is_word = !text.contains(|character: char| character.is_ascii_digit());
        if self.is_in_pence && !is_word { pounds(text).map(Cow::Owned) } else { Some(text.into()) }
    }
}

/// Whole pence as pounds: `91742` is `917.42`.
fn pounds(pence: &str) -> Option<String> {
    let pence = pence.trim();
    let (sign, digits) = pence.strip_prefix('-').map_or(("", pence), |digits| ("-", digits));
    let is_whole = digits.bytes().all(|byte| byte.is_ascii_digit());
    let padded = format!("{digits:0>3}");
    let (pounds, pence) = padded.split_at_checked(padded.len() - 2)?;
    is_whole.then(|| format!("{sign}{pounds}.{pence}"))
}

#[cfg(test)]
mod tests {
    use super::pounds;

    #[test]
    fn pence_keep_two_places() {
        assert_eq!(pounds("91742").as_deref(), Some("917.42"));
        assert_eq!(pounds(" 5 ").as_deref(), Some("0.05"));
        assert_eq!(pounds("-120").as_deref(), Some("-1.20"));
    }

    #[test]
    fn only_whole_pence_are_pence() {
        for text in ["917.42", "£5", "1,200", "5p", "--5", "5-"] {
            assert_eq!(pounds(text), None, "{text}");
        }
    }
}
