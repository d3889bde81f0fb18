//! What can be done while a book is read, and the lines and lists that are asked for on the way.

use crate::command::book::{BookChange, Entry};
use crate::command::{Command, Draft};
use crate::domain::agenda::Prompt;
use crate::domain::book::Book;
use crate::domain::id::{Key, Kind, MemberId, Space};
use crate::domain::text::{Clean, Limit};
use crate::tui::screen::books::model::Desk;
use crate::tui::screen::books::part::QuestionAt;
use crate::tui::screen::books::questions::Place;
use crate::tui::screen::books::readers::{Known, known};
use crate::tui::screen::books::{Asked, Asking, Books, Focus, asked, bend, out, questions, vote};
use crate::tui::screen::words;
use crate::tui::view::{Ask, Choice, CommandId, Reply, Request, View};

impl Books {
    pub(super) fn verb(&mut self, desk: &Desk<'_>, id: CommandId, view: &View<'_>) -> Reply {
        match id {
            CommandId::Open => self.open(desk, view),
            CommandId::Longer => self.further(desk, 1, view),
            CommandId::Shorter => self.further(desk, -1, view),
            CommandId::Done => self.finished(desk, view),
            CommandId::Due => asked::ask_move(desk),
            CommandId::Add => asked::ask_question(desk),
            CommandId::NoteAnswer => self.ask_answer(desk, view),
            CommandId::Remove => self.remove(desk, view),
            CommandId::Copy => match self.under(desk, view) {
                Some(one) => copy(one.row.question.text.to_string()),
                None => Reply::Ignored,
            },
            CommandId::CopyAll => {
                let seen = self.seen(desk, view);
                let lines = out::for_chat(desk, &seen.list.shown, view);
                if lines.is_empty() {
                    let add = view.keys.of(CommandId::Add);
                    Reply::Refuse(format!("there is no question to copy yet; {add} adds one"))
                } else {
                    copy(lines)
                }
            }
            CommandId::WriteMarkdown => {
                let seen = self.seen(desk, view);
                let (name, text) = out::guide(desk, &seen.list, view);
                Reply::Do(vec![Request::WriteFile { name, text }])
            }
            _ => Reply::Ignored,
        }
    }

    /// Looks at the instalment before or after, and asks for what belongs to it.
    pub(super) fn turn(&mut self, desk: &Desk<'_>, by: isize, view: &View<'_>) -> Reply {
        let last = desk.reading.instalments.len().saturating_sub(1);
        let to = desk.at.saturating_add_signed(by).min(last);
        if to == desk.at {
            return Reply::Handled;
        }
        self.at = Some((desk.book.id, to));
        self.shown = None;
        let there = Desk::of(self.at, view);
        let query = there.map(|there| there.part_query());
        Reply::Do(query.map(Request::Ask).into_iter().collect())
    }

    fn open(&mut self, desk: &Desk<'_>, view: &View<'_>) -> Reply {
        match self.focus {
            Focus::Questions => self.pick(desk, view),
            Focus::Schedule => asked::meeting(desk),
            Focus::Readers => self.open_readers(desk, view),
        }
    }

    /// How the plan can give way, and whether one's own place may be seen.
    fn open_readers(&mut self, desk: &Desk<'_>, view: &View<'_>) -> Reply {
        let mut ways = if self.seen(desk, view).bends {
            bend::ways(desk, view)
        } else {
            Vec::new()
        };
        if let Some(own) = view.me.and_then(|me| desk.reader(me, view)) {
            let words = if own.shared {
                "Keep my place to myself"
            } else {
                "Let whoever leads see how far I am"
            };
            ways.push((bend::Way::Share(!own.shared), words.to_owned()));
        }
        if ways.is_empty() {
            return Reply::Ignored;
        }
        let (ways, rows) = ways.into_iter().unzip();
        self.asking = Asking::Ways(ways);
        Reply::Choose(Choice {
            tag: Asked::Ways.into(),
            title: format!("{}, {}", desk.book.title, desk.named(desk.at)),
            rows,
            selected: 0,
        })
    }

    /// Picks the question under the cursor for the session, or takes it off; the line of hidden ones shows them.
    fn pick(&mut self, desk: &Desk<'_>, view: &View<'_>) -> Reply {
        let rows = &self.seen(desk, view).rows;
        if self.question.item(rows) == Some(QuestionAt::Hidden) {
            self.shown = Some((desk.book.id, desk.at));
            return Reply::Handled;
        }
        let Some(one) = self.under(desk, view) else {
            return Reply::Ignored;
        };
        let id = one.row.question.id;
        let toggled = |prompts: &[Prompt]| {
            let mut prompts = prompts.to_vec();
            if prompts.iter().any(|prompt| prompt.question == Some(id)) {
                prompts.retain(|prompt| prompt.question != Some(id));
            } else {
                prompts.push(Prompt::of(&one.row.question, one.row.asked));
            }
            prompts
        };
        match questions::place(desk, view) {
            None => {
                let words = "there is no block to pick it for; a meeting that is over takes no more questions";
                Reply::Refuse(words.to_owned())
            }
            Some(Place::Meeting(prompts)) => book(
                desk,
                BookChange::Pick {
                    book: desk.book.id,
                    at: desk.at,
                    prompts: toggled(prompts),
                },
            ),
            Some(Place::Block(session, block)) => {
                let block = questions::picked_in(session, id).unwrap_or(block);
                Reply::submit(Command::SetPrompts {
                    circle: desk.circle,
                    session: session.id,
                    block: block.id,
                    prompts: toggled(&block.prompts),
                })
            }
        }
    }

    /// The marked reader, where their place may be changed from here.
    fn target(&self, desk: &Desk<'_>, view: &View<'_>) -> Result<MemberId, Reply> {
        let member = self.marked(desk, view).ok_or(Reply::Ignored)?;
        if matches!(known(member, desk, view), Known::Private) {
            let words = "that place is kept private; their own entry is: circlet book read 6";
            return Err(Reply::Refuse(words.to_owned()));
        }
        Ok(member)
    }

    fn further(&self, desk: &Desk<'_>, by: i64, view: &View<'_>) -> Reply {
        let member = match self.target(desk, view) {
            Ok(member) => member,
            Err(reply) => return reply,
        };
        let at = match known(member, desk, view) {
            Known::At(at, _) => at,
            Known::NoData | Known::Private => 0,
        };
        let to = i64::from(at) + by;
        match u32::try_from(to) {
            Ok(to) => reach(desk, (member, to), view),
            Err(_) => Reply::Refuse("that is the beginning of the book".to_owned()),
        }
    }

    /// Read up to the end of the instalment.
    fn finished(&self, desk: &Desk<'_>, view: &View<'_>) -> Reply {
        let member = match self.target(desk, view) {
            Ok(member) => member,
            Err(reply) => return reply,
        };
        let end = desk.range().1;
        match known(member, desk, view) {
            // Who is further has read this too; nobody is set back by finishing.
            Known::At(at, _) if at >= end => {
                let words = format!("{} is read already; - goes back", desk.named(desk.at));
                Reply::Refuse(words)
            }
            Known::At(..) | Known::NoData | Known::Private => reach(desk, (member, end), view),
        }
    }

    fn ask_answer(&mut self, desk: &Desk<'_>, view: &View<'_>) -> Reply {
        let Some(one) = self.under(desk, view) else {
            return Reply::Refuse("mark a question first: . and , go through them".to_owned());
        };
        self.asking = Asking::Question(QuestionAt::Question(one.row.question.id));
        Reply::Ask(Ask {
            tag: Asked::Answer.into(),
            label: "What was said".to_owned(),
            text: String::new(),
            help: one.row.question.text.to_string(),
        })
    }

    fn remove(&self, desk: &Desk<'_>, view: &View<'_>) -> Reply {
        match self.under(desk, view) {
            Some(one) if one.own => Reply::submit(Command::Trash {
                keys: vec![Key::new(
                    Space::Circle(desk.circle),
                    Kind::Question,
                    one.row.question.id.0,
                )],
                trashed: true,
            }),
            Some(one) => Reply::Refuse(format!(
                "Q{} is in the bank for every book; {} has it",
                one.row.question.number,
                view.keys.of(CommandId::GoQuestions)
            )),
            None => Reply::Ignored,
        }
    }

    pub(super) fn typed_answer(&self, asked: Asked, text: &str, view: &View<'_>) -> Reply {
        let on_desk = |typed: &dyn Fn(&Desk<'_>) -> Reply| {
            Desk::of(self.at, view).map_or(Reply::Ignored, |desk| typed(&desk))
        };
        match asked {
            Asked::New | Asked::Edit => self.typed_book(asked, text, view),
            Asked::Ballots => vote::typed_ballots(text, view),
            Asked::Question => on_desk(&|desk| asked::add_question(desk, text, view)),
            Asked::Move => on_desk(&|desk| asked::typed_move(desk, text, view.seen())),
            Asked::Answer => on_desk(&|desk| self.add_answer(desk, text, view)),
            Asked::Ways | Asked::Meeting | Asked::Proposed | Asked::Vote(_) => Reply::Ignored,
        }
    }

    fn add_answer(&self, desk: &Desk<'_>, text: &str, view: &View<'_>) -> Reply {
        let text = match Clean::line_within(text, Limit::Note) {
            Ok(text) => text,
            Err(why) => return Reply::Refuse(why.to_string()),
        };
        let Asking::Question(QuestionAt::Question(id)) = self.asking else {
            return Reply::Ignored;
        };
        if text.is_empty() {
            return Reply::Refuse("a line on what was said is needed; Esc leaves it".to_owned());
        }
        let seen = self.seen(desk, view);
        let asked = seen.list.shown.iter().find(|one| one.row.question.id == id);
        let about = asked.and_then(|one| one.mark());
        let drafts = vec![Draft::Answer {
            text,
            question: id,
            about: about.unwrap_or_else(|| asked::here(desk, None)),
        }];
        Reply::submit(Command::Write {
            circle: desk.circle,
            drafts,
            speaking: view.floor.and_then(|floor| floor.speaker),
        })
    }

    pub(super) fn picked_answer(&mut self, asked: Asked, row: usize, view: &View<'_>) -> Reply {
        match (asked, Desk::of(self.at, view)) {
            (Asked::Proposed, _) => self.picked_proposed(row, view),
            (Asked::Vote(of), _) => self.picked_vote(of, row, view),
            (Asked::Ways, Some(desk)) => self.picked_way(&desk, row, view),
            (Asked::Meeting, Some(desk)) => asked::picked_meeting(&desk, row),
            _ => Reply::Ignored,
        }
    }

    fn picked_way(&mut self, desk: &Desk<'_>, row: usize, view: &View<'_>) -> Reply {
        let Asking::Ways(ways) = std::mem::take(&mut self.asking) else {
            return Reply::Ignored;
        };
        let Some(way) = ways.get(row) else {
            return Reply::Ignored;
        };
        match (way, bend::command(way, desk)) {
            (_, Some(command)) => Reply::submit(command),
            (bend::Way::Share(shared), _) => {
                let Some(member) = view.me else {
                    return Reply::Ignored;
                };
                book(
                    desk,
                    BookChange::Reach {
                        book: desk.book.id,
                        member,
                        entry: Entry::Same,
                        shared: Some(*shared),
                    },
                )
            }
            _ => {
                self.kept = Some((desk.book.id, desk.at));
                let open = view.keys.of(CommandId::Open);
                let words = format!("The plan stays as it is; {open} in Members offers it again");
                Reply::Say(words)
            }
        }
    }
}

/// Submits a change to the books of the circle.
pub(super) fn book(desk: &Desk<'_>, change: BookChange) -> Reply {
    Reply::submit(Command::Book {
        circle: desk.circle,
        change,
    })
}

fn copy(text: String) -> Reply {
    Reply::Do(vec![Request::Copy(text)])
}

/// A member has read up to a place. What whoever leads enters in front of a member stays visible to both.
fn reach(desk: &Desk<'_>, (member, to): (MemberId, u32), view: &View<'_>) -> Reply {
    if to > desk.end() && desk.book.units(desk.reading.measure) == Some(desk.end()) {
        return Reply::Refuse("that is the end of the book".to_owned());
    }
    let new = desk.reader(member, view).is_none() && view.me != Some(member);
    book(
        desk,
        BookChange::Reach {
            book: desk.book.id,
            member,
            entry: Entry::At(desk.reading.measure, to),
            shared: new.then_some(true),
        },
    )
}

/// `"Emma", Jane Austen`.
pub(super) fn titled(book: &Book) -> String {
    match book.author.as_str() {
        "" => book.title.to_string(),
        author => format!("{}, {author}", book.title),
    }
}

/// How many, in words.
pub(super) fn counted(count: u32, one: &str, many: &str) -> String {
    words::counted(usize::try_from(count).unwrap_or(usize::MAX), one, many)
}
