//! Books as commands: what is refused and why, and what stays out of what is kept.

use chrono::NaiveDate;

use crate::command::book::{Ballot, BookChange, Entry, NewBook};
use crate::command::plan::{BlockDraft, Plan};
use crate::command::{
    Command, Context, Decided, Draft, MemberEdit, NewCircle, NewMember, Refusal, decide,
};
use crate::domain::agenda::{BlockKind, Prompt};
use crate::domain::book::floor;
use crate::domain::book::poll::Method;
use crate::domain::book::reading::{Instalment, Measure, Reading};
use crate::domain::book::schedule::Give;
use crate::domain::book::{BookState, Chapter, Place};
use crate::domain::change::{Author, Via};
use crate::domain::circle::CircleKind;
use crate::domain::clock::Moment;
use crate::domain::id::{BookId, CircleId, Ids, Kind, MemberId, PollId, QuestionId, RunId};
use crate::domain::question::Question;
use crate::domain::roster::Role;
use crate::domain::state::State;
use crate::domain::text::Clean;

struct Club {
    state: State,
    circle: CircleId,
    seed: u64,
}

fn day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, n).unwrap()
}

impl Club {
    fn new(people: &[&str], titles: &[&str]) -> Self {
        let mut club = Self {
            state: State::default(),
            circle: CircleId(uuid::Uuid::nil()),
            seed: 1,
        };
        let people = people.iter().map(|name| NewMember {
            name: Clean::line(name),
            mail: None,
            role: Role::Member,
        });
        club.send(&Command::NewCircle(NewCircle {
            name: Clean::line("Book Night"),
            kind: CircleKind::BookClub,
            people: people.collect(),
            rhythm: None,
            template: None,
            first: None,
        }))
        .unwrap();
        club.circle = club.state.circles().next().unwrap().id;
        for title in titles {
            let book = NewBook {
                title: Clean::line(title),
                pages: Some(100),
                chapters: (0..10)
                    .map(|at| Chapter {
                        title: Clean::default(),
                        page: Some(1 + at * 10),
                    })
                    .collect(),
                ..NewBook::default()
            };
            club.book_change(BookChange::Add {
                books: vec![book],
                source: Clean::default(),
            })
            .unwrap();
        }
        club
    }

    fn send(&mut self, command: &Command) -> Result<Decided, Refusal> {
        self.seed += 1;
        let at = Moment::from_millis(1_772_323_200_000 + i64::try_from(self.seed).unwrap());
        let mut cx = Context {
            at,
            by: Author {
                via: Via::Cli,
                run: RunId(uuid::Uuid::nil()),
            },
            ids: Ids::new(at, self.seed),
            zone: chrono_tz::UTC,
        };
        let decided = decide(&self.state, command, &mut cx)?;
        self.state.apply_changes(&decided.changes).unwrap();
        Ok(decided)
    }

    fn book_change(&mut self, change: BookChange) -> Result<Decided, Refusal> {
        let circle = self.circle;
        self.send(&Command::Book { circle, change })
    }

    fn book(&self, n: usize) -> BookId {
        self.state.books(self.circle).nth(n).unwrap().id
    }

    fn member(&self, n: usize) -> MemberId {
        self.state.members(self.circle)[n].id
    }

    fn reading(ends: &[u32]) -> Reading {
        Reading {
            measure: Measure::Chapters,
            from: day(1),
            instalments: (1..)
                .zip(ends)
                .map(|(week, until)| Instalment {
                    until: *until,
                    day: day(1 + week * 7),
                    session: None,
                    picked: Vec::new(),
                })
                .collect(),
            skipped: Vec::new(),
            once: 0,
            pace: None,
        }
    }

    fn vote(&mut self, method: Method) -> PollId {
        let books = self.state.books(self.circle).map(|book| book.id).collect();
        self.book_change(BookChange::OpenPoll { method, books })
            .unwrap();
        self.state.poll(self.circle).unwrap().id
    }

    fn cast(
        &mut self,
        poll: PollId,
        ballots: &[(Option<usize>, &[usize])],
    ) -> Result<Decided, Refusal> {
        let ballots = ballots
            .iter()
            .map(|(voter, books)| Ballot {
                voter: voter.map(|n| self.member(n)),
                books: books.iter().map(|n| self.book(*n)).collect(),
            })
            .collect();
        self.book_change(BookChange::Cast(poll, ballots))
    }

    fn reach(&mut self, member: usize, entry: Entry) -> Result<Decided, Refusal> {
        let change = BookChange::Reach {
            book: self.book(0),
            member: self.member(member),
            entry,
            shared: None,
        };
        self.book_change(change)
    }
}

fn reason<T: std::fmt::Debug>(answer: Result<T, Refusal>) -> String {
    answer.unwrap_err().reason
}

#[test]
fn one_book_is_read_at_a_time() {
    let mut club = Club::new(&["Mei", "Tom"], &["Deep Work", "Range"]);
    let (one, other) = (club.book(0), club.book(1));
    let begin = |book| BookChange::Begin(book, Club::reading(&[5, 10]));
    club.book_change(begin(one)).unwrap();
    let words = reason(club.book_change(begin(other)));
    assert_eq!(
        words,
        "B1 \"Deep Work\" is being read; finish it or set it aside first"
    );
    club.book_change(BookChange::Close(one, BookState::SetAside))
        .unwrap();
    club.book_change(begin(other)).unwrap();
    assert_eq!(club.state.reading(club.circle).unwrap().id, other);
}

#[test]
fn a_plan_beyond_the_end_or_out_of_order_is_refused() {
    let mut club = Club::new(&["Mei"], &["Deep Work"]);
    let book = club.book(0);
    for ends in [&[5, 11][..], &[5, 5], &[0, 5], &[]] {
        let answer = club.book_change(BookChange::Begin(book, Club::reading(ends)));
        assert!(answer.is_err(), "{ends:?}");
    }
}

#[test]
fn how_far_somebody_is_adds_up_and_may_go_back_but_not_beyond_the_end() {
    let mut club = Club::new(&["Mei", "Tom"], &["Deep Work"]);
    let words = reason(club.reach(0, Entry::More(2)));
    assert_eq!(words, "B1 has not been begun");
    let book = club.book(0);
    club.book_change(BookChange::Begin(book, Club::reading(&[5, 10])))
        .unwrap();
    let place = |club: &Club| {
        let reader = club.state.reader(club.circle, book, club.member(0));
        reader.unwrap().now().map(|now| now.place)
    };
    club.reach(0, Entry::More(2)).unwrap();
    club.reach(0, Entry::More(3)).unwrap();
    assert_eq!(place(&club), Some(5));
    club.reach(0, Entry::At(Measure::Chapters, 3)).unwrap();
    assert_eq!(place(&club), Some(3));
    let words = reason(club.reach(0, Entry::More(8)));
    assert_eq!(words, "B1 has 10 chapters; 11 is beyond its end");
    assert_eq!(place(&club), Some(3));
    let title = club.reach(1, Entry::At(Measure::Pages, 20)).unwrap().title;
    assert_eq!(title, "how far one of you is in B1");
}

#[test]
fn nobody_votes_twice_and_nobody_who_left_votes() {
    let mut club = Club::new(&["Mei", "Tom", "Ana"], &["Deep Work", "Range"]);
    let poll = club.vote(Method::Ranked);
    club.cast(poll, &[(Some(0), &[0, 1])]).unwrap();
    let twice = club.cast(poll, &[(Some(1), &[1]), (Some(1), &[0])]);
    assert_eq!(reason(twice), "nobody votes twice");
    assert!(reason(club.cast(poll, &[(None, &[1, 1])])).contains("each book once"));
    // Ballots without a name are counted against the people there are.
    club.cast(poll, &[(None, &[1]), (None, &[1])]).unwrap();
    assert_eq!(
        reason(club.cast(poll, &[(Some(1), &[0])])),
        "all 3 ballots are in; nobody votes twice"
    );
    let left = MemberEdit {
        left: Some(true),
        ..MemberEdit::default()
    };
    let gone = club.member(2);
    let (circle, edit) = (club.circle, left);
    club.send(&Command::EditMember {
        circle,
        member: gone,
        edit,
    })
    .unwrap();
    let ballot = Ballot {
        voter: Some(gone),
        books: Vec::new(),
    };
    let answer = club.book_change(BookChange::Cast(poll, vec![ballot]));
    assert_eq!(reason(answer), "that person is not in this circle");
}

#[test]
fn a_member_who_is_away_today_may_vote() {
    let mut club = Club::new(&["Mei", "Tom"], &["Deep Work", "Range"]);
    let session = plan(&mut club, 8, &["Welcome"]);
    let (circle, member) = (club.circle, club.member(1));
    club.send(&Command::Attend {
        circle,
        session: session.id,
        member,
        here: false,
    })
    .unwrap();
    let poll = club.vote(Method::Approval);
    club.cast(poll, &[(Some(1), &[0])]).unwrap();
    assert_eq!(club.state.poll(circle).unwrap().ballots_in(), 1);
}

#[test]
fn a_book_of_unknown_length_is_not_read_without_end() {
    let mut club = Club::new(&["Mei"], &["Deep Work"]);
    let book = club.book(0);
    let mut parts = Club::reading(&[5, 4_000_000_000]);
    parts.measure = Measure::Parts;
    let begin =
        |club: &mut Club, plan: &Reading| club.book_change(BookChange::Begin(book, plan.clone()));
    assert_eq!(
        reason(begin(&mut club, &parts)),
        "a book has at most 500 parts"
    );
    parts.instalments[1].until = 9;
    begin(&mut club, &parts).unwrap();
    let far = club.reach(0, Entry::At(Measure::Parts, 10));
    assert!(reason(far).contains("beyond its end"));
    let page = club.reach(0, Entry::At(Measure::Pages, u32::MAX));
    assert!(reason(page).contains("more than any book has"));
}

#[test]
fn a_meeting_is_not_moved_to_the_day_that_it_has() {
    let mut club = Club::new(&["Mei"], &["Deep Work"]);
    let book = club.book(0);
    let plan = Club::reading(&[5, 10]);
    let was = plan.instalments[1].day;
    club.book_change(BookChange::Begin(book, plan)).unwrap();
    let again = club.book_change(BookChange::Move {
        book,
        at: 1,
        day: was,
    });
    assert_eq!(reason(again), format!("that meeting is on {was} already"));
    let nothing = club.book_change(BookChange::Bend {
        book,
        from: 1,
        more: 0,
        until: Some(5),
    });
    assert_eq!(reason(nothing), "nothing is left to read there");
}

#[test]
fn a_question_about_a_place_in_the_book_is_kept_with_who_wrote_it() {
    let mut club = Club::new(&["Mei"], &["Deep Work"]);
    let (circle, book, mei) = (club.circle, club.book(0), club.member(0));
    let write = |place| Command::Write {
        circle,
        drafts: vec![Draft::BookQuestion {
            text: Clean::line("Why does he stay?"),
            place,
            theme: Clean::default(),
            author: Some(mei),
        }],
        speaking: None,
    };
    assert!(club.send(&write(Place::Chapter(5))).is_err());
    club.book_change(BookChange::Begin(book, Club::reading(&[5, 10])))
        .unwrap();
    assert!(reason(club.send(&write(Place::Chapter(11)))).contains("beyond the end"));
    let told = club.send(&write(Place::Chapter(5))).unwrap();
    let body = told
        .changes
        .iter()
        .find(|one| one.key.kind == Kind::Question);
    let body = body.and_then(|one| one.after.clone()).unwrap();
    let question: Question = serde_json::from_value(body).unwrap();
    assert_eq!(question.about.and_then(|mark| mark.chapter), Some(5));
    assert_eq!(question.author.map(|wrote| wrote.member), Some(mei));
}

#[test]
fn whoever_is_left_may_vote_after_somebody_who_voted_has_gone() {
    let mut club = Club::new(&["Mei", "Tom", "Ana"], &["Deep Work", "Range"]);
    let poll = club.vote(Method::Approval);
    club.cast(poll, &[(Some(0), &[0]), (Some(1), &[1])])
        .unwrap();
    let (circle, member) = (club.circle, club.member(0));
    let edit = MemberEdit {
        left: Some(true),
        ..MemberEdit::default()
    };
    club.send(&Command::EditMember {
        circle,
        member,
        edit,
    })
    .unwrap();
    // Ana is the second of those who are left.
    club.cast(poll, &[(Some(1), &[1])]).unwrap();
    assert!(club.cast(poll, &[(None, &[1])]).is_err());
}

#[test]
fn an_act_that_brings_a_ballot_names_nobody() {
    let mut club = Club::new(&["Mei", "Tom"], &["Deep Work", "Range"]);
    let poll = club.vote(Method::Approval);
    let decided = club.cast(poll, &[(Some(0), &[1])]).unwrap();
    let written = serde_json::to_string(&decided.changes).unwrap();
    assert!(
        !written.contains(&club.member(0).0.to_string()),
        "{written}"
    );
    assert!(!decided.title.contains("Mei"));
}

#[test]
fn a_closed_vote_keeps_counts_and_no_names() {
    let mut club = Club::new(&["Mei", "Tom", "Ana"], &["Deep Work", "Range"]);
    let poll = club.vote(Method::Approval);
    club.cast(
        poll,
        &[(Some(0), &[0, 1]), (Some(1), &[1, 0]), (Some(2), &[1])],
    )
    .unwrap();
    let close = BookChange::ClosePoll {
        poll,
        let_go: Vec::new(),
        chosen: None,
    };
    let title = club.book_change(close).unwrap().title;
    assert_eq!(title, "the vote chose B2 \"Range\"");
    let held = club.state.vote(club.circle, poll).unwrap();
    let counts: Vec<u16> = held.ballots.iter().map(|ballots| ballots.count).collect();
    assert_eq!(counts, [2, 1]);
    // What was not chosen waits for the next time.
    assert_eq!(club.state.proposed(club.circle).len(), 2);
}

#[test]
fn what_is_level_is_said_and_people_choose() {
    let mut club = Club::new(&["Mei", "Tom"], &["Deep Work", "Range"]);
    let poll = club.vote(Method::Ranked);
    club.cast(poll, &[(None, &[0]), (None, &[1])]).unwrap();
    let close = |chosen| BookChange::ClosePoll {
        poll,
        let_go: Vec::new(),
        chosen,
    };
    assert_eq!(
        reason(club.book_change(close(None))),
        "B1, B2 are level; say which of them it is"
    );
    let range = club.book(1);
    club.book_change(close(Some(range))).unwrap();
    let held = club.state.vote(club.circle, poll).unwrap();
    assert_eq!(held.chosen, Some(range));
}

/// Plans a session for a day, with blocks of these names for talk; the one that was made.
fn plan(club: &mut Club, on: u32, blocks: &[&str]) -> crate::domain::session::Session {
    let start = day(on).and_hms_opt(18, 0, 0).unwrap();
    let start = Moment::from_local(start, chrono_tz::UTC);
    let block = |title: &&str| BlockDraft {
        title: Clean::line(title),
        kind: BlockKind::Prompt,
        minutes: 10,
        prompts: vec![Prompt::new(Clean::line("Drawn"))],
        ..BlockDraft::default()
    };
    let plan = Plan {
        start,
        minutes: 60,
        blocks: blocks.iter().map(block).collect(),
        template: None,
        facilitator: None,
    };
    let circle = club.circle;
    club.send(&Command::PlanSession { circle, plan }).unwrap();
    let sessions = club.state.sessions(circle);
    sessions
        .max_by_key(|session| session.number)
        .unwrap()
        .clone()
}

#[test]
fn a_new_session_takes_the_next_meeting_and_what_was_picked_for_it() {
    let mut club = Club::new(&["Mei", "Tom"], &["Deep Work"]);
    let book = club.book(0);
    club.book_change(BookChange::Begin(book, Club::reading(&[5, 10])))
        .unwrap();
    let picked = |text: &str| Prompt {
        question: Some(QuestionId(uuid::Uuid::from_u128(8))),
        ..Prompt::new(Clean::line(text))
    };
    let pick = |at, prompts| BookChange::Pick { book, at, prompts };
    let told = club.book_change(pick(1, vec![picked("Ours")])).unwrap();
    assert!(
        told.title.contains("1 question for 2026-03-15"),
        "{}",
        told.title
    );
    assert!(reason(club.book_change(pick(2, Vec::new()))).contains("2 meetings"));
    assert!(reason(club.book_change(pick(0, vec![picked("x"); 51]))).contains("at most 50"));
    let first = plan(&mut club, 8, &["Welcome", "About the book"]);
    // A day that is not that of the plan: the meeting goes with the session.
    let second = plan(&mut club, 17, &["Welcome", "About the book"]);
    let reading = |club: &Club| club.state.book(club.circle, book).unwrap().reading.clone();
    let held = reading(&club).unwrap();
    assert_eq!(held.instalments[0].session, Some(first.id));
    assert_eq!(held.instalments[1].session, Some(second.id));
    assert_eq!(held.instalments[1].day, day(17));
    assert!(held.instalments[1].picked.is_empty());
    let texts = |session: &crate::domain::session::Session, block: usize| -> Vec<String> {
        let prompts = session.blocks[block].prompts.iter();
        prompts.map(|prompt| prompt.text.to_string()).collect()
    };
    assert_eq!(texts(&first, 1), ["Drawn"]);
    assert_eq!(texts(&second, 0), ["Drawn"]);
    assert_eq!(texts(&second, 1), ["Ours", "Drawn"]);
    // All meetings have their session: another one is about something else.
    let before = reading(&club);
    plan(&mut club, 29, &["About the book"]);
    assert_eq!(reading(&club), before);
}

#[test]
fn what_was_picked_stays_with_what_is_read() {
    let mut club = Club::new(&["Mei", "Tom"], &["Deep Work"]);
    let book = club.book(0);
    let begin = BookChange::Begin(book, Club::reading(&[3, 6, 10]));
    club.book_change(begin).unwrap();
    let pick = BookChange::Pick {
        book,
        at: 1,
        prompts: vec![Prompt::new(Clean::line("Ours"))],
    };
    club.book_change(pick).unwrap();
    let skip = |give| BookChange::Skip {
        book,
        at: 1,
        why: Clean::default(),
        give,
    };
    let picks = |club: &Club| -> Vec<usize> {
        let book = club.state.book(club.circle, book).unwrap();
        let reading = book.reading.as_ref().unwrap();
        reading
            .instalments
            .iter()
            .map(|one| one.picked.len())
            .collect()
    };
    club.book_change(skip(Give::Later)).unwrap();
    assert_eq!(picks(&club), [0, 1, 0]);
    club.book_change(skip(Give::Denser)).unwrap();
    assert_eq!(picks(&club), [0, 1]);
}

#[test]
fn one_book_is_closed_and_another_begun_in_one_act_or_neither() {
    let mut club = Club::new(&["Mei"], &["Deep Work", "Range"]);
    let (one, other) = (club.book(0), club.book(1));
    club.book_change(BookChange::Begin(one, Club::reading(&[5, 10])))
        .unwrap();
    let next = |until: &[u32]| BookChange::Next {
        first: Box::new(BookChange::Close(one, BookState::Read)),
        book: other,
        reading: Club::reading(until),
    };
    let reads = |club: &Club| club.state.reading(club.circle).map(|book| book.id);
    assert!(club.book_change(next(&[5, 1_000_000])).is_err());
    assert_eq!(reads(&club), Some(one));
    club.book_change(next(&[5, 10])).unwrap();
    assert_eq!(reads(&club), Some(other));
    let closed = club.state.book(club.circle, one).unwrap();
    assert_eq!(closed.state, BookState::Read);
}

#[test]
fn whoever_leaves_in_the_middle_keeps_what_they_said_and_counts_no_more() {
    let mut club = Club::new(&["Mei", "Tom", "Ana"], &["Deep Work"]);
    let book = club.book(0);
    club.book_change(BookChange::Begin(book, Club::reading(&[5, 10])))
        .unwrap();
    let tom = club.member(1);
    for member in 0..3 {
        let at = u32::try_from(member).unwrap() * 2 + 1;
        club.reach(member, Entry::At(Measure::Chapters, at))
            .unwrap();
    }
    let (circle, present) = (club.circle, |club: &Club| -> Vec<MemberId> {
        let members = club.state.members(club.circle);
        members.iter().map(|member| member.id).collect()
    });
    let floor = |club: &Club| {
        let book = club.state.book(circle, book).unwrap();
        floor::floor(
            (book, book.reading.as_ref()),
            club.state.readers(circle),
            &present(club),
            day(1),
        )
    };
    assert_eq!((floor(&club).place, floor(&club).said), (Some(1), 3));
    let mei = club.member(0);
    let leave = Command::EditMember {
        circle,
        member: mei,
        edit: MemberEdit {
            left: Some(true),
            ..MemberEdit::default()
        },
    };
    club.send(&leave).unwrap();
    assert_eq!((floor(&club).place, floor(&club).said), (Some(3), 2));
    assert!(club.state.reader(circle, book, mei).is_some());
    let change = BookChange::Reach {
        book,
        member: mei,
        entry: Entry::More(1),
        shared: None,
    };
    assert!(reason(club.book_change(change)).contains("not in this circle"));
    assert!(club.state.member(circle, tom).is_some());
}
