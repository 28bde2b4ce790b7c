//! `run`: cases with items against an obvious reading of the same two files.
//!
//! Whatever stands in the files, every row of either comes out once; a case is decided where it
//! would be by itself with every item that names it, and to the same pence.

use apportion::policy::Policy;
use apportion_exchange::pounds::decimal;

use super::lists::PLAN;
use super::{Folder, read, run};
use crate::rivals::random::Random;

/// How many pairs of files are read.
const RUNS: u64 = 60;

/// A row of cells, each as the file has it.
type Row = Vec<&'static str>;

const KEYS: [&str; 12] =
    ["R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9", "R10", "R11", "R12"];

/// One of these texts.
fn one(random: &mut Random, texts: &[&'static str]) -> &'static str {
    texts[random.weighted(&vec![1; texts.len()])]
}

/// Cases in which little is wrong.
fn cases(random: &mut Random) -> Vec<Row> {
    let mut keys = KEYS.to_vec();
    if random.is_in(20) {
        let place = random.weighted(&[1; KEYS.len()]);
        keys[place] = one(random, &["", "R1", "R7", " "]);
    }
    let fast_track = |random: &mut Random| match random.is_in(5) {
        true => "perhaps",
        false => one(random, &["yes", "no", ""]),
    };
    keys.into_iter().map(|key| vec![key, fast_track(random)]).collect()
}

/// Items in the order of their cases, but for a few.
fn items(random: &mut Random) -> Vec<Row> {
    let mut items = Vec::new();
    for key in KEYS {
        for _ in 0..random.weighted(&[30, 30, 25, 14, 1]) {
            let wrong = random.is_in(3);
            let price =
                if wrong { "much" } else { one(random, &["640.00", "£99.99", "1500", "33"]) };
            let price = if random.is_in(2) { "0.50" } else { price };
            items.push(vec![key, price, one(random, &["health", "social work"])]);
        }
    }
    if random.is_in(30) && !items.is_empty() {
        let place = random.below(items.len() as u64) as usize;
        items.insert(place, vec![one(random, &["X", "", "R2", "R11"]), "10", "health"]);
    }
    if random.is_in(20) && items.len() > 1 {
        let [one, other] = [0, 1].map(|_| random.below(items.len() as u64) as usize);
        items.swap(one, other);
    }
    if random.is_in(10) && !items.is_empty() {
        let place = random.below(items.len() as u64) as usize;
        items[place].pop();
    }
    items
}

fn file(names: &str, rows: &[Row]) -> String {
    rows.iter().fold(format!("{names}\n"), |file, row| file + &row.join(",") + "\n")
}

/// The pence that each party pays; none where the case has no decision.
fn decided(policy: &Policy, cases: &[Row], items: &[Row], place: usize) -> Option<[String; 2]> {
    let key = cases[place][0].trim();
    let is_key = |row: &&Row| row[0].trim() == key;
    if key.is_empty() || cases.iter().filter(is_key).count() > 1 || is_behind(cases, items, key) {
        return None;
    }
    let mut case = policy.case([("fast track", cases[place][1])]).ok()?;
    policy.state_list(&mut case, policy.list("services")?);
    for item in items.iter().filter(is_key) {
        let [_, price, stream] = item[..] else { return None };
        policy.add_item(&mut case, "services", [("price", price), ("stream", stream)]).ok()?;
    }
    let decision = policy.decide(&case).ok()?;
    Some(
        ["the ICB", "social care"]
            .map(|party| decimal(policy.pays(&decision, party).unwrap().pence().into())),
    )
}

/// Whether an item with a key stands behind one of a later case.
fn is_behind(cases: &[Row], items: &[Row], key: &str) -> bool {
    let place = |row: &Row| {
        let key = row[0].trim();
        cases.iter().position(|case| !key.is_empty() && case[0].trim() == key)
    };
    (0..items.len()).any(|index| {
        let own = place(&items[index]);
        let earlier = items[..index].iter().filter_map(place).max();
        items[index][0].trim() == key && own.is_some() && earlier > own
    })
}

/// The cells of each row but the first, from one place on.
fn rows(csv: &str, from: usize, cells: usize) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(csv.as_bytes());
    let rows = reader.records().map(Result::unwrap);
    rows.map(|row| row.iter().skip(from).take(cells).map(String::from).collect()).collect()
}

#[test]
fn rows_of_two_files_come_out_as_one_by_one() {
    let policy = Policy::parse(PLAN).unwrap();
    let (mut accepted, mut rejected, mut strays) = (0, 0, 0);
    for seed in 0..RUNS {
        let mut random = Random::new(seed);
        let (cases, items) = (cases(&mut random), items(&mut random));
        let folder = Folder::new();
        let plan = folder.write("plan.policy", PLAN);
        let cases_path = folder.write("cases.csv", file("case_reference,fast_track", &cases));
        let services = file("case_reference,price,stream", &items);
        let services = format!("services={}", folder.write("services.csv", services));
        let [out, no] = ["out.csv", "rejects.csv"].map(|name| folder.path(name));
        let [items_out, items_no] =
            ["items.csv", "item_rejects.csv"].map(|name| format!("services={}", folder.path(name)));
        let ran = run(&[
            "run",
            &plan,
            &cases_path,
            "--items",
            &services,
            "-o",
            &out,
            "--rejects",
            &no,
            "--items-out",
            &items_out,
            "--items-rejects",
            &items_no,
        ]);

        let decisions: Vec<_> =
            (0..cases.len()).map(|place| decided(&policy, &cases, &items, place)).collect();
        let of = |is_decided: bool| {
            cases.iter().zip(&decisions).filter(move |(_, it)| it.is_some() == is_decided)
        };
        let expected: Vec<Vec<String>> = of(true)
            .map(|(row, paid)| {
                row.iter().map(ToString::to_string).chain(paid.clone().unwrap()).collect()
            })
            .collect();
        let got: Vec<Vec<String>> = rows(&read(&out), 0, 5)
            .into_iter()
            .map(|row| [&row[..2], &row[3..5]].concat())
            .collect();
        assert_eq!(got, expected, "seed {seed}: {}", ran.errors);
        assert_eq!(rows(&read(&no), 3, 2), texts(of(false).map(|(row, _)| row)), "seed {seed}");

        let has_decision = |item: &&Row| {
            let mut own = cases.iter().zip(&decisions);
            own.any(|(case, it)| it.is_some() && case[0].trim() == item[0].trim())
        };
        let gone = texts(items.iter().filter(has_decision));
        let left = texts(items.iter().filter(|item| !has_decision(item)));
        assert_eq!(rows(&read(folder.path("items.csv")), 0, 3), gone, "seed {seed}");
        assert_eq!(rows(&read(folder.path("item_rejects.csv")), 3, 3), left, "seed {seed}");
        assert_eq!(ran.code, i32::from(expected.len() < cases.len() || !left.is_empty()));
        accepted += gone.len();
        rejected += cases.len() - expected.len();
        strays += left.len();
    }
    assert!(accepted > 300 && rejected > 40 && strays > 80, "{accepted} {rejected} {strays}");
}

fn texts<'r>(rows: impl Iterator<Item = &'r Row>) -> Vec<Vec<String>> {
    rows.map(|row| row.iter().map(ToString::to_string).collect()).collect()
}
