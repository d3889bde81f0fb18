//! What comes from the terminal, as long as there is one.

use std::io;
use std::os::fd::AsFd;
use std::pin::Pin;
use std::task::{Context, Poll};

use crossterm::event::{Event, EventStream};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use tokio_stream::Stream;

/// Keys and sizes. When the terminal is gone it says so once, instead of being read: crossterm reads the end
/// of a file again and again and would never come back.
pub struct Events(EventStream);

/// What comes from the terminal. There must be one such stream at most, and none while another program or a
/// question to the terminal reads its input.
pub fn events() -> Events {
    Events(EventStream::new())
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

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if is_gone(io::stdin()) {
            return Poll::Ready(Some(Err(io::ErrorKind::BrokenPipe.into())));
        }
        Pin::new(&mut self.0).poll_next(cx)
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
