use chrono::NaiveDate;

use super::*;
use crate::command::book::{BookChange, NewBook};
use crate::command::plan::Plan;
use crate::command::{Command, Context, Draft, NewCircle, NewMember, Settle, decide};
use crate::domain::agenda::Prompt;
use crate::domain::book::fit::Part;
use crate::domain::book::reading::{Instalment, Measure, Reading};
use crate::domain::book::{Chapter, Mark};
use crate::domain::change::{ActKind, Author, Via};
use crate::domain::circle::CircleKind;
use crate::domain::clock::{Moment, Span, Zone};
use crate::domain::id::{ActId, BookId, CircleId, Ids, QuestionId, RunId};
use crate::domain::item::{Due, Owner};
use crate::domain::past::Step;
use crate::domain::question::{DraftQuestion, QuestionKind};
use crate::domain::roster::Role;
use crate::domain::state::State;
use crate::domain::text::Clean;
use crate::engine::query::{ActionFilter, QuestionRow};
use crate::store::Memory;

/// 12 March 2026, 15:00.
const NOON: Moment = Moment::from_millis(1_773_327_600_000);

/// A store that is filled by commands.
struct World {
    store: Memory,
    state: State,
    asking: Asking,
    acts: u64,
}

impl World {
    fn new() -> Self {
        Self {
            store: Memory::new(),
            state: State::default(),
            asking: Asking::default(),
            acts: 0,
        }
    }

    fn run(&mut self, command: &Command) -> Act {
        self.acts += 1;
        let at = NOON + Span::from_secs(i64::try_from(self.acts).unwrap());
        let mut ids = Ids::new(at, self.acts);
        let id = ActId(ids.make());
        let by = Author {
            via: Via::App,
            run: RunId(uuid::Uuid::from_u128(1)),
        };
        let mut cx = Context {
            at,
            by,
            ids,
            zone: Zone::UTC,
        };
        let decided = decide(&self.state, command, &mut cx).unwrap();
        let act = Act {
            id,
            seq: 0,
            revs: std::collections::BTreeMap::new(),
            at,
            by,
            title: decided.title,
            kind: ActKind::Do,
            changes: decided.changes,
        };
        let act = self.store.commit(act).unwrap();
        self.state.apply(&act).unwrap();
        self.asking.changed(&act);
        act
    }

    fn circle(&mut self, name: &str) -> CircleId {
        let act = self.run(&Command::NewCircle(NewCircle {
            name: Clean::line(name),
            kind: CircleKind::Mentoring,
            people: vec![NewMember {
                name: Clean::line("Jun"),
                mail: None,
                role: Role::Member,
            }],
            rhythm: None,
            template: None,
            first: Some(Plan {
                start: NOON + Span::from_minutes(7 * 24 * 60),
                minutes: 60,
                blocks: Vec::new(),
                template: None,
                facilitator: None,
            }),
        }));
        let key = act.changes.iter().map(|change| change.key);
        let key = key.into_iter().find(|key| key.kind == Kind::Circle);
        CircleId(key.unwrap().id)
    }

    fn action(&mut self, circle: CircleId, text: &str, due: Due) -> Key {
        let jun = self.state.members(circle)[0].id;
        let act = self.run(&Command::Write {
            circle,
            drafts: vec![Draft::Action {
                text: Clean::line(text),
                owner: if text.starts_with("Jun") {
                    Owner::Member(jun)
                } else {
                    Owner::Nobody
                },
                due,
                priority: 0,
                estimate: None,
                tags: vec![Clean::line(if text.len() > 5 { "Long" } else { "short" })],
            }],
            speaking: None,
        });
        let key = act.changes.iter().map(|change| change.key);
        key.into_iter()
            .find(|key| key.kind == Kind::Action)
            .unwrap()
    }

    fn ask(&mut self, query: &Query) -> Answer {
        self.asking.answer(&self.store, query, NOON).unwrap()
    }

    fn texts(&mut self, filter: ActionFilter, skip: usize, limit: usize) -> (Vec<String>, bool) {
        let query = Query::Actions {
            filter,
            skip,
            after: None,
            limit,
        };
        match self.ask(&query) {
            Answer::Rows { rows, more } => {
                let text = |row: &Row| {
                    row.body.value().unwrap()["text"]
                        .as_str()
                        .unwrap()
                        .to_owned()
                };
                (rows.iter().map(text).collect(), more)
            }
            other => panic!("{other:?}"),
        }
    }

    fn questions(&mut self, words: &str, limit: usize) -> (Vec<QuestionRow>, usize) {
        let query = Query::Questions {
            words: words.to_owned(),
            kind: None,
            theme: None,
            competency: None,
            skip: 0,
            circle: None,
            limit,
        };
        match self.ask(&query) {
            Answer::Questions { rows, total } => (rows, total),
            other => panic!("{other:?}"),
        }
    }
}

fn on(day: u32) -> Due {
    Due::On(NaiveDate::from_ymd_opt(2026, 3, day).unwrap())
}

fn of(circle: CircleId) -> ActionFilter {
    ActionFilter {
        circle: Some(circle),
        ..ActionFilter::default()
    }
}

fn add(count: usize) -> Command {
    let draft = |n: usize| DraftQuestion {
        theme: Clean::line("Growth"),
        kind: QuestionKind::ALL[n % QuestionKind::ALL.len()],
        follow_ups: vec![Clean::line(
            "What stopped you, and who could have helped you then?",
        )],
        ..DraftQuestion::new(Clean::line(&format!("What did you learn on day {n}?")))
    };
    Command::AddQuestions {
        questions: (0..count).map(draft).collect(),
        source: Clean::line("a file"),
    }
}

#[test]
fn actions_come_by_date_with_the_next_session_where_it_falls() {
    let mut world = World::new();
    let circle = world.circle("Ladder Up");
    world.action(circle, "none", Due::None);
    world.action(circle, "next", Due::NextSession);
    world.action(circle, "day 20", on(20));
    world.action(circle, "day 9", on(9));
    world.action(circle, "day 19", on(19));
    let all = ["day 9", "day 19", "next", "day 20", "none"];
    assert_eq!(world.texts(of(circle), 0, 10).0, all);
    assert_eq!(
        world.texts(of(circle), 1, 2),
        (vec!["day 19".into(), "next".into()], true)
    );
    let shown: Vec<_> = world.state.open_actions(circle, NOON);
    let shown: Vec<_> = shown.iter().map(|action| action.text.as_str()).collect();
    assert_eq!(shown, all);
    let until = NaiveDate::from_ymd_opt(2026, 3, 19);
    let filter = ActionFilter {
        until,
        ..of(circle)
    };
    assert_eq!(world.texts(filter.clone(), 0, 10).0, ["day 9", "day 19"]);
    let next = world.state.next_session(circle, NOON).unwrap().start;
    for (end, last) in [(next, "day 19"), (next + Span::from_millis(1), "next")] {
        let filter = ActionFilter {
            sessions_before: Some(end),
            ..filter.clone()
        };
        let texts = world.texts(filter, 0, 10).0;
        assert_eq!(texts.last().map(String::as_str), Some(last));
    }
}

#[test]
fn actions_of_all_circles_are_merged_and_filtered() {
    let mut world = World::new();
    let (one, two) = (world.circle("One"), world.circle("Two"));
    world.action(one, "Jun's deck", on(20));
    world.action(two, "b", on(10));
    world.action(one, "Jun's note", on(5));
    assert_eq!(
        world.texts(ActionFilter::default(), 0, 10).0,
        ["Jun's note", "b", "Jun's deck"]
    );
    let jun = world.state.members(one)[0].id;
    let filter = ActionFilter {
        owner: Some(Owner::Member(jun)),
        ..ActionFilter::default()
    };
    assert_eq!(world.texts(filter, 1, 10).0, ["Jun's deck"]);
    let filter = ActionFilter {
        tag: Some("LONG".to_owned()),
        ..ActionFilter::default()
    };
    assert_eq!(world.texts(filter, 0, 1), (vec!["Jun's note".into()], true));
}

#[test]
fn closed_actions_come_newest_first() {
    let mut world = World::new();
    let circle = world.circle("Ladder Up");
    for text in ["a", "b", "c"] {
        let key = world.action(circle, text, Due::None);
        if text != "c" {
            world.run(&Command::Settle {
                actions: vec![key],
                how: Settle::Done,
            });
        }
    }
    let filter = |open| ActionFilter { open, ..of(circle) };
    assert_eq!(world.texts(filter(Some(false)), 0, 10).0, ["b", "a"]);
    assert_eq!(world.texts(filter(Some(true)), 0, 10).0, ["c"]);
    assert_eq!(world.texts(filter(None), 0, 10).0, ["c", "b", "a"]);
}

impl World {
    /// Every text of a list, read in pages of this size, each of which begins behind the last row before it.
    fn paged(&mut self, filter: &ActionFilter, limit: usize) -> Vec<String> {
        let (mut texts, mut after) = (Vec::new(), None);
        loop {
            let query = Query::Actions {
                filter: filter.clone(),
                skip: 0,
                after: after.take(),
                limit,
            };
            let Answer::Rows { rows, more } = self.ask(&query) else {
                panic!("no rows");
            };
            texts.extend(
                rows.iter()
                    .map(|row| row.body.value().unwrap()["text"].to_string()),
            );
            if !more {
                return texts;
            }
            assert_eq!(rows.len(), limit);
            after = rows.into_iter().next_back().map(Box::new);
        }
    }
}

#[test]
fn a_list_is_the_same_in_pages_of_any_size() {
    let mut world = World::new();
    let circle = world.circle("Ladder Up");
    let jun = Owner::Member(world.state.members(circle)[0].id);
    for n in 0..12 {
        let due = match n % 4 {
            0 => Due::None,
            1 => Due::NextSession,
            _ => on(14 + n),
        };
        let words = if n % 3 == 0 { "other" } else { "Jun's" };
        let key = world.action(circle, &format!("{words} {n}"), due);
        if n % 5 == 4 {
            world.run(&Command::Settle {
                actions: vec![key],
                how: Settle::Done,
            });
        }
    }
    for filter in [
        of(circle),
        ActionFilter {
            owner: Some(jun),
            ..of(circle)
        },
        ActionFilter {
            open: Some(true),
            owner: Some(jun),
            until: NaiveDate::from_ymd_opt(2026, 3, 21),
            ..of(circle)
        },
        ActionFilter {
            tag: Some("long".to_owned()),
            ..of(circle)
        },
    ] {
        let whole = world.paged(&filter, MOST_ROWS);
        assert!(!whole.is_empty(), "{filter:?}");
        for limit in 1..6 {
            assert_eq!(world.paged(&filter, limit), whole, "{filter:?}");
        }
    }
}

#[test]
fn questions_are_found_by_all_of_their_words_wherever_they_stand() {
    let mut world = World::new();
    world.run(&add(100));
    let (rows, total) = world.questions("HELPED growth 42", 10);
    assert_eq!((rows.len(), total), (1, 1));
    assert_eq!(rows[0].question.number, 43);
    assert_eq!(world.questions("day", 7).1, 100);
    // What is added later is found, what is put into the trash is not.
    world.run(&add(1));
    assert_eq!(world.questions("day", 7).1, 101);
    let first = rows[0].question.id;
    world.run(&Command::Trash {
        keys: vec![Key::new(Space::Org, Kind::Question, first.0)],
        trashed: true,
    });
    assert_eq!(world.questions("day", 7).1, 100);
}

#[test]
fn a_draw_repeats_with_its_seed_and_never_draws_one_twice() {
    let mut world = World::new();
    let circle = world.circle("Ladder Up");
    world.run(&add(40));
    let mut draw = |seed| {
        let query = Query::Draw {
            circle,
            kinds: vec![Some(QuestionKind::Pair), Some(QuestionKind::Pair), None],
            without: Vec::new(),
            seed,
            part: None,
        };
        match world.ask(&query) {
            Answer::Questions { rows, .. } => rows,
            other => panic!("{other:?}"),
        }
    };
    let drawn = draw(7);
    assert_eq!(drawn, draw(7));
    let ids: std::collections::BTreeSet<QuestionId> =
        drawn.iter().map(|row| row.question.id).collect();
    assert_eq!(ids.len(), 3);
    assert!(
        drawn[..2]
            .iter()
            .all(|row| row.question.kind == QuestionKind::Pair)
    );
    assert!(!drawn[0].why.is_empty());
}

impl World {
    /// Draws so many questions for a circle.
    fn draw(&mut self, circle: CircleId, count: usize, seed: u64) -> Vec<QuestionRow> {
        let query = Query::Draw {
            circle,
            kinds: vec![None; count],
            without: Vec::new(),
            seed,
            part: None,
        };
        match self.ask(&query) {
            Answer::Questions { rows, .. } => rows,
            other => panic!("{other:?}"),
        }
    }

    /// Holds a session that asks this question.
    fn hold(&mut self, circle: CircleId, row: &QuestionRow) {
        let plan = Plan {
            start: NOON + Span::from_minutes(i64::try_from(self.acts).unwrap()),
            minutes: 60,
            blocks: Vec::new(),
            template: None,
            facilitator: None,
        };
        self.run(&Command::PlanSession { circle, plan });
        let session = self.state.next_session(circle, NOON).unwrap().id;
        self.run(&Command::StartSession {
            circle,
            session,
            facilitator: None,
        });
        let prompt = Prompt::of(&row.question, row.asked);
        self.run(&Command::AddPrompt(prompt));
        self.run(&Command::MarkAsked { asked: true });
        self.run(&Command::EndSession {
            next: None,
            figures: None,
            leave_rest: false,
        });
    }
}

#[test]
fn a_draw_follows_what_is_asked_rated_and_left_out_without_reading_again() {
    let mut world = World::new();
    let circle = world.circle("Ladder Up");
    world.run(&add(3));
    let first = world.draw(circle, 1, 1).remove(0);
    world.hold(circle, &first);
    let rest = world.draw(circle, 2, 2);
    assert!(rest.iter().all(|row| row.question.id != first.question.id));
    world.run(&Command::NeverAsk {
        circle,
        questions: vec![rest[0].question.id],
        never: true,
    });
    world.run(&Command::RateQuestion {
        circle,
        question: first.question.id,
        points: 4,
    });
    let all = world.draw(circle, 3, 3);
    let ids: Vec<QuestionId> = all.iter().map(|row| row.question.id).collect();
    assert_eq!(ids, [rest[1].question.id, first.question.id]);
    let why = "asked here less than a day ago, 4 of 5";
    assert!(all[1].why.starts_with(why), "{}", all[1].why);
    assert!(all[1].rating.is_some() && all[1].asked == 1);
    // The same from a store that is asked for the first time.
    world.asking = Asking::default();
    assert_eq!(world.draw(circle, 3, 3), all);
    // Another circle knows nothing of it.
    let other = world.circle("Morning Table");
    assert_eq!(world.draw(other, 3, 3).len(), 3);
}

#[test]
fn a_competency_of_the_last_sessions_waits_for_the_others() {
    let mut world = World::new();
    let circle = world.circle("Ladder Up");
    let draft = |n: usize| DraftQuestion {
        competency: Some(Clean::line(["Listening", "Courage"][n % 2])),
        ..DraftQuestion::new(Clean::line(&format!("What did you learn on day {n}?")))
    };
    world.run(&Command::AddQuestions {
        questions: (0..20).map(draft).collect(),
        source: Clean::line("a file"),
    });
    let first = world.draw(circle, 1, 5).remove(0);
    world.hold(circle, &first);
    let touched = first.question.competency.as_deref();
    for seed in 0..10 {
        let next = world.draw(circle, 1, seed).remove(0);
        let fresh = next.question.competency.as_deref().unwrap();
        assert_ne!(Some(fresh), touched);
        let words = format!("{fresh} was not touched in the last session");
        assert!(next.why.contains(&words), "{}", next.why);
    }
}

#[test]
fn questions_come_page_by_page_and_by_competency() {
    let mut world = World::new();
    let draft = |n: usize| DraftQuestion {
        competency: n.is_multiple_of(2).then(|| Clean::line("Saying no")),
        ..DraftQuestion::new(Clean::line(&format!("What did you learn on day {n}?")))
    };
    world.run(&Command::AddQuestions {
        questions: (0..500).map(draft).collect(),
        source: Clean::line("a file"),
    });
    let mut page = |skip, competency: &str| {
        let query = Query::Questions {
            words: String::new(),
            kind: None,
            theme: None,
            competency: Some(competency.to_owned()),
            circle: None,
            skip,
            limit: MOST_ROWS,
        };
        match world.ask(&query) {
            Answer::Questions { rows, total } => (rows, total),
            other => panic!("{other:?}"),
        }
    };
    let (one, total) = page(0, "SAYING NO");
    let (two, _) = page(one.len(), "saying no");
    assert_eq!((one.len(), two.len(), total), (200, 50, 250));
    let numbers: Vec<u32> = one
        .iter()
        .chain(&two)
        .map(|row| row.question.number)
        .collect();
    assert!(numbers.is_sorted() && numbers.first() == Some(&1));
    assert_eq!(page(0, "courage").1, 0);
}

#[test]
fn the_log_says_what_is_in_force_on_every_page() {
    let mut world = World::new();
    let circle = world.circle("Ladder Up");
    world.action(circle, "a", Due::None);
    let log = |world: &mut World, before, limit| {
        let query = Query::Log {
            circle: Some(circle),
            before,
            limit,
        };
        match world.ask(&query) {
            Answer::Log { rows, more } => (rows, more),
            other => panic!("{other:?}"),
        }
    };
    let (rows, more) = log(&mut world, u64::MAX, 1);
    assert!(more && rows[0].in_force);
    let last = world.store.act(rows[0].id).unwrap().unwrap();
    let undone = Act {
        id: ActId(uuid::Uuid::from_u128(5)),
        kind: ActKind::Undo(last.id),
        changes: last
            .changes
            .iter()
            .filter(|change| change.key.kind != Kind::Counter)
            .map(crate::domain::change::Change::inverse)
            .collect(),
        ..last.clone()
    };
    world.store.commit(undone).unwrap();
    let (rows, more) = log(&mut world, last.seq + 1, 10);
    assert_eq!((rows.len(), more), (2, false));
    assert!(!rows[0].in_force && rows[1].in_force);
}

#[test]
fn a_record_has_what_was_written_down_in_that_session_alone() {
    let mut world = World::new();
    let circle = world.circle("Ladder Up");
    world.action(circle, "before", Due::None);
    let session = world.state.next_session(circle, NOON).unwrap().id;
    world.run(&Command::StartSession {
        circle,
        session,
        facilitator: None,
    });
    world.action(circle, "during", Due::None);
    world.run(&Command::EndSession {
        next: None,
        figures: None,
        leave_rest: false,
    });
    world.action(circle, "after", Due::None);
    let Answer::Rows { rows, .. } = world.ask(&Query::Record { circle, session }) else {
        panic!("rows were asked for");
    };
    let kinds: Vec<Kind> = rows.iter().map(|row| row.key.kind).collect();
    assert_eq!(kinds, [Kind::Session, Kind::Member, Kind::Action]);
    assert_eq!(rows[2].body.value().unwrap()["text"], "during");
}

#[test]
fn an_action_tells_what_happened_to_it_newest_first() {
    let mut world = World::new();
    let circle = world.circle("Ladder Up");
    let action = world.action(circle, "Send deck", Due::None);
    world.action(circle, "other", Due::None);
    let edit = crate::command::ItemEdit {
        due: Some(Due::NextSession),
        ..crate::command::ItemEdit::default()
    };
    world.run(&Command::EditItem { key: action, edit });
    world.run(&Command::Settle {
        actions: vec![action],
        how: Settle::Done,
    });
    let mut past = |limit| {
        let query = Query::Past { action, limit };
        let answer = world.asking.answer(&world.store, &query, NOON).unwrap();
        let Answer::Past { rows, whole } = answer else {
            panic!("another answer")
        };
        let steps: Vec<Step> = rows.into_iter().flat_map(|row| row.steps).collect();
        (steps, whole)
    };
    let due = Step::Due(Due::NextSession);
    assert_eq!(past(40), (vec![Step::Done, due, Step::Created], true));
    assert_eq!(past(1), (vec![Step::Done], false));
}

/// A circle that reads a book of nine chapters, three for each meeting.
fn reading(world: &mut World) -> (CircleId, BookId) {
    let circle = world.circle("Long Table");
    let book = |change| Command::Book { circle, change };
    let new = NewBook {
        title: Clean::line("A book"),
        chapters: vec![Chapter::default(); 9],
        ..NewBook::default()
    };
    world.run(&book(BookChange::Add {
        books: vec![new],
        source: Clean::default(),
    }));
    let id = world.state.proposed(circle)[0].id;
    let today = NOON.date(Zone::UTC);
    let instalments = (1..=3).map(|nth| Instalment {
        until: 3 * nth,
        day: today + chrono::TimeDelta::days(7 * i64::from(nth)),
        session: None,
        picked: Vec::new(),
    });
    let plan = Reading {
        measure: Measure::Chapters,
        from: today,
        instalments: instalments.collect(),
        skipped: Vec::new(),
        once: 0,
        pace: None,
    };
    world.run(&book(BookChange::Begin(id, plan)));
    (circle, id)
}

fn about_books(text: &str, theme: &str, about: Option<(BookId, u16)>) -> DraftQuestion {
    DraftQuestion {
        kind: QuestionKind::Book,
        theme: Clean::line(theme),
        about: about.map(|(book, chapter)| Mark {
            book,
            chapter: Some(chapter),
            page: None,
        }),
        ..DraftQuestion::new(Clean::line(text))
    }
}

#[test]
fn a_draw_for_a_book_takes_what_was_written_for_it_and_gives_nothing_away() {
    let mut world = World::new();
    let (circle, book) = reading(&mut world);
    let bank = [
        about_books("Any", "Books", None),
        about_books("A story", "Fiction", None),
        about_books("Of the bank", "Books", Some((book, 5))),
        about_books(
            "Another book",
            "Books",
            Some((BookId(uuid::Uuid::from_u128(99)), 1)),
        ),
    ];
    world.run(&Command::AddQuestions {
        questions: bank.to_vec(),
        source: Clean::default(),
    });
    let own = [(2, "Early"), (4, "Now"), (8, "The end")];
    for (chapter, text) in own {
        world.run(&Command::Write {
            circle,
            drafts: vec![Draft::Question(about_books(
                text,
                "Books",
                Some((book, chapter)),
            ))],
            speaking: None,
        });
    }
    let part = Part {
        book,
        from: 4,
        until: Some(6),
    };
    let mut drawn = |part| {
        let query = Query::Draw {
            circle,
            kinds: vec![Some(QuestionKind::Book); 9],
            without: Vec::new(),
            seed: 1,
            part,
        };
        let Answer::Questions { rows, .. } = world.ask(&query) else {
            panic!("no questions")
        };
        let texts = rows.iter().map(|row| row.question.text.to_string());
        texts.collect::<Vec<_>>()
    };
    assert_eq!(drawn(Some(part)), ["Now", "Of the bank", "Early", "Any"]);
    // Without a book the bank alone is asked, whatever its themes are.
    assert_eq!(drawn(None).len(), 4);
    let Answer::Questions { rows, .. } = world.ask(&Query::BookQuestions { circle, book }) else {
        panic!("no questions")
    };
    assert_eq!(rows.len(), 4);
}
