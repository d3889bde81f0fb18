//! One line of a journal: length, CRC32C and position in hexadecimal, then JSON, then a line feed.
//! The checksum covers position and JSON. Reading needs memory for one line.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use crate::store::MAX_ACT;

/// `llllllll cccccccc ssssssssssssssss `
const HEADER: usize = 8 + 1 + 8 + 1 + 16 + 1;
const MAX_LINE: usize = MAX_ACT + 64 * 1024;

/// A line, ready to be written.
pub(crate) fn frame(seq: u64, json: &[u8]) -> Vec<u8> {
    let mut line = Vec::with_capacity(HEADER + json.len() + 1);
    line.extend_from_slice(begin(seq, json).as_bytes());
    line.extend_from_slice(json);
    line.push(b'\n');
    line
}

/// What stands before the JSON in its line; a line feed ends it.
pub(crate) fn begin(seq: u64, json: &[u8]) -> String {
    format!("{:08x} {:08x} {seq:016x} ", json.len(), checksum(seq, json))
}

fn checksum(seq: u64, json: &[u8]) -> u32 {
    crc32c::crc32c_append(crc32c::crc32c(&seq.to_be_bytes()), json)
}

/// What stands in a line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// What was written.
    Good { seq: u64, json: Vec<u8> },
    /// The beginning of a line, at the end of the file: its writer was interrupted.
    Torn,
    /// Anything else.
    Bad(&'static str),
}

/// Reads the lines of a file, whatever is in it.
pub(crate) struct Lines {
    reader: BufReader<File>,
    /// Number of the line read last, counted from 1.
    pub(crate) number: u64,
    /// Bytes up to the end of the line read last.
    pub(crate) end: u64,
}

impl Lines {
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        Ok(Self {
            reader: BufReader::with_capacity(64 * 1024, File::open(path)?),
            number: 0,
            end: 0,
        })
    }

    /// The next line; `None` at the end.
    pub(crate) fn next(&mut self) -> io::Result<Option<Line>> {
        let mut head = Vec::with_capacity(HEADER);
        self.fill(&mut head, HEADER)?;
        if head.is_empty() {
            return Ok(None);
        }
        self.number += 1;
        let Some((length, crc, seq)) = header(&head) else {
            let torn = head.len() < HEADER && begins_header(&head);
            return self
                .give_up(head.len(), torn, "this is no line of a journal")
                .map(Some);
        };
        let mut json = Vec::with_capacity(length.min(64 * 1024));
        self.fill(&mut json, length + 1)?;
        let read = HEADER + json.len();
        if json.len() <= length {
            let torn = std::str::from_utf8(&json)
                .map_or_else(|e| e.error_len().is_none(), |_| true)
                && !json.iter().any(u8::is_ascii_control);
            return self
                .give_up(read, torn, "the line is shorter than it says")
                .map(Some);
        }
        if json.pop() != Some(b'\n') {
            return self
                .give_up(read, false, "the line is longer than it says")
                .map(Some);
        }
        self.end += read as u64;
        Ok(Some(if checksum(seq, &json) == crc {
            Line::Good { seq, json }
        } else {
            Line::Bad("the checksum does not fit")
        }))
    }

    fn fill(&mut self, into: &mut Vec<u8>, bytes: usize) -> io::Result<()> {
        self.reader.by_ref().take(bytes as u64).read_to_end(into)?;
        Ok(())
    }

    /// Goes to the next line after `read` bytes of a bad one, without keeping it in memory.
    fn give_up(&mut self, read: usize, torn: bool, why: &'static str) -> io::Result<Line> {
        self.reader
            .seek_relative(-i64::try_from(read).unwrap_or(0))?;
        loop {
            let (used, found) = {
                let buffer = self.reader.fill_buf()?;
                let feed = buffer.iter().position(|byte| *byte == b'\n');
                (
                    feed.map_or(buffer.len(), |at| at + 1),
                    feed.is_some() || buffer.is_empty(),
                )
            };
            self.reader.consume(used);
            self.end += used as u64;
            if found {
                return Ok(if torn { Line::Torn } else { Line::Bad(why) });
            }
        }
    }
}

fn header(head: &[u8]) -> Option<(usize, u32, u64)> {
    if head.len() < HEADER || !begins_header(head) {
        return None;
    }
    let text = std::str::from_utf8(head).ok()?;
    let mut parts = text.split(' ');
    let length = usize::from_str_radix(parts.next()?, 16).ok()?;
    let crc = u32::from_str_radix(parts.next()?, 16).ok()?;
    let seq = u64::from_str_radix(parts.next()?, 16).ok()?;
    (length <= MAX_LINE).then_some((length, crc, seq))
}

fn begins_header(head: &[u8]) -> bool {
    let fits = |(at, byte): (usize, &u8)| match at {
        8 | 17 | 34 => *byte == b' ',
        _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
    };
    head.iter().enumerate().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Vec<Line> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        let mut lines = Lines::open(file.path()).unwrap();
        let mut all = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            all.push(line);
        }
        assert_eq!(lines.end, bytes.len() as u64);
        all
    }

    fn good(seq: u64) -> Line {
        Line::Good {
            seq,
            json: format!("{{\"n\":{seq}}}").into_bytes(),
        }
    }

    fn three() -> Vec<u8> {
        (1..=3)
            .flat_map(|seq| frame(seq, format!("{{\"n\":{seq}}}").as_bytes()))
            .collect()
    }

    #[test]
    fn lines_read_back() {
        assert_eq!(read(&three()), [good(1), good(2), good(3)]);
    }

    #[test]
    fn an_interrupted_line_is_torn_wherever_it_ends() {
        let all = three();
        for cut in all.len() / 3 * 2 + 1..all.len() {
            assert_eq!(
                read(&all[..cut]),
                [good(1), good(2), Line::Torn],
                "cut at {cut}"
            );
        }
    }

    #[test]
    fn no_flipped_bit_hides_the_lines_around_it() {
        let all = three();
        let line = all.len() / 3;
        for bit in 0..line * 8 {
            let mut damaged = all.clone();
            damaged[line + bit / 8] ^= 1 << (bit % 8);
            let lines = read(&damaged);
            assert_eq!(lines.first(), Some(&good(1)), "bit {bit}");
            assert!(
                lines.iter().any(|line| matches!(line, Line::Bad(_))),
                "bit {bit}: {lines:?}"
            );
            // Only a flipped line feed can take the line behind it along.
            if bit / 8 != line - 1 {
                assert_eq!(lines.last(), Some(&good(3)), "bit {bit}: {lines:?}");
            }
        }
    }
}
