//! Policies from their files, with what is wrong in them.

use std::path::{Path, PathBuf};

use apportion::bundle::Bundle;
use apportion::policy::Policy;

use crate::failure::{Ended, Failure};
use crate::files;
use crate::terminal::Streams;

/// The policy in a file; none where it has errors, which are then written out.
pub(crate) fn load(path: &Path, streams: &mut Streams<'_>) -> Result<Option<Policy>, Failure> {
    match Policy::from_bundle(&bundle(path)?) {
        Ok(policy) => Ok(Some(policy)),
        Err(mistakes) => {
            streams.find(&mistakes.to_string())?;
            Ok(None)
        }
    }
}

/// The text of the policy in a file, with those it uses from beside it.
pub(crate) fn bundle(path: &Path) -> Result<Bundle, Failure> {
    bundle_of(path, &files::policy(path)?)
}

/// A text that this path stands for, with those it uses from beside it. One that is not there is
/// left out: the policy then says where it is missed.
pub(crate) fn bundle_of(path: &Path, text: &str) -> Result<Bundle, Failure> {
    let mut bundle = Bundle::new(&path.display().to_string(), text);
    loop {
        let needs = bundle.needs().into_iter();
        let found: Vec<(String, PathBuf)> = needs
            .map(|file| (file.clone(), path.with_file_name(file)))
            .filter(|(_, beside)| beside.exists())
            .collect();
        if found.is_empty() {
            return Ok(bundle);
        }
        for (file, beside) in found {
            bundle.add(&file, &files::policy(&beside)?);
        }
    }
}

/// Policies that could not be read, while the others are seen to all the same.
#[derive(Debug, Default)]
pub(crate) struct Unreadable {
    last: Option<Failure>,
    count: usize,
}

impl Unreadable {
    /// Notes one. The last is left to end the command with.
    pub(crate) fn note(&mut self, failure: Failure, streams: &mut Streams<'_>) {
        self.count += 1;
        if let Some(earlier) = self.last.replace(failure) {
            streams.failure(&earlier);
        }
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
