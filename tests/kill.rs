//! Ends the real program without a warning, at any moment of a session that somebody is running, and
//! looks whether everything that was acknowledged is there.
//!
//! Twelve times in an ordinary run; `CIRCLET_KILLS=200 cargo test --test kill` as often as it says.

use std::collections::BTreeSet;
use std::env;
use std::time::Duration;

use circlet_support::{Missed, Place, Seed, Size, Terminal, now};
use serde_json::Value;

/// What a busy machine may need.
const SOON: Duration = Duration::from_secs(20);
const USUAL_ROUNDS: u64 = 12;

#[test]
fn a_session_that_was_killed_at_any_moment_goes_on_with_all_that_was_acknowledged() {
    let rounds = env::var("CIRCLET_KILLS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(USUAL_ROUNDS);
    let mut story = Story::begin();
    for round in 0..rounds {
        story.round(round);
    }
    println!(
        "{rounds} kills: {} acts acknowledged, {} in doubt of which {} were kept, 0 lost; \
         open to question at most {:?}",
        story.acknowledged.len(),
        story.doubtful,
        story.kept,
        story.slowest
    );
}

/// What has been acknowledged so far, and where the session stands.
struct Story {
    place: Place,
    seed: Seed,
    acknowledged: BTreeSet<String>,
    /// Sent when the program ended; may be there or not, but not twice.
    pending: Option<String>,
    doubtful: usize,
    kept: usize,
    /// Where the session stood when it was last certain.
    stand: Option<Stand>,
    /// What was asked for since.
    doubt: Option<Doubt>,
    slowest: Duration,
}

/// A key that was typed and of which nobody knows whether it was still heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doubt {
    /// This person has the floor.
    Speaker(&'static str),
    /// One step on, or back.
    Step,
}

/// Where a session stands, as its screen tells.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stand {
    /// `block 2 of 7   Action review`.
    block: String,
    /// `Jun`.
    speaker: Option<String>,
    /// `15:15`, when the block ends or ended.
    ends: Option<String>,
}

impl Stand {
    fn of(screen: &str) -> Self {
        let block = screen
            .lines()
            .find_map(|line| line.split_once("Ladder Up #1").map(|(_, rest)| rest))
            .and_then(|rest| rest.split("  session ").next())
            .unwrap_or_default();
        Self {
            block: block.trim().to_owned(),
            speaker: word_before(screen, " has the floor"),
            // Over its time the clock says since when; the agenda always says when the session ends.
            ends: word_after(screen, "since ").or_else(|| word_after(screen, "ends ")),
        }
    }

    /// Whether this is where the session stood, or where it stands when the key was heard.
    fn follows(&self, before: &Self, doubt: Option<Doubt>) -> bool {
        match doubt {
            _ if self == before => true,
            None => false,
            Some(Doubt::Speaker(name)) => {
                let heard = Self {
                    speaker: Some(name.to_owned()),
                    ..before.clone()
                };
                *self == heard
            }
            // A step in which everyone has a turn begins with nobody on the floor.
            Some(Doubt::Step) => {
                self.block != before.block
                    && (self.speaker.is_none() || self.speaker == before.speaker)
            }
        }
    }
}

fn word_before(text: &str, mark: &str) -> Option<String> {
    let (before, _) = text.split_once(mark)?;
    Some(before.split_whitespace().next_back()?.to_owned())
}

fn word_after(text: &str, mark: &str) -> Option<String> {
    let (_, after) = text.split_once(mark)?;
    Some(after.split_whitespace().next()?.to_owned())
}

/// The row in which the program answers.
fn message(screen: &str) -> String {
    screen.lines().nth(34).unwrap_or_default().trim().to_owned()
}

impl Story {
    fn begin() -> Self {
        let place = Place::new(env!("CARGO_BIN_EXE_circlet"));
        place.ladder_up();
        place.ok(&["session", "start"]);
        Self {
            place,
            seed: Seed::new(20_260_312),
            acknowledged: BTreeSet::new(),
            pending: None,
            doubtful: 0,
            kept: 0,
            stand: None,
            doubt: None,
            slowest: Duration::ZERO,
        }
    }

    fn round(&mut self, round: u64) {
        let second = 20 + 10 * round;
        let (minute, second) = (second / 60, second % 60);
        self.place
            .set_now(&format!("2026-03-12T15:{minute:02}:{second:02}Z"));
        let mut terminal = self.place.open(&[], Size(120, 36));
        let moment = Duration::from_millis(self.seed.between(5, 3000));
        // In one of four rounds it ends while it opens, or while it asks whether to go on.
        let early = round % 4 == 3;
        if early {
            terminal.kill_after(moment / 4);
        }
        let lives = self.resume(&mut terminal);
        if lives.is_ok() && !early {
            terminal.kill_after(moment);
            self.work(&mut terminal, round);
        } else if let Err(missed) = lives {
            assert!(early, "round {round}: {missed}");
        }
        terminal.wait_for_end(SOON);
        self.compare(round);
    }

    /// Answers the question and looks whether the session stands where it stood.
    fn resume(&mut self, terminal: &mut Terminal) -> Result<(), Missed> {
        let begun = now();
        let asks = "was running when circlet stopped";
        terminal.until(asks, SOON, |screen| screen.contents().contains(asks))?;
        self.slowest = self.slowest.max(begun.elapsed());
        terminal.type_keys("<enter>");
        terminal.until("an answered question", SOON, |screen| {
            !screen.contents().contains(asks)
        })?;
        terminal.type_keys("gl");
        terminal.until("Live", SOON, |screen| {
            screen.contents().contains("Written down")
        })?;
        let stand = Stand::of(&terminal.text());
        if let Some(before) = &self.stand {
            assert!(
                stand.follows(before, self.doubt),
                "it stood at {before:?} with {:?} asked for; now:\n{}",
                self.doubt,
                terminal.text()
            );
        }
        (self.stand, self.doubt) = (Some(stand), None);
        Ok(())
    }

    /// Runs the session until it ends.
    fn work(&mut self, terminal: &mut Terminal, round: u64) {
        for step in 0.. {
            let name = format!("thing {round}-{step}");
            let done = match self.seed.between(0, 10) {
                0..=4 => self.add(terminal, &name),
                5 | 6 => self.write(terminal, &name),
                7 => self.go(terminal, ">"),
                8 => self.go(terminal, "<lt>"),
                _ => self.speak(terminal),
            };
            if let Err(missed) = done {
                assert!(
                    terminal.ended().is_some() || terminal.is_closed(),
                    "round {round}: {missed}"
                );
                return;
            }
        }
    }

    /// Another process writes something down.
    fn add(&mut self, terminal: &Terminal, name: &str) -> Result<(), Missed> {
        self.pending = Some(name.to_owned());
        let ran = self
            .place
            .run(&["add", "--json", &format!("a {name} @maria")]);
        if ran.code != Some(0) {
            let missed = Missed {
                what: format!("a receipt instead of {ran:?}"),
                screen: terminal.text(),
            };
            assert!(terminal.is_closed(), "{missed}");
            return Err(missed);
        }
        let receipt: Value = serde_json::from_str(&ran.out).expect("a receipt is JSON");
        assert_eq!(receipt["saved"][0]["text"], *name);
        self.acknowledge();
        Ok(())
    }

    /// The person at the terminal writes something down.
    fn write(&mut self, terminal: &mut Terminal, name: &str) -> Result<(), Missed> {
        self.pending = Some(name.to_owned());
        terminal.type_keys("a");
        terminal.until("the line", SOON, |screen| {
            screen.contents().contains("Write down")
        })?;
        // What was half written when the program ended last stands there again.
        terminal.type_keys(&format!("<end><c-u>{name}<enter>"));
        let told = format!("\"{name}\"");
        terminal.until(&told, SOON, |screen| {
            let message = message(&screen.contents());
            message.starts_with("ok") && message.contains(&told)
        })?;
        self.acknowledge();
        Ok(())
    }

    /// On to the next step, or back.
    fn go(&mut self, terminal: &mut Terminal, key: &str) -> Result<(), Missed> {
        let before = Stand::of(&terminal.text()).block;
        // There is nothing before the first block, and behind the last the session is wrapped up.
        let key = match before.as_str() {
            first if first.starts_with("block 1 ") => ">",
            last if last.starts_with("block 7 ") => "<lt>",
            _ => key,
        };
        self.doubt = Some(Doubt::Step);
        terminal.type_keys(key);
        terminal.until("another step", SOON, |screen| {
            Stand::of(&screen.contents()).block != before
        })?;
        self.settle(terminal)
    }

    /// Somebody has the floor.
    fn speak(&mut self, terminal: &mut Terminal) -> Result<(), Missed> {
        let who = self.seed.between(1, 5);
        let name =
            ["Maria", "Jun", "Tom", "Priya"][usize::try_from(who - 1).expect("four is small")];
        self.doubt = Some(Doubt::Speaker(name));
        terminal.type_keys(&who.to_string());
        terminal.until(name, SOON, |screen| {
            Stand::of(&screen.contents()).speaker.as_deref() == Some(name)
        })?;
        self.settle(terminal)
    }

    /// An act that is acknowledged behind a step makes the step certain: they are saved in order.
    fn settle(&mut self, terminal: &Terminal) -> Result<(), Missed> {
        let name = format!("settled {}", self.acknowledged.len() + self.doubtful);
        self.add(terminal, &name)?;
        (self.stand, self.doubt) = (Some(Stand::of(&terminal.text())), None);
        Ok(())
    }

    fn acknowledge(&mut self) {
        self.acknowledged.extend(self.pending.take());
    }

    /// Whether the store has what was acknowledged, once each.
    fn compare(&mut self, round: u64) {
        let listed = self.place.ok(&["action", "list", "--all", "--json"]);
        let listed: Value = serde_json::from_str(&listed).expect("a list is JSON");
        let texts: Vec<&str> = listed["items"]
            .as_array()
            .expect("a list has items")
            .iter()
            .filter_map(|item| item["text"].as_str())
            .collect();
        let unique: BTreeSet<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        assert_eq!(
            unique.len(),
            texts.len(),
            "round {round}: something was saved twice: {texts:?}"
        );
        let lost: Vec<_> = self.acknowledged.difference(&unique).collect();
        assert!(
            lost.is_empty(),
            "round {round}: acknowledged and lost: {lost:?}"
        );
        if let Some(pending) = self.pending.take() {
            self.doubtful += 1;
            if unique.contains(&pending) {
                self.kept += 1;
                self.acknowledged.insert(pending);
            }
        }
        assert_eq!(
            unique, self.acknowledged,
            "round {round}: something came from nowhere"
        );
        self.place.ok(&["doctor"]);
    }
}
