//! Policies from their files, with what is wrong in them.

use std::path::Path;

use apportion::policy::Policy;
use apportion::render;

use crate::failure::Failure;
use crate::files;
use crate::terminal::Streams;

/// The policy in a file; none where it has errors, which are then written out.
pub(crate) fn load(path: &Path, streams: &mut Streams<'_>) -> Result<Option<Policy>, Failure> {
    match Policy::parse(&files::policy(path)?) {
        Ok(policy) => Ok(Some(policy)),
        Err(mistakes) => {
            let file = path.display().to_string();
            streams.find(&render::all(&mistakes.text, &file, &mistakes.diagnostics))?;
            Ok(None)
        }
    }
}
