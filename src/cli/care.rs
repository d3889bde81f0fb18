//! `circlet erase`, `backup`, `restore`, `doctor`, `paths`.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use crate::cli::args::{Accept, Global};
use crate::cli::ask::accepted;
use crate::cli::error::{CliError, Exit, Outcome, echo, sentence};
use crate::cli::out::Out;
use crate::cli::place::{Place, absolute, clock, shown};
use crate::cli::{Cx, name};
use crate::domain::id::{CircleId, Key, Kind, MemberId};
use crate::domain::person::person_of;
use crate::engine::EraseTarget;
use crate::engine::care::{self, CareError, Health};
use crate::engine::query::{Answer, Query};

/// What to remove for good.
#[derive(Clone, Debug, Args)]
#[group(skip)]
pub struct Erase {
    /// Rows: A14, N6, circle/D3 or Q41
    #[arg(required_unless_present_any = ["member", "session", "whole_circle"])]
    ids: Vec<String>,
    /// A person; what remains says "former member"
    #[arg(long, value_name = "PERSON", conflicts_with_all = ["ids", "session", "whole_circle"])]
    member: Option<String>,
    /// The person in every circle in which they are known to be the same: see circlet member same
    #[arg(long, requires = "member", conflicts_with_all = ["ids", "session", "whole_circle"])]
    everywhere: bool,
    /// A session with everything written down in it
    #[arg(long, value_name = "ID", conflicts_with_all = ["ids", "whole_circle"])]
    session: Option<String>,
    /// The circle that --circle names
    #[arg(long, requires = "circle", conflicts_with = "ids")]
    whole_circle: bool,
    #[command(flatten)]
    accept: Accept,
}

pub(super) fn erase(cx: &mut Cx<'_, '_>, erase: &Erase) -> Outcome {
    let (target, what) = target(cx, erase)?;
    cx.out.note(&format!(
        "{what} goes for good, with its past. It cannot be taken back."
    ));
    let people = target.people();
    if !people.is_empty()
        && let Answer::Going(going) = cx.desk.ask(Query::Going(people))?
    {
        cx.out.note(&format!("Goes: {}.", going.goes()));
        cx.out
            .note(&format!("Stays, by a former member: {}.", going.stays()));
    }
    if !accepted(cx.out, erase.accept, "Erase it")? {
        if cx.global.json {
            cx.out.json(&json!({
                "schema": "circlet.receipt/1", "saved": [], "undo": null,
                "warnings": [format!("{what} would go for good, with its past.")],
            }));
        }
        return Ok(Exit::Done);
    }
    let words = cx.desk.erase(target)?;
    if cx.global.json {
        cx.out.json(&json!({
            "schema": "circlet.receipt/1", "saved": [], "warnings": [words], "undo": null,
        }));
    } else {
        cx.out.line(&sentence(&words));
    }
    Ok(Exit::Done)
}

fn target(cx: &mut Cx<'_, '_>, erase: &Erase) -> Result<(EraseTarget, String), CliError> {
    if let Some(who) = &erase.member {
        let circle = cx.desk.circle(cx.global)?.id;
        let member = cx.desk.person(circle, who)?;
        let (id, name) = (member.id, member.name.to_string());
        return Ok(someone(cx, (circle, id), &name, erase.everywhere));
    }
    if let Some(id) = &erase.session {
        let (key, document) = cx.desk.find(cx.global, Kind::Session, id)?;
        let (
            crate::domain::id::Space::Circle(circle),
            crate::domain::document::Document::Session(session),
        ) = (key.space, document)
        else {
            return Err(CliError::failed("That is no session."));
        };
        let what = format!(
            "Session #{} with all that was written down in it",
            session.number
        );
        return Ok((EraseTarget::Session(circle, session.id), what));
    }
    if erase.whole_circle {
        let circle = cx.desk.circle(cx.global)?;
        return Ok((
            EraseTarget::Circle(circle.id),
            format!("The circle {} with everything in it", circle.name),
        ));
    }
    let mut keys: Vec<Key> = Vec::new();
    for id in &erase.ids {
        let kind = name::kind_of(id)
            .filter(|kind| *kind != Kind::Session)
            .ok_or_else(|| {
                CliError::usage(format!(
                    "\"{}\" names no row. Write it like A14, N6 or Q41.",
                    echo(id)
                ))
            })?;
        keys.push(cx.desk.find(cx.global, kind, id)?.0);
    }
    let what = erase
        .ids
        .iter()
        .map(|id| echo(id))
        .collect::<Vec<_>>()
        .join(", ");
    Ok((EraseTarget::Rows(keys), what))
}

/// A person in one circle, or in every one in which they are known to be the same.
fn someone(
    cx: &mut Cx<'_, '_>,
    who: (CircleId, MemberId),
    name: &str,
    everywhere: bool,
) -> (EraseTarget, String) {
    let state = cx.desk.state();
    let known = person_of(state, who.0, who.1);
    let others = known.into_iter().flat_map(|person| &person.members);
    let others: Vec<(CircleId, MemberId)> = others
        .filter(|other| **other != who && state.member(other.0, other.1).is_some())
        .copied()
        .collect();
    let circles = |people: &[(CircleId, MemberId)]| {
        let names = people
            .iter()
            .filter_map(|(circle, _)| state.circle(*circle));
        let names: Vec<String> = names.map(|circle| circle.name.to_string()).collect();
        names.join(", ")
    };
    if others.is_empty() {
        return (EraseTarget::Member(who.0, who.1), name.to_owned());
    }
    if everywhere {
        let all: Vec<_> = std::iter::once(who).chain(others).collect();
        let what = format!("{name} in {}", circles(&all));
        return (EraseTarget::People(all), what);
    }
    let note = format!(
        "They stay in {}; --everywhere erases them there too.",
        circles(&others)
    );
    let what = format!("{name} in {}", circles(&[who]));
    cx.out.note(&note);
    (EraseTarget::Member(who.0, who.1), what)
}

fn care_failed(error: &CareError) -> CliError {
    let words = sentence(&crate::domain::text::Clean::line(&error.words));
    if error.store {
        CliError::store(words)
    } else {
        CliError::failed(words)
    }
}

/// Where to copy the store to.
#[derive(Clone, Debug, Args)]
pub struct Backup {
    /// The new file; without it circlet-DATE.backup in this folder
    file: Option<PathBuf>,
}

pub(super) fn backup(global: &Global, backup: &Backup, out: &mut Out<'_>) -> Outcome {
    let place = Place::find(global)?;
    let at = clock(global).now();
    let file = backup.file.clone().unwrap_or_else(|| {
        PathBuf::from(format!(
            "circlet-{}.backup",
            at.date(place.zone()).format("%Y-%m-%d")
        ))
    });
    let file = absolute(&file);
    care::backup(&place.paths.store, &file, at).map_err(|error| care_failed(&error))?;
    let file = shown(&file);
    if global.json {
        out.json(&json!({"schema": "circlet.written/1", "file": file}));
    } else {
        out.line(&format!("wrote {file}"));
    }
    Ok(Exit::Done)
}

/// What to make a store from.
#[derive(Clone, Debug, Args)]
pub struct Restore {
    /// What "circlet backup" wrote
    file: PathBuf,
    /// A new folder for the store
    dir: PathBuf,
}

pub(super) fn restore(global: &Global, restore: &Restore, out: &mut Out<'_>) -> Outcome {
    let dir = absolute(&restore.dir);
    let documents = care::restore(&restore.file, &dir).map_err(|error| match error {
        // A damaged backup is a file that cannot be used, not a store, and no doctor mends it.
        error if error.store => {
            let words = care_failed(&error).words;
            CliError::failed(if words.contains("is damaged") {
                format!(
                    "{} is damaged or cut short. Nothing was made of it, and your store is as it was; take another backup.",
                    shown(&restore.file)
                )
            } else {
                words
            })
        }
        error => care_failed(&error),
    })?;
    let dir = shown(&dir);
    if global.json {
        out.json(&json!({"schema": "circlet.restored/1", "store": dir, "documents": documents}));
        return Ok(Exit::Done);
    }
    out.line(&format!("restored {documents} documents"));
    out.line(&format!("use it with: circlet --store {}", quoted(&dir)));
    Ok(Exit::Done)
}

/// A path as a shell takes it.
fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+,:@%".contains(c);
    if path.chars().all(plain) {
        return path.to_owned();
    }
    format!("'{}'", path.replace('\'', "'\\''"))
}

/// How to look at the store.
#[derive(Clone, Copy, Debug, Args)]
pub struct Doctor {
    /// Mend what is wrong; damaged files are kept beside the store
    #[arg(long)]
    repair: bool,
}

pub(super) fn doctor(global: &Global, doctor: Doctor, out: &mut Out<'_>) -> Outcome {
    let place = Place::find(global)?;
    let at = clock(global).now();
    let health =
        care::check(&place.paths.store, at, doctor.repair).map_err(|error| care_failed(&error))?;
    if global.json {
        out.json(&json!({
            "schema": "circlet.health/1",
            "store": shown(&place.paths.store),
            "well": health.is_well(),
            "documents": health.documents,
            "acts": health.acts,
            "bytes": health.bytes,
            "damaged_bytes": health.damaged_bytes,
            "mended": health.mended,
            "findings": health.findings,
            "in_use_by": health.in_use_by,
        }));
    } else {
        tell(&health, out);
    }
    if health.is_well() {
        return Ok(Exit::Done);
    }
    Err(CliError::store(
        "The store is damaged; every file was kept. To go on with what can be read: circlet doctor --repair",
    ))
}

fn tell(health: &Health, out: &mut Out<'_>) {
    for mended in &health.mended {
        out.line(mended);
    }
    for finding in &health.findings {
        out.line(finding);
    }
    if let Some(owner) = &health.in_use_by {
        out.line(&format!(
            "The store is in use by {owner}; snapshot and journal give {} documents back. \
             Close it for a full check.",
            health.documents
        ));
    } else if health.is_well() {
        out.line(&format!(
            "The store is well: {} documents, {} acts, {} KB.",
            health.documents,
            health.acts,
            health.bytes.div_ceil(1024)
        ));
    }
    if health.damaged_bytes > 0 {
        out.line(&format!(
            "Damaged copies take {} KB; remove them when you need them no more.",
            health.damaged_bytes.div_ceil(1024)
        ));
    }
}

pub(super) fn paths(global: &Global, out: &mut Out<'_>) -> Outcome {
    let paths = Place::find(global)?.paths;
    let all = [
        ("store", &paths.store),
        ("config", &paths.config),
        ("themes", &paths.themes),
        ("packs", &paths.packs),
        ("state", &paths.state),
        ("runtime", &paths.runtime),
        ("export", &paths.export),
    ];
    if global.json {
        let mut fields = serde_json::Map::new();
        fields.insert("schema".to_owned(), "circlet.paths/1".into());
        fields.extend(all.map(|(name, path)| (name.to_owned(), shown(path).into())));
        out.json(&fields.into());
    } else {
        let rows = all.map(|(name, path)| vec![name.to_owned(), shown(path)]);
        out.table(&rows);
    }
    Ok(Exit::Done)
}
