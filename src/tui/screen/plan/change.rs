//! What the keys change of the marked block, and what they ask for first.

use crate::command::plan::BlockDraft;
use crate::domain::agenda::{Block, BlockKind};
use crate::domain::rotation::{Seat, Turns};
use crate::domain::template::MOST_MINUTES;
use crate::tui::say;
use crate::tui::screen::each::Target;
use crate::tui::screen::plan::{Asked, Desk, OfBlock, Plan, Row};
use crate::tui::view::{Ask, Choice, CommandId, Reply};

/// Makes a block a minute longer or shorter; its least length follows it down.
pub(super) fn set_minutes(draft: &mut BlockDraft, minutes: u16) {
    draft.minutes = minutes;
    draft.min = draft.min.min(minutes);
}

impl Plan {
    /// Carries out a command about the marked block, or about the agenda.
    pub(super) fn change(&mut self, id: CommandId, desk: &Desk<'_>) -> Reply {
        if id == CommandId::Add {
            return Self::ask_block(desk);
        }
        let Some((place, block)) = self.here(desk) else {
            return match id {
                CommandId::Edit
                | CommandId::Due
                | CommandId::Owner
                | CommandId::Remove
                | CommandId::Longer
                | CommandId::Shorter => Reply::Refuse("no block is marked".to_owned()),
                _ => Reply::Ignored,
            };
        };
        match id {
            CommandId::Longer => longer(desk, block, 1),
            CommandId::Shorter => longer(desk, block, -1),
            CommandId::MoveDown => moved(desk, place, place + 1),
            CommandId::MoveUp => match place.checked_sub(1) {
                Some(up) => moved(desk, place, up),
                None => Reply::Handled,
            },
            CommandId::Remove => {
                let rows = self.rows(desk);
                let blocks = rows.iter().filter(|row| matches!(row, Row::Block(_)));
                let blocks: Vec<Row> = blocks.copied().collect();
                self.cursor.leave(&[Row::Block(block.id)], &blocks);
                desk.edit(|blocks| blocks.retain(|b| b.id != Some(block.id)))
            }
            CommandId::Edit | CommandId::Due => self.ask(id, block, desk),
            CommandId::Owner => self.choose_lead(block, desk),
            CommandId::Open => self.choose_prompt(block, desk),
            CommandId::DrawEach => {
                let target = Target {
                    circle: desk.stage.circle.id,
                    session: desk.session().id,
                    block: block.id,
                };
                self.each.draw(target, &desk.stage.view)
            }
            CommandId::NextPrompt => self.turn_prompt(block, true, desk.stage.view.keys),
            CommandId::PreviousPrompt => self.turn_prompt(block, false, desk.stage.view.keys),
            _ => Reply::Ignored,
        }
    }

    /// The marked block was carried so many rows down or up, not beyond the ends of the agenda.
    pub(super) fn carried_by(&self, by: isize, desk: &Desk<'_>) -> Reply {
        let Some((from, _)) = self.here(desk) else {
            return Reply::Ignored;
        };
        let last = desk.session().blocks.len().saturating_sub(1);
        match from.saturating_add_signed(by).min(last) {
            to if to == from => Reply::Handled,
            to => moved(desk, from, to),
        }
    }

    pub(super) fn ask_block(desk: &Desk<'_>) -> Reply {
        if desk.runs() {
            return desk.edit(|_| {});
        }
        Reply::Ask(Ask {
            tag: Asked::Add.into(),
            label: "New block".to_owned(),
            text: String::new(),
            help: "Hot seat 20m; the name of a template or format; empty lists them".to_owned(),
        })
    }

    fn ask(&mut self, id: CommandId, block: &Block, desk: &Desk<'_>) -> Reply {
        if desk.runs() {
            return desk.edit(|_| {});
        }
        self.asking = Some(block.id);
        Reply::Ask(match id {
            CommandId::Edit => Ask {
                tag: Asked::Block(OfBlock::Title).into(),
                label: "Name of the block".to_owned(),
                text: block.title.to_string(),
                help: "What everyone sees on the agenda".to_owned(),
            },
            _ => Ask {
                tag: Asked::Block(OfBlock::Time).into(),
                label: format!("{}, {} min", block.title, block.minutes),
                text: String::new(),
                help: "20m, +5, 15:30 pins its start, free, min 12, lock, unlock".to_owned(),
            },
        })
    }

    /// People for a block: for a hot seat in the order in which it comes to them, with the reason.
    fn choose_lead(&mut self, block: &Block, desk: &Desk<'_>) -> Reply {
        self.asking = Some(block.id);
        let seat = block.kind == BlockKind::HotSeat;
        let title = if seat {
            format!("Who sits in {}", block.title)
        } else {
            format!("Who leads {}", block.title)
        };
        let (stage, view) = (&desk.stage, &desk.stage.view);
        let turns = Turns::of(view.state, stage.circle.id, stage.session);
        let today = view.now.date(view.zone);
        let people = people(block, desk);
        self.people = people.iter().map(|member| member.id).collect();
        let selected = people
            .iter()
            .position(|member| block.lead == Some(member.id));
        let mut rows: Vec<String> = people
            .iter()
            .map(|member| {
                let name = say::name(member, view.masked);
                if seat {
                    let held = turns.held(Seat::Presenter, member.id);
                    format!("{name}: {}", held.why(today, view.zone))
                } else {
                    name
                }
            })
            .collect();
        rows.push("nobody".to_owned());
        Reply::Choose(Choice {
            tag: Asked::Lead.into(),
            title,
            rows,
            selected: selected.unwrap_or(0),
        })
    }

    /// Somebody was picked for the block that is asked about.
    pub(super) fn lead_picked(&self, row: usize, desk: &Desk<'_>) -> Reply {
        let block = self.asking.and_then(|id| desk.session().block(id));
        let Some(block) = block else {
            return Reply::Refuse("that block is gone".to_owned());
        };
        let lead = self.people.get(row).copied();
        if lead == block.lead {
            return Reply::Handled;
        }
        Reply::submit(crate::command::Command::SetLead {
            circle: desk.stage.circle.id,
            session: desk.session().id,
            block: block.id,
            lead,
            owed: false,
        })
    }
}

/// Who may be named for a block, in the order of the list.
fn people<'a>(block: &Block, desk: &Desk<'a>) -> Vec<&'a crate::domain::roster::Member> {
    let stage = &desk.stage;
    if block.kind == BlockKind::HotSeat {
        let turns = Turns::of(stage.view.state, stage.circle.id, stage.session);
        return turns.order_for(block.id);
    }
    let members = stage.members.iter().copied();
    members.filter(|member| stage.is_here(member.id)).collect()
}

fn longer(desk: &Desk<'_>, block: &Block, by: i32) -> Reply {
    let minutes = i32::from(block.minutes) + by;
    match u16::try_from(minutes) {
        Ok(minutes) if minutes > 0 && minutes <= MOST_MINUTES => {
            desk.edit_block(block.id, |draft| set_minutes(draft, minutes))
        }
        _ => Reply::Refuse(format!(
            "{} has {} min; {} takes it off the agenda",
            block.title,
            block.minutes,
            desk.stage.view.keys.of(CommandId::Remove)
        )),
    }
}

/// Moves a block to another place; those between make room.
fn moved(desk: &Desk<'_>, from: usize, to: usize) -> Reply {
    if to >= desk.session().blocks.len() {
        return Reply::Handled;
    }
    desk.edit(|blocks| {
        let block = blocks.remove(from);
        blocks.insert(to, block);
    })
}
