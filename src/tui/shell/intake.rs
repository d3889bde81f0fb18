//! A file of actions on its way into the preview: every action that is here is asked for first, circle by
//! circle, so that none is taken twice.

use crate::domain::document::Document;
use crate::domain::id::{CircleId, Kind, Space};
use crate::domain::intake::{Intake, Setting};
use crate::domain::item::Action;
use crate::engine::query::{Answer, MOST_ROWS, Query};
use crate::exchange::tasks::TakenTasks;
use crate::tui::overlay::import::{Import, Tasks};
use crate::tui::port::{Port, Reads};
use crate::tui::shell::overlays::Overlay;
use crate::tui::shell::{Shell, Waiting};

/// What was read, and what is known of what is here.
#[derive(Clone, Debug)]
pub(super) struct Gathering {
    name: String,
    taken: TakenTasks,
    /// Circles whose actions are still to be asked for; the last is being asked.
    left: Vec<CircleId>,
    here: Vec<(CircleId, Action)>,
}

impl Shell {
    /// Begins with the actions of a file.
    pub(super) fn gather(&mut self, name: String, taken: TakenTasks, port: &mut dyn Port) {
        let gathering = Gathering {
            name,
            taken,
            left: port.state().circles().map(|circle| circle.id).collect(),
            here: Vec::new(),
        };
        self.ask_actions(gathering, None, port);
    }

    fn ask_actions(
        &mut self,
        gathering: Gathering,
        after: Option<uuid::Uuid>,
        port: &mut dyn Port,
    ) {
        let Some(circle) = gathering.left.last() else {
            self.show_tasks(gathering, port);
            return;
        };
        let ticket = port.ask(Query::Scan {
            space: Space::Circle(*circle),
            kind: Kind::Action,
            after,
            limit: MOST_ROWS,
        });
        let waiting = Waiting::Gathering(Box::new(gathering));
        self.talk.waiting.insert(ticket, waiting);
    }

    /// A page of what is here.
    pub(super) fn gathered(
        &mut self,
        mut gathering: Gathering,
        answer: &Answer,
        port: &mut dyn Port,
    ) {
        let (Answer::Rows { rows, more }, Some(circle)) = (answer, gathering.left.last()) else {
            return;
        };
        let circle = *circle;
        let read = rows
            .iter()
            .filter_map(|row| match Document::from_body(&row.key, &row.body) {
                Ok(Document::Action(action)) => Some((circle, action)),
                _ => None,
            });
        gathering.here.extend(read);
        let last = rows.last().filter(|_| *more).map(|row| row.key.id);
        if last.is_none() {
            gathering.left.pop();
        }
        self.ask_actions(gathering, last, port);
    }

    fn show_tasks(&mut self, gathering: Gathering, port: &dyn Reads) {
        let view = self.view(port);
        let Some(circle) = view.circle else {
            return;
        };
        let intake = Intake::of(
            &gathering.taken.rows,
            Setting {
                state: view.state,
                now: view.now,
                zone: view.zone,
                circle,
                owner: None,
                me: view.me,
                here: &gathering.here,
            },
        );
        let tasks = Tasks::new(gathering.taken, intake, &view);
        self.overlay = Some(Overlay::Import(Import::actions(&gathering.name, tasks)));
    }
}
