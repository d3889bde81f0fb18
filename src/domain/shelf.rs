//! The shelf: the formats and templates that can be chosen from, those of the program and a user's own.

use crate::domain::fault::Fault;
use crate::domain::format::Format;
use crate::domain::template::Template;

/// Formats and templates, each id once, in the order in which they are offered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelf {
    formats: Vec<Format>,
    templates: Vec<Template>,
}

impl Shelf {
    /// A shelf with these.
    pub const fn new(formats: Vec<Format>, templates: Vec<Template>) -> Self {
        Self { formats, templates }
    }

    /// Puts a format on the shelf, in the place of one with the same id.
    pub fn put_format(&mut self, format: Format) {
        match self.formats.iter_mut().find(|old| old.id == format.id) {
            Some(old) => *old = format,
            None => self.formats.push(format),
        }
    }

    /// Puts a template on the shelf, in the place of one with the same id; a new one stands before those
    /// without blocks, which are offered last.
    pub fn put_template(&mut self, template: Template) {
        if let Some(old) = self.templates.iter_mut().find(|old| old.id == template.id) {
            *old = template;
            return;
        }
        let filled = self
            .templates
            .iter()
            .rposition(|old| !old.blocks.is_empty());
        let place = filled.map_or(0, |at| at + 1);
        self.templates.insert(place, template);
    }

    /// The formats.
    pub fn formats(&self) -> &[Format] {
        &self.formats
    }

    /// The format that is called `id`.
    pub fn format(&self, id: &str) -> Option<&Format> {
        self.formats.iter().find(|format| format.id == id)
    }

    /// The templates, with the steps of their formats.
    pub fn templates(&self) -> Vec<Template> {
        let all = self.templates.iter();
        all.map(|template| self.resolve(template).0).collect()
    }

    /// The template that is called `id`, with the steps of its formats.
    pub fn template(&self, id: &str) -> Option<Template> {
        let found = self.templates.iter().find(|template| template.id == id)?;
        Some(self.resolve(found).0)
    }

    /// A template with the steps of the formats on this shelf, and what it names that is not here.
    pub fn resolve(&self, template: &Template) -> (Template, Vec<Fault>) {
        template.clone().resolve(&self.formats)
    }
}
