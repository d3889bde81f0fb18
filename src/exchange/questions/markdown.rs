//! Questions out of an article in Markdown: lists that ask are taken, the rest is left and shown.
//!
//! The nearest heading is the theme, nested bullets are follow-ups.

mod pieces;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::domain::text::{cut_graphemes, fold};
use crate::exchange::lines::{LineFinder, TREE_BYTES};
use crate::exchange::questions::asks;
use crate::exchange::questions::basket::{Basket, RawQuestion};
use crate::exchange::questions::markdown::pieces::{pieces, tidied};

/// Deepest bullets that are told apart; deeper ones belong to the one above.
const LEVELS: usize = 8;
/// Longest heading that becomes a theme as it is, in graphemes.
const THEME: usize = 80;
/// Longest item that is a question although it does not end by asking, in bytes.
const SHORT: usize = 300;

pub(super) fn parse(text: &str, basket: &mut Basket, known: &dyn Fn(&str) -> bool) {
    let tidied = tidied(text);
    let mut reader = Reader {
        lines: LineFinder::new(""),
        before: 0,
        headings: Vec::new(),
        open: Vec::new(),
        deeper: 0,
        lists: 0,
        list: Vec::new(),
        block: None,
        aside: Vec::new(),
        asked: false,
        full: false,
        basket,
        known,
    };
    let options = Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    for (before, piece) in pieces(&tidied) {
        reader.lines = LineFinder::new(piece);
        reader.before = before;
        if piece.len() > TREE_BYTES {
            let what = "a list or text that begins here has more than 6 MB; it was left out";
            reader.basket.fault(before + 1, what);
            continue;
        }
        for (event, range) in Parser::new_ext(piece, options).into_offset_iter() {
            reader.event(event, range.start);
            if reader.full {
                return;
            }
        }
    }
    reader.outside();
}

/// A bullet with the bullets under it.
struct Item {
    line: usize,
    text: String,
    /// Where bold words begin that nothing stands before.
    bold: bool,
    /// Bytes of the bold question that it begins with; what follows are words about it.
    asked: Option<usize>,
    /// Bytes that lead to another page, and where a link that is read begins.
    linked: usize,
    link: usize,
    children: Vec<Self>,
}

/// A paragraph, a heading or a block of code that is being read.
struct Block {
    line: usize,
    text: String,
    heading: Option<HeadingLevel>,
    ignored: bool,
}

struct Reader<'a> {
    lines: LineFinder<'a>,
    /// Lines before the piece that is being read.
    before: usize,
    headings: Vec<(HeadingLevel, String)>,
    /// Bullets that are open, from the outermost.
    open: Vec<Item>,
    /// Bullets opened below [`LEVELS`].
    deeper: usize,
    /// Lists that are open.
    lists: usize,
    /// Finished bullets of the outermost list.
    list: Vec<Item>,
    block: Option<Block>,
    /// Questions that stand in no list.
    aside: Vec<RawQuestion>,
    /// Whether a list asked something, be it known already.
    asked: bool,
    full: bool,
    basket: &'a mut Basket,
    known: &'a dyn Fn(&str) -> bool,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, place: usize) {
        match event {
            Event::Start(Tag::List(_)) => self.lists += 1,
            Event::End(TagEnd::List(_)) => {
                self.lists = self.lists.saturating_sub(1);
                if self.lists == 0 {
                    self.settle_list();
                }
            }
            Event::Start(Tag::Item) => self.begin_item(place),
            Event::End(TagEnd::Item) => self.end_item(),
            Event::Start(Tag::Heading { level, .. }) => self.begin(place, Some(level), false),
            Event::Start(Tag::MetadataBlock(_)) => self.begin(place, None, true),
            Event::Start(Tag::Paragraph | Tag::CodeBlock(_)) if self.open.is_empty() => {
                self.begin(place, None, false);
            }
            Event::Start(Tag::Paragraph | Tag::CodeBlock(_))
            | Event::SoftBreak
            | Event::HardBreak => {
                self.push(" ");
            }
            Event::End(TagEnd::Heading(_)) => self.end_heading(),
            Event::End(TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::MetadataBlock(_)) => {
                self.end_block();
            }
            Event::Text(words) | Event::Code(words) => self.push(&words),
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => {
                if let (None, Some(item)) = (&self.block, self.open.last_mut()) {
                    item.link = item.text.len();
                }
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if let (None, Some(item)) = (&self.block, self.open.last_mut()) {
                    item.linked += item.text.len().saturating_sub(item.link);
                }
            }
            Event::Start(Tag::Strong) => {
                if let (None, Some(item)) = (&self.block, self.open.last_mut()) {
                    item.bold = item.text.trim().is_empty();
                }
            }
            Event::End(TagEnd::Strong) => {
                if let (None, Some(item)) = (&self.block, self.open.last_mut())
                    && std::mem::take(&mut item.bold)
                    && asks(&item.text)
                {
                    item.asked = Some(item.text.len());
                }
            }
            _ => {}
        }
    }

    fn begin(&mut self, place: usize, heading: Option<HeadingLevel>, ignored: bool) {
        self.block = Some(Block {
            line: self.before + self.lines.at(place),
            text: String::new(),
            heading,
            ignored,
        });
    }

    fn push(&mut self, words: &str) {
        let text = match (&mut self.block, self.open.last_mut()) {
            (Some(block), _) => &mut block.text,
            (None, Some(item)) => &mut item.text,
            (None, None) => return,
        };
        text.push_str(words);
    }

    fn begin_item(&mut self, place: usize) {
        if self.open.len() >= LEVELS {
            self.deeper += 1;
            self.push(" ");
            return;
        }
        let line = self.before + self.lines.at(place);
        self.open.push(Item {
            line,
            text: String::new(),
            bold: false,
            asked: None,
            linked: 0,
            link: 0,
            children: Vec::new(),
        });
    }

    fn end_item(&mut self) {
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        let Some(mut item) = self.open.pop() else {
            return;
        };
        if let Some(asked) = item.asked {
            let about = item.text.split_off(asked);
            if !about.trim().is_empty() {
                self.basket
                    .leave(item.line, "words behind a question", about.trim());
            }
        }
        let text = item.text.trim();
        let text = ["[ ] ", "[x] ", "[X] "]
            .iter()
            .find_map(|mark| text.strip_prefix(mark))
            .unwrap_or(text);
        item.text = String::from(text);
        match self.open.last_mut() {
            Some(parent) => parent.children.push(item),
            None => self.list.push(item),
        }
    }

    fn end_heading(&mut self) {
        let Some(Block {
            text,
            heading: Some(level),
            ..
        }) = self.block.take()
        else {
            return;
        };
        self.headings.retain(|(above, _)| *above < level);
        self.headings.push((level, text.trim().to_owned()));
    }

    fn end_block(&mut self) {
        if self
            .block
            .as_ref()
            .is_none_or(|block| block.heading.is_some())
        {
            return;
        }
        let Some(block) = self.block.take() else {
            return;
        };
        let text = block.text.trim();
        if block.ignored || text.is_empty() {
            return;
        }
        if asks(text) && text.len() <= SHORT {
            let mut row = RawQuestion::new(block.line, text);
            row.theme = self.theme();
            self.aside.push(row);
        } else {
            self.basket.leave(block.line, "not in a list", text);
        }
    }

    /// The nearest heading that is about something: "Questions" under "Feedback" is about feedback.
    fn theme(&self) -> String {
        let named = self
            .headings
            .iter()
            .rev()
            .find(|(_, heading)| !is_label(heading));
        let (_, heading) = named
            .or(self.headings.last())
            .cloned()
            .unwrap_or((HeadingLevel::H1, String::new()));
        cut_graphemes(&heading, THEME).to_owned()
    }

    fn settle_list(&mut self) {
        let items = std::mem::take(&mut self.list);
        let announced = self
            .headings
            .last()
            .is_some_and(|(_, heading)| says_question(heading));
        let theme = self.theme();
        self.settle(items, &theme, announced);
    }

    /// Goes down at most [`LEVELS`] bullets.
    fn settle(&mut self, items: Vec<Item>, theme: &str, announced: bool) {
        let topic = |item: &Item| item.is_topic() && item.children.iter().any(Item::asks);
        let asking = items.iter().filter(|item| item.asks()).count();
        let taken = announced || 2 * asking > items.len();
        // One that asks among others that do not is the title of another page, or said in passing.
        let rows = items.iter().filter(|item| !topic(item)).count();
        let stray = !announced && rows > 2 && 3 * asking <= rows;
        for item in items {
            if self.full {
                return;
            }
            if topic(&item) {
                let theme = item.text.trim_end_matches(':');
                let theme = cut_graphemes(theme, THEME).to_owned();
                self.settle(item.children, &theme, announced);
            } else if !announced && item.is_link() {
                self.basket.leave(item.line, "a link", &item.text);
            } else if (item.asks() && !stray) || (taken && !item.text.is_empty()) {
                self.take(&item, theme);
            } else {
                let why = if item.asks() {
                    "asks, but its list does not"
                } else {
                    "does not ask"
                };
                self.basket.leave(item.line, why, &item.text);
                self.settle(item.children, theme, announced);
            }
        }
    }

    fn take(&mut self, item: &Item, theme: &str) {
        let mut row = RawQuestion::new(item.line, &item.text);
        theme.clone_into(&mut row.theme);
        item.below(&mut row.follow_ups);
        self.asked = true;
        self.full = !self.basket.take(&row, self.known);
    }

    /// What to do with questions that stand in no list: an article has them in passing, but where there
    /// are no lists at all they are what the file is about.
    fn outside(&mut self) {
        let aside = std::mem::take(&mut self.aside);
        let alone = !self.asked && !aside.is_empty();
        if alone {
            let note = "No list asks anything; the paragraphs that do were taken.";
            self.basket.notes.push(note.to_owned());
        }
        for row in aside {
            if !alone {
                let why = "a question, but not in a list";
                self.basket.leave(row.line, why, &row.text);
            } else if !self.basket.take(&row, self.known) {
                return;
            }
        }
    }
}

impl Item {
    fn asks(&self) -> bool {
        asks(&self.text) || (self.text.len() <= SHORT && self.text.contains("? "))
    }

    /// Whether all of it leads to another page.
    fn is_link(&self) -> bool {
        self.linked > 0 && self.linked >= self.text.len()
    }

    /// Whether it can name what the bullets under it are about: neither a question nor a whole sentence.
    fn is_topic(&self) -> bool {
        !self.asks() && !self.text.ends_with(['.', '!', '\u{3002}'])
    }

    /// The texts of all bullets below.
    fn below(&self, out: &mut Vec<String>) {
        for child in &self.children {
            out.push(child.text.clone());
            child.below(out);
        }
    }
}

fn says_question(heading: &str) -> bool {
    let words = fold(heading);
    words.contains("question") || words.contains("prompt")
}

/// A heading that only says that questions follow.
fn is_label(heading: &str) -> bool {
    let words = fold(heading);
    if matches!(
        words.trim(),
        "list" | "the list" | "a list" | "overview" | "introduction"
    ) {
        return true;
    }
    says_question(heading) && heading.split_whitespace().count() <= 2
}
