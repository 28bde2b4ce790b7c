//! "Did you mean": the declared name that a mistyped one is nearest to.

use alloc::vec::Vec;

/// The nearest of some names, the first of equals; none where all are too far.
pub(crate) fn nearest<'n>(key: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
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

/// How many letters must be put in, left out, changed, or swapped with the next; more than
/// `most` where it is more.
fn edits(left: &[char], right: &str, most: usize) -> usize {
    let right: Vec<char> = right.chars().collect();
    if left.len().abs_diff(right.len()) > most {
        return most + 1;
    }
    let mut rows = [Vec::new(), (0..=right.len()).collect::<Vec<usize>>(), Vec::new()];
    for at in 1..=left.len() {
        let [two_above, above, row] = &mut rows;
        row.clear();
        row.push(at);
        for (index, letters) in (1..).zip(right.iter()) {
            let near = |row: &[usize], back: usize| row.get(index - back).copied().unwrap_or(at);
            let letter = left.get(at - 1);
            let change = near(above, 1) + usize::from(letter != Some(letters));
            let mut fewest = change.min(near(above, 0) + 1).min(near(row, 1) + 1);
            let is_swapped = at > 1
                && index > 1
                && left.get(at - 2) == Some(letters)
                && right.get(index - 2) == letter;
            if is_swapped {
                fewest = fewest.min(near(two_above, 2) + 1);
            }
            row.push(fewest);
        }
        rows.rotate_left(1);
    }
    let [_, last, _] = &rows;
    last.last().copied().unwrap_or(most + 1)
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
        assert_eq!(near("fats track"), Some("fast track"));
        assert_eq!(nearest("ibc", ["icb", "it"].into_iter()), Some("icb"));
        assert_eq!(near("income"), None);
        assert_eq!(near("vi"), None);
    }
}
