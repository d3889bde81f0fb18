//! "Did you mean": the known name that is closest to what was typed.

/// The closest of `known`, if it is at most two letters away (one for names of four letters or fewer).
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase().replace('_', "-");
    let most = if typed.chars().count() <= 4 { 1 } else { 2 };
    known
        .into_iter()
        .map(|name| {
            (
                distance(&typed, &name.to_lowercase().replace('_', "-")),
                name,
            )
        })
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// How many letters must be put in, taken out, changed or swapped with their neighbour.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut rows = vec![vec![0; other.len() + 1]; one.len() + 1];
    for i in 0..=one.len() {
        for j in 0..=other.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i.max(j)
            } else {
                let differs = usize::from(one[i - 1] != other[j - 1]);
                let swapped =
                    i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
                let plain = (rows[i - 1][j] + 1)
                    .min(rows[i][j - 1] + 1)
                    .min(rows[i - 1][j - 1] + differs);
                if swapped {
                    plain.min(rows[i - 2][j - 2] + 1)
                } else {
                    plain
                }
            };
        }
    }
    rows[one.len()][other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_finds_its_name() {
        let known = ["wrap-up", "undo", "redo", "start-pause"];
        assert_eq!(nearest("wrpa-up", known), Some("wrap-up"));
        assert_eq!(nearest("Start_Pause", known), Some("start-pause"));
        assert_eq!(nearest("und", known), Some("undo"));
        assert_eq!(nearest("nudo", known), Some("undo"));
        assert_eq!(nearest("export", known), None);
        assert_eq!(nearest("", known), None);
    }
}
