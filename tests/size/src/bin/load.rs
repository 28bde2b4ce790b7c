//! The engine and the language: loads a policy, and decides a case where one is given as
//! `NAME=VALUE`. `load POLICY [NAME=VALUE]...`

use std::process::ExitCode;

use apportion::policy::Policy;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let text = arguments.next().and_then(|path| std::fs::read_to_string(path).ok());
    let Some(text) = text else { return ExitCode::from(2) };
    let facts: Vec<String> = arguments.collect();
    match decide(&text, &facts) {
        Ok(answer) => {
            println!("{answer}");
            ExitCode::SUCCESS
        }
        Err(mistake) => {
            eprintln!("{mistake}");
            ExitCode::FAILURE
        }
    }
}

fn decide(text: &str, facts: &[String]) -> Result<String, String> {
    let policy = Policy::parse(text).map_err(|mistakes| mistakes.to_string())?;
    if facts.is_empty() {
        return Ok(policy.to_string());
    }
    let facts = facts.iter().filter_map(|fact| fact.split_once('='));
    let case = policy.case(facts).map_err(|mistake| mistake.to_string())?;
    let decision = policy.decide(&case).map_err(|refused| refused.to_string())?;
    let payments = decision.totals().map(|(party, _, money)| format!("{party:?} {money}"));
    Ok(payments.collect::<Vec<_>>().join(", "))
}
