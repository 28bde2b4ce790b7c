//! The slips that people make in a policy that was right, one at a time: each is told once,
//! on its line, with what to write.
//!
//! `tests/mistakes/slips.txt` lists them.

use super::policies::found;

const CONTINUING_CARE: &str =
    include_str!("../../../examples/continuing_care/continuing_care.policy");
const WEEKLY_PACKAGE: &str = include_str!("../../../examples/weekly_package/weekly_package.policy");
const ORDER_OF_DEDUCTIONS: &str =
    include_str!("../../../examples/order_of_deductions/order_of_deductions.policy");
const POOLED_FUND: &str = include_str!("../../../examples/pooled_fund/pooled_fund.policy");
const DECISION_SUPPORT_TOOL: &str =
    include_str!("../../../examples/decision_support_tool/decision_support_tool.policy");
const CHECKLIST: &str = include_str!("../../../examples/checklist/checklist.policy");
const SLIPS: &str = include_str!("../../mistakes/slips.txt");

/// What is told of a slip: its line, code and help.
type Told = (usize, String, Option<String>);

/// One slip and what is to be told of it; nothing where it is no slip.
struct Slip {
    policy: &'static str,
    right: String,
    wrong: String,
    told: Option<Told>,
}

impl Slip {
    fn read(entry: &str) -> Slip {
        let (head, rest) = entry.split_once('\n').unwrap();
        let words: Vec<&str> = head.split(' ').collect();
        let policy = match words[0] {
            "continuing_care" => CONTINUING_CARE,
            "weekly_package" => WEEKLY_PACKAGE,
            "order_of_deductions" => ORDER_OF_DEDUCTIONS,
            "pooled_fund" => POOLED_FUND,
            "decision_support_tool" => DECISION_SUPPORT_TOOL,
            "checklist" => CHECKLIST,
            other => panic!("no example `{other}`"),
        };
        let help = rest.lines().find_map(|line| line.strip_prefix("help: ")).map(str::to_owned);
        let told = match words[1..] {
            ["read"] => None,
            [line, code] => Some((line.parse().unwrap(), code.to_owned(), help)),
            _ => panic!("{head}"),
        };
        let marked = |mark: char| {
            let lines: Vec<&str> =
                rest.lines().filter_map(|line| line.strip_prefix(mark)).collect();
            lines.join("\n")
        };
        // The removed last line break of a line is written as an empty line.
        Slip { policy, right: marked('-'), wrong: marked('+'), told }
    }

    fn text(&self) -> String {
        assert!(self.policy.contains(&self.right), "no example holds `{}`", self.right);
        self.policy.replacen(&self.right, &self.wrong, 1)
    }
}

fn slips() -> Vec<Slip> {
    SLIPS.split("\n\n").skip(1).map(Slip::read).collect()
}

/// What is told of a text.
fn told(text: &str) -> Vec<Told> {
    let line = |start: u32| text[..start as usize].matches('\n').count() + 1;
    let told = found(text).into_iter();
    told.map(|it| (line(it.span().start), it.code.to_owned(), it.help)).collect()
}

#[test]
fn every_slip_is_told_once_where_it_is() {
    for slip in slips() {
        let expected: Vec<Told> = slip.told.iter().cloned().collect();
        assert_eq!(told(&slip.text()), expected, "-{}\n+{}", slip.right, slip.wrong);
    }
}

#[test]
fn a_policy_without_slips_is_clean() {
    assert_eq!(told(CONTINUING_CARE), []);
    assert_eq!(told(WEEKLY_PACKAGE), []);
}
