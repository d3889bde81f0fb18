//! The answer to a reflection of the week: a note for its writer alone, and that this question is behind them.

use crate::command::Refusal;
use crate::command::decide::Decision;
use crate::command::decide::write::{needs_words, origin};
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Key, Kind, MemberId, NoteId, QuestionId, Space};
use crate::domain::item::{Audience, Note};
use crate::domain::review::reflect::TAG;
use crate::domain::text::Clean;

pub(super) fn answer(
    d: &mut Decision<'_>,
    (circle, member): (CircleId, MemberId),
    question: QuestionId,
    text: &Clean,
) -> Result<String, Refusal> {
    d.circle(circle)?;
    needs_words(text)?;
    let Some(mut person) = d.state.member(circle, member).cloned() else {
        return Err(Refusal::new("that person is not in this circle"));
    };
    person.reflected.insert(question, d.cx.at);
    d.put(
        Key::circle(circle, Kind::Member, member.0),
        Document::Member(person),
    );
    let number = d.number(Space::Circle(circle), |counter| &mut counter.note);
    let id = NoteId(d.cx.ids.make());
    let note = Note {
        audience: Audience::Me,
        tags: vec![Clean::line(TAG)],
        raised_by: Some(member),
        answers: Some(question),
        ..Note::new(id, number, text.clone(), origin(d, circle, None))
    };
    d.add(Key::circle(circle, Kind::Note, id.0), Document::Note(note));
    Ok(format!("N{number} for you alone"))
}
