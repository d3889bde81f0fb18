//! What gets written down, and what becomes of it.

use crate::command::decide::details;
use crate::command::decide::write::{check_owner, needs_words, write};
use crate::command::decide::{Decision, smaller};
use crate::command::{Draft, ItemEdit, Refusal, Settle};
use crate::domain::book::{Book, BookState};
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Key, Space};
use crate::domain::item::{Action, ActionState, Decision as Settled, Due, Note, Owner, Parked};
use crate::domain::question::Question;
use crate::domain::text::{Clean, Limit};

/// A row in words: `A14 "Send deck"`. A note is named by its number alone, so that titles of acts, which
/// the log shows, carry no private words.
pub(crate) fn name(document: &Document) -> String {
    match document {
        Document::Action(Action { number, text, .. }) => format!("A{number} \"{text}\""),
        Document::Decision(Settled { number, text, .. }) => format!("D{number} \"{text}\""),
        Document::Note(Note { number, .. }) => format!("N{number}"),
        Document::Parked(Parked { number, text, .. }) => format!("P{number} \"{text}\""),
        Document::Question(Question { number, text, .. }) => format!("Q{number} \"{text}\""),
        Document::Session(session) => format!("session #{}", session.number),
        Document::Circle(circle) => circle.name.to_string(),
        Document::Member(member) => member.name.to_string(),
        Document::Book(book) => format!("B{} \"{}\"", book.number, book.title),
        Document::Filter(filter) => format!("filter \"{}\"", filter.name),
        Document::Person(_) => "who is the same person".to_owned(),
        Document::Poll(_) => "the vote on the next book".to_owned(),
        Document::Reader(_) => "how far somebody has read".to_owned(),
        Document::Asked(_) => "how often a question was asked".to_owned(),
        Document::Counter(_) => "the numbers given out".to_owned(),
        Document::Groups(_) => "groups".to_owned(),
        Document::Live(_) => "the running session".to_owned(),
        Document::Rotation(_) => "who held which seat".to_owned(),
    }
}

fn row(d: &Decision<'_>, key: &Key) -> Result<Document, Refusal> {
    d.state
        .get(key)
        .cloned()
        .ok_or_else(|| Refusal::new("that row is gone"))
}

/// The other book that is being read, where this one is too.
fn second_read<'a>(d: &Decision<'a>, circle: CircleId, book: &Book) -> Option<&'a Book> {
    let reads = book.state == BookState::Reading;
    let other = d.state.reading(circle).filter(|_| reads);
    other.filter(|other| other.id != book.id)
}

pub(super) fn trash(d: &mut Decision<'_>, keys: &[Key], into: bool) -> Result<String, Refusal> {
    let mut titles = Vec::new();
    for key in keys {
        let mut document = row(d, key)?;
        let Some(mark) = document.trash_mark() else {
            return Err(Refusal::new("that cannot be put into the trash"));
        };
        *mark = into.then_some(d.cx.at);
        if let (false, Document::Book(book), Space::Circle(circle)) = (into, &document, key.space)
            && let Some(other) = second_read(d, circle, book)
        {
            return Err(Refusal::new(format!(
                "B{} is being read; finish it or set it aside first",
                other.number
            )));
        }
        titles.push(name(&document));
        d.put(*key, document);
    }
    let how = if into {
        "to the trash"
    } else {
        "back from the trash"
    };
    match titles.as_slice() {
        [] => Err(Refusal::new("nothing is marked")),
        [one] => Ok(format!("{one} {how}")),
        many => Ok(format!("{} rows {how}", many.len())),
    }
}

pub(super) fn edit(d: &mut Decision<'_>, key: &Key, edit: &ItemEdit) -> Result<String, Refusal> {
    let mut document = row(d, key)?;
    if let Some(text) = &edit.text {
        needs_words(text)?;
    }
    if let (Space::Org, Document::Question(question)) = (key.space, &mut document) {
        set(&mut question.text, edit.text.as_ref());
        let title = format!("{} has other words", name(&document));
        d.put(*key, document);
        return Ok(title);
    }
    let Space::Circle(circle) = key.space else {
        return Err(Refusal::new("that row cannot be changed here"));
    };
    if let Some(owner) = edit.owner {
        check_owner(d, circle, owner)?;
    }
    details::set(d, circle, &mut document, edit)?;
    set_words(d, circle, &mut document, edit)?;
    let before = row(d, key)?;
    let title = match changed(&before, &document).as_slice() {
        [] => name(&document),
        what => format!("{} {}", name(&document), what.join(", ")),
    };
    d.put(*key, document);
    Ok(title)
}

/// What a row says and whose it is, as far as the edit names it.
fn set_words(
    d: &Decision<'_>,
    circle: CircleId,
    document: &mut Document,
    edit: &ItemEdit,
) -> Result<(), Refusal> {
    match document {
        Document::Action(action) => edit_action(d, circle, action, edit),
        Document::Decision(row) => {
            set(&mut row.text, edit.text.as_ref());
            set(&mut row.tags, edit.tags.as_ref());
        }
        Document::Note(row) => {
            set(&mut row.text, edit.text.as_ref());
            set(&mut row.tags, edit.tags.as_ref());
            set(&mut row.audience, edit.audience.as_ref());
        }
        Document::Parked(row) => {
            set(&mut row.text, edit.text.as_ref());
            set(&mut row.tags, edit.tags.as_ref());
            match edit.owner {
                Some(Owner::Member(member)) => row.raised_by = Some(member),
                Some(Owner::Nobody | Owner::All) => row.raised_by = None,
                None => {}
            }
        }
        Document::Question(row) => {
            set(&mut row.text, edit.text.as_ref());
        }
        Document::Asked(_)
        | Document::Circle(_)
        | Document::Book(_)
        | Document::Filter(_)
        | Document::Person(_)
        | Document::Poll(_)
        | Document::Reader(_)
        | Document::Counter(_)
        | Document::Groups(_)
        | Document::Live(_)
        | Document::Rotation(_)
        | Document::Member(_)
        | Document::Session(_) => return Err(Refusal::new("that cannot be changed here")),
    }
    Ok(())
}

/// What an edit changed, in words that name no person.
fn changed(before: &Document, after: &Document) -> Vec<String> {
    let due = match (before, after) {
        (Document::Action(before), Document::Action(after)) if before.due != after.due => {
            Some(match after.due {
                Due::None => "has no date".to_owned(),
                Due::On(day) => format!("is due {}", day.format("%a %-d %b %Y")),
                Due::NextSession => "is due next session".to_owned(),
            })
        }
        (Document::Action(before), Document::Action(after))
            if before.moved_in != after.moved_in =>
        {
            Some("goes on to the next session".to_owned())
        }
        _ => None,
    };
    let details = details::changed(before, after);
    let (before, after) = (before.to_body(), after.to_body());
    let fields = [
        ("text", "has other words"),
        ("owner", "has another owner"),
        ("raised_by", "was brought up by somebody else"),
        ("priority", "has another priority"),
        ("tags", "has other tags"),
        ("audience", "has other readers"),
    ];
    let mut what: Vec<String> = fields
        .into_iter()
        .filter(|(field, _)| before.get(field) != after.get(field))
        .map(|(_, words)| words.to_owned())
        .collect();
    what.extend(due);
    what.extend(details);
    what
}

/// The same change for each of several rows.
pub(super) fn edit_all(
    d: &mut Decision<'_>,
    keys: &[Key],
    change: &ItemEdit,
) -> Result<String, Refusal> {
    let mut titles = Vec::new();
    for key in keys {
        titles.push(edit(d, key, change)?);
    }
    match titles.as_slice() {
        [] => Err(Refusal::new("nothing is marked")),
        [one] => Ok(one.clone()),
        many => Ok(format!("{} rows", many.len())),
    }
}

fn set<T: Clone>(field: &mut T, value: Option<&T>) {
    if let Some(value) = value {
        *field = value.clone();
    }
}

fn edit_action(d: &Decision<'_>, circle: CircleId, action: &mut Action, edit: &ItemEdit) {
    set(&mut action.text, edit.text.as_ref());
    set(&mut action.tags, edit.tags.as_ref());
    set(&mut action.owner, edit.owner.as_ref());
    set(&mut action.priority, edit.priority.as_ref());
    if let Some(due) = edit.due {
        set_due(d, circle, action, due);
    }
}

/// Gives a date. An action is carried when its day had come and it gets a later one; in one session that counts
/// once.
fn set_due(d: &Decision<'_>, circle: CircleId, action: &mut Action, due: Due) {
    let before = d.state.due_at(circle, action.due, d.cx.at);
    let here = d.state.running().filter(|(running, ..)| *running == circle);
    let started = here.map(|(_, session, live)| (session.id, live.clock.started));
    let come = match action.due {
        // The session that was next then is the one that runs now.
        Due::NextSession => started.is_some_and(|(_, started)| action.origin.at < started),
        Due::On(day) => day <= d.cx.at.date(d.cx.zone),
        Due::None => false,
    };
    let later = match due {
        Due::None | Due::NextSession => true,
        Due::On(_) => {
            action.due == Due::NextSession || d.state.due_at(circle, due, d.cx.at) > before
        }
    };
    let session = started.map(|(session, _)| session);
    if come && later && (session.is_none() || action.moved_in != session) {
        action.carried = action.carried.saturating_add(1);
        action.moved_in = session;
        if action.state == ActionState::Open {
            action.state = ActionState::Moved;
        }
    }
    action.due = due;
}

/// Asks the circle for help: the action is due at the next session, and a parked item makes it a topic.
fn ask_for_help(d: &mut Decision<'_>, key: &Key, action: &mut Action) -> Result<(), Refusal> {
    let Space::Circle(circle) = key.space else {
        return Err(Refusal::new("that row cannot be changed here"));
    };
    if !action.state.is_open() {
        return Err(Refusal::new("that action is closed; open it again first"));
    }
    if action.help {
        return Err(Refusal::new("the circle is asked for help with it already"));
    }
    action.help = true;
    set_due(d, circle, action, Due::NextSession);
    let topic = Draft::Parked {
        text: Clean::line_within(&format!("Help with: {}", action.text), Limit::Note)
            .unwrap_or_else(|_too_long| action.text.clone()),
        raised_by: action.owner_id(),
        tags: action.tags.clone(),
    };
    write(d, circle, &[topic], None).map(|_title| ())
}

pub(super) fn settle(d: &mut Decision<'_>, keys: &[Key], how: &Settle) -> Result<String, Refusal> {
    if let Settle::Smaller(text) = how {
        return smaller::step(d, keys, text);
    }
    if let Settle::Partly(words) | Settle::LetGo(Some(words)) = how {
        let fits = Limit::Note.check(words);
        fits.map_err(|error| Refusal::new(error.to_string()))?;
    }
    let (mut titles, mut already) = (Vec::new(), Vec::new());
    for key in keys {
        let Document::Action(mut action) = row(d, key)? else {
            return Err(Refusal::new("only an action can be settled"));
        };
        if action.state == ActionState::Done && matches!(how, Settle::Done) {
            already.push(action.number);
            continue;
        }
        let open = action.state.is_open();
        if !open && !matches!(how, Settle::Help) {
            // Why it was let go, and what came in its place, holds no longer.
            action.not_let_go();
        }
        match how {
            Settle::Done => (action.state, action.closed) = (ActionState::Done, Some(d.cx.at)),
            Settle::LetGo(reason) => {
                (action.state, action.closed) = (ActionState::LetGo, Some(d.cx.at));
                action.reason.clone_from(reason);
            }
            Settle::Partly(left) => {
                (action.state, action.closed) = (ActionState::Partly, None);
                action.progress = Some(left.clone()).filter(|left| !left.as_str().is_empty());
            }
            Settle::Help => ask_for_help(d, key, &mut action)?,
            Settle::Smaller(_) => return Err(smaller::one()),
            Settle::Reopen if open => return Err(Refusal::new("that action is open")),
            Settle::Reopen => (action.state, action.closed) = (ActionState::Open, None),
        }
        let document = Document::Action(action);
        titles.push(name(&document));
        d.put(*key, document);
    }
    let word = match how {
        Settle::Done => "done",
        Settle::Partly(_) => "partly done",
        Settle::LetGo(_) => "let go",
        Settle::Help => "asks the circle for help",
        Settle::Smaller(_) => "a smaller step",
        Settle::Reopen => "open again",
    };
    match titles.as_slice() {
        [] => Err(Refusal::new(match already.as_slice() {
            [] => "no action is marked".to_owned(),
            [one] => format!("A{one} is done already"),
            many => format!("all {} are done already", many.len()),
        })),
        [one] => Ok(format!("{one} {word}")),
        many => Ok(format!("{} actions {word}", many.len())),
    }
}

pub(super) fn settle_parked(
    d: &mut Decision<'_>,
    key: &Key,
    settled: bool,
) -> Result<String, Refusal> {
    let Document::Parked(mut parked) = row(d, key)? else {
        return Err(Refusal::new("only a parked item can be settled"));
    };
    parked.settled = settled.then_some(d.cx.at);
    let document = Document::Parked(parked);
    let title = format!(
        "{} {}",
        name(&document),
        if settled { "settled" } else { "kept" }
    );
    d.put(*key, document);
    Ok(title)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::Moment;
    use crate::domain::id::{ActionId, Ids};
    use crate::domain::item::Origin;

    fn action() -> Action {
        let mut ids = Ids::new(Moment::from_millis(0), 1);
        let value = serde_json::json!({
            "id": ActionId(ids.make()), "number": 7, "text": "Ambig", "owner": Owner::Nobody,
            "due": Due::None, "state": ActionState::Open,
            "origin": Origin::outside(Moment::from_millis(0)),
        });
        serde_json::from_value(value).unwrap()
    }

    /// The words for this edit of an action.
    fn told(edit: impl FnOnce(&mut Action)) -> Vec<String> {
        let mut after = action();
        edit(&mut after);
        changed(&Document::Action(action()), &Document::Action(after))
    }

    #[test]
    fn an_edit_says_what_it_changed_and_names_no_person() {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 13).unwrap();
        assert_eq!(
            told(|row| row.due = Due::On(day)),
            ["is due Fri 13 Mar 2026"]
        );
        assert_eq!(
            told(|row| {
                row.owner = Owner::All;
                row.due = Due::NextSession;
            }),
            ["has another owner", "is due next session"]
        );
        assert_eq!(
            told(|row| {
                row.text = Clean::line("Clear");
                row.tags = vec![Clean::line("pace")];
            }),
            ["has other words", "has other tags"]
        );
        assert_eq!(told(|_| {}), [""; 0]);
    }
}
