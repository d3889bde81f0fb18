//! The list of proposed books, and why the marked one was proposed.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::book::Book;
use crate::domain::book::poll::{Method, Poll};
use crate::domain::id::BookId;
use crate::domain::item::Owner;
use crate::theme::Role;
use crate::tui::screen::books::choosing::listed;
use crate::tui::screen::books::vote::DIGITS;
use crate::tui::screen::books::{Books, empty};
use crate::tui::screen::cursor::window;
use crate::tui::screen::table::{self, Cell};
use crate::tui::screen::words;
use crate::tui::view::{CommandId, Paint, View};
use crate::tui::widget::{list, text};

impl Books {
    pub(in crate::tui::screen::books) fn draw_choosing(
        &self,
        area: Rect,
        buf: &mut Buffer,
        paint: &Paint<'_>,
    ) {
        let (view, styles) = (&paint.view, paint.styles);
        let Some(circle) = view.circle else {
            return empty::draw(area, buf, paint);
        };
        if self.draw_voting(area, buf, paint) {
            return;
        }
        let books = listed(circle, view);
        if books.is_empty() {
            return empty::draw(area, buf, paint);
        }
        let focused = !paint.covered;
        let poll = view.state.poll(circle);
        let (title, meta) = match poll {
            Some(poll) => {
                let people = view.state.members(circle).len();
                let meta = format!("{} of {people} ballots are in", poll.ballots_in());
                ("Vote on the next book", meta)
            }
            None => ("Proposed books", format!("{} to choose from", books.len())),
        };
        let mut content = table::pane(title, meta, focused, area, (buf, styles));
        if content.height >= 10 {
            content = table::below(content, 1);
        }
        let rows: Vec<BookId> = books.iter().map(|book| book.id).collect();
        let selected = self.proposed.place(&rows);
        let detail = u16::from(content.height >= 7) * 3;
        let top = table::above(content, content.height - detail);
        let cells = Cells::of(&books, top.width, view);
        for (place, index) in window(books.len(), selected, top.height).zip(0..) {
            if let Some(book) = books.get(place) {
                let number = poll.map_or(book.number, |_| u32::try_from(place + 1).unwrap_or(0));
                let at = (place == selected, focused);
                proposed_row(
                    book,
                    (number, poll.is_some()),
                    at,
                    (top, index, cells),
                    (buf, paint),
                );
            }
        }
        if let (Some(book), true) = (books.get(selected), detail > 0) {
            let foot = table::below(content, content.height - 2);
            draw_detail(book, poll, foot, (buf, paint));
        }
    }
}

/// Why the marked book was proposed, and what comes next.
fn draw_detail(
    book: &Book,
    poll: Option<&Poll>,
    foot: Rect,
    (buf, paint): (&mut Buffer, &Paint<'_>),
) {
    let muted = paint.styles.of(Role::Muted);
    let why = match book.why.as_str() {
        "" => {
            let edit = paint.view.keys.of(CommandId::Edit);
            format!("Nobody said why yet; {edit} adds it")
        }
        why => format!("Why: {why}"),
    };
    let why = text::cut(&why, foot.width.saturating_sub(2)).into_owned();
    text::put(&why, muted, text::after(foot, 2), buf);
    let words = match poll {
        Some(poll) if poll.books.len() > DIGITS => "Enter hands ballots in and shows the result",
        Some(Poll {
            method: Method::Ranked,
            ..
        }) => "Digits are a ballot, the first wish first; Enter shows the result",
        Some(_) => "Digits are a ballot: every book that one would read; Enter shows the result",
        None => "What is not chosen stays for next time",
    };
    text::put(words, muted, text::after(text::row(foot, 1), 2), buf);
}

/// Cells of each column behind the title, which has what they leave; 0 leaves one out.
#[derive(Clone, Copy)]
struct Cells {
    title: u16,
    author: u16,
    by: u16,
    long: u16,
}

impl Cells {
    fn of(books: &[&Book], width: u16, view: &View<'_>) -> Self {
        // The mark, the label and the gap behind it.
        let room = width.saturating_sub(2 + 4 + 2);
        let (author, by, long) = match room {
            90.. => (22, 18, 12),
            56.. => (14, 12, 9),
            _ => (0, 0, 0),
        };
        let widest = |words: &dyn Fn(&Book) -> String, most: u16| {
            let widths = books.iter().map(|book| text::width(&words(book)));
            widths.max().unwrap_or(0).min(most)
        };
        let (author, by, long) = (
            widest(&|book| book.author.to_string(), author),
            widest(&|book| proposed_by(book, view), by),
            widest(&length, long),
        );
        let taken = [author, by, long].into_iter().filter(|cells| *cells > 0);
        Self {
            title: room.saturating_sub(taken.map(|cells| cells + 2).sum()),
            author,
            by,
            long,
        }
    }
}

fn proposed_by(book: &Book, view: &View<'_>) -> String {
    let member = book.proposed_by.zip(view.circle);
    let known = member.and_then(|(id, circle)| view.state.member(circle, id).zip(Some(circle)));
    known.map_or_else(String::new, |(member, circle)| {
        words::owner(view, circle, Owner::Member(member.id), true)
    })
}

fn length(book: &Book) -> String {
    words::length(book).unwrap_or_else(|| "no length".to_owned())
}

/// A row of the list: number, title, author, length, who proposed it.
fn proposed_row(
    book: &Book,
    (number, voted): (u32, bool),
    (selected, focused): (bool, bool),
    (content, index, cells): (Rect, u16, Cells),
    (buf, paint): (&mut Buffer, &Paint<'_>),
) {
    let (view, styles) = (&paint.view, paint.styles);
    let look = list::Look::of(selected, focused);
    let (main, quiet) = (look.main(styles), look.quiet(styles));
    let label = if voted {
        number.to_string()
    } else {
        format!("B{number}")
    };
    let line = table::line(
        vec![table::cursor_mark(selected, false, styles)],
        [
            Cell::new(label, 4, if voted { styles.key() } else { quiet }),
            Cell::new(book.title.to_string(), cells.title, main),
            Cell::new(book.author.to_string(), cells.author, quiet),
            Cell::new(length(book), cells.long, quiet),
            Cell::new(proposed_by(book, view), cells.by, quiet),
        ],
    );
    table::put_row(&line, look, (content, index), (buf, styles));
}
