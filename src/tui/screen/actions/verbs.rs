//! What can be done with actions. All marked rows are changed by one command.

use crate::command::{Command, ItemEdit, Settle};
use crate::domain::filter::sought::Is;
use crate::domain::id::{CircleId, Key};
use crate::domain::item::{Action, Owner};
use crate::domain::text::{Clean, Limit};
use crate::engine::query::Query;
use crate::tui::screen::actions::lines::{self, note_of, whole};
use crate::tui::screen::actions::list::circle_of;
use crate::tui::screen::actions::out::copy;
use crate::tui::screen::actions::pick::Order;
use crate::tui::screen::actions::{Actions, Asked, Part};
use crate::tui::screen::words;
use crate::tui::view::{Arg, Ask, Choice, CommandId, EraseTarget, Outside, Reply, Request, View};

/// What a line or list that was asked for is about.
#[derive(Clone, Debug, Default)]
pub(super) struct Asking {
    pub(super) keys: Vec<Key>,
    /// The row as it was then, where it is one.
    pub(super) seen: Option<Action>,
    /// The people in the list that is open.
    pub(super) people: Vec<Owner>,
    /// The circles in the list that is open.
    pub(super) circles: Vec<CircleId>,
}

/// `A14` or `3 actions`.
pub(super) fn named(targets: &[(Key, Action)]) -> String {
    match targets {
        [(_, one)] => format!("A{}", one.number),
        many => format!("{} actions", many.len()),
    }
}

impl Actions {
    pub(super) fn verb(&mut self, id: CommandId, arg: &Arg, view: &View<'_>) -> Reply {
        let targets = match id {
            CommandId::Edit => self.here(view).into_iter().collect(),
            _ => self.targets(view),
        };
        let Some((_, first)) = targets.first() else {
            return Reply::Ignored;
        };
        let keys: Vec<Key> = targets.iter().map(|(key, _)| *key).collect();
        let name = named(&targets);
        let all_closed = targets.iter().all(|(_, action)| !action.state.is_open());
        let in_trash = first.trashed.is_some();
        let changes = matches!(
            id,
            CommandId::Done
                | CommandId::Partly
                | CommandId::Due
                | CommandId::Owner
                | CommandId::Remove
                | CommandId::Edit
                | CommandId::WaitsFor
                | CommandId::AskHelp
                | CommandId::Partner
                | CommandId::EditNote
                | CommandId::Goal
        );
        if changes && in_trash {
            return Reply::Refuse(format!(
                "{name} lies in the trash; {} takes it out",
                view.keys.of(CommandId::ToTrash)
            ));
        }
        if all_closed && needs_open(id) {
            return Reply::Refuse(format!(
                "{name} is closed; {} opens it again",
                view.keys.of(CommandId::Done)
            ));
        }
        match id {
            CommandId::Done if all_closed => self.settle(keys, Settle::Reopen, view),
            CommandId::Done => self.settle(keys, Settle::Done, view),
            CommandId::AskHelp => self.settle(keys, Settle::Help, view),
            CommandId::ToTrash => {
                self.leave_rows(&keys, view);
                let trashed = !in_trash;
                Reply::submit(Command::Trash { keys, trashed })
            }
            CommandId::Copy => copy(&targets, view),
            CommandId::Owner | CommandId::Partner => self.ask_person(id, &targets, view),
            CommandId::WaitsFor | CommandId::Goal | CommandId::EditNote if *arg != Arg::None => {
                self.set_words(id, keys, arg)
            }
            _ => self.ask_line(id, &targets, view),
        }
    }

    /// `:waits-for TEXT` and the like.
    fn set_words(&mut self, id: CommandId, keys: Vec<Key>, arg: &Arg) -> Reply {
        let Arg::Text(text) = arg else {
            return Reply::Ignored;
        };
        let words = match id {
            CommandId::EditNote => note_of(text),
            _ => Clean::line_within(text.trim(), Limit::Note),
        };
        let words = match words {
            Ok(words) => Some(words),
            Err(why) => return Reply::Refuse(why.to_string()),
        };
        let mut edit = ItemEdit::default();
        match id {
            CommandId::WaitsFor => edit.waits_for = words,
            CommandId::Goal => edit.helps = words,
            _ => edit.note = words,
        }
        self.edit(keys, edit)
    }

    fn ask_line(&mut self, id: CommandId, targets: &[(Key, Action)], view: &View<'_>) -> Reply {
        let Some((key, first)) = targets.first() else {
            return Reply::Ignored;
        };
        let Some(ask) = lines::asked(id, key, (first, &named(targets)), view) else {
            return Reply::Ignored;
        };
        self.remember(targets);
        if let (CommandId::EditNote, [(_, action)]) = (id, targets) {
            return Reply::Do(vec![Request::Outside(Outside {
                tag: Asked::Whole.into(),
                text: whole(action),
                instead: ask,
            })]);
        }
        if id == CommandId::Goal && self.told.competencies.is_empty() {
            return Reply::Do(vec![Request::Ask(Query::Competencies), Request::Line(ask)]);
        }
        Reply::Ask(ask)
    }

    fn ask_person(&mut self, id: CommandId, targets: &[(Key, Action)], view: &View<'_>) -> Reply {
        let Some((key, first)) = targets.first() else {
            return Reply::Ignored;
        };
        let Some(circle) = circle_of(key) else {
            return Reply::Ignored;
        };
        if targets.iter().any(|(other, _)| other.space != key.space) {
            let words = "these are of several circles; mark those of one circle";
            return Reply::Refuse(words.to_owned());
        }
        let name = named(targets);
        let (part, title, people, now) = if id == CommandId::Owner {
            let people = owners(view, circle);
            (
                Part::Owner,
                format!("Who sees to {name}"),
                people,
                first.owner,
            )
        } else {
            let now = first.partner.map_or(Owner::Nobody, Owner::Member);
            let people = partners(view, circle);
            (Part::Partner, format!("Who asks after {name}"), people, now)
        };
        self.remember(targets);
        let rows = people.iter();
        let rows = rows.map(|owner| words::owner(view, circle, *owner, false));
        let (rows, selected) = (rows.collect(), people.iter().position(|it| *it == now));
        self.asking.people = people;
        Reply::Choose(Choice {
            tag: Asked::Person(part).into(),
            title,
            rows,
            selected: selected.unwrap_or(0),
        })
    }

    fn remember(&mut self, targets: &[(Key, Action)]) {
        self.asking = Asking {
            keys: targets.iter().map(|(key, _)| *key).collect(),
            seen: match targets {
                [(_, one)] => Some(one.clone()),
                _ => None,
            },
            ..Asking::default()
        };
    }

    /// Asks for the word that erases the marked rows for good.
    pub(super) fn erase(&self, view: &View<'_>) -> Reply {
        let targets = self.targets(view);
        if targets.is_empty() {
            return Reply::Ignored;
        }
        let name = named(&targets);
        let rows = targets.into_iter().map(|(key, _)| key).collect();
        Reply::Do(vec![Request::ConfirmErase(EraseTarget::Rows(rows), name)])
    }

    pub(super) fn ask_order(&self) -> Reply {
        let here = Order::ALL.iter().position(|it| *it == self.picks.order);
        Reply::Choose(Choice {
            tag: Asked::Sort.into(),
            title: "Sort and group".to_owned(),
            rows: Order::ALL.map(|it| it.label().to_owned()).to_vec(),
            selected: here.unwrap_or(0),
        })
    }

    pub(super) fn picked_answer(&mut self, asked: Asked, row: usize, view: &View<'_>) -> Reply {
        match asked {
            Asked::Circle => self.circle_picked(row),
            Asked::Clash => self.settle_clash(row, view),
            Asked::Sort => {
                if let Some(order) = Order::ALL.get(row) {
                    // The same rows in another order: what is marked stays marked.
                    self.picks.order = *order;
                    self.rev += 1;
                }
                Reply::Handled
            }
            Asked::Person(part) => self.person_picked(part, row, view),
            Asked::Partly
            | Asked::Due
            | Asked::Text
            | Asked::LetGo
            | Asked::Waits
            | Asked::Goal
            | Asked::Note
            | Asked::Whole
            | Asked::Name => Reply::Ignored,
        }
    }

    fn person_picked(&mut self, part: Part, row: usize, view: &View<'_>) -> Reply {
        let keys = self.asking.keys.clone();
        let Some(person) = self.asking.people.get(row).copied() else {
            return Reply::Ignored;
        };
        let mut edit = ItemEdit::default();
        match part {
            Part::Owner => edit.owner = Some(person),
            Part::Partner => edit.partner = Some(person),
        }
        self.edit_seen(keys, edit, view)
    }

    /// Keeps what is filtered now under a name.
    pub(super) fn save_filter(&self, arg: &Arg, view: &View<'_>) -> Reply {
        let text = self.picks.text(view);
        if text.is_empty() {
            let words = "everything is shown, so there is nothing to save; / filters first";
            return Reply::Refuse(words.to_owned());
        }
        match arg {
            Arg::Text(name) => self.save_as(name, view),
            Arg::None | Arg::Number(_) => Reply::Ask(Ask {
                tag: Asked::Name.into(),
                label: format!("Save {text} as"),
                text: String::new(),
                help: "A name of your own; it stands in the filters of every circle".to_owned(),
            }),
        }
    }

    pub(super) fn save_as(&self, name: &str, view: &View<'_>) -> Reply {
        let name = match Clean::line_within(name, Limit::Name) {
            Ok(name) if !name.is_empty() => name,
            Ok(_) => return Reply::Refuse("a filter needs a name".to_owned()),
            Err(why) => return Reply::Refuse(why.to_string()),
        };
        let text = Clean::line(&self.picks.text(view));
        Reply::submit(Command::SaveFilter { name, text })
    }

    fn here(&self, view: &View<'_>) -> Option<(Key, Action)> {
        let key = self.cursor.item(&self.listed(view).rows)?;
        Some((key, self.told.action(view, &key)?.clone()))
    }

    /// Before rows go from the list: the cursor stays on one that does not, and no marks are left.
    fn leave_rows(&mut self, keys: &[Key], view: &View<'_>) {
        let listed = self.listed(view);
        let main = listed.rows.get(..listed.main).unwrap_or_default();
        let here = self.cursor.item(&listed.rows);
        if here.is_some_and(|here| main.contains(&here)) {
            self.cursor.leave(keys, main);
        }
        self.marked.clear();
    }

    pub(super) fn settle(&mut self, actions: Vec<Key>, how: Settle, view: &View<'_>) -> Reply {
        if matches!(how, Settle::Partly(_) | Settle::Help) {
            self.marked.clear();
        } else {
            self.leave_rows(&actions, view);
        }
        Reply::submit(Command::Settle { actions, how })
    }

    /// An edit of the rows that a line or list was about: where the row was changed since, both versions are
    /// shown.
    pub(super) fn edit_seen(&mut self, keys: Vec<Key>, edit: ItemEdit, view: &View<'_>) -> Reply {
        if let ([key], Some(seen)) = (keys.as_slice(), self.asking.seen.clone())
            && let Some(reply) = self.collides((*key, &edit), &seen, view)
        {
            return reply;
        }
        self.edit(keys, edit)
    }

    fn edit(&mut self, keys: Vec<Key>, edit: ItemEdit) -> Reply {
        self.marked.clear();
        match keys.as_slice() {
            [key] => Reply::submit(Command::EditItem { key: *key, edit }),
            _ => Reply::submit(Command::EditItems { keys, edit }),
        }
    }

    /// Whether what is shown lies in the trash.
    pub(super) fn in_trash(&self) -> bool {
        self.picks.place() == Is::Trash
    }
}

/// Whether a command makes sense for something open alone.
const fn needs_open(id: CommandId) -> bool {
    matches!(
        id,
        CommandId::Partly
            | CommandId::Due
            | CommandId::Owner
            | CommandId::Remove
            | CommandId::WaitsFor
            | CommandId::AskHelp
            | CommandId::Partner
    )
}

/// Who may be picked, in the order of the list: members by label, all, nobody.
fn owners(view: &View<'_>, circle: CircleId) -> Vec<Owner> {
    let members = view.state.members(circle);
    let members = members.iter().map(|member| Owner::Member(member.id));
    members.chain([Owner::All, Owner::Nobody]).collect()
}

/// Who may ask after an action: members by label, nobody.
fn partners(view: &View<'_>, circle: CircleId) -> Vec<Owner> {
    let mut people = owners(view, circle);
    people.retain(|owner| *owner != Owner::All);
    people
}
