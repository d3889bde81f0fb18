//! The one way out: text and JSON to stdout, remarks to stderr.
//!
//! A closed pipe is the end of the output and no error; a full disk is one. Nothing here ever writes an
//! escape code.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};

use serde::Serialize;
use serde_json::Value;

use crate::cli::error::CliError;
use crate::cli::table::Table;

/// Where a command writes to.
pub(super) struct Out<'a> {
    to: BufWriter<&'a mut dyn Write>,
    remarks: &'a mut dyn Write,
    end: End,
}

/// Bytes that are written at once.
const BUFFER: usize = 64 * 1024;

/// Whether there is any use in writing more.
enum End {
    Open,
    Closed,
    Failed(io::Error),
}

impl<'a> Out<'a> {
    pub(super) fn new(out: &'a mut dyn Write, err: &'a mut dyn Write) -> Self {
        Self {
            to: BufWriter::with_capacity(BUFFER, out),
            remarks: err,
            end: End::Open,
        }
    }

    /// Text as it is.
    pub(super) fn text(&mut self, text: &str) {
        let End::Open = self.end else { return };
        if let Err(error) = self.to.write_all(text.as_bytes()) {
            self.stop(error);
        }
    }

    /// One line.
    pub(super) fn line(&mut self, line: &str) {
        self.text(line);
        self.text("\n");
    }

    /// One JSON document.
    pub(super) fn json(&mut self, value: &Value) {
        self.line(&json_text(value));
    }

    /// Rows with their columns under one another; the last column takes what room it needs.
    pub(super) fn table(&mut self, rows: &[Vec<String>]) {
        let mut table = Table::default();
        for row in rows {
            table.row(row);
        }
        table.tell(self);
    }

    /// A remark for the person at the terminal; scripts that read stdout do not see it.
    pub(super) fn note(&mut self, words: &str) {
        // In the order in which both were said, where they share a terminal.
        self.flush();
        // When not even remarks can be written there is nobody left to tell.
        let _ = writeln!(self.remarks, "{words}").and_then(|()| self.remarks.flush());
    }

    /// Asks on the terminal and reads one line.
    pub(super) fn prompt(&mut self, words: &str) -> io::Result<String> {
        self.flush();
        write!(self.remarks, "{words} ")?;
        self.remarks.flush()?;
        let mut answer = String::new();
        io::stdin().read_line(&mut answer)?;
        Ok(answer)
    }

    /// Writes out what is buffered.
    pub(super) fn flush(&mut self) {
        if let (End::Open, Err(error)) = (&self.end, self.to.flush()) {
            self.stop(error);
        }
    }

    /// Brings everything out into a file, and says what the system said where it would not take it.
    pub(super) fn written(&mut self) -> io::Result<()> {
        self.flush();
        match std::mem::replace(&mut self.end, End::Open) {
            End::Open => Ok(()),
            End::Closed => Err(io::ErrorKind::BrokenPipe.into()),
            End::Failed(error) => Err(error),
        }
    }

    /// Brings everything out. An error when it could not be written for another reason than that
    /// nobody reads it.
    pub(super) fn finish(&mut self) -> Result<(), CliError> {
        self.flush();
        match &self.end {
            End::Open | End::Closed => Ok(()),
            End::Failed(error) => Err(CliError::failed(format!(
                "The output could not be written: {error}.\n\
                 What was saved stays saved; give the output another place and ask again."
            ))),
        }
    }

    fn stop(&mut self, error: io::Error) {
        self.end = if error.kind() == io::ErrorKind::BrokenPipe {
            End::Closed
        } else {
            End::Failed(error)
        };
    }
}

/// JSON in which control and direction characters stand as escapes. Outside of strings JSON is ASCII, so
/// replacing them in the finished text changes no meaning.
pub(super) fn json_text<T: Serialize + ?Sized>(value: &T) -> String {
    let text = serde_json::to_string_pretty(value)
        .expect("what is told has string keys only and writes to memory");
    match harmless(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(text) => text,
    }
}

/// The same of JSON that was written elsewhere, on one line.
pub(super) fn json_line(text: &str) -> Cow<'_, str> {
    // Most lines are plain, and looking at every byte is quicker than looking for the first that is not.
    if text
        .bytes()
        .fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~'))
    {
        return Cow::Borrowed(text);
    }
    // Such a character can only stand between two values, where a blank says the same.
    if text.bytes().any(|byte| byte < b' ') {
        return Cow::Owned(harmless(&text.replace(|c| c < ' ', " ")).into_owned());
    }
    harmless(text)
}

/// JSON that drives no terminal.
fn harmless(text: &str) -> Cow<'_, str> {
    let drives = |c: char| {
        matches!(c, '\u{7f}'..='\u{9f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    // Looked at byte by byte first: nearly all text has none, and lists are long.
    let plain = text.is_ascii() && !text.as_bytes().contains(&0x7f);
    if plain || !text.contains(drives) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 64);
    for c in text.chars() {
        if drives(c) {
            // Writing into a string does not fail.
            let _written = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Broken(io::ErrorKind);

    impl Write for Broken {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_closed_pipe_is_the_end_and_a_full_disk_an_error() {
        let mut err = Vec::new();
        let mut closed = Broken(io::ErrorKind::BrokenPipe);
        let mut out = Out::new(&mut closed, &mut err);
        out.line("one");
        out.line("two");
        assert_eq!(out.finish(), Ok(()));
        drop(out);
        let mut full = Broken(io::ErrorKind::StorageFull);
        let mut out = Out::new(&mut full, &mut err);
        out.line("one");
        let told = out.finish().unwrap_err();
        assert_eq!(told.code, 1);
        assert!(told.words.contains("could not be written"), "{told}");
    }

    #[test]
    fn json_that_was_written_elsewhere_becomes_one_harmless_line() {
        for (text, line) in [
            ("{\"a\": \"x\"}", "{\"a\": \"x\"}"),
            ("{\"a\":\n\t[1,\r\n2]}", "{\"a\":  [1,  2]}"),
            (
                "[\"\u{202e}y\u{7f}\u{9b}z\u{1b}[2J\"]",
                "[\"\\u202ey\\u007f\\u009bz [2J\"]",
            ),
            ("[\"李 é\"]", "[\"李 é\"]"),
        ] {
            assert_eq!(json_line(text), line);
        }
    }

    #[test]
    fn json_escapes_what_turns_the_direction_of_writing() {
        let value = serde_json::json!({"a": "x\u{202e}y\u{9b}z\u{1b}"});
        let text = json_text(&value);
        assert!(text.is_ascii(), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }
}
