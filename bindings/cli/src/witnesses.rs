//! Cases that show what goes wrong in a policy, as files.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use apportion::diagnostic::Diagnostic;
use apportion_exchange::diagnostics::case_to_ron;
use apportion_exchange::replacement::{Replacement, WriteError};

use crate::failure::Failure;

/// Writes every case that shows something found in some policies, each under the name of its policy,
/// its clause, its code and a number.
pub(crate) fn write<'f>(
    folder: &Path,
    found: impl Iterator<Item = (&'f str, &'f [Diagnostic])>,
) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| WriteError { path: folder.to_path_buf(), error })?;
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    for (file, diagnostics) in found {
        let policy = Path::new(file).file_stem().unwrap_or_default().to_string_lossy();
        for diagnostic in diagnostics {
            let clause = diagnostic.clause.as_deref().unwrap_or("policy").replace(' ', "_");
            let name = format!("{policy}.{clause}.{}", diagnostic.code);
            for case in &diagnostic.cases {
                let number = numbers.entry(name.clone()).or_default();
                *number += 1;
                let file = Replacement::begin(&folder.join(format!("{name}.{number}.ron")))?;
                let text = case_to_ron(case)?;
                (&file).write_all(text.as_bytes()).map_err(|error| file.failure(error))?;
                file.finish()?;
            }
        }
    }
    Ok(())
}
