//! The panes of the roster: people, and the facts about the circle.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::command::id::CommandId;
use crate::domain::roster::{Member, Role as Part};
use crate::theme::{Role, Styles};
use crate::tui::screen::cursor::window;
use crate::tui::screen::roster::{FACTS, Fact, Roster, people};
use crate::tui::screen::table::{self, Cell, TWO_COLUMNS};
use crate::tui::screen::words;
use crate::tui::view::{Paint, View};
use crate::tui::widget::{list, text};

/// Rows of the pane of facts, title and last row included.
const FACT_ROWS: u16 = 5;

/// A row as it is drawn.
enum Entry<'a> {
    Person(&'a Member),
    Blank,
    Past,
}

/// Cells of each column.
struct Columns {
    name: u16,
    about: u16,
    mail: u16,
    joined: u16,
}

impl Roster {
    pub(super) fn draw_panes(&self, area: Rect, buf: &mut Buffer, paint: &Paint<'_>) {
        let people = !self.in_facts && !paint.covered;
        let facts = self.in_facts && !paint.covered;
        if area.width >= TWO_COLUMNS {
            let left = Rect {
                width: area.width - 46,
                ..area
            };
            let right = Rect {
                x: area.x + left.width,
                width: 46,
                ..area
            };
            self.draw_people((left, people), buf, paint);
            self.draw_facts((right, facts), buf, paint);
        } else if area.height >= 16 {
            let top = table::above(area, area.height - FACT_ROWS);
            self.draw_people((top, people), buf, paint);
            self.draw_facts((table::below(area, top.height), facts), buf, paint);
        } else if self.in_facts {
            self.draw_facts((area, facts), buf, paint);
        } else {
            self.draw_people((area, people), buf, paint);
        }
    }

    fn draw_people(&self, (area, focused): (Rect, bool), buf: &mut Buffer, paint: &Paint<'_>) {
        let (view, styles) = (&paint.view, paint.styles);
        let (here, gone) = people(view);
        let count = words::counted(here.len(), "person", "people");
        let content = table::pane("People", count, focused, area, (buf, styles));
        if !view.ready {
            return table::empty("loading", &[], content, (buf, styles));
        }
        if here.is_empty() && gone.is_empty() {
            let keys = [(CommandId::Add, "add people; a pasted list will do")];
            let keys = view.keys.hints(&keys);
            return table::empty(
                "Nobody is in this circle yet.",
                &keys,
                content,
                (buf, styles),
            );
        }
        let entries = entries(&here, &gone);
        let under = self.here(view).map(|member| member.id);
        let is_under = |entry: &Entry<'_>| matches!(entry, Entry::Person(m) if Some(m.id) == under);
        let selected = entries.iter().position(is_under).unwrap_or(0);
        let columns = Columns::of(view, content.width);
        for (place, index) in window(entries.len(), selected, content.height).zip(0..) {
            match entries.get(place) {
                Some(Entry::Person(member)) => {
                    let look = list::Look::of(place == selected, focused);
                    let line = row(member, (&columns, look), (place == selected, view), styles);
                    table::put_row(&line, look, (content, index), (buf, styles));
                }
                Some(Entry::Past) => {
                    let area = text::after(text::row(content, index), 2);
                    text::put("Past members", styles.of(Role::Muted), area, buf);
                }
                Some(Entry::Blank) | None => {}
            }
        }
    }

    fn draw_facts(&self, (area, focused): (Rect, bool), buf: &mut Buffer, paint: &Paint<'_>) {
        let (view, styles) = (&paint.view, paint.styles);
        let mut content = table::pane("Circle", "", focused, area, (buf, styles));
        if content.height > 8 {
            content = table::below(content, 1);
        }
        for (fact, index) in FACTS.into_iter().zip(0..) {
            let (label, value) = self.fact_words(fact, view);
            let here = focused && self.fact() == fact;
            let look = list::Look::of(here, focused);
            let line = Line::from(vec![
                table::cursor_mark(here, false, styles),
                Span::styled(text::pad(label, 13), look.quiet(styles)),
                Span::styled(value, look.main(styles)),
            ]);
            table::put_row(&line, look, (content, index), (buf, styles));
        }
    }

    fn fact_words(&self, fact: Fact, view: &View<'_>) -> (&'static str, String) {
        let circle = view.circle.and_then(|id| view.state.circle(id));
        match fact {
            Fact::Name => {
                let name = circle.map(|circle| circle.name.to_string());
                ("Name", name.unwrap_or_default())
            }
            Fact::Meets => {
                let rule = circle.and_then(|circle| circle.rhythm);
                let words = rule.map(|rule| rule.words());
                (
                    "Meets",
                    words.unwrap_or_else(|| "no fixed rhythm".to_owned()),
                )
            }
            Fact::Template => {
                let id = circle.and_then(|circle| circle.template.clone());
                let named = |id: String| {
                    let known = self.templates.iter().find(|template| template.id == id);
                    known.map_or(id, |template| template.name.to_string())
                };
                (
                    "Starts from",
                    id.map_or_else(|| "nothing".to_owned(), named),
                )
            }
        }
    }
}

fn entries<'a>(here: &[&'a Member], gone: &[&'a Member]) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'a>> = here.iter().map(|member| Entry::Person(member)).collect();
    if !gone.is_empty() {
        entries.push(Entry::Blank);
        entries.push(Entry::Past);
        entries.extend(gone.iter().map(|member| Entry::Person(member)));
    }
    entries
}

/// Role, phone and "not called on", as far as they differ from the ordinary.
fn about(member: &Member) -> String {
    let mut words = Vec::new();
    match member.role {
        Part::Member => {}
        role @ (Part::Facilitator | Part::Guest) => words.push(role.word()),
    }
    if member.phone {
        words.push("phone");
    }
    if member.no_calls {
        words.push("not called on");
    }
    words.join(", ")
}

fn mail<'a>(member: &'a Member, view: &View<'_>) -> &'a str {
    match &member.mail {
        Some(mail) if !view.masked => mail,
        Some(_) | None => "",
    }
}

impl Columns {
    fn of(view: &View<'_>, width: u16) -> Self {
        let (here, gone) = people(view);
        let widest = |cell: &dyn Fn(&Member) -> u16, most: u16| {
            let all = here.iter().chain(&gone).map(|member| cell(member));
            all.max().unwrap_or(0).min(most)
        };
        let room = width.saturating_sub(2 + 2 + 2);
        let mut columns = Self {
            name: widest(&|member| text::width(&words::person(view, member)), 28),
            about: widest(&|member| text::width(&about(member)), 30),
            mail: widest(&|member| text::width(mail(member, view)), 28),
            joined: if room >= 60 { 17 } else { 0 },
        };
        let fits = |columns: &Self| {
            let cells = [columns.about, columns.mail, columns.joined];
            let others = cells.iter().filter(|cells| **cells > 0);
            columns.name + others.map(|cells| cells + 2).sum::<u16>() <= room
        };
        if !fits(&columns) {
            columns.joined = 0;
        }
        if !fits(&columns) {
            columns.mail = 0;
        }
        if !fits(&columns) {
            columns.about = room.saturating_sub(columns.name + 2);
        }
        if columns.about < 5 {
            columns.about = 0;
            columns.name = columns.name.min(room);
        }
        // A long name has what the others leave.
        let cells = [columns.about, columns.mail, columns.joined];
        let others = cells.iter().filter(|cells| **cells > 0);
        let left = room.saturating_sub(others.map(|cells| cells + 2).sum());
        let name = widest(&|member| text::width(&words::person(view, member)), left);
        columns.name = columns.name.max(name);
        columns
    }
}

fn row(
    member: &Member,
    (columns, look): (&Columns, list::Look),
    (selected, view): (bool, &View<'_>),
    styles: &Styles,
) -> Line<'static> {
    let past = member.left.is_some();
    let quiet = look.quiet(styles);
    let (label, main) = if past {
        (String::new(), quiet)
    } else {
        (member.label.to_string(), look.main(styles))
    };
    let when = member.left.map_or_else(
        || format!("since {}", words::date(view, member.joined)),
        |left| format!("until {}", words::date(view, left)),
    );
    table::line(
        vec![table::cursor_mark(selected, false, styles)],
        [
            Cell::new(label, 2, styles.key()).right(),
            Cell::new(words::person(view, member), columns.name, main),
            Cell::new(about(member), columns.about, quiet),
            Cell::new(mail(member, view).to_owned(), columns.mail, quiet),
            Cell::new(when, columns.joined, quiet),
        ],
    )
}
