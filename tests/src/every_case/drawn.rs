//! Small policies by chance: a few facts of a few values, and clauses of every kind that can go wrong, so that
//! every case can be looked at. About half of what is drawn is in order; the rest has gaps and clashes.

mod conditions;
mod payments;

use std::fmt::Write as _;

use super::facts::{Fact, MENU};
use crate::rivals::random::Random;

/// So many cases at most.
const MOST_CASES: usize = 600;

/// The text of a small policy.
pub(super) fn text(seed: u64) -> String {
    let mut random = Random::new(seed);
    let (mut facts, mut cases) = (Vec::new(), 1);
    for _ in 0..random.between(2, 5) {
        let fact = *random.of(MENU);
        let values = fact.values.len();
        if facts.contains(&fact) || cases * values > MOST_CASES {
            continue;
        }
        cases *= values;
        facts.push(fact);
    }
    facts.sort_by_key(|fact| MENU.iter().position(|it| it == fact));
    let members = match random.below(3) {
        0 if cases * 9 <= MOST_CASES => 2,
        1 if cases * 27 <= MOST_CASES => 3,
        _ => 0,
    };
    let is_urgent = facts.iter().any(|fact| fact.name == "urgent");
    let has_visits = is_urgent && random.is_in(50);
    let is_dated = facts.iter().any(|fact| fact.name == "decision date") && random.is_in(60);
    let mut draw = Draw { random, facts, members, has_visits, is_dated, ..Draw::default() };
    let clauses = draw.clauses();
    draw.header() + &clauses
}

/// What was drawn so far.
#[derive(Default)]
struct Draw {
    random: Random,
    facts: Vec<Fact>,
    /// How many members the family has.
    members: usize,
    /// The names of conclusions that were drawn.
    conclusions: Vec<&'static str>,
    /// The numbers that are given.
    numbers: Vec<&'static str>,
    /// The amounts that are given.
    amounts: Vec<&'static str>,
    /// Each clause with what it is about.
    about: Vec<(String, &'static str)>,
    /// Whether there is a fact that applies to urgent cases alone.
    has_visits: bool,
    /// Whether cases are dated by their decision date.
    is_dated: bool,
    has_cover: bool,
    has_points: bool,
    pays: bool,
    /// How many clauses of the first section are written.
    written: usize,
}

/// The members of the family.
const MEMBERS: [&str; 3] = ["speech", "sleep", "sight"];

/// The levels, the lowest first.
const LEVELS: [&str; 3] = ["low", "high", "severe"];

impl Draw {
    fn header(&self) -> String {
        let mut header = String::from(
            "policy   Small\nabout    a child\nbetween\n  the ICB       NHS ICB\n  the council   \
             Council\nversion  1, in force from 1 April 2025\n",
        );
        if self.is_dated {
            header.push_str("dated by  decision date\n");
        }
        header.push_str("\nlevels of need\n  low < high < severe\n\nfacts\n");
        for fact in &self.facts {
            let _ = writeln!(header, "  {}  {}", fact.name, fact.declared);
        }
        if self.has_visits {
            header.push_str("  visits  whole number, 0 to 3, only when urgent\n");
        }
        if self.members > 0 {
            header.push_str("\ndomains, each a level of need\n");
            for member in MEMBERS.iter().take(self.members) {
                let _ = writeln!(header, "  {member}");
            }
        }
        header + "\n"
    }

    fn clauses(&mut self) -> String {
        let mut first = String::from("1    What counts\n");
        for _ in 0..self.random.between(1, 5) {
            let number = self.number();
            let clause = self.clause();
            let days = match self.is_dated && self.random.is_in(15) {
                true => *self.random.of(&[" (from 2 April 2025)", " (until 2 April 2025)"]),
                false => "",
            };
            let _ = writeln!(first, "{number}{days}  {clause}");
            self.written += 1;
        }
        let mut pays = String::from("2    Who pays\n");
        for place in 1..=self.random.between(0, 2) {
            let clause = self.payment();
            let _ = writeln!(pays, "2.{place}  {clause}");
        }
        let splits = if self.random.is_in(35) { self.split() } else { String::new() };
        let mut promises = String::from("5    What is promised\n");
        let most = if self.pays || !self.conclusions.is_empty() { 2 } else { 0 };
        for place in 1..=self.random.between(0, most) {
            let promise = self.promise(!splits.is_empty());
            let _ = writeln!(promises, "5.{place}  {promise}");
        }
        let mut all = first;
        for section in [pays, splits, promises] {
            if section.lines().count() > 1 {
                all += "\n";
                all += &section;
            }
        }
        all
    }

    /// The number of the next clause.
    fn number(&self) -> String {
        format!("1.{}", self.written + 1)
    }

    fn clause(&mut self) -> String {
        match self.random.weighted(&[1, 1, 5, 3, 5, 1, 2]) {
            0 if !self.has_cover => {
                self.has_cover = true;
                format!("This policy covers a child when {}.", self.test_of_facts())
            }
            1 => self.requirement(),
            3 => self.definition(),
            4 => self.table(),
            5 if !self.about.is_empty() => {
                let (clause, _) = self.random.of(&self.about).clone();
                format!("Clause {clause} does not apply when {}.", self.test())
            }
            6 if self.members > 0 && !self.has_points => self.points(),
            _ => self.conclusion(),
        }
    }

    fn requirement(&mut self) -> String {
        let numbers: Vec<Fact> = self.facts.iter().copied().filter(Fact::is_number).collect();
        if numbers.is_empty() {
            return format!("A child is known when {}.", self.test());
        }
        let fact = *self.random.of(&numbers);
        let value = *self.random.of(fact.values);
        let how = *self.random.of(&["under", "over", "at least", "at most"]);
        let name = capital(fact.name);
        match self.random.is_in(60) {
            true => format!("{name} must be {how} {value} when {}.", self.test_of_facts()),
            false => format!("{name} must be {how} {value}."),
        }
    }

    fn conclusion(&mut self) -> String {
        let name = *self.random.of(&["eligible", "late"]);
        // What hangs on itself is refused.
        let drawn = self.conclusions.clone();
        self.conclusions.retain(|it| *it != name);
        let test = self.condition_at_the_end();
        self.conclusions = drawn;
        let despite = self.despite(name);
        let not = if self.random.is_in(35) { "not " } else { "" };
        if !self.conclusions.contains(&name) {
            self.conclusions.push(name);
        }
        self.about.push((self.number(), name));
        let subject = if despite.is_empty() { "A child" } else { "a child" };
        format!("{despite}{subject} is {not}{name} when {test}.")
    }

    /// `Despite 1.1, ` of an earlier clause about something, in some cases.
    fn despite(&mut self, about: &str) -> String {
        let earlier: Vec<String> =
            self.about.iter().filter(|(_, of)| *of == about).map(|(it, _)| it.clone()).collect();
        match earlier.is_empty() || self.random.is_in(50) {
            true => String::new(),
            false => format!("Despite {}, ", self.random.of(&earlier)),
        }
    }

    /// An amount that is another from a day on.
    fn rate(&mut self) -> String {
        self.amounts.push("rate");
        let mut rate = String::from("Rate, a week:");
        for day in 1..=3 {
            if day == 1 || self.random.is_in(50) {
                let _ =
                    write!(rate, "\n      £0.0{} from {day} April 2025", self.random.between(0, 4));
            }
        }
        rate
    }

    fn definition(&mut self) -> String {
        if self.is_dated && !self.amounts.contains(&"rate") && self.random.is_in(30) {
            return self.rate();
        }
        let is_amount = self.random.is_in(40);
        let name = *self.random.of(if is_amount { &["sum", "net"] } else { &["score", "tally"] });
        let what = |it: &mut Draw| if is_amount { it.of_amounts() } else { it.of_numbers() };
        let given = (self.numbers.clone(), self.amounts.clone());
        self.numbers.retain(|it| *it != name);
        self.amounts.retain(|it| *it != name);
        let when = self.random.is_in(60).then(|| self.test());
        let (value, other) = (what(self), what(self));
        (self.numbers, self.amounts) = given;
        let despite = self.despite(name);
        let given = match when {
            None => format!("{name} = {value}."),
            Some(when) if self.random.is_in(50) => {
                format!("when {when}, {name} = {value}; otherwise {name} = {other}.")
            }
            Some(when) => format!("when {when}, {name} = {value}."),
        };
        self.about.push((self.number(), name));
        let names = if is_amount { &mut self.amounts } else { &mut self.numbers };
        if !names.contains(&name) {
            names.push(name);
        }
        if despite.is_empty() { capital(&given) } else { despite + &given }
    }

    /// The names of numbers: facts and what is given.
    fn names_of_numbers(&self) -> Vec<&'static str> {
        let facts = self.facts.iter().filter(|fact| fact.is_number() && !fact.is_money());
        facts.map(|fact| fact.name).chain(self.numbers.iter().copied()).collect()
    }

    fn names_of_amounts(&self) -> Vec<&'static str> {
        let facts = self.facts.iter().filter(|fact| fact.is_money());
        facts.map(|fact| fact.name).chain(self.amounts.iter().copied()).collect()
    }

    fn of_numbers(&mut self) -> String {
        let names = self.names_of_numbers();
        let few = self.random.between(0, 4);
        if names.is_empty() || self.random.is_in(15) {
            return few.to_string();
        }
        let (one, other) = (*self.random.of(&names), *self.random.of(&names));
        match self.random.below(6) {
            0 => format!("{one} + {few}"),
            1 => format!("{one} x {few}"),
            2 => format!("the greater of {one} and {few}"),
            3 => format!("the lesser of {one} and {other}"),
            4 => format!("{one} + {other}"),
            _ => one.into(),
        }
    }

    fn of_amounts(&mut self) -> String {
        let names = self.names_of_amounts();
        let few = self.random.between(0, 4);
        if names.is_empty() || self.random.is_in(15) {
            return format!("£0.0{few} a week");
        }
        let (one, other) = (*self.random.of(&names), *self.random.of(&names));
        match self.random.below(8) {
            0 => format!("{one} + £0.0{few} a week"),
            1 => format!("{one} x {few}"),
            2 => format!("the greater of {one} and £0.0{few} a week"),
            3 => format!("the lesser of {one} and {other}"),
            4 => format!("{one} + {other}"),
            5 => format!("(50% of {one}, to the nearest penny, halves up)"),
            _ => one.into(),
        }
    }

    /// A table of one column or two. The first parts what it asks into bands that fit together, more often than
    /// not with a slip in one of them.
    fn table(&mut self) -> String {
        let first = *self.random.of(&self.facts);
        let other = *self.random.of(&self.facts);
        let second = (self.random.is_in(50) && other != first).then_some(other);
        let hit = *self.random.of(&[
            "exactly one row applies",
            "exactly one row applies",
            "first row that applies",
            "rows that apply must agree",
            "add up every row that applies",
            "highest of the rows that apply",
            "lowest of the rows that apply",
            "count the rows that apply",
        ]);
        let answer = if hit.starts_with("count") {
            None
        } else {
            Some(*self.random.of(&["score", "tally", "band"]))
        };
        let name = answer.unwrap_or("tally");
        let mut bands = first.bands(&mut self.random);
        let has_a_slip = self.random.is_in(30);
        if has_a_slip {
            let place = self.random.below(bands.len() as u64) as usize;
            bands[place] = first.cell(&mut self.random);
        }
        let mut rows = Vec::new();
        for band in bands {
            match second {
                Some(second) if self.random.is_in(50) => {
                    rows.extend(
                        second.bands(&mut self.random).into_iter().map(|it| vec![band.clone(), it]),
                    );
                }
                Some(_) => rows.push(vec![band, "any".into()]),
                None => rows.push(vec![band]),
            }
        }
        let is_rest_said = self.random.is_in(if has_a_slip { 50 } else { 5 });
        if is_rest_said && answer.is_some() {
            let mut cells = vec![String::from("otherwise")];
            cells.extend(second.map(|_| String::new()));
            rows.push(cells);
        }
        let has_days = self.is_dated && second.is_none() && self.random.is_in(40);
        if has_days {
            rows = rows.into_iter().flat_map(|row| self.on_days(row)).collect();
        }
        let days = if has_days { [Some("from"), Some("until")] } else { [None, None] };
        let columns =
            [&[Some(first.name), second.map(|it| it.name)][..], &days, &[answer]].concat();
        let mut lines = vec![columns.into_iter().flatten().map(String::from).collect()];
        for mut cells in rows {
            cells.extend(answer.map(|_| self.random.between(0, 3).to_string()));
            lines.push(cells);
        }
        let given = self.numbers.clone();
        self.numbers.retain(|it| *it != name);
        let when = if self.random.is_in(25) { Some(self.test()) } else { None };
        self.numbers = given;
        self.about.push((self.number(), name));
        if !self.numbers.contains(&name) {
            self.numbers.push(name);
        }
        match when {
            Some(when) => format!("When {when}, {name}: {hit}.{}", table(&lines)),
            None => format!("{}: {hit}.{}", capital(name), table(&lines)),
        }
    }

    /// A row for all days, or one up to a day and one from the next on, now and then of another.
    fn on_days(&mut self, row: Vec<String>) -> Vec<Vec<String>> {
        if self.random.is_in(50) {
            let ends = if row[0] == "otherwise" { "" } else { "any" };
            return vec![[&row[..], &[ends.into(), ends.into()]].concat()];
        }
        let next = if self.random.is_in(85) { "2 April 2025" } else { "3 April 2025" };
        let ends = [["any", "1 April 2025"], [next, "any"]];
        ends.map(|days| [&row[..], &days.map(String::from)].concat()).into()
    }

    /// Points for each member, and what they come to.
    fn points(&mut self) -> String {
        self.has_points = true;
        let hit = *self.random.of(&["exactly one row applies", "first row that applies"]);
        let level = Fact { name: "level", declared: "a level of need", values: &LEVELS };
        let mut bands = level.bands(&mut self.random);
        if self.random.is_in(25) {
            let place = self.random.below(bands.len() as u64) as usize;
            bands[place] = level.cell(&mut self.random);
        }
        let mut lines = vec![vec![String::from("level"), String::from("points")]];
        lines.extend(
            bands.into_iter().map(|band| vec![band, self.random.between(0, 3).to_string()]),
        );
        self.numbers.push("total");
        let what = *self.random.of(&["sum", "sum", "highest", "lowest"]);
        self.written += 1;
        format!(
            "Points for a domain: {hit}.{}\n{}  Total = the {what} of points over domains.",
            table(&lines),
            self.number()
        )
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// Lines of cells as they stand below a sentence.
fn table(lines: &[Vec<String>]) -> String {
    lines.iter().map(|cells| format!("\n     | {} |", cells.join(" | "))).collect()
}
