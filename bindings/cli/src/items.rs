//! The files of items that a run is given, and those that it makes of them.

use std::io::Write;
use std::path::Path;

use apportion::engine::program::{FactId, ListId};
use apportion::policy::Policy;
use apportion_exchange::csv::columns::Carry;
use apportion_exchange::csv::item_rows::ItemOutput;
use apportion_exchange::csv::items::ItemFile;
use apportion_exchange::csv::join;
use apportion_exchange::policy_file;
use apportion_exchange::replacement::Replacement;

use crate::arguments::Run;
use crate::failure::Failure;
use crate::list_file::ListFile;
use crate::rejected::Rejected;

/// The files of one list.
#[derive(Debug)]
pub(crate) struct ListFiles<'r> {
    /// The list as its files name it.
    pub(crate) name: &'r str,
    list: ListId,
    /// Where its items are.
    given: &'r Path,
    /// Where they go, with what is decided of each.
    decided: Option<&'r Path>,
    /// Where those go that have no decision.
    rejects: Option<&'r Path>,
}

/// The files of every list that a run names.
pub(crate) fn lists<'r>(policy: &Policy, run: &'r Run) -> Result<Vec<ListFiles<'r>>, Failure> {
    let mut lists: Vec<ListFiles<'r>> = Vec::new();
    for ListFile { list: name, path } in &run.items {
        let list = list(policy, name)?;
        if lists.iter().any(|files| files.list == list) {
            return Err(Failure::ListTwice { option: "--items", list: name.clone() });
        }
        lists.push(ListFiles { name, list, given: path, decided: None, rejects: None });
    }
    for (option, files) in
        [("--items-out", &run.items_out), ("--items-rejects", &run.items_rejects)]
    {
        for ListFile { list: name, path } in files {
            let list = list(policy, name)?;
            let files = lists.iter_mut().find(|files| files.list == list);
            let files =
                files.ok_or_else(|| Failure::ListNotGiven { option, list: name.clone() })?;
            let place =
                if option == "--items-out" { &mut files.decided } else { &mut files.rejects };
            if place.replace(path).is_some() {
                return Err(Failure::ListTwice { option, list: name.clone() });
            }
        }
    }
    Ok(lists)
}

/// The list of this name.
pub(crate) fn list(policy: &Policy, name: &str) -> Result<ListId, Failure> {
    policy.list(name).ok_or_else(|| Failure::NoSuchList(policy.no_such_list(name)))
}

/// The text fact of the case that joins items to it.
pub(crate) fn join(policy: &Policy, name: Option<&str>) -> Result<FactId, Failure> {
    Ok(join::join(policy, name)?)
}

impl ListFiles<'_> {
    /// Opens the items.
    pub(crate) fn open<'p>(
        &self,
        policy: &'p Policy,
        join: FactId,
        carry: &Carry,
    ) -> Result<ItemFile<'p>, Failure> {
        let file = policy_file::open(self.given)?;
        let opened = ItemFile::open(policy, self.list, join, file, carry);
        opened.map_err(|error| Failure::Caseload { path: self.given.to_path_buf(), error })
    }

    /// Begins the files that are made of them.
    pub(crate) fn begin(&self) -> Result<MadeFiles, Failure> {
        let begin = |path: Option<&Path>| path.map(Replacement::begin).transpose();
        Ok(MadeFiles { decided: begin(self.decided)?, rejects: begin(self.rejects)? })
    }
}

/// The files that are made of the items of one list.
#[derive(Debug)]
pub(crate) struct MadeFiles {
    pub(crate) decided: Option<Replacement>,
    pub(crate) rejects: Option<Replacement>,
}

/// Where the items of each list go.
pub(crate) fn outputs<'a>(
    files: &'a [MadeFiles],
    rejected: &'a mut [Rejected<'_, '_>],
) -> Vec<ItemOutput<'a>> {
    let outputs = files.iter().zip(rejected).map(|(files, rejects)| {
        let decided = files.decided.as_ref().map(|file| Box::new(file) as Box<dyn Write + 'a>);
        ItemOutput { decided, rejects }
    });
    outputs.collect()
}
