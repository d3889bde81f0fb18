//! `E`: a text in the editor of whoever sits here, and back.

use crate::command::id::CommandId;
use crate::tui::messages::Note;
use crate::tui::port::{Port, Reads};
use crate::tui::shell::plan_file::Which;
use crate::tui::shell::typed::Typed;
use crate::tui::shell::{Shell, Wish};
use crate::tui::view::{Outside, Reply, ScreenId, Tag};

/// What the editor was opened for, or what came back and could not be saved.
#[derive(Clone, Debug)]
pub(super) struct Opened {
    screen: ScreenId,
    tag: Tag,
    /// The session whose plan it is.
    pub(super) plan: Option<Which>,
    /// What stood in the file.
    text: String,
    /// What came back and was refused; it is not lost.
    refused: Option<String>,
}

impl Opened {
    /// The plan of a session.
    pub(super) const fn plan(screen: ScreenId, which: Which, text: String) -> Self {
        Self {
            screen,
            tag: Tag::Shell,
            plan: Some(which),
            text,
            refused: None,
        }
    }

    /// What came back could not be taken.
    pub(super) fn refused(self, text: String) -> Self {
        Self {
            refused: Some(text),
            ..self
        }
    }

    /// What was written in it.
    pub(super) fn came_back(&self) -> &str {
        self.refused.as_deref().unwrap_or_default()
    }
}

impl Shell {
    /// Opens the editor on a text; a line is asked for instead where the room may look on, or there is no editor.
    pub(super) fn open_outside(&mut self, from: ScreenId, outside: Outside, port: &mut dyn Port) {
        if port.state().running().is_some() || self.in_room.shown {
            let words = "The room may look on while a session runs, so your editor stays closed";
            self.messages.say(Note::done(words));
            return self.carry_out(from, Reply::Ask(outside.instead), port);
        }
        if self.setup.editor.is_empty() {
            return self.carry_out(from, Reply::Ask(outside.instead), port);
        }
        let Outside { tag, text, .. } = outside;
        self.open_editor(Opened {
            screen: from,
            tag,
            plan: None,
            text,
            refused: None,
        });
    }

    /// Whether the editor may be opened now; says why not.
    pub(super) fn may_open_editor(&mut self, port: &dyn Reads) -> bool {
        if port.state().running().is_some() || self.in_room.shown {
            self.cannot("the room may look on while a session runs, so your editor stays closed");
            return false;
        }
        if self.setup.editor.is_empty() {
            let file = self.keys_now(CommandId::PlanFile, port);
            self.cannot(&format!(
                "VISUAL and EDITOR name no editor; {file} takes a plan from a file"
            ));
            return false;
        }
        true
    }

    /// Opens the editor, on what came back last time where that was refused.
    pub(super) fn open_editor(&mut self, opened: Opened) {
        let refused = self.outside.take();
        let refused = refused.filter(|it| {
            let same = (it.screen, it.tag, it.plan) == (opened.screen, opened.tag, opened.plan);
            // A plan in the making is not given up because the one that is saved has changed.
            same && (it.plan.is_some() || it.text == opened.text)
        });
        let shown = refused.and_then(|it| it.refused);
        let file = shown.unwrap_or_else(|| opened.text.clone());
        self.outside = Some(opened);
        let editor = self.setup.editor.clone();
        self.wishes.push(Wish::Outside(editor, file));
    }

    /// The editor is closed.
    pub fn edited(&mut self, text: Result<String, String>, port: &mut dyn Port) {
        self.rev += 1;
        let Some(opened) = self.outside.take() else {
            return;
        };
        let text = match text {
            Ok(text) => text,
            Err(why) => return self.cannot(&why),
        };
        if text.trim_end() == opened.text.trim_end() {
            return self.messages.say(Note::done("Nothing was changed"));
        }
        if opened.plan.is_some() {
            return self.plan_edited(opened, text, port);
        }
        let reply = {
            let view = self.view(port);
            let screen = self.screens.get_mut(opened.screen);
            screen.entered(opened.tag, text.trim_end(), &view)
        };
        let (screen, seen) = (opened.screen, opened.text.clone());
        let typed = Typed::Outside(opened.refused(text));
        if let Reply::Refuse(reason) = reply {
            return self.give_back(typed, &reason, port);
        }
        // The list of actions looks itself at what else has changed.
        let looks = screen == ScreenId::Actions;
        if looks || !self.line_overwrites(&reply, seen.trim_end(), port) {
            self.typing(typed, port, |shell, port| {
                shell.carry_out(screen, reply, port);
            });
        }
    }
}
