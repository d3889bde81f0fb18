use super::*;
use crate::command::{Command, ItemEdit};
use crate::domain::change::{Author, Change, Via};
use crate::domain::clock::Moment;
use crate::domain::document::Document;
use crate::domain::id::{ActId, Key, Kind, RunId, Space};
use crate::domain::question::search::{Memory, SearchIndex};
use crate::domain::question::{Asked, Depth, DraftQuestion, Question, QuestionKind};
use crate::domain::text::Clean;
use crate::tui::fixture_lists::{HARD, SIZES, World};

/// The bank as the store would tell it.
struct Bank {
    world: World,
    questions: Vec<Question>,
    asked: Vec<Asked>,
}

fn question(number: u32, text: &str, theme: &str, depth: Depth) -> Question {
    let draft = DraftQuestion {
        theme: Clean::line(theme),
        depth,
        follow_ups: vec![
            Clean::line("What would you say today?"),
            Clean::line("Who could have helped?"),
        ],
        competency: Some(Clean::line("Giving feedback")),
        source: Clean::line("circlet"),
        minutes: 8,
        starred: number == 41,
        ..DraftQuestion::new(Clean::line(text))
    };
    draft.into_question(QuestionId(uuid::Uuid::from_u128(number.into())), number)
}

impl Bank {
    fn new() -> Self {
        let texts = [
            (
                41,
                "What feedback did you almost not give, and what stopped you?",
                "Feedback",
                Depth::Reflect,
            ),
            (
                42,
                "Whose feedback do you trust most, and why theirs?",
                "Feedback",
                Depth::Reflect,
            ),
            (
                47,
                "When did praise last change what you did next?",
                "Growth",
                Depth::Reflect,
            ),
            (
                53,
                "What do people get wrong about your work?",
                "Belonging",
                Depth::Deep,
            ),
            (
                58,
                "What went well since we last met?",
                "Growth",
                Depth::WarmUp,
            ),
        ];
        let questions =
            texts.map(|(number, text, theme, depth)| question(number, text, theme, depth));
        let then = Moment::parse("2025-11-12T15:00:00Z").unwrap();
        let asked = Asked::never(questions[2].id)
            .again(then)
            .rate(4, then, then);
        Self {
            world: World::new(),
            questions: questions.to_vec(),
            asked: vec![asked],
        }
    }

    fn answer(&self, query: &Query) -> Answer {
        let Query::Bank(seek) = query else {
            panic!("the bank is asked: {query:?}");
        };
        let mut index = SearchIndex::default();
        for question in &self.questions {
            index.put(question);
        }
        for asked in &self.asked {
            let last = asked.last.map_or(0, Moment::millis);
            let (times, never) = (asked.times, asked.never);
            index.remember(asked.question, Memory { times, last, never });
        }
        let found = index.find(&seek.sought, seek.skip, seek.limit);
        let row = |id: &QuestionId| BankRow {
            question: self.questions.iter().find(|q| q.id == *id).unwrap().clone(),
            asked: self
                .asked
                .iter()
                .filter(|asked| asked.question == *id)
                .map(|asked| (self.world.circle, asked.clone()))
                .collect(),
        };
        Answer::Bank(Box::new(BankPage {
            rows: found.ids.iter().map(row).collect(),
            total: found.total,
            all: found.all,
            facets: found.facets,
        }))
    }

    /// Answers everything that a reply asks for.
    fn settle(&self, screen: &mut Questions, reply: &Reply) {
        if let Reply::Do(requests) = reply {
            for request in requests {
                if let Request::Ask(query) = request {
                    screen.answered(query, &self.answer(query), &self.world.view());
                }
            }
        }
    }

    fn open(&self) -> Questions {
        let mut screen = Questions::default();
        for query in screen.wants(&self.world.view()) {
            screen.answered(&query, &self.answer(&query), &self.world.view());
        }
        screen
    }

    fn press(&self, screen: &mut Questions, ids: &[CommandId]) -> Reply {
        let mut reply = Reply::Ignored;
        for id in ids {
            reply = screen.run(*id, &Arg::None, &self.world.view());
            self.settle(screen, &reply);
        }
        reply
    }

    fn type_in(&self, screen: &mut Questions, line: &str) {
        let reply = screen.filter(line, &self.world.view());
        self.settle(screen, &reply);
    }

    fn shown(&self, screen: &Questions, size: (u16, u16)) -> String {
        self.world.show(screen, size).join("\n")
    }
}

fn numbers(screen: &Questions) -> Vec<u32> {
    screen
        .page
        .rows
        .iter()
        .map(|row| row.question.number)
        .collect()
}

#[test]
fn a_wide_screen_shows_choices_list_and_detail() {
    let bank = Bank::new();
    insta::assert_snapshot!(bank.shown(&bank.open(), (120, 36)));
}

#[test]
fn a_usual_screen_shows_list_and_detail() {
    let bank = Bank::new();
    insta::assert_snapshot!(bank.shown(&bank.open(), (80, 24)));
}

#[test]
fn a_small_screen_shows_the_questions_and_shift_tab_leads_to_one_in_full() {
    let bank = Bank::new();
    let mut screen = bank.open();
    insta::assert_snapshot!(bank.shown(&screen, (40, 12)));
    bank.press(&mut screen, &[CommandId::PreviousPane]);
    let shown = bank.shown(&screen, (40, 12));
    assert!(shown.contains("Follow-ups"), "{shown}");
    bank.press(&mut screen, &[CommandId::PreviousPane]);
    let shown = bank.shown(&screen, (40, 12));
    assert!(shown.contains("not asked yet"), "{shown}");
}

#[test]
fn until_the_index_is_there_it_says_loading_and_keys_work() {
    let bank = Bank::new();
    let mut screen = Questions::default();
    let shown = bank.shown(&screen, (120, 36));
    assert!(shown.contains("loading") && shown.contains(".."), "{shown}");
    let add = screen.run(CommandId::Add, &Arg::None, &bank.world.view());
    assert!(matches!(add, Reply::Ask(_)));
    // What is typed meanwhile counts; the answer to what was wanted before does not.
    let stale = screen.wants(&bank.world.view());
    let wanted = screen.filter("praise", &bank.world.view());
    for query in stale {
        screen.answered(&query, &bank.answer(&query), &bank.world.view());
    }
    assert!(screen.found.is_none());
    bank.settle(&mut screen, &wanted);
    assert_eq!(numbers(&screen), [47]);
}

#[test]
fn a_filter_narrows_with_each_key_and_esc_takes_it_back() {
    let bank = Bank::new();
    let mut screen = bank.open();
    assert_eq!(numbers(&screen), [41, 42, 53, 58, 47]);
    bank.type_in(&mut screen, "fee");
    bank.type_in(&mut screen, "feedback theme:feed");
    assert_eq!(numbers(&screen), [41, 42]);
    let said = screen.filter("depth:purple", &bank.world.view());
    assert!(matches!(said, Reply::Refuse(why) if why.contains("warm-up")));
    bank.press(&mut screen, &[CommandId::Close]);
    assert_eq!(numbers(&screen).len(), 5);
}

#[test]
fn choices_are_taken_and_given_up_and_tell_what_they_would_leave() {
    let bank = Bank::new();
    let mut screen = bank.open();
    bank.press(
        &mut screen,
        &[CommandId::NextPane, CommandId::Down, CommandId::Open],
    );
    assert_eq!(numbers(&screen), [47]);
    let shown = bank.shown(&screen, (120, 36));
    assert!(shown.contains("1 of 5: asked before"), "{shown}");
    bank.press(&mut screen, &[CommandId::Open]);
    assert_eq!(numbers(&screen).len(), 5);
}

#[test]
fn where_nothing_is_found_the_ways_out_have_numbers() {
    let bank = Bank::new();
    let mut screen = bank.open();
    bank.press(
        &mut screen,
        &[
            CommandId::NextPane,
            CommandId::Down,
            CommandId::Open,
            CommandId::Close,
        ],
    );
    bank.type_in(&mut screen, "nowhere");
    let shown = bank.shown(&screen, (80, 24));
    assert!(shown.contains("No question matches."), "{shown}");
    assert!(
        shown.contains("1 drop 'nowhere'   2 drop 'asked before'"),
        "{shown}"
    );
    let reply = screen.run(CommandId::Pick, &Arg::Number(1), &bank.world.view());
    bank.settle(&mut screen, &reply);
    assert_eq!(numbers(&screen), [47]);
}

#[test]
fn an_empty_bank_says_how_questions_come_in() {
    let mut bank = Bank::new();
    bank.questions.clear();
    let shown = bank.shown(&bank.open(), (80, 24));
    assert!(shown.contains("The bank has no questions yet."), "{shown}");
    assert!(shown.contains("a write one"), "{shown}");
}

/// The numbers of the questions that a reply puts into a block.
fn added(reply: &Reply) -> Vec<uuid::Uuid> {
    let Reply::Do(requests) = reply else {
        panic!("{reply:?}");
    };
    match requests.as_slice() {
        [Request::Submit(Command::SetPrompts { prompts, .. })] => {
            let ids = prompts.iter().filter_map(|prompt| prompt.question);
            ids.map(|id| id.0).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn enter_adds_the_question_to_the_block_that_the_last_line_names() {
    let bank = Bank::new();
    let mut screen = bank.open();
    let shown = bank.shown(&screen, (80, 24));
    assert!(
        shown.contains("Enter adds it to: Ladder Up #7, block 1 Check-in"),
        "{shown}"
    );
    let reply = bank.press(&mut screen, &[CommandId::Open]);
    assert_eq!(added(&reply), [uuid::Uuid::from_u128(41)]);
    let choice = bank.press(&mut screen, &[CommandId::Owner]);
    assert!(
        matches!(&choice, Reply::Choose(choice) if choice.rows[1] == "Hot seat, 25 min, 0 questions")
    );
    screen.chosen(super::Asked::Block.into(), 1, &bank.world.view());
    let shown = bank.shown(&screen, (80, 24));
    assert!(shown.contains("block 2 Hot seat"), "{shown}");
}

#[test]
fn all_that_is_marked_is_added_by_one_act() {
    let bank = Bank::new();
    let mut screen = bank.open();
    bank.press(&mut screen, &[CommandId::Mark, CommandId::Mark]);
    let shown = bank.shown(&screen, (80, 24));
    assert!(shown.contains("Enter adds 2 marked to:"), "{shown}");
    // A mark stays while something else is looked for.
    bank.type_in(&mut screen, "praise");
    let reply = bank.press(&mut screen, &[CommandId::Open]);
    assert_eq!(added(&reply), [41_u128, 42].map(uuid::Uuid::from_u128));
    assert!(screen.marked.is_empty());
}

#[test]
fn a_star_other_words_and_the_trash_are_commands() {
    let bank = Bank::new();
    let mut screen = bank.open();
    let id = bank.questions[0].id;
    let star = Command::StarQuestion {
        question: id,
        starred: false,
    };
    assert_eq!(
        bank.press(&mut screen, &[CommandId::Star]),
        Reply::submit(star)
    );
    bank.press(&mut screen, &[CommandId::Edit]);
    let reply = screen.entered(
        super::Asked::Text.into(),
        "Other words?",
        &bank.world.view(),
    );
    let edit = ItemEdit {
        text: Some(Clean::line("Other words?")),
        ..ItemEdit::default()
    };
    let key = Key::new(Space::Org, Kind::Question, id.0);
    assert_eq!(reply, Reply::submit(Command::EditItem { key, edit }));
    let choice = bank.press(&mut screen, &[CommandId::Remove]);
    assert!(matches!(&choice, Reply::Choose(choice) if choice.rows[0].contains("Never here")));
    let trash = screen.chosen(super::Asked::Away.into(), 1, &bank.world.view());
    let (keys, trashed) = (vec![key], true);
    assert_eq!(trash, Reply::submit(Command::Trash { keys, trashed }));
}

#[test]
fn a_question_can_be_left_out_here_and_taken_in_again() {
    let mut bank = Bank::new();
    let mut screen = bank.open();
    let question = bank.questions[0].id;
    let never = |never| {
        let circle = bank.world.circle;
        Reply::submit(Command::NeverAsk {
            circle,
            questions: vec![question],
            never,
        })
    };
    bank.press(&mut screen, &[CommandId::Remove]);
    let (out, again) = (never(true), never(false));
    assert_eq!(
        screen.chosen(super::Asked::Away.into(), 0, &bank.world.view()),
        out
    );
    let mut marked = Asked::never(question);
    marked.never = true;
    bank.asked.push(marked);
    let mut screen = bank.open();
    bank.press(&mut screen, &[CommandId::End]);
    let shown = bank.shown(&screen, (80, 24));
    assert!(shown.contains("not to be asked here"), "{shown}");
    bank.press(&mut screen, &[CommandId::Remove]);
    assert_eq!(
        screen.chosen(super::Asked::Away.into(), 0, &bank.world.view()),
        again
    );
}

#[test]
fn ones_own_question_is_about_what_is_picked_and_keeps_who_wrote_it() {
    let bank = Bank::new();
    let mut screen = bank.open();
    screen.picked.theme = Some("growth".to_owned());
    screen.picked.kind = Some(QuestionKind::Pair);
    bank.press(&mut screen, &[CommandId::Add]);
    let reply = screen.entered(
        super::Asked::New.into(),
        "What do I want?",
        &bank.world.view(),
    );
    let Reply::Do(requests) = &reply else {
        panic!("{reply:?}")
    };
    let [Request::Submit(Command::AddQuestions { questions, .. })] = requests.as_slice() else {
        panic!("{requests:?}");
    };
    let own = &questions[0];
    assert_eq!(
        (own.theme.as_str(), own.kind),
        ("Growth", QuestionKind::Pair)
    );
    assert_eq!(own.author.map(|wrote| wrote.member), bank.world.me);
}

#[test]
fn a_question_that_is_too_long_is_refused_and_not_cut() {
    let bank = Bank::new();
    let mut screen = bank.open();
    let text = "why ".repeat(20_000);
    let reply = screen.entered(super::Asked::New.into(), &text, &bank.world.view());
    assert!(matches!(reply, Reply::Refuse(why) if why.contains("at most 32768 fit")));
}

#[test]
fn a_question_that_was_just_written_gets_the_cursor_and_nothing_hides_it() {
    let mut bank = Bank::new();
    let mut screen = bank.open();
    bank.type_in(&mut screen, "praise");
    screen.picked.depth = Some(Depth::Deep);
    bank.press(&mut screen, &[CommandId::NextPane]);
    let new = question(59, "What do I want?", "Growth", Depth::Reflect);
    let key = Key::new(Space::Org, Kind::Question, new.id.0);
    let act = Act {
        id: ActId(new.id.0),
        seq: 9,
        revs: BTreeMap::new(),
        at: bank.world.now,
        by: Author {
            via: Via::App,
            run: RunId(new.id.0),
        },
        title: String::new(),
        kind: ActKind::Do,
        changes: vec![Change {
            key,
            before: None,
            after: Some(Document::from(new.clone()).to_body()),
        }],
    };
    screen.saved(&act, &bank.world.view());
    bank.questions.push(new);
    for query in screen.wants(&bank.world.view()) {
        screen.answered(&query, &bank.answer(&query), &bank.world.view());
    }
    let under = screen.under().map(|row| row.question.number);
    assert_eq!((under, screen.page.total), (Some(59), 6));
    let text = bank.shown(&screen, (80, 24));
    assert!(text.contains("What do I want?"), "{text}");
}

#[test]
fn who_wrote_a_question_is_shown_to_themselves_and_to_others_only_after_they_spoke() {
    let mut bank = Bank::new();
    let (circle, people) = (bank.world.circle, bank.world.people.clone());
    let wrote = |member| Some(crate::domain::question::Wrote { circle, member });
    bank.questions[0].author = wrote(people[1]);
    let shown = bank.shown(&bank.open(), (80, 30));
    assert!(!shown.contains("Jun"), "{shown}");
    bank.questions[0].author = wrote(people[0]);
    let shown = bank.shown(&bank.open(), (80, 30));
    assert!(shown.contains("Written by   Sam Lee (you)"), "{shown}");
}

#[test]
fn a_preview_takes_the_place_of_the_list_until_it_is_closed() {
    let bank = Bank::new();
    let mut screen = bank.open();
    bank.press(&mut screen, &[CommandId::Preview]);
    let shown = bank.shown(&screen, (120, 36));
    assert!(
        !shown.contains("Choices") && !shown.contains("Q41"),
        "{shown}"
    );
    bank.press(&mut screen, &[CommandId::NextPrompt]);
    bank.press(&mut screen, &[CommandId::Close]);
    assert_eq!(screen.under().map(|row| row.question.number), Some(42));
    assert!(bank.shown(&screen, (120, 36)).contains("Choices"));
}

#[test]
fn more_rows_are_asked_for_before_the_end_of_those_that_are_here() {
    let mut bank = Bank::new();
    bank.questions = (1..=230)
        .map(|number| question(number, "Why?", "", Depth::Deep))
        .collect();
    let mut screen = bank.open();
    assert_eq!((screen.page.rows.len(), screen.page.total), (100, 230));
    bank.press(&mut screen, &[CommandId::PageDown; 8]);
    assert_eq!(screen.page.rows.len(), 200);
    bank.press(&mut screen, &[CommandId::End, CommandId::End]);
    assert_eq!(screen.under().map(|row| row.question.number), Some(47));
    // The only one that was asked already is the last.
    // Saving something asks again for what is shown, and the cursor stays.
    let wants = screen.wants(&bank.world.view());
    assert_eq!(wants.len(), 2);
    for query in wants {
        screen.answered(&query, &bank.answer(&query), &bank.world.view());
    }
    assert_eq!(screen.under().map(|row| row.question.number), Some(47));
}

#[test]
fn hard_texts_fit_every_size() {
    let mut bank = Bank::new();
    for (question, text) in bank.questions.iter_mut().zip(HARD) {
        question.text = Clean::line(text);
    }
    for size in SIZES {
        let mut screen = bank.open();
        for keys in [
            CommandId::NextPane,
            CommandId::NextPane,
            CommandId::NextPane,
            CommandId::Preview,
        ] {
            bank.shown(&screen, size);
            bank.press(&mut screen, &[keys]);
        }
        bank.shown(&screen, size);
    }
}
