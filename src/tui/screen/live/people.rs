//! Keys about people: the floor, hands, here and away. Who speaks is no act and leaves no trace.

use crate::command::Command;
use crate::domain::floor::FloorMove;
use crate::domain::roster::{Label, Member};
use crate::tui::pane::stage::Stage;
use crate::tui::say;
use crate::tui::screen::live::{LiveScreen, not_started};
use crate::tui::view::{Arg, CommandId, Reply, Request};

/// The person an argument names.
pub(super) fn named<'a>(arg: &Arg, stage: &Stage<'a>) -> Result<&'a Member, Reply> {
    let label = match arg {
        Arg::Number(number) => Some(Label(*number)),
        Arg::Text(text) => Label::parse(text.trim()),
        Arg::None => None,
    };
    let Some(label) = label else {
        return Err(Reply::Refuse(
            "which person? press the number before the name".to_owned(),
        ));
    };
    stage
        .labelled(label)
        .ok_or_else(|| Reply::Refuse(format!("nobody here has the number {label}")))
}

impl LiveScreen {
    /// Carries out a command about people.
    pub(super) fn people(&mut self, id: CommandId, arg: &Arg, stage: &Stage<'_>) -> Reply {
        if id == CommandId::Attend {
            return attend(arg, stage);
        }
        if stage.live.is_none() {
            return not_started(stage.view.keys);
        }
        match id {
            CommandId::Nobody => floor(FloorMove::Nobody),
            _ => match present(arg, stage) {
                Err(refusal) => refusal,
                Ok(member) if id == CommandId::Pick => self.give(member, stage),
                Ok(member) => floor(FloorMove::Hand {
                    member: member.id,
                    direct: id == CommandId::HandDirect,
                }),
            },
        }
    }

    /// Gives the floor, or says that it is still theirs where that is in doubt; in a review the mark goes to that person's first open action too.
    fn give(&mut self, member: &Member, stage: &Stage<'_>) -> Reply {
        if self.in_review(stage) {
            self.review.turn_to(member.id, stage);
        }
        if stage
            .speaker()
            .is_some_and(|speaker| speaker.id == member.id && !stage.is_doubtful())
        {
            return Reply::Handled;
        }
        floor(FloorMove::Give(member.id))
    }
}

pub(super) fn floor(change: FloorMove) -> Reply {
    Reply::Do(vec![Request::Floor(change)])
}

/// The person an argument names, who has to be there.
pub(super) fn present<'a>(arg: &Arg, stage: &Stage<'a>) -> Result<&'a Member, Reply> {
    let member = named(arg, stage)?;
    if stage.is_here(member.id) {
        return Ok(member);
    }
    let name = say::name(member, stage.view.masked);
    Err(Reply::Refuse(format!(
        "{name} is away; s {} says that they are here",
        member.label
    )))
}

/// Here becomes away, with neither floor nor hand; away becomes here.
fn attend(arg: &Arg, stage: &Stage<'_>) -> Reply {
    let member = match named(arg, stage) {
        Ok(member) => member.id,
        Err(refusal) => return refusal,
    };
    let here = !stage.is_here(member);
    let mut requests = vec![Request::Submit(Command::Attend {
        circle: stage.circle.id,
        session: stage.session.id,
        member,
        here,
    })];
    if !here && stage.live.is_some() {
        requests.push(Request::Floor(FloorMove::Leave(member)));
    }
    Reply::Do(requests)
}
