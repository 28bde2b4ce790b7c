//! The command `apportion`.

use std::{env, io, process};

use apportion_exchange::replacement::give_up_all;

/// The exit code of a command that was told to end before it was done, as shells have it.
const INTERRUPTED: i32 = 130;

fn main() {
    // Where nobody may be told of signals, the command can do all else that it does.
    let _ = ctrlc::set_handler(|| {
        let _given_up = give_up_all();
        process::exit(INTERRUPTED)
    });
    let (mut input, mut output, mut errors) = (io::stdin(), io::stdout(), io::stderr());
    process::exit(apportion_cli::run(env::args_os(), &mut input, &mut output, &mut errors))
}
