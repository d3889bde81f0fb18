//! The live screen: everything a running session needs without leaving it. Before the start it shows the
//! same panes in READY; nothing starts until Space.

mod about;
mod asked;
mod book;
mod facts;
mod going;
mod groups;
mod hand_notes;
mod handover;
pub(super) mod items;
mod layout;
mod loose;
mod marks;
mod next_lead;
mod offers;
mod people;
pub(super) mod prompts;
mod rating;
mod record;
mod reviewing;
mod seat_list;
mod seats;
mod sheet;
mod small;
mod step_rows;
mod talk;
#[cfg(test)]
mod tests;
mod wrap_up;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::id::{CircleId, Key, MemberId, QuestionId, SessionId};
use crate::domain::item::Owner;
use crate::engine::query::{Answer, Query, QuestionRow};
use crate::tui::pane::stage::Stage;
use crate::tui::screen::each::Each;
use crate::tui::view::{Arg, CommandId, Format, Paint, Reply, Request, Screen, Tag, View};
use crate::tui::widget::spot;

pub use asked::Asked;
pub use sheet::Unsaved;
pub use wrap_up::WrapUp;

use going::not_started;
use marks::{Focus, Go};
use reviewing::Reviewing;
use sheet::Sheet;
use step_rows::Reading;

/// The live screen. Keeps cursors, and what the bank offers for the running circle.
#[derive(Debug, Default)]
pub struct LiveScreen {
    focus: Focus,
    zoomed: bool,
    /// The marked row of what was written down, if it is not the newest.
    written: Option<Key>,
    /// How far last time's actions were gone through.
    review: Reviewing,
    /// The row that is read out in a read back.
    reading: Reading,
    /// The block under the cursor while the agenda has the focus.
    block: usize,
    /// The first person shown where not all have room.
    scroll: usize,
    /// The row that a line or list is being asked for.
    asking: Option<Key>,
    /// Questions of the bank, least asked first.
    bank: Option<Vec<QuestionRow>>,
    /// Questions that members wrote about the book.
    ours: Vec<QuestionRow>,
    /// The questions in the list that is open.
    offered: Vec<QuestionRow>,
    /// What would be drawn next.
    drawn: Option<Vec<QuestionRow>>,
    /// The question behind the prompt, as the bank and the circle know it.
    about: about::About,
    /// What was drawn for each person.
    each: Each,
    /// Whether speaking time is shown.
    times: bool,
    /// Who may see to it, in the list that is open.
    owners: Vec<Owner>,
    /// The people in the list of a seat or a block.
    people: Vec<MemberId>,
    /// Whose notes are in the list that is open.
    presenters: Vec<Option<MemberId>>,
    /// The people in the list of those not heard yet.
    quiet: Vec<MemberId>,
    /// What was typed and not saved yet, as told by the shell.
    drafts: Vec<Unsaved>,
    /// What lies over the panes.
    sheet: Option<Box<dyn Sheet>>,
    /// What is offered about groups.
    grouping: groups::Grouping,
    /// The questions that are still to be rated.
    unrated: Vec<QuestionId>,
    /// The seat that somebody is being picked for.
    seat: Option<seats::Place>,
    /// The session that was ended here, whose facts are shown.
    ended: Option<(CircleId, SessionId)>,
}

impl LiveScreen {
    /// A fresh screen.
    pub fn new() -> Self {
        Self::default()
    }

    /// Tells what was typed and not saved yet; the wrap-up lists it.
    pub fn set_drafts(&mut self, drafts: Vec<Unsaved>) {
        self.drafts = drafts;
    }

    /// The facts of a session that is over make room for what comes next.
    pub fn leave_facts(&mut self) {
        self.ended = None;
    }

    /// Whether a sheet lies over the panes and has the keys first.
    pub const fn has_sheet(&self) -> bool {
        self.sheet.is_some()
    }

    /// Lays a sheet over the panes, which has the keys first from now on.
    fn lay(&mut self, sheet: impl Sheet + 'static) -> Reply {
        self.sheet = Some(Box::new(sheet));
        Reply::Handled
    }

    fn close(&mut self, view: &View<'_>) -> Reply {
        let sheet = self.sheet.as_mut();
        if let Some(words) = sheet.and_then(|sheet| sheet.keeps(view)) {
            return Reply::Refuse(words);
        }
        let open = self.sheet.take().is_some() | self.ended.take().is_some() | self.zoomed;
        self.zoomed = false;
        if open { Reply::Handled } else { Reply::Ignored }
    }

    /// Writes the minutes of the session that was ended here, else of the running one.
    fn minutes(&self, format: Format, view: &View<'_>) -> Reply {
        let running = || {
            let (circle, session, _) = view.state.running()?;
            Some((circle, session.id))
        };
        let ended = self.ended.filter(|_| self.facts_of(view).is_some());
        ended
            .or_else(running)
            .map_or(Reply::Ignored, |(circle, session)| {
                Reply::Do(vec![Request::Minutes(circle, session, format)])
            })
    }

    /// Carries out a command on the running or next session: each subject has its own file.
    fn with_stage(&mut self, id: CommandId, arg: &Arg, stage: &Stage<'_>) -> Reply {
        match id {
            CommandId::StartPause
            | CommandId::Next
            | CommandId::Back
            | CommandId::Longer
            | CommandId::Shorter
            | CommandId::ParkBlock
            | CommandId::WrapUp => self.going(id, stage),
            CommandId::Open if self.focus == Focus::Agenda => self.going(id, stage),
            CommandId::NextPrompt | CommandId::PreviousPrompt | CommandId::PickQuestion => {
                self.prompts(id, stage)
            }
            CommandId::Pick
            | CommandId::Nobody
            | CommandId::Hand
            | CommandId::HandDirect
            | CommandId::Attend => self.people(id, arg, stage),
            CommandId::FloorNext
            | CommandId::PassTurn
            | CommandId::TurnBefore
            | CommandId::Round
            | CommandId::Silence
            | CommandId::NotHeard
            | CommandId::SpeakingTime => self.talk(id, stage),
            CommandId::Groups => self.groups(arg, stage),
            CommandId::Lead | CommandId::HandOver | CommandId::Seats => self.seats(id, arg, stage),
            CommandId::Rate | CommandId::OffRecord => self.record(id, stage),
            CommandId::Owner if self.focus == Focus::Agenda => self.lead_marked(arg, stage),
            CommandId::Done
            | CommandId::Partly
            | CommandId::Due
            | CommandId::Owner
            | CommandId::Edit
            | CommandId::Remove => self.settle(id, arg, stage),
            CommandId::Copy | CommandId::CopyAll if self.times && self.focus == Focus::Speaking => {
                talk::not_copied(stage)
            }
            CommandId::Copy | CommandId::CopyAll => prompts::copy(id, stage),
            CommandId::Star | CommandId::NeverHere => self.about_prompt(id, stage),
            CommandId::DrawEach => self.draw_each(stage),
            CommandId::Zoom => {
                self.zoomed = !self.zoomed;
                Reply::Handled
            }
            _ => self.move_mark(id, stage),
        }
    }
}

impl Screen for LiveScreen {
    fn draw(&self, area: Rect, buf: &mut Buffer, paint: &Paint<'_>) -> Option<Position> {
        let area = area.intersection(buf.area);
        if let Some(session) = self.facts_of(&paint.view) {
            facts::draw(session, &paint.view, area, buf, paint.styles);
            return None;
        }
        let Some(stage) = Stage::of(paint.view) else {
            small::nothing(&paint.view, area, buf, paint.styles);
            return None;
        };
        self.draw_stage(&stage, area, buf, paint);
        if let Some(sheet) = &self.sheet
            && (stage.live.is_some() || sheet.before_start())
        {
            spot::cover();
            sheet.draw(&stage, &self.drafts, area, (buf, paint.styles));
        }
        None
    }

    fn run(&mut self, id: CommandId, arg: &Arg, view: &View<'_>) -> Reply {
        match id {
            CommandId::Close => return self.close(view),
            CommandId::NextPane => return self.focus_on(self.focus.next(), view),
            CommandId::PreviousPane => return self.focus_on(self.focus.previous(), view),
            CommandId::WriteMarkdown
            | CommandId::WriteHtml
            | CommandId::WriteCsv
            | CommandId::WriteJson
            | CommandId::WriteTodo => {
                return Format::of(id).map_or(Reply::Ignored, |format| self.minutes(format, view));
            }
            CommandId::HandOverNotes => {
                let (presenters, reply) = hand_notes::ask(view);
                self.presenters = presenters;
                return reply;
            }
            _ => {}
        }
        let Some(stage) = Stage::of(*view) else {
            return match id {
                CommandId::StartPause | CommandId::Open => {
                    Reply::Do(vec![Request::Run(CommandId::PlanSession, Arg::None)])
                }
                _ => Reply::Ignored,
            };
        };
        let reply = self.run_sheet(id, arg, &stage);
        if reply != Reply::Ignored {
            return reply;
        }
        self.with_stage(id, arg, &stage)
    }

    fn offers(&self, view: &View<'_>) -> Vec<(CommandId, &'static str)> {
        self.offered(view)
    }

    fn named_with(&self, id: CommandId) -> &'static [CommandId] {
        if id == CommandId::AddAction && self.sheet.is_none() {
            &offers::WRITE
        } else {
            &[]
        }
    }

    fn whom(&self, id: CommandId, view: &View<'_>) -> Option<String> {
        (id == CommandId::FloorNext).then(|| {
            let stage = Stage::of(*view)?;
            Some(talk::whom(self.called_next(&stage)?, &stage))
        })?
    }

    fn wants(&self, view: &View<'_>) -> Vec<Query> {
        Stage::of(*view).map_or_else(Vec::new, |stage| {
            let mut wants = prompts::wants(&stage);
            wants.extend(self.review.wants(&stage));
            wants.extend(about::wants(&stage));
            wants
        })
    }

    fn answered(&mut self, query: &Query, answer: &Answer, _view: &View<'_>) {
        if let Answer::Rows { rows, .. } = answer {
            self.review.answered(rows);
            self.about.answered(rows);
        }
        let Answer::Questions { rows, .. } = answer else {
            return;
        };
        match query {
            Query::Questions { .. } => self.bank = Some(rows.clone()),
            Query::BookQuestions { .. } => self.ours.clone_from(rows),
            Query::Draw { .. } if self.each.is_for(query) => {}
            Query::Draw { .. } => self.drawn = Some(rows.clone()),
            _ => {}
        }
    }

    fn after(&mut self, query: &Query, answer: &Answer, view: &View<'_>) -> Vec<Request> {
        self.each.after(query, answer, (Asked::Each.tag(), view))
    }

    fn entered(&mut self, tag: Tag, text: &str, view: &View<'_>) -> Reply {
        match tag {
            Tag::Live(asked) => self.line_typed(asked, text, view),
            _ => Reply::Ignored,
        }
    }

    fn chosen(&mut self, tag: Tag, row: usize, view: &View<'_>) -> Reply {
        match tag {
            Tag::Live(asked) => self.row_picked(asked, row, view),
            _ => Reply::Ignored,
        }
    }
}
