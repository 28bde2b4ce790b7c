//! What may be written after `apportion`.

use std::path::PathBuf;

use apportion::engine::date::Date;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::list_file::ListFile;

/// Policies in plain English: who is eligible, and who pays which part.
#[derive(Debug, Parser)]
#[command(name = "apportion", version)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Find every mistake in some policies
    Check {
        /// The policies' files
        #[arg(required = true, value_name = "POLICY")]
        policies: Vec<PathBuf>,
        /// The day on which to judge whether a review is due, such as 2026-04-01; today unless given
        #[arg(long, value_name = "DATE", value_parser = day)]
        on: Option<Date>,
        /// Write the cases that show what goes wrong into this folder, a RON file each
        #[arg(long, value_name = "FOLDER")]
        witnesses: Option<PathBuf>,
        /// How to write what is found
        #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
        format: TextOrJson,
    },
    /// Say what the code of a message means, with an example and what to do
    ExplainCode {
        /// The code, such as `shares-fall-short`
        code: String,
    },
    /// Decide one case
    Decide {
        /// The policy's file
        policy: PathBuf,
        /// The case's file, RON or JSON; `-` for standard input
        case: PathBuf,
        /// How to write the decision
        #[arg(long, value_enum, default_value_t = DecisionFormat::Text)]
        format: DecisionFormat,
    },
    /// Say what can still come of a case of which not everything is known, and what to ask for
    Needs {
        /// The policy's file
        policy: PathBuf,
        /// The case's file, RON or JSON; `-` for standard input
        case: PathBuf,
        /// How to write it
        #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
        format: TextOrJson,
    },
    /// Decide every case of a caseload in CSV
    Run(Run),
    /// List the facts that a case may carry
    Facts(Facts),
    /// Write the letter about a case: what was decided and why, in words for a family
    Letter(PageWithout),
    /// Write the working of a case: every step with its figures, for finance
    Working(PageWithout),
    /// Say why conclusions are not drawn of a case, and what alone would be enough
    WhyNot(PageAbout),
    /// Find the smallest changes to the evidence that would turn conclusions the other way
    Changes(ChangesAbout),
    /// Write the record of a case: all that is needed to decide it again and compare
    Record {
        /// The policy's file
        policy: PathBuf,
        /// The case's file, RON or JSON; `-` for standard input
        case: PathBuf,
        /// How to write it
        #[arg(long, value_enum, default_value_t = RecordFormat::Json)]
        format: RecordFormat,
        /// Leave these facts out
        #[arg(long, value_name = "FACTS", value_delimiter = ',')]
        withhold: Vec<String>,
    },
    /// Decide the case of a record again, and say what differs
    Verify {
        /// The record's file; `-` for standard input
        record: PathBuf,
        /// The policy's file
        #[arg(long)]
        policy: PathBuf,
    },
    /// Say what differs between two cases, or of one case under two policies, and how each pound moved
    Difference {
        /// The policy's file
        policy: PathBuf,
        /// The case's file, RON or JSON
        case: PathBuf,
        /// Another case's file, unless it is another policy that is compared
        #[arg(required_unless_present = "under")]
        other: Option<PathBuf>,
        /// Another policy's file: the second decision is under it
        #[arg(long, value_name = "POLICY")]
        under: Option<PathBuf>,
        /// How to write it
        #[arg(long, value_enum, default_value_t = PageFormat::Text)]
        format: PageFormat,
    },
    /// Run the examples of some policies
    Test {
        /// The policies' files
        #[arg(required = true, value_name = "POLICY")]
        policies: Vec<PathBuf>,
        /// How to write what came
        #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
        format: TextOrJson,
    },
    /// Say what the examples of some policies reach, and write the missing ones, to be checked
    Coverage {
        /// The policies' files
        #[arg(required = true, value_name = "POLICY")]
        policies: Vec<PathBuf>,
        /// How to write it
        #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
        format: TextOrJson,
    },
    /// Write some policies in their one layout, each in its place
    Format {
        /// The policies' files; `-` for standard input, which goes to standard output
        #[arg(required = true, value_name = "POLICY")]
        policies: Vec<PathBuf>,
        /// Write nothing, and list the policies that have another layout
        #[arg(long)]
        check: bool,
    },
    /// Say which clauses made the decision of one case, with figures and citations
    Explain {
        /// The policy's file
        policy: PathBuf,
        /// The case's file, RON or JSON; `-` for standard input
        case: PathBuf,
        /// How to write the explanation
        #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
        format: TextOrJson,
    },
}

impl Command {
    /// Whether a program reads what comes of it: then it is told in JSON why there is no answer.
    pub(crate) fn is_for_programs(&self) -> bool {
        match self {
            Command::Check { format, .. }
            | Command::Needs { format, .. }
            | Command::Test { format, .. }
            | Command::Coverage { format, .. }
            | Command::Explain { format, .. }
            | Command::Run(Run { format, .. }) => *format == TextOrJson::Json,
            Command::Decide { format, .. } => *format == DecisionFormat::Json,
            Command::Facts(facts) => facts.format == FactsFormat::Json,
            _ => false,
        }
    }
}

#[derive(Args, Debug)]
pub(crate) struct PageOf {
    /// The policy's file
    pub(crate) policy: PathBuf,
    /// The case's file, RON or JSON; `-` for standard input
    pub(crate) case: PathBuf,
    /// How to write it
    #[arg(long, value_enum, default_value_t = PageFormat::Text)]
    pub(crate) format: PageFormat,
}

#[derive(Args, Debug)]
pub(crate) struct PageWithout {
    #[command(flatten)]
    pub(crate) of: PageOf,
    /// Leave these facts out
    #[arg(long, value_name = "FACTS", value_delimiter = ',')]
    pub(crate) withhold: Vec<String>,
}

#[derive(Args, Debug)]
pub(crate) struct PageAbout {
    #[command(flatten)]
    pub(crate) of: PageOf,
    /// A conclusion, such as `eligible`; all of them where none is named
    #[arg(long, value_name = "NAME")]
    pub(crate) conclusion: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct ChangesAbout {
    /// The policy's file
    pub(crate) policy: PathBuf,
    /// The case's file, RON or JSON; `-` for standard input
    pub(crate) case: PathBuf,
    /// How to write them
    #[arg(long, value_enum, default_value_t = ChangesFormat::Text)]
    pub(crate) format: ChangesFormat,
    /// A conclusion, such as `eligible`; all of them where none is named
    #[arg(long, value_name = "NAME")]
    pub(crate) conclusion: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Facts {
    /// The policy's file
    pub(crate) policy: PathBuf,
    /// How to write them
    #[arg(long, value_enum, default_value_t = FactsFormat::Text)]
    pub(crate) format: FactsFormat,
    /// With `--format csv`: the file of the items of this list instead of the caseload
    #[arg(long, value_name = "LIST")]
    pub(crate) list: Option<String>,
    /// The text fact of the case that joins items to it, where the policy declares several
    #[arg(long, value_name = "NAME", requires = "list")]
    pub(crate) join: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Run {
    /// The policy's file
    pub(crate) policy: PathBuf,
    /// The caseload's file, CSV; `-` for standard input
    pub(crate) cases: PathBuf,
    /// Write the decisions to this file instead of standard output
    #[arg(short, long, value_name = "OUT")]
    pub(crate) output: Option<PathBuf>,
    /// Write the rows without a decision to this file, with their reasons
    #[arg(long, value_name = "FILE")]
    pub(crate) rejects: Option<PathBuf>,
    /// Read the items of a list from this file, CSV, a row an item in the same order of cases.
    /// A case without rows in it has no items
    #[arg(long, value_name = "LIST=FILE")]
    pub(crate) items: Vec<ListFile>,
    /// The text fact that cases and items both carry, where the policy declares several
    #[arg(long, value_name = "NAME", requires = "items")]
    pub(crate) join: Option<String>,
    /// Write the items of a list to this file, with what is decided of each
    #[arg(long, value_name = "LIST=FILE")]
    pub(crate) items_out: Vec<ListFile>,
    /// Write the items of a list without a decision to this file, with their reasons
    #[arg(long, value_name = "LIST=FILE")]
    pub(crate) items_rejects: Vec<ListFile>,
    /// Carry these columns, which the policy does not declare, to the decisions
    #[arg(long, value_name = "NAMES", value_delimiter = ',', conflicts_with = "carry_rest")]
    pub(crate) carry: Vec<String>,
    /// Carry every column that the policy does not declare to the decisions
    #[arg(long)]
    pub(crate) carry_rest: bool,
    /// Let a case go to the decisions also where what is not known makes a difference, with what is
    /// needed and between which ends each payment lies
    #[arg(long)]
    pub(crate) allow_unknown: bool,
    /// Where rejected rows are named and not kept in a file, name what stands in the cell as well.
    /// Unless asked, no message repeats what is known of anybody
    #[arg(long)]
    pub(crate) show_values: bool,
    /// How to write the summary; as JSON it goes to standard output
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    pub(crate) format: TextOrJson,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TextOrJson {
    /// Text for people
    Text,
    /// JSON for programs
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PageFormat {
    /// Text
    Text,
    /// HTML, to print
    Html,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ChangesFormat {
    /// Text
    Text,
    /// HTML, to print
    Html,
    /// JSON for programs, with each case as it would be
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RecordFormat {
    /// JSON
    Json,
    /// RON
    Ron,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DecisionFormat {
    /// Text for people
    Text,
    /// JSON for programs
    Json,
    /// RON for programs
    Ron,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FactsFormat {
    /// A table for people
    Text,
    /// A caseload of no cases, to be filled in
    Csv,
    /// JSON for programs
    Json,
}

/// A day, as cases write it.
fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "a day is written such as 2026-04-01".to_owned())
}
