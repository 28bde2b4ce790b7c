//! `apportion record` and `apportion verify`.

use std::path::Path;

use apportion_exchange::record::{to_json_withholding, to_ron_withholding};
use apportion_exchange::verify;

use crate::arguments::RecordFormat;
use crate::cases::of_case;
use crate::failure::{Ended, Failure};
use crate::files;
use crate::pages::withheld;
use crate::policies;
use crate::terminal::Streams;

pub(crate) fn record(
    (policy, case): (&Path, &Path),
    format: RecordFormat,
    withhold: &[String],
    streams: &mut Streams<'_>,
) -> Result<Ended, Failure> {
    let record = of_case(policy, case, streams, |policy, case| {
        Ok(withheld(policy, withhold).and_then(|withheld| {
            Ok(match format {
                RecordFormat::Json => to_json_withholding(policy, case, &withheld)?,
                RecordFormat::Ron => to_ron_withholding(policy, case, &withheld)?,
            })
        }))
    })?;
    let Some(record) = record else { return Ok(Ended::Found) };
    streams.output.write_all(record?.as_bytes())?;
    Ok(Ended::Done)
}

pub(crate) fn verify(
    record: &Path,
    policy: &Path,
    streams: &mut Streams<'_>,
) -> Result<Ended, Failure> {
    let Some(policy) = policies::load(policy, streams)? else { return Ok(Ended::Found) };
    let text = files::record(record, streams.input)?;
    let differences = match verify::verify(&policy, &text) {
        Ok(differences) => differences,
        Err(mistake) => {
            let code = mistake.code();
            streams.find(&format!("error[{code}]: {mistake}\n --> {}\n", record.display()))?;
            return Ok(Ended::Found);
        }
    };
    let mut text = String::new();
    for difference in &differences {
        text += &format!("{difference}\n");
    }
    let is_same = differences.iter().all(|difference| difference.is_of_engine());
    text += if is_same { "Everything else comes out as recorded.\n" } else { "" };
    if differences.is_empty() {
        text = String::from("Everything comes out as recorded.\n");
    }
    streams.output.write_all(text.as_bytes())?;
    Ok(Ended::found_if(!is_same))
}
