//! A policy that cannot be used: its mistakes, and what is still found beside them.

use alloc::vec::Vec;

use thiserror::Error;

use crate::check;
use crate::diagnostic::{Diagnostic, sort_by_place};
use crate::mend::Mended;
use crate::prove;
use crate::render;
use crate::source::Source;

/// A policy that cannot be used, with every mistake found in it.
#[derive(Clone, Debug, Error)]
#[error("{}", render::all(&self.texts, &self.diagnostics))]
pub struct Mistakes {
    /// The text of the policy, with those it uses.
    pub texts: Source,
    /// What was found, errors and lesser things, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl Mistakes {
    /// Looks for cases in which the policy goes wrong once these mistakes are mended, however that is
    /// done: in clauses that have none, and depend on none that has.
    ///
    /// A name that is one slip away from a declared one is read as that one, which each diagnostic
    /// says. Nothing is asked where a mistake may change what every clause means, as in the header, the
    /// cover or a requirement, or where a sentence could not be read: one note says so.
    ///
    /// ```
    /// use apportion::policy::Policy;
    ///
    /// let mistakes = Policy::parse("\
    /// policy   Fees
    /// about    a child
    /// version  1, in force from 1 April 2025
    ///
    /// facts
    ///   places   whole number, 0 to 9
    ///
    /// 1    Fees
    /// 1.1  Fee: exactly one row applies.
    ///      | places    | fee    |
    ///      | 0 to 4    | £10.00 |
    ///      | 6 or more | £20.00 |
    /// 1.2  A child is crowded when plaices is 9.
    /// ").unwrap_err();
    /// assert_eq!(mistakes.diagnostics[0].code, "unknown-name");
    /// let found = mistakes.prove();
    /// assert_eq!(found[0].code, "no-row-for-some");
    /// assert_eq!(found[0].notes[1], "this is so where `places` is read for `plaices`");
    /// ```
    #[must_use]
    pub fn prove(&self) -> Vec<Diagnostic> {
        let mended = Mended::of(&self.texts, |source, parsed| {
            let checked = check::check(source.text(), parsed);
            parsed.diagnostics.iter().cloned().chain(checked.diagnostics).collect()
        });
        let checked = check::check(mended.source.text(), &mended.parsed);
        let Some(unclear) = &checked.unclear else { return self.not_asked() };
        let found = prove::prove_in_part(&checked.policy, unclear, prove::Effort::default());
        let found = found.into_iter().map(|it| mended.told_as_written(it.diagnostic));
        let is_own = |it: &Diagnostic| self.texts.text_at(it.span().start).start == 0;
        let mut found: Vec<Diagnostic> = found.filter(|it| it.is_error() || is_own(it)).collect();
        sort_by_place(&mut found);
        found
    }
    /// That nothing was asked, so that nobody takes silence for a proof.
    fn not_asked(&self) -> Vec<Diagnostic> {
        let mut errors = self.diagnostics.iter().filter(|it| it.is_error()).map(Diagnostic::span);
        let place = errors.find(|span| span.start < span.end);
        let note = place.map(|place| {
            let message = "whether clauses leave a gap or clash in some case was not looked at";
            Diagnostic::notice(prove::NOT_PROVED, message, place)
                .help("mend the mistakes first: one of them may change what every clause means")
        });
        note.into_iter().collect()
    }
}
