//! Documents on their way out as they are stored: the text of one that loses nothing is not taken apart.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use uuid::Uuid;
use uuid::fmt::Simple;

use crate::domain::body::BodyText;
use crate::domain::id::{Key, Kind, Space};
use crate::domain::item::Audience;
use crate::exchange::archive::{Wish, item};

/// The fields by which [`Writer`](super::Writer) leaves something out of a file for others. One that is absent, null or
/// empty leaves nothing out.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Signs<'t> {
    trashed: Option<IgnoredAny>,
    origin: Option<Origin>,
    #[serde(borrow)]
    away: Option<&'t RawValue>,
    author: Option<IgnoredAny>,
    ties: Option<IgnoredAny>,
    reflected: Option<IgnoredAny>,
    audience: Option<Audience>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Origin {
    speaking: Option<IgnoredAny>,
}

impl Signs<'_> {
    fn are_none(&self) -> bool {
        let speaking = self.origin.as_ref().and_then(|origin| origin.speaking);
        let signs = [
            self.trashed,
            speaking,
            self.author,
            self.ties,
            self.reflected,
        ];
        signs.iter().all(Option::is_none)
            && self.away.is_none_or(|away| away.get() == "{}")
            && self.audience.is_none_or(Audience::in_minutes)
    }
}

/// Whether a document goes into the file as it is, seen without reading it as a document. Where this says no, the
/// document itself decides.
pub(super) fn goes_whole(wish: Wish, kind: Kind, text: &BodyText) -> bool {
    if wish.no_names {
        return false;
    }
    if wish.private {
        return true;
    }
    match kind {
        // Kept back as a whole, or by more than one field.
        Kind::Filter | Kind::Person | Kind::Poll | Kind::Reader => false,
        Kind::Action
        | Kind::Asked
        | Kind::Book
        | Kind::Circle
        | Kind::Counter
        | Kind::Decision
        | Kind::Groups
        | Kind::Live
        | Kind::Member
        | Kind::Note
        | Kind::Parked
        | Kind::Question
        | Kind::Rotation
        | Kind::Session => {
            let text = text.as_str();
            text.starts_with('{')
                && serde_json::from_str(text).is_ok_and(|signs: Signs<'_>| signs.are_none())
        }
    }
}

/// An item of the list whose body is put in as text.
#[derive(Debug, Default)]
pub(super) struct Line {
    of: Option<(Space, Kind)>,
    /// What comes before the id, the same for every document of a kind.
    head: String,
    /// What comes between id and body.
    middle: String,
    text: String,
}

impl Line {
    /// A document as [`item`] has it.
    pub(super) fn of(&mut self, key: &Key, body: &BodyText) -> &str {
        if self.of != Some((key.space, key.kind)) {
            self.look_at(key);
        }
        self.text.clear();
        self.text.push_str(&self.head);
        let mut id = [0; Simple::LENGTH];
        self.text.push_str(key.id.simple().encode_lower(&mut id));
        self.text.push_str(&self.middle);
        self.text.push_str(body.as_str());
        self.text.push('}');
        &self.text
    }

    /// Any other text.
    pub(super) fn put(&mut self, text: String) -> &str {
        self.text = text;
        &self.text
    }

    fn look_at(&mut self, key: &Key) {
        // An id that no space has, so that it stands in one place.
        let bare = Key::new(key.space, key.kind, Uuid::max());
        let bare = serde_json::to_string(&item(&bare, ()))
            .expect("an item is a struct with string keys, which JSON can always express");
        let parts = bare.split_once(&Uuid::max().simple().to_string());
        let (head, rest) = parts.expect("an item says its id");
        let middle = rest
            .strip_suffix("null}")
            .expect("an item ends with its body");
        head.clone_into(&mut self.head);
        middle.clone_into(&mut self.middle);
        self.of = Some((key.space, key.kind));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::id::CircleId;

    #[test]
    fn a_line_is_the_item_that_it_stands_for() {
        let circle = CircleId(Uuid::from_u128(9));
        let mut line = Line::default();
        for kind in Kind::ALL {
            for space in [Space::Org, Space::Circle(circle)] {
                for id in [Uuid::from_u128(9), Uuid::from_u128(0xabc), Uuid::max()] {
                    let key = Key::new(space, kind, id);
                    let body = json!({"b": [1, null], "a": "x\"\n"});
                    let whole = serde_json::to_string(&item(&key, &body)).unwrap();
                    assert_eq!(line.of(&key, &BodyText::from(&body)), whole);
                }
            }
        }
    }

    #[test]
    fn whatever_a_file_for_others_leaves_out_makes_it_look_closer() {
        let goes = |kind: Kind, body: serde_json::Value| {
            goes_whole(Wish::default(), kind, &BodyText::from(&body))
        };
        for plain in [
            json!({}),
            json!({"text": "\"trashed\": 1", "trashed": null, "origin": {"at": 1, "speaking": null}}),
            json!({"away": {}, "audience": "circle"}),
            json!({"blocks": [{"trashed": 1, "away": {"x": "ill"}}]}),
        ] {
            assert!(goes(Kind::Action, plain.clone()), "{plain}");
        }
        for sign in [
            json!({"trashed": "2026-03-12T15:31:00.000Z"}),
            json!({"origin": {"speaking": "01"}}),
            json!({"away": {"01": null}}),
            json!({"author": {"member": "01"}}),
            json!({"ties": [1]}),
            json!({"reflected": {"01": 1}}),
            json!({"audience": "me"}),
            json!({"audience": "of a newer program"}),
            json!([]),
        ] {
            assert!(!goes(Kind::Note, sign.clone()), "{sign}");
        }
        let twice = BodyText::stored(b"{\"trashed\": null, \"trashed\": 1}").unwrap();
        assert!(!goes_whole(Wish::default(), Kind::Action, &twice));
        let spelled = BodyText::stored(b"{\"tr\\u0061shed\": 1}").unwrap();
        assert!(!goes_whole(Wish::default(), Kind::Action, &spelled));
    }
}
