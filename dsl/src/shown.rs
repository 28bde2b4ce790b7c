//! How the things of a policy are called, and how their values read.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use apportion_core::date::Date;
use apportion_core::decision::{Answer, Decision};
use apportion_core::program::{
    AmountSlot, AnySlot, ClauseId, DateSlot, Fact as EngineFact, FactId, PartyId, ValueId,
};
use apportion_core::value::{Type as EngineType, Value as EngineValue};

use crate::checked::{Constant, Fact, Number, Type, WordList};
use crate::compile::{Codes, MemberSlot};
use crate::listed;
use crate::naming;
use crate::policy::Policy;
use crate::reading::{self, show};

impl Policy {
    /// A value of a type as people write it, without its unit but for a pound or percent sign.
    #[must_use]
    pub fn show_constant(&self, kind: &Type, constant: Constant) -> String {
        match constant {
            Constant::YesNo(yes) => yes_no(yes),
            Constant::Word(word) => self.show_word(kind, word),
            Constant::Date(day) => day.to_string(),
            Constant::Number(value) => match kind {
                Type::Number(number) => show(number, value),
                _ => value.to_string(),
            },
            Constant::Listed(words) => listed::show(self.listed_words(kind), words),
        }
    }

    /// The number of a value in a decision, over the denominator of its type.
    #[must_use]
    pub fn number(&self, decision: &Decision, id: ValueId) -> Option<i64> {
        match decision.value(id)? {
            Answer::Byte(byte) => self.number_of_code(id, byte),
            Answer::Amount(amount) => Some(amount),
            Answer::Date(_) => None,
        }
    }

    /// The numbers of clauses.
    #[must_use]
    pub fn numbers(&self, clauses: &[ClauseId]) -> Vec<String> {
        clauses.iter().map(|clause| self.clause_number(*clause)).collect()
    }

    /// The number of a clause.
    #[must_use]
    pub fn clause_number(&self, clause: ClauseId) -> String {
        String::from(self.number_of(clause))
    }

    /// The number of a clause, as the policy has it.
    pub(crate) fn number_of(&self, clause: ClauseId) -> &str {
        let clause = self.checked().clauses.get(clause.index());
        clause.map(|clause| clause.number.as_str()).unwrap_or_default()
    }

    /// The value of a fact as people write it.
    #[must_use]
    pub fn show_fact(&self, fact: &Fact, value: EngineValue) -> String {
        match (value, &fact.kind) {
            (EngineValue::YesNo(yes), _) => yes_no(yes),
            (EngineValue::Word(word), kind) => self.show_word(kind, word),
            (EngineValue::Date(day), _) => day.to_string(),
            (EngineValue::Amount(value), Type::Number(number)) => show(number, value),
            (EngineValue::Amount(value), _) => value.to_string(),
        }
    }

    /// What a fact may be, as a person who fills it in needs it.
    ///
    /// ```
    /// # let policy = apportion::policy::Policy::parse("\
    /// # policy   Visits
    /// # about    a child
    /// # between
    /// #   the council   Northshire Council
    /// # version  1, in force from 1 April 2025
    /// #
    /// # facts
    /// #   care cost   money a week
    /// #   day care    hours a week, in quarters, 0 to 168
    /// #
    /// # 1    Who pays
    /// # 1.1  When day care is over 2: the council 100%.
    /// # 1.2  When day care is at most 2: the council 100%.
    /// # 1.3  Split care cost in the shares of section 1.
    /// # ").unwrap();
    /// let day_care = &policy.facts()[1];
    /// assert_eq!(policy.show_type(day_care), "hours a week, 0 to 168 in steps of 0.25");
    /// ```
    #[must_use]
    pub fn show_type(&self, fact: &Fact) -> String {
        if fact.is_text {
            return String::from("text, carried through");
        }
        let mut shown = self.show_values(fact);
        if let Some(only_when) = &fact.only_when {
            shown = shown + ", only when " + &only_when.words;
        }
        if let Some(panel) = self.decides(fact) {
            shown = shown + ", decided by " + panel;
        }
        shown
    }

    /// The panel that alone can supply a fact, by the name clauses use.
    #[must_use]
    pub fn decides(&self, fact: &Fact) -> Option<&str> {
        let panel = self.checked().panels.get(fact.decided_by?.index())?;
        Some(panel.name.as_str())
    }

    fn show_values(&self, fact: &Fact) -> String {
        match &fact.kind {
            Type::YesNo => String::from("yes or no"),
            Type::Date { first, last } => show_days(*first, *last),
            Type::Words { list, .. } => {
                let is_ordered = |list: &WordList| list.is_ordered;
                let list = self.checked().word_lists.get(list.0 as usize);
                let words = self.words_of(fact);
                match list.is_some_and(is_ordered) {
                    true => words.join(" < "),
                    false => String::from("one of ") + &words.join(", "),
                }
            }
            Type::Number(number) => show_numbers(number, fact.step),
            Type::Listed { .. } | Type::Broken => String::new(),
        }
    }

    /// The words that a fact may be, lowest first where they have an order; none where it has
    /// none.
    #[must_use]
    pub fn words_of<'a>(&'a self, fact: &'a Fact) -> Vec<&'a str> {
        reading::usable_words(fact, &self.checked().word_lists).collect()
    }

    /// The question to put to whoever knows a fact: the one its declaration asks, or else one
    /// made from its name and what it counts.
    #[must_use]
    pub fn question(&self, fact: &Fact) -> String {
        if let Some(question) = &fact.ask {
            return question.clone();
        }
        let mut question = naming::capital(&fact.name);
        if let Type::Number(number) = &fact.kind {
            if !number.unit.is_plain() && !number.unit.is_percent() {
                question = question + ", in " + &number.unit.to_string();
            }
        }
        question + "?"
    }

    /// A word or truth as people write it.
    pub(crate) fn show_word(&self, kind: &Type, word: u8) -> String {
        let Type::Words { list, .. } = kind else { return yes_no(word == 1) };
        let list = self.checked().word_lists.get(list.0 as usize);
        list.and_then(|list| list.words.get(usize::from(word))).cloned().unwrap_or_default()
    }

    /// A value of a decision as people write it; none where no clause gives it.
    #[must_use]
    pub fn show_value(&self, decision: &Decision, id: ValueId) -> Option<String> {
        let value = self.checked().values.get(id.index())?;
        match (decision.value(id)?, &value.kind) {
            (Answer::Byte(byte), Type::Number(number)) => {
                Some(show(number, self.number_of_code(id, byte)?))
            }
            (Answer::Byte(byte), kind) => Some(self.show_word(kind, byte)),
            (Answer::Amount(amount), Type::Number(number)) => Some(show(number, amount)),
            (Answer::Amount(words), kind @ Type::Listed { .. }) => {
                Some(listed::show(self.listed_words(kind), words))
            }
            (Answer::Date(day), _) => Some(day.to_string()),
            _ => None,
        }
    }

    /// The words that a value lists in a decision, in the order of the rows. `None` where no
    /// clause gives it, or it is no such value.
    #[must_use]
    pub fn listed(&self, decision: &Decision, id: ValueId) -> Option<Vec<&str>> {
        let kind = &self.checked().values.get(id.index())?.kind;
        match (decision.value(id)?, kind) {
            (Answer::Amount(words), Type::Listed { .. }) => {
                let among = listed::among(self.listed_words(kind), words);
                Some(among.collect())
            }
            _ => None,
        }
    }

    /// All words that a value of this type may list.
    fn listed_words(&self, kind: &Type) -> &[String] {
        let list = match kind {
            Type::Listed { list, .. } => self.checked().word_lists.get(list.0 as usize),
            _ => None,
        };
        list.map_or(&[][..], |list| &list.words)
    }

    /// What a party is called in print, on the day that dates the case.
    #[must_use]
    pub fn party_text(&self, decision: &Decision, party: PartyId) -> Option<&str> {
        let party = self.checked().parties.get(party.index())?;
        Some(self.dated(decision).map_or(party.text.as_str(), |day| party.text_on(day)))
    }

    /// The day that dates a case.
    fn dated(&self, decision: &Decision) -> Option<Date> {
        let fact = self.checked().dated_by?;
        let slot = self.program().facts().get(fact.index())?.slot;
        decision.date(DateSlot(slot))
    }

    /// The day by which the policy was to be reviewed, where the case is dated after it.
    ///
    /// ```
    /// use apportion::policy::Policy;
    ///
    /// let policy = Policy::parse("\
    /// policy    Reviewed
    /// about     a child
    /// version   1, in force from 1 April 2025, review by 31 March 2026
    /// dated by  decision date
    ///
    /// facts
    ///   decision date   a date
    ///
    /// 1    Who
    /// 1.1  A child is known when decision date is on or after 1 April 2025.
    /// ").unwrap();
    /// let missed = |day: &str| {
    ///     let decision = policy.decide(&policy.case([("decision date", day)]).unwrap()).unwrap();
    ///     policy.missed_review(&decision).map(|by| by.to_string())
    /// };
    /// assert_eq!(missed("31 March 2026"), None);
    /// assert_eq!(missed("1 April 2026").as_deref(), Some("31 March 2026"));
    /// ```
    #[must_use]
    pub fn missed_review(&self, decision: &Decision) -> Option<Date> {
        let by = self.checked().version.review_by?;
        self.dated(decision).filter(|day| *day > by).map(|_| by)
    }

    /// The amount of a fact that a case may leave out; none where it does, or where it is not
    /// one that a case may leave out.
    #[must_use]
    pub fn stated_amount(&self, decision: &Decision, fact: FactId) -> Option<i64> {
        let declared = self.program().facts().get(fact.index())?;
        let is_stated = decision.byte(declared.said?)? == EngineFact::A_VALUE;
        let slot = AmountSlot(declared.slot);
        decision.amount(slot).filter(|_| is_stated && is_amount(declared))
    }

    /// What a value is for one member of the family that it is given for. A number is over the
    /// denominator of the value. `None` where no clause gives it, or the policy does not cover
    /// the case.
    #[must_use]
    pub fn member_value(
        &self,
        decision: &Decision,
        id: ValueId,
        member: FactId,
    ) -> Option<Constant> {
        let given = self.program().answers().values.get(id.index())?.given;
        if !decision.is_covered() || decision.byte(given)? == 0 {
            return None;
        }
        let value = self.checked().values.get(id.index())?;
        let MemberSlot { slot, codes } = self.compiled().member_values.get(&(id, member))?;
        match (slot, codes, &value.kind) {
            (AnySlot::Byte(slot), Codes::Numbers(numbers), _) => {
                let byte = decision.byte(*slot)?;
                numbers.get(usize::from(byte)).copied().map(Constant::Number)
            }
            (AnySlot::Byte(slot), _, Type::YesNo) => {
                decision.byte(*slot).map(|byte| Constant::YesNo(byte != 0))
            }
            (AnySlot::Byte(slot), ..) => decision.byte(*slot).map(Constant::Word),
            (AnySlot::Date(slot), ..) => decision.date(*slot).map(Constant::Date),
            (AnySlot::Amount(slot), ..) => decision.amount(*slot).map(Constant::Number),
        }
    }

    /// The number that a byte stands for, over the denominator of its value.
    #[must_use]
    pub fn number_of_code(&self, id: ValueId, byte: u8) -> Option<i64> {
        match self.compiled().values.get(id.index())? {
            Codes::Numbers(numbers) => numbers.get(usize::from(byte)).copied(),
            _ => None,
        }
    }
}

fn is_amount(fact: &EngineFact) -> bool {
    matches!(fact.kind, EngineType::Amount { .. })
}

fn yes_no(yes: bool) -> String {
    String::from(if yes { "yes" } else { "no" })
}

fn show_days(first: Date, last: Date) -> String {
    match (first > Date::MIN, last < Date::MAX) {
        (false, false) => String::from("a date"),
        (true, false) => alloc::format!("a date from {first}"),
        (false, true) => alloc::format!("a date to {last}"),
        (true, true) => alloc::format!("a date from {first} to {last}"),
    }
}

fn show_numbers(number: &Number, step: i64) -> String {
    let unit = match number.unit.is_plain() {
        true => String::from("a number"),
        false => number.unit.to_string(),
    };
    let [least, greatest, by] = [number.least, number.greatest, step].map(|it| show(number, it));
    // That money goes by the penny and other things by one needs no saying.
    let has_usual_step = number.unit.is_money() || by == "1";
    match has_usual_step {
        true => alloc::format!("{unit}, {least} to {greatest}"),
        false => alloc::format!("{unit}, {least} to {greatest} in steps of {by}"),
    }
}
