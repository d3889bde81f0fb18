//! The list of questions, the pane it stands in, and what it says when it is empty.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::command::id::CommandId;
use crate::domain::question::Asked;
use crate::domain::question::sought::Sought;
use crate::engine::query::BankRow;
use crate::theme::{Role, Styles};
use crate::tui::screen::cursor::window;
use crate::tui::screen::questions::{Focus, Questions, target};
use crate::tui::screen::table::{self, Cell};
use crate::tui::view::{Paint, Reply, View};
use crate::tui::widget::hints::Hint;
use crate::tui::widget::{list, text};

/// From this height on the detail stands below the list.
const WITH_DETAIL: u16 = 19;

/// Something that is looked for and can be given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Typed,
    Theme,
    Depth,
    Kind,
    Here,
    Starred,
}

/// Cells of each column; 0 leaves it out.
struct Columns {
    id: u16,
    words: u16,
    depth: u16,
    asked: u16,
}

impl Questions {
    pub(super) fn draw_main(&self, area: Rect, buf: &mut Buffer, paint: &Paint<'_>) {
        let focused = self.focus == Focus::List && !paint.covered;
        let both = area.height >= WITH_DETAIL;
        let Some(under) = self.under() else {
            return self.draw_list(area, buf, paint, focused);
        };
        if !both && self.focus == Focus::Detail {
            return self.draw_detail(under, (area, !paint.covered), buf, paint);
        }
        let detail = if both { area.height * 9 / 20 } else { 0 };
        let top = table::above(area, area.height - detail);
        self.draw_list(top, buf, paint, focused);
        if detail > 0 {
            let area = table::below(area, top.height);
            let focused = self.focus == Focus::Detail && !paint.covered;
            self.draw_detail(under, (area, focused), buf, paint);
        }
    }

    /// `9 of 240: feedback, reflect, not asked yet`.
    pub(super) fn meta(&self) -> String {
        if self.found.is_none() {
            return String::new();
        }
        let parts: Vec<String> = self.parts().into_iter().map(|(_, words)| words).collect();
        let count = match (parts.is_empty(), self.page.total == self.page.all) {
            (true, true) => self.page.all.to_string(),
            _ => format!("{} of {}", self.page.total, self.page.all),
        };
        match parts.as_slice() {
            [] => count,
            parts => format!("{count}: {}", parts.join(", ")),
        }
    }

    /// What is looked for, in words.
    fn parts(&self) -> Vec<(Part, String)> {
        let picked = &self.picked;
        let typed = Some(self.typed.0.clone()).filter(|text| !text.is_empty());
        let themes = &self.page.facets.themes;
        let theme = picked.theme.as_ref().map(|theme| {
            let same =
                |name: &&String| crate::domain::question::sought::tag(name).as_ref() == Some(theme);
            let name = themes.iter().map(|(name, _)| name).find(same);
            name.unwrap_or(theme).clone()
        });
        let depth = picked.depth.map(|depth| depth.to_string());
        let kind = picked.kind.map(|kind| kind.title().to_owned());
        let here = picked.here.map(|here| here.words().to_owned());
        let starred = picked.starred.then(|| "starred".to_owned());
        let all = [
            (Part::Typed, typed),
            (Part::Theme, theme),
            (Part::Depth, depth),
            (Part::Kind, kind),
            (Part::Here, here),
            (Part::Starred, starred),
        ];
        all.into_iter()
            .filter_map(|(part, words)| Some((part, words?)))
            .collect()
    }

    /// Gives up the part with this number, so that more is found.
    pub(super) fn drop_part(&mut self, number: u16, view: &View<'_>) -> Reply {
        let part = usize::from(number).checked_sub(1);
        let parts = self.parts();
        let Some((part, _)) = part.and_then(|at| parts.get(at)) else {
            return Reply::Ignored;
        };
        match part {
            Part::Typed => self.typed = (String::new(), Sought::default()),
            Part::Theme => self.picked.theme = None,
            Part::Depth => self.picked.depth = None,
            Part::Kind => self.picked.kind = None,
            Part::Here => self.picked.here = None,
            Part::Starred => self.picked.starred = false,
        }
        self.look(view)
    }

    fn draw_list(&self, area: Rect, buf: &mut Buffer, paint: &Paint<'_>, focused: bool) {
        let styles = paint.styles;
        let meta = self.meta();
        let mut content = table::pane("Questions", meta.as_str(), focused, area, (buf, styles));
        if self.found.is_none() {
            return table::empty("loading", &[], content, (buf, styles));
        }
        let rows = &self.page.rows;
        if rows.is_empty() {
            return self.draw_empty(content, buf, paint);
        }
        let columns = Columns::of(rows, content.width);
        if content.height >= 9 {
            let foot = text::row(content, content.height - 1);
            let words = match self.marked.len() {
                0 if content.width < 50 => "Least asked here first, then stars".to_owned(),
                0 => "Least asked in this circle first, then stars".to_owned(),
                many => format!(
                    "{many} marked; {} adds them all",
                    paint.view.keys.of(CommandId::Open)
                ),
            };
            text::put(&words, styles.of(Role::Muted), text::after(foot, 2), buf);
            content.height -= 2;
            table::put_plain(&heads(&columns, styles), (content, 0), (buf, styles));
            content = table::below(content, 1);
        }
        let selected = self.cursor.place(self.ids());
        for (place, index) in window(rows.len(), selected, content.height).zip(0..) {
            if let Some(row) = rows.get(place) {
                let look = list::Look::of(place == selected, focused);
                let line = self.line(row, &columns, (look, place == selected), paint);
                table::put_row(&line, look, (content, index), (buf, styles));
            }
        }
    }

    fn line(
        &self,
        row: &BankRow,
        columns: &Columns,
        (look, under): (list::Look, bool),
        paint: &Paint<'_>,
    ) -> Line<'static> {
        let styles = paint.styles;
        let question = &row.question;
        let (main, quiet) = (look.main(styles), look.quiet(styles));
        let marked = self.marked.contains_key(&question.id);
        let star = if question.starred { "* " } else { "  " };
        let here = paint.view.circle.and_then(|circle| row.asked_in(circle));
        let planned = target::session(&paint.view).is_some_and(|(_, session, _)| {
            let mut prompts = session.blocks.iter().flat_map(|block| &block.prompts);
            prompts.any(|prompt| prompt.question == Some(question.id))
        });
        let asked = if planned {
            "plan".to_owned()
        } else {
            asked_cell(here)
        };
        table::line(
            vec![
                table::cursor_mark(under, marked, styles),
                Span::styled(star, styles.bold(Role::Accent)),
            ],
            [
                Cell::new(format!("Q{}", question.number), columns.id, quiet),
                Cell::new(question.text.to_string(), columns.words, main),
                Cell::new(question.depth.level().to_string(), columns.depth, quiet).right(),
                Cell::new(asked, columns.asked, quiet).right(),
            ],
        )
    }

    fn draw_empty(&self, content: Rect, buf: &mut Buffer, paint: &Paint<'_>) {
        let styles = paint.styles;
        if self.page.all == 0 {
            let key = |id| paint.view.keys.of(id);
            let (add, import) = (key(CommandId::Add), key(CommandId::Import));
            let keys = [
                Hint::new(&add, "write one").run(CommandId::Add),
                Hint::new(&import, "brings a file in").run(CommandId::Import),
            ];
            let sentence = "The bank has no questions yet.";
            return table::empty(sentence, &keys, content, (buf, styles));
        }
        let parts = self.parts();
        let drops: Vec<(String, String)> = (1..)
            .zip(&parts)
            .map(|(number, (_, words))| (number.to_string(), format!("drop '{words}'")))
            .collect();
        let mut keys: Vec<Hint<'_>> = drops
            .iter()
            .map(|(number, words)| Hint::new(number, words))
            .collect();
        keys.extend(paint.view.keys.hints(&[(CommandId::Add, "write one")]));
        table::empty("No question matches.", &keys, content, (buf, styles));
    }
}

fn asked_cell(asked: Option<&Asked>) -> String {
    match asked {
        Some(asked) if asked.never => "never".to_owned(),
        Some(asked) => format!("{}x", asked.times),
        None => "0x".to_owned(),
    }
}

fn heads(columns: &Columns, styles: &Styles) -> Line<'static> {
    let style = styles.of(Role::Muted);
    table::line(
        vec![Span::raw("    ")],
        [
            Cell::new("", columns.id, style),
            Cell::new("question", columns.words, style),
            Cell::new("depth", columns.depth, style).right(),
            Cell::new("asked", columns.asked, style).right(),
        ],
    )
}

impl Columns {
    /// What fits: the words first, then number, how near and how often.
    fn of(rows: &[BankRow], width: u16) -> Self {
        let room = width.saturating_sub(4);
        let largest = rows.iter().map(|row| row.question.number).max();
        let mut columns = Self {
            id: largest.map_or(0, |number| text::width(&format!("Q{number}"))),
            words: 0,
            depth: 5,
            asked: 5,
        };
        if room < 60 {
            columns.depth = 0;
        }
        if room < 44 {
            columns.asked = 0;
        }
        if room < 30 {
            columns.id = 0;
        }
        let rest = [columns.id, columns.depth, columns.asked];
        let taken: u16 = rest
            .iter()
            .filter(|cells| **cells > 0)
            .map(|cells| cells + 2)
            .sum();
        columns.words = room.saturating_sub(taken);
        columns
    }
}
