//! Sessions and their blocks as rows.

use serde_json::{Value, json};

use crate::cli::rows::{View, short};
use crate::domain::agenda::{Block, starts};
use crate::domain::clock::Moment;
use crate::domain::id::{CircleId, Kind};
use crate::domain::rotation::Rotation;
use crate::domain::session::{Session, SessionState};
use crate::domain::share::{self, Share};
use crate::exchange::minutes::{rating_json, vote_json};

impl View<'_> {
    pub(in crate::cli) fn session(&self, circle: CircleId, row: &Session) -> Value {
        let begin = starts(&row.blocks, row.begins());
        let blocks: Vec<Value> = row
            .blocks
            .iter()
            .zip(begin)
            .map(|(block, at)| self.block((circle, row), block, at))
            .collect();
        let away = row.away.keys().filter_map(|id| self.person(circle, *id));
        let guests = row.guests.iter().filter_map(|id| self.person(circle, *id));
        let programme = row
            .template
            .as_ref()
            .and_then(|from| from.programme.as_ref());
        json!({
            "id": short(Kind::Session, row.number),
            "number": row.number,
            "circle": self.slug_of(circle),
            "start": row.start,
            "minutes": row.minutes,
            "state": row.state.word(),
            "blocks": blocks,
            "facilitator": row.facilitator.and_then(|id| self.person(circle, id)),
            "seats": self.seats(circle, row),
            "away": away.collect::<Vec<_>>(),
            "guests": guests.collect::<Vec<_>>(),
            "template": row.template.as_ref().map(|from| from.id.as_str()),
            "programme": programme.map(|from| from.id.as_str()),
            "goal": row.goal(),
            "started": row.started,
            "ended": row.ended,
            "ratings": row.ratings.iter().map(rating_json).collect::<Vec<_>>(),
            "votes": row.votes.iter().map(vote_json).collect::<Vec<_>>(),
            "figures": row.figures.map(|figures| json!({
                "people": figures.people,
                "spoke": figures.spoke,
                "turns": figures.turns,
                "talked_seconds": figures.talked.whole_secs(),
            })),
            "uid": row.id.to_string(),
        })
    }

    /// Who holds which seat beside whoever leads.
    fn seats(&self, circle: CircleId, row: &Session) -> Value {
        let held = row.seats.iter();
        let held = held.map(|(seat, id)| (seat.word().to_owned(), json!(self.person(circle, *id))));
        Value::Object(held.collect())
    }

    /// Who is owed which seat, and who owes one.
    pub(super) fn rotation(&self, circle: CircleId, row: &Rotation) -> Value {
        let held = row.seats.iter().flat_map(|(seat, people)| {
            let people = people.iter().filter(|(_, held)| held.owed != 0);
            people.map(|(id, held)| {
                json!({
                    "seat": seat.word(),
                    "name": self.person(circle, *id),
                    "owed": held.owed,
                })
            })
        });
        json!({
            "circle": self.slug_of(circle),
            "owed": held.collect::<Vec<_>>(),
        })
    }

    /// What each of those who are here gets of a block in which everybody has a turn.
    pub(in crate::cli) fn share(
        &self,
        circle: CircleId,
        session: &Session,
        block: &Block,
    ) -> Option<Share> {
        let here = share::here(session, &self.state.people_of(circle, session));
        let open = matches!(session.state, SessionState::Planned | SessionState::Running);
        Share::of_block(block, here, block.planned())
            .filter(|_| open && here > 0 && block.parked.is_none())
    }

    fn block(&self, (circle, session): (CircleId, &Session), block: &Block, at: Moment) -> Value {
        let share = self.share(circle, session, block).map(|share| {
            json!({
                "people": share.people,
                "each_seconds": share.each.map(|each| each.millis() / 1000),
                "changeover_seconds": share.changeover.millis() / 1000,
                "needed_seconds": share.needed().millis() / 1000,
                "room_seconds": share.room.millis() / 1000,
                "fits": share.fits(),
                "each_that_fits_seconds": share.each_that_fits().millis() / 1000,
            })
        });
        let prompts = block
            .prompts
            .iter()
            .map(|prompt| json!({"text": prompt.text.as_str(), "asked": prompt.asked}));
        json!({
            "title": block.title.as_str(),
            "kind": block.kind.as_str(),
            "start": at,
            "minutes": block.minutes,
            "took_seconds": block.took.map(|took| took.millis() / 1000),
            "lead": block.lead.and_then(|id| self.person(circle, id)),
            "parked": block.parked.is_some(),
            "share": share,
            "prompts": prompts.collect::<Vec<_>>(),
        })
    }

    /// The cells of a session.
    pub(in crate::cli) fn session_cells(&self, row: &Session) -> Vec<String> {
        let blocks = match (row.state, row.blocks.len()) {
            (SessionState::Planned, 0) => "no agenda yet".to_owned(),
            (_, 1) => "1 block".to_owned(),
            (_, many) => format!("{many} blocks"),
        };
        vec![
            format!("#{}", row.number),
            self.time(row.begins()),
            format!("{} min", row.minutes),
            row.state.word().to_owned(),
            blocks,
        ]
    }
}
