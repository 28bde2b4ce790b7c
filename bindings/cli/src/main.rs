//! The command `apportion`.

use std::{env, io, process};

fn main() {
    apportion_cli::end_at_signals();
    let (mut input, mut output, mut errors) = (io::stdin(), io::stdout(), io::stderr());
    process::exit(apportion_cli::run(env::args_os(), &mut input, &mut output, &mut errors))
}
