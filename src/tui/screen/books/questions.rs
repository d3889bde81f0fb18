//! The questions of an instalment: which are shown, which wait behind the line that everybody has not reached yet,
//! and which are picked for the session.

use std::rc::Rc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::command::id::CommandId;
use crate::domain::agenda::{Block, Prompt};
use crate::domain::book::Mark;
use crate::domain::book::fit::block_of;
use crate::domain::book::next;
use crate::domain::id::QuestionId;
use crate::domain::item::Note;
use crate::domain::session::{Session, SessionState};
use crate::domain::when;
use crate::theme::glyphs::Mark as Sign;
use crate::theme::{Role, Styles};
use crate::tui::keys::Keys;
use crate::tui::screen::books::model::Desk;
use crate::tui::screen::books::part::{Offered, Part, QuestionAt};
use crate::tui::screen::books::{Books, Focus};
use crate::tui::screen::cursor::window;
use crate::tui::screen::table::{self, Cell};
use crate::tui::screen::words;
use crate::tui::view::{Paint, View};
use crate::tui::widget::{list, text};

/// From this width on the states stand as words.
const WORDS_FROM: u16 = 100;

/// What is shown of an instalment, and how much is not.
#[derive(Debug, Default)]
pub(super) struct List {
    pub(super) shown: Vec<Rc<Offered>>,
    pub(super) quotes: Vec<Rc<Note>>,
    /// How many of those that are shown are picked.
    picked: usize,
    /// Questions and quotes that are kept back.
    pub(super) hidden: usize,
}

impl List {
    const fn is_empty(&self) -> bool {
        self.shown.is_empty() && self.quotes.is_empty() && self.hidden == 0
    }
}

/// Where a question goes that is picked.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    /// Into this block of a session.
    Block(&'a Session, &'a Block),
    /// To the meeting, until a session is planned for it.
    Meeting(&'a [Prompt]),
}

impl Place<'_> {
    /// Whether a question was picked.
    pub(super) fn has(&self, question: QuestionId) -> bool {
        match self {
            Self::Block(session, _) => picked_in(session, question).is_some(),
            Self::Meeting(prompts) => prompts.iter().any(|p| p.question == Some(question)),
        }
    }
}

/// Where a question goes that is picked: the session that is about this part, running or planned, else the meeting
/// itself until one is planned for it. Never a session about something else, and nowhere once the meeting is over.
pub(super) fn place<'a>(desk: &Desk<'a>, view: &View<'a>) -> Option<Place<'a>> {
    let about = |session: &&Session| next::at(&desk.reading, session, view.zone) == Some(desk.at);
    let coming = |state| matches!(state, SessionState::Planned | SessionState::Running);
    let mut sessions = view.state.sessions(desk.circle);
    if let Some(session) = sessions.find(|one| coming(one.state) && about(one)) {
        return Some(Place::Block(session, block_of(desk.book, &session.blocks)?));
    }
    if desk.due.is_none_or(|due| desk.at < due) {
        return None;
    }
    let held = desk.book.reading.as_ref()?.instalments.get(desk.at)?;
    Some(Place::Meeting(&held.picked))
}

/// The block of a session in which a question stands.
pub(super) fn picked_in(session: &Session, question: QuestionId) -> Option<&Block> {
    let has = |block: &&Block| block.prompts.iter().any(|p| p.question == Some(question));
    session.blocks.iter().find(has)
}

impl List {
    /// What is in sight of an instalment; `open` where somebody asked for all of it.
    pub(super) fn of(part: &Part, open: bool, desk: &Desk<'_>, view: &View<'_>) -> Self {
        let floor = desk.floor(view);
        let goes = place(desk, view);
        let picked = move |id: QuestionId| goes.is_some_and(|goes| goes.has(id));
        let keeps =
            |mark: Option<Mark>| !open && mark.is_some_and(|mark| floor.hides(desk.book, &mark));
        let here = part.is_of(desk);
        let mut list = Self::default();
        for one in part.all((desk.circle, desk.book), picked) {
            if one.own && !here {
                continue;
            }
            // What its author wrote is no news to them, and what is picked will be asked anyway.
            let picked = picked(one.row.question.id);
            let author = one.row.question.author.map(|wrote| wrote.member);
            let known = picked || (author.is_some() && author == view.me);
            if keeps(one.mark()) && !known {
                list.hidden += 1;
            } else {
                list.picked += usize::from(picked);
                list.shown.push(Rc::clone(one));
            }
        }
        for note in part.quotes.iter().filter(|_| here) {
            if keeps(note.mark) {
                list.hidden += 1;
            } else {
                list.quotes.push(Rc::clone(note));
            }
        }
        list
    }

    /// The rows of the pane.
    pub(super) fn rows(&self) -> Vec<QuestionAt> {
        let questions = self.shown.iter();
        let mut rows: Vec<QuestionAt> = questions
            .map(|one| QuestionAt::Question(one.row.question.id))
            .collect();
        if self.hidden > 0 {
            rows.push(QuestionAt::Hidden);
        }
        rows
    }
}

impl Books {
    /// The question under the cursor.
    pub(super) fn under(&self, desk: &Desk<'_>, view: &View<'_>) -> Option<Rc<Offered>> {
        let seen = self.seen(desk, view);
        let QuestionAt::Question(id) = self.question.item(&seen.rows)? else {
            return None;
        };
        let mut shown = seen.list.shown.iter();
        shown.find(|one| one.row.question.id == id).cloned()
    }

    pub(super) fn draw_questions(
        &self,
        desk: &Desk<'_>,
        area: Rect,
        buf: &mut Buffer,
        paint: &Paint<'_>,
    ) {
        let (view, styles) = (&paint.view, paint.styles);
        let seen = self.seen(desk, view);
        let (list, rows) = (&seen.list, &seen.rows);
        let goes = place(desk, view);
        let is_picked = |one: &Offered| goes.is_some_and(|goes| goes.has(one.row.question.id));
        let title = format!("Questions for {}", desk.named(desk.at));
        let counts = (list.picked, list.shown.len());
        let meta = meta(goes, counts, (desk, area.width));
        let focused = self.focus == Focus::Questions && !paint.covered;
        let mut content = table::pane(&title, meta, focused, area, (buf, styles));
        if !self.part.is_of(desk) {
            return table::empty("loading", &[], content, (buf, styles));
        }
        if list.is_empty() {
            let words = "No question about this part yet, and the bank has none about books.";
            let keys = [
                (CommandId::Add, "write one"),
                (CommandId::GoQuestions, "bank"),
            ];
            let keys = view.keys.hints(&keys);
            return table::empty(words, &keys, content, (buf, styles));
        }
        if content.height >= 10 {
            content = table::below(content, 1);
        }
        let room = content.height;
        let kept = rows_for_quotes(list.quotes.len(), rows.len(), room);
        let top = table::above(content, room - if kept > 0 { kept + 1 } else { 0 });
        let selected = self.question.place(rows);
        let placed = list
            .shown
            .iter()
            .any(|one| !place_words(one.mark()).is_empty());
        for (place, index) in window(rows.len(), selected, top.height).zip(0..) {
            let under = place == selected;
            let look = list::Look::of(under, focused);
            let line = match list.shown.get(place) {
                Some(one) => {
                    let picked = is_picked(one);
                    let size = (top.width, placed);
                    self.question_line(one, (picked, under, look), (size, view), styles)
                }
                None => hidden_line(list.hidden, (under, look), (styles, view.keys)),
            };
            table::put_row(&line, look, (top, index), (buf, styles));
        }
        let foot = table::below(content, content.height - kept);
        for (note, index) in list.quotes.iter().zip(0..kept) {
            let place = text::after(text::row(foot, index), 2);
            let line = quote_line(note, desk, view);
            text::put(&line, styles.of(Role::Muted), place, buf);
        }
    }

    fn question_line(
        &self,
        one: &Offered,
        (picked, under, look): (bool, bool, list::Look),
        ((width, placed), view): ((u16, bool), &View<'_>),
        styles: &Styles,
    ) -> Line<'static> {
        let question = &one.row.question;
        let (main, quiet) = (look.main(styles), look.quiet(styles));
        let main = if picked {
            styles.bold(Role::Text).patch(main)
        } else {
            main
        };
        let answers = self.part.answers(question.id);
        let wide = width >= WORDS_FROM;
        let room = width.saturating_sub(2);
        let place_cells = if placed && room >= 50 { 6 } else { 0 };
        let (mark_cells, answer_cells) = match (wide, room >= 40) {
            (true, _) => (8, 15),
            (false, true) => (2, 4),
            (false, false) => (2, 0),
        };
        let author = words::author(&one.row.question, view)
            .map_or_else(String::new, |name| format!("  ({name})"));
        let gaps = [place_cells, mark_cells, answer_cells];
        let taken: u16 = gaps.iter().filter(|cells| **cells > 0).map(|c| c + 2).sum();
        let sign = if picked { Sign::Done } else { Sign::None };
        let state = list::state_mark(sign, styles);
        let state_words = if picked && wide { "picked" } else { "" };
        let told = match (answers, wide) {
            (0, true) => "no answers yet".to_owned(),
            (0, false) => String::new(),
            (count, true) => words::counted(count, "answer", "answers"),
            (count, false) => count.to_string(),
        };
        let mut line = table::line(
            vec![table::cursor_mark(under, false, styles)],
            [
                Cell::new(place_words(one.mark()), place_cells, quiet),
                Cell::new(
                    format!("{}{author}", question.text),
                    room.saturating_sub(taken + state_cells(&state)),
                    main,
                ),
            ],
        );
        line.push_span(Span::raw("  "));
        line.push_span(state);
        line.push_span(Span::styled(
            text::pad(state_words, mark_cells.saturating_sub(2)),
            quiet,
        ));
        if answer_cells > 0 {
            line.push_span(Span::raw("  "));
            line.push_span(Span::styled(text::right(&told, answer_cells), quiet));
        }
        line
    }
}

/// Quotes take what questions leave, and a third of the pane at most.
fn rows_for_quotes(quotes: usize, questions: usize, room: u16) -> u16 {
    let many = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
    let left = room.saturating_sub(many(questions).min(room.saturating_sub(2)) + 1);
    many(quotes).min(room / 3).min(left)
}

/// How many are picked, and for which session or meeting.
fn meta(
    goes: Option<Place<'_>>,
    (picked, of): (usize, usize),
    (desk, width): (&Desk<'_>, u16),
) -> String {
    let counts = format!("{picked} of {of} picked");
    let day = desk.one().map(|one| when::short(one.day, desk.today));
    let which = match goes {
        Some(Place::Block(session, block)) => {
            let day = day.unwrap_or_default();
            Some(format!("#{}, {day}, {}", session.number, block.title))
        }
        Some(Place::Meeting(_)) => day,
        None => None,
    };
    let whole = which.map(|which| format!("{counts} for {which}"));
    // Half of the frame is the title's.
    whole
        .filter(|whole| text::width(whole) <= width / 2 + 4)
        .unwrap_or(counts)
}

/// A quote as it is read out: the words, who raised it, the place.
fn quote_line(note: &Note, desk: &Desk<'_>, view: &View<'_>) -> String {
    let by = note
        .raised_by
        .and_then(|id| view.state.member(desk.circle, id))
        .map_or_else(String::new, |member| words::person(view, member));
    let place = note.mark.and_then(|mark| mark.place());
    let place = place.map_or_else(String::new, |place| place.to_string());
    let about: Vec<String> = [by, place].into_iter().filter(|w| !w.is_empty()).collect();
    match about.as_slice() {
        [] => format!("\"{}\"", note.text),
        about => format!("{}:  \"{}\"", about.join(", "), note.text),
    }
}

fn state_cells(state: &Span<'_>) -> u16 {
    text::width(&state.content).saturating_sub(2)
}

/// `ch. 4`, `p. 82`, or nothing where a question is about no place.
pub(super) fn place_words(mark: Option<Mark>) -> String {
    match mark.map(|mark| (mark.chapter, mark.page)) {
        Some((Some(chapter), _)) => format!("ch. {chapter}"),
        Some((None, Some(page))) => format!("p. {page}"),
        Some((None, None)) | None => String::new(),
    }
}

fn hidden_line(
    hidden: usize,
    (under, look): (bool, list::Look),
    (styles, keys): (&Styles, Keys<'_>),
) -> Line<'static> {
    let quiet: Style = look.quiet(styles);
    let are = if hidden == 1 { "is" } else { "are" };
    Line::from(vec![
        table::cursor_mark(under, false, styles),
        Span::styled(
            format!("{hidden} {are} hidden: beyond what everyone has reached.  "),
            quiet,
        ),
        Span::styled(keys.of(CommandId::Open).into_owned(), styles.key()),
        Span::styled(" here shows them", quiet),
    ])
}
