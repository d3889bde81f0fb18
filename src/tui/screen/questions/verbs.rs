//! What can be done with questions, and the lines and lists that are asked for on the way.

use crate::command::{Command, ItemEdit};
use crate::domain::agenda::{Block, Prompt};
use crate::domain::id::{Key, Kind, QuestionId, Space};
use crate::domain::question::{DraftQuestion, Wrote};
use crate::domain::text::{Clean, Limit};
use crate::engine::query::BankRow;
use crate::exchange::Format;
use crate::tui::overlay::line;
use crate::tui::screen::each;
use crate::tui::screen::questions::{Asked, Questions, target};
use crate::tui::screen::words;
use crate::tui::view::{Ask, Choice, CommandId, Reply, Request, View};

fn key(id: QuestionId) -> Key {
    Key::new(Space::Org, Kind::Question, id.0)
}

/// `Q41` or `3 questions`.
fn named(rows: &[&BankRow]) -> String {
    match rows {
        [one] => format!("Q{}", one.question.number),
        many => format!("{} questions", many.len()),
    }
}

impl Questions {
    pub(super) fn verb(&mut self, id: CommandId, view: &View<'_>) -> Reply {
        match id {
            CommandId::Add => return new_question(),
            CommandId::Owner => return self.choose_block(view),
            CommandId::DrawEach => return self.draw_each(view),
            CommandId::WriteMarkdown => return self.write_out(Format::Markdown, view),
            CommandId::WriteCsv => return self.write_out(Format::Csv, view),
            CommandId::WriteJson => return self.write_out(Format::Json, view),
            _ => {}
        }
        let Some(here) = self.under() else {
            return Reply::Ignored;
        };
        let question = &here.question;
        match id {
            CommandId::Open => self.add(view),
            CommandId::Star => Reply::submit(Command::StarQuestion {
                question: question.id,
                starred: !question.starred,
            }),
            CommandId::Edit => {
                let ask = Ask {
                    tag: Asked::Text.into(),
                    label: format!("Q{}", question.number),
                    text: question.text.to_string(),
                    help: line::KEEPS.to_owned(),
                };
                self.asking = vec![question.id];
                Reply::Ask(ask)
            }
            CommandId::Remove => self.put_away(view),
            CommandId::NeverHere if view.circle.is_none() => {
                Reply::Refuse("there is no circle to leave it out of".to_owned())
            }
            CommandId::NeverHere => {
                self.asking = self.targets().iter().map(|row| row.question.id).collect();
                self.never(view)
            }
            CommandId::Copy => copy(&self.targets(), false),
            CommandId::CopyAll => copy(&self.page.rows.iter().collect::<Vec<_>>(), true),
            _ => Reply::Ignored,
        }
    }

    /// Adds what is marked to the block that takes it, in one act.
    fn add(&mut self, view: &View<'_>) -> Reply {
        let Some(target) = self.target(view) else {
            return no_blocks("add it to", view);
        };
        let has = |id: QuestionId| {
            let mut prompts = target.block.prompts.iter();
            prompts.any(|prompt| prompt.question == Some(id))
        };
        let rows = self.targets();
        let new = rows.iter().filter(|row| !has(row.question.id));
        let new: Vec<Prompt> = new
            .map(|row| {
                let asked = row.asked_in(target.circle);
                Prompt::of(&row.question, asked.map_or(0, |asked| asked.times))
            })
            .collect();
        if new.is_empty() {
            let name = named(&rows);
            return Reply::Refuse(format!("{name} is in {} already", target.words(view)));
        }
        let running = view.state.running().map(|(.., live)| live.block);
        let prompts = if running == Some(target.place) {
            // The prompt on screen stays the one that the room talks about.
            target.block.prompts.iter().cloned().chain(new).collect()
        } else {
            target.block.with_chosen(new)
        };
        let command = Command::SetPrompts {
            circle: target.circle,
            session: target.session.id,
            block: target.block.id,
            prompts,
        };
        self.marked.clear();
        Reply::submit(command)
    }

    fn draw_each(&mut self, view: &View<'_>) -> Reply {
        let Some(target) = self.target(view) else {
            return no_blocks("draw for", view);
        };
        let target = each::Target {
            circle: target.circle,
            session: target.session.id,
            block: target.block.id,
        };
        self.each.draw(target, view)
    }

    fn choose_block(&self, view: &View<'_>) -> Reply {
        let (Some((_, session, _)), Some(target)) = (target::session(view), self.target(view))
        else {
            return no_blocks("choose from", view);
        };
        let row = |block: &Block| {
            let has = words::counted(block.prompts.len(), "question", "questions");
            format!("{}, {} min, {has}", block.title, block.minutes)
        };
        Reply::Choose(Choice {
            tag: Asked::Block.into(),
            title: format!("Add to which block of #{}", session.number),
            rows: session.blocks.iter().map(row).collect(),
            selected: target.place,
        })
    }

    fn put_away(&mut self, view: &View<'_>) -> Reply {
        let rows = self.targets();
        let ids = rows.iter().map(|row| row.question.id).collect();
        let title = format!("Put {} away", named(&rows));
        let circle = view.circle.and_then(|id| view.state.circle(id));
        let Some(circle) = circle else {
            return self.trash(ids);
        };
        let never = if self.is_never(view) {
            format!("May be asked in {} again", circle.name)
        } else {
            format!("Never here: not drawn for {} any more", circle.name)
        };
        let rows = vec![never, "To the trash, for every circle".to_owned()];
        self.asking = ids;
        Reply::Choose(Choice {
            tag: Asked::Away.into(),
            title,
            rows,
            selected: 0,
        })
    }

    /// Whether all that is marked is never to be asked here.
    fn is_never(&self, view: &View<'_>) -> bool {
        let never = |row: &&BankRow| {
            let asked = view.circle.and_then(|circle| row.asked_in(circle));
            asked.is_some_and(|asked| asked.never)
        };
        self.targets().iter().all(never)
    }

    fn never(&mut self, view: &View<'_>) -> Reply {
        let Some(circle) = view.circle else {
            return Reply::Ignored;
        };
        let never = !self.is_never(view);
        self.marked.clear();
        Reply::submit(Command::NeverAsk {
            circle,
            questions: std::mem::take(&mut self.asking),
            never,
        })
    }

    fn trash(&mut self, ids: Vec<QuestionId>) -> Reply {
        self.cursor.leave(&ids, &self.ids);
        self.marked.clear();
        Reply::submit(Command::Trash {
            keys: ids.into_iter().map(key).collect(),
            trashed: true,
        })
    }

    pub(super) fn typed_answer(&self, asked: Asked, text: &str, view: &View<'_>) -> Reply {
        let words = match Clean::line_within(text, Limit::Note) {
            Ok(words) if !words.is_empty() => words,
            Ok(_) => return Reply::Refuse("a question needs words".to_owned()),
            Err(why) => return Reply::Refuse(why.to_string()),
        };
        match (asked, self.asking.first()) {
            (Asked::New, _) => Reply::submit(Command::AddQuestions {
                questions: vec![self.own(words, view)],
                source: Clean::default(),
            }),
            (Asked::Text, Some(id)) => Reply::submit(Command::EditItem {
                key: key(*id),
                edit: ItemEdit {
                    text: Some(words),
                    ..ItemEdit::default()
                },
            }),
            _ => Reply::Ignored,
        }
    }

    /// A question of one's own, about what is picked in the choices.
    fn own(&self, text: Clean, view: &View<'_>) -> DraftQuestion {
        let themes = self.page.facets.themes.iter();
        let theme = themes.map(|(name, _)| name).find(|name| {
            let tag = crate::domain::question::sought::tag(name);
            tag.is_some() && tag == self.picked.theme
        });
        let wrote = |(circle, member)| Wrote { circle, member };
        DraftQuestion {
            theme: theme.map_or_else(Clean::default, |name| Clean::line(name)),
            depth: self.picked.depth.unwrap_or_default(),
            kind: self.picked.kind.unwrap_or_default(),
            source: Clean::line("own words"),
            author: view.circle.zip(view.me).map(wrote),
            ..DraftQuestion::new(text)
        }
    }

    pub(super) fn picked_answer(&mut self, asked: Asked, row: usize, view: &View<'_>) -> Reply {
        match asked {
            Asked::Block => {
                let session = target::session(view);
                let block = session.and_then(|(_, session, _)| session.blocks.get(row));
                self.block = block.map(|block| block.id);
                Reply::Handled
            }
            Asked::Each => self.each.take(view),
            Asked::Away if row == 0 => self.never(view),
            Asked::Away => {
                let ids = std::mem::take(&mut self.asking);
                self.trash(ids)
            }
            Asked::New | Asked::Text => Reply::Ignored,
        }
    }
}

fn no_blocks(to: &str, view: &View<'_>) -> Reply {
    let sessions = view.keys.of(CommandId::GoSessions);
    Reply::Refuse(format!(
        "there is no session with blocks to {to}; {sessions} plans one"
    ))
}

fn new_question() -> Reply {
    Reply::Ask(Ask {
        tag: Asked::New.into(),
        label: "New question".to_owned(),
        text: String::new(),
        help: "It is yours: others see who wrote it once you have spoken".to_owned(),
    })
}

fn copy(rows: &[&BankRow], follow_ups: bool) -> Reply {
    let mut lines = Vec::new();
    for row in rows {
        lines.push(match rows {
            [_] if !follow_ups => row.question.text.to_string(),
            _ => format!("- {}", row.question.text),
        });
        if follow_ups {
            let more = row.question.follow_ups.iter();
            lines.extend(more.map(|text| format!("  - {text}")));
        }
    }
    Reply::Do(vec![Request::Copy(lines.join("\n"))])
}
