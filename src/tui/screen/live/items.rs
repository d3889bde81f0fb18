//! Keys that act on the marked row: done, partly, date, owner, words, off the list.

use crate::command::{Command, ItemEdit, Settle};
use crate::domain::document::Document;
use crate::domain::id::{Key, Kind};
use crate::domain::item::{Action, Due, Owner};
use crate::domain::review::Way;
use crate::domain::roster::Member;
use crate::domain::text::{Clean, Limit};
use crate::domain::when;
use crate::tui::overlay::line;
use crate::tui::pane::stage::Stage;
use crate::tui::pane::written;
use crate::tui::say;
use crate::tui::screen::live::people::named;
use crate::tui::screen::live::{Asked, Focus, LiveScreen, reviewing};
use crate::tui::view::{Arg, Ask, CommandId, Reply, Tag, View};

impl LiveScreen {
    /// The row that keys act on.
    fn target(&self, stage: &Stage<'_>) -> Option<Key> {
        if self.in_review(stage) {
            let rows = stage.review();
            return Some(stage.action_key(rows.get(self.review.at(stage, &rows))?));
        }
        let (circle, session) = (stage.circle.id, stage.session.id);
        if let Some(rows) = self.reading_back(stage) {
            return Some(rows.get(self.read_at(&rows, stage))?.key(circle));
        }
        let at = self.marked(&stage.view, circle, session);
        Some(
            written::items(&stage.view, circle, session)
                .get(at)?
                .key(circle),
        )
    }

    /// Carries out a command on the marked row, or on the prompt while its pane has the focus.
    pub(super) fn settle(&mut self, id: CommandId, arg: &Arg, stage: &Stage<'_>) -> Reply {
        let on_prompt = self.focus == Focus::Prompt && stage.step_rows().is_none();
        if id == CommandId::Done && on_prompt && !stage.reviews() {
            return stage.prompt().map_or_else(
                || Reply::Refuse("there is no prompt to mark".to_owned()),
                |prompt| {
                    Reply::submit(Command::MarkAsked {
                        asked: prompt.asked.is_none(),
                    })
                },
            );
        }
        let Some(key) = self.target(stage) else {
            let add = stage.view.keys.of(CommandId::AddAction);
            return Reply::Refuse(format!("nothing is written down yet; {add} adds an action"));
        };
        self.act_on(key, id, arg, stage)
    }

    /// Carries out a command on one row.
    pub(super) fn act_on(
        &mut self,
        key: Key,
        id: CommandId,
        arg: &Arg,
        stage: &Stage<'_>,
    ) -> Reply {
        let Some(document) = stage.view.state.get(&key) else {
            return Reply::Refuse("that row is not there any more".to_owned());
        };
        self.asking = Some(key);
        match id {
            CommandId::Done => self.done(key, document, stage),
            CommandId::Edit => edit(document),
            CommandId::Owner => self.owner(key, document, arg, stage),
            CommandId::Remove => remove(key, document, &stage.view.keys.of(CommandId::Undo)),
            CommandId::Partly => with_action((document, stage), |action| {
                let left = action.progress.as_ref().map_or("", |left| left.as_str());
                Asked::Left.line("What is left", left, "one line; the action stays open")
            }),
            _ => {
                let in_review = self.in_review(stage);
                with_action((document, stage), |action| {
                    if in_review && self.review.asks(key, action, stage) {
                        return reviewing::carried(action);
                    }
                    new_date()
                })
            }
        }
    }

    fn done(&mut self, key: Key, document: &Document, stage: &Stage<'_>) -> Reply {
        if let Document::Parked(parked) = document {
            let settled = parked.settled.is_none();
            return Reply::submit(Command::SettleParked { key, settled });
        }
        let in_review = self.in_review(stage);
        with_action((document, stage), |action| {
            let how = if action.state.is_open() {
                Settle::Done
            } else {
                Settle::Reopen
            };
            if in_review && how == Settle::Done {
                self.review.pass_on(key, stage);
            }
            Reply::submit(Command::Settle {
                actions: vec![key],
                how,
            })
        })
    }

    fn owner(&mut self, key: Key, document: &Document, arg: &Arg, stage: &Stage<'_>) -> Reply {
        if !matches!(document, Document::Action(_) | Document::Parked(_)) {
            return Reply::Refuse("only actions and parked items belong to somebody".to_owned());
        }
        if *arg == Arg::None {
            let (rows, owners) = owners(&stage.members, &stage.view);
            self.owners = owners;
            return Asked::Owner.list("Who sees to it", rows);
        }
        match named(arg, stage) {
            Err(refusal) => refusal,
            Ok(member) => {
                let owner = Some(Owner::Member(member.id));
                edit_item(
                    key,
                    ItemEdit {
                        owner,
                        ..ItemEdit::default()
                    },
                )
            }
        }
    }

    /// A line that was asked for was typed.
    pub(super) fn typed(&mut self, asked: Asked, text: &str, stage: &Stage<'_>) -> Reply {
        let Some(key) = self.asking else {
            return Reply::Ignored;
        };
        let reply = typed(key, (asked, text), &stage.view);
        if self.in_review(stage) && matches!(reply, Reply::Do(_)) && asked != Asked::Words {
            self.review.pass_on(key, stage);
        }
        reply
    }

    /// A row that was asked for was picked.
    pub(super) fn picked(&mut self, asked: Asked, row: usize, stage: &Stage<'_>) -> Reply {
        match (asked, self.asking) {
            (Asked::Owner, Some(key)) => match self.owners.get(row) {
                Some(owner) => edit_item(
                    key,
                    ItemEdit {
                        owner: Some(*owner),
                        ..ItemEdit::default()
                    },
                ),
                None => Reply::Ignored,
            },
            (Asked::Carried, Some(key)) => self.helps(key, row, stage),
            _ => Reply::Ignored,
        }
    }

    /// What was picked for an action that was carried again and again.
    fn helps(&mut self, key: Key, row: usize, stage: &Stage<'_>) -> Reply {
        let Some(document) = stage.view.state.get(&key) else {
            return Reply::Refuse("that row is not there any more".to_owned());
        };
        match Way::at(row) {
            Some(Way::Smaller) => with_action((document, stage), |action| {
                let help = "what can be done by the next session";
                Asked::Smaller.line("A smaller step", action.text.as_str(), help)
            }),
            Some(Way::Help) => {
                self.review.pass_on(key, stage);
                settle(key, Settle::Help)
            }
            Some(Way::LetGo) => remove(key, document, &stage.view.keys.of(CommandId::Undo)),
            Some(Way::Keep) | None => new_date(),
        }
    }
}

/// A line about a row was typed.
fn typed(key: Key, (asked, text): (Asked, &str), view: &View<'_>) -> Reply {
    let clean = if key.kind == Kind::Note && asked == Asked::Words {
        Clean::text_within(text, Limit::Note)
    } else {
        Clean::line_within(text, Limit::Note)
    };
    let words = match clean {
        Ok(words) => words,
        Err(error) => return Reply::Refuse(error.to_string()),
    };
    match asked {
        Asked::Left => settle(key, Settle::Partly(words)),
        Asked::Reason => {
            let reason = Some(words).filter(|words| !words.as_str().is_empty());
            settle(key, Settle::LetGo(reason))
        }
        Asked::Due => match date(text, view) {
            Ok(due) => edit_item(
                key,
                ItemEdit {
                    due: Some(due),
                    ..ItemEdit::default()
                },
            ),
            Err(refusal) => refusal,
        },
        Asked::Words | Asked::Smaller if words.as_str().is_empty() => {
            let remove = view.keys.of(CommandId::Remove);
            Reply::Refuse(format!("a row needs words; {remove} takes it off the list"))
        }
        Asked::Smaller => settle(key, Settle::Smaller(words)),
        Asked::Words => edit_item(
            key,
            ItemEdit {
                text: Some(words),
                ..ItemEdit::default()
            },
        ),
        _ => Reply::Ignored,
    }
}

fn new_date() -> Reply {
    let help = "fri, +3d, 20 mar; empty is the next session";
    Asked::Due.line("New date", "", help)
}

fn with_action(
    (document, stage): (&Document, &Stage<'_>),
    then: impl FnOnce(&Action) -> Reply,
) -> Reply {
    if let Document::Action(action) = document {
        return then(action);
    }
    let edit = stage.view.keys.of(CommandId::Edit);
    Reply::Refuse(format!("only an action has that; {edit} edits the words"))
}

pub(in crate::tui::screen) fn settle(key: Key, how: Settle) -> Reply {
    Reply::submit(Command::Settle {
        actions: vec![key],
        how,
    })
}

pub(in crate::tui::screen) fn edit_item(key: Key, edit: ItemEdit) -> Reply {
    Reply::submit(Command::EditItem { key, edit })
}

pub(in crate::tui::screen) fn ask(
    about: impl Into<Tag>,
    label: &str,
    text: &str,
    help: &str,
) -> Reply {
    Reply::Ask(Ask {
        tag: about.into(),
        label: label.to_owned(),
        text: text.to_owned(),
        help: help.to_owned(),
    })
}

fn edit(document: &Document) -> Reply {
    let words = match document {
        Document::Action(row) => &row.text,
        Document::Decision(row) => &row.text,
        Document::Note(row) => &row.text,
        Document::Parked(row) => &row.text,
        _ => return Reply::Refuse("that row cannot be edited here".to_owned()),
    };
    Asked::Words.line("Words", words.as_str(), line::KEEPS)
}

fn remove(key: Key, document: &Document, undo: &str) -> Reply {
    if matches!(document, Document::Action(_)) {
        let help = format!("a reason, or nothing; {undo} takes it back");
        return Asked::Reason.line("Let go because", "", &help);
    }
    Reply::submit(Command::Trash {
        keys: vec![key],
        trashed: true,
    })
}

/// Who may see to something: members by label, all, nobody; in words and as they are kept.
pub(in crate::tui::screen) fn owners(
    members: &[&Member],
    view: &View<'_>,
) -> (Vec<String>, Vec<Owner>) {
    let of = |member: &&Member| (say::name(member, view.masked), Owner::Member(member.id));
    let rest = [("all together", Owner::All), ("nobody", Owner::Nobody)];
    let rest = rest.map(|(words, owner)| (words.to_owned(), owner));
    members.iter().map(of).chain(rest).unzip()
}

/// A date in words; nothing is the next session.
pub(in crate::tui::screen) fn date(text: &str, view: &View<'_>) -> Result<Due, Reply> {
    let text = text.trim();
    match text {
        "" | "ns" => return Ok(Due::NextSession),
        "none" | "never" => return Ok(Due::None),
        _ => {}
    }
    when::read(text, view.seen()).map(Due::On).ok_or_else(|| {
        let why = when::no_date(text, view.seen());
        Reply::Refuse(format!("{why}; try fri, +3d or 20 mar"))
    })
}
