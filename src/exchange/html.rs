//! Pages that hold everything they need: one file with its style, no script, nothing fetched.
//!
//! Tags are written in this program and texts by people; only texts are escaped, and only tags are not, so the
//! types keep them apart.

/// Forbids everything but the style in the page itself.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// How pages look: light or dark as the reader's system is, black on white on paper.
const STYLE: &str = include_str!("html/style.css");

/// A page in the making.
pub(super) struct Page(String);

impl Page {
    /// A page with this title, which is its first heading too.
    pub(super) fn new(title: &str) -> Self {
        let mut page = Self(String::new());
        page.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"");
        page.raw(POLICY);
        page.raw("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.put("title", title);
        page.raw("<style>\n");
        page.raw(STYLE);
        page.raw("</style>\n</head>\n<body>\n");
        page.put("h1", title);
        page
    }

    /// The whole page.
    pub(super) fn end(mut self) -> String {
        self.raw("</body>\n</html>\n");
        self.0
    }

    /// A text in a tag; the tag may have attributes.
    pub(super) fn put(&mut self, tag: &'static str, text: &str) {
        self.raw("<");
        self.raw(tag);
        self.raw(">");
        self.text(text);
        self.close(tag);
    }

    /// The beginning of a tag that holds others.
    pub(super) fn open(&mut self, tag: &'static str) {
        self.raw("<");
        self.raw(tag);
        self.raw(">\n");
    }

    /// The end of a tag.
    pub(super) fn close(&mut self, tag: &'static str) {
        let name = tag.split(' ').next().unwrap_or(tag);
        self.raw("</");
        self.raw(name);
        self.raw(">\n");
    }

    /// The first row of a table.
    pub(super) fn header<const N: usize>(&mut self, titles: [&'static str; N]) {
        self.open("table");
        self.open("thead");
        self.open("tr");
        for title in titles {
            self.put("th scope=\"col\"", title);
        }
        self.close("tr");
        self.close("thead");
        self.open("tbody");
    }

    /// A row of a table. The direction of writing follows each text.
    pub(super) fn row<const N: usize>(&mut self, cells: [&str; N]) {
        self.open("tr");
        for cell in cells {
            self.put("td dir=\"auto\"", cell);
        }
        self.close("tr");
    }

    /// The end of a table.
    pub(super) fn footer(&mut self) {
        self.close("tbody");
        self.close("table");
    }

    fn raw(&mut self, markup: &'static str) {
        self.0.push_str(markup);
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.raw("&amp;"),
                '<' => self.raw("&lt;"),
                '>' => self.raw("&gt;"),
                '"' => self.raw("&quot;"),
                '\'' => self.raw("&#39;"),
                c => self.0.push(c),
            }
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The tags of a page, and its texts with what was escaped as it was typed. Panics on what no reader of
    /// HTML would take for either.
    #[track_caller]
    pub(in crate::exchange) fn read(page: &str) -> (Vec<String>, Vec<String>) {
        let body = page.split_once("</style>").unwrap().1;
        let (mut tags, mut texts) = (Vec::new(), Vec::new());
        let mut rest = body;
        while let Some((text, more)) = rest.split_once('<') {
            assert!(!text.contains(['>', '"', '\'']), "{text}");
            if !text.trim_matches('\n').is_empty() {
                texts.push(plain(text));
            }
            let (tag, more) = more.split_once('>').unwrap();
            tags.push(tag.to_owned());
            rest = more;
        }
        (tags, texts)
    }

    /// A text without its escapes.
    fn plain(text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some((head, more)) = rest.split_once('&') {
            out.push_str(head);
            let (name, more) = more.split_once(';').unwrap();
            out.push(match name {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "#39" => '\'',
                other => panic!("{other} in {text}"),
            });
            rest = more;
        }
        out + rest
    }

    #[test]
    fn a_page_fetches_nothing_and_runs_nothing() {
        let page = Page::new("x").end();
        assert!(page.starts_with("<!doctype html>"));
        assert!(page.contains("default-src 'none'"), "{page}");
        for word in ["http:", "https:", "url(", "@import", "<script", "<link"] {
            assert!(!page.contains(word), "{word} in {page}");
        }
        for rule in ["prefers-color-scheme: dark", "@media print", "break-inside"] {
            assert!(page.contains(rule), "{rule} in {page}");
        }
    }

    proptest! {
        #[test]
        fn what_people_typed_stays_text(text in "[<>&\"'a-z/! -]{0,40}|\\PC{0,40}") {
            let mut page = Page::new("A title");
            page.header(["One"]);
            page.row([text.as_str()]);
            page.footer();
            let (tags, texts) = read(&page.end());
            let mut empty = Page::new("A title");
            empty.header(["One"]);
            empty.row([""]);
            empty.footer();
            prop_assert_eq!(tags, read(&empty.end()).0);
            let last = if text.trim_matches('\n').is_empty() { "One" } else { text.as_str() };
            prop_assert_eq!(texts.last().map(String::as_str), Some(last));
        }
    }
}
