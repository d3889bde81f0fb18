//! What can be changed about a person or the circle, and the lines that are asked for on the way.

use crate::command::{Command, MemberEdit};
use crate::domain::id::{CircleId, MemberId};
use crate::domain::roster::{Label, Member, Role};
use crate::domain::text::{Clean, Limit};
use crate::exchange::roster::is_mail;
use crate::tui::screen::roster::{Asked, Detail};
use crate::tui::screen::words;
use crate::tui::view::{Ask, Reply, View};

/// What Enter on a person offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Phone,
    NoCalls,
    Facilitator,
    Rename,
    Number,
    Mail,
    ComeBack,
}

pub(super) fn verbs(member: &Member) -> Vec<Verb> {
    if member.left.is_some() {
        return vec![Verb::ComeBack, Verb::Rename];
    }
    vec![
        Verb::Phone,
        Verb::NoCalls,
        Verb::Facilitator,
        Verb::Rename,
        Verb::Number,
        Verb::Mail,
    ]
}

pub(super) fn verb_words(verb: Verb, member: &Member) -> String {
    let toggle = |is: bool, on: &str, off: &str| if is { off } else { on }.to_owned();
    match verb {
        Verb::Phone => toggle(
            member.phone,
            "takes part by phone or video",
            "is in the room, not on the phone",
        ),
        Verb::NoCalls => toggle(
            member.no_calls,
            "asks: please do not call on me",
            "may be called on again",
        ),
        Verb::Facilitator => toggle(
            member.role == Role::Facilitator,
            "usually runs the sessions",
            "does not run the sessions any more",
        ),
        Verb::Rename => "rename".to_owned(),
        Verb::Number => format!("another number than {}", member.label),
        Verb::Mail => "mail address".to_owned(),
        Verb::ComeBack => "is a member again".to_owned(),
    }
}

pub(super) fn change(verb: Verb, member: &Member, view: &View<'_>) -> Reply {
    let mut edit = MemberEdit::default();
    match verb {
        Verb::Phone => edit.phone = Some(!member.phone),
        Verb::NoCalls => edit.no_calls = Some(!member.no_calls),
        Verb::ComeBack => edit.left = Some(false),
        Verb::Facilitator => {
            let role = match member.role {
                Role::Facilitator => Role::Member,
                Role::Member | Role::Guest => Role::Facilitator,
            };
            edit.role = Some(role);
        }
        Verb::Rename => return ask_name(member),
        Verb::Number => return ask_number(member, &words::person(view, member)),
        Verb::Mail => {
            return Reply::Ask(Ask {
                tag: Asked::Detail(Detail::Mail).into(),
                label: "Mail".to_owned(),
                text: member.mail.as_deref().unwrap_or_default().to_owned(),
                help: "Empty takes it off; it is never shown while names are masked".to_owned(),
            });
        }
    }
    match view.circle {
        Some(circle) => edit_member(circle, member.id, edit),
        None => Reply::Ignored,
    }
}

/// What a typed line changes.
pub(super) fn typed_edit(detail: Detail, text: &str) -> Result<MemberEdit, String> {
    let mut edit = MemberEdit::default();
    match detail {
        Detail::Name => edit.name = Some(Clean::name(text).map_err(|error| error.to_string())?),
        Detail::Mail => {
            let mail = Clean::line_within(text, Limit::Name).map_err(|error| error.to_string())?;
            if !mail.is_empty() && !is_mail(&mail) {
                return Err(format!(
                    "\"{mail}\" is no mail address; try jun@mail.example"
                ));
            }
            edit.mail = Some(mail);
        }
        Detail::Number => {
            let label = Label::parse(text.trim());
            edit.label =
                Some(label.ok_or_else(|| {
                    format!("\"{}\" is no number; 1 to 9, or 01 to 09", text.trim())
                })?);
        }
    }
    Ok(edit)
}

pub(super) fn ask_name(member: &Member) -> Reply {
    Reply::Ask(Ask {
        tag: Asked::Detail(Detail::Name).into(),
        label: "Name".to_owned(),
        text: member.name.to_string(),
        help: "As they write it themselves".to_owned(),
    })
}

pub(super) fn ask_number(member: &Member, name: &str) -> Reply {
    Reply::Ask(Ask {
        tag: Asked::Detail(Detail::Number).into(),
        label: format!("Number of {name}"),
        text: member.label.to_string(),
        help: "1 to 9, or 01 to 09 for the next nine; whoever has it gets the old one".to_owned(),
    })
}

pub(super) fn edit_member(circle: CircleId, member: MemberId, edit: MemberEdit) -> Reply {
    Reply::submit(Command::EditMember {
        circle,
        member,
        edit,
    })
}

pub(super) fn edit_circle(
    circle: CircleId,
    change: impl FnOnce(&mut Option<Clean>, &mut Option<crate::domain::rhythm::Rhythm>),
) -> Reply {
    let (mut name, mut rhythm) = (None, None);
    change(&mut name, &mut rhythm);
    Reply::submit(Command::EditCircle {
        circle,
        name,
        rhythm,
        template: None,
    })
}
