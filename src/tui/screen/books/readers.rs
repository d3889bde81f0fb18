//! How far people are: one's own row, for whoever leads the rows of those who share theirs, and counts for all.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::command::id::CommandId;
use crate::domain::book::floor::place_of;
use crate::domain::book::pace::{Pace, pace};
use crate::domain::book::reader::Reader;
use crate::domain::id::MemberId;
use crate::domain::roster::Member;
use crate::theme::Role;
use crate::tui::screen::books::model::{Desk, leads, members};
use crate::tui::screen::books::seen::Seen;
use crate::tui::screen::books::{Books, Focus};
use crate::tui::screen::cursor::window;
use crate::tui::screen::table::{self, Cell};
use crate::tui::screen::words;
use crate::tui::view::{Paint, View};
use crate::tui::widget::bar::{Bar, Share};
use crate::tui::widget::{list, text};

/// What may be said of somebody's place here.
pub(super) enum Known<'a> {
    /// They have said nothing.
    NoData,
    /// They said something, for themselves.
    Private,
    /// Where they are.
    At(u32, &'a Reader),
}

/// What is known of a member to whoever sits here.
pub(super) fn known<'a>(member: MemberId, desk: &Desk<'a>, view: &View<'a>) -> Known<'a> {
    let Some(reader) = desk.reader(member, view) else {
        return Known::NoData;
    };
    if view.me != Some(member) && !reader.shared {
        return Known::Private;
    }
    let place = place_of(desk.book, Some(reader), desk.reading.measure);
    place.map_or(Known::NoData, |place| Known::At(place, reader))
}

/// The people whose rows are shown: oneself, and everybody to whoever leads.
pub(super) fn people(desk: &Desk<'_>, view: &View<'_>) -> Vec<MemberId> {
    let mut people = members(desk.circle, view);
    if !leads(desk.circle, view) {
        people.retain(|member| view.me == Some(member.id));
    }
    people.iter().map(|member| member.id).collect()
}

/// How many of them have said nothing.
pub(super) fn silent(people: &[MemberId], desk: &Desk<'_>, view: &View<'_>) -> usize {
    let says = |id: &&MemberId| matches!(known(**id, desk, view), Known::NoData);
    people.iter().filter(says).count()
}

impl Books {
    /// The member whose row is marked.
    pub(super) fn marked(&self, desk: &Desk<'_>, view: &View<'_>) -> Option<MemberId> {
        self.reader.item(&self.seen(desk, view).people)
    }

    /// Whether Enter has something to offer in the pane.
    pub(super) fn opens_readers(&self, desk: &Desk<'_>, view: &View<'_>) -> bool {
        let own = view.me.and_then(|me| desk.reader(me, view)).is_some();
        own || self.seen(desk, view).bends
    }

    pub(super) fn draw_readers(
        &self,
        desk: &Desk<'_>,
        area: Rect,
        buf: &mut Buffer,
        paint: &Paint<'_>,
    ) {
        let (view, styles) = (&paint.view, paint.styles);
        let focused = self.focus == Focus::Readers && !paint.covered;
        let short = desk.reading.measure.short();
        let goal = match self.seen(desk, view).goal {
            0 => "nothing to have read yet".to_owned(),
            goal => format!("goal for today: {short} {goal}"),
        };
        let mut content = table::pane("Members", goal, focused, area, (buf, styles));
        if content.height >= 12 {
            content = table::below(content, 1);
        }
        let seen = self.seen(desk, view);
        let people = &seen.people;
        let foot = self.foot((desk, &seen), paint);
        let lines = u16::try_from(foot.len()).unwrap_or(0);
        let air = u16::from(lines > 0 && content.height > lines + 6);
        let top = table::above(content, content.height.saturating_sub(lines + air));
        let selected = self.reader.place(people);
        let shown = window(people.len(), selected, top.height);
        let names = people
            .iter()
            .filter_map(|id| view.state.member(desk.circle, *id));
        let widest = names.map(|member| text::width(&words::person(view, member)));
        let cells = Cells::of(widest.max().unwrap_or(0), top.width);
        let mut used = 0;
        for (place, index) in shown.zip(0..) {
            let member = people.get(place).copied();
            if let Some(member) = member.and_then(|id| view.state.member(desk.circle, id)) {
                row(
                    member,
                    (desk, seen.goal),
                    (place == selected, focused),
                    (top, index, cells),
                    (buf, paint),
                );
                used = index + 1;
            }
        }
        for (line, index) in foot.iter().zip(used + air..) {
            if index < content.height {
                let area = text::after(text::row(content, index), 2);
                text::put_line(line, area, buf);
            }
        }
    }

    /// Counts for all, and that the plan can give way.
    fn foot(&self, (desk, seen): (&Desk<'_>, &Seen), paint: &Paint<'_>) -> Vec<Line<'static>> {
        let (view, styles) = (&paint.view, paint.styles);
        let (goal, (count, of)) = (seen.goal, seen.reached);
        let short = desk.reading.measure.short();
        let mut lines = Vec::new();
        if goal > 0 {
            let words = format!("{count} of {of} have reached {short} {goal}.");
            lines.push(Line::from(Span::styled(words, styles.of(Role::Text))));
        }
        let (silent, quiet) = (seen.silent, styles.of(Role::Muted));
        let words = match (silent, seen.people.len()) {
            (0, _) => None,
            (1, 1) => Some("\"no data\": nothing said yet, and nobody has to".to_owned()),
            (1, _) => Some("1 has not said (\"no data\"), and need not".to_owned()),
            _ => Some(format!(
                "{silent} have not said (\"no data\"), and need not"
            )),
        };
        lines.extend(words.map(|words| Line::from(Span::styled(words, quiet))));
        if seen.bends && self.kept != Some((desk.book.id, desk.at)) {
            lines.push(Line::from(vec![
                Span::styled("The plan can bend. ", styles.of(Role::Text)),
                Span::styled(view.keys.of(CommandId::Open).into_owned(), styles.key()),
                Span::styled(" shows how", styles.of(Role::Muted)),
            ]));
        }
        lines
    }
}

/// `ahead 3`, `on time`; for others in place of a pace `at ch. 2`, which is a fact and no verdict.
fn told(pace: Pace, at: u32, desk: &Desk<'_>, own: bool) -> String {
    match pace {
        Pace::ADay { .. } if at == 0 => "not started".to_owned(),
        Pace::ADay { .. } if !own => format!("at {} {at}", desk.reading.measure.short()),
        Pace::ADay { amount, measure } => {
            format!("{amount} {} a day", measure.short())
        }
        Pace::NoData | Pace::Done | Pace::Ahead { .. } | Pace::OnTime => pace.words(),
    }
}

/// Cells of a bar that long names leave to it.
const BAR: u16 = 10;

/// Cells of each column.
#[derive(Clone, Copy)]
struct Cells {
    name: u16,
    of: u16,
    pace: u16,
    /// Whether `4 of 16` has room, else `4/16`.
    wide: bool,
}

impl Cells {
    /// Names have what they need, as long as a short bar stays beside them.
    fn of(widest: u16, width: u16) -> Self {
        let room = width.saturating_sub(2);
        let wide = room >= 60;
        let pace = if room >= 34 { 11 } else { 0 };
        let of = if wide { 8 } else { 5 };
        let usual = room.saturating_sub(9).min(if wide { 18 } else { 14 });
        let most = room.saturating_sub(of + pace + BAR + 6);
        Self {
            name: usual.max(widest.min(most)),
            of,
            pace,
            wide,
        }
    }
}

/// One row of the pane.
fn row(
    member: &Member,
    (desk, goal): (&Desk<'_>, u32),
    (selected, focused): (bool, bool),
    (content, index, cells): (Rect, u16, Cells),
    (buf, paint): (&mut Buffer, &Paint<'_>),
) {
    let (view, styles) = (&paint.view, paint.styles);
    let look = list::Look::of(selected, focused);
    let (main, quiet) = (look.main(styles), look.quiet(styles));
    let of = if cells.wide { " of " } else { "/" };
    let (place, told, at) = match known(member.id, desk, view) {
        Known::NoData => (String::new(), "no data".to_owned(), None),
        Known::Private => (String::new(), "private".to_owned(), None),
        Known::At(at, reader) => {
            let place = format!("{at}{of}{}", desk.end());
            let read = pace(desk.book, &desk.reading, Some(reader), desk.today);
            (
                place,
                told(read, at, desk, view.me == Some(member.id)),
                Some(at),
            )
        }
    };
    let line = table::line(
        vec![table::cursor_mark(selected, false, styles)],
        [
            Cell::new(words::person(view, member), cells.name, main),
            Cell::new(place, cells.of, quiet).right(),
        ],
    );
    table::put_row(&line, look, (content, index), (buf, styles));
    let area = text::row(content, index);
    let from = 2 + cells.name + 2 + cells.of + 2;
    let rest = text::after(area, from);
    let bar = rest.width.saturating_sub(cells.pace + 2);
    let bar = Rect { width: bar, ..rest };
    match at {
        Some(at) if bar.width >= 6 => {
            let part = |units: u32| Share::new(u64::from(units), u64::from(desk.end()));
            let shape = Bar {
                mark: Some(part(goal)),
                ..Bar::new(part(at))
            };
            shape.draw_row(bar, buf, styles);
        }
        _ => {}
    }
    let words = text::right(&told, cells.pace.min(rest.width));
    text::put_right(&Line::from(Span::styled(words, quiet)), area, buf);
}
