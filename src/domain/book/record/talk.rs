//! What was said about a book: quotes, questions with what was answered, and what people took on.

use std::collections::BTreeMap;

use crate::domain::book::record::{Put, Quote, Quoted, Sources, Tried};
use crate::domain::id::{QuestionId, SessionId};
use crate::domain::item::{Audience, Note};
use crate::domain::minutes::LeftOut;
use crate::domain::names::Names;
use crate::domain::question::Question;
use crate::domain::session::Session;

/// Notes that stand in the record: for the circle and beyond, and not in the trash.
fn shown<'a>(sources: &Sources<'a>) -> impl Iterator<Item = &'a Note> {
    let notes = sources.notes.iter().copied();
    notes.filter(|note| note.trashed.is_none() && note.audience.in_minutes())
}

/// Notes with a place in the book that answer no question, chapter by chapter.
pub(super) fn quoted(sources: &Sources<'_>, names: &Names) -> Vec<Quoted> {
    let book = sources.book;
    let mut chapters: BTreeMap<Option<u16>, Vec<Quote>> = BTreeMap::new();
    for note in shown(sources).filter(|note| note.answers.is_none()) {
        let Some(mark) = note.mark.filter(|mark| mark.book == book.id) else {
            continue;
        };
        chapters.entry(mark.chapter).or_default().push(Quote {
            uid: note.id,
            number: note.number,
            text: note.text.clone(),
            page: mark.page,
            raised_by: note.raised_by.map(|id| names.of(id).to_owned()),
        });
    }
    let title = |chapter: u16| {
        let at = usize::from(chapter).checked_sub(1)?;
        Some(book.chapters.get(at)?.title.clone())
    };
    chapters
        .into_iter()
        .map(|(chapter, mut quotes)| {
            quotes.sort_by_key(|quote| (quote.page, quote.number));
            Quoted {
                chapter,
                title: chapter.and_then(title).unwrap_or_default(),
                quotes,
            }
        })
        .collect()
}

/// Questions as they were put to the room, then those about the book that were answered beside it.
pub(super) fn asked(sources: &Sources<'_>, held: &[&Session], names: &Names) -> Vec<Put> {
    let known: BTreeMap<QuestionId, &Question> = sources
        .questions
        .iter()
        .map(|question| (question.id, *question))
        .collect();
    let mut asked: Vec<(Option<QuestionId>, Put)> = Vec::new();
    for session in held {
        let prompts = session.blocks.iter().flat_map(|block| &block.prompts);
        for prompt in prompts.filter(|prompt| prompt.asked.is_some()) {
            let same = |(id, put): &&mut (Option<QuestionId>, Put)| match prompt.question {
                Some(question) => *id == Some(question),
                None => id.is_none() && put.text == prompt.text,
            };
            if let Some((_, put)) = asked.iter_mut().find(same) {
                if put.sessions.last() != Some(&session.number) {
                    put.sessions.push(session.number);
                }
                continue;
            }
            let question = prompt.question.and_then(|id| known.get(&id));
            let put = Put {
                text: prompt.text.clone(),
                sessions: vec![session.number],
                by: question.and_then(|question| author(question, sources, names)),
                answers: Vec::new(),
            };
            asked.push((prompt.question, put));
        }
    }
    for question in &sources.questions {
        let new = asked.iter().all(|(id, _)| *id != Some(question.id));
        let about = question
            .about
            .is_some_and(|mark| mark.book == sources.book.id);
        if new && about && question.trashed.is_none() {
            let put = Put {
                text: question.text.clone(),
                sessions: Vec::new(),
                by: None,
                answers: Vec::new(),
            };
            asked.push((Some(question.id), put));
        }
    }
    answer(sources, held, &mut asked);
    // A question that was neither put to the room nor answered is no part of what happened.
    asked.retain(|(_, put)| !put.sessions.is_empty() || !put.answers.is_empty());
    asked.into_iter().map(|(_, put)| put).collect()
}

/// The member of this circle who wrote a question, once it was asked.
fn author(question: &Question, sources: &Sources<'_>, names: &Names) -> Option<String> {
    let wrote = question.author?;
    let ours = sources.members.iter().any(|one| one.id == wrote.member);
    let member = question.author_shown(wrote.circle, |_| ours)?;
    Some(names.of(member).to_owned())
}

/// Puts what was said to the questions that it answers.
fn answer(sources: &Sources<'_>, held: &[&Session], asked: &mut [(Option<QuestionId>, Put)]) {
    let mut notes: Vec<&Note> = shown(sources).collect();
    notes.sort_by_key(|note| note.number);
    for note in notes {
        let here = |put: &Put| {
            is_of(note.origin.session, held) && note.origin.prompt.as_ref() == Some(&put.text)
        };
        let found = asked.iter_mut().find(|(id, put)| match note.answers {
            Some(question) => *id == Some(question),
            // A question that was typed has no identity: what was noted while it stood answers it.
            None => id.is_none() && note.mark.is_none() && here(put),
        });
        if let Some((_, put)) = found {
            put.answers.push(note.text.clone());
        }
    }
}

fn is_of(session: Option<SessionId>, held: &[&Session]) -> bool {
    session.is_some_and(|id| held.iter().any(|one| one.id == id))
}

/// What people took on in those sessions.
pub(super) fn tried(sources: &Sources<'_>, held: &[&Session], names: &Names) -> Vec<Tried> {
    let mut tried: Vec<Tried> = sources
        .actions
        .iter()
        .filter(|row| row.trashed.is_none() && is_of(row.origin.session, held))
        .map(|row| Tried {
            uid: row.id,
            number: row.number,
            text: row.text.clone(),
            owner: names.owner(row.owner).map(str::to_owned),
            owner_words: names.owner_words(row.owner).to_owned(),
            state: row.state,
        })
        .collect();
    tried.sort_by_key(|row| row.number);
    tried
}

/// The notes about the book, or of its sessions, that are for fewer people than the circle.
pub(super) fn left_out(sources: &Sources<'_>, held: &[&Session]) -> LeftOut {
    let count = |audience: Audience| {
        let notes = sources.notes.iter();
        let notes = notes.filter(|note| note.trashed.is_none() && note.audience == audience);
        let ours = |note: &&&Note| {
            let about = note.mark.is_some_and(|mark| mark.book == sources.book.id);
            about || is_of(note.origin.session, held)
        };
        notes.filter(ours).count()
    };
    LeftOut {
        for_me: count(Audience::Me),
        for_presenter: count(Audience::Presenter),
        may_name: 0,
    }
}
