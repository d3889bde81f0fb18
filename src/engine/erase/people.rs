//! What goes with people: in what remains they become a former member.

use crate::domain::book::reader::Reader;
use crate::domain::change::Change;
use crate::domain::clock::Moment;
use crate::domain::document::Document;
use crate::domain::filter::sought::Sought;
use crate::domain::id::{BookId, CircleId, Key, Kind, MemberId, Space};
use crate::domain::item::Audience;
use crate::domain::names::FORMER;
use crate::domain::state::rotation_key;
use crate::domain::text::Clean;
use crate::engine::erase::Plan;
use crate::engine::working_set;
use crate::store::{Read, Result, Stored};

/// What goes with people: in each circle they become a former member, and nobody knows any more that these were one
/// person.
pub(super) fn people(
    read: &dyn Read,
    people: &[(CircleId, MemberId)],
    at: Moment,
    plan: &mut Plan,
) -> Result<()> {
    for who in people {
        leave_circle(read, *who, at, plan)?;
    }
    leave_persons(read, people, plan)?;
    // Two of them may have been named by the same filter.
    plan.remove.sort_unstable();
    plan.remove.dedup();
    Ok(())
}

fn leave_circle(
    read: &dyn Read,
    (circle, member): (CircleId, MemberId),
    at: Moment,
    plan: &mut Plan,
) -> Result<()> {
    let key = Key::circle(circle, Kind::Member, member.0);
    if let Some(stored) = read.get(&key)? {
        plan.rename.extend(former(&stored, at)?);
    }
    plan.forget.push(key);
    plan.forget.extend(entries_of(read, circle, &key)?);
    plan.remove.extend(filters_of(read, &key)?);
    leave_groups(read, (circle, member), plan)?;
    reflections(read, (circle, member), plan)?;
    leave_books(read, (circle, member), plan)?;
    let key = rotation_key(circle);
    if let Some(stored) = read.get(&key)? {
        plan.rename.extend(without(&stored, member)?);
    }
    Ok(())
}

/// Where the past of other entries lies that became this one: their names, and how far they had read.
fn entries_of(read: &dyn Read, circle: CircleId, member: &Key) -> Result<Vec<Key>> {
    let Some(stored) = read.get(member)? else {
        return Ok(Vec::new());
    };
    let Document::Member(member) = working_set::document(&stored)? else {
        return Ok(Vec::new());
    };
    let of_circle = |kind, id| Key::circle(circle, kind, id);
    let mut past: Vec<Key> = member
        .also
        .iter()
        .map(|id| of_circle(Kind::Member, id.0))
        .collect();
    working_set::each(read, Space::Circle(circle), Kind::Book, None, &mut |row| {
        let book = BookId(row.key.id);
        let readers = member.also.iter().map(|id| Reader::id_of(book, *id).0);
        past.extend(readers.map(|id| of_circle(Kind::Reader, id)));
        Ok(())
    })?;
    Ok(past)
}

/// The saved filters that name somebody.
fn filters_of(read: &dyn Read, member: &Key) -> Result<Vec<Key>> {
    let Some(stored) = read.get(member)? else {
        return Ok(Vec::new());
    };
    let Document::Member(member) = working_set::document(&stored)? else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    working_set::each(read, Space::Org, Kind::Filter, None, &mut |row| {
        if let Document::Filter(filter) = working_set::document(&row)?
            && Sought::names(&filter.text, &member.name)
        {
            found.push(row.key);
        }
        Ok(())
    })?;
    Ok(found)
}

fn former(stored: &Stored, at: Moment) -> Result<Option<Change>> {
    let Document::Member(mut member) = working_set::document(stored)? else {
        return Ok(None);
    };
    member.name = Clean::line(FORMER);
    member.mail = None;
    // The other entries have no name any more, in no act either.
    member.also.clear();
    member.reflected.clear();
    // Nobody calls on a former member, and the label is free for somebody else.
    member.left = member.left.or(Some(at));
    Ok(Some(Change {
        key: stored.key,
        before: Some(stored.value()?),
        after: Some(Document::Member(member).to_body()),
    }))
}

/// Takes what a person answered for themselves alone.
fn reflections(
    read: &dyn Read,
    (circle, member): (CircleId, MemberId),
    plan: &mut Plan,
) -> Result<()> {
    let space = Space::Circle(circle);
    working_set::each(read, space, Kind::Note, None, &mut |stored| {
        if let Document::Note(note) = working_set::document(&stored)?
            && note.audience == Audience::Me
            && note.answers.is_some()
            && note.raised_by == Some(member)
        {
            plan.remove.push(stored.key);
        }
        Ok(())
    })
}

/// Takes a person out of the break-outs of a circle and of what it wants of groups.
fn leave_groups(
    read: &dyn Read,
    (circle, member): (CircleId, MemberId),
    plan: &mut Plan,
) -> Result<()> {
    let mut change = |stored: &Stored, document: Document| {
        plan.forget.push(stored.key);
        plan.rename.push(Change {
            key: stored.key,
            before: Some(stored.value()?),
            after: Some(document.to_body()),
        });
        Ok(())
    };
    let space = Space::Circle(circle);
    working_set::each(read, space, Kind::Groups, None, &mut |stored| {
        if let Document::Groups(mut groups) = working_set::document(&stored)?
            && groups.forget(member)
        {
            change(&stored, groups.into())?;
        }
        Ok(())
    })?;
    if let Some(stored) = read.get(&Key::circle(circle, Kind::Circle, circle.0))?
        && let Document::Circle(mut held) = working_set::document(&stored)?
    {
        let ties = held.ties.len();
        held.ties
            .retain(|tie| tie.one != member && tie.other != member);
        if held.ties.len() < ties {
            change(&stored, held.into())?;
        }
    }
    Ok(())
}

/// Takes how far a person has read with them, and how votes went that they took part in. What they proposed and raised stays, by a
/// former member.
fn leave_books(
    read: &dyn Read,
    (circle, member): (CircleId, MemberId),
    plan: &mut Plan,
) -> Result<()> {
    let space = Space::Circle(circle);
    working_set::each(read, space, Kind::Reader, None, &mut |stored| {
        if let Document::Reader(reader) = working_set::document(&stored)?
            && reader.member == member
        {
            plan.remove.push(stored.key);
        }
        Ok(())
    })?;
    working_set::each(read, space, Kind::Poll, None, &mut |stored| {
        // It names nobody, but its past tells which ballot came in when.
        plan.forget.push(stored.key);
        Ok(())
    })
}

/// Takes members out of who is the same person in several circles, with the past of it.
fn leave_persons(read: &dyn Read, gone: &[(CircleId, MemberId)], plan: &mut Plan) -> Result<()> {
    working_set::each(read, Space::Org, Kind::Person, None, &mut |stored| {
        // Also one that has left them out meanwhile: its past still tells.
        plan.forget.push(stored.key);
        if let Document::Person(person) = working_set::document(&stored)?
            && gone.iter().any(|who| person.members.contains(who))
        {
            let mut rest = Some(person);
            for who in gone {
                rest = rest.and_then(|person| person.without(*who));
            }
            match rest {
                Some(rest) => plan.rename.push(Change {
                    key: stored.key,
                    before: Some(stored.value()?),
                    after: Some(Document::Person(rest).to_body()),
                }),
                None => plan.remove.push(stored.key),
            }
        }
        Ok(())
    })
}

/// The rotation of a circle without somebody; `None` when it does not know them.
fn without(stored: &Stored, member: MemberId) -> Result<Option<Change>> {
    let Document::Rotation(mut rotation) = working_set::document(stored)? else {
        return Ok(None);
    };
    if !rotation.keep(|id| id != member) {
        return Ok(None);
    }
    Ok(Some(Change {
        key: stored.key,
        before: Some(stored.value()?),
        after: Some(Document::Rotation(rotation).to_body()),
    }))
}
