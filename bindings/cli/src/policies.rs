//! Policies from their files, with what is wrong in them.

use std::path::Path;

use apportion::policy::Policy;
use apportion_exchange::policy_file::bundle;
use apportion_exchange::refusal::Reason;

use crate::failure::{Ended, Failure};
use crate::terminal::Streams;

/// The policy in a file; none where it has errors, which are then written out.
pub(crate) fn load(path: &Path, streams: &mut Streams<'_>) -> Result<Option<Policy>, Failure> {
    match Policy::from_bundle(&bundle(path)?) {
        Ok(policy) => Ok(Some(policy)),
        Err(mistakes) => {
            streams.find(&mistakes.to_string())?;
            for diagnostic in mistakes.diagnostics.iter().filter(|it| it.is_error()) {
                streams.note(Reason::of_policy(&mistakes.texts, diagnostic));
            }
            Ok(None)
        }
    }
}

/// Policies that could not be read, while the others are seen to all the same.
#[derive(Debug, Default)]
pub(crate) struct Unreadable {
    last: Option<Failure>,
    count: usize,
    reasons: Vec<Reason>,
}

impl Unreadable {
    /// Notes one. The last is left to end the command with.
    pub(crate) fn note(&mut self, failure: Failure, streams: &mut Streams<'_>) {
        self.count += 1;
        self.reasons.push(failure.reason());
        if let Some(earlier) = self.last.replace(failure) {
            streams.failure(&earlier);
        }
    }

    /// Why each could not be read.
    pub(crate) fn reasons(&self) -> &[Reason] {
        &self.reasons
    }

    /// What a summary says of them: nothing where all could be read.
    pub(crate) fn summary(&self) -> String {
        match self.count {
            0 => String::new(),
            1 => "; 1 policy could not be read".to_string(),
            count => format!("; {count} policies could not be read"),
        }
    }

    /// How the command ends: so, unless there was one.
    pub(crate) fn end(self, ended: Ended) -> Result<Ended, Failure> {
        self.last.map_or(Ok(ended), Err)
    }
}
