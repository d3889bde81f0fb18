//! Questions out of JSON: texts or objects in a list. Packs have the same fields.

use serde_json::Value;

use crate::domain::text::Clean;
use crate::exchange::json;
use crate::exchange::questions::SCHEMA;
use crate::exchange::questions::basket::{Basket, RawQuestion};
use crate::exchange::questions::columns::{DEPTH, KIND, MINUTES, THEME};

/// Texts or objects in a list, alone or under `items` or `questions`.
pub(super) fn parse(text: &str, basket: &mut Basket, known: &dyn Fn(&str) -> bool) {
    let found = json::rows(text, &["items", "questions"]);
    basket.faults.extend(found.faults);
    if let Some(schema) = found.schema.filter(|schema| schema != SCHEMA) {
        let schema = Clean::line(&schema);
        basket.notes.push(format!(
            "The file says \"{schema}\"; it was read as \"{SCHEMA}\"."
        ));
    }
    for row in found.rows {
        let raw = match serde_json::from_str::<Value>(row.text) {
            Ok(value) => fields(row.line, &value),
            Err(_) => Err("this is no valid JSON".to_owned()),
        };
        match raw {
            Ok(raw) => {
                if !basket.take(&raw, known) {
                    return;
                }
            }
            Err(what) => {
                if !basket.room(row.line) {
                    return;
                }
                basket.fault(row.line, what);
            }
        }
    }
}

/// The fields of one object, or a text alone. Shared with packs, which have the same names.
pub(super) fn fields(line: usize, value: &Value) -> Result<RawQuestion, String> {
    let fields = match value {
        Value::String(text) => return Ok(RawQuestion::new(line, text)),
        Value::Object(fields) => fields,
        _ => return Err("a question is a text or an object with \"text\"".to_owned()),
    };
    let word = |names: &[&str]| -> Result<String, String> {
        let found = names
            .iter()
            .find_map(|name| fields.get(*name).map(|value| (name, value)));
        match found {
            None | Some((_, Value::Null)) => Ok(String::new()),
            Some((_, Value::String(text))) => Ok(text.clone()),
            Some((_, Value::Number(number))) => Ok(number.to_string()),
            Some((name, _)) => Err(format!("\"{name}\" must be a text")),
        }
    };
    let text = word(&["text", "question", "prompt"])?;
    if text.is_empty() {
        return Err("\"text\" is missing".to_owned());
    }
    Ok(RawQuestion {
        line,
        text,
        follow_ups: texts(fields.get("follow_ups").or_else(|| fields.get("followups")))?,
        theme: word(&THEME)?,
        depth: word(&DEPTH)?,
        kind: word(&KIND)?,
        competency: word(&["competency"])?,
        minutes: word(&MINUTES)?,
        source: word(&["source"])?,
        language: word(&["language"])?,
        starred: fields.get("starred") == Some(&Value::Bool(true)),
        uid: word(&["uid"])?,
    })
}

fn texts(value: Option<&Value>) -> Result<Vec<String>, String> {
    let wrong = || "\"follow_ups\" must be a list of texts".to_owned();
    match value {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::String(text)) => Ok(vec![text.clone()]),
        Some(Value::Array(items)) => items
            .iter()
            .map(|item| item.as_str().map(str::to_owned).ok_or_else(wrong))
            .collect(),
        Some(_) => Err(wrong()),
    }
}
