//! How many combinations are decided one by one, and what is told where there are more.

use apportion_core::case::Case;
use apportion_core::decision::DecideError;
use apportion_core::outlook::{
    Domain, MOST_COMPLETIONS, MOST_RANGES, Need, Outlook, Prospect, Question, Range, Topic, Unknown,
};
use apportion_core::program::{
    AnySlot, Builder, ByteSlot, FactId, Members, Operation as Op, Program, Term, Test, ValueId,
    ValueSlot,
};
use apportion_core::range::{ByteSet, Span};
use apportion_core::value::{Type, Value};

const WORDS: u8 = 4;

/// A program that concludes whether all of so many facts hold, and answers with a word of four that
/// is declared after them: at its ends it is also decided where it is a range, between them not.
struct Many {
    program: Builder,
    open: Vec<Unknown>,
    word: FactId,
}

fn fact(program: &mut Builder, open: &mut Vec<Unknown>, kind: Type) -> FactId {
    let fact = program.fact(kind, None);
    let domain = match kind {
        Type::YesNo => Domain::Bytes(ByteSet::OPEN),
        Type::Words { count } => Domain::Bytes(ByteSet::between(0, count - 1)),
        Type::Amount { least, greatest } => {
            Domain::Amounts { within: Span { least, greatest }, step: 1 }
        }
        Type::Date { first, last } => Domain::Dates(Span { least: first, greatest: last }),
    };
    open.push(Unknown::Fact { fact, item: None, domain });
    fact
}

fn answer(program: &mut Builder, slot: AnySlot) {
    let given = program.constant_byte(1);
    program.answers.values.push(ValueSlot { slot, given });
}

fn many(truths: usize) -> Many {
    let (mut program, mut open) = (Builder::default(), Vec::new());
    let truths: Vec<FactId> =
        (0..truths).map(|_| fact(&mut program, &mut open, Type::YesNo)).collect();
    let word = fact(&mut program, &mut open, Type::Words { count: WORDS });
    let tests = truths.iter().map(|fact| Test::is_true(program.fact_byte(*fact).unwrap()));
    let tests: Vec<Test> = tests.collect();
    let (rows, out) = (program.rows([(tests, 1)]), program.byte());
    program.push(Op::Condition { rows, out });
    program.answers.conclusions.push(out);
    let slot = AnySlot::Byte(program.fact_byte(word).unwrap());
    answer(&mut program, slot);
    Many { program, open, word }
}

fn foreseen(program: &Program, case: &Case, open: &[Unknown]) -> Outlook {
    let mut outlook = Outlook::new(program);
    program.foresee(case, open, &mut outlook).unwrap();
    outlook
}

fn value(outlook: &Outlook, id: u32) -> &Prospect {
    outlook.prospect(Question::Value(ValueId(id))).unwrap()
}

/// Whether each word is decided. That it can be any of the four is told all the same.
fn is_word_decided(many: Many) -> bool {
    let program = many.program.finish().unwrap();
    let outlook = foreseen(&program, &Case::new(&program), &many.open);
    let word = value(&outlook, 0);
    assert_eq!(word.range, Range::Bytes(ByteSet::between(0, WORDS - 1)));
    word.is_exact
}

#[test]
fn so_many_completions_are_decided_one_by_one() {
    // 14 facts and a word of four: 4 times 16,384 completions.
    assert_eq!(MOST_COMPLETIONS, 4 << 14);
    assert!(is_word_decided(many(14)));
    assert!(!is_word_decided(many(15)));
}

/// With more than 64 questions fewer are: 4 times 16,384 completions are then too many.
#[test]
fn the_more_questions_the_fewer_completions() {
    let with_conclusions = |truths, conclusions: usize| {
        let mut many = many(truths);
        // One conclusion and the word are asked for already.
        let asked = many.program.constant_byte(1);
        many.program.answers.conclusions.extend(vec![asked; conclusions - 2]);
        many
    };
    assert!(is_word_decided(with_conclusions(14, 64)));
    assert!(!is_word_decided(with_conclusions(14, 65)));
}

/// What is not decided is no more than what it can be.
#[test]
fn a_word_that_is_not_decided_is_one_that_it_can_be() {
    let Many { program, mut open, word } = many(16);
    let domain = Domain::Bytes(ByteSet::between(1, 2));
    open.pop();
    open.push(Unknown::Fact { fact: word, item: None, domain });
    let program = program.finish().unwrap();
    let outlook = foreseen(&program, &Case::new(&program), &open);
    let told = value(&outlook, 0);
    assert_eq!((told.range, told.is_settled), (Range::Bytes(ByteSet::between(1, 2)), false));
}

/// Beside a number that is calculated with, fewer are.
#[test]
fn so_many_ranges_are_looked_at_one_by_one() {
    assert_eq!(MOST_RANGES, 4 << 10);
    let with_amount = |truths| {
        let Many { mut program, mut open, word } = many(truths);
        let amount = fact(&mut program, &mut open, Type::Amount { least: 0, greatest: 9 });
        let slot = program.fact_amount(amount).unwrap();
        let (terms, out) = (program.terms([Term { slot, factor: 2 }]), program.amount());
        program.push(Op::Linear { terms, constant: 0, out });
        answer(&mut program, AnySlot::Amount(out));
        Many { program, open, word }
    };
    assert!(is_word_decided(with_amount(10)));
    assert!(!is_word_decided(with_amount(11)));
}

/// With 16 items half as many ranges are looked at.
#[test]
fn the_more_items_the_fewer_ranges() {
    let is_word_decided = |truths: usize, items: u32| {
        let (mut program, mut open) = (Builder::default(), Vec::new());
        let truths: Vec<FactId> =
            (0..truths).map(|_| fact(&mut program, &mut open, Type::YesNo)).collect();
        let word = fact(&mut program, &mut open, Type::Words { count: WORDS });
        let amount = fact(&mut program, &mut open, Type::Amount { least: 0, greatest: 9 });
        let list = program.list(items);
        let tests = truths.iter().map(|fact| Test::is_true(program.fact_byte(*fact).unwrap()));
        let tests: Vec<Test> = tests.collect();
        let (rows, out) = (program.rows([(tests, 1)]), program.byte());
        program.push(Op::Condition { rows, out });
        program.answers.conclusions.push(out);
        for slot in [
            AnySlot::Byte(program.fact_byte(word).unwrap()),
            AnySlot::Amount(program.fact_amount(amount).unwrap()),
        ] {
            answer(&mut program, slot);
        }
        let program = program.finish().unwrap();
        let mut case = Case::new(&program);
        case.state_items(list).unwrap();
        for _ in 0..items {
            case.add_item(list).unwrap();
        }
        value(&foreseen(&program, &case, &open), 0).is_exact
    };
    assert!(is_word_decided(10, 15));
    assert!(!is_word_decided(10, 16));
    assert!(is_word_decided(9, 16));
    assert!(is_word_decided(9, 31));
    assert!(!is_word_decided(9, 32));
}

/// Of what no answer hangs on only so much is shown as leaves the rest to be decided.
#[test]
fn what_no_answer_hangs_on_is_left_out_first() {
    let Many { mut program, mut open, .. } = many(10);
    let idle: Vec<FactId> = (0..10).map(|_| fact(&mut program, &mut open, Type::YesNo)).collect();
    let last = fact(&mut program, &mut open, Type::Words { count: WORDS });
    for slot in idle.iter().map(|fact| program.fact_byte(*fact).unwrap()).collect::<Vec<_>>() {
        program.answers.clauses.push(slot);
    }
    let slot = AnySlot::Byte(program.fact_byte(last).unwrap());
    answer(&mut program, slot);
    let program = program.finish().unwrap();
    let (case, mut outlook) = (Case::new(&program), Outlook::new(&program));
    let mut shown = 0;
    program.foresee_each(&case, &open, &mut outlook, |_, _| shown += 1).unwrap();
    // 1,024 times 16 completions that differ in an answer, and two of the others double them twice.
    assert_eq!(shown, 1024 * 16 * 4);
    assert!(value(&outlook, 0).is_exact && value(&outlook, 1).is_exact);
    assert_eq!(outlook.hanging().len(), 8);
    // None is shown where nothing is.
    let outlook = foreseen(&program, &case, &open);
    assert!(value(&outlook, 0).is_exact && value(&outlook, 1).is_exact);
    assert_eq!(outlook.hanging().len(), 10);
}

/// Ten levels of six words have sixty million combinations.
fn levels(measure: impl Fn(&mut Builder, Vec<ByteSlot>) -> ByteSlot) -> Outlook {
    let (mut program, mut open) = (Builder::default(), Vec::new());
    let levels = (0..10).map(|_| fact(&mut program, &mut open, Type::Words { count: 6 }));
    let levels: Vec<FactId> = levels.collect();
    let slots = levels.iter().map(|fact| program.fact_byte(*fact).unwrap()).collect();
    let out = measure(&mut program, slots);
    answer(&mut program, AnySlot::Byte(out));
    let program = program.finish().unwrap();
    foreseen(&program, &Case::new(&program), &open)
}

/// Each of the ten is needed for the value, and so many of its words settle it.
#[track_caller]
fn settled_by(outlook: &Outlook, least: u8, greatest: u8, settling: u32) {
    let told = value(outlook, 0);
    assert_eq!(told.range, Range::Bytes(ByteSet::between(least, greatest)));
    assert!(told.is_exact && !told.is_settled);
    let needs = outlook.needs(Topic::Value(ValueId(0)));
    assert_eq!(needs.len(), 10);
    for need in needs {
        assert_eq!((need.settling, need.of, need.is_certain), (settling, 6, true));
    }
}

#[test]
fn members_of_which_only_a_measure_matters_are_taken_together() {
    let members = Members { first: ByteSlot(0), count: 10 };
    let high = levels(|program, _| program.family_count(members, 4, 1));
    settled_by(&high, 0, 10, 0);
    let points = levels(|program, _| program.family_sum(members, [0, 1, 3, 5, 8, 13]));
    // 129 is nine times 13 and 12, which no word is worth; 125 is nine times 13 and 8.
    let Range::Bytes(sums) = value(&points, 0).range else { panic!("{points:?}") };
    assert_eq!((sums.least(), sums.greatest()), (Some(0), Some(130)));
    assert!(!sums.has(129) && sums.has(125) && value(&points, 0).is_exact);
    // One that is the highest there can be settles the highest, whatever the others are.
    let highest = levels(|program, slots| {
        let (slots, out) = (program.byte_list(slots), program.byte());
        program.push(Op::Highest { slots, out });
        out
    });
    settled_by(&highest, 0, 5, 1);
    let lowest = levels(|program, slots| {
        let (slots, out) = (program.byte_list(slots), program.byte());
        program.push(Op::Lowest { slots, out });
        out
    });
    settled_by(&lowest, 0, 5, 1);
}

/// Of 15 words of six it matters how often there is each: that is 15,504 ways, as many as to take 5
/// out of 20. Of 16 it is 5 out of 21, 20,349, which is more than are taken together.
#[test]
fn so_many_ways_are_taken_together() {
    let is_decided = |count: u8| {
        let (mut program, mut open) = (Builder::default(), Vec::new());
        let kind = Type::Words { count: 6 };
        (0..count).for_each(|_| {
            fact(&mut program, &mut open, kind);
        });
        let members = Members { first: ByteSlot(0), count };
        for word in 0..5 {
            let out = program.family_count(members, word, 0);
            answer(&mut program, AnySlot::Byte(out));
        }
        let program = program.finish().unwrap();
        value(&foreseen(&program, &Case::new(&program), &open), 0).is_exact
    };
    assert!(is_decided(15));
    assert!(!is_decided(16));
}

/// Beside 15 truths, three words are not taken together but as ranges. One measure reads the first
/// two of them and another the last two. Each word may matter to what reads it, and not to the other;
/// as all of them are at their ends at once, none is known to.
#[test]
fn members_that_are_ranges_may_each_matter_to_what_reads_them() {
    let Many { mut program, mut open, .. } = many(15);
    let words = [(); 3].map(|()| fact(&mut program, &mut open, Type::Words { count: WORDS }));
    let slots = words.map(|word| program.fact_byte(word).unwrap());
    for pair in [[slots[0], slots[1]], [slots[1], slots[2]]] {
        let (list, out) = (program.byte_list(pair), program.byte());
        program.push(Op::Highest { slots: list, out });
        answer(&mut program, AnySlot::Byte(out));
    }
    let program = program.finish().unwrap();
    let outlook = foreseen(&program, &Case::new(&program), &open);
    for (id, pair) in [(1, [16, 17]), (2, [17, 18])] {
        let told = value(&outlook, id);
        assert_eq!(told.range, Range::Bytes(ByteSet::between(0, WORDS - 1)));
        let (settling, of, is_certain) = (0, WORDS.into(), false);
        let needs = pair.map(|unknown| Need { unknown, settling, of, is_certain });
        assert_eq!(outlook.needs(Topic::Value(ValueId(id))), needs);
    }
}

/// A case of another program has no outlook.
#[test]
fn an_outlook_is_of_one_program() {
    let of = |truths| many(truths).program.finish().unwrap();
    let (one, other) = (of(1), of(2));
    let mut case = Case::new(&one);
    case.set(FactId(0), Value::YesNo(true)).unwrap();
    case.set(FactId(1), Value::Word(0)).unwrap();
    assert!(one.foresee(&case, &[], &mut Outlook::new(&one)).is_ok());
    let other_program = Err(DecideError::OtherProgram);
    assert_eq!(one.foresee(&case, &[], &mut Outlook::new(&other)), other_program);
    let of_other = Case::new(&other);
    assert_eq!(one.foresee(&of_other, &[], &mut Outlook::new(&one)), other_program);
    let domain = Domain::Bytes(ByteSet::OPEN);
    let unknown = Unknown::Fact { fact: FactId(0), item: None, domain };
    assert!(one.telling_values(&of_other, &unknown).is_err());
    let values = one.telling_values(&case, &unknown).unwrap();
    assert_eq!(values, [Value::YesNo(false), Value::YesNo(true)]);
}
