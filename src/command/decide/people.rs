//! Circles and their people.

use crate::command::decide::{Decision, sessions};
use crate::command::{MemberEdit, NewCircle, NewMember, Refusal};
use crate::domain::circle::Circle;
use crate::domain::id::{CircleId, Key, Kind, MemberId};
use crate::domain::rhythm::Rhythm;
use crate::domain::roster::{Label, Member, Role, free_label, unfit};
use crate::domain::session::{Session, SessionState};
use crate::domain::text::{Clean, fold};

/// Most people of one circle. A circle is 4 to 12; a limit keeps a pasted address book out.
const MOST_MEMBERS: usize = 200;

pub(super) fn new_circle(d: &mut Decision<'_>, new: &NewCircle) -> Result<String, Refusal> {
    if new.name.as_str().trim().is_empty() {
        return Err(Refusal::new("a circle needs a name"));
    }
    let same = fold(new.name.as_str());
    if d.state
        .circles()
        .any(|c| c.archived.is_none() && fold(c.name.as_str()) == same)
    {
        return Err(Refusal::new(format!(
            "there is a circle called {} already",
            new.name
        )));
    }
    let id = CircleId(d.cx.ids.make());
    let circle = Circle {
        kind: new.kind,
        rhythm: new.rhythm,
        template: new.template.clone(),
        ..Circle::new(id, new.name.clone(), d.cx.at)
    };
    d.add(Key::circle(id, Kind::Circle, id.0), circle);
    for member in members(d, &[], &new.people)? {
        d.add(Key::circle(id, Kind::Member, member.id.0), member);
    }
    if let Some(first) = &new.first {
        sessions::add(d, id, first)?;
    }
    Ok(format!("the circle {}", new.name))
}

pub(super) fn edit_circle(
    d: &mut Decision<'_>,
    id: CircleId,
    (name, rhythm, template): (Option<&Clean>, Option<Rhythm>, Option<&String>),
) -> Result<String, Refusal> {
    let mut circle = d.circle(id)?.clone();
    if let Some(name) = name {
        if name.as_str().trim().is_empty() {
            return Err(Refusal::new("a circle needs a name"));
        }
        circle.name = name.clone();
    }
    circle.rhythm = rhythm.or(circle.rhythm);
    if let Some(template) = template {
        circle.template = Some(template.clone());
    }
    let title = format!("the circle {}", circle.name);
    d.put(Key::circle(id, Kind::Circle, id.0), circle);
    Ok(title)
}

pub(super) fn archive(
    d: &mut Decision<'_>,
    id: CircleId,
    archived: bool,
) -> Result<String, Refusal> {
    let mut circle = d.circle(id)?.clone();
    if archived && d.state.running().is_some_and(|(running, ..)| running == id) {
        return Err(Refusal::new("its session is running; wrap it up first"));
    }
    circle.archived = archived.then_some(d.cx.at);
    let title = if archived {
        format!("{} put to rest", circle.name)
    } else {
        format!("{} taken up again", circle.name)
    };
    d.put(Key::circle(id, Kind::Circle, id.0), circle);
    Ok(title)
}

pub(super) fn add_members(
    d: &mut Decision<'_>,
    id: CircleId,
    people: &[NewMember],
) -> Result<String, Refusal> {
    d.circle(id)?;
    let present: Vec<Member> = d.state.everyone(id).cloned().collect();
    let added = members(d, &present, people)?;
    let title = match added.as_slice() {
        [] => return Err(Refusal::new("nobody to add")),
        [one] => one.name.to_string(),
        many => format!("{} people", many.len()),
    };
    for member in added {
        d.add(Key::circle(id, Kind::Member, member.id.0), member);
    }
    Ok(title)
}

pub(super) fn members(
    d: &mut Decision<'_>,
    present: &[Member],
    people: &[NewMember],
) -> Result<Vec<Member>, Refusal> {
    if present.len() + people.len() > MOST_MEMBERS {
        return Err(Refusal::new(format!(
            "a circle has at most {MOST_MEMBERS} people"
        )));
    }
    let mut all = present.to_vec();
    for person in people {
        fit_to_be_called(&person.name)?;
        all.push(Member {
            mail: person.mail.clone(),
            role: person.role,
            ..Member::new(
                MemberId(d.cx.ids.make()),
                person.name.clone(),
                free_label(&all),
                d.cx.at,
            )
        });
    }
    Ok(all.split_off(present.len()))
}

/// A name must be there and mean nobody else: `@all`, `@me` and `@2` are read before names are.
fn fit_to_be_called(name: &Clean) -> Result<(), Refusal> {
    unfit(name).map_or(Ok(()), |why| Err(Refusal::new(why)))
}

pub(super) fn edit_member(
    d: &mut Decision<'_>,
    circle: CircleId,
    id: MemberId,
    edit: &MemberEdit,
) -> Result<String, Refusal> {
    let Some(found) = d.state.member(circle, id) else {
        return Err(Refusal::new("that person is not in this circle"));
    };
    let mut member = found.clone();
    let title = what(&member, edit);
    if let Some(name) = &edit.name {
        fit_to_be_called(name)?;
        member.name = name.clone();
    }
    if let Some(mail) = &edit.mail {
        member.mail = Some(mail.clone()).filter(|mail| !mail.as_str().is_empty());
    }
    member.role = edit.role.unwrap_or(member.role);
    member.phone = edit.phone.unwrap_or(member.phone);
    member.no_calls = edit.no_calls.unwrap_or(member.no_calls);
    if let Some(left) = edit.left {
        come_or_go(d, circle, &mut member, left);
        if left {
            vacate(d, circle, id);
        }
    }
    if let Some(label) = edit.label {
        swap_label(d, circle, &mut member, label)?;
    }
    d.put(Key::circle(circle, Kind::Member, id.0), member);
    Ok(title)
}

/// Whoever leaves leads nothing that is still planned and sits nowhere in it: somebody else is to be found.
fn vacate(d: &mut Decision<'_>, circle: CircleId, member: MemberId) {
    let planned = d.state.sessions(circle);
    let planned: Vec<Session> = planned
        .filter(|session| session.state == SessionState::Planned)
        .cloned()
        .collect();
    for session in planned {
        let mut free = session.clone();
        free.facilitator.take_if(|leads| *leads == member);
        free.seats.retain(|_, held| *held != member);
        for block in &mut free.blocks {
            block.lead.take_if(|leads| *leads == member);
        }
        if free != session {
            d.put(sessions::key((circle, session.id)), free);
        }
    }
}

/// Whoever comes back takes the lowest free label if the old one went to somebody else.
fn come_or_go(d: &Decision<'_>, circle: CircleId, member: &mut Member, left: bool) {
    let taken = |label| {
        d.state
            .members(circle)
            .iter()
            .any(|other| other.id != member.id && other.label == label)
    };
    if left {
        member.left = member.left.or(Some(d.cx.at));
    } else if member.left.take().is_some() && taken(member.label) {
        member.label = free_label(d.state.everyone(circle));
    }
}

fn swap_label(
    d: &mut Decision<'_>,
    circle: CircleId,
    member: &mut Member,
    label: Label,
) -> Result<(), Refusal> {
    if label.0 == 0 || label.0 > Label::LAST_TYPED {
        return Err(Refusal::new("labels are 1 to 9 and 01 to 09"));
    }
    if d.state
        .running()
        .is_some_and(|(running, ..)| running == circle)
    {
        return Err(Refusal::new("labels stay as they are while a session runs"));
    }
    let holder = d
        .state
        .members(circle)
        .into_iter()
        .find(|other| other.id != member.id && other.label == label)
        .cloned();
    if let Some(mut other) = holder {
        other.label = member.label;
        d.put(Key::circle(circle, Kind::Member, other.id.0), other);
    }
    member.label = label;
    Ok(())
}

fn what(member: &Member, edit: &MemberEdit) -> String {
    let name = &member.name;
    match edit {
        MemberEdit {
            left: Some(true), ..
        } => format!("{name} has left"),
        MemberEdit {
            left: Some(false), ..
        } => format!("{name} is back"),
        MemberEdit {
            name: Some(new), ..
        } => format!("{name} is now {new}"),
        MemberEdit {
            phone: Some(true), ..
        } => format!("{name} is on the phone"),
        MemberEdit {
            phone: Some(false), ..
        } => format!("{name} is in the room"),
        MemberEdit {
            no_calls: Some(true),
            ..
        } => format!("{name} is not called on"),
        MemberEdit {
            no_calls: Some(false),
            ..
        } => format!("{name} may be called on"),
        MemberEdit {
            role: Some(Role::Facilitator),
            ..
        } => format!("{name} facilitates"),
        MemberEdit {
            label: Some(label), ..
        } => format!("{name} has the number {label}"),
        MemberEdit { .. } => name.to_string(),
    }
}
