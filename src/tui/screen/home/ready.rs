//! What the next session has and what it still lacks, in lines, and what Enter does about it.

use ratatui::text::{Line, Span};

use crate::command::Command;
use crate::command::table::Place;
use crate::domain::circle::Circle;
use crate::domain::readiness::Lack;
use crate::domain::rotation::{Seat, Turns};
use crate::domain::session::Session;
use crate::theme::Role;
use crate::theme::glyphs::Mark;
use crate::tui::keys::Keys;
use crate::tui::say;
use crate::tui::screen::home::Asked;
use crate::tui::screen::home::model::{Model, Next};
use crate::tui::view::{Arg, Choice, CommandId, Paint, Reply, Request, ScreenId, View};
use crate::tui::widget::text;

/// The next session with its documents.
pub(super) struct Ready<'a> {
    /// Its circle.
    pub(super) circle: &'a Circle,
    /// The session.
    pub(super) session: &'a Session,
    /// How far it is prepared.
    pub(super) next: Next,
    /// Whether its day went by without it.
    pub(super) missed: bool,
}

impl<'a> Ready<'a> {
    /// Of the session that comes first.
    pub(super) fn of(model: &Model, view: &View<'a>) -> Option<Self> {
        let next = model.next.clone()?;
        let session = view.state.session(next.circle, next.session)?;
        Some(Self {
            circle: view.state.circle(next.circle)?,
            session,
            missed: session.was_missed(view.now),
            next,
        })
    }

    /// How many things are not ready.
    pub(super) fn open_things(&self) -> usize {
        self.next.readiness.lacks.len()
    }

    /// What Enter does, in words.
    pub(super) fn offer(&self, keys: Keys<'_>) -> String {
        if self.missed {
            return "It was not held: move it, skip it or call it off".to_owned();
        }
        match self.next.readiness.first() {
            None => {
                let start = keys.at(Place::Ready).of(CommandId::StartPause);
                format!("Open Live; nothing starts until {start}")
            }
            Some(Lack::Agenda) => "Plan the agenda".to_owned(),
            Some(Lack::Time(_)) => "Make the agenda fit".to_owned(),
            Some(Lack::Spare(_)) => "Fill the time that is free".to_owned(),
            Some(Lack::Prompts(block, _)) => {
                let block = self.session.block(block);
                let title = block.map_or("a block", |block| block.title.as_str());
                format!("Choose a prompt for {title}")
            }
            Some(Lack::Lead) => "Choose who leads".to_owned(),
        }
    }

    /// Does what is offered.
    pub(super) fn mend(&self, view: &View<'_>) -> Reply {
        let mut requests = vec![Request::Choose(self.circle.id)];
        match self.next.readiness.first() {
            None => requests.push(Request::Go(ScreenId::Live)),
            Some(Lack::Agenda) => requests.push(Request::Go(ScreenId::Plan)),
            Some(Lack::Time(_) | Lack::Spare(_)) => requests.extend([
                Request::Go(ScreenId::Plan),
                Request::Run(CommandId::Fit, Arg::None),
            ]),
            Some(Lack::Prompts(block, _)) => {
                requests.extend([Request::Aim(block), Request::Go(ScreenId::Questions)]);
            }
            Some(Lack::Lead) => requests.push(Request::List(self.who_leads(view))),
        }
        Reply::Do(requests)
    }

    /// The people of the session, whose turn it is first.
    fn who_leads(&self, view: &View<'_>) -> Choice {
        let turns = Turns::of(view.state, self.circle.id, self.session);
        let today = view.now.date(view.zone);
        let order = turns.order(Seat::Facilitator).into_iter();
        let rows = order.map(|member| {
            let held = turns.held(Seat::Facilitator, member.id);
            let why = held.why(today, view.zone);
            format!("{}: {why}", say::name(member, view.masked))
        });
        Choice {
            tag: Asked::Leads.into(),
            title: format!("Who leads {} #{}", self.circle.name, self.session.number),
            rows: rows.collect(),
            selected: 0,
        }
    }

    /// Somebody was picked to lead.
    pub(super) fn leads(&self, row: usize, view: &View<'_>) -> Reply {
        let turns = Turns::of(view.state, self.circle.id, self.session);
        let order = turns.order(Seat::Facilitator);
        order.get(row).map_or(Reply::Handled, |member| {
            Reply::submit(Command::SetSeat {
                circle: self.circle.id,
                session: self.session.id,
                seat: Seat::Facilitator,
                member: Some(member.id),
                owed: false,
            })
        })
    }

    fn lacks(&self, is: impl Fn(&Lack) -> bool) -> Option<Lack> {
        self.next.readiness.lacks.iter().copied().find(is)
    }
}

/// A line of the check: its mark, and what it says.
type Checked = (Mark, Line<'static>);

/// How lines are put together at a width.
struct Say<'a, 'p> {
    paint: &'a Paint<'p>,
    label: u16,
    /// There is room for one thing in a line.
    narrow: bool,
}

impl Say<'_, '_> {
    fn line(&self, label: &str, words: Span<'static>, more: &str) -> Line<'static> {
        let muted = self.paint.styles.of(Role::Muted);
        let gap = if more.is_empty() { "" } else { "   " };
        Line::from(vec![
            Span::styled(text::pad(label, self.label), muted),
            words,
            Span::styled(format!("{gap}{more}"), muted),
        ])
    }

    fn good(&self, mark: Mark, label: &str, words: String, more: &str) -> Checked {
        let words = Span::styled(words, self.paint.styles.of(Role::Text));
        (mark, self.line(label, words, more))
    }

    fn lacks(&self, label: &str, words: String, more: &str) -> Checked {
        let words = Span::styled(words, self.paint.styles.bold(Role::Warn));
        (Mark::Blocked, self.line(label, words, more))
    }
}

/// The lines that say what is ready and what is not.
pub(super) fn lines(paint: &Paint<'_>, ready: &Ready<'_>, width: u16) -> Vec<Checked> {
    let say = Say {
        paint,
        label: if width >= 60 { 10 } else { 9 },
        narrow: width < 60,
    };
    let mut lines = vec![agenda(&say, ready), prompts(&say, ready)];
    let (open, late) = ready.next.open;
    let late = match late {
        0 => String::new(),
        late => format!("{late} late"),
    };
    let review = format!("{open} to review");
    lines.push(say.good(Mark::Done, "Actions", review, &late));
    lines.extend(seats(&say, ready));
    lines.extend(people(&say, ready));
    lines
}

fn agenda(say: &Say<'_, '_>, ready: &Ready<'_>) -> Checked {
    let readiness = &ready.next.readiness;
    let words = format!(
        "{}, {} of {} min",
        say::count(readiness.blocks, "block", "blocks"),
        readiness.planned,
        ready.session.minutes
    );
    let lack = ready.lacks(|lack| matches!(lack, Lack::Agenda | Lack::Time(_) | Lack::Spare(_)));
    let wrong = match lack {
        Some(Lack::Time(over)) => Some(format!("{over} min too long")),
        Some(Lack::Spare(spare)) => Some(format!("{spare} min without a block")),
        Some(_) | None => None,
    };
    if let Some(wrong) = wrong {
        return if say.narrow {
            say.lacks("Agenda", wrong, "")
        } else {
            say.lacks("Agenda", words, &wrong)
        };
    }
    match (lack, readiness.slack) {
        (Some(_), _) => say.lacks("Agenda", "nothing planned yet".to_owned(), ""),
        (None, 0) => say.good(Mark::Done, "Agenda", words, ""),
        (None, slack) => say.good(Mark::Done, "Agenda", words, &format!("{slack} min slack")),
    }
}

fn prompts(say: &Say<'_, '_>, ready: &Ready<'_>) -> Checked {
    let chosen = ready.next.readiness.prompts;
    let more = match chosen {
        0 => String::new(),
        chosen => format!("{chosen} chosen"),
    };
    match ready.lacks(|lack| matches!(lack, Lack::Prompts(..))) {
        Some(Lack::Prompts(block, 1)) => {
            let block = ready.session.block(block);
            let title = block.map_or("A block", |block| block.title.as_str());
            say.lacks("Prompts", format!("{title} has no prompt"), &more)
        }
        Some(Lack::Prompts(_, many)) => {
            let words = format!("{many} blocks have no prompt");
            say.lacks("Prompts", words, &more)
        }
        Some(_) | None => say.good(Mark::Done, "Prompts", format!("{chosen} chosen"), ""),
    }
}

fn seats(say: &Say<'_, '_>, ready: &Ready<'_>) -> Option<Checked> {
    let view = &say.paint.view;
    if ready.lacks(|lack| *lack == Lack::Lead).is_some() {
        return Some(say.lacks("Seats", "nobody leads yet".to_owned(), ""));
    }
    let leads = ready.session.facilitator?;
    let member = view.state.member(ready.circle.id, leads)?;
    let words = format!("{} leads", say::name(member, view.masked));
    Some(say.good(Mark::Done, "Seats", words, ""))
}

/// Who was invited to this session alone, and who will not come.
fn people(say: &Say<'_, '_>, ready: &Ready<'_>) -> Vec<Checked> {
    let view = &say.paint.view;
    let names = |members: Vec<&crate::domain::roster::Member>| {
        let names = members.into_iter();
        let names: Vec<String> = names.map(|member| say::name(member, view.masked)).collect();
        names.join(", ")
    };
    let mut lines = Vec::new();
    let mut guests = view.state.people_of(ready.circle.id, ready.session);
    guests.retain(|member| ready.session.guests.contains(&member.id));
    if !guests.is_empty() {
        lines.push(say.good(Mark::Done, "Guests", names(guests), ""));
    }
    let away = ready.session.away.keys();
    let away: Vec<_> = away
        .filter_map(|id| view.state.member(ready.circle.id, *id))
        .collect();
    if !away.is_empty() {
        let told = match away.as_slice() {
            [one] if !view.masked => ready.session.away.get(&one.id),
            _ => None,
        };
        let told = told
            .and_then(Option::as_ref)
            .map_or("", |told| told.as_str());
        lines.push(say.good(Mark::None, "Absent", names(away), told));
    }
    lines
}
