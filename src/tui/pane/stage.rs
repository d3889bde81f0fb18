//! What the panes of the live screen look at: one session with its circle, its people and, when it runs,
//! its clock. Made anew for every frame; keeps nothing.

mod asked;
mod book;
pub mod groups;
mod plan;
mod record;
mod review;
pub mod running_step;
mod seats;
mod talk;

use crate::domain::agenda::{Block, BlockKind, Prompt, Step};
use crate::domain::circle::Circle;
use crate::domain::clock::{Moment, Span};
use crate::domain::floor::Floor;
use crate::domain::id::{Key, Kind, MemberId};
use crate::domain::item::Action;
use crate::domain::live::{Live, Move, Phase};
use crate::domain::roster::{Label, Member};
use crate::domain::session::Session;
use crate::tui::say;
use crate::tui::view::View;

/// One session as it stands now.
pub struct Stage<'a> {
    /// Where it is seen from.
    pub view: View<'a>,
    /// Its circle.
    pub circle: &'a Circle,
    /// The running session, else the one that comes next.
    pub session: &'a Session,
    /// Its clock; `None` until it is started.
    pub live: Option<&'a Live>,
    /// The people of the circle, by label.
    pub members: Vec<&'a Member>,
}

/// The word for the state of the clock on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// Not started.
    Ready,
    /// Time is running.
    Running,
    /// This many minutes are left.
    Warning(u32),
    /// Over the time of the block.
    Over,
    /// Stands still.
    Paused,
    /// A break is running.
    Break,
}

impl Word {
    /// As shown where there is no chip.
    pub fn text(self) -> String {
        match self {
            Self::Ready => "READY".to_owned(),
            Self::Running => "RUNNING".to_owned(),
            Self::Warning(minutes) => format!("{minutes} MIN LEFT"),
            Self::Over => "OVER".to_owned(),
            Self::Paused => "PAUSED".to_owned(),
            Self::Break => "BREAK".to_owned(),
        }
    }
}

/// How far the session is from its plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// This many minutes behind.
    Behind(i64),
    /// On plan.
    OnPlan,
    /// This many minutes ahead.
    Ahead(i64),
}

impl<'a> Stage<'a> {
    /// The running session; else the next one of the chosen circle; else the next one of all.
    pub fn of(view: View<'a>) -> Option<Self> {
        let state = view.state;
        let (circle, session, live) = if let Some((circle, session, live)) = state.running() {
            (state.circle(circle)?, session, Some(live))
        } else {
            let (circle, session) = next_session(&view)?;
            (circle, session, None)
        };
        Some(Self {
            view,
            circle,
            session,
            live,
            members: state.people_of(circle.id, session),
        })
    }

    /// The running block; before the start the first one.
    pub fn block(&self) -> Option<&'a Block> {
        self.session.blocks.get(self.block_index())
    }

    /// Its place in the agenda, counted from 0.
    pub fn block_index(&self) -> usize {
        self.live.map_or(0, |live| live.block)
    }

    /// Its name; `Open` for a session without an agenda.
    pub fn block_title(&self) -> &'a str {
        self.block().map_or("Open", |block| block.title.as_str())
    }

    /// Whether it is an action review.
    pub fn reviews(&self) -> bool {
        self.live.is_some() && self.kind() == BlockKind::Review
    }

    /// What happens in the running block.
    pub fn kind(&self) -> BlockKind {
        self.block().map_or(BlockKind::Open, |block| block.kind)
    }

    /// The running step, if the block has steps.
    pub fn step(&self) -> Option<&'a Step> {
        self.block()?.steps.get(self.live.map_or(0, |l| l.step))
    }

    /// The prompt that is shown.
    pub fn prompt(&self) -> Option<&'a Prompt> {
        self.block()?.prompts.get(self.live.map_or(0, |l| l.prompt))
    }

    /// The words of a prompt, after the name of whom it is for: `Jun: What did you learn?`
    pub fn prompt_words(&self, prompt: &Prompt) -> String {
        match prompt.whom.and_then(|id| self.person(id)) {
            Some(member) => format!("{}: {}", self.short(member), prompt.text),
            None => prompt.text.to_string(),
        }
    }

    /// What the next step or block is called; `None` at the end and before the start.
    pub fn next_title(&self) -> Option<&'a str> {
        match self.live?.next(&self.session.blocks) {
            Move::Step(to) => Some(self.block()?.steps.get(to)?.title.as_str()),
            Move::Block(to) => Some(self.session.blocks.get(to)?.title.as_str()),
            Move::Edge => None,
        }
    }

    /// Session time.
    pub fn elapsed(&self) -> Span {
        self.live
            .map_or(Span::ZERO, |live| live.clock.elapsed(self.view.now))
    }

    /// Length of the running block.
    pub fn length(&self) -> Span {
        match self.live {
            Some(live) => live.length(),
            None => self
                .block()
                .map_or_else(|| self.session.length(), Block::planned),
        }
    }

    /// Time left in the running block; negative when over.
    pub fn left(&self) -> Span {
        self.live
            .map_or_else(|| self.length(), |live| live.left(self.view.now))
    }

    /// The state of the clock.
    pub fn word(&self) -> Word {
        let Some(live) = self.live else {
            return Word::Ready;
        };
        match live.phase(self.view.now) {
            Phase::Paused => Word::Paused,
            Phase::Over => Word::Over,
            Phase::Warning => {
                let secs = self.left().shown_secs().max(1);
                Word::Warning(u32::try_from((secs + 59) / 60).unwrap_or(1))
            }
            Phase::Running if self.rests() => Word::Break,
            Phase::Running => Word::Running,
        }
    }

    /// When it started or is meant to.
    pub fn start(&self) -> Moment {
        self.live
            .map_or(self.session.start, |live| live.clock.started)
    }

    /// When the running block would have ended if all had gone to plan.
    pub fn planned_end(&self) -> Moment {
        let blocks = self.session.blocks.iter().take(self.block_index() + 1);
        self.start() + blocks.map(Block::planned).sum::<Span>()
    }

    /// The floor of this session.
    pub fn floor(&self) -> Option<&'a Floor> {
        self.view
            .floor
            .filter(|floor| self.live.is_some() && floor.session == self.session.id)
    }

    /// Who has the floor.
    pub fn speaker(&self) -> Option<&'a Member> {
        self.person(self.floor()?.speaker?)
    }

    /// Whom `f` would give the floor to.
    pub fn next_speaker(&self) -> Option<&'a Member> {
        self.person(self.floor()?.next()?)
    }

    /// How long the speaker has had the floor, as far as that is beyond doubt.
    pub fn turn(&self) -> Span {
        self.floor()
            .map_or(Span::ZERO, |floor| floor.speaking(self.elapsed()))
    }

    /// A member by id, as long as they have not left.
    pub fn person(&self, id: MemberId) -> Option<&'a Member> {
        self.members.iter().copied().find(|member| member.id == id)
    }

    /// A member by label.
    pub fn labelled(&self, label: Label) -> Option<&'a Member> {
        self.members
            .iter()
            .copied()
            .find(|member| member.label == label)
    }

    /// Whether somebody takes part today.
    pub fn is_here(&self, member: MemberId) -> bool {
        !self.session.away.contains_key(&member)
    }

    /// The short name of a person, masked if names are.
    pub fn short(&self, member: &Member) -> String {
        say::short(member, self.members.iter().copied(), self.view.masked)
    }

    /// The key of an action of this circle.
    pub const fn action_key(&self, action: &Action) -> Key {
        Key::circle(self.circle.id, Kind::Action, action.id.0)
    }
}

/// The planned session that comes first: of the chosen circle, else of all circles that do not rest. Where none is
/// ahead, the latest that was not held.
pub fn next_session<'a>(view: &View<'a>) -> Option<(&'a Circle, &'a Session)> {
    let state = view.state;
    let ahead = |circle: &'a Circle| Some((circle, state.next_session(circle.id, view.now)?));
    let missed = |circle: &'a Circle| {
        let missed = state.missed_sessions(circle.id, view.now);
        Some((circle, missed.first().copied()?))
    };
    if let Some(chosen) = view.circle.and_then(|id| state.circle(id)) {
        return ahead(chosen).or_else(|| missed(chosen));
    }
    let circles = || state.circles().filter(|circle| circle.archived.is_none());
    circles()
        .filter_map(ahead)
        .min_by_key(|(_, session)| session.start)
        .or_else(|| {
            circles()
                .filter_map(missed)
                .max_by_key(|(_, session)| session.start)
        })
}
