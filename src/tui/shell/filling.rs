//! Questions for a session that is planned from a template: whichever way it is planned, they are drawn first.

use crate::command::Command;
use crate::command::plan::{Plan, wanted};
use crate::domain::book::fit::Part;
use crate::domain::first;
use crate::domain::id::CircleId;
use crate::domain::template::Template;
use crate::engine::build;
use crate::engine::clock::seed;
use crate::engine::query::{Answer, Query};
use crate::tui::port::{Port, Reads};
use crate::tui::shell::Shell;

impl Shell {
    /// What has to be drawn before this is submitted: the questions of a template that has none yet.
    pub(super) fn to_draw(&self, command: &Command, port: &dyn Reads) -> Option<Query> {
        let Command::PlanSession { circle, plan } = command else {
            return None;
        };
        let template = self.template_of(plan, *circle, port)?;
        let bare = plan.blocks.iter().all(|block| block.prompts.is_empty());
        let kinds = plan.blocks.iter().map(|block| block.kind);
        let same = kinds.eq(template.blocks.iter().map(|block| block.kind));
        let draws = bare && same && !wanted(&template).is_empty();
        draws.then(|| {
            let (state, zone) = (port.state(), port.zone());
            let days = (plan.start.date(zone), port.now().date(zone));
            let read = Part::coming(state, *circle, days, zone);
            build::draws(&template, *circle, (seed(), read))
        })
    }

    /// The template that a plan says it comes from, as this circle takes it.
    fn template_of(&self, plan: &Plan, circle: CircleId, port: &dyn Reads) -> Option<Template> {
        let template = self.setup.shelf.template(&plan.template.as_ref()?.id)?;
        Some(first::fitting(&template, port.state(), (circle, None), port.now()).into_owned())
    }

    /// The questions were drawn: they go into their blocks. Where there are none, the session is planned without.
    pub(super) fn drawn(&mut self, mut command: Command, answer: &Answer, port: &mut dyn Port) {
        let template = match &command {
            Command::PlanSession { circle, plan } => self.template_of(plan, *circle, port),
            _ => None,
        };
        if let (Command::PlanSession { plan, .. }, Some(template), Answer::Questions { rows, .. }) =
            (&mut command, template, answer)
        {
            build::fill(&mut plan.blocks, &wanted(&template), rows.clone());
        }
        self.submit_now(command, port);
    }
}
