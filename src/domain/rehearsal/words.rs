//! What a rehearsal found, in words.

use crate::domain::clock::{Moment, Span, Zone};
use crate::domain::id::MemberId;
use crate::domain::rehearsal::{Report, Tight, WORTH};
use crate::domain::session::Session;

/// Whole minutes, the nearest.
fn minutes(span: Span) -> i64 {
    (span.shown_secs() + 30) / 60
}

/// Minutes and seconds of a turn: `1:30`.
fn clock(span: Span) -> String {
    let secs = span.whole_secs();
    format!("{}:{:02}", secs / 60, secs % 60)
}

/// The block, and the step of it: `Hot seat, Offers`.
fn titled(session: &Session, block: usize, step: Option<usize>) -> String {
    let Some(block) = session.blocks.get(block) else {
        return String::new();
    };
    match step.and_then(|step| block.steps.get(step)) {
        Some(step) => format!("{}, {}", block.title, step.title),
        None => block.title.to_string(),
    }
}

/// A turn for everyone that does not fit, and what would.
fn too_short(session: &Session, Tight { block, step, share }: &Tight) -> String {
    let title = titled(session, *block, *step);
    // A started minute counts, so that what does not fit never reads as if it did.
    let needed = (share.needed().shown_secs() + 59) / 60;
    let (room, people) = (share.room.whole_secs() / 60, share.people);
    let fitting = clock(share.each_that_fits());
    match share.each {
        Some(each) => format!(
            "{title}: a turn of {} for each of {people} takes {needed} min with the changes; there are {room}. {fitting} each would fit.",
            clock(each)
        ),
        None => format!("{title}: {room} min for {people} people is {fitting} each."),
    }
}

impl Report {
    /// One line on the end, one for each thing that is worth changing; `name` says who somebody is.
    pub fn lines(
        &self,
        session: &Session,
        zone: Zone,
        name: &dyn Fn(MemberId) -> String,
    ) -> Vec<String> {
        let told = self.told(session, zone, name).into_iter();
        told.map(|(_, line)| line).collect()
    }

    /// The same lines, each with the block that it is about, by its place in the agenda.
    pub fn told(
        &self,
        session: &Session,
        zone: Zone,
        name: &dyn Fn(MemberId) -> String,
    ) -> Vec<(Option<usize>, String)> {
        let mut told = vec![(None, self.ends(zone))];
        if self.people == 0 {
            told.push((None, "Nobody is expected: everyone is away.".to_owned()));
        }
        if self.blocks_minutes > u32::from(self.minutes) {
            let line = format!(
                "The blocks take {} min by plan, the session has {}.",
                self.blocks_minutes, self.minutes
            );
            told.push((None, line));
        }
        told.extend(self.of_blocks(session));
        let names: Vec<String> = self.no_turn.iter().map(|member| name(*member)).collect();
        if !names.is_empty() {
            let names = names.join(", ");
            let line = format!("No planned turn: {names}. A round gives everyone one.");
            told.push((None, line));
        }
        if self.is_fine() {
            let line = "Nothing to change: it fits, and everyone has a turn.";
            told.push((None, line.to_owned()));
        }
        told.extend(self.shorter.iter().map(|Tight { block, step, share }| {
            let each = clock(share.each_that_fits());
            let title = titled(session, *block, *step);
            let people = share.people;
            let line = format!("{title}: {each} each, so that all {people} have a turn.");
            (Some(*block), line)
        }));
        told
    }

    /// What is worth changing in single blocks.
    fn of_blocks(&self, session: &Session) -> Vec<(Option<usize>, String)> {
        let title = |block: usize| titled(session, block, None);
        let planned = |block: usize| session.blocks.get(block).map_or(0, |block| block.minutes);
        let rounds = self.rounds.iter();
        let rounds = rounds.map(|tight| (Some(tight.block), too_short(session, tight)));
        let long = self.long_steps.iter().map(|(block, steps)| {
            let (title, has) = (title(*block), planned(*block));
            let line = format!("{title}: its steps take {steps} min, it has {has}.");
            (Some(*block), line)
        });
        let over = self.overruns.iter().map(|(block, over)| {
            let (title, has) = (title(*block), planned(*block));
            let took = i64::from(has) + minutes(*over);
            let takes = if self.over { "took" } else { "takes about" };
            let line = format!("{title} {takes} {took} min, it has {has}.");
            (Some(*block), line)
        });
        let bare = self.no_prompt.iter().map(|block| {
            let line = format!("{}: no prompt is chosen yet.", title(*block));
            (Some(*block), line)
        });
        let seats = self.no_lead.iter().map(|block| {
            let line = format!("{}: nobody has the seat yet.", title(*block));
            (Some(*block), line)
        });
        rounds
            .chain(long)
            .chain(over)
            .chain(bare)
            .chain(seats)
            .collect()
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
