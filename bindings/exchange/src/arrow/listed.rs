//! What is listed in the rows of a table, such as the clauses that apply: the same few texts again and
//! again, each put together once.

use apportion::engine::block::LANES;

/// How many texts are remembered.
const PLACES: usize = 256;

/// The columns of a block that say what is listed, each with its text.
type Columns<'a> = [(&'a [u8; LANES], &'a str)];

/// The texts that were put together last.
///
/// Where two fall into one place, the later one takes it: what is remembered changes how fast a
/// table is decided, and never what it says.
#[derive(Debug)]
pub(super) struct Listed {
    places: Vec<Option<(u64, String)>>,
}

impl Listed {
    pub(super) fn new() -> Self {
        Listed { places: vec![None; PLACES] }
    }

    /// The text for what is marked, remembered or put together now.
    pub(super) fn text(&mut self, marked: u64, write: impl FnOnce(&mut Vec<u8>)) -> &str {
        // The upper bits of the product are mixed best.
        let place = marked.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56;
        let place = usize::try_from(place).unwrap_or_default();
        let Some(place) = self.places.get_mut(place) else { return "" };
        if place.as_ref().is_none_or(|(known, _)| *known != marked) {
            let mut text = Vec::new();
            write(&mut text);
            *place = Some((marked, String::from_utf8(text).unwrap_or_default()));
        }
        place.as_ref().map_or("", |(_, text)| text)
    }
}

/// What is marked in each lane, a bit for a column; none where there are more columns than bits.
pub(super) fn marked(columns: &Columns<'_>) -> Option<[u64; LANES]> {
    let mut marked = [0; LANES];
    for (place, (column, _)) in columns.iter().enumerate() {
        let bit = 1_u64.checked_shl(u32::try_from(place).ok()?)?;
        for (marked, byte) in marked.iter_mut().zip(*column) {
            *marked |= if *byte != 0 { bit } else { 0 };
        }
    }
    Some(marked)
}
