//! Whether text can be read: WCAG 2 ratios of a theme's roles on its own backgrounds.

use super::file::Draft;
use super::problem::{Complaint, Problem};
use super::{Rgb, Role, Theme};

/// Roles that carry text, and what text needs (WCAG 2, level AA), in tenths.
const TEXTS: [Role; 11] = [
    Role::Text,
    Role::Muted,
    Role::Hint,
    Role::Prompt,
    Role::Accent,
    Role::Key,
    Role::Good,
    Role::Warn,
    Role::Bad,
    Role::Overtime,
    Role::Speaking,
];
/// Roles that are large or shapes, and need less.
const SHAPES: [Role; 3] = [Role::Clock, Role::BorderFocus, Role::Bar];
/// Roles that may lie behind text.
const GROUNDS: [Role; 3] = [Role::Canvas, Role::Surface, Role::Selection];
/// Roles that may fill a chip.
const FILLS: [Role; 4] = [Role::Speaking, Role::Warn, Role::Overtime, Role::Bar];

const TEXT_NEEDS: u32 = 45;
const SHAPE_NEEDS: u32 = 30;

/// Every pair of roles that meets on screen: front, back, least ratio in tenths.
fn pairs() -> impl Iterator<Item = (Role, Role, u32)> {
    let fronts = TEXTS.map(|role| (role, TEXT_NEEDS)).into_iter();
    let fronts = fronts.chain(SHAPES.map(|role| (role, SHAPE_NEEDS)));
    fronts
        .flat_map(|(role, needs)| GROUNDS.map(|ground| (role, ground, needs)))
        .chain(FILLS.map(|fill| (Role::AccentText, fill, TEXT_NEEDS)))
}

/// What is hard to read in a theme; roles without a colour of their own cannot be measured.
pub(super) fn complaints(theme: &Theme, draft: &Draft) -> Vec<Complaint> {
    let low = |(role, ground, needs): (Role, Role, u32)| {
        let ratio = hundredths(theme.paint(role).rgb?, theme.paint(ground).rgb?);
        if ratio >= needs * 10 {
            return None;
        }
        let line = [role, ground]
            .iter()
            .find_map(|role| draft.roles.get(role))
            .map_or(1, |own| own.1);
        let problem = Problem::LowContrast {
            role: role.name(),
            ground: ground.name(),
            ratio,
            needs,
        };
        Some(Complaint {
            file: draft.file.clone(),
            line,
            problem,
        })
    };
    pairs().filter_map(low).collect()
}

/// The ratio in hundredths, rounded down. Counted by comparison, since a ratio lies between 1 and 21.
fn hundredths(front: Rgb, back: Rgb) -> u32 {
    let ratio = front.contrast(back) * 100.0;
    (100..=2100)
        .rev()
        .find(|step| f64::from(*step) <= ratio)
        .unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::super::{Catalogue, Paint};
    use super::*;

    const DARK_BACKGROUNDS: [&str; 6] = [
        "#000000", "#1d1b19", "#1e1e2e", "#282c34", "#2e3440", "#002b36",
    ];
    const LIGHT_BACKGROUNDS: [&str; 5] = ["#ffffff", "#faf6ee", "#fdf6e3", "#eff1f5", "#e6e6ea"];

    fn theme(name: &str) -> Theme {
        Catalogue::default().theme(name).unwrap().theme
    }

    fn on_256(paint: Paint) -> Rgb {
        Rgb::of_ansi256(
            paint
                .ansi256
                .expect("every built-in colour has its own 256 value"),
        )
        .unwrap()
    }

    #[test]
    fn every_pair_of_roles_that_meets_can_be_read() {
        for name in ["dark", "light", "high-contrast"] {
            let theme = theme(name);
            for (role, ground, needs) in pairs() {
                let (front, back) = (
                    theme.paint(role).rgb.unwrap(),
                    theme.paint(ground).rgb.unwrap(),
                );
                assert!(
                    hundredths(front, back) >= needs * 10,
                    "{name}: {role:?} on {ground:?}"
                );
            }
        }
    }

    #[test]
    fn high_contrast_holds_seven_to_one_on_its_canvas() {
        let theme = theme("high-contrast");
        let canvas = theme.paint(Role::Canvas).rgb.unwrap();
        for role in TEXTS {
            assert!(
                hundredths(theme.paint(role).rgb.unwrap(), canvas) >= 700,
                "{role:?}"
            );
        }
    }

    #[test]
    fn text_can_be_read_on_the_backgrounds_other_people_use() {
        let lists = [
            ("dark", &DARK_BACKGROUNDS[..]),
            ("light", &LIGHT_BACKGROUNDS[..]),
        ];
        for (name, backgrounds) in lists {
            let theme = theme(name);
            for background in backgrounds.iter().map(|text| Rgb::parse(text).unwrap()) {
                for (role, _, needs) in pairs().filter(|pair| pair.1 == Role::Canvas) {
                    let front = theme.paint(role).rgb.unwrap();
                    assert!(
                        hundredths(front, background) >= needs * 10,
                        "{name}: {role:?} on {background}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_256_values_can_be_read_as_well() {
        let grounds = [
            ("dark", [234, 236]),
            ("light", [231, 255]),
            ("high-contrast", [16, 17]),
        ];
        for (name, grounds) in grounds {
            let theme = theme(name);
            let backs = grounds.map(|index| Rgb::of_ansi256(index).unwrap());
            for (role, ground, needs) in pairs() {
                let front = on_256(theme.paint(role));
                let own = on_256(theme.paint(ground));
                let backs = if role == Role::AccentText {
                    [own; 2]
                } else {
                    backs
                };
                for back in backs {
                    assert!(
                        hundredths(front, back) >= needs * 10,
                        "{name}: {role:?} on {back}"
                    );
                }
            }
        }
    }

    #[test]
    fn sixteen_colours_avoid_blue_on_dark_and_yellow_on_light() {
        use super::super::Ansi;
        for role in Role::ALL {
            assert_ne!(theme("dark").paint(role).ansi16, Ansi::Index(4), "{role:?}");
            let light = theme("light").paint(role).ansi16;
            assert!(
                light != Ansi::Index(3) && light != Ansi::Index(11),
                "{role:?}"
            );
        }
    }
}
