//! Reads the text of one theme file into a draft: what the file itself says, before anything is inherited.
//! Every complaint keeps its line.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{Complaint, Problem};
use super::{Ansi, Paint, Rgb, Role};

const TOP_KEYS: &str = "name, extends, paint_canvas, heavy_frame, [palette], [roles]";
const PAINT_KEYS: &str = "color, rgb, ansi256, ansi16, bold";

/// What one file says.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) file: String,
    pub(super) name: String,
    /// The base and the line that names it.
    pub(super) extends: Option<(String, usize)>,
    pub(super) paint_canvas: Option<bool>,
    pub(super) heavy_frame: Option<bool>,
    /// The roles it sets, each with its line.
    pub(super) roles: BTreeMap<Role, (Paint, usize)>,
    pub(super) complaints: Vec<Complaint>,
}

/// Reads one file; `Err` when it is not TOML at all. Without a `name` the theme is called `fallback_name`.
pub(super) fn read(file: &str, text: &str, fallback_name: &str) -> Result<Draft, Complaint> {
    let document = DeTable::parse(text).map_err(|error| Complaint {
        file: file.to_owned(),
        line: error.span().map_or(1, |span| line_of(text, span.start)),
        problem: Problem::Syntax(error.message().to_owned()),
    })?;
    let mut reader = Reader {
        text,
        palette: BTreeMap::new(),
        draft: Draft {
            file: file.to_owned(),
            name: fallback_name.to_owned(),
            extends: None,
            paint_canvas: None,
            heavy_frame: None,
            roles: BTreeMap::new(),
            complaints: Vec::new(),
        },
    };
    reader.document(document.get_ref());
    Ok(reader.draft)
}

fn line_of(text: &str, byte: usize) -> usize {
    1 + text
        .bytes()
        .take(byte)
        .filter(|byte| *byte == b'\n')
        .count()
}

type Value<'a> = Spanned<DeValue<'a>>;

struct Reader<'t> {
    text: &'t str,
    palette: BTreeMap<String, Paint>,
    draft: Draft,
}

impl Reader<'_> {
    fn document(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "name" => {
                    if let Some(name) = self.string("name", value) {
                        self.draft.name = name;
                    }
                }
                "extends" => {
                    let line = self.line(value);
                    self.draft.extends = self.string("extends", value).map(|base| (base, line));
                }
                "paint_canvas" => self.draft.paint_canvas = self.boolean("paint_canvas", value),
                "heavy_frame" => self.draft.heavy_frame = self.boolean("heavy_frame", value),
                "palette" | "roles" => {}
                other => self.unknown_key(other, value, TOP_KEYS),
            }
        }
        self.section(table, "palette", Self::palette_entry);
        self.section(table, "roles", Self::role_entry);
    }

    fn section(
        &mut self,
        table: &DeTable<'_>,
        name: &str,
        mut entry: impl FnMut(&mut Self, &str, &Value<'_>),
    ) {
        let Some(section) = table.get(name) else {
            return;
        };
        let Some(entries) = section.get_ref().as_table() else {
            return self.wrong_kind(&format!("{name:?}"), section, "a table");
        };
        for (key, value) in entries {
            entry(self, key.get_ref(), value);
        }
    }

    fn palette_entry(&mut self, key: &str, value: &Value<'_>) {
        let place = format!("the palette entry {key:?}");
        // Entries stay flat, so that the order in which they are written never matters.
        if let Some(paint) = self.paint(&place, value, &BTreeMap::new()) {
            self.palette.insert(key.to_owned(), paint);
        }
    }

    fn role_entry(&mut self, key: &str, value: &Value<'_>) {
        let Some(role) = Role::from_name(key) else {
            let known: Vec<_> = Role::ALL.into_iter().map(Role::name).collect();
            return self.unknown_key(key, value, &known.join(", "));
        };
        let palette = std::mem::take(&mut self.palette);
        if let Some(paint) = self.paint(&format!("the role {key}"), value, &palette) {
            let line = self.line(value);
            self.draft.roles.insert(role, (paint, line));
        }
        self.palette = palette;
    }

    fn paint(
        &mut self,
        place: &str,
        value: &Value<'_>,
        palette: &BTreeMap<String, Paint>,
    ) -> Option<Paint> {
        match value.get_ref() {
            DeValue::String(name) => self.named(place, name, value, palette),
            DeValue::Table(parts) => self.composed(place, parts, palette),
            _ => {
                self.wrong_kind(
                    place,
                    value,
                    "a colour or a table with rgb, ansi256, ansi16, bold",
                );
                None
            }
        }
    }

    fn named(
        &mut self,
        place: &str,
        name: &str,
        value: &Value<'_>,
        palette: &BTreeMap<String, Paint>,
    ) -> Option<Paint> {
        let found = palette.get(name).copied().or_else(|| {
            if let Some(rgb) = Rgb::parse(name) {
                return Some(Paint {
                    rgb: Some(rgb),
                    ..Paint::default()
                });
            }
            Ansi::parse(name).map(|ansi16| Paint {
                ansi16,
                ..Paint::default()
            })
        });
        if found.is_none() {
            let problem = Problem::UnknownColour {
                place: place.to_owned(),
                value: name.to_owned(),
            };
            self.complain(value, problem);
        }
        found
    }

    fn composed(
        &mut self,
        place: &str,
        parts: &DeTable<'_>,
        palette: &BTreeMap<String, Paint>,
    ) -> Option<Paint> {
        let mut paint = match parts.get("color") {
            Some(value) => {
                let name = self.string("color", value)?;
                self.named(place, &name, value, palette)?
            }
            None => Paint::default(),
        };
        for (key, value) in parts {
            match key.get_ref().as_ref() {
                "color" => {}
                "rgb" => {
                    if let Some(text) = self.string("rgb", value) {
                        paint.rgb = self.known(place, &text, value, Rgb::parse(&text));
                    }
                }
                "ansi16" => {
                    if let Some(text) = self.string("ansi16", value) {
                        let ansi = self.known(place, &text, value, Ansi::parse(&text));
                        paint.ansi16 = ansi.unwrap_or(paint.ansi16);
                    }
                }
                "ansi256" => paint.ansi256 = self.index(value),
                "bold" => paint.bold = self.boolean("bold", value).unwrap_or(paint.bold),
                other => self.unknown_key(other, value, PAINT_KEYS),
            }
        }
        Some(paint)
    }

    fn known<T>(
        &mut self,
        place: &str,
        text: &str,
        value: &Value<'_>,
        read: Option<T>,
    ) -> Option<T> {
        if read.is_none() {
            let problem = Problem::UnknownColour {
                place: place.to_owned(),
                value: text.to_owned(),
            };
            self.complain(value, problem);
        }
        read
    }

    fn index(&mut self, value: &Value<'_>) -> Option<u8> {
        let index = value
            .get_ref()
            .as_integer()
            .and_then(|number| u8::from_str_radix(number.as_str(), number.radix()).ok());
        if index.is_none() {
            self.wrong_kind("\"ansi256\"", value, "a number from 0 to 255");
        }
        index
    }

    fn string(&mut self, key: &str, value: &Value<'_>) -> Option<String> {
        // An escape may spell a control character, which would reach the terminal with the complaint.
        let clean = |text: &&str| !text.contains(char::is_control);
        let text = value.get_ref().as_str().filter(clean).map(str::to_owned);
        if text.is_none() {
            self.wrong_kind(
                &format!("{key:?}"),
                value,
                "text in quotes without control characters",
            );
        }
        text
    }

    fn boolean(&mut self, key: &str, value: &Value<'_>) -> Option<bool> {
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong_kind(&format!("{key:?}"), value, "true or false");
        }
        flag
    }

    fn wrong_kind(&mut self, place: &str, value: &Value<'_>, wanted: &'static str) {
        self.complain(
            value,
            Problem::WrongKind {
                place: place.to_owned(),
                wanted,
            },
        );
    }

    fn unknown_key(&mut self, key: &str, value: &Value<'_>, known: &str) {
        let problem = Problem::UnknownKey {
            key: key.to_owned(),
            known: known.to_owned(),
        };
        self.complain(value, problem);
    }

    fn complain(&mut self, value: &Value<'_>, problem: Problem) {
        let line = self.line(value);
        self.draft.complaints.push(Complaint {
            file: self.draft.file.clone(),
            line,
            problem,
        });
    }

    fn line(&self, value: &Value<'_>) -> usize {
        line_of(self.text, value.span().start)
    }
}
