//! What happens when the program itself is at fault: the terminal is given back first, then one line without any
//! content is said, and a report without any content is left in the state folder.

use std::backtrace::Backtrace;
use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread::ThreadId;

use crate::engine::is_contained;

/// The thread whose fault will be caught, so that the terminal stays.
static SHIELDED: Mutex<Option<ThreadId>> = Mutex::new(None);

/// From now on a fault gives the terminal back and leaves a report in `folder`. A fault of another thread than the
/// one that draws leaves the report alone: whoever waits for that thread learns of its end. A fault that the engine
/// catches and mends leaves nothing.
pub fn install_hook(folder: PathBuf) {
    panic::set_hook(Box::new(move |info| {
        if is_contained(info) {
            return;
        }
        let report = write_report(&folder, info);
        if shielded() {
            return;
        }
        if super::taken_here() {
            super::restore();
            say(info, report.ok().as_deref());
        } else if std::thread::current().name() == Some("main") {
            say(info, report.ok().as_deref());
        }
    }));
}

/// Runs `draw`; a fault in it leaves a report, the terminal stays, and the answer is `None`.
pub fn caught<R>(draw: impl FnOnce() -> R) -> Option<R> {
    let shield = |who| {
        if let Ok(mut shielded) = SHIELDED.lock() {
            *shielded = who;
        }
    };
    shield(Some(std::thread::current().id()));
    // What drawing leaves half done is a buffer, and that is thrown away.
    let result = panic::catch_unwind(AssertUnwindSafe(draw));
    shield(None);
    result.ok()
}

fn shielded() -> bool {
    SHIELDED
        .try_lock()
        .is_ok_and(|who| *who == Some(std::thread::current().id()))
}

fn place(info: &PanicHookInfo<'_>) -> String {
    info.location().map_or_else(
        || "an unknown place".to_owned(),
        |at| format!("{}:{}:{}", at.file(), at.line(), at.column()),
    )
}

fn say(info: &PanicHookInfo<'_>, report: Option<&Path>) {
    let mut err = io::stderr().lock();
    let report = report.map_or_else(
        || "A report could not be written".to_owned(),
        |file| format!("Report without names or notes: {}", file.display()),
    );
    // Where nobody listens, nothing can be said.
    let _said = writeln!(
        err,
        "circlet stopped because of a fault of its own at {}. What was saved is safe; start circlet again to go \
         on. {report}",
        place(info),
    );
}

/// The words of the fault are left out, because they may quote what somebody wrote.
fn write_report(folder: &Path, info: &PanicHookInfo<'_>) -> io::Result<PathBuf> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)?;
    let file = folder.join(format!("crash-{}.txt", std::process::id()));
    let mut out = fs::OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .open(&file)?;
    write!(
        out,
        "circlet {}\nat {}\nthread {}\n\n{}\n",
        env!("CARGO_PKG_VERSION"),
        place(info),
        std::thread::current().name().unwrap_or("without a name"),
        Backtrace::force_capture(),
    )?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caught_fault_leaves_a_report_without_its_words() {
        let folder = tempfile::tempdir().unwrap();
        let before = panic::take_hook();
        install_hook(folder.path().join("reports"));
        let answer = caught(|| -> u8 { panic!("Ana said something private") });
        let other = caught(|| 7);
        panic::set_hook(before);
        assert_eq!((answer, other), (None, Some(7)));
        let name = format!("crash-{}.txt", std::process::id());
        let report = fs::read_to_string(folder.path().join("reports").join(name)).unwrap();
        assert!(
            report.contains("crash.rs") && !report.contains("private"),
            "{report}"
        );
    }
}
