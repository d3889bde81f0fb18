//! What the message row says when a command is done.

mod added;

use std::fmt::Write as _;

use crate::command::id::CommandId;
use crate::command::{Command, Settle, Step};
use crate::domain::agenda::BlockKind;
use crate::domain::change::Act;
use crate::domain::clock::{Moment, mmss};
use crate::domain::document::Document;
use crate::domain::floor::Floor;
use crate::domain::id::{BlockId, CircleId, Kind, MemberId, SessionId, Space};
use crate::domain::item::Due;
use crate::domain::names::{self, Names, Naming};
use crate::domain::rotation::Seat;
use crate::domain::session::is_over;
use crate::domain::when;
use crate::tui::messages::Note;
use crate::tui::say;
use crate::tui::shell::replies::sentence;
use crate::tui::shell::words::added::added;
use crate::tui::view::View;

/// How to say that something is done; decided when it is submitted, since a finished block can only be
/// described by what was there before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Done {
    /// `Saved A14 "Send deck"`.
    Saved,
    /// The title of the act as a sentence.
    Title,
    /// Nothing: the screen shows it.
    Quiet,
    /// `Taken back: ...`.
    Undone,
    /// `Brought back: ...`.
    Redone,
    /// The title of the act, and that the time of the session has passed.
    Past,
    /// These words.
    Words(String),
    /// These words, and what somebody who came or went means for a round.
    Attends(String),
}

impl Done {
    pub(super) fn of(command: &Command, view: &View<'_>) -> Self {
        match command {
            Command::PlanSession { plan, .. } if is_over(plan.start, plan.minutes, view.now) => {
                Self::Past
            }
            Command::Write { .. }
            | Command::SaveFilter { .. }
            | Command::AddQuestions { .. }
            | Command::NewCircle(_)
            | Command::AddMembers { .. }
            | Command::Merge { .. }
            | Command::TakeActions { .. }
            | Command::PlanSession { .. }
            | Command::PlanSeries { .. }
            | Command::Reflect { .. } => Self::Saved,
            Command::EditSession {
                start: Some(start), ..
            } if is_over(*start, 0, view.now) => Self::Past,
            Command::Undo { .. } => Self::Undone,
            Command::Redo => Self::Redone,
            Command::Move(Step::Next) => moved(view),
            Command::Pause { .. }
            | Command::MovePrompt(_)
            | Command::AddPrompt(_)
            | Command::GroupTime { minutes: Some(_) } => Self::Quiet,
            Command::Attend {
                circle,
                session,
                member,
                here,
            } => Self::Attends(attends((*circle, *session), (*member, *here), view)),
            Command::SetSeat {
                circle,
                seat,
                member: Some(member),
                ..
            } => Self::Words(seated(*seat, (*circle, *member), view)),
            Command::SetLead {
                circle,
                session,
                block,
                lead: Some(lead),
                ..
            } => Self::Words(leads((*circle, *session, *block), *lead, view)),
            Command::SetPrompts {
                circle,
                session,
                block,
                prompts,
            } => added((*circle, *session, *block), prompts, view),
            Command::StartSession {
                circle, session, ..
            } => Self::Words(started((*circle, *session), view)),
            Command::Settle {
                how: Settle::Done, ..
            }
            | Command::EditCircle { .. }
            | Command::ArchiveCircle { .. }
            | Command::Book { .. }
            | Command::EditMember { .. }
            | Command::PersonApart { .. }
            | Command::MergeMembers { .. }
            | Command::SamePerson { .. }
            | Command::EditSession { .. }
            | Command::Replan { .. }
            | Command::CancelSession { .. }
            | Command::SkipSession { .. }
            | Command::Invite { .. }
            | Command::Move(Step::Previous)
            | Command::GoToBlock(_)
            | Command::Extend { .. }
            | Command::MarkAsked { .. }
            | Command::LeaveOut { .. }
            | Command::EndSession { .. }
            | Command::ParkBlock(_)
            | Command::SetLead { .. }
            | Command::SetSeat { .. }
            | Command::TakesPart { .. }
            | Command::MakeGroups { .. }
            | Command::GroupTime { minutes: None }
            | Command::JoinGroup { .. }
            | Command::GroupReport { .. }
            | Command::Tie { .. }
            | Command::Rate(_)
            | Command::Vote(_)
            | Command::EditItem { .. }
            | Command::EditItems { .. }
            | Command::Settle { .. }
            | Command::MoveAction { .. }
            | Command::LookAgain { .. }
            | Command::SettleParked { .. }
            | Command::DropFilter { .. }
            | Command::Trash { .. }
            | Command::StarQuestion { .. }
            | Command::RateQuestion { .. }
            | Command::NeverAsk { .. } => Self::Title,
        }
    }

    /// The note for the message row; `None` when nothing needs saying.
    pub(super) fn note(&self, act: &Act, view: &View<'_>) -> Option<Note> {
        let back = |note: Note| note.key(CommandId::Undo, "take back");
        Some(match self {
            Self::Quiet => return None,
            Self::Saved => {
                let words = saved_action(act, view).unwrap_or_else(|| shown(&act.title, view));
                back(Note::done(format!("Saved {words}")))
            }
            Self::Title => back(Note::done(sentence(&shown(&act.title, view)))),
            Self::Past => {
                let words = sentence(&shown(&act.title, view));
                back(Note::done(format!("{words}; that time has passed")))
            }
            Self::Words(words) => back(Note::done(words.clone())),
            Self::Attends(words) => back(Note::done(format!("{words}{}", divided(view)))),
            Self::Undone => Note::done(format!("Taken back: {}", shown(&act.title, view)))
                .key(CommandId::Redo, "bring back"),
            Self::Redone => back(Note::done(format!(
                "Brought back: {}",
                shown(&act.title, view)
            ))),
        })
    }
}

/// What is said when the clock starts; once, that nobody leads.
fn started((circle, session): (CircleId, SessionId), view: &View<'_>) -> String {
    let session = view.state.session(circle, session);
    let key = |id| view.keys.of(id);
    if session.is_some_and(|session| session.facilitator.is_some()) {
        format!(
            "The clock runs. {} pauses, {} goes on, {} writes down",
            key(CommandId::StartPause),
            key(CommandId::Next),
            key(CommandId::AddAction)
        )
    } else {
        let who = key(CommandId::HandOver);
        format!("The clock runs. Nobody leads yet; {who} says who does")
    }
}

/// `Mei is here`, `Mei is away`; where she leads the running session, how another one is named.
fn attends(
    (circle, session): (CircleId, SessionId),
    (member, here): (MemberId, bool),
    view: &View<'_>,
) -> String {
    let name = named(view, circle, member);
    let words = format!("{name} is {}", if here { "here" } else { "away" });
    let words = shown(&words, view);
    let mut running = view.state.running().into_iter();
    let leads = running
        .any(|(at, one, _)| (at, one.id) == (circle, session) && one.facilitator == Some(member));
    if here || !leads {
        return words;
    }
    let key = view.keys.of(CommandId::HandOver);
    format!("{words}; {key} says who leads now")
}

/// `; the round has 1:05 each for 5 now`, while a round is going on.
fn divided(view: &View<'_>) -> String {
    let round = view.floor.and_then(Floor::open_round);
    let Some((round, each)) = round.and_then(|round| Some((round, round.each()?))) else {
        return String::new();
    };
    let each = say::passed(each);
    format!("; the round has {each} each for {} now", round.left())
}

/// How many people take part in the running session.
fn here(view: &View<'_>) -> usize {
    view.state.running().map_or(0, |(circle, session, _)| {
        let people = view.state.people_of(circle, session).into_iter();
        people
            .filter(|member| !session.away.contains_key(&member.id))
            .count()
    })
}

/// `Mei leads from now on`, `Tom keeps time`.
fn seated(seat: Seat, (circle, member): (CircleId, MemberId), view: &View<'_>) -> String {
    let name = named(view, circle, member);
    let running = view.state.running().is_some();
    let words = match seat {
        Seat::Facilitator if running => format!("{name} leads from now on"),
        _ => format!("{name} {}", seat.does()),
    };
    shown(&words, view)
}

/// `Mei sits in Seat one`, `Tom leads Discussion`.
fn leads(
    (circle, session, block): (CircleId, SessionId, BlockId),
    lead: MemberId,
    view: &View<'_>,
) -> String {
    let name = named(view, circle, lead);
    let session = view.state.session(circle, session);
    let block = session.and_then(|session| session.block(block));
    let words = block.map_or_else(String::new, |block| match block.kind {
        BlockKind::HotSeat => format!("{name} sits in {}", block.title),
        _ => format!("{name} leads {}", block.title),
    });
    shown(&words, view)
}

fn named<'a>(view: &View<'a>, circle: CircleId, member: MemberId) -> &'a str {
    view.state
        .member(circle, member)
        .map_or("", |member| member.name.as_str())
}

/// `Hot seat took 17:02 of 15. Now Discussion`, when `>` leaves a block.
fn moved(view: &View<'_>) -> Done {
    let Some((_, session, live)) = view.state.running() else {
        return Done::Title;
    };
    match live.next(&session.blocks) {
        crate::domain::live::Move::Block(to) => {
            let name = |index: usize| {
                session
                    .blocks
                    .get(index)
                    .map_or_else(String::new, |b| b.title.to_string())
            };
            // As long as it was in the end, with minutes given and taken.
            let minutes = live.length().millis() / 60_000;
            let took = took(view.now, live);
            let mut words = format!(
                "{} took {took} of {minutes}. Now {}",
                name(live.block),
                name(to)
            );
            if let Some(instead) = session.blocks.get(to).and_then(|b| b.too_few(here(view))) {
                words = format!("{words}. {instead}");
            }
            Done::Words(words)
        }
        crate::domain::live::Move::Step(_) => Done::Quiet,
        crate::domain::live::Move::Edge => Done::Title,
    }
}

fn took(now: Moment, live: &crate::domain::live::Live) -> String {
    mmss(live.took(live.block, now).unwrap_or_default().whole_secs())
}

/// `A14: Maria Okafor, Fri 13, #feedback "Send deck"`, when one action was written down.
fn saved_action(act: &Act, view: &View<'_>) -> Option<String> {
    // Numbers given out change with every row; what else there is must be this one action.
    let mut written = act
        .changes
        .iter()
        .filter(|change| change.key.kind != Kind::Counter);
    let (change, None) = (written.next()?, written.next()) else {
        return None;
    };
    let Document::Action(action) = Document::from_body(&change.key, change.after.as_ref()?).ok()?
    else {
        return None;
    };
    let Space::Circle(circle) = change.key.space else {
        return None;
    };
    let naming = if view.masked {
        Naming::Masked
    } else {
        Naming::Full
    };
    let names = Names::new(view.state.everyone(circle), naming);
    let due = match action.due {
        Due::None => "no date".to_owned(),
        Due::NextSession => "next session".to_owned(),
        Due::On(day) => when::short(day, view.now.date(view.zone)),
    };
    let tags = action.tags.iter().fold(String::new(), |mut words, tag| {
        let _ = write!(words, ", #{tag}");
        words
    });
    let owner = names.owner_words(action.owner);
    Some(format!(
        "A{}: {owner}, {due}{tags} \"{}\"",
        action.number, action.text
    ))
}

/// A title as it may be shown: with initials while names are masked.
pub(super) fn shown(title: &str, view: &View<'_>) -> String {
    match view.circle {
        Some(circle) if view.masked => names::mask(title, view.state.everyone(circle)),
        _ => title.to_owned(),
    }
}

/// What `>` will do, by name.
pub(super) fn next_title(
    session: &crate::domain::session::Session,
    live: &crate::domain::live::Live,
) -> String {
    use crate::domain::live::Move;
    match live.next(&session.blocks) {
        Move::Step(to) => session
            .blocks
            .get(live.block)
            .and_then(|block| block.steps.get(to))
            .map_or_else(|| "next step".to_owned(), |step| step.title.to_string()),
        Move::Block(to) => session
            .blocks
            .get(to)
            .map_or_else(|| "next block".to_owned(), |block| block.title.to_string()),
        Move::Edge => "wrap up".to_owned(),
    }
}
