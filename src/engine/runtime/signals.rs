//! Signals of the system as a stream.

use std::io;

use rustix::process::Signal as Number;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc;
use tokio_stream::Stream;

/// What the system asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// To end; the number of the signal.
    End(i32),
    /// To stop, as `kill -TSTP` does.
    Stop,
    /// The process goes on after it was stopped.
    Continued,
}

/// All signals that the loop answers. From now on they no longer end or stop the process by themselves. Must be
/// called from a tokio runtime.
///
/// # Errors
/// If the system does not let them be caught.
pub fn signals() -> io::Result<impl Stream<Item = Signal>> {
    let end = |number: Number| (number, Signal::End(number.as_raw()));
    let (sender, receiver) = mpsc::unbounded_channel();
    for (number, means) in [
        end(Number::TERM),
        end(Number::HUP),
        end(Number::INT),
        end(Number::QUIT),
        (Number::TSTP, Signal::Stop),
        (Number::CONT, Signal::Continued),
    ] {
        let mut caught = signal(SignalKind::from_raw(number.as_raw()))?;
        let sender = sender.clone();
        tokio::spawn(async move {
            while caught.recv().await.is_some() && sender.send(means).is_ok() {}
        });
    }
    Ok(Received(receiver))
}

/// Lets a file that reaches the limit of its size (`ulimit -f`) be told in words like a full disk, instead of ending
/// the process. Does nothing where there is no such limit.
///
/// # Errors
/// If the system does not let the signal be caught.
pub fn survive_size_limit() -> io::Result<()> {
    let limit = rustix::process::getrlimit(rustix::process::Resource::Fsize);
    if limit.current.is_none() {
        return Ok(());
    }
    // What catches a signal stays for as long as the process runs, also when nobody waits for it.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()?;
    let _inside = runtime.enter();
    signal(SignalKind::from_raw(Number::XFSZ.as_raw())).map(drop)
}

struct Received(mpsc::UnboundedReceiver<Signal>);

impl Stream for Received {
    type Item = Signal;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Signal>> {
        self.0.poll_recv(cx)
    }
}

#[cfg(test)]
mod tests {
    use tokio_stream::StreamExt as _;

    use super::*;

    #[tokio::test]
    async fn a_signal_is_told_instead_of_ending_the_process() {
        let mut signals = std::pin::pin!(signals().unwrap());
        let me = rustix::process::getpid();
        rustix::process::kill_process(me, Number::CONT).unwrap();
        assert_eq!(signals.next().await, Some(Signal::Continued));
    }
}
