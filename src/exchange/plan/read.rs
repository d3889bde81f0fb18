//! Reading a plan: line by line, every fault with its line, and nothing guessed.

use chrono::{NaiveDateTime, NaiveTime};
use serde::de::DeserializeOwned;

use crate::domain::agenda::{BlockKind, Step};
use crate::domain::format::{Captures, Mode, Needs};
use crate::domain::pairing::Size;
use crate::domain::rhythm::{read_minutes, read_time};
use crate::domain::session::FromTemplate;
use crate::domain::template::{MOST_BLOCKS, MOST_MINUTES, MOST_STEPS};
use crate::domain::text::{Clean, Limit};
use crate::exchange::lines::Fault;
use crate::exchange::plan::{Named, PlanBlock, PlanFile, PlanPrompt};

/// Everything that is wrong with a plan, in the order of its lines.
pub type Faults = Vec<Fault>;

/// What the lines so far have made.
struct Reader {
    plan: PlanFile,
    titled: bool,
    /// Whether the line before belongs to a step.
    in_step: bool,
    faults: Faults,
}

/// What can stand between brackets behind the name of a block or a step.
struct Facts<'a> {
    title: Clean,
    words: Vec<&'a str>,
}

/// Reads a plan. Comments (`<!-- ... -->` on one line) and blank lines are passed over.
///
/// # Errors
/// Every fault with its line; nothing is taken of a plan that has one.
pub fn read(text: &str) -> Result<PlanFile, Faults> {
    let mut reader = Reader {
        plan: PlanFile {
            title: Clean::default(),
            start: None,
            minutes: None,
            template: None,
            leads: None,
            blocks: Vec::new(),
        },
        titled: false,
        in_step: false,
        faults: Vec::new(),
    };
    for (line, number) in text.lines().zip(1..) {
        if let Err(what) = reader.line(line.trim_end(), number) {
            reader.faults.push(Fault::new(number, what));
        }
    }
    reader.check_whole(text.lines().count().max(1));
    if reader.faults.is_empty() {
        Ok(reader.plan)
    } else {
        reader.faults.sort_by_key(|fault| fault.line);
        Err(reader.faults)
    }
}

type Read<T = ()> = Result<T, String>;

impl Reader {
    fn line(&mut self, line: &str, number: usize) -> Read {
        let bare = line.trim_start();
        // Whatever stands indented below a step is said in it, however it begins.
        let in_step = std::mem::take(&mut self.in_step);
        if in_step && !bare.is_empty() && bare.len() < line.len() {
            self.in_step = true;
            return self.says(bare);
        }
        if bare.is_empty() || (bare.starts_with("<!--") && bare.ends_with("-->")) {
            return Ok(());
        }
        if let Some(heading) = bare.strip_prefix("## ") {
            return self.block(heading, number);
        }
        if let Some(title) = bare.strip_prefix("# ") {
            if std::mem::replace(&mut self.titled, true) {
                return Err("a plan has one title; blocks begin with ##".to_owned());
            }
            self.plan.title = Clean::name(title).map_err(|error| error.to_string())?;
            return Ok(());
        }
        if let Some(quote) = bare.strip_prefix('>') {
            return self.prompt(quote.trim_start(), number);
        }
        if let Some(fact) = bare.strip_prefix("- ") {
            return self.fact(fact, number);
        }
        if let Some(step) = numbered(bare) {
            return self.step(step);
        }
        Err(format!(
            "\"{}\" is not understood; a question begins with >, a step with 1.",
            glimpse(bare)
        ))
    }

    fn last(&mut self) -> Read<&mut PlanBlock> {
        self.plan
            .blocks
            .last_mut()
            .ok_or_else(|| "this belongs to a block; begin one with ##".to_owned())
    }

    /// `when: 2026-03-26 15:00`, and in a block `lead: Jun Tanaka`.
    fn fact(&mut self, fact: &str, line: usize) -> Read {
        let (name, value) = fact
            .split_once(':')
            .map(|(name, value)| (name.trim(), value.trim()))
            .ok_or_else(|| format!("\"- {}\" needs a name and a colon", glimpse(fact)))?;
        if let Some(block) = self.plan.blocks.last_mut() {
            match name {
                "lead" => block.lead = Some(person(value, line)?),
                "needs" => block.needs = Some(needs(value)?),
                _ => {
                    return Err(format!(
                        "a block has no \"{}\"; it has lead and needs",
                        glimpse(name)
                    ));
                }
            }
            return Ok(());
        }
        match name {
            "when" => self.plan.start = Some(start(value)?),
            "length" => self.plan.minutes = Some(minutes(value)?),
            "template" => self.plan.template = Some(template(value)?),
            "leads" => self.plan.leads = Some(person(value, line)?),
            _ => {
                return Err(format!(
                    "a plan has no \"{}\"; it has when, length, template and leads",
                    glimpse(name)
                ));
            }
        }
        Ok(())
    }

    fn block(&mut self, heading: &str, line: usize) -> Read {
        if self.plan.blocks.len() >= MOST_BLOCKS {
            return Err(format!("a session has at most {MOST_BLOCKS} blocks"));
        }
        let facts = Facts::of(heading)?;
        let mut block = PlanBlock {
            line,
            title: facts.title,
            kind: None,
            minutes: 0,
            min: 0,
            locked: false,
            at: None,
            format: None,
            lead: None,
            needs: None,
            prompts: Vec::new(),
            steps: Vec::new(),
        };
        let mut wrong = None;
        for word in facts.words {
            if let Err(what) = block_word(&mut block, word) {
                wrong.get_or_insert(what);
            }
        }
        let lacks_length = block.minutes == 0;
        if block.min == 0 {
            // Half of its time is what most blocks can still be held in.
            block.min = block.minutes.div_ceil(2);
        }
        let too_much = block.min > block.minutes;
        let title = block.title.clone();
        // Kept also when it is wrong, so that the lines below it are not blamed.
        self.plan.blocks.push(block);
        match wrong {
            Some(what) => Err(what),
            None if lacks_length => Err(format!("{title} needs its minutes: (10 min)")),
            None if too_much => Err(format!("{title} has at least more minutes than it has")),
            None => Ok(()),
        }
    }

    fn prompt(&mut self, quote: &str, line: usize) -> Read {
        let block = self.last()?;
        if let Some(more) = quote.strip_prefix("- ") {
            let prompt = block
                .prompts
                .last_mut()
                .ok_or_else(|| "a follow-up comes after its question".to_owned())?;
            prompt.follow_ups.push(question(more)?);
            return Ok(());
        }
        let (words, number) = numbered_question(quote);
        let words = words.strip_prefix('\\').unwrap_or(words);
        let text = match number {
            Some(_) if words.is_empty() => Clean::default(),
            Some(_) | None => question(words)?,
        };
        block.prompts.push(PlanPrompt {
            line,
            number,
            text,
            follow_ups: Vec::new(),
        });
        Ok(())
    }

    fn step(&mut self, text: &str) -> Read {
        let facts = Facts::of(text)?;
        let mut step = Step {
            title: facts.title,
            ..Step::default()
        };
        for word in facts.words {
            step_word(&mut step, word)?;
        }
        if step.minutes == 0 {
            return Err(format!("{} needs its minutes: (3 min)", step.title));
        }
        let block = self.last()?;
        if block.steps.len() >= MOST_STEPS {
            return Err(format!("a block has at most {MOST_STEPS} steps"));
        }
        block.steps.push(step);
        self.in_step = true;
        Ok(())
    }

    /// An indented line says who speaks and how in the step above it.
    fn says(&mut self, text: &str) -> Read {
        let says = question(text)?;
        let step = self.last()?.steps.last_mut();
        let step = step
            .ok_or_else(|| "an indented line belongs to a step; steps begin with 1.".to_owned())?;
        step.says = Some(match step.says.take() {
            Some(before) => Clean::line(&format!("{before} {says}")),
            None => says,
        });
        Ok(())
    }

    /// What can only be said of the whole.
    fn check_whole(&mut self, lines: usize) {
        if !self.titled {
            let what = "a plan begins with # and the name of the circle";
            self.faults.push(Fault::new(1, what));
        }
        let total: u32 = self.plan.blocks.iter().map(|b| u32::from(b.minutes)).sum();
        if total > u32::from(MOST_MINUTES) {
            let what = format!("the blocks take {total} minutes, more than a day");
            self.faults.push(Fault::new(lines, what));
        }
        for block in &self.plan.blocks {
            let steps: u32 = block.steps.iter().map(|step| u32::from(step.minutes)).sum();
            if steps > u32::from(block.minutes) && block.minutes > 0 {
                let what = format!(
                    "{} has steps of {steps} minutes together, more than its {}",
                    block.title, block.minutes
                );
                self.faults.push(Fault::new(block.line, what));
            }
        }
    }
}

impl<'a> Facts<'a> {
    /// `Hot seat (hot-seat, 20 min)`.
    fn of(text: &'a str) -> Read<Self> {
        let inside = text.trim_end().strip_suffix(')');
        let (title, words) = match inside.and_then(|text| text.rsplit_once('(')) {
            Some((title, words)) => (title, words),
            None => (text, ""),
        };
        let title = Clean::line_within(title, Limit::Note).map_err(|error| error.to_string())?;
        if title.is_empty() {
            return Err("a name is missing".to_owned());
        }
        let words = words.split(',').map(str::trim);
        Ok(Self {
            title,
            words: words.filter(|word| !word.is_empty()).collect(),
        })
    }
}

fn block_word(block: &mut PlanBlock, word: &str) -> Read {
    if word == "locked" {
        block.locked = true;
    } else if let Some(rest) = word.strip_prefix("at least ") {
        block.min = minutes(rest)?;
    } else if let Some(rest) = word.strip_prefix("at ") {
        block.at = Some(time(rest)?);
    } else if let Some(rest) = word.strip_prefix("by ") {
        block.format = Some(Clean::line(rest).into_string());
    } else if let Some(kind) = BlockKind::ALL
        .into_iter()
        .find(|kind| kind.as_str() == word)
    {
        block.kind = Some(kind);
    } else if begins_with_digit(word) {
        block.minutes = minutes(word)?;
    } else {
        let kinds: Vec<&str> = BlockKind::ALL.iter().map(|kind| kind.as_str()).collect();
        return Err(format!(
            "\"{}\" is no kind of block; there is {}",
            glimpse(word),
            kinds.join(", ")
        ));
    }
    Ok(())
}

fn step_word(step: &mut Step, word: &str) -> Read {
    if let Some(rest) = word.strip_prefix("each ") {
        step.each = Some(seconds(rest)?);
    } else if let Some(mode) = Mode::ALL.into_iter().find(|mode| mode.as_str() == word) {
        step.mode = mode;
    } else if let Some(size) = Size::ALL.into_iter().find(|size| size.word() == word) {
        step.size = Some(size);
    } else if let Some(captures) = named::<Captures>(word) {
        step.captures = Some(captures);
    } else if begins_with_digit(word) {
        step.minutes = minutes(word)?;
    } else {
        return Err(format!("\"{}\" is no way to run a step", glimpse(word)));
    }
    Ok(())
}

/// A value by its word in files.
fn named<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

fn begins_with_digit(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// `20 min`, `20`, `1h30`.
fn minutes(text: &str) -> Read<u16> {
    let word: String = text.split_whitespace().collect();
    read_minutes(&word)
        .or_else(|| word.parse().ok())
        .filter(|minutes| (1..=MOST_MINUTES).contains(minutes))
        .ok_or_else(|| {
            format!(
                "\"{}\" is no number of minutes from 1 to {MOST_MINUTES}",
                glimpse(text)
            )
        })
}

/// `1:30` or `40` seconds.
fn seconds(text: &str) -> Read<u16> {
    let secs = match text.trim().split_once(':') {
        Some((minutes, secs)) => {
            let (minutes, secs) = (minutes.parse::<u16>().ok(), secs.parse::<u16>().ok());
            minutes
                .zip(secs.filter(|secs| *secs < 60))
                .and_then(|(minutes, secs)| minutes.checked_mul(60)?.checked_add(secs))
        }
        None => text.trim().trim_end_matches('s').trim_end().parse().ok(),
    };
    secs.filter(|secs| *secs > 0)
        .ok_or_else(|| format!("\"{}\" is no time such as 1:30", glimpse(text)))
}

fn time(text: &str) -> Read<NaiveTime> {
    read_time(text.trim()).ok_or_else(|| format!("\"{}\" is no time such as 15:30", glimpse(text)))
}

fn start(text: &str) -> Read<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").map_err(|_wrong| {
        format!(
            "\"{}\" is no date and time such as 2026-03-26 15:00",
            glimpse(text)
        )
    })
}

fn template(text: &str) -> Read<FromTemplate> {
    let (id, version) = text.rsplit_once(' ').unwrap_or((text, "1"));
    let version = version
        .parse()
        .map_err(|_wrong| format!("\"{}\" is no template and version", glimpse(text)))?;
    Ok(FromTemplate {
        id: Clean::line(id).into_string(),
        version,
        programme: None,
    })
}

fn person(text: &str, line: usize) -> Read<Named> {
    let name = Clean::name(text).map_err(|error| error.to_string())?;
    Ok(Named { line, name })
}

/// `5 people, else do it as a pair`.
fn needs(text: &str) -> Read<Needs> {
    let wrong = || {
        format!(
            "\"{}\" does not say whom it takes, such as: 5 people, else do it as a pair",
            glimpse(text)
        )
    };
    let (people, fewer) = text.split_once(',').ok_or_else(wrong)?;
    let people = people.trim().strip_suffix("people").ok_or_else(wrong)?;
    let people = people.trim().parse().ok().filter(|people| *people >= 2);
    let fewer = fewer.trim().strip_prefix("else ").ok_or_else(wrong)?;
    Ok(Needs {
        people: people.ok_or_else(wrong)?,
        fewer: question(fewer)?,
    })
}

fn question(text: &str) -> Read<Clean> {
    let text = Clean::line_within(text, Limit::Note).map_err(|error| error.to_string())?;
    if text.is_empty() {
        return Err("words are missing".to_owned());
    }
    Ok(text)
}

/// `What now? {Q12}` as words and number.
fn numbered_question(quote: &str) -> (&str, Option<u32>) {
    let Some(text) = quote.strip_suffix('}') else {
        return (quote, None);
    };
    let alone = text.strip_prefix('{').map(|inside| ("", inside));
    let Some((words, inside)) = text.rsplit_once(" {").or(alone) else {
        return (quote, None);
    };
    if inside.is_empty() && !words.is_empty() {
        return (words, None);
    }
    match inside
        .strip_prefix('Q')
        .and_then(|number| number.parse().ok())
    {
        Some(number) => (words, Some(number)),
        None => (quote, None),
    }
}

/// The words behind `1.`.
fn numbered(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() == line.len() {
        return None;
    }
    rest.strip_prefix(". ").map(str::trim)
}

/// The beginning of something that was written, clean and short enough for a message.
fn glimpse(text: &str) -> String {
    let clean = Clean::line(text);
    crate::domain::text::cut_graphemes(&clean, 40).to_owned()
}
