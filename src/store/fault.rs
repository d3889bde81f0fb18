//! Named places at which a test may end the process or let the disk be full, to prove that what
//! follows can be made whole.
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

#[cfg(test)]
thread_local! {
    static FULL_AT: std::cell::Cell<Option<&'static str>> = const { std::cell::Cell::new(None) };
}

/// From now on the disk is full at this place, on this thread.
#[cfg(test)]
pub(crate) fn fill(name: Option<&'static str>) {
    FULL_AT.set(name);
}

/// An error if a test lets the disk be full here.
#[cfg(test)]
pub(crate) fn refused(name: &str) -> crate::store::Result<()> {
    if FULL_AT.get() == Some(name) {
        return Err(crate::store::StoreError::Full(name.into()));
    }
    Ok(())
}

/// Nothing, outside tests of this crate.
#[cfg(not(test))]
#[expect(clippy::unnecessary_wraps, reason = "a test can make it fail")]
pub(crate) const fn refused(_name: &str) -> crate::store::Result<()> {
    Ok(())
}
