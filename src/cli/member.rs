//! `circlet member`: add, import, list, edit, leave, merge, same, apart, me.

mod me;
mod same;

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::cli::args::Accept;
use crate::cli::ask::{goes_on, nothing};
use crate::cli::error::{CliError, Exit, Outcome, echo};
use crate::cli::receipt::Receipt;
use crate::cli::{Cx, Listed};
use crate::command::{Command, MemberEdit, NewMember};
use crate::domain::id::CircleId;
use crate::domain::roster::{Label, Member, Role};
use crate::domain::text::{Clean, fold, looks_like};
use crate::exchange::roster::{DraftMember, TakenRoster};
use crate::exchange::{Format, input, roster};

/// Most lines of a preview.
const MOST_LINES: usize = 20;

/// What can be done with people.
#[derive(Clone, Debug, Subcommand)]
pub enum Verb {
    /// Add people: "Mei Lin", "Tom Ode <tom@example.org>"
    Add {
        /// Who
        #[arg(required = true, value_name = "NAME")]
        names: Vec<String>,
    },
    /// Add people from a file: names, with or without mail, CSV, JSON; - reads standard input
    Import {
        /// The file
        file: PathBuf,
        #[command(flatten)]
        accept: Accept,
    },
    /// Who is in the circle
    List {
        /// Those who have left too
        #[arg(long)]
        all: bool,
    },
    /// Change something about a person
    Edit(Edit),
    /// Somebody has left the circle
    Leave {
        /// Who
        who: String,
    },
    /// Make two entries of one person in a circle one; "circlet undo" takes it back whole
    Merge {
        /// The entry that stays, with its name
        stays: String,
        /// The entry that becomes part of it
        other: String,
    },
    /// Say that members of two circles are the same person
    Same {
        /// One, like ladder/maria
        one: String,
        /// The other, like readers/maria
        other: String,
    },
    /// Say that a member is a person of their own again
    Apart {
        /// Who, like readers/maria
        who: String,
    },
    /// Say who you are, for --mine, @me and status
    Me {
        /// Your name as the circle knows it; without it the present one is shown
        name: Option<String>,
    },
}

/// What to change about a person.
#[derive(Clone, Debug, Args)]
pub struct Edit {
    /// Who
    who: String,
    /// New name
    #[arg(long)]
    name: Option<String>,
    /// New address; "" takes it away
    #[arg(long)]
    mail: Option<String>,
    /// New role
    #[arg(long, value_enum)]
    role: Option<RoleWord>,
    /// Number in the roster: 1 to 9, 01 to 09
    #[arg(long)]
    label: Option<String>,
    /// By phone or video
    #[arg(long, value_name = "yes|no", value_enum)]
    phone: Option<YesNo>,
    /// Please do not call on
    #[arg(long, value_name = "yes|no", value_enum)]
    no_calls: Option<YesNo>,
    /// Has come back to the circle
    #[arg(long)]
    back: bool,
}

/// What somebody is in a circle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum RoleWord {
    /// Takes part.
    Member,
    /// Runs the sessions.
    Facilitator,
    /// Comes to some.
    Guest,
}

/// Yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum YesNo {
    /// Yes.
    Yes,
    /// No.
    No,
}

impl YesNo {
    const fn is_yes(self) -> bool {
        matches!(self, Self::Yes)
    }
}

pub(super) fn run(cx: &mut Cx<'_, '_>, verb: Verb) -> Outcome {
    match verb {
        Verb::Add { names } => add(cx, &names),
        Verb::Import { file, accept } => import(cx, &file, accept),
        Verb::List { all } => list(cx, all),
        Verb::Edit(edit) => change(cx, &edit),
        Verb::Leave { who } => {
            let circle = cx.desk.circle(cx.global)?.id;
            let member = cx.desk.person(circle, &who)?.id;
            let edit = MemberEdit {
                left: Some(true),
                ..MemberEdit::default()
            };
            cx.commit(Command::EditMember {
                circle,
                member,
                edit,
            })
        }
        Verb::Merge { stays, other } => same::merge(cx, &stays, &other),
        Verb::Same { one, other } => same::same(cx, &one, &other),
        Verb::Apart { who } => same::apart(cx, &who),
        Verb::Me { name } => me::me(cx, name.as_deref()),
    }
}

fn add(cx: &mut Cx<'_, '_>, names: &[String]) -> Outcome {
    let circle = cx.desk.circle(cx.global)?.id;
    // One argument is one person, whatever line breaks it holds.
    let lines: Vec<String> = names
        .iter()
        .map(|name| name.replace(['\n', '\r'], " "))
        .collect();
    let taken = roster::parse(&lines.join("\n"), Some(Format::Text));
    if let Some(fault) = taken.faults.first() {
        let typed = lines
            .get(fault.line.saturating_sub(1))
            .map_or("", String::as_str);
        return Err(CliError::usage(format!(
            "\"{}\": {}. Nobody was added.",
            echo(typed),
            fault.what
        )));
    }
    if taken.people.is_empty() {
        return Err(CliError::usage("There is no name in it. Nobody was added."));
    }
    let warnings = warnings(cx, circle, &taken);
    save(cx, circle, taken.people, warnings)
}

/// What is worth knowing about new names beside the roster that is there.
fn warnings(cx: &Cx<'_, '_>, circle: CircleId, taken: &TakenRoster) -> Vec<String> {
    let present = cx.desk.state().members(circle);
    let mut told = taken.notes.clone();
    for person in &taken.people {
        let twin = present
            .iter()
            .find(|member| fold(&member.name) == fold(&person.name));
        let names = present.iter().map(|member| member.name.as_str());
        if let Some(twin) = twin {
            told.push(format!(
                "{} is in the circle already as {}. Both are kept; give one another name.",
                person.name, twin.label
            ));
        } else if let Some(other) = looks_like(&person.name, names) {
            told.push(format!(
                "{} looks like {other}. Both are kept.",
                person.name
            ));
        }
    }
    told
}

fn save(
    cx: &mut Cx<'_, '_>,
    circle: CircleId,
    people: Vec<DraftMember>,
    warnings: Vec<String>,
) -> Outcome {
    let people = people.into_iter().map(new_member).collect();
    let act = cx.desk.run(Command::AddMembers { circle, people })?;
    Receipt::of(&act, &cx.desk.view(), warnings).tell(cx.out, cx.global.json);
    Ok(Exit::Done)
}

fn new_member(draft: DraftMember) -> NewMember {
    let role = draft.role.as_deref().and_then(Role::named);
    NewMember {
        name: draft.name,
        mail: draft.mail,
        role: role.unwrap_or_default(),
    }
}

fn import(cx: &mut Cx<'_, '_>, file: &std::path::Path, accept: Accept) -> Outcome {
    let circle = cx.desk.circle(cx.global)?;
    let (id, name) = (circle.id, circle.name.clone());
    let input = input::read(file).map_err(|error| CliError::failed(error.to_string()))?;
    let mut taken = roster::take(&input);
    // The same people again are nobody new.
    let there: Vec<(String, Option<String>)> = cx
        .desk
        .state()
        .members(id)
        .iter()
        .map(|member| (fold(&member.name), member.mail.as_deref().map(fold)))
        .collect();
    let before = taken.people.len();
    taken.people.retain(|person| {
        let (name, mail) = (fold(&person.name), person.mail.as_deref().map(fold));
        !there
            .iter()
            .any(|(known, address)| *known == name && (mail.is_none() || *address == mail))
    });
    let same = before - taken.people.len();
    for person in taken.people.iter().take(MOST_LINES) {
        let mail = person
            .mail
            .as_ref()
            .map(|mail| format!("  <{mail}>"))
            .unwrap_or_default();
        cx.out.note(&format!("  + {}{mail}", person.name));
    }
    for fault in taken.faults.iter().take(MOST_LINES) {
        cx.out.note(&format!("{}.", fault.told(&input.name)));
    }
    let new = taken.people.len();
    cx.out.note(&format!(
        "{}: {new} new, {same} in {name} already, {} that cannot be read.",
        input.name,
        taken.faults.len()
    ));
    if new == 0 {
        return Ok(nothing(cx, "Nobody to add; nothing was saved."));
    }
    if !goes_on(cx, accept, &format!("Add {new} to {name}"))? {
        return Ok(Exit::Done);
    }
    let warnings = warnings(cx, id, &taken);
    save(cx, id, taken.people, warnings)
}

fn list(cx: &mut Cx<'_, '_>, all: bool) -> Outcome {
    let circle = cx.desk.circle(cx.global)?.id;
    let view = cx.desk.view();
    let people: Vec<&Member> = if all {
        view.state.everyone(circle).collect()
    } else {
        view.state.members(circle)
    };
    let cells = |member: &&Member| {
        let marks = [
            (member.phone, "phone"),
            (member.no_calls, "not called on"),
            (member.left.is_some(), "has left"),
        ];
        let marks: Vec<&str> = marks
            .iter()
            .filter(|(set, _)| *set)
            .map(|(_, word)| *word)
            .collect();
        vec![
            member.label.to_string(),
            member.name.to_string(),
            member.role.word().to_owned(),
            member
                .mail
                .as_ref()
                .map(Clean::to_string)
                .unwrap_or_default(),
            marks.join(", "),
        ]
    };
    let listed = Listed {
        items: people
            .iter()
            .map(|member| view.member(circle, member))
            .collect(),
        cells: people.iter().map(cells).collect(),
        empty: "Nobody is in the circle yet. Add people: circlet member add NAME",
    };
    cx.list("members", &listed);
    Ok(Exit::Done)
}

fn change(cx: &mut Cx<'_, '_>, edit: &Edit) -> Outcome {
    let circle = cx.desk.circle(cx.global)?.id;
    let member = cx.desk.person(circle, &edit.who)?.id;
    let wrong = |what: &str, error: String| {
        CliError::usage(format!("That is no {what}: {error}. Nothing was changed."))
    };
    let name = edit.name.as_deref().map(Clean::name).transpose();
    let name = name.map_err(|error| wrong("name", error.to_string()))?;
    let mail = edit.mail.as_deref().map(mail).transpose()?;
    let label = edit.label.as_deref().map(|typed| {
        Label::parse(typed)
            .ok_or_else(|| wrong("number", "they are 1 to 9 and 01 to 09".to_owned()))
    });
    let edit = MemberEdit {
        name,
        mail,
        role: edit.role.map(|role| match role {
            RoleWord::Member => Role::Member,
            RoleWord::Facilitator => Role::Facilitator,
            RoleWord::Guest => Role::Guest,
        }),
        label: label.transpose()?,
        phone: edit.phone.map(YesNo::is_yes),
        no_calls: edit.no_calls.map(YesNo::is_yes),
        left: edit.back.then_some(false),
    };
    cx.commit(Command::EditMember {
        circle,
        member,
        edit,
    })
}

fn mail(typed: &str) -> Result<Clean, CliError> {
    let mail = Clean::line_within(typed, crate::domain::text::Limit::Name)
        .map_err(|error| CliError::usage(format!("That is no address: {error}.")))?;
    if !mail.is_empty() && !mail.contains('@') {
        return Err(CliError::usage(format!(
            "\"{}\" is no mail address. Nothing was changed.",
            echo(typed)
        )));
    }
    Ok(mail)
}
