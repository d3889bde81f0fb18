//! Keys about what is kept: off the record, votes, ratings, notes that are handed over.

use crate::domain::agenda::BlockKind;
use crate::domain::format::Mode;
use crate::domain::text::Clean;
use crate::engine::OFF_RECORD;
use crate::tui::overlay::tally::{Subject, Tally};
use crate::tui::pane::stage::Stage;
use crate::tui::screen::live::{Asked, LiveScreen, book, not_started};
use crate::tui::view::{CommandId, Reply, Request};

impl LiveScreen {
    /// Carries out a command of this subject.
    pub(super) fn record(&mut self, id: CommandId, stage: &Stage<'_>) -> Reply {
        match id {
            CommandId::OffRecord | CommandId::Rate if stage.live.is_none() => {
                not_started(stage.view.keys)
            }
            CommandId::OffRecord => Reply::Do(vec![Request::OffRecord(!stage.view.off_record)]),
            CommandId::Rate if stage.view.off_record => refused(),
            CommandId::Rate => self.count(stage),
            _ => Reply::Ignored,
        }
    }

    /// What the running step is for is counted; where it says nothing of it, whoever leads is asked.
    fn count(&mut self, stage: &Stage<'_>) -> Reply {
        match stage.step().map(|step| step.mode) {
            Some(Mode::Vote) if book::votes_next(stage) => self.vote_next_book(stage),
            Some(Mode::Vote) if book::wants_books(stage) => Reply::Refuse(format!(
                "a vote on the next book needs two that are proposed; {} writes one down",
                stage.view.keys.of(CommandId::ProposeBook)
            )),
            Some(Mode::Vote) => vote(stage),
            Some(Mode::Rate) => rating(stage),
            _ if stage.kind() == BlockKind::Closing => rating(stage),
            _ => ask_what(stage),
        }
    }

    /// A row of the list of what can be counted was picked.
    pub(super) fn counted(&mut self, row: usize, stage: &Stage<'_>) -> Reply {
        match row {
            0 => rating(stage),
            1 => vote(stage),
            _ => self.vote_next_book(stage),
        }
    }
}

/// What is refused while nothing is written.
pub(super) fn refused() -> Reply {
    Reply::Refuse(OFF_RECORD.to_owned())
}

fn ask_what(stage: &Stage<'_>) -> Reply {
    let mut rows = vec![
        "A rating, 0 to 5, from shown hands".to_owned(),
        "A vote on topics".to_owned(),
    ];
    if stage.may_vote_on_books() {
        rows.push("A vote on the next book".to_owned());
    }
    Asked::Count.list("Count what?", rows)
}

pub(super) fn here(stage: &Stage<'_>) -> usize {
    let members = stage.members.iter();
    members.filter(|member| stage.is_here(member.id)).count()
}

/// The book comes first where the session talks about one; then the session itself.
fn rating(stage: &Stage<'_>) -> Reply {
    if let Some(book) = stage.book_to_rate() {
        let subject = Subject::Rating(book.title.clone());
        let tally = Tally::new(subject, here(stage)).from_one();
        return Reply::Do(vec![Request::Count(tally)]);
    }
    let subject = Subject::Rating(Clean::line("the session"));
    Reply::Do(vec![Request::Count(Tally::new(subject, here(stage)))])
}

/// The parked items of the running block are the topics; where they are fewer than two they are typed.
fn vote(stage: &Stage<'_>) -> Reply {
    let Some(block) = stage.block() else {
        return not_started(stage.view.keys);
    };
    let mut topics: Vec<(u32, Clean)> = stage
        .view
        .state
        .parked(stage.circle.id)
        .filter(|row| row.trashed.is_none() && row.settled.is_none())
        .filter(|row| row.origin.block == Some(block.id))
        .map(|row| (row.number, row.text.clone()))
        .collect();
    if topics.len() < 2 {
        // Topics stand apart by commas, so one that has a comma is better typed afresh.
        let one = topics.iter().find(|(_, text)| !text.contains(','));
        let text = one.map_or_else(String::new, |(_, text)| format!("{text}, "));
        let writes = stage.view.keys.of(CommandId::AddParked);
        let help = format!("topics, apart by commas; or write them with {writes} first");
        return Asked::Topics.line("Vote on", &text, &help);
    }
    topics.sort_by_key(|(number, _)| *number);
    open(topics.into_iter().map(|(_, text)| text).collect(), stage)
}

fn open(topics: Vec<Clean>, stage: &Stage<'_>) -> Reply {
    stage.block().map_or_else(
        || not_started(stage.view.keys),
        |block| {
            let tally = Tally::new(Subject::Vote(block.id, topics), here(stage));
            Reply::Do(vec![Request::Count(tally)])
        },
    )
}

/// Topics were typed.
pub(super) fn typed_topics(text: &str, stage: &Stage<'_>) -> Reply {
    let topics: Vec<Clean> = text
        .split(',')
        .map(Clean::line)
        .filter(|topic| !topic.is_empty())
        .collect();
    if topics.len() < 2 {
        return Reply::Refuse("a vote needs two topics or more, apart by commas".to_owned());
    }
    open(topics, stage)
}
