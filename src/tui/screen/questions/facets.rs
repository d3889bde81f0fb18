//! The pane of choices: theme, depth, kind and this circle, each row with the number of questions it would leave.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::question::sought::{self, Here};
use crate::domain::question::{Depth, QuestionKind};
use crate::tui::screen::choices::{Choice, Groups};
use crate::tui::screen::questions::Questions;
use crate::tui::screen::table;
use crate::tui::view::{CommandId, Paint, Reply, View};

/// As wide as it is where the list is not beside it.
const ALONE: u16 = 40;

/// A row that can be picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Facet {
    /// By its place among the themes that are told.
    Theme(usize),
    Depth(Depth),
    Kind(QuestionKind),
    Here(Here),
    Starred,
}

impl Facet {
    const fn group(self) -> &'static str {
        match self {
            Self::Theme(_) => "Theme",
            Self::Depth(_) => "Depth",
            Self::Kind(_) => "Kind",
            Self::Here(_) | Self::Starred => "This circle",
        }
    }
}

impl Questions {
    /// The rows that can be picked, in their order.
    pub(super) fn facet_rows(&self) -> Vec<Facet> {
        let here = Here::ALL.map(Facet::Here);
        let mut rows = here.to_vec();
        rows.push(Facet::Starred);
        rows.extend(Depth::ALL.map(Facet::Depth));
        rows.extend(QuestionKind::ALL.map(Facet::Kind));
        rows.extend((0..self.page.facets.themes.len()).map(Facet::Theme));
        rows
    }

    pub(super) fn in_facets(&mut self, id: CommandId, view: &View<'_>) -> Reply {
        let rows = self.facet_rows();
        match id {
            _ if self.facet_cursor.step(id, &rows) => Reply::Handled,
            CommandId::Open | CommandId::Mark => match self.facet_cursor.item(&rows) {
                Some(facet) => self.pick(facet, view),
                None => Reply::Ignored,
            },
            _ => Reply::Ignored,
        }
    }

    /// Takes a choice; the one that is taken already is given up.
    fn pick(&mut self, facet: Facet, view: &View<'_>) -> Reply {
        fn turn<T: PartialEq>(picked: &mut Option<T>, to: T) {
            *picked = Some(to).filter(|to| picked.as_ref() != Some(to));
        }
        match facet {
            Facet::Theme(place) => {
                let theme = self.page.facets.themes.get(place);
                if let Some(theme) = theme.and_then(|(name, _)| sought::tag(name)) {
                    turn(&mut self.picked.theme, theme);
                }
            }
            Facet::Depth(depth) => turn(&mut self.picked.depth, depth),
            Facet::Kind(kind) => turn(&mut self.picked.kind, kind),
            Facet::Here(here) => turn(&mut self.picked.here, here),
            Facet::Starred => self.picked.starred = !self.picked.starred,
        }
        self.look(view)
    }

    fn is_picked(&self, facet: Facet) -> bool {
        let picked = self.sought();
        match facet {
            Facet::Theme(place) => {
                let theme = self.page.facets.themes.get(place);
                let theme = theme.and_then(|(name, _)| sought::tag(name));
                theme.is_some() && picked.theme == theme
            }
            Facet::Depth(depth) => picked.depth == Some(depth),
            Facet::Kind(kind) => picked.kind == Some(kind),
            Facet::Here(here) => picked.here == Some(here),
            Facet::Starred => picked.starred,
        }
    }

    fn label_and_count(&self, facet: Facet) -> (String, u32) {
        let facets = &self.page.facets;
        let at = |counts: &[u32], place: usize| counts.get(place).copied().unwrap_or(0);
        match facet {
            Facet::Theme(place) => facets.themes.get(place).cloned().unwrap_or_default(),
            Facet::Depth(depth) => (
                format!("{} {depth}", depth.level()),
                at(&facets.depths, depth as usize),
            ),
            Facet::Kind(kind) => (kind.title().to_owned(), at(&facets.kinds, kind as usize)),
            Facet::Here(here) => (here.words().to_owned(), at(&facets.here, here as usize)),
            Facet::Starred => ("starred".to_owned(), facets.starred),
        }
    }

    pub(super) fn draw_facets(
        &self,
        area: Rect,
        buf: &mut Buffer,
        paint: &Paint<'_>,
        focused: bool,
    ) {
        let styles = paint.styles;
        // Where it has the screen for itself, what it leaves stands nowhere else.
        let meta = if area.width >= ALONE {
            self.meta()
        } else {
            String::new()
        };
        let content = table::pane("Choices", meta, focused, area, (buf, styles));
        let rows = self.facet_rows();
        let under = self.facet_cursor.item(&rows);
        let under = under.and_then(|under| rows.iter().position(|row| *row == under));
        let groups = Groups::of(rows.iter().map(|row| row.group()));
        groups.draw(content, (under, focused), (buf, styles), |place| {
            rows.get(place)
                .map_or_else(Choice::default, |facet| self.choice(*facet))
        });
    }

    fn choice(&self, facet: Facet) -> Choice {
        let (label, count) = self.label_and_count(facet);
        let count = if self.found.is_none() {
            "..".to_owned()
        } else {
            count.to_string()
        };
        let taken = self.is_picked(facet);
        Choice {
            label,
            count,
            taken,
        }
    }
}
