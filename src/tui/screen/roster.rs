//! The people of a circle, and what is known of the circle itself. Every change is a command; people are added from
//! a line or a pasted list.

mod asked;
mod change;
mod draw;
mod merge;
mod same;
#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::command::{Command, MemberEdit, NewMember};
use crate::domain::id::MemberId;
use crate::domain::rhythm::Meets;
use crate::domain::roster::{Member, Role};
use crate::domain::search::Hit;
use crate::domain::template::Template;
use crate::domain::text::Clean;
use crate::exchange::roster::{DraftMember, TakenRoster, parse};
use crate::tui::screen::cursor::Cursor;
use crate::tui::screen::roster::change::{
    ask_name, ask_number, change, edit_circle, edit_member, typed_edit, verb_words, verbs,
};
use crate::tui::screen::words;
use crate::tui::view::{Arg, Ask, Choice, CommandId, Paint, Reply, Request, Screen, Tag, View};

pub use asked::{Asked, Detail};

/// What is known of a circle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fact {
    Name,
    Meets,
    Template,
}

const FACTS: [Fact; 3] = [Fact::Name, Fact::Meets, Fact::Template];

/// The screen of people.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    templates: Vec<Template>,
    in_facts: bool,
    cursor: Cursor<MemberId>,
    fact: usize,
    asking: Option<MemberId>,
    /// What the rows of the open list of people do.
    offered: Vec<Command>,
}

/// Current members by label, then those who left, latest first.
fn people<'a>(view: &View<'a>) -> (Vec<&'a Member>, Vec<&'a Member>) {
    let Some(circle) = view.circle else {
        return (Vec::new(), Vec::new());
    };
    let gone = view.state.everyone(circle);
    let mut gone: Vec<&Member> = gone.filter(|member| member.left.is_some()).collect();
    gone.sort_by_key(|member| std::cmp::Reverse(member.left));
    (view.state.members(circle), gone)
}

fn rows(view: &View<'_>) -> Vec<MemberId> {
    let (here, gone) = people(view);
    here.iter().chain(&gone).map(|member| member.id).collect()
}

/// People read from a file or a paste, as a command takes them.
pub fn new_members(people: &[DraftMember]) -> Vec<NewMember> {
    let member = |draft: &DraftMember| NewMember {
        name: draft.name.clone(),
        mail: draft.mail.clone(),
        role: draft
            .role
            .as_deref()
            .and_then(Role::named)
            .unwrap_or_default(),
    };
    people.iter().map(member).collect()
}

/// The first thing that is wrong with a typed or pasted roster, in one sentence.
pub(crate) fn trouble(taken: &TakenRoster) -> Option<String> {
    match taken.faults.as_slice() {
        [] if taken.people.is_empty() => Some("no name in it; try Maria, Jun, Priya".to_owned()),
        [] => None,
        // What is typed has one line.
        [first, ..] if first.line <= 1 => Some(first.what.clone()),
        [first, ..] => Some(format!("line {}: {}", first.line, first.what)),
    }
}

impl Roster {
    /// A screen that offers these templates for the circle.
    pub fn new(templates: Vec<Template>) -> Self {
        Self {
            templates,
            ..Self::default()
        }
    }

    fn here<'a>(&self, view: &View<'a>) -> Option<&'a Member> {
        let id = self.cursor.item(&rows(view))?;
        view.state.member(view.circle?, id)
    }

    fn fact(&self) -> Fact {
        FACTS.get(self.fact).copied().unwrap_or(Fact::Name)
    }

    fn in_list(&mut self, id: CommandId, view: &View<'_>) -> Reply {
        if self.cursor.step(id, &rows(view)) {
            return Reply::Handled;
        }
        let (Some(member), Some(circle)) = (self.here(view), view.circle) else {
            return Reply::Ignored;
        };
        self.asking = Some(member.id);
        match id {
            CommandId::Open | CommandId::Mark => Reply::Choose(Choice {
                tag: Asked::Change.into(),
                title: words::person(view, member),
                rows: verbs(member)
                    .into_iter()
                    .map(|verb| verb_words(verb, member))
                    .collect(),
                selected: 0,
            }),
            CommandId::Edit => ask_name(member),
            CommandId::Due if member.left.is_none() => {
                ask_number(member, &words::person(view, member))
            }
            CommandId::Remove if member.left.is_some() => {
                Reply::Refuse(format!("{} has left already", words::person(view, member)))
            }
            CommandId::Remove => {
                let edit = MemberEdit {
                    left: Some(true),
                    ..MemberEdit::default()
                };
                edit_member(circle, member.id, edit)
            }
            CommandId::Erase => Reply::Do(vec![Request::EraseWhom(circle, member.id)]),
            CommandId::Copy => Reply::Do(vec![Request::Copy(member.name.to_string())]),
            _ => Reply::Ignored,
        }
    }

    fn in_facts(&mut self, id: CommandId, view: &View<'_>) -> Reply {
        match id {
            CommandId::Down => self.fact = (self.fact + 1).min(FACTS.len() - 1),
            CommandId::Up => self.fact = self.fact.saturating_sub(1),
            CommandId::Edit | CommandId::Open => return self.ask_fact(view),
            _ => return Reply::Ignored,
        }
        Reply::Handled
    }

    fn ask_fact(&self, view: &View<'_>) -> Reply {
        let Some(circle) = view.circle.and_then(|id| view.state.circle(id)) else {
            return Reply::Ignored;
        };
        match self.fact() {
            Fact::Name => Reply::Ask(Ask {
                tag: Asked::CircleName.into(),
                label: "Name".to_owned(),
                text: circle.name.to_string(),
                help: "What people call the circle".to_owned(),
            }),
            Fact::Meets => Reply::Ask(Ask {
                tag: Asked::Meets.into(),
                label: "Meets".to_owned(),
                text: circle.rhythm.map(|rule| rule.words()).unwrap_or_default(),
                help: "For example: every 2 weeks thu 15:00 90m".to_owned(),
            }),
            Fact::Template if self.templates.is_empty() => {
                Reply::Refuse("there is no template to choose from".to_owned())
            }
            Fact::Template => Reply::Choose(Choice {
                tag: Asked::Template.into(),
                title: "Sessions start from".to_owned(),
                rows: self.templates.iter().map(|t| t.name.to_string()).collect(),
                selected: self
                    .templates
                    .iter()
                    .position(|t| Some(&t.id) == circle.template.as_ref())
                    .unwrap_or(0),
            }),
        }
    }
}

impl Screen for Roster {
    fn draw(&self, area: Rect, buf: &mut Buffer, paint: &Paint<'_>) -> Option<Position> {
        self.draw_panes(area, buf, paint);
        None
    }

    fn run(&mut self, id: CommandId, _arg: &Arg, view: &View<'_>) -> Reply {
        match id {
            CommandId::NextPane | CommandId::PreviousPane => self.in_facts = !self.in_facts,
            CommandId::Close if self.in_facts => self.in_facts = false,
            CommandId::MergePeople => return self.ask_same(view),
            CommandId::Merge => return self.ask_merge(view),
            CommandId::Add if view.circle.is_some() => {
                return Reply::Ask(Ask {
                    tag: Asked::Add.into(),
                    label: "People".to_owned(),
                    text: String::new(),
                    help: "One line or a pasted list: Maria, Jun <jun@mail.example>".to_owned(),
                });
            }
            _ if self.in_facts => return self.in_facts(id, view),
            _ => return self.in_list(id, view),
        }
        Reply::Handled
    }

    fn offers(&self, view: &View<'_>) -> Vec<(CommandId, &'static str)> {
        if self.in_facts {
            return vec![(CommandId::Edit, "change"), (CommandId::NextPane, "people")];
        }
        let mut offers = vec![(CommandId::Add, "add people")];
        match self.here(view) {
            None => {}
            Some(member) if member.left.is_some() => offers.extend([
                (CommandId::Open, "come back"),
                (CommandId::Edit, "rename"),
                (CommandId::Erase, "erase for good"),
            ]),
            Some(_) => offers.extend([
                (CommandId::Open, "phone, calls, role"),
                (CommandId::Edit, "rename"),
                (CommandId::Due, "number"),
                (CommandId::Remove, "has left"),
            ]),
        }
        offers.push((CommandId::NextPane, "circle"));
        offers
    }

    fn aim(&mut self, found: &Hit, _view: &View<'_>) {
        self.in_facts = false;
        self.cursor.aim(MemberId(found.key.id));
    }

    fn entered(&mut self, tag: Tag, text: &str, view: &View<'_>) -> Reply {
        let (Tag::Roster(asked), Some(circle)) = (tag, view.circle) else {
            return Reply::Ignored;
        };
        match asked {
            Asked::Add => {
                let taken = parse(text, None);
                match trouble(&taken) {
                    Some(why) => Reply::Refuse(why),
                    None => Reply::submit(Command::AddMembers {
                        circle,
                        people: new_members(&taken.people),
                    }),
                }
            }
            Asked::CircleName => match Clean::name(text) {
                Ok(new) => edit_circle(circle, |name, _| *name = Some(new)),
                Err(why) => Reply::Refuse(why.to_string()),
            },
            Asked::Meets => match Meets::parse(text, (view.now.local(view.zone), view.order)) {
                Ok(Meets::Every(rule)) => edit_circle(circle, |_, rhythm| *rhythm = Some(rule)),
                Ok(Meets::Once { .. }) => Reply::Refuse(
                    "that is one date; a rule reads every 2 weeks thu 15:00".to_owned(),
                ),
                Err(why) => Reply::Refuse(why),
            },
            Asked::Detail(detail) => match (typed_edit(detail, text), self.asking) {
                (Ok(edit), Some(member)) => edit_member(circle, member, edit),
                (Err(why), _) => Reply::Refuse(why),
                (Ok(_), None) => Reply::Ignored,
            },
            Asked::Change | Asked::Template | Asked::Same | Asked::Merge => Reply::Ignored,
        }
    }

    fn chosen(&mut self, tag: Tag, row: usize, view: &View<'_>) -> Reply {
        let (Tag::Roster(asked), Some(circle)) = (tag, view.circle) else {
            return Reply::Ignored;
        };
        match asked {
            Asked::Same | Asked::Merge => match self.offered.get(row) {
                Some(command) => Reply::submit(command.clone()),
                None => Reply::Ignored,
            },
            Asked::Template => match self.templates.get(row) {
                Some(template) => Reply::submit(Command::EditCircle {
                    circle,
                    name: None,
                    rhythm: None,
                    template: Some(template.id.clone()),
                }),
                None => Reply::Ignored,
            },
            Asked::Change => {
                let member = self.asking.and_then(|id| view.state.member(circle, id));
                let verb =
                    member.and_then(|member| Some((verbs(member).get(row).copied()?, member)));
                match verb {
                    Some((verb, member)) => change(verb, member, view),
                    None => Reply::Ignored,
                }
            }
            Asked::Add | Asked::Detail(_) | Asked::CircleName | Asked::Meets => Reply::Ignored,
        }
    }
}
