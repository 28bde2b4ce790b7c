//! What short texts of one column were read as, so that each is seldom read twice.
//!
//! A column of levels has six texts, one of dates a few thousand. Every text is read by the
//! policy the first time; where two fall into one place, the later one takes it. So what is
//! remembered changes how fast a caseload is read, and never what it says.

use apportion::engine::value::Value;

/// How many texts a column remembers.
const PLACES: usize = 2048;

/// How many bytes a text may have: the last byte of a key is the length.
const MOST_BYTES: usize = KEY_BYTES - 1;
const KEY_BYTES: usize = 32;

/// A text of up to [`MOST_BYTES`] bytes, filled up with noughts, and its length.
type Key = [u8; KEY_BYTES];

/// The values of texts met before.
#[derive(Clone, Debug)]
pub(crate) struct Remembered {
    places: Vec<(Key, Option<Value>)>,
}

impl Remembered {
    pub(crate) fn new() -> Self {
        Remembered { places: vec![([0; KEY_BYTES], None); PLACES] }
    }

    /// The value of a text: remembered, or read now. What is no value is not remembered.
    pub(crate) fn value_or_read<E>(
        &mut self,
        text: &[u8],
        read: impl FnOnce() -> Result<Option<Value>, E>,
    ) -> Result<Option<Value>, E> {
        let Some(key) = key(text) else { return read() };
        let Some(place) = self.places.get_mut(index(&key)) else { return read() };
        if place.0 == key && place.1.is_some() {
            return Ok(place.1);
        }
        let value = read()?;
        *place = (key, value);
        Ok(value)
    }
}

fn key(text: &[u8]) -> Option<Key> {
    let mut key = [0; KEY_BYTES];
    if text.len() > MOST_BYTES {
        return None;
    }
    key.get_mut(..text.len())?.copy_from_slice(text);
    *key.last_mut()? = u8::try_from(text.len()).ok()?;
    Some(key)
}

/// The place of a key: its words multiplied together, of which the upper bits are mixed best.
fn index(key: &Key) -> usize {
    let (words, _) = key.as_chunks::<8>();
    let mixed = words.iter().fold(0_u64, |mixed, word| {
        (mixed ^ u64::from_le_bytes(*word)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23)
    });
    (mixed as usize) % PLACES
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: i64) -> Result<Option<Value>, ()> {
        Ok(Some(Value::Amount(value)))
    }

    #[test]
    fn a_text_is_read_once_while_its_place_is_its_own() {
        let mut remembered = Remembered::new();
        assert_eq!(remembered.value_or_read(b"21.5", || read(86)), read(86));
        assert_eq!(remembered.value_or_read(b"21.5", || Err(())), read(86));
        assert_eq!(remembered.value_or_read(b"21.50", || read(87)), read(87));
    }

    #[test]
    fn a_text_that_ends_in_noughts_is_another() {
        let mut remembered = Remembered::new();
        assert_eq!(remembered.value_or_read(b"a", || read(1)), read(1));
        assert_eq!(remembered.value_or_read(b"a\0", || read(2)), read(2));
    }

    #[test]
    fn mistakes_and_long_texts_are_read_again() {
        let mut remembered = Remembered::new();
        assert_eq!(remembered.value_or_read(b"x", || Err(())), Err(()));
        assert_eq!(remembered.value_or_read(b"x", || read(1)), read(1));
        let long = [b'x'; KEY_BYTES];
        assert_eq!(remembered.value_or_read(&long, || read(1)), read(1));
        assert_eq!(remembered.value_or_read(&long, || read(2)), read(2));
    }
}
