//! The owner's end of the sockets: connections come in, lines go out.

use tokio::io::BufReader;
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::mpsc::{Receiver, UnboundedSender, channel};

use crate::domain::id::Kind;
use crate::engine::event::Event;
use crate::engine::wire::{self, FromOwner, ToOwner};

/// Messages that may wait for a client that does not read; beyond that it is dropped, and starts afresh
/// when it comes back.
const MOST_UNREAD: usize = 4096;

/// Takes connections of the same user.
pub(super) async fn accept(listener: UnixListener, events: UnboundedSender<Event>) {
    let mut conn = 0;
    while let Ok((stream, _)) = listener.accept().await {
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
    let asked = events.clone();
    let reading = tokio::spawn(async move {
        let mut from = BufReader::new(from);
        while let Ok(Some(said)) = wire::receive(&mut from).await {
            if asked.send(Event::Client { conn, said }).is_err() {
                break;
            }
        }
        let _ = asked.send(Event::ClientLeft(conn));
    });
    while let Some(message) = messages.recv().await {
        let (line, afresh) = fitting(message);
        if wire::send(&mut to, &line).await.is_err() {
            break;
        }
        if afresh {
            let said = Box::new(ToOwner::Subscribe);
            let _ = events.send(Event::Client { conn, said });
        }
    }
    reading.abort();
}

/// A message as a line. An act that is too long travels without the bank, which no client has in
/// memory; if that does not help without its changes, and the state is sent afresh.
fn fitting(message: FromOwner) -> (Vec<u8>, bool) {
    if let Some(line) = wire::line(&message) {
        return (line, false);
    }
    let (mut message, mut afresh) = (message, false);
    if let FromOwner::Done { act, .. } | FromOwner::Changed { act } = &mut message {
        act.changes
            .retain(|change| change.key.kind != Kind::Question);
    }
    if let Some(line) = wire::line(&message) {
        return (line, afresh);
    }
    let n = match &mut message {
        FromOwner::Done { act, .. } | FromOwner::Changed { act } => {
            act.changes.clear();
            afresh = true;
            None
        }
        FromOwner::Answer { n, .. } => Some(*n),
        _ => None,
    };
    if let Some(n) = n {
        let words = "the answer is too long for the line; ask for fewer rows".to_owned();
        message = FromOwner::Failed { n, words };
    }
    (wire::line(&message).unwrap_or_default(), afresh)
}
