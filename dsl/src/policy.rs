//! The short way: a policy from its text, cases by their facts' names, decisions.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use apportion_core::case::Case;
use apportion_core::decision::{DecideError, Decision};
use apportion_core::program::{FactId, Fingerprint, Program, Refusal};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::check;
use crate::checked::{self, Fact};
use crate::compile::{Compiled, compile, engine_value};
use crate::diagnostic::{Diagnostic, Severity, sort_by_place};
use crate::naming;
use crate::parse::parse;
use crate::reading::{self, ReadMistake};
pub use crate::refusal::Refused;
use crate::render;
use crate::source::Span;

/// What is written where a fact is not known: always not known, default or not.
pub const NOT_KNOWN: &str = "not known";

/// A policy ready to decide cases.
///
/// ```
/// use apportion::policy::Policy;
///
/// let policy = Policy::parse("\
/// policy   Half each
/// about    a child
/// between
///   the ICB       NHS Northshire ICB
///   the council   Northshire Council
/// version  1, in force from 1 April 2025
///
/// facts
///   care cost   money a week
///
/// 1    Who pays
/// 1.1  In every case: the ICB 50%, the council 50%.
/// 1.2  Split care cost in the shares of 1.1.
/// ").unwrap();
/// let case = policy.case([("care cost", "£1,000.01")]).unwrap();
/// let decision = policy.decide(&case).unwrap();
/// assert_eq!(policy.pays(&decision, "the ICB").unwrap().to_string(), "£500.01");
/// assert_eq!(policy.pays(&decision, "the council").unwrap().to_string(), "£500.00");
/// ```
#[derive(Clone, Debug)]
pub struct Policy {
    text: String,
    checked: checked::Policy,
    compiled: Compiled,
    diagnostics: Vec<Diagnostic>,
}

/// A policy that cannot be used, with every mistake found in it.
#[derive(Clone, Debug, Error)]
#[error("{}", render::all(&self.text, "policy", &self.diagnostics))]
pub struct Mistakes {
    /// The text of the policy.
    pub text: String,
    /// What was found, errors and lesser things, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Why something is no case of a policy.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CaseMistake {
    /// A fact that the policy does not declare.
    #[error("the policy declares no fact `{name}`{}", did_you_mean(.near.as_deref()))]
    NoSuchFact {
        /// What was given.
        name: String,
        /// The declared name nearest to it.
        near: Option<String>,
    },
    /// A fact stated twice.
    #[error("`{fact}` is stated twice")]
    StatedTwice {
        /// The fact.
        fact: String,
    },
    /// A text that is no value of its fact.
    #[error("`{fact}` {mistake}")]
    NoValue {
        /// The fact.
        fact: String,
        /// What is wrong, and what would be right.
        mistake: ReadMistake,
    },
}

fn did_you_mean(near: Option<&str>) -> String {
    near.map(|near| alloc::format!("; did you mean `{near}`?")).unwrap_or_default()
}

impl CaseMistake {
    /// A stable name for this mistake.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            CaseMistake::NoSuchFact { .. } => "no-such-fact",
            CaseMistake::StatedTwice { .. } => "stated-twice",
            CaseMistake::NoValue { mistake, .. } => mistake.code(),
        }
    }
}

impl Policy {
    /// Reads, checks and compiles a policy.
    ///
    /// # Errors
    ///
    /// Returns every mistake where any of them is an error. Warnings and notes do not stand
    /// in the way; they are kept in [`Policy::diagnostics`].
    pub fn parse(text: &str) -> Result<Policy, Mistakes> {
        let parsed = parse(text);
        let checked = check::check(text, &parsed);
        // The tree is as large as all that is made of it, and is not needed any more.
        drop(parsed.policy);
        let mut diagnostics = parsed.diagnostics;
        diagnostics.extend(checked.diagnostics.iter().cloned());
        sort_by_place(&mut diagnostics);
        if diagnostics.iter().any(Diagnostic::is_error) {
            return Err(Mistakes { text: text.to_string(), diagnostics });
        }
        match compile(&checked, fingerprint(text)) {
            Ok(compiled) => {
                let (text, checked) = (text.to_string(), checked.policy);
                Ok(Policy { text, checked, compiled, diagnostics })
            }
            Err(error) => {
                diagnostics.push(Diagnostic::error(
                    "program-unsound",
                    alloc::format!("{error}; please report this policy to the makers of Apportion"),
                    Span::default(),
                ));
                Err(Mistakes { text: text.to_string(), diagnostics })
            }
        }
    }

    /// The text of the policy.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the policy means: its facts, parties, clauses and the rest.
    #[must_use]
    pub fn checked(&self) -> &checked::Policy {
        &self.checked
    }

    /// The program, and where each thing of the policy stands in it.
    #[must_use]
    pub fn compiled(&self) -> &Compiled {
        &self.compiled
    }

    /// The program, for those who decide many cases or ship it to a device.
    #[must_use]
    pub fn program(&self) -> &Program {
        &self.compiled.program
    }

    /// Warnings and notes.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The facts a case may carry, in the order declared; a [`FactId`] is a place here.
    #[must_use]
    pub fn facts(&self) -> &[Fact] {
        &self.checked.facts
    }

    /// The fact with this name, as the policy writes it or in snake case.
    #[must_use]
    pub fn fact(&self, name: &str) -> Option<FactId> {
        let outside = naming::outside(name);
        let place = self.checked.facts.iter().position(|fact| fact.outside == outside)?;
        Some(FactId(u32::try_from(place).ok()?))
    }

    /// A case in which nothing is stated.
    #[must_use]
    pub fn new_case(&self) -> Case {
        Case::new(self.program())
    }

    /// States a fact of a case by its text: the one way from text to value.
    ///
    /// Nothing but spaces leaves the fact not stated; `not known` makes it not known even
    /// where it has a default.
    ///
    /// # Errors
    ///
    /// Returns what is wrong with the text. It never repeats the text: cases are private.
    pub fn state(&self, case: &mut Case, fact: FactId, text: &str) -> Result<(), CaseMistake> {
        let Some(declared) = self.checked.facts.get(fact.index()) else {
            return Err(CaseMistake::NoSuchFact { name: String::new(), near: None });
        };
        if declared.is_text || text.trim().is_empty() {
            return Ok(());
        }
        let no_value = |mistake| CaseMistake::NoValue { fact: declared.name.clone(), mistake };
        let stated = if is_not_known(text) {
            case.set_not_known(fact)
        } else {
            let constant = self.read(fact, declared, text).map_err(no_value)?;
            case.set(fact, engine_value(constant))
        };
        // The text was read within the fact's own type and bounds, so only another policy's
        // case can refuse it.
        stated.map_err(|_| CaseMistake::NoSuchFact { name: declared.name.clone(), near: None })
    }

    fn read(
        &self,
        fact: FactId,
        declared: &Fact,
        text: &str,
    ) -> Result<checked::Constant, ReadMistake> {
        reading::read(declared, &self.checked.word_lists, text).map_err(|mistake| {
            match (mistake, reading::read_type(&declared.kind, &self.checked.word_lists, text)) {
                (ReadMistake::DateOutOfBounds { .. }, Ok(checked::Constant::Date(day)))
                    if self.checked.dated_by == Some(fact) =>
                {
                    self.out_of_force(day)
                }
                (mistake, _) => mistake,
            }
        })
    }

    /// A date by which no version of the policy was in force.
    fn out_of_force(&self, day: apportion_core::date::Date) -> ReadMistake {
        let version = &self.checked.version;
        match version.until {
            Some(until) if day > until => ReadMistake::AfterInForce { until },
            _ => ReadMistake::BeforeInForce { from: version.from },
        }
    }

    /// A case from facts and their texts.
    ///
    /// # Errors
    ///
    /// Returns the first fact that is not declared, is stated twice, or whose text is no
    /// value of it.
    pub fn case<'t>(
        &self,
        facts: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Result<Case, CaseMistake> {
        let mut case = self.new_case();
        let mut stated: Vec<FactId> = Vec::new();
        for (name, text) in facts {
            let fact = self.fact(name).ok_or_else(|| self.no_such_fact(name))?;
            if stated.contains(&fact) {
                return Err(CaseMistake::StatedTwice { fact: name.to_string() });
            }
            stated.push(fact);
            self.state(&mut case, fact, text)?;
        }
        Ok(case)
    }

    /// The mistake that no fact has this name, with the nearest that there is.
    #[must_use]
    pub fn no_such_fact(&self, name: &str) -> CaseMistake {
        let names = self.checked.facts.iter().map(|fact| fact.outside.as_str());
        let near = crate::names::nearest_of(names, &naming::outside(name));
        let near = near.and_then(|near| self.fact(near));
        let near = near.and_then(|near| self.facts().get(near.index()));
        CaseMistake::NoSuchFact { name: name.to_string(), near: near.map(|fact| fact.name.clone()) }
    }

    /// Decides a case.
    ///
    /// # Errors
    ///
    /// Returns the fact that is not known, or the clauses that leave a gap or contradict
    /// each other in this case.
    pub fn decide(&self, case: &Case) -> Result<Decision, Refused> {
        let mut decision = Decision::new(self.program());
        self.decide_into(case, &mut decision)?;
        Ok(decision)
    }

    /// Decides a case into a decision made before; allocates nothing unless it refuses.
    ///
    /// # Errors
    ///
    /// As [`Policy::decide`].
    pub fn decide_into(&self, case: &Case, decision: &mut Decision) -> Result<(), Refused> {
        self.program().decide(case, decision).map_err(|error| match error {
            DecideError::NotKnown { fact, .. } => self.not_known(fact),
            DecideError::Refused { refusal, .. } => self.refused(refusal),
            _ => Refused::OtherPolicy,
        })
    }

    /// What a refusal says in the policy's own words.
    #[must_use]
    pub fn refused(&self, refusal: Refusal) -> Refused {
        crate::refusal::refused(&self.checked, refusal)
    }

    /// That a fact which every case needs is not known.
    #[must_use]
    pub fn not_known(&self, fact: FactId) -> Refused {
        crate::refusal::not_known(&self.checked, fact)
    }

    /// What a party pays in all, where the policy pays in one unit; `None` where it does not
    /// cover the case, or no party has this name.
    #[must_use]
    pub fn pays(&self, decision: &Decision, party: &str) -> Option<apportion_core::money::Money> {
        let outside = naming::outside(party);
        let place = self.checked.parties.iter().position(|party| party.outside == outside)?;
        let party = apportion_core::program::PartyId(u32::try_from(place).ok()?);
        decision.pays(party, apportion_core::program::UnitId(0))
    }

    /// Whether the case is what a conclusion says; `None` where the policy does not cover it,
    /// or draws no such conclusion.
    #[must_use]
    pub fn concludes(&self, decision: &Decision, conclusion: &str) -> Option<bool> {
        let outside = naming::outside(conclusion);
        let place = self.checked.conclusions.iter().position(|it| it.outside == outside)?;
        decision.concludes(apportion_core::program::ConclusionId(u32::try_from(place).ok()?))
    }
}

/// Whether a text says `not known`. Most texts of a caseload do not begin like it, and are
/// not looked at further.
fn is_not_known(text: &str) -> bool {
    text.trim_start().starts_with(['n', 'N']) && naming::word_key(text) == NOT_KNOWN
}

/// The SHA-256 of a text: byte order mark dropped, line ends as `\n`.
#[must_use]
pub fn fingerprint(text: &str) -> Fingerprint {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    Fingerprint(Sha256::digest(text.as_bytes()).into())
}

impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (version {})", self.checked.title, self.checked.version.number)
    }
}

/// Whether anything found is worse than a note.
#[must_use]
pub fn is_clean(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().all(|diagnostic| diagnostic.severity == Severity::Note)
}
