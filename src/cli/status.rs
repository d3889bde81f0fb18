//! `circlet status`: one line for a shell prompt, and what to be reminded of. Reads counts, not the working set.

use chrono::NaiveDate;
use clap::Args;
use serde_json::{Value, json};

use crate::cli::args::Global;
use crate::cli::error::{CliError, Exit, Outcome, sentence};
use crate::cli::out::Out;
use crate::cli::place::{self, Place};
use crate::cli::{desk, name, rows};
use crate::domain::change::{Author, Via};
use crate::domain::circle::Circle;
use crate::domain::clock::{Moment, Zone};
use crate::domain::document::Document;
use crate::domain::id::{Key, Kind};
use crate::domain::item::{Action, Due};
use crate::domain::state::State;
use crate::domain::text::{Clean, slug};
use crate::domain::when;
use crate::engine::query::{Answer, CircleStatus, MOST_ROWS, Mine, Query, StatusAsk};
use crate::engine::{Mode, Options, clock, glance};

/// How to answer.
#[derive(Clone, Copy, Debug, Args)]
pub struct Status {
    /// Exit with 10 when something of mine is due today or late
    #[arg(long)]
    check: bool,
    /// Also what of mine is due today or late, one a line
    #[arg(long)]
    due: bool,
}

/// What was found, and when.
struct Seen {
    circles: Vec<CircleStatus>,
    now: Moment,
    zone: Zone,
    /// Whether it is known who asks.
    known: bool,
}

pub(super) fn run(global: &Global, status: Status, out: &mut Out<'_>) -> Outcome {
    let place = Place::find(global)?;
    for problem in &place.problems {
        out.note(Clean::line(problem).as_str());
    }
    let me = place.me().map(str::to_owned);
    if (status.check || status.due) && me.is_none() {
        return Err(name::no_me());
    }
    let mut seen = look(global, &place, (me.clone(), status.due))?;
    let nobody = seen.nobody();
    seen.narrow(global.circle.as_deref())?;
    let mine = seen.mine();
    if let Some(me) = me.as_deref().filter(|_| nobody) {
        if status.check || status.due {
            return Err(name::not_here(me));
        }
        out.note(&name::not_here(me).words);
        seen.known = false;
    }
    if global.json {
        out.json(&seen.json(me.as_deref(), &mine, status.due));
    } else {
        out.line(&seen.line(&mine));
        if me.is_none() && !seen.circles.is_empty() {
            out.note("Your actions are counted once you say who you are: circlet member me NAME");
        }
        let lines: Vec<Vec<String>> = seen
            .due()
            .map(|(circle, row)| seen.cells(circle, &row))
            .collect();
        out.table(&lines);
    }
    place.tell_absent(global, out);
    Ok(if status.check && mine.late + mine.today > 0 {
        Exit::Due
    } else {
        Exit::Done
    })
}

/// Asks the store, or whoever owns it.
fn look(
    global: &Global,
    place: &Place,
    (me, rows): (Option<String>, bool),
) -> Result<Seen, CliError> {
    let (clock, zone) = (place::clock(global), place.zone());
    let options = Options {
        store: place.paths.store.clone(),
        mode: if global.read_only {
            Mode::ReadOnly
        } else {
            Mode::Normal
        },
        by: Author {
            via: Via::Cli,
            run: clock::run_id(clock.now()),
        },
        clock,
        zone,
        runtime: Some(place.paths.runtime.clone()),
    };
    let known = me.is_some();
    let ask = |now: Moment| {
        Query::Status(StatusAsk {
            me: me.clone(),
            today: now.date(zone),
            rows: if rows { MOST_ROWS } else { 0 },
        })
    };
    let (now, answer) =
        glance::ask(&options, ask).map_err(|words| CliError::store(sentence(&words)))?;
    let Answer::Status(circles) = answer else {
        return Err(desk::unexpected());
    };
    Ok(Seen {
        circles,
        now,
        zone,
        known,
    })
}

impl Seen {
    /// Leaves the circle that was named, else those that meet.
    fn narrow(&mut self, named: Option<&str>) -> Result<(), CliError> {
        if named.is_some() {
            let mut state = State::default();
            for circle in &self.circles {
                let document = Circle {
                    archived: circle.archived,
                    ..Circle::new(circle.id, circle.name.clone(), circle.created)
                };
                let key = Key::circle(circle.id, Kind::Circle, circle.id.0);
                state.load(key, document.into());
            }
            let only = name::circle(&state, named)?.id;
            self.circles.retain(|circle| circle.id == only);
        }
        self.circles.retain(|circle| circle.archived.is_none());
        Ok(())
    }

    /// Whether whoever asks is in none of the circles; of one at rest that is not known.
    fn nobody(&self) -> bool {
        let without = |circle: &CircleStatus| circle.mine.is_none() && circle.archived.is_none();
        !self.circles.is_empty() && self.circles.iter().all(without)
    }

    fn today(&self) -> NaiveDate {
        self.now.date(self.zone)
    }

    /// Everything that is mine, in all circles.
    fn mine(&self) -> Mine {
        let mut all = Mine::default();
        for circle in &self.circles {
            let Some(mine) = &circle.mine else { continue };
            all.open += mine.open;
            all.late += mine.late;
            all.today += mine.today;
            all.soon = soonest(all.soon, mine.soon);
            let day = circle.next.map(|at| at.date(self.zone));
            match day.filter(|_| mine.at_next > 0) {
                Some(day) if day == self.today() => all.today += mine.at_next,
                Some(day) if day > self.today() => {
                    all.soon = soonest(all.soon, Some((day, mine.at_next)));
                }
                // A session that was not held when it was planned makes nothing late: its date is still open.
                Some(_) | None => {}
            }
        }
        all
    }

    /// The circle that meets next, or meets now.
    fn next(&self) -> Option<(&CircleStatus, Moment)> {
        let next = self.circles.iter();
        let next = next.filter_map(|circle| Some((circle, circle.next?)));
        next.min_by_key(|(_, start)| *start)
    }

    fn running(&self) -> Option<(&CircleStatus, u32)> {
        let mut circles = self.circles.iter();
        circles.find_map(|circle| Some((circle, circle.running?)))
    }

    /// What is late or due today, earliest first.
    fn due(&self) -> impl Iterator<Item = (&CircleStatus, Action)> {
        let mut due: Vec<(&CircleStatus, Action)> = Vec::new();
        for circle in &self.circles {
            for row in circle.mine.iter().flat_map(|mine| &mine.rows) {
                if let Ok(Document::Action(action)) = Document::from_body(&row.key, &row.body) {
                    due.push((circle, action));
                }
            }
        }
        due.sort_by_key(|(_, action)| day(action));
        due.into_iter()
    }

    fn cells(&self, circle: &CircleStatus, action: &Action) -> Vec<String> {
        let today = self.today();
        let when = day(action).map_or_else(String::new, |day| match (today - day).num_days() {
            0 => "today".to_owned(),
            late => format!("due {} ({late}d ago)", when::short(day, today)),
        });
        vec![
            rows::short(Kind::Action, action.number),
            when,
            if self.circles.len() > 1 {
                circle.name.to_string()
            } else {
                String::new()
            },
            action.text.to_string(),
        ]
    }

    /// `2 actions, 1 due Thursday; circle in 6 days`.
    fn line(&self, mine: &Mine) -> String {
        let mut parts = Vec::new();
        if self.known {
            parts.push(in_words(mine, self.today()));
        }
        // Whoever has one circle knows which it is.
        let name = |circle: &CircleStatus| match self.circles.len() {
            1 => "circle".to_owned(),
            _ => circle.name.to_string(),
        };
        if let Some((circle, number)) = self.running() {
            parts.push(format!("{} #{number} running", circle.name));
        } else if let Some((circle, start)) = self.next() {
            let days = (start.date(self.zone) - self.today()).num_days();
            let local = start.local(self.zone).format("%H:%M");
            let name = name(circle);
            parts.push(match days {
                0 => format!("{name} today {local}"),
                1 => format!("{name} tomorrow {local}"),
                days if days < 0 => format!("{name} was planned {}d ago", -days),
                days => format!("{name} in {days} days"),
            });
        }
        if parts.is_empty() {
            return "no session planned".to_owned();
        }
        parts.join("; ")
    }

    fn json(&self, me: Option<&str>, mine: &Mine, rows: bool) -> Value {
        let count = |count: usize| self.known.then_some(count);
        let next = self.next();
        let soon = mine.soon.filter(|_| self.known);
        let mut fields = json!({
            "schema": "circlet.status/1",
            "me": me,
            "open": count(mine.open),
            "due_today": count(mine.today),
            "overdue": count(mine.late),
            "next_due": soon.map(|(day, _)| day),
            "next_due_count": soon.map(|(_, count)| count),
            "running": self.running().map(|(_, number)| number),
            "next_circle": next.map(|(circle, _)| circle.name.as_str()),
            "next_session": next.map(|(_, start)| start),
        });
        if let (true, Value::Object(fields)) = (rows, &mut fields) {
            let due = self.due().map(|(circle, action)| {
                json!({
                    "id": rows::short(Kind::Action, action.number),
                    "text": action.text.as_str(),
                    "due": day(&action),
                    "circle": slug(&circle.name),
                    "uid": action.id.to_string(),
                })
            });
            fields.insert("due".to_owned(), due.collect());
        }
        fields
    }
}

const fn day(action: &Action) -> Option<NaiveDate> {
    match action.due {
        Due::On(day) => Some(day),
        Due::NextSession | Due::None => None,
    }
}

fn soonest(
    one: Option<(NaiveDate, usize)>,
    other: Option<(NaiveDate, usize)>,
) -> Option<(NaiveDate, usize)> {
    match (one, other) {
        (Some((day, count)), Some((same, more))) if day == same => Some((day, count + more)),
        (Some(one), Some(other)) => Some(if one.0 < other.0 { one } else { other }),
        (one, other) => one.or(other),
    }
}

fn in_words(mine: &Mine, today: NaiveDate) -> String {
    let mut words = match mine.open {
        0 => return "no actions".to_owned(),
        1 => "1 action".to_owned(),
        many => format!("{many} actions"),
    };
    if mine.late > 0 {
        words = format!("{words}, {} late", mine.late);
    }
    if mine.today > 0 {
        words = format!("{words}, {} due today", mine.today);
    }
    if let (0, 0, Some((day, count))) = (mine.late, mine.today, mine.soon) {
        let when = match (day - today).num_days() {
            1 => "tomorrow".to_owned(),
            2..7 => day.format("%A").to_string(),
            _ => when::short(day, today),
        };
        words = format!("{words}, {count} due {when}");
    }
    words
}
