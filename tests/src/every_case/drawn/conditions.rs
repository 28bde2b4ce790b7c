//! Conditions of one test, of two, or of a list of them.

use super::{Draw, MEMBERS};

impl Draw {
    /// A condition, which ends its sentence.
    pub(super) fn condition_at_the_end(&mut self) -> String {
        let sometimes = self.facts.iter().any(|fact| fact.name == "urgent") && self.has_visits;
        if sometimes && self.random.is_in(20) {
            return format!("urgent and visits is at least {}", self.random.between(0, 3));
        }
        if !self.random.is_in(15) {
            return self.test();
        }
        let how = *self.random.of(&[
            "any of these is",
            "none of these is",
            "all of these are",
            "at least 2 of these are",
            "exactly 1 of these is",
        ]);
        let tests: Vec<String> = (0..3).map(|_| format!("\n       - {}", self.test())).collect();
        format!("{how} true:{}", tests.concat())
    }

    /// A condition of one test or of two.
    pub(super) fn test(&mut self) -> String {
        let one = self.one_test();
        match self.random.below(4) {
            0 => format!("{one} and {}", self.one_test()),
            1 => format!("{one} or {}", self.one_test()),
            _ => one,
        }
    }

    pub(super) fn test_of_facts(&mut self) -> String {
        let fact = *self.random.of(&self.facts);
        let has_both = self.facts.iter().filter(|fact| fact.is_date()).count() == 2;
        if fact.is_date() && has_both && self.random.is_in(70) {
            let how = *self.random.of(&["under", "over", "at least", "exactly"]);
            return format!("age on decision date is {how} {}", self.random.between(17, 18));
        }
        fact.test(&mut self.random)
    }

    fn one_test(&mut self) -> String {
        match self.random.weighted(&[8, 3, 2, 3]) {
            1 if self.members > 0 => self.test_of_members(),
            2 if !self.conclusions.is_empty() => {
                let name = *self.random.of(&self.conclusions);
                let not = if self.random.is_in(30) { "not " } else { "" };
                format!("the child is {not}{name}")
            }
            3 if !self.numbers.is_empty() => {
                let name = *self.random.of(&self.numbers);
                let how = *self.random.of(&["under", "over", "at least", "at most", "exactly"]);
                let names = self.names_of_numbers();
                match self.random.is_in(20) {
                    true => format!("{name} is {how} {}", self.random.of(&names)),
                    false => format!("{name} is {how} {}", self.random.between(0, 4)),
                }
            }
            _ => self.test_of_facts(),
        }
    }

    fn test_of_members(&mut self) -> String {
        let level = *self.random.of(&["high", "severe", "high or higher", "high or lower", "low"]);
        let many = self.random.between(1, self.members as i64);
        let is_plural = many > 1;
        match self.random.below(6) {
            0 => format!("every domain is {level}"),
            1 => format!("no domain is {level}"),
            2 => format!("{} is {level}", MEMBERS[self.random.below(self.members as u64) as usize]),
            how => {
                let how = ["at least", "exactly", "at most"][how as usize - 3];
                let (s, is) = if is_plural { ("s", "are") } else { ("", "is") };
                format!("{how} {many} domain{s} {is} {level}")
            }
        }
    }
}
