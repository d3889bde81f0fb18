//! Cutting a JSON file into its rows, so that a wrong row has a line and spoils no other.
//!
//! Works without recursion over the bytes of the structure alone; the text of each row is parsed by
//! `serde_json`, which has limits of its own.

use crate::exchange::lines::{DEPTH, Fault, LINE_BYTES, LineFinder, ROWS};

/// One element of the list.
pub(super) struct Row<'a> {
    pub(super) line: usize,
    pub(super) text: &'a str,
}

/// The rows of a file and what is wrong around them.
pub(super) struct Cut<'a> {
    pub(super) rows: Vec<Row<'a>>,
    pub(super) faults: Vec<Fault>,
    /// The value of `schema`, where the file has one.
    pub(super) schema: Option<String>,
}

/// Finds the rows: the elements of the outermost list, or of the list under one of `names`.
pub(super) fn rows<'a>(text: &'a str, names: &[&str]) -> Cut<'a> {
    let mut cutter = Cutter {
        text,
        place: 0,
        lines: LineFinder::new(text),
        out: Cut {
            rows: Vec::new(),
            faults: Vec::new(),
            schema: None,
        },
    };
    if let Err(fault) = cutter.root(names) {
        cutter.out.faults.push(fault);
    }
    cutter.out
}

struct Cutter<'a> {
    text: &'a str,
    place: usize,
    lines: LineFinder<'a>,
    out: Cut<'a>,
}

impl<'a> Cutter<'a> {
    fn fault(&mut self, what: &str) -> Fault {
        Fault::new(self.lines.at(self.place), what)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.place).copied()
    }

    fn blanks(&mut self) -> Option<u8> {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.place += 1;
        }
        self.peek()
    }

    fn root(&mut self, names: &[&str]) -> Result<(), Fault> {
        match self.blanks() {
            Some(b'[') => self.list()?,
            Some(b'{') => self.object(names)?,
            None => return Err(self.fault("the file is empty")),
            Some(_) => return Err(self.fault("JSON begins with [ or {")),
        }
        if self.blanks().is_some() {
            return Err(self.fault("something stands behind the end of the JSON"));
        }
        Ok(())
    }

    fn object(&mut self, names: &[&str]) -> Result<(), Fault> {
        self.place += 1;
        let mut found = false;
        loop {
            match self.blanks() {
                Some(b'}') => {
                    self.place += 1;
                    break;
                }
                Some(b',') => self.place += 1,
                Some(b'"') => found |= self.member(names)?,
                Some(_) => return Err(self.fault("a name in quotes or } is missing here")),
                None => return Err(self.fault("the file ends before its last }")),
            }
        }
        if found {
            return Ok(());
        }
        let names = names.join("\" or \"");
        Err(self.fault(&format!("there is no list called \"{names}\"")))
    }

    /// One name with its value; whether it was the list.
    fn member(&mut self, names: &[&str]) -> Result<bool, Fault> {
        let name = self.value()?;
        let name: String = serde_json::from_str(name).unwrap_or_default();
        if self.blanks() != Some(b':') {
            return Err(self.fault("a : is missing here"));
        }
        self.place += 1;
        if self.blanks() == Some(b'[') && names.contains(&name.as_str()) {
            self.list()?;
            return Ok(true);
        }
        let value = self.value()?;
        if name == "schema" {
            self.out.schema = serde_json::from_str(value).ok();
        }
        Ok(false)
    }

    fn list(&mut self) -> Result<(), Fault> {
        self.place += 1;
        loop {
            match self.blanks() {
                Some(b']') => {
                    self.place += 1;
                    return Ok(());
                }
                Some(b',') => self.place += 1,
                Some(_) => self.row()?,
                None => return Err(self.fault("the file ends before its last ]")),
            }
        }
    }

    fn row(&mut self) -> Result<(), Fault> {
        let line = self.lines.at(self.place);
        let text = self.value()?;
        if text.len() > LINE_BYTES {
            self.out
                .faults
                .push(Fault::new(line, "the row has more than 1 MB"));
        } else if self.out.rows.len() <= ROWS {
            // One more than fits, so that the reader of the rows can say that there are too many.
            self.out.rows.push(Row { line, text });
        }
        Ok(())
    }

    /// The text of the value that begins here.
    fn value(&mut self) -> Result<&'a str, Fault> {
        let start = self.place;
        let mut depth = 0_usize;
        let mut quoted = false;
        while let Some(byte) = self.peek() {
            match byte {
                b'\\' if quoted => self.place += 1,
                b'"' => quoted = !quoted,
                _ if quoted => {}
                b'[' | b'{' => depth += 1,
                b']' | b'}' | b',' | b':' if depth == 0 => break,
                b']' | b'}' => depth -= 1,
                _ => {}
            }
            if depth > DEPTH {
                return Err(self.fault("lists are nested too deeply; nothing behind it was read"));
            }
            self.place += 1;
            if depth == 0 && !quoted && matches!(byte, b'"' | b']' | b'}') {
                break;
            }
        }
        if quoted || depth > 0 {
            self.place = start;
            return Err(self.fault("what begins here has no end"));
        }
        let end = self.place.min(self.text.len());
        if end == start {
            return Err(self.fault("a value is missing here"));
        }
        Ok(self.text.get(start..end).unwrap_or_default().trim_end())
    }
}
