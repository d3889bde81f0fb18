//! What the shell itself asks: which circle, who sits here, go on after a crash, erase.

use crate::command::Command;
use crate::command::id::CommandId;
use crate::command::key::Key;
use crate::command::keymap::Preset;
use crate::domain::id::{CircleId, Key as DocumentKey, MemberId};
use crate::domain::roster::Found;
use crate::domain::text::fold;
use crate::tui::messages::Note;
use crate::tui::overlay::line::Line;
use crate::tui::port::{Port, Reads};
use crate::tui::shell::overlays::{Overlay, Which, Whose};
use crate::tui::shell::rest::{Offer, Rows};
use crate::tui::shell::{Shell, Waiting, Wish};
use crate::tui::view::{Arg, Ask, EraseTarget, ScreenId, Tag};

/// The buttons of a clicker, by their setting.
const BUTTONS: [(&str, &str); 3] = [
    ("clicker.next", "shows the next prompt"),
    ("clicker.previous", "shows the previous prompt"),
    ("clicker.blank", "blanks the room view"),
];

impl Shell {
    /// Commands that are asked for by name and open a list or a form.
    pub(super) fn named(&mut self, id: CommandId, arg: &Arg, port: &dyn Reads) {
        let text = match arg {
            Arg::Text(text) => Some(text.as_str()),
            Arg::None | Arg::Number(_) => None,
        };
        match (id, text) {
            (CommandId::GoCircle, _) => self.ask_circle(port),
            (CommandId::Me, Some(name)) => self.set_me(name, port),
            (CommandId::Me, None) => self.ask_me(port),
            (CommandId::Theme, Some(name)) => self.wishes.push(Wish::Theme(name.to_owned())),
            (CommandId::Theme, None) => {
                let rows = self.setup.themes.clone();
                self.overlay = Some(Overlay::shell_choice(Which::Theme, "Theme", rows));
            }
            (CommandId::Clicker, _) => self.ask_button(0),
            (CommandId::Tips, _) => self.switch_tips(),
            (CommandId::Mouse, words) => self.switch_mouse(words),
            (CommandId::NewCircle, _) => self.open_form(port),
            (CommandId::Import | CommandId::PlanFile, Some(path)) => {
                self.read_file(path.to_owned(), port);
            }
            (CommandId::Import | CommandId::PlanFile, None) => self.ask_path(""),
            (CommandId::ArchiveCircle, _) => self.ask_archive(port),
            (CommandId::Erase, _) => self.ask_erase(),
            _ => {}
        }
    }

    /// Asks for a button of a clicker: whatever key it sends next.
    fn ask_button(&mut self, button: usize) {
        match BUTTONS.get(button) {
            Some((_, words)) => self.ask_line(
                Which::Clicker(button),
                &format!("Clicker: press the button that {words}"),
                "Enter leaves that one out, Esc ends",
            ),
            None => self
                .messages
                .say(Note::done("The clicker is known from the next start on")),
        }
    }

    /// A clicker sent a key: it is remembered, and the next button is asked for.
    pub(super) fn clicked(&mut self, button: usize, key: Key) {
        if let (true, Some((name, _))) = (key != Key::Enter, BUTTONS.get(button)) {
            self.wishes.push(Wish::Remember(name, key.to_string()));
        }
        self.ask_button(button + 1);
    }

    fn switch_tips(&mut self) {
        self.setup.tips = !self.setup.tips;
        let value = self.setup.tips.to_string();
        self.wishes.push(Wish::Remember("tips", value));
        let words = if self.setup.tips {
            "A tip is shown at the start"
        } else {
            "No tip is shown at the start any more"
        };
        self.messages.say(Note::done(words));
    }

    pub(super) fn ask_line(&mut self, which: Which, label: &str, help: &str) {
        let ask = Ask {
            tag: Tag::Shell,
            label: label.to_owned(),
            text: String::new(),
            help: help.to_owned(),
        };
        self.overlay = Some(Overlay::Line(Whose::Shell(which), Line::new(ask)));
    }

    /// Asks once which keyboard it is, where the locale has one whose digits need Shift.
    pub(super) fn ask_keyboard(&mut self) {
        let Some((preset, _)) = self.setup.keyboard.as_ref().filter(|_| !self.setup.demo) else {
            return;
        };
        let other = preset.name();
        let rows = vec![
            format!("Digits need Shift here ({other}): take the row as digits without it"),
            "Digits are typed without Shift".to_owned(),
        ];
        let ask = Overlay::shell_choice(
            Which::Keyboard,
            "How are digits typed on your keyboard?",
            rows,
        );
        if self.overlay.is_none() {
            self.overlay = Some(ask);
        } else {
            self.questions.push_back(ask);
        }
    }

    fn keyboard_picked(&mut self, row: usize, port: &mut dyn Port) {
        let Some((preset, keymap)) = self.setup.keyboard.take() else {
            return;
        };
        let preset = if row == 0 {
            port.set_keymap(keymap);
            preset
        } else {
            Preset::Default
        };
        self.wishes
            .push(Wish::Remember("keyboard", preset.name().to_owned()));
        let words = format!(
            "Keyboard {}; keyboard in config.toml changes it",
            preset.name()
        );
        self.messages.say(Note::done(words));
    }

    fn ask_circle(&mut self, port: &dyn Reads) {
        let rows: Rows = circles(port)
            .into_iter()
            .map(|(id, name)| (name, Offer::Circle(id)))
            .collect();
        if rows.is_empty() {
            self.messages
                .say(Note::asks("There is no circle yet").key(CommandId::NewCircle, "make one"));
            return;
        }
        self.offer("Circle", rows);
    }

    pub(super) fn ask_me(&mut self, port: &dyn Reads) {
        let people = self.people(port).into_iter();
        let rows = people.map(|(_, name)| (name.clone(), Offer::Me(name)));
        self.offer("Which one is you?", rows.collect());
    }

    fn ask_archive(&mut self, port: &dyn Reads) {
        let Some(circle) = self.view(port).circle else {
            return;
        };
        let name = port
            .state()
            .circle(circle)
            .map_or("", |circle| circle.name.as_str());
        let words = format!("Put {name} to rest; nothing of it is lost");
        let archive = Command::ArchiveCircle {
            circle,
            archived: true,
        };
        let rows = vec![(words, Offer::Submit(Box::new(archive)))];
        self.offer("Put to rest?", rows);
    }

    pub(super) fn people(&self, port: &dyn Reads) -> Vec<(MemberId, String)> {
        let Some(circle) = self.view(port).circle else {
            return Vec::new();
        };
        let members = port.state().members(circle);
        members
            .iter()
            .map(|member| (member.id, member.name.to_string()))
            .collect()
    }

    pub(super) fn set_me(&mut self, name: &str, port: &dyn Reads) {
        let Some(circle) = self.view(port).circle else {
            return;
        };
        let members = port.state().members(circle);
        let note = match crate::domain::roster::find(members.iter().copied(), name) {
            Found::One(id) => {
                let name = members
                    .iter()
                    .find(|member| member.id == id)
                    .map_or_else(String::new, |member| member.name.to_string());
                self.setup.me = Some(name.clone());
                self.wishes.push(Wish::Remember("me", name.clone()));
                Note::done(format!("You are {name}"))
            }
            Found::Many(_) => Note::error(format!("Several people match \"{name}\"")),
            Found::Nobody => Note::error(format!("Nobody in this circle is called \"{name}\"")),
        };
        self.messages.say(note);
    }

    /// A row of one of these lists was picked.
    pub(super) fn shell_chosen(&mut self, which: Which, row: usize, port: &mut dyn Port) {
        match which {
            Which::Unmask => self.unmask(port),
            Which::Resume => self.resume(row, port),
            Which::ResumeOffRecord => self.resume_off_record(row, port),
            Which::Recent => self.recent_chosen(row, port),
            Which::Slept => self.slept_chosen(row, port),
            Which::Offer => self.offer_chosen(row, port),
            Which::Versions => self.version_picked(row, port),
            Which::Theme => {
                if let Some(name) = self.setup.themes.get(row) {
                    self.wishes.push(Wish::Theme(name.clone()));
                }
            }
            Which::EraseWhat => self.erase_what(row, port),
            Which::EraseWhere => self.erase_where(row, port),
            Which::EraseNotes => self.erase_handed(row, port),
            Which::Keyboard => self.keyboard_picked(row, port),
            Which::Programme => self.programme_picked(row, port),
            Which::Course(place) => self.course_picked((place, row), port),
            Which::Rehearsal => self.found_picked(row, port),
            Which::EraseWord
            | Which::ImportPath
            | Which::Clicker(_)
            | Which::Packs
            | Which::Guests
            | Which::ProgrammeRule(_) => {}
        }
    }

    /// A line that the shell had asked for was typed.
    pub(super) fn shell_entered(&mut self, which: Which, mut line: Line, port: &mut dyn Port) {
        let text = line.field.text().trim().to_owned();
        match which {
            Which::ImportPath if !text.is_empty() => self.read_file(text, port),
            Which::EraseWord => self.erase_typed(line, port),
            Which::Guests if !text.is_empty() => {
                if let Err(why) = self.invite_names(&text, port) {
                    line.problem = Some(why);
                    self.overlay = Some(Overlay::Line(Whose::Shell(which), line));
                }
            }
            Which::ProgrammeRule(place) => self.rule_typed(place, line, port),
            _ => {}
        }
    }

    /// Notes for a presenter are in a file: asks whether they stay here.
    pub fn notes_handed(&mut self, words: &str, rows: Vec<DocumentKey>) {
        self.say(Note::done(words.to_owned()));
        self.handed = rows;
        let rows = ["Erase them here, for good", "Keep them here too"].map(str::to_owned);
        let title = "The notes are in the file. And here?";
        self.ask_surely(Overlay::shell_choice(
            Which::EraseNotes,
            title,
            rows.to_vec(),
        ));
    }

    fn erase_handed(&mut self, row: usize, port: &mut dyn Port) {
        let rows = std::mem::take(&mut self.handed);
        if row == 0 {
            let ticket = port.erase(EraseTarget::Rows(rows));
            self.talk.waiting.insert(ticket, Waiting::Erase);
        }
    }

    pub(super) fn resume(&mut self, row: usize, port: &mut dyn Port) {
        let since = self.interrupted.take();
        port.resumed();
        self.at = ScreenId::Live;
        match (row, since) {
            (1, Some(since)) => {
                let span = port.now() - since;
                self.submit(Command::LeaveOut { span, pause: true }, port);
            }
            (2, _) => self.run(CommandId::WrapUp, &Arg::None, port),
            _ => {}
        }
    }

    fn slept_chosen(&mut self, row: usize, port: &mut dyn Port) {
        if row == 0 {
            // Counting it takes the act back that had left it out, and the pause with it.
            let act = self.slept.take();
            if act.is_some() {
                self.submit(Command::Undo { act }, port);
            }
        } else {
            self.submit(Command::Pause { paused: false }, port);
        }
    }
}

fn circles(port: &dyn Reads) -> Vec<(CircleId, String)> {
    let mut circles: Vec<(CircleId, String)> = port
        .state()
        .circles()
        .filter(|circle| circle.archived.is_none())
        .map(|circle| (circle.id, circle.name.to_string()))
        .collect();
    circles.sort_by_cached_key(|(_, name)| fold(name));
    circles
}
