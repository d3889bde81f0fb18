//! Welcome and the form for a circle: how they are opened, keyed and carried out.

use crate::command::Command;
use crate::command::id::CommandId;
use crate::command::key::Key;
use crate::command::keymap::Found;
use crate::command::table::Place;
use crate::domain::id::{CircleId, Space};
use crate::engine::build;
use crate::engine::clock::seed;
use crate::engine::query::{Answer, Query};
use crate::tui::messages::Note;
use crate::tui::overlay::new_circle::{Created, Here, NewCircleForm, Outcome};
use crate::tui::overlay::welcome::{self, Way, Welcome};
use crate::tui::port::{Port, Reads};
use crate::tui::shell::overlays::Overlay;
use crate::tui::shell::{Shell, Waiting, Wish};
use crate::tui::view::{Arg, ScreenId};

/// The name under which the form for a circle is kept while it is filled in.
pub(super) const FORM: &str = "new-circle";

impl Shell {
    /// The command of a key where nothing is typed.
    pub(super) fn command_of(key: Key, port: &dyn Reads) -> Option<(CommandId, Arg)> {
        match port.keymap().find(Place::Anywhere, &[key]) {
            Found::Run(id, arg) => Some((id, arg)),
            Found::Wait(_) | Found::Nothing => None,
        }
    }

    pub(super) fn welcome_key(&mut self, mut welcome: Welcome, key: Key, port: &mut dyn Port) {
        let Some((id, arg)) = Self::command_of(key, port) else {
            self.overlay = Some(Overlay::Welcome(welcome));
            return;
        };
        match (welcome.run(id, &arg), id) {
            (welcome::Outcome::Take(way), _) => self.take_way(way, port),
            (welcome::Outcome::Ignored, CommandId::Quit | CommandId::QuitNow) => {
                self.wishes.push(Wish::Quit);
            }
            (welcome::Outcome::Ignored, CommandId::Help | CommandId::Palette) => {
                self.run(id, &arg, port);
            }
            (welcome::Outcome::Ignored | welcome::Outcome::Stay, _) => {
                self.overlay = Some(Overlay::Welcome(welcome));
            }
        }
    }

    fn take_way(&mut self, way: Way, port: &mut dyn Port) {
        match way {
            Way::Demo => self.wishes.push(Wish::Demo),
            Way::SetUp => self.open_form(port),
            Way::Import => self.run(CommandId::Import, &Arg::None, port),
        }
    }

    /// Shows the welcome where there is nothing else to show.
    pub(super) fn welcome_if_empty(&mut self, port: &dyn Reads) {
        let empty = self.ready && port.state().circles().next().is_none();
        if empty && self.overlay.is_none() && !self.setup.demo {
            self.overlay = Some(Overlay::Welcome(Welcome::default()));
        }
    }

    pub(super) fn open_form(&mut self, port: &dyn Reads) {
        let form = self.form.take().unwrap_or_else(|| {
            let form = NewCircleForm::new(self.setup.shelf.templates());
            let drafts = port.drafts();
            let draft = drafts.iter().find(|(name, _)| name == FORM);
            draft.map_or_else(|| form.clone(), |(_, text)| form.clone().with_draft(text))
        });
        self.overlay = Some(Overlay::NewCircle(form));
    }

    pub(super) fn keep_form(&mut self, form: NewCircleForm, port: &dyn Reads) {
        self.form = Some(form);
        self.welcome_if_empty(port);
    }

    pub(super) fn form_key(&mut self, mut form: NewCircleForm, key: Key, port: &mut dyn Port) {
        let here = Here {
            now: port.now(),
            zone: port.zone(),
            order: self.setup.dates,
        };
        let outcome = form.key(key, here);
        // It survives whatever ends the program.
        port.keep_draft(FORM, &form.draft_text());
        match outcome {
            Outcome::Stay => self.overlay = Some(Overlay::NewCircle(form)),
            Outcome::Closed => self.keep_form(form, port),
            Outcome::Create(created) => {
                self.form = Some(form);
                self.create(*created, port);
            }
        }
    }

    /// Makes the circle: the starter bank first if there is none, then the questions of its first session.
    fn create(&mut self, created: Created, port: &mut dyn Port) {
        // Before any answer: whoever types on at once must not be taken back here by it.
        self.go(ScreenId::Home, port);
        if let Some(ticket) = port.fill_bank() {
            self.talk
                .waiting
                .insert(ticket, Waiting::Starter(Box::new(created)));
        } else {
            self.draw_first(created, port);
        }
    }

    /// Draws the questions of the first session, once there is a bank to draw from.
    pub(super) fn draw_first(&mut self, created: Created, port: &mut dyn Port) {
        let kinds = created
            .wanted
            .iter()
            .map(|wanted| Some(wanted.kind))
            .collect();
        let query = Query::Draw {
            // A circle that does not exist yet was asked nothing.
            circle: CircleId(uuid::Uuid::nil()),
            kinds,
            without: Vec::new(),
            seed: seed(),
            part: None,
        };
        let ticket = port.ask(query);
        self.talk
            .waiting
            .insert(ticket, Waiting::FirstPrompts(Box::new(created)));
    }

    pub(super) fn first_prompts(&mut self, created: Created, answer: &Answer, port: &mut dyn Port) {
        let Created {
            mut circle,
            wanted: all,
            me,
            ..
        } = created;
        let drawn = match answer {
            Answer::Questions { rows, .. } => rows.clone(),
            _ => Vec::new(),
        };
        if let Some(plan) = &mut circle.first {
            build::fill(&mut plan.blocks, &all, drawn);
        }
        if let Some(me) = me.and_then(|me| circle.people.get(me)) {
            self.setup.me = Some(me.name.to_string());
            self.wishes.push(Wish::Remember("me", me.name.to_string()));
        }
        let ticket = port.submit(Command::NewCircle(circle));
        self.talk.waiting.insert(ticket, Waiting::Circle);
    }

    /// The circle is there: its draft is not needed any more, and Home shows its first session.
    pub(super) fn circle_made(&mut self, act: &crate::domain::change::Act, port: &mut dyn Port) {
        self.form = None;
        port.keep_draft(FORM, "");
        self.circle = act
            .changes
            .iter()
            .find_map(|change| match change.key.space {
                Space::Circle(id) => Some(id),
                Space::Org => None,
            });
        let view = self.view(port);
        let circle = view.circle.and_then(|id| view.state.circle(id));
        let Some(circle) = circle else { return };
        let note = Note::done(format!("{} is there", circle.name));
        let note = if view.state.next_session(circle.id, view.now).is_some() {
            note.key(CommandId::GoPlan, "its plan")
                .key(CommandId::Rehearse, "tries it out")
        } else {
            note.key(CommandId::Open, "plans its first session")
        };
        self.messages.say(note);
    }

    /// The circle could not be made: the form comes back with the reason.
    pub(super) fn circle_refused(&mut self, reason: &str) {
        if let Some(mut form) = self.form.take() {
            form.complain(reason);
            self.overlay = Some(Overlay::NewCircle(form));
        }
    }
}
