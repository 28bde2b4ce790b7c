//! "Did you mean": the declared name that a mistyped one is nearest to.

use alloc::vec::Vec;
use core::mem;

/// The nearest of some names, the first of equals; none where all are too far.
pub(super) fn nearest<'n>(key: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let key: Vec<char> = key.chars().collect();
    if key.len() < 3 {
        return None;
    }
    let mut most = (key.len() / 3).clamp(1, 3);
    let mut nearest = None;
    for name in names {
        let distance = edits(&key, name, most);
        if distance <= most && (nearest.is_none() || distance < most) {
            most = distance;
            nearest = Some(name);
        }
    }
    nearest
}

/// How many letters must be put in, left out or changed; more than `most` where it is more.
fn edits(left: &[char], right: &str, most: usize) -> usize {
    let length = right.chars().count();
    if left.len().abs_diff(length) > most {
        return most + 1;
    }
    let mut above: Vec<usize> = (0..=length).collect();
    let mut row = Vec::with_capacity(length + 1);
    for (index, &letter) in left.iter().enumerate() {
        row.clear();
        row.push(index + 1);
        let mut before = index + 1;
        for (pair, other) in above.windows(2).zip(right.chars()) {
            let &[diagonal, up] = pair else { continue };
            let change = diagonal + usize::from(letter != other);
            before = change.min(up + 1).min(before + 1);
            row.push(before);
        }
        mem::swap(&mut above, &mut row);
    }
    above.last().copied().unwrap_or(most + 1)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_name_is_near_within_a_third_of_its_letters() {
        let names = ["date of birth", "fast track", "visits"];
        let near = |key| nearest(key, names.into_iter());
        assert_eq!(near("date of burth"), Some("date of birth"));
        assert_eq!(near("fasttrack"), Some("fast track"));
        assert_eq!(near("vists"), Some("visits"));
        assert_eq!(near("income"), None);
        assert_eq!(near("vi"), None);
    }
}
