//! Notes for one presenter as a file to be given to them, and to nobody else.

use std::fmt::{self, Write};

use crate::domain::clock::Zone;
use crate::domain::handover::Notes;
use crate::exchange::minutes::escape;

/// The notes as Markdown.
pub fn markdown(notes: &Notes<'_>, zone: Zone) -> String {
    let mut out = String::new();
    write(&mut out, notes, zone).expect("writing into a string cannot fail");
    out
}

fn write(out: &mut String, notes: &Notes<'_>, zone: Zone) -> fmt::Result {
    let day = notes.session.begins().date(zone).format("%a %-d %b %Y");
    writeln!(
        out,
        "# Notes for {}\n\n{} #{}, {day}",
        escape(&notes.name),
        escape(notes.circle),
        notes.session.number
    )?;
    let mut block = None;
    for note in &notes.notes {
        if note.origin.block != block || block.is_none() {
            block = note.origin.block;
            let held = block.and_then(|id| notes.session.block(id));
            let title = held.map_or("Other", |held| held.title.as_str());
            writeln!(out, "\n## {}\n", escape(title))?;
        }
        let at = note.origin.at.local(zone).format("%H:%M");
        let mut lines = note.text.lines();
        writeln!(out, "- {at} {}", escape(lines.next().unwrap_or_default()))?;
        for line in lines {
            writeln!(out, "  {}", escape(line))?;
        }
    }
    Ok(())
}
