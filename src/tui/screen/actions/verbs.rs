//! What can be done with actions, and the lines and lists that are asked for on the way. All marked rows are
//! changed by one command.

use crate::command::{Command, ItemEdit, Settle};
use crate::domain::id::{ActionId, CircleId, Key, Kind};
use crate::domain::item::{Action, Due, Owner};
use crate::domain::text::Clean;
use crate::domain::when;
use crate::tui::screen::actions::Actions;
use crate::tui::screen::actions::moving::CIRCLE;
use crate::tui::screen::words;
use crate::tui::view::{Ask, Choice, CommandId, Format, Reply, Request, View};

const PARTLY: u32 = 1;
const DUE: u32 = 2;
const TEXT: u32 = 3;
const LET_GO: u32 = 4;
const OWNER: u32 = 5;

fn key(circle: CircleId, id: ActionId) -> Key {
    Key::circle(circle, Kind::Action, id.0)
}

/// `A14` or `3 actions`.
pub(super) fn named(targets: &[&Action]) -> String {
    match targets {
        [one] => format!("A{}", one.number),
        many => format!("{} actions", many.len()),
    }
}

impl Actions {
    pub(super) fn verb(&mut self, id: CommandId, view: &View<'_>) -> Reply {
        let targets = self.targets(view);
        let (Some(first), Some(circle)) = (targets.first(), view.circle) else {
            return Reply::Ignored;
        };
        let ids: Vec<ActionId> = targets.iter().map(|action| action.id).collect();
        let all_closed = targets.iter().all(|action| !action.state.is_open());
        let name = named(&targets);
        let reply = match id {
            CommandId::Done => {
                let how = if all_closed {
                    Settle::Reopen
                } else {
                    Settle::Done
                };
                return self.settle(circle, ids, how, view);
            }
            CommandId::Copy => return copy(view, circle, &targets),
            CommandId::Edit => {
                let here = self.here(view).unwrap_or(first);
                let ask = Ask {
                    tag: TEXT,
                    label: format!("A{}", here.number),
                    text: here.text.to_string(),
                    help: "Enter saves it, Esc keeps it as it was".to_owned(),
                };
                self.asking = vec![here.id];
                return Reply::Ask(ask);
            }
            CommandId::Partly | CommandId::Due | CommandId::Owner | CommandId::Remove
                if all_closed =>
            {
                return Reply::Refuse(format!("{name} is closed; c opens it again"));
            }
            CommandId::Partly => Reply::Ask(Ask {
                tag: PARTLY,
                label: format!("{name}, what is left"),
                text: first.progress.as_deref().unwrap_or_default().to_owned(),
                help: "One line on what is left to do".to_owned(),
            }),
            CommandId::Due => Reply::Ask(Ask {
                tag: DUE,
                label: format!("{name}, new date"),
                text: String::new(),
                help: due_help(view, circle),
            }),
            CommandId::Owner => Reply::Choose(Choice {
                tag: OWNER,
                title: format!("Who sees to {name}"),
                rows: owners(view, circle)
                    .iter()
                    .map(|owner| words::owner(view, circle, *owner, false))
                    .collect(),
                selected: owners(view, circle)
                    .iter()
                    .position(|owner| *owner == first.owner)
                    .unwrap_or(0),
            }),
            CommandId::Remove => Reply::Ask(Ask {
                tag: LET_GO,
                label: format!("Let {name} go, because"),
                text: String::new(),
                help: "A reason, or nothing; Enter lets go, Esc does not".to_owned(),
            }),
            _ => return Reply::Ignored,
        };
        self.asking = ids;
        reply
    }

    pub(super) fn typed_answer(&mut self, tag: u32, text: &str, view: &View<'_>) -> Reply {
        let Some(circle) = view.circle else {
            return Reply::Ignored;
        };
        let words = Clean::line(text.trim());
        let ids = self.asking.clone();
        match tag {
            PARTLY if words.is_empty() => {
                Reply::Refuse("one line on what is left is needed".to_owned())
            }
            PARTLY => self.settle(circle, ids, Settle::Partly(words), view),
            LET_GO => {
                let why = Some(words).filter(|why| !why.is_empty());
                self.settle(circle, ids, Settle::LetGo(why), view)
            }
            TEXT if words.is_empty() => {
                Reply::Refuse("an action needs words; x lets it go".to_owned())
            }
            TEXT => self.edit(
                circle,
                &ids,
                ItemEdit {
                    text: Some(words),
                    ..ItemEdit::default()
                },
            ),
            DUE => match read_due(&words, view) {
                Ok(due) => self.edit(
                    circle,
                    &ids,
                    ItemEdit {
                        due: Some(due),
                        ..ItemEdit::default()
                    },
                ),
                Err(why) => Reply::Refuse(why),
            },
            _ => Reply::Ignored,
        }
    }

    pub(super) fn picked_answer(&mut self, tag: u32, row: usize, view: &View<'_>) -> Reply {
        if tag == CIRCLE {
            return self.circle_picked(row, view);
        }
        let Some(circle) = view.circle.filter(|_| tag == OWNER) else {
            return Reply::Ignored;
        };
        let Some(owner) = owners(view, circle).get(row).copied() else {
            return Reply::Ignored;
        };
        let edit = ItemEdit {
            owner: Some(owner),
            ..ItemEdit::default()
        };
        self.edit(circle, &self.asking.clone(), edit)
    }

    pub(super) fn copy_all(&self, view: &View<'_>) -> Reply {
        let shown = self.shown(view);
        let all: Vec<&Action> = shown.main.iter().chain(&shown.done).copied().collect();
        match shown.circle {
            Some(circle) if !all.is_empty() => copy(view, circle, &all),
            _ => Reply::Ignored,
        }
    }

    /// Writes the rows that are shown, as they are filtered.
    pub(super) fn write(&self, id: CommandId, view: &View<'_>) -> Reply {
        let shown = self.shown(view);
        match (shown.circle, Format::of(id), shown.rows()) {
            (Some(_), Some(_), rows) if rows.is_empty() => {
                Reply::Refuse("no action is shown, so there is nothing to write".to_owned())
            }
            (Some(circle), Some(format), rows) => {
                Reply::Do(vec![Request::Actions(circle, rows, format)])
            }
            _ => Reply::Ignored,
        }
    }

    fn here<'a>(&'a self, view: &View<'a>) -> Option<&'a Action> {
        let shown = self.shown(view);
        self.cursor.item(&shown.rows()).and_then(|id| shown.get(id))
    }

    fn settle(
        &mut self,
        circle: CircleId,
        ids: Vec<ActionId>,
        how: Settle,
        view: &View<'_>,
    ) -> Reply {
        if !matches!(how, Settle::Partly(_)) {
            let shown = self.shown(view);
            let main: Vec<ActionId> = shown.main.iter().map(|action| action.id).collect();
            let here = self.cursor.item(&shown.rows());
            if here.is_some_and(|here| main.contains(&here)) {
                self.cursor.leave(&ids, &main);
            }
        }
        self.marked.clear();
        let actions = ids.into_iter().map(|id| key(circle, id)).collect();
        Reply::submit(Command::Settle { actions, how })
    }

    fn edit(&mut self, circle: CircleId, ids: &[ActionId], edit: ItemEdit) -> Reply {
        self.marked.clear();
        match ids {
            [one] => Reply::submit(Command::EditItem {
                key: key(circle, *one),
                edit,
            }),
            many => Reply::submit(Command::EditItems {
                keys: many.iter().map(|id| key(circle, *id)).collect(),
                edit,
            }),
        }
    }
}

/// Who may be picked, in the order of the list: members by label, all, nobody.
fn owners(view: &View<'_>, circle: CircleId) -> Vec<Owner> {
    let members = view.state.members(circle);
    let members = members.iter().map(|member| Owner::Member(member.id));
    members.chain([Owner::All, Owner::Nobody]).collect()
}

fn due_help(view: &View<'_>, circle: CircleId) -> String {
    let next = view.state.next_session(circle).map_or_else(
        || "not planned yet".to_owned(),
        |session| words::day(view, session.start),
    );
    format!("Empty = next session ({next}); or fri, 20 mar, +2w; none takes the date off")
}

/// A date for an action: nothing is the next session.
fn read_due(words: &str, view: &View<'_>) -> Result<Due, String> {
    match words.to_lowercase().as_str() {
        "" | "ns" | "next session" => return Ok(Due::NextSession),
        "none" | "no date" => return Ok(Due::None),
        _ => {}
    }
    when::read(words, words::today(view))
        .map(Due::On)
        .ok_or_else(|| format!("\"{words}\" is no date; try fri, 20 mar, +2w or 2026-03-20"))
}

fn copy(view: &View<'_>, circle: CircleId, actions: &[&Action]) -> Reply {
    let row = |action: &&Action| {
        format!(
            "- [{}] A{} {} ({}, {})",
            if action.state.is_open() { ' ' } else { 'x' },
            action.number,
            action.text,
            words::owner(view, circle, action.owner, false),
            words::due(view, action.due).text
        )
    };
    let rows: Vec<String> = actions.iter().map(row).collect();
    Reply::Do(vec![Request::Copy(rows.join("\n"))])
}
