//! What people wrote in their own words, wherever it stands in minutes.

use crate::domain::minutes::{Minutes, Row};
use crate::domain::text::Clean;

impl Minutes {
    /// Every text that somebody typed.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        let agenda = self.agenda.iter().flat_map(|block| {
            let reports = block.reports.iter().map(|report| &report.text);
            std::iter::once(&block.title).chain(reports)
        });
        let ratings = self.ratings.iter().map(|rating| &rating.of);
        let votes = self.votes.iter().flat_map(|vote| &vote.options);
        let read = self.reading.iter();
        let books = read.flat_map(|read| {
            let begun = read.begun.iter().map(|(title, _)| title);
            [&read.title, &read.author].into_iter().chain(begun)
        });
        let actions = self.actions.iter();
        let actions = actions.flat_map(|row| std::iter::once(&row.text).chain(&row.tags));
        std::iter::once(&self.circle)
            .chain(agenda)
            .chain(books)
            .chain(&self.prompts)
            .chain(ratings)
            .chain(votes.map(|count| &count.option))
            .chain(self.decisions.iter().chain(&self.since).flat_map(of_row))
            .chain(actions)
            .chain(self.parked.iter().flat_map(of_row))
            .chain(self.notes.iter().flat_map(of_row))
            .map(Clean::as_str)
    }
}

fn of_row<Id>(row: &Row<Id>) -> impl Iterator<Item = &Clean> {
    std::iter::once(&row.text).chain(&row.tags)
}
