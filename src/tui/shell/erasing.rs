//! Erasing for good: what, of a person where, what goes with them and what stays, and the word that confirms it.

use crate::domain::id::{CircleId, MemberId};
use crate::domain::names::{Names, Naming};
use crate::domain::person::person_of;
use crate::domain::session::Session;
use crate::engine::query::{Answer, Query};
use crate::tui::overlay::line::Line;
use crate::tui::port::{Port, Reads};
use crate::tui::shell::overlays::{Overlay, Which, Whose};
use crate::tui::shell::rest::{Offer, Rows};
use crate::tui::shell::{Shell, Waiting};
use crate::tui::view::{EraseTarget, View};

/// The word that has to be typed before something is erased.
const ERASE: &str = "erase";

impl Shell {
    /// Asks what is to be erased.
    pub(super) fn ask_erase(&mut self) {
        let rows = ["A person", "A session", "This whole circle"].map(str::to_owned);
        let title = "Erase for good. Which?";
        self.overlay = Some(Overlay::shell_choice(
            Which::EraseWhat,
            title,
            rows.to_vec(),
        ));
    }

    pub(super) fn erase_what(&mut self, row: usize, port: &dyn Reads) {
        let view = self.view(port);
        let Some(circle) = view.circle.and_then(|id| view.state.circle(id)) else {
            return;
        };
        let (id, name) = (circle.id, circle.name.to_string());
        match row {
            0 => {
                let people = self.people(port).into_iter();
                let rows = people.map(|(member, name)| (name, Offer::EraseMember(id, member)));
                self.offer("Erase whom?", rows.collect());
            }
            1 => {
                let rows = sessions(&view, id);
                self.offer("Erase which session?", rows);
            }
            _ => self.confirm_erase(EraseTarget::Circle(id), &name),
        }
    }

    /// Somebody is to be erased: asks where, when they are known in other circles too.
    pub(super) fn erase_whom(&mut self, who: (CircleId, MemberId), port: &mut dyn Port) {
        let everywhere = everywhere(who, port);
        self.erasing = Some(EraseTarget::Member(who.0, who.1));
        if everywhere.len() < 2 {
            self.count_going(port);
            return;
        }
        let name = |(circle, _): &(CircleId, MemberId)| {
            let circle = port.state().circle(*circle);
            circle.map_or_else(String::new, |circle| circle.name.to_string())
        };
        let all: Vec<String> = everywhere.iter().map(name).collect();
        let rows = vec![
            format!("Only in {}", name(&who)),
            format!("Everywhere: {}", all.join(", ")),
        ];
        let title = "They are known in several circles. Erase where?";
        self.overlay = Some(Overlay::shell_choice(Which::EraseWhere, title, rows));
    }

    pub(super) fn erase_where(&mut self, row: usize, port: &mut dyn Port) {
        if let (1, Some(EraseTarget::Member(circle, member))) = (row, &self.erasing) {
            let all = everywhere((*circle, *member), port);
            self.erasing = Some(EraseTarget::People(all));
        }
        self.count_going(port);
    }

    /// Has counted what would go, before the word is asked for.
    fn count_going(&mut self, port: &mut dyn Port) {
        let Some(people) = self.erasing.as_ref().map(EraseTarget::people) else {
            return;
        };
        let Some((circle, member)) = people.first().copied() else {
            return;
        };
        let name = {
            let view = self.view(port);
            let naming = if view.masked {
                Naming::Masked
            } else {
                Naming::Full
            };
            let names = Names::new(view.state.everyone(circle), naming);
            names.of(member).to_owned()
        };
        let ticket = port.ask(Query::Going(people));
        self.talk.waiting.insert(ticket, Waiting::Going(name));
    }

    /// It is counted.
    pub(super) fn going_told(&mut self, name: &str, answer: &Answer) {
        let Answer::Going(going) = answer else {
            return;
        };
        let circles = match &self.erasing {
            Some(EraseTarget::People(people)) => format!(" in {} circles", people.len()),
            _ => String::new(),
        };
        let help = format!(
            "Goes: {}\nStays, by a former member: {}\nType erase; it cannot be undone. Files you exported are yours",
            going.goes(),
            going.stays()
        );
        self.ask_line(
            Which::EraseWord,
            &format!("Erase {name}{circles} for good"),
            &help,
        );
    }

    /// Asks for the word that erases this, which is called so.
    pub(super) fn confirm_erase(&mut self, target: EraseTarget, name: &str) {
        self.erasing = Some(target);
        self.ask_line(
            Which::EraseWord,
            &format!("Erase {name} for good"),
            "there is no way back; files you exported are yours to delete. Type erase",
        );
    }

    /// The word was typed, or another one.
    pub(super) fn erase_typed(&mut self, mut line: Line, port: &mut dyn Port) {
        if line.field.text().trim() != ERASE {
            line.problem = Some(format!("Type {ERASE} to go on, or Esc to leave everything"));
            self.overlay = Some(Overlay::Line(Whose::Shell(Which::EraseWord), line));
            return;
        }
        if let Some(target) = self.erasing.take() {
            let ticket = port.erase(target);
            self.talk.waiting.insert(ticket, Waiting::Erase);
        }
    }
}

/// The sessions in memory, each with what erases it; older ones are erased where they are listed.
fn sessions(view: &View<'_>, circle: CircleId) -> Rows {
    let row = |session: &Session| {
        let day = session.start.local(view.zone).format("%a %-d %b %Y");
        let target = EraseTarget::Session(circle, session.id);
        let name = format!("session #{} of {day}", session.number);
        (
            format!("#{}  {day}  {}", session.number, session.state.word()),
            Offer::Erase(target, name),
        )
    };
    view.state.sessions(circle).map(row).collect()
}

/// Somebody in every circle in which they are known: there first, where they were asked for.
fn everywhere(who: (CircleId, MemberId), port: &dyn Reads) -> Vec<(CircleId, MemberId)> {
    let state = port.state();
    let known = person_of(state, who.0, who.1);
    let others = known.into_iter().flat_map(|person| &person.members);
    let others = others.filter(|other| **other != who && state.member(other.0, other.1).is_some());
    std::iter::once(who).chain(others.copied()).collect()
}
