//! The search over everything: a field, and what was found so far. It keeps no documents; the rows are what the store
//! answered for the words as they are now.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::domain::clock::Zone;
use crate::domain::id::Space;
use crate::domain::search::{Hit, Sort, Words};
use crate::domain::state::State;
use crate::engine::query::{Look, LookPage};
use crate::theme::{Role, Styles};
use crate::tui::widget::field::{self, Field};
use crate::tui::widget::frame::Pane;
use crate::tui::widget::list::{self, Look as RowLook};
use crate::tui::widget::text;

/// Most rows that are kept: whoever needs more types another word.
const MOST: usize = 200;

/// The search as it stands.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// What is typed.
    pub field: Field,
    hits: Vec<Hit>,
    selected: usize,
    /// What was asked last; answers to anything else are of words that are not sought any more.
    asked: Option<Look>,
}

impl Search {
    /// The words have changed: what to ask now, if there are words.
    pub fn begin(&mut self, masked: bool, zone: Zone) -> Option<Look> {
        self.selected = 0;
        self.hits.clear();
        let words = self.field.text().to_owned();
        self.asked = (!Words::read(&words).is_empty()).then(|| Look {
            words,
            masked,
            zone: zone.name().to_owned(),
            ..Look::default()
        });
        self.asked.clone()
    }

    /// Takes an answer, and says where to go on; `None` when it is whole, or nobody wants it any more.
    pub fn take(&mut self, look: &Look, page: &LookPage, zone: Zone) -> Option<Look> {
        if self.asked.as_ref() != Some(look) {
            return None;
        }
        let here = self.selected().map(|hit| hit.key);
        self.hits.extend(page.hits.iter().cloned());
        self.hits.sort_by_cached_key(|hit| hit.place(zone));
        self.hits.truncate(MOST);
        // The mark stays on its row, unless it stands at the top, where the best row is wanted.
        if let Some(key) = here.filter(|_| self.selected > 0) {
            let place = self.hits.iter().position(|hit| hit.key == key);
            self.selected = place.unwrap_or(0);
        }
        self.asked = page.next.map(|from| Look {
            from: Some(from),
            ..look.clone()
        });
        self.asked.clone()
    }

    /// The marked row.
    pub fn selected(&self) -> Option<&Hit> {
        self.hits.get(self.selected)
    }

    /// Moves the mark; stops at the ends.
    pub fn step(&mut self, by: isize) {
        let last = self.hits.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
    }

    /// Draws it in `area`, which is cleared.
    pub fn draw(
        &self,
        area: Rect,
        buf: &mut Buffer,
        styles: &Styles,
        (state, zone): (&State, Zone),
    ) -> Option<Position> {
        let meta = match (self.asked.is_some(), self.hits.len()) {
            (true, _) => "searching".to_owned(),
            (false, MOST) => format!("the newest {MOST}"),
            (false, count) => format!("{count} found"),
        };
        let pane = Pane::new("Search").meta(meta).focused(true);
        let content = pane.draw_over(area, buf, styles);
        let caret = field::draw(&self.field, &[], text::row(content, 0), buf, styles);
        let rows = Rect {
            y: content.y.saturating_add(2),
            height: content.height.saturating_sub(4),
            ..content
        };
        if self.hits.is_empty() {
            let words = match (self.field.text().trim(), self.asked.is_some()) {
                ("", _) => "Words of a session, an action, a note, a person, a question, a book",
                (_, true) => "searching",
                (_, false) => "Nothing has all of these words.",
            };
            text::put(words, styles.of(Role::Muted), text::row(rows, 0), buf);
            return caret;
        }
        let window = list::window(self.hits.len(), self.selected, 0, rows.height);
        for (at, index) in (0..).zip(window) {
            if let Some(hit) = self.hits.get(index) {
                let look = if index == self.selected {
                    RowLook::Selected
                } else {
                    RowLook::Plain
                };
                let line = row(hit, (state, zone), look, styles);
                list::draw_row(&line, look, text::row(rows, at), buf, styles);
            }
        }
        if let Some(hit) = self.selected() {
            let last = text::row(content, content.height.saturating_sub(1));
            let words = whereabouts(hit, state, zone);
            text::put(&words, styles.of(Role::Muted), last, buf);
        }
        caret
    }
}

fn row(hit: &Hit, (state, zone): (&State, Zone), look: RowLook, styles: &Styles) -> Line<'static> {
    let words = if hit.sort == Sort::Member {
        // Two people may have one name: where they are tells them apart.
        format!("{}  {}", hit.text, whereabouts(hit, state, zone))
    } else if hit.beside.is_empty() {
        hit.text.clone()
    } else {
        format!("{} ({})", hit.text, hit.beside)
    };
    Line::from(vec![
        Span::styled(text::pad(hit.sort.word(), 9), look.quiet(styles)),
        Span::styled(text::pad(&hit.label, 6), look.quiet(styles)),
        Span::styled(words.replace('\n', " "), look.main(styles)),
    ])
}

/// `Ladder Up, 12 Mar 2026, open`.
fn whereabouts(hit: &Hit, state: &State, zone: Zone) -> String {
    let place = match hit.key.space {
        Space::Circle(id) => state.circle(id).map(|circle| circle.name.to_string()),
        Space::Org => Some("the question bank".to_owned()),
    };
    let day = hit.at.date(zone).format("%-d %b %Y").to_string();
    let parts = [place.unwrap_or_default(), day, hit.state.clone()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::Moment;
    use crate::domain::id::{Key, Kind};
    use crate::domain::search::Sort;
    use crate::engine::query::LookPlace;
    use crate::tui::widget::field::Edit;

    fn hit(n: u128) -> Hit {
        Hit {
            key: Key::new(Space::Org, Kind::Question, uuid::Uuid::from_u128(n)),
            sort: Sort::Question,
            label: format!("Q{n}"),
            text: format!("question {n}"),
            beside: String::new(),
            state: String::new(),
            is_open: false,
            at: Moment::from_millis(i64::try_from(n).unwrap()),
            session: None,
            score: 1,
        }
    }

    fn typed(search: &mut Search, text: &str) -> Look {
        search.field.apply(Edit::Paste(text.to_owned()));
        search.begin(false, Zone::UTC).unwrap()
    }

    #[test]
    fn answers_to_words_that_were_changed_are_left_and_nothing_more_is_asked() {
        let mut search = Search::default();
        let first = typed(&mut search, "que");
        let second = typed(&mut search, "stion");
        let place = LookPlace {
            space: Space::Org,
            kind: Kind::Question,
            after: None,
        };
        let page = |n, next| LookPage {
            hits: vec![hit(n)],
            next,
        };
        assert_eq!(search.take(&first, &page(1, Some(place)), Zone::UTC), None);
        assert!(search.selected().is_none());
        let on = search.take(&second, &page(2, Some(place)), Zone::UTC);
        let on = on.unwrap();
        assert_eq!(on.from, Some(place));
        assert_eq!(search.take(&on, &page(3, None), Zone::UTC), None);
        assert_eq!(search.selected().unwrap().label, "Q3", "the newest first");
    }

    #[test]
    fn the_mark_stays_on_its_row_when_newer_rows_come() {
        let mut search = Search::default();
        let look = typed(&mut search, "question");
        let place = LookPlace {
            space: Space::Org,
            kind: Kind::Question,
            after: None,
        };
        let page = |ns: [u128; 2], next| LookPage {
            hits: ns.map(hit).to_vec(),
            next,
        };
        let on = search.take(&look, &page([1, 2], Some(place)), Zone::UTC);
        search.step(1);
        assert_eq!(search.selected().unwrap().label, "Q1");
        search.take(&on.unwrap(), &page([3, 4], None), Zone::UTC);
        assert_eq!(search.selected().unwrap().label, "Q1");
    }
}
