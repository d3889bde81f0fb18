//! Finding the row that somebody named, in memory first and then in the store.

use crate::cli::args::Global;
use crate::cli::desk::Desk;
use crate::cli::error::{CliError, echo};
use crate::cli::name;
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Key, Kind, Space};
use crate::domain::text::slug;
use crate::engine::query::{Answer, MOST_ROWS, Query};

impl Desk {
    /// The row that was named, wherever it is: in the circle of `--circle`, before the slash, or in any.
    pub(in crate::cli) fn find(
        &mut self,
        global: &Global,
        kind: Kind,
        typed: &str,
    ) -> Result<(Key, Document), CliError> {
        let named = name::id(kind, typed)?;
        let circle = named.circle.as_deref().or(global.circle.as_deref());
        let mut spaces: Vec<Space> = name::circles(self.state(), circle)?
            .iter()
            .map(|circle| Space::Circle(circle.id))
            .collect();
        if kind == Kind::Question && named.circle.is_none() {
            spaces.insert(0, Space::Org);
        }
        let mut found = Vec::new();
        for space in spaces {
            found.extend(self.find_in(space, kind, named.which)?);
        }
        if let (true, Kind::Action) = (found.is_empty(), kind)
            && let Some(words) = self.moved(circle, named.which)?
        {
            return Err(CliError::failed(words));
        }
        match found.len() {
            0 => Err(CliError::failed(format!(
                "There is no {} \"{}\" {}. See: circlet {} list",
                kind.as_str(),
                echo(typed),
                circle.map_or_else(|| "here".to_owned(), |name| format!("in {}", echo(name))),
                kind.as_str()
            ))),
            1 => Ok(found.remove(0)),
            _ => Err(self.ambiguous(kind, typed, &found)),
        }
    }

    fn find_in(
        &mut self,
        space: Space,
        kind: Kind,
        which: name::Which,
    ) -> Result<Option<(Key, Document)>, CliError> {
        let number = match which {
            name::Which::Uid(uid) => {
                let key = Key::new(space, kind, uid);
                let mut found = self.documents(Query::Get(vec![key]))?;
                return Ok(found.pop());
            }
            name::Which::Number(number) => number,
        };
        let held = self.state().scan(space, kind);
        let held = held.filter(|(_, document)| document.number() == Some(number));
        if let Some((key, document)) = held.last() {
            return Ok(Some((*key, document.clone())));
        }
        // Closed rows are not in memory. Numbers rise with ids, but an import may have mixed them.
        let all = self.scan(space, kind)?;
        Ok(all
            .into_iter()
            .rfind(|(_, document)| document.number() == Some(number)))
    }

    /// Where an action went that has another number now, as far as that is among the latest acts.
    fn moved(
        &mut self,
        circle: Option<&str>,
        which: name::Which,
    ) -> Result<Option<String>, CliError> {
        let name::Which::Number(number) = which else {
            return Ok(None);
        };
        let circles: Vec<CircleId> = name::circles(self.state(), circle)?
            .iter()
            .map(|circle| circle.id)
            .collect();
        let begins = format!("A{number} ");
        for circle in circles {
            let query = Query::Log {
                circle: Some(circle),
                before: u64::MAX,
                limit: MOST_ROWS,
            };
            let Answer::Log { rows, .. } = self.ask(query)? else {
                continue;
            };
            let went = rows
                .iter()
                .filter(|act| act.in_force && act.title.starts_with(&begins));
            let mut went = went.filter_map(|act| act.title.rsplit_once(" moved to "));
            if let Some((_, place)) = went.next() {
                return Ok(Some(format!("A{number} moved to {place}.")));
            }
        }
        Ok(None)
    }

    fn ambiguous(&self, kind: Kind, typed: &str, found: &[(Key, Document)]) -> CliError {
        let view = self.view();
        let full = |(key, document): &(Key, Document)| {
            let number = document.number().unwrap_or_default();
            let short = format!("{}{number}", name::letter(kind)).replace('#', "");
            let circle = match key.space {
                Space::Circle(circle) => view.state.circle(circle),
                Space::Org => None,
            };
            circle.map_or_else(
                || key.id.simple().to_string(),
                |circle| format!("{}/{short}", slug(&circle.name)),
            )
        };
        let names: Vec<String> = found.iter().map(full).collect();
        CliError::usage(format!(
            "\"{}\" could be {}. Write one of these.",
            echo(typed),
            name::listed(names, found.len())
        ))
    }
}
