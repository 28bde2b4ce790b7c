//! Clauses: their number, sentences, citations, note and comment.

use super::expression::rounding_words;
use super::{Page, a, capital};
use crate::generator::model::{
    Body, Clause, Counts, Expression, Literal, Place, Promise, Rate, Sentence, Share, Spare,
};
use crate::generator::reached::Construct;
use apportion::days::Days;
use apportion_core::rounding::Rounding;

impl Page<'_> {
    pub(super) fn clause(&mut self, clause: &Clause) {
        self.reach_where(clause.number.ends_with('A'), Construct::NumberWithLetter);
        let above_nine = clause.number.split_once('.').is_some_and(|(_, it)| it.len() > 1);
        self.reach_where(above_nine && !clause.number.ends_with('A'), Construct::NumberAboveNine);
        self.reach_where(clause.sentences.len() > 1, Construct::SeveralSentences);
        let days = clause.days.map(|days| self.days(days)).unwrap_or_default();
        self.wording(clause, &days, &clause.sentences);
        let next = clause.days.and_then(Days::after).filter(|_| !clause.later.is_empty());
        if let Some(next) = next {
            self.reach(Construct::LaterWording);
            let days = self.days(Days::new(Some(next), None));
            self.wording(clause, &days, &clause.later);
        }
        if let Some(comment) = &clause.comment {
            self.reach(Construct::Comment);
            self.line(&format!("     -- {comment}"));
        }
        if let Some(note) = &clause.note {
            self.reach(Construct::Note);
            self.line(&format!("     note: {note}"));
        }
    }

    /// `(from 1 April 2026 until 31 March 2027)`, with a space behind it
    fn days(&mut self, days: Days) -> String {
        self.reach(Construct::DatedClause);
        let Days { first, last } = days;
        match (first == Days::ALL.first, last == Days::ALL.last) {
            (true, _) => format!("(until {}) ", self.date(last)),
            (false, true) => format!("(from {}) ", self.date(first)),
            (false, false) => format!("(from {} until {}) ", self.date(first), self.date(last)),
        }
    }

    /// The number, the days in brackets, the sentences and the citations.
    fn wording(&mut self, clause: &Clause, days: &str, sentences: &[Sentence]) {
        let count = sentences.len();
        let mut text = String::from(days);
        if self.model.is_open {
            self.reach(Construct::Open);
            text.push_str("Open to local agreement: ");
        }
        for (place, sentence) in sentences.iter().enumerate() {
            let is_last = place + 1 == count;
            if place > 0 {
                text.push(' ');
            }
            let sentence = self.sentence(sentence, is_last && self.model.style.leaves_stops_out);
            text.push_str(&sentence);
        }
        let citations = if clause.citations.is_empty() {
            String::new()
        } else {
            self.reach(Construct::Citation);
            format!("    [{}]", clause.citations.join("; "))
        };
        // A clause's citations stand at the end of its first line.
        let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
        self.line(&format!("{:<4} {first}{citations}", format!("{} ", clause.number)));
        if !rest.is_empty() {
            self.line(rest);
        }
    }

    fn sentence(&mut self, sentence: &Sentence, leaves_stop_out: bool) -> String {
        let mut text = self.despite(&sentence.despite);
        self.reach_over_items(sentence);
        let (for_each, for_each_after) = self.for_each(sentence);
        text.push_str(&for_each);
        let (before, after) = match (&sentence.when, &sentence.body) {
            (
                None,
                Body::Shares(..) | Body::AsDecided(_) | Body::ShareTable(..) | Body::Ratio(..),
            ) => {
                self.in_every_case(&mut text);
                (String::new(), String::new())
            }
            (None, body) => {
                self.reach_where(matches!(body, Body::Refer(_)), Construct::ReferAlways);
                let is_always = matches!(body, Body::Promise(Promise::AlwaysAtFirst(..)));
                self.reach_where(is_always, Construct::AlwaysInEveryCase);
                (String::new(), String::new())
            }
            (Some(when), body) => {
                let when = self.condition(when, 0);
                match body {
                    Body::Cover | Body::Conclude { .. } | Body::Refer(_) | Body::Switch(_) => {
                        (String::new(), format!(" when {when}"))
                    }
                    Body::Promise(Promise::AlwaysAtFirst(..)) => {
                        self.reach(Construct::AlwaysWhen);
                        (String::new(), format!(" when {when}"))
                    }
                    Body::Require(..) => {
                        self.reach(Construct::RequireWhen);
                        (String::new(), format!(" when {when}"))
                    }
                    Body::Shares(_)
                    | Body::AsDecided(_)
                    | Body::ShareTable(..)
                    | Body::Ratio(..) => {
                        self.reach(Construct::When);
                        (format!("when {when}: "), String::new())
                    }
                    _ => {
                        self.reach(Construct::When);
                        (format!("when {when}, "), String::new())
                    }
                }
            }
        };
        text.push_str(&before);
        text.push_str(&for_each_after);
        text.push_str(&self.body(&sentence.body));
        text.push_str(&after);
        if let Some(otherwise) = &sentence.otherwise {
            self.reach(Construct::Otherwise);
            text.push_str(&format!(";\n     otherwise {}", self.body(otherwise)));
        }
        // A split may be followed by a sentence on its spare pennies, so it keeps its stop.
        let has_rows = matches!(
            sentence.body,
            Body::Table { .. } | Body::ShareTable(..) | Body::Slices { .. }
        );
        let text = capital(&text);
        if let Some(spare) = sentence.spare() {
            let of_both = matches!(
                sentence.otherwise,
                Some(Body::Split(..) | Body::Proportion(..) | Body::RefundsIncluded(_))
            );
            self.reach_where(of_both, Construct::SpareOfOtherwise);
            return format!("{text}. {}", self.spare(spare));
        }
        match (&sentence.body, has_rows) {
            (_, true) => text,
            // A citation may stand at the end of the last rate.
            (Body::Rates { .. }, _) => text,
            _ if leaves_stop_out => {
                self.reach(Construct::StopLeftOut);
                text
            }
            _ => format!("{text}."),
        }
    }

    /// `In every case: `, or a colon alone after `For each service`.
    fn in_every_case(&mut self, text: &mut String) {
        if self.at_hand.as_ref().is_some_and(|each| !each.is_second) {
            self.reach(Construct::ForEachColon);
            text.truncate(text.len() - ", ".len());
            return text.push_str(": ");
        }
        self.reach(Construct::InEveryCase);
        text.push_str("in every case: ");
    }

    fn despite(&mut self, places: &[Place]) -> String {
        if places.is_empty() {
            return String::new();
        }
        self.reach(Construct::Despite);
        self.reach_where(places.len() > 1, Construct::DespiteTwo);
        let is_chain = places.iter().any(|place| self.is_despite_itself(*place));
        self.reach_where(is_chain, Construct::DespiteChain);
        let places: Vec<String> = places.iter().map(|place| self.place(*place)).collect();
        format!("despite {}, ", places.join(" and "))
    }

    fn is_despite_itself(&self, place: Place) -> bool {
        let (Place::Clause(key) | Place::Row(key, _)) = place else { return false };
        let clause = self.model.clauses().find(|clause| clause.key == key);
        clause.is_some_and(|it| it.sentences.iter().any(|it| !it.despite.is_empty()))
    }

    fn place(&mut self, place: Place) -> String {
        match place {
            Place::Clause(key) => self.model.number_of(key),
            Place::Row(key, row) => {
                self.reach(Construct::DespiteRow);
                format!("{} row {row}", self.model.number_of(key))
            }
            Place::Section(number) => {
                self.reach(Construct::DespiteSection);
                self.model.section(number)
            }
        }
    }

    fn body(&mut self, body: &Body) -> String {
        let subject = &self.model.subject;
        match body {
            Body::Cover => {
                self.reach(Construct::Cover);
                format!("this policy covers a {subject}")
            }
            Body::Conclude { also, not, name } => {
                self.reach(Construct::Conclude);
                self.reach_where(*also, Construct::ConcludeAlso);
                self.reach_where(*not, Construct::ConcludeNot);
                let also = if *also { "also " } else { "" };
                let not = if *not { "not " } else { "" };
                let subject = self.at_hand.as_ref().map_or(subject, |each| &each.item);
                format!("a {subject} is {also}{not}{name}")
            }
            Body::Define(name, value) => {
                self.reach(Construct::Define);
                format!("{name} = {}", self.rounded(value))
            }
            Body::Table { names, each, hit, table } => {
                self.reach(Construct::Table);
                self.reach_where(each.is_some(), Construct::TableEach);
                self.hit(hit);
                let is_conclusion = |it: &String| self.conclusions().any(|name| name == *it);
                let asks = table.columns.iter().any(is_conclusion);
                self.reach_where(asks, Construct::CellConclusion);
                let answers = names.iter();
                let answers =
                    answers.filter_map(|name| table.columns.iter().position(|it| it == name));
                let rows = self.table(table, &answers.collect::<Vec<_>>());
                let item = self.at_hand.as_ref().filter(|each| each.is_second);
                let each = each.as_ref().or(item.map(|each| &each.item));
                let each = each.map(|each| format!(" for a {each}")).unwrap_or_default();
                format!("{}{each}: {hit}.{rows}", names.join(", "))
            }
            Body::Slices { name, rounding, table } => {
                self.reach(Construct::Slices);
                let answer = table.columns.iter().position(|column| column == name);
                let rows = self.table(table, &answer.into_iter().collect::<Vec<_>>());
                let rounding =
                    rounding.as_ref().map(|(to, way)| format!(", {}", self.rounding(to, *way)));
                let rounding = rounding.unwrap_or_default();
                format!("{name}: each slice at its own rate{rounding}.{rows}")
            }
            Body::Rates { name, per, rates } => {
                self.reach(Construct::Rates);
                let mut text = format!("{name}, {}:", a(per));
                for (place, Rate { value, from, until, citation }) in rates.iter().enumerate() {
                    self.reach_where(matches!(value, Literal::Number(..)), Construct::RateOfNumber);
                    self.reach_where(
                        matches!(value, Literal::Percent(..)),
                        Construct::RateOfPercent,
                    );
                    self.reach_where(
                        matches!(value, Literal::Fraction(..)),
                        Construct::RateOfFraction,
                    );
                    text.push_str(if place == 0 { "  " } else { "\n          " });
                    text.push_str(&format!("{} from {}", self.literal(value), self.date(*from)));
                    if let Some(until) = until {
                        self.reach(Construct::RateUntil);
                        text.push_str(&format!(" until {}", self.date(*until)));
                    }
                    if self.model.style.has_number_words {
                        self.reach(Construct::Announced);
                        text.push_str(&format!(" announced {}", self.date(*from)));
                    }
                    if let Some(citation) = citation.as_ref().filter(|_| place > 0) {
                        self.reach(Construct::CitationOfRate);
                        text.push_str(&format!("  [{citation}]"));
                    }
                }
                text
            }
            Body::Shares(shares) => {
                self.reach(Construct::Shares);
                let shares =
                    shares.iter().map(|(party, share)| format!("{party} {}", self.share(share)));
                shares.collect::<Vec<_>>().join(", ")
            }
            Body::ShareTable(hit, table) => {
                self.reach(Construct::ShareTable);
                self.hit(hit);
                let parties = &self.model.parties;
                let is_party = |column: &str| parties.iter().any(|party| party.name == column);
                let answers = table.columns.iter().enumerate();
                let answers =
                    answers.filter(|(_, column)| is_party(column)).map(|(place, _)| place);
                let rows = self.table(table, &answers.collect::<Vec<_>>());
                format!("{hit}.{rows}")
            }
            Body::Split(amount, place, _) => {
                self.reach(Construct::Split);
                let amount = self.rounded(amount);
                let place = match place {
                    Place::Section(number) => {
                        self.reach(Construct::SplitBySection);
                        self.model.section(*number)
                    }
                    Place::Clause(key) | Place::Row(key, _) => {
                        self.reach(Construct::SplitByClause);
                        self.model.number_of(*key)
                    }
                };
                format!("split {amount} in the shares of {place}")
            }
            Body::Pay(party, amount) => {
                self.reach(Construct::Pay);
                format!("{party} pays {}", self.rounded(amount))
            }
            Body::AsDecided(panel) => {
                self.reach(Construct::AsDecided);
                format!("as {panel} decides")
            }
            Body::Ratio(terms) => {
                self.reach(Construct::Ratio);
                let numbers = terms
                    .iter()
                    .map(|(_, (digits, places))| self.literal(&Literal::Number(*digits, *places)));
                let numbers = numbers.collect::<Vec<_>>().join(" : ");
                let parties: Vec<&str> = terms.iter().map(|(party, _)| party.as_str()).collect();
                format!("{} in the ratio {numbers}", joined(&parties))
            }
            Body::Proportion(amount, weights, _) => {
                self.reach(Construct::Proportion);
                self.reach_where(weights.len() > 2, Construct::ProportionOfThree);
                // After a word of `where`, `between` would be read as words that follow it.
                let amount = match amount {
                    Expression::OverItems(_) => self.expression(amount),
                    _ => self.rounded(amount),
                };
                let parties: Vec<&str> = weights.iter().map(|(party, _)| party.as_str()).collect();
                let weights: Vec<String> =
                    weights.iter().map(|(_, weight)| self.expression(weight)).collect();
                let weights: Vec<&str> = weights.iter().map(String::as_str).collect();
                let (parties, weights) = (joined(&parties), joined(&weights));
                format!("split {amount} between {parties}\n     in proportion to {weights}")
            }
            Body::PayInTurn(amount, tiers, last) => {
                self.reach(Construct::PayInTurn);
                self.reach_where(tiers.len() > 1, Construct::PayNext);
                let amount = self.rounded(amount);
                let mut text = format!("of {amount}, ");
                for (place, (party, most)) in tiers.iter().enumerate() {
                    let which = if place == 0 { "first" } else { "next" };
                    let most = self.expression(most);
                    text.push_str(&format!("{party} pays the {which} {most};\n     "));
                }
                format!("{text}{last} pays the rest")
            }
            Body::RefundsIncluded(body) => {
                self.reach(Construct::Refunds);
                let is_split = !matches!(**body, Body::Pay(..));
                self.reach_where(is_split, Construct::RefundsOfSplit);
                format!("{}, refunds included", self.body(body))
            }
            Body::Require(value, not, test) => {
                self.reach(Construct::Require);
                self.reach_where(*not, Construct::RequireNot);
                let value = self.expression(value);
                let not = if *not { "not " } else { "" };
                format!("{value} must {not}be {}", self.test(test))
            }
            Body::Floor { party, least, from, counts } => {
                self.reach(Construct::Floor);
                self.reach_where(from.len() > 1, Construct::FloorFromTwo);
                self.reach_where(matches!(counts, Counts::Under(_)), Construct::FloorUnder);
                let least = self.rounded(least);
                let counts = self.counts(counts);
                format!(
                    "{party} pays at least {least}{counts}, taken from {}",
                    from.join(", then ")
                )
            }
            Body::Limit { party, most, other, refer, counts } => {
                self.reach(Construct::Limit);
                self.reach_where(matches!(counts, Counts::All(true)), Construct::LimitInAll);
                self.reach_where(matches!(counts, Counts::Under(_)), Construct::LimitUnder);
                self.reach_where(matches!(most, Expression::Rounded(..)), Construct::LimitRounded);
                let most = self.rounded(most);
                let in_all = self.counts(counts);
                let refer = refer.as_ref().map(|panel| {
                    self.reach(Construct::LimitRefers);
                    format!(",\n     and the case is then referred to {panel}")
                });
                let refer = refer.unwrap_or_default();
                format!("{party} pays at most {most}{in_all}; {other} pays the excess{refer}")
            }
            Body::Refer(panel) => {
                self.reach(Construct::Refer);
                format!("the case is referred to {panel}")
            }
            Body::Switch(key) => {
                self.reach(Construct::Switch);
                format!("clause {} does not apply", self.model.number_of(*key))
            }
            Body::Promise(promise) => self.promise(promise),
        }
    }

    fn counts(&self, counts: &Counts) -> String {
        match counts {
            Counts::All(true) => " in all".into(),
            Counts::All(false) => String::new(),
            Counts::Under(keys) => {
                let numbers: Vec<String> =
                    keys.iter().map(|key| self.model.number_of(*key)).collect();
                format!(" under {}", numbers.join(" and "))
            }
        }
    }

    fn conclusions(&self) -> impl Iterator<Item = &str> {
        let sentences = self.model.clauses().flat_map(|clause| &clause.sentences);
        sentences.filter_map(|sentence| match &sentence.body {
            Body::Conclude { name, .. } => Some(name.as_str()),
            _ => None,
        })
    }

    fn hit(&mut self, hit: &str) {
        self.reach(match hit {
            "exactly one row applies" => Construct::ExactlyOne,
            "first row that applies" => Construct::FirstRow,
            "add up every row that applies" => Construct::AddUpRows,
            "highest of the rows that apply" => Construct::HighestRow,
            "lowest of the rows that apply" => Construct::LowestRow,
            "count the rows that apply" => Construct::CountRows,
            "every row that applies, listed" => Construct::ListedRows,
            _ => Construct::MustAgree,
        });
    }

    fn share(&mut self, share: &Share) -> String {
        match share {
            Share::Literal(literal) => {
                let is_percent = matches!(literal, Literal::Percent(..));
                self.reach(match is_percent {
                    true => Construct::SharePercent,
                    false => Construct::ShareFraction,
                });
                self.literal(literal)
            }
            Share::Name(name) => {
                self.reach(Construct::ShareName);
                name.clone()
            }
            Share::Rest => {
                self.reach(Construct::ShareRest);
                "the rest".into()
            }
        }
    }

    fn spare(&mut self, spare: &Spare) -> String {
        match spare {
            Spare::LargestFractions(says_ties) => {
                self.reach(Construct::LargestFractions);
                let ties = if *says_ties { ", ties in the order of the parties" } else { "" };
                format!("Spare pennies go\n     to the largest fractions of a penny{ties}.")
            }
            Spare::InOrder(says_zero) => {
                self.reach(Construct::InOrder);
                let zero = if *says_zero { ", passing over zero shares" } else { "" };
                format!("Spare pennies go to the parties in order{zero}.")
            }
            Spare::Difference(party, rounding) => {
                self.reach(Construct::Difference);
                self.reach(match rounding {
                    Rounding::HalvesUp => Construct::DifferenceHalvesUp,
                    Rounding::HalvesDown => Construct::DifferenceHalvesDown,
                    Rounding::HalvesToEven => Construct::DifferenceHalvesToEven,
                    Rounding::Up => Construct::DifferenceUp,
                    Rounding::Down => Construct::DifferenceDown,
                });
                let (_, way) = rounding_words(*rounding);
                let party = capital(party);
                format!(
                    "{party} takes the difference,\n     the others to the nearest penny, {way}."
                )
            }
        }
    }

    fn promise(&mut self, promise: &Promise) -> String {
        match promise {
            Promise::AddUp(amount) => {
                self.reach(Construct::AddUp);
                format!("the parties' payments add up to {}", self.expression(amount))
            }
            Promise::Monotone(rising, never, party, within) => {
                let party =
                    if party.ends_with('s') { format!("{party}'") } else { format!("{party}'s") };
                match within {
                    Some(key) => {
                        self.reach(Construct::MonotoneShare);
                        let number = self.model.number_of(*key);
                        format!("higher {rising} never {never} {party} share in {number}")
                    }
                    None => {
                        self.reach(Construct::MonotonePayments);
                        format!("higher {rising} never {never} {party} payments")
                    }
                }
            }
            Promise::Bound(party, words, amount) => {
                self.reach(Construct::BoundPromise);
                format!("{party} never pays {words} than {}", self.expression(amount))
            }
            Promise::Always(word, name) | Promise::AlwaysAtFirst(word, name) => {
                self.reach(Construct::AlwaysPromise);
                format!("the {} is {word} {name}", self.model.subject)
            }
        }
    }
}

/// `A, B and C`
fn joined(words: &[&str]) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => words.concat(),
    }
}
