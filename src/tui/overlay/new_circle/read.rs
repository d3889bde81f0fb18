//! What the four lines of the form say, and what is wrong with them.

use crate::command::plan::{Plan, wanted};
use crate::command::{NewCircle, NewMember};
use crate::domain::circle::CircleKind;
use crate::domain::clock::{Moment, Zone};
use crate::domain::first;
use crate::domain::question::QuestionKind;
use crate::domain::rhythm::Meets;
use crate::domain::roster::unfit;
use crate::domain::session::is_over;
use crate::domain::template::Template;
use crate::domain::text::Clean;
use crate::domain::when::Order;
use crate::exchange::roster::{DraftMember, in_quotes, parse};
use crate::tui::overlay::new_circle::{Created, Draft};
use crate::tui::screen::roster::new_members;

/// Where and when the form is filled in.
#[derive(Clone, Copy, Debug)]
pub struct Here {
    /// Now.
    pub now: Moment,
    /// Where people read clocks.
    pub zone: Zone,
    /// In which order day and month are written.
    pub order: Order,
}

/// The lines as they were understood.
#[derive(Clone, Debug, Default)]
pub(super) struct Read {
    pub(super) name: Clean,
    pub(super) people: Vec<NewMember>,
    pub(super) meets: Option<Meets>,
    /// What is wrong, line by line; the last line cannot be wrong.
    pub(super) wrong: [Option<String>; 3],
    /// What one should know about the people.
    pub(super) notes: Vec<String>,
}

impl Read {
    /// Reads the lines.
    pub(super) fn of(draft: &Draft<'_>, here: Here) -> Self {
        let mut read = Self::default();
        match Clean::name(draft.name) {
            Ok(name) => read.name = name,
            Err(_) if draft.name.trim().is_empty() => {
                read.wrong[0] = Some("a circle needs a name".to_owned());
            }
            Err(why) => read.wrong[0] = Some(why.to_string()),
        }
        if !draft.people.trim().is_empty() {
            let mut taken = parse(draft.people, None);
            restore_roles(&mut taken.people, draft.pasted);
            read.people = new_members(&taken.people);
            let unfit = read.people.iter().find_map(|one| unfit(&one.name));
            let fault = taken.faults.first().map(|fault| fault.what.clone());
            read.wrong[1] = fault.or(unfit);
            read.notes = taken.notes;
        }
        if !draft.meets.trim().is_empty() {
            match Meets::parse(draft.meets, (here.now.local(here.zone), here.order)) {
                Ok(meets) => read.meets = Some(meets),
                Err(why) => read.wrong[2] = Some(why),
            }
        }
        read
    }

    /// The first meeting and its length.
    pub(super) fn first(&self, here: Here) -> Option<(Moment, u16)> {
        match self.meets? {
            Meets::Every(rule) => Some((rule.first(here.now, here.zone), rule.minutes)),
            Meets::Once { at, minutes } => Some((Moment::from_local(at, here.zone), minutes)),
        }
    }

    /// What the form makes. `me` is the place of a person in the list.
    pub(super) fn create(
        self,
        template: Option<&Template>,
        me: Option<usize>,
        here: Here,
    ) -> Created {
        let template = template.map(first::opening);
        let template = template.as_deref();
        let first = self.first(here).map(|(start, minutes)| match template {
            Some(template) => Plan {
                minutes,
                ..Plan::from_template(template, start)
            },
            None => Plan {
                start,
                minutes,
                blocks: Vec::new(),
                template: None,
                facilitator: None,
            },
        });
        let draws = match (&first, template) {
            (Some(_), Some(template)) => wanted(template),
            _ => Vec::new(),
        };
        let rhythm = match self.meets {
            Some(Meets::Every(rule)) => Some(rule),
            Some(Meets::Once { .. }) | None => None,
        };
        Created {
            circle: NewCircle {
                name: self.name,
                people: self.people,
                rhythm,
                template: template.map(|template| template.id.clone()),
                kind: template.map_or_else(CircleKind::default, kind_of),
                first,
            },
            wanted: draws,
            me,
        }
    }
}

/// What a circle that starts from this template meets for: one that is asked about books reads them.
fn kind_of(template: &Template) -> CircleKind {
    let books = template
        .blocks
        .iter()
        .any(|block| block.asks == Some(QuestionKind::Book));
    if books {
        CircleKind::BookClub
    } else {
        CircleKind::Mentoring
    }
}

/// The day of a first meeting, and that it has passed.
pub(super) fn day((start, minutes): (Moment, u16), here: Here) -> String {
    let day = start.local(here.zone).format("%a %-d %b %Y %H:%M");
    if is_over(start, minutes, here.now) {
        format!("{day}, which has passed")
    } else {
        day.to_string()
    }
}

/// Roles that a pasted table had and the line of names cannot show.
fn restore_roles(people: &mut [DraftMember], pasted: &[DraftMember]) {
    for person in people {
        let known = pasted.iter().find(|other| other.name == person.name);
        if let Some(known) = known {
            person.role.clone_from(&known.role);
        }
    }
}

/// People as one line that reads back: `Maria, Jun <jun@mail.example>`.
pub fn people_line(people: &[DraftMember]) -> String {
    let one = |person: &DraftMember| {
        let name = person.name.replace([',', ';', '<', '>', '"'], " ");
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = in_quotes(&name);
        match &person.mail {
            Some(mail) => format!("{name} <{mail}>"),
            None => name.into_owned(),
        }
    };
    people.iter().map(one).collect::<Vec<_>>().join(", ")
}
