//! The clauses of a policy as they are written, in parts that a page or a sheet can lay out.

use alloc::string::String;

use apportion::policy::Policy;

/// A section of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its number, after the word by which its tool is cited: `2`, `CC 2`.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Its clauses, in the order written.
    pub clauses: Vec<Clause>,
}

/// A clause, or one wording of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Its number, after the word by which its tool is cited: `2.1`, `CC 2.1`.
    pub number: String,
    /// What it says, without comments and citations.
    pub parts: Vec<Part>,
    /// Its citations, as written.
    pub citations: Vec<String>,
}

/// What stands together in a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Sentences.
    Text(String),
    /// One of several points: `at least 1 domain is severe or higher`.
    Point(String),
    /// A row of a table, cell by cell.
    Row(Vec<String>),
}

/// The sections of a policy, those of the tools it uses first.
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
/// # 1.1  In every case: the ICB 50%,
/// #      the council 50%.
/// # 1.2  Split care cost in the shares of 1.1.
/// # ").unwrap();
/// use apportion_exchange::clauses::{Part, sections};
///
/// let sections = sections(&policy);
/// assert_eq!(sections[0].title, "Who pays");
/// let said = Part::Text("In every case: the ICB 50%, the council 50%.".to_string());
/// assert_eq!(sections[0].clauses[0].parts, [said]);
/// ```
#[must_use]
pub fn sections(policy: &Policy) -> Vec<Section> {
    let checked = policy.checked();
    let sections = (0_u32..).zip(&checked.sections).map(|(place, section)| {
        let own = checked.clauses.iter().filter(|clause| clause.section == place);
        let clauses = own.map(|clause| Clause {
            number: clause.number.clone(),
            parts: parts(clause.span.of(policy.source().text())),
            citations: clause.citations.clone(),
        });
        let (number, title) = (section.number.clone(), section.title.clone());
        Section { number, title, clauses: clauses.collect() }
    });
    sections.collect()
}

/// What the text of a clause says after its number.
fn parts(text: &str) -> Vec<Part> {
    let plain = without_citations(text);
    let after = plain.trim_start().trim_start_matches(|character: char| !character.is_whitespace());
    let mut parts: Vec<Part> = Vec::new();
    // How far the last point is indented.
    let mut point = None;
    for line in after.lines() {
        let line = line.split_once("--").map_or(line, |(line, _)| line);
        let indent = line.chars().take_while(|character| character.is_whitespace()).count();
        let said = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(row) = said.strip_prefix('|') {
            let row = row.strip_suffix('|').unwrap_or(row);
            parts.push(Part::Row(row.split('|').map(|cell| cell.trim().to_string()).collect()));
        } else if let Some(said) = said.strip_prefix("- ") {
            parts.push(Part::Point(said.to_string()));
            point = Some(indent);
        } else if !said.is_empty() {
            match parts.last_mut() {
                Some(Part::Text(text)) => *text = format!("{text} {said}"),
                Some(Part::Point(text)) if point.is_some_and(|point| indent > point) => {
                    *text = format!("{text} {said}");
                }
                _ => parts.push(Part::Text(said)),
            }
        }
    }
    parts
}

/// A text without what stands in square brackets, where only citations do.
fn without_citations(text: &str) -> String {
    let mut is_within = false;
    let keep = |character: &char| {
        is_within = (is_within || *character == '[') && *character != ']';
        !is_within && *character != ']'
    };
    text.chars().filter(keep).collect()
}

#[cfg(test)]
mod tests {
    use super::{Part, parts};

    #[test]
    fn points_rows_and_sentences_are_told_apart() {
        let said = parts(
            "4.1  A child is eligible when any of these is true:   [NF 3;\n     SLA 2]\n       \
             - at least 1 domain\n         is severe -- or more\n       - fast track\n     \
             Exactly one row applies.\n     | level | points |\n     | low   |      1 |\n",
        );
        let row = |cells: [&str; 2]| Part::Row(cells.map(str::to_string).to_vec());
        assert_eq!(
            said,
            [
                Part::Text("A child is eligible when any of these is true:".to_string()),
                Part::Point("at least 1 domain is severe".to_string()),
                Part::Point("fast track".to_string()),
                Part::Text("Exactly one row applies.".to_string()),
                row(["level", "points"]),
                row(["low", "1"]),
            ]
        );
    }
}
