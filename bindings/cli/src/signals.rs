//! What becomes of a command that is told to end before it is done.

use std::process;

use apportion_exchange::replacement::give_up_all;

/// The exit code of a command that was told to end, as shells have it.
const INTERRUPTED: i32 = 130;

/// Has the program end at Ctrl-C, or another signal to end, without a half-written file left behind.
/// It is for a program that is the command and nothing else.
pub fn end_at_signals() {
    // Where nobody may be told of signals, the command can do all else that it does.
    let _ = ctrlc::set_handler(|| {
        let _given_up = give_up_all();
        process::exit(INTERRUPTED)
    });
}
