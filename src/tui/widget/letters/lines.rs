//! Where the lines of a prompt break: as few as fit, even in length, and after punctuation where that costs
//! little, because a room reads a phrase at a time.

use std::ops::Range;

/// What lines are measured by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    /// The most cells of a line.
    pub(super) width: u16,
    /// Cells between two words.
    pub(super) space: u16,
}

/// Beyond this many words lines are only filled: evening them out would take too long to be worth it.
const MOST_WORDS: usize = 120;

/// The words of each line; `None` if a word does not fit into a line.
pub(super) fn even(words: &[&str], widths: &[u16], measure: Measure) -> Option<Vec<Range<usize>>> {
    let filled = filled(widths, measure)?;
    if words.len() > MOST_WORDS || filled.len() < 2 {
        return Some(filled);
    }
    Some(cheapest(words, widths, measure, filled.len()).unwrap_or(filled))
}

/// Fills line by line: the fewest lines there can be.
fn filled(widths: &[u16], measure: Measure) -> Option<Vec<Range<usize>>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut used = 0;
    for (index, wide) in widths.iter().copied().map(u32::from).enumerate() {
        let longer = used + u32::from(measure.space) + wide;
        match lines.last_mut() {
            Some(line) if longer <= u32::from(measure.width) => {
                line.end = index + 1;
                used = longer;
            }
            _ if wide <= u32::from(measure.width) => {
                lines.push(index..index + 1);
                used = wide;
            }
            _ => return None,
        }
    }
    Some(lines)
}

/// The cheapest way to set all words in exactly `count` lines, by looking back from every word.
fn cheapest(
    words: &[&str],
    widths: &[u16],
    measure: Measure,
    count: usize,
) -> Option<Vec<Range<usize>>> {
    let mut ways: Vec<Option<Way>> = vec![None; words.len() + 1];
    *ways.first_mut()? = Some(Way {
        cost: 0,
        lines: Vec::new(),
    });
    for _ in 0..count {
        let next = (0..=words.len()).map(|end| {
            let starts = (0..end).rev().map(|start| start..end);
            let fitting = starts.map_while(|line| Some((slack(widths, &line, measure)?, line)));
            let longer = fitting.filter_map(|(slack, line)| {
                let way = ways.get(line.start)?.as_ref()?;
                let cost = way.cost + slack * slack + break_cost(words, line.end, measure);
                Some((cost, way, line))
            });
            let (cost, way, line) = longer.min_by_key(|(cost, ..)| *cost)?;
            let lines = way.lines.iter().cloned().chain([line]).collect();
            Some(Way { cost, lines })
        });
        ways = next.collect();
    }
    ways.pop().flatten().map(|way| way.lines)
}

/// Some first words in lines, and what that costs.
#[derive(Clone)]
struct Way {
    cost: u64,
    lines: Vec<Range<usize>>,
}

/// Cells a line leaves empty; `None` if it does not fit.
fn slack(widths: &[u16], line: &Range<usize>, measure: Measure) -> Option<u64> {
    let spaces = u64::from(measure.space) * u64::try_from(line.len().checked_sub(1)?).ok()?;
    let used: u64 = widths
        .get(line.clone())?
        .iter()
        .copied()
        .map(u64::from)
        .sum();
    u64::from(measure.width).checked_sub(used + spaces)
}

/// A break inside a phrase costs as much as a quarter of a line left empty.
fn break_cost(words: &[&str], end: usize, measure: Measure) -> u64 {
    let last = end == words.len();
    let phrase = words
        .get(end - 1)
        .is_some_and(|word| word.ends_with([',', '.', ';', ':', '?', '!']));
    if last || phrase {
        0
    } else {
        (u64::from(measure.width) / 4).pow(2)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn broken(text: &str, width: u16) -> Option<Vec<String>> {
        let words: Vec<_> = text.split(' ').collect();
        let widths: Vec<_> = words
            .iter()
            .map(|word| u16::try_from(word.len()).unwrap())
            .collect();
        let lines = even(&words, &widths, Measure { width, space: 1 })?;
        Some(
            lines
                .into_iter()
                .map(|line| words[line].join(" "))
                .collect(),
        )
    }

    #[test]
    fn lines_are_even_and_break_after_a_phrase() {
        let broken = broken("What would change, and who would notice?", 25).unwrap();
        assert_eq!(broken, ["What would change,", "and who would notice?"]);
    }

    #[test]
    fn a_word_that_is_too_wide_cannot_be_set() {
        assert_eq!(broken("to communicate", 8), None);
    }

    proptest! {
        #[test]
        fn every_word_is_set_once_in_lines_that_fit(
            words in prop::collection::vec("[a-z]{1,9}[,.]?", 1..40),
            width in 10u16..60,
        ) {
            let text = words.join(" ");
            let lines = broken(&text, width).unwrap();
            prop_assert!(lines.iter().all(|line| line.len() <= usize::from(width)));
            prop_assert_eq!(lines.join(" "), text);
        }
    }
}
