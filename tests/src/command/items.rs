//! `run`: cases whose items stand in a second file.

use apportion_exchange::csv::summary::SCHEMA;

use super::documents::valid;
use super::lists::PLAN;
use super::{Folder, Ran, read, run};

const CASES: &str = "\
case_reference,fast_track
R1,
R2,yes
R3,no
R4,no
";

const SERVICES: &str = "\
case_reference,provider,price,stream
R1,Night Care Ltd,640.00,health
R1,\"Dawn, Day & Co\",£120.00,social work
R3,Best,1500,health
R3,Other,400,health
";

/// A run over cases with services, and what it made.
struct Made {
    ran: Ran,
    decided: String,
    rejects: String,
    items: String,
    item_rejects: String,
}

#[track_caller]
fn made(cases: impl AsRef<[u8]>, services: impl AsRef<[u8]>, more: &[&str]) -> Made {
    let folder = Folder::new();
    let plan = folder.write("plan.policy", PLAN);
    let cases = folder.write("cases.csv", cases);
    let services = format!("services={}", folder.write("services.csv", services));
    let [out, rejects] = ["out.csv", "rejects.csv"].map(|name| folder.path(name));
    let [items, item_rejects] = ["items.csv", "item_rejects.csv"].map(|name| folder.path(name));
    let (items_out, items_rejects) =
        (format!("services={items}"), format!("services={item_rejects}"));
    let arguments = [
        "run",
        &plan,
        &cases,
        "--items",
        &services,
        "-o",
        &out,
        "--rejects",
        &rejects,
        "--items-out",
        &items_out,
        "--items-rejects",
        &items_rejects,
    ];
    let ran = run(&[&arguments, more].concat());
    let text = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let [decided, rejects] = [&out, &rejects].map(|path| text(path));
    let [items, item_rejects] = [&items, &item_rejects].map(|path| text(path));
    Made { ran, decided, rejects, items, item_rejects }
}

/// The cells of one column.
#[track_caller]
fn column(csv: &str, name: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let place = reader.headers().unwrap().iter().position(|it| it == name).unwrap();
    reader.records().map(|row| row.unwrap()[place].to_string()).collect()
}

#[test]
fn each_item_goes_with_its_case() {
    let made = made(CASES, SERVICES, &[]);
    assert_eq!((made.ran.code, made.ran.output.as_str()), (0, ""), "{}", made.ran.errors);
    // 640.00 x 1.02 = 652.80 and 120.00 x 1.02 = 122.40, a quarter of it the ICB's;
    // 1,530.00 and 408.00 are 338.00 over the limit.
    assert_eq!(
        made.decided,
        "\
case_reference,fast_track,total_price,pays_icb,pays_social_care,referred_to,clauses
R1,,775.20,683.40,91.80,,1.1; 1.3; 2.1; 2.2; 3.1; 3.2; 3.3; 3.6
R2,yes,0.00,0.00,0.00,,3.3
R3,no,1938.00,1600.00,338.00,the joint panel,1.1; 1.3; 2.1; 3.1; 3.2; 3.3; 3.4; 3.5; 3.6
R4,no,0.00,0.00,0.00,,3.3
"
    );
    assert_eq!(
        made.items,
        "\
case_reference,provider,price,stream,nursing,band,weekly_price,pays_icb,pays_social_care,clauses
R1,Night Care Ltd,640.00,health,yes,high,652.80,652.80,0.00,1.1; 1.3; 2.1; 3.1; 3.2; 3.6
R1,\"Dawn, Day & Co\",£120.00,social work,no,high,122.40,30.60,91.80,1.3; 2.2; 3.1; 3.2; 3.6
R3,Best,1500,health,yes,high,1530.00,1530.00,0.00,1.1; 1.3; 2.1; 3.1; 3.2; 3.4; 3.6
R3,Other,400,health,yes,high,408.00,408.00,0.00,1.1; 1.3; 2.1; 3.1; 3.2; 3.6
"
    );
    assert_eq!(made.rejects, "line,column,reason,case_reference,fast_track\n");
    assert_eq!(made.item_rejects, "line,column,reason,case_reference,provider,price,stream\n");
    let line = |name: &str| made.ran.errors.lines().find(|line| line.starts_with(name)).unwrap();
    assert!(line("services ").ends_with(" 4"), "{}", made.ran.errors);
    assert!(line("services rejected").ends_with(" 0"));
}

#[test]
fn spellings_of_spreadsheets_are_read() {
    let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let titled = SERVICES.replace("case_reference,", "Case reference,").replace("R1,", "\" R1 \",");
    let plain = made(CASES, SERVICES, &[]);
    let spelt = made(windows(CASES), windows(&titled), &[]);
    assert_eq!(spelt.ran.code, 0, "{}", spelt.ran.errors);
    for name in ["total_price", "pays_icb", "referred_to"] {
        assert_eq!(column(&spelt.decided, name), column(&plain.decided, name));
    }
    assert_eq!(column(&spelt.items, "weekly_price"), column(&plain.items, "weekly_price"));
}

#[test]
fn a_header_alone_says_that_no_case_has_items() {
    let made = made(CASES, "case_reference,price,stream\n", &[]);
    assert_eq!(made.ran.code, 0, "{}", made.ran.errors);
    assert_eq!(column(&made.decided, "total_price"), ["0.00"; 4]);
}

#[test]
fn a_bad_item_rejects_its_case_with_all_its_items() {
    let services = SERVICES.replace("£120.00", "secret").replace("1500,", "0.50,");
    let made = made(CASES, services, &[]);
    assert_eq!(made.ran.code, 1);
    assert_eq!(column(&made.decided, "case_reference"), ["R2", "R4"]);
    assert_eq!(column(&made.rejects, "line"), ["2", "4"]);
    let reasons = column(&made.rejects, "reason");
    assert!(reasons[0].starts_with("line 3 of its services, column `price`: `price` must be"));
    assert!(reasons[1].starts_with("for service 1, "), "{}", reasons[1]);
    assert_eq!(column(&made.item_rejects, "line"), ["2", "3", "4", "5"]);
    assert_eq!(column(&made.item_rejects, "column"), ["", "price", "", ""]);
    let reasons = column(&made.item_rejects, "reason");
    assert_eq!(reasons[0], "its case, in line 2, has no decision");
    assert!(reasons[1].starts_with("`price` must be an amount of money"));
    assert_eq!(reasons[2], "its case, in line 4, has no decision");
    assert!(!made.ran.errors.contains("secret"));
    assert!(column(&made.items, "case_reference").is_empty());
}

#[test]
fn a_bad_case_rejects_its_items() {
    let made = made(CASES.replace("R3,no", "R3,maybe"), SERVICES, &[]);
    assert_eq!((made.ran.code, column(&made.rejects, "line")), (1, vec!["4".into()]));
    assert_eq!(column(&made.item_rejects, "line"), ["4", "5"]);
    assert_eq!(column(&made.items, "provider"), ["Night Care Ltd", "Dawn, Day & Co"]);
}

#[test]
fn items_of_no_case_are_rejects_and_harm_nobody() {
    let first = SERVICES.replacen("R1,Night", "R0,Nobody,1,health\nR1,Night", 1);
    let services = first.replacen("R3,Other", "R3b,Nobody,1,health\n ,Blank,1,health\nR3,Other", 1)
        + "R9,Last,1,health\n";
    let made = made(CASES, services, &[]);
    assert_eq!((made.ran.code, made.rejects.lines().count()), (1, 1));
    assert_eq!(column(&made.decided, "total_price"), ["775.20", "0.00", "1938.00", "0.00"]);
    assert_eq!(column(&made.item_rejects, "line"), ["2", "6", "7", "9"]);
    assert_eq!(column(&made.item_rejects, "column"), ["case_reference"; 4]);
    let none = "no case has this key";
    let blank = "the item does not say to which case it belongs";
    assert_eq!(column(&made.item_rejects, "reason"), [none, none, blank, none]);
    assert_eq!(column(&made.items, "provider").len(), 4);
}

#[test]
fn a_case_whose_items_stand_in_another_order_is_not_decided_on_some() {
    let services = SERVICES.to_string() + "R1,Late,10.00,health\nR4,Fine,10.00,health\n";
    let made = made(CASES, services, &[]);
    assert_eq!(made.ran.code, 1);
    assert_eq!(column(&made.decided, "case_reference"), ["R2", "R3", "R4"]);
    assert_eq!(column(&made.decided, "total_price"), ["0.00", "1938.00", "10.20"]);
    assert_eq!(
        column(&made.rejects, "reason"),
        ["some of its services stand behind those of a later case"]
    );
    assert_eq!(column(&made.item_rejects, "line"), ["2", "3", "6"]);
    assert_eq!(
        column(&made.item_rejects, "reason")[2],
        "the item stands behind those of a later case"
    );
}

#[test]
fn a_key_stands_at_one_case() {
    let cases = CASES.replace("R4,no", "R1,no\n,no");
    let made = made(cases, SERVICES, &[]);
    assert_eq!(
        (made.ran.code, column(&made.decided, "case_reference")),
        (1, vec!["R2".into(), "R3".into()])
    );
    assert_eq!(column(&made.rejects, "line"), ["2", "5", "6"]);
    let repeated = "another case has the same key";
    let blank = "nothing joins the case with its services";
    assert_eq!(column(&made.rejects, "reason"), [repeated, repeated, blank]);
    assert_eq!(column(&made.item_rejects, "line"), ["2", "3"]);
}

#[test]
fn more_items_than_a_case_may_have_reject_it() {
    let four = "R1,A,1.00,health\n".repeat(4);
    let made = made(CASES, format!("case_reference,provider,price,stream\n{four}"), &[]);
    assert_eq!((made.ran.code, column(&made.rejects, "line")), (1, vec!["2".into()]));
    assert_eq!(
        column(&made.rejects, "reason"),
        ["line 5 of its services: a case has at most 3 services"]
    );
    assert_eq!(column(&made.item_rejects, "line"), ["2", "3", "4", "5"]);
}

#[test]
fn a_row_of_another_length_is_no_item() {
    let services = SERVICES.replace("R3,Other,400,health", "R3,Other,400");
    let made = made(CASES, services, &[]);
    assert_eq!(
        column(&made.rejects, "reason"),
        ["line 5 of its services: the row has 3 cells, and there are 4 columns"]
    );
    let mut bytes = SERVICES.as_bytes().to_vec();
    let place = bytes.windows(4).position(|bytes| bytes == b"Best").unwrap();
    bytes[place] = 0xe9;
    let no_text = self::made(CASES, bytes, &[]);
    assert_eq!(
        column(&no_text.rejects, "reason"),
        [
            "line 4 of its services, column `provider`: the cell is not UTF-8 text; save the file in Excel as `CSV UTF-8 (Comma delimited)`"
        ]
    );
}

/// Items beyond a block of cases keep their order and their cases.
#[test]
fn a_long_caseload_keeps_its_order() {
    let cases = (0..700).map(|case| format!("R{case},no\n"));
    let cases = "case_reference,fast_track\n".to_string() + &cases.collect::<String>();
    // Case by case 0, 1, 2, 3, 0, ... services of so many pounds.
    let items = (0..700).flat_map(|case| (0..case % 4).map(move |_| case));
    let items = items.map(|case| format!("R{case},{case}.00,social work\n"));
    let items = "case_reference,price,stream\n".to_string() + &items.collect::<String>();
    let made = made(cases, items, &[]);
    assert_eq!(made.ran.code, 0, "{}", made.ran.errors);
    let expected = (0..700).map(|case: u32| {
        // 2% more, to the penny.
        let pence = (case * 102) * (case % 4);
        format!("{}.{:02}", pence / 100, pence % 100)
    });
    assert!(column(&made.decided, "total_price").into_iter().eq(expected));
    assert_eq!(made.items.lines().count(), 1 + 175 * 6);
}

/// So many items that a block is decided before it is full of cases.
#[test]
fn many_items_go_with_their_cases() {
    let folder = Folder::new();
    let plan =
        folder.write("plan.policy", PLAN.replace("services, up to 3,", "services, up to 90,"));
    let cases: String = (0..120).map(|case| format!("R{case},no\n")).collect();
    let cases = folder.write("cases.csv", format!("case_reference,fast_track\n{cases}"));
    let items: String =
        (0..120).map(|case| format!("R{case},10.00,social work\n").repeat(90 - case % 2)).collect();
    let items = folder.write("services.csv", format!("case_reference,price,stream\n{items}"));
    let ran = run(&["run", &plan, &cases, "--items", &format!("services={items}")]);
    assert_eq!(ran.code, 0, "{}", ran.errors);
    // 10.20 each.
    let expected = (0..120).map(|case| if case % 2 == 0 { "918.00" } else { "907.80" });
    assert!(column(&ran.output, "total_price").into_iter().eq(expected));
}

/// Files of two caseloads are told apart before all of one is held.
#[test]
fn rows_without_end_that_belong_to_no_case_end_the_run() {
    let services = SERVICES.to_string().replacen("R1,", &"X,,,\n".repeat((1 << 16) + 1), 1);
    let made = made(CASES, services, &[]);
    assert_eq!((made.ran.code, made.decided.as_str()), (2, ""));
    assert!(
        made.ran.errors.contains("its services cannot be read: there are more than 65,536 rows")
    );
}

#[test]
fn a_summary_counts_items() {
    let made = made(CASES, SERVICES.replace("400,", "much,"), &["--format", "json"]);
    let summary = valid(SCHEMA, &made.ran.output);
    let list = &summary["lists"][0];
    assert_eq!((&list["key"], &list["items"]), (&"services".into(), &4.into()));
    assert_eq!((&list["accepted"], &list["rejected"]), (&2.into(), &2.into()));
    assert_eq!((&summary["accepted"], &summary["rejected"]), (&3.into(), &1.into()));
}

/// Expects a run to be refused before its first case, and nothing to be written.
#[track_caller]
fn refuses(cases: &str, services: &str, file: &str, code: &str, words: &str) {
    let made = made(cases, services, &[]);
    assert_eq!((made.ran.code, made.ran.output.as_str()), (1, ""));
    let errors = &made.ran.errors;
    assert!(errors.contains(&format!("error[{code}]: {words}")), "{errors}");
    assert!(errors.contains(&format!("{file}:1\n")), "{errors}");
    assert!(made.decided.is_empty() && made.items.is_empty());
}

#[test]
fn a_column_that_joins_is_missed_beside_other_mistakes() {
    let cases = CASES.replacen("case_reference", "case_referense", 1);
    let errors = made(&cases, SERVICES, &[]).ran.errors;
    let told = |code: &str| errors.matches(&format!("error[{code}]")).count();
    assert_eq!((told("undeclared-column"), told("nothing-to-join")), (1, 1), "{errors}");
}

#[test]
fn the_columns_of_both_files_are_settled_first() {
    let services = |column: &str, name: &str| SERVICES.replacen(column, name, 1);
    let items = "/services.csv";
    refuses(
        CASES,
        &services("provider", "provder"),
        items,
        "undeclared-column",
        "the policy declares no fact `provder`; did you mean `provider`?",
    );
    refuses(
        CASES,
        &services("provider", "price_pence"),
        items,
        "column-twice",
        "columns `price_pence` and `price` say the same",
    );
    refuses(
        CASES,
        &services("provider", "fast_track"),
        items,
        "elsewhere-stated",
        "`fast track` is a fact of the case",
    );
    refuses(
        CASES,
        &services("provider", "pays_icb"),
        items,
        "answer-column-exists",
        "column `pays_icb`",
    );
    refuses(
        CASES,
        &services("price", "provider2"),
        items,
        "missing-column",
        "no column gives `price`",
    );
    refuses(
        CASES,
        &services("case_reference", "nights"),
        items,
        "nothing-to-join",
        "no column gives `case_reference`",
    );
    refuses(CASES, "", items, "no-header", "there is no line");
    let cases = "/cases.csv";
    refuses(
        &CASES.replace("case_reference,", "price,"),
        SERVICES,
        cases,
        "elsewhere-stated",
        "`price` is a fact of each service",
    );
    refuses(
        "fast_track\nno\n",
        SERVICES,
        cases,
        "nothing-to-join",
        "no column gives `case_reference`",
    );
}

#[test]
fn a_header_twice_is_an_item_of_no_case() {
    let made =
        made(CASES, SERVICES.replacen("R3,", "case_reference,provider,price,stream\nR3,", 1), &[]);
    assert_eq!((made.ran.code, column(&made.item_rejects, "line")), (1, vec!["4".into()]));
    assert_eq!(column(&made.decided, "total_price"), ["775.20", "0.00", "1938.00", "0.00"]);
}

#[test]
fn other_columns_are_carried_on_purpose() {
    let services = SERVICES.replacen("provider", "team", 1);
    for carry in [&["--carry-rest"][..], &["--carry", "Team"]] {
        let made = made(CASES, &services, carry);
        assert_eq!(made.ran.code, 0, "{}", made.ran.errors);
        assert_eq!(column(&made.items, "team").len(), 4);
    }
    let made = made(CASES, &services, &["--carry", "team,colour"]);
    assert!(
        made.ran.errors.contains("there is no column `colour` to carry"),
        "{}",
        made.ran.errors
    );
}

#[test]
fn rejected_items_are_named_without_a_file() {
    let folder = Folder::new();
    let plan = folder.write("plan.policy", PLAN);
    let cases = folder.write("cases.csv", CASES);
    let services = SERVICES.to_string() + &"R9,Nobody,1,health\n".repeat(30);
    let services = format!("services={}", folder.write("services.csv", services));
    let ran = run(&["run", &plan, &cases, "--items", &services]);
    assert_eq!((ran.code, ran.output.lines().count()), (1, 5));
    let errors = &ran.errors;
    assert!(
        errors.contains("services, line 6, column `case_reference`: no case has this key\n"),
        "{errors}"
    );
    assert!(errors.contains("services, and 10 rows more\nhelp: keep the rejected rows in a file with `--items-rejects services=FILE`"), "{errors}");
    assert!(!errors.contains("R9"), "{errors}");
}

#[test]
fn a_policy_with_lists_is_not_run_without_their_items() {
    let folder = Folder::new();
    let plan = folder.write("plan.policy", PLAN);
    let cases = folder.write("cases.csv", CASES);
    let ran = run(&["run", &plan, &cases, "-o", &folder.path("out.csv")]);
    assert_eq!((ran.code, ran.output.as_str()), (1, ""));
    assert!(ran.errors.contains("error[no-items]: each case has services, and no file gives them"));
    assert!(ran.errors.contains("help: name their file with `--items services=FILE`"));
    assert_eq!(folder.names(), ["cases.csv", "plan.policy"]);
}

#[test]
fn wrong_use_of_items_is_told() {
    let folder = Folder::new();
    let plan = folder.write("plan.policy", PLAN);
    let cases = folder.write("cases.csv", CASES);
    let services = folder.write("services.csv", SERVICES);
    let given = format!("services={services}");
    let fails = |more: &[&str], words: &str| {
        let ran = run(&[&["run", plan.as_str()], more].concat());
        assert_eq!((ran.code, ran.output.as_str()), (2, ""), "{more:?}");
        assert!(ran.errors.contains(words), "{}", ran.errors);
    };
    fails(&["-", "--items", &given], "with `--items` the cases are read twice");
    fails(&[&cases, "--items", &services], "such as `services=services.csv`");
    fails(&[&cases, "--items", &format!("servces={services}")], "did you mean `services`?");
    fails(&[&cases, "--items", &given, "--items-out", &given], "is named twice");
    fails(
        &[&cases, "--items-out", &given.replace(".csv", "2.csv")],
        "of which `--items` gives no file",
    );
    fails(&[&cases, "--items", &given, "--join", "fast_track"], "`fast_track` joins nothing");
    fails(&[&cases, "--items", "services=no_such.csv"], "`no_such.csv` cannot be read");
    let other = format!("services={}", folder.write("other.csv", SERVICES));
    fails(&[&cases, "--items", &given, "--items", &other], "`--items` names `services` twice");
}

#[test]
fn the_fact_that_joins_may_be_chosen() {
    let folder = Folder::new();
    let two = PLAN.replacen("  fast track ", "  team   text\n  fast track ", 1);
    let two = folder.write("plan.policy", two);
    let cases = folder.write("cases.csv", CASES.replace("case_reference", "team"));
    let services = SERVICES.replace("case_reference", "team");
    let services = format!("services={}", folder.write("services.csv", services));
    let ran = run(&["run", &two, &cases, "--items", &services]);
    assert_eq!(ran.code, 2);
    assert!(ran.errors.contains("choose one of case_reference, team"), "{}", ran.errors);
    let ran = run(&["run", &two, &cases, "--items", &services, "--join", "Team"]);
    assert_eq!(ran.code, 0, "{}", ran.errors);
    assert_eq!(column(&ran.output, "total_price"), ["775.20", "0.00", "1938.00", "0.00"]);

    let none = PLAN.replace("  case reference   text\n", "");
    let none = folder.write("none.policy", none);
    let ran = run(&["run", &none, &cases, "--items", &services]);
    assert!(ran.errors.contains("declare one for the case"), "{}", ran.errors);
}

#[test]
fn a_run_that_fails_leaves_what_was_there() {
    let folder = Folder::new();
    let plan = folder.write("plan.policy", PLAN);
    let cases = folder.write("cases.csv", CASES);
    // A quote left open: more than a row may have follows it.
    let open = SERVICES.to_string() + "\"" + &"x,".repeat(1 << 20);
    let services = format!("services={}", folder.write("services.csv", open));
    let out = folder.write("out.csv", "before");
    let items = folder.write("items.csv", "before");
    let items_out = format!("services={items}");
    let ran =
        run(&["run", &plan, &cases, "--items", &services, "-o", &out, "--items-out", &items_out]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.errors.contains("its services cannot be read: a quote that opens in line"),
        "{}",
        ran.errors
    );
    assert_eq!((read(&out).as_str(), read(&items).as_str()), ("before", "before"));
    assert_eq!(
        folder.names(),
        ["cases.csv", "items.csv", "out.csv", "plan.policy", "services.csv"]
    );
}
