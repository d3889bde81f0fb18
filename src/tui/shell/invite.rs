//! Guests for the session that runs or comes next, by name.

use crate::command::id::CommandId;
use crate::command::{Command, NewMember};
use crate::domain::roster::{Role, exactly};
use crate::domain::session::Session;
use crate::domain::text::Clean;
use crate::domain::when;
use crate::tui::keys::Keys;
use crate::tui::messages::Note;
use crate::tui::port::Port;
use crate::tui::shell::Shell;
use crate::tui::shell::overlays::Which;
use crate::tui::view::{Arg, View};

/// What is said where nobody can be invited to anything.
fn no_session(keys: Keys<'_>) -> String {
    let sessions = keys.of(CommandId::GoSessions);
    format!("No session is planned to invite them to; {sessions} plans one")
}

impl Shell {
    /// `:invite Sofia, Ken`; alone it asks for the names.
    pub(super) fn invite(&mut self, arg: &Arg, port: &mut dyn Port) {
        if self.nothing_is_written(port) {
            return;
        }
        if let Arg::Text(names) = arg
            && !names.trim().is_empty()
        {
            if let Err(why) = self.invite_names(names, port) {
                self.messages.say(Note::error(why));
            }
            return;
        }
        let help = {
            let view = self.view(port);
            session(&view).map(|session| {
                let today = view.now.date(view.zone);
                let day = when::short(session.start.date(view.zone), today);
                format!(
                    "names with commas; they come to #{} on {day} and are no members",
                    session.number
                )
            })
        };
        let Some(help) = help else {
            let why = no_session(self.view(port).keys);
            return self.messages.say(Note::error(why));
        };
        self.ask_line(Which::Guests, "Invite guests", &help);
    }

    /// Invites them. Whoever the circle does not know yet is a new guest.
    pub(super) fn invite_names(&mut self, names: &str, port: &mut dyn Port) -> Result<(), String> {
        let command = {
            let view = self.view(port);
            let (Some(circle), Some(session)) = (view.circle, session(&view)) else {
                return Err(no_session(view.keys));
            };
            let (mut guests, mut new) = (Vec::new(), Vec::new());
            let names = names.split([',', ';']).map(str::trim);
            for typed in names.filter(|name| !name.is_empty()) {
                if let Some(known) = exactly(view.state.members(circle), typed) {
                    guests.push(known);
                    continue;
                }
                new.push(NewMember {
                    name: Clean::name(typed).map_err(|why| {
                        format!("\"{typed}\" is no name: {why}; nobody was invited")
                    })?,
                    mail: None,
                    role: Role::Guest,
                });
            }
            Command::Invite {
                circle,
                session: session.id,
                guests,
                new,
                coming: true,
            }
        };
        self.submit(command, port);
        Ok(())
    }
}

/// The session that runs, else the next one of the circle.
fn session<'a>(view: &View<'a>) -> Option<&'a Session> {
    match view.state.running() {
        Some((_, session, _)) => Some(session),
        None => view.state.next_session(view.circle?, view.now),
    }
}
