//! The command `apportion` as a library: check policies, decide cases, run caseloads.
//!
//! Results go to the output and findings to the errors. The exit code is 0 where everything
//! was done, 1 where something was found or refused, and 2 for wrong use or a file that
//! cannot be read or written.

mod signals;
mod list_file;
mod arguments;
mod failure;
mod terminal;
mod files;
mod columns;
mod policies;
mod witnesses;
mod check;
mod explain_code;
mod cases;
mod pages;
mod records;
mod test;
mod coverage;
mod rejected;
mod items;
mod facts;
mod format;
mod caseload;

use std::ffi::OsString;
use std::io::Read;

use clap::Parser;

use arguments::{Arguments, Command};
use failure::{Ended, Failure};
pub use signals::end_at_signals;
pub use terminal::Output;
use terminal::Streams;

/// Runs the command with these arguments, the first being its own name, and returns its exit
/// code.
///
/// ```
/// let (mut output, mut errors) = (Vec::new(), Vec::new());
/// let arguments = ["apportion", "check", "no_such.policy"].map(Into::into);
/// let code = apportion_cli::run(arguments, &mut "".as_bytes(), &mut output, &mut errors);
/// assert_eq!(code, 2);
/// assert!(String::from_utf8(errors).unwrap().contains("`no_such.policy` cannot be read"));
/// ```
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    input: &mut dyn Read,
    output: &mut dyn Output,
    errors: &mut dyn Output,
) -> i32 {
    let mut streams = Streams::new(input, output, errors);
    let command = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments.command,
        Err(error) => return streams.usage(&error),
    };
    let is_for_programs = command.is_for_programs();
    let ended = obey(command, &mut streams);
    if let Err(failure) = &ended {
        streams.failure(failure);
    }
    let refused = if is_for_programs { streams.write_refused() } else { Ok(()) };
    if let Err(failure) = &refused {
        streams.failure(failure);
    }
    match (ended, refused) {
        (Err(_), _) | (_, Err(_)) => 2,
        (Ok(Ended::Found), _) => 1,
        (Ok(Ended::Done), _) => 0,
    }
}

fn obey(command: Command, streams: &mut Streams<'_>) -> Result<Ended, Failure> {
    match command {
        Command::Check { policies, on, witnesses, format } => {
            check::check(&policies, on, witnesses.as_deref(), format, streams)
        }
        Command::Decide { policy, case, format } => cases::decide(&policy, &case, format, streams),
        Command::Needs { policy, case, format } => cases::needs(&policy, &case, format, streams),
        Command::Explain { policy, case, format } => {
            cases::explain(&policy, &case, format, streams)
        }
        Command::ExplainCode { code } => explain_code::explain_code(&code, streams),
        Command::Record { policy, case, format, withhold } => {
            records::record((&policy, &case), format, &withhold, streams)
        }
        Command::Verify { record, policy } => records::verify(&record, &policy, streams),
        Command::Difference { policy, case, other, under, format } => {
            let before = (policy.as_path(), case.as_path());
            let after = (under.as_deref().unwrap_or(&policy), other.as_deref().unwrap_or(&case));
            pages::difference(before, after, format, streams)
        }
        Command::Letter(page) => pages::letter(&page, streams),
        Command::Working(page) => pages::working(&page, streams),
        Command::WhyNot(page) => pages::why_not(&page, streams),
        Command::Changes(page) => pages::changes(&page, streams),
        Command::Test { policies, format } => test::test(&policies, format, streams),
        Command::Coverage { policies, format } => coverage::coverage(&policies, format, streams),
        Command::Facts(facts) => facts::facts(&facts, streams),
        Command::Format { policies, check } => format::format(&policies, check, streams),
        Command::Run(run) => caseload::run(&run, streams),
    }
}
