//! What the program asks while a session runs: what to do at zero, and what to leave out when the rest does
//! not fit any more. Both wait in the message row, close with Esc, and open as a list with Enter.

use crate::command::Command;
use crate::command::id::CommandId;
use crate::domain::agenda::BlockKind;
use crate::domain::agenda::elastic::{Elastic, MustGo};
use crate::domain::clock::Moment;
use crate::domain::id::{BlockId, CircleId, MemberId};
use crate::domain::session::Session;
use crate::tui::messages::Note;
use crate::tui::port::{Port, Reads};
use crate::tui::say;
use crate::tui::shell::overlays::{Overlay, Which};
use crate::tui::shell::{Shell, words};
use crate::tui::view::{Arg, EraseTarget, ScreenId, View};
use crate::tui::widget::message::Tone;

/// What makes a session that ends late the same question: the running block, the block that would have to
/// go, and the length of the session.
pub(super) type Late = (usize, Option<BlockId>, u16);

/// What a row of a list of the shell does, whatever has changed since it was opened.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Offer {
    /// Submits this.
    Submit(Box<Command>),
    /// Runs this, as if its key had been pressed.
    Run(CommandId),
    /// Shows this circle.
    Circle(CircleId),
    /// Whoever sits here is called so.
    Me(String),
    /// Asks about erasing this person.
    EraseMember(CircleId, MemberId),
    /// Asks for the word that erases this, which is called so.
    Erase(EraseTarget, String),
}

/// Rows of such a list, each with what it does.
pub(super) type Rows = Vec<(String, Offer)>;

/// The rest of the running session that does not fit.
struct Overrun<'a> {
    session: &'a Session,
    block: usize,
    rest: Elastic,
    must: Option<MustGo>,
}

impl<'a> Overrun<'a> {
    fn of(view: &View<'a>) -> Option<Self> {
        let (_, session, live) = view.state.running()?;
        let rest = Elastic::of(live, session, view.now);
        // In the last block the end is in hand; the bar at zero says all there is to say.
        let asks = rest.late_minutes() > 0 && live.block_after(&session.blocks).is_some();
        asks.then(|| Self {
            session,
            block: live.block,
            must: rest.must_go(session),
            rest,
        })
    }

    fn key(&self) -> Late {
        let must = self
            .must
            .and_then(|must| self.session.blocks.get(must.index));
        (self.block, must.map(|block| block.id), self.session.minutes)
    }

    fn title(&self, index: usize) -> &'a str {
        let block = self.session.blocks.get(index);
        block.map_or("", |block| block.title.as_str())
    }

    /// `Ends 16:34, 4 min late. Pairs would have to go`.
    fn words(&self, view: &View<'_>) -> String {
        let ends = say::wall(self.rest.ends, view.zone);
        let late = self.rest.late_minutes();
        let go = match self.must {
            None => "Agree on a later end?".to_owned(),
            Some(must) if must.enough => format!("{} would have to go", self.title(must.index)),
            Some(must) => format!("First to go: {}", self.title(must.index)),
        };
        format!("Ends {ends}, {late} min late. {go}")
    }

    /// The end that would be agreed on, and the minutes that the session has then.
    fn later(&self, view: &View<'_>) -> (Moment, u16) {
        self.rest.later_end(self.session.minutes, view.zone)
    }
}

impl Shell {
    /// The session ends late whatever gives way, and nobody has closed the question about it.
    pub(super) fn late(&self, view: &View<'_>) -> Option<Late> {
        let late = Overrun::of(view)?.key();
        (self.late_closed != Some(late)).then_some(late)
    }

    /// The questions of the running session that wait, first the one that is asked first.
    pub(super) fn session_notes(&self, view: &View<'_>) -> Vec<Note> {
        let zero = self.zero(view).and_then(|_| self.zero_note(view));
        let late = self.late(view).and_then(|_| self.late_note(view));
        zero.into_iter().chain(late).collect()
    }

    fn zero_note(&self, view: &View<'_>) -> Option<Note> {
        let (_, session, live) = view.state.running()?;
        let block = session.blocks.get(live.block);
        let title = block.map_or("", |block| block.title.as_str());
        let secs = live.left(view.now).shown_secs();
        let note = if secs < 0 {
            Note::asks(title.to_owned())
        } else {
            Note::asks(format!("0:00 {title}"))
        };
        if self.at != ScreenId::Live {
            return Some(note.key(CommandId::GoLive, "Live"));
        }
        let next = words::next_title(session, live);
        let note = note
            .key(CommandId::Longer, "one more minute")
            .key(CommandId::Next, next);
        Some(match parkable(view) {
            Some(_) => note.key(CommandId::ParkBlock, "park it for next time"),
            None => note,
        })
    }

    fn late_note(&self, view: &View<'_>) -> Option<Note> {
        let note = Note::asks(Overrun::of(view)?.words(view));
        Some(if self.at == ScreenId::Live {
            note.key(CommandId::Open, "choose")
        } else {
            note.key(CommandId::GoLive, "Live")
        })
    }

    /// Opens the question in the message row as a list. Returns whether one waits there in sight.
    pub(super) fn open_session_question(&mut self, port: &dyn Reads) -> bool {
        let covered =
            self.in_room.shown || self.at != ScreenId::Live || self.screens.live().has_sheet();
        let asks_else = self
            .messages
            .shown()
            .is_some_and(|(note, _)| note.tone != Tone::Done);
        if covered || asks_else {
            return false;
        }
        let view = self.view(port);
        let offered = if self.zero(&view).is_some() {
            zero_offers(&view)
        } else if self.late(&view).is_some() {
            late_offers(&view)
        } else {
            None
        };
        let Some((title, rows)) = offered else {
            return false;
        };
        self.offer(title, rows);
        true
    }

    /// Opens a list whose rows know what they do.
    pub(super) fn offer(&mut self, title: impl Into<String>, rows: Rows) {
        let (words, offers): (Vec<String>, Vec<Offer>) = rows.into_iter().unzip();
        self.offered = offers;
        self.overlay = Some(Overlay::shell_choice(Which::Offer, title, words));
    }

    /// A row of such a list was picked.
    pub(super) fn offer_chosen(&mut self, row: usize, port: &mut dyn Port) {
        let offered = std::mem::take(&mut self.offered);
        match offered.into_iter().nth(row) {
            Some(Offer::Submit(command)) => self.submit(*command, port),
            Some(Offer::Run(id)) => self.run(id, &Arg::None, port),
            Some(Offer::Circle(id)) => {
                self.circle = Some(id);
                self.ask_again(port);
            }
            Some(Offer::Me(name)) => self.set_me(&name, port),
            Some(Offer::EraseMember(circle, member)) => self.erase_whom((circle, member), port),
            Some(Offer::Erase(target, name)) => self.confirm_erase(target, &name),
            None => {}
        }
    }

    /// Closes the question in the message row. Returns whether one waits there in sight.
    pub(super) fn close_session_question(&mut self, port: &dyn Reads) -> bool {
        let view = self.view(port);
        if let Some(this) = self.zero(&view) {
            self.zero_closed = Some(this);
        } else if let Some(this) = self.late(&view) {
            self.late_closed = Some(this);
        } else {
            return false;
        }
        true
    }

    /// Keeps the running block for next time, where no other block can be meant.
    pub(super) fn park_running(&mut self, port: &mut dyn Port) {
        let block = port
            .state()
            .running()
            .and_then(|(_, session, live)| session.blocks.get(live.block))
            .map(|block| block.id);
        if let Some(block) = block {
            self.submit(Command::ParkBlock(block), port);
        }
    }
}

/// The running block, if it can be kept for next time: another follows, and it is no break.
fn parkable(view: &View<'_>) -> Option<BlockId> {
    let (_, session, live) = view.state.running()?;
    live.block_after(&session.blocks)?;
    let block = session.blocks.get(live.block)?;
    (block.kind != BlockKind::Break).then_some(block.id)
}

fn zero_offers(view: &View<'_>) -> Option<(String, Rows)> {
    let (_, session, live) = view.state.running()?;
    let block = session.blocks.get(live.block)?;
    let mut rows = vec![
        (
            "One more minute".to_owned(),
            Offer::Submit(Box::new(Command::Extend { minutes: 1 })),
        ),
        (
            format!("Go on: {}", words::next_title(session, live)),
            Offer::Run(CommandId::Next),
        ),
    ];
    if let Some(block) = parkable(view) {
        rows.push((
            "Park it for next time".to_owned(),
            Offer::Submit(Box::new(Command::ParkBlock(block))),
        ));
    }
    Some((format!("{}: time is up", block.title), rows))
}

fn late_offers(view: &View<'_>) -> Option<(String, Rows)> {
    let (circle, session, _) = view.state.running()?;
    let overrun = Overrun::of(view)?;
    let first = overrun.must.map(|must| must.index);
    let others = overrun
        .rest
        .may_go(session)
        .filter(|index| Some(*index) != first);
    let mut rows: Vec<(String, Offer)> = first
        .into_iter()
        .chain(others)
        .filter_map(|index| {
            let block = session.blocks.get(index)?;
            let minutes = overrun.rest.length(index)?.millis() / 60_000;
            let words = format!("Park {} for next time, {minutes} min", block.title);
            Some((words, Offer::Submit(Box::new(Command::ParkBlock(block.id)))))
        })
        .collect();
    let (end, minutes) = overrun.later(view);
    let later = Command::EditSession {
        circle,
        session: session.id,
        start: None,
        minutes: Some(minutes),
        blocks: None,
    };
    rows.push((
        format!("End later, at {}", say::wall(end, view.zone)),
        Offer::Submit(Box::new(later)),
    ));
    Some((overrun.words(view), rows))
}
