//! All themes there are: the built-in ones and the user's. Inheritance is settled here.

use super::contrast;
use super::file::{self, Draft};
use super::problem::{Complaint, Problem};
use super::{Paint, Role, Theme};

const BUILT_IN: [(&str, &str); 4] = [
    ("dark", include_str!("../../themes/dark.toml")),
    ("light", include_str!("../../themes/light.toml")),
    (
        "high-contrast",
        include_str!("../../themes/high-contrast.toml"),
    ),
    ("terminal", include_str!("../../themes/terminal.toml")),
];

/// The text of a theme file, with the name by which the user knows it.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Path as shown in complaints.
    pub file: &'a str,
    /// The name of the theme when the file gives none: the file's name without its ending.
    pub name: &'a str,
    /// The content.
    pub text: &'a str,
}

/// A theme with what is to be said about it.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// Ready to use, whatever the complaints.
    pub theme: Theme,
    /// In the order of the file.
    pub complaints: Vec<Complaint>,
}

/// The built-in themes and the user's own.
#[derive(Clone, Debug)]
pub struct Catalogue {
    drafts: Vec<Draft>,
}

impl Default for Catalogue {
    fn default() -> Self {
        let drafts = BUILT_IN.map(|(name, text)| {
            file::read(name, text, name).expect("a test reads every built-in theme")
        });
        Self {
            drafts: drafts.into(),
        }
    }
}

impl Catalogue {
    /// Adds a user's file.
    ///
    /// # Errors
    ///
    /// When the text is not TOML, or when its name is taken; the catalogue is then as before.
    pub fn add(&mut self, source: Source<'_>) -> Result<(), Complaint> {
        let draft = file::read(source.file, source.text, source.name)?;
        if self.find(&draft.name).is_some() {
            return Err(Complaint {
                file: draft.file,
                line: 1,
                problem: Problem::NameTaken { name: draft.name },
            });
        }
        self.drafts.push(draft);
        Ok(())
    }

    /// Names of all themes, the built-in ones first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.drafts.iter().map(|draft| draft.name.as_str())
    }

    /// The theme of this name, complete, with complaints about its file. `None` if there is no such theme.
    pub fn theme(&self, name: &str) -> Option<Loaded> {
        let draft = self.find(name)?;
        let mut complaints = draft.complaints.clone();
        let chain = self.chain(draft, &mut complaints);
        let theme = Theme {
            name: draft.name.clone(),
            paint_canvas: chain
                .iter()
                .find_map(|draft| draft.paint_canvas)
                .unwrap_or(false),
            heavy_frame: chain
                .iter()
                .find_map(|draft| draft.heavy_frame)
                .unwrap_or(false),
            roles: Role::ALL.map(|role| self.inherited(role, &chain, &mut complaints)),
        };
        complaints.extend(contrast::complaints(&theme, draft));
        complaints.sort_by_key(|complaint| complaint.line);
        Some(Loaded { theme, complaints })
    }

    fn find(&self, name: &str) -> Option<&Draft> {
        self.drafts.iter().find(|draft| draft.name == name)
    }

    /// The draft and what it extends, nearest first, as far as `extends` can be followed.
    fn chain<'a>(&'a self, draft: &'a Draft, complaints: &mut Vec<Complaint>) -> Vec<&'a Draft> {
        let mut chain = vec![draft];
        let mut current = draft;
        while let Some((base, line)) = &current.extends {
            let problem = match self.find(base) {
                None => {
                    let known: Vec<_> = self.names().collect();
                    Problem::UnknownBase {
                        base: base.clone(),
                        known: known.join(", "),
                    }
                }
                Some(next) if chain.iter().any(|seen| seen.name == next.name) => {
                    let mut path: Vec<_> = chain.iter().map(|seen| seen.name.as_str()).collect();
                    path.push(base);
                    Problem::Cycle {
                        path: path.join(", then "),
                    }
                }
                Some(next) => {
                    chain.push(next);
                    current = next;
                    continue;
                }
            };
            complaints.push(Complaint {
                file: current.file.clone(),
                line: *line,
                problem,
            });
            break;
        }
        chain
    }

    fn inherited(&self, role: Role, chain: &[&Draft], complaints: &mut Vec<Complaint>) -> Paint {
        if let Some((paint, _)) = chain.iter().find_map(|draft| draft.roles.get(&role)) {
            return *paint;
        }
        if let Some(draft) = chain.first() {
            let problem = Problem::MissingRole { role: role.name() };
            complaints.push(Complaint {
                file: draft.file.clone(),
                line: 1,
                problem,
            });
        }
        let dark = self.find("dark").and_then(|dark| dark.roles.get(&role));
        dark.map_or_else(Paint::default, |(paint, _)| *paint)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::super::{Ansi, Rgb};
    use super::*;

    static BUILT_IN_READ: LazyLock<Catalogue> = LazyLock::new(Catalogue::default);

    fn load(text: &str) -> Loaded {
        let mut catalogue = Catalogue::default();
        catalogue
            .add(Source {
                file: "mine.toml",
                name: "mine",
                text,
            })
            .unwrap();
        catalogue.theme("mine").unwrap()
    }

    fn said(loaded: &Loaded) -> Vec<String> {
        loaded.complaints.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_built_in_themes_are_complete_and_without_complaint() {
        let catalogue = Catalogue::default();
        let names: Vec<_> = catalogue.names().collect();
        assert_eq!(names, ["dark", "light", "high-contrast", "terminal"]);
        for name in names {
            let loaded = catalogue.theme(name).unwrap();
            assert_eq!(said(&loaded), [""; 0], "{name}");
            assert_eq!(loaded.theme.name, name);
        }
    }

    #[test]
    fn a_theme_takes_from_its_base_what_it_does_not_say() {
        let loaded = load(
            "extends = \"high-contrast\"\n[palette]\nsun = \"#ffe000\"\n[roles]\nwarn = \"sun\"\n",
        );
        assert_eq!(said(&loaded), [""; 0]);
        assert!(loaded.theme.paint_canvas);
        assert_eq!(
            loaded.theme.paint(Role::Warn).rgb,
            Some(Rgb::new(0xff, 0xe0, 0))
        );
        assert_eq!(
            loaded.theme.paint(Role::Text).rgb,
            Some(Rgb::new(255, 255, 255))
        );
    }

    #[test]
    fn a_role_may_change_parts_of_a_palette_colour() {
        let loaded = load(
            "extends = \"dark\"\n[palette]\nsun = { rgb = \"#ffe000\", ansi16 = \"yellow\" }\n\
             [roles]\nwarn = { color = \"sun\", ansi256 = 0xdc, bold = true }\n",
        );
        let expected = Paint {
            rgb: Some(Rgb::new(0xff, 0xe0, 0)),
            ansi256: Some(220),
            ansi16: Ansi::Index(3),
            bold: true,
        };
        assert_eq!(loaded.theme.paint(Role::Warn), expected);
    }

    #[test]
    fn mistakes_are_named_with_file_line_and_remedy_and_the_theme_still_works() {
        let loaded = load(
            "extends = \"dark\"\nshade = 3\n[roles]\nsidebar = \"#ffffff\"\ntext = \"#fffff\"\nwarn = 7\n\
             bad = { rgb = \"#ff8f74\", ansi256 = 256 }\n",
        );
        let said = said(&loaded);
        assert_eq!(said.len(), 5, "{said:#?}");
        assert!(
            said[0].starts_with("mine.toml:2: \"shade\" is not known here"),
            "{}",
            said[0]
        );
        assert!(
            said[1].starts_with("mine.toml:4: \"sidebar\" is not known here"),
            "{}",
            said[1]
        );
        assert!(said[2].starts_with("mine.toml:5: the role text has the colour \"#fffff\""));
        assert!(said[2].contains("write #rrggbb"));
        assert!(
            said[3].starts_with("mine.toml:6: the role warn must be a colour"),
            "{}",
            said[3]
        );
        assert!(said[4].starts_with("mine.toml:7: \"ansi256\" must be a number from 0 to 255"));
        let dark = Catalogue::default().theme("dark").unwrap().theme;
        assert_eq!(loaded.theme.paint(Role::Text), dark.paint(Role::Text));
    }

    #[test]
    fn text_that_is_not_toml_is_refused_with_its_line() {
        let mut catalogue = Catalogue::default();
        let source = Source {
            file: "mine.toml",
            name: "mine",
            text: "name = \"x\"\n[roles\n",
        };
        let complaint = catalogue.add(source).unwrap_err();
        assert_eq!(complaint.line, 2, "{complaint}");
        assert!(matches!(complaint.problem, Problem::Syntax(_)));
        assert!(catalogue.theme("mine").is_none());
    }

    #[test]
    fn a_missing_role_is_said_and_taken_from_dark() {
        let loaded = load("[roles]\ntext = \"#ffffff\"\n");
        let missing = loaded
            .complaints
            .iter()
            .filter(|said| matches!(said.problem, Problem::MissingRole { .. }))
            .count();
        assert_eq!(missing, Role::ALL.len() - 1);
    }

    #[test]
    fn a_circle_of_extends_is_said_and_cut() {
        let mut catalogue = Catalogue::default();
        for (name, base) in [("a", "b"), ("b", "a")] {
            let text = format!("extends = \"{base}\"\n");
            catalogue
                .add(Source {
                    file: "x.toml",
                    name,
                    text: &text,
                })
                .unwrap();
        }
        let loaded = catalogue.theme("a").unwrap();
        let cycle = Problem::Cycle {
            path: "a, then b, then a".to_owned(),
        };
        assert!(loaded.complaints.iter().any(|said| said.problem == cycle));
    }

    #[test]
    fn an_unknown_base_is_said() {
        let said = said(&load("extends = \"drak\"\n"));
        let sentence = "mine.toml:1: extends \"drak\", and no theme has that name; it is ignored; known: dark,";
        assert!(
            said.iter().any(|line| line.starts_with(sentence)),
            "{said:#?}"
        );
    }

    #[test]
    fn a_name_is_given_once() {
        let mut catalogue = Catalogue::default();
        let source = Source {
            file: "mine.toml",
            name: "mine",
            text: "name = \"dark\"\n",
        };
        let complaint = catalogue.add(source).unwrap_err();
        assert_eq!(
            complaint.problem,
            Problem::NameTaken {
                name: "dark".to_owned()
            }
        );
    }

    #[test]
    fn text_that_is_hard_to_read_is_said_with_its_ratio() {
        let said = said(&load("extends = \"dark\"\n[roles]\nmuted = \"#555555\"\n"));
        assert!(
            said[0].starts_with("mine.toml:3: muted on canvas has a contrast of 2."),
            "{said:#?}"
        );
        assert!(said[0].contains("needs 4.5"));
    }

    #[test]
    fn a_complaint_never_carries_a_control_character() {
        let loaded =
            load("extends = \"\\u001b[31m\"\n\"a\\u0007b\" = 1\n[roles]\ntext = \"\\u001b]0;x\"\n");
        assert!(loaded.complaints.len() > 2);
        for said in said(&loaded) {
            assert!(!said.contains(char::is_control), "{said:?}");
        }
    }

    proptest! {
        #[test]
        fn any_value_of_any_role_leaves_a_theme_that_works(role in 0..Role::ALL.len(), value in ".{0,12}") {
            let mut catalogue = BUILT_IN_READ.clone();
            let role = Role::ALL[role].name();
            let text = format!("extends = \"dark\"\n[roles]\n{role} = {value}\n");
            if catalogue.add(Source { file: "mine.toml", name: "mine", text: &text }).is_ok() {
                prop_assert!(catalogue.theme("mine").is_some());
            }
        }
    }
}
