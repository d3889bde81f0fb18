//! Body, message row and hints, and where they stand with the header on a screen of each size.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::command::id::CommandId;
use crate::command::table::Place;
use crate::domain::names::Naming;
use crate::domain::room::RoomPicture;
use crate::theme::Role;
use crate::tui::capture::{Capture, Surroundings};
use crate::tui::overlay::line::Line;
use crate::tui::overlay::new_circle::Here;
use crate::tui::port::Reads;
use crate::tui::shell::Shell;
use crate::tui::shell::overlays::Overlay;
use crate::tui::view::{Paint, View};
use crate::tui::widget::hints::Hint;
use crate::tui::widget::message::{Message, Tone};
use crate::tui::widget::spot;
use crate::tui::widget::text;

/// Where everything goes on a screen of one size.
struct Layout {
    header: Option<Rect>,
    body: Rect,
    message: Option<Rect>,
    hints: Option<Rect>,
}

impl Layout {
    /// The breakpoints: roomy, stacked, one pane, words only.
    fn of(area: Rect) -> Self {
        let row = |y: u16, margin: u16| Rect {
            x: area.x + margin.min(area.width / 2),
            y,
            width: area.width.saturating_sub(2 * margin),
            height: 1,
        };
        if area.width < 40 || area.height < 12 {
            return Self {
                header: None,
                body: area,
                message: None,
                hints: None,
            };
        }
        let bottom = area.bottom();
        if area.width < 60 || area.height < 16 {
            let body = Rect {
                height: area.height - 1,
                ..area
            };
            return Self {
                header: None,
                body,
                message: None,
                hints: Some(row(bottom - 1, 0)),
            };
        }
        let top = if area.height >= 30 { 2 } else { 1 };
        Self {
            header: Some(row(area.y, 2)),
            body: Rect {
                y: area.y + top,
                height: area.height.saturating_sub(top + 2),
                ..area
            },
            message: Some(row(bottom - 2, 2)),
            hints: Some(row(bottom - 1, 2)),
        }
    }
}

impl Shell {
    /// Whether a message stands in this row of the screen.
    pub(super) fn is_message(&self, row: u16, area: Rect, view: &View<'_>) -> bool {
        let layout = Layout::of(area);
        let place = layout.message.or(layout.hints);
        place.is_some_and(|place| place.y == row) && self.message(view).is_some()
    }

    /// Draws everything. Returns where the caret is, if there is one.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, port: &dyn Reads) -> Option<Position> {
        let styles = &self.setup.styles;
        buf.set_style(area, styles.canvas());
        let view = self.view(port);
        if self.room {
            let naming = if view.masked {
                Naming::Masked
            } else {
                Naming::Full
            };
            let mut picture = RoomPicture::of(view.state, view.circle, view.now, self.blank)
                .with_people(view.state, view.floor, naming);
            if let Some(block) = &mut picture.running {
                block.off_record = view.off_record;
                block.clock = port.room_clock();
            }
            self.room_view
                .draw(&picture, (view.now, view.zone), area, (buf, styles));
            self.draw_twice(text::row(area, area.height.saturating_sub(1)), buf);
            return None;
        }
        let layout = Layout::of(area);
        let covered = self.capture.is_some() || self.overlay.is_some();
        let paint = Paint {
            view,
            styles,
            covered,
        };
        let mut caret = self.screens.get(self.at).draw(layout.body, buf, &paint);
        self.draw_drop(buf);
        if covered {
            spot::cover();
        }
        if let Some(capture) = &self.capture {
            let height = Capture::height(layout.body.height).min(layout.body.height);
            let place = lower(layout.body, height);
            caret = capture.draw(place, buf, &Surroundings::new(&view), styles);
        }
        if let Some(overlay) = &self.overlay {
            caret = self.draw_overlay(overlay, layout.body, buf, &view);
        }
        if self.panel_is_due(view.now) {
            self.draw_panel(layout.body, buf, &view);
        }
        // An overlay clears the cells around itself, so the rows beside the body come last.
        if let Some(header) = layout.header {
            self.draw_header(header, area.width, buf, &view);
        }
        self.draw_rows(&layout, buf, &view);
        caret
    }

    /// In the room view, that a key was not carried out yet; what it would do is not for the room.
    fn draw_twice(&self, row: Rect, buf: &mut Buffer) {
        let Some((id, _)) = &self.twice else {
            return;
        };
        let styles = &self.setup.styles;
        let key = self.setup.keymap.keys_of(Place::Room, *id);
        let words = format!("{} again goes on", key.unwrap_or_default());
        ratatui::widgets::Widget::render(ratatui::widgets::Clear, row, buf);
        buf.set_style(row, styles.canvas());
        let line = ratatui::text::Line::styled(words, styles.bold(Role::Text));
        text::put_centred(&line, row, buf);
    }

    /// Draws what stands in for a screen that could not be drawn.
    pub fn draw_failure(&self, area: Rect, buf: &mut Buffer) {
        let styles = &self.setup.styles;
        ratatui::widgets::Widget::render(ratatui::widgets::Clear, area, buf);
        let key = |id| {
            let keys = self.setup.keymap.keys_of(Place::Anywhere, id);
            keys.unwrap_or_default()
        };
        let words = format!(
            "This view failed; what was saved is safe. {} goes to Home, {} quits",
            key(CommandId::GoHome),
            key(CommandId::QuitNow)
        );
        text::put(&words, styles.bold(Role::Bad), text::row(area, 0), buf);
    }

    fn draw_overlay(
        &self,
        overlay: &Overlay,
        body: Rect,
        buf: &mut Buffer,
        view: &View<'_>,
    ) -> Option<Position> {
        let styles = &self.setup.styles;
        match overlay {
            Overlay::Line(_, line) => line.draw(lower(body, Line::HEIGHT), buf, styles),
            Overlay::Choice(_, picker) => {
                picker.draw(
                    lower(body, picker.height(body.width).min(body.height)),
                    buf,
                    styles,
                );
                None
            }
            Overlay::Finder(finder) => {
                let width = body.width.min(100);
                let place = Rect {
                    x: body.x + (body.width - width) / 2,
                    width,
                    ..body
                };
                finder.draw(place, buf, styles)
            }
            Overlay::Search(search) => {
                let width = body.width.min(100);
                let place = Rect {
                    x: body.x + (body.width - width) / 2,
                    width,
                    ..body
                };
                search.draw(place, buf, styles, (view.state, view.zone))
            }
            Overlay::Welcome(welcome) => {
                ratatui::widgets::Widget::render(ratatui::widgets::Clear, body, buf);
                buf.set_style(body, styles.canvas());
                welcome.draw(body, buf, styles);
                None
            }
            Overlay::NewCircle(form) => {
                let here = Here {
                    now: view.now,
                    zone: view.zone,
                    order: view.order,
                };
                form.draw(body, buf, styles, here)
            }
            Overlay::Import(import) => {
                import.draw(body, buf, styles);
                None
            }
            Overlay::Tally(tally) => {
                let height = tally.height(body.width).min(body.height);
                tally.draw(lower(body, height), buf, styles);
                None
            }
        }
    }

    fn draw_rows(&self, layout: &Layout, buf: &mut Buffer, view: &View<'_>) {
        let styles = &self.setup.styles;
        let Some(hints_row) = layout.hints else {
            return;
        };
        let message = self.message(view);
        let place = layout.message.unwrap_or(hints_row);
        // Where one row has to do for both, the keys of what is open matter more than what was done.
        let open = self.overlay.is_some() || self.capture.is_some();
        let keys_first = layout.message.is_none() && open;
        let message = message.filter(|(note, _)| !keys_first || note.tone != Tone::Done);
        if let Some((note, waiting)) = &message {
            let keys: Vec<Hint<'_>> = note
                .keys
                .iter()
                .map(|(key, verb)| Hint::new(key, verb))
                .collect();
            let sentence = &note.sentence;
            let shown = Message {
                tone: note.tone,
                sentence,
                keys: &keys,
                waiting: *waiting,
            };
            shown.draw(place, buf, styles);
            if layout.message.is_none() {
                return;
            }
        }
        self.draw_hints(hints_row, buf, view);
    }

    /// What stands in the message row: what was said, else what the running session asks, else what the
    /// coach suggests.
    fn message(&self, view: &View<'_>) -> Option<(crate::tui::messages::Note, usize)> {
        let shown = self.messages.shown();
        let mut asked = self.session_notes(view).into_iter();
        let behind = asked.len();
        match (shown, asked.next()) {
            (Some((note, waiting)), Some(_)) if note.tone != Tone::Done => {
                Some((note.clone(), waiting + behind))
            }
            (shown, Some(first)) => Some((first, behind - 1 + usize::from(shown.is_some()))),
            (Some((note, waiting)), None) => Some((note.clone(), waiting)),
            (None, None) => {
                let line = self.coach.as_ref()?.line(view)?;
                Some((
                    crate::tui::messages::Note::asks(line).key("Esc", "enough"),
                    0,
                ))
            }
        }
    }
}

/// The lower rows of an area.
fn lower(area: Rect, height: u16) -> Rect {
    let height = height.min(area.height);
    Rect {
        y: area.bottom() - height,
        height,
        ..area
    }
}
