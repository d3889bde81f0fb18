//! The vote on the next book as a sheet over the session.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::theme::{Role, Styles};
use crate::tui::pane::stage::Stage;
use crate::tui::screen::ballots::{Ballots, Did, Vote};
use crate::tui::screen::live::book::change;
use crate::tui::screen::live::sheet::{self, Outcome, Sheet, Unsaved};
use crate::tui::view::{Arg, CommandId, Reply, View};
use crate::tui::widget::frame::Pane;
use crate::tui::widget::text;

/// Most books of one vote: each has a number that two keys name.
pub(super) const MOST: usize = 18;

/// The open sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Voting(pub(super) Ballots);

impl Sheet for Voting {
    fn draw(
        &self,
        stage: &Stage<'_>,
        _drafts: &[Unsaved],
        area: Rect,
        (buf, styles): (&mut Buffer, &Styles),
    ) {
        let Some(vote) = Vote::of(stage.view.state, stage.circle.id) else {
            return;
        };
        let width = area.width.min(84).saturating_sub(4);
        let lines: Vec<(String, Role)> = self
            .0
            .rows(vote)
            .into_iter()
            .flat_map(|(words, role)| {
                let lines = text::wrap(&words, width).into_iter();
                lines
                    .map(|line| (line.into_owned(), role))
                    .collect::<Vec<_>>()
            })
            .collect();
        let at = sheet::place(area, lines.len());
        let content = Pane::new("Next book").draw_over(at, buf, styles);
        // What is to be done stands last, so the end is what stays in sight.
        let from = lines.len().saturating_sub(content.height.into());
        for (row, (words, role)) in (0u16..).zip(lines.iter().skip(from)) {
            let line = Line::from(Span::styled(words.as_str(), styles.of(*role)));
            text::put_line(&line, text::row(content, row), buf);
        }
    }

    fn run(&mut self, id: CommandId, stage: &Stage<'_>, _drafts: &[Unsaved]) -> Outcome {
        let Some(vote) = Vote::of(stage.view.state, stage.circle.id) else {
            return Outcome::Close(Reply::Handled);
        };
        match id {
            CommandId::Open => match self.0.enter(vote) {
                Did::Reply(reply) => Outcome::Reply(reply),
                Did::Cast(cast) => Outcome::Reply(Reply::submit(change(stage, cast))),
                Did::Close(close) => Outcome::Close(Reply::submit(change(stage, close))),
            },
            CommandId::Remove => Outcome::Reply(self.0.take_back(vote)),
            CommandId::Rate => Outcome::Reply(Reply::Handled),
            _ => Outcome::Reply(Reply::Ignored),
        }
    }

    fn person(&mut self, arg: &Arg, stage: &Stage<'_>) -> Outcome {
        match Vote::of(stage.view.state, stage.circle.id) {
            Some(vote) => Outcome::Reply(self.0.name(arg, vote)),
            None => Outcome::Close(Reply::Handled),
        }
    }

    fn keeps(&mut self, view: &View<'_>) -> Option<String> {
        let (circle, ..) = view.state.running()?;
        self.0.keeps(Vote::of(view.state, circle)?)
    }

    fn offers(&self, stage: &Stage<'_>, _drafts: &[Unsaved]) -> Vec<(CommandId, &'static str)> {
        let vote = Vote::of(stage.view.state, stage.circle.id);
        vote.map_or_else(Vec::new, |vote| self.0.offers(vote))
    }
}
