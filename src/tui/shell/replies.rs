//! Carrying out what a screen asks for, and the keyboard of overlays.

use crate::command::id::CommandId;
use crate::command::key::Key;
use crate::tui::messages::Note;
use crate::tui::overlay::choice::Picker;
use crate::tui::overlay::finder::Finder;
use crate::tui::overlay::line::Line;
use crate::tui::port::{Port, Reads};
use crate::tui::shell::overlays::{Overlay, Which, Whose};
use crate::tui::shell::typed::Typed;
use crate::tui::shell::{Shell, Waiting, Wish};
use crate::tui::view::{Arg, Ask, Reply, Request, ScreenId, Tag};
use crate::tui::widget::field::Edit;

impl Shell {
    /// Does what a screen asked for.
    pub(super) fn carry_out(&mut self, from: ScreenId, reply: Reply, port: &mut dyn Port) {
        match reply {
            // Asked where the command is known, see `run`.
            Reply::Ignored | Reply::Handled | Reply::Twice { .. } => {}
            Reply::Do(requests) => {
                let saves = requests.iter().any(|one| matches!(one, Request::Submit(_)));
                for request in requests {
                    self.request(from, request, port);
                }
                // What was saved is what somebody means to take back, even where the floor moved with it.
                self.floor_moved &= !saves;
            }
            Reply::Refuse(reason) => self.cannot(&reason),
            Reply::Say(words) => self.messages.say(Note::done(sentence(&words))),
            Reply::Ask(_) if self.nothing_is_written(port) => {}
            Reply::Ask(ask) => {
                self.overlay = Some(Overlay::Line(Whose::Screen(from), Line::new(ask)));
            }
            Reply::Choose(choice) => {
                self.overlay = Some(Overlay::Choice(Whose::Screen(from), Picker::new(choice)));
            }
        }
    }

    fn request(&mut self, from: ScreenId, request: Request, port: &mut dyn Port) {
        match request {
            Request::Submit(command) => {
                self.submit_from(from, command, port);
            }
            Request::Floor(change) => {
                self.floor_moved = true;
                port.floor_move(change);
            }
            Request::Ask(query) => {
                let ticket = port.ask(query.clone());
                if !self.talk.asked.contains(&query) {
                    self.talk.asked.push(query.clone());
                }
                self.talk
                    .waiting
                    .insert(ticket, Waiting::Answer(from, query));
            }
            Request::Minutes(circle, session, format) => {
                let naming = self.naming_once();
                self.wishes
                    .push(Wish::Minutes(circle, session, format, naming));
            }
            Request::Actions(circle, actions, format) => {
                self.write_actions((circle, actions), format, port);
            }
            Request::HandNotes(notes) => self.wishes.push(Wish::HandNotes(notes)),
            Request::WriteFile { name, text } => {
                // Nobody is named in questions and guides, whatever was asked for.
                self.nameless = false;
                self.wishes.push(Wish::File { name, text });
            }
            Request::DropDraft(name) => {
                self.drop_draft(&name, port);
                self.messages.say(Note::done("Thrown away"));
            }
            Request::Copy(text) => {
                let count = text.chars().count();
                self.wishes.push(Wish::Copy(text));
                self.messages
                    .say(Note::done(format!("Copied {count} characters")));
            }
            Request::Say(words) => self.messages.say(Note::done(sentence(&words))),
            Request::Erase(target) => {
                let ticket = port.erase(target);
                self.talk.waiting.insert(ticket, Waiting::Erase);
            }
            Request::ConfirmErase(target, name) => self.confirm_erase(target, &name),
            Request::EraseWhom(circle, member) => self.erase_whom((circle, member), port),
            Request::Outside(outside) => self.open_outside(from, outside, port),
            Request::PlanOutside(circle, session) => self.open_plan((circle, session), port),
            Request::Choose(circle) => {
                self.circle = Some(circle);
                self.ask_again(port);
            }
            Request::Aim(block) => {
                let view = self.view(port);
                self.screens.aim_at(block, &view);
            }
            Request::Go(screen) => self.go(screen, port),
            Request::Walk(walk) => self.walk(walk, port),
            Request::Run(id, arg) => self.run(id, &arg, port),
            Request::OffRecord(on) => self.off_record(on, port),
            Request::Line(ask) => self.carry_out(from, Reply::Ask(ask), port),
            Request::List(choice) => self.carry_out(from, Reply::Choose(choice), port),
            Request::Count(tally) => self.overlay = Some(Overlay::Tally(tally)),
        }
    }

    pub(super) fn ask_filter(&mut self) {
        let ask = Ask {
            tag: Tag::Filter,
            label: "Filter".to_owned(),
            text: String::new(),
            help: self.screens.get(self.at).filter_help().to_owned(),
        };
        self.overlay = Some(Overlay::Line(Whose::Screen(self.at), Line::new(ask)));
    }

    /// A key while an overlay is open. It owns the keyboard.
    pub(super) fn overlay_key(&mut self, key: Key, port: &mut dyn Port) {
        if key == Key::Ctrl('z') {
            return self.run(CommandId::Suspend, &Arg::None, port);
        }
        let Some(overlay) = self.overlay.take() else {
            return;
        };
        if key == Key::Ctrl('c') {
            return self.leave(overlay, port);
        }
        match overlay {
            Overlay::Line(whose, line) => self.line_key(whose, line, key, port),
            Overlay::Choice(whose, picker) => self.choice_key(whose, picker, key, port),
            Overlay::Finder(finder) => self.finder_key(finder, key, port),
            Overlay::Welcome(welcome) => self.welcome_key(welcome, key, port),
            Overlay::NewCircle(form) => self.form_key(form, key, port),
            Overlay::Import(import) => self.import_key(import, key, port),
            Overlay::Tally(tally) => self.tally_key(tally, key, port),
            Overlay::Search(search) => self.search_key(search, key, port),
        }
    }

    /// Closes an overlay without doing anything; what was typed into a form is kept, and what must be
    /// answered stays.
    pub(super) fn leave(&mut self, overlay: Overlay, port: &dyn Reads) {
        match overlay {
            Overlay::NewCircle(form) => self.keep_form(form, port),
            Overlay::Welcome(_) => self.wishes.push(Wish::Quit),
            Overlay::Choice(Whose::Shell(which), picker) if which.must_be_answered() => {
                self.overlay = Some(Overlay::Choice(Whose::Shell(which), picker));
            }
            Overlay::Line(..)
            | Overlay::Choice(..)
            | Overlay::Finder(_)
            | Overlay::Import(_)
            | Overlay::Search(_)
            | Overlay::Tally(_) => {
                self.welcome_if_empty(port);
            }
        }
    }

    fn line_key(&mut self, whose: Whose, mut line: Line, key: Key, port: &mut dyn Port) {
        match (whose, key) {
            (_, Key::Esc) => return self.leave(Overlay::Line(whose, line), port),
            (Whose::Shell(Which::Clicker(button)), key) => return self.clicked(button, key),
            _ => {}
        }
        match key {
            Key::Enter => self.line_entered(whose, line, port),
            Key::Tab => {
                if whose == Whose::Shell(Which::ImportPath) && line.stem.is_none() {
                    self.wishes
                        .push(Wish::CompletePath(line.field.text().to_owned()));
                } else if whose == Whose::Shell(Which::ImportPath) {
                    line.complete(&self.intake.paths);
                } else if let Whose::Screen(screen) = whose {
                    let view = self.view(port);
                    let all = self.screens.get(screen).completions(line.ask.tag, &view);
                    line.complete(&all);
                }
                self.overlay = Some(Overlay::Line(whose, line));
            }
            key => {
                line.stem = None;
                if let Some(edit) = Edit::of(key) {
                    line.field.apply(edit);
                    line.problem = None;
                    self.narrow(whose, &mut line, port);
                }
                self.overlay = Some(Overlay::Line(whose, line));
            }
        }
    }

    /// What the beginning of a path could be: the first is put in, Tab goes on to the others.
    pub fn completed(&mut self, typed: &str, found: &[String]) {
        self.rev += 1;
        let Some(Overlay::Line(Whose::Shell(Which::ImportPath), line)) = &mut self.overlay else {
            return;
        };
        if line.field.text() != typed {
            return;
        }
        match found {
            [] => line.problem = Some("Nothing there begins like that".to_owned()),
            [one] => line.field.replace(one),
            all => {
                line.complete(all);
                all.clone_into(&mut self.intake.paths);
            }
        }
    }

    /// A filter narrows the list while it is typed. What is wrong with it stands in its line until the next key.
    pub(super) fn narrow(&mut self, whose: Whose, line: &mut Line, port: &mut dyn Port) {
        if let (Whose::Screen(screen), Tag::Filter) = (whose, line.ask.tag) {
            let reply = {
                let view = self.view(port);
                self.screens
                    .get_mut(screen)
                    .filter(line.field.text(), &view)
            };
            if let Reply::Refuse(reason) = reply {
                line.problem = Some(sentence(&reason));
            } else {
                self.carry_out(screen, reply, port);
            }
        }
    }

    fn line_entered(&mut self, whose: Whose, line: Line, port: &mut dyn Port) {
        let typed = Typed::Line(whose, Box::new(line.clone()), self.keyboard.presses);
        self.typing(typed, port, |shell, port| match whose {
            Whose::Shell(which) => shell.shell_entered(which, line, port),
            Whose::Screen(screen) => shell.screen_entered(screen, line, port),
        });
    }

    fn screen_entered(&mut self, screen: ScreenId, mut line: Line, port: &mut dyn Port) {
        let whose = Whose::Screen(screen);
        if line.ask.tag == Tag::Filter {
            self.narrow(whose, &mut line, port);
            if line.problem.is_some() {
                self.overlay = Some(Overlay::Line(whose, line));
            }
            return;
        }
        let reply = {
            let view = self.view(port);
            self.screens
                .get_mut(screen)
                .entered(line.ask.tag, line.field.text().trim(), &view)
        };
        if let Reply::Refuse(reason) = reply {
            line.problem = Some(sentence(&reason));
            self.overlay = Some(Overlay::Line(whose, line));
        } else if !self.line_overwrites(&reply, &line.ask.text, port) {
            self.carry_out(screen, reply, port);
        }
    }

    fn choice_key(&mut self, whose: Whose, mut picker: Picker, key: Key, port: &mut dyn Port) {
        if key == Key::Esc {
            return self.leave(Overlay::Choice(whose, picker), port);
        }
        if key == Key::Char('?') {
            self.messages.say(Note::done(picker.help()));
            self.overlay = Some(Overlay::Choice(whose, picker));
            return;
        }
        let narrowed = match key {
            Key::Char(letter) => picker.narrow(letter),
            Key::Backspace => picker.widen(),
            _ => false,
        };
        if narrowed {
            self.overlay = Some(Overlay::Choice(whose, picker));
            return;
        }
        let row = match Self::command_of(key, port) {
            Some((CommandId::Open, _)) => picker.selected(),
            Some((CommandId::Pick, Arg::Number(number))) => picker.numbered(number),
            Some((id, _)) if rows_of(id) != 0 => {
                picker.step(rows_of(id));
                None
            }
            Some(_) | None => {
                if let Key::Char(letter) = key {
                    picker.find(letter);
                }
                None
            }
        };
        let Some(row) = row else {
            self.overlay = Some(Overlay::Choice(whose, picker));
            return;
        };
        match whose {
            Whose::Shell(which) => self.shell_chosen(which, row, port),
            Whose::Screen(screen) => {
                let reply = {
                    let view = self.view(port);
                    self.screens
                        .get_mut(screen)
                        .chosen(picker.choice.tag, row, &view)
                };
                self.carry_out(screen, reply, port);
            }
        }
    }

    fn finder_key(&mut self, mut finder: Finder, key: Key, port: &mut dyn Port) {
        match key {
            Key::Esc => return self.leave(Overlay::Finder(finder), port),
            Key::Enter => {
                if let Some((entry, rest)) = finder.selected() {
                    let arg = match rest {
                        "" => Arg::None,
                        rest => Arg::Text(rest.to_owned()),
                    };
                    if let Some(reason) = entry.not_now.clone() {
                        self.messages.say(Note::error(reason.trim_end_matches('.')));
                        self.overlay = Some(Overlay::Finder(finder));
                        return;
                    }
                    let id = entry.id;
                    return self.run(id, &arg, port);
                }
            }
            Key::Down | Key::Up | Key::PageDown | Key::PageUp => {
                let rows = Self::command_of(key, port).map_or(0, |(id, _)| rows_of(id));
                finder.step(rows);
            }
            key => {
                if let Some(edit) = Edit::of(key) {
                    finder.field.apply(edit);
                    finder.search();
                }
            }
        }
        self.overlay = Some(Overlay::Finder(finder));
    }
}

/// How many rows a command moves the mark of a list.
const fn rows_of(id: CommandId) -> isize {
    match id {
        CommandId::Down => 1,
        CommandId::Up => -1,
        CommandId::PageDown => 10,
        CommandId::PageUp => -10,
        CommandId::Top => isize::MIN / 2,
        CommandId::End => isize::MAX / 2,
        _ => 0,
    }
}

/// A reason as a sentence: first letter large, no period.
pub(super) fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}
