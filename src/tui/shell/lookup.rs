//! Help and the list of commands: what can be run, first of all here and now, and why the rest cannot.

use crate::command::id::CommandId;
use crate::command::table::{self, Group, Place};
use crate::tui::overlay::finder::{Entry, Finder};
use crate::tui::port::Reads;
use crate::tui::shell::Shell;
use crate::tui::shell::overlays::Overlay;
use crate::tui::shell::replies::sentence;
use crate::tui::view::{ScreenId, View};

/// The group of what the screen offers.
const HERE: &str = "Here, now";

impl Shell {
    pub(super) fn open_finder(&mut self, title: &'static str, port: &dyn Reads) {
        let view = self.view(port);
        let offers = self.screens.get(self.at).offers(&view);
        let screen = self.screens.get(self.at);
        let here = offers.iter().flat_map(|(id, _)| {
            let together = screen.named_with(*id);
            let alone = together.is_empty().then_some(*id);
            together.iter().copied().chain(alone)
        });
        let here: Vec<CommandId> = here.collect();
        let named = by_name_on(self.at).iter().copied();
        let first = here.iter().copied().chain(named);
        let mut ids: Vec<(CommandId, &'static str)> = first.map(|id| (id, HERE)).collect();
        for group in Group::ALL {
            let rows = table::SPECS.iter().filter(|spec| spec.group == group);
            ids.extend(rows.map(|spec| (spec.id, group.title())));
        }
        let entries = ids.into_iter().map(|(id, group)| {
            let alone = screen.named_with(id).is_empty();
            let verb = offers.iter().find(|(offered, _)| alone && *offered == id);
            let own = screen.called(id).filter(|_| group == HERE);
            let title = own.map(str::to_owned);
            let entry = self.entry(id, group, &view);
            Entry {
                title: title.unwrap_or_else(|| called(id, verb.map(|(_, verb)| *verb))),
                // What the screen offers can be done, wherever else it means something too.
                not_now: entry.not_now.filter(|_| !here.contains(&id)),
                ..entry
            }
        });
        let entries = entries.collect();
        self.overlay = Some(Overlay::Finder(Finder::new(title, entries)));
    }

    fn entry(&self, id: CommandId, group: &'static str, view: &View<'_>) -> Entry {
        let spec = table::spec(id);
        let here = view.keys.own(id);
        let live = || view.keys.at(Place::Live).own(id);
        Entry {
            id,
            title: spec.title.to_owned(),
            keys: here.or_else(live).unwrap_or_default().to_owned(),
            group,
            help: spec.help.to_owned(),
            not_now: self.not_now(id, here.is_some(), view),
        }
    }

    /// Why a command cannot be run now, in a sentence; `None` when it can, or when only trying tells.
    fn not_now(&self, id: CommandId, has_key: bool, view: &View<'_>) -> Option<String> {
        let spec = table::spec(id);
        let running = view.state.running().is_some();
        let key = |id| view.keys.of(id);
        let sentence = match spec.group {
            _ if !has_key && !spec.palette_only && self.at == ScreenId::Live && running => {
                "Not on Live while a session runs, so that a stray key does no harm.".to_owned()
            }
            Group::Session if self.at == ScreenId::Plan && plans(id) => return None,
            Group::Session
                if self.at == ScreenId::Actions
                    && matches!(id, CommandId::Next | CommandId::Back) =>
            {
                return None;
            }
            Group::Session
                if !running && id != CommandId::StartPause && id != CommandId::RoomView =>
            {
                format!(
                    "No session runs; {} opens the next one.",
                    key(CommandId::GoLive)
                )
            }
            Group::Session if !running && self.at != ScreenId::Live => {
                format!(
                    "Not from here; {} opens the next session.",
                    key(CommandId::GoLive)
                )
            }
            Group::Session if self.at != ScreenId::Live && id != CommandId::WrapUp => {
                format!(
                    "Not from here; {} goes back to the session.",
                    key(CommandId::GoLive)
                )
            }
            Group::List
                if matches!(id, CommandId::MoveDown | CommandId::MoveUp)
                    && self.at != ScreenId::Plan =>
            {
                format!(
                    "Rows are moved in the plan; lists stand in the order that {} picks.",
                    key(CommandId::Sort)
                )
            }
            Group::Session | Group::Write | Group::List | Group::Go | Group::Everywhere => {
                return None;
            }
            Group::Named if view.circle.is_none() && needs_circle(id) => {
                "There is no circle yet.".to_owned()
            }
            Group::Named => return None,
        };
        Some(sentence)
    }
}

/// What a command is called: as the registry has it, unless the hints of the screen say something else or more.
fn called(id: CommandId, verb: Option<&str>) -> String {
    let title = table::spec(id).title;
    let known = |word: &str| {
        let said = title.to_lowercase().contains(&word.to_lowercase());
        said && !word.is_empty()
    };
    match verb {
        Some(verb) if verb.len() > title.len() || !verb.split([' ', ',']).any(known) => {
            sentence(verb)
        }
        Some(_) | None => title.to_owned(),
    }
}

/// Commands without a key that are about the rows of a screen.
const fn by_name_on(screen: ScreenId) -> &'static [CommandId] {
    match screen {
        ScreenId::Actions => &[CommandId::MoveAction],
        ScreenId::Sessions => &[
            CommandId::MoveSession,
            CommandId::SkipSession,
            CommandId::CancelSession,
        ],
        _ => &[],
    }
}

/// Whether a command by name is about a circle that has to be there.
const fn needs_circle(id: CommandId) -> bool {
    matches!(
        id,
        CommandId::PlanSession
            | CommandId::Template
            | CommandId::Fit
            | CommandId::MoveSession
            | CommandId::CancelSession
            | CommandId::SkipSession
            | CommandId::ArchiveCircle
            | CommandId::Erase
            | CommandId::ProposeBook
            | CommandId::Me
            | CommandId::Review
    )
}

/// Whether a command of the running session also changes a plan.
const fn plans(id: CommandId) -> bool {
    matches!(
        id,
        CommandId::Longer | CommandId::Shorter | CommandId::NextPrompt | CommandId::PreviousPrompt
    )
}
