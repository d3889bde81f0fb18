use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;
use crate::domain::agenda::{Block, BlockKind, Prompt};
use crate::domain::circle::Circle;
use crate::domain::clock::Span;
use crate::domain::id::{
    ActionId, BlockId, CircleId, DecisionId, Key, Kind, MemberId, NoteId, ParkedId, SessionId,
};
use crate::domain::item::{Action, Audience, Decision, Note, Origin, Owner, Parked};
use crate::domain::live::Live;
use crate::domain::minutes::Sources;
use crate::domain::names::Naming;
use crate::domain::roster::{Label, Member};
use crate::domain::session::{Session, SessionState};
use crate::domain::state::State;

const ZONE: Zone = chrono_tz::Europe::Berlin;

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn at(minute: i64) -> Moment {
    Moment::parse("2026-03-12T14:00:00Z").unwrap() + Span::from_minutes(minute)
}

fn line(text: &str) -> Clean {
    Clean::line(text)
}

fn member(label: u16, name: &str) -> Member {
    Member::new(
        MemberId(id(u128::from(label))),
        line(name),
        Label(label),
        at(-100),
    )
}

fn block(title: &str, minutes: u16, took: Option<Span>) -> Block {
    Block {
        lead: Some(MemberId(id(2))),
        prompts: vec![Prompt {
            asked: took.map(|_| at(3)),
            whom: None,
            ..Prompt::new(line("What would help?"))
        }],
        took,
        ..Block::new(BlockId(id(50)), line(title), BlockKind::HotSeat, minutes)
    }
}

fn session() -> Session {
    Session {
        state: SessionState::Ended,
        blocks: vec![
            block("Hot seat", 15, Some(Span::from_secs(17 * 60 + 2))),
            block("Closing", 5, None),
        ],
        away: [(MemberId(id(3)), Some(line("ill")))].into(),
        started: Some(at(0)),
        ended: Some(at(94)),
        ..Session::new(SessionId(id(70)), 7, at(-1), 90)
    }
}

fn origin(session: u128) -> Origin {
    Origin {
        at: at(9),
        session: Some(SessionId(id(session))),
        block: None,
        prompt: None,
        speaking: Some(MemberId(id(2))),
    }
}

fn note(number: u32, text: &str, audience: Audience, trashed: bool) -> Note {
    Note {
        audience,
        trashed: trashed.then(|| at(10)),
        ..Note::new(
            NoteId(id(u128::from(number) + 200)),
            number,
            Clean::text(text),
            origin(70),
        )
    }
}

fn decision(text: &str, session: u128) -> Decision {
    Decision {
        tags: vec![line("pace")],
        ..Decision::new(DecisionId(id(300)), 3, line(text), origin(session))
    }
}

fn action() -> Action {
    Action {
        owner: Owner::Member(MemberId(id(1))),
        due: Due::NextSession,
        priority: 2,
        ..Action::new(ActionId(id(400)), 14, line("Send deck"), origin(70))
    }
}

fn circle() -> Circle {
    Circle::new(CircleId(id(9)), line("Ladder Up"), at(-100))
}

/// Minutes of a session in which the decision has these words.
fn minutes(words: &str, naming: Naming) -> Minutes {
    let circle = circle();
    let session = session();
    let members = [
        member(1, "Maria Okafor"),
        member(2, "Jun Tanaka"),
        member(3, "Léa Brandt"),
    ];
    let decisions = [decision(words, 70), decision("Of another session", 71)];
    let notes = [
        note(1, "Secret about Jun", Audience::Me, false),
        note(2, "Told in trust", Audience::Presenter, false),
        note(3, "Well\nsaid", Audience::Circle, false),
        note(4, "Thrown away", Audience::Circle, true),
        note(5, "Also secret", Audience::Me, false),
    ];
    let parked = [Parked {
        raised_by: Some(MemberId(id(3))),
        ..Parked::new(ParkedId(id(500)), 2, line("Pay"), origin(70))
    }];
    let action = action();
    let sources = Sources {
        circle: &circle,
        session: &session,
        members: members.iter().collect(),
        actions: vec![&action],
        decisions: decisions.iter().collect(),
        notes: notes.iter().collect(),
        parked: parked.iter().collect(),
        groups: Vec::new(),
        read: None,
        next: Some(at(14 * 24 * 60)),
        live: None,
        now: None,
    };
    Minutes::new(&sources, naming)
}

#[test]
fn minutes_of_a_running_session_say_so_and_count_up_to_now() {
    let circle = circle();
    let mut session = session();
    session.state = SessionState::Running;
    session.ended = None;
    for block in &mut session.blocks {
        block.took = None;
    }
    let live = Live::start(&session, at(0));
    let members = [member(1, "Maria Okafor")];
    let mut state = State::default();
    let key = |kind, id| Key::circle(circle.id, kind, id);
    state.load(key(Kind::Circle, circle.id.0), circle.clone().into());
    state.load(key(Kind::Session, session.id.0), session.clone().into());
    state.load(key(Kind::Live, session.id.0), live.into());
    state.load(
        key(Kind::Member, members[0].id.0),
        members[0].clone().into(),
    );
    let mut sources = Sources::of(&state, circle.id, session.id).unwrap();
    sources.now = Some(at(12));
    let text = markdown(&Minutes::new(&sources, Naming::Full), ZONE);
    for words in [
        "\nThe session was still running when this was written.\n",
        "- Hot seat: planned 15 min, took 12 min\n",
        "- Closing: planned 5 min, not reached yet\n",
    ] {
        assert!(text.contains(words), "{words} in\n{text}");
    }
    sources.now = None;
    assert_eq!(
        Minutes::new(&sources, Naming::Full).agenda[0].took,
        Some(Span::ZERO)
    );
}

#[test]
fn minutes_say_what_the_circle_may_know() {
    let expected = "# Ladder Up, session 7

- When: Thu 12 Mar 2026, 15:00 to 16:34
- Length: planned 90 min, took 94 min
- Present: Maria Okafor, Jun Tanaka
- Away: Léa Brandt

## Agenda

- Hot seat: planned 15 min, took 17 min
- Closing: planned 5 min, not reached

## Prompts asked

- What would help?

## Decisions

- D3 Meet on \\#fridays \\#pace

## Actions

- A14 Send deck
  - Owner: Maria Okafor
  - Due: next session, Thu 26 Mar 2026

## Parked for another time

- P2 Pay
  - Raised by: Léa Brandt

## Notes for the circle

- N3 Well said

The facilitator's own notes are not part of these minutes.
";
    let minutes = minutes("Meet on #fridays", Naming::Full);
    assert_eq!(markdown(&minutes, ZONE), expected);
    assert_eq!(
        minutes.left_out.words().as_deref(),
        Some("2 notes for you alone and 1 note for the presenter left out")
    );
}

#[test]
fn neither_form_holds_what_was_left_out_or_who_spoke() {
    let minutes = minutes("So be it", Naming::Masked);
    let json = to_json(&minutes, ZONE);
    for text in [markdown(&minutes, ZONE), json.to_string()] {
        for word in [
            "ecret",
            "trust",
            "Thrown",
            "another session",
            "ill",
            "Jun",
            "Maria",
        ] {
            assert!(!text.replace("will", "").contains(word), "{word} in {text}");
        }
    }
    assert_eq!(json["present"], json!(["MO", "JT"]));
    assert_eq!(json["actions"][0]["owner"], "MO");
    assert_eq!(json["actions"][0]["due"], "2026-03-26");
    assert_eq!(json["blocks"][1]["took"], Value::Null);
    assert_eq!(json["schema"], "circlet.minutes/1");
}

#[test]
fn an_action_of_nobody_and_of_everybody_says_so() {
    let mut minutes = minutes("So be it", Naming::Full);
    minutes.actions[0].owner = None;
    assert_eq!(to_json(&minutes, ZONE)["actions"][0]["owner"], Value::Null);
    minutes.actions[0].owner = Some("all".to_owned());
    assert_eq!(to_json(&minutes, ZONE)["actions"][0]["owner"], "all");
}

/// Signs and words that mean something in some Markdown.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<script>",
        "<!--",
        "![x](y)",
        "[x](http://y)",
        "[ ]",
        "[^1]",
        "**",
        "__",
        "~~",
        "`",
        "```",
        "# ",
        "- ",
        "+ ",
        "1. ",
        "1) ",
        "> ",
        "===",
        "---",
        "|",
        "||",
        "&amp;",
        "&#35;",
        "\\",
        "\n",
        "\n\n",
        "\n# x\n",
        "    ",
        "\t",
        "<a@b.org>",
        "http://x.org",
        "$x$",
        "^x^",
        "{#id}",
        ":",
        "word",
        "é",
        "[[x]]",
    ]);
    prop::collection::vec(
        prop_oneof![4 => piece.prop_map(str::to_owned), 1 => "\\PC{0,4}"],
        0..10,
    )
    .prop_map(|pieces| pieces.concat())
}

/// What Markdown makes of it: how many headings, whether anything but text and lists, and the text of
/// each list row.
fn rendered(text: &str, options: Options) -> (usize, Vec<String>, Vec<String>) {
    let (mut headings, mut foreign, mut rows) = (0, Vec::new(), Vec::new());
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                headings += 1;
                rows.push(String::new());
            }
            Event::Start(Tag::Item) => rows.push(String::new()),
            Event::Start(Tag::List(_) | Tag::Paragraph) | Event::End(_) => {}
            Event::Text(text) => {
                if let Some(row) = rows.last_mut() {
                    row.push_str(&text);
                }
            }
            other => foreign.push(format!("{other:?}")),
        }
    }
    (headings, foreign, rows)
}

proptest! {
    #[test]
    fn what_people_typed_stays_text(words in hostile()) {
        let plain = markdown(&minutes("x", Naming::Full), ZONE);
        let minutes = minutes(&words, Naming::Full);
        let text = markdown(&minutes, ZONE);
        let tables = Options::ENABLE_TABLES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_FOOTNOTES;
        for options in [Options::empty(), tables] {
            let (headings, foreign, rows) = rendered(&text, options);
            prop_assert_eq!(headings, rendered(&plain, options).0);
            prop_assert!(foreign.is_empty(), "{:?} in {}", foreign, text);
            let row = format!("D3 {} #pace", minutes.decisions[0].text);
            prop_assert!(rows.contains(&row), "{row:?} is not in {rows:?}");
        }
    }

    #[test]
    fn a_field_alone_stays_one_line_of_text(words in hostile()) {
        let row = format!("- {}\n", escape(&words));
        let (headings, foreign, rows) = rendered(&row, Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS);
        prop_assert_eq!((headings, foreign.len()), (0, 0), "{}", row);
        prop_assert_eq!(rows, vec![Clean::line(&words).to_string()]);
    }
}

#[test]
fn a_page_and_a_table_hold_what_the_text_holds() {
    let minutes = minutes("So be it", Naming::Full);
    let (_, texts) = crate::exchange::html::tests::read(&html(&minutes, ZONE));
    let csv = csv(&minutes, ZONE).unwrap();
    for text in [
        "Hot seat: planned 15 min, took 17 min",
        "D3 So be it #pace",
        "P2 Pay\nRaised by: Léa Brandt",
        "N3 Well\nsaid",
        "Maria Okafor, Jun Tanaka",
        CLOSING,
    ] {
        assert!(
            texts.iter().any(|found| found == text),
            "{text} in {texts:?}"
        );
    }
    let mut reader = ::csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let kinds: Vec<&str> = rows.iter().map(|row| &row[0]).collect();
    assert_eq!(
        kinds,
        [
            "block", "block", "prompt", "decision", "action", "parked", "note"
        ]
    );
    assert_eq!(&rows[4][1], "A14");
    assert_eq!(&rows[4][4], "Maria Okafor");
    assert_eq!(&rows[4][5], "2026-03-26");
    assert_eq!(&rows[6][3], "Well\nsaid");
    for text in [texts.join("\n"), csv] {
        for word in ["Secret", "trust", "Thrown", "ill", "left out"] {
            assert!(!text.contains(word), "{word} in {text}");
        }
    }
}

#[test]
fn minutes_without_names_have_numbers_and_say_which_texts_may_tell() {
    let minutes = minutes("As Jun said", Naming::Numbered);
    let md = markdown(&minutes, ZONE);
    assert!(md.contains("Present: member 1, member 2"), "{md}");
    assert!(md.contains("Owner: member 1"), "{md}");
    assert!(md.contains("Raised by: member 3"), "{md}");
    for name in ["Maria", "Okafor", "Tanaka", "Brandt"] {
        assert!(!md.contains(name), "{name} in {md}");
    }
    assert_eq!(
        minutes.left_out.words().as_deref(),
        Some(
            "2 notes for you alone and 1 note for the presenter left out; 1 text may still name somebody"
        )
    );
}

#[test]
fn what_was_read_stands_in_every_form() {
    let mut taken = minutes("Weekly", Naming::Full);
    taken.reading = Some(Read {
        title: line("Loud *Rooms*"),
        author: line("A. Writer"),
        what: "ch. 4-6".to_owned(),
        next: Some("ch. 7-8, 40 pages in 14 days: 3 a day".to_owned()),
        begun: Some((line("Maps"), "150 pages in 28 days: 6 a day".to_owned())),
    });
    taken.notes[0].place = Some("ch. 3, p. 82".to_owned());
    taken.notes[0].raised_by = Some("Jun Tanaka".to_owned());
    let page = html(&taken, ZONE);
    let table = csv(&taken, ZONE).unwrap();
    for part in [
        "Loud *Rooms* by A. Writer: ch. 4-6",
        "Next: ch. 7-8, 40 pages in 14 days: 3 a day",
        "Next book: Maps, 150 pages in 28 days: 6 a day",
    ] {
        assert!(page.contains(part), "{part} in {page}");
        assert!(table.contains(part), "{part} in {table}");
    }
    assert!(page.contains("<h2>Reading</h2>"), "{page}");
    assert!(
        page.contains("From ch. 3, p. 82, read out by Jun Tanaka"),
        "{page}"
    );
    assert!(table.contains("ch. 3, p. 82: Well"), "{table}");
    let text = markdown(&taken, ZONE);
    assert!(
        text.contains("- Loud \\*Rooms\\* by A. Writer: ch. 4-6"),
        "{text}"
    );
}
