//! Writing out what is found: every question that fits, not only the rows that are here.

use crate::domain::question::Question;
use crate::engine::query::{Answer, MOST_ROWS, Query, Seek};
use crate::exchange::out::file_name;
use crate::exchange::{Format, questions};
use crate::tui::screen::questions::Questions;
use crate::tui::view::{Reply, Request, View};

/// More are written by `circlet export questions`, which has all day.
const MOST: usize = 20_000;

/// A file that is being put together.
#[derive(Clone, Debug)]
pub(super) struct Writing {
    format: Format,
    seek: Seek,
    rows: Vec<Question>,
}

impl Questions {
    /// Writes what is found, in this format; the store is asked for all of it first.
    pub(super) fn write_out(&mut self, format: Format, view: &View<'_>) -> Reply {
        if self.page.total == 0 {
            return Reply::Refuse("no question is found, so there is nothing to write".to_owned());
        }
        if self.page.total > MOST {
            return Reply::Refuse(format!(
                "at most {MOST} are written from here; circlet export questions writes all"
            ));
        }
        let Query::Bank(seek) = self.seek(view, 0) else {
            return Reply::Ignored;
        };
        let writing = Writing {
            format,
            seek: Seek {
                limit: MOST_ROWS,
                ..seek
            },
            rows: Vec::new(),
        };
        let query = Query::Bank(writing.seek.clone());
        self.writing = Some(writing);
        Reply::Do(vec![Request::Ask(query)])
    }

    /// Whether rows come for a file, and not for the list.
    pub(super) fn is_written(&self, seek: &Seek) -> bool {
        let writing = self.writing.as_ref();
        writing.is_some_and(|writing| writing.seek == *seek)
    }

    /// Some rows have come: the next ones are asked for, or the file is there.
    pub(super) fn go_on_writing(
        &mut self,
        query: &Query,
        answer: &Answer,
        view: &View<'_>,
    ) -> Vec<Request> {
        let (Query::Bank(seek), Answer::Bank(page)) = (query, answer) else {
            return Vec::new();
        };
        let mine = |writing: &mut Writing| writing.seek == *seek;
        let Some(mut writing) = self.writing.take_if(mine) else {
            return Vec::new();
        };
        let rows = page.rows.iter().map(|row| row.question.clone());
        writing.rows.extend(rows);
        if writing.rows.len() < page.total.min(MOST) && !page.rows.is_empty() {
            writing.seek.skip = writing.rows.len();
            let next = Query::Bank(writing.seek.clone());
            self.writing = Some(writing);
            return vec![Request::Ask(next)];
        }
        let ending = match writing.format {
            Format::Csv => "csv",
            Format::Json => "json",
            Format::Markdown | Format::Text | Format::Toml => "md",
        };
        let day = view.now.date(view.zone).to_string();
        vec![match questions::write(&writing.rows, writing.format) {
            Ok(text) => Request::WriteFile {
                name: file_name(&["questions", &day], ending),
                text,
            },
            Err(why) => Request::Say(format!("nothing was written: {why}")),
        }]
    }
}
