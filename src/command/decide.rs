//! Deciding: one command against the state, turned into changes or refused in words.

mod agenda;
mod bank;
mod book;
mod decision;
mod deck;
mod details;
mod filters;
mod groups;
mod intake;
mod items;
mod joining;
mod looking;
mod merge;
mod parting;
mod people;
mod reflect;
mod rotation;
mod running;
mod same;
mod series;
mod sessions;
mod smaller;
mod tally;
mod transfer;
mod write;

use crate::command::decide::decision::Decision;
use crate::command::{Command, Context, Refusal};
use crate::domain::change::{Change, ChangeText};
use crate::domain::id::{Key, Kind, Space};
use crate::domain::state::{State, counter_key};
use crate::domain::text::VALUE_BYTES;

/// What a command changes, and what it is called in the message row and the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// In words, as the object of "Saved", "Undone": `A14 "Send deck"`.
    pub title: String,
    /// The documents.
    pub changes: Vec<Change>,
}

/// What a command changes that adds very many documents.
pub struct Long {
    /// In words, as in [`Decided`].
    pub title: String,
    /// The changes that are no new documents.
    pub changes: Vec<Change>,
    /// The new documents, each made when it is asked for.
    pub added: Box<dyn Iterator<Item = ChangeText> + Send>,
}

type Answer = Result<Decided, Refusal>;

/// Decides a command. Undo and redo are decided by [`undo`](crate::command::undo), which needs the act
/// in question.
///
/// # Errors
/// A [`Refusal`] when the command is not possible now; nothing has changed then.
#[expect(clippy::too_many_lines, reason = "a table: one row for each command")]
pub fn decide(state: &State, command: &Command, cx: &mut Context) -> Answer {
    let mut d = Decision {
        state,
        changes: Vec::new(),
        cx,
    };
    let title = match command {
        Command::NewCircle(new) => people::new_circle(&mut d, new),
        Command::EditCircle {
            circle,
            name,
            rhythm,
            template,
        } => people::edit_circle(&mut d, *circle, (name.as_ref(), *rhythm, template.as_ref())),
        Command::ArchiveCircle { circle, archived } => people::archive(&mut d, *circle, *archived),
        Command::AddMembers { circle, people } => people::add_members(&mut d, *circle, people),
        Command::EditMember {
            circle,
            member,
            edit,
        } => people::edit_member(&mut d, *circle, *member, edit),
        Command::Tie {
            circle,
            one,
            other,
            together,
        } => groups::tie(&mut d, *circle, (*one, *other), *together),
        Command::MergeMembers { circle, from, into } => {
            joining::merge(&mut d, *circle, (*from, *into))
        }
        Command::SamePerson { one, other } => same::same(&mut d, *one, *other),
        Command::PersonApart { circle, member } => same::apart(&mut d, (*circle, *member)),
        Command::PlanSession { circle, plan } => sessions::plan(&mut d, *circle, plan),
        Command::SkipSession { circle, session } => series::skip(&mut d, (*circle, *session)),
        Command::PlanSeries {
            circle,
            sessions,
            rhythm,
        } => series::plan(&mut d, *circle, sessions, *rhythm),
        Command::Invite {
            circle,
            session,
            guests,
            new,
            coming,
        } => series::invite(&mut d, (*circle, *session), (guests, new), *coming),
        Command::EditSession {
            circle,
            session,
            start,
            minutes,
            blocks,
        } => sessions::edit(
            &mut d,
            (*circle, *session),
            (*start, *minutes),
            blocks.as_deref(),
        ),
        Command::Replan {
            circle,
            session,
            plan,
        } => sessions::replan(&mut d, (*circle, *session), plan),
        Command::CancelSession { circle, session } => sessions::cancel(&mut d, (*circle, *session)),
        Command::SetPrompts {
            circle,
            session,
            block,
            prompts,
        } => sessions::set_prompts(&mut d, (*circle, *session), *block, prompts),
        Command::Attend {
            circle,
            session,
            member,
            here,
        } => sessions::attend(&mut d, (*circle, *session), *member, *here),
        Command::StartSession {
            circle,
            session,
            facilitator,
        } => running::start(&mut d, (*circle, *session), *facilitator),
        Command::Pause { paused } => running::pause(&mut d, *paused),
        Command::Move(step) => running::step(&mut d, *step),
        Command::GoToBlock(block) => running::go_to(&mut d, *block),
        Command::Extend { minutes } => running::extend(&mut d, *minutes),
        Command::MovePrompt(step) => running::move_prompt(&mut d, *step),
        Command::AddPrompt(prompt) => running::add_prompt(&mut d, prompt),
        Command::MarkAsked { asked } => running::mark_asked(&mut d, *asked),
        Command::LeaveOut { span, pause } => running::leave_out(&mut d, *span, *pause),
        Command::EndSession {
            next,
            figures,
            leave_rest,
        } => running::end(&mut d, next.as_ref(), (*figures, *leave_rest)),
        Command::ParkBlock(block) => parting::park(&mut d, *block),
        Command::SetLead {
            circle,
            session,
            block,
            lead,
            owed,
        } => rotation::set_lead(&mut d, (*circle, *session), (*block, *lead), *owed),
        Command::SetSeat {
            circle,
            session,
            seat,
            member,
            owed,
        } => rotation::set_seat(&mut d, (*circle, *session), (*seat, *member), *owed),
        Command::TakesPart {
            circle,
            session,
            takes_part,
        } => rotation::takes_part(&mut d, (*circle, *session), *takes_part),
        Command::MakeGroups { groups, minutes } => groups::make(&mut d, groups, *minutes),
        Command::GroupTime { minutes } => groups::time(&mut d, *minutes),
        Command::JoinGroup { member, group } => groups::join(&mut d, *member, *group),
        Command::GroupReport {
            groups,
            group,
            report,
        } => groups::report(&mut d, groups, *group, report),
        Command::Rate(rating) => tally::rate(&mut d, rating),
        Command::Vote(vote) => tally::vote(&mut d, vote),
        Command::Write {
            circle,
            drafts,
            speaking,
        } => write::write(&mut d, *circle, drafts, *speaking),
        Command::EditItem { key, edit } => items::edit(&mut d, key, edit),
        Command::EditItems { keys, edit } => items::edit_all(&mut d, keys, edit),
        Command::Settle { actions, how } => items::settle(&mut d, actions, how),
        Command::LookAgain { key, verdict } => looking::again(&mut d, key, verdict),
        Command::Reflect {
            circle,
            member,
            question,
            text,
        } => reflect::answer(&mut d, (*circle, *member), *question, text),
        Command::MoveAction { keys, to } => transfer::actions(&mut d, keys, *to),
        Command::SettleParked { key, settled } => items::settle_parked(&mut d, key, *settled),
        Command::Trash { keys, trashed } => items::trash(&mut d, keys, *trashed),
        Command::SaveFilter { name, text } => filters::save(&mut d, name, text),
        Command::DropFilter { filter } => filters::drop(&mut d, *filter),
        Command::AddQuestions { questions, source } => bank::add(&mut d, questions, source),
        Command::StarQuestion { question, starred } => bank::star(&mut d, *question, *starred),
        Command::RateQuestion {
            circle,
            question,
            points,
        } => deck::rate(&mut d, *circle, *question, *points),
        Command::NeverAsk {
            circle,
            questions,
            never,
        } => deck::never(&mut d, *circle, questions, *never),
        Command::Book { circle, change } => book::change(&mut d, *circle, change),
        Command::Merge {
            rows,
            replace,
            source,
        } => merge::merge(&mut d, rows, *replace, source),
        Command::TakeActions { rows, source } => intake::take(&mut d, rows, source),
        Command::Undo { .. } | Command::Redo => {
            Err(Refusal::new("taking back needs the act that is taken back"))
        }
    }?;
    let changes = d.changes;
    if changes.iter().all(|change| change.before == change.after) {
        return Err(Refusal::new("nothing to change"));
    }
    if changes.iter().any(is_too_large) {
        return Err(Refusal::new(format!(
            "that is too long to keep: at most {} KiB fit into one entry",
            VALUE_BYTES / 1024
        )));
    }
    Ok(Decided { title, changes })
}

/// Decides a command that adds so many documents that they should not all be in memory at once, and takes
/// what it needs out of the command; `None` for every other one.
pub fn long(state: &State, command: &mut Command, cx: &Context) -> Option<Result<Long, Refusal>> {
    match command {
        Command::AddQuestions { questions, source } if questions.len() > bank::MANY => {
            Some(bank::add_many(state, std::mem::take(questions), source, cx))
        }
        _ => None,
    }
}

/// Whether a document would be larger than the store takes.
fn is_too_large(change: &Change) -> bool {
    change
        .after
        .as_ref()
        .is_some_and(|body| body.to_string().len() > VALUE_BYTES)
}

/// The documents that must be loaded before [`decide`] may be asked, beside the working set.
#[expect(clippy::too_many_lines, reason = "a table: one row for each command")]
pub fn needs(command: &Command) -> Vec<Key> {
    match command {
        Command::Book { circle, change } => change.keys(*circle),
        Command::GroupReport { groups, .. } => vec![*groups],
        Command::EditItem { key, .. }
        | Command::LookAgain { key, .. }
        | Command::SettleParked { key, .. } => vec![*key],
        Command::Settle { actions, .. } => actions.clone(),
        Command::Trash { keys, .. } | Command::EditItems { keys, .. } => keys.clone(),
        Command::MoveAction { keys, to } => transfer::keys(keys, *to),
        Command::StarQuestion { question, .. } => {
            vec![Key::new(Space::Org, Kind::Question, question.0)]
        }
        Command::RateQuestion {
            circle, question, ..
        } => deck::keys(*circle, *question).to_vec(),
        Command::NeverAsk {
            circle, questions, ..
        } => questions
            .iter()
            .flat_map(|question| deck::keys(*circle, *question))
            .collect(),
        Command::EditSession {
            circle, session, ..
        }
        | Command::CancelSession { circle, session }
        | Command::SkipSession { circle, session }
        | Command::Replan {
            circle, session, ..
        }
        | Command::Invite {
            circle, session, ..
        }
        | Command::SetPrompts {
            circle, session, ..
        }
        | Command::Attend {
            circle, session, ..
        }
        | Command::StartSession {
            circle, session, ..
        }
        | Command::SetLead {
            circle, session, ..
        }
        | Command::SetSeat {
            circle, session, ..
        }
        | Command::TakesPart {
            circle, session, ..
        } => {
            vec![Key::circle(*circle, Kind::Session, session.0)]
        }
        Command::PlanSeries {
            circle, sessions, ..
        } => {
            let known = sessions.iter().filter_map(|placed| placed.session);
            known
                .map(|id| Key::circle(*circle, Kind::Session, id.0))
                .collect()
        }
        Command::AddQuestions { questions, .. } => {
            let known = questions.iter().filter_map(|question| question.uid);
            let known = known.map(|id| Key::new(Space::Org, Kind::Question, id.0));
            known.chain([counter_key(Space::Org)]).collect()
        }
        Command::TakeActions { rows, .. } => intake::keys(rows),
        Command::Merge { rows, .. } => {
            let mut keys: Vec<Key> = rows
                .iter()
                .flat_map(|row| [row.key, counter_key(row.key.space)])
                .collect();
            keys.sort_unstable();
            keys.dedup();
            keys
        }
        Command::NewCircle(_)
        | Command::EditCircle { .. }
        | Command::ArchiveCircle { .. }
        | Command::AddMembers { .. }
        | Command::EditMember { .. }
        | Command::MergeMembers { .. }
        | Command::PersonApart { .. }
        | Command::PlanSession { .. }
        | Command::SamePerson { .. }
        | Command::Pause { .. }
        | Command::Move(_)
        | Command::GoToBlock(_)
        | Command::Extend { .. }
        | Command::MovePrompt(_)
        | Command::AddPrompt(_)
        | Command::MarkAsked { .. }
        | Command::LeaveOut { .. }
        | Command::EndSession { .. }
        | Command::ParkBlock(_)
        | Command::MakeGroups { .. }
        | Command::GroupTime { .. }
        | Command::JoinGroup { .. }
        | Command::Tie { .. }
        | Command::Rate(_)
        | Command::Vote(_)
        | Command::Write { .. }
        | Command::Reflect { .. }
        | Command::SaveFilter { .. }
        | Command::DropFilter { .. }
        | Command::Undo { .. }
        | Command::Redo => Vec::new(),
    }
}

pub(crate) use items::name as item_name;
pub(crate) use merge::{same as same_document, travels};
