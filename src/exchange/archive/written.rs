//! Documents on their way out: what stays behind, and what is said of that to whoever writes the file.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::domain::body::BodyText;
use crate::domain::change::Body;
use crate::domain::clock::Moment;
use crate::domain::document::{BadDocument, Document};
use crate::domain::id::{CircleId, Key, MemberId, Space};
use crate::domain::item::Owner;
use crate::domain::mentions::{self, Mentions};
use crate::domain::names::{Names, Naming};
use crate::domain::roster::Member;
use crate::domain::text::Clean;
use crate::exchange::archive::line::{Line, goes_whole};
use crate::exchange::archive::{SCHEMA, item};

/// How documents are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// Complete, for whoever keeps the store: private notes, the trash, who had the floor when something was said,
    /// why somebody was away.
    pub private: bool,
    /// With a number in place of every name.
    pub no_names: bool,
    /// For the person whose rows these are: what they keep to themselves goes along.
    pub own: bool,
}

/// What stays out of the file, told to whoever writes it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Notes that are not for the circle.
    pub notes: usize,
    /// How far people have come in a book who did not say that others may know.
    pub places: usize,
    /// Pairs of people who are kept apart or together.
    pub ties: usize,
    /// Saved filters, which may name people.
    pub filters: usize,
    /// Who is the same person in several circles.
    pub persons: usize,
    /// Rows in the trash.
    pub trash: usize,
    /// Texts that may still name somebody, where names were taken out.
    pub may_name: usize,
}

impl LeftOut {
    /// A line for each thing there is to say.
    pub fn words(&self) -> Vec<String> {
        let counts = [
            (self.notes, "of your own notes"),
            (self.places, "who keep to themselves how far they have read"),
            (self.ties, "kept apart or together in groups"),
            (self.filters, "of your saved filters"),
            (self.persons, "who are the same person in several circles"),
            (self.trash, "in the trash"),
        ];
        let left: Vec<String> = counts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        let left = (!left.is_empty()).then(|| {
            let left = left.join(", ");
            format!("Left out: {left}; --private takes them too")
        });
        left.into_iter()
            .chain(mentions::words(self.may_name))
            .collect()
    }
}

/// The people of a circle, as a file without names has them.
#[derive(Debug, Default)]
struct People {
    names: Names,
    mentions: Mentions,
}

/// A document that was looked at on its way into the file.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Row {
    Whole(Box<Document>),
    Edited(Body),
}

/// A file in the making.
#[derive(Debug)]
pub struct Writer {
    wish: Wish,
    people: BTreeMap<CircleId, People>,
    everybody: Mentions,
    left: LeftOut,
    line: Line,
}

impl Writer {
    /// An empty file. `members` are all of the circles that are written from.
    pub fn new<'a>(wish: Wish, members: impl IntoIterator<Item = (CircleId, &'a Member)>) -> Self {
        let mut by_circle: BTreeMap<CircleId, Vec<&Member>> = BTreeMap::new();
        if wish.no_names {
            for (circle, member) in members {
                by_circle.entry(circle).or_default().push(member);
            }
        }
        let everybody = Mentions::of(by_circle.values().flatten().copied());
        let people = |members: Vec<&Member>| People {
            names: Names::new(members.iter().copied(), Naming::Numbered),
            mentions: Mentions::of(members),
        };
        Self {
            wish,
            people: by_circle
                .into_iter()
                .map(|(circle, members)| (circle, people(members)))
                .collect(),
            everybody,
            left: LeftOut::default(),
            line: Line::default(),
        }
    }

    /// A document as an item of the file, unless it has to stay out.
    pub fn item(&mut self, key: &Key, document: &Document) -> Option<Value> {
        let body = self.body(key, document)?;
        Some(json!(item(key, &body)))
    }

    fn body(&mut self, key: &Key, document: &Document) -> Option<Body> {
        if !self.wish.private && !self.lets(document) {
            return None;
        }
        let mut body = document.to_body();
        if !self.wish.private {
            self.left.ties += withhold(&mut body);
            // When somebody wrote about themselves is theirs alone.
            if let (Document::Member(_), Value::Object(fields), false) =
                (document, &mut body, self.wish.own)
            {
                fields.remove("reflected");
            }
            hide_open_vote(document, &mut body);
        }
        if self.wish.no_names {
            self.take_names_out(key.space, document, &mut body);
        }
        Some(body)
    }

    /// The same from the text that is stored, as JSON, for a file of any length: nobody takes apart what loses nothing.
    ///
    /// # Errors
    /// When it may lose something, and is not what its key says.
    pub fn line(&mut self, key: &Key, text: &BodyText) -> Result<Option<&str>, BadDocument> {
        if goes_whole(self.wish, key.kind, text) {
            return Ok(Some(self.line.of(key, text)));
        }
        let document = Document::from_body(key, text)?;
        let Some(row) = self.row(key, document) else {
            return Ok(None);
        };
        let text = serde_json::to_string(&item(key, row))
            .expect("documents are structs with string keys, which JSON can always express");
        Ok(Some(self.line.put(text)))
    }

    fn row(&mut self, key: &Key, document: Document) -> Option<Row> {
        Some(match document {
            // The kind of which there are most. Nothing but who had the floor is to be withheld.
            Document::Action(mut action) if action.extra.is_empty() && !self.wish.no_names => {
                action.origin.speaking = action.origin.speaking.filter(|_| self.wish.private);
                let document = Document::Action(action);
                if !self.wish.private && !self.lets(&document) {
                    return None;
                }
                Row::Whole(Box::new(document))
            }
            document => Row::Edited(self.body(key, &document)?),
        })
    }

    /// What the file says before its items.
    pub fn head(&self, now: Moment) -> Value {
        let mut head = json!({"schema": SCHEMA, "written": now, "private": self.wish.private});
        if self.wish.no_names {
            head["no_names"] = Value::Bool(true);
        }
        head
    }

    /// What it says behind them: that it is not all there is. How much is missing is told to whoever writes it alone.
    pub fn tail(&self) -> Value {
        json!({"left_out": !self.wish.private})
    }

    /// The whole file of items that fit into memory, and what is not in it.
    pub fn whole(self, now: Moment, items: Vec<Value>) -> (Value, LeftOut) {
        let mut file = self.head(now);
        if let (Some(file), Value::Object(tail)) = (file.as_object_mut(), self.tail()) {
            file.insert("items".to_owned(), Value::Array(items));
            file.extend(tail);
        }
        (file, self.left)
    }

    /// What stayed out so far.
    pub const fn left_out(&self) -> LeftOut {
        self.left
    }

    fn lets(&mut self, document: &Document) -> bool {
        if matches!(document, Document::Note(note) if !note.audience.in_minutes()) {
            self.left.notes += 1;
            return false;
        }
        if matches!(document, Document::Reader(reader) if !reader.shared && !self.wish.own) {
            self.left.places += 1;
            return false;
        }
        if matches!(document, Document::Filter(_)) {
            self.left.filters += 1;
            return false;
        }
        if matches!(document, Document::Person(_)) {
            self.left.persons += 1;
            return false;
        }
        let trashed = document.trashed().is_some();
        self.left.trash += usize::from(trashed);
        !trashed
    }

    /// Documents name people by their id; only a member's own has the name, which becomes a number. What people
    /// wrote stays as it is and is counted.
    fn take_names_out(&mut self, space: Space, document: &Document, body: &mut Body) {
        let people = match space {
            Space::Circle(circle) => self.people.get(&circle),
            Space::Org => None,
        };
        if let Document::Member(member) = document {
            let name = people.map_or(crate::domain::names::FORMER, |people| {
                people.names.of(member.id)
            });
            let bare = Member {
                name: Clean::line(name),
                mail: None,
                extra: Map::new(),
                ..member.clone()
            };
            *body = Document::from(bare).to_body();
            return;
        }
        let mentions = people.map_or(&self.everybody, |people| &people.mentions);
        self.left.may_name += named_in(body, mentions);
    }
}

/// Who had the floor when something was said leaves the store only in a private export, and so does why somebody was
/// away, who wrote a question, and whom a circle keeps apart or together: that many pairs were there.
fn withhold(body: &mut Body) -> usize {
    if let Some(Value::Object(origin)) = body.get_mut("origin") {
        origin.insert("speaking".to_owned(), Value::Null);
    }
    if let Some(Value::Object(away)) = body.get_mut("away") {
        away.values_mut().for_each(|why| *why = Value::Null);
    }
    let Some(fields) = body.as_object_mut() else {
        return 0;
    };
    // That of a book is its author, which everybody may know.
    if fields.get("author").is_some_and(Value::is_object) {
        fields.remove("author");
    }
    match fields.remove("ties") {
        Some(Value::Array(ties)) => ties.len(),
        Some(_) | None => 0,
    }
}

/// The ballots of an open vote are not counted yet: the first of them is somebody's.
fn hide_open_vote(document: &Document, body: &mut Body) {
    if let (Document::Poll(poll), Some(ballots)) = (document, body.get_mut("ballots"))
        && poll.closed.is_none()
    {
        *ballots = Value::Array(Vec::new());
    }
}

/// How many texts of a body name somebody.
fn named_in(body: &Value, mentions: &Mentions) -> usize {
    match body {
        Value::String(text) => usize::from(mentions.is_in(text)),
        Value::Array(values) => values.iter().map(|value| named_in(value, mentions)).sum(),
        Value::Object(fields) => fields.values().map(|value| named_in(value, mentions)).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    }
}

/// Whether a document belongs to somebody's own copy of their circle: the circle and its books, themselves, what they
/// took on, what they raised, and how far they have read.
pub fn is_own(document: &Document, member: MemberId) -> bool {
    match document {
        Document::Book(_) | Document::Circle(_) => true,
        Document::Member(row) => row.id == member,
        Document::Action(row) => row.owner == Owner::Member(member),
        Document::Note(row) => row.raised_by == Some(member) && row.audience.in_minutes(),
        Document::Parked(row) => row.raised_by == Some(member),
        Document::Reader(row) => row.member == member,
        Document::Asked(_)
        | Document::Counter(_)
        | Document::Decision(_)
        | Document::Filter(_)
        | Document::Groups(_)
        | Document::Live(_)
        | Document::Person(_)
        | Document::Poll(_)
        | Document::Question(_)
        | Document::Rotation(_)
        | Document::Session(_) => false,
    }
}
