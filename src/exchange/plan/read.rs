//! Reading a plan: line by line, every fault with its line, and nothing guessed.

mod values;

use crate::domain::agenda::Step;
use crate::domain::rhythm::{Wall, length_in};
use crate::domain::template::{MOST_BLOCKS, MOST_MINUTES, MOST_STEPS};
use crate::domain::text::{Clean, Limit};
use crate::exchange::lines::Fault;
use crate::exchange::plan::read::values::{
    block_word, glimpse, minutes, needs, person, question, start, step_word, template,
};
use crate::exchange::plan::{PlanBlock, PlanFile, PlanPrompt};

/// Everything that is wrong with a plan, in the order of its lines.
pub type Faults = Vec<Fault>;

/// What the lines so far have made.
struct Reader {
    /// From where words about the start are seen; without it only a date and time are read.
    wall: Option<Wall>,
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
    read_from(text, None)
}

/// Reads a plan whose start may be in words, such as `next thursday 18:00 90m`; `wall` is from where they are seen.
///
/// # Errors
/// As [`read()`].
pub fn read_at(text: &str, wall: impl Into<Wall>) -> Result<PlanFile, Faults> {
    read_from(text, Some(wall.into()))
}

fn read_from(text: &str, wall: Option<Wall>) -> Result<PlanFile, Faults> {
    let mut reader = Reader::new(wall);
    for (line, number) in text.lines().zip(1..) {
        if let Err(what) = reader.line(line.trim_end(), number) {
            reader.faults.push(Fault::new(number, what));
        }
    }
    reader.end(text)
}

/// Something read, or what is wrong with it.
type Read<T = ()> = Result<T, String>;

impl Reader {
    fn new(wall: Option<Wall>) -> Self {
        Self {
            wall,
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
        }
    }

    /// The plan, if it is whole and nothing in it is wrong.
    fn end(mut self, text: &str) -> Result<PlanFile, Faults> {
        self.check_whole(text.lines().count().max(1));
        if self.faults.is_empty() {
            return Ok(self.plan);
        }
        self.faults.sort_by_key(|fault| fault.line);
        Err(self.faults)
    }

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
        if bare == "##" {
            // What follows belongs to it, whatever it will be called.
            let _lacks_more = self.block("nameless", number);
            return Err("a block needs a name behind ##".to_owned());
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
            "when" => {
                self.plan.start = Some(start(value, self.wall)?);
                let said = length_in(value);
                self.plan.minutes = self.plan.minutes.or(said);
            }
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
        let (min, minutes) = (block.min, block.minutes);
        let title = block.title.clone();
        // Kept also when it is wrong, so that the lines below it are not blamed.
        self.plan.blocks.push(block);
        match wrong {
            Some(what) => Err(what),
            None if lacks_length => Err(format!("{title} needs its minutes: (10 min)")),
            None if min > minutes => Err(format!(
                "{title} needs at least {min} minutes and has {minutes}"
            )),
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
