//! Questions and what a circle remembers of them, as rows.

use serde_json::{Value, json};

use crate::cli::rows::{View, short, texts};
use crate::domain::id::{CircleId, Kind};
use crate::domain::question::{Asked, Question, Rated};
use crate::engine::query::QuestionRow;

impl View<'_> {
    /// A question, with what a circle knows of it where that was asked for.
    pub(in crate::cli) fn question(
        &self,
        circle: Option<CircleId>,
        row: &Question,
        known: Option<&QuestionRow>,
    ) -> Value {
        json!({
            "id": short(Kind::Question, row.number),
            "text": row.text.as_str(),
            "follow_ups": texts(&row.follow_ups),
            "theme": Some(row.theme.as_str()).filter(|theme| !theme.is_empty()),
            "depth": row.depth.as_str(),
            "kind": row.kind.as_str(),
            "competency": row.competency,
            "minutes": row.minutes,
            "source": Some(row.source.as_str()).filter(|source| !source.is_empty()),
            "language": row.language,
            "starred": row.starred,
            "asked": known.map(|known| known.asked),
            "last_asked": known.and_then(|known| known.last),
            "rating": known.and_then(|known| mean(known.rating)),
            "never": known.map(|known| known.never),
            "why": known.map(|known| known.why.as_str()).filter(|why| !why.is_empty()),
            "circle": circle.and_then(|circle| self.slug_of(circle)),
            "uid": row.id.to_string(),
        })
    }

    /// What a circle remembers of a question.
    pub(super) fn asked(&self, circle: CircleId, row: &Asked) -> Value {
        json!({
            "uid": row.question.to_string(),
            "asked": row.times,
            "last_asked": row.last,
            "rating": mean(row.rating),
            "never": row.never,
            "circle": self.slug_of(circle),
        })
    }
}

/// The mean of the points, to a tenth.
fn mean(rating: Option<Rated>) -> Option<f64> {
    Some(f64::from(rating?.tenths()?) / 10.0)
}
