//! Notes for a presenter: whose they are, written to a file for them, and then erased here if asked.

use crate::domain::handover::{Notes, by_presenter, session_of};
use crate::domain::id::{Key, Kind, MemberId};
use crate::exchange::{notes, out};
use crate::tui::say;
use crate::tui::screen::live::Asked;
use crate::tui::view::{HandedNotes, Reply, Request, View};

/// Asks whose notes go. Presenters of the session come first, in the order of its agenda.
pub(super) fn ask(view: &View<'_>) -> (Vec<Option<MemberId>>, Reply) {
    let Some(circle) = view.circle else {
        return refuse("there is no circle yet");
    };
    let found = session_of(view.state, circle)
        .map(|session| by_presenter(view.state, circle, session))
        .unwrap_or_default();
    if found.is_empty() {
        return refuse("no notes for a presenter here; for:presenter in a note makes one");
    }
    let row = |lead: Option<MemberId>, count: usize| {
        let name = lead.map_or_else(
            || "nobody named".to_owned(),
            |id| {
                let member = view.state.member(circle, id);
                member.map_or_else(
                    || crate::domain::names::FORMER.to_owned(),
                    |member| say::name(member, view.masked),
                )
            },
        );
        format!("{name}: {}", say::count(count, "note", "notes"))
    };
    let rows = found.iter().map(|(lead, theirs)| row(*lead, theirs.len()));
    let list = Asked::Presenter.list("Write whose notes to a file?", rows.collect());
    (found.iter().map(|(lead, _)| *lead).collect(), list)
}

fn refuse(why: &str) -> (Vec<Option<MemberId>>, Reply) {
    (Vec::new(), Reply::Refuse(why.to_owned()))
}

/// A presenter was picked: their notes go to a file. Erasing is asked about once they are in it.
pub(super) fn chosen(lead: Option<MemberId>, view: &View<'_>) -> Reply {
    hand(lead, view).map_or(Reply::Ignored, |notes| {
        Reply::Do(vec![Request::HandNotes(notes)])
    })
}

fn hand(lead: Option<MemberId>, view: &View<'_>) -> Option<HandedNotes> {
    let circle = view.state.circle(view.circle?)?;
    let session = session_of(view.state, circle.id)?;
    let (_, theirs) = by_presenter(view.state, circle.id, session)
        .into_iter()
        .find(|(of, _)| *of == lead)?;
    let member = lead.and_then(|id| view.state.member(circle.id, id));
    let name = member.map_or("the presenter", |member| member.name.as_str());
    let day = session.begins().date(view.zone).to_string();
    let number = format!("{:02}", session.number);
    let parts = [circle.name.as_str(), &number, &day, "notes for", name];
    Some(HandedNotes {
        file: out::file_name(&parts, "md"),
        rows: theirs
            .iter()
            .map(|note| Key::circle(circle.id, Kind::Note, note.id.0))
            .collect(),
        text: notes::markdown(
            &Notes {
                circle: circle.name.as_str(),
                session,
                name: name.to_owned(),
                notes: theirs,
            },
            view.zone,
        ),
    })
}
