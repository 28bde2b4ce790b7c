//! Declarations: parties, panels, sources, levels, facts and families.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::date::Date;
use apportion_core::program::{FactId, PanelId, PartyId};

use super::Checker;
use super::meaning::Meaning;
use super::mistake::{DeclarationMistake, ListMistake};
use crate::checked::{self, Declared, FamilyId, ListId, Type, WordList, WordListId};
use crate::days::Days;
use crate::names::nearest_of;
use crate::naming;
use crate::number::{Number, reduced};
use crate::reading;
use crate::source::Span;
use crate::syntax::{self, Decimal, FactType, Group, Item, Name, Step, Word};
use crate::unit::Unit;

/// Money is from £0.00 to £10,000,000.00 unless the policy says otherwise.
const MOST_PENCE: i64 = 1_000_000_000;

/// More words, members or parties than this do not fit a byte.
const MOST_IN_A_LIST: usize = 254;

impl<'a> Checker<'a> {
    /// Reads the header: everything that clauses speak of.
    pub(super) fn declare(&mut self) {
        self.declare_tools();
        let blocks = &self.syntax.blocks;
        for block in blocks {
            self.block_start = block.span.start;
            match &block.item {
                Item::Title { title } => self.declare_title(&title.value),
                Item::About { subject } => {
                    self.policy.subject.clone_from(&subject.key);
                    self.one_subject(subject);
                    self.give_meaning(subject, Meaning::Subject);
                }
                Item::Parties(parties) => self.declare_parties(parties),
                Item::Panels(panels) => {
                    for (index, panel) in numbered(panels) {
                        self.give_meaning(&panel.name, Meaning::Panel(PanelId(index)));
                        let declared = self.declared(panel);
                        self.policy.panels.push(declared);
                    }
                }
                Item::Sources(sources) => {
                    for source in sources {
                        self.give_meaning(&source.name, Meaning::Source);
                        let declared = self.declared(source);
                        self.policy.sources.push(declared);
                    }
                }
                Item::Version(version) => self.declare_version(version),
                Item::Uses(uses) => self.use_tool(uses),
                Item::Levels { of, levels } => self.declare_levels(of, levels),
                _ => {}
            }
        }
        self.bound_version();
        for block in blocks {
            self.block_start = block.span.start;
            match &block.item {
                Item::Facts(facts) => facts.iter().for_each(|fact| self.declare_fact(fact, None)),
                Item::Family(family) => self.declare_family(family),
                Item::List(list) => self.declare_list(list),
                _ => {}
            }
        }
        for block in blocks {
            self.block_start = block.span.start;
            if let Item::Group(group) = &block.item {
                self.declare_group(group);
            }
        }
        for block in blocks {
            self.block_start = block.span.start;
            if let Item::DatedBy { fact } = &block.item {
                self.has_dated_by = true;
                self.declare_dated_by(fact);
                self.one_dated_by(fact);
            }
        }
        self.name_parties();
    }

    fn declare_title(&mut self, title: &str) {
        let title = String::from(title);
        match self.tool_at_hand() {
            Some(tool) => tool.title = title,
            None => self.policy.title = title,
        }
    }

    fn declared(&self, declared: &syntax::Declared) -> Declared {
        Declared {
            name: self.with_article(&declared.name),
            outside: self.outside(&declared.name),
            text: declared.text.value.clone(),
            dated: Vec::new(),
            span: self.place(declared.name.span),
        }
    }

    /// A name with its capitals, as its declaration writes it.
    pub(super) fn as_written(&self, name: &Name) -> String {
        self.written_at(self.place(name.span))
    }

    /// What stands at a place, with single spaces.
    pub(super) fn written_at(&self, place: Span) -> String {
        place.of(self.text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// A name as its declaration writes it, with its article: `the ICB`.
    fn with_article(&self, name: &Name) -> String {
        let place = self.place(name.span);
        let before = Span { start: self.block_start, end: place.start }.of(self.text);
        // The line above ends with another name.
        let before = before.rsplit('\n').next().unwrap_or_default().trim_end();
        let article = ["the", "a", "an"].into_iter().find(|article| {
            let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
            word.eq_ignore_ascii_case(article)
        });
        let written = self.as_written(name);
        article.map_or(written.clone(), |article| alloc::format!("{article} {written}"))
    }

    fn declare_parties(&mut self, parties: &[syntax::Declared]) {
        for (index, party) in numbered(parties) {
            self.give_meaning(&party.name, Meaning::Party(PartyId(index)));
            let declared = self.declared(party);
            self.policy.parties.push(declared);
        }
        self.check_length("parties", parties.len(), parties.last().map(|party| party.name.span));
    }

    pub(super) fn check_length(&mut self, what: &'static str, length: usize, span: Option<Span>) {
        if length > MOST_IN_A_LIST {
            let span = self.place(span.unwrap_or_default());
            self.report(DeclarationMistake::TooMany { what, most: MOST_IN_A_LIST, span });
        }
    }

    fn declare_version(&mut self, version: &syntax::Version) {
        let dates = [version.until.as_ref(), version.review_by.as_ref()];
        for date in dates.into_iter().flatten() {
            if date.value < version.from.value {
                let span = self.place(date.span);
                let from = self.place(version.from.span);
                self.report(DeclarationMistake::EndsBeforeItBegins { span, from });
            }
        }
        let last = dates.into_iter().flatten().last().unwrap_or(&version.from);
        let span = self.place(last.span);
        let version = checked::Version {
            number: version.number,
            from: version.from.value,
            until: version.until.as_ref().map(|date| date.value),
            review_by: version.review_by.as_ref().map(|date| date.value),
            span,
        };
        match self.tool_at_hand() {
            Some(tool) => tool.version = version,
            None => {
                self.has_version = true;
                self.policy.version = version;
            }
        }
    }

    fn declare_levels(&mut self, of: &Name, levels: &[Word]) {
        self.give_meaning(of, Meaning::Levels);
        let list = self.word_list(levels, true);
        self.ladders.insert(of.key.clone(), list);
    }

    /// Declares a closed list of words.
    fn word_list(&mut self, words: &[Word], is_ordered: bool) -> WordListId {
        let mut first: BTreeMap<&str, Span> = BTreeMap::new();
        for word in words {
            let span = self.place(word.span);
            if let Some(&first) = first.get(word.key.as_str()) {
                self.report(DeclarationMistake::WordTwice { word: word.key.clone(), span, first });
            } else {
                first.insert(&word.key, span);
            }
        }
        self.check_length("words", words.len(), words.last().map(|word| word.span));
        let words = words.iter().map(|word| self.written_at(self.place(word.span))).collect();
        self.add_word_list(WordList { words, is_ordered, is_declared: true })
    }

    /// Keeps a word list.
    pub(super) fn add_word_list(&mut self, list: WordList) -> WordListId {
        self.policy.word_lists.push(list);
        WordListId(super::id(self.policy.word_lists.len() - 1))
    }

    /// The words of a list.
    pub(super) fn words(&self, list: WordListId) -> &[String] {
        self.policy.word_lists.get(list.0 as usize).map_or(&[], |list| &list.words)
    }

    /// The place of a word in a list, by its key.
    pub(super) fn place_of_word(&self, list: WordListId, key: &str) -> Option<usize> {
        self.policy.word_lists.get(list.0 as usize)?.place(key)
    }

    /// Declares a fact of the case, or of each item of a list.
    pub(super) fn declare_fact(&mut self, fact: &syntax::Fact, list: Option<ListId>) {
        let id = FactId(super::id(self.policy.facts.len()));
        self.give_meaning(&fact.name, Meaning::Fact(id));
        let (kind, step) = self.fact_type(&fact.kind, fact.kind_span);
        let never = match &fact.kind {
            FactType::Level { never, .. } => self.never(&kind, never),
            _ => Vec::new(),
        };
        let default = fact.default.as_ref();
        self.add_fact(&fact.name, FactForm { kind, step, never }, default, None);
        let decided_by = self.decided_by(fact, list);
        if let Some(declared) = self.policy.facts.last_mut() {
            declared.list = list;
            declared.decided_by = decided_by;
            declared.is_text = fact.kind == FactType::Text;
            declared.ask = fact.ask.as_ref().map(|ask| ask.value.clone());
        }
    }

    fn add_fact(
        &mut self,
        name: &Name,
        FactForm { kind, step, never }: FactForm,
        default: Option<&syntax::Spanned<String>>,
        family: Option<FamilyId>,
    ) {
        let mut fact = checked::Fact {
            name: self.as_written(name),
            outside: self.outside(name),
            kind,
            is_text: false,
            never,
            step,
            default: None,
            ask: None,
            family,
            list: None,
            only_when: None,
            decided_by: None,
            panel_share: None,
            span: self.place(name.span),
        };
        if let Some(default) = default.filter(|_| fact.kind != Type::Broken) {
            match reading::read(&fact, &self.policy.word_lists, &default.value) {
                Ok(constant) => fact.default = Some(constant),
                Err(mistake) => {
                    let span = self.place(default.span);
                    self.report(DeclarationMistake::DefaultIsNoValue { span, mistake });
                }
            }
        }
        self.policy.facts.push(fact);
    }

    fn declare_family(&mut self, family: &syntax::Family) {
        let id = FamilyId(super::id(self.policy.families.len()));
        self.give_meaning(&family.plural, Meaning::Family(id));
        let singular = family.singular.clone().unwrap_or_else(|| Name {
            key: naming::singular(&family.plural.key),
            span: family.plural.span,
        });
        if singular.key != family.plural.key {
            self.give_meaning(&singular, Meaning::Family(id));
        }
        let (kind, step) = self.fact_type(&family.kind, family.kind_span);
        let never = match &family.kind {
            FactType::Level { never, .. } => never.as_slice(),
            _ => &[],
        };
        let first = self.policy.facts.len();
        for member in family.members.iter().take(MOST_IN_A_LIST) {
            let fact = FactId(super::id(self.policy.facts.len()));
            self.give_meaning(&member.name, Meaning::Fact(fact));
            let kind = match &member.top {
                Some(top) => self.up_to(&kind, top),
                None => kind.clone(),
            };
            let never = match &member.top {
                Some(_) => self.never(&kind, &member.never),
                None => self.never(&kind, never),
            };
            let form = FactForm { kind, step, never };
            self.add_fact(&member.name, form, family.default.as_ref(), Some(id));
        }
        let span = family.members.last().map(|member| member.name.span);
        self.check_length("members", family.members.len(), span);
        let members = (first..self.policy.facts.len()).map(|fact| FactId(super::id(fact)));
        let members: Vec<FactId> = members.collect();
        let words = family.members.iter().map(|member| self.as_written(&member.name)).collect();
        let list = WordList { words, is_ordered: false, is_declared: true };
        let names = self.add_word_list(list);
        self.policy.families.push(checked::Family {
            plural: family.plural.key.clone(),
            singular: singular.key,
            members,
            names,
            part_of: None,
        });
    }

    /// The levels that a fact never has, by their numbers.
    fn never(&mut self, kind: &Type, written: &[Word]) -> Vec<u8> {
        let mut never = Vec::with_capacity(written.len());
        for word in written {
            let Type::Words { list, count } = kind else { continue };
            let place = self.place_of_word(*list, &word.key).map(count_of);
            let span = self.place(word.span);
            match place {
                Some(place) if place + 1 < *count => never.push(place),
                Some(_) => self.report(DeclarationMistake::NeverAtTheTop { span }),
                None => {
                    self.no_such_level(&word.key, *list, span);
                }
            }
        }
        never.sort_unstable();
        never.dedup();
        never
    }

    /// `group starred domains   breathing, challenging behaviour`
    fn declare_group(&mut self, group: &Group) {
        let mut members: Vec<(FactId, FamilyId)> = Vec::new();
        for name in &group.members {
            let span = self.place(name.span);
            let fact = match self.meaning(&name.key) {
                Some(Meaning::Fact(fact)) => Some(fact),
                _ => None,
            };
            let family = fact.and_then(|fact| self.policy.facts.get(fact.index())?.family);
            let (Some(fact), Some(family)) = (fact, family) else {
                if self.meaning(&name.key).is_some() {
                    self.report(DeclarationMistake::NoMember { name: name.key.clone(), span });
                }
                return;
            };
            if members.iter().any(|(earlier, _)| *earlier == fact) {
                self.report(DeclarationMistake::MemberTwice { name: name.key.clone(), span });
                return;
            }
            if members.first().is_some_and(|(_, first)| *first != family) {
                self.report(DeclarationMistake::MembersOfTwoFamilies { span });
                return;
            }
            members.push((fact, family));
        }
        let Some((_, whole)) = members.first().copied() else { return };
        members.sort_unstable();
        let id = FamilyId(super::id(self.policy.families.len()));
        let singular = self.name_group(group, Meaning::Family(id));
        let members: Vec<FactId> = members.into_iter().map(|(fact, _)| fact).collect();
        let facts = members.iter().filter_map(|fact| self.policy.facts.get(fact.index()));
        let words = facts.map(|fact| fact.name.clone()).collect();
        let names = self.add_word_list(WordList { words, is_ordered: false, is_declared: true });
        self.policy.families.push(checked::Family {
            plural: group.plural.key.clone(),
            singular,
            members,
            names,
            part_of: Some(whole),
        });
    }

    /// Gives a meaning to both names of a group; returns the singular.
    fn name_group(&mut self, group: &Group, meaning: Meaning) -> String {
        self.give_meaning(&group.plural, meaning);
        let singular = group.singular.clone().unwrap_or_else(|| Name {
            key: naming::singular(&group.plural.key),
            span: group.plural.span,
        });
        if singular.key != group.plural.key {
            self.give_meaning(&singular, meaning);
        }
        singular.key
    }

    /// The same words up to a top.
    fn up_to(&mut self, kind: &Type, top: &Word) -> Type {
        // A family of a type with a mistake has that mistake only.
        if *kind == Type::Broken {
            return Type::Broken;
        }
        let Type::Words { list, .. } = kind else {
            let span = self.place(top.span);
            self.report(DeclarationMistake::TopWithoutLevels { span });
            return Type::Broken;
        };
        match self.place_of_word(*list, &top.key) {
            Some(place) => Type::Words { list: *list, count: count_of(place + 1) },
            None => {
                let span = self.place(top.span);
                self.no_such_level(&top.key, *list, span);
                Type::Broken
            }
        }
    }

    fn no_such_level(&mut self, level: &str, list: WordListId, span: Span) {
        let words = self.words(list).to_vec();
        if !self.is_told_of_word(level, &words) {
            let level = String::from(level);
            self.report(DeclarationMistake::NoSuchLevel { level, words, span });
        }
    }

    /// The type a declaration writes, and the step of its numbers.
    fn fact_type(&mut self, kind: &FactType, span: Span) -> (Type, i64) {
        match kind {
            FactType::YesNo => (Type::YesNo, 1),
            FactType::Text => {
                let list = WordList { words: Vec::new(), is_ordered: false, is_declared: true };
                (Type::Words { list: self.add_word_list(list), count: 0 }, 1)
            }
            FactType::Date { from, to } => {
                let first = from.as_ref().map_or(Date::MIN, |date| date.value);
                let last = to.as_ref().map_or(Date::MAX, |date| date.value);
                if first > last {
                    let span = self.place(span);
                    self.report(DeclarationMistake::BoundsReversed { span });
                }
                (Type::Date { first, last }, 1)
            }
            FactType::OneOf(words) => {
                let list = self.word_list(words, false);
                (Type::Words { list, count: count_of(words.len()) }, 1)
            }
            FactType::Level { of, top, .. } => self.level_type(of, top.as_ref()),
            FactType::Number { unit, step, bounds } => {
                if matches!(step, Step::Missing) {
                    let kinds = ["money", "percent"].into_iter();
                    let near = unit.as_ref().and_then(|unit| nearest_of(kinds, &unit.thing));
                    let span = self.place(span);
                    self.report(DeclarationMistake::NoStep { near, span });
                }
                let unit = unit.as_ref().map_or_else(Unit::plain, |unit| {
                    Unit::counted(&naming::singular(&unit.thing), unit.per.as_deref())
                });
                let bounds = bounds.as_ref().map(|(least, most)| (least.value, most.value));
                self.number_type(unit, *step, bounds, span)
            }
            FactType::Money { per, bounds } => {
                let unit = Unit::money(per.as_ref().map(|per| per.value.as_str()));
                let (least, greatest) = bounds
                    .as_ref()
                    .map_or((0, MOST_PENCE), |(least, most)| (least.value, most.value));
                let number = Number { unit, denominator: 1, least, greatest };
                (self.number_within(number, span), 1)
            }
            FactType::Percent { step, bounds } => {
                let hundred = Decimal { digits: 100, places: 0 };
                let zero = Decimal { digits: 0, places: 0 };
                let step = step.unwrap_or(Decimal { digits: 1, places: 2 });
                let (least, most) =
                    bounds.as_ref().map_or((zero, hundred), |(a, b)| (a.value, b.value));
                let step = Step::Of(a_hundredth(step));
                let bounds = (a_hundredth(least), a_hundredth(most));
                self.number_type(Unit::percent(), step, Some(bounds), span)
            }
        }
    }

    fn level_type(&mut self, of: &Name, top: Option<&Word>) -> (Type, i64) {
        let Some(list) = self.ladders.get(&of.key).copied() else {
            let span = self.place(of.span);
            if self.names.is_lost(&of.key) {
                return (Type::Broken, 1);
            }
            let known = self.ladders.keys().cloned().collect();
            self.report(DeclarationMistake::NoSuchLadder { of: of.key.clone(), known, span });
            return (Type::Broken, 1);
        };
        let whole = Type::Words { list, count: count_of(self.words(list).len()) };
        match top {
            Some(top) => (self.up_to(&whole, top), 1),
            None => (whole, 1),
        }
    }

    fn number_type(
        &mut self,
        unit: Unit,
        step: Step,
        bounds: Option<(Decimal, Decimal)>,
        span: Span,
    ) -> (Type, i64) {
        let place = self.place(span);
        let (numerator, denominator) = match step {
            Step::Whole => (1, 1),
            Step::OneOver(parts) => (1, i64::from(parts.max(1))),
            Step::Of(step) => fraction(step),
            Step::Missing => {
                // Which has been reported.
                return (Type::Broken, 1);
            }
        };
        let Some((least, most)) = bounds else {
            self.report(DeclarationMistake::NoBounds { span: place });
            return (Type::Broken, 1);
        };
        if numerator <= 0 {
            self.report(DeclarationMistake::StepNotAboveZero { span: place });
            return (Type::Broken, 1);
        }
        let over = |bound: Decimal| {
            let (digits, places) = fraction(bound);
            let scaled = digits.checked_mul(denominator)?;
            (scaled % places == 0).then_some(scaled / places)
        };
        let (Some(least), Some(greatest)) = (over(least), over(most)) else {
            self.report(DeclarationMistake::BoundBetweenSteps { span: place });
            return (Type::Broken, 1);
        };
        (self.number_within(Number { unit, denominator, least, greatest }, span), numerator)
    }

    /// The type of a number, if its bounds are the right way round.
    fn number_within(&mut self, number: Number, span: Span) -> Type {
        if number.least <= number.greatest {
            return Type::Number(number);
        }
        let span = self.place(span);
        self.report(DeclarationMistake::BoundsReversed { span });
        Type::Broken
    }

    fn declare_dated_by(&mut self, name: &Name) {
        let Some(Meaning::Fact(id)) = self.meaning(&name.key) else {
            self.wrong_kind(name, "a fact that is a date");
            return;
        };
        let span = self.place(name.span);
        let list = self.policy.facts.get(id.index()).and_then(|fact| fact.list);
        if let Some(list) = list.and_then(|list| self.list(list)) {
            let singular = list.singular.clone();
            self.report(ListMistake::DatedByOfItems { singular, span });
            return;
        }
        let in_force = Days::new(Some(self.policy.version.from), self.policy.version.until);
        let fact = self.policy.facts.get_mut(id.index());
        let Some(Type::Date { first, last }) = fact.map(|fact| &mut fact.kind) else {
            self.report(DeclarationMistake::DatedByNoDate { span });
            return;
        };
        let declared = Days { first: *first, last: *last };
        match declared.and(in_force) {
            Some(days) => {
                (*first, *last) = (days.first, days.last);
                self.policy.dated_by = Some(id);
            }
            // Bounds the wrong way round have been reported.
            None if declared.first > declared.last => self.policy.dated_by = Some(id),
            None => {
                self.report(DeclarationMistake::DatedByNeverInForce { span, declared, in_force })
            }
        }
    }
}

/// What a fact can be.
struct FactForm {
    kind: Type,
    step: i64,
    never: Vec<u8>,
}

/// Items with their numbers.
fn numbered<T>(items: &[T]) -> impl Iterator<Item = (u32, &T)> {
    items.iter().enumerate().map(|(index, item)| (super::id(index), item))
}

/// How many words, as a byte; a longer list has been reported.
pub(super) fn count_of(length: usize) -> u8 {
    u8::try_from(length).unwrap_or(u8::MAX)
}

/// A decimal as a fraction in lowest terms.
pub(super) fn fraction(decimal: Decimal) -> (i64, i64) {
    reduced(decimal.digits, 10_i64.checked_pow(decimal.places.into()).unwrap_or(i64::MAX))
}

/// A percent as a number: two more places.
pub(super) fn a_hundredth(percent: Decimal) -> Decimal {
    Decimal { digits: percent.digits, places: percent.places.saturating_add(2) }
}
