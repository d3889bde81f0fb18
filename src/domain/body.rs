//! The value of a document as the text that is stored, so that what only passes through is never taken apart.

use std::borrow::Cow;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::domain::change::Body;

/// What a document can be read from.
pub trait Readable {
    /// Reads it as a value of this shape.
    ///
    /// # Errors
    /// When it has another shape, or is no JSON.
    fn read<T: DeserializeOwned>(&self) -> serde_json::Result<T>;
}

impl Readable for Body {
    fn read<T: DeserializeOwned>(&self) -> serde_json::Result<T> {
        T::deserialize(self)
    }
}

impl Readable for BodyText {
    fn read<T: DeserializeOwned>(&self) -> serde_json::Result<T> {
        serde_json::from_str(&self.0)
    }
}

/// The JSON of a document. It travels as it is: written into a message, it becomes part of that message's JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyText(Box<str>);

impl BodyText {
    /// The text that was stored, whose checksum was compared; `None` when it is no text.
    pub fn stored(json: &[u8]) -> Option<Self> {
        std::str::from_utf8(json).ok().map(|json| Self(json.into()))
    }

    /// A value as it is stored.
    pub(in crate::domain) fn of<T: Serialize>(value: &T) -> Self {
        let json = serde_json::to_string(value)
            .expect("documents are structs with string keys, which JSON can always express");
        Self(json.into())
    }

    /// The JSON.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value.
    ///
    /// # Errors
    /// When it is no JSON.
    pub fn value(&self) -> serde_json::Result<Body> {
        self.read()
    }
}

impl From<&Body> for BodyText {
    fn from(body: &Body) -> Self {
        Self::of(body)
    }
}

impl Serialize for BodyText {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let raw: &RawValue = serde_json::from_str(&self.0).map_err(serde::ser::Error::custom)?;
        raw.serialize(to)
    }
}

impl<'de> Deserialize<'de> for BodyText {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(from)?;
        Ok(Self(raw.into()))
    }
}

/// Reads a value that is written as a text, without keeping the text.
pub(in crate::domain) fn read_text<'de, D: Deserializer<'de>, T>(
    from: D,
    read: impl FnOnce(&str) -> Result<T, D::Error>,
) -> Result<T, D::Error> {
    #[derive(Deserialize)]
    #[serde(transparent)]
    struct Text<'t>(#[serde(borrow)] Cow<'t, str>);

    read(&Text::deserialize(from)?.0)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_text_travels_as_part_of_a_message_and_comes_back_the_same() {
        #[derive(Debug, PartialEq, Serialize, Deserialize)]
        enum Message {
            Rows { rows: Vec<(u8, BodyText)> },
        }
        let body = json!({"b": [1, 2.5, null], "a": "x\"\n\u{e9}"});
        let message = Message::Rows {
            rows: vec![(7, BodyText::from(&body))],
        };
        let sent = serde_json::to_string(&message).unwrap();
        assert_eq!(sent, json!({"Rows": {"rows": [[7, body]]}}).to_string());
        assert_eq!(serde_json::from_str::<Message>(&sent).unwrap(), message);
        let Message::Rows { rows } = message;
        assert_eq!(rows[0].1.value().unwrap(), body);
    }

    #[test]
    fn what_is_no_json_neither_travels_nor_reads() {
        let torn = BodyText::stored(b"{\"a\": ").unwrap();
        assert!(serde_json::to_string(&torn).is_err());
        assert!(torn.value().is_err());
        assert_eq!(BodyText::stored(&[0xff]), None);
    }
}
