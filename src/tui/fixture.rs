//! One small world for the tests of screens: Ladder Up, seventh session, block 3 running, 07:42 left, Jun
//! talking for 02:05.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::keymap::Keymap;
use crate::command::table::Place;
use crate::command::{Command, Context, decide};
use crate::domain::agenda::{Block, BlockKind, Prompt, Step};
use crate::domain::change::{Author, Via};
use crate::domain::circle::Circle;
use crate::domain::clock::{Moment, Span, Zone};
use crate::domain::document::Document;
use crate::domain::floor::{Floor, FloorMove};
use crate::domain::id::{
    ActionId, BlockId, CircleId, DecisionId, Ids, Key, Kind, MemberId, NoteId, ParkedId, RunId,
    SessionId,
};
use crate::domain::item::{Action, Decision, Due, Note, Origin, Owner, Parked};
use crate::domain::live::Live;
use crate::domain::rhythm::Rhythm;
use crate::domain::roster::{Label, Member};
use crate::domain::session::{Session, SessionState};
use crate::domain::state::State;
use crate::domain::text::Clean;
use crate::domain::when::Order;
use crate::engine::news::Saving;
use crate::theme::glyphs::Glyphs;
use crate::theme::{Catalogue, ColorDepth, Styles};
use crate::tui::keys::Keys;
use crate::tui::view::{Paint, View};

pub(crate) use crate::tui::widget::testing::rows;

/// Names that friendly people have.
pub(crate) const NAMES: [&str; 6] = [
    "Jun Tanaka",
    "María Okafor",
    "李 美玲",
    "Sam Reyes",
    "Priya Nair",
    "Åsa Björk",
];

/// A world to draw.
pub(crate) struct World {
    pub(crate) state: State,
    pub(crate) floor: Option<Floor>,
    pub(crate) now: Moment,
    pub(crate) circle: CircleId,
    pub(crate) session: SessionId,
    pub(crate) people: Vec<MemberId>,
    pub(crate) masked: bool,
    pub(crate) off_record: bool,
    pub(crate) saving: Saving,
    pub(crate) keymap: Keymap,
    ids: Ids,
}

fn at(text: &str) -> Moment {
    Moment::parse(text).unwrap()
}

fn secs(n: i64) -> Span {
    Span::from_secs(n)
}

impl World {
    /// The session as planned, an hour before it starts.
    pub(crate) fn planned() -> Self {
        Self::with(&NAMES)
    }

    /// The session as planned, with these people.
    pub(crate) fn with(names: &[&str]) -> Self {
        let start = at("2026-03-12T15:00:00Z");
        let mut ids = Ids::new(at("2026-01-01T00:00:00Z"), 1);
        let circle = CircleId(ids.make());
        let session = SessionId(ids.make());
        let mut world = Self {
            state: State::default(),
            floor: None,
            now: at("2026-03-12T14:05:00Z"),
            circle,
            session,
            people: names.iter().map(|_| MemberId(ids.make())).collect(),
            masked: false,
            off_record: false,
            saving: Saving::default(),
            keymap: Keymap::default(),
            ids,
        };
        world.put_circle(circle, "Ladder Up");
        for (index, name) in names.iter().enumerate() {
            world.put_member(index, name);
        }
        let plan = world.session_document(start);
        world.put(Kind::Session, session.0, plan);
        world
    }

    /// Block 3 runs, 07:42 are left, Jun has talked for 02:05.
    pub(crate) fn running() -> Self {
        Self::run(&NAMES)
    }

    /// The same with these people.
    pub(crate) fn run(names: &[&str]) -> Self {
        let mut world = Self::with(names);
        world.start();
        world.write_down();
        world
    }

    fn start(&mut self) {
        let begun = at("2026-03-12T15:00:12Z");
        self.now = begun + secs(30 * 60 + 48);
        let mut session = self.session().clone();
        session.state = SessionState::Running;
        session.started = Some(begun);
        session.facilitator = self.people.get(3).copied();
        if let Some(away) = self.people.get(5) {
            session.away.insert(*away, None);
        }
        let live = Live::start(&session, begun)
            .go_to(1, begun + secs(370))
            .go_to(2, begun + secs(370 + 1040));
        let mut live = Live {
            step: 1,
            prompt: 1,
            ..live
        };
        live.entered = Span::from_secs(30 * 60 + 48 - 438);
        live.step_entered = Span::from_secs(30 * 60 + 48 - 70);
        self.put(Kind::Session, self.session.0, session);
        self.put(Kind::Live, self.session.0, live);
        let mut floor = Floor::new(self.session);
        let person = |index: usize| self.people.get(index).copied();
        let elapsed = 30 * 60 + 48;
        if let (Some(jun), Some(maria)) = (person(0), person(1)) {
            floor.make(FloorMove::Give(maria), secs(elapsed - 400), 2);
            floor.make(FloorMove::Give(jun), secs(elapsed - 125), 2);
        }
        for index in [4, 1] {
            if let Some(member) = person(index) {
                let hand = FloorMove::Hand {
                    member,
                    direct: false,
                };
                floor.make(hand, secs(elapsed - 20), 2);
            }
        }
        self.floor = Some(floor);
    }

    fn write_down(&mut self) {
        let here = Some(self.session);
        let person = |world: &Self, index: usize| {
            world
                .people
                .get(index)
                .map_or(Owner::Nobody, |id| Owner::Member(*id))
        };
        let friday = Due::On("2026-03-13".parse().unwrap());
        let note = NoteId(self.ids.make());
        self.put(
            Kind::Note,
            note.0,
            Note::new(
                note,
                6,
                Clean::text("fear of looking unprepared is the real blocker"),
                self.origin(-7, here),
            ),
        );
        self.action(
            (13, "Write down three asks"),
            person(self, 0),
            Due::NextSession,
            (-5, here),
        );
        let parked = ParkedId(self.ids.make());
        self.put(
            Kind::Parked,
            parked.0,
            Parked {
                raised_by: self.people.get(2).copied(),
                ..Parked::new(
                    parked,
                    2,
                    Clean::line("How do we talk about pay?"),
                    self.origin(-4, here),
                )
            },
        );
        let decision = DecisionId(self.ids.make());
        self.put(
            Kind::Decision,
            decision.0,
            Decision::new(
                decision,
                3,
                Clean::line("Meet every two weeks from April"),
                self.origin(-3, here),
            ),
        );
        self.action((14, "Send deck"), person(self, 1), friday, (-1, here));
    }

    /// Writes actions of earlier sessions: one late, one due today, one without owner.
    pub(crate) fn old_actions(&mut self) {
        let day = |text: &str| Due::On(text.parse().unwrap());
        let person = |world: &Self, index: usize| {
            world
                .people
                .get(index)
                .map_or(Owner::Nobody, |id| Owner::Member(*id))
        };
        let long_ago = -60 * 24 * 14;
        self.action(
            (8, "Ask for skip-level meeting"),
            person(self, 0),
            day("2026-03-09"),
            (long_ago, None),
        );
        self.action(
            (9, "Book room for April"),
            person(self, 3),
            day("2026-03-12"),
            (long_ago, None),
        );
        self.action(
            (10, "Find a guest for May"),
            Owner::Nobody,
            day("2026-03-16"),
            (long_ago, None),
        );
    }

    /// Writes one action, `minutes` from now.
    pub(crate) fn action(
        &mut self,
        (number, words): (u32, &str),
        owner: Owner,
        due: Due,
        (minutes, session): (i64, Option<SessionId>),
    ) -> Key {
        let id = ActionId(self.ids.make());
        let action = Action {
            owner,
            due,
            tags: vec![Clean::line("growth")],
            ..Action::new(
                id,
                number,
                Clean::line(words),
                self.origin(minutes, session),
            )
        };
        self.put(Kind::Action, id.0, action);
        Key::circle(self.circle, Kind::Action, id.0)
    }

    /// What is written now is written in the running block.
    fn origin(&self, minutes: i64, session: Option<SessionId>) -> Origin {
        let running = self.state.running().filter(|_| minutes >= 0);
        let block = running.and_then(|(_, session, live)| session.blocks.get(live.block));
        Origin {
            at: self.now + Span::from_minutes(minutes),
            session,
            block: block.map(|block| block.id).filter(|_| session.is_some()),
            prompt: None,
            speaking: None,
        }
    }

    pub(crate) fn session(&self) -> &Session {
        self.state.session(self.circle, self.session).unwrap()
    }

    pub(crate) fn live(&self) -> &Live {
        self.state.live(self.circle, self.session).unwrap()
    }

    /// Changes the session document.
    pub(crate) fn edit_session(&mut self, edit: impl FnOnce(&mut Session)) {
        let mut session = self.session().clone();
        edit(&mut session);
        self.put(Kind::Session, self.session.0, session);
    }

    /// Changes the clock document.
    pub(crate) fn edit_live(&mut self, edit: impl FnOnce(&Live) -> Live) {
        let live = edit(self.live());
        self.put(Kind::Live, self.session.0, live);
    }

    /// Lets time pass.
    /// Carries a command out as the engine would. Returns what the act is called, or why it was refused.
    pub(crate) fn send(&mut self, command: &Command) -> Result<String, String> {
        let mut ids = Ids::new(self.now, 9);
        let by = Author {
            via: Via::App,
            run: RunId(ids.make()),
        };
        let mut context = Context {
            at: self.now,
            by,
            ids,
            zone: self.view().zone,
        };
        let decided = decide(&self.state, command, &mut context);
        let decided = decided.map_err(|refusal| refusal.reason)?;
        self.state.apply_changes(&decided.changes).unwrap();
        Ok(decided.title)
    }

    pub(crate) fn wait(&mut self, seconds: i64) {
        self.now = self.now + secs(seconds);
    }

    pub(crate) fn put(&mut self, kind: Kind, id: uuid::Uuid, document: impl Into<Document>) {
        self.state
            .load(Key::circle(self.circle, kind, id), document.into());
    }

    fn put_circle(&mut self, id: CircleId, name: &str) {
        let circle = Circle {
            rhythm: Some(Rhythm {
                weeks: 2,
                nth: None,
                day: chrono::Weekday::Thu,
                time: chrono::NaiveTime::from_hms_opt(15, 0, 0).unwrap(),
                minutes: 90,
            }),
            ..Circle::new(id, Clean::line(name), at("2026-01-01T00:00:00Z"))
        };
        self.put(Kind::Circle, id.0, circle);
    }

    fn put_member(&mut self, index: usize, name: &str) {
        let id = self.people[index];
        let member = Member {
            phone: index == 2,
            ..Member::new(
                id,
                Clean::line(name),
                Label(u16::try_from(index + 1).unwrap()),
                at("2026-01-01T00:00:00Z"),
            )
        };
        self.put(Kind::Member, id.0, member);
    }

    /// Asks not to be called on.
    pub(crate) fn no_calls(&mut self, index: usize) {
        let mut member = self
            .state
            .member(self.circle, self.people[index])
            .unwrap()
            .clone();
        member.no_calls = true;
        self.put(Kind::Member, member.id.0, member);
    }

    fn session_document(&mut self, start: Moment) -> Session {
        let jun = self.people.first().copied();
        let blocks = vec![
            self.block("Welcome", BlockKind::CheckIn, 5),
            self.block("Action review", BlockKind::Review, 15),
            Block {
                lead: jun,
                prompts: [
                    "What did you try?",
                    "What feedback did you almost not give, and what stopped you?",
                    "Who noticed?",
                    "What now?",
                ]
                .map(prompt)
                .to_vec(),
                steps: vec![
                    step("Situation", "Jun tells the situation"),
                    step("Questions", "questions only, no advice"),
                    step("Offers", "one offer each"),
                    step("Try", "what will I try?"),
                ],
                ..self.block("Hot seat", BlockKind::HotSeat, 15)
            },
            self.block("Discussion", BlockKind::Prompt, 20),
            self.block("Break", BlockKind::Break, 5),
            self.block("Practice in pairs", BlockKind::Pairs, 25),
        ];
        Session {
            blocks,
            ..Session::new(self.session, 7, start, 90)
        }
    }

    fn block(&mut self, title: &str, kind: BlockKind, minutes: u16) -> Block {
        Block::new(BlockId(self.ids.make()), Clean::line(title), kind, minutes)
    }

    /// The keys of a session that runs, or of one that can be started.
    fn keys(&self) -> Keys<'_> {
        let running = self.state.running().is_some();
        let place = if running { Place::Live } else { Place::Ready };
        Keys::new(&self.keymap, place)
    }

    /// What a screen sees.
    pub(crate) fn view(&self) -> View<'_> {
        View {
            state: &self.state,
            keys: self.keys(),
            floor: self.floor.as_ref(),
            now: self.now,
            zone: Zone::UTC,
            order: Order::default(),
            circle: Some(self.circle),
            me: self.people.get(3).copied(),
            saving: &self.saving,
            ready: true,
            demo: false,
            masked: self.masked,
            off_record: self.off_record,
        }
    }

    /// Draws with the dark theme and returns the rows as text.
    pub(crate) fn rows(
        &self,
        (width, height): (u16, u16),
        draw: impl FnOnce(Rect, &mut Buffer, &Paint<'_>),
    ) -> Vec<String> {
        rows(&self.buffer((width, height), draw))
    }

    /// Draws with the dark theme.
    pub(crate) fn buffer(
        &self,
        (width, height): (u16, u16),
        draw: impl FnOnce(Rect, &mut Buffer, &Paint<'_>),
    ) -> Buffer {
        let area = Rect::new(0, 0, width, height);
        let mut buf = Buffer::empty(area);
        let styles = styles("dark", ColorDepth::True);
        let paint = Paint {
            view: self.view(),
            styles: &styles,
            covered: false,
        };
        draw(area, &mut buf, &paint);
        buf
    }
}

/// A question for a block.
pub(crate) fn prompt(words: &str) -> Prompt {
    Prompt {
        follow_ups: vec![
            Clean::line("What would you say today?"),
            Clean::line("Who could have helped?"),
        ],
        ..Prompt::new(Clean::line(words))
    }
}

fn step(title: &str, says: &str) -> Step {
    Step {
        title: Clean::line(title),
        minutes: 3,
        says: Some(Clean::line(says)),
        ..Step::default()
    }
}

/// The styles of a built-in theme.
pub(crate) fn styles(name: &str, depth: ColorDepth) -> Styles {
    let theme = Catalogue::default().theme(name).unwrap().theme;
    Styles::new(&theme, depth, Glyphs::Unicode)
}
