//! The handover card as a sheet: where the session is, what must not be dropped, and who leads from now on.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::handover::{Card, Seen};
use crate::domain::id::MemberId;
use crate::domain::rotation::Seat;
use crate::theme::{Role, Styles};
use crate::tui::pane::stage::Stage;
use crate::tui::say;
use crate::tui::screen::live::people::present;
use crate::tui::screen::live::seats::Place;
use crate::tui::screen::live::sheet::{self, Outcome, Sheet, Unsaved};
use crate::tui::view::{Arg, CommandId, Reply, Request};
use crate::tui::widget::frame::Pane;
use crate::tui::widget::text;

/// What means something while the card is open.
const OFFERS: [(CommandId, &str); 3] = [
    (CommandId::Pick, "leads from now on"),
    (CommandId::Copy, "copy without who speaks"),
    (CommandId::Close, "back"),
];

/// Cells of the column of labels.
const LABEL: u16 = 7;

/// The open card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct HandOver;

fn card(stage: &Stage<'_>) -> Option<Card> {
    let view = &stage.view;
    let name = |id: MemberId| {
        let member = view.state.member(stage.circle.id, id);
        member.map_or_else(
            || crate::domain::names::FORMER.to_owned(),
            |member| say::name(member, view.masked),
        )
    };
    Card::of(&Seen {
        state: view.state,
        floor: view.floor,
        now: view.now,
        name: &name,
    })
}

impl Sheet for HandOver {
    fn draw(
        &self,
        stage: &Stage<'_>,
        _drafts: &[Unsaved],
        area: Rect,
        (buf, styles): (&mut Buffer, &Styles),
    ) {
        let Some(card) = card(stage) else { return };
        let key = |id| stage.view.keys.of(id);
        let rows = card.rows(stage.view.zone, false);
        let at = sheet::place(area, rows.len() + 1);
        let title = format!("Hand over {} #{}", stage.circle.name, stage.session.number);
        let content = Pane::new(&title).draw_over(at, buf, styles);
        // The last row is about notes; of what must not be dropped as much as there is room for stands above.
        let room = usize::from(content.height.saturating_sub(1));
        let cut = rows.len().saturating_sub(room);
        let shown = if cut > 0 {
            room.saturating_sub(1)
        } else {
            rows.len()
        };
        let mut lines: Vec<(&str, String)> = rows.into_iter().take(shown).collect();
        if cut > 0 {
            lines.push((
                "",
                format!("{} more; {} copies all", cut + 1, key(CommandId::Copy)),
            ));
        }
        for (row, (label, words)) in (0u16..).zip(&lines) {
            let row = text::row(content, row);
            text::put(label, styles.of(Role::Muted), row, buf);
            text::put(words, styles.of(Role::Text), text::after(row, LABEL), buf);
        }
        let last = text::row(content, content.height.saturating_sub(1));
        // What happens to notes when the lead changes hands.
        let notes = format!("your notes stay here; {} hides them", key(CommandId::Mask));
        text::put(&notes, styles.of(Role::Muted), last, buf);
    }

    fn run(&mut self, id: CommandId, stage: &Stage<'_>, _drafts: &[Unsaved]) -> Outcome {
        match id {
            CommandId::HandOver => Outcome::Close(Reply::Handled),
            CommandId::Copy | CommandId::CopyAll => {
                Outcome::Reply(card(stage).map_or(Reply::Handled, |card| {
                    Reply::Do(vec![Request::Copy(card.text(stage.view.zone))])
                }))
            }
            _ => Outcome::Reply(Reply::Ignored),
        }
    }

    fn person(&mut self, arg: &Arg, stage: &Stage<'_>) -> Outcome {
        match present(arg, stage) {
            Err(refusal) => Outcome::Reply(refusal),
            Ok(member) if stage.session.facilitator == Some(member.id) => {
                let name = say::name(member, stage.view.masked);
                Outcome::Close(Reply::Say(format!("{name} leads already")))
            }
            Ok(member) => {
                let place = Place::Seat(Seat::Facilitator);
                Outcome::Close(Reply::submit(place.set(Some(member.id), false, stage)))
            }
        }
    }

    fn offers(&self, _stage: &Stage<'_>, _drafts: &[Unsaved]) -> Vec<(CommandId, &'static str)> {
        OFFERS.to_vec()
    }
}
