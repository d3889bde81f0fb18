//! Named places at which a test may end the process, to prove that what follows can be made whole.
//! Without the feature `testing` this is nothing.

/// Ends the process here if `CIRCLET_FAILPOINT` is `name:count` and this is the count-th passage.
#[cfg(any(test, feature = "testing"))]
pub(crate) fn point(name: &str) {
    use std::sync::atomic::{AtomicU32, Ordering};

    static PASSAGES: AtomicU32 = AtomicU32::new(0);
    let Ok(wanted) = std::env::var("CIRCLET_FAILPOINT") else {
        return;
    };
    let (wanted, count) = wanted.split_once(':').unwrap_or((&wanted, "1"));
    if wanted == name {
        let passages = PASSAGES.fetch_add(1, Ordering::SeqCst) + 1;
        if count.parse() == Ok(passages) {
            std::process::abort();
        }
    }
}

/// Nothing, in a build for people.
#[cfg(not(any(test, feature = "testing")))]
pub(crate) const fn point(_name: &str) {}
