//! A list that is told while it is read, so that a long one is never held whole.

use serde::Serialize;
use serde_json::Value;

use crate::cli::out::{Out, json_line, json_text};
use crate::cli::table::Table;

/// Rows of a table that are put under one another together; a longer list may widen its columns further down.
const TOGETHER: usize = 1_000;

/// A list on its way out: JSON rows under a schema, or a table, or the words for an empty one.
pub(super) struct Stream {
    json: bool,
    count: usize,
    table: Table,
}

impl Stream {
    /// Begins a table.
    pub(super) fn table() -> Self {
        Self {
            json: false,
            count: 0,
            table: Table::default(),
        }
    }

    /// Begins a JSON document that has `head` before its list of items.
    pub(super) fn json(out: &mut Out<'_>, head: &Value) -> Self {
        let text = json_text(head);
        out.text(text.strip_suffix("\n}").unwrap_or("{"));
        out.text(",\n  \"items\": [");
        Self {
            json: true,
            ..Self::table()
        }
    }

    /// Whether rows are told as JSON.
    pub(super) const fn is_json(&self) -> bool {
        self.json
    }

    /// Tells one item of the JSON document.
    pub(super) fn item<T: Serialize>(&mut self, out: &mut Out<'_>, item: &T) {
        out.text(if self.count == 0 { "\n" } else { ",\n" });
        self.count += 1;
        // As deep as it stands in the document.
        let text = json_text(&[[item]]);
        let text = text.strip_prefix("[\n  [\n").unwrap_or(&text);
        out.text(text.strip_suffix("\n  ]\n]").unwrap_or(text));
    }

    /// Tells one item of the JSON document, which is JSON already, on a line of its own: for documents that other
    /// programs read.
    pub(super) fn line(&mut self, out: &mut Out<'_>, item: &str) {
        out.text(if self.count == 0 { "\n    " } else { ",\n    " });
        self.count += 1;
        out.text(&json_line(item));
    }

    /// Tells one row of the table.
    pub(super) fn row(&mut self, out: &mut Out<'_>, write: impl FnOnce(&mut Table)) {
        self.count += 1;
        write(&mut self.table);
        self.table.end_row();
        if self.table.len() >= TOGETHER {
            self.table.tell(out);
        }
    }

    /// Ends a JSON document that has `tail` behind its list; how many items it had.
    pub(super) fn end_with(self, out: &mut Out<'_>, tail: &Value) -> usize {
        let text = json_text(tail);
        out.text(if self.count == 0 { "]," } else { "\n  ]," });
        out.line(text.strip_prefix('{').unwrap_or("}"));
        self.count
    }

    /// Ends the list; how many rows it had. `empty` is said when there were none.
    pub(super) fn end(mut self, out: &mut Out<'_>, empty: &str) -> usize {
        if self.json {
            out.line(if self.count == 0 { "]\n}" } else { "\n  ]\n}" });
        } else if self.count == 0 {
            out.note(empty);
        } else {
            self.table.tell(out);
        }
        self.count
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(tell: impl FnOnce(&mut Out<'_>)) -> String {
        let (mut text, mut err) = (Vec::new(), Vec::new());
        let mut out = Out::new(&mut text, &mut err);
        tell(&mut out);
        assert_eq!(out.finish(), Ok(()));
        drop(out);
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn items_one_by_one_are_the_same_text_as_the_whole_document() {
        for items in [
            vec![],
            vec![json!({"a": [1, {"b": "x\ny"}], "c": null})],
            vec![json!({"a": 1}), json!([]), json!({})],
        ] {
            let one_by_one = told(|out| {
                let mut stream = Stream::json(out, &json!({"schema": "x/1", "n": 2}));
                for item in &items {
                    stream.item(out, item);
                }
                stream.end(out, "");
            });
            let with_tail = told(|out| {
                let mut stream = Stream::json(out, &json!({"schema": "x/1"}));
                for item in &items {
                    stream.item(out, item);
                }
                stream.end_with(out, &json!({"left": {"notes": 3}}));
            });
            let whole = json!({"schema": "x/1", "items": items, "left": {"notes": 3}});
            assert_eq!(with_tail, told(|out| out.json(&whole)));
            let whole = told(|out| out.json(&json!({"schema": "x/1", "n": 2, "items": items})));
            assert_eq!(one_by_one, whole);
        }
    }

    #[test]
    fn items_on_lines_of_their_own_are_the_same_document() {
        for items in [vec![], vec![json!({"a": [1, "x\ny"]}), json!({"b": null})]] {
            let text = told(|out| {
                let mut stream = Stream::json(out, &json!({"schema": "x/1"}));
                for item in &items {
                    stream.line(out, &item.to_string());
                }
                stream.end_with(out, &json!({"left": 3}));
            });
            let whole = json!({"schema": "x/1", "items": items, "left": 3});
            assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), whole);
            let one_each = text.lines().filter_map(|line| {
                serde_json::from_str::<Value>(line.trim().trim_end_matches(',')).ok()
            });
            assert_eq!(one_each.filter(Value::is_object).collect::<Vec<_>>(), items);
        }
    }

    #[test]
    fn a_long_table_stays_in_its_columns() {
        let text = told(|out| {
            let mut stream = Stream::table();
            for n in 0..=TOGETHER {
                let first = if n == 3 { "a wide cell" } else { "a" };
                stream.row(out, |table| {
                    table.cell(|text| text.push_str(first));
                    table.cell(|text| text.push_str(&n.to_string()));
                });
            }
            assert_eq!(stream.end(out, ""), TOGETHER + 1);
        });
        let last = text.lines().next_back().unwrap();
        assert_eq!(last, format!("{:<11}  {TOGETHER}", "a"));
    }

    #[test]
    fn an_empty_table_is_said_in_words_on_the_side() {
        assert_eq!(
            told(|out| assert_eq!(Stream::table().end(out, "None."), 0)),
            ""
        );
    }
}
