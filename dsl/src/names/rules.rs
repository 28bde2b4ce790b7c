//! What a name may be, and that each means one thing.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::head::is_reserved;
use super::{MOST_WORDS, NameKind, Names};
use crate::diagnostic::Diagnostic;
use crate::naming;
use crate::source::Span;
use crate::token::month;

/// A name where it is declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// Its key.
    pub key: String,
    /// What declares it.
    pub kind: NameKind,
    /// Where it stands in the whole text.
    pub span: Span,
    /// The block it stands in, from 0.
    pub block: usize,
    /// Whether it holds nothing but words and digits.
    pub are_words: bool,
    /// The word by which the tool is cited that it stands in; none in the policy itself.
    pub tool: Option<String>,
}

/// The declarations of a policy, in the order written.
pub type Declarations = Vec<Declaration>;

/// A name that cannot be used. Spans are of the whole text.
pub(crate) enum NameMistake<'n> {
    /// `date when born   a date`
    NameWithReservedWord { name: &'n Declaration, word: &'n str },
    /// `of birth   a date`
    NameBeginsWith { name: &'n Declaration, word: &'n str },
    /// `cost of   money`
    NameEndsWith { name: &'n Declaration, word: &'n str },
    /// `rest   money`
    NameTaken { name: &'n Declaration },
    /// `117 section   yes or no`
    NameWithoutLetter { name: &'n Declaration },
    /// `cost (weekly)   money`
    NameWithSign { name: &'n Declaration },
    /// `the cost of everything that was ever bought for him   money`
    NameTooLong { name: &'n Declaration },
    /// `care and cost   money`, where `care` and `cost` are names
    NameCutInTwo { name: &'n Declaration, left: &'n str, right: &'n str },
    /// `cost   money` twice
    NameDeclaredTwice { name: &'n Declaration, first: &'n Declaration },
    /// `breathing` in each of two tools that a policy uses, and so many names more
    DeclaredByTwoTools { name: &'n Declaration, first: &'n Declaration, more: usize },
    /// `carer's cost` and `carers cost`
    NamesCollideOutside { name: &'n Declaration, first: &'n Declaration },
}

impl NameMistake<'_> {
    /// The declaration that is refused.
    pub(crate) fn declaration(&self) -> &Declaration {
        match self {
            NameMistake::NameWithReservedWord { name, .. }
            | NameMistake::NameBeginsWith { name, .. }
            | NameMistake::NameEndsWith { name, .. }
            | NameMistake::NameTaken { name }
            | NameMistake::NameWithoutLetter { name }
            | NameMistake::NameWithSign { name }
            | NameMistake::NameTooLong { name }
            | NameMistake::NameCutInTwo { name, .. }
            | NameMistake::NameDeclaredTwice { name, .. }
            | NameMistake::DeclaredByTwoTools { name, .. }
            | NameMistake::NamesCollideOutside { name, .. } => name,
        }
    }

    /// Whether the mistake is to be told, given which blocks could not be read: a name that
    /// a broken block seems to declare again may be something else.
    pub(crate) fn stands_in(&self, is_broken: &[bool]) -> bool {
        let is_broken = |block: usize| is_broken.get(block).copied().unwrap_or_default();
        match self {
            NameMistake::NameDeclaredTwice { name, first }
            | NameMistake::DeclaredByTwoTools { name, first, .. } => {
                !is_broken(name.block) && !is_broken(first.block)
            }
            mistake => !is_broken(mistake.declaration().block),
        }
    }

    /// The mistake in words.
    pub(crate) fn diagnostic(&self) -> Diagnostic {
        let name = self.declaration();
        let key = &name.key;
        let error = |code, message| Diagnostic::error(code, message, name.span);
        match self {
            NameMistake::NameWithReservedWord { word, .. } => error(
                "name-with-reserved-word",
                format!("the name `{key}` holds the word `{word}`"),
            )
            .here(format!("sentences need `{word}`"))
            .help(format!("say it without `{word}`")),
            NameMistake::NameBeginsWith { word, .. } => {
                error("name-begins-with", format!("the name `{key}` begins with `{word}`"))
                    .help("begin it with the thing itself")
            }
            NameMistake::NameEndsWith { word: PENCE, .. } => error(
                "name-ends-with",
                format!("the name `{key}` ends with `{PENCE}`"),
            )
            .here("outside the policy that says that a number is pence")
            .help("leave `pence` out: amounts are pounds, and can be given as pence in any case"),
            NameMistake::NameEndsWith { word, .. } if word == key => {
                error("name-ends-with", format!("the name `{key}` is a word that sentences need"))
                    .help("give it a longer name, such as `party A`")
            }
            NameMistake::NameEndsWith { word, .. } => {
                error("name-ends-with", format!("the name `{key}` ends with `{word}`"))
                    .help(format!("leave `{word}` out, or say what follows it"))
            }
            NameMistake::NameTaken { .. } => error(
                "name-taken",
                format!("`{key}` means something in every policy and cannot be a name"),
            )
            .help("add a word that says which one"),
            NameMistake::NameWithoutLetter { .. } => error(
                "name-without-letter",
                format!("the first word of the name `{key}` has no letter"),
            )
            .help("begin with a word"),
            NameMistake::NameWithSign { .. } => {
                error("name-with-sign", String::from("this name holds a sign that no name has"))
                    .here("a name has letters, digits and inner `'` `-` `/` `&`")
                    .help("write it in words only")
            }
            NameMistake::NameTooLong { .. } => {
                error("name-too-long", format!("the name `{key}` has more than {MOST_WORDS} words"))
                    .help("shorten it; the longer text can stand in a note or a question")
            }
            NameMistake::NameCutInTwo { left, right, .. } => error(
                "name-cut-in-two",
                format!("the name `{key}` can also be read as `{left}` and `{right}`"),
            )
            .help("name it with other words, so that a sentence has one meaning"),
            NameMistake::NameDeclaredTwice { first, .. } => {
                let help = match first.tool == name.tool {
                    true => "give one of them another name",
                    false => "use the tool's as it is, or give this one another name",
                };
                error("name-declared-twice", format!("the name `{key}` is declared twice"))
                    .here("declared again here")
                    .and(first.span, "first declared here")
                    .help(help)
            }
            NameMistake::DeclaredByTwoTools { first, more, .. } => two_tools(name, first, *more),
            NameMistake::NamesCollideOutside { first, .. } => error(
                "names-collide-outside",
                format!(
                    "`{}` and `{key}` are both `{}` outside the policy",
                    first.key,
                    outside(name)
                ),
            )
            .here("the same in columns and keys")
            .and(first.span, "as this one")
            .help("change a word of one of them"),
        }
    }
}

/// The tools `A` and `B` both declare `breathing` and 9 names more.
fn two_tools(name: &Declaration, first: &Declaration, more: usize) -> Diagnostic {
    let [one, other] = [first, name].map(|it| it.tool.as_deref().unwrap_or_default());
    let more = match more {
        0 => String::new(),
        1 => String::from(" and one name more"),
        _ => format!(" and {more} names more"),
    };
    let key = &name.key;
    let message = format!("the tools `{one}` and `{other}` both declare `{key}`{more}");
    Diagnostic::error("declared-by-two-tools", message, name.span)
        .here("declared by the one")
        .and(first.span, "and by the other")
        .help("use one of them here and the other in a policy of its own, or give what they share another name in one of the two files")
}

/// The names that break a rule, each with its first mistake, in the order declared.
pub(crate) fn mistakes<'n>(
    names: &'n Names,
    declarations: &'n [Declaration],
) -> Vec<NameMistake<'n>> {
    let mut mistakes = Vec::new();
    let mut first: BTreeMap<&str, &Declaration> = BTreeMap::new();
    let mut first_outside: BTreeMap<String, &Declaration> = BTreeMap::new();
    for name in declarations {
        if let Some(before) = first.get(name.key.as_str()) {
            if !may_repeat(before.kind, name.kind) {
                declared_again(&mut mistakes, name, before);
            }
            continue;
        }
        first.insert(&name.key, name);
        if let Some(mistake) = rule_broken(name).or_else(|| cut_in_two(names, name)) {
            mistakes.push(mistake);
            continue;
        }
        match first_outside.get(&outside(name)) {
            Some(&first) => mistakes.push(NameMistake::NamesCollideOutside { name, first }),
            None => {
                first_outside.insert(outside(name), name);
            }
        }
    }
    mistakes
}

/// Notes a name that was declared before; names that two tools share are told together.
fn declared_again<'n>(
    mistakes: &mut Vec<NameMistake<'n>>,
    name: &'n Declaration,
    first: &'n Declaration,
) {
    if first.tool.is_none() || name.tool.is_none() || first.tool == name.tool {
        mistakes.push(NameMistake::NameDeclaredTwice { name, first });
        return;
    }
    let told = mistakes.iter_mut().find_map(|told| match told {
        NameMistake::DeclaredByTwoTools { name: it, first: before, more }
            if (&it.tool, &before.tool) == (&name.tool, &first.tool) =>
        {
            Some(more)
        }
        _ => None,
    });
    match told {
        Some(more) => *more += 1,
        None => mistakes.push(NameMistake::DeclaredByTwoTools { name, first, more: 0 }),
    }
}

/// Several clauses may give one conclusion or one value; the levels of a type may be named
/// like the fact that has them.
pub(super) fn may_repeat(first: NameKind, again: NameKind) -> bool {
    let is_value = |kind| matches!(kind, NameKind::Value | NameKind::Rate);
    let are_conclusions = first == NameKind::Conclusion && again == NameKind::Conclusion;
    let are_values = is_value(first) && is_value(again);
    let is_of_levels = (first == NameKind::Levels) != (again == NameKind::Levels);
    // A tool is about the same subject, and two texts may use one tool.
    let are_shared = first == again && matches!(first, NameKind::Subject | NameKind::Tool);
    are_conclusions || are_values || is_of_levels || are_shared
}

const NEVER_FIRST: [&str; 11] =
    ["and", "or", "not", "of", "to", "at", "by", "from", "for", "over", "under"];
const NEVER_LAST: [&str; 8] = ["and", "or", "of", "to", "the", "a", "an", PENCE];
/// Outside the policy a name with this at its end says that the number is pence.
const PENCE: &str = "pence";
const NEVER_WHOLE: [&str; 6] = ["rest", "excess", "any", "yes", "no", "case"];
/// Columns of their own beside the answers of a policy.
const COLUMNS: [&str; 4] = ["covered", "clauses", "needs", "ranges"];

fn rule_broken(name: &Declaration) -> Option<NameMistake<'_>> {
    let key = name.key.as_str();
    let first = key.split(' ').next().unwrap_or_default();
    let last = key.rsplit(' ').next().unwrap_or_default();
    if !name.are_words {
        return Some(NameMistake::NameWithSign { name });
    }
    if let Some(word) = key.split(' ').find(|word| is_reserved(word)) {
        return Some(NameMistake::NameWithReservedWord { name, word });
    }
    // Of a conclusion `covered` there is more to say (`check/clause`).
    let is_conclusion = name.kind == NameKind::Conclusion;
    let is_column = COLUMNS.contains(&key) && has_column(name.kind) && !is_conclusion;
    if NEVER_WHOLE.contains(&key) || month(key).is_some() || is_column {
        return Some(NameMistake::NameTaken { name });
    }
    if NEVER_FIRST.contains(&first) {
        return Some(NameMistake::NameBeginsWith { name, word: first });
    }
    if NEVER_LAST.contains(&last) {
        return Some(NameMistake::NameEndsWith { name, word: last });
    }
    if !first.contains(char::is_alphabetic) {
        return Some(NameMistake::NameWithoutLetter { name });
    }
    (key.split(' ').count() > MOST_WORDS).then_some(NameMistake::NameTooLong { name })
}

/// Whether what has the name is a column outside the policy.
fn has_column(kind: NameKind) -> bool {
    matches!(
        kind,
        NameKind::Fact | NameKind::Member | NameKind::Value | NameKind::Rate | NameKind::Conclusion
    )
}

/// Whether `and`, `or`, `of`, `to` or `for` cuts the name into two other names.
fn cut_in_two<'n>(names: &Names, name: &'n Declaration) -> Option<NameMistake<'n>> {
    [" and ", " or ", " of ", " to ", " for "].into_iter().find_map(|cut| {
        name.key.match_indices(cut).find_map(|(at, _)| {
            let left = name.key.get(..at)?;
            let right = name.key.get(at + cut.len()..)?;
            let right = right.strip_prefix("the ").unwrap_or(right);
            let is_cut = names.contains(left) && names.contains(right);
            is_cut.then_some(NameMistake::NameCutInTwo { name, left, right })
        })
    })
}

/// The name in snake case, as columns and keys outside the policy have it.
fn outside(name: &Declaration) -> String {
    naming::outside_of(name.tool.as_deref(), &name.key)
}
