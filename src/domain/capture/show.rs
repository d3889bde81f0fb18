//! A reading in words: the rows of the preview, and what is asked.

use crate::domain::capture::{Ask, Choice, Kind, Problem, Reading, Scene, Source};
use crate::domain::id::MemberId;
use crate::domain::item::{Audience, Due, Owner};
use crate::domain::roster::short_name;
use crate::domain::when;

/// One row of the preview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is: `action`, `owner`, `due`, `tags`.
    pub label: &'static str,
    /// Its value in words.
    pub value: String,
    /// Why it has this value although nobody typed it: `from the floor`.
    pub note: Option<&'static str>,
}

impl Source {
    /// Why a value is there that was not typed.
    pub const fn note(self) -> Option<&'static str> {
        match self {
            Self::Typed | Self::Nothing => None,
            Self::Floor => Some("from the floor"),
            Self::NextSession => Some("as usual"),
        }
    }
}

impl Reading {
    /// The preview, first the kind with the words. `@?` is shown as `nobody yet`.
    pub fn rows(&self, scene: &Scene<'_>) -> Vec<Row> {
        let typed = |label, value| Row {
            label,
            value,
            note: None,
        };
        let mut rows = vec![typed(self.called(), self.text.to_string())];
        match self.kind {
            Kind::Action => self.action_rows(scene, &mut rows),
            Kind::Parked => rows.extend(
                self.raised_by
                    .map(|id| typed("raised by", full_name(id, scene))),
            ),
            Kind::Note | Kind::CircleNote => {
                rows.extend(self.place.map(|place| typed("from", place.to_string())));
                rows.extend(
                    self.raised_by
                        .map(|id| typed("raised by", full_name(id, scene))),
                );
                let word = self.audience.word();
                let presenter = scene
                    .presenter
                    .filter(|_| self.audience == Audience::Presenter);
                rows.push(typed(
                    "for",
                    presenter.map_or_else(
                        || word.to_owned(),
                        |id| format!("{word}, {}", full_name(id, scene)),
                    ),
                ));
            }
            Kind::Question => {
                rows.extend(self.place.map(|place| typed("about", place.to_string())));
            }
            Kind::Decision => {}
        }
        if !self.tags.is_empty() {
            let tags: Vec<String> = self.tags.iter().map(|tag| format!("#{tag}")).collect();
            rows.push(typed("tags", tags.join(" ")));
        }
        if let Some(name) = self.circle_name(scene) {
            rows.push(typed("goes to", name.to_owned()));
        }
        rows
    }

    /// What it will be: whom a note is for may be said in the line, and what begins with a place is a quote.
    const fn called(&self) -> &'static str {
        match (self.kind, self.audience) {
            (Kind::Note | Kind::CircleNote, Audience::Circle | Audience::All)
                if self.place.is_some() =>
            {
                "quote"
            }
            (Kind::Note | Kind::CircleNote, Audience::Me) => Kind::Note.word(),
            (Kind::Note | Kind::CircleNote, Audience::Circle) => Kind::CircleNote.word(),
            (Kind::Note | Kind::CircleNote, Audience::Presenter | Audience::All) => "note",
            (kind, _) => kind.word(),
        }
    }

    fn action_rows(&self, scene: &Scene<'_>, rows: &mut Vec<Row>) {
        let mut owners: Vec<String> = self.owners.iter().map(|o| owner(*o, scene)).collect();
        owners.extend(self.asks.iter().map(|ask| format!("{}?", ask.typed)));
        if owners.len() > 1 {
            let one_each = format!(" ({} items)", owners.len());
            owners = vec![owners.join(", ") + &one_each];
        }
        rows.push(Row {
            label: "owner",
            value: owners.concat(),
            note: self.owners_from.note(),
        });
        rows.push(Row {
            label: "due",
            value: due(self.due, scene),
            note: self.due_from.note(),
        });
        if self.priority > 0 {
            rows.push(Row {
                label: "priority",
                value: self.priority.to_string(),
                note: None,
            });
        }
        if let Some(minutes) = self.estimate {
            rows.push(Row {
                label: "takes",
                value: format!("{minutes} min"),
                note: None,
            });
        }
    }

    fn circle_name<'a>(&self, scene: &Scene<'a>) -> Option<&'a str> {
        let circle = self.circle?;
        scene
            .circles
            .iter()
            .find(|(id, _)| *id == circle)
            .map(|(_, name)| *name)
    }
}

/// An owner in words.
fn owner(owner: Owner, scene: &Scene<'_>) -> String {
    match owner {
        Owner::Nobody => "nobody yet".to_owned(),
        Owner::All => "everyone, together".to_owned(),
        Owner::Member(id) => full_name(id, scene),
    }
}

/// A date in full with its distance.
fn due(due: Due, scene: &Scene<'_>) -> String {
    match (due, scene.next_session) {
        (Due::None, _) => "no date".to_owned(),
        (Due::On(day), _) => when::long(day, scene.today),
        (Due::NextSession, None) => "next session".to_owned(),
        (Due::NextSession, Some(day)) => {
            format!("next session, {}", when::long(day, scene.today))
        }
    }
}

fn full_name(id: MemberId, scene: &Scene<'_>) -> String {
    scene
        .members
        .iter()
        .find(|member| member.id == id)
        .map_or_else(|| "somebody who left".to_owned(), |m| m.name.to_string())
}

impl Ask {
    /// What is asked, as a phrase: `two people are called "ma"`.
    pub fn title(&self) -> String {
        let typed = &self.typed;
        match self.problem {
            Problem::Several => {
                let count = self.choices.len().saturating_sub(2);
                format!("{count} people match \"{typed}\"")
            }
            Problem::Nobody => format!("nobody is called \"{typed}\""),
            Problem::NoMe => "circlet does not know who you are".to_owned(),
        }
    }

    /// The choices in words, in their order; they are numbered from 1.
    pub fn labels(&self, scene: &Scene<'_>) -> Vec<String> {
        let name = |id: &MemberId| {
            let everyone = || scene.members.iter().copied();
            everyone().find(|member| member.id == *id).map_or_else(
                || full_name(*id, scene),
                |member| short_name(member, everyone()),
            )
        };
        self.choices
            .iter()
            .map(|choice| match choice {
                Choice::Member(id) => name(id),
                Choice::Add(name) => format!("add {name} to the circle"),
                Choice::Words => "keep it as words".to_owned(),
                Choice::Nobody => "nobody yet".to_owned(),
            })
            .collect()
    }
}
