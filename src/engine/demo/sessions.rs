//! The sessions of the demo: one that is over, the one that runs, the next.

use chrono::{Days, NaiveTime};

use crate::command::plan::BlockDraft;
use crate::domain::agenda::{Block, Prompt};
use crate::domain::clock::{Moment, Span};
use crate::domain::id::{Key, Kind, SessionId};
use crate::domain::item::Origin;
use crate::domain::live::Live;
use crate::domain::question::Asked;
use crate::domain::session::{Session, SessionState};
use crate::domain::text::Clean;
use crate::engine::demo::{Place, World, days, secs, talk};
use crate::packs;
use crate::packs::demo::{DemoAsked, DemoLive, DemoPast};

impl World {
    fn session(&mut self, place: &mut Place<'_>, number: u32, start: Moment) -> Session {
        place.counter.session = place.counter.session.max(number);
        Session {
            facilitator: place.member(place.data.me),
            ..Session::new(
                SessionId(self.made(start)),
                number,
                start,
                place.data.minutes,
            )
        }
    }

    pub(super) fn past(&mut self, place: &mut Place<'_>, data: &DemoPast) {
        let started = self.now - days(data.days_ago);
        let mut session = self.session(place, data.number, started);
        for past in &data.blocks {
            let draft = BlockDraft {
                title: past.title.clone(),
                kind: past.kind,
                minutes: past.minutes,
                ..BlockDraft::default()
            };
            let took = Some(secs(past.took_secs));
            let block = draft.into_block(&mut self.ids);
            let prompts = past.asked.iter();
            let prompts = prompts
                .map(|one| self.asked_in_the_past(place, one, started))
                .collect();
            session.blocks.push(Block {
                prompts,
                took,
                ..block
            });
        }
        place.held.push((started, session.id));
        let length: Span = data.blocks.iter().map(|block| secs(block.took_secs)).sum();
        session.minutes = data.minutes;
        session.state = SessionState::Ended;
        (session.started, session.ended) = (Some(started), Some(started + length));
        for (at, member) in place.people.iter().enumerate() {
            if !data.present.contains(&(at + 1)) {
                session.away.insert(*member, None);
            }
        }
        for item in &data.items {
            let from = Origin {
                at: started + secs(item.at_secs),
                session: Some(session.id),
                block: None,
                prompt: None,
                speaking: None,
            };
            self.item(place, item, from);
        }
        self.put(Key::circle(place.id, Kind::Session, session.id.0), session);
    }

    /// The prompt, which the circle remembers from then on.
    fn asked_in_the_past(&self, place: &mut Place<'_>, data: &DemoAsked, at: Moment) -> Prompt {
        let prompt = Prompt {
            asked: Some(at),
            ..self.prompt(&data.text)
        };
        if let Some(question) = prompt.question {
            let mut asked = Asked::never(question).again(at);
            if let Some(points) = data.points {
                asked = asked.rate(points, at, at);
            }
            place.asked.insert(question, asked);
        }
        prompt
    }

    /// A question in the words of the bank, with its follow-ups there.
    fn prompt(&self, text: &Clean) -> Prompt {
        let known = self.bank.iter().find(|(_, draft)| draft.text == *text);
        Prompt {
            question: known.map(|(id, _)| *id),
            follow_ups: known.map_or_else(Vec::new, |(_, draft)| draft.follow_ups.clone()),
            ..Prompt::new(text.clone())
        }
    }

    pub(super) fn planned(&mut self, place: &mut Place<'_>, ahead: i64) {
        let date = self.now.date(self.zone);
        let date = date
            .checked_add_days(Days::new(u64::try_from(ahead).unwrap_or(0)))
            .unwrap_or(date);
        let rhythm = self.rhythm(place.data);
        let time = rhythm.map_or(NaiveTime::MIN, |rhythm| rhythm.time);
        let start = Moment::from_local(date.and_time(time), self.zone);
        let mut session = self.session(place, 1, start);
        if let Some(template) = place.data.plan.as_deref().and_then(packs::template) {
            let blocks = template.blocks.iter().map(BlockDraft::from);
            session.blocks = blocks
                .map(|draft| draft.into_block(&mut self.ids))
                .collect();
        }
        if let Some(book) = &place.data.book {
            self.book(place, book, &mut session);
        }
        self.put(Key::circle(place.id, Kind::Session, session.id.0), session);
    }

    pub(super) fn live(&mut self, place: &mut Place<'_>, data: &DemoLive) {
        let done: Span = data.done_secs.iter().map(|done| secs(*done)).sum();
        let elapsed = done + secs(data.now_secs);
        let started = self.now - elapsed;
        place.day = started;
        let mut session = self.session(place, data.number, started);
        session.minutes = data.minutes;
        session.state = SessionState::Running;
        session.started = Some(started);
        for block in &data.blocks {
            let block = BlockDraft::from(block).into_block(&mut self.ids);
            session.blocks.push(block);
        }
        for (member, person) in place.people.iter().zip(&place.data.people) {
            if person.away {
                session.away.insert(*member, None);
            }
        }
        let mut live = Live::start(&session, started);
        let mut at = started;
        for (index, done) in data.done_secs.iter().enumerate() {
            at = at + secs(*done);
            live = live.go_to(index + 1, at);
        }
        live.prompt = data.prompt.saturating_sub(1);
        self.prompts(&mut session, data, &live);
        for item in &data.items {
            let block = talk::block_at(&session, data, secs(item.at_secs));
            let from = Origin {
                at: started + secs(item.at_secs),
                session: Some(session.id),
                block,
                prompt: None,
                speaking: None,
            };
            self.item(place, item, from);
        }
        self.floor = Some(talk::floor(place, data, (session.id, elapsed)));
        self.put(Key::circle(place.id, Kind::Live, session.id.0), live);
        self.put(Key::circle(place.id, Kind::Session, session.id.0), session);
    }

    fn prompts(&self, session: &mut Session, data: &DemoLive, live: &Live) {
        let begun = self.now - secs(data.now_secs);
        for asks in &data.asks {
            let at = asks.block - 1;
            if let Some(block) = session.blocks.get_mut(at) {
                block.prompts.push(Prompt {
                    asked: (at < live.block).then_some(begun),
                    ..self.prompt(&asks.text)
                });
            }
        }
        let Some(block) = session.blocks.get_mut(live.block) else {
            return;
        };
        for (at, question) in data.questions.iter().enumerate() {
            block.prompts.push(Prompt {
                follow_ups: question.follow_ups.clone(),
                asked: (at < live.prompt).then_some(begun),
                ..self.prompt(&question.text)
            });
        }
    }
}
