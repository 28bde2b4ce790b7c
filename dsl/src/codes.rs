//! What the codes of messages mean: a page for each, with an example and what to do.
//!
//! A code is the stable name of a mistake, such as `shares-fall-short`. Its page stands in
//! `reference/codes`, below a heading of its own.

use core::fmt;

use crate::nearest::nearest;

/// The files of the pages.
const FILES: [&str; 13] = [
    include_str!("../reference/codes/layout.md"),
    include_str!("../reference/codes/names.md"),
    include_str!("../reference/codes/declarations.md"),
    include_str!("../reference/codes/sentences.md"),
    include_str!("../reference/codes/amounts.md"),
    include_str!("../reference/codes/dates.md"),
    include_str!("../reference/codes/lists.md"),
    include_str!("../reference/codes/paying.md"),
    include_str!("../reference/codes/whole.md"),
    include_str!("../reference/codes/examples.md"),
    include_str!("../reference/codes/cases.md"),
    include_str!("../reference/codes/caseloads.md"),
    include_str!("../reference/codes/workbooks.md"),
];

/// What one code means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// The code.
    pub code: &'static str,
    /// What it means and what to do, and mostly an example, as Markdown: the lines of a policy or
    /// case that are mistaken begin with `-`, and those to write instead with `+`.
    pub text: &'static str,
}

/// The pages of all codes.
pub fn pages() -> impl Iterator<Item = Page> {
    FILES.into_iter().flat_map(|file| {
        // What stands before the first heading is the title of the file.
        let pages = file.split("\n## ").skip(1);
        pages.filter_map(|page| {
            let (code, text) = page.split_once('\n')?;
            Some(Page { code, text: text.trim_matches('\n') })
        })
    })
}

/// The page of a code.
///
/// ```
/// let page = apportion::codes::page("shares-fall-short").unwrap();
/// assert!(page.to_string().starts_with("shares-fall-short\n\nThe shares leave a part"));
/// assert_eq!(apportion::codes::page("shares-fall"), None);
/// ```
#[must_use]
pub fn page(code: &str) -> Option<Page> {
    pages().find(|page| page.code == code)
}

/// The code that is nearest to a mistyped one.
///
/// ```
/// assert_eq!(apportion::codes::near("share-fall-short"), Some("shares-fall-short"));
/// assert_eq!(apportion::codes::near("weather"), None);
/// ```
#[must_use]
pub fn near(code: &str) -> Option<&'static str> {
    nearest(code, pages().map(|page| page.code))
}

/// The page as plain text, its example set in.
impl fmt::Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n", self.code)?;
        let mut is_example = false;
        for line in self.text.lines() {
            if line.starts_with("```") {
                is_example = !is_example;
            } else if is_example {
                writeln!(f, "    {line}")?;
            } else {
                writeln!(f, "{line}")?;
            }
        }
        Ok(())
    }
}
