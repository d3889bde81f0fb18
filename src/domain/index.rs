//! Which lists a document stands in: a pure function from a document to its index rows, so that
//! every store builds the same lists and can build them again from nothing.
//!
//! The values sort by bytes the way people read the list; numbers are big-endian.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use uuid::Uuid;

use crate::domain::body::{BodyText, Readable as _, read_text};
use crate::domain::book::Mark;
use crate::domain::change::Body;
use crate::domain::clock::Moment;
use crate::domain::id::{BookId, Key, Kind, MemberId};

/// A list that documents of one space are found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IndexName {
    /// Closed actions by the instant they were closed.
    ActionClosed,
    /// Open actions by date due.
    ActionOpen,
    /// Open actions by owner, then by date due.
    ActionOwner,
    /// Finished books and those set aside, by the instant of it.
    BookClosed,
    /// Proposed books and the one being read, by their short number.
    BookOpen,
    /// Questions about a book, by book, chapter and page; see [`quote_value`].
    QuestionBook,
    /// Questions by their short number.
    QuestionNumber,
    /// Notes taken from a book, by book, chapter and page; see [`quote_value`].
    Quote,
    /// How far people are, by book.
    ReaderBook,
    /// Sessions by start.
    SessionStart,
    /// Documents in the trash; they stand in no other list.
    Trashed,
}

impl IndexName {
    /// Every list, in the order of their text.
    pub const ALL: [Self; 11] = [
        Self::ActionClosed,
        Self::ActionOpen,
        Self::ActionOwner,
        Self::BookClosed,
        Self::BookOpen,
        Self::QuestionBook,
        Self::QuestionNumber,
        Self::Quote,
        Self::ReaderBook,
        Self::SessionStart,
        Self::Trashed,
    ];

    /// The word used in stored rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ActionClosed => "action-closed",
            Self::ActionOpen => "action-open",
            Self::ActionOwner => "action-owner",
            Self::BookClosed => "book-closed",
            Self::BookOpen => "book-open",
            Self::QuestionBook => "question-book",
            Self::QuestionNumber => "question-number",
            Self::Quote => "quote",
            Self::ReaderBook => "reader-book",
            Self::SessionStart => "session-start",
            Self::Trashed => "trashed",
        }
    }
}

/// As [`index_of`], for a document of which nothing else is read.
///
/// # Errors
/// When it is no JSON.
pub fn index_of_text(key: &Key, text: &BodyText) -> serde_json::Result<Vec<(IndexName, Vec<u8>)>> {
    // What is no object is in no list, but it is for the other one to say so.
    let body = text.read().map(|Listed(body)| body);
    body.or_else(|_other_shape| text.value())
        .map(|body| index_of(key, &body))
}

/// The fields that [`index_of`] looks at.
const LISTED: [&str; 10] = [
    "about", "book", "closed", "due", "mark", "number", "owner", "start", "state", "trashed",
];

/// A document with the fields alone by which it is listed.
struct Listed(Body);

impl<'de> Deserialize<'de> for Listed {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Fields;

        impl<'de> Visitor<'de> for Fields {
            type Value = Listed;

            fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                to.write_str("a document")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Listed, A::Error> {
                let mut body = serde_json::Map::new();
                while let Some(Name(listed)) = fields.next_key()? {
                    match listed {
                        Some(name) => {
                            body.insert(name.to_owned(), fields.next_value()?);
                        }
                        None => {
                            fields.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(Listed(Body::Object(body)))
            }
        }
        from.deserialize_map(Fields)
    }
}

/// The name of a field, where it is one of [`LISTED`].
struct Name(Option<&'static str>);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        read_text(from, |name| {
            Ok(Self(LISTED.into_iter().find(|listed| *listed == name)))
        })
    }
}

/// The rows of `body`: each list it stands in, with the value it is sorted by.
pub fn index_of(key: &Key, body: &Body) -> Vec<(IndexName, Vec<u8>)> {
    if body.get("trashed").is_some_and(|at| !at.is_null()) {
        return vec![(IndexName::Trashed, moment(body, "trashed"))];
    }
    match key.kind {
        Kind::Action => action(body),
        Kind::Question => {
            let mut rows = vec![(IndexName::QuestionNumber, number(body))];
            rows.extend(place(body.get("about")).map(|at| (IndexName::QuestionBook, at)));
            rows
        }
        Kind::Session => vec![(IndexName::SessionStart, moment(body, "start"))],
        Kind::Book => book(body),
        Kind::Note => place(body.get("mark"))
            .map(|at| (IndexName::Quote, at))
            .into_iter()
            .collect(),
        Kind::Reader => {
            let book = id(body.get("book")).map(|book| book_value(BookId(book)));
            book.map(|book| (IndexName::ReaderBook, book))
                .into_iter()
                .collect()
        }
        Kind::Asked
        | Kind::Circle
        | Kind::Counter
        | Kind::Filter
        | Kind::Person
        | Kind::Poll
        | Kind::Decision
        | Kind::Groups
        | Kind::Live
        | Kind::Member
        | Kind::Parked
        | Kind::Rotation => Vec::new(),
    }
}

fn book(body: &Body) -> Vec<(IndexName, Vec<u8>)> {
    let open = !matches!(
        body.get("state").and_then(Body::as_str),
        Some("read" | "set-aside")
    );
    vec![if open {
        (IndexName::BookOpen, number(body))
    } else {
        (IndexName::BookClosed, moment(body, "closed"))
    }]
}

/// The value of a place in a book.
fn place(mark: Option<&Body>) -> Option<Vec<u8>> {
    let part = |name| mark.and_then(|mark| mark.get(name));
    let number = |name| part(name).and_then(Body::as_u64);
    Some(quote_value(Mark {
        book: BookId(id(part("book"))?),
        chapter: number("chapter").and_then(|n| u16::try_from(n).ok()),
        page: number("page").and_then(|n| u32::try_from(n).ok()),
    }))
}

fn id(body: Option<&Body>) -> Option<Uuid> {
    Uuid::parse_str(body?.as_str()?).ok()
}

/// The value of [`IndexName::ReaderBook`], and the first bytes of [`IndexName::Quote`].
pub fn book_value(book: BookId) -> Vec<u8> {
    book.0.as_bytes().to_vec()
}

/// The value of [`IndexName::Quote`] and [`IndexName::QuestionBook`]: what names no chapter first, then by chapter and page.
pub fn quote_value(mark: Mark) -> Vec<u8> {
    let mut value = book_value(mark.book);
    value.extend_from_slice(&mark.chapter.unwrap_or(0).to_be_bytes());
    value.extend_from_slice(&mark.page.unwrap_or(0).to_be_bytes());
    value
}

fn action(body: &Body) -> Vec<(IndexName, Vec<u8>)> {
    if !matches!(
        body.get("state").and_then(Body::as_str),
        Some("open" | "partly" | "moved")
    ) {
        return vec![(IndexName::ActionClosed, moment(body, "closed"))];
    }
    let due = due(body.get("due"));
    let mut owner = owner(body.get("owner"));
    owner.extend_from_slice(&due);
    vec![
        (IndexName::ActionOpen, due),
        (IndexName::ActionOwner, owner),
    ]
}

/// The value of a date due: dates first, then the next session, then no date.
fn due(due: Option<&Body>) -> Vec<u8> {
    let date = due
        .and_then(|due| due.get("on"))
        .and_then(Body::as_str)
        .and_then(|on| on.parse().ok());
    match (date, due.and_then(Body::as_str)) {
        (Some(date), _) => date_value(date),
        (None, Some("next_session")) => vec![2],
        (None, _) => vec![3],
    }
}

fn owner(owner: Option<&Body>) -> Vec<u8> {
    let member = owner
        .and_then(|owner| owner.get("member"))
        .and_then(Body::as_str)
        .and_then(|id| id.parse().ok());
    match (member, owner.and_then(Body::as_str)) {
        (Some(member), _) => owner_member(member),
        (None, Some("all")) => vec![OWNER_ALL],
        (None, _) => vec![OWNER_NOBODY],
    }
}

/// First byte of [`IndexName::ActionOwner`] for actions that belong to everyone.
pub const OWNER_ALL: u8 = b'a';

/// First byte of [`IndexName::ActionOwner`] for actions that belong to nobody.
pub const OWNER_NOBODY: u8 = b'n';

/// The first bytes of [`IndexName::ActionOwner`] for the actions of `member`.
pub fn owner_member(member: MemberId) -> Vec<u8> {
    let mut value = vec![b'm'];
    value.extend_from_slice(member.0.as_bytes());
    value
}

/// The value of [`IndexName::ActionOpen`] for an action due on `date`.
pub fn date_value(date: NaiveDate) -> Vec<u8> {
    let days = u32::try_from(date.num_days_from_ce()).unwrap_or(0);
    let mut value = vec![1];
    value.extend_from_slice(&days.to_be_bytes());
    value
}

/// The value of a list that is sorted by an instant. Earlier sorts first, also before 1970.
pub fn moment_value(at: Moment) -> Vec<u8> {
    let shifted = at.millis().cast_unsigned() ^ (1 << 63);
    shifted.to_be_bytes().to_vec()
}

/// The value of a list that is sorted by short number.
pub fn number_value(number: u64) -> Vec<u8> {
    number.to_be_bytes().to_vec()
}

fn moment(body: &Body, field: &str) -> Vec<u8> {
    let at = body
        .get(field)
        .and_then(Body::as_str)
        .and_then(Moment::parse);
    at.map(moment_value).unwrap_or_default()
}

fn number(body: &Body) -> Vec<u8> {
    number_value(body.get("number").and_then(Body::as_u64).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use super::*;
    use crate::domain::id::Space;

    fn rows(kind: Kind, body: &Body) -> Vec<(IndexName, Vec<u8>)> {
        index_of(&Key::new(Space::Org, kind, Uuid::nil()), body)
    }

    #[test]
    fn open_actions_sort_by_date_then_next_session_then_no_date() {
        let due = |due: Body| {
            let body = json!({"number": 1, "state": "open", "owner": "all", "due": due});
            rows(Kind::Action, &body)
                .into_iter()
                .find(|row| row.0 == IndexName::ActionOpen)
                .unwrap()
                .1
        };
        let sorted = [
            due(json!({"on": "2026-03-09"})),
            due(json!({"on": "2027-01-01"})),
            due(json!("next_session")),
            due(json!("none")),
        ];
        assert!(sorted.is_sorted());
    }

    #[test]
    fn a_closed_action_leaves_the_lists_of_open_ones() {
        let body = json!({"number": 4, "state": "done", "closed": "2026-03-09T10:00:00Z"});
        let names: Vec<_> = rows(Kind::Action, &body)
            .into_iter()
            .map(|row| row.0)
            .collect();
        assert_eq!(names, [IndexName::ActionClosed]);
    }

    #[test]
    fn an_action_is_in_the_list_of_open_ones_while_its_state_is_open() {
        use crate::domain::item::ActionState;

        for state in [
            ActionState::Open,
            ActionState::Partly,
            ActionState::Moved,
            ActionState::Done,
            ActionState::LetGo,
        ] {
            let rows = rows(Kind::Action, &json!({"number": 4, "state": state}));
            let listed = rows.iter().any(|row| row.0 == IndexName::ActionOpen);
            assert_eq!(listed, state.is_open(), "{state:?}");
        }
    }

    #[test]
    fn the_trash_is_the_only_list_of_a_trashed_document() {
        let body = json!({"number": 4, "state": "open", "trashed": "2026-03-09T10:00:00Z"});
        assert_eq!(rows(Kind::Action, &body).len(), 1);
        assert_eq!(rows(Kind::Note, &body)[0].0, IndexName::Trashed);
    }

    #[test]
    fn a_document_is_listed_by_its_text_as_by_its_value() {
        let id = "00000000-0000-7000-8000-000000000007";
        let day = "2026-03-09T10:00:00Z";
        let place = json!({"book": id, "chapter": 2, "page": 31});
        let full = json!({
            "extra": {"state": "done", "number": 1}, "number": 4, "state": "open", "owner": {"member": id},
            "due": {"on": "2026-03-09"}, "about": place, "mark": place, "book": id, "start": day, "closed": day,
            "text": "\"number\": 9", "trashed": null,
        });
        let mut trashed = full.clone();
        trashed["trashed"] = json!(day);
        let mut done = full.clone();
        done["state"] = json!("read");
        for kind in Kind::ALL {
            let key = Key::new(Space::Org, kind, Uuid::nil());
            for body in [&full, &trashed, &done, &json!({}), &json!("no object")] {
                let by_text = index_of_text(&key, &BodyText::from(body)).unwrap();
                assert_eq!(by_text, index_of(&key, body), "{kind} {body}");
            }
        }
        assert!(!rows(Kind::Reader, &full).is_empty());
        let torn = BodyText::stored(b"{\"number\": ").unwrap();
        assert!(index_of_text(&Key::new(Space::Org, Kind::Note, Uuid::nil()), &torn).is_err());
    }

    #[test]
    fn an_instant_before_1970_sorts_before_one_after() {
        assert!(moment_value(Moment::from_millis(-5)) < moment_value(Moment::from_millis(5)));
    }
}
