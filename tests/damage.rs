//! Damages one file of a store that the real program made, and looks at it with the real program: it is
//! whole, it was mended with nothing lost, or it says clearly what is wrong and keeps what is damaged.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use circlet_support::{Damage, Place, Ran, Seed, Signal, Size, copy, tree};

const SOON: Duration = Duration::from_secs(20);
const TEXTS: [&str; 6] = [
    "Send deck",
    "Call Ana",
    "Book a room",
    "Ask Tom",
    "Read chapter five",
    "Thank Jun",
];

/// A circle with actions, some from commands, the rest from the app while a session runs.
fn filled(end: impl FnOnce(&mut circlet_support::Terminal)) -> Place {
    let place = Place::new(env!("CARGO_BIN_EXE_circlet"));
    place.ladder_up();
    for text in TEXTS.iter().take(3) {
        place.ok(&["add", &format!("a {text} @maria")]);
    }
    let mut terminal = place.open(&["live"], Size(120, 36));
    terminal.wait_for("READY", SOON);
    terminal.type_keys("<space>");
    terminal.wait_for("RUNNING", SOON);
    for text in TEXTS.iter().skip(3) {
        terminal.type_keys("a");
        terminal.wait_for("Write down", SOON);
        terminal.type_keys(&format!("{text}<enter>"));
        terminal.wait_for(&format!("\"{text}\""), SOON);
    }
    end(&mut terminal);
    terminal.wait_for_end(SOON);
    place
}

fn closed() -> Place {
    filled(|terminal| {
        terminal.type_keys("<c-c>");
        terminal.wait_for("Ctrl-C again", SOON);
        terminal.type_keys("<c-c>");
    })
}

fn killed() -> Place {
    filled(|terminal| terminal.signal(Signal::KILL))
}

fn files(store: &Path) -> Vec<PathBuf> {
    let all = tree(store).expect("a store can be read").into_iter();
    all.filter(|path| path.is_file())
        .map(|path| {
            path.strip_prefix(store)
                .expect("it was found there")
                .to_owned()
        })
        .collect()
}

fn newest_journal(files: &[PathBuf]) -> PathBuf {
    let number =
        |path: &PathBuf| -> Option<u64> { path.to_str()?.strip_prefix("journal-")?.parse().ok() };
    files
        .iter()
        .filter(|path| number(path).is_some())
        .max_by_key(|path| number(path))
        .expect("a store has a journal")
        .clone()
}

/// Damages each file in each way and looks what two commands say about it.
fn sweep(place: &Place, tell_only: impl Fn(&Path) -> bool) {
    let store = place.store();
    let whole = place.root().join("whole");
    copy(&store, &whole).expect("there is room for a copy");
    for file in files(&whole) {
        for (seed, damage) in (1..).zip(Damage::ALL) {
            fs::remove_dir_all(&store).expect("what we made is ours");
            copy(&whole, &store).expect("there is room for a copy");
            let struck = damage
                .strike(&store.join(&file), &mut Seed::new(seed))
                .expect("files can be damaged");
            if !struck {
                continue;
            }
            let bad = fs::read(store.join(&file)).ok();
            let what = format!("{damage:?} in {}", file.display());
            let looked = place.run(&["doctor"]);
            let listed = place.run(&["action", "list", "--all", "--json"]);
            judge(&what, &looked, &listed, tell_only(&file));
            if listed.code != Some(0) {
                let kept = bad.is_none_or(|bad| holds(&store, &bad));
                assert!(kept, "{what}: the damaged copy is gone");
            }
        }
    }
}

/// No panic, no silence: all there, or a clear word about it.
fn judge(what: &str, looked: &Ran, listed: &Ran, may_lose: bool) {
    for ran in [looked, listed] {
        assert!(matches!(ran.code, Some(0 | 1 | 4)), "{what}: {ran:?}");
        assert!(!ran.err.contains("panicked"), "{what}: {}", ran.err);
    }
    let missing: Vec<_> = TEXTS
        .iter()
        .filter(|text| !listed.out.contains(*text))
        .collect();
    let told = looked.code != Some(0) || !listed.err.is_empty() || looked.out.lines().count() > 1;
    if listed.code == Some(0) {
        assert!(
            missing.is_empty() || (may_lose && told),
            "{what}: {missing:?} missing; {looked:?} {listed:?}"
        );
    } else {
        assert!(
            listed.err.lines().count() >= 1,
            "{what}: no word about it: {listed:?}"
        );
    }
}

/// Whether any file has this content.
fn holds(store: &Path, content: &[u8]) -> bool {
    let files = tree(store).expect("a store can be read");
    files
        .iter()
        .filter(|path| path.is_file())
        .any(|path| fs::read(path).is_ok_and(|bytes| bytes == content))
}

#[test]
fn a_store_that_was_closed_survives_damage_of_any_one_file() {
    let place = closed();
    sweep(&place, |_| false);
}

#[test]
fn a_store_whose_program_was_killed_survives_damage_of_any_one_file() {
    let place = killed();
    let newest = newest_journal(&files(&place.store()));
    // What only the newest journal had is lost with it; it has to be told.
    sweep(&place, |file| file == newest);
}

#[test]
fn doctor_mends_a_store_whose_database_is_damaged() {
    let place = closed();
    let database = files(&place.store())
        .into_iter()
        .find(|path| path.ends_with("db"))
        .expect("there is a database");
    assert!(
        Damage::Cut
            .strike(&place.store().join(database), &mut Seed::new(1))
            .expect("files can be damaged")
    );
    place.run(&["doctor", "--repair"]);
    let again = place.run(&["doctor"]);
    assert_eq!(again.code, Some(0), "{again:?}");
    let listed = place.ok(&["action", "list", "--all", "--json"]);
    assert!(TEXTS.iter().all(|text| listed.contains(text)), "{listed}");
}
