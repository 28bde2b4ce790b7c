//! `apportion explain-code`: what the code of a message means.

use apportion::codes::{near, page};

use crate::failure::{Ended, Failure};
use crate::terminal::Streams;

pub(crate) fn explain_code(code: &str, streams: &mut Streams<'_>) -> Result<Ended, Failure> {
    let page = page(code)
        .ok_or_else(|| Failure::NoSuchCode { code: code.to_owned(), near: near(code) })?;
    write!(streams.output, "{page}")?;
    Ok(Ended::Done)
}
