//! Every name that the store gives to a file or folder. Whatever else lies in its folder belongs to
//! somebody else, and the store neither changes nor removes it.

/// The database folder.
pub(crate) const DATABASE: &str = "sled";
/// The journals together, as the place of something that is in none of them.
pub(crate) const JOURNAL: &str = "journal";
/// The database folder while it is being built.
pub(crate) const BUILDING: &str = "sled-new";
/// The database folder that an erase has just replaced, until it is removed.
pub(crate) const REPLACED: &str = "sled-old";
/// Exists while the database is being opened.
pub(crate) const OPENING: &str = "opening";
/// Exists while an erase is being carried out; says what goes and which snapshot is without it.
pub(crate) const ERASING: &str = "erasing";
/// Exists when an erase could not be carried out; the next open does it.
pub(crate) const WAITING: &str = "erasing-later";
/// The lock of the owner.
pub(crate) const LOCK: &str = "store.lock";
/// How far the store has come, as far as the journal is concerned.
pub(crate) const STATE: &str = "state";
/// A folder for backups in the store, when a person made one.
pub(crate) const BACKUPS: &str = "backups";
/// What follows the name of a file while it is being written.
pub(crate) const TEMPORARY: &str = ".tmp";
/// How the name of a damaged copy begins; behind it come the time and the name it had.
pub(crate) const DAMAGED: &str = "damaged-";

/// Kept beside the store by those who use it. It may lie here and is left alone.
const BESIDE: [&str; 2] = ["running.json", "running.json.new"];

/// The name of a journal.
pub(crate) fn journal_name(number: u64) -> String {
    format!("journal-{number}")
}

/// The name of a snapshot.
pub(crate) fn snapshot_name(seq: u64) -> String {
    format!("snapshot-{seq}.jsonl")
}

/// The number of a journal with this name.
pub(crate) fn journal_number(name: &str) -> Option<u64> {
    let number = name.strip_prefix("journal-")?.parse().ok()?;
    (journal_name(number) == name).then_some(number)
}

/// The position of a snapshot with this name.
pub(crate) fn snapshot_seq(name: &str) -> Option<u64> {
    let seq = name.strip_prefix("snapshot-")?.strip_suffix(".jsonl")?;
    let seq = seq.parse().ok()?;
    (snapshot_name(seq) == name).then_some(seq)
}

/// Whether this is a part of a store, also one that is only there for a while.
pub(crate) fn is_ours(name: &str) -> bool {
    let lasting = [DATABASE, STATE, LOCK, OPENING, ERASING, WAITING, REPLACED].contains(&name);
    lasting || is_numbered(name) || is_leftover(name) || is_damaged(name)
}

/// Whether an interrupted write left this behind.
pub(crate) fn is_leftover(name: &str) -> bool {
    let written = name.strip_suffix(TEMPORARY);
    name == BUILDING || written.is_some_and(|name| name == ERASING || snapshot_seq(name).is_some())
}

/// Whether this is a copy of a damaged part of the store.
pub(crate) fn is_damaged(name: &str) -> bool {
    let Some((time, was)) = name
        .strip_prefix(DAMAGED)
        .and_then(|rest| rest.split_once('-'))
    else {
        return false;
    };
    let is_part = |name: &str| name == DATABASE || is_numbered(name);
    // Of several copies with one name the later ones have a number behind it.
    let numbered = was.rsplit_once('-');
    let copy = numbered.is_some_and(|(was, copy)| is_part(was) && copy.parse::<u32>().is_ok());
    is_time(time) && (is_part(was) || copy)
}

/// Whether this may lie in the folder of a store.
pub(crate) fn is_known(name: &str) -> bool {
    is_ours(name) || name == BACKUPS || BESIDE.contains(&name)
}

/// Whether this is a backup or snapshot, as circlet names them when nobody else does.
pub(crate) fn is_backup(name: &str) -> bool {
    let date = name
        .strip_prefix("circlet-")
        .and_then(|rest| rest.strip_suffix(".backup"));
    let is_date = |date: &str| {
        !date.is_empty()
            && date
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'-')
    };
    date.is_some_and(is_date) || snapshot_seq(name).is_some()
}

fn is_numbered(name: &str) -> bool {
    journal_number(name).is_some() || snapshot_seq(name).is_some()
}

/// `20260301T120000Z`
fn is_time(text: &str) -> bool {
    let form = |(at, byte): (usize, u8)| match at {
        8 => byte == b'T',
        15 => byte == b'Z',
        _ => byte.is_ascii_digit(),
    };
    text.len() == 16 && text.bytes().enumerate().all(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_exactly_our_form_are_ours() {
        let ours = [
            "sled",
            "sled-new",
            "sled-old",
            "state",
            "store.lock",
            "opening",
            "erasing",
            "erasing.tmp",
            "erasing-later",
            "journal-3",
            "snapshot-120.jsonl",
            "snapshot-120.jsonl.tmp",
            "damaged-20260301T120000Z-sled",
            "damaged-20260301T120000Z-sled-2",
            "damaged-20260301T120000Z-journal-3",
            "damaged-20260301T120000Z-journal-3-2",
            "damaged-20260301T120000Z-snapshot-50.jsonl",
        ];
        for name in ours {
            assert!(is_ours(name), "{name}");
        }
        let others = [
            "notes.tmp",
            "journal-03",
            "journal-+3",
            "journal-3.tmp",
            "snapshot-1.jsonl.gz",
            "damaged-photos",
            "damaged-20260301T120000Z-photos",
            "running.json",
            "backups",
            "State",
        ];
        for name in others {
            assert!(!is_ours(name), "{name}");
        }
        assert!(is_backup("circlet-2026-03-01.backup") && is_backup("snapshot-7.jsonl"));
        assert!(!is_backup("circlet-notes.backup") && !is_backup("taxes.jsonl"));
    }
}
