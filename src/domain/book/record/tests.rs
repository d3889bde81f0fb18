use uuid::Uuid;

use super::*;
use crate::domain::agenda::Prompt;
use crate::domain::book::poll::Poll;
use crate::domain::book::reading::{Instalment, Reading};
use crate::domain::book::{Chapter, Mark};
use crate::domain::fixture;
use crate::domain::id::{ActionId, CircleId, MemberId, PollId, QuestionId};
use crate::domain::item::{Action, Audience, Note, Origin, Owner};
use crate::domain::question::{DraftQuestion, Question, Wrote};
use crate::domain::roster::{Label, Member};
use crate::domain::session::SessionState;
use crate::domain::tally::Rating;

const CIRCLE: CircleId = CircleId(Uuid::from_u128(1));

fn book_id(n: u128) -> BookId {
    BookId(Uuid::from_u128(100 + n))
}

fn question_id(n: u128) -> QuestionId {
    QuestionId(Uuid::from_u128(200 + n))
}

fn person(n: u16, name: &str) -> Member {
    let id = MemberId(Uuid::from_u128(u128::from(n)));
    Member::new(id, Clean::line(name), Label(n), Moment::from_millis(0))
}

fn mark(chapter: Option<u16>, page: Option<u32>) -> Mark {
    Mark {
        book: book_id(1),
        chapter,
        page,
    }
}

/// A book of six chapters that two sessions talked about, the second one as it stands now.
struct World {
    book: Book,
    other: Book,
    members: Vec<Member>,
    sessions: Vec<Session>,
    polls: Vec<Poll>,
    notes: Vec<Note>,
    questions: Vec<Question>,
    actions: Vec<Action>,
}

impl World {
    fn new() -> Self {
        let members = vec![person(1, "Ana A"), person(2, "Ben B"), person(3, "Cem C")];
        let (mut first, start) = fixture::session(&[30]);
        (first.state, first.started) = (SessionState::Ended, Some(start));
        first.away.insert(members[2].id, None);
        let second = Session {
            id: crate::domain::id::SessionId(Uuid::from_u128(9)),
            number: 2,
            start: start + crate::domain::clock::Span::from_minutes(14 * 24 * 60),
            started: None,
            state: SessionState::Planned,
            ..first.clone()
        };
        let day = |at: Moment| at.date(Zone::UTC);
        let instalment = |until, session: &Session| Instalment {
            until,
            day: day(session.start),
            session: Some(session.id),
            picked: Vec::new(),
        };
        let book = Book {
            chapters: vec![Chapter::default(); 6],
            proposed_by: Some(members[1].id),
            reading: Some(Reading {
                measure: Measure::Chapters,
                from: day(start),
                instalments: vec![instalment(3, &first), instalment(6, &second)],
                skipped: Vec::new(),
                once: 0,
                pace: None,
            }),
            state: BookState::Reading,
            ..Book::new(book_id(1), 1, Clean::line("Loud Rooms"), start)
        };
        let other = Book::new(book_id(2), 2, Clean::line("Quiet Work"), start);
        Self {
            book,
            other,
            members,
            sessions: vec![first, second],
            polls: Vec::new(),
            notes: Vec::new(),
            questions: Vec::new(),
            actions: Vec::new(),
        }
    }

    fn note(&mut self, text: &str, audience: Audience, place: Mark) -> &mut Note {
        let number = u32::try_from(self.notes.len()).unwrap() + 1;
        let id = NoteId(Uuid::from_u128(u128::from(number)));
        let origin = Origin {
            session: Some(self.sessions[0].id),
            speaking: Some(self.members[0].id),
            ..Origin::outside(fixture::start())
        };
        self.notes.push(Note {
            audience,
            mark: Some(place),
            ..Note::new(id, number, Clean::line(text), origin)
        });
        self.notes.last_mut().unwrap()
    }

    fn question(&mut self, n: u128, text: &str, by: u16) {
        let wrote = Wrote {
            circle: CIRCLE,
            member: MemberId(Uuid::from_u128(u128::from(by))),
        };
        let draft = DraftQuestion {
            author: Some(wrote),
            about: Some(mark(Some(2), None)),
            ..DraftQuestion::new(Clean::line(text))
        };
        self.questions.push(draft.into_question(question_id(n), 1));
    }

    /// Puts a question to the room in the first session.
    fn ask(&mut self, text: &str, question: Option<QuestionId>) {
        let prompt = Prompt {
            question,
            asked: Some(fixture::start()),
            ..Prompt::new(Clean::line(text))
        };
        self.sessions[0].blocks[0].prompts.push(prompt);
    }

    fn record(&self, naming: Naming) -> Record {
        let sources = Sources {
            circle: Clean::line("Long Table"),
            book: &self.book,
            members: self.members.iter().collect(),
            sessions: self.sessions.iter().collect(),
            polls: self.polls.iter().collect(),
            books: vec![&self.book, &self.other],
            notes: self.notes.iter().collect(),
            questions: self.questions.iter().collect(),
            actions: self.actions.iter().collect(),
        };
        Record::new(&sources, naming, Zone::UTC)
    }
}

#[test]
fn the_schedule_is_told_as_it_went() {
    let record = World::new().record(Naming::Full);
    let met = record.parts.iter().map(|part| part.met).collect::<Vec<_>>();
    let first = Met {
        number: 1,
        came: 2,
        of: 3,
    };
    assert_eq!(met, [Some(first), None]);
    assert_eq!(record.parts[1].what, "ch. 4-6");
    assert_eq!(record.proposed_by.as_deref(), Some("Ben B"));
}

#[test]
fn quotes_stand_by_chapter_and_page_and_private_notes_are_counted_alone() {
    let mut world = World::new();
    world.note("late", Audience::Circle, mark(Some(2), Some(40)));
    world.note("early", Audience::Circle, mark(Some(2), Some(31)));
    world.note("somewhere", Audience::All, mark(None, None));
    world.note("mine", Audience::Me, mark(Some(1), None));
    world
        .note("thrown away", Audience::Circle, mark(Some(1), None))
        .trashed = Some(fixture::start());
    let reader = world.members[0].id;
    world.notes[0].raised_by = Some(reader);
    let record = world.record(Naming::Full);
    let told: Vec<(Option<u16>, Vec<&str>)> = record
        .quoted
        .iter()
        .map(|one| {
            let quotes = one.quotes.iter().map(|quote| quote.text.as_str());
            (one.chapter, quotes.collect())
        })
        .collect();
    assert_eq!(
        told,
        [(None, vec!["somewhere"]), (Some(2), vec!["early", "late"])]
    );
    // Who had the floor when it was noted is not who read it out.
    assert_eq!(record.quoted[1].quotes[0].raised_by, None);
    assert_eq!(
        record.quoted[1].quotes[1].raised_by.as_deref(),
        Some("Ana A")
    );
    assert_eq!(record.left_out.for_me, 1);
}

#[test]
fn a_question_stands_with_its_answers_and_nobody_beside_them() {
    let mut world = World::new();
    world.question(1, "Who says no here?", 2);
    world.question(2, "Never put to the room", 2);
    world.ask("Who says no here?", Some(question_id(1)));
    world.ask("Who says no here?", Some(question_id(1)));
    let speaker = world.members[2].id;
    let answer = world.note("We do, late", Audience::Circle, mark(Some(2), None));
    (answer.answers, answer.raised_by) = (Some(question_id(1)), Some(speaker));
    let record = world.record(Naming::Full);
    assert_eq!(record.asked.len(), 1, "{:?}", record.asked);
    let put = &record.asked[0];
    assert_eq!(put.sessions, [1]);
    assert_eq!(put.by.as_deref(), Some("Ben B"));
    assert_eq!(put.answers, [Clean::line("We do, late")]);
    assert!(record.quoted.is_empty());
    assert!(!format!("{record:?}").contains("Cem"));
}

#[test]
fn what_was_typed_on_the_spot_is_answered_by_what_was_noted_meanwhile() {
    let mut world = World::new();
    world.ask("And now?", None);
    let note = world.note("Tomorrow", Audience::Circle, mark(None, None));
    note.mark = None;
    note.origin.prompt = Some(Clean::line("And now?"));
    let record = world.record(Naming::Full);
    assert_eq!(record.asked[0].answers, [Clean::line("Tomorrow")]);
}

#[test]
fn only_votes_with_the_book_that_are_over_stand_in_it() {
    let mut world = World::new();
    let poll = |n: u128, books: Vec<BookId>| {
        let id = PollId(Uuid::from_u128(n));
        Poll::new(id, Method::Ranked, books, fixture::start())
    };
    let mut over = poll(1, vec![book_id(1), book_id(2)]);
    over.cast(vec![book_id(1), book_id(2)]);
    (over.closed, over.chosen) = (Some(fixture::start()), Some(book_id(1)));
    let mut elsewhere = poll(2, vec![book_id(2), book_id(3)]);
    elsewhere.closed = Some(fixture::start());
    world.polls = vec![over, elsewhere, poll(3, vec![book_id(1), book_id(2)])];
    let record = world.record(Naming::Full);
    assert_eq!(record.votes.len(), 1);
    assert_eq!(
        record.votes[0].rounds,
        ["Round 1: Loud Rooms 1, Quiet Work 0"]
    );
    assert_eq!(record.votes[0].chosen, Some(Clean::line("Loud Rooms")));
}

#[test]
fn actions_and_ratings_are_those_of_its_sessions() {
    let mut world = World::new();
    let action = |n: u32, session| {
        let origin = Origin {
            session,
            ..Origin::outside(fixture::start())
        };
        let id = ActionId(Uuid::from_u128(u128::from(n)));
        let mut action = Action::new(id, n, Clean::line("Try it"), origin);
        action.owner = Owner::Member(MemberId(Uuid::from_u128(1)));
        action
    };
    world.actions = vec![action(1, Some(world.sessions[0].id)), action(2, None)];
    let rated = |of: &str| Rating::of_hands(Clean::line(of), fixture::start(), &[4, 5]);
    world.sessions[0].ratings = vec![rated("Loud Rooms"), rated("Session 1")];
    let record = world.record(Naming::Full);
    assert_eq!(record.tried.len(), 1);
    assert_eq!(record.tried[0].owner.as_deref(), Some("Ana A"));
    assert_eq!(record.ratings.len(), 1);
}

#[test]
fn without_names_people_are_numbers_and_texts_that_name_somebody_are_counted() {
    let mut world = World::new();
    world.note("Cem said so", Audience::Circle, mark(Some(1), None));
    world.notes[0].raised_by = Some(world.members[0].id);
    let record = world.record(Naming::Numbered);
    assert_eq!(record.proposed_by.as_deref(), Some("member 2"));
    assert_eq!(
        record.quoted[0].quotes[0].raised_by.as_deref(),
        Some("member 1")
    );
    assert_eq!(record.left_out.may_name, 1);
}
