//! The short way: a policy from its text, cases by their facts' names, decisions.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use apportion_core::case::Case;
use apportion_core::date::Date;
use apportion_core::decision::{DecideError, Decision};
use apportion_core::program::{ConclusionId, FactId, Fingerprint, Item, ListId, Program, Refusal};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::bundle::Bundle;
use crate::check;
use crate::checked::{self, Fact};
use crate::compile::{Compiled, compile, engine_value};
use crate::diagnostic::{Diagnostic, Severity, sort_by_place};
pub use crate::mistakes::Mistakes;
use crate::naming;
use crate::parse::parse_all;
use crate::prove;
use crate::reading::{self, ReadMistake};
use crate::refusal::Met;
pub use crate::refusal::Refused;
use crate::source::{Source, Span};

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
    source: Source,
    checked: checked::Policy,
    compiled: Compiled,
    diagnostics: Vec<Diagnostic>,
    unused: Vec<Diagnostic>,
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
    /// A list that the policy does not declare.
    #[error("the policy declares no list `{name}`{}", did_you_mean(.near.as_deref()))]
    NoSuchList {
        /// What was given.
        name: String,
        /// The declared name nearest to it.
        near: Option<String>,
    },
    /// A fact of items that is stated of the case, or the other way round.
    #[error("`{fact}` is a fact of {of}")]
    ElsewhereStated {
        /// The fact.
        fact: String,
        /// What has it: `the case`, `each service`.
        of: String,
    },
    /// More items than a case may have.
    #[error("a case has at most {most} {list}")]
    TooManyItems {
        /// The list, in the plural.
        list: String,
        /// How many.
        most: u32,
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
            CaseMistake::NoSuchList { .. } => "no-such-list",
            CaseMistake::ElsewhereStated { .. } => "elsewhere-stated",
            CaseMistake::TooManyItems { .. } => "too-many-items",
            CaseMistake::NoValue { mistake, .. } => mistake.code(),
        }
    }
}

impl Policy {
    /// Reads, checks and compiles a policy that uses no other.
    ///
    /// # Errors
    ///
    /// Returns every mistake where any of them is an error. Warnings and notes do not stand
    /// in the way; they are kept in [`Policy::diagnostics`].
    pub fn parse(text: &str) -> Result<Policy, Mistakes> {
        Policy::from_source(Source::new("policy", text))
    }

    /// Reads, checks and compiles a policy with the texts it uses.
    ///
    /// Of the texts it uses only mistakes are told: their warnings and notes are for those who
    /// write them.
    ///
    /// # Errors
    ///
    /// As [`Policy::parse`].
    pub fn from_bundle(bundle: &Bundle) -> Result<Policy, Mistakes> {
        Policy::from_source(bundle.source())
    }

    fn from_source(source: Source) -> Result<Policy, Mistakes> {
        let parsed = parse_all(&source);
        let checked = check::check(source.text(), &parsed);
        let tools = parsed.policy.tools;
        // The tree is as large as all that is made of it, and is not needed any more.
        drop(parsed.policy.blocks);
        let mut diagnostics = parsed.diagnostics;
        diagnostics.extend(checked.diagnostics.iter().cloned());
        let is_own = |it: &Diagnostic| !tools.iter().any(|tool| tool.has(it.span()));
        diagnostics.retain(|diagnostic| diagnostic.is_error() || is_own(diagnostic));
        sort_by_place(&mut diagnostics);
        if diagnostics.iter().any(Diagnostic::is_error) {
            return Err(Mistakes { texts: source, diagnostics });
        }
        match compile(&checked, fingerprint(&source)) {
            Ok(compiled) => {
                let mut unused = checked.unused;
                unused.retain(is_own);
                let checked = checked.policy;
                Ok(Policy { source, checked, compiled, diagnostics, unused })
            }
            Err(error) => {
                diagnostics.push(Diagnostic::error(
                    "program-unsound",
                    alloc::format!("{error}; please report this policy to the makers of Apportion"),
                    Span::default(),
                ));
                Err(Mistakes { texts: source, diagnostics })
            }
        }
    }

    /// Looks for cases in which the policy goes wrong: that no row of a table applies to, in which
    /// two clauses clash, or a promise is not kept.
    ///
    /// Of the texts it uses only mistakes are told.
    #[must_use]
    pub fn prove(&self) -> Vec<Diagnostic> {
        let found = prove::prove(&self.checked, prove::Effort::default()).into_iter();
        let mut found: Vec<Diagnostic> = found.map(|finding| finding.diagnostic).collect();
        sort_by_place(&mut found);
        found.retain(|diagnostic| diagnostic.is_error() || self.is_own(diagnostic));
        found
    }

    /// What is worth knowing of the policy on a day, though nothing is wrong: defaults that alone can
    /// decide a conclusion, amounts that nobody pays in some cases, numbers on which no payment
    /// depends, a review that is due.
    ///
    /// ```
    /// use apportion::engine::date::Date;
    /// use apportion::policy::Policy;
    ///
    /// let policy = Policy::parse("\
    /// policy   Fees
    /// about    a child
    /// version  1, in force from 1 April 2025, review by 31 March 2027
    /// ").unwrap();
    /// let codes = |day| policy.notes(day).iter().map(|note| note.code).collect::<Vec<_>>();
    /// assert_eq!(codes(Date::new(2027, 3, 31).unwrap()), [""; 0]);
    /// assert_eq!(codes(Date::new(2027, 4, 1).unwrap()), ["past-review"]);
    /// ```
    #[must_use]
    pub fn notes(&self, on: Date) -> Vec<Diagnostic> {
        let mut notes = prove::notes(&self.checked, prove::Effort::default(), on);
        sort_by_place(&mut notes);
        notes.retain(|note| self.is_own(note));
        notes
    }

    /// Whether something is told of the policy's own text, and not of one that it uses.
    fn is_own(&self, diagnostic: &Diagnostic) -> bool {
        self.source.text_at(diagnostic.span().start).start == 0
    }

    /// The text of the policy, without those it uses.
    #[must_use]
    pub fn text(&self) -> &str {
        self.source.own_text()
    }

    /// The text of the policy with those it uses, in which every span counts.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
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

    /// Warnings of what is declared and named by no clause: facts, families, groups, rates, levels,
    /// sources and panels.
    #[must_use]
    pub fn unused(&self) -> &[Diagnostic] {
        &self.unused
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
        self.state_of(case, None, fact, text)
    }

    /// States a fact of one item of a case by its text, as [`Policy::state`] one of the case.
    ///
    /// # Errors
    ///
    /// As [`Policy::state`].
    pub fn state_item(
        &self,
        case: &mut Case,
        item: Item,
        fact: FactId,
        text: &str,
    ) -> Result<(), CaseMistake> {
        self.state_of(case, Some(item), fact, text)
    }

    fn state_of(
        &self,
        case: &mut Case,
        item: Option<Item>,
        fact: FactId,
        text: &str,
    ) -> Result<(), CaseMistake> {
        let Some(declared) = self.checked.facts.get(fact.index()) else {
            return Err(CaseMistake::NoSuchFact { name: String::new(), near: None });
        };
        if declared.list != item.map(|item| item.list) {
            return Err(self.stated_elsewhere(fact));
        }
        if declared.is_text || text.trim().is_empty() {
            return Ok(());
        }
        let no_value =
            |mistake| CaseMistake::NoValue { fact: String::from(declared.told_as()), mistake };
        let stated = if is_not_known(text) {
            match item {
                Some(item) => case.set_item_not_known(item, fact),
                None => case.set_not_known(fact),
            }
        } else {
            let constant = self.read(fact, declared, text).map_err(no_value)?;
            match item {
                Some(item) => case.set_item(item, fact, engine_value(constant)),
                None => case.set(fact, engine_value(constant)),
            }
        };
        // The text was read within the fact's own type and bounds, so only another policy's
        // case can refuse it.
        stated.map_err(|_| CaseMistake::NoSuchFact { name: declared.name.clone(), near: None })
    }

    /// The mistake that a fact is stated where it does not belong.
    #[must_use]
    pub fn stated_elsewhere(&self, fact: FactId) -> CaseMistake {
        let fact = self.checked.facts.get(fact.index());
        let list = fact.and_then(|fact| fact.list);
        let list = list.and_then(|list| self.checked.lists.get(list.index()));
        let of = list.map(|list| alloc::format!("each {}", list.singular));
        CaseMistake::ElsewhereStated {
            fact: fact.map(|fact| fact.name.clone()).unwrap_or_default(),
            of: of.unwrap_or_else(|| String::from("the case")),
        }
    }

    /// The lists of which a case has items, in the order declared; a [`ListId`] is a place here.
    #[must_use]
    pub fn lists(&self) -> &[checked::List] {
        &self.checked.lists
    }

    /// The list with this name, in the plural or singular.
    #[must_use]
    pub fn list(&self, name: &str) -> Option<ListId> {
        let outside = naming::outside(name);
        let place = self.checked.lists.iter().position(|list| {
            list.outside == outside || naming::outside(&list.singular) == outside
        })?;
        Some(ListId(u32::try_from(place).ok()?))
    }

    /// Adds an item to a case; the list is then stated.
    ///
    /// # Errors
    ///
    /// Returns that the case has as many items as it may.
    pub fn new_item(&self, case: &mut Case, list: ListId) -> Result<Item, CaseMistake> {
        case.add_item(list).map_err(|_| match self.checked.lists.get(list.index()) {
            Some(list) => CaseMistake::TooManyItems { list: list.plural.clone(), most: list.most },
            None => CaseMistake::NoSuchList { name: String::new(), near: None },
        })
    }

    /// States of a case that it has no items of a list, unless some are added.
    pub fn state_list(&self, case: &mut Case, list: ListId) {
        // Only another policy's case lacks the list, and that is told when it is decided.
        let _ = case.state_items(list);
    }

    /// Adds an item to a case from its facts and their texts.
    ///
    /// # Errors
    ///
    /// Returns that there is no such list, that the case has as many items as it may, or the
    /// first fact that each item does not have, is stated twice, or whose text is no value of it.
    ///
    /// ```
    /// use apportion::policy::Policy;
    ///
    /// let policy = Policy::parse("\
    /// policy   Each service
    /// about    a child
    /// between
    ///   the ICB       NHS Northshire ICB
    ///   the council   Northshire Council
    /// version  1, in force from 1 April 2025
    ///
    /// services, each with
    ///   price     money a week
    ///   nursing   yes or no
    ///
    /// 1    Who pays
    /// 1.1  For each service, when nursing: the ICB 100%.
    /// 1.2  For each service, when not nursing: the council 100%.
    /// 1.3  For each service, split price in the shares of section 1.
    /// ").unwrap();
    /// let mut case = policy.new_case();
    /// policy.add_item(&mut case, "service", [("price", "£640.00"), ("nursing", "yes")]).unwrap();
    /// policy.add_item(&mut case, "service", [("price", "£120.00"), ("nursing", "no")]).unwrap();
    /// let decision = policy.decide(&case).unwrap();
    /// assert_eq!(policy.pays(&decision, "the ICB").unwrap().to_string(), "£640.00");
    /// assert_eq!(policy.pays(&decision, "the council").unwrap().to_string(), "£120.00");
    /// ```
    pub fn add_item<'t>(
        &self,
        case: &mut Case,
        list: &str,
        facts: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Result<Item, CaseMistake> {
        let id = self.list(list).ok_or_else(|| self.no_such_list(list))?;
        let item = self.new_item(case, id)?;
        let mut stated: Vec<FactId> = Vec::new();
        for (name, text) in facts {
            let fact = self.fact(name).ok_or_else(|| self.no_such_fact(name))?;
            if stated.contains(&fact) {
                return Err(CaseMistake::StatedTwice { fact: name.to_string() });
            }
            stated.push(fact);
            self.state_item(case, item, fact, text)?;
        }
        Ok(item)
    }

    /// The mistake that no list has this name, with the nearest that there is.
    #[must_use]
    pub fn no_such_list(&self, name: &str) -> CaseMistake {
        let lists = self.checked.lists.iter();
        let names = lists.flat_map(|list| [list.plural.as_str(), list.singular.as_str()]);
        let near = crate::names::nearest_of(names, &naming::key(name)).map(String::from);
        CaseMistake::NoSuchList { name: name.to_string(), near }
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
    fn out_of_force(&self, day: Date) -> ReadMistake {
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
        let outside = naming::outside(name);
        let names = self.facts().iter().map(|fact| fact.outside.as_str());
        let near = crate::names::nearest_of(names, &outside);
        let near = |fact: &&Fact| Some(fact.outside.as_str()) == near;
        // The fact of a tool, written without the word that says whose it is.
        let own = |fact: &&Fact| naming::outside(&fact.name) == outside;
        let facts = || self.facts().iter();
        let near = facts().find(own).or_else(|| facts().find(near));
        let near = near.map(|fact| String::from(fact.told_as()));
        CaseMistake::NoSuchFact { name: name.to_string(), near }
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
        let decided = self.program().decide(case, decision);
        decided.map_err(|error| self.not_decided(error, decision))
    }

    /// Why it cannot be foreseen what comes of a case, in the policy's own words. Of a case of which
    /// everything is known it is decided once more, to say which clauses met.
    pub(crate) fn not_foreseen(&self, case: &Case, error: DecideError) -> Refused {
        let mut decision = Decision::new(self.program());
        let _ = self.program().decide(case, &mut decision);
        self.not_decided(error, &decision)
    }

    /// Why a case was not decided, in the policy's own words.
    fn not_decided(&self, error: DecideError, decision: &Decision) -> Refused {
        match error {
            DecideError::NotKnown { fact, item } => self.not_known(fact, item),
            DecideError::ListNotStated { list } => {
                let list = self.checked.lists.get(list.index());
                Refused::ListNotStated {
                    list: list.map(|list| list.plural.clone()).unwrap_or_default(),
                    outside: list.map(|list| list.outside.clone()).unwrap_or_default(),
                }
            }
            DecideError::Refused { refusal, item } => {
                self.refused(refusal, item, &Met::in_case(decision, item))
            }
            _ => Refused::OtherPolicy,
        }
    }

    /// What a refusal says in the policy's own words.
    pub(crate) fn refused(&self, refusal: Refusal, item: Option<Item>, met: &Met) -> Refused {
        let refused = crate::refusal::refused(&self.checked, refusal, met);
        match item {
            Some(item) => refused.of_item(&self.show_item(item)),
            None => refused,
        }
    }

    /// An item as people speak of it: `service 2`.
    #[must_use]
    pub fn show_item(&self, item: Item) -> String {
        let list = self.checked.lists.get(item.list.index());
        let singular = list.map(|list| list.singular.as_str()).unwrap_or_default();
        alloc::format!("{singular} {}", item.index + 1)
    }

    /// That a fact which the case needs is not known, or that it awaits the panel which
    /// decides it.
    #[must_use]
    pub fn not_known(&self, fact: FactId, item: Option<Item>) -> Refused {
        crate::refusal::not_known(&self.checked, fact, item.map(|item| self.show_item(item)))
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
        decision.concludes(self.conclusion(conclusion)?)
    }

    /// The conclusion with this name, as the policy writes it or in snake case.
    #[must_use]
    pub fn conclusion(&self, name: &str) -> Option<ConclusionId> {
        let outside = naming::outside(name);
        let place = self.checked.conclusions.iter().position(|it| it.outside == outside)?;
        Some(ConclusionId(u32::try_from(place).ok()?))
    }
}

/// Whether a text says `not known`. Most texts of a caseload do not begin like it, and are
/// not looked at further.
fn is_not_known(text: &str) -> bool {
    text.trim_start().starts_with(['n', 'N']) && naming::word_key(text) == NOT_KNOWN
}

/// The SHA-256 of a policy's text: byte order mark dropped, line ends as `\n`.
///
/// Of a policy that uses others it is that of all texts, the policy's own first and the others in
/// the order of their names, each after its name and its length in bytes. What the policy's own
/// file is called does not matter.
#[must_use]
pub fn fingerprint(source: &Source) -> Fingerprint {
    let plain = |text: &str| text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let own = plain(source.own_text());
    let mut tools: Vec<_> = source.texts().skip(1).collect();
    if tools.is_empty() {
        return Fingerprint(Sha256::digest(own.as_bytes()).into());
    }
    tools.sort_by_key(|tool| tool.name);
    let tools = tools.into_iter().map(|tool| (tool.name, plain(tool.text)));
    let mut digest = Sha256::new();
    for (name, text) in core::iter::once(("", own)).chain(tools) {
        digest.update(alloc::format!("{name}\n{}\n", text.len()).as_bytes());
        digest.update(text.as_bytes());
    }
    Fingerprint(digest.finalize().into())
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
