//! The owner's end of the sockets: connections come in, lines go out.

use std::future::Future;
use std::io;
use std::time::Duration;

use tokio::io::BufReader;
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::mpsc::{Receiver, UnboundedSender, channel};

use crate::domain::id::Kind;
use crate::engine::event::Event;
use crate::engine::wire::{self, FromOwner};

/// Messages that may wait for a client that does not read; beyond that it is dropped, and starts afresh
/// when it comes back.
const MOST_UNREAD: usize = 4096;

/// Pause after a connection that could not be taken.
const PAUSE: Duration = Duration::from_millis(100);

/// Where connections come in.
pub(super) trait Door {
    /// The next one.
    fn take(&mut self) -> impl Future<Output = io::Result<UnixStream>> + Send;
}

impl Door for UnixListener {
    async fn take(&mut self) -> io::Result<UnixStream> {
        self.accept().await.map(|(stream, _)| stream)
    }
}

/// Takes connections of the same user.
pub(super) async fn accept(mut door: impl Door, events: UnboundedSender<Event>) {
    let mut conn = 0;
    loop {
        let Ok(stream) = door.take().await else {
            // Too many files are open, or whoever came is gone; the next one may come in.
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let ours = stream
            .peer_cred()
            .is_ok_and(|peer| peer.uid() == rustix::process::getuid().as_raw());
        if !ours {
            continue;
        }
        conn += 1;
        let (line, messages) = channel(MOST_UNREAD);
        if events.send(Event::ClientCame { conn, line }).is_err() {
            return;
        }
        tokio::spawn(connection(stream, conn, messages, events.clone()));
    }
}

/// Serves one connection until either side ends it.
async fn connection(
    stream: UnixStream,
    conn: u64,
    mut messages: Receiver<FromOwner>,
    events: UnboundedSender<Event>,
) {
    let (from, mut to) = stream.into_split();
    let reading = tokio::spawn(async move {
        let mut from = BufReader::with_capacity(wire::BUFFER, from);
        while let Ok(Some(said)) = wire::receive(&mut from).await {
            if events.send(Event::Client { conn, said }).is_err() {
                break;
            }
        }
        let _ = events.send(Event::ClientLeft(conn));
    });
    while let Some(message) = messages.recv().await {
        // Without a line the client would wait for ever; it comes back and starts afresh.
        let Some(lines) = fitting(message) else {
            break;
        };
        if wire::send(&mut to, &lines).await.is_err() {
            break;
        }
    }
    reading.abort();
}

/// A message as lines. A long act travels without the bank, which no client has in memory.
fn fitting(mut message: FromOwner) -> Option<Vec<u8>> {
    if let Some(line) = wire::line(&message) {
        return Some(line);
    }
    if let FromOwner::Done { act, .. } | FromOwner::Changed { act } = &mut message {
        act.changes
            .retain(|change| change.key.kind != Kind::Question);
    }
    wire::lines(&message)
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc::unbounded_channel;

    use super::*;

    /// A door that sticks the first time.
    struct Sticks(bool, Option<UnixStream>);

    impl Door for Sticks {
        async fn take(&mut self) -> io::Result<UnixStream> {
            if !std::mem::replace(&mut self.0, true) {
                return Err(io::Error::other("too many open files"));
            }
            match self.1.take() {
                Some(stream) => Ok(stream),
                None => std::future::pending().await,
            }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn one_connection_that_fails_does_not_keep_the_next_one_out() {
        let (_client, stream) = UnixStream::pair().unwrap();
        let door = Sticks(false, Some(stream));
        let (sender, mut events) = unbounded_channel();
        tokio::select! {
            () = accept(door, sender) => panic!("serving ended"),
            event = events.recv() => {
                assert!(matches!(event, Some(Event::ClientCame { conn: 1, .. })));
            }
        }
    }
}
