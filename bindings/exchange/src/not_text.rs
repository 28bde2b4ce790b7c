//! Bytes that are no text in UTF-8, and what they are instead, for whoever saved them.

use thiserror::Error;

/// What a file is that is no text in UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotText {
    /// What Word and Excel write, and other archives.
    #[error("a document of Word or Excel, or an archive")]
    Document,
    /// What Word writes as `Rich Text Format`.
    #[error("a document in rich text")]
    RichText,
    /// A page to print.
    #[error("a PDF")]
    Pdf,
    /// What Excel calls `Unicode Text`, and Windows `Unicode`.
    #[error("text in UTF-16")]
    Utf16,
    /// What Excel calls `CSV` without more, and Windows `ANSI`.
    #[error("text in another encoding")]
    AnotherEncoding,
    /// Anything else.
    #[error("something else, such as a picture")]
    Binary,
}

/// How a policy or a case is saved as text in UTF-8.
pub const SAVE_TEXT: &str = "save it as plain text in UTF-8: in Word choose `Save As`, `Plain Text`, and then the encoding `Unicode (UTF-8)`";

/// How a caseload is.
pub const SAVE_CASELOAD: &str = "save the file in Excel as `CSV UTF-8 (Comma delimited)`";

/// How documents begin that are no text.
const BEGINNINGS: [(&[u8], NotText); 9] = [
    (b"PK\x03\x04", NotText::Document),
    (b"\xd0\xcf\x11\xe0", NotText::Document),
    (b"{\\rtf", NotText::RichText),
    (b"%PDF-", NotText::Pdf),
    (b"\x89PNG", NotText::Binary),
    (b"\xff\xd8\xff", NotText::Binary),
    (b"\x1f\x8b", NotText::Binary),
    (b"\xff\xfe", NotText::Utf16),
    (b"\xfe\xff", NotText::Utf16),
];

/// What bytes are that are no text in UTF-8, nor end in the middle of one; none where they may be.
///
/// ```
/// use apportion_exchange::not_text::{NotText, found};
///
/// assert_eq!(found("care cost £5".as_bytes()), None);
/// assert_eq!(found(b"care cost \xa35"), Some(NotText::AnotherEncoding));
/// assert_eq!(found(b"\xff\xfec\0a\0r\0e\0"), Some(NotText::Utf16));
/// ```
#[must_use]
pub fn found(bytes: &[u8]) -> Option<NotText> {
    let known = BEGINNINGS.iter().find(|(beginning, _)| bytes.starts_with(beginning));
    if let Some((_, found)) = known {
        return Some(*found);
    }
    if bytes.contains(&0) {
        // Every second byte of what is written in Latin letters.
        let is_wide = bytes.iter().skip(1).step_by(2).take(8).all(|byte| *byte == 0);
        return Some(if is_wide { NotText::Utf16 } else { NotText::Binary });
    }
    str::from_utf8(bytes).is_err().then_some(NotText::AnotherEncoding)
}
