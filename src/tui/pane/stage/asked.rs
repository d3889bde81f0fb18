//! The questions of the bank that were put to the room.

use crate::domain::agenda::Prompt;
use crate::domain::document::Document;
use crate::domain::id::{Key, Kind, QuestionId};
use crate::domain::text::Clean;
use crate::tui::pane::stage::Stage;

impl Stage<'_> {
    /// Those that were asked in this session, each once, in the order of the agenda; also the one on the screen,
    /// once it has stood there for long enough.
    pub fn asked_questions(&self) -> Vec<(QuestionId, &Clean)> {
        let mut asked: Vec<(QuestionId, &Clean)> = Vec::new();
        for prompt in self.session.blocks.iter().flat_map(|block| &block.prompts) {
            let put = prompt.asked.is_some() || self.is_being_asked(prompt);
            let Some(id) = prompt.question.filter(|_| put) else {
                continue;
            };
            if asked.iter().all(|(known, _)| *known != id) {
                asked.push((id, &prompt.text));
            }
        }
        asked
    }

    /// Whether it is the prompt on the screen, which counts as asked if it is left now.
    fn is_being_asked(&self, prompt: &Prompt) -> bool {
        let shown = self
            .prompt()
            .is_some_and(|shown| std::ptr::eq(shown, prompt));
        let left = |live: &crate::domain::live::Live| {
            live.leave_prompt(self.session, self.view.now).is_some()
        };
        shown && self.live.is_some_and(left)
    }

    /// The points that a question was given since this session began.
    pub fn rated(&self, question: QuestionId) -> Option<u8> {
        let key = Key::circle(self.circle.id, Kind::Asked, question.0);
        let Some(Document::Asked(asked)) = self.view.state.get(&key) else {
            return None;
        };
        let rating = asked.rating?;
        (rating.at >= self.start()).then_some(rating.last)
    }
}
