//! What we tell the author of a policy: what is wrong, where, and what would be right.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::source::Span;

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; the policy can be used.
    Note,
    /// Probably not meant; the policy can be used.
    Warning,
    /// The policy cannot be used.
    Error,
}

impl Severity {
    /// The word shown before the code.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// A stretch of the policy and what is to be said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where, in the whole text.
    pub span: Span,
    /// What is wrong here, or what the other half is; may be empty.
    pub text: String,
    /// Whether this is where the mistake is (`^^^`) rather than its other half (`---`).
    pub is_primary: bool,
}

/// One thing to tell the author of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// A stable name for this mistake, such as `shares-exceed-whole`.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong, in the author's words: lower case, no full stop, their text in backticks.
    pub message: String,
    /// Where: the first is the mistake itself.
    pub labels: Vec<Label>,
    /// What else is worth knowing.
    pub notes: Vec<String>,
    /// One thing to do, ready to copy.
    pub help: Option<String>,
    /// The number of the clause, where it stands in one.
    pub clause: Option<String>,
    /// Cases in which it is so; of a promise about two cases, both.
    pub cases: Vec<ShownCase>,
    /// What was probably meant at its place: a declared name that is one slip away.
    pub meant: Option<String>,
}

/// Names of facts outside the policy, each with its value as people write it.
pub type Stated = Vec<(String, String)>;

/// A case that shows something, as its file would state it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShownCase {
    /// The facts of the case.
    pub facts: Stated,
    /// The items of each list, by its name outside the policy.
    pub lists: Vec<(String, Vec<Stated>)>,
}

// A text without mistakes makes no diagnostics, so none of this is inlined where one is made.
impl Diagnostic {
    /// An error with its place.
    #[cold]
    #[inline(never)]
    pub fn error(code: &'static str, message: impl Into<String>, span: Span) -> Diagnostic {
        Diagnostic::new(Severity::Error, code, message, span)
    }

    /// A warning with its place.
    #[cold]
    #[inline(never)]
    pub fn warning(code: &'static str, message: impl Into<String>, span: Span) -> Diagnostic {
        Diagnostic::new(Severity::Warning, code, message, span)
    }

    /// Something worth knowing, with its place.
    #[cold]
    #[inline(never)]
    pub fn notice(code: &'static str, message: impl Into<String>, span: Span) -> Diagnostic {
        Diagnostic::new(Severity::Note, code, message, span)
    }

    fn new(
        severity: Severity,
        code: &'static str,
        message: impl Into<String>,
        span: Span,
    ) -> Diagnostic {
        let label = Label { span, text: String::new(), is_primary: true };
        Diagnostic {
            code,
            severity,
            message: message.into(),
            labels: Vec::from([label]),
            notes: Vec::new(),
            help: None,
            clause: None,
            cases: Vec::new(),
            meant: None,
        }
    }

    /// Says what is wrong at the place of the mistake.
    #[must_use]
    #[cold]
    #[inline(never)]
    pub fn here(mut self, text: impl Into<String>) -> Diagnostic {
        if let Some(label) = self.labels.first_mut() {
            label.text = text.into();
        }
        self
    }

    /// Shows the other half of the mistake.
    #[must_use]
    #[cold]
    #[inline(never)]
    pub fn and(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.labels.push(Label { span, text: text.into(), is_primary: false });
        self
    }

    /// Adds what else is worth knowing.
    #[must_use]
    #[cold]
    #[inline(never)]
    pub fn note(mut self, note: impl Into<String>) -> Diagnostic {
        self.notes.push(note.into());
        self
    }

    /// Says one thing to do.
    #[must_use]
    #[cold]
    #[inline(never)]
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// Asks whether a declared name was meant at its place.
    #[must_use]
    #[cold]
    #[inline(never)]
    pub(crate) fn meant(mut self, name: &str) -> Diagnostic {
        self.help = Some(format!("did you mean `{name}`?"));
        self.meant = Some(String::from(name));
        self
    }

    /// Names the clause it stands in.
    #[must_use]
    #[cold]
    #[inline(never)]
    pub fn in_clause(mut self, number: impl Into<String>) -> Diagnostic {
        self.clause = Some(number.into());
        self
    }

    /// Whether the policy cannot be used because of this.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Where the mistake is, in the whole text.
    #[must_use]
    pub fn span(&self) -> Span {
        self.labels.first().map(|label| label.span).unwrap_or_default()
    }
}

/// The most diagnostics that are kept of one stage; the rest are counted.
pub const MOST_KEPT: usize = 100;

/// Diagnostics as they are found: the first are kept, the rest only counted, so that a text
/// that is no policy at all costs neither memory nor patience.
#[derive(Clone, Debug, Default)]
pub(crate) struct Findings {
    kept: Vec<Diagnostic>,
    more: usize,
}

impl Findings {
    /// Keeps a diagnostic, or counts it where enough are kept.
    pub(crate) fn add(&mut self, diagnostic: Diagnostic) {
        match self.kept.len() < MOST_KEPT {
            true => self.kept.push(diagnostic),
            false => self.more += 1,
        }
    }

    /// Keeps or counts every diagnostic.
    pub(crate) fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        diagnostics.into_iter().for_each(|diagnostic| self.add(diagnostic));
    }

    /// How much has been found so far.
    pub(crate) fn mark(&self) -> usize {
        self.kept.len() + self.more
    }

    /// Forgets what was found since a mark.
    pub(crate) fn back_to(&mut self, mark: usize) {
        self.more = mark.saturating_sub(MOST_KEPT);
        self.kept.truncate(mark);
    }

    /// Whether anything found makes the policy unusable.
    pub(crate) fn has_error(&self) -> bool {
        self.kept.iter().any(Diagnostic::is_error)
    }

    /// The errors, where all are kept.
    pub(crate) fn errors(&self) -> Option<impl Iterator<Item = &Diagnostic>> {
        (self.more == 0).then(|| self.kept.iter().filter(|it| it.is_error()))
    }

    /// All that is found in several ways, in the order of the text.
    ///
    /// Where there are more than enough the errors stay, and a note says how many are left out.
    pub(crate) fn joined(all: impl IntoIterator<Item = Findings>) -> Vec<Diagnostic> {
        let (mut kept, mut more) = (Vec::new(), 0);
        for mut findings in all {
            kept.append(&mut findings.kept);
            more += findings.more;
        }
        sort(&mut kept, |diagnostic| (!diagnostic.is_error(), diagnostic.span()));
        more += kept.len().saturating_sub(MOST_KEPT);
        kept.truncate(MOST_KEPT);
        sort_by_place(&mut kept);
        if more > 0 {
            let last = kept.last().map(Diagnostic::span).unwrap_or_default();
            kept.push(more_mistakes(more, last));
        }
        kept
    }
}

/// Sorts diagnostics by their place in the text.
pub fn sort_by_place(diagnostics: &mut [Diagnostic]) {
    sort(diagnostics, |diagnostic| (false, diagnostic.span()));
}

/// The one sorting of diagnostics, so that a program has it once.
fn sort(diagnostics: &mut [Diagnostic], key: fn(&Diagnostic) -> (bool, Span)) {
    diagnostics.sort_by_key(key);
}

fn more_mistakes(count: usize, last: Span) -> Diagnostic {
    let message = match count {
        1 => String::from("there is one mistake more, which is not shown"),
        _ => format!("there are {count} mistakes more, which are not shown"),
    };
    Diagnostic::new(Severity::Note, "more-mistakes", message, last)
        .help("mend the first ones, and check again")
}
