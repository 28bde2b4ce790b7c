//! A model as the text of a policy, counting what is written.

mod clause;
mod condition;
mod expression;
mod header;
mod list;
mod table;

use apportion_core::date::Date;

use super::model::{Each, Gap, Literal, Model};
use super::reached::{Construct, Reached};

/// The text of a policy, and what it reaches.
#[must_use]
pub fn print(model: &Model) -> (String, Reached) {
    let mut page = Page { model, text: String::new(), reached: Reached::default(), at_hand: None };
    page.header();
    for section in &model.sections {
        page.line(&format!("\n{}    {}", section.number, section.title));
        section.clauses.iter().for_each(|clause| page.clause(clause));
    }
    page.examples();
    page.dressed()
}

/// A text that grows.
struct Page<'m> {
    model: &'m Model,
    text: String,
    reached: Reached,
    /// The items of which the sentence at hand is said.
    at_hand: Option<Each>,
}

impl Page<'_> {
    fn reach(&mut self, construct: Construct) {
        self.reached.count(construct);
    }

    fn reach_where(&mut self, is_reached: bool, construct: Construct) {
        if is_reached {
            self.reach(construct);
        }
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// A name and what it stands for, parted as the style has it.
    fn entry(&self, name: &str, rest: &str) -> String {
        match self.model.style.gap {
            Gap::Spaces => format!("  {name:<28}  {rest}"),
            Gap::Tab => format!("\t{name}\t{rest}"),
            Gap::Colon => format!("  {name}: {rest}"),
        }
    }

    /// The whole text with its signs and line ends as the style has them.
    fn dressed(mut self) -> (String, Reached) {
        let style = &self.model.style;
        let mut text = core::mem::take(&mut self.text);
        if style.is_typeset {
            text = text.replace('\'', "\u{2019}").replace(" - ", " \u{2212} ");
            text = text.replace(" x ", " \u{d7} ");
        }
        if style.has_windows_lines {
            text = text.replace('\n', "\r\n");
        }
        if style.has_mark {
            text.insert(0, '\u{feff}');
        }
        let dressed = [
            (style.is_typeset, Construct::Typeset),
            (style.has_windows_lines, Construct::WindowsLines),
            (style.has_mark, Construct::ByteOrderMark),
            (style.gap == Gap::Tab, Construct::TabGap),
            (style.gap == Gap::Colon, Construct::ColonGap),
        ];
        for (is_so, construct) in dressed {
            self.reach_where(is_so, construct);
        }
        (text, self.reached)
    }

    fn examples(&mut self) {
        if self.model.examples.is_empty() {
            return;
        }
        self.line("\nexamples");
        for example in &self.model.examples {
            self.reach(Construct::Example);
            let base = example.base.as_ref();
            self.reach_where(base.is_some(), Construct::ExampleBut);
            let from = base.map(|base| format!("  is \"{base}\"")).unwrap_or_default();
            self.line(&format!("\"{}\"{from}", example.name));
            let given = if base.is_some() { "but  " } else { "given" };
            self.part_of_example(given, &example.given);
            for line in &example.items {
                self.reach(match line.split(' ').next() {
                    Some("with") => Construct::ExampleWith,
                    Some("without") => Construct::ExampleWithout,
                    _ if line.contains('"') => Construct::ExampleButItem,
                    _ => Construct::ExampleNoItems,
                });
                self.line(&format!("  {line}"));
            }
            let decides = example.given.iter().any(|it| it.contains(" decides "));
            self.reach_where(decides, Construct::ExampleDecides);
            let awaits = example.expect.iter().any(|it| it.starts_with("awaits "));
            self.reach_where(awaits, Construct::ExampleAwaits);
            let is_of_item = example.expect.iter().any(|it| it.starts_with('"'));
            self.reach_where(is_of_item, Construct::ExampleOfItem);
            self.part_of_example("expect", &example.expect);
        }
    }

    fn part_of_example(&mut self, word: &str, list: &[String]) {
        if !list.is_empty() {
            self.line(&format!("  {word:<6}  {}", list.join(",\n          ")));
        }
    }

    fn literal(&mut self, literal: &Literal) -> String {
        match literal {
            Literal::Money(pence, per) => {
                self.reach_where(per.is_some(), Construct::LiteralPer);
                let per = per.as_deref().map(a).map(|per| format!(" {per}")).unwrap_or_default();
                format!("{}{per}", money(*pence))
            }
            Literal::Number(digits, 0)
                if self.model.style.has_number_words && (1..=12).contains(digits) =>
            {
                self.reach(Construct::NumberWord);
                number_word(*digits).into()
            }
            Literal::Number(digits, places) => decimal(*digits, *places),
            Literal::Percent(digits, places) => format!("{}%", decimal(*digits, *places)),
            Literal::Fraction(above, below) => format!("{above}/{below}"),
            Literal::Date(day) => self.date(*day),
        }
    }

    fn date(&mut self, day: Date) -> String {
        if self.model.style.has_iso_dates {
            self.reach(Construct::IsoDate);
            return format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day());
        }
        written(day)
    }
}

/// A day as a policy writes it: `1 April 2026`.
pub(super) fn written(day: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = MONTHS.get(usize::from(day.month()).wrapping_sub(1)).unwrap_or(&"");
    format!("{} {month} {}", day.day(), day.year())
}

fn number_word(number: i64) -> &'static str {
    const WORDS: [&str; 12] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    let place = usize::try_from(number - 1).unwrap_or(usize::MAX);
    WORDS.get(place).copied().unwrap_or_default()
}

/// An amount of pence: `£1,600.00`.
pub(super) fn money(pence: i64) -> String {
    let pounds = grouped(pence.unsigned_abs() / 100);
    let sign = if pence < 0 { "-" } else { "" };
    format!("{sign}£{pounds}.{:02}", pence.unsigned_abs() % 100)
}

/// A number with so many places after the point.
fn decimal(digits: i64, places: u8) -> String {
    let sign = if digits < 0 { "-" } else { "" };
    let power = 10_u64.pow(u32::from(places));
    let (whole, after) = (digits.unsigned_abs() / power, digits.unsigned_abs() % power);
    match places {
        0 => format!("{sign}{}", grouped(whole)),
        places => {
            format!("{sign}{}.{after:0places$}", grouped(whole), places = usize::from(places))
        }
    }
}

/// A whole number with commas before every three digits.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A word with its article: `a week`, `an hour`.
pub(super) fn a(word: &str) -> String {
    let article = if word.starts_with("hour") { "an" } else { "a" };
    format!("{article} {word}")
}

/// A text with a capital, as the start of a sentence has it.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
