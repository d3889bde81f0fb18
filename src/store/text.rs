//! The JSON of an act, read a part at a time: its beginning, which says who did what and when, and its changes
//! one by one. An import is as long as what it brought; nobody has to hold all of it.

use serde::de::DeserializeOwned;

use crate::domain::change::{Act, Body, Change};

/// What stands before the changes. Quotes inside of texts are written with a backslash, so it stands nowhere else.
const OPEN: &[u8] = b",\"changes\":[";

/// Bytes of an act from which on it is read no further for its beginning.
pub(crate) const BRIEF: usize = 64 * 1024;

/// What the text of an act holds at one place.
pub(crate) enum Next<B = Body> {
    /// A change, and where the text goes on behind it.
    Change(Box<Change<B>>, usize),
    /// Not enough text yet.
    More,
    /// The last change was read.
    End,
    /// Nothing that can be read, for this reason.
    Bad(String),
}

/// Where the changes begin in the text of an act; `None` where it does not reach that far.
pub(crate) fn changes_at(json: &[u8]) -> Option<usize> {
    let at = json.windows(OPEN.len()).position(|part| part == OPEN)?;
    Some(at + OPEN.len())
}

/// The act that begins with this text, with the changes that the text holds whole.
pub(crate) fn beginning(json: &[u8]) -> Option<Act> {
    let mut place = changes_at(json)?;
    let head = [json.get(..place)?, b"]}"].concat();
    let mut act: Act = serde_json::from_slice(&head).ok()?;
    while let Next::Change(change, end) = next(json, place) {
        act.changes.push(*change);
        place = end;
    }
    Some(act)
}

/// What stands at `place`, which is behind the beginning or behind a change.
pub(crate) fn next<B: DeserializeOwned>(json: &[u8], place: usize) -> Next<B> {
    let rest = json.get(place..).unwrap_or_default();
    let between = usize::from(rest.first() == Some(&b','));
    let rest = rest.get(between..).unwrap_or_default();
    if rest.first() == Some(&b']') {
        return Next::End;
    }
    let mut found = serde_json::Deserializer::from_slice(rest).into_iter::<Change<B>>();
    match found.next() {
        Some(Ok(change)) => Next::Change(Box::new(change), place + between + found.byte_offset()),
        None => Next::More,
        Some(Err(error)) if error.is_eof() => Next::More,
        Some(Err(error)) => Next::Bad(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use serde_json::json;
    use uuid::Uuid;

    use super::*;
    use crate::domain::change::{ActKind, Author, Via};
    use crate::domain::clock::Moment;
    use crate::domain::id::{ActId, Key, Kind, RunId, Space};

    fn act(title: &str, texts: &[String]) -> Act {
        let change = |(n, text): (u128, &String)| Change {
            key: Key::new(Space::Org, Kind::Question, Uuid::from_u128(n)),
            before: None,
            after: Some(json!({"text": text})),
        };
        Act {
            id: ActId(Uuid::from_u128(7)),
            seq: 3,
            revs: BTreeMap::from([(Space::Org, 2)]),
            at: Moment::from_millis(5),
            by: Author {
                via: Via::Cli,
                run: RunId(Uuid::from_u128(8)),
            },
            title: title.to_owned(),
            kind: ActKind::Undo(ActId(Uuid::from_u128(9))),
            changes: (0..).zip(texts).map(change).collect(),
        }
    }

    #[test]
    fn a_title_that_looks_like_the_changes_is_not_taken_for_them() {
        let act = act("x\",\"changes\":[{\"key\"", &["one".to_owned()]);
        let json = serde_json::to_vec(&act).unwrap();
        assert_eq!(beginning(&json), Some(act));
    }

    proptest! {
        #[test]
        fn an_act_that_is_cut_anywhere_keeps_its_head_and_the_changes_before_the_cut(
            title in "\\PC{0,12}", texts in prop::collection::vec("\\PC{0,12}", 0..5), cut in 0_usize..900,
        ) {
            let act = act(&title, &texts);
            let json = serde_json::to_vec(&act).unwrap();
            let cut = cut.min(json.len());
            let Some(at) = changes_at(&json[..cut]) else {
                prop_assert!(beginning(&json[..cut]).is_none());
                return Ok(());
            };
            let read = beginning(&json[..cut]).unwrap();
            let mut end = at;
            let whole = act.changes.iter().take_while(|change| {
                end += serde_json::to_vec(change).unwrap().len() + 1;
                end - 1 <= cut
            });
            prop_assert_eq!(&read.changes, &act.changes[..whole.count()]);
            let without = |act: Act| Act { changes: Vec::new(), ..act };
            prop_assert_eq!(without(read), without(act));
        }
    }
}
