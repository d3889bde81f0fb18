//! How much of a session a size of screen shows, from all panes down to a word.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::command::id::CommandId;
use crate::theme::Role;
use crate::tui::capture::KEEPS_DRAFT;
use crate::tui::pane::stage::Stage;
use crate::tui::pane::stage::running_step::StepRows;
use crate::tui::pane::{
    agenda, clock, groups, prompt, review, speaking, step_line, step_rows, strip, written,
};
use crate::tui::say;
use crate::tui::screen::live::small::{small_clock, speaker, words};
use crate::tui::screen::live::{Focus, LiveScreen};
use crate::tui::view::Paint;
use crate::tui::widget::banner;
use crate::tui::widget::hints;
use crate::tui::widget::list::Look;
use crate::tui::widget::{list, text};

/// What fits into an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    /// All panes, with air.
    Roomy,
    /// All panes, without air.
    Tight,
    /// Clock, prompt, speaker and the last row; one more pane where there is room.
    One,
    /// Words only.
    Words,
}

impl Fit {
    const fn of(area: Rect) -> Self {
        if area.width >= 110 && area.height >= 30 {
            Self::Roomy
        } else if area.width >= 80 && area.height >= 19 {
            Self::Tight
        } else if area.width >= 40 && area.height >= 9 {
            Self::One
        } else {
            Self::Words
        }
    }
}

/// Rows above and below a line.
const fn cut_rows(area: Rect, rows: u16) -> (Rect, Rect) {
    let top = if rows < area.height {
        rows
    } else {
        area.height
    };
    let above = Rect {
        height: top,
        ..area
    };
    let below = Rect {
        y: area.y.saturating_add(top),
        height: area.height - top,
        ..area
    };
    (above, below)
}

/// Columns left and right of a line.
const fn cut_columns(area: Rect, columns: u16) -> (Rect, Rect) {
    let left = if columns < area.width {
        columns
    } else {
        area.width
    };
    let before = Rect {
        width: left,
        ..area
    };
    let after = Rect {
        x: area.x.saturating_add(left),
        width: area.width - left,
        ..area
    };
    (before, after)
}

impl LiveScreen {
    pub(super) fn draw_stage(
        &self,
        stage: &Stage<'_>,
        area: Rect,
        buf: &mut Buffer,
        paint: &Paint<'_>,
    ) {
        let panes = Panes {
            screen: self,
            stage,
            paint,
        };
        let fit = Fit::of(area);
        let area = if stage.view.off_record {
            banner::off_record(area, buf, paint.styles)
        } else {
            area
        };
        match fit {
            Fit::Words => words(stage, area, buf, paint.styles),
            Fit::One => panes.one(area, buf),
            Fit::Roomy | Fit::Tight if self.zoomed => {
                let (first, rest) = cut_rows(area, 1);
                strip::draw(stage, first, buf, paint.styles);
                let (line, rest) = cut_rows(rest, 1);
                step_line::draw(stage, line, buf, paint.styles);
                panes.focused(rest, buf);
            }
            Fit::Roomy => panes.all(area, buf, true),
            Fit::Tight => panes.all(area, buf, false),
        }
    }
}

/// The panes of one frame.
struct Panes<'a> {
    screen: &'a LiveScreen,
    stage: &'a Stage<'a>,
    paint: &'a Paint<'a>,
}

impl Panes<'_> {
    fn has_focus(&self, focus: Focus) -> bool {
        self.screen.focus == focus && !self.paint.covered && self.screen.sheet.is_none()
    }

    fn all(&self, area: Rect, buf: &mut Buffer, roomy: bool) {
        let styles = self.paint.styles;
        let (first, rest) = cut_rows(area, 1);
        strip::draw(self.stage, first, buf, styles);
        let (line, rest) = cut_rows(rest, u16::from(roomy || step_line::has(self.stage)));
        step_line::draw(self.stage, line, buf, styles);
        let (top, rest) = cut_rows(rest, if roomy { clock::ROOMY } else { clock::TIGHT });
        let wide = area.width >= 110;
        let (part, of) = if wide { (57, 120) } else { (43, 80) };
        let (left, right) = cut_columns(top, area.width.saturating_mul(part) / of);
        clock::draw(self.stage, left, buf, styles);
        self.prompt(right, buf);
        let people = u16::try_from(self.stage.members.len()).unwrap_or(u16::MAX);
        let blocks = u16::try_from(self.stage.session.blocks.len()).unwrap_or(u16::MAX);
        let usual = if roomy { 12 } else { 10 };
        let wanted = people.max(blocks).saturating_add(6).max(usual);
        // What was written down keeps its title and two rows; what all rows above leave free is its own.
        let most = rest.height.saturating_sub(if roomy { 8 } else { 3 });
        let least = usual.min(rest.height.saturating_sub(2));
        let (middle, below) = cut_rows(rest, wanted.min(most.max(least)));
        // Numbers of two digits take a cell more.
        let agenda = if wide {
            44 + u16::from(blocks > 9) * 2
        } else {
            34
        };
        let (left, right) = cut_columns(middle, agenda);
        self.agenda(left, buf);
        self.speaking(right, buf);
        let keys = u16::from(roomy && below.height >= 7) * 2;
        let (list, keys) = cut_rows(below, below.height - keys);
        self.written(list, buf);
        self.keys(keys, buf);
    }

    /// The keys that write, as a row of their own.
    fn keys(&self, area: Rect, buf: &mut Buffer) {
        let area = text::row(area, 1);
        if area.is_empty() {
            return;
        }
        let styles = self.paint.styles;
        let inner = Rect {
            width: area.width.saturating_sub(4),
            ..text::after(area, 2)
        };
        list::paint_row(
            &Line::default(),
            Look::Now,
            list::rows_of(inner),
            buf,
            styles,
        );
        let keys = self.paint.view.keys.hints(&[
            (CommandId::AddAction, "action"),
            (CommandId::AddDecision, "decision"),
            (CommandId::AddNote, "note for me"),
            (CommandId::AddCircleNote, "for the circle"),
            (CommandId::AddParked, "park"),
        ]);
        hints::draw_quiet(&keys, inner, buf, styles);
        let end = Span::styled(KEEPS_DRAFT, styles.of(Role::Muted));
        text::put_right(&Line::from(end), inner, buf);
    }

    fn focused(&self, area: Rect, buf: &mut Buffer) {
        match self.screen.focus {
            Focus::Speaking => self.speaking(area, buf),
            Focus::Written => self.written(area, buf),
            Focus::Prompt => self.prompt(area, buf),
            Focus::Agenda => self.agenda(area, buf),
        }
    }

    fn prompt(&self, area: Rect, buf: &mut Buffer) {
        let focused = self.has_focus(Focus::Prompt);
        let styles = self.paint.styles;
        if self.stage.groups_out().is_some() {
            groups::draw(self.stage, area, focused, buf, styles);
        } else if self.stage.reviews() {
            let marks = self.screen.review.marks(self.stage, focused);
            review::draw(self.stage, area, marks, buf, styles);
        } else if let Some(rows) = self.stage.step_rows() {
            let marked = self.reading_of(&rows);
            step_rows::draw(self.stage, &rows, (area, buf), (focused, marked), styles);
        } else {
            let author = self.screen.author(self.stage);
            prompt::draw(self.stage, (area, buf), (focused, author), styles);
        }
    }

    /// The row that is read out, if one is.
    fn reading_of(&self, rows: &StepRows<'_>) -> usize {
        match rows {
            StepRows::ReadBack(rows) => self.screen.read_at(rows, self.stage),
            StepRows::Each(_) | StepRows::Topics(_) | StepRows::Words(_) => 0,
        }
    }

    fn speaking(&self, area: Rect, buf: &mut Buffer) {
        let shown = speaking::Shown {
            focused: self.has_focus(Focus::Speaking),
            scroll: self.screen.scroll,
            times: self.screen.times,
        };
        speaking::draw(self.stage, area, shown, buf, self.paint.styles);
    }

    fn agenda(&self, area: Rect, buf: &mut Buffer) {
        let selected = self.has_focus(Focus::Agenda).then_some(self.screen.block);
        agenda::draw(self.stage, area, selected, buf, self.paint.styles);
    }

    fn written(&self, area: Rect, buf: &mut Buffer) {
        let (circle, session) = (self.stage.circle.id, self.stage.session.id);
        let marked = self.screen.marked(&self.stage.view, circle, session);
        let cursor = (self.has_focus(Focus::Written), marked);
        written::draw(self.stage, area, cursor, buf, self.paint.styles);
    }

    /// One column without chrome: clock, prompt, speaker, last row, and a pane below if there is room.
    fn one(&self, area: Rect, buf: &mut Buffer) {
        let (stage, styles) = (self.stage, self.paint.styles);
        text::put_line(&strip::place(stage, false, styles), text::row(area, 0), buf);
        let (_, rest) = cut_rows(area, 1);
        let (face, rest) = cut_rows(rest, 5);
        small_clock(stage, face, buf, styles);
        // A message takes rows: then the step goes before the row that was written down last.
        let air = u16::from(rest.height >= 5 || (rest.height == 4 && step_line::has(stage)));
        let (line, rest) = cut_rows(rest, air);
        let now = step_line::line(stage, line.width, styles);
        text::put_line(&now, text::row(line, 0), buf);
        if rest.height >= 9 {
            let used = self.words(rest, 3, buf);
            written::last(stage, text::row(rest, used), buf, styles);
            let (_, pane) = cut_rows(rest, used + 1);
            self.focused(pane, buf);
            return;
        }
        let below = if rest.height >= 4 { 2 } else { 1 };
        let used = self.words(rest, rest.height.saturating_sub(below), buf);
        speaker(stage, text::row(rest, used), buf, styles);
        written::last(stage, text::row(rest, used + 1), buf, styles);
    }

    /// The prompt, the marked action of a review or what a step is about, on its own ground; where there is a
    /// question too, it stands above. Returns the rows used.
    fn words(&self, area: Rect, most: u16, buf: &mut Buffer) -> u16 {
        let stage = self.stage;
        let rows = stage.review();
        let action = if stage.reviews() {
            let at = self.screen.review.at(stage, &rows);
            rows.get(at).map(|action| {
                let who = say::owner(&stage.view, stage.circle.id, action.owner, true);
                format!("{who}: {}", action.text)
            })
        } else {
            None
        };
        let prompt = stage.prompt().map(|prompt| prompt.text.to_string());
        let step = stage.step_rows();
        // One word each asks in its own sentence.
        let own = matches!(step, Some(StepRows::Words(_)));
        let rows = step.map(|rows| {
            let marked = self.reading_of(&rows);
            step_rows::sentence(stage, &rows, marked)
        });
        let below = action.as_ref().or(rows.as_ref().filter(|_| !own));
        if let (Some(prompt), Some(about)) = (&prompt, below) {
            let used = self.ground(prompt, area, most.saturating_sub(1), buf);
            let (_, below) = cut_rows(area, used);
            return used + self.ground(about, below, most.saturating_sub(used), buf);
        }
        let says = || stage.running_step()?.says.as_ref().map(ToString::to_string);
        let words = rows.or(prompt).or(action).or_else(says);
        let words = words.unwrap_or_else(|| "No prompt in this block.".to_owned());
        self.ground(&words, area, most, buf)
    }

    /// Words on their own ground, in at most so many rows. Returns the rows used.
    fn ground(&self, words: &str, area: Rect, most: u16, buf: &mut Buffer) -> u16 {
        let styles = self.paint.styles;
        let lines = text::wrap(words, area.width);
        for (index, line) in (0u16..).zip(lines.iter().take(most.into())) {
            let row = text::row(area, index);
            buf.set_style(row.intersection(buf.area), styles.ground(Role::Surface));
            let cut = index + 1 == most && lines.len() > usize::from(most);
            let line = if cut {
                text::cut(&format!("{line} ~~"), row.width).into_owned()
            } else {
                line.to_string()
            };
            text::put(&line, styles.prompt(), row, buf);
        }
        u16::try_from(lines.len()).unwrap_or(u16::MAX).min(most)
    }
}
