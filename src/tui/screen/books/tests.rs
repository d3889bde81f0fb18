use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;
use crate::command::Command;
use crate::command::book::{BookChange, Entry};
use crate::domain::agenda::{Block, BlockKind};
use crate::domain::book::poll::{Method, Poll};
use crate::domain::book::reader::{Reached, Reader};
use crate::domain::book::reading::{Instalment, Measure, Reading, Skipped};
use crate::domain::book::{Book, BookState, Chapter, Mark};
use crate::domain::clock::Moment;
use crate::domain::id::{BlockId, NoteId, PollId, QuestionId};
use crate::domain::item::{Audience, Note, Origin};
use crate::domain::question::{DraftQuestion, QuestionKind, Wrote};
use crate::domain::text::Clean;
use crate::engine::query::{QuestionRow, Row};
use crate::tui::fixture_lists::{HARD, SIZES, World, day};
use crate::tui::view::Request;
use uuid::Uuid;

/// A circle in the third instalment of a book of 16 chapters.
struct Read {
    world: World,
    book: BookId,
    rows: Vec<Row>,
}

fn question(n: u128, chapter: u16, text: &str, book: BookId) -> DraftQuestion {
    DraftQuestion {
        kind: QuestionKind::Book,
        about: Some(Mark {
            book,
            chapter: Some(chapter),
            page: None,
        }),
        uid: Some(QuestionId(Uuid::from_u128(n))),
        ..DraftQuestion::new(Clean::line(text))
    }
}

impl Read {
    fn new() -> Self {
        Self::with(&[
            "Sam Lee",
            "Priya Nair",
            "María Okafor",
            "Tom Weiss",
            "Lea Brandt",
            "李 美玲",
        ])
    }

    fn with(names: &[&str]) -> Self {
        let mut world = World::with(names);
        let book = BookId(Uuid::from_u128(0xb00c));
        let until = [1, 3, 6, 8, 10, 12, 14, 16];
        let first = day("2026-02-26");
        let instalments = until.iter().zip(0..).map(|(until, nth)| Instalment {
            until: *until,
            day: first + TimeDelta::days(14 * nth),
            session: None,
            picked: Vec::new(),
        });
        let mut instalments: Vec<Instalment> = instalments.collect();
        instalments[0].session = world.sessions.get(1).copied();
        instalments[1].day = day("2026-03-10");
        instalments[2] = Instalment {
            until: 6,
            day: day("2026-03-26"),
            session: world.sessions.get(2).copied(),
            picked: Vec::new(),
        };
        for (nth, one) in instalments.iter_mut().enumerate().skip(3) {
            one.day = day("2026-03-26") + TimeDelta::days(14 * (i64::try_from(nth).unwrap() - 2));
        }
        let held = Book {
            author: Clean::line("Kim Scott"),
            chapters: (0..16)
                .map(|n| Chapter {
                    title: Clean::default(),
                    page: Some(1 + n * 17),
                })
                .collect(),
            pages: Some(272),
            state: BookState::Reading,
            reading: Some(Reading {
                measure: Measure::Chapters,
                from: day("2026-02-12"),
                instalments,
                once: 0,
                skipped: vec![Skipped {
                    day: day("2026-03-12"),
                    why: Clean::line("holiday"),
                }],
                pace: Some(20),
            }),
            ..Book::new(book, 1, Clean::line("Radical Candor"), world.now)
        };
        world.put(Kind::Book, book.0, held);
        let mut read = Self {
            world,
            book,
            rows: Vec::new(),
        };
        read.plan_block();
        for (who, place, shared) in [(0, 8, false), (1, 6, true), (2, 4, true), (3, 2, false)] {
            read.reach(who, place, shared);
        }
        read.questions();
        read
    }

    fn plan_block(&mut self) {
        let id = self.world.sessions[2];
        let state = &self.world.state;
        let mut session = state.session(self.world.circle, id).unwrap().clone();
        session.blocks.push(Block::new(
            BlockId(Uuid::from_u128(77)),
            Clean::line("The book"),
            BlockKind::Prompt,
            40,
        ));
        session.facilitator = self.world.people.first().copied();
        self.world.put(Kind::Session, id.0, session);
    }

    fn reach(&mut self, who: usize, place: u32, shared: bool) {
        let Some(member) = self.world.people.get(who).copied() else {
            return;
        };
        let mut reader = Reader::new(self.book, member);
        reader.shared = shared;
        reader.say(Reached {
            at: self.world.now,
            measure: Measure::Chapters,
            place,
        });
        self.world.put(Kind::Reader, reader.id.0, reader);
    }

    fn questions(&mut self) {
        let texts = [
            (
                1,
                4,
                "Which of the four boxes do you fall into under stress?",
            ),
            (
                2,
                4,
                "What is the difference between kind and nice in your team?",
            ),
            (3, 5, "When did being told the truth help you?"),
            (4, 6, "One sentence you will try this week?"),
        ];
        let circle = self.world.circle;
        for (n, chapter, text) in texts {
            let draft = question(n, chapter, text, self.book);
            let id = QuestionId(Uuid::from_u128(n));
            let held = draft.into_question(id, u32::try_from(n).unwrap());
            self.row(Kind::Question, id.0, held);
        }
        for (n, answers, audience, text, page) in [
            (20, Some(1), Audience::Circle, "I go silent", None),
            (21, None, Audience::Circle, "Care personally", Some(52)),
            (22, None, Audience::Me, "For me alone", Some(53)),
        ] {
            let id = NoteId(Uuid::from_u128(n));
            let origin = Origin::outside(self.world.now);
            let note = Note {
                audience,
                answers: answers.map(|n| QuestionId(Uuid::from_u128(n))),
                raised_by: self.world.people.get(1).copied(),
                mark: Some(Mark {
                    book: self.book,
                    chapter: Some(4),
                    page,
                }),
                ..Note::new(id, 30, Clean::line(text), origin)
            };
            self.row(Kind::Note, id.0, note);
        }
        assert_eq!(self.world.circle, circle);
    }

    fn row(&mut self, kind: Kind, id: Uuid, document: impl Into<Document>) {
        let document = document.into();
        self.rows.push(Row {
            key: Key::circle(self.world.circle, kind, id),
            rev: 0,
            body: document.to_text(),
        });
    }

    /// The rows that the store would tell of the chapters that are asked for.
    fn answer(&self, query: &Query) -> Option<Answer> {
        match query {
            Query::BookPart { chapters, .. } => {
                let (first, last) = chapters.unwrap_or((0, 0));
                let within = |row: &&Row| {
                    let body = row.body.value().unwrap();
                    let mark = body.get("about").or_else(|| body.get("mark"));
                    let chapter = mark.and_then(|mark| mark.get("chapter")?.as_u64());
                    chapter.is_none_or(|at| (u64::from(first)..=u64::from(last)).contains(&at))
                };
                Some(Answer::Rows {
                    rows: self.rows.iter().filter(within).cloned().collect(),
                    more: false,
                })
            }
            Query::Questions { .. } => {
                let bank = [(90, "Books"), (91, "Fiction"), (92, "Non-fiction")];
                let rows = bank.map(|(n, theme)| {
                    let draft = DraftQuestion {
                        theme: Clean::line(theme),
                        kind: QuestionKind::Book,
                        ..DraftQuestion::new(Clean::line(&format!("For any of {theme}?")))
                    };
                    let id = QuestionId(Uuid::from_u128(n));
                    QuestionRow::new(draft.into_question(id, 90), None)
                });
                Some(Answer::Questions {
                    rows: rows.to_vec(),
                    total: 3,
                })
            }
            _ => None,
        }
    }

    fn settle(&self, screen: &mut Books, queries: &[Query]) {
        for query in queries {
            if let Some(answer) = self.answer(query) {
                screen.answered(query, &answer, &self.world.view());
            }
        }
    }

    fn open(&self) -> Books {
        let mut screen = Books::default();
        let queries = screen.wants(&self.world.view());
        self.settle(&mut screen, &queries);
        screen
    }

    fn press(&self, screen: &mut Books, ids: &[CommandId]) -> Reply {
        let mut reply = Reply::Ignored;
        for id in ids {
            reply = screen.run(*id, &Arg::None, &self.world.view());
            if let Reply::Do(requests) = &reply {
                let asked: Vec<Query> = requests
                    .iter()
                    .filter_map(|request| match request {
                        Request::Ask(query) => Some(query.clone()),
                        _ => None,
                    })
                    .collect();
                self.settle(screen, &asked);
            }
        }
        reply
    }

    fn shown(&self, screen: &Books, size: (u16, u16)) -> String {
        self.world.show(screen, size).join("\n")
    }
}

fn change(reply: &Reply) -> &BookChange {
    match reply {
        Reply::Do(requests) => match requests.as_slice() {
            [Request::Submit(Command::Book { change, .. }), ..] => change,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_read_stands_on_one_screen() {
    let read = Read::new();
    insta::assert_snapshot!("books-120x36", read.shown(&read.open(), (120, 36)));
}

#[test]
fn at_80_by_24_all_three_panes_stay() {
    let read = Read::new();
    insta::assert_snapshot!("books-80x24", read.shown(&read.open(), (80, 24)));
}

#[test]
fn at_40_by_12_one_pane_stays_under_the_title() {
    let read = Read::new();
    let mut screen = read.open();
    let rows = read.shown(&screen, (40, 12));
    assert!(
        rows.contains("Radical Candor") && rows.contains("8/16"),
        "{rows}"
    );
    read.press(&mut screen, &[CommandId::NextPane]);
    let rows = read.shown(&screen, (40, 12));
    assert!(rows.contains("Questions for ch. 4-6"), "{rows}");
}

#[test]
fn a_place_stands_beside_a_name_only_where_that_person_shares_it() {
    let mut read = Read::new();
    let line = |rows: &str, name: &str| {
        let line = rows.lines().find(|line| line.contains(name));
        line.unwrap_or_else(|| panic!("{name}: {rows}")).to_owned()
    };
    let rows = read.shown(&read.open(), (120, 36));
    assert!(line(&rows, "Priya Nair").contains("6 of 16"), "{rows}");
    assert!(line(&rows, "Tom Weiss").contains("private"), "{rows}");
    assert!(line(&rows, "Lea Brandt").contains("no data"), "{rows}");
    // Somebody who does not lead sees their own row and the counts.
    read.world.me = read.world.people.get(3).copied();
    let rows = read.shown(&read.open(), (120, 36));
    assert!(line(&rows, "Tom Weiss").contains("2 of 16"), "{rows}");
    assert!(
        !rows.contains("6 of 16") && !rows.contains("María"),
        "{rows}"
    );
    assert!(rows.contains("3 of 6 have reached ch. 4"), "{rows}");
    assert!(!rows.to_lowercase().contains("behind"), "{rows}");
}

#[test]
fn questions_beyond_what_everyone_has_reached_wait_until_they_are_asked_for() {
    let read = Read::new();
    let mut screen = read.open();
    let rows = read.shown(&screen, (120, 36));
    assert!(rows.contains("5 are hidden"), "{rows}");
    assert!(
        !rows.contains("four boxes") && !rows.contains("Care personally"),
        "{rows}"
    );
    read.press(
        &mut screen,
        &[CommandId::NextPane, CommandId::End, CommandId::Open],
    );
    let rows = read.shown(&screen, (120, 36));
    assert!(
        rows.contains("four boxes") && rows.contains("1 answer"),
        "{rows}"
    );
    assert!(rows.contains("Care personally"), "{rows}");
    assert!(!rows.contains("For me alone"), "{rows}");
    read.press(&mut screen, &[CommandId::Close]);
    assert!(!read.shown(&screen, (120, 36)).contains("four boxes"));
}

#[test]
fn a_question_of_the_bank_fits_the_kind_of_book() {
    let read = Read::new();
    let rows = read.shown(&read.open(), (120, 36));
    assert!(rows.contains("For any of Books?") && rows.contains("For any of Non-fiction?"));
    assert!(!rows.contains("For any of Fiction?"), "{rows}");
}

#[test]
fn enter_picks_a_question_for_the_block_about_the_book() {
    let read = Read::new();
    let mut screen = read.open();
    let reply = read.press(&mut screen, &[CommandId::NextPane, CommandId::Open]);
    let Reply::Do(requests) = reply else {
        panic!("nothing was picked")
    };
    let [Request::Submit(Command::SetPrompts { block, prompts, .. })] = requests.as_slice() else {
        panic!("{requests:?}")
    };
    assert_eq!(*block, BlockId(Uuid::from_u128(77)));
    assert_eq!(prompts.len(), 1);
}

#[test]
fn plus_minus_and_c_change_the_marked_row() {
    let read = Read::new();
    let mut screen = read.open();
    let entry = |reply: &Reply| match change(reply) {
        BookChange::Reach { entry, shared, .. } => (*entry, *shared),
        other => panic!("{other:?}"),
    };
    let reply = read.press(&mut screen, &[CommandId::Longer]);
    assert_eq!(entry(&reply), (Entry::At(Measure::Chapters, 9), None));
    let reply = read.press(&mut screen, &[CommandId::Shorter]);
    assert_eq!(entry(&reply), (Entry::At(Measure::Chapters, 7), None));
    let reply = read.press(
        &mut screen,
        &[CommandId::Down, CommandId::Down, CommandId::Done],
    );
    assert_eq!(entry(&reply), (Entry::At(Measure::Chapters, 6), None));
    // A row that its member keeps private is theirs alone.
    let reply = read.press(&mut screen, &[CommandId::Down, CommandId::Longer]);
    assert!(matches!(reply, Reply::Refuse(_)), "{reply:?}");
    // Entered in front of somebody who had said nothing, it stays in sight.
    let reply = read.press(&mut screen, &[CommandId::Down, CommandId::Longer]);
    assert_eq!(entry(&reply), (Entry::At(Measure::Chapters, 1), Some(true)));
}

#[test]
fn a_plan_that_many_are_on_the_way_in_can_bend() {
    let mut read = Read::new();
    assert!(
        !read
            .shown(&read.open(), (120, 36))
            .contains("The plan can bend")
    );
    read.reach(1, 2, true);
    read.reach(2, 2, true);
    let mut screen = read.open();
    assert!(read.shown(&screen, (120, 36)).contains("The plan can bend"));
    let Reply::Choose(choice) = read.press(&mut screen, &[CommandId::Open]) else {
        panic!("no list is offered")
    };
    assert_eq!(choice.rows[0], "Keep the plan as it is");
    assert!(choice.rows[1].starts_with("Move ch. 4-6 to"), "{choice:?}");
    assert!(
        choice.rows[2].starts_with("Discuss ch. 4 only"),
        "{choice:?}"
    );
    let reply = screen.chosen(choice.tag, 2, &read.world.view());
    let BookChange::Begin(_, plan) = change(&reply) else {
        panic!("{reply:?}")
    };
    assert_eq!(plan.range(2), Some((4, 4)));
    assert_eq!(plan.instalments.last().unwrap().until, 16);
}

#[test]
fn the_author_of_a_question_is_named_to_others_once_they_have_spoken() {
    let mut read = Read::new();
    let circle = read.world.circle;
    let member = read.world.people[1];
    let id = QuestionId(Uuid::from_u128(9));
    let draft = DraftQuestion {
        author: Some(Wrote { circle, member }),
        ..question(9, 4, "Who is this for?", read.book)
    };
    read.row(Kind::Question, id.0, draft.into_question(id, 9));
    let mut screen = read.open();
    screen.shown = Some((read.book, 2));
    let rows = read.shown(&screen, (120, 36));
    assert!(
        rows.contains("Who is this for?") && !rows.contains("for?  (Priya"),
        "{rows}"
    );
    read.world.me = Some(member);
    let rows = read.shown(&read.open(), (120, 36));
    assert!(rows.contains("Who is this for?  (Priya"), "{rows}");
}

fn choosing(books: usize) -> (World, Vec<BookId>) {
    let mut world = World::new();
    let mut ids = Vec::new();
    for n in 1..=books {
        let id = BookId(Uuid::from_u128(0xb0 + n as u128));
        let book = Book {
            author: Clean::line("Somebody"),
            pages: Some(272),
            proposed_by: world.people.first().copied(),
            why: Clean::line("We talked about it in spring"),
            ..Book::new(
                id,
                u32::try_from(n).unwrap(),
                Clean::line(&format!("Book {n}")),
                world.now,
            )
        };
        world.put(Kind::Book, id.0, book);
        ids.push(id);
    }
    (world, ids)
}

#[test]
fn proposed_books_stand_with_who_proposed_them_and_why() {
    let (world, _) = choosing(4);
    insta::assert_snapshot!(
        "proposed-80x24",
        world.show(&Books::default(), (80, 24)).join("\n")
    );
    let rows = world.show(&Books::default(), (40, 12)).join("\n");
    assert!(rows.contains("Book 1") && rows.contains("Book 4"), "{rows}");
}

#[test]
fn ballots_are_digits_and_zero_is_one_of_them() {
    let (mut world, ids) = choosing(3);
    let poll = Poll::new(
        PollId(Uuid::from_u128(5)),
        Method::Ranked,
        ids.clone(),
        world.now,
    );
    world.put(Kind::Poll, poll.id.0, poll);
    let mut screen = Books::default();
    let mut typed = |line: &str| screen.entered(Asked::Ballots.into(), line, &world.view());
    let reply = typed("312, 2, 0");
    let BookChange::Cast(_, ballots) = change(&reply) else {
        panic!("{reply:?}")
    };
    let cast: Vec<Vec<BookId>> = ballots.iter().map(|ballot| ballot.books.clone()).collect();
    assert_eq!(cast, [vec![ids[2], ids[0], ids[1]], vec![ids[1]], vec![]]);
    for wrong in ["", "4", "11", "10", "1, x", "1,1,1,1,1,1"] {
        assert!(matches!(typed(wrong), Reply::Refuse(_)), "{wrong}");
    }
}

#[test]
fn ballots_come_by_digits_as_in_a_session() {
    let (mut world, ids) = choosing(3);
    let open = |world: &mut World, method| {
        let poll = Poll::new(PollId(Uuid::from_u128(5)), method, ids.clone(), world.now);
        world.put(Kind::Poll, poll.id.0, poll);
    };
    let digits = |screen: &mut Books, view: &View<'_>, numbers: &[u16]| {
        for number in numbers {
            screen.run(CommandId::Pick, &Arg::Number(*number), view);
        }
    };
    let cast = |screen: &mut Books, view: &View<'_>| -> Vec<Vec<BookId>> {
        // As long as somebody has not voted, counting is asked about.
        let asked = screen.run(CommandId::Open, &Arg::None, view);
        assert!(matches!(asked, Reply::Refuse(_)), "{asked:?}");
        let reply = screen.run(CommandId::Open, &Arg::None, view);
        let BookChange::Cast(_, ballots) = change(&reply) else {
            panic!("{reply:?}")
        };
        ballots.iter().map(|ballot| ballot.books.clone()).collect()
    };
    let (one, two, three) = (ids[0], ids[1], ids[2]);
    open(&mut world, Method::Ranked);
    let view = world.view();
    let mut screen = Books::default();
    // The third wish ends a ballot, Enter a shorter one.
    digits(&mut screen, &view, &[3, 1, 2, 2]);
    screen.run(CommandId::Open, &Arg::None, &view);
    assert_eq!(cast(&mut screen, &view), [vec![three, one, two], vec![two]]);
    // Esc loses nothing unasked, and a wish is taken back.
    let mut screen = Books::default();
    digits(&mut screen, &view, &[1, 2]);
    screen.run(CommandId::Remove, &Arg::None, &view);
    let asked = screen.run(CommandId::Close, &Arg::None, &view);
    assert!(matches!(asked, Reply::Refuse(_)), "{asked:?}");
    screen.run(CommandId::Open, &Arg::None, &view);
    assert_eq!(cast(&mut screen, &view), [vec![one]]);
    // A ballot of an approval vote has as many books as one would read.
    open(&mut world, Method::Approval);
    let view = world.view();
    let mut screen = Books::default();
    digits(&mut screen, &view, &[2, 3]);
    screen.run(CommandId::Open, &Arg::None, &view);
    assert_eq!(cast(&mut screen, &view), [vec![two, three]]);
}

#[test]
fn more_ballots_than_people_are_refused_at_the_digit_and_the_rest_counts_at_once() {
    let (mut world, ids) = choosing(3);
    let people = u16::try_from(world.state.members(world.circle).len()).unwrap();
    let poll = Poll::new(PollId(Uuid::from_u128(5)), Method::Ranked, ids, world.now);
    world.put(Kind::Poll, poll.id.0, poll);
    let view = world.view();
    let mut screen = Books::default();
    for _ in 0..people {
        for number in [1, 2, 3] {
            let reply = screen.run(CommandId::Pick, &Arg::Number(number), &view);
            assert_eq!(reply, Reply::Handled);
        }
    }
    let more = screen.run(CommandId::Pick, &Arg::Number(1), &view);
    assert!(matches!(more, Reply::Refuse(_)), "{more:?}");
    let reply = screen.run(CommandId::Open, &Arg::None, &view);
    let BookChange::Cast(_, ballots) = change(&reply) else {
        panic!("{reply:?}")
    };
    assert_eq!(ballots.len(), usize::from(people));
}

#[test]
fn a_meeting_that_is_over_today_is_not_the_next_one() {
    let mut read = Read::new();
    let next = |read: &Read| Desk::of(None, &read.world.view()).unwrap().at;
    let (id, at) = {
        let view = read.world.view();
        let desk = Desk::of(None, &view).unwrap();
        (desk.one().unwrap().session.unwrap(), desk.at)
    };
    let mut session = read
        .world
        .state
        .session(read.world.circle, id)
        .unwrap()
        .clone();
    session.start = read.world.now;
    read.world.put(Kind::Session, id.0, session.clone());
    assert_eq!(next(&read), at);
    session.state = crate::domain::session::SessionState::Ended;
    session.ended = Some(read.world.now);
    read.world.put(Kind::Session, id.0, session);
    assert_eq!(next(&read), at + 1);
}

#[test]
fn ballots_that_were_refused_are_not_lost_and_not_taken_for_counted() {
    let (mut world, ids) = choosing(3);
    let poll = Poll::new(PollId(Uuid::from_u128(5)), Method::Ranked, ids, world.now);
    world.put(Kind::Poll, poll.id.0, poll.clone());
    let view = world.view();
    let mut screen = Books::default();
    let digit = |screen: &mut Books, view: &View<'_>| {
        screen.run(CommandId::Pick, &Arg::Number(1), view);
        screen.run(CommandId::Open, &Arg::None, view);
    };
    digit(&mut screen, &view);
    digit(&mut screen, &view);
    // Counting is asked about as long as somebody has not voted; then they are handed in, and refused.
    screen.run(CommandId::Open, &Arg::None, &view);
    screen.run(CommandId::Open, &Arg::None, &view);
    let asked = screen.run(CommandId::Close, &Arg::None, &view);
    assert!(matches!(asked, Reply::Refuse(_)), "{asked:?}");
    // Somebody else votes by the command line meanwhile: that is not theirs.
    let mut other = poll;
    other.cast(Vec::new());
    world.put(Kind::Poll, other.id.0, other);
    let shown = world.show(&screen, (80, 24)).join("\n");
    assert!(shown.contains("3 of 5 ballots"), "{shown}");
    assert!(!shown.contains("Round 1"), "{shown}");
}

#[test]
fn every_row_of_proposed_books_ends_inside_the_frame() {
    let (world, _) = choosing(3);
    for size in [(120, 36), (80, 24), (40, 12)] {
        let rows = world.show(&Books::default(), size);
        let cut = rows
            .iter()
            .filter(|row| row.contains("~ ") || row.trim_end().ends_with('~'));
        let titles = cut.filter(|row| row.contains(" B1 ") || row.contains(" B2 "));
        assert_eq!(titles.count(), 0, "{size:?}: {}", rows.join("\n"));
    }
}

#[test]
fn what_is_read_already_is_not_taken_back_by_finishing() {
    let read = Read::new();
    let mut screen = read.open();
    // Sam is in chapter 8, and the meeting is about 4 to 6.
    let reply = read.press(&mut screen, &[CommandId::Done]);
    assert!(matches!(reply, Reply::Refuse(_)), "{reply:?}");
}

#[test]
fn a_session_about_something_else_gets_no_question_of_the_book() {
    let mut read = Read::new();
    let mut held = read
        .world
        .state
        .book(read.world.circle, read.book)
        .unwrap()
        .clone();
    let plan = held.reading.as_mut().unwrap();
    // The next session stands; the book is talked about two days later.
    (plan.instalments[2].session, plan.instalments[2].day) = (None, day("2026-03-28"));
    read.world.put(Kind::Book, read.book.0, held);
    let mut screen = read.open();
    assert!(read.shown(&screen, (120, 36)).contains("picked for Sat 28"));
    let reply = read.press(&mut screen, &[CommandId::NextPane, CommandId::Open]);
    assert!(
        matches!(change(&reply), BookChange::Pick { at: 2, prompts, .. } if prompts.len() == 1),
        "{reply:?}"
    );
}

#[test]
fn the_result_shows_its_rounds_and_begins_the_book() {
    let (mut world, ids) = choosing(3);
    let mut poll = Poll::new(
        PollId(Uuid::from_u128(5)),
        Method::Ranked,
        ids.clone(),
        world.now,
    );
    poll.cast(vec![ids[0], ids[1]]);
    poll.cast(vec![ids[0]]);
    poll.cast(vec![ids[1]]);
    poll.cast(vec![ids[1]]);
    poll.cast(vec![ids[2], ids[1]]);
    world.put(Kind::Poll, poll.id.0, poll);
    let mut screen = Books::default();
    screen.chosen(Asked::Vote(OfVote::Options).into(), 1, &world.view());
    insta::assert_snapshot!("result-80x24", world.show(&screen, (80, 24)).join("\n"));
    let Reply::Do(requests) = screen.run(CommandId::Open, &Arg::None, &world.view()) else {
        panic!("nothing is taken")
    };
    let [Request::Submit(Command::Book { change, .. })] = requests.as_slice() else {
        panic!("{requests:?}")
    };
    let BookChange::Next { first, book, .. } = change else {
        panic!("{change:?}")
    };
    assert!(matches!(
        **first,
        BookChange::ClosePoll { chosen: None, .. }
    ));
    assert_eq!(*book, ids[1]);
}

#[test]
fn a_tie_in_front_is_settled_by_people() {
    let (mut world, ids) = choosing(2);
    let mut poll = Poll::new(
        PollId(Uuid::from_u128(5)),
        Method::Approval,
        ids.clone(),
        world.now,
    );
    poll.cast(vec![ids[0]]);
    poll.cast(vec![ids[1]]);
    world.put(Kind::Poll, poll.id.0, poll);
    let mut screen = Books::default();
    screen.chosen(Asked::Vote(OfVote::Options).into(), 1, &world.view());
    let rows = world.show(&screen, (80, 24)).join("\n");
    assert!(
        rows.contains("Level in front: 1 Book 1, 2 Book 2"),
        "{rows}"
    );
    let enter = screen.run(CommandId::Open, &Arg::None, &world.view());
    assert!(matches!(enter, Reply::Refuse(_)), "{enter:?}");
    screen.run(CommandId::Pick, &Arg::Number(2), &world.view());
    let Reply::Do(requests) = screen.run(CommandId::Open, &Arg::None, &world.view()) else {
        panic!("nothing is taken")
    };
    let [Request::Submit(Command::Book { change, .. })] = requests.as_slice() else {
        panic!("{requests:?}")
    };
    let BookChange::Next { first, .. } = change else {
        panic!("{change:?}")
    };
    assert!(
        matches!(**first, BookChange::ClosePoll { chosen, .. } if chosen == Some(ids[1])),
        "{first:?}"
    );
}

#[test]
fn a_book_that_is_edited_reads_back_as_the_line_it_was() {
    let (world, ids) = choosing(1);
    let mut screen = Books::default();
    let Reply::Ask(ask) = screen.run(CommandId::Edit, &Arg::None, &world.view()) else {
        panic!("no line is asked for")
    };
    assert_eq!(
        ask.text,
        "Book 1, Somebody, 272 pages, We talked about it in spring"
    );
    let reply = screen.entered(ask.tag, &ask.text, &world.view());
    let BookChange::Edit(id, edit) = change(&reply) else {
        panic!("{reply:?}")
    };
    assert_eq!(*id, ids[0]);
    assert_eq!((edit.pages, edit.chapters.clone()), (Some(272), None));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn it_draws_at_every_size_with_hard_names(w in 1u16..200, h in 4u16..60, steps in prop::collection::vec(0usize..CommandId::ALL.len(), 0..12)) {
        let read = Read::with(&HARD);
        let mut screen = read.open();
        for step in steps {
            read.press(&mut screen, &[CommandId::ALL[step]]);
        }
        for size in SIZES.into_iter().chain([(w, h)]) {
            read.shown(&screen, size);
        }
    }
}

/// 200 books, 5,000 quotes and 20,000 entries are in the store; of these the screen holds what one instalment needs.
#[test]
fn a_large_circle_asks_for_one_instalment_alone() {
    let mut read = Read::new();
    for n in 0..200 {
        let id = BookId(Uuid::from_u128(0xffff + n));
        let title = Clean::line(&format!("Old book {n}"));
        let book = Book {
            state: BookState::Read,
            ..Book::new(id, 100, title, Moment::from_millis(0))
        };
        read.world.put(Kind::Book, id.0, book);
    }
    let screen = read.open();
    let queries = screen.wants(&read.world.view());
    assert!(queries.iter().all(|query| match query {
        Query::BookPart { chapters, .. } => *chapters == Some((4, 6)),
        Query::Questions { limit, .. } => *limit <= 200,
        other => panic!("{other:?}"),
    }));
    assert!(read.shown(&screen, (120, 36)).contains("Radical Candor"));
}
