//! The pane that shows one session in full, and what can be corrected in it.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::command::{Command, ItemEdit};
use crate::domain::document::Document;
use crate::domain::id::{Key, Kind, MemberId, SessionId};
use crate::domain::roster::Label;
use crate::domain::session::{Session, SessionState};
use crate::domain::text::{Clean, Limit};
use crate::theme::glyphs::Mark;
use crate::theme::{Role, Styles};
use crate::tui::overlay::line;
use crate::tui::screen::cursor::window;
use crate::tui::screen::sessions::minutes::{self, LineKind, MinuteLine};
use crate::tui::screen::sessions::{Asked, Sessions, erase};
use crate::tui::screen::table;
use crate::tui::view::{Arg, Ask, CommandId, EraseTarget, Outside, Paint, Reply, Request, View};
use crate::tui::widget::{list, text};

/// Cells of labels and numbers before the words.
const LEAD: u16 = 5;

impl Sessions {
    /// What was written down in a session: as it is in the state, else as the store told it.
    pub(super) fn rows_of<'a>(
        &'a self,
        id: SessionId,
        view: &View<'a>,
    ) -> BTreeMap<Key, &'a Document> {
        let belongs = |document: &Document| {
            document
                .written()
                .is_some_and(|(origin, _)| origin.session == Some(id))
        };
        // Beside them the store tells what was decided since.
        let since = |document: &Document| matches!(document, Document::Decision(row) if row.origin.session.is_none());
        let told = self.records.get(&id).into_iter().flatten();
        let mut rows: BTreeMap<Key, &Document> = told
            .filter(|(_, document)| belongs(document) || since(document))
            .map(|(key, document)| (*key, document))
            .collect();
        for (key, document) in view.state.documents() {
            if belongs(document) || rows.contains_key(key) {
                rows.insert(*key, document);
            }
        }
        rows
    }

    fn lines(&self, session: &Session, view: &View<'_>) -> Vec<MinuteLine> {
        minutes::lines(view, session, &self.rows_of(session.id, view))
    }

    /// Puts the mark on the line of what a search found, if it is there.
    pub(super) fn reach(&mut self, view: &View<'_>) {
        let Some(key) = self.aimed else { return };
        let Some(session) = self.here(view) else {
            return;
        };
        let lines = self.lines(session, view);
        let ours = |line: &MinuteLine| matches!(line.kind, LineKind::Row(row, _) if row == key);
        if let Some(place) = lines.iter().position(ours) {
            let places: Vec<usize> = (0..lines.len()).collect();
            self.line.put(place, &places);
            self.aimed = None;
        }
    }

    pub(super) fn in_record(&mut self, id: CommandId, arg: &Arg, view: &View<'_>) -> Reply {
        let Some(session) = self.here(view) else {
            return Reply::Ignored;
        };
        let Some(circle) = view.circle else {
            return Reply::Ignored;
        };
        let lines = self.lines(session, view);
        let places: Vec<usize> = (0..lines.len()).collect();
        let here = self.line.item(&places).and_then(|place| lines.get(place));
        let kind = here.map_or(LineKind::Blank, |line| line.kind);
        match (id, kind) {
            (CommandId::Pick, _) => self.pick(arg, session.id, view),
            (CommandId::Open | CommandId::Mark, LineKind::Person(member, there)) => {
                attend(session.id, (member, !there), view)
            }
            (CommandId::Edit, LineKind::Row(key, _)) => self.ask_text(key, view),
            (CommandId::EditNote, LineKind::Row(key, _)) => match self.ask_text(key, view) {
                Reply::Ask(instead) => Reply::Do(vec![Request::Outside(Outside {
                    tag: instead.tag,
                    text: format!("{}\n", instead.text),
                    instead,
                })]),
                other => other,
            },
            (CommandId::Due, LineKind::Row(key, _)) if key.kind == Kind::Decision => {
                self.ask_revisit(key, view)
            }
            (CommandId::Erase, LineKind::Row(key, _)) => {
                let target = EraseTarget::Rows(vec![key]);
                let name = "this row".to_owned();
                Reply::Do(vec![Request::ConfirmErase(target, name)])
            }
            (CommandId::Erase, _) => erase(circle, session),
            (CommandId::Remove, LineKind::Row(key, _)) => Reply::submit(Command::Trash {
                keys: vec![key],
                trashed: true,
            }),
            _ if self.line.step(id, &places) => Reply::Handled,
            _ => Reply::Ignored,
        }
    }

    fn pick(&self, arg: &Arg, session: SessionId, view: &View<'_>) -> Reply {
        let Arg::Number(number) = arg else {
            return Reply::Ignored;
        };
        let (Some(session), Some(circle)) = (
            self.here(view).filter(|here| here.id == session),
            view.circle,
        ) else {
            return Reply::Ignored;
        };
        let members = view.state.people_of(circle, session);
        let member = members.iter().find(|m| m.label == Label(*number));
        match member {
            Some(member) => {
                let away = session.away.contains_key(&member.id);
                attend(session.id, (member.id, away), view)
            }
            None => Reply::Refuse(format!("nobody has the number {}", Label(*number))),
        }
    }

    fn ask_text(&mut self, key: Key, view: &View<'_>) -> Reply {
        let Some(id) = self.here(view).map(|session| session.id) else {
            return Reply::Ignored;
        };
        let rows = self.rows_of(id, view);
        let Some(words) = rows
            .get(&key)
            .and_then(|document| document.written().map(|(_, words)| words))
        else {
            return Reply::Ignored;
        };
        let text = words.to_string();
        self.asking_row = Some(key);
        Reply::Ask(Ask {
            tag: Asked::Text.into(),
            label: "Words".to_owned(),
            text,
            help: line::KEEPS_THEM.to_owned(),
        })
    }

    pub(super) fn entered_text(&self, text: &str, view: &View<'_>) -> Reply {
        let words = match self.asking_row {
            Some(key) if key.kind == Kind::Note => Clean::text_within(text.trim(), Limit::Note),
            _ => Clean::line_within(text.trim(), Limit::Note),
        };
        let words = match words {
            Ok(words) => words,
            Err(why) => return Reply::Refuse(why.to_string()),
        };
        match self.asking_row {
            Some(_) if words.is_empty() => {
                let key = view.keys.of(CommandId::Remove);
                Reply::Refuse(format!("a row needs words; {key} puts it into the trash"))
            }
            Some(key) => Reply::submit(Command::EditItem {
                key,
                edit: ItemEdit {
                    text: Some(words),
                    ..ItemEdit::default()
                },
            }),
            None => Reply::Ignored,
        }
    }

    pub(super) fn record_offers(
        &self,
        session: &Session,
        view: &View<'_>,
    ) -> Vec<(CommandId, &'static str)> {
        let lines = self.lines(session, view);
        let places: Vec<usize> = (0..lines.len()).collect();
        let here = self.line.item(&places).and_then(|place| lines.get(place));
        let mut offers = match here.map(|line| line.kind) {
            Some(LineKind::Person(_, true)) => vec![(CommandId::Open, "was away")],
            Some(LineKind::Person(_, false)) => vec![(CommandId::Open, "was there")],
            Some(LineKind::Row(key, _)) if key.kind == Kind::Decision => vec![
                (CommandId::Edit, "edit"),
                (CommandId::Due, "look again on"),
                (CommandId::Remove, "to trash"),
            ],
            Some(LineKind::Row(..)) => {
                vec![(CommandId::Edit, "edit"), (CommandId::Remove, "to trash")]
            }
            Some(LineKind::Blank | LineKind::Head | LineKind::Text | LineKind::Quiet) | None => {
                Vec::new()
            }
        };
        offers.push((CommandId::Pick, "here or away"));
        if session.state == SessionState::Ended {
            offers.push((CommandId::WriteMarkdown, "write out"));
        }
        offers.push((CommandId::Close, "list"));
        offers
    }

    pub(super) fn draw_record(
        &self,
        (area, focused): (Rect, bool),
        buf: &mut Buffer,
        paint: &Paint<'_>,
    ) {
        let (view, styles) = (&paint.view, paint.styles);
        let Some(session) = self.here(view) else {
            return;
        };
        let name = view.circle.and_then(|id| view.state.circle(id));
        let name = name
            .map(|circle| circle.name.to_string())
            .unwrap_or_default();
        let title = format!("{name} #{}", session.number);
        let content = table::pane(&title, "", focused, area, (buf, styles));
        let lines = self.lines(session, view);
        let places: Vec<usize> = (0..lines.len()).collect();
        let under = self.line.place(&places);
        let mut drawn: Vec<(usize, Line<'static>)> = Vec::new();
        for (place, line) in lines.iter().enumerate() {
            let look = list::Look::of(focused && place == under, focused);
            for row in rows_of_line(line, content.width, look, styles) {
                drawn.push((place, row));
            }
        }
        let selected = drawn.iter().position(|(place, _)| *place == under);
        let rows = window(drawn.len(), selected.unwrap_or(0), content.height);
        for (row, index) in rows.zip(0..) {
            if let Some((place, line)) = drawn.get(row) {
                let look = list::Look::of(focused && *place == under, focused);
                if row > 0
                    && drawn
                        .get(row - 1)
                        .is_some_and(|(before, _)| before == place)
                {
                    table::put_more(line, look, (content, index), (buf, styles));
                } else {
                    table::put_row(line, look, (content, index), (buf, styles));
                }
            }
        }
    }
}

fn attend(session: SessionId, (member, here): (MemberId, bool), view: &View<'_>) -> Reply {
    match view.circle {
        Some(circle) => Reply::submit(Command::Attend {
            circle,
            session,
            member,
            here,
        }),
        None => Reply::Ignored,
    }
}

/// A line in as many rows as its words need.
fn rows_of_line(
    line: &MinuteLine,
    width: u16,
    look: list::Look,
    styles: &Styles,
) -> Vec<Line<'static>> {
    let (style, lead, mark) = match line.kind {
        LineKind::Blank => return vec![Line::default()],
        LineKind::Head => (styles.bold(Role::Text), 0, None),
        LineKind::Text => (look.main(styles), 0, None),
        LineKind::Quiet => (look.quiet(styles), 2, None),
        LineKind::Person(_, true) => (look.main(styles), LEAD, Some(Mark::Done)),
        LineKind::Person(_, false) => (look.quiet(styles), LEAD, Some(Mark::None)),
        LineKind::Row(_, Some(true)) => (look.quiet(styles), LEAD, Some(Mark::Done)),
        LineKind::Row(_, None) => (look.main(styles), LEAD, Some(Mark::None)),
        LineKind::Row(_, Some(false)) => (look.main(styles), LEAD, Some(Mark::Open)),
    };
    let marks = mark.map_or(0, |_| styles.glyphs().state_cells());
    let wrapped = text::wrap(&line.text, width.saturating_sub(lead + marks));
    let mut rows = Vec::new();
    for (index, words) in wrapped.into_iter().enumerate() {
        let (before, shown) = match (index, mark) {
            (0, Some(mark)) => (list::state_mark(mark, styles), text::pad(&line.lead, lead)),
            _ => (
                Span::raw(" ".repeat(usize::from(marks))),
                " ".repeat(usize::from(lead)),
            ),
        };
        rows.push(Line::from(vec![
            before,
            Span::styled(shown, styles.key().patch(look.ground(styles))),
            Span::styled(words.into_owned(), style),
        ]));
    }
    rows
}
