//! What is worked out once for as long as what it follows from stays the same: drawing and keys only look it up.

use std::cell::RefCell;
use std::rc::Rc;

/// What was made last, with the stamp of what it was made from.
#[derive(Debug)]
pub(super) struct Memo<S, T>(RefCell<Option<(S, Rc<T>)>>);

impl<S: PartialEq, T> Memo<S, T> {
    /// What was made from this stamp, else what `make` makes now.
    pub(super) fn of(&self, stamp: S, make: impl FnOnce() -> T) -> Rc<T> {
        if let Some((of, made)) = &*self.0.borrow()
            && *of == stamp
        {
            return Rc::clone(made);
        }
        let fresh = Rc::new(make());
        *self.0.borrow_mut() = Some((stamp, Rc::clone(&fresh)));
        fresh
    }
}

impl<S, T> Default for Memo<S, T> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

/// A copy begins with nothing made.
impl<S, T> Clone for Memo<S, T> {
    fn clone(&self) -> Self {
        Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_is_made_again_only_when_its_stamp_changes() {
        let memo = Memo::default();
        let first = memo.of(1, || "one");
        assert!(Rc::ptr_eq(&first, &memo.of(1, || "not made")));
        assert_eq!(*memo.of(2, || "two"), "two");
        assert_eq!(*memo.of(1, || "again"), "again");
    }
}
