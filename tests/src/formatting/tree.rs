//! What a policy says, apart from its layout.

use apportion::engine::date::Date;
use apportion::engine::money::Money;
use apportion::lex::lex;
use apportion::outline::outline;
use apportion::parse::parse;
use apportion::token::{Token, TokenKind};

/// The syntax tree as words, without places, comments and the kinds of spaces.
pub(super) fn tree(text: &str) -> Vec<String> {
    let mut policy = parse(text).policy;
    for block in &mut policy.blocks {
        block.comments.clear();
    }
    let printed = format!("{policy:?}").replace("\\n", " ").replace("\\t", " ");
    let mut parts = printed.split("Span { start: ");
    let mut said = parts.next().unwrap_or_default().to_string();
    for part in parts {
        said += part.split_once('}').map_or(part, |(_, rest)| rest);
    }
    let plain: Vec<String> = said.split_whitespace().map(plain_literal).collect();
    plain.iter().flat_map(|words| words.split(' ')).map(String::from).collect()
}

/// A word, its amount or date in the one way that each is written.
fn plain_literal(word: &str) -> String {
    let literal = word.trim_matches(['"', ',', '\\']);
    let amount = Money::parse(literal).ok().filter(|_| literal.contains('£'));
    let day = Date::parse(literal).map(|day| day.to_string());
    let shown = amount.map(|amount| amount.to_string()).or(day);
    shown.map_or_else(|| word.to_string(), |shown| word.replace(literal, &shown))
}

/// The words and signs of a policy in order, in their plain form. Colons are left out: after a
/// declared name one stands for a gap; so are the kinds of dash.
pub(super) fn signs(text: &str) -> Vec<String> {
    let mut signs = Vec::new();
    for block in outline(text) {
        let lexed = lex(&block);
        let mut tokens: Vec<Token> = lexed.tokens;
        for cell in lexed.rows.into_iter().flat_map(|row| row.cells) {
            tokens.extend(cell.tokens);
        }
        tokens.sort_by_key(|token| token.span);
        tokens.retain(|token| token.kind != TokenKind::Colon);
        signs.extend(tokens.into_iter().map(|token| match token.kind {
            TokenKind::LongDash | TokenKind::Minus => "-".to_string(),
            TokenKind::Word if token.key == "to" => "-".to_string(),
            TokenKind::Money => Money::parse(&token.key).map_or(token.key, |it| it.to_string()),
            _ => token.key,
        }));
    }
    signs
}
