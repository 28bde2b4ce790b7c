//! Clauses and their sentences.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::iter;

use nom::Parser;
use nom::combinator::cut;
use nom::multi::separated_list1;

use super::condition::{condition, requirement};
use super::deciding::{Deciding, deciding_word};
use super::error::{Expected, Mistake, ParseError};
use super::expression::{optional_rounding, per, rounded};
use super::in_force::{day_after, in_force};
use super::literal::{date, literal, reference};
use super::payment::{difference, pays, pays_in_turn, spare_pennies, split};
use super::promise::{
    add_up, always, begins_with_higher, bound, is_about_payments, is_of_every_case, monotone,
    of_every_case,
};
use super::shares::shares;
use super::table::{hit, is_hit, slices, table};
use super::table_error::{TableMistake, TableProblem};
use super::tokens::{
    Context, Read, Tokens, declared_name, end, name, optional_words, token, words,
};
use super::unknown;
use crate::diagnostic::Diagnostic;
use crate::lex::{Lexed, sentences};
use crate::names::{self, MOST_WORDS, NameKind, span_of};
use crate::outline::Block;
use crate::source::Span;
use crate::syntax::{
    Body, Clause, Condition, Each, InForce, Item, Name, Promise, Rate, Reference, Sentence,
    Spanned, Spare,
};
use crate::token::{Token, TokenKind};

/// What the reading of a block gives: what it says, and its mistakes.
pub(super) type Outcome = (Item, Vec<Diagnostic>);

/// `clause = NUMBER [ in_force ] [ OPEN ] sentence { "." sentence } [ "." ] { ROW } [ "note:" TEXT ]`
pub(super) fn clause<'t>(block: &Block<'t>, lexed: &'t Lexed, context: &'t Context<'t>) -> Outcome {
    let Some((first, tokens)) = lexed.tokens.split_first() else {
        return (Item::Broken { number: None }, Vec::new());
    };
    let number = Spanned { value: first.key.clone(), span: first.span };
    let mut reader =
        ClauseReader { block, context, in_force: None, read: Vec::new(), diagnostics: Vec::new() };
    let is_open = reader.open_sentences(tokens);
    reader.rows(lexed);
    let ClauseReader { in_force, read, diagnostics, .. } = reader;
    if !diagnostics.is_empty() {
        let diagnostics = diagnostics.into_iter().map(|d| d.in_clause(number.value.clone()));
        let diagnostics = diagnostics.collect();
        return (Item::Broken { number: Some(number) }, diagnostics);
    }
    let is_known = read.iter().all(|sentence| sentence.is_some());
    if !is_known {
        return (Item::Broken { number: Some(number) }, Vec::new());
    }
    let cited = context.cited_lines.borrow();
    let own = context.citations.iter().filter(|(line, _)| !cited.contains(line));
    let note = lexed.note.map(|span| {
        let value = span.of(block.text).to_string();
        Spanned { value, span }
    });
    let mut sentences: Vec<Sentence> = read.into_iter().flatten().collect();
    // Most clauses have one sentence, and a list grows to room for four.
    sentences.shrink_to_fit();
    let clause = Clause {
        number,
        in_force,
        is_open,
        sentences,
        citations: own.flat_map(|(_, citations)| citations.iter().cloned()).collect(),
        note,
    };
    (Item::Clause(clause), Vec::new())
}

/// The sentences after `Open to local agreement:`, and whether it stands before them.
fn after_open(tokens: &[Token]) -> (&[Token], bool) {
    let sentences = names::after_open(tokens);
    (sentences, sentences.len() < tokens.len())
}

/// Reads the sentences of one clause; a sentence with an unknown name is left out.
struct ClauseReader<'t, 'b> {
    block: &'b Block<'t>,
    context: &'t Context<'t>,
    in_force: Option<InForce>,
    read: Vec<Option<Sentence>>,
    diagnostics: Vec<Diagnostic>,
}

impl<'t> ClauseReader<'t, '_> {
    /// Reads what follows the number of the clause; whether it is open to local agreement.
    fn open_sentences(&mut self, tokens: &'t [Token]) -> bool {
        let tokens = match in_force(Tokens::new(tokens, self.context)) {
            Ok((rest, in_force)) => {
                self.in_force = in_force;
                rest.slice()
            }
            Err(nom::Err::Error(error) | nom::Err::Failure(error)) => {
                self.diagnostics.push(error.diagnostic(self.block));
                return false;
            }
            Err(nom::Err::Incomplete(_)) => return false,
        };
        let (tokens, is_open) = after_open(tokens);
        self.sentences(tokens);
        is_open
    }

    fn sentences(&mut self, tokens: &'t [Token]) {
        let sentences = sentences(tokens);
        if sentences.is_empty() {
            let mistake = Mistake::Expected(Expected::Sentence);
            let end = self.block.text.trim_end().len() as u32;
            let end = Span { start: end, end };
            self.diagnostics.push(ParseError::new(mistake, end).diagnostic(self.block));
        }
        for sentence in sentences {
            if !self.sentence(sentence) {
                // What follows a sentence that was not read may depend on it.
                return;
            }
        }
    }

    /// Reads one sentence; whether it could be read.
    fn sentence(&mut self, tokens: &'t [Token]) -> bool {
        self.context.operators.set(0);
        let unknown = self.context.count_unknown();
        let input = Tokens::new(tokens, self.context);
        let result = match is_spare(input) {
            true => self.spare(input),
            false => read_sentence(input).map(|(_, sentence)| Some(sentence)),
        };
        match result {
            Ok(Some(sentence)) => {
                self.report_table();
                let is_free = self.context.count_unknown() == unknown
                    || only_condition_unknown(&sentence, unknown, self.context);
                self.read.push(is_free.then_some(sentence));
                true
            }
            Ok(None) => true,
            Err(nom::Err::Incomplete(_)) => true,
            Err(nom::Err::Error(error) | nom::Err::Failure(error)) => {
                self.report(tokens, unknown, error);
                false
            }
        }
    }

    /// Reports every mistake of the table that the sentence announces.
    fn report_table(&mut self) {
        let problems = self.context.table_problems.take();
        let start = self.block.span.start;
        self.diagnostics.extend(problems.into_iter().map(|problem| match problem {
            TableProblem::Shape(mistake) => mistake.diagnostic(start),
            TableProblem::Cell(mistake, span) => {
                ParseError::new(mistake, span).diagnostic(self.block)
            }
        }));
    }

    /// A mistake in a sentence with an unknown name may come from it, and is not reported.
    fn report(&mut self, tokens: &[Token], unknown: usize, error: ParseError<'t>) {
        if self.context.count_unknown() > unknown {
            self.read.push(None);
            return;
        }
        let names = self.context.names;
        let misspelt = match error.mistake {
            Mistake::Expected(_) if names.may_compare(self.context.compared.get()) => {
                self.context.compared.set(self.context.compared.get() + MOST_WORDS);
                unknown::misspelt(names, tokens, error.span)
            }
            _ => None,
        };
        match misspelt {
            Some(name) => {
                self.context.add_unknown(&name);
                self.read.push(None);
            }
            None => self.diagnostics.push(error.diagnostic(self.block)),
        }
    }

    /// A sentence on spare pennies belongs to the split before it.
    fn spare(&mut self, input: Tokens<'t>) -> Result<Option<Sentence>, nom::Err<ParseError<'t>>> {
        let (rest, spare) = read_spare(input)?;
        let whole = input.span_until(rest);
        let (_, ()) = end(Expected::SentenceEnd)(rest)?;
        // A split with an unknown name is left out, and what it lacks is reported.
        if let Some(None) = self.read.last() {
            return Ok(None);
        }
        let last = self.read.last_mut().and_then(Option::as_mut);
        let mut splits = last.map(spares).unwrap_or_default();
        let mistake = match splits.as_slice() {
            [] => Mistake::SpareWithoutSplit,
            spares if spares.iter().any(|spare| spare.is_some()) => Mistake::SpareTwice,
            _ => {
                splits.iter_mut().for_each(|place| **place = Some(spare.clone()));
                drop(splits);
                if let Some(Some(last)) = self.read.last_mut() {
                    last.span = last.span.to(whole);
                }
                return Ok(None);
            }
        };
        Err(nom::Err::Failure(ParseError::new(mistake, whole)))
    }

    /// The table of a clause must be announced, and come last; its mistakes are reported.
    fn rows(&mut self, lexed: &'t Lexed) {
        let start = self.block.span.start;
        let Some(first) = lexed.rows.first() else { return };
        if let Some(words) = lexed.tokens.get(first.tokens_before..).filter(|w| !w.is_empty()) {
            let line = words.first().map(|first| first.line);
            let has_bar = |token: &&Token| token.kind == TokenKind::Bar;
            let row: Vec<Token> =
                words.iter().filter(|word| Some(word.line) == line).cloned().collect();
            let mistake = match row.iter().any(|token| has_bar(&token)) {
                true => TableMistake::BarMissing { row: span_of(&row) },
                false => TableMistake::WordsAfterTable { words: span_of(words) },
            };
            self.diagnostics.truncate(0);
            self.diagnostics.push(mistake.diagnostic(start));
            return;
        }
        let is_table =
            |sentence: &Sentence| matches!(sentence.body, Body::Table { .. } | Body::Slices { .. });
        let has_table = self.read.iter().flatten().any(is_table);
        if !has_table && self.diagnostics.is_empty() && self.read.iter().all(Option::is_some) {
            let last = lexed.rows.last().map_or(first.span, |last| last.span);
            let table = first.span.to(last);
            let mistake = TableMistake::TableWithoutHeading { table };
            self.diagnostics.push(mistake.diagnostic(start));
        }
    }
}

/// Where the splits of a sentence keep how their spare pennies fall: both of them, where one
/// stands after `otherwise`.
fn spares(sentence: &mut Sentence) -> Vec<&mut Option<Spare>> {
    let bodies = iter::once(&mut sentence.body).chain(sentence.otherwise.as_mut());
    let spares = bodies.filter_map(|body| match body {
        Body::Split { spare, .. } | Body::Proportion { spare, .. } => Some(spare),
        _ => None,
    });
    spares.collect()
}

/// Whether every unknown name since the mark stands in the condition, which is then free.
fn only_condition_unknown(sentence: &Sentence, mark: usize, context: &Context<'_>) -> bool {
    let Some(when) = &sentence.when else { return false };
    let unknown = context.unknown.borrow();
    unknown
        .iter()
        .skip(mark)
        .all(|name| when.span.start <= name.span.start && name.span.end <= when.span.end)
}

fn is_spare(input: Tokens<'_>) -> bool {
    input.is_at("spare pennies") || deciding_word(input) == Some(Deciding::Takes)
}

fn read_spare(input: Tokens<'_>) -> Read<'_, Spare> {
    if input.is_at("spare pennies") { spare_pennies(input) } else { difference(input) }
}

/// `sentence = [ despite ] ( when | plain )`
fn read_sentence(input: Tokens<'_>) -> Read<'_, Sentence> {
    let start = input;
    if input.is_at("open to local agreement") {
        return input.fail(Mistake::OpenInTheMiddle);
    }
    let (input, despite) = despite(input)?;
    let (input, each) = for_each(input)?;
    let (rest, mut sentence) = match (input.after("when"), &each) {
        (Some(rest), _) => when(rest)?,
        (None, Some(_)) if input.kind() == Some(TokenKind::Colon) => {
            let (rest, body) = cut(shares_or_table).parse(input.skip(1))?;
            (rest, says(body))
        }
        (None, _) => unconditional(input)?,
    };
    if let (Some(each), Some(again)) = (&each, &sentence.each) {
        return input.fail_at(Mistake::ForEachTwice, each.item.span.to(again.item.span));
    }
    let expected = match &sentence.body {
        _ if rest.first().is_some_and(Token::is_item) => None,
        Body::Refer { .. } | Body::Require { .. } | Body::Promise(Promise::Always { .. })
            if sentence.when.is_none() =>
        {
            Some(Expected::WhenOrEnd)
        }
        Body::Cover { .. } | Body::Conclude { .. } => Some(Expected::ConclusionEnd),
        _ => Some(Expected::SentenceEnd),
    };
    let Some(expected) = expected else { return rest.fail(Mistake::DashBeginsLine) };
    let (rest, ()) = end(expected)(rest)?;
    sentence.despite = despite;
    sentence.each = each.or(sentence.each);
    sentence.span = start.span_until(rest);
    Ok((rest, sentence))
}

/// `despite = "Despite" PLACE { "and" PLACE } ","`
fn despite(input: Tokens<'_>) -> Read<'_, Vec<Reference>> {
    let Some(rest) = input.after("despite") else { return Ok((input, Vec::new())) };
    let and = words("and", Expected::Comma);
    let (rest, places) = cut(separated_list1(and, reference)).parse(rest)?;
    let (rest, _) = cut(token(TokenKind::Comma, Expected::Comma)).parse(rest)?;
    Ok((rest, places))
}

/// `each = "For each" ITEM ","`; a colon is left where it announces a table or shares
fn for_each(input: Tokens<'_>) -> Read<'_, Option<Each>> {
    let Some(rest) = input.after("for each") else { return Ok((input, None)) };
    let (rest, item) = cut(name(Expected::Item)).parse(rest)?;
    let each = Some(Each { item, is_after_when: false });
    if rest.kind() == Some(TokenKind::Colon) {
        return Ok((rest, each));
    }
    let (rest, _) = cut(token(TokenKind::Comma, Expected::Comma)).parse(rest)?;
    Ok((rest, each))
}

/// `when = "When" condition ( ":" (shares | hit) | "," plain [ ";" "otherwise" plain ] )`
fn when(input: Tokens<'_>) -> Read<'_, Sentence> {
    let (input, condition) = cut(condition).parse(input)?;
    let (input, mut sentence) = match input.kind() {
        Some(TokenKind::Colon) if is_plain(input.skip(1)) => {
            return input.fail(Mistake::ColonForComma);
        }
        Some(TokenKind::Colon) => {
            let (rest, body) = cut(shares_or_table).parse(input.skip(1))?;
            (rest, says(body))
        }
        Some(TokenKind::Comma) => guarded(input.skip(1))?,
        _ => return input.fail(Mistake::Expected(Expected::ConditionEnd)),
    };
    sentence.when = Some(condition);
    Ok((input, sentence))
}

/// A sentence that says this and nothing else; its condition and place are added by the caller.
fn says(body: Body) -> Sentence {
    let span = Span::default();
    Sentence { despite: Vec::new(), each: None, when: None, body, otherwise: None, span }
}

/// `[ each ] plain [ ";" "otherwise" plain ]`
fn guarded(input: Tokens<'_>) -> Read<'_, Sentence> {
    let (input, each) = for_each(input)?;
    let (input, mut sentence) = guarded_plain(input)?;
    sentence.each = each.map(|each| Each { is_after_when: true, ..each });
    Ok((input, sentence))
}

/// `plain [ ";" "otherwise" plain ]`
fn guarded_plain(input: Tokens<'_>) -> Read<'_, Sentence> {
    if is_share(input) {
        return input.fail(Mistake::CommaForColon);
    }
    if is_condition(input) {
        return input.fail(Mistake::AndMissing);
    }
    if deciding_word(input) == Some(Deciding::Is) {
        let (rest, body) = always(input)?;
        return Ok((rest, says(body)));
    }
    let (input, body) = cut(plain).parse(input)?;
    let mut sentence = says(body);
    if input.kind() != Some(TokenKind::Semicolon) {
        return Ok((input, sentence));
    }
    let (input, _) = cut(words("otherwise", Expected::SentenceEnd)).parse(input.skip(1))?;
    let (input, otherwise) = cut(plain).parse(input)?;
    sentence.otherwise = Some(otherwise);
    Ok((input, sentence))
}

/// A sentence with a pattern of its own, which a comma should precede
fn is_plain(input: Tokens<'_>) -> bool {
    let decides = || matches!(deciding_word(input), Some(Deciding::Equals | Deciding::Pays));
    !is_hit(input) && (input.is_at("split") || decides())
}

/// `FACT ","`, which `and` or `or` should precede
fn is_condition(input: Tokens<'_>) -> bool {
    let Some((rest, name)) = declared_name(input) else { return false };
    let kind = input.context.names.kind(&name.key);
    let is_truth = matches!(kind, Some(NameKind::Fact | NameKind::Member | NameKind::Conclusion));
    is_truth && rest.kind() == Some(TokenKind::Comma)
}

/// `PARTY SHARE`, which a colon should precede
fn is_share(input: Tokens<'_>) -> bool {
    let Some((rest, name)) = declared_name(input) else { return false };
    let is_party = input.context.names.kind(&name.key) == Some(NameKind::Party);
    let is_share = matches!(rest.kind(), Some(TokenKind::Percent | TokenKind::Fraction));
    is_party && (is_share || rest.is_at("the rest"))
}

/// What follows `When CONDITION:` or `In every case:`.
fn shares_or_table(input: Tokens<'_>) -> Read<'_, Body> {
    if is_hit(input) { table_body(input, Vec::new(), None) } else { shares(input) }
}

/// `In every case: ...`, and sentences whose condition comes after.
fn unconditional(input: Tokens<'_>) -> Read<'_, Sentence> {
    if let Some(rest) = input.after("in every case") {
        let (rest, _) = cut(token(TokenKind::Colon, Expected::Colon)).parse(rest)?;
        let (rest, body) = cut(shares_or_table).parse(rest)?;
        return Ok((rest, says(body)));
    }
    if input.is_at("this policy covers") {
        return cover(input);
    }
    if input.is_at("the case is referred to") {
        return refer(input);
    }
    if input.is_at("clause") {
        return switch(input);
    }
    if is_about_payments(input) {
        return input.fail(Mistake::PaymentsAreAlways);
    }
    if deciding_word(input) == Some(Deciding::Is) {
        return conclude(input);
    }
    let (input, body) = plain(input)?;
    match &body {
        Body::Require { .. } => optional_when(input, body),
        _ => Ok((input, says(body))),
    }
}

/// `[ "when" condition ]`, after what is said
fn optional_when(input: Tokens<'_>, body: Body) -> Read<'_, Sentence> {
    if !input.is_at("when") {
        return Ok((input, says(body)));
    }
    let (input, when) = when_condition(input)?;
    Ok((input, Sentence { when: Some(when), ..says(body) }))
}

/// `"This policy covers" SUBJECT "when" condition`
fn cover(input: Tokens<'_>) -> Read<'_, Sentence> {
    let (input, _) = words("this policy covers", Expected::Sentence)(input)?;
    let (input, subject) = cut(name(Expected::Subject)).parse(input)?;
    let (input, when) = cut(when_condition).parse(input)?;
    Ok((input, Sentence { when: Some(when), ..says(Body::Cover { subject }) }))
}

fn when_condition(input: Tokens<'_>) -> Read<'_, Condition> {
    let (input, _) = words("when", Expected::When)(input)?;
    cut(condition).parse(input)
}

/// `SUBJECT "is" [ "also" ] [ "not" ] NAME "when" condition`, or a promise
fn conclude(input: Tokens<'_>) -> Read<'_, Sentence> {
    let (input, subject) = name(Expected::Subject)(input)?;
    if is_of_every_case(input) {
        let (input, promise) = of_every_case(input)?;
        return optional_when(input, promise);
    }
    let (input, _) = cut(words("is", Expected::Is)).parse(input)?;
    let (input, _) = optional_words("also", input);
    let (input, not) = optional_words("not", input);
    let (input, conclusion) = cut(name(Expected::Conclusion)).parse(input)?;
    let (input, when) = cut(when_condition).parse(input)?;
    let body = Body::Conclude { subject, not, conclusion };
    Ok((input, Sentence { when: Some(when), ..says(body) }))
}

/// `"The case is referred to" PANEL [ "when" condition ]`
fn refer(input: Tokens<'_>) -> Read<'_, Sentence> {
    let (input, _) = words("the case is referred to", Expected::Sentence)(input)?;
    let (input, panel) = cut(name(Expected::Panel)).parse(input)?;
    optional_when(input, Body::Refer { panel })
}

/// `"Clause" NUMBER "does not apply when" condition`
fn switch(input: Tokens<'_>) -> Read<'_, Sentence> {
    let (input, clause) = cut(reference).parse(input)?;
    let (input, _) = cut(words("does not apply", Expected::SwitchedOff)).parse(input)?;
    let (input, when) = cut(when_condition).parse(input)?;
    Ok((input, Sentence { when: Some(when), ..says(Body::Switch { clause }) }))
}

/// `plain = split | payment | limit | floor | definition | table | rates | requirement | promise`
fn plain(input: Tokens<'_>) -> Read<'_, Body> {
    if input.is_at("split") {
        return split(input);
    }
    if input.is_at("of") {
        return pays_in_turn(input);
    }
    // `Higher rate, an hour: ...` is the name of a rate.
    if begins_with_higher(input) && deciding_word(input) == Some(Deciding::Never) {
        return monotone(input);
    }
    if input.is_at("the parties' payments") {
        return add_up(input);
    }
    match deciding_word(input) {
        Some(Deciding::Equals) => define(input),
        Some(Deciding::Colon) => head(input),
        Some(Deciding::Pays) => pays(input),
        Some(Deciding::Never) => bound(input),
        Some(Deciding::Must) => require(input),
        Some(Deciding::Is | Deciding::Takes) | None => {
            input.fail(Mistake::Expected(Expected::Sentence))
        }
    }
}

/// `expression "must" [ "not" ] "be" test`
fn require(input: Tokens<'_>) -> Read<'_, Body> {
    let (input, must) = requirement(input)?;
    Ok((input, Body::Require { must }))
}

/// `NAME "=" rounded`
fn define(input: Tokens<'_>) -> Read<'_, Body> {
    let (input, name) = name(Expected::Sentence)(input)?;
    if let Some((_, each)) = input.after("for").and_then(declared_name) {
        let mistake = match input.context.names.kind(&each.key) {
            Some(NameKind::List | NameKind::Item) => Mistake::EqualsForItem,
            _ => Mistake::EqualsForMember,
        };
        return input.fail_at(mistake, input.here().to(each.span));
    }
    let (input, _) = cut(token(TokenKind::Equals, Expected::Equals)).parse(input)?;
    let (input, value) = cut(rounded).parse(input)?;
    Ok((input, Body::Define { name, value }))
}

/// `NAME { "," NAME } [ "for" SINGULAR ] ":" hit | NAME "," unit ":" rates`
fn head(input: Tokens<'_>) -> Read<'_, Body> {
    let (input, first) = name(Expected::Sentence)(input)?;
    if let (rest, Some(per)) = rate_unit(input) {
        return rates(rest, first, per);
    }
    let mut names = Vec::from([first]);
    let mut input = input;
    while input.kind() == Some(TokenKind::Comma) {
        let (rest, next) = cut(name(Expected::Name)).parse(input.skip(1))?;
        names.push(next);
        input = rest;
    }
    let (input, each) = match input.after("for") {
        Some(rest) => {
            let (rest, each) = cut(name(Expected::Family)).parse(rest)?;
            (rest, Some(each))
        }
        None => (input, None),
    };
    let (input, _) = cut(token(TokenKind::Colon, Expected::Colon)).parse(input)?;
    if !is_hit(input) && input.context.rows.is_empty() {
        return input.fail(Mistake::ColonForEquals);
    }
    table_body(input, names, each)
}

/// `", an hour:"`
fn rate_unit(input: Tokens<'_>) -> (Tokens<'_>, Option<Spanned<String>>) {
    if input.kind() != Some(TokenKind::Comma) {
        return (input, None);
    }
    let (rest, unit) = per(input.skip(1));
    if rest.kind() == Some(TokenKind::Colon) { (rest.skip(1), unit) } else { (input, None) }
}

fn table_body<'t>(input: Tokens<'t>, names: Vec<Name>, each: Option<Name>) -> Read<'t, Body> {
    let start = input;
    if let Some(rest) = slices(input) {
        return slices_body(start, rest, names);
    }
    let (input, hit) = cut(hit).parse(input)?;
    let table = table(start.take_until(input));
    Ok((input, Body::Table { names, each, hit, table }))
}

/// `"each slice at its own rate" [ rounding ]`, of one value
fn slices_body<'t>(start: Tokens<'t>, input: Tokens<'t>, names: Vec<Name>) -> Read<'t, Body> {
    let (input, rounding) = cut(optional_rounding).parse(input)?;
    let [name] = names.as_slice() else { return start.fail(Mistake::SlicesOfOneValue) };
    let name = name.clone();
    let table = table(start.take_until(input));
    Ok((input, Body::Slices { name, rounding, table }))
}

/// `rate { rate }`, each with its own citations
fn rates<'t>(input: Tokens<'t>, name: Name, per: Spanned<String>) -> Read<'t, Body> {
    let (mut input, first) = cut(rate).parse(input)?;
    let mut rates = Vec::from([first]);
    loop {
        let next = if input.kind() == Some(TokenKind::Stop) { input.skip(1) } else { input };
        if next.is_empty() {
            return Ok((next, Body::Rates { name, per, rates }));
        }
        let (rest, another) = cut(rate).parse(next)?;
        rates.push(another);
        input = rest;
    }
}

/// `literal "from" DATE [ "until" DATE ] [ "announced" DATE ]`
fn rate(input: Tokens<'_>) -> Read<'_, Rate> {
    let line = input.first().map(|token| token.line);
    let (input, value) = match literal(input) {
        Err(nom::Err::Error(_)) => return input.error(Mistake::Expected(Expected::Rate)),
        other => other?,
    };
    let (input, _) = cut(words("from", Expected::From)).parse(input)?;
    let (input, from) = cut(date).parse(input)?;
    let (input, until) = day_after("until", input)?;
    let (input, announced) = day_after("announced", input)?;
    // The first line of a clause has the clause's own citations.
    let line = line.filter(|&line| line > input.context.first_line);
    let citations = line.map(|line| input.context.take_citations(line)).unwrap_or_default();
    Ok((input, Rate { value, from, until, announced, citations }))
}
