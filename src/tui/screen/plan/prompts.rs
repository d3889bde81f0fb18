//! The prompts of a block: one from the bank, one that is written here, one taken off.

use crate::command::Command;
use crate::command::table::Place;
use crate::domain::agenda::{Block, Prompt};
use crate::domain::id::BlockId;
use crate::domain::text::{Clean, Limit};
use crate::engine::query::Query;
use crate::tui::keys::Keys;
use crate::tui::screen::live::prompts as bank;
use crate::tui::screen::plan::{Asked, Desk, OfBlock, Plan};
use crate::tui::view::{Arg, Ask, Choice, CommandId, Reply, Request};

/// How many questions the list offers.
const OFFERED: usize = 50;

/// Rows of the list before those about the prompts that are there.
const FIRST: [&str; 3] = [
    "Pick a question",
    "Write one here",
    "Look through the question bank",
];

/// What may be done with a prompt that is there.
#[derive(Clone, Debug)]
pub(super) enum Use {
    AskFirst(Prompt),
    TakeOff(Prompt),
}

impl Use {
    fn words(&self) -> String {
        match self {
            Self::AskFirst(prompt) => format!("Ask first: {}", prompt.text),
            Self::TakeOff(prompt) => format!("Take off: {}", prompt.text),
        }
    }

    /// The prompts once it is done; as they are where this one is not there any more.
    fn done(&self, prompts: &[Prompt]) -> Vec<Prompt> {
        let mut prompts = prompts.to_vec();
        let (Self::AskFirst(this) | Self::TakeOff(this)) = self;
        if let Some(at) = prompts.iter().position(|prompt| prompt == this) {
            let prompt = prompts.remove(at);
            if let Self::AskFirst(_) = self {
                prompts.insert(0, prompt);
            }
        }
        prompts
    }
}

/// All that may be done with the prompts of a block, in the order of the list.
fn uses(block: &Block) -> impl Iterator<Item = Use> {
    let all = block.prompts.iter();
    all.clone()
        .skip(1)
        .cloned()
        .map(Use::AskFirst)
        .chain(all.cloned().map(Use::TakeOff))
}

impl Plan {
    pub(super) fn choose_prompt(&mut self, block: &Block, desk: &Desk<'_>) -> Reply {
        self.asking = Some(block.id);
        let kind = block.kind.question_kind();
        if self.bank.as_ref().is_none_or(|(of, _)| *of != kind) {
            self.bank = None;
        }
        self.offered = uses(block).collect();
        let with: Vec<String> = self.offered.iter().map(Use::words).collect();
        // The questions are here before anybody has read the list.
        let suited = Query::Questions {
            words: String::new(),
            kind,
            theme: None,
            competency: None,
            circle: Some(desk.stage.circle.id),
            skip: 0,
            limit: OFFERED,
        };
        Reply::Do(vec![
            Request::Ask(suited),
            Request::List(Choice {
                tag: Asked::Prompts.into(),
                title: format!("Prompts of {}", block.title),
                rows: FIRST.into_iter().map(str::to_owned).chain(with).collect(),
                selected: 0,
            }),
        ])
    }

    pub(super) fn prompt_picked(&mut self, row: usize, desk: &Desk<'_>) -> Reply {
        match row {
            0 => self.pick_question(desk.stage.view.keys),
            2 => {
                let aim = self.asking.map(Request::Aim);
                let go = Request::Run(CommandId::GoQuestions, Arg::None);
                Reply::Do(aim.into_iter().chain([go]).collect())
            }
            1 => Reply::Ask(Ask {
                tag: Asked::Block(OfBlock::Prompt).into(),
                label: "Prompt".to_owned(),
                text: String::new(),
                help: "The words that are put to the room".to_owned(),
            }),
            row => match self.offered.get(row - FIRST.len()).cloned() {
                Some(used) => self.set_prompts(desk, |block| used.done(&block.prompts)),
                None => Reply::Ignored,
            },
        }
    }

    fn pick_question(&self, keys: Keys<'_>) -> Reply {
        let bank = self.bank.as_ref();
        match bank.map(|(_, rows)| rows.as_slice()) {
            None => Reply::Refuse("the questions are not loaded yet; try again".to_owned()),
            Some([]) => Reply::Refuse(format!(
                "there is no question for such a block; {} adds some, {} shows the others",
                keys.of(CommandId::Import),
                keys.of(CommandId::GoQuestions)
            )),
            Some(rows) => Reply::Choose(Choice {
                tag: Asked::Questions.into(),
                title: "Pick a question".to_owned(),
                rows: rows.iter().map(bank::row).collect(),
                selected: 0,
            }),
        }
    }

    pub(super) fn question_picked(&mut self, row: usize, desk: &Desk<'_>) -> Reply {
        let rows = self.bank.as_ref().map(|(_, rows)| rows);
        let Some(prompt) = rows
            .and_then(|rows| rows.get(row))
            .map(|row| Prompt::of(&row.question, row.asked))
        else {
            return Reply::Handled;
        };
        self.set_prompts(desk, |block| block.with_chosen([prompt]))
    }

    pub(super) fn write_prompt(&mut self, text: &str, block: BlockId, desk: &Desk<'_>) -> Reply {
        let words = match Clean::line_within(text, Limit::Note) {
            Ok(words) if !words.is_empty() => words,
            Ok(_) => return Reply::Refuse("a prompt needs words".to_owned()),
            Err(why) => return Reply::Refuse(why.to_string()),
        };
        self.asking = Some(block);
        self.set_prompts(desk, |block| block.with_chosen([Prompt::new(words)]))
    }

    fn set_prompts(
        &mut self,
        desk: &Desk<'_>,
        change: impl FnOnce(&Block) -> Vec<Prompt>,
    ) -> Reply {
        let block = self.asking.and_then(|id| desk.session().block(id));
        let Some(block) = block else {
            return Reply::Refuse("that block is gone".to_owned());
        };
        let place = desk.session().blocks.iter().position(|b| b.id == block.id);
        let behind = desk.stage.live.zip(place);
        if behind.is_some_and(|(live, place)| place <= live.block) {
            let keys = desk.stage.view.keys;
            return Reply::Refuse(format!(
                "that block runs or is over; {} shows it, and {} picks a question there",
                keys.of(CommandId::GoLive),
                keys.at(Place::Live).of(CommandId::PickQuestion)
            ));
        }
        let prompts = change(block);
        let new = prompts
            .iter()
            .position(|prompt| !block.prompts.contains(prompt));
        self.prompt = Some((block.id, new.unwrap_or(prompts.len().saturating_sub(1))));
        Reply::submit(Command::SetPrompts {
            circle: desk.stage.circle.id,
            session: desk.session().id,
            block: block.id,
            prompts,
        })
    }

    /// Shows the next or the previous prompt of a block.
    pub(super) fn turn_prompt(&mut self, block: &Block, next: bool, keys: Keys<'_>) -> Reply {
        let Some(last) = block.prompts.len().checked_sub(1) else {
            return Reply::Refuse(format!(
                "{} has no prompt yet; {} chooses one",
                block.title,
                keys.of(CommandId::Open)
            ));
        };
        let at = self.shown_prompt(block);
        let at = if next {
            (at + 1).min(last)
        } else {
            at.saturating_sub(1)
        };
        self.prompt = Some((block.id, at));
        Reply::Handled
    }

    /// Which of its prompts is shown, counted from 0.
    pub(super) fn shown_prompt(&self, block: &Block) -> usize {
        let shown = self.prompt.filter(|(of, _)| *of == block.id);
        let last = block.prompts.len().saturating_sub(1);
        shown.map_or(0, |(_, at)| at.min(last))
    }
}
