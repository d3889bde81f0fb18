//! A small world for the tests of lists and forms: one circle with people, sessions and actions.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::keymap::Keymap;
use crate::command::table::Place;
use crate::domain::agenda::{Block, BlockKind};
use crate::domain::circle::Circle;
use crate::domain::clock::{Moment, Span};
use crate::domain::document::Document;
use crate::domain::id::{
    ActionId, BlockId, CircleId, DecisionId, Ids, Key, Kind, MemberId, NoteId, SessionId,
};
use crate::domain::item::{Action, ActionState, Decision, Due, Note, Origin, Owner};
use crate::domain::rhythm::{Meets, Rhythm};
use crate::domain::roster::{Label, Member, Role};
use crate::domain::session::{Session, SessionState};
use crate::domain::state::State;
use crate::domain::template::{BlockPlan, Template};
use crate::domain::text::Clean;
use crate::domain::when::Order;
use crate::engine::news::Saving;
use crate::engine::query::Row;
use crate::theme::glyphs::Glyphs;
use crate::theme::{Catalogue, ColorDepth, Styles};
use crate::tui::keys::Keys;
use crate::tui::view::{Paint, Screen, View};
use crate::tui::widget::text;

/// The sizes at which every screen is looked at, as the whole terminal.
pub(crate) const SIZES: [(u16, u16); 6] =
    [(120, 36), (80, 24), (60, 20), (40, 12), (20, 5), (1, 1)];

/// Names that are hard to draw.
pub(crate) const HARD: [&str; 5] = [
    "李 美玲",
    "A\u{30a}sa Bjo\u{308}rk",
    "👩‍💻 Ada",
    "שרה כהן",
    "Wolfeschlegelsteinhausenbergerdorff von der Au",
];

/// A state with one circle, the ids in it, and the clock.
pub(crate) struct World {
    pub(crate) state: State,
    pub(crate) circle: CircleId,
    pub(crate) people: Vec<MemberId>,
    /// Ended, ended, planned.
    pub(crate) sessions: Vec<SessionId>,
    pub(crate) actions: Vec<ActionId>,
    pub(crate) now: Moment,
    pub(crate) masked: bool,
    pub(crate) me: Option<MemberId>,
    saving: Saving,
    keymap: Keymap,
    ids: Ids,
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

impl World {
    /// Ladder Up on Thu 12 Mar 2026 at 16:40: five people, two past sessions, one planned, seven actions.
    pub(crate) fn new() -> Self {
        Self::with(&[
            "Sam Lee",
            "Jun Tanaka",
            "María Okafor",
            "Priya Nair",
            "Tom Weiss",
        ])
    }

    pub(crate) fn with(names: &[&str]) -> Self {
        let now = Moment::parse("2026-03-12T16:40:00Z").unwrap();
        let mut ids = Ids::new(now, 3);
        let circle = CircleId(ids.make());
        let mut world = Self {
            state: State::default(),
            circle,
            people: Vec::new(),
            sessions: Vec::new(),
            actions: Vec::new(),
            now,
            masked: false,
            me: None,
            saving: Saving::Clean,
            keymap: Keymap::default(),
            ids,
        };
        world.put(
            Kind::Circle,
            circle.0,
            Circle {
                rhythm: Some(rhythm()),
                template: Some("classic".to_owned()),
                ..Circle::new(
                    circle,
                    Clean::line("Ladder Up"),
                    now - Span::from_minutes(60 * 24 * 90),
                )
            },
        );
        for name in names {
            world.person(name);
        }
        world.me = world.people.first().copied();
        world.session(5, "2026-02-12T15:00:00Z", SessionState::Ended);
        world.session(6, "2026-02-26T15:00:00Z", SessionState::Ended);
        world.session(7, "2026-03-26T15:00:00Z", SessionState::Planned);
        world.rows();
        world
    }

    pub(crate) fn put(&mut self, kind: Kind, id: uuid::Uuid, document: impl Into<Document>) {
        self.state
            .load(Key::circle(self.circle, kind, id), document.into());
    }

    fn person(&mut self, name: &str) {
        let id = MemberId(self.ids.make());
        let label = u16::try_from(self.people.len()).unwrap() + 1;
        self.people.push(id);
        self.put(
            Kind::Member,
            id.0,
            Member {
                mail: Some(Clean::line(&format!("p{label}@mail.example"))),
                role: if label == 1 {
                    Role::Facilitator
                } else {
                    Role::Member
                },
                phone: label == 2,
                no_calls: label == 4,
                ..Member::new(
                    id,
                    Clean::line(name),
                    Label(label),
                    self.now - Span::from_minutes(60 * 24 * 80),
                )
            },
        );
    }

    fn session(&mut self, number: u32, start: &str, state: SessionState) {
        let id = SessionId(self.ids.make());
        let start = Moment::parse(start).unwrap();
        let ended = state == SessionState::Ended;
        let blocks = [("Check-in", 10), ("Hot seat", 25)].map(|(title, minutes)| Block {
            took: ended.then(|| Span::from_minutes(i64::from(minutes) + 2)),
            ..Block::new(
                BlockId(self.ids.make()),
                Clean::line(title),
                BlockKind::Prompt,
                minutes,
            )
        });
        let mut away = BTreeMap::new();
        if ended {
            away.extend(self.people.get(4).map(|id| (*id, None)));
        }
        self.sessions.push(id);
        self.put(
            Kind::Session,
            id.0,
            Session {
                state,
                blocks: blocks.to_vec(),
                away,
                started: ended.then_some(start),
                ended: ended.then(|| start + Span::from_minutes(96)),
                ..Session::new(id, number, start, 90)
            },
        );
    }

    /// Where something of the session before the last was written down.
    pub(crate) fn origin(&self) -> Origin {
        let session = self.sessions.get(1).copied();
        let known = session.and_then(|id| self.state.session(self.circle, id));
        Origin {
            at: Moment::parse("2026-02-26T15:26:00Z").unwrap(),
            session,
            block: known.and_then(|session| session.blocks.get(1).map(|block| block.id)),
            prompt: None,
            speaking: None,
        }
    }

    pub(crate) fn action(&mut self, number: u32, text: &str, owner: Owner, due: Due) -> ActionId {
        let id = ActionId(self.ids.make());
        self.actions.push(id);
        let action = Action {
            owner,
            due,
            tags: vec![Clean::line("growth")],
            carried: u16::from(number == 11) * 2,
            ..Action::new(id, number, Clean::line(text), self.origin())
        };
        self.put(Kind::Action, id.0, action);
        id
    }

    /// Closes an action at an instant.
    pub(crate) fn close(&mut self, id: ActionId, at: &str) {
        let mut action = self.state.action(self.circle, id).unwrap().clone();
        action.state = ActionState::Done;
        action.closed = Moment::parse(at);
        self.put(Kind::Action, id.0, action);
    }

    fn rows(&mut self) {
        let owner = |place: usize, people: &[MemberId]| {
            people
                .get(place)
                .map_or(Owner::Nobody, |id| Owner::Member(*id))
        };
        let people = self.people.clone();
        let jun = owner(1, &people);
        self.action(
            11,
            "Ask for skip-level meeting",
            jun,
            Due::On(day("2026-03-09")),
        );
        self.action(
            9,
            "Share 1:1 template",
            owner(2, &people),
            Due::On(day("2026-03-12")),
        );
        self.action(
            14,
            "Send deck",
            owner(2, &people),
            Due::On(day("2026-03-13")),
        );
        self.action(13, "Write down three asks", jun, Due::NextSession);
        self.action(
            7,
            "Find a guest for May",
            Owner::Nobody,
            Due::On(day("2026-04-01")),
        );
        self.action(5, "Collect reading list", Owner::All, Due::None);
        let done = self.action(12, "Send survey link", owner(3, &people), Due::NextSession);
        self.close(done, "2026-03-10T09:00:00Z");
        let decision = DecisionId(self.ids.make());
        let origin = self.origin();
        self.put(
            Kind::Decision,
            decision.0,
            Decision::new(decision, 3, Clean::line("We start on time"), origin.clone()),
        );
        let note = NoteId(self.ids.make());
        self.put(
            Kind::Note,
            note.0,
            Note::new(note, 6, Clean::line("Ask Priya about her path"), origin),
        );
    }

    pub(crate) fn view(&self) -> View<'_> {
        View {
            state: &self.state,
            keys: Keys::new(&self.keymap, Place::Anywhere),
            floor: None,
            now: self.now,
            zone: chrono_tz::UTC,
            order: Order::default(),
            circle: Some(self.circle),
            me: self.me,
            saving: &self.saving,
            ready: true,
            demo: false,
            masked: self.masked,
            off_record: false,
        }
    }

    /// The documents of one session, as the store gives them.
    pub(crate) fn record(&self, session: SessionId) -> Vec<Row> {
        let belongs = |document: &Document| match document {
            Document::Session(own) => own.id == session,
            Document::Action(row) => row.origin.session == Some(session),
            Document::Decision(row) => row.origin.session == Some(session),
            Document::Note(row) => row.origin.session == Some(session),
            _ => false,
        };
        let rows = self
            .state
            .documents()
            .filter(|(_, document)| belongs(document));
        rows.map(|(key, document)| Row {
            key: *key,
            rev: 0,
            body: document.to_text(),
        })
        .collect()
    }

    /// A screen on a terminal of this size: its body without header, message row and hints.
    pub(crate) fn show(&self, screen: &dyn Screen, (w, h): (u16, u16)) -> Vec<String> {
        let styles = dark();
        let paint = Paint {
            view: self.view(),
            styles: &styles,
            covered: false,
        };
        drawn(w, h.saturating_sub(3).max(1), |area, buf| {
            screen.draw(area, buf, &paint);
        })
    }
}

pub(crate) fn rhythm() -> Rhythm {
    let today = day("2026-03-12").and_hms_opt(0, 0, 0).unwrap();
    match Meets::parse("every 2 weeks thu 15:00 90m", today) {
        Ok(Meets::Every(rhythm)) => rhythm,
        other => panic!("{other:?}"),
    }
}

/// Two templates: one with two blocks and three questions, one with none.
pub(crate) fn templates() -> Vec<Template> {
    let block = |title: &str, kind, prompts| BlockPlan {
        format: None,
        needs: None,
        title: Clean::line(title),
        kind,
        minutes: 30,
        min: 5,
        locked: false,
        prompts,
        asks: None,
        steps: Vec::new(),
    };
    let template = |id: &str, name: &str, blocks| Template {
        id: id.to_owned(),
        name: Clean::line(name),
        version: 2,
        about: Clean::default(),
        minutes: 90,
        blocks,
    };
    vec![
        template(
            "classic",
            "Mentoring classic",
            vec![
                block("Check-in", BlockKind::CheckIn, 1),
                block("Talk", BlockKind::Prompt, 2),
            ],
        ),
        template(
            "seats",
            "Hot seats",
            vec![block("Seat", BlockKind::HotSeat, 0)],
        ),
    ]
}

pub(crate) fn dark() -> Styles {
    Styles::new(
        &Catalogue::default().theme("dark").unwrap().theme,
        ColorDepth::True,
        Glyphs::Unicode,
    )
}

/// Draws into a buffer of `w` by `h` and returns its rows without the spaces at their ends.
pub(crate) fn drawn(w: u16, h: u16, draw: impl FnOnce(Rect, &mut Buffer)) -> Vec<String> {
    let area = Rect::new(0, 0, w, h);
    let mut buf = Buffer::empty(area);
    draw(area, &mut buf);
    let row = |y: u16| {
        let mut line = String::new();
        let mut skip = 0;
        for x in 0..w {
            let symbol = buf[(x, y)].symbol();
            if skip == 0 {
                line.push_str(symbol);
                skip = text::width(symbol).max(1);
            }
            skip -= 1;
        }
        line.trim_end().to_owned()
    };
    (0..h).map(row).collect()
}
