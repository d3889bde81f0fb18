//! What a rehearsal found, in words.

use crate::domain::clock::{Moment, Span, Zone};
use crate::domain::id::MemberId;
use crate::domain::rehearsal::{Report, Tight, WORTH};
use crate::domain::session::Session;

/// Whole minutes, the nearest.
fn minutes(span: Span) -> i64 {
    (span.shown_secs() + 30) / 60
}

impl Report {
    /// One line on the end, one for each thing that is worth changing; `name` says who somebody is.
    pub fn lines(
        &self,
        session: &Session,
        zone: Zone,
        name: &dyn Fn(MemberId) -> String,
    ) -> Vec<String> {
        let mut lines = vec![self.ends(zone)];
        let title = |block: usize| {
            let block = session.blocks.get(block);
            block.map_or("", |block| block.title.as_str())
        };
        let planned = |block: usize| session.blocks.get(block).map_or(0, |block| block.minutes);
        if self.people == 0 {
            lines.push("Nobody is expected: everyone is away.".to_owned());
        }
        if self.blocks_minutes > u32::from(self.minutes) {
            lines.push(format!(
                "The blocks take {} min by plan, the session has {}.",
                self.blocks_minutes, self.minutes
            ));
        }
        for Tight { block, step, share } in &self.rounds {
            let clock = |span: Span| {
                let secs = span.whole_secs();
                format!("{}:{:02}", secs / 60, secs % 60)
            };
            // A started minute counts, so that what does not fit never reads as if it did.
            let needed = (share.needed().shown_secs() + 59) / 60;
            let room = share.room.whole_secs() / 60;
            let fitting = clock(share.each_that_fits());
            let planned = session.blocks.get(*block);
            let step = step.and_then(|step| planned?.steps.get(step));
            let title = match step {
                Some(step) => format!("{}, {}", title(*block), step.title),
                None => title(*block).to_owned(),
            };
            lines.push(match share.each {
                Some(each) => format!(
                    "{title}: a turn of {} for each of {} takes {needed} min with the changes; there are {room}. {fitting} each would fit.",
                    clock(each),
                    share.people
                ),
                None => format!(
                    "{title}: {room} min for {} people is {fitting} each.",
                    share.people
                ),
            });
        }
        for (block, steps) in &self.long_steps {
            let (title, has) = (title(*block), planned(*block));
            lines.push(format!(
                "{title}: its steps take {steps} min, it has {has}."
            ));
        }
        for (block, over) in &self.overruns {
            let (title, has) = (title(*block), planned(*block));
            let took = i64::from(has) + minutes(*over);
            let takes = if self.over { "took" } else { "takes about" };
            lines.push(format!("{title} {takes} {took} min, it has {has}."));
        }
        for block in &self.no_prompt {
            lines.push(format!("{}: no prompt is chosen yet.", title(*block)));
        }
        for block in &self.no_lead {
            lines.push(format!("{}: nobody has the seat yet.", title(*block)));
        }
        let names: Vec<String> = self.no_turn.iter().map(|member| name(*member)).collect();
        if !names.is_empty() {
            let names = names.join(", ");
            lines.push(format!(
                "No planned turn: {names}. A round gives everyone one."
            ));
        }
        if self.is_fine() {
            lines.push("Nothing to change: it fits, and everyone has a turn.".to_owned());
        }
        lines
    }

    /// `Ends about 16:34, nine times in ten by 16:39; planned 16:30.`
    fn ends(&self, zone: Zone) -> String {
        let wall = |at: Moment| at.local(zone).format("%H:%M").to_string();
        let (finish, late) = (wall(self.finish), wall(self.late_finish));
        let planned = wall(self.planned);
        let latest = if finish == late {
            String::new()
        } else {
            format!(", nine times in ten by {late}")
        };
        let over = self.finish - self.planned;
        let verdict = if over > WORTH {
            format!("planned {planned}, {} min earlier", minutes(over))
        } else {
            format!("planned {planned}")
        };
        let ends = if self.over { "Ended" } else { "Ends about" };
        format!("{ends} {finish}{latest}; {verdict}.")
    }
}
