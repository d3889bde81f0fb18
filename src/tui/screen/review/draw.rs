//! The rows of the walk with what became of them, and the one that is asked about in full.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::command::id::CommandId;
use crate::domain::item::{Action, ActionState};
use crate::domain::review::{self, Way};
use crate::theme::Role;
use crate::theme::glyphs::Mark;
use crate::tui::keys::Keys;
use crate::tui::screen::cursor::window;
use crate::tui::screen::review::Review;
use crate::tui::screen::table::{self, Cell};
use crate::tui::screen::words;
use crate::tui::view::{Paint, View};
use crate::tui::widget::hints::{self, Hint};
use crate::tui::widget::list::{self, Look};
use crate::tui::widget::text;

/// Rows of the body from which the list stands above the row that is asked about.
const LIST_FROM: u16 = 16;
/// Cells in which all that may help stands in one row.
const ONE_ROW: u16 = 76;
/// Cells of a pane that its title cannot have.
const FRAME: u16 = 8;
/// Cells of the labels.
const LABEL: u16 = 10;

impl Review {
    pub(super) fn draw_all(&self, area: Rect, buf: &mut Buffer, paint: &Paint<'_>) {
        let frame = 2;
        let rows = u16::try_from(self.rows.len()).unwrap_or(u16::MAX);
        let upper = if area.height < LIST_FROM || self.rows.is_empty() {
            0
        } else {
            rows.saturating_add(frame).min(area.height / 2)
        };
        if upper > 0 {
            self.draw_list(table::above(area, upper), buf, paint);
        }
        let below = table::below(area, upper);
        match self.current(&paint.view) {
            Some(action) => self.draw_action(action, below, buf, paint),
            None => self.draw_end(below, buf, paint),
        }
    }

    fn place(&self, view: &View<'_>) -> String {
        let all = self.rows.len();
        match self.all_became(view).len() {
            0 => format!("{} of {all}", (self.at + 1).min(all)),
            looked => format!("{looked} of {all} looked at"),
        }
    }

    fn draw_list(&self, area: Rect, buf: &mut Buffer, paint: &Paint<'_>) {
        let (view, styles) = (&paint.view, paint.styles);
        let title = if self.own { "Review, yours" } else { "Review" };
        let content = table::pane(title, self.place(view), false, area, (buf, styles));
        let places = window(self.rows.len(), self.at, content.height);
        for (place, index) in places.zip(0..) {
            let Some(action) = self.rows.get(place).and_then(|id| self.action(*id, view)) else {
                continue;
            };
            let here = place == self.at;
            let look = Look::of(here, !paint.covered);
            let line = self.row(action, (here, look), content.width, paint);
            table::put_row(&line, look, (content, index), (buf, styles));
        }
    }

    fn row(
        &self,
        action: &Action,
        (here, look): (bool, Look),
        width: u16,
        paint: &Paint<'_>,
    ) -> Line<'static> {
        let (view, styles) = (&paint.view, paint.styles);
        let became = self.became(action.id, view);
        let mark = match action.state {
            ActionState::Done => Mark::Done,
            ActionState::Open | ActionState::Moved | ActionState::Partly => Mark::Open,
            ActionState::LetGo => Mark::None,
        };
        let quiet = look.quiet(styles);
        let main = if became.is_some() {
            quiet
        } else {
            look.main(styles)
        };
        let due = words::due(view, action.due);
        let due_style = if due.warm && action.state.is_open() {
            styles.bold(Role::Warn)
        } else {
            quiet
        };
        let room = width.saturating_sub(2 + styles.glyphs().state_cells());
        let (id, due_cells, said) = if room < 60 { (5, 0, 12) } else { (5, 15, 19) };
        let gaps = if due_cells > 0 { 6 } else { 4 };
        // Whose it is stands beside it where several people's are gone through.
        let (who, who_cells) = match self.circle.filter(|_| !self.own && due_cells > 0) {
            Some(circle) => (words::owner(view, circle, action.owner, true), 12),
            None => (String::new(), 0),
        };
        let gaps = gaps + if who_cells > 0 { 2 } else { 0 };
        let left = room.saturating_sub(id + due_cells + who_cells + said + gaps);
        let said_words = became.map_or("", review::Became::word);
        table::line(
            vec![
                table::cursor_mark(here, false, styles),
                list::state_mark(mark, styles),
            ],
            [
                Cell::new(format!("A{}", action.number), id, quiet),
                Cell::new(due.text, due_cells, due_style),
                Cell::new(who, who_cells, quiet),
                Cell::new(action.text.to_string(), left, main),
                Cell::new(said_words, said, styles.of(Role::Good)),
            ],
        )
    }

    /// The action that is asked about: what is known of it, what may help, and its keys.
    fn draw_action(&self, action: &Action, area: Rect, buf: &mut Buffer, paint: &Paint<'_>) {
        let (view, styles) = (&paint.view, paint.styles);
        let whole = format!("A{}  {}", action.number, action.text);
        let meta = self.place(view);
        // Words that the title cannot hold stand below it, all of them.
        let fits = text::width(&whole) + text::width(&meta) + FRAME <= area.width;
        let title = if fits {
            whole
        } else {
            format!("A{}", action.number)
        };
        let content = table::pane(&title, meta, !paint.covered, area, (buf, styles));
        let stuck = review::is_stuck(action);
        let offers = ways(stuck, content.width, view.keys);
        let asked = u16::from(stuck);
        let offered = u16::try_from(offers.len()).unwrap_or(u16::MAX);
        let foot = if action.state.is_open() {
            offered.saturating_add(asked)
        } else {
            0
        };
        let facts = table::above(content, content.height.saturating_sub(foot));
        let used = self.draw_facts((action, !fits), facts, buf, paint);
        if foot == 0 {
            return;
        }
        // One row of air above what is asked, where there is room for it.
        let gap = u16::from(used + foot < content.height);
        let mut row = used + gap;
        if stuck {
            let words = review::stuck_words(action.carried);
            text::put(
                &words,
                styles.bold(Role::Text),
                text::row(content, row),
                buf,
            );
            row += 1;
        }
        for hints in offers {
            if row < content.height {
                hints::draw_quiet(&hints, text::row(content, row), buf, styles);
            }
            row += 1;
        }
    }

    /// Draws what is known and returns how many rows that took.
    fn draw_facts(
        &self,
        (action, with_words): (&Action, bool),
        area: Rect,
        buf: &mut Buffer,
        paint: &Paint<'_>,
    ) -> u16 {
        let mut row = 0;
        let words = with_words.then(|| text::wrap(&action.text, area.width));
        for line in words.into_iter().flatten().take(area.height.into()) {
            let style = paint.styles.bold(Role::Text);
            text::put(&line, style, text::row(area, row), buf);
            row += 1;
        }
        for (label, value) in self.facts(action, &paint.view) {
            for (index, line) in text::wrap(&value, area.width.saturating_sub(LABEL))
                .iter()
                .enumerate()
            {
                if row >= area.height {
                    return row;
                }
                let label = if index == 0 { label } else { "" };
                let place = (text::row(area, row), LABEL);
                table::fact(label, line, place, (buf, paint.styles));
                row += 1;
            }
        }
        row
    }

    /// What matters for saying how it went, the most first.
    fn facts(&self, action: &Action, view: &View<'_>) -> Vec<(&'static str, String)> {
        let Some(circle) = self.circle else {
            return Vec::new();
        };
        let due = if action.state.is_open() {
            words::due(view, action.due).text
        } else {
            action.state.word().to_owned()
        };
        let mut facts = Vec::new();
        if !self.own {
            let owner = words::owner(view, circle, action.owner, false);
            facts.push(("Owner", owner));
        }
        facts.push(("Due", due));
        if let Some(left) = &action.progress {
            facts.push(("Left", left.to_string()));
        }
        let made = match action.origin.session {
            Some(_) => "Made in",
            None => "Made",
        };
        facts.push((made, self.made_in(action, view)));
        if let Some(waits) = &action.waits_for {
            facts.push(("Waits", waits.to_string()));
        }
        if let Some(partner) = action.partner {
            let partner = crate::domain::item::Owner::Member(partner);
            facts.push(("Partner", words::owner(view, circle, partner, false)));
        }
        if let Some(helps) = &action.helps {
            facts.push(("Helps", helps.to_string()));
        }
        if let Some(note) = action.note.as_ref().filter(|_| !view.masked) {
            facts.push(("Note", note.to_string()));
        }
        facts
    }

    /// Where it came from: `#7, Hot seat, Thu 26 Feb`.
    fn made_in(&self, action: &Action, view: &View<'_>) -> String {
        let origin = &action.origin;
        let day = words::full_day(view, origin.at);
        let session = origin.session.zip(self.circle).and_then(|(id, circle)| {
            let here = view.state.session(circle, id);
            here.or_else(|| self.sessions.get(&id))
        });
        let Some(session) = session else {
            return day;
        };
        let block = origin.block.and_then(|id| session.block(id));
        let block = block.map_or_else(String::new, |block| format!(", {}", block.title));
        format!("#{}{block}, {day}", session.number)
    }
}

/// What may help, in as many rows as it takes. Where nothing is stuck, what is done by another key is left out.
fn ways(stuck: bool, width: u16, keys: Keys<'_>) -> Vec<Vec<Hint<'_>>> {
    let hint = |way: Way| {
        Hint::new(
            match way {
                Way::Smaller => "1",
                Way::Help => "2",
                Way::LetGo => "3",
                Way::Keep => keys.own(CommandId::Open).unwrap_or_default(),
            },
            way.words(),
        )
    };
    let ways = if stuck {
        Way::ALL.to_vec()
    } else {
        vec![Way::Smaller, Way::Help, Way::Keep]
    };
    let hints: Vec<Hint<'_>> = ways.into_iter().map(hint).collect();
    if width >= ONE_ROW {
        return vec![hints];
    }
    hints.into_iter().map(|hint| vec![hint]).collect()
}
