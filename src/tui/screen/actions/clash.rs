//! An edit of a row that somebody else changed at the same time: both versions are shown, and none is lost.

use crate::command::{Command, ItemEdit};
use crate::domain::id::Key;
use crate::domain::item::{Action, Due, Owner};
use crate::domain::text::Clean;
use crate::domain::when;
use crate::tui::screen::actions::list::circle_of;
use crate::tui::screen::actions::{Actions, Asked};
use crate::tui::screen::words;
use crate::tui::view::{Choice, Reply, View};

/// An edit that waits for an answer.
#[derive(Clone, Debug)]
pub(super) struct Clash {
    key: Key,
    edit: ItemEdit,
}

/// A field as somebody meant it and as it stands now.
struct Both {
    label: &'static str,
    mine: String,
    theirs: String,
}

impl Actions {
    /// The list that shows both versions, where the edit would overwrite what somebody changed since `seen`.
    pub(super) fn collides(
        &mut self,
        (key, edit): (Key, &ItemEdit),
        seen: &Action,
        view: &View<'_>,
    ) -> Option<Reply> {
        let now = self.told.action(view, &key)?;
        if !is_touched(edit, seen, now) {
            return None;
        }
        self.show_both(key, edit, view)
    }

    /// An edit was refused, since the row had changed. What does not touch what changed is tried again.
    pub(super) fn edit_overtaken(&mut self, command: &Command, view: &View<'_>) -> Reply {
        let Command::EditItem { key, edit } = command else {
            return Reply::Ignored;
        };
        let Some(now) = self.told.action(view, key) else {
            return Reply::Ignored;
        };
        if let Some(seen) = self.asking.seen.as_ref().filter(|seen| seen.id == now.id)
            && seen != now
            && !is_touched(edit, seen, now)
        {
            return Reply::submit(command.clone());
        }
        self.show_both(*key, edit, view).unwrap_or_default()
    }

    fn show_both(&mut self, key: Key, edit: &ItemEdit, view: &View<'_>) -> Option<Reply> {
        let now = self.told.action(view, &key)?;
        let both = both(edit, (&key, now), view)?;
        let choice = Choice {
            tag: Asked::Clash.into(),
            title: format!("A{} was changed meanwhile. {}", now.number, both.label),
            rows: vec![
                format!("mine    {}", both.mine),
                format!("theirs  {}", both.theirs),
                "both: theirs stands, mine goes into its note".to_owned(),
            ],
            selected: 0,
        };
        self.clash = Some(Clash {
            key,
            edit: edit.clone(),
        });
        Some(Reply::Choose(choice))
    }

    /// Which version stands was picked.
    pub(super) fn settle_clash(&mut self, row: usize, view: &View<'_>) -> Reply {
        let Some(Clash { key, edit }) = self.clash.take() else {
            return Reply::Ignored;
        };
        let Some(now) = self.told.action(view, &key) else {
            return Reply::Refuse("that row is gone".to_owned());
        };
        self.asking.seen = Some(now.clone());
        let edit = match row {
            0 => edit,
            1 => return Reply::Say(format!("A{} stays as the other one left it", now.number)),
            _ => {
                let Some(both) = both(&edit, (&key, now), view) else {
                    return Reply::Ignored;
                };
                let before = now.note.as_ref().map(|note| format!("{note}\n"));
                let mine = if edit.note.is_some() {
                    both.mine
                } else {
                    format!("{}: {}", both.label, both.mine)
                };
                ItemEdit {
                    note: Some(Clean::text(&format!(
                        "{}{mine}",
                        before.unwrap_or_default()
                    ))),
                    ..ItemEdit::default()
                }
            }
        };
        Reply::submit(Command::EditItem { key, edit })
    }
}

/// Whether a field that the edit sets was changed between two values of a row, and not to the same.
fn is_touched(edit: &ItemEdit, seen: &Action, now: &Action) -> bool {
    let words = |mine: Option<&Clean>, seen: Option<&Clean>, now: Option<&Clean>| {
        mine.is_some_and(|mine| seen != now && now.map_or("", |now| now.as_str()) != mine.as_str())
    };
    words(edit.text.as_ref(), Some(&seen.text), Some(&now.text))
        || words(
            edit.waits_for.as_ref(),
            seen.waits_for.as_ref(),
            now.waits_for.as_ref(),
        )
        || words(edit.helps.as_ref(), seen.helps.as_ref(), now.helps.as_ref())
        || words(edit.note.as_ref(), seen.note.as_ref(), now.note.as_ref())
        || edit
            .due
            .is_some_and(|mine| seen.due != now.due && now.due != mine)
        || edit
            .owner
            .is_some_and(|mine| seen.owner != now.owner && now.owner != mine)
        || edit.partner.is_some_and(|mine| {
            let now_is = now.partner.map_or(Owner::Nobody, Owner::Member);
            seen.partner != now.partner && now_is != mine
        })
}

/// The field that an edit sets, as it was meant and as it stands.
fn both(edit: &ItemEdit, (key, now): (&Key, &Action), view: &View<'_>) -> Option<Both> {
    let pair = |label, mine: &Clean, theirs: Option<&Clean>| {
        Some(Both {
            label,
            mine: mine.to_string(),
            theirs: theirs.map_or_else(|| "nothing".to_owned(), ToString::to_string),
        })
    };
    let person = |owner| {
        let name = circle_of(key).map(|circle| words::owner(view, circle, owner, false));
        name.unwrap_or_default()
    };
    if let Some(mine) = &edit.text {
        return pair("Words", mine, Some(&now.text));
    }
    if let Some(mine) = &edit.waits_for {
        return pair("Waits for", mine, now.waits_for.as_ref());
    }
    if let Some(mine) = &edit.helps {
        return pair("Helps", mine, now.helps.as_ref());
    }
    if let Some(mine) = &edit.note {
        return pair("Note", mine, now.note.as_ref());
    }
    if let Some(mine) = edit.due {
        let today = words::today(view);
        let day = |due| match due {
            Due::On(day) => when::long(day, today),
            Due::None | Due::NextSession => words::due(view, due).text,
        };
        return Some(Both {
            label: "Due",
            mine: day(mine),
            theirs: day(now.due),
        });
    }
    if let Some(mine) = edit.owner {
        return Some(Both {
            label: "Owner",
            mine: person(mine),
            theirs: person(now.owner),
        });
    }
    let mine = edit.partner?;
    Some(Both {
        label: "Partner",
        mine: person(mine),
        theirs: person(now.partner.map_or(Owner::Nobody, Owner::Member)),
    })
}
