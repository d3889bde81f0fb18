//! Keys about talk: rounds, passing, silence, who was not heard, speaking time. None of it is an act.

use crate::domain::floor::round::Round;
use crate::domain::floor::{Floor, FloorMove};
use crate::domain::roster::Member;
use crate::tui::pane::speaking;
use crate::tui::pane::stage::Stage;
use crate::tui::say;
use crate::tui::screen::live::people::floor;
use crate::tui::screen::live::{Asked, LiveScreen, not_started};
use crate::tui::view::{CommandId, Reply, Request};
use crate::tui::widget::text;

/// What is asked of all, before anybody is asked by name.
const TO_ALL: &str = "Is there a view we have not heard?";
/// Said once, when the last turn of a round is over.
fn all_heard(stage: &Stage<'_>) -> String {
    let next = stage.view.keys.of(CommandId::FloorNext);
    format!("everyone has had a turn; {next} goes by hands now")
}

impl LiveScreen {
    /// Carries out a command of this subject.
    pub(super) fn talk(&mut self, id: CommandId, stage: &Stage<'_>) -> Reply {
        if stage.live.is_none() {
            return not_started(stage.view.keys);
        }
        match id {
            CommandId::FloorNext => {
                if let Some(called) = self.next_in_review(stage) {
                    self.review.turn_to(called.id, stage);
                    return floor(FloorMove::Give(called.id));
                }
                next(stage)
            }
            CommandId::PassTurn => pass(stage),
            CommandId::TurnBefore => mend(stage),
            CommandId::Round => round(stage),
            CommandId::Silence => floor(FloorMove::Silence(stage.silence().is_none())),
            CommandId::NotHeard => self.not_heard(stage),
            _ => self.speaking_time(stage),
        }
    }

    fn not_heard(&mut self, stage: &Stage<'_>) -> Reply {
        if !stage.is_open_to_all() {
            let words = "who speaks is settled in this part; here nobody is asked for";
            return Reply::Refuse(words.to_owned());
        }
        let quiet = stage.quiet();
        if quiet.is_empty() {
            return Reply::Refuse("everyone who may be asked has spoken in this block".to_owned());
        }
        self.quiet = quiet.iter().map(|member| member.id).collect();
        let mut rows = vec![format!("To all: {TO_ALL}")];
        rows.extend(quiet.iter().map(|member| {
            let name = say::name(member, stage.view.masked);
            format!("{name} ({}), or pass", member.label)
        }));
        Asked::NotHeard.list("Not heard yet", rows)
    }

    /// A row of the list of those not heard yet was picked.
    pub(super) fn invite(&self, row: usize) -> Reply {
        let asked = row.checked_sub(1).and_then(|row| self.quiet.get(row));
        match asked {
            Some(member) => floor(FloorMove::Give(*member)),
            None => Reply::Say(format!("Ask all: {TO_ALL}")),
        }
    }

    fn speaking_time(&mut self, stage: &Stage<'_>) -> Reply {
        if !self.times
            && let Err(why) = stage.talk()
        {
            return Reply::Refuse(speaking::reason(why).to_owned());
        }
        self.times = !self.times;
        Reply::Handled
    }
}

/// How the footer names whom `f` calls.
pub(super) fn whom(called: &Member, stage: &Stage<'_>) -> String {
    let name = stage.short(called);
    format!("to {}", text::cut(&name, 12))
}

/// Speaking time stays on this screen.
pub(super) fn not_copied(stage: &Stage<'_>) -> Reply {
    let key = |id| stage.view.keys.of(id);
    Reply::Refuse(format!(
        "speaking time stays here; {} hides it, then {} copies the prompt",
        key(CommandId::SpeakingTime),
        key(CommandId::Copy)
    ))
}

fn next(stage: &Stage<'_>) -> Reply {
    let last = stage.round().is_some_and(Round::is_last);
    let change = if stage.next_speaker().is_some() {
        FloorMove::Next
    } else if last {
        FloorMove::Nobody
    } else {
        let hand = stage.view.keys.of(CommandId::Hand);
        let hand = hand.split(' ').next().unwrap_or_default();
        return Reply::Refuse(format!(
            "nobody waits; a digit gives the floor, {hand} and a digit raises a hand"
        ));
    };
    told(change, last.then(|| all_heard(stage)))
}

fn pass(stage: &Stage<'_>) -> Reply {
    let Some(member) = stage.called() else {
        let next = stage.view.keys.of(CommandId::FloorNext);
        return Reply::Refuse(format!("nobody is called; {next} calls whoever is next"));
    };
    let name = stage.short(member);
    let again = stage.round().map_or_else(
        || {
            let hand = stage.floor().and_then(|floor| floor.queue.first());
            hand.is_some_and(|hand| hand.passed)
        },
        |round| round.passed.contains(&member.id),
    );
    let ends = again && stage.round().is_some_and(|round| round.left() == 1);
    let words = match (ends, again) {
        (true, _) => all_heard(stage),
        (false, true) => format!("{name} passes"),
        (false, false) => format!("{name} passes and is asked again last"),
    };
    told(FloorMove::Pass, Some(words))
}

fn mend(stage: &Stage<'_>) -> Reply {
    let Some(speaker) = stage.speaker() else {
        let mends = stage.view.keys.of(CommandId::TurnBefore);
        return Reply::Refuse(format!(
            "first the digit of whoever speaks, then {mends} gives them the turn before"
        ));
    };
    let name = stage.short(speaker);
    match stage.floor().and_then(Floor::before) {
        None => Reply::Refuse(format!("there is no turn right before that of {name}")),
        Some(before) => {
            let length = say::passed(before.length);
            let words = format!("the last {length} goes to {name}");
            told(FloorMove::Mend, Some(words))
        }
    }
}

fn round(stage: &Stage<'_>) -> Reply {
    let next = stage.view.keys.of(CommandId::FloorNext);
    if stage.round().is_some() {
        let words = format!("the round is over; {next} goes by hands now");
        return told(FloorMove::EndRound, Some(words));
    }
    let order = stage.order();
    let Some(first) = order.first().and_then(|first| stage.person(*first)) else {
        return Reply::Refuse("nobody is here to take part in a round".to_owned());
    };
    let words = format!(
        "a round of {}; {next} gives the floor to {}",
        order.len(),
        stage.short(first)
    );
    told(FloorMove::Round { order }, Some(words))
}

fn told(change: FloorMove, words: Option<String>) -> Reply {
    let mut requests = vec![Request::Floor(change)];
    requests.extend(words.map(Request::Say));
    Reply::Do(requests)
}

#[cfg(test)]
mod tests;
