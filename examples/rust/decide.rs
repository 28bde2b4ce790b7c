//! Decides one case of the continuing care example and says who pays what, and why.

use std::error::Error;

use apportion::policy::Policy;

fn main() -> Result<(), Box<dyn Error>> {
    let text = include_str!("../continuing_care/continuing_care.policy");
    let policy = Policy::parse(text)?;
    let case = policy.case([
        ("date of birth", "3 May 2017"),
        ("decision date", "12 May 2026"),
        ("registered with a GP in Northshire", "yes"),
        ("breathing", "high"),
        ("eating and drinking", "high"),
        ("mobility", "high"),
        ("continence", "low"),
        ("skin and tissue", "no additional needs"),
        ("communication", "moderate"),
        ("drug therapies", "no additional needs"),
        ("psychological and emotional needs", "no additional needs"),
        ("seizures", "no additional needs"),
        ("challenging behaviour", "no additional needs"),
        ("day care", "21.5"),
        ("waking nights", "2"),
    ])?;
    let decision = policy.decide(&case)?;
    let record = policy.record(&case, &decision);
    println!("{record}");
    println!("{}", record.explanation());
    Ok(())
}
