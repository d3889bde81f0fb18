//! What wants attention and is no action: a session that was not held, which is moved, skipped or called off, and a
//! decision that is due for a second look.

use crate::command::{Command, ItemEdit};
use crate::domain::id::{Key, Kind, Space};
use crate::domain::item::Decision;
use crate::domain::look::Verdict;
use crate::domain::session::Session;
use crate::domain::when;
use crate::tui::screen::home::attention::{Row, What};
use crate::tui::screen::home::{Asked, HomeScreen};
use crate::tui::screen::sessions::{revisit, time};
use crate::tui::view::{Ask, Choice, CommandId, Reply, Request, ScreenId, View};

/// What can be done with a session that was not held.
#[derive(Clone, Copy)]
enum Late {
    Move,
    Skip,
    CallOff,
    Look,
}

/// What a second look comes to, and one row to put it off.
const VERDICTS: [&str; 4] = [
    "It stands",
    "It says something else from now on",
    "It does not hold any more",
    "Look at it again on another day",
];

/// The ways, with their words; a circle that meets by no rule has no next date to skip to.
fn ways(row: &Row<'_>) -> Vec<(Late, &'static str)> {
    let mut ways = vec![(Late::Move, "Move it to another day")];
    if row.circle.rhythm.is_some() {
        ways.push((Late::Skip, "Skip it: the same on the next free date"));
    }
    ways.extend([
        (Late::CallOff, "Call it off"),
        (Late::Look, "Look at the sessions of the circle"),
    ]);
    ways
}

fn choice(tag: Asked, title: String, rows: impl IntoIterator<Item = &'static str>) -> Reply {
    Reply::Choose(Choice {
        tag: tag.into(),
        title,
        rows: rows.into_iter().map(str::to_owned).collect(),
        selected: 0,
    })
}

fn line(tag: Asked, label: String, text: &str, help: &str) -> Reply {
    Reply::Ask(Ask {
        tag: tag.into(),
        label,
        text: text.to_owned(),
        help: help.to_owned(),
    })
}

fn ask_day(decision: &Decision) -> Reply {
    let label = format!("Look at D{} again on", decision.number);
    line(Asked::Revisit, label, "", revisit::HELP)
}

fn ask_move(session: &Session) -> Reply {
    let help = "A date, a time or both: fri, 16:30, 20 mar 15:00";
    let label = format!("Move #{} to", session.number);
    line(Asked::Move, label, "", help)
}

impl HomeScreen {
    /// Enter on a row that is no action: what can be done with it.
    pub(super) fn offer_again(&mut self, row: &Row<'_>, view: &View<'_>) -> Reply {
        self.asking = Some(row.key());
        match row.what {
            What::Missed(session) => {
                let today = view.now.date(view.zone);
                let day = when::short(session.start.date(view.zone), today);
                let title = format!("#{} of {day} was not held", session.number);
                choice(Asked::Missed, title, ways(row).iter().map(|way| way.1))
            }
            What::Look(decision) => {
                let title = format!("D{} {}", decision.number, decision.text);
                choice(Asked::Look, title, VERDICTS)
            }
            What::Action(_) => Reply::Ignored,
        }
    }

    /// A key of actions on a row that is none, as far as it means something there.
    pub(super) fn act_again(&mut self, row: &Row<'_>, id: CommandId, view: &View<'_>) -> Reply {
        self.asking = Some(row.key());
        match (row.what, id) {
            (What::Look(_), CommandId::Done) => revisit::verdict(row.key(), Verdict::Keep),
            (What::Look(decision), CommandId::Due) => ask_day(decision),
            (What::Missed(session), CommandId::Due) => ask_move(session),
            (What::Look(_), _) => Reply::Refuse("a decision has no owner".to_owned()),
            (What::Missed(_) | What::Action(_), _) => {
                let open = view.keys.of(CommandId::Open);
                Reply::Refuse(format!("{open} says what can be done with that session"))
            }
        }
    }

    /// A row of the list of [`offer_again`](Self::offer_again).
    pub(super) fn chosen_again(place: usize, row: &Row<'_>) -> Reply {
        match row.what {
            What::Missed(session) => {
                let (circle, id) = (row.circle.id, session.id);
                match ways(row).get(place) {
                    Some((Late::Move, _)) => ask_move(session),
                    Some((Late::Skip, _)) => Reply::submit(Command::SkipSession {
                        circle,
                        session: id,
                    }),
                    Some((Late::CallOff, _)) => Reply::submit(Command::CancelSession {
                        circle,
                        session: id,
                    }),
                    Some((Late::Look, _)) => Reply::Do(vec![
                        Request::Choose(circle),
                        Request::Go(ScreenId::Sessions),
                    ]),
                    None => Reply::Ignored,
                }
            }
            What::Look(decision) => match place {
                0 => revisit::verdict(row.key(), Verdict::Keep),
                1 => revisit::ask_words(decision, Asked::Words),
                2 => revisit::verdict(row.key(), Verdict::Reverse),
                _ => ask_day(decision),
            },
            What::Action(_) => Reply::Ignored,
        }
    }

    /// What was typed about such a row.
    pub(super) fn entered_again(&self, asked: Asked, text: &str, view: &View<'_>) -> Reply {
        let Some(key) = self.asking else {
            return Reply::Ignored;
        };
        match asked {
            Asked::Move => moved(key, text, view),
            Asked::Revisit => match revisit::read(text, view.seen()) {
                Err(why) => Reply::Refuse(why),
                Ok(day) => Reply::submit(Command::EditItem {
                    key,
                    edit: ItemEdit {
                        revisit: Some(day),
                        ..ItemEdit::default()
                    },
                }),
            },
            Asked::Words => revisit::changed(key, text),
            Asked::Due | Asked::Owner | Asked::Leads | Asked::Missed | Asked::Look => {
                Reply::Ignored
            }
        }
    }
}

fn moved(key: Key, text: &str, view: &View<'_>) -> Reply {
    let (Space::Circle(circle), Kind::Session) = (key.space, key.kind) else {
        return Reply::Ignored;
    };
    let id = crate::domain::id::SessionId(key.id);
    let Some(session) = view.state.session(circle, id) else {
        return Reply::Refuse("that session is gone".to_owned());
    };
    time::moved(circle, session, text, view)
}
