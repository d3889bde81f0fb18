//! Ratings and votes: counts, never who.

use crate::command::Refusal;
use crate::command::decide::{Decision, running, sessions};
use crate::domain::agenda::Prompt;
use crate::domain::session::Session;
use crate::domain::tally::{Rating, Vote};

/// Most ratings, and most votes, of one session; keeps its document small.
const MOST: usize = 20;
/// Most options of one vote.
const MOST_OPTIONS: usize = 50;
/// Most values of one rating.
const MOST_VALUES: usize = 11;

pub(super) fn rate(d: &mut Decision<'_>, rating: &Rating) -> Result<String, Refusal> {
    let (at, session, _) = running::running(d)?;
    let answers = rating.answers();
    if answers == 0 {
        return Err(Refusal::new(
            "nothing was counted yet; a digit counts one hand",
        ));
    }
    if rating.counts.len() > MOST_VALUES {
        return Err(Refusal::new(format!(
            "a rating has at most {MOST_VALUES} values"
        )));
    }
    let mut session = session.clone();
    room_for(session.ratings.len())?;
    session.ratings.push(Rating {
        at: d.cx.at,
        ..rating.clone()
    });
    d.put(sessions::key(at), session);
    Ok(match answers {
        1 => "a rating with 1 answer".to_owned(),
        answers => format!("a rating with {answers} answers"),
    })
}

pub(super) fn vote(d: &mut Decision<'_>, vote: &Vote) -> Result<String, Refusal> {
    let (at, session, live) = running::running(d)?;
    let (mut session, mut live) = (session.clone(), live.clone());
    let running = session.blocks.get(live.block).map(|block| block.id);
    if running != Some(vote.block) {
        return Err(Refusal::new("that block is not running any more"));
    }
    if vote.given() == 0 {
        return Err(Refusal::new("nobody has voted yet"));
    }
    if vote.options.len() > MOST_OPTIONS {
        return Err(Refusal::new(format!(
            "at most {MOST_OPTIONS} topics fit into one vote"
        )));
    }
    room_for(session.votes.len())?;
    let vote = Vote::counted(vote.block, d.cx.at, vote.options.clone());
    live.prompt = put_up(&mut session, live.block, &vote)?;
    let title = match vote.options.len() {
        1 => "the vote on 1 topic".to_owned(),
        topics => format!("the vote on {topics} topics"),
    };
    session.votes.push(vote);
    d.put(running::live_key(at), live);
    d.put(sessions::key(at), session);
    Ok(title)
}

fn room_for(known: usize) -> Result<(), Refusal> {
    if known < MOST {
        return Ok(());
    }
    Err(Refusal::new(format!(
        "a session keeps at most {MOST} of these; u takes the last one back"
    )))
}

/// Makes the options prompts of the block, in the order of the vote, behind those that it has. One that
/// is there already moves to its new place. Returns the place of the first.
fn put_up(session: &mut Session, block: usize, vote: &Vote) -> Result<usize, Refusal> {
    let Some(block) = session.blocks.get_mut(block) else {
        return Err(Refusal::new("no block is running"));
    };
    let is_option = |prompt: &Prompt| {
        let mut options = vote.options.iter();
        options.any(|count| count.option == prompt.text)
    };
    let (known, mut prompts): (Vec<Prompt>, Vec<Prompt>) =
        block.prompts.drain(..).partition(is_option);
    let first = prompts.len();
    for count in &vote.options {
        let known = known.iter().find(|prompt| prompt.text == count.option);
        prompts.push(
            known
                .cloned()
                .unwrap_or_else(|| Prompt::new(count.option.clone())),
        );
    }
    if prompts.len() > running::MOST_PROMPTS {
        return Err(Refusal::new(format!(
            "a block has at most {} prompts; nothing was counted",
            running::MOST_PROMPTS
        )));
    }
    block.prompts = prompts;
    Ok(first)
}
