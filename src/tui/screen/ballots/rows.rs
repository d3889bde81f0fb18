//! What ballots show: the books and how many are in, or the count round by round.

use crate::domain::book::count::{Count, Outcome};
use crate::domain::book::poll::Method;
use crate::domain::id::BookId;
use crate::theme::Role;
use crate::tui::screen::ballots::{Ballots, Vote};

const SECRET: &str = "Secret from the room, not from whoever types: the room view never shows it.";

impl Ballots {
    /// What is shown: the books and how many ballots are in, or the count round by round.
    pub(in crate::tui::screen) fn rows(&self, vote: Vote<'_>) -> Vec<(String, Role)> {
        match self.count(vote) {
            Some(count) => self.result(&count, vote),
            None => self.ballot_rows(vote),
        }
    }

    fn ballot_rows(&self, vote: Vote<'_>) -> Vec<(String, Role)> {
        let books = vote.poll.books.iter().enumerate();
        let mut rows: Vec<(String, Role)> = books
            .map(|(row, id)| (vote.listed(row, *id), Role::Text))
            .collect();
        rows.push((SECRET.to_owned(), Role::Muted));
        let typed = self.typed(vote);
        let of = self.people;
        let counts = if typed >= of {
            " Enter counts them."
        } else {
            ""
        };
        let role = if typed >= of {
            Role::Prompt
        } else {
            Role::Text
        };
        rows.push((format!("{typed} of {of} ballots are in.{counts}"), role));
        if typed >= self.most(vote) {
            return rows;
        }
        let (wishes, next) = (vote.wishes(), typed + 1);
        let wish = match (self.ballot.len(), vote.poll.method) {
            (0, Method::Ranked) => format!("Ballot {next}: {wishes} books, the first wish first"),
            (0, Method::Approval) => format!("Ballot {next}: every book that one would read"),
            (n, _) => format!("Ballot {next}: {n} of {wishes} named"),
        };
        rows.push((wish, Role::Prompt));
        rows
    }

    /// Round by round, then what it came to.
    fn result(&self, count: &Count, vote: Vote<'_>) -> Vec<(String, Role)> {
        let title = |id: BookId| vote.title(id);
        let rounds = (1..).zip(&count.rounds);
        let mut rows: Vec<(String, Role)> = rounds
            .map(|(nth, round)| (round.words(nth, &title), Role::Text))
            .collect();
        let listed = |books: &[BookId]| {
            let books: Vec<String> = books.iter().map(|id| vote.with_label(*id)).collect();
            books.join(", ")
        };
        let words = match (&count.outcome, self.chosen) {
            (Outcome::Chosen(id), _) => {
                format!("{} is the next book. Enter takes it.", title(*id))
            }
            (Outcome::Level(_), Some(id)) => {
                format!("Level; you chose {}. Enter takes it.", title(id))
            }
            (Outcome::Level(level), None) => format!(
                "Level in front: {}. Ask the room; its digit chooses.",
                listed(level)
            ),
            (Outcome::LevelLast(level), _) => format!(
                "Level at the bottom: {}. Ask the room which goes; its digit lets it go.",
                listed(level)
            ),
            (Outcome::NoBallots, _) => "No ballot names a book.".to_owned(),
        };
        rows.push((words, Role::Prompt));
        let came = usize::try_from(vote.poll.ballots_in()).unwrap_or(usize::MAX);
        if came < self.people {
            let words = format!("{came} of {} ballots are in.", self.people);
            rows.insert(rows.len() - 1, (words, Role::Muted));
        }
        let others = vote.poll.books.len().saturating_sub(1);
        if self.chosen(vote).is_none() {
            return rows;
        }
        let kept = match others {
            0 => return rows,
            1 => "The other title stays proposed.".to_owned(),
            others => format!("The other {others} titles stay proposed."),
        };
        rows.insert(rows.len() - 1, (kept, Role::Muted));
        rows
    }
}
