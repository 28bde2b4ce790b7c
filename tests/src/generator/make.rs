//! Makes a model from choices: header, facts, then clauses, each of what came before it.

mod conclusion;
mod condition;
mod day;
mod definition;
mod facts;
mod level;
mod list;
mod listed;
mod names;
mod number;
mod payment;
mod promise;
mod question;
mod shares;
mod sometimes;
mod table;
mod wording;

use apportion_core::date::Date;

use apportion::number::Number;

use super::choices::Choices;
use super::model::{
    Body, Clause, ClauseKey, Condition, Declared, Each, Example, Model, Place, Section, Sentence,
    Style,
};

/// Makes a policy.
#[must_use]
pub fn generate(choices: &mut dyn Choices) -> Model {
    let mut maker = Maker::new(choices);
    maker.header();
    maker.declare_facts();
    maker.declare_lists();
    maker.restrict_facts();
    maker.clauses();
    maker.examples();
    maker.finish()
}

/// What a clause may speak of.
#[derive(Clone, Debug)]
struct Known {
    name: String,
    kind: Kind,
    /// Whether it is a fact, a value or a value for each member.
    origin: Origin,
    /// The list whose items have it, by its place.
    list: Option<usize>,
}

/// Where a name comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    Fact,
    Value,
    /// A value for each member of a family, by its place.
    Each(usize),
}

/// The type of what a name stands for.
#[derive(Clone, Debug, PartialEq)]
enum Kind {
    YesNo,
    /// Levels of a ladder, by its place, up to so many.
    Levels(usize, usize),
    /// Words without order.
    Words(Vec<String>),
    Date(Date, Date),
    Number(Number),
}

/// A family that was declared.
#[derive(Clone, Debug)]
struct KnownFamily {
    plural: String,
    singular: String,
    members: Vec<String>,
    /// What each member is, with the highest top there is.
    kind: Kind,
}

/// A list that was declared.
#[derive(Clone, Debug)]
struct KnownList {
    plural: String,
    singular: String,
    most: u32,
}

/// A conclusion that clauses draw.
#[derive(Clone, Debug)]
struct KnownConclusion {
    name: String,
    /// The list of whose items it is drawn.
    list: Option<usize>,
}

/// Which section a clause belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Chapter {
    Cover,
    Eligibility,
    Values,
    Shares(usize),
    Payments,
    Promises,
}

/// A policy in the making.
struct Maker<'c> {
    choices: &'c mut dyn Choices,
    model: Model,
    known: Vec<Known>,
    families: Vec<KnownFamily>,
    lists: Vec<KnownList>,
    /// The list of whose items the clause in the making speaks.
    item: Option<usize>,
    /// Whether a `where` is in the making, which holds no other.
    is_in_filter: bool,
    /// The facts that do not apply to every case.
    sometimes: Vec<sometimes::Sometimes>,
    conclusions: Vec<KnownConclusion>,
    clauses: Vec<(Chapter, Clause)>,
    /// How many names of values were given out.
    values: usize,
    /// The rates, each with its first day.
    rates: Vec<(String, Date)>,
    /// Whether gaps, overlaps and clashes are let in.
    is_careless: bool,
    in_force: Date,
    /// The last day of the version, where it says one.
    in_force_until: Option<Date>,
    /// Sections of shares: each a list of its clauses.
    share_sections: Vec<Vec<ClauseKey>>,
}

impl<'c> Maker<'c> {
    fn new(choices: &'c mut dyn Choices) -> Self {
        Maker {
            choices,
            model: Model::default(),
            known: Vec::new(),
            families: Vec::new(),
            lists: Vec::new(),
            item: None,
            is_in_filter: false,
            sometimes: Vec::new(),
            conclusions: Vec::new(),
            clauses: Vec::new(),
            values: 0,
            rates: Vec::new(),
            is_careless: false,
            in_force: Date::MIN,
            in_force_until: None,
            share_sections: Vec::new(),
        }
    }

    fn header(&mut self) {
        let choices = &mut *self.choices;
        self.is_careless = choices.is_in(15);
        self.model.style = style(choices);
        self.model.title = "A policy that nobody thought of".into();
        self.model.subject = choices.word(names::SUBJECTS).into();
        let parties = 2 + choices.below(4);
        self.model.parties = declared(names::PARTIES, parties);
        // The order of the parties decides ties.
        choices.shuffle(&mut self.model.parties);
        self.model.panels = declared(names::PANELS, choices.below(3));
        self.model.sources = declared(names::SOURCES, choices.below(4));
        let year = 2020 + i32::try_from(choices.below(6)).unwrap_or(0);
        self.in_force = Date::new(year, 4, 1).unwrap_or(Date::MIN);
        let mut version = format!("{}, in force from 1 April {year}", 1 + choices.below(9));
        if choices.is_in(20) {
            self.in_force_until = Date::new(year + 5, 3, 31);
            version += &format!(", until 31 March {}", year + 5);
        }
        if choices.is_in(30) {
            version += &format!(", review by 31 March {}", year + 3);
        }
        self.model.version = version;
    }

    /// All clauses, in an order in which each speaks only of what came before it.
    fn clauses(&mut self) {
        if self.choices.is_in(60) {
            self.cover();
        }
        let steps = 4 + self.choices.below(9);
        for _ in 0..steps {
            if !self.sometimes.is_empty() && self.choices.is_in(20) {
                self.clause_of_sometimes();
            }
            match self.choices.below(12) {
                0..3 => self.perhaps_of_items(40, Self::conclusion),
                3 => self.rate(),
                4 => self.table_for_members(),
                5 | 6 => self.perhaps_of_items(35, Self::value_table),
                7 if self.choices.is_in(40) => self.perhaps_of_items(40, Self::counting_table),
                7 if self.choices.is_in(60) => self.perhaps_of_items(40, Self::slices),
                8 if self.choices.is_in(35) => self.perhaps_of_items(40, Self::listed_table),
                _ => self.perhaps_of_items(45, Self::definition),
            }
        }
        for _ in 0..1 + self.choices.below(3) {
            self.perhaps_of_items(50, Self::payment);
        }
        for _ in 0..self.choices.below(3) {
            if self.choices.is_in(65) { self.limit() } else { self.floor() }
        }
        if self.choices.is_in(20) {
            self.perhaps_of_items(40, Self::requirement);
        }
        for _ in 0..self.choices.below(2) {
            self.perhaps_of_items(50, Self::referral);
        }
        for _ in 0..self.choices.below(3) {
            self.promise();
        }
    }

    /// Adds a clause that says one sentence.
    fn add(&mut self, chapter: Chapter, mut sentence: Sentence) -> ClauseKey {
        if sentence.each.is_none() {
            sentence.each = self.each(&sentence);
        }
        let key = ClauseKey(self.clauses.len());
        let mut clause = Clause { key, sentences: vec![sentence], ..Clause::default() };
        clause.citations = self.citations();
        if self.choices.is_in(5) {
            clause.note = Some("agreed by both, see 2.1 of the minutes".into());
        }
        if self.choices.is_in(5) {
            clause.comment = Some("| not a row, [not a citation]".into());
        }
        self.clauses.push((chapter, clause));
        key
    }

    fn citations(&mut self) -> Vec<String> {
        let count = self.choices.below(3).saturating_sub(usize::from(self.choices.is_in(50)));
        (0..count).filter_map(|place| self.citation(place + 1)).collect()
    }

    fn citation(&mut self, place: usize) -> Option<String> {
        let source = self.choices.pick(&self.model.sources)?;
        Some(format!("{} {place}.{}", source.name, place + 1))
    }

    /// A switch for a clause, by what was known before the clause gave anything.
    fn perhaps_switch(&mut self, chapter: Chapter, key: ClauseKey) {
        if self.choices.is_in(6) {
            let outer = self.item;
            // The case may switch off what is said of each item.
            self.item = outer.filter(|_| !self.choices.is_in(40));
            let when = self.condition(1);
            self.add(chapter, Sentence::when(when, Body::Switch(key)));
            self.item = outer;
        }
    }

    /// A name for a value that nothing has yet.
    fn new_value(&mut self) -> String {
        self.values += 1;
        let word = self.choices.word(names::VALUES);
        format!("{word} {}", self.values)
    }

    fn know(&mut self, name: String, kind: Kind, origin: Origin) {
        self.known.push(Known { name, kind, origin, list: self.item });
    }

    /// What may be spoken of: what the case has, and what the item at hand has.
    fn in_scope(&self) -> impl Iterator<Item = &Known> {
        self.known.iter().filter(|known| known.list.is_none() || known.list == self.item)
    }

    /// The conclusions about the case and about the item at hand.
    fn conclusions_in_scope(&self) -> Vec<String> {
        let conclusions = self.conclusions.iter();
        let in_scope = conclusions.filter(|it| it.list.is_none() || it.list == self.item);
        in_scope.map(|conclusion| conclusion.name.clone()).collect()
    }

    /// The names in scope of which this holds.
    fn names(&self, fits: impl Fn(&Kind) -> bool) -> Vec<String> {
        let is_whole = |known: &&Known| !matches!(known.origin, Origin::Each(_));
        let known = self.in_scope().filter(is_whole).filter(|known| fits(&known.kind));
        known.map(|known| known.name.clone()).collect()
    }

    fn pick_name(&mut self, fits: impl Fn(&Kind) -> bool) -> Option<String> {
        let names = self.names(fits);
        self.choices.pick(&names).cloned()
    }

    /// A condition and its opposite, where it has one.
    fn either_way(&mut self) -> Option<(Condition, Condition)> {
        (0..8).find_map(|_| {
            let condition = self.condition(1);
            let opposite = condition::opposite(&condition)?;
            Some((condition, opposite))
        })
    }

    fn examples(&mut self) {
        if !self.choices.is_in(10) {
            return;
        }
        let given: Vec<String> = {
            let facts = self.model.facts.iter().filter(|fact| fact.only_when.is_none());
            facts.filter_map(facts::plain_value).collect()
        };
        let name = String::from("A plain case");
        let but = given.last().cloned();
        let (decides, awaits) = self.decided_in_examples();
        let but = but.into_iter().chain(decides).collect();
        let (mut first, other) = (self.stated_items(), self.changed_items());
        let plain = Example { name: name.clone(), given, ..Example::default() };
        first.1.extend(awaits);
        let base = Some(name);
        let other_name = "Another case".into();
        self.model.examples = vec![
            Example { items: first.0, expect: first.1, ..plain },
            Example { name: other_name, base, given: but, items: other, ..Example::default() },
        ];
    }

    /// Puts the clauses in sections, in any order that keeps limits last, and numbers them.
    fn finish(mut self) -> Model {
        self.wordings();
        let mut chapters: Vec<Chapter> = Vec::new();
        for (chapter, _) in &self.clauses {
            if !chapters.contains(chapter) {
                chapters.push(*chapter);
            }
        }
        if self.choices.is_in(30) {
            self.choices.shuffle(&mut chapters);
        }
        let mut number = 0;
        let mut numbers = Vec::new();
        for chapter in chapters {
            number += 1 + u32::from(self.choices.is_in(5));
            numbers.push((chapter, number));
            let own = self.clauses.iter().filter(|(of, _)| *of == chapter);
            let mut clauses: Vec<Clause> = own.map(|(_, clause)| clause.clone()).collect();
            if self.choices.is_in(40) {
                self.choices.shuffle(&mut clauses);
            }
            self.number_clauses(number, &mut clauses);
            let title = self.choices.word(names::TITLES).into();
            self.model.sections.push(Section { number, title, clauses });
        }
        let mut model = self.model;
        for sentence in model.sentences_mut() {
            renumber_sections(sentence, &numbers);
        }
        model.is_open = self.choices.is_in(12);
        wording::rename_parties(&mut model, self.in_force.year() + 1, self.choices);
        model
    }

    fn number_clauses(&mut self, section: u32, clauses: &mut [Clause]) {
        let mut last = 0;
        let mut has_letter = true;
        for clause in clauses {
            if !has_letter && self.choices.is_in(6) {
                has_letter = true;
                clause.number = format!("{section}.{last}A");
                continue;
            }
            last += 1 + if self.choices.is_in(4) { 8 } else { 0 };
            has_letter = false;
            clause.number = format!("{section}.{last}");
        }
    }
}

/// Sections of shares are named by their place until all sections have numbers.
fn renumber_sections(sentence: &mut Sentence, numbers: &[(Chapter, u32)]) {
    let number_of = |place: u32| {
        let chapter = Chapter::Shares(usize::try_from(place).unwrap_or(0));
        numbers.iter().find(|(of, _)| *of == chapter).map_or(0, |(_, number)| *number)
    };
    let bodies = [Some(&mut sentence.body), sentence.otherwise.as_mut()];
    let splits = bodies.into_iter().flatten().filter_map(Body::shares_mut);
    for place in splits.chain(&mut sentence.despite) {
        if let Place::Section(number) = place {
            *number = number_of(*number);
        }
    }
}

fn declared(from: &[(&str, &str)], count: usize) -> Vec<Declared> {
    let declared = from.iter().take(count);
    declared.map(|(name, text)| Declared { name: (*name).into(), text: (*text).into() }).collect()
}

fn style(choices: &mut dyn Choices) -> Style {
    use super::model::Gap;
    Style {
        has_mark: choices.is_in(5),
        has_windows_lines: choices.is_in(10),
        is_typeset: choices.is_in(10),
        gap: match choices.below(10) {
            0..7 => Gap::Spaces,
            7 | 8 => Gap::Tab,
            _ => Gap::Colon,
        },
        has_rules: choices.is_in(20),
        has_iso_dates: choices.is_in(15),
        has_number_words: choices.is_in(15),
        leaves_stops_out: choices.is_in(15),
    }
}
