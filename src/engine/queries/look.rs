//! Looking through everything, portion by portion: each answer says where to go on, so that saving never waits for a
//! search, and whoever stops asking has cancelled it.

use std::collections::BTreeMap;

use crate::domain::clock::Zone;
use crate::domain::document::Document;
use crate::domain::id::{Key, Kind, MemberId, Space};
use crate::domain::search::{Eyes, Sort, Words};
use crate::domain::text::Clean;
use crate::engine::query::{Answer, Look, LookPage, LookPlace};
use crate::engine::working_set;
use crate::store::{Read, Result};

/// Documents that are read for one answer.
const PORTION: usize = 2_000;

/// The spaces to look through: one circle, or all of them and then the bank.
fn spaces(read: &dyn Read, look: &Look) -> Result<Vec<Space>> {
    if let Some(circle) = look.circle {
        return Ok(vec![Space::Circle(circle)]);
    }
    let heads = read.heads()?.into_keys();
    let mut spaces: Vec<Space> = heads.filter(|space| *space != Space::Org).collect();
    spaces.push(Space::Org);
    Ok(spaces)
}

fn kinds(look: &Look) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = Vec::new();
    for sort in Sort::ALL {
        let wanted = look.sorts.is_empty() || look.sorts.contains(&sort);
        if wanted && !kinds.contains(&sort.kind()) {
            kinds.push(sort.kind());
        }
    }
    kinds
}

/// Answers with what one portion holds.
pub(super) fn look(read: &dyn Read, look: &Look) -> Result<Answer> {
    let words = Words::read(&look.words);
    let zone = look.zone.parse().unwrap_or(Zone::UTC);
    let mut page = LookPage::default();
    let mut left = PORTION;
    // Kinds go first, so that the bank, which is the largest, comes last of all.
    let mut places = Vec::new();
    if !words.is_empty() {
        let spaces = spaces(read, look)?;
        for kind in kinds(look) {
            places.extend(spaces.iter().map(|space| (kind, *space)));
        }
    }
    let begun = look.from.map_or(0, |from| {
        let place = (from.kind, from.space);
        let found = places.iter().position(|other| *other == place);
        // The circle was erased meanwhile: nothing of it is left to be found.
        found.unwrap_or(places.len())
    });
    let mut after = look.from.and_then(|from| from.after);
    for (kind, space) in places.into_iter().skip(begun) {
        let people = if kind == Kind::Action && !look.masked {
            people(read, space)?
        } else {
            BTreeMap::new()
        };
        let eyes = Eyes {
            masked: look.masked,
            zone,
            people: &people,
        };
        loop {
            if left == 0 {
                page.next = Some(LookPlace { space, kind, after });
                return Ok(Answer::Look(Box::new(page)));
            }
            let rows = read.scan(space, kind, after, left)?;
            left -= rows.rows.len().min(left);
            for row in &rows.rows {
                take(&words, look, eyes, row, &mut page);
            }
            after = rows.next;
            if after.is_none() {
                break;
            }
        }
    }
    Ok(Answer::Look(Box::new(page)))
}

/// The people of a circle by name, those who have left too.
fn people(read: &dyn Read, space: Space) -> Result<BTreeMap<MemberId, Clean>> {
    let mut people = BTreeMap::new();
    working_set::each(read, space, Kind::Member, None, &mut |row| {
        if let Document::Member(member) = working_set::document(&row)? {
            people.insert(member.id, member.name);
        }
        Ok(())
    })?;
    Ok(people)
}

fn take(
    words: &Words,
    look: &Look,
    eyes: Eyes<'_>,
    row: &crate::store::Stored,
    page: &mut LookPage,
) {
    let key: Key = row.key;
    // What this version cannot read, it cannot show either.
    let Ok(document) = working_set::document(row) else {
        return;
    };
    if let Some(hit) = words.find(key, &document, eyes)
        && (look.sorts.is_empty() || look.sorts.contains(&hit.sort))
    {
        page.hits.push(hit);
    }
}
