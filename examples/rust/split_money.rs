//! Divides money without a policy: the parts always add up.

use std::error::Error;

use apportion_core::money::Money;
use apportion_core::share::Share;
use apportion_core::split::Split;

fn main() -> Result<(), Box<dyn Error>> {
    let third = Share::new(1, 3).ok_or("a third is a share")?;
    let split = Split::new([third, third, third])?;
    let parts = split.of(Money::parse("£917.42")?);
    for (party, part) in ["the ICB", "social care", "education"].iter().zip(parts) {
        println!("{party} pays {part}");
    }
    Ok(())
}
