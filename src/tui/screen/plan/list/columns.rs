//! The columns of the agenda, as wide as there is room for.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::domain::agenda::Block;
use crate::theme::{Role, Styles};
use crate::tui::screen::plan::Desk;
use crate::tui::screen::table::{self, Cell};
use crate::tui::widget::text;

/// Cells of each column; 0 leaves it out.
pub(super) struct Columns {
    pub(super) number: u16,
    title: u16,
    kind: u16,
    lead: u16,
    prompts: u16,
}

impl Columns {
    pub(super) fn of(desk: &Desk<'_>, width: u16) -> Self {
        let leads = desk.session().blocks.iter().map(|block| lead(block, desk));
        let widest = leads.map(|lead| text::width(&lead)).max().unwrap_or(0);
        let wide = width >= 50;
        let lead = if wide && widest > 0 {
            widest.clamp(4, 12)
        } else {
            0
        };
        let (number, kind, prompts) = if wide { (2, 8, 7) } else { (0, 0, 0) };
        // Mark, start and minutes, and two cells before each further column, three before the last.
        let fixed = 2 + 6 + 2 + 3 + 2;
        let more: u16 = [number, kind, lead]
            .into_iter()
            .filter(|cells| *cells > 0)
            .map(|cells| cells + 2)
            .sum();
        let last = if prompts > 0 { prompts + 3 } else { 0 };
        Self {
            number,
            title: width.saturating_sub(fixed + more + last),
            kind,
            lead,
            prompts,
        }
    }

    pub(super) fn line(&self, mark: Span<'static>, cells: [(String, Style); 7]) -> Line<'static> {
        let [number, start, minutes, title, kind, lead, prompts] = cells;
        let cell = |(text, style): (String, Style), cells| Cell::new(text, cells, style);
        table::line(
            vec![mark],
            [
                cell(number, self.number).right(),
                cell(start, 6),
                cell(minutes, 3).right(),
                cell(title, self.title),
                cell(kind, self.kind),
                cell(lead, self.lead),
                cell(prompts, self.prompts).last(),
            ],
        )
    }
}

pub(super) fn heads(columns: &Columns, styles: &Styles) -> Line<'static> {
    let style = styles.of(Role::Muted);
    let words = ["#", " start", "min", "block", "kind", "lead", "prompts"];
    columns.line(Span::raw("  "), words.map(|word| (word.to_owned(), style)))
}

pub(super) fn lead(block: &Block, desk: &Desk<'_>) -> String {
    let member = block.lead.and_then(|id| desk.stage.person(id));
    member.map_or_else(String::new, |member| desk.stage.short(member))
}
