//! The questions of the bank that were put to the room.

use crate::domain::id::QuestionId;
use crate::domain::text::Clean;
use crate::tui::pane::stage::Stage;

impl Stage<'_> {
    /// Those that were asked in this session, each once, in the order of the agenda.
    pub fn asked_questions(&self) -> Vec<(QuestionId, &Clean)> {
        let mut asked: Vec<(QuestionId, &Clean)> = Vec::new();
        for prompt in self.session.blocks.iter().flat_map(|block| &block.prompts) {
            let Some(id) = prompt.question.filter(|_| prompt.asked.is_some()) else {
                continue;
            };
            if asked.iter().all(|(known, _)| *known != id) {
                asked.push((id, &prompt.text));
            }
        }
        asked
    }
}
