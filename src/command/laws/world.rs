//! A small world for the laws: two circles, people, planned sessions, and commands drawn from numbers.

use std::collections::BTreeMap;

use proptest::prelude::*;
use uuid::Uuid;

use crate::command::plan::{BlockDraft, Plan};
use crate::command::series::Placed;
use crate::command::undo::{Reach, inverse, newest_step, newest_undone};
use crate::command::{
    Command, Context, Draft, ItemEdit, MemberEdit, NewCircle, NewMember, Refusal, Settle, Step,
    decide,
};
use crate::domain::agenda::{BlockKind, Prompt, Step as BlockStep};
use crate::domain::change::{Act, ActKind, Author, Via};
use crate::domain::clock::{Moment, Span};
use crate::domain::id::{
    ActId, ActionId, BlockId, CircleId, Ids, Key, Kind, MemberId, QuestionId, RunId, SessionId,
    Space,
};
use crate::domain::intake::Row;
use crate::domain::item::{ActionState, Audience, Due, Owner};
use crate::domain::live::Live;
use crate::domain::look::Verdict;
use crate::domain::question::DraftQuestion;
use crate::domain::roster::{Label, Role};
use crate::domain::rotation::Seat;
use crate::domain::state::State;
use crate::domain::text::Clean;

mod books;
mod facilitation;

/// One thing that happens: which command, with which of everything, and how long after the last.
#[derive(Clone, Debug)]
pub(super) struct Roll {
    what: u8,
    a: usize,
    b: usize,
    pub(super) wait: Span,
}

/// How many commands there are to roll.
pub(super) const COMMANDS: u8 = 64;

/// Most rolls are about the running session, because that is where state depends on time.
pub(super) fn rolls() -> impl Strategy<Value = Vec<Roll>> {
    let what = prop_oneof![3 => 0u8..16, 2 => 16u8..40, 1 => 40u8..53, 1 => 53u8..COMMANDS];
    let wait = prop_oneof![0i64..20_000, 20_000i64..600_000];
    let roll = (what, 0usize..64, 0usize..64, wait).prop_map(|(what, a, b, wait)| Roll {
        what,
        a,
        b,
        wait: Span::from_millis(wait),
    });
    prop::collection::vec(roll, 0..40)
}

impl Roll {
    /// Rolls of every kind of this command, without waiting.
    pub(super) fn all(what: u8) -> impl Iterator<Item = Self> {
        let wait = Span::ZERO;
        (0..6).flat_map(move |a| (0..64).map(move |b| Self { what, a, b, wait }))
    }
}

/// The state, the acts that made it, and the time.
#[derive(Clone)]
pub(super) struct World {
    pub(super) state: State,
    pub(super) acts: Vec<Act>,
    pub(super) at: Moment,
    pub(super) circles: Vec<CircleId>,
    /// How many acts made the world before anything happens in it.
    pub(super) setup: usize,
    seq: u64,
    revs: BTreeMap<Space, u64>,
}

fn line(text: &str) -> Clean {
    Clean::line(text)
}

fn prompt(n: usize) -> Prompt {
    Prompt {
        question: n
            .is_multiple_of(2)
            .then(|| QuestionId(Uuid::from_u128(900 + (n % 5) as u128))),
        asked_before: 1,
        ..Prompt::new(line("What would help now?"))
    }
}

pub(super) fn plan(start: Moment, n: usize) -> Plan {
    let block = |index: usize| BlockDraft {
        title: line("Talk"),
        kind: [
            BlockKind::Prompt,
            BlockKind::HotSeat,
            BlockKind::Pairs,
            BlockKind::HotSeat,
            BlockKind::Closing,
        ][index],
        minutes: u16::try_from(3 + index * 2).unwrap(),
        prompts: (0..(index + n) % 3).map(prompt).collect(),
        steps: (0..index % 3)
            .map(|_| BlockStep {
                title: line("Clarify"),
                minutes: 2,
                says: None,
                ..crate::domain::agenda::Step::default()
            })
            .collect(),
        ..BlockDraft::default()
    };
    Plan {
        start,
        minutes: 60,
        blocks: (0..n % 5).map(block).collect(),
        template: None,
        facilitator: None,
    }
}

impl World {
    pub(super) fn new() -> Self {
        let mut world = Self {
            state: State::default(),
            acts: Vec::new(),
            at: Moment::from_millis(1_773_327_600_000),
            circles: Vec::new(),
            setup: 0,
            seq: 0,
            revs: BTreeMap::new(),
        };
        for name in ["Ladder Up", "Book Night"] {
            let people = ["Ana", "Bo", "Cy", "Di"].map(|name| NewMember {
                name: line(name),
                mail: None,
                role: Role::Member,
            });
            let new = NewCircle {
                name: line(name),
                kind: crate::domain::circle::CircleKind::Mentoring,
                people: people.to_vec(),
                rhythm: None,
                template: None,
                first: Some(plan(world.at, 4)),
            };
            world.send(&Command::NewCircle(new)).unwrap();
        }
        world.setup = world.acts.len();
        world.circles = world.state.circles().map(|circle| circle.id).collect();
        world
    }

    pub(super) fn planned(&self, circle: usize) -> SessionId {
        self.state.sessions(self.circles[circle]).next().unwrap().id
    }

    pub(super) fn live(&self) -> Option<&Live> {
        self.state.running().map(|(_, _, live)| live)
    }

    pub(super) fn context(&self) -> Context {
        Context {
            at: self.at,
            by: Author {
                via: Via::App,
                run: RunId(Uuid::from_u128(1)),
            },
            ids: Ids::new(self.at, self.seq + 77),
            zone: chrono_tz::UTC,
        }
    }

    /// Lets the time of a roll pass and does what it says; the command when it was not refused.
    pub(super) fn roll(&mut self, roll: &Roll) -> Result<Command, Refusal> {
        self.at = self.at + roll.wait;
        let command = self.command(roll);
        self.send(&command).map(|()| command)
    }

    pub(super) fn send(&mut self, command: &Command) -> Result<(), Refusal> {
        // To the process that owns the store a command goes as text.
        let line = serde_json::to_string(command).unwrap();
        let command: Command = serde_json::from_str(&line).unwrap();
        let decided = decide(&self.state, &command, &mut self.context())?;
        self.commit(decided.title, decided.changes, ActKind::Do);
        Ok(())
    }

    /// Presses `u` or `U`; what it did, or nothing.
    pub(super) fn press(&mut self, redo: bool) -> Option<Result<Act, Refusal>> {
        let acts = || self.acts.iter().skip(self.setup).rev();
        let run = self.context().by.run;
        let reach = Reach::App { run, before: None };
        let act = if redo {
            newest_undone(acts(), reach)
        } else {
            newest_step(acts(), reach)
        }?;
        let act = act.clone();
        let kind = match act.kind {
            ActKind::Undo(id) => ActKind::Redo(id),
            ActKind::Do | ActKind::Redo(_) => ActKind::Undo(act.origin()),
        };
        Some(self.take_back(&act, kind))
    }

    /// Takes an act back, or brings it back when it is an undo itself.
    pub(super) fn take_back(&mut self, act: &Act, kind: ActKind) -> Result<Act, Refusal> {
        let decided = inverse(&self.state, act, &self.context())?;
        Ok(self.commit(decided.title, decided.changes, kind))
    }

    fn commit(
        &mut self,
        title: String,
        changes: Vec<crate::domain::change::Change>,
        kind: ActKind,
    ) -> Act {
        self.seq += 1;
        let mut act = Act {
            id: ActId(Uuid::from_u128(u128::from(self.seq))),
            seq: self.seq,
            revs: BTreeMap::new(),
            at: self.at,
            by: self.context().by,
            title,
            kind,
            changes,
        };
        for space in act.spaces().collect::<Vec<_>>() {
            let rev = self.revs.entry(space).or_default();
            *rev += 1;
            act.revs.insert(space, *rev);
        }
        self.state.apply(&act).unwrap();
        self.acts.push(act.clone());
        act
    }

    fn member(&self, circle: CircleId, n: usize) -> MemberId {
        let everyone: Vec<MemberId> = self.state.everyone(circle).map(|m| m.id).collect();
        everyone
            .get(n % everyone.len().max(1))
            .copied()
            .unwrap_or(MemberId(Uuid::nil()))
    }

    fn session(&self, circle: CircleId, n: usize) -> SessionId {
        let all: Vec<SessionId> = self.state.sessions(circle).map(|s| s.id).collect();
        all.get(n % all.len().max(1))
            .copied()
            .unwrap_or(SessionId(Uuid::nil()))
    }

    fn block(&self, circle: CircleId, session: SessionId, n: usize) -> BlockId {
        self.state
            .session(circle, session)
            .and_then(|s| s.blocks.get(n % s.blocks.len().max(1)))
            .map_or(BlockId(Uuid::nil()), |block| block.id)
    }

    fn key(&self, circle: CircleId, kind: Kind, n: usize) -> Key {
        let keys: Vec<Key> = self
            .state
            .scan(Space::Circle(circle), kind)
            .map(|(key, _)| *key)
            .collect();
        keys.get(n % keys.len().max(1))
            .copied()
            .unwrap_or_else(|| Key::circle(circle, kind, Uuid::nil()))
    }

    fn command(&self, roll: &Roll) -> Command {
        match roll.what {
            0..16 => self.running(roll),
            16..26 => self.items(roll),
            26..40 => self.planning(roll),
            53..63 => self.books(roll),
            63.. => self.merging(roll),
            _ => self.facilitation(roll),
        }
    }

    fn merging(&self, &Roll { a, b, .. }: &Roll) -> Command {
        let circle = self.circles[a % 2];
        if b % 3 == 1 {
            return Command::LookAgain {
                key: self.key(circle, Kind::Decision, a),
                verdict: match b % 4 {
                    0 => Verdict::Keep,
                    1 => Verdict::Reverse,
                    _ => Verdict::Change(line("Meet on Mondays")),
                },
            };
        }
        Command::MergeMembers {
            circle,
            from: self.member(circle, a / 2),
            into: self.member(circle, b),
        }
    }

    fn running(&self, &Roll { what, a, b, .. }: &Roll) -> Command {
        let circle = self.circles[a % 2];
        let step = if b % 3 == 0 {
            Step::Previous
        } else {
            Step::Next
        };
        match what {
            0 | 1 => Command::StartSession {
                circle,
                session: self.session(circle, b),
                facilitator: (b % 2 == 0).then(|| self.member(circle, b)),
            },
            2..=4 => Command::Pause { paused: b % 2 == 0 },
            5..=7 => Command::Move(step),
            8 => {
                let (circle, session) = self
                    .state
                    .running()
                    .map_or((circle, self.session(circle, b)), |(c, s, _)| (c, s.id));
                let block = self.block(circle, session, b);
                if a % 3 == 0 {
                    Command::ParkBlock(block)
                } else {
                    Command::GoToBlock(block)
                }
            }
            9 | 10 => Command::Extend {
                minutes: i16::try_from(b).unwrap() - 20,
            },
            11 => Command::MovePrompt(step),
            12 => Command::AddPrompt(prompt(b)),
            13 => Command::MarkAsked { asked: b % 4 > 0 },
            14 => Command::LeaveOut {
                span: Span::from_secs(i64::try_from(b).unwrap() * 3),
                pause: a % 2 == 0,
            },
            _ => Command::EndSession {
                next: (b % 2 == 0).then(|| plan(self.at + Span::from_minutes(20_000), b)),
                figures: facilitation::figures(a),
                leave_rest: false,
            },
        }
    }

    fn drafts(&self, circle: CircleId, n: usize) -> Vec<Draft> {
        let owner = match n % 3 {
            0 => Owner::Nobody,
            1 => Owner::All,
            _ => Owner::Member(self.member(circle, n)),
        };
        let long = Clean::text(&"word ".repeat(if n % 16 == 7 { 8_000 } else { 3 }));
        let tags = vec![line("x")];
        let action = Draft::Action {
            text: line("Send deck"),
            owner,
            due: if n.is_multiple_of(2) {
                Due::NextSession
            } else {
                Due::On(self.at.date(chrono_tz::UTC))
            },
            priority: 9,
            estimate: None,
            tags: tags.clone(),
        };
        let others = [
            Draft::Decision {
                text: line("So be it"),
                tags: tags.clone(),
            },
            Draft::Note {
                text: long,
                audience: Audience::Me,
                tags: tags.clone(),
            },
            Draft::Parked {
                text: line("Pay"),
                raised_by: Some(self.member(circle, n)),
                tags,
            },
            Draft::Question(DraftQuestion::new(line("Why?"))),
        ];
        let others = others.into_iter().skip(n % 5).take(2);
        std::iter::once(action).chain(others).collect()
    }

    fn items(&self, &Roll { what, a, b, .. }: &Roll) -> Command {
        let circle = self.circles[a % 2];
        let kind = [
            Kind::Action,
            Kind::Decision,
            Kind::Note,
            Kind::Parked,
            Kind::Question,
        ][b % 5];
        let action = self.key(circle, Kind::Action, a);
        match what {
            16..=18 => Command::Write {
                circle,
                drafts: self.drafts(circle, b),
                speaking: Some(self.member(circle, b)),
            },
            19 | 20 => Command::EditItem {
                key: self.key(circle, kind, a),
                edit: ItemEdit {
                    text: (b % 2 == 0).then(|| line("Other words")),
                    owner: (b % 3 == 0).then(|| Owner::Member(self.member(circle, a))),
                    due: Some(Due::On(
                        self.at.date(chrono_tz::UTC) + chrono::TimeDelta::days(9),
                    )),
                    priority: Some(u8::try_from(b).unwrap()),
                    ..ItemEdit::default()
                },
            },
            21 if b % 4 == 0 => Command::Settle {
                actions: vec![action],
                how: Settle::Smaller(line("Only the first half")),
            },
            22 if b % 5 == 0 => Command::Reflect {
                circle,
                member: self.member(circle, a),
                question: QuestionId(Uuid::from_u128(900 + b as u128)),
                text: line("I listened more"),
            },
            21 | 22 => Command::Settle {
                actions: vec![action, self.key(circle, Kind::Action, b)],
                how: match b % 5 {
                    0 => Settle::Done,
                    1 => Settle::Partly(line("the second half")),
                    2 => Settle::LetGo(None),
                    3 => Settle::Help,
                    _ => Settle::Reopen,
                },
            },
            23 => Command::SettleParked {
                key: self.key(circle, Kind::Parked, a),
                settled: b % 3 > 0,
            },
            24 if b % 2 == 0 => Command::MoveAction {
                keys: vec![action],
                to: self.circles[b / 2 % 2],
            },
            24 => Command::Trash {
                keys: vec![self.key(circle, kind, a), self.key(circle, kind, a)],
                trashed: b % 3 > 0,
            },
            25 if a % 3 == 1 => Command::TakeActions {
                rows: self.intake(circle, a, b),
                source: line("todo.txt"),
            },
            _ => Command::AddQuestions {
                questions: vec![DraftQuestion::new(line("What now?")); 1 + b % 3],
                source: Clean::default(),
            },
        }
    }

    #[expect(clippy::too_many_lines, reason = "a table: one row for each command")]
    fn planning(&self, &Roll { what, a, b, .. }: &Roll) -> Command {
        let circle = self.circles[a % 2];
        let session = self.session(circle, b);
        match what {
            26 => Command::PlanSession {
                circle,
                plan: plan(self.at + Span::from_minutes(10_000), b),
            },
            27 if a % 3 == 0 => Command::SetLead {
                circle,
                session,
                block: self.block(circle, session, a),
                lead: Some(self.member(circle, b)),
                owed: a % 2 == 0,
            },
            27 => Command::SetSeat {
                circle,
                session,
                seat: Seat::ALL[a % 5],
                member: (b % 4 > 0).then(|| self.member(circle, b)),
                owed: a % 2 == 0,
            },
            28 => Command::EditSession {
                circle,
                session,
                start: Some(self.at + Span::from_minutes(60)),
                minutes: (b % 2 == 0).then_some(45),
                blocks: (b % 3 == 0).then(|| plan(self.at, b).blocks),
            },
            29 if b % 4 == 0 => Command::SkipSession { circle, session },
            29 if b % 4 == 1 => Command::Replan {
                circle,
                session,
                plan: plan(self.at, b),
            },
            29 if b % 4 == 2 => Command::PlanSeries {
                circle,
                sessions: (0..a % 4)
                    .map(|n| Placed {
                        session: (n == 0 && b % 2 == 0).then_some(session),
                        plan: plan(self.at + Span::from_minutes(20_000), n),
                    })
                    .collect(),
                rhythm: None,
            },
            29 => Command::CancelSession { circle, session },
            30 | 31 => Command::SetPrompts {
                circle,
                session,
                block: self.block(circle, session, a),
                prompts: (0..b % 4).map(prompt).collect(),
            },
            32 | 33 => Command::Attend {
                circle,
                session,
                member: self.member(circle, a),
                here: b % 3 == 0,
            },
            34 if a % 2 == 0 => Command::Invite {
                circle,
                session,
                guests: (b % 3 == 0)
                    .then(|| self.member(circle, b))
                    .into_iter()
                    .collect(),
                new: vec![NewMember {
                    name: line("Noor"),
                    mail: None,
                    role: Role::Member,
                }],
                coming: b % 4 > 0,
            },
            34 => Command::AddMembers {
                circle,
                people: vec![NewMember {
                    name: line("Eve"),
                    mail: None,
                    role: Role::Guest,
                }],
            },
            35 | 36 => Command::EditMember {
                circle,
                member: self.member(circle, a),
                edit: MemberEdit {
                    name: (b % 4 == 0).then(|| line("Anna")),
                    label: (b % 4 == 1).then(|| Label(u16::try_from(b % 9 + 1).unwrap())),
                    left: (b % 4 > 1).then_some(b % 2 == 0),
                    ..MemberEdit::default()
                },
            },
            37 => Command::EditCircle {
                circle,
                name: Some(line("Ladder Further Up")),
                rhythm: None,
                template: None,
            },
            38 => Command::ArchiveCircle {
                circle,
                archived: b % 2 == 0,
            },
            _ => self.asking(circle, (a, b)),
        }
    }

    fn asking(&self, circle: CircleId, (a, b): (usize, usize)) -> Command {
        let question = QuestionId(self.key_of_bank(b));
        match a % 3 {
            0 => Command::StarQuestion {
                question,
                starred: b % 2 == 0,
            },
            1 => Command::RateQuestion {
                circle,
                question,
                points: u8::try_from(b % 7).unwrap(),
            },
            _ => Command::NeverAsk {
                circle,
                questions: vec![question],
                never: b % 2 == 0,
            },
        }
    }

    /// A new action that another program knows, and one that is here and done there.
    fn intake(&self, circle: CircleId, a: usize, b: usize) -> Vec<Row> {
        let known = ActionId(self.key(circle, Kind::Action, a).id);
        let owner = match self.state.action(circle, known) {
            Some(held) => held.owner,
            None => Owner::Nobody,
        };
        vec![
            Row {
                foreign: Some(line("17")),
                owner: Owner::Member(self.member(circle, b)),
                closed: Some(self.at),
                ..Row::new(circle, line("Water the plants"))
            },
            Row {
                known: Some(known),
                owner,
                state: [ActionState::Done, ActionState::Open, ActionState::Partly][b % 3],
                progress: Some(line("half of it")),
                due: Due::On(self.at.date(chrono_tz::UTC)),
                changed: b.is_multiple_of(2).then_some(self.at),
                ..Row::new(circle, line("Send deck"))
            },
        ]
    }

    fn key_of_bank(&self, n: usize) -> Uuid {
        let ids: Vec<Uuid> = self
            .state
            .scan(Space::Org, Kind::Question)
            .map(|(key, _)| key.id)
            .collect();
        ids.get(n % ids.len().max(1))
            .copied()
            .unwrap_or(Uuid::nil())
    }
}
