//! What the session on the stage has to do with books: what it reads, how far people are, what may come next.

use crate::domain::agenda::{Block, BlockKind};
use crate::domain::book::fit::{self, Part};
use crate::domain::book::floor::{self, Floor};
use crate::domain::book::reading::Reading;
use crate::domain::book::{Book, meetings, next};
use crate::domain::id::MemberId;
use crate::domain::item::{Audience, Note};
use crate::domain::question::QuestionKind;
use crate::tui::pane::stage::Stage;

impl<'a> Stage<'a> {
    /// The book that this session talks about, its plan, and the instalment counted from 0.
    pub fn reads(&self) -> Option<(&'a Book, &'a Reading, usize)> {
        let book = self.view.state.reading(self.circle.id)?;
        let reading = book.reading.as_ref()?;
        let at = next::at(reading, self.session, self.view.zone)?;
        Some((book, reading, at))
    }

    /// The kind of question that suits the running block: about the book in the parts that are for talk.
    pub fn book_question(&self) -> Option<QuestionKind> {
        self.reads()?;
        match self.kind() {
            BlockKind::CheckIn | BlockKind::Prompt | BlockKind::Pairs | BlockKind::Round => {
                Some(QuestionKind::Book)
            }
            BlockKind::Review
            | BlockKind::HotSeat
            | BlockKind::Break
            | BlockKind::Closing
            | BlockKind::Open => None,
        }
    }

    /// How far everybody here has come in the book; who is how far is not told.
    pub fn book_floor(&self) -> Option<(&'a Book, Floor)> {
        let (book, ..) = self.reads()?;
        let here: Vec<MemberId> = self
            .members
            .iter()
            .map(|member| member.id)
            .filter(|member| self.is_here(*member))
            .collect();
        let today = self.view.now.date(self.view.zone);
        let readers = self.view.state.readers(self.circle.id);
        let plan = meetings::plan(self.view.state, self.circle.id, book, self.view.zone);
        let floor = floor::floor((book, plan.as_ref()), readers, &here, today);
        Some((book, floor))
    }

    /// What is read for a block, where it is the one about the book: `ch. 4-6`.
    pub fn read_for(&self, block: &Block) -> Option<String> {
        let view = &self.view;
        let (of, what) = fit::reads(view.state, self.circle.id, self.session, view.zone)?;
        (of == block.id).then_some(what)
    }

    /// The part of the book that questions may be about: as far as everybody here has come, before the start as far
    /// as the plan asks for.
    pub fn book_part(&self) -> Option<(&'a Book, Part)> {
        let (book, reading, at) = self.reads()?;
        let part = Part::of(book, reading, at)?;
        let floor = self.book_floor().filter(|_| self.live.is_some());
        Some((book, floor.map_or(part, |(_, floor)| part.within(&floor))))
    }

    /// The book of this session, as long as it was not rated in it.
    pub fn book_to_rate(&self) -> Option<&'a Book> {
        let (book, ..) = self.reads()?;
        let mut rated = self.session.ratings.iter();
        rated.all(|rating| rating.of != book.title).then_some(book)
    }

    /// Whether a vote on the next book makes sense: there are two to choose from, or one is open.
    pub fn may_vote_on_books(&self) -> bool {
        let state = self.view.state;
        state.poll(self.circle.id).is_some() || state.proposed(self.circle.id).len() > 1
    }

    /// The book that was chosen last, as long as nobody has begun it.
    pub fn next_book(&self) -> Option<&'a Book> {
        let state = self.view.state;
        let closed = state.votes(self.circle.id);
        let latest = closed
            .filter(|poll| poll.closed >= Some(self.session.begins()))
            .max_by_key(|poll| (poll.closed, poll.id))?;
        state
            .proposed(self.circle.id)
            .into_iter()
            .find(|book| Some(book.id) == latest.chosen)
    }

    /// Whether somebody has spoken in the running block.
    pub fn has_spoken(&self, member: MemberId) -> bool {
        let spoken = self.live.zip(self.floor());
        spoken.is_some_and(|(live, floor)| floor.was_heard(member, live.block))
    }

    /// The words that were noted for the circle in the running block, oldest first.
    pub(super) fn words(&self) -> Vec<&'a Note> {
        let block = self.block().map(|block| block.id);
        let mut notes: Vec<&Note> = self
            .view
            .state
            .notes(self.circle.id)
            .filter(|note| note.trashed.is_none() && note.mark.is_none())
            .filter(|note| note.audience == Audience::Circle && note.origin.block == block)
            .collect();
        notes.sort_by_key(|note| note.number);
        notes
    }

    /// What is asked in a round of words: the prompt, else what the step says.
    pub fn round_words(&self) -> String {
        if let Some(prompt) = self.prompt() {
            return self.prompt_words(prompt);
        }
        let says = self.running_step().and_then(|step| step.says.as_ref());
        says.map_or_else(String::new, ToString::to_string)
    }
}
