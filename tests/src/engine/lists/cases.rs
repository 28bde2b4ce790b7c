//! What cases and decisions with items promise.

use apportion_core::case::{Case, CaseError, State};
use apportion_core::decision::{Answer, DecideError, Decision};
use apportion_core::program::{
    AmountSlot, AnySlot, Builder, ByteSlot, DateSlot, FactId, Item, ListId, Program,
};
use apportion_core::value::{Type, Value};

use super::{
    DEAR, DEAR_SERVICE, KIND, OF_SERVICES, PRICE, RATE, SERVICES, START, day, item, program,
};

/// A case with services of these prices, of which nothing else is stated.
fn priced(program: &Program, prices: &[i64]) -> Case {
    let mut case = Case::new(program);
    case.set(RATE, Value::Amount(1)).unwrap();
    case.state_items(SERVICES).unwrap();
    for price in prices {
        let service = case.add_item(SERVICES).unwrap();
        case.set_item(service, PRICE, Value::Amount(*price)).unwrap();
    }
    case
}

fn decided(program: &Program, case: &Case) -> Decision {
    let mut decision = Decision::new(program);
    program.decide(case, &mut decision).unwrap();
    decision
}

/// The slots of what a service costs and of what all cost together.
fn cost_and_total(program: &Program) -> [AmountSlot; 2] {
    [0, 2].map(|value| match program.answers().values[value].slot {
        AnySlot::Amount(slot) => slot,
        slot => panic!("{slot:?}"),
    })
}

#[test]
fn an_empty_list_is_said() {
    let program = program();
    let mut case = Case::new(&program);
    case.set(RATE, Value::Amount(1)).unwrap();
    assert_eq!(case.items(SERVICES), None);
    let mut decision = Decision::new(&program);
    let not_stated = Err(DecideError::ListNotStated { list: SERVICES });
    assert_eq!(program.decide(&case, &mut decision), not_stated);
    assert_eq!(decision.items(SERVICES), None);
    case.state_items(SERVICES).unwrap();
    assert_eq!(case.items(SERVICES), Some(0));
    assert_eq!(program.decide(&case, &mut decision), Ok(()));
    assert_eq!(decision.items(SERVICES), Some(0));
    assert!(decision.of_item(item(0)).is_none());
    // To say it again changes nothing, and takes no item away.
    case.add_item(SERVICES).unwrap();
    case.state_items(SERVICES).unwrap();
    assert_eq!(case.items(SERVICES), Some(1));
    case.clear();
    assert_eq!(case.items(SERVICES), None);
    case.set(RATE, Value::Amount(1)).unwrap();
    assert_eq!(program.decide(&case, &mut decision), not_stated);
}

#[test]
fn a_case_says_what_was_stated_of_an_item() {
    let mut case = priced(&program(), &[10, 20]);
    assert_eq!(case.item(item(1), PRICE), State::Known(Value::Amount(20)));
    assert_eq!(case.item(item(1), KIND), State::NotStated);
    assert_eq!(case.item_value_or_default(item(1), KIND), Some(Value::Word(1)));
    case.set_item(item(1), KIND, Value::Word(2)).unwrap();
    case.set_item(item(0), START, Value::Date(day("2026-03-31"))).unwrap();
    assert_eq!(case.item(item(0), KIND), State::NotStated);
    assert_eq!(case.item(item(1), KIND), State::Known(Value::Word(2)));
    assert_eq!(case.item(item(0), START), State::Known(Value::Date(day("2026-03-31"))));
    case.set_item_not_known(item(1), KIND).unwrap();
    assert_eq!(case.item(item(1), KIND), State::NotKnown);
    assert_eq!(case.item_value_or_default(item(1), KIND), None);
    // What is said of items is not said of the case, nor the other way round.
    assert_eq!((case.get(PRICE), case.value_or_default(KIND)), (State::NotStated, None));
    assert_eq!(case.item(item(0), RATE), State::NotStated);
    assert_eq!(case.item_value_or_default(item(0), RATE), None);
    assert_eq!(case.item(item(2), PRICE), State::NotStated);

    case.clear();
    assert_eq!(case.item(item(1), PRICE), State::NotStated);
    let again = case.add_item(SERVICES).unwrap();
    assert_eq!(again, item(0));
    assert_eq!(case.item(again, PRICE), State::NotStated);
    assert_eq!(case.item_value_or_default(again, PRICE), None);
    let first = Some(Value::Date(day("2025-04-01")));
    assert_eq!(case.item_value_or_default(again, START), first);
}

#[test]
fn an_item_of_the_next_case_inherits_nothing() {
    let program = program();
    let mut case = priced(&program, &[10]);
    case.set_item(item(0), KIND, Value::Word(DEAR)).unwrap();
    case.clear();
    case.set(RATE, Value::Amount(1)).unwrap();
    case.add_item(SERVICES).unwrap();
    let mut decision = Decision::new(&program);
    let not_known = Err(DecideError::NotKnown { fact: PRICE, item: Some(item(0)) });
    assert_eq!(program.decide(&case, &mut decision), not_known);
    case.set_item(item(0), PRICE, Value::Amount(7)).unwrap();
    program.decide(&case, &mut decision).unwrap();
    let of_service = decision.of_item(item(0)).unwrap();
    assert_eq!(of_service.value(OF_SERVICES[0]), Some(Answer::Amount(14)));
}

#[test]
fn the_first_thing_that_is_not_known_is_told() {
    let program = program();
    let mut decision = Decision::new(&program);
    let mut case = Case::new(&program);
    let [one, other] = [(); 2].map(|()| case.add_item(SERVICES).unwrap());
    let mut told = |case: &Case| program.decide(case, &mut decision);
    let not_known = |fact, item| Err(DecideError::NotKnown { fact, item });
    assert_eq!(told(&case), not_known(RATE, None));
    case.set(RATE, Value::Amount(1)).unwrap();
    assert_eq!(told(&case), not_known(PRICE, Some(one)));
    case.set_item(one, PRICE, Value::Amount(1)).unwrap();
    assert_eq!(told(&case), not_known(PRICE, Some(other)));
    case.set_item_not_known(one, START).unwrap();
    assert_eq!(told(&case), not_known(START, Some(one)));
    case.set_item(one, START, Value::Date(day("2025-05-01"))).unwrap();
    case.set_item(other, PRICE, Value::Amount(1)).unwrap();
    assert_eq!(told(&case), Ok(()));
}

/// Two lists, each with a fact; the case has one that was declared between them.
fn two_lists() -> (Program, [ListId; 2], [FactId; 3]) {
    let mut program = Builder::default();
    let children = program.list(2);
    let age = program.item_fact(children, Type::Words { count: 18 }, None);
    let urgent = program.fact(Type::YesNo, Some(Value::YesNo(false)));
    let visits = program.list(500);
    let on = Type::Date { first: day("2025-04-01"), last: day("2026-03-31") };
    let on = program.item_fact(visits, on, None);
    (program.finish().unwrap(), [children, visits], [age, urgent, on])
}

#[test]
fn lists_are_asked_in_the_order_declared() {
    let (program, [children, visits], [age, urgent, on]) = two_lists();
    let (mut case, mut decision) = (Case::new(&program), Decision::new(&program));
    let visit = case.add_item(visits).unwrap();
    let mut told = |case: &Case| program.decide(case, &mut decision);
    assert_eq!(told(&case), Err(DecideError::ListNotStated { list: children }));
    let child = case.add_item(children).unwrap();
    let not_known = |fact, item| Err(DecideError::NotKnown { fact, item });
    assert_eq!(told(&case), not_known(age, Some(child)));
    case.set_not_known(urgent).unwrap();
    assert_eq!(told(&case), not_known(urgent, None));
    case.set(urgent, Value::YesNo(true)).unwrap();
    case.set_item(child, age, Value::Word(17)).unwrap();
    assert_eq!(told(&case), not_known(on, Some(visit)));
    case.set_item(visit, on, Value::Date(day("2025-04-02"))).unwrap();
    assert_eq!(told(&case), Ok(()));
    let [of_child, of_visit] = [child, visit].map(|item| decision.of_item(item).unwrap());
    let slots = (ByteSlot(1), DateSlot(0));
    assert_eq!((of_child.byte(slots.0), of_child.date(slots.1)), (Some(17), None));
    assert_eq!((of_visit.byte(slots.0), of_visit.date(slots.1)), (None, Some(day("2025-04-02"))));
}

#[test]
fn a_case_refuses_what_does_not_fit() {
    let (program, [children, visits], [age, urgent, on]) = two_lists();
    let mut case = Case::new(&program);
    let child = case.add_item(children).unwrap();
    let wrong_list = |fact| Err(CaseError::WrongList { fact });
    assert_eq!(case.set(age, Value::Word(1)), wrong_list(age));
    assert_eq!(case.set_not_known(age), wrong_list(age));
    assert_eq!(case.set_item(child, urgent, Value::YesNo(true)), wrong_list(urgent));
    assert_eq!(case.set_item(child, on, Value::Date(day("2025-04-01"))), wrong_list(on));
    assert_eq!(case.set_item_not_known(child, on), wrong_list(on));
    assert_eq!(case.set_item(child, FactId(3), Value::Word(1)), Err(CaseError::NoSuchFact));
    let out_of_bounds = Err(CaseError::OutOfBounds { fact: age });
    assert_eq!(case.set_item(child, age, Value::Word(18)), out_of_bounds);
    let wrong_kind = Err(CaseError::WrongKind { fact: age });
    assert_eq!(case.set_item(child, age, Value::YesNo(true)), wrong_kind);
    assert_eq!(case.item(child, age), State::NotStated);

    let second = Item { list: children, index: 1 };
    let no_such_item = Err(CaseError::NoSuchItem { item: second });
    assert_eq!(case.set_item(second, age, Value::Word(1)), no_such_item);
    assert_eq!(case.add_item(children), Ok(second));
    assert_eq!(case.add_item(children), Err(CaseError::TooManyItems { list: children }));
    assert_eq!(case.items(children), Some(2));
    let nowhere = ListId(2);
    assert_eq!(case.add_item(nowhere), Err(CaseError::NoSuchList));
    assert_eq!(case.state_items(nowhere), Err(CaseError::NoSuchList));
    let item = Item { list: nowhere, index: 0 };
    assert_eq!(case.set_item(item, age, Value::Word(1)), Err(CaseError::NoSuchList));
    assert_eq!((case.items(nowhere), case.items(visits)), (None, None));
    for index in 0..500 {
        assert_eq!(case.add_item(visits), Ok(Item { list: visits, index }));
    }
    assert_eq!(case.add_item(visits), Err(CaseError::TooManyItems { list: visits }));
}

#[test]
fn what_is_wrong_of_an_item_is_said() {
    let (item, list, fact) = (item(2), SERVICES, PRICE);
    let messages = [
        CaseError::WrongList { fact }.to_string(),
        CaseError::NoSuchList.to_string(),
        CaseError::NoSuchItem { item }.to_string(),
        CaseError::TooManyItems { list }.to_string(),
        DecideError::ListNotStated { list }.to_string(),
        DecideError::NotKnown { fact, item: Some(item) }.to_string(),
        DecideError::Refused { refusal: DEAR_SERVICE, item: Some(item) }.to_string(),
    ];
    assert_eq!(
        messages,
        [
            "fact 1 is declared for something else",
            "the program has no such list",
            "the case has no item 2 of list 0",
            "the case has as many items of list 0 as it may",
            "list 0 is not stated",
            "fact 1 of item 2 of list 0 is not known",
            "item 2 of list 0 is refused: NoRow { clause: ClauseId(0) }",
        ]
    );
}

#[test]
fn defaults_that_stood_in_for_an_item_are_listed() {
    let program = program();
    let mut case = priced(&program, &[10, 20]);
    case.set_item(item(1), KIND, Value::Word(1)).unwrap();
    let decision = decided(&program, &case);
    let defaulted = |decision: &Decision| decision.defaulted().collect::<Vec<_>>();
    assert_eq!(defaulted(&decision), []);
    let of_services = [0, 1].map(|index| decision.of_item(item(index)).unwrap());
    assert_eq!(of_services.each_ref().map(defaulted), [vec![KIND, START], vec![START]]);
}

#[test]
fn a_slot_of_items_is_read_item_by_item() {
    let program = program();
    let [cost, total] = cost_and_total(&program);
    let decision = decided(&program, &priced(&program, &[10, 20]));
    let services = [0, 1].map(item);
    assert_eq!(services.map(|it| decision.item_amount(it, cost)), [20, 40].map(Some));
    assert_eq!(services.map(|it| decision.item_amount(it, total)), [60, 60].map(Some));
    assert_eq!((decision.amount(cost), decision.amount(total)), (None, Some(60)));
    let (live, start) = (ByteSlot(0), DateSlot(0));
    assert_eq!(decision.item_byte(item(1), live), Some(1));
    assert_eq!(decision.item_date(item(1), start), Some(day("2025-04-01")));
    assert_eq!((decision.byte(live), decision.date(start)), (None, None));
    let nothing = [item(2), Item { list: ListId(1), index: 0 }];
    assert_eq!(nothing.map(|it| decision.item_amount(it, cost)), [None; 2]);
    assert_eq!(nothing.map(|it| decision.item_byte(it, live)), [None; 2]);
    assert_eq!(nothing.map(|it| decision.item_date(it, start)), [None; 2]);
}

#[test]
fn a_decision_about_an_item_is_about_that_alone() {
    let program = program();
    let [cost, total] = cost_and_total(&program);
    let decision = decided(&program, &priced(&program, &[10, 20]));
    let mut of_service = decision.of_item(item(1)).unwrap();
    assert_eq!((of_service.amount(cost), of_service.amount(total)), (Some(40), Some(60)));
    assert_eq!(of_service.item_amount(item(1), cost), Some(40));
    assert_eq!(of_service.item_amount(item(0), cost), None);
    assert!(of_service.is_covered());
    assert_eq!(of_service.items(SERVICES), None);
    assert!(of_service.of_item(item(1)).is_none());
    let lines: Vec<_> = of_service.lines().map(|line| line.item).collect();
    assert_eq!(lines, [Some(item(1)), None]);
    // It can be decided into again.
    program.decide(&priced(&program, &[1]), &mut of_service).unwrap();
    assert_eq!((of_service.items(SERVICES), of_service.amount(cost)), (Some(1), None));
    assert_eq!(of_service.item_amount(item(0), cost), Some(2));
}

#[test]
fn a_refused_case_answers_nothing_of_its_items() {
    let program = program();
    let [cost, _] = cost_and_total(&program);
    let mut case = priced(&program, &[10, 20]);
    let mut decision = decided(&program, &case);
    case.set_item(item(1), KIND, Value::Word(DEAR)).unwrap();
    let refused = Err(DecideError::Refused { refusal: DEAR_SERVICE, item: Some(item(1)) });
    assert_eq!(program.decide(&case, &mut decision), refused);
    assert_eq!((decision.items(SERVICES), decision.item_amount(item(0), cost)), (None, None));
    assert!(decision.of_item(item(0)).is_none());
    assert_eq!(decision.lines().count(), 0);
}

#[test]
fn fewer_items_than_before_leave_nothing_behind() {
    let program = program();
    let [cost, total] = cost_and_total(&program);
    let mut decision = decided(&program, &priced(&program, &[10, 20, 30]));
    program.decide(&priced(&program, &[5]), &mut decision).unwrap();
    assert_eq!((decision.items(SERVICES), decision.amount(total)), (Some(1), Some(10)));
    assert_eq!(decision.item_amount(item(1), cost), None);
    program.decide(&priced(&program, &[]), &mut decision).unwrap();
    assert_eq!((decision.items(SERVICES), decision.amount(total)), (Some(0), Some(0)));
}
