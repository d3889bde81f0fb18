//! What leaves whole comes back whole: every document of a store through a private export into an empty store.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use uuid::Uuid;

use crate::command::{Command, Context, MergeRow, decide, travels};
use crate::domain::body::BodyText;
use crate::domain::book::poll::{Ballots, Method, Poll};
use crate::domain::book::reader::{Reached, Reader};
use crate::domain::book::reading::Measure;
use crate::domain::book::{Book, Mark};
use crate::domain::change::{Author, Via};
use crate::domain::clock::{Moment, Zone};
use crate::domain::document::Document;
use crate::domain::filter::Filter;
use crate::domain::id::{
    BlockId, BookId, CircleId, FilterId, GroupsId, Ids, Key, Kind, MemberId, PersonId, PollId,
    QuestionId, RunId, SessionId, Space,
};
use crate::domain::item::{Audience, Origin};
use crate::domain::pairing::{Group, Groups, Tie};
use crate::domain::person::Person;
use crate::domain::question::Asked;
use crate::domain::roster::Member;
use crate::domain::rotation::{Rotation, Seat};
use crate::domain::session::SessionState;
use crate::domain::state::{State, rotation_key};
use crate::domain::text::Clean;
use crate::exchange::archive::{self, Wish, Writer};
use crate::exchange::input::Input;
use crate::packs::demo::{Names, demo};

const NOW: Moment = Moment::from_millis(1_773_327_600_000);

type Documents = BTreeMap<Key, Document>;

/// The demo with its session over, and beside it whatever it has none of.
fn documents() -> Documents {
    let ids = Ids::new(NOW, 1);
    let (changes, _) = crate::engine::demo_world(&demo(Names::Friendly), NOW, (Zone::UTC, ids));
    let mut all: Documents = changes
        .iter()
        .map(|change| {
            let body = change.after.as_ref().unwrap();
            (change.key, Document::from_body(&change.key, body).unwrap())
        })
        .filter(|(key, _)| key.kind != Kind::Live)
        .collect();
    let mut circle = None;
    for (key, document) in &mut all {
        if let Document::Session(session) = document
            && session.state == SessionState::Running
        {
            session.state = SessionState::Ended;
            session.ended = Some(NOW);
            circle = Some((key.space, session.id));
        }
    }
    let (Space::Circle(circle), session) = circle.unwrap() else {
        panic!("a session of no circle");
    };
    add(&mut all, circle, session);
    all
}

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn add(all: &mut Documents, circle: CircleId, session: SessionId) {
    let of_circle = |kind: Kind, id: Uuid| Key::circle(circle, kind, id);
    let people: Vec<MemberId> = all
        .keys()
        .filter(|key| key.space == Space::Circle(circle) && key.kind == Kind::Member)
        .map(|key| MemberId(key.id))
        .collect();
    let question = all.keys().find(|key| key.kind == Kind::Question).unwrap();
    let (question, book) = (QuestionId(question.id), BookId(id(1)));
    let mut put = |key: Key, document: Document| {
        all.insert(key, document);
    };
    put(
        of_circle(Kind::Book, book.0),
        Book {
            proposed_by: Some(people[0]),
            ..Book::new(book, 1, Clean::line("A book"), NOW)
        }
        .into(),
    );
    let reader = Reader {
        reached: vec![Reached {
            at: NOW,
            place: 3,
            measure: Measure::Chapters,
        }],
        ..Reader::new(book, people[1])
    };
    put(of_circle(Kind::Reader, reader.id.0), reader.into());
    let poll = Poll {
        ballots: vec![Ballots {
            books: vec![book],
            count: 2,
        }],
        ..Poll::new(PollId(id(2)), Method::Approval, vec![book], NOW)
    };
    put(of_circle(Kind::Poll, poll.id.0), poll.into());
    let filter = Filter::new(FilterId(id(3)), Clean::line("Mine"), Clean::line("@me"));
    put(
        Key::new(Space::Org, Kind::Filter, filter.id.0),
        filter.into(),
    );
    let members = BTreeSet::from([(circle, people[2])]);
    let person = Person::new(PersonId(id(4)), members);
    put(
        Key::new(Space::Org, Kind::Person, person.id.0),
        person.into(),
    );
    let groups = Groups {
        id: GroupsId(id(5)),
        session,
        block: BlockId(id(6)),
        at: NOW,
        groups: vec![Group {
            members: people.clone(),
            report: Some(Clean::line("We found it")),
        }],
        extra: serde_json::Map::new(),
    };
    put(of_circle(Kind::Groups, groups.id.0), groups.into());
    let asked = Asked {
        times: 2,
        last: Some(NOW),
        ..Asked::never(question)
    };
    put(of_circle(Kind::Asked, question.0), asked.into());
    let mut rotation = Rotation::default();
    rotation.take(Seat::ALL[0], people[0], NOW);
    put(rotation_key(circle), rotation.into());
    let here = all
        .iter_mut()
        .filter(|(key, _)| key.space == Space::Circle(circle));
    for (_, document) in here {
        hide(document, (&people, book));
    }
}

/// What a complete file must not leave behind.
fn hide(document: &mut Document, (people, book): (&[MemberId], BookId)) {
    let said = |origin: &mut Origin| origin.speaking = Some(people[0]);
    match document {
        Document::Action(action) => {
            said(&mut action.origin);
            action.partner = people
                .get(1)
                .copied()
                .filter(|_| action.owner_id().is_some());
            action.trashed = Some(NOW).filter(|_| action.number == 5);
        }
        Document::Note(note) => {
            said(&mut note.origin);
            note.audience = Audience::Me;
            note.mark = Some(Mark {
                book,
                chapter: Some(2),
                page: None,
            });
        }
        // The number of the book.
        Document::Counter(counter) => counter.book = 1,
        Document::Circle(circle) => circle.ties.push(Tie {
            one: people[0],
            other: people[1],
            together: false,
        }),
        Document::Session(session) => {
            let ill = Some(Clean::line("ill"));
            session.away.insert(people[0], ill);
        }
        _ => {}
    }
}

/// The documents as a file, read into an empty store.
fn through_a_file(documents: &Documents) -> Documents {
    let wish = Wish {
        private: true,
        ..Wish::default()
    };
    let mut writer = Writer::new(wish, []);
    let items = documents
        .iter()
        .filter(|(key, _)| travels(key.kind))
        .filter_map(|(key, document)| writer.item(key, document))
        .collect();
    let (file, left) = writer.whole(NOW, items);
    assert_eq!(left, archive::LeftOut::default());
    let read = archive::take(&Input {
        name: "all.json".to_owned(),
        format: None,
        text: file.to_string(),
        notes: Vec::new(),
    });
    assert_eq!(read.faults, []);
    let rows = read.rows.into_iter().map(|row| MergeRow {
        key: row.key,
        body: row.body,
    });
    let merge = Command::Merge {
        rows: rows.collect(),
        replace: false,
        source: Clean::line("all.json"),
    };
    let mut cx = Context {
        at: NOW,
        by: Author {
            via: Via::Cli,
            run: RunId::NOBODY,
        },
        ids: Ids::new(NOW, 2),
        zone: Zone::UTC,
    };
    let changes = decide(&State::default(), &merge, &mut cx).unwrap().changes;
    let mut state = State::default();
    state.apply_changes(&changes).unwrap();
    state
        .documents()
        .map(|(key, document)| (*key, document.clone()))
        .collect()
}

#[test]
fn a_private_export_into_an_empty_store_gives_every_document_back() {
    let before = documents();
    let after = through_a_file(&before);
    for kind in Kind::ALL {
        let of_kind = |all: &Documents| -> Vec<(Key, Document)> {
            let found = all.iter().filter(|(key, _)| key.kind == kind);
            found
                .map(|(key, document)| (*key, document.clone()))
                .collect()
        };
        let (was, is) = (of_kind(&before), of_kind(&after));
        // What runs belongs to one store; every other kind has to be in this test.
        assert_eq!(was.is_empty(), kind == Kind::Live, "{kind}");
        assert_eq!(is, was, "{kind}");
    }
}

#[test]
fn an_export_for_others_keeps_back_what_is_for_some() {
    let mut writer = Writer::new(Wish::default(), []);
    let items = documents()
        .iter()
        .filter_map(|(key, document)| writer.item(key, document))
        .collect();
    let (file, left) = writer.whole(NOW, items);
    let keeps = |document: &Document| matches!(document, Document::Reader(r) if !r.shared);
    let places = documents().values().filter(|one| keeps(one)).count();
    assert!(left.notes > 0 && left.trash > 0 && places > 0 && left.ties == 1);
    assert_eq!(left.places, places);
    let text = file.to_string();
    for words in ["\"ill\"", "\"together\"", "\"audience\":\"me\""] {
        assert!(!text.contains(words), "{words}");
    }
    let items = file["items"].as_array().unwrap();
    let speaking = |item: &Value| item["body"]["origin"]["speaking"].is_string();
    assert!(!items.iter().any(speaking));
    let open_votes = items
        .iter()
        .filter(|item| item["kind"] == "poll" && item["body"]["closed"].is_null());
    for vote in open_votes {
        assert_eq!(vote["body"]["ballots"], json!([]));
    }
}

/// The documents, and each of them with one thing more that a file for others may not have.
fn documents_and_secrets() -> Vec<(Key, Value)> {
    let moment = serde_json::to_value(NOW).unwrap();
    let member = json!(MemberId(id(7)));
    let secrets = [
        ("trashed", moment.clone()),
        ("closed", moment.clone()),
        (
            "origin",
            json!({"at": moment, "session": null, "block": null, "speaking": member}),
        ),
        ("away", json!({ "00000000000000000000000000000007": "ill" })),
        ("author", json!({"circle": member, "member": member})),
        (
            "reflected",
            json!({ "00000000000000000000000000000007": moment }),
        ),
        ("audience", json!("presenter")),
        ("audience", json!("all")),
        ("shared", json!(true)),
        (
            "ties",
            json!([{"one": member, "other": MemberId(id(8)), "together": true}]),
        ),
        ("ballots", json!([])),
    ];
    let mut all = Vec::new();
    for (key, document) in documents() {
        let body = document.to_body();
        for (name, value) in &secrets {
            let mut body = body.clone();
            body[*name] = value.clone();
            if let Ok(document) = Document::from_body(&key, &body) {
                all.push((key, document.to_body()));
            }
        }
        all.push((key, body));
    }
    all
}

#[test]
fn a_line_from_the_stored_text_says_what_the_document_would() {
    let documents = documents_and_secrets();
    let everyone: Vec<(CircleId, Member)> = documents
        .iter()
        .filter_map(|(key, body)| {
            let document = Document::from_body(key, body).unwrap();
            match (key.space, document) {
                (Space::Circle(circle), Document::Member(member)) => Some((circle, member)),
                _ => None,
            }
        })
        .collect();
    for wish in 0..8 {
        let wish = Wish {
            private: wish & 1 != 0,
            no_names: wish & 2 != 0,
            own: wish & 4 != 0,
        };
        let everyone = || everyone.iter().map(|(circle, member)| (*circle, member));
        let mut by_document = Writer::new(wish, everyone());
        let mut by_text = Writer::new(wish, everyone());
        for (key, body) in &documents {
            let document = Document::from_body(key, body).unwrap();
            let item = by_document.item(key, &document);
            let line = by_text.line(key, &BodyText::from(body)).unwrap();
            let line = line.map(|line| serde_json::from_str::<Value>(line).unwrap());
            assert_eq!(line, item, "{wish:?} {key}");
        }
        assert_eq!(by_text.left_out(), by_document.left_out(), "{wish:?}");
    }
}
