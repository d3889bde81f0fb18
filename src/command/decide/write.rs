//! Writing rows down: actions, decisions, notes, parked items, questions.

use crate::command::decide::{Decision, bank};
use crate::command::{Draft, Refusal};
use crate::domain::book::{Mark, Place};
use crate::domain::document::Document;
use crate::domain::id::{
    ActionId, CircleId, DecisionId, Key, Kind, MemberId, NoteId, ParkedId, QuestionId, Space,
};
use crate::domain::item::{Action, Audience, Decision as Settled, Note, Origin, Owner, Parked};
use crate::domain::question::{DraftQuestion, QuestionKind, Wrote};
use crate::domain::text::{Clean, Limit};

/// Most rows of one act that is typed or pasted.
const MOST_ROWS: usize = 500;

pub(super) fn write(
    d: &mut Decision<'_>,
    circle: CircleId,
    drafts: &[Draft],
    speaking: Option<MemberId>,
) -> Result<String, Refusal> {
    d.circle(circle)?;
    if drafts.is_empty() {
        return Err(Refusal::new("nothing to write down"));
    }
    if drafts.len() > MOST_ROWS {
        return Err(Refusal::new(format!("at most {MOST_ROWS} rows at once")));
    }
    let origin = origin(d, circle, speaking);
    let mut titles = Vec::new();
    for draft in drafts {
        titles.push(write_one(d, circle, draft, origin.clone())?);
    }
    Ok(match titles.as_slice() {
        [one] => one.clone(),
        many => format!("{} items", many.len()),
    })
}

pub(super) fn origin(d: &Decision<'_>, circle: CircleId, speaking: Option<MemberId>) -> Origin {
    let here = d.state.running().filter(|(running, ..)| *running == circle);
    Origin {
        at: d.cx.at,
        session: here.map(|(_, session, _)| session.id),
        block: here.and_then(|(_, session, live)| session.blocks.get(live.block).map(|b| b.id)),
        prompt: here.and_then(|(_, session, live)| {
            let block = session.blocks.get(live.block)?;
            Some(block.prompts.get(live.prompt)?.text.clone())
        }),
        speaking: speaking.filter(|_| here.is_some()),
    }
}

fn write_one(
    d: &mut Decision<'_>,
    circle: CircleId,
    draft: &Draft,
    origin: Origin,
) -> Result<String, Refusal> {
    match draft {
        Draft::Question(question) => return bank::add_to_circle(d, circle, question),
        Draft::BookQuestion {
            text,
            place,
            theme,
            author,
        } => {
            let question = about_book(d, circle, (text, theme), (*place, *author))?;
            return bank::add_to_circle(d, circle, &question);
        }
        Draft::Action { .. }
        | Draft::Decision { .. }
        | Draft::Note { .. }
        | Draft::Quote { .. }
        | Draft::Answer { .. }
        | Draft::Parked { .. } => {}
    }
    let (kind, id) = (kind(draft), d.cx.ids.make());
    let document = row(d, circle, draft, (id, origin))?;
    let title = match &document {
        Document::Note(note) => format!("N{} for {}", note.number, for_whom(note.audience)),
        document => super::item_name(document),
    };
    d.add(Key::circle(circle, kind, id), document);
    Ok(title)
}

const fn kind(draft: &Draft) -> Kind {
    match draft {
        Draft::Action { .. } => Kind::Action,
        Draft::Decision { .. } => Kind::Decision,
        Draft::Note { .. } | Draft::Quote { .. } | Draft::Answer { .. } => Kind::Note,
        Draft::Parked { .. } => Kind::Parked,
        Draft::Question(_) | Draft::BookQuestion { .. } => Kind::Question,
    }
}

fn row(
    d: &mut Decision<'_>,
    circle: CircleId,
    draft: &Draft,
    (id, origin): (uuid::Uuid, Origin),
) -> Result<Document, Refusal> {
    let space = Space::Circle(circle);
    Ok(match draft {
        Draft::Action { text, owner, .. } => {
            needs_words(text)?;
            check_owner(d, circle, *owner)?;
            let number = d.number(space, |counter| &mut counter.action);
            action(draft, text, number, (ActionId(id), origin)).into()
        }
        Draft::Decision { text, tags } => {
            needs_words(text)?;
            let number = d.number(space, |counter| &mut counter.decision);
            let (id, text, tags) = (DecisionId(id), text.clone(), tags.clone());
            Settled {
                tags,
                ..Settled::new(id, number, text, origin)
            }
            .into()
        }
        Draft::Note {
            text,
            audience,
            tags,
        } => {
            needs_words(text)?;
            let number = d.number(space, |counter| &mut counter.note);
            let (id, audience, text, tags) = (NoteId(id), *audience, text.clone(), tags.clone());
            let answers = standing(d, circle).filter(|_| audience.in_minutes());
            Note {
                audience,
                tags,
                answers,
                ..Note::new(id, number, text, origin)
            }
            .into()
        }
        Draft::Quote { .. } => quote(d, circle, draft, (NoteId(id), origin))?.into(),
        Draft::Answer {
            text,
            question,
            about,
        } => answer(d, circle, (text, *question, *about), (NoteId(id), origin))?.into(),
        Draft::Parked {
            text,
            raised_by,
            tags,
        } => {
            needs_words(text)?;
            check_owner(d, circle, raised_by.map_or(Owner::Nobody, Owner::Member))?;
            let number = d.number(space, |counter| &mut counter.parked);
            let parked = Parked {
                raised_by: *raised_by,
                tags: tags.clone(),
                ..Parked::new(ParkedId(id), number, text.clone(), origin)
            };
            parked.into()
        }
        Draft::Question(_) | Draft::BookQuestion { .. } => {
            return Err(Refusal::new("a question is kept in the bank"));
        }
    })
}

/// The question of the bank that stands before the room. What is noted for the circle meanwhile answers it.
fn standing(d: &Decision<'_>, circle: CircleId) -> Option<QuestionId> {
    let running = d.state.running();
    let (_, session, live) = running.filter(|(here, ..)| *here == circle)?;
    let block = session.blocks.get(live.block)?;
    block.prompts.get(live.prompt)?.question
}

/// A place in the book that is read.
fn mark(d: &Decision<'_>, circle: CircleId, place: Place) -> Result<Mark, Refusal> {
    let book = d.state.reading(circle);
    let book = book.ok_or_else(|| Refusal::new("no book is being read here"))?;
    book.mark(place)
        .ok_or_else(|| Refusal::new(format!("{place} is beyond the end of B{}", book.number)))
}

/// A question with its place in the book that is read.
fn about_book(
    d: &Decision<'_>,
    circle: CircleId,
    (text, theme): (&Clean, &Clean),
    (place, author): (Place, Option<MemberId>),
) -> Result<DraftQuestion, Refusal> {
    check_owner(d, circle, author.map_or(Owner::Nobody, Owner::Member))?;
    let theme = if theme.is_empty() {
        Clean::line("Books")
    } else {
        theme.clone()
    };
    Ok(DraftQuestion {
        kind: QuestionKind::Book,
        theme,
        about: Some(mark(d, circle, place)?),
        author: author.map(|member| Wrote { circle, member }),
        ..DraftQuestion::new(text.clone())
    })
}

/// A note with its place in the book that is read.
fn quote(
    d: &mut Decision<'_>,
    circle: CircleId,
    draft: &Draft,
    (id, origin): (NoteId, Origin),
) -> Result<Note, Refusal> {
    let Draft::Quote {
        text,
        place,
        audience,
        raised_by,
        tags,
    } = draft
    else {
        return Err(Refusal::new("that is no quote"));
    };
    needs_words(text)?;
    check_owner(d, circle, raised_by.map_or(Owner::Nobody, Owner::Member))?;
    let mark = mark(d, circle, *place)?;
    let number = d.number(Space::Circle(circle), |counter| &mut counter.note);
    // Who had the floor meanwhile is told by the origin; being spoken about is not reading out.
    Ok(Note {
        audience: *audience,
        tags: tags.clone(),
        mark: Some(mark),
        raised_by: *raised_by,
        ..Note::new(id, number, text.clone(), origin)
    })
}

/// A note on what somebody found, under the question that they looked for.
fn answer(
    d: &mut Decision<'_>,
    circle: CircleId,
    (text, question, about): (&Clean, QuestionId, Mark),
    (id, origin): (NoteId, Origin),
) -> Result<Note, Refusal> {
    needs_words(text)?;
    if d.state.book(circle, about.book).is_none() {
        return Err(Refusal::new("that book is not here"));
    }
    let number = d.number(Space::Circle(circle), |counter| &mut counter.note);
    Ok(Note {
        audience: Audience::Circle,
        mark: Some(about),
        answers: Some(question),
        ..Note::new(id, number, text.clone(), origin)
    })
}

fn action(draft: &Draft, text: &Clean, number: u32, (id, origin): (ActionId, Origin)) -> Action {
    let mut action = Action::new(id, number, text.clone(), origin);
    if let Draft::Action {
        owner,
        due,
        priority,
        estimate,
        tags,
        ..
    } = draft
    {
        (action.owner, action.due, action.estimate) = (*owner, *due, *estimate);
        (action.priority, action.tags) = ((*priority).min(3), tags.clone());
    }
    action
}

const fn for_whom(audience: Audience) -> &'static str {
    match audience {
        Audience::Me => "you alone",
        Audience::Presenter => "the presenter",
        Audience::Circle => "the circle",
        Audience::All => "everyone",
    }
}

pub(super) fn needs_words(text: &Clean) -> Result<(), Refusal> {
    if text.as_str().trim().is_empty() {
        return Err(Refusal::new("there are no words to save"));
    }
    Limit::Note
        .check(text)
        .map_err(|error| Refusal::new(error.to_string()))
}

pub(super) fn check_owner(d: &Decision<'_>, circle: CircleId, owner: Owner) -> Result<(), Refusal> {
    match owner {
        Owner::Nobody | Owner::All => Ok(()),
        Owner::Member(id) if d.state.member(circle, id).is_some() => Ok(()),
        Owner::Member(_) => Err(Refusal::new("that person is not in this circle")),
    }
}
