//! A page for people: headings, sentences, clauses and rows, as text or as HTML.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Write};

/// A page for people, shown as text; [`Page::html`] gives the same to print.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// What it is: `Decision letter`.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// What stands below the title, line by line.
    pub below: Vec<String>,
    /// Its sections.
    pub sections: Vec<Section>,
}

/// A section of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// Its heading.
    pub heading: String,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// What stands together in a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Sentences.
    Sentences(Vec<String>),
    /// What a clause says of the case.
    Clause {
        /// Its number.
        number: String,
        /// Its citations.
        citations: Vec<String>,
        /// What it says, a line each.
        says: Vec<String>,
        /// How that came about, a line each.
        steps: Vec<String>,
    },
    /// Names, and what belongs to them.
    Rows(Vec<(String, String)>),
    /// Names and amounts, the last of which is the sum.
    Amounts(Vec<(String, String)>),
}

/// How wide text is, in characters.
const WIDTH: usize = 88;

impl fmt::Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        wrapped(f, "", "", &self.title)?;
        self.below.iter().try_for_each(|line| wrapped(f, "", "", line))?;
        for section in &self.sections {
            writeln!(f, "\n{}", section.heading)?;
            f.write_char('\n')?;
            let mut blocks = section.blocks.iter().peekable();
            while let Some(block) = blocks.next() {
                block.write(f)?;
                let is_clause = |block: &Block| matches!(block, Block::Clause { .. });
                let follows = blocks.peek();
                if follows.is_some_and(|next| !is_clause(block) || !is_clause(next)) {
                    f.write_char('\n')?;
                }
            }
        }
        Ok(())
    }
}

impl Block {
    /// The number of the clause, where it is one's.
    pub(super) fn number(&self) -> Option<String> {
        match self {
            Block::Clause { number, .. } => Some(number.clone()),
            _ => None,
        }
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Block::Sentences(sentences) => wrapped(f, "  ", "  ", &sentences.join(" ")),
            Block::Clause { number, citations, says, steps } => {
                let lead = match number.as_str() {
                    "" => String::from("  "),
                    number => alloc::format!("  {number:<5} "),
                };
                let below = [("        ", "        "), ("          ", "            ")];
                let [plain, step] = below;
                let lines = says.iter().map(|line| (plain, line));
                let lines = lines.chain(steps.iter().map(|line| (step, line)));
                for (index, ((indent, next), line)) in lines.enumerate() {
                    match (index, citations.as_slice()) {
                        (0, []) => wrapped(f, &lead, next, line)?,
                        (0, _) => {
                            let cited = alloc::format!("{line} [{}]", citations.join("; "));
                            wrapped(f, &lead, next, &cited)?;
                        }
                        _ => wrapped(f, indent, next, line)?,
                    }
                }
                Ok(())
            }
            Block::Rows(rows) => {
                let width = width(rows.iter().map(|(name, _)| name));
                let next = " ".repeat(width + 4);
                rows.iter().try_for_each(|(name, text)| {
                    wrapped(f, &alloc::format!("  {name:width$}  "), &next, text)
                })
            }
            Block::Amounts(rows) => {
                let names = width(rows.iter().map(|(name, _)| name));
                let amounts = width(rows.iter().map(|(_, text)| text));
                rows.iter()
                    .try_for_each(|(name, text)| writeln!(f, "  {name:names$}  {text:>amounts$}"))
            }
        }
    }
}

fn width<'t>(texts: impl Iterator<Item = &'t String>) -> usize {
    texts.map(|text| text.chars().count()).max().unwrap_or(0)
}

/// A line, broken between words where it is too wide.
fn wrapped(f: &mut fmt::Formatter<'_>, lead: &str, next: &str, text: &str) -> fmt::Result {
    f.write_str(lead)?;
    let mut column = lead.chars().count();
    let mut is_first = true;
    for word in text.split(' ') {
        let length = word.chars().count();
        if !is_first && column + 1 + length > WIDTH {
            write!(f, "\n{next}")?;
            column = next.chars().count();
        } else if !is_first {
            f.write_char(' ')?;
            column += 1;
        }
        f.write_str(word)?;
        column += length;
        is_first = false;
    }
    f.write_char('\n')
}

/// What makes a page good to read and to print.
const STYLE: &str = "\
body{font:1rem/1.5 Arial,Helvetica,sans-serif;color:#0b0c0c;max-width:44rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .5rem}
h2{font-size:1.125rem;margin:1.75rem 0 .5rem;border-bottom:2px solid #0b0c0c;padding-bottom:.25rem}
p{margin:.5rem 0}
dl{display:grid;grid-template-columns:3.5rem 1fr;margin:.5rem 0}
dt{font-weight:bold}
dd{margin:0 0 .5rem}
dd p{margin:0}
dd ul{margin:.25rem 0 0;padding-left:1.25rem}
.cited{color:#505a5f}
table{border-collapse:collapse;width:100%;margin:.5rem 0}
th,td{text-align:left;padding:.3rem .75rem .3rem 0;border-bottom:1px solid #b1b4b6;vertical-align:top;font-weight:normal}
.amounts td{text-align:right;padding-right:0;font-variant-numeric:tabular-nums;white-space:nowrap}
.amounts tr:last-child>*{font-weight:bold;border-bottom:0}
@media print{body{margin:0;max-width:none;font-size:11pt}h2{break-after:avoid}dl,tr{break-inside:avoid}}
";

impl Page {
    /// The page as HTML, whole and by itself: it loads nothing and runs nothing.
    #[must_use]
    pub fn html(&self) -> String {
        let mut html = String::new();
        // Writing to a string does not fail.
        let _ = self.write_html(&mut html);
        html
    }

    fn write_html(&self, html: &mut String) -> fmt::Result {
        write!(
            html,
            "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{kind}: {title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n\
             <h1>{title}</h1>\n",
            kind = Escaped(&self.kind),
            title = Escaped(&self.title),
        )?;
        for line in &self.below {
            writeln!(html, "<p>{}</p>", Escaped(line))?;
        }
        for section in &self.sections {
            writeln!(html, "<section>\n<h2>{}</h2>", Escaped(&section.heading))?;
            section.blocks.iter().try_for_each(|block| block.write_html(html))?;
            html.push_str("</section>\n");
        }
        html.push_str("</main>\n</body>\n</html>\n");
        Ok(())
    }
}

impl Block {
    fn write_html(&self, html: &mut String) -> fmt::Result {
        match self {
            Block::Sentences(sentences) => {
                writeln!(html, "<p>{}</p>", Escaped(&sentences.join(" ")))
            }
            Block::Clause { number, citations, says, steps } => {
                match number.as_str() {
                    "" => html.push_str("<div>\n"),
                    number => writeln!(html, "<dl>\n<dt>{}</dt>\n<dd>", Escaped(number))?,
                }
                for (index, line) in says.iter().enumerate() {
                    write!(html, "<p>{}", Escaped(line))?;
                    if index == 0 && !citations.is_empty() {
                        let cited = citations.join("; ");
                        write!(html, " <span class=\"cited\">[{}]</span>", Escaped(&cited))?;
                    }
                    html.push_str("</p>\n");
                }
                if !steps.is_empty() {
                    html.push_str("<ul>\n");
                    for step in steps {
                        writeln!(html, "<li>{}</li>", Escaped(step))?;
                    }
                    html.push_str("</ul>\n");
                }
                html.push_str(if number.is_empty() { "</div>\n" } else { "</dd>\n</dl>\n" });
                Ok(())
            }
            Block::Rows(rows) => write_table(html, "<table>", rows),
            Block::Amounts(rows) => write_table(html, "<table class=\"amounts\">", rows),
        }
    }
}

fn write_table(html: &mut String, open: &str, rows: &[(String, String)]) -> fmt::Result {
    writeln!(html, "{open}")?;
    for (name, text) in rows {
        let (name, text) = (Escaped(name), Escaped(text));
        writeln!(html, "<tr><th scope=\"row\">{name}</th><td>{text}</td></tr>")?;
    }
    html.push_str("</table>\n");
    Ok(())
}

/// Text in HTML: what has a meaning there is spelt out.
struct Escaped<'t>(&'t str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|character| match character {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            '\'' => f.write_str("&#39;"),
            character => f.write_char(character),
        })
    }
}
