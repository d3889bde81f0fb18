//! What is asked and typed about a meeting: a question for it, another day, what becomes of it.

use crate::command::book::BookChange;
use crate::command::{Command, Draft};
use crate::domain::book::reading::Measure;
use crate::domain::book::schedule::Give;
use crate::domain::book::{BookState, Mark, Place, head};
use crate::domain::question::{DraftQuestion, QuestionKind, Wrote};
use crate::domain::text::{Clean, Limit};
use crate::domain::when::{self, Seen};
use crate::tui::screen::books::model::Desk;
use crate::tui::screen::books::verbs::book;
use crate::tui::screen::books::{Asked, choosing};
use crate::tui::view::{Arg, Ask, Choice, CommandId, Reply, Request, View};

/// What can be done with a meeting, in the order of its list.
const MEETING_ROWS: [&str; 8] = [
    "Move it to another day",
    "Leave it out; the other meetings take more",
    "Leave it out; everything moves by one meeting",
    "One more meeting at the end",
    "The book is read",
    "Set the book aside",
    "Write out its record: what was read, quoted, asked and tried",
    "Propose a book to read later",
];

/// What can be done with a meeting.
pub(super) fn meeting(desk: &Desk<'_>) -> Reply {
    Reply::Choose(Choice {
        tag: Asked::Meeting.into(),
        title: format!("Meeting {}, {}", desk.at + 1, desk.named(desk.at)),
        rows: MEETING_ROWS.map(str::to_owned).to_vec(),
        selected: 0,
    })
}

/// The mark of a place that was typed, else of the beginning of the instalment.
pub(super) fn here(desk: &Desk<'_>, place: Option<Place>) -> Mark {
    let (first, _) = desk.range();
    let first = match desk.reading.measure {
        Measure::Chapters => u16::try_from(first).ok().map(Place::Chapter),
        Measure::Pages => Some(Place::Page(first)),
        Measure::Parts => None,
    };
    let mark = |place: Place| desk.book.mark(place);
    place.or(first).and_then(mark).unwrap_or(Mark {
        book: desk.book.id,
        chapter: None,
        page: None,
    })
}

/// Asks for the words of a new question about the part that is looked at.
pub(super) fn ask_question(desk: &Desk<'_>) -> Reply {
    Reply::Ask(Ask {
        tag: Asked::Question.into(),
        label: format!("Question for {}", desk.named(desk.at)),
        text: String::new(),
        help: "Begin with ch5, p82 or ch2-4 for a place; your name shows once you have spoken"
            .to_owned(),
    })
}

/// A question was typed.
pub(super) fn add_question(desk: &Desk<'_>, text: &str, view: &View<'_>) -> Reply {
    let (place, words) = head::read(text);
    let words = match Clean::line_within(words, Limit::Note) {
        Ok(words) if !words.is_empty() => words,
        Ok(_) => return Reply::Refuse("a question needs words".to_owned()),
        Err(why) => return Reply::Refuse(why.to_string()),
    };
    if let Some(place) = place.filter(|place| desk.book.mark(*place).is_none()) {
        return Reply::Refuse(format!("{place} is beyond the end of the book"));
    }
    let question = DraftQuestion {
        kind: QuestionKind::Book,
        theme: Clean::line("Books"),
        about: Some(here(desk, place)),
        author: view.me.map(|member| Wrote {
            circle: desk.circle,
            member,
        }),
        ..DraftQuestion::new(words)
    };
    Reply::submit(Command::Write {
        circle: desk.circle,
        drafts: vec![Draft::Question(question)],
        speaking: None,
    })
}

/// Asks for another day.
pub(super) fn ask_move(desk: &Desk<'_>) -> Reply {
    let day = desk.one().map(|one| when::short(one.day, desk.today));
    Reply::Ask(Ask {
        tag: Asked::Move.into(),
        label: format!("{}, new day", desk.named(desk.at)),
        text: String::new(),
        help: format!(
            "Now {}; fri, 20 mar, +1w; or skip, skip holiday: later meetings take more",
            day.unwrap_or_default()
        ),
    })
}

/// A day was typed, or that the meeting is left out.
pub(super) fn typed_move(desk: &Desk<'_>, text: &str, seen: Seen) -> Reply {
    let (of, at) = (desk.book.id, desk.at);
    let typed = text.to_lowercase();
    if typed == "skip" || typed.starts_with("skip ") {
        let why = text.split_once(' ').map_or("", |(_, why)| why);
        let why = match Clean::line_within(why, Limit::Note) {
            Ok(why) => why,
            Err(why) => return Reply::Refuse(why.to_string()),
        };
        return book(
            desk,
            BookChange::Skip {
                book: of,
                at,
                why,
                give: Give::Denser,
            },
        );
    }
    match when::read(text, seen) {
        Some(day) => book(desk, BookChange::Move { book: of, at, day }),
        None => Reply::Refuse(when::no_date(text, seen)),
    }
}

/// A row of the list of a meeting was picked.
pub(super) fn picked_meeting(desk: &Desk<'_>, row: usize) -> Reply {
    let (of, at) = (desk.book.id, desk.at);
    let skip = |give| BookChange::Skip {
        book: of,
        at,
        why: Clean::default(),
        give,
    };
    match row {
        0 => ask_move(desk),
        1 => book(desk, skip(Give::Denser)),
        2 => book(desk, skip(Give::Later)),
        3 => book(
            desk,
            BookChange::Bend {
                book: of,
                from: desk.due.unwrap_or(at),
                more: 1,
                until: None,
            },
        ),
        4 => book(desk, BookChange::Close(of, BookState::Read)),
        5 => book(desk, BookChange::Close(of, BookState::SetAside)),
        6 => Reply::Do(vec![Request::Run(CommandId::BookRecord, Arg::None)]),
        7 => choosing::ask_new(),
        _ => Reply::Ignored,
    }
}
