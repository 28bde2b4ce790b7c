//! Lines into blocks, and blocks into tokens.

use apportion::lex::lex;
use apportion::outline::{self, Block};
use apportion::source::Span;
use apportion::token::plain;

use super::Came;

/// Every line is in exactly one block, in the order of the text: blocks follow each other
/// without a gap, from the first byte (after a byte order mark) to the last, unless there is
/// nothing but empty lines and comments. Each begins at the beginning of a line, and only the
/// first may begin with an indented one. A block cut out of the text is the same block, and
/// its tokens, comments, citations and note lie in it, none over another; where the lexer has
/// no mistake to report it passes over nothing.
pub fn outline(bytes: &[u8]) -> Came {
    let text = String::from_utf8_lossy(bytes);
    let blocks = outline::outline(&text);
    let begin = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let Some(last) = blocks.last() else {
        let mut lines = text[begin..].lines();
        assert!(lines.all(|line| line.trim().is_empty() || line.starts_with("--")));
        return Came::Refused;
    };
    assert_eq!(last.span.end as usize, text.len());
    let mut end = begin;
    for (place, block) in blocks.iter().enumerate() {
        assert_eq!(block.span.start as usize, end, "{block:?}");
        assert_eq!(text.get(end..block.span.end as usize), Some(block.text));
        assert!(place == 0 || starts_something(&text[..end], block), "{block:?}");
        end = block.span.end as usize;
        stands_alone(block);
        tokens_lie_in(block);
    }
    Came::Read
}

/// Whether a block begins in the first column of a line, with something that can be seen and
/// is no comment.
fn starts_something(before: &str, block: &Block<'_>) -> bool {
    let first = block.text.chars().next();
    let is_seen = first.is_some_and(|first| !plain(first).is_whitespace());
    before.ends_with('\n') && is_seen && !block.text.starts_with("--")
}

fn stands_alone(block: &Block<'_>) {
    // At the beginning of a text this would be its mark.
    if block.text.starts_with('\u{feff}') {
        return;
    }
    let alone = outline::outline(block.text);
    let same: Vec<_> = alone.iter().map(|it| (it.kind, it.meant, it.text)).collect();
    assert_eq!(same, [(block.kind, block.meant, block.text)]);
}

fn tokens_lie_in(block: &Block<'_>) {
    let lexed = lex(block);
    let in_rows = lexed.rows.iter().flat_map(|row| row.cells.iter().flat_map(|cell| &cell.tokens));
    let tokens = lexed.tokens.iter().chain(in_rows).map(|token| token.span);
    let citations = lexed.citations.iter().map(|citation| citation.span);
    let spans: Vec<Span> =
        tokens.chain(citations).chain(lexed.comments).chain(lexed.note).collect();
    let mut is_taken = vec![false; block.text.len()];
    for span in spans {
        let stretch = span.start as usize..span.end as usize;
        assert!(block.text.get(stretch.clone()).is_some(), "{span:?} of {:?}", block.text);
        let taken = &mut is_taken[stretch];
        assert!(!taken.contains(&true), "{span:?} is taken twice of {:?}", block.text);
        taken.fill(true);
    }
    // The word `note` belongs to nothing, and the lexer leaves the line of a mistake.
    if lexed.mistakes.is_empty() && lexed.note.is_none() {
        let characters = block.text.char_indices().map(|(at, character)| (at, plain(character)));
        let passed_over =
            characters.filter(|(at, _)| !is_taken[*at]).map(|(_, character)| character);
        let passed_over: String = passed_over.collect();
        assert!(passed_over.chars().all(may_be_passed_over), "{passed_over:?} of {:?}", block.text);
    }
}

/// Spaces, the bars of rows, the brackets of citations, the dashes of comments, and all of
/// the line below the heading of a table.
fn may_be_passed_over(character: char) -> bool {
    character.is_whitespace() || "\u{feff}|[]-:+".contains(character)
}
