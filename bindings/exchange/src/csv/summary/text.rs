//! A summary as text for people.

use core::fmt;

use super::Summary;
use crate::pounds::decimal;

impl Summary {
    fn rows(&self) -> Vec<(String, String)> {
        let mut rows = vec![
            ("cases".to_string(), grouped(self.cases)),
            ("accepted".to_string(), grouped(self.accepted)),
            ("rejected".to_string(), grouped(self.rejected)),
        ];
        if self.has_cover {
            rows.push(("not covered".to_string(), grouped(self.not_covered)));
        }
        if self.settled > 0 {
            let name = "settled though not all is known".to_string();
            rows.push((name, grouped(self.settled)));
        }
        if self.not_settled > 0 {
            rows.push(("not settled".to_string(), grouped(self.not_settled)));
        }
        for list in &self.lists {
            rows.push((list.name.clone(), grouped(list.items)));
            rows.push((format!("{} rejected", list.name), grouped(list.rejected)));
        }
        for it in &self.conclusions {
            rows.push((it.name.clone(), grouped(it.cases)));
            if it.not_settled > 0 {
                rows.push((format!("{}, not settled", it.name), grouped(it.not_settled)));
            }
        }
        for paid in &self.payments {
            let name = format!("{} pays {}", paid.party, paid.unit);
            let name = name.trim_end();
            if paid.from == paid.to {
                rows.push((name.to_string(), with_currency(paid.to)));
            } else {
                rows.push((format!("{name}, at least"), with_currency(paid.from)));
                rows.push((format!("{name}, at most"), with_currency(paid.to)));
            }
        }
        for awaited in &self.awaiting {
            let name = format!("awaits {} {}", awaited.panel, awaited.unit);
            rows.push((format!("cases that await {}", awaited.panel), grouped(awaited.cases)));
            rows.push((name.trim_end().to_string(), with_currency(awaited.pence)));
        }
        rows
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = self.rows();
        let width = |texts: &mut dyn Iterator<Item = &String>| {
            texts.map(|text| text.chars().count()).max().unwrap_or(0)
        };
        let names = width(&mut rows.iter().map(|(name, _)| name));
        let texts = width(&mut rows.iter().map(|(_, text)| text));
        rows.iter().try_for_each(|(name, text)| writeln!(f, "{name:names$}  {text:>texts$}"))
    }
}

fn with_currency(pence: i128) -> String {
    let amount = decimal(pence);
    let (pounds, pence) = amount.split_once('.').unwrap_or((&amount, "00"));
    match pounds.strip_prefix('-') {
        Some(pounds) => format!("-£{}.{pence}", grouped(pounds)),
        None => format!("£{}.{pence}", grouped(pounds)),
    }
}

/// Digits with a comma before every three.
fn grouped(number: impl ToString) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
