//! Lines and lists of the planner: what was typed or picked becomes one change.

use crate::command::id::CommandId;
use crate::command::plan::{BlockDraft, wanted};
use crate::domain::agenda::BlockKind;
use crate::domain::agenda::typed::{self, Length, NewBlock};
use crate::domain::format::Format;
use crate::domain::template::{BlockPlan, MOST_MINUTES, Template};
use crate::domain::text::{Clean, Limit, fold, slug};
use crate::tui::screen::plan::change::set_minutes;
use crate::tui::screen::plan::drawn::{New, Place};
use crate::tui::screen::plan::{Asked, Desk, OfBlock, Plan, Row, fit};
use crate::tui::view::{Arg, Choice, Reply};

/// The length of a block of which nothing else is known.
const USUAL: u16 = 10;

/// Something on the shelf that can be put on the agenda.
enum Item<'a> {
    Format(&'a Format),
    Template(&'a Template),
}

impl Item<'_> {
    fn id(&self) -> &str {
        match self {
            Self::Format(format) => &format.id,
            Self::Template(template) => &template.id,
        }
    }

    fn name(&self) -> &Clean {
        match self {
            Self::Format(format) => &format.name,
            Self::Template(template) => &template.name,
        }
    }

    fn line(&self) -> String {
        match self {
            Self::Format(format) => format!("{}, {} min", format.name, format.minutes),
            Self::Template(template) => format!(
                "{}: {} blocks, {} min",
                template.name,
                template.blocks.len(),
                template.planned()
            ),
        }
    }

    /// Whether this is what somebody calls it.
    fn is_called(&self, words: &str) -> bool {
        slug(words) == self.id() || fold(words) == fold(self.name())
    }

    /// Its blocks, a format with `minutes` if they were typed.
    fn blocks(&self, minutes: Option<u16>) -> New {
        match self {
            Self::Template(template) => New {
                blocks: template.blocks.iter().map(BlockDraft::from).collect(),
                wanted: wanted(template),
                place: Place::Below,
            },
            Self::Format(format) => {
                let minutes = minutes.unwrap_or(format.minutes);
                New::from(BlockDraft::from(&BlockPlan {
                    title: format.name.clone(),
                    kind: format.kind,
                    minutes,
                    min: format.min.min(minutes),
                    locked: false,
                    prompts: 0,
                    asks: None,
                    format: Some(format.id.clone()),
                    needs: format.needs.clone(),
                    steps: format.steps_for(minutes),
                }))
            }
        }
    }
}

impl Plan {
    /// A line that was asked for was typed.
    pub(super) fn typed(&mut self, asked: Asked, text: &str, desk: &Desk<'_>) -> Reply {
        match asked {
            Asked::Add => self.add(text, desk),
            Asked::Look => self.looked(text),
            Asked::Block(of) => {
                let Some(block) = self.asking.filter(|id| desk.session().block(*id).is_some())
                else {
                    return Reply::Refuse("that block is gone".to_owned());
                };
                match of {
                    OfBlock::Title => match Clean::line_within(text, Limit::Name) {
                        Ok(title) if !title.is_empty() => {
                            desk.edit_block(block, |draft| draft.title = title)
                        }
                        Ok(_) => Reply::Refuse("a block needs a name".to_owned()),
                        Err(why) => Reply::Refuse(why.to_string()),
                    },
                    OfBlock::Time => set_times(text, block, desk),
                    OfBlock::Prompt => self.write_prompt(text, block, desk),
                }
            }
            Asked::Lead
            | Asked::Insert
            | Asked::Prompts
            | Asked::Questions
            | Asked::Fit
            | Asked::Each => Reply::Ignored,
        }
    }

    /// A row of a list was picked.
    pub(super) fn picked(&mut self, asked: Asked, row: usize, desk: &Desk<'_>) -> Reply {
        match asked {
            Asked::Lead => self.lead_picked(row, desk),
            Asked::Prompts => self.prompt_picked(row, desk),
            Asked::Questions => self.question_picked(row, desk),
            Asked::Each => self.each.take(&desk.stage.view),
            Asked::Fit => fit::picked(row, desk),
            Asked::Insert => {
                let items = self.items();
                let new = items.get(row).map(|item| item.blocks(None));
                new.map_or(Reply::Handled, |new| self.put_on(new, desk))
            }
            Asked::Add | Asked::Look | Asked::Block(_) => Reply::Ignored,
        }
    }

    /// Formats first, they are one block each; then templates.
    fn items(&self) -> Vec<Item<'_>> {
        let formats = self.shelf.formats().iter().map(Item::Format);
        let templates = self.templates.iter().map(Item::Template);
        formats.chain(templates).collect()
    }

    fn list(&self) -> Reply {
        Reply::Choose(Choice {
            tag: Asked::Insert.into(),
            title: "Put on the agenda".to_owned(),
            rows: self.items().iter().map(Item::line).collect(),
            selected: 0,
        })
    }

    /// `:template lean-coffee`, or the list.
    pub(super) fn template(&mut self, arg: &Arg, desk: &Desk<'_>) -> Reply {
        let name = match arg {
            Arg::Text(name) if !name.trim().is_empty() => name.trim(),
            Arg::Text(_) | Arg::None | Arg::Number(_) => return self.list(),
        };
        let items = self.items();
        // A template is what was asked for where both have the name.
        let found = items.iter().rfind(|item| item.is_called(name));
        match found.map(|item| item.blocks(None)) {
            Some(new) => self.put_on(new, desk),
            None => Reply::Refuse(format!(
                "no template or format is called \"{name}\"; {} alone lists them",
                desk.stage.view.keys.of(CommandId::Template)
            )),
        }
    }

    fn add(&mut self, text: &str, desk: &Desk<'_>) -> Reply {
        if text.is_empty() {
            return self.list();
        }
        let items = self.items();
        let whole = items.iter().find(|item| item.is_called(text));
        if let Some(new) = whole.map(|item| item.blocks(None)) {
            return self.put_on(new, desk);
        }
        let new = match typed::block(text) {
            Ok(new) => new,
            Err(why) => return Reply::Refuse(why),
        };
        let formats = items.iter().filter(|item| matches!(item, Item::Format(_)));
        let format = formats.rev().find(|item| item.is_called(&new.title));
        let new = match format {
            Some(format) => format.blocks(new.minutes),
            None => New::from(self.draft(new, desk)),
        };
        self.put_on(new, desk)
    }

    /// A block from its line; what it took before is its length where none was typed.
    fn draft(&self, new: NewBlock, desk: &Desk<'_>) -> BlockDraft {
        let kind = new.kind.unwrap_or(BlockKind::Open);
        let lasted = self.history(desk).lasted(&new.title, kind);
        let minutes = new
            .minutes
            .or_else(|| lasted.map(|lasted| lasted.median.clamp(1, MOST_MINUTES)))
            .unwrap_or(USUAL);
        BlockDraft {
            title: new.title,
            kind,
            minutes,
            // Half of its time is what most blocks can still be held in.
            min: minutes.div_ceil(2),
            ..BlockDraft::default()
        }
    }

    /// Puts blocks below the marked one, at the end where none is marked.
    pub(super) fn insert(&mut self, new: Vec<BlockDraft>, desk: &Desk<'_>) -> Reply {
        let rows = self.rows(desk);
        let all = desk.session().blocks.len();
        let place = match self.cursor.item(&rows) {
            Some(Row::Block(_)) => self.cursor.place(&rows) + 1,
            Some(Row::Fit | Row::Start(_)) | None => all,
        };
        let reply = desk.edit(|blocks| {
            let at = place.min(blocks.len());
            blocks.splice(at..at, new);
        });
        if matches!(reply, Reply::Do(_)) {
            self.cursor.expect(place);
        }
        reply
    }
}

fn set_times(text: &str, block: crate::domain::id::BlockId, desk: &Desk<'_>) -> Reply {
    let times = match typed::times(text) {
        Ok(times) => times,
        Err(why) => return Reply::Refuse(why),
    };
    let old = desk.session().block(block);
    let (old, least) = old.map_or((0, 1), |block| (block.minutes, block.min));
    let minutes = match times.length {
        None => old,
        Some(Length::To(minutes)) => minutes,
        Some(Length::By(by)) => {
            let minutes = u16::try_from(i32::from(old) + by).unwrap_or(0);
            if minutes == 0 || minutes > MOST_MINUTES {
                return Reply::Refuse(format!("it has {old} min; that leaves no block"));
            }
            minutes
        }
    };
    let least = times.min.unwrap_or(least.min(minutes));
    if least > minutes {
        return Reply::Refuse(format!(
            "it has {minutes} min, so at least {least} is too much"
        ));
    }
    desk.edit_block(block, |draft| {
        set_minutes(draft, minutes);
        draft.min = least;
        draft.locked = times.locked.unwrap_or(draft.locked);
        if let Some(at) = times.at {
            draft.at = at;
        }
    })
}
