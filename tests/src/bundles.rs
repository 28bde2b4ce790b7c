//! Policies from their files, with the tools they use from beside them.

use std::fs;
use std::path::Path;

use apportion::bundle::Bundle;
use apportion::policy::Policy;

/// A tool.
pub(crate) const GUIDE: &str = "\
policy    Guide
about     a child
version   1, in force from 1 January 2016

facts
  breathing    yes or no

1    Guideline
1.1  A child is in need when breathing.
1.2  Open to local agreement: Weeks = 4.
";

/// A policy that uses it.
pub(crate) const LOCAL: &str = "\
policy    Local
about     a child
between
  the ICB        NHS Northshire ICB
  the council    Northshire Council
version   1, in force from 1 April 2025
uses      guide from \"guide.policy\" as GU

facts
  cost    money a week

1    Who pays
1.1  Despite GU 1.2, when the child is in need, weeks = 6.
1.2  When the child is in need, the ICB pays cost; otherwise the council pays cost.
";

/// The policy in a file, called by the file's name alone, with the texts it uses: those beside
/// it, or in the folder `tools` beside its own. What is in neither is left out.
pub(crate) fn bundle(path: &Path) -> Bundle {
    bundle_of(path, &fs::read_to_string(path).unwrap())
}

/// The same with another text in place of the policy's own.
pub(crate) fn bundle_of(path: &Path, text: &str) -> Bundle {
    let mut bundle = Bundle::new(path.file_name().unwrap().to_str().unwrap(), text);
    loop {
        let needs = bundle.needs();
        let folder = path.parent().unwrap();
        let beside = [folder.to_path_buf(), folder.with_file_name("tools")];
        let found = |file: &String| beside.iter().map(|it| it.join(file)).find(|it| it.is_file());
        let found: Vec<_> = needs.iter().filter_map(|it| Some((it, found(it)?))).collect();
        if found.is_empty() {
            return bundle;
        }
        found.iter().for_each(|(file, at)| bundle.add(file, &fs::read_to_string(at).unwrap()));
    }
}

/// The policy in a file, which is sound.
pub(crate) fn policy(path: &Path) -> Policy {
    let policy = Policy::from_bundle(&bundle(path));
    policy.unwrap_or_else(|mistakes| panic!("{}\n{mistakes}", path.display()))
}
