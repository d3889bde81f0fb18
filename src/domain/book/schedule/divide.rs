//! Dividing what is to be read, so that the pages a day differ as little as chapters allow.

use chrono::NaiveDate;

use crate::domain::book::Book;
use crate::domain::book::reading::Measure;

/// Days from each meeting to the one before it, at least one.
pub(super) fn gaps(from: NaiveDate, days: &[NaiveDate]) -> Vec<u32> {
    let before = std::iter::once(from).chain(days.iter().copied());
    before
        .zip(days)
        .map(|(before, day)| {
            u32::try_from((*day - before).num_days())
                .unwrap_or(0)
                .max(1)
        })
        .collect()
}

/// Pages that each unit holds; 1 for all where that is not known of all, since pages and chapters do not add up.
pub(super) fn weights(book: &Book, measure: Measure, (first, last): (u32, u32)) -> Vec<u32> {
    let pages = |unit| pages_of(book, measure, (unit, unit)).map(|pages| pages.max(1));
    let known: Option<Vec<u32>> = (first..=last).map(pages).collect();
    known.unwrap_or_else(|| (first..=last).map(|_| 1).collect())
}

/// Pages of units `first` to `last`; `None` where the book does not tell.
pub(super) fn pages_of(book: &Book, measure: Measure, (first, last): (u32, u32)) -> Option<u32> {
    match measure {
        Measure::Pages => Some((last + 1).saturating_sub(first)),
        Measure::Chapters => {
            let before = match first {
                // What stands before the first chapter is not counted: it is the list of them.
                0 | 1 => book.chapters.first()?.page?.saturating_sub(1),
                first => book.ends_on(first - 1)?,
            };
            Some(book.ends_on(last)?.saturating_sub(before))
        }
        Measure::Parts => None,
    }
}

/// Ends of instalments by pages: in proportion to the days, to the page, at least one page each.
pub(super) fn by_pages(after: u32, until: u32, gaps: &[u32]) -> Vec<u32> {
    let pages = u64::from(until - after);
    let all: u64 = gaps.iter().map(|gap| u64::from(*gap)).sum();
    let mut days = 0;
    let mut last = 0;
    let count = u64::try_from(gaps.len()).unwrap_or(u64::MAX);
    (1..)
        .zip(gaps)
        .map(|(nth, gap)| {
            days += u64::from(*gap);
            let end = (pages * days + all / 2) / all;
            // One page is left for everybody who comes after.
            last = end.clamp(last + 1, pages - (count - nth));
            after + u32::try_from(last).unwrap_or(u32::MAX)
        })
        .collect()
}

/// Ends of instalments in whole units, counted from 1: the division with the least sum of squares of pages a day.
pub(super) fn by_units(weights: &[u32], gaps: &[u32]) -> Vec<u32> {
    let sums: Vec<u64> = std::iter::once(0)
        .chain(weights.iter().scan(0_u64, |sum, weight| {
            *sum += u64::from(*weight);
            Some(*sum)
        }))
        .collect();
    let cost = |first: usize, end: usize, gap: u32| {
        let pages = u128::from(sums[end] - sums[first]);
        pages * pages * 1_000_000 / u128::from(gap)
    };
    let units = weights.len();
    let mut best: Vec<Option<u128>> = vec![None; units + 1];
    best[0] = Some(0);
    let mut from: Vec<Vec<usize>> = Vec::with_capacity(gaps.len());
    for gap in gaps {
        let mut next = vec![None; units + 1];
        let mut begins = vec![0; units + 1];
        for end in 1..=units {
            let mut found: Option<(u128, usize)> = None;
            // Of equal divisions the one that reads more early, which comes first here. The longer this instalment,
            // the more it costs by itself: behind the first that costs too much there is nothing better.
            for first in (0..end).rev() {
                let own = cost(first, end, *gap);
                if found.is_some_and(|(least, _)| own >= least) {
                    break;
                }
                if let Some(before) = best[first]
                    && found.is_none_or(|(least, _)| before + own < least)
                {
                    found = Some((before + own, first));
                }
            }
            if let Some((cost, first)) = found {
                next[end] = Some(cost);
                begins[end] = first;
            }
        }
        best = next;
        from.push(begins);
    }
    let mut ends = Vec::with_capacity(gaps.len());
    let mut end = units;
    for begins in from.iter().rev() {
        ends.push(u32::try_from(end).unwrap_or(u32::MAX));
        end = begins[end];
    }
    ends.reverse();
    ends
}
