//! What can be done about the action that is asked about, and the lines and lists on the way.

use crate::command::{Command, ItemEdit, Settle};
use crate::domain::item::{Action, Owner};
use crate::domain::review::{Became, Way};
use crate::domain::text::{Clean, Limit};
use crate::tui::overlay::line;
use crate::tui::screen::live::items::{ask, date, edit_item, settle};
use crate::tui::screen::review::{Asked, Looked, Review, Step};
use crate::tui::screen::words;
use crate::tui::view::{Arg, Choice, CommandId, Reply, View};

impl Review {
    /// Carries out a command on the action that is asked about.
    pub(super) fn verb(
        &mut self,
        id: CommandId,
        arg: &Arg,
        action: &Action,
        view: &View<'_>,
    ) -> Reply {
        self.asking = Some(action.id);
        let name = format!("A{}", action.number);
        if !action.state.is_open() {
            return self.closed(id, action, view);
        }
        match id {
            CommandId::NextPrompt | CommandId::Open => {
                self.pass_on(action, Became::Kept, view);
                Reply::Handled
            }
            CommandId::Done => self.settled(action, (Settle::Done, Became::Done), view),
            CommandId::Pick => match arg {
                Arg::Number(number) => self.way(usize::from(*number), action, view),
                Arg::None | Arg::Text(_) => Reply::Ignored,
            },
            CommandId::Partly => {
                let left = action.progress.as_ref().map_or("", Clean::as_str);
                let help = "one line; the action stays open";
                ask(Asked::Left, &format!("{name}, what is left"), left, help)
            }
            CommandId::Due => {
                let help = "fri, +3d, 20 mar; empty is the next session";
                ask(Asked::Due, &format!("{name}, new date"), "", help)
            }
            CommandId::Remove => let_go(&name),
            CommandId::Edit => {
                let help = line::KEEPS;
                ask(Asked::Text, &name, action.text.as_str(), help)
            }
            CommandId::Owner => self.owners(action, &name, view),
            _ => Reply::Ignored,
        }
    }

    /// A closed action is opened again, or left alone.
    fn closed(&mut self, id: CommandId, action: &Action, view: &View<'_>) -> Reply {
        match id {
            CommandId::NextPrompt | CommandId::Open => {
                // Closed elsewhere it is nothing that this walk did, and not asked about again.
                self.looked.entry(action.id).or_insert_with(|| Looked {
                    became: Became::Done,
                    before: action.clone(),
                });
                self.go_on(action.id, view);
                Reply::Handled
            }
            CommandId::Done => {
                self.looked.remove(&action.id);
                self.order.push(Step::Stayed);
                self.key(action.id)
                    .map_or(Reply::Ignored, |key| settle(key, Settle::Reopen))
            }
            CommandId::Partly
            | CommandId::Due
            | CommandId::Owner
            | CommandId::Remove
            | CommandId::Edit
            | CommandId::Pick => Reply::Refuse(format!(
                "A{} is closed; {} opens it again",
                action.number,
                view.keys.of(CommandId::Done)
            )),
            _ => Reply::Ignored,
        }
    }

    /// What may help, picked by its number.
    fn way(&mut self, number: usize, action: &Action, view: &View<'_>) -> Reply {
        let name = format!("A{}", action.number);
        match number.checked_sub(1).and_then(Way::at) {
            Some(Way::Smaller) => {
                let help = "what can be done by the next session; it takes the place of this one";
                let label = format!("A smaller step than {name}");
                ask(Asked::Smaller, &label, action.text.as_str(), help)
            }
            Some(Way::Help) => self.settled(action, (Settle::Help, Became::Help), view),
            Some(Way::LetGo) => let_go(&name),
            Some(Way::Keep) => {
                self.pass_on(action, Became::Kept, view);
                Reply::Handled
            }
            None => Reply::Ignored,
        }
    }

    fn settled(
        &mut self,
        action: &Action,
        (how, became): (Settle, Became),
        view: &View<'_>,
    ) -> Reply {
        let Some(key) = self.key(action.id) else {
            return Reply::Ignored;
        };
        self.pass_on(action, became, view);
        settle(key, how)
    }

    fn edited(
        &mut self,
        action: &Action,
        (edit, became): (ItemEdit, Option<Became>),
        view: &View<'_>,
    ) -> Reply {
        let Some(key) = self.key(action.id) else {
            return Reply::Ignored;
        };
        match became {
            Some(became) => self.pass_on(action, became, view),
            None => self.order.push(Step::Stayed),
        }
        edit_item(key, edit)
    }

    fn owners(&mut self, action: &Action, name: &str, view: &View<'_>) -> Reply {
        let Some(circle) = self.circle else {
            return Reply::Ignored;
        };
        let owners = self.all_owners(view);
        self.owners.clone_from(&owners);
        let selected = owners.iter().position(|owner| *owner == action.owner);
        Reply::Choose(Choice {
            tag: Asked::Owner.into(),
            title: format!("Who sees to {name}"),
            rows: owners
                .iter()
                .map(|owner| words::owner(view, circle, *owner, false))
                .collect(),
            selected: selected.unwrap_or(0),
        })
    }

    fn all_owners(&self, view: &View<'_>) -> Vec<Owner> {
        let Some(circle) = self.circle else {
            return Vec::new();
        };
        let members = view.state.members(circle).into_iter();
        let members = members.map(|member| Owner::Member(member.id));
        members.chain([Owner::All, Owner::Nobody]).collect()
    }

    /// The answer to the reflection of the week is asked for.
    pub(super) fn answer_question(&self, view: &View<'_>) -> Reply {
        match self.asks(view) {
            Some(_) => {
                let help = "for you alone; Enter saves it as a note, Esc leaves it";
                ask(Asked::Answer, "Your answer", "", help)
            }
            None => Reply::Ignored,
        }
    }

    /// A line was typed.
    pub(super) fn typed(&mut self, asked: Asked, text: &str, view: &View<'_>) -> Reply {
        let clean = if asked == Asked::Answer {
            Clean::text_within(text, Limit::Note)
        } else {
            Clean::line_within(text, Limit::Note)
        };
        let words = match clean {
            Ok(words) => words,
            Err(error) => return Reply::Refuse(error.to_string()),
        };
        if asked == Asked::Answer {
            return self.answer(words, view);
        }
        let Some(action) = self.asking.and_then(|id| self.action(id, view)) else {
            return Reply::Refuse("that row is not there any more".to_owned());
        };
        match asked {
            Asked::Left if words.is_empty() => {
                Reply::Refuse("one line on what is left is needed".to_owned())
            }
            Asked::Smaller | Asked::Text if words.is_empty() => {
                let key = view.keys.of(CommandId::Remove);
                Reply::Refuse(format!("an action needs words; {key} lets it go"))
            }
            Asked::Smaller if words == action.text => {
                Reply::Refuse("make it smaller in other words, or Esc".to_owned())
            }
            Asked::Left => self.settled(action, (Settle::Partly(words), Became::Partly), view),
            Asked::Smaller => self.settled(action, (Settle::Smaller(words), Became::Smaller), view),
            Asked::Reason => {
                let why = Some(words).filter(|why| !why.is_empty());
                self.settled(action, (Settle::LetGo(why), Became::LetGo), view)
            }
            Asked::Due => match date(text, view) {
                Ok(due) => {
                    let edit = ItemEdit {
                        due: Some(due),
                        ..ItemEdit::default()
                    };
                    self.edited(action, (edit, Some(Became::Moved)), view)
                }
                Err(refusal) => refusal,
            },
            Asked::Text => {
                let edit = ItemEdit {
                    text: Some(words),
                    ..ItemEdit::default()
                };
                self.edited(action, (edit, None), view)
            }
            Asked::Answer | Asked::Owner => Reply::Ignored,
        }
    }

    fn answer(&self, text: Clean, view: &View<'_>) -> Reply {
        let (Some(question), Some(circle), Some(member)) = (self.asks(view), self.circle, view.me)
        else {
            return Reply::Ignored;
        };
        if text.is_empty() {
            return Reply::Refuse("there are no words to save; Esc leaves the question".to_owned());
        }
        Reply::submit(Command::Reflect {
            circle,
            member,
            question: question.id,
            text,
        })
    }

    /// A row was picked.
    pub(super) fn picked(&mut self, asked: Asked, row: usize, view: &View<'_>) -> Reply {
        let owner = self.owners.get(row).copied();
        let action = self.asking.and_then(|id| self.action(id, view));
        let (Asked::Owner, Some(owner), Some(action)) = (asked, owner, action) else {
            return Reply::Ignored;
        };
        let edit = ItemEdit {
            owner: Some(owner),
            ..ItemEdit::default()
        };
        self.edited(action, (edit, Some(Became::Handed)), view)
    }
}

fn let_go(name: &str) -> Reply {
    let help = line::LETS_GO;
    ask(Asked::Reason, &format!("Let {name} go, because"), "", help)
}
