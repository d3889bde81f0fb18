//! From a captured line to rows that can be written down.

use crate::command::Draft;
use crate::domain::capture::{Choice, Kind, Reading};
use crate::domain::question::DraftQuestion;
use crate::domain::text::Clean;

/// Why a reading is not ready to be written down.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotReady {
    /// The question with this index has no answer yet.
    #[error("a question about this line is open")]
    Open(usize),
    /// This person has to be added to the circle first; then the line is read again.
    #[error("{0} is not in the circle yet")]
    Newcomer(Clean),
    /// There is nothing but tokens.
    #[error("there are no words to save")]
    NoWords,
}

impl Reading {
    /// The rows that it becomes, given an answer to each of its asks in their order: one action for each
    /// owner, else one row.
    ///
    /// # Errors
    /// When an answer is missing or names somebody who is not in the roster, or when there are no words.
    pub fn drafts(&self, answers: &[Choice]) -> Result<Vec<Draft>, NotReady> {
        if answers.len() < self.asks.len() {
            return Err(NotReady::Open(answers.len()));
        }
        if let Some(name) = answers.iter().find_map(newcomer) {
            return Err(NotReady::Newcomer(name));
        }
        let text = self.text_with(answers);
        if text.is_empty() {
            return Err(NotReady::NoWords);
        }
        let tags = self.tags.clone();
        Ok(match self.kind {
            Kind::Action => self.actions(&text, answers),
            Kind::Decision => vec![Draft::Decision { text, tags }],
            Kind::Note | Kind::CircleNote => vec![self.note(text, answers)],
            Kind::Parked => vec![Draft::Parked {
                text,
                raised_by: self.raised_with(answers),
                tags,
            }],
            Kind::Question => vec![self.question(text)],
        })
    }

    fn question(&self, text: Clean) -> Draft {
        // The bank sorts by one theme: the first tag.
        let theme = self.tags.first().cloned().unwrap_or_default();
        match self.place {
            None => Draft::Question(DraftQuestion {
                theme,
                ..DraftQuestion::new(text)
            }),
            Some(place) => Draft::BookQuestion {
                text,
                place,
                theme,
                author: None,
            },
        }
    }

    fn note(&self, text: Clean, answers: &[Choice]) -> Draft {
        let (audience, tags) = (self.audience, self.tags.clone());
        match self.place {
            None => Draft::Note {
                text,
                audience,
                tags,
            },
            Some(place) => Draft::Quote {
                text,
                place,
                audience,
                raised_by: self.raised_with(answers),
                tags,
            },
        }
    }

    fn actions(&self, text: &Clean, answers: &[Choice]) -> Vec<Draft> {
        self.owners_with(answers)
            .into_iter()
            .map(|owner| Draft::Action {
                text: text.clone(),
                owner,
                due: self.due,
                priority: self.priority,
                estimate: self.estimate,
                tags: self.tags.clone(),
            })
            .collect()
    }
}

fn newcomer(answer: &Choice) -> Option<Clean> {
    match answer {
        Choice::Add(name) => Some(name.clone()),
        Choice::Member(_) | Choice::Words | Choice::Nobody => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::book::Place;
    use crate::domain::capture::{Opening, Scene, parse};
    use crate::domain::item::{Audience, Due, Owner};
    use crate::domain::when::Order;

    fn scene() -> Scene<'static> {
        Scene {
            members: &[],
            me: None,
            floor: None,
            presenter: None,
            today: "2026-03-12".parse().unwrap(),
            order: Order::default(),
            next_session: None,
            circles: &[],
            tags: &[],
            reads: false,
        }
    }

    fn read(line: &str) -> Reading {
        parse(line, Opening::Letter(Kind::Note), &scene())
    }

    #[test]
    fn an_action_is_not_written_down_while_its_owner_is_open() {
        let reading = read("a Send deck @zoe due fri !");
        assert_eq!(reading.drafts(&[]), Err(NotReady::Open(0)));
        let add = reading.asks[0].choices[0].clone();
        assert!(matches!(reading.drafts(&[add]), Err(NotReady::Newcomer(name)) if name == "zoe"));
        assert_eq!(
            reading.drafts(&[Choice::Words]),
            Ok(vec![Draft::Action {
                text: Clean::line("Send deck @zoe"),
                owner: Owner::Nobody,
                due: Due::On("2026-03-13".parse().unwrap()),
                priority: 1,
                estimate: None,
                tags: Vec::new(),
            }])
        );
    }

    #[test]
    fn every_kind_becomes_its_row() {
        let one = |line: &str| read(line).drafts(&[]).map(|mut drafts| drafts.remove(0));
        let tags = vec![Clean::line("x")];
        let text = Clean::line("So be it");
        assert_eq!(
            one("d So be it #x"),
            Ok(Draft::Decision {
                text: text.clone(),
                tags
            })
        );
        assert_eq!(
            one("So be it for:circle"),
            Ok(Draft::Note {
                text: text.clone(),
                audience: Audience::Circle,
                tags: Vec::new()
            })
        );
        assert_eq!(
            one("p So be it"),
            Ok(Draft::Parked {
                text,
                raised_by: None,
                tags: Vec::new()
            })
        );
        assert!(
            matches!(one("q Why? #x"), Ok(Draft::Question(q)) if q.theme == "x" && q.text == "Why?")
        );
        assert_eq!(one("a #x"), Err(NotReady::NoWords));
    }

    #[test]
    fn a_question_may_begin_with_a_place_in_the_book_that_is_read() {
        let scene = |reads| Scene { reads, ..scene() };
        let read = |reads| {
            let scene = scene(reads);
            let reading = parse(
                "q ch5 Why does he stay? #love",
                Opening::Letter(Kind::Note),
                &scene,
            );
            reading.drafts(&[]).unwrap().remove(0)
        };
        let about = Draft::BookQuestion {
            text: Clean::line("Why does he stay?"),
            place: Place::Chapter(5),
            theme: Clean::line("love"),
            author: None,
        };
        assert_eq!(read(true), about);
        assert!(matches!(read(false), Draft::Question(q) if q.text == "ch5 Why does he stay?"));
    }

    #[test]
    fn me_is_asked_for_while_nobody_has_said_who_that_is() {
        let reading = read("a Read @me");
        assert_eq!(reading.asks[0].choices, [Choice::Words, Choice::Nobody]);
    }
}
