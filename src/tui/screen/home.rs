//! Home: the next session and what it still needs, what wants attention in all circles, the circles, and
//! how the last session went. While a session runs it shows that circle alone.

mod attention;
mod circles;
mod last;
mod layout;
mod next;
mod ready;
#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::command::{Command, ItemEdit, Settle};
use crate::domain::document::Document;
use crate::domain::id::{BlockId, CircleId, Key, Kind, SessionId};
use crate::domain::item::Owner;
use crate::domain::session::{Session, SessionState};
use crate::engine::query::{Answer, Query, QuestionRow};
use crate::tui::say;
use crate::tui::screen::home::attention::Row;
use crate::tui::screen::home::ready::Ready;
use crate::tui::screen::live::{items, prompts};
use crate::tui::view::{Arg, Choice, CommandId, Paint, Reply, Request, Screen, ScreenId, View};

const DUE: u32 = 1;
const OWNER: u32 = 2;
const PROMPT: u32 = 3;

/// The panes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Focus {
    #[default]
    Next,
    Attention,
    Circles,
    Last,
}

const ORDER: [Focus; 4] = [Focus::Next, Focus::Attention, Focus::Circles, Focus::Last];

/// The home screen. Keeps cursors and what the store answered.
#[derive(Debug, Default)]
pub struct HomeScreen {
    focus: Focus,
    attention: usize,
    circle: usize,
    bank: Vec<QuestionRow>,
    drawn: Vec<QuestionRow>,
    last: Option<(CircleId, Session)>,
    asking: Option<Key>,
    choosing: Option<(CircleId, SessionId, BlockId)>,
}

impl HomeScreen {
    /// A fresh screen.
    pub fn new() -> Self {
        Self::default()
    }

    fn move_focus(&mut self, by: usize, view: &View<'_>) -> Reply {
        let has_last = self.last(view).is_some();
        let order: Vec<Focus> = ORDER
            .into_iter()
            .filter(|focus| *focus != Focus::Last || has_last)
            .collect();
        let at = order
            .iter()
            .position(|focus| *focus == self.focus)
            .unwrap_or(0);
        self.focus = order
            .get((at + by) % order.len())
            .copied()
            .unwrap_or_default();
        Reply::Handled
    }

    /// The session that ended last, of the circle that is shown.
    fn last<'a>(&'a self, view: &View<'a>) -> Option<(CircleId, &'a Session)> {
        let circle = shown_circle(view)?;
        let loaded = view.state.last_session(circle);
        let asked = self
            .last
            .as_ref()
            .filter(|(of, _)| *of == circle)
            .map(|(_, session)| session);
        let latest = loaded.into_iter().chain(asked);
        Some((circle, latest.max_by_key(|session| session.ended)?))
    }

    fn open(&mut self, view: &View<'_>) -> Reply {
        match self.focus {
            Focus::Next => self.open_next(view),
            Focus::Circles => circles::rows(view)
                .get(self.circle)
                .map_or(Reply::Handled, |circle| {
                    Reply::Do(vec![Request::Choose(circle.id)])
                }),
            Focus::Attention => {
                attention::rows(view)
                    .get(self.attention)
                    .map_or(Reply::Handled, |row| {
                        Reply::Do(vec![
                            Request::Choose(row.circle.id),
                            Request::Go(ScreenId::Actions),
                        ])
                    })
            }
            Focus::Last => self.last(view).map_or(Reply::Handled, |(circle, _)| {
                Reply::Do(vec![
                    Request::Choose(circle),
                    Request::Go(ScreenId::Sessions),
                ])
            }),
        }
    }

    /// Does the first thing that is not ready, else opens Live.
    fn open_next(&mut self, view: &View<'_>) -> Reply {
        if view.state.running().is_some() {
            return Reply::Do(vec![Request::Go(ScreenId::Live)]);
        }
        let Some(ready) = Ready::of(view) else {
            let command = if view.state.circles().next().is_some() {
                CommandId::PlanSession
            } else {
                CommandId::NewCircle
            };
            return Reply::Do(vec![Request::Run(command, Arg::None)]);
        };
        let (circle, session) = (ready.circle.id, ready.session.id);
        match ready.lacking.first() {
            Some(block) if !self.bank.is_empty() => {
                self.choosing = Some((circle, session, block.id));
                let drawn = self.drawn.first().map(|row| row.question.id);
                let at = self
                    .bank
                    .iter()
                    .position(|row| Some(row.question.id) == drawn);
                Reply::Choose(Choice {
                    tag: PROMPT,
                    title: format!("A prompt for {}", block.title),
                    rows: self.bank.iter().map(prompts::row).collect(),
                    selected: at.unwrap_or(0),
                })
            }
            _ => Reply::Do(vec![Request::Choose(circle), Request::Go(ScreenId::Live)]),
        }
    }

    /// Acts on the marked row of what needs attention.
    fn act(&mut self, id: CommandId, view: &View<'_>) -> Reply {
        let rows = attention::rows(view);
        let Some(row) = rows.get(self.attention.min(rows.len().saturating_sub(1))) else {
            return Reply::Refuse("no action is open".to_owned());
        };
        let key = row.key();
        self.asking = Some(key);
        match id {
            CommandId::Done => items::settle(key, Settle::Done),
            CommandId::Due => items::ask(
                DUE,
                "New date",
                "",
                "fri, +3d, 20 mar; empty is the next session",
            ),
            _ => owner_choice(row, view),
        }
    }

    fn move_mark(&mut self, id: CommandId, view: &View<'_>) -> Reply {
        let (at, rows) = match self.focus {
            Focus::Attention => (&mut self.attention, attention::rows(view).len()),
            Focus::Circles => (&mut self.circle, circles::rows(view).len()),
            Focus::Next | Focus::Last => return Reply::Handled,
        };
        let last = rows.saturating_sub(1);
        *at = match id {
            CommandId::Down => (*at + 1).min(last),
            CommandId::Up => at.saturating_sub(1),
            CommandId::PageDown => (*at + 9).min(last),
            CommandId::PageUp => at.saturating_sub(9),
            CommandId::End => last,
            _ => 0,
        };
        Reply::Handled
    }
}

fn owner_choice(row: &Row<'_>, view: &View<'_>) -> Reply {
    let members = view.state.members(row.circle.id);
    let mut rows: Vec<String> = members
        .iter()
        .map(|member| say::name(member, view.masked))
        .collect();
    rows.extend(["all together".to_owned(), "nobody".to_owned()]);
    Reply::Choose(Choice {
        tag: OWNER,
        title: "Who sees to it".to_owned(),
        rows,
        selected: 0,
    })
}

/// The circle that the upper panes are about.
fn shown_circle(view: &View<'_>) -> Option<CircleId> {
    if let Some((circle, ..)) = view.state.running() {
        return Some(circle);
    }
    Ready::of(view)
        .map(|ready| ready.circle.id)
        .or(view.circle)
        .or_else(|| view.state.circles().next().map(|circle| circle.id))
}

impl Screen for HomeScreen {
    fn draw(&self, area: Rect, buf: &mut Buffer, paint: &Paint<'_>) -> Option<Position> {
        self.draw_panes(area.intersection(buf.area), buf, paint);
        None
    }

    fn run(&mut self, id: CommandId, arg: &Arg, view: &View<'_>) -> Reply {
        match id {
            CommandId::NextPane => self.move_focus(1, view),
            CommandId::PreviousPane => self.move_focus(ORDER.len() - 1, view),
            CommandId::Open => self.open(view),
            CommandId::Add => Reply::Do(vec![Request::Run(CommandId::NewCircle, Arg::None)]),
            CommandId::Down
            | CommandId::Up
            | CommandId::PageDown
            | CommandId::PageUp
            | CommandId::Top
            | CommandId::End => self.move_mark(id, view),
            CommandId::Pick => match arg {
                Arg::Number(number) => {
                    let row = usize::from(*number).saturating_sub(1);
                    if row >= attention::rows(view).len() {
                        return Reply::Refuse(format!("there is no row {number}"));
                    }
                    (self.focus, self.attention) = (Focus::Attention, row);
                    Reply::Handled
                }
                Arg::None | Arg::Text(_) => Reply::Ignored,
            },
            CommandId::Done | CommandId::Due | CommandId::Owner => self.act(id, view),
            _ => Reply::Ignored,
        }
    }

    fn offers(&self, view: &View<'_>) -> Vec<(CommandId, &'static str)> {
        let mut offers = vec![(CommandId::Open, "open"), (CommandId::Add, "new circle")];
        if !attention::rows(view).is_empty() {
            offers.extend([
                (CommandId::Done, "done"),
                (CommandId::Due, "new date"),
                (CommandId::Owner, "owner"),
            ]);
        }
        offers.push((CommandId::NextPane, "pane"));
        offers
    }

    fn wants(&self, view: &View<'_>) -> Vec<Query> {
        let mut wants = Vec::new();
        if let Some(circle) = shown_circle(view) {
            wants.push(Query::Sessions { circle, limit: 5 });
        }
        if view.state.running().is_some() {
            return wants;
        }
        let ready = Ready::of(view);
        if let Some((ready, block)) = ready
            .and_then(|r| Some((r.lacking.first().copied()?, r)))
            .map(|(block, ready)| (ready, block))
        {
            wants.push(prompts::list(ready.circle.id));
            wants.push(Query::Draw {
                circle: ready.circle.id,
                kinds: vec![prompts::suits(block.kind)],
                without: ready.chosen(),
                seed: ready
                    .session
                    .seed()
                    .wrapping_add(ready.chosen().len() as u64),
            });
        }
        wants
    }

    fn answered(&mut self, query: &Query, answer: &Answer, _view: &View<'_>) {
        match (query, answer) {
            (Query::Questions { .. }, Answer::Questions { rows, .. }) => {
                self.bank.clone_from(rows);
            }
            (Query::Draw { .. }, Answer::Questions { rows, .. }) => self.drawn.clone_from(rows),
            (Query::Sessions { circle, .. }, Answer::Rows { rows, .. }) => {
                let sessions = rows.iter().filter_map(|row| {
                    match Document::from_body(&row.key, &row.body).ok()? {
                        Document::Session(session) => Some(session),
                        _ => None,
                    }
                });
                self.last = sessions
                    .filter(|session| session.state == SessionState::Ended)
                    .max_by_key(|session| session.ended)
                    .map(|session| (*circle, session));
            }
            _ => {}
        }
    }

    fn entered(&mut self, tag: u32, text: &str, view: &View<'_>) -> Reply {
        match (tag, self.asking) {
            (DUE, Some(key)) => match items::date(text, view) {
                Err(refusal) => refusal,
                Ok(due) => items::edit_item(
                    key,
                    ItemEdit {
                        due: Some(due),
                        ..ItemEdit::default()
                    },
                ),
            },
            _ => Reply::Ignored,
        }
    }

    fn chosen(&mut self, tag: u32, row: usize, view: &View<'_>) -> Reply {
        match (tag, self.asking, self.choosing) {
            (PROMPT, _, Some((circle, session, block))) => {
                self.bank.get(row).map_or(Reply::Handled, |row| {
                    Reply::submit(Command::SetPrompts {
                        circle,
                        session,
                        block,
                        prompts: vec![prompts::prompt(row)],
                    })
                })
            }
            (OWNER, Some(key), _) if key.kind == Kind::Action => {
                let crate::domain::id::Space::Circle(circle) = key.space else {
                    return Reply::Ignored;
                };
                let members = view.state.members(circle);
                let owner = match members.get(row) {
                    Some(member) => Owner::Member(member.id),
                    None if row == members.len() => Owner::All,
                    None => Owner::Nobody,
                };
                items::edit_item(
                    key,
                    ItemEdit {
                        owner: Some(owner),
                        ..ItemEdit::default()
                    },
                )
            }
            _ => Reply::Ignored,
        }
    }
}
