//! The record of a book: gathered a question to the store at a time, then written into the export folder.

use crate::domain::names::Naming;
use crate::engine::book_record::Gathering;
use crate::engine::query::Answer;
use crate::exchange::book_record::markdown;
use crate::exchange::out::file_name;
use crate::tui::messages::Note;
use crate::tui::port::Port;
use crate::tui::shell::{Shell, Waiting, Wish};
use crate::tui::view::OutFile;

impl Shell {
    /// Begins the record of the book that the circle reads or read last.
    pub(super) fn write_book(&mut self, port: &mut dyn Port) {
        let Some(circle) = self.view(port).circle else {
            self.messages.say(Note::error("There is no circle yet"));
            return;
        };
        let zone = port.zone();
        let gathering = Gathering::usual(port.state(), circle, port.now().date(zone), zone);
        self.ask_for_book(gathering, port);
    }

    fn ask_for_book(&mut self, gathering: Gathering, port: &mut dyn Port) {
        if let Some(query) = gathering.next() {
            let ticket = port.ask(query);
            self.talk
                .waiting
                .insert(ticket, Waiting::Book(Box::new(gathering)));
            return;
        }
        let Some(record) = gathering.record(port.state(), Naming::Full) else {
            let words = "No book has been read here yet, so there is no record to write";
            self.messages.say(Note::error(words));
            return;
        };
        self.wishes.push(Wish::Export(OutFile {
            name: file_name(&[&record.circle, &record.title, "record"], "md"),
            text: markdown(&record, port.zone()),
            told: record.left_out.words().into_iter().collect(),
        }));
    }

    pub(super) fn book_told(
        &mut self,
        mut gathering: Gathering,
        answer: &Answer,
        port: &mut dyn Port,
    ) {
        match gathering.take(answer) {
            Ok(()) => self.ask_for_book(gathering, port),
            Err(problem) => self.messages.say(Note::error(format!(
                "The record was not written: {problem}; everything else is unharmed"
            ))),
        }
    }
}
