//! Answers queries from a store. Lists come in pages; what is expensive is built once and dropped when
//! nobody asks any more.

mod actions;
mod bank;
mod books;
mod going;
mod gone;
mod log;
mod look;
mod overview;
mod past;
mod search;
mod status;

use crate::domain::change::Act;
use crate::domain::circle::Circle;
use crate::domain::clock::Moment;
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Key, Kind, SessionId, Space};
use crate::domain::index::IndexName;
use crate::engine::query::{Answer, Figures, MOST_ROWS, Query, Row, Seek};
use crate::engine::working_set;
use crate::store::{ActOrder, ActQuery, IndexQuery, Read, Result, Store, Stored};

use bank::Bank;
use search::Search;

/// What is remembered between two questions.
#[derive(Default)]
pub(crate) struct Asking {
    bank: Option<Bank>,
    search: Option<Search>,
    used: bool,
}

impl Asking {
    /// Answers one query, at `now`.
    ///
    /// # Errors
    /// When the store cannot be read.
    #[expect(clippy::too_many_lines, reason = "a table: one row for each query")]
    pub(crate) fn answer(
        &mut self,
        store: &dyn Store,
        query: &Query,
        now: Moment,
    ) -> Result<Answer> {
        let read: &dyn Read = store;
        match query {
            Query::Get(keys) => get(read, keys),
            Query::Scan {
                space,
                kind,
                after,
                limit,
            } => {
                let page = read.scan(*space, *kind, *after, page(*limit))?;
                Ok(rows(page.rows, page.next.is_some()))
            }
            Query::Actions {
                filter,
                skip,
                after,
                limit,
            } => {
                let from = actions::From {
                    skip: *skip,
                    after: after.as_deref(),
                };
                actions::list(read, (filter, now), from, page(*limit))
            }
            Query::Sessions { circle, limit } => {
                let space = Space::Circle(*circle);
                latest(read, (space, IndexName::SessionStart), 0, page(*limit))
            }
            Query::Trash { space, skip, limit } => {
                latest(read, (*space, IndexName::Trashed), *skip, page(*limit))
            }
            Query::Record { circle, session } => record(read, *circle, *session),
            Query::Questions {
                words,
                kind,
                theme,
                competency,
                circle,
                skip,
                limit,
            } => {
                let filter = bank::Filter {
                    words,
                    kind: *kind,
                    theme: theme.as_deref(),
                    competency: competency.as_deref(),
                };
                let limit = page(*limit);
                self.bank(read)?
                    .find(read, &filter, *circle, (*skip, limit))
            }
            Query::Draw {
                circle,
                kinds,
                without,
                seed,
                part,
            } => {
                let wish = bank::Wish {
                    circle: *circle,
                    kinds,
                    without,
                    seed: *seed,
                    part: *part,
                };
                self.bank(read)?.draw(read, &wish, now)
            }
            Query::BookQuestions { circle, book } => self.bank(read)?.about(read, (*circle, *book)),
            Query::Bank(seek) => {
                while self.must_read(query) {
                    self.portion(read)?;
                }
                self.search(seek).find(read, seek, page(seek.limit))
            }
            Query::Look(wanted) => look::look(read, wanted),
            Query::LeaveBank => {
                self.search = None;
                Ok(rows(Vec::new(), false))
            }
            Query::Log {
                circle,
                before,
                limit,
            } => log::list(read, circle.map(Space::Circle), *before, page(*limit)),
            Query::BooksClosed {
                circle,
                skip,
                limit,
            } => books::closed(read, *circle, (*skip, page(*limit))),
            Query::Quotes {
                circle,
                book,
                skip,
                limit,
            } => books::quotes(read, (*circle, *book), (*skip, page(*limit))),
            Query::BookPart {
                circle,
                book,
                chapters,
                pages,
            } => books::part_of(read, (*circle, *book), (*chapters, *pages)),
            Query::Readers { circle, book } => {
                Ok(rows(working_set::readers(read, *circle, *book)?, false))
            }
            Query::Past { action, limit } => past::of(read, *action, page(*limit)),
            Query::Gone { space, kind } => gone::of(read, *space, *kind),
            Query::Competencies => Ok(Answer::Words(self.bank(read)?.competencies())),
            Query::Status(ask) => status::status(read, ask, now),
            Query::Overview { today } => overview::overview(read, *today, now),
            Query::Going(people) => going::going(read, people, now),
            Query::Figures => figures(store),
        }
    }

    fn bank(&mut self, read: &dyn Read) -> Result<&mut Bank> {
        self.used = true;
        if self.bank.is_none() {
            self.bank = Some(Bank::load(read)?);
        }
        Ok(self
            .bank
            .as_mut()
            .expect("it was loaded on the line before if it was missing"))
    }

    /// The search index, begun or turned to the circle that looks.
    fn search(&mut self, seek: &Seek) -> &mut Search {
        self.used = true;
        let search = self.search.get_or_insert_with(|| Search::new(seek.circle));
        search.turn_to(seek.circle);
        search
    }

    /// Whether portions have to be read before this can be answered.
    pub(crate) fn must_read(&mut self, query: &Query) -> bool {
        match query {
            Query::Bank(seek) => !self.search(seek).is_ready(),
            _ => false,
        }
    }

    /// Reads the next portion of what is being built. Whether it is complete now.
    ///
    /// # Errors
    /// When the store cannot be read; what was built is dropped then.
    pub(crate) fn portion(&mut self, read: &dyn Read) -> Result<bool> {
        let Some(search) = &mut self.search else {
            return Ok(true);
        };
        let outcome = search.portion(read).map(|()| search.is_ready());
        if outcome.is_err() {
            self.search = None;
        }
        outcome
    }

    /// Something was saved.
    pub(crate) fn changed(&mut self, act: &Act) {
        if let Some(bank) = &mut self.bank {
            bank.changed(act);
        }
        if let Some(search) = &mut self.search {
            search.changed(act);
        }
    }

    /// Time has passed: drops what nobody has used since the last call.
    pub(crate) fn rest(&mut self) {
        if !self.used {
            self.bank = None;
            self.search = None;
        }
        self.used = false;
    }

    /// Drops everything.
    pub(crate) fn forget(&mut self) {
        *self = Self::default();
    }
}

const fn page(limit: usize) -> usize {
    if limit < MOST_ROWS { limit } else { MOST_ROWS }
}

fn rows(found: Vec<Stored>, more: bool) -> Answer {
    let rows = found.into_iter().map(Row::from).collect();
    Answer::Rows { rows, more }
}

/// A session, the people of its circle, and all that was written down in it and decided since the one before.
fn record(read: &dyn Read, circle: CircleId, session: SessionId) -> Result<Answer> {
    let key = Key::circle(circle, Kind::Session, session.0);
    let mut found: Vec<Stored> = read.get(&key)?.into_iter().collect();
    working_set::each(read, key.space, Kind::Member, None, &mut |row| {
        found.push(row);
        Ok(())
    })?;
    found.extend(working_set::record(read, circle, session)?);
    found.extend(working_set::decided_since(read, circle, session)?);
    Ok(rows(found, false))
}

fn get(read: &dyn Read, keys: &[Key]) -> Result<Answer> {
    let mut found = Vec::new();
    for key in keys.iter().take(MOST_ROWS) {
        found.extend(read.get(key)?);
    }
    Ok(rows(found, keys.len() > MOST_ROWS))
}

/// Every circle of the store, those at rest too.
fn circles(read: &dyn Read) -> Result<Vec<Circle>> {
    let mut circles = Vec::new();
    for space in read.spaces()? {
        let Space::Circle(id) = space else { continue };
        let Some(stored) = read.get(&Key::circle(id, Kind::Circle, id.0))? else {
            continue;
        };
        if let Document::Circle(circle) = working_set::document(&stored)? {
            circles.push(circle);
        }
    }
    Ok(circles)
}

/// The rows of a list from its end, behind the first `skip`.
fn latest(
    read: &dyn Read,
    (space, name): (Space, IndexName),
    skip: usize,
    limit: usize,
) -> Result<Answer> {
    let query = IndexQuery {
        backwards: true,
        ..IndexQuery::all(space, name, skip.saturating_add(limit + 1))
    };
    let listed = read.index(&query)?;
    let mut found = Vec::new();
    for row in listed.iter().skip(skip).take(limit) {
        found.extend(read.get(&row.key)?);
    }
    Ok(rows(found, listed.len() > skip.saturating_add(limit)))
}

fn figures(store: &dyn Store) -> Result<Answer> {
    let oldest = ActQuery {
        space: None,
        order: ActOrder::After(0),
        limit: 1,
    };
    let oldest = store.acts_in_brief(&oldest)?;
    let oldest = oldest.first().map(|found| found.act.seq);
    let numbers = IndexQuery::all(Space::Org, IndexName::QuestionNumber, usize::MAX);
    let size = store.size()?;
    Ok(Answer::Figures(Figures {
        acts: oldest.map_or(Ok(0), |oldest| store.seq().map(|seq| seq + 1 - oldest))?,
        documents: store.heads()?.values().map(|head| head.docs).sum(),
        questions: u64::try_from(store.index(&numbers)?.len()).unwrap_or(u64::MAX),
        bytes: size.database + size.journals + size.snapshots + size.damaged,
    }))
}

#[cfg(test)]
mod tests;
