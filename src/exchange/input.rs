//! Reading a file or the standard input into text: regular files only, limited, decoded, never guessed at
//! in silence.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::time::SystemTime;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use rustix::fs::{FileType, Mode, OFlags};

use crate::domain::text::REPLACED;
use crate::exchange::Format;
use crate::exchange::lines::newlines;
use crate::exchange::out::shown;

/// Most bytes of one file.
pub const FILE_BYTES: u64 = 64 * 1024 * 1024;

/// A text that was read, ready to be parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// What to call it in messages: the path as given, or `standard input`.
    pub name: String,
    /// What its name says about its format.
    pub format: Option<Format>,
    /// Its text, without a byte order mark. Not yet clean.
    pub text: String,
    /// What a person should know about how it was read.
    pub notes: Vec<String>,
}

/// What a note says of a text whose letters were guessed.
const GUESS: &str = "is not UTF-8";

impl Input {
    /// Whether it was not said in which encoding the text is, so that its accents may be wrong.
    pub fn is_guess(&self) -> bool {
        self.notes.iter().any(|note| note.contains(GUESS))
    }
}

/// What a folder is called.
const FOLDER: &str = "a folder";

/// Why a file cannot be read. Nothing was changed in any of these cases.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// The system would not open or read it.
    #[error("{name} cannot be read: {}. Nothing was changed.", why(source))]
    Io {
        /// The file.
        name: String,
        /// What the system said.
        source: io::Error,
    },
    /// A folder, a device, a pipe.
    #[error("{name} is {what}, not a file. {} Nothing was changed.", instead(what))]
    NotAFile {
        /// The path.
        name: String,
        /// What it is.
        what: &'static str,
    },
    /// Somebody is still writing it.
    #[error("{name} changed while it was read. Wait until it is complete. Nothing was changed.")]
    Changing {
        /// The file.
        name: String,
    },
    /// More bytes than are read.
    #[error("{name} has more than 64 MB. Split it and read the parts. Nothing was changed.")]
    TooLarge {
        /// The file.
        name: String,
    },
    /// Bytes that are no text that can be read for sure.
    #[error("{name}:{line}: {what}. Save it as UTF-8 and try again. Nothing was changed.")]
    NotText {
        /// The file.
        name: String,
        /// The line of the first such byte, from 1.
        line: usize,
        /// What is wrong there.
        what: String,
    },
}

/// What the system says, in plain words where it is one of the usual reasons.
fn why(source: &io::Error) -> String {
    match source.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "you may not read it".to_owned(),
        io::ErrorKind::NotADirectory => "part of the path is no folder".to_owned(),
        io::ErrorKind::InvalidFilename => "no file can have such a long name".to_owned(),
        _ => source.to_string(),
    }
}

/// What to do where something is no file.
fn instead(what: &str) -> &'static str {
    match what {
        FOLDER => "Name a file in it.",
        _ => "Save what it gives as a file first; on the command line, - reads from a pipe.",
    }
}

/// Reads `path`; `-` is the standard input.
pub fn read(path: &Path) -> Result<Input, InputError> {
    if path.as_os_str() == "-" {
        return read_from("standard input", io::stdin().lock());
    }
    read_file(path)
}

/// Reads the file `path`, whatever it is called: where the standard input is a keyboard, `-` is a name like others.
pub fn read_file(path: &Path) -> Result<Input, InputError> {
    let name = shown(path);
    let file = open(path, &name)?;
    let mut input = steady(&name, &file, &file)?;
    input.format = Format::of_name(&name);
    Ok(input)
}

/// Reads `source`, the content of `file`, unless somebody writes to it meanwhile.
fn steady(name: &str, file: &File, source: impl Read) -> Result<Input, InputError> {
    let before = stand(file);
    let input = read_from(name, source)?;
    if stand(file) != before {
        let name = name.to_owned();
        return Err(InputError::Changing { name });
    }
    Ok(input)
}

/// Reads everything from `source`, up to [`FILE_BYTES`].
pub fn read_from(name: &str, source: impl Read) -> Result<Input, InputError> {
    let mut bytes = Vec::new();
    source
        .take(FILE_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|source| InputError::Io {
            name: name.to_owned(),
            source,
        })?;
    if bytes.len() as u64 > FILE_BYTES {
        return Err(InputError::TooLarge {
            name: name.to_owned(),
        });
    }
    decode(name, bytes)
}

/// Size and time of the last change, as far as the system tells: what differs was written to meanwhile.
fn stand(file: &File) -> Option<(u64, SystemTime)> {
    let found = file.metadata().ok()?;
    Some((found.len(), found.modified().ok()?))
}

/// Opens without waiting for a writer, then looks at what was opened, so that nothing can be exchanged
/// between the look and the use.
fn open(path: &Path, name: &str) -> Result<File, InputError> {
    let failed = |source: rustix::io::Errno| InputError::Io {
        name: name.to_owned(),
        source: source.into(),
    };
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY;
    let file = match rustix::fs::open(path, flags, Mode::empty()) {
        Ok(file) => file,
        Err(rustix::io::Errno::NXIO) => {
            return Err(InputError::NotAFile {
                name: name.to_owned(),
                what: "a socket or a device",
            });
        }
        Err(error) => return Err(failed(error)),
    };
    let stat = rustix::fs::fstat(&file).map_err(failed)?;
    let what = match FileType::from_raw_mode(stat.st_mode) {
        FileType::RegularFile => return Ok(file.into()),
        FileType::Directory => FOLDER,
        FileType::Fifo => "a pipe",
        FileType::CharacterDevice | FileType::BlockDevice => "a device",
        _ => "something else",
    };
    Err(InputError::NotAFile {
        name: name.to_owned(),
        what,
    })
}

/// Turns bytes into text. UTF-8 and marked UTF-16 are read as they are; another encoding is guessed and
/// told in a note; what cannot be read without losing a letter is refused with its line.
pub fn decode(name: &str, bytes: Vec<u8>) -> Result<Input, InputError> {
    let (text, notes) = decoded(bytes).map_err(|(line, what)| InputError::NotText {
        name: name.to_owned(),
        line,
        what,
    })?;
    // Some old programs end lines with CR alone; with LF every reader counts the same lines.
    let old = text.contains('\r') && !text.contains('\n');
    let mut input = Input {
        name: name.to_owned(),
        format: None,
        text: if old { text.replace('\r', "\n") } else { text },
        notes,
    };
    if let Some(line) = line_with(&input.text, REPLACED) {
        input.notes.push(format!(
            "{name}:{line}: a letter was already lost before the file came here; look for {REPLACED}."
        ));
    }
    Ok(input)
}

type Decoded = Result<(String, Vec<String>), (usize, String)>;

fn decoded(bytes: Vec<u8>) -> Decoded {
    if bytes.starts_with(&[0xFF, 0xFE, 0, 0]) || bytes.starts_with(&[0, 0, 0xFE, 0xFF]) {
        return Err((
            1,
            "the file is UTF-32, which circlet does not read".to_owned(),
        ));
    }
    match Encoding::for_bom(&bytes) {
        Some((encoding, mark)) if encoding == UTF_16LE || encoding == UTF_16BE => {
            return wide(&bytes[mark..], encoding);
        }
        Some((encoding, mark)) if encoding == UTF_8 => {
            return unmarked(bytes[mark..].to_vec(), true);
        }
        _ => {}
    }
    if let Some(place) = bytes.iter().position(|byte| *byte == 0) {
        return unmarked_wide(&bytes).ok_or_else(|| {
            let what = "there is a zero byte, so the file is no text";
            (line_of(&bytes, place), what.to_owned())
        });
    }
    unmarked(bytes, false)
}

/// UTF-16 that lost its mark: nearly all zero bytes, which are the upper halves of plain letters, stand on
/// one side, and what comes out is text.
fn unmarked_wide(bytes: &[u8]) -> Option<(String, Vec<String>)> {
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    let zeros = |side: usize| {
        bytes
            .iter()
            .skip(side)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (upper_first, upper_last) = (zeros(0), zeros(1));
    // One zero byte in a long text is damage.
    if 8 * upper_first.max(upper_last) < bytes.len() / 2 {
        return None;
    }
    let encoding = match (upper_first, upper_last) {
        (first, last) if first > 19 * last => UTF_16BE,
        (first, last) if last > 19 * first => UTF_16LE,
        _ => return None,
    };
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    let is_text = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    text.chars().all(is_text).then(|| {
        let note = format!(
            "The file has no mark; it was read as {}. Check the letters before saving.",
            encoding.name()
        );
        (text.into_owned(), vec![note])
    })
}

fn wide(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        let note = format!("The file was read as {}.", encoding.name());
        return Ok((text.into_owned(), vec![note]));
    }
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let line = line_with(&text, REPLACED).unwrap_or(1);
    Err((
        line,
        format!("a letter of this {} file is broken", encoding.name()),
    ))
}

fn unmarked(bytes: Vec<u8>, marked: bool) -> Decoded {
    let broken = match String::from_utf8(bytes) {
        Ok(text) => return Ok((text, Vec::new())),
        Err(broken) => broken,
    };
    let place = broken.utf8_error().valid_up_to();
    let bytes = broken.into_bytes();
    let line = line_of(&bytes, place);
    if marked || is_mostly_utf8(&bytes) {
        let column = place - line_start(&bytes, place) + 1;
        return Err((
            line,
            format!("byte {column} of the line is no UTF-8, as the rest is"),
        ));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(&bytes) else {
        return Err((
            line,
            "the letters are in no encoding that circlet knows".to_owned(),
        ));
    };
    let note = format!(
        "Line {line} {GUESS}; the file was read as {}. Check the accents before saving.",
        encoding.name()
    );
    Ok((text.into_owned(), vec![note]))
}

/// Whether broken bytes are the exception among letters of several bytes: then the file is damaged
/// UTF-8, and reading it as another encoding would spoil every other letter.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

fn line_start(bytes: &[u8], place: usize) -> usize {
    bytes[..place]
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |end| end + 1)
}

fn line_of(bytes: &[u8], place: usize) -> usize {
    newlines(&bytes[..place]) + 1
}

fn line_with(text: &str, c: char) -> Option<usize> {
    let place = text.find(c)?;
    Some(line_of(text.as_bytes(), place))
}

#[cfg(test)]
mod tests;
