//! What a circle can do about a plan that asks too much.

use crate::domain::book::Book;
use crate::domain::book::reading::Reading;
use crate::domain::book::schedule::{bend, bend_to, lengthen, too_fast};

/// What a circle can do about a plan that asks too much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// So many meetings more, at the usual distance.
    MoreMeetings(u32),
    /// Read up to this chapter, page or part only.
    ReadUpTo(u32),
    /// Leave it as it is.
    Keep,
}

/// What can be done about instalments from `next` on that ask too much; nothing where none does.
pub fn choices(book: &Book, reading: &Reading, next: usize) -> Vec<Choice> {
    if !too_fast(book, reading).iter().any(|at| *at >= next) {
        return Vec::new();
    }
    let more = (1..=52).find(|more| {
        let mut longer = reading.clone();
        lengthen(&mut longer, *more, None);
        bend(book, &mut longer, next).is_ok() && too_fast(book, &longer).iter().all(|at| *at < next)
    });
    let mut choices: Vec<Choice> = more
        .and_then(|more| u32::try_from(more).ok())
        .map(Choice::MoreMeetings)
        .into_iter()
        .collect();
    choices.extend(within(book, reading, next).map(Choice::ReadUpTo));
    choices.push(Choice::Keep);
    choices
}

/// The last unit up to which the rest of a plan stays within the pace.
fn within(book: &Book, reading: &Reading, next: usize) -> Option<u32> {
    let end = reading.instalments.last()?.until;
    let after = next
        .checked_sub(1)
        .and_then(|at| reading.instalments.get(at));
    let (mut low, mut high) = (after.map_or(0, |after| after.until), end);
    let fits = |until: u32| {
        let mut shorter = reading.clone();
        bend_to(book, &mut shorter, (next, until)).is_ok()
            && too_fast(book, &shorter).iter().all(|at| *at < next)
    };
    // Less to read is never faster, so the last one that fits can be halved for.
    let none = low;
    while low + 1 < high {
        let middle = low.midpoint(high);
        if fits(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low > none).then_some(low)
}
