//! The last row: the keys that mean something now, and while something owns the keyboard only its own.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::id::CommandId;
use crate::tui::messages::Note;
use crate::tui::screen::{actions, log};
use crate::tui::shell::Shell;
use crate::tui::shell::overlays::{Overlay, Which, Whose};
use crate::tui::view::{Tag, View};
use crate::tui::widget::hints::{self, Hint};

/// Commands with their keys, the keys as they stand together, and what they do.
type Shown<'a> = (Vec<(CommandId, &'a str)>, String, String);

impl Shell {
    pub(super) fn draw_hints(&self, row: Rect, buf: &mut Buffer, view: &View<'_>) {
        let styles = &self.setup.styles;
        if let Some((rows, last)) = self.mode_hints() {
            return hints::draw(&rows, last, row, buf, styles);
        }
        let screen = self.screens.get(self.at);
        let gap = if row.width >= 100 { " " } else { "" };
        let key = |id| Some((id, view.keys.own(id)?));
        let shown = |id| match screen.named_with(id) {
            [] => Some(vec![key(id)?]),
            ids => Some(ids.iter().filter_map(|id| key(*id)).collect::<Vec<_>>()),
        };
        let offers = screen.offers(view);
        let verb = |id, verb: &str| screen.whom(id, view).unwrap_or_else(|| verb.to_owned());
        let keys: Vec<Shown<'_>> = offers
            .into_iter()
            .filter_map(|(id, says)| {
                let keys = shown(id)?;
                let together: Vec<&str> = keys.iter().map(|(_, key)| *key).collect();
                let together = together.join(gap);
                Some((keys, together, verb(id, says)))
            })
            .collect();
        let rows: Vec<Hint<'_>> = keys
            .iter()
            .map(|(keys, together, verb)| Hint::new(together, verb).each(keys))
            .collect();
        let help = view.keys.of(CommandId::Help);
        let word = if row.width >= 100 { "help" } else { "more" };
        let help = Hint::new(&help, word).run(CommandId::Help);
        hints::draw(&rows, help, row, buf, styles);
    }

    /// Says in words which keys there are while something owns the keyboard.
    pub(super) fn tell_keys(&mut self) {
        let Some((rows, last)) = self.mode_hints() else {
            return;
        };
        let told = rows.iter().chain([&last]);
        let told: Vec<String> = told
            .map(|hint| format!("{} {}", hint.key, hint.verb).trim().to_owned())
            .collect();
        self.messages
            .say(Note::asks(format!("Keys here: {}", told.join(", "))));
    }

    /// While something owns the keyboard, only its keys are named, the way out last.
    fn mode_hints(&self) -> Option<(Vec<Hint<'static>>, Hint<'static>)> {
        match &self.capture {
            Some(capture) if capture.is_asking() => {
                let rows = vec![Hint::new("1-9", "decide")];
                Some((rows, Hint::new("Esc", "back to the line")))
            }
            Some(_) => {
                let rows = vec![
                    Hint::new("Enter", "save"),
                    Hint::new("Ctrl-J", "save, add another"),
                    Hint::new("Tab", "complete"),
                    Hint::new("Up", "correct the last"),
                ];
                Some((rows, Hint::new("Esc", "keep draft")))
            }
            None => self.overlay.as_ref().map(|open| self.overlay_hints(open)),
        }
    }

    fn overlay_hints(&self, overlay: &Overlay) -> (Vec<Hint<'static>>, Hint<'static>) {
        let close = Hint::new("Esc", "close");
        let rows = match overlay {
            Overlay::Line(_, line) if line.ask.tag == Tag::Filter => {
                vec![Hint::new("Enter", "to the rows")]
            }
            Overlay::Line(Whose::Shell(Which::ImportPath), _) => {
                vec![
                    Hint::new("Enter", "look at it"),
                    Hint::new("Tab", "complete"),
                ]
            }
            Overlay::Line(_, line) if line.ask.tag == Tag::Actions(actions::Asked::LetGo) => {
                vec![Hint::new("Enter", "let go")]
            }
            Overlay::Line(whose, line) if erases(*whose, line.ask.tag) => {
                vec![Hint::new("Enter", "erase")]
            }
            Overlay::Line(..) => vec![Hint::new("Enter", "save")],
            Overlay::Choice(Whose::Shell(Which::Rehearsal), _) if !self.rehearsed.is_empty() => {
                vec![
                    Hint::new("Up Down", "move"),
                    Hint::new("Enter", "to its block"),
                ]
            }
            Overlay::Choice(Whose::Shell(Which::Rehearsal | Which::Packs), _) => {
                vec![Hint::new("Up Down", "move"), Hint::new("Enter", "close")]
            }
            Overlay::Choice(_, _) => vec![
                Hint::new("1-9", "pick"),
                Hint::new("Up Down", "move"),
                Hint::new("Enter", "take"),
            ],
            Overlay::Search(_) => vec![
                Hint::new("type", "to search"),
                Hint::new("Up Down", "choose"),
                Hint::new("Enter", "go there"),
            ],
            Overlay::Finder(_) => vec![
                Hint::new("type", "to search"),
                Hint::new("Up Down", "choose"),
                Hint::new("Enter", "run"),
            ],
            Overlay::Welcome(_) => {
                let rows = vec![Hint::new("1 2 3", "choose"), Hint::new("Enter", "take")];
                return (rows, Hint::new("Ctrl-C", "quit"));
            }
            Overlay::NewCircle(form) => {
                let [first, second, last] = form.hints();
                return (vec![first, second], last);
            }
            Overlay::Tally(tally) => tally.hints(),
            Overlay::Import(import) => {
                let mut rows = import.hints();
                let last = rows.pop().unwrap_or(close);
                return (rows, last);
            }
        };
        (rows, close)
    }
}

/// Whether a line confirms an erase.
fn erases(whose: Whose, tag: Tag) -> bool {
    matches!(whose, Whose::Shell(Which::EraseWord)) || tag == Tag::Log(log::Asked::Erase)
}
