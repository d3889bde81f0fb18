//! The minutes of a session: what it leaves behind for the circle.
//!
//! Notes below the audience of the circle stay out, and whoever exports is told how many. Who had the
//! floor when something was written down, how long anybody spoke and why somebody was away are never part
//! of it; nor is who sat in a hot seat.

mod left_out;
mod read;
mod sources;
mod texts;

use crate::domain::agenda::Block;
use crate::domain::book::Mark;
use crate::domain::clock::{Moment, Span};
use crate::domain::id::{ActionId, DecisionId, NoteId, ParkedId, SessionId};
use crate::domain::item::{ActionState, Due};
use crate::domain::mentions::Mentions;
use crate::domain::names::{Names, Naming};
use crate::domain::pairing::Groups;
use crate::domain::session::{Session, SessionState};
use crate::domain::tally::{Rating, Vote};
use crate::domain::text::Clean;

pub use left_out::LeftOut;
pub use read::Read;
pub use sources::Sources;

/// A block of the agenda, planned against taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its name.
    pub title: Clean,
    /// What happened in it.
    pub kind: &'static str,
    /// Planned minutes.
    pub planned: u16,
    /// Net time; `None` when it was not reached.
    pub took: Option<Span>,
    /// Whether it was kept for next time.
    pub kept: bool,
    /// What groups brought back in it.
    pub reports: Vec<Report>,
}

/// What a group brought back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Who was in it.
    pub people: Vec<String>,
    /// The line.
    pub text: Clean,
}

/// A decision, a note or a parked item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<Id> {
    /// Identity.
    pub uid: Id,
    /// Its number.
    pub number: u32,
    /// The words.
    pub text: Clean,
    /// Without the `#`.
    pub tags: Vec<Clean>,
    /// Who brought a parked item up, or read a quote out.
    pub raised_by: Option<String>,
    /// The place in the book that a note quotes: `ch. 3, p. 82`.
    pub place: Option<String>,
}

/// An action as minutes tell it: names instead of ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionRow {
    /// Identity.
    pub uid: ActionId,
    /// Its number.
    pub number: u32,
    /// What is to be done.
    pub text: Clean,
    /// A name, `all`, or nobody.
    pub owner: Option<String>,
    /// The owner in words.
    pub owner_words: String,
    /// Until when.
    pub due: Due,
    /// What has become of it.
    pub state: ActionState,
    /// Without the `#`.
    pub tags: Vec<Clean>,
}

/// The minutes of one session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Minutes {
    /// The circle.
    pub circle: Clean,
    /// Which session.
    pub session: SessionId,
    /// Its number.
    pub number: u32,
    /// When it began, or is to begin.
    pub start: Moment,
    /// When it ended.
    pub ended: Option<Moment>,
    /// Whether it was still running when these minutes were written.
    pub running: bool,
    /// Planned minutes.
    pub planned: u16,
    /// Who was there, by label.
    pub present: Vec<String>,
    /// Who was not.
    pub away: Vec<String>,
    /// The agenda.
    pub agenda: Vec<Held>,
    /// Questions that were put to the room.
    pub prompts: Vec<Clean>,
    /// The book that the session read, and what comes next; `None` where it read none.
    pub reading: Option<Read>,
    /// How the session, or something in it, was rated: counts.
    pub ratings: Vec<Rating>,
    /// What was voted on: counts.
    pub votes: Vec<Vote>,
    /// What was settled.
    pub decisions: Vec<Row<DecisionId>>,
    /// What was settled outside of sessions since, before the next one.
    pub since: Vec<Row<DecisionId>>,
    /// What people took on.
    pub actions: Vec<ActionRow>,
    /// When the next session is.
    pub next: Option<Moment>,
    /// What was kept for another time.
    pub parked: Vec<Row<ParkedId>>,
    /// Notes for the circle and beyond.
    pub notes: Vec<Row<NoteId>>,
    /// What is not here.
    pub left_out: LeftOut,
}

impl Minutes {
    /// Makes the minutes. Only rows written down in this session that are not in the trash count.
    pub fn new(sources: &Sources<'_>, naming: Naming) -> Self {
        let session = sources.session;
        let names = Names::new(sources.members.iter().copied(), naming);
        let (present, away) = attendance(sources, &names);
        let mut minutes = Self {
            circle: sources.circle.name.clone(),
            session: session.id,
            number: session.number,
            start: session.begins(),
            ended: session.ended,
            running: session.state == SessionState::Running,
            planned: session.minutes,
            present,
            away,
            agenda: agenda(sources, &names),
            prompts: prompts(session),
            reading: sources.read.clone(),
            ratings: session.ratings.clone(),
            votes: session.votes.clone(),
            decisions: decisions(sources),
            since: decided_since(sources),
            actions: actions(sources, &names),
            next: sources.next,
            parked: parked(sources, &names),
            notes: notes(sources, &names),
            left_out: LeftOut::of(sources),
        };
        if naming == Naming::Numbered {
            let mentions = Mentions::of(sources.members.iter().copied());
            minutes.left_out.may_name = mentions.count(minutes.texts());
        }
        minutes
    }

    /// Whole minutes between start and end, pauses included.
    pub fn took_minutes(&self) -> Option<i64> {
        self.ended.map(|ended| whole_minutes(ended - self.start))
    }
}

/// A length as minutes say it: the nearest whole minute.
pub fn whole_minutes(span: Span) -> i64 {
    (span.millis() + 30_000).div_euclid(60_000)
}

/// Who was there and who was not, by label, of those who were in the circle while the session went on.
fn attendance(sources: &Sources<'_>, names: &Names) -> (Vec<String>, Vec<String>) {
    let session = sources.session;
    let people = session.people(sources.members.iter().copied());
    let called = |away: bool| -> Vec<String> {
        people
            .iter()
            .filter(|member| session.away.contains_key(&member.id) == away)
            .map(|member| names.of(member.id).to_owned())
            .collect()
    };
    (called(false), called(true))
}

fn agenda(sources: &Sources<'_>, names: &Names) -> Vec<Held> {
    let blocks = sources.session.blocks.iter().enumerate();
    blocks
        .map(|(index, block)| Held {
            title: block.title.clone(),
            kind: block.kind.word(),
            planned: block.minutes,
            took: sources.took(index, block),
            kept: block.parked.is_some(),
            reports: reports(sources, block, names),
        })
        .collect()
}

/// What the groups of a block brought back, one break-out after the other.
fn reports(sources: &Sources<'_>, block: &Block, names: &Names) -> Vec<Report> {
    let mut outs: Vec<&Groups> = sources
        .groups
        .iter()
        .copied()
        .filter(|out| out.session == sources.session.id && out.block == block.id)
        .collect();
    outs.sort_by_key(|out| (out.at, out.id));
    let groups = outs.iter().flat_map(|out| &out.groups);
    groups
        .filter_map(|group| {
            let people = group.members.iter().map(|id| names.of(*id).to_owned());
            Some(Report {
                text: group.report.clone()?,
                people: people.collect(),
            })
        })
        .collect()
}

fn prompts(session: &Session) -> Vec<Clean> {
    session
        .blocks
        .iter()
        .flat_map(|block| &block.prompts)
        .filter(|prompt| prompt.asked.is_some())
        .map(|prompt| prompt.text.clone())
        .collect()
}

fn decisions(sources: &Sources<'_>) -> Vec<Row<DecisionId>> {
    by_number(
        sources
            .decisions
            .iter()
            .filter(|row| sources.has(&row.origin, row.trashed))
            .map(|row| bare((row.id, row.number), &row.text, &row.tags)),
    )
}

fn decided_since(sources: &Sources<'_>) -> Vec<Row<DecisionId>> {
    by_number(
        sources
            .decisions
            .iter()
            .filter(|row| sources.session.is_before(&row.origin) && row.trashed.is_none())
            .map(|row| bare((row.id, row.number), &row.text, &row.tags)),
    )
}

fn parked(sources: &Sources<'_>, names: &Names) -> Vec<Row<ParkedId>> {
    by_number(
        sources
            .parked
            .iter()
            .filter(|row| sources.has(&row.origin, row.trashed))
            .map(|row| Row {
                raised_by: row.raised_by.map(|id| names.of(id).to_owned()),
                ..bare((row.id, row.number), &row.text, &row.tags)
            }),
    )
}

/// Notes below the circle's audience stay out, so whoever is named here was named before the circle.
fn notes(sources: &Sources<'_>, names: &Names) -> Vec<Row<NoteId>> {
    by_number(
        sources
            .notes
            .iter()
            .filter(|note| note.audience.in_minutes() && sources.has(&note.origin, note.trashed))
            .map(|note| Row {
                // A quote is read out by somebody; an answer is not.
                raised_by: note
                    .raised_by
                    .filter(|_| note.answers.is_none())
                    .map(|id| names.of(id).to_owned()),
                place: note.mark.and_then(place),
                ..bare((note.id, note.number), &note.text, &note.tags)
            }),
    )
}

/// A place in a book, as it is said.
fn place(mark: Mark) -> Option<String> {
    let chapter = mark.chapter.map(|chapter| format!("ch. {chapter}"));
    let page = mark.page.map(|page| format!("p. {page}"));
    let words: Vec<String> = chapter.into_iter().chain(page).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

fn actions(sources: &Sources<'_>, names: &Names) -> Vec<ActionRow> {
    let mut actions: Vec<ActionRow> = sources
        .actions
        .iter()
        .filter(|action| sources.has(&action.origin, action.trashed))
        .map(|action| ActionRow {
            uid: action.id,
            number: action.number,
            text: action.text.clone(),
            owner: names.owner(action.owner).map(str::to_owned),
            owner_words: names.owner_words(action.owner).to_owned(),
            due: action.due,
            state: action.state,
            tags: action.tags.clone(),
        })
        .collect();
    actions.sort_by_key(|action| action.number);
    actions
}

fn bare<Id>((uid, number): (Id, u32), text: &Clean, tags: &[Clean]) -> Row<Id> {
    Row {
        uid,
        number,
        text: text.clone(),
        tags: tags.to_vec(),
        raised_by: None,
        place: None,
    }
}

fn by_number<Id>(rows: impl Iterator<Item = Row<Id>>) -> Vec<Row<Id>> {
    let mut rows: Vec<Row<Id>> = rows.collect();
    rows.sort_by_key(|row| row.number);
    rows
}
