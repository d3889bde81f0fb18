//! Home: the next session and what it still needs, what wants attention in all circles, the circles, how the last
//! session went, and what is read. While a session runs it shows that circle alone.

mod again;
mod attention;
mod book;
mod circles;
mod last;
mod layout;
mod model;
mod next;
mod ready;
mod start;
#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::command::{ItemEdit, Settle};
use crate::domain::id::{CircleId, Key};
use crate::domain::item::Owner;
use crate::engine::query::{Answer, CircleFigures, Query};
use crate::tui::screen::cursor::Cursor;
use crate::tui::screen::home::attention::{Row, What};
use crate::tui::screen::home::model::{Memo, Model};
use crate::tui::screen::home::ready::Ready;
use crate::tui::screen::live::items;
use crate::tui::view::{
    Arg, Choice, CommandId, Format, Paint, Reply, Request, Screen, ScreenId, Tag, View,
};

/// What a line or a list of Home is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A line: a new date for what needs attention.
    Due,
    /// A list: who sees to it.
    Owner,
    /// A list: who leads the next session.
    Leads,
    /// A list: what becomes of a session that was not held.
    Missed,
    /// A line: when it takes place instead.
    Move,
    /// A list: what a second look at a decision comes to.
    Look,
    /// A line: what the decision says from now on.
    Words,
    /// A line: on which day to look again.
    Revisit,
}

/// The panes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Focus {
    #[default]
    Next,
    Attention,
    Circles,
    Last,
    Book,
}

const ORDER: [Focus; 5] = [
    Focus::Next,
    Focus::Attention,
    Focus::Circles,
    Focus::Last,
    Focus::Book,
];

/// The home screen. Keeps cursors and what the store answered.
#[derive(Debug, Default)]
pub struct HomeScreen {
    focus: Focus,
    attention: Cursor<Key>,
    circle: Cursor<CircleId>,
    memo: Memo,
    counted: Vec<CircleFigures>,
    asking: Option<Key>,
    /// Who may be picked in the list that is open.
    owners: Vec<Owner>,
}

impl HomeScreen {
    /// A fresh screen.
    pub fn new() -> Self {
        Self::default()
    }

    fn move_focus(&mut self, by: usize, view: &View<'_>) -> Reply {
        let model = self.memo.of(view);
        let has_last = last::of(&model, view).is_some();
        let reads = book::shown(&model).is_some();
        let order: Vec<Focus> = ORDER
            .into_iter()
            .filter(|focus| *focus != Focus::Last || has_last)
            .filter(|focus| *focus != Focus::Book || reads)
            .collect();
        let at = order
            .iter()
            .position(|focus| *focus == self.focus)
            .unwrap_or(0);
        let by = if by == 1 { 1 } else { order.len() - 1 };
        self.focus = order
            .get((at + by) % order.len())
            .copied()
            .unwrap_or_default();
        // The counts of all circles are asked for only where they are looked at.
        match self.counts(&model, view) {
            Some(query) => Reply::Do(vec![Request::Ask(query)]),
            None => Reply::Handled,
        }
    }

    fn counts(&self, model: &Model, view: &View<'_>) -> Option<Query> {
        let today = view.now.date(view.zone);
        let looked_at = self.focus == Focus::Circles && model.has_table();
        looked_at.then_some(Query::Overview { today })
    }

    /// Whether digits choose how to plan, rather than a row that needs attention.
    fn numbers_plan(&self, model: &Model) -> bool {
        self.focus == Focus::Next && model.next.is_none()
    }

    fn open(&mut self, view: &View<'_>) -> Reply {
        let model = self.memo.of(view);
        match self.focus {
            Focus::Next if view.state.running().is_some() => {
                Reply::Do(vec![Request::Go(ScreenId::Live)])
            }
            Focus::Next => match Ready::of(&model, view) {
                Some(ready) if ready.missed => {
                    let what = What::Missed(ready.session);
                    let circle = ready.circle;
                    self.offer_again(&Row { circle, what }, view)
                }
                Some(ready) => ready.mend(view),
                None => start::open(&model, view),
            },
            Focus::Circles => model
                .circles
                .get(self.circle_place(&model))
                .map_or(Reply::Handled, |circle| {
                    Reply::Do(vec![Request::Choose(circle.id)])
                }),
            Focus::Attention => {
                let place = self.attention.place(&model.attention);
                let Some(row) = attention::row(&model, view, place) else {
                    return Reply::Handled;
                };
                match row.what {
                    What::Action(_) => Reply::Do(vec![
                        Request::Choose(row.circle.id),
                        Request::Go(ScreenId::Actions),
                    ]),
                    What::Missed(_) | What::Look(_) => self.offer_again(&row, view),
                }
            }
            Focus::Last => last::of(&model, view).map_or(Reply::Handled, |(circle, _)| {
                Reply::Do(vec![
                    Request::Choose(circle),
                    Request::Go(ScreenId::Sessions),
                ])
            }),
            Focus::Book => book::shown(&model).map_or(Reply::Handled, |circle| {
                Reply::Do(vec![Request::Choose(circle)])
            }),
        }
    }

    fn pick(&mut self, number: u16, view: &View<'_>) -> Reply {
        let model = self.memo.of(view);
        if self.numbers_plan(&model) {
            return match number {
                1 => self.open(view),
                2 => start::from_template(&model, view),
                _ => Reply::Refuse("1 or 2 plans a session".to_owned()),
            };
        }
        let row = usize::from(number).saturating_sub(1);
        if row >= model.attention.len() {
            return Reply::Refuse(format!("there is no row {number}"));
        }
        self.focus = Focus::Attention;
        self.attention.put(row, &model.attention);
        Reply::Handled
    }

    /// Writes the minutes of the last session, where that is looked at.
    fn write(&self, format: Format, view: &View<'_>) -> Reply {
        let model = self.memo.of(view);
        match last::of(&model, view).filter(|_| self.focus == Focus::Last) {
            Some((circle, session)) => {
                Reply::Do(vec![Request::Minutes(circle, session.id, format)])
            }
            None => Reply::Ignored,
        }
    }

    /// Acts on the marked row of what needs attention.
    fn act(&mut self, id: CommandId, view: &View<'_>) -> Reply {
        let model = self.memo.of(view);
        let place = self.attention.place(&model.attention);
        // It stays on this row, whatever comes or goes above it.
        self.attention.put(place, &model.attention);
        let Some(row) = attention::row(&model, view, place) else {
            return Reply::Refuse("no action needs attention".to_owned());
        };
        let key = row.key();
        if !matches!(row.what, What::Action(_)) {
            return self.act_again(&row, id, view);
        }
        self.asking = Some(key);
        match id {
            CommandId::Done => items::settle(key, Settle::Done),
            CommandId::Due => items::ask(
                Asked::Due,
                "New date",
                "",
                "fri, +3d, 20 mar; empty is the next session",
            ),
            _ => {
                let (owners, reply) = owner_choice(&row, view);
                self.owners = owners;
                reply
            }
        }
    }

    fn move_mark(&mut self, id: CommandId, view: &View<'_>) -> Reply {
        let model = self.memo.of(view);
        match self.focus {
            Focus::Attention => self.attention.step(id, &model.attention),
            Focus::Circles => self.circle.step(id, &model.circle_ids()),
            Focus::Next | Focus::Last | Focus::Book => true,
        };
        Reply::Handled
    }

    /// The marked row of the circles.
    fn circle_place(&self, model: &Model) -> usize {
        self.circle.place(&model.circle_ids())
    }
}

fn owner_choice(row: &Row<'_>, view: &View<'_>) -> (Vec<Owner>, Reply) {
    let members = view.state.members(row.circle.id);
    let (rows, owners) = items::owners(&members, view);
    let choice = Choice {
        tag: Asked::Owner.into(),
        title: "Who sees to it".to_owned(),
        rows,
        selected: 0,
    };
    (owners, Reply::Choose(choice))
}

impl Screen for HomeScreen {
    fn draw(&self, area: Rect, buf: &mut Buffer, paint: &Paint<'_>) -> Option<Position> {
        self.draw_panes(area.intersection(buf.area), buf, paint);
        None
    }

    fn run(&mut self, id: CommandId, arg: &Arg, view: &View<'_>) -> Reply {
        match id {
            CommandId::NextPane => self.move_focus(1, view),
            CommandId::PreviousPane => self.move_focus(ORDER.len(), view),
            CommandId::Open => self.open(view),
            CommandId::Add => Reply::Do(vec![Request::Run(CommandId::NewCircle, Arg::None)]),
            CommandId::Down
            | CommandId::Up
            | CommandId::PageDown
            | CommandId::PageUp
            | CommandId::Top
            | CommandId::End => self.move_mark(id, view),
            CommandId::Pick => match arg {
                Arg::Number(number) => self.pick(*number, view),
                Arg::None | Arg::Text(_) => Reply::Ignored,
            },
            CommandId::WriteMarkdown => self.write(Format::Markdown, view),
            CommandId::WriteJson => self.write(Format::Json, view),
            CommandId::Done | CommandId::Due | CommandId::Owner => self.act(id, view),
            _ => Reply::Ignored,
        }
    }

    fn offers(&self, view: &View<'_>) -> Vec<(CommandId, &'static str)> {
        let model = self.memo.of(view);
        let open = match self.focus {
            Focus::Circles => "choose",
            Focus::Last => "minutes",
            Focus::Next | Focus::Attention | Focus::Book => "open",
        };
        let mut offers = vec![(CommandId::Open, open), (CommandId::Add, "new circle")];
        if !model.attention.is_empty() {
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
        let model = self.memo.of(view);
        self.counts(&model, view).into_iter().collect()
    }

    fn answered(&mut self, _query: &Query, answer: &Answer, _view: &View<'_>) {
        if let Answer::Overview(counted) = answer {
            self.counted.clone_from(counted);
        }
    }

    fn entered(&mut self, tag: Tag, text: &str, view: &View<'_>) -> Reply {
        match (tag, self.asking) {
            (Tag::Home(Asked::Due), Some(key)) => match items::date(text, view) {
                Err(refusal) => refusal,
                Ok(due) => items::edit_item(
                    key,
                    ItemEdit {
                        due: Some(due),
                        ..ItemEdit::default()
                    },
                ),
            },
            (Tag::Home(asked), Some(_)) => self.entered_again(asked, text, view),
            _ => Reply::Ignored,
        }
    }

    fn chosen(&mut self, tag: Tag, row: usize, view: &View<'_>) -> Reply {
        if tag == Tag::Home(Asked::Leads) {
            let ready = Ready::of(&self.memo.of(view), view);
            return ready.map_or(Reply::Ignored, |ready| ready.leads(row, view));
        }
        if let (Tag::Home(Asked::Missed | Asked::Look), Some(key)) = (tag, self.asking) {
            return attention::of_key(key, view)
                .map_or(Reply::Ignored, |about| Self::chosen_again(row, &about));
        }
        let (Tag::Home(Asked::Owner), Some(key)) = (tag, self.asking) else {
            return Reply::Ignored;
        };
        let Some(owner) = self.owners.get(row) else {
            return Reply::Ignored;
        };
        items::edit_item(
            key,
            ItemEdit {
                owner: Some(*owner),
                ..ItemEdit::default()
            },
        )
    }
}
