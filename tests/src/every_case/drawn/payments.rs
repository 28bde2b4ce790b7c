//! Who pays what, and what is promised of it.

use std::fmt::Write as _;

use super::{Draw, capital, table};

impl Draw {
    pub(super) fn payment(&mut self) -> String {
        let amount = {
            let names = self.names_of_amounts();
            match names.is_empty() || self.random.is_in(20) {
                true => format!("£0.0{} a week", self.random.between(0, 4)),
                false => (*self.random.of(&names)).into(),
            }
        };
        let (one, other) = self.parties();
        self.pays = true;
        let most = format!("£0.0{} a week", self.random.between(0, 4));
        match self.random.below(10) {
            0 | 8 | 9 => {
                format!("{} pays at most {most} in all; {other} pays the excess.", capital(one))
            }
            1 => format!("{} pays at least {most}, taken from {other}.", capital(one)),
            2 => {
                let when = self.test();
                format!("When {when}, {one} pays at most {most} in all; {other} pays the excess.")
            }
            3 => format!("{} pays {amount}.", capital(one)),
            4 => format!(
                "When {}, {one} pays {amount}; otherwise {other} pays {amount}.",
                self.test()
            ),
            5 => {
                let next = self.of_amounts();
                format!(
                    "Of {amount}, {one} pays the first {most}; {other} pays the next {next};\n     {one} pays the rest."
                )
            }
            _ => format!("When {}, {one} pays {amount}.", self.test()),
        }
    }

    fn parties(&mut self) -> (&'static str, &'static str) {
        match self.random.is_in(50) {
            true => ("the ICB", "the council"),
            false => ("the council", "the ICB"),
        }
    }

    /// Shares in a section of their own, and a split in them.
    pub(super) fn split(&mut self) -> String {
        let shares = [
            "the ICB 50%, the council 50%",
            "the ICB 1/3, the council the rest",
            "the council 100%",
        ];
        let mut text = String::from("3    Shares\n");
        let first = self.test();
        let _ = writeln!(text, "3.1  When {first}: {}.", self.random.of(&shares));
        let second = match self.random.below(3) {
            0 if first.split(' ').count() == 1 => format!("not {first}"),
            0 => return self.split_of_table(),
            _ => self.test(),
        };
        let despite = if self.random.is_in(40) { "Despite 3.1, when" } else { "When" };
        let _ = writeln!(text, "3.2  {despite} {second}: {}.", self.random.of(&shares));
        text + &self.split_in_section_3()
    }

    fn split_of_table(&mut self) -> String {
        let fact = *self.random.of(&self.facts);
        let mut lines = vec![vec![fact.name.into(), "the ICB".into(), "the council".into()]];
        let shares = [["50%", "50%"], ["1/3", "the rest"], ["0%", "100%"], ["75%", "25%"]];
        for band in fact.bands(&mut self.random) {
            let [one, other] = *self.random.of(&shares);
            lines.push(vec![band, one.into(), other.into()]);
        }
        format!("3    Shares\n3.1  In every case: exactly one row applies.{}\n", table(&lines))
            + &self.split_in_section_3()
    }

    fn split_in_section_3(&mut self) -> String {
        let amount = {
            let names = self.names_of_amounts();
            match names.is_empty() {
                true => String::from("£0.05 a week"),
                false => (*self.random.of(&names)).into(),
            }
        };
        self.pays = true;
        let when = if self.random.is_in(30) {
            format!("When {}, split", self.test())
        } else {
            "Split".into()
        };
        format!("\n4    The split\n4.1  {when} {amount} in the shares of section 3.\n")
    }

    pub(super) fn promise(&mut self, has_shares: bool) -> String {
        let party = *self.random.of(&["the ICB", "the council"]);
        let most = format!("£0.0{} a week", self.random.between(0, 6));
        let names = self.names_of_amounts();
        match self.random.below(7) {
            5 | 6 if self.pays => self.direction(party, has_shares),
            0 if self.pays => format!("{} never pays more than {most}.", capital(party)),
            1 if self.pays => format!("{} never pays less than {most}.", capital(party)),
            2 if self.pays && !names.is_empty() => {
                format!("The parties' payments add up to {}.", self.random.of(&names))
            }
            _ => {
                let how = *self.random.of(&["always", "never"]);
                if self.conclusions.is_empty() {
                    return format!("{} never pays more than {most}.", capital(party));
                }
                let name = *self.random.of(&self.conclusions);
                format!("When {}, the child is {how} {name}.", self.test())
            }
        }
    }

    /// That what a party pays, or its share, never falls or rises with something.
    fn direction(&mut self, party: &str, has_shares: bool) -> String {
        let fact = *self.random.of(&self.facts);
        if fact.is_unordered() {
            return format!("{} never pays less than £0.00 a week.", capital(party));
        }
        let (higher, how) = match fact.name.ends_with('s') {
            true => ("Higher", *self.random.of(&["lower", "raise"])),
            false => ("A higher", *self.random.of(&["lowers", "raises"])),
        };
        let what = if has_shares && self.random.is_in(50) { "share in 3.1" } else { "payments" };
        format!("{higher} {} never {how} {party}'s {what}.", fact.name)
    }
}
