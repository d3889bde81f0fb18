use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::yield_now;
use tokio_stream::wrappers::UnboundedReceiverStream;

use super::*;
use crate::domain::clock::Span;

const START: Moment = Moment::from_millis(1_700_000_000_000);

/// News through a channel; the clock of the paused runtime.
struct Wire {
    news: UnboundedReceiver<u32>,
    began: Instant,
    speed: f64,
    /// What another process is sent when there is news, and how much of it has reached it.
    other: UnboundedSender<u32>,
    reached: Arc<AtomicU32>,
}

impl Source for Wire {
    type News = u32;

    async fn next(&mut self) -> u32 {
        match self.news.recv().await {
            Some(news) => {
                let _ = self.other.send(news);
                news
            }
            None => std::future::pending().await,
        }
    }

    fn now(&self) -> Moment {
        let past = self.began.elapsed().mul_f64(self.speed);
        START + Span::from_millis(i64::try_from(past.as_millis()).unwrap())
    }

    fn speed(&self) -> f64 {
        self.speed
    }
}

/// A clock, a number that commands count up, and what happened to it.
#[derive(Default)]
struct Face {
    ends: Option<Moment>,
    count: u32,
    order: Order,
    draws: u32,
    turns: u32,
    rings: Vec<Moment>,
    log: Vec<&'static str>,
    broken: bool,
    /// What had reached the other process when each news was told.
    reached: Vec<u32>,
}

impl Front<Wire> for Face {
    type Event = char;
    type Print = (u32, Option<i64>);

    fn event(&mut self, event: char, _: &mut Wire) {
        self.turns += 1;
        match event {
            'q' => self.order = Order::Quit,
            'z' => self.order = Order::Suspend,
            'l' => self.order = Order::Redraw,
            '+' => self.count += 1,
            _ => {}
        }
    }

    fn told(&mut self, news: u32, wire: &mut Wire) {
        self.turns += 1;
        self.reached.push(wire.reached.load(Ordering::Relaxed));
        self.count += news;
    }

    fn woke(&mut self, wire: &mut Wire) {
        self.turns += 1;
        if self.ends.is_some_and(|ends| ends <= wire.now()) {
            self.rings.push(wire.now());
            self.ends = None;
        }
    }

    fn next_wakeup(&self, wire: &Wire) -> Option<Moment> {
        self.ends.map(|ends| {
            let left = (ends - wire.now()).millis();
            wire.now() + Span::from_millis((left - 1).rem_euclid(1000) + 1)
        })
    }

    fn fingerprint(&self, wire: &Wire) -> Self::Print {
        let shown = self.ends.map(|ends| (ends - wire.now()).shown_secs());
        (self.count, shown)
    }

    fn draw(&mut self, _: &Wire) -> io::Result<()> {
        self.draws += 1;
        if self.broken {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        Ok(())
    }

    fn order(&mut self, _: &Wire) -> Order {
        std::mem::take(&mut self.order)
    }

    async fn suspend(&mut self, _: &mut Wire) -> bool {
        self.log.push("suspend");
        true
    }

    async fn resume(&mut self, _: &mut Wire) {
        self.log.push("resume");
    }
}

struct Hands {
    news: UnboundedSender<u32>,
    keys: UnboundedSender<io::Result<char>>,
    signals: UnboundedSender<Signal>,
}

impl Hands {
    fn key(&self, key: char) {
        self.keys.send(Ok(key)).unwrap();
    }

    fn signal(&self, signal: Signal) {
        self.signals.send(signal).unwrap();
    }
}

/// Runs the loop while `script` acts on it; the script ends it with `q` or otherwise.
async fn play<R: Future<Output = ()>>(
    face: &mut Face,
    speed: f64,
    script: impl FnOnce(Hands) -> R,
) -> Exit {
    let (news_in, news) = unbounded_channel();
    let (keys_in, keys) = unbounded_channel();
    let (signals_in, signals) = unbounded_channel();
    let (other, mut sent) = unbounded_channel();
    let reached = Arc::new(AtomicU32::new(0));
    let counts = Arc::clone(&reached);
    tokio::spawn(async move {
        while let Some(news) = sent.recv().await {
            counts.fetch_add(news, Ordering::Relaxed);
        }
    });
    let mut wire = Wire {
        news,
        began: Instant::now(),
        speed,
        other,
        reached,
    };
    let hands = Hands {
        news: news_in,
        keys: keys_in,
        signals: signals_in,
    };
    let (exit, ()) = tokio::join!(
        run(
            face,
            &mut wire,
            UnboundedReceiverStream::new(keys),
            UnboundedReceiverStream::new(signals),
        ),
        script(hands),
    );
    exit
}

async fn pass(time: Duration) {
    tokio::time::sleep(time).await;
}

#[tokio::test(start_paused = true)]
async fn an_hour_without_anything_to_show_takes_one_frame_and_no_turn() {
    let mut face = Face::default();
    let exit = play(&mut face, 1.0, |hands| async move {
        pass(Duration::from_hours(1)).await;
        hands.key('q');
        pass(Duration::from_millis(1)).await;
    })
    .await;
    assert_eq!((exit, face.turns, face.draws), (Exit::Quit, 1, 1));
}

#[tokio::test(start_paused = true)]
async fn a_minute_turns_once_a_second_and_rings_once() {
    let mut face = Face {
        ends: Some(START + Span::from_millis(60_337)),
        ..Face::default()
    };
    play(&mut face, 1.0, |hands| async move {
        pass(Duration::from_secs(70)).await;
        hands.key('q');
        pass(Duration::from_millis(1)).await;
    })
    .await;
    assert_eq!(face.rings, [START + Span::from_millis(60_337)]);
    assert!(face.turns <= 63, "{} turns", face.turns);
    assert!((61..=63).contains(&face.draws), "{} draws", face.draws);
}

#[tokio::test(start_paused = true)]
async fn whoever_waits_elsewhere_has_the_news_before_it_is_told_here() {
    let mut face = Face::default();
    play(&mut face, 1.0, |hands| async move {
        for _ in 0..3 {
            hands.news.send(1).unwrap();
        }
        pass(Duration::from_millis(1)).await;
        hands.key('q');
        pass(Duration::from_millis(1)).await;
    })
    .await;
    assert_eq!(face.reached, [1, 2, 3]);
}

#[tokio::test(start_paused = true)]
async fn a_faster_clock_rings_earlier() {
    let mut face = Face {
        ends: Some(START + Span::from_secs(600)),
        ..Face::default()
    };
    play(&mut face, 60.0, |hands| async move {
        pass(Duration::from_secs(11)).await;
        hands.key('q');
        pass(Duration::from_millis(1)).await;
    })
    .await;
    assert_eq!(face.rings.len(), 1);
    assert!(
        face.rings[0] - START < Span::from_millis(600_200),
        "{:?}",
        face.rings
    );
}

#[tokio::test(start_paused = true)]
async fn a_burst_of_commands_is_a_few_frames_and_none_is_lost() {
    let mut face = Face::default();
    play(&mut face, 1.0, |hands| async move {
        yield_now().await;
        for _ in 0..2500 {
            hands.key('+');
            hands.news.send(1).unwrap();
        }
        pass(Duration::from_millis(100)).await;
        hands.key('q');
        pass(Duration::from_millis(1)).await;
    })
    .await;
    assert_eq!(face.count, 5000);
    assert!(face.draws <= 4, "{} draws", face.draws);
}

#[tokio::test(start_paused = true)]
async fn keys_without_effect_draw_nothing_and_a_redraw_always_does() {
    let mut face = Face::default();
    play(&mut face, 1.0, |hands| async move {
        for key in ['a', 'b', 'c', 'l'] {
            hands.key(key);
            pass(Duration::from_millis(50)).await;
        }
        hands.key('q');
        pass(Duration::from_millis(1)).await;
    })
    .await;
    assert_eq!((face.turns, face.draws), (5, 2));
}

#[tokio::test(start_paused = true)]
async fn hidden_it_waits_for_the_shell_and_paints_anew() {
    let mut face = Face::default();
    play(&mut face, 1.0, |hands| async move {
        pass(Duration::from_millis(50)).await;
        hands.key('z');
        pass(Duration::from_secs(5)).await;
        hands.signal(Signal::Continued);
        pass(Duration::from_millis(50)).await;
        hands.signal(Signal::Stop);
        hands.signal(Signal::Continued);
        pass(Duration::from_millis(50)).await;
        hands.key('q');
        pass(Duration::from_millis(1)).await;
    })
    .await;
    assert_eq!(face.log, ["suspend", "resume", "suspend", "resume"]);
    assert_eq!(face.draws, 3);
}

#[tokio::test(start_paused = true)]
async fn a_signal_a_closed_terminal_and_a_broken_one_end_the_loop() {
    let mut face = Face::default();
    let exit = play(&mut face, 1.0, |hands| async move {
        hands.signal(Signal::End(15));
        pass(Duration::from_millis(1)).await;
    })
    .await;
    assert_eq!((exit, exit.code()), (Exit::Signal(15), 143));
    let exit = play(&mut face, 1.0, |hands| async move { drop(hands) }).await;
    assert_eq!((exit, exit.code()), (Exit::HungUp, 129));
    let mut broken = Face {
        broken: true,
        ..Face::default()
    };
    let exit = play(&mut broken, 1.0, |hands| async move {
        pass(Duration::from_millis(1)).await;
        drop(hands);
    })
    .await;
    assert_eq!((exit, broken.draws), (Exit::HungUp, 1));
}
