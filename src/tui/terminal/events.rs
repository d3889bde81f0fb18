//! What comes from the terminal, as long as there is one.

use std::cell::RefCell;
use std::io;
use std::os::fd::AsFd;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use crossterm::event::{Event, EventStream};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use tokio_stream::Stream;

/// What reads the terminal, unless another program does.
type Shared = Rc<RefCell<Option<EventStream>>>;

/// Keys and sizes. When the terminal is gone it says so once, instead of being read: crossterm reads the end
/// of a file again and again and would never come back.
pub struct Events(Shared);

/// Stops reading the terminal for as long as another program has it: two readers of one keyboard would share the keys.
#[derive(Clone)]
pub struct Reader(Shared);

impl Reader {
    /// Stops reading. The thread behind it ends.
    pub fn stop(&self) {
        *self.0.borrow_mut() = None;
    }

    /// Reads again. Whoever waits for [`Events`] has to look at them once more.
    pub fn start(&self) {
        *self.0.borrow_mut() = Some(EventStream::new());
    }
}

/// What comes from the terminal. There must be one such stream at most, and none while another program or a
/// question to the terminal reads its input.
pub fn events() -> Events {
    Events(Rc::new(RefCell::new(Some(EventStream::new()))))
}

impl Events {
    /// What stops them for a while.
    pub fn reader(&self) -> Reader {
        Reader(Rc::clone(&self.0))
    }
}

/// Whether nobody is at the other end any more.
fn is_gone(terminal: impl AsFd) -> bool {
    let mut asked = [PollFd::new(&terminal, PollFlags::empty())];
    let at_once = Timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    matches!(poll(&mut asked, Some(&at_once)), Ok(1))
        && asked
            .iter()
            .any(|found| found.revents().contains(PollFlags::HUP))
}

impl Stream for Events {
    type Item = io::Result<Event>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if is_gone(io::stdin()) {
            return Poll::Ready(Some(Err(io::ErrorKind::BrokenPipe.into())));
        }
        match self.0.borrow_mut().as_mut() {
            Some(stream) => Pin::new(stream).poll_next(cx),
            None => Poll::Pending,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_whose_other_end_was_closed_is_gone() {
        let (here, there) = std::os::unix::net::UnixStream::pair().unwrap();
        assert!(!is_gone(&here));
        drop(there);
        assert!(is_gone(&here));
    }
}
