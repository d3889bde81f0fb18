//! The live screen: everything a running session needs without leaving it. Before the start it shows the
//! same panes in READY; nothing starts until Space.

mod facts;
mod groups;
mod hand_notes;
mod handover;
pub(super) mod items;
mod layout;
mod next_lead;
mod parting;
mod people;
pub(super) mod prompts;
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

use crate::command::{Command, Step};
use crate::domain::id::{CircleId, Key, MemberId, SessionId};
use crate::domain::live::Move;
use crate::engine::query::{Answer, Query, QuestionRow};
use crate::tui::pane::stage::Stage;
use crate::tui::pane::written;
use crate::tui::view::{Arg, CommandId, Format, Paint, Reply, Request, Screen, View};

pub use wrap_up::WrapUp;

use reviewing::Reviewing;
use sheet::Sheet;
use step_rows::Reading;

/// The panes that can have the focus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Focus {
    /// Who speaks.
    #[default]
    Speaking,
    /// What was written down.
    Written,
    /// The prompt; in a review last time's actions.
    Prompt,
    /// The agenda.
    Agenda,
}

const ORDER: [Focus; 4] = [
    Focus::Speaking,
    Focus::Written,
    Focus::Prompt,
    Focus::Agenda,
];

/// What the hint "write" stands for.
const WRITE: [CommandId; 4] = [
    CommandId::AddAction,
    CommandId::AddDecision,
    CommandId::AddNote,
    CommandId::AddParked,
];

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
    /// What would be drawn next.
    drawn: Option<Vec<QuestionRow>>,
    /// Whether speaking time is shown.
    times: bool,
    /// The people in the list of those not heard yet.
    quiet: Vec<MemberId>,
    /// What was typed and not saved yet, as told by the shell.
    drafts: Vec<String>,
    /// What lies over the panes.
    sheet: Option<Box<dyn Sheet>>,
    /// What is offered about groups.
    grouping: groups::Grouping,
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
    pub fn set_drafts(&mut self, drafts: Vec<String>) {
        self.drafts = drafts;
    }

    /// The facts of a session that is over make room for what comes next.
    pub fn leave_facts(&mut self) {
        self.ended = None;
    }

    /// Whether the wrap-up lies over the panes.
    pub const fn is_wrapping_up(&self) -> bool {
        self.sheet.is_some()
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

    /// The marked row of what was written down, counted from the newest.
    fn marked(&self, view: &View<'_>, circle: CircleId, session: SessionId) -> usize {
        let rows = written::items(view, circle, session);
        self.written
            .and_then(|key| rows.iter().position(|row| row.key(circle) == key))
            .unwrap_or(0)
    }

    fn move_focus(&mut self, by: usize, view: &View<'_>) -> Reply {
        let at = ORDER
            .iter()
            .position(|focus| *focus == self.focus)
            .unwrap_or(0);
        self.focus = ORDER
            .get((at + by) % ORDER.len())
            .copied()
            .unwrap_or_default();
        if self.focus == Focus::Agenda {
            self.block = Stage::of(*view).map_or(0, |stage| stage.block_index());
        }
        Reply::Handled
    }

    fn close(&mut self) -> Reply {
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

    /// Start, pause, go on.
    fn start_pause(&mut self, stage: &Stage<'_>) -> Reply {
        self.ended = None;
        Reply::submit(match stage.live {
            Some(live) => Command::Pause {
                paused: !live.clock.is_paused(),
            },
            None => Command::StartSession {
                circle: stage.circle.id,
                session: stage.session.id,
                facilitator: leads(stage),
            },
        })
    }

    fn next(&mut self, stage: &Stage<'_>) -> Reply {
        let to = stage.live.map(|live| live.next(&stage.session.blocks));
        let asked = to.and_then(|to| {
            self.leaves_review(to, stage)
                .or_else(|| Self::leaves_empty_rows(to, stage))
        });
        if let Some(reply) = asked {
            return reply;
        }
        match stage.live {
            None => not_started(),
            Some(_) if stage.view.off_record => record::refused(),
            Some(live) if live.next(&stage.session.blocks) == Move::Edge => {
                self.lay(WrapUp::default())
            }
            Some(_) => Reply::submit(Command::Move(Step::Next)),
        }
    }

    /// Moves the mark of the list that keys act on.
    fn move_mark(&mut self, by: Go, stage: &Stage<'_>) -> Reply {
        if self.focus == Focus::Agenda {
            self.block = by.from(self.block, stage.session.blocks.len());
        } else if self.in_review(stage) {
            let rows = stage.review();
            let at = by.from(self.review.at(stage, &rows), rows.len());
            self.review.select(stage, rows.get(at));
        } else if let Some(rows) = self.reading_back(stage) {
            return self.read_on(by, &rows, stage);
        } else {
            let (circle, session) = (stage.circle.id, stage.session.id);
            let rows = written::items(&stage.view, circle, session);
            let at = by.from(self.marked(&stage.view, circle, session), rows.len());
            self.written = rows.get(at).filter(|_| at > 0).map(|row| row.key(circle));
        }
        Reply::Handled
    }

    /// Whether keys act on last time's actions.
    fn in_review(&self, stage: &Stage<'_>) -> bool {
        stage.reviews() && self.focus != Focus::Written
    }

    fn with_stage(&mut self, id: CommandId, arg: &Arg, stage: &Stage<'_>) -> Reply {
        match id {
            CommandId::StartPause => self.start_pause(stage),
            CommandId::Next => self.next(stage),
            CommandId::Back if stage.live.is_some() => Reply::submit(Command::Move(Step::Previous)),
            CommandId::Longer | CommandId::Shorter if stage.live.is_some() => {
                let minutes = if id == CommandId::Longer { 1 } else { -1 };
                Reply::submit(Command::Extend { minutes })
            }
            CommandId::WrapUp if stage.live.is_some() && stage.view.off_record => record::refused(),
            CommandId::WrapUp if stage.live.is_some() => self.lay(WrapUp::default()),
            CommandId::Back | CommandId::Longer | CommandId::Shorter | CommandId::WrapUp => {
                not_started()
            }
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
            CommandId::Rate | CommandId::OffRecord => record::run(id, stage),
            CommandId::Owner if self.focus == Focus::Agenda => self.lead_marked(arg, stage),
            CommandId::ParkBlock => self.park_block(stage),
            CommandId::Done
            | CommandId::Partly
            | CommandId::Due
            | CommandId::Owner
            | CommandId::Edit
            | CommandId::Remove => self.settle(id, arg, stage),
            CommandId::Down => self.move_mark(Go::By(1), stage),
            CommandId::Up => self.move_mark(Go::By(-1), stage),
            CommandId::Top => self.move_mark(Go::First, stage),
            CommandId::End => self.move_mark(Go::Last, stage),
            CommandId::PageDown | CommandId::PageUp => {
                let by = if id == CommandId::PageDown { 9 } else { -9 };
                self.scroll = Go::By(by).from(self.scroll, stage.members.len());
                Reply::Handled
            }
            CommandId::Open if self.focus == Focus::Agenda => self.go_to(stage),
            CommandId::Zoom => {
                self.zoomed = !self.zoomed;
                Reply::Handled
            }
            CommandId::Copy | CommandId::CopyAll if self.times && self.focus == Focus::Speaking => {
                talk::not_copied()
            }
            CommandId::Copy | CommandId::CopyAll => prompts::copy(id, stage),
            _ => Reply::Ignored,
        }
    }

    fn go_to(&self, stage: &Stage<'_>) -> Reply {
        match (stage.live, stage.session.blocks.get(self.block)) {
            (None, _) => not_started(),
            (Some(_), Some(block)) => Reply::submit(Command::GoToBlock(block.id)),
            (Some(_), None) => Reply::Handled,
        }
    }
}

/// Who leads from the start: whom the plan names, if they came, else whoever sits at this keyboard.
fn leads(stage: &Stage<'_>) -> Option<MemberId> {
    let planned = stage.session.facilitator;
    planned
        .filter(|planned| stage.is_here(*planned))
        .or(stage.view.me)
}

fn not_started() -> Reply {
    Reply::Refuse("the session has not started; Space starts it".to_owned())
}

/// A move of a mark.
#[derive(Clone, Copy, Debug)]
enum Go {
    By(isize),
    First,
    Last,
}

impl Go {
    /// The move that a command asks for in any list; `None` when it is another command.
    const fn of(id: CommandId) -> Option<Self> {
        Some(match id {
            CommandId::Down => Self::By(1),
            CommandId::Up => Self::By(-1),
            CommandId::PageDown => Self::By(9),
            CommandId::PageUp => Self::By(-9),
            CommandId::Top => Self::First,
            CommandId::End => Self::Last,
            _ => return None,
        })
    }

    /// The row after the move, within `rows`.
    fn from(self, at: usize, rows: usize) -> usize {
        let last = rows.saturating_sub(1);
        match self {
            Self::By(by) => at.saturating_add_signed(by).min(last),
            Self::First => 0,
            Self::Last => last,
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
            sheet.draw(&stage, &self.drafts, area, (buf, paint.styles));
        }
        None
    }

    fn run(&mut self, id: CommandId, arg: &Arg, view: &View<'_>) -> Reply {
        match id {
            CommandId::Close => return self.close(),
            CommandId::NextPane => return self.move_focus(1, view),
            CommandId::PreviousPane => return self.move_focus(ORDER.len() - 1, view),
            CommandId::WriteMarkdown => return self.minutes(Format::Markdown, view),
            CommandId::WriteJson => return self.minutes(Format::Json, view),
            CommandId::HandOverNotes => return hand_notes::ask(view),
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
        if let Some(sheet) = &self.sheet {
            return sheet.offers().to_vec();
        }
        if self.facts_of(view).is_some() {
            return facts::OFFERS.to_vec();
        }
        let Some(stage) = Stage::of(*view) else {
            return vec![(CommandId::PlanSession, "plan a session")];
        };
        let Some(live) = stage.live else {
            return vec![
                (CommandId::StartPause, "start"),
                (CommandId::Attend, "people"),
                (CommandId::RoomView, "room"),
            ];
        };
        let pause = if live.clock.is_paused() {
            "go on"
        } else {
            "pause"
        };
        let mut offers = vec![(CommandId::StartPause, pause), (CommandId::Next, "next")];
        if self.called_next(&stage).is_some() || stage.round().is_some() {
            offers.push((CommandId::FloorNext, "floor"));
        }
        if stage.groups_out().is_some() || stage.wants_groups() {
            offers.push((CommandId::Groups, "groups"));
        }
        let small = if self.in_review(&stage) {
            "action"
        } else if self.reading_back(&stage).is_some() {
            "row"
        } else {
            "question"
        };
        offers.extend([
            (CommandId::NextPrompt, small),
            (CommandId::AddAction, "write"),
            (CommandId::RoomView, "room"),
            (CommandId::Attend, "people"),
            (CommandId::Undo, "take back"),
            (CommandId::WrapUp, "wrap up"),
        ]);
        offers
    }

    fn named_with(&self, id: CommandId) -> &'static [CommandId] {
        if id == CommandId::AddAction && self.sheet.is_none() {
            &WRITE
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
            wants
        })
    }

    fn answered(&mut self, query: &Query, answer: &Answer, _view: &View<'_>) {
        if let Answer::Rows { rows, .. } = answer {
            self.review.answered(rows);
        }
        let Answer::Questions { rows, .. } = answer else {
            return;
        };
        match query {
            Query::Questions { .. } => self.bank = Some(rows.clone()),
            Query::Draw { .. } => self.drawn = Some(rows.clone()),
            _ => {}
        }
    }

    fn entered(&mut self, tag: u32, text: &str, view: &View<'_>) -> Reply {
        if tag == groups::REPORT {
            return self.typed_report(text);
        }
        Stage::of(*view).map_or(Reply::Ignored, |stage| match tag {
            record::TOPICS => record::typed_topics(text, &stage),
            _ => self.typed(tag, text, &stage),
        })
    }

    fn chosen(&mut self, tag: u32, row: usize, view: &View<'_>) -> Reply {
        if tag == hand_notes::WHOSE {
            return hand_notes::chosen(row, view);
        }
        Stage::of(*view).map_or(Reply::Ignored, |stage| match tag {
            groups::LIST => self.picked_groups(row, &stage),
            record::WHAT => record::counted(row, &stage),
            _ => self.picked(tag, row, &stage),
        })
    }
}
