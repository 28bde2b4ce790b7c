//! The command `apportion`.
fn main() {}
