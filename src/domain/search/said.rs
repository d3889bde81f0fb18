//! What each kind of document says to a search: its row, and what can be found beside it.

use crate::domain::book::Book;
use crate::domain::clock::Moment;
use crate::domain::document::Document;
use crate::domain::id::SessionId;
use crate::domain::item::{Action, Decision, Note, Owner, Parked};
use crate::domain::names::initials;
use crate::domain::question::Question;
use crate::domain::roster::Member;
use crate::domain::search::{Eyes, Sort};
use crate::domain::session::{Session, SessionState};
use crate::domain::text::Clean;

/// What a document says.
pub(super) struct Said {
    pub(super) sort: Sort,
    pub(super) label: String,
    /// What its row shows.
    pub(super) text: String,
    /// What can be found too.
    pub(super) beside: Vec<String>,
    pub(super) state: &'static str,
    pub(super) at: Moment,
    pub(super) session: Option<SessionId>,
}

fn all<'a>(lists: impl IntoIterator<Item = &'a Clean>) -> Vec<String> {
    let lines = lists.into_iter().filter(|line| !line.is_empty());
    lines.map(Clean::to_string).collect()
}

fn tagged(tags: &[Clean]) -> Vec<String> {
    tags.iter().map(|tag| format!("#{tag}")).collect()
}

/// What a document says to these eyes; `None` when it says nothing to them, or lies in the trash.
pub(super) fn said(document: &Document, eyes: Eyes<'_>) -> Option<Said> {
    Some(match document {
        Document::Action(row) if row.trashed.is_none() => action(row, eyes),
        Document::Decision(row) if row.trashed.is_none() => decision(row),
        Document::Note(row) if row.trashed.is_none() && !eyes.masked => note(row),
        Document::Parked(row) if row.trashed.is_none() => parked(row),
        Document::Question(row) if row.trashed.is_none() => question(row),
        Document::Book(row) if row.trashed.is_none() => book(row),
        Document::Member(row) => member(row, eyes),
        Document::Session(row) => session(row, eyes),
        Document::Action(_)
        | Document::Asked(_)
        | Document::Book(_)
        | Document::Circle(_)
        | Document::Counter(_)
        | Document::Decision(_)
        | Document::Filter(_)
        | Document::Groups(_)
        | Document::Live(_)
        | Document::Note(_)
        | Document::Parked(_)
        | Document::Person(_)
        | Document::Poll(_)
        | Document::Question(_)
        | Document::Reader(_)
        | Document::Rotation(_) => return None,
    })
}

/// A row of which nothing else can be found.
fn row(sort: Sort, label: String, text: &Clean, at: Moment) -> Said {
    Said {
        sort,
        label,
        text: text.to_string(),
        beside: Vec::new(),
        state: "",
        at,
        session: None,
    }
}

fn action(action: &Action, eyes: Eyes<'_>) -> Said {
    let more = [
        &action.note,
        &action.progress,
        &action.reason,
        &action.waits_for,
    ];
    let mut beside = all(more.into_iter().flatten().chain(&action.helps));
    beside.extend(tagged(&action.tags));
    let owner = match action.owner {
        Owner::Member(id) if !eyes.masked => eyes.people.get(&id),
        Owner::Member(_) | Owner::All | Owner::Nobody => None,
    };
    beside.extend(owner.map(Clean::to_string));
    let label = format!("A{}", action.number);
    Said {
        beside,
        state: action.state.word(),
        session: action.origin.session,
        ..row(Sort::Action, label, &action.text, action.origin.at)
    }
}

fn decision(decision: &Decision) -> Said {
    let mut beside = all(&decision.outcome);
    beside.extend(tagged(&decision.tags));
    let label = format!("D{}", decision.number);
    Said {
        beside,
        session: decision.origin.session,
        ..row(Sort::Decision, label, &decision.text, decision.origin.at)
    }
}

fn note(note: &Note) -> Said {
    let sort = if note.mark.is_some() {
        Sort::Quote
    } else {
        Sort::Note
    };
    let label = format!("N{}", note.number);
    Said {
        beside: tagged(&note.tags),
        state: note.audience.word(),
        session: note.origin.session,
        ..row(sort, label, &note.text, note.origin.at)
    }
}

fn parked(parked: &Parked) -> Said {
    let label = format!("P{}", parked.number);
    Said {
        beside: tagged(&parked.tags),
        state: if parked.settled.is_some() {
            "settled"
        } else {
            "waits"
        },
        session: parked.origin.session,
        ..row(Sort::Parked, label, &parked.text, parked.origin.at)
    }
}

fn question(question: &Question) -> Said {
    let more = [&question.theme, &question.source];
    let more = more.into_iter().chain(&question.competency);
    let label = format!("Q{}", question.number);
    Said {
        beside: all(question.follow_ups.iter().chain(more)),
        ..row(Sort::Question, label, &question.text, made(question.id.0))
    }
}

fn book(book: &Book) -> Said {
    let label = format!("B{}", book.number);
    Said {
        beside: all([&book.author, &book.why]),
        ..row(Sort::Book, label, &book.title, book.added)
    }
}

fn member(member: &Member, eyes: Eyes<'_>) -> Said {
    let said = row(Sort::Member, String::new(), &member.name, member.joined);
    Said {
        text: if eyes.masked {
            initials(&member.name)
        } else {
            said.text
        },
        beside: all(member.mail.as_ref().filter(|_| !eyes.masked)),
        state: if member.left.is_some() {
            "has left"
        } else {
            member.role.word()
        },
        ..said
    }
}

fn session(session: &Session, eyes: Eyes<'_>) -> Said {
    let begins = session.begins();
    let blocks = session.blocks.iter();
    let lines = blocks.flat_map(|block| {
        std::iter::once(&block.title).chain(block.prompts.iter().map(|prompt| &prompt.text))
    });
    let mut beside = all(lines);
    beside.extend(session.template.as_ref().map(|from| from.id.clone()));
    beside.push(begins.date(eyes.zone).to_string());
    let date = begins.local(eyes.zone).format("%A %-d %B %Y");
    let words = Clean::line(&format!("Session, {date}"));
    Said {
        beside,
        state: match session.state {
            SessionState::Cancelled => "called off",
            other @ (SessionState::Planned | SessionState::Running | SessionState::Ended) => {
                other.word()
            }
        },
        session: Some(session.id),
        ..row(
            Sort::Session,
            format!("#{}", session.number),
            &words,
            begins,
        )
    }
}

/// When an id was made; it stands in its first 48 bits.
fn made(id: uuid::Uuid) -> Moment {
    let millis = id.as_u128() >> 80;
    Moment::from_millis(i64::try_from(millis).unwrap_or_default())
}
