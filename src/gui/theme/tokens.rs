//! Colours and sizes, named by what they are for. The two schemes differ in colour only.

use eframe::egui::Color32;

/// Which of the two looks a set of tokens belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Dark ink on warm white.
    Paper,
    /// Light ink on blue-grey black.
    Night,
}

/// Everything a painter may ask for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tokens {
    /// Which look this is.
    pub scheme: Scheme,
    /// What text stands on.
    pub surface: Surfaces,
    /// What text and icons are drawn with.
    pub ink: Inks,
    /// Thin lines, outlines and shadows.
    pub edge: Edges,
    /// How spans are drawn in the article.
    pub mark: Marks,
    /// Distances, multiples of 4 points.
    pub space: Space,
    /// Rounded corners.
    pub radius: Radii,
    /// Letter sizes of the interface.
    pub text: TextSizes,
}

/// Backgrounds. Every ink is readable (4.5:1) on every one of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Surfaces {
    /// Behind the article.
    pub page: Color32,
    /// The margins and bars around it.
    pub panel: Color32,
    /// Menus, dialogs, tooltips, toasts.
    pub raised: Color32,
    /// Inside text fields.
    pub field: Color32,
    /// A row or button under the pointer.
    pub hover: Color32,
    /// A row or button while it is pressed, or while its menu is open.
    pub pressed: Color32,
    /// A chosen row, and selected text.
    pub chosen: Color32,
}

/// Text and icon colours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Inks {
    /// Ordinary text.
    pub strong: Color32,
    /// Secondary text: counts, hints, placeholders.
    pub weak: Color32,
    /// The one accent: focus, links, the main button.
    pub accent: Color32,
    /// Text on a surface filled with the accent.
    pub on_accent: Color32,
    /// What went wrong or destroys something.
    pub danger: Color32,
    /// What wants attention.
    pub warning: Color32,
    /// What is finished and safe.
    pub good: Color32,
}

/// Lines and shadows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edges {
    /// Between panels and rows; only a hint.
    pub separator: Color32,
    /// Around fields and checkboxes: 3:1 against what is beside it.
    pub outline: Color32,
    /// Under what floats.
    pub shadow: Color32,
    /// Width of separators and outlines, in points.
    pub width: f32,
    /// Width of the keyboard focus's outline, in points.
    pub focus_width: f32,
}

/// Spans in the article: how much of a label's colour, and how thick.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Marks {
    /// Cover of an entity's fill, 0 to 1.
    pub entity_fill: f32,
    /// Cover of a statement's fill (a span that contains others), 0 to 1.
    pub statement_fill: f32,
    /// What hovering adds to either, 0 to 1.
    pub hover_fill: f32,
    /// Thickness of the line under a span, in points.
    pub line: f32,
    /// From one lane of lines to the next, in points.
    pub lane: f32,
    /// Height of a row of compared spans, in points.
    pub track: f32,
    /// Thickness of the line of a span that all compared layers agree on, in points.
    pub quiet: f32,
    /// Rounding of a span's ends, in points.
    pub radius: f32,
    /// Width of the chosen span's handles, in points.
    pub handle: f32,
    /// Letter size of a label's tag, in points.
    pub tag: f32,
    /// Behind text that is selected and not yet tagged.
    pub selection: Color32,
    /// Behind what the find bar found.
    pub found: Color32,
}

/// Distances in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Space {
    /// 4: between an icon and its word.
    pub xs: f32,
    /// 8: between controls, inside rows.
    pub s: f32,
    /// 12: inside panels.
    pub m: f32,
    /// 16: between groups.
    pub l: f32,
    /// 24: inside dialogs.
    pub xl: f32,
    /// Height of a button, a field, or a row of a list.
    pub row: f32,
    /// Height of the bar at the top.
    pub bar: f32,
    /// Height of the status at the bottom.
    pub status: f32,
}

/// Rounded corners in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Radii {
    /// Buttons, fields, rows.
    pub control: u8,
    /// Menus, dialogs, toasts.
    pub raised: u8,
}

/// Letter sizes in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextSizes {
    /// Status, counts, tags in lists.
    pub small: f32,
    /// Everything else.
    pub body: f32,
    /// Names of panels and dialogs.
    pub heading: f32,
    /// The first screen's one line.
    pub display: f32,
    /// Icons in bars and buttons.
    pub icon: f32,
}

const SPACE: Space = Space {
    xs: 4.0,
    s: 8.0,
    m: 12.0,
    l: 16.0,
    xl: 24.0,
    row: 28.0,
    bar: 44.0,
    status: 24.0,
};
const RADIUS: Radii = Radii {
    control: 6,
    raised: 8,
};
const TEXT: TextSizes = TextSizes {
    small: 12.0,
    body: 13.5,
    heading: 15.0,
    display: 22.0,
    icon: 17.0,
};

/// Warm white and near-black ink.
pub(super) const PAPER: Tokens = Tokens {
    scheme: Scheme::Paper,
    surface: Surfaces {
        page: Color32::from_rgb(0xFC, 0xFA, 0xF5),
        panel: Color32::from_rgb(0xF5, 0xF2, 0xEA),
        raised: Color32::from_rgb(0xFF, 0xFE, 0xFB),
        field: Color32::from_rgb(0xFF, 0xFE, 0xFB),
        hover: Color32::from_rgb(0xEC, 0xE8, 0xDD),
        pressed: Color32::from_rgb(0xE2, 0xDD, 0xCF),
        chosen: Color32::from_rgb(0xE0, 0xE5, 0xF2),
    },
    ink: Inks {
        strong: Color32::from_rgb(0x22, 0x1F, 0x1A),
        weak: Color32::from_rgb(0x64, 0x5E, 0x53),
        accent: Color32::from_rgb(0x3A, 0x52, 0xA3),
        on_accent: Color32::from_rgb(0xFF, 0xFE, 0xFB),
        danger: Color32::from_rgb(0xA8, 0x26, 0x1D),
        warning: Color32::from_rgb(0x7A, 0x50, 0x00),
        good: Color32::from_rgb(0x1C, 0x66, 0x44),
    },
    edge: Edges {
        separator: Color32::from_rgb(0xE3, 0xDE, 0xD1),
        outline: Color32::from_rgb(0x8A, 0x84, 0x77),
        shadow: Color32::from_rgba_premultiplied(0, 0, 0, 34),
        width: 1.0,
        focus_width: 2.0,
    },
    mark: Marks {
        entity_fill: 0.18,
        statement_fill: 0.07,
        hover_fill: 0.08,
        line: 2.0,
        lane: 4.0,
        track: 14.0,
        quiet: 1.0,
        radius: 3.0,
        handle: 8.0,
        tag: 10.0,
        selection: Color32::from_rgb(0xC9, 0xD6, 0xF3),
        found: Color32::from_rgb(0xF7, 0xE3, 0x9C),
    },
    space: SPACE,
    radius: RADIUS,
    text: TEXT,
};

/// Blue-grey black and off-white ink.
pub(super) const NIGHT: Tokens = Tokens {
    scheme: Scheme::Night,
    surface: Surfaces {
        page: Color32::from_rgb(0x17, 0x1B, 0x21),
        panel: Color32::from_rgb(0x1D, 0x22, 0x29),
        raised: Color32::from_rgb(0x25, 0x2B, 0x34),
        field: Color32::from_rgb(0x12, 0x16, 0x1B),
        hover: Color32::from_rgb(0x2A, 0x31, 0x3B),
        pressed: Color32::from_rgb(0x34, 0x3C, 0x48),
        chosen: Color32::from_rgb(0x2C, 0x38, 0x58),
    },
    ink: Inks {
        strong: Color32::from_rgb(0xE6, 0xE2, 0xDA),
        weak: Color32::from_rgb(0xA3, 0xAB, 0xB6),
        accent: Color32::from_rgb(0xA9, 0xBA, 0xF7),
        on_accent: Color32::from_rgb(0x14, 0x18, 0x1E),
        danger: Color32::from_rgb(0xFF, 0x9D, 0x91),
        warning: Color32::from_rgb(0xE9, 0xB6, 0x5F),
        good: Color32::from_rgb(0x83, 0xCD, 0xA4),
    },
    edge: Edges {
        separator: Color32::from_rgb(0x30, 0x37, 0x41),
        outline: Color32::from_rgb(0x77, 0x80, 0x8D),
        shadow: Color32::from_rgba_premultiplied(0, 0, 0, 120),
        width: 1.0,
        focus_width: 2.0,
    },
    mark: Marks {
        entity_fill: 0.19,
        statement_fill: 0.08,
        hover_fill: 0.08,
        line: 2.0,
        lane: 4.0,
        track: 14.0,
        quiet: 1.0,
        radius: 3.0,
        handle: 8.0,
        tag: 10.0,
        selection: Color32::from_rgb(0x33, 0x44, 0x6E),
        found: Color32::from_rgb(0x5A, 0x4A, 0x17),
    },
    space: SPACE,
    radius: RADIUS,
    text: TEXT,
};

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(color: Color32) -> f32 {
        let linear = |channel: u8| {
            let value = f32::from(channel) / 255.0;
            if value <= 0.040_45 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
    }

    /// WCAG 2.2's contrast ratio.
    fn contrast(one: Color32, other: Color32) -> f32 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn surfaces(of: &Tokens) -> [(&'static str, Color32); 9] {
        let Surfaces {
            page,
            panel,
            raised,
            field,
            hover,
            pressed,
            chosen,
        } = of.surface;
        let Marks {
            selection, found, ..
        } = of.mark;
        [
            ("page", page),
            ("panel", panel),
            ("raised", raised),
            ("field", field),
            ("hover", hover),
            ("pressed", pressed),
            ("chosen", chosen),
            ("selection", selection),
            ("found", found),
        ]
    }

    #[test]
    fn the_ratio_is_the_standards() {
        assert!((contrast(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 0.01);
        let grey = Color32::from_rgb(0x76, 0x76, 0x76);
        assert!((contrast(grey, Color32::WHITE) - 4.54).abs() < 0.01);
    }

    #[test]
    fn every_ink_is_readable_on_every_surface() {
        for of in [&PAPER, &NIGHT] {
            let Inks {
                strong,
                weak,
                accent,
                on_accent,
                danger,
                warning,
                good,
            } = of.ink;
            assert!(contrast(on_accent, accent) >= 4.5);
            let inks = [
                ("strong", strong),
                ("weak", weak),
                ("accent", accent),
                ("danger", danger),
                ("warning", warning),
                ("good", good),
            ];
            for (surface, background) in surfaces(of) {
                for (ink, color) in inks {
                    // Only the article's own ink stands on a selection.
                    if ink != "strong" && ["selection", "found"].contains(&surface) {
                        continue;
                    }
                    let ratio = contrast(color, background);
                    assert!(
                        ratio >= 4.5,
                        "{:?}: {ink} on {surface} is {ratio:.2}",
                        of.scheme
                    );
                }
            }
        }
    }

    #[test]
    fn outlines_and_focus_stand_out_from_what_they_surround() {
        for of in [&PAPER, &NIGHT] {
            for (name, background) in surfaces(of).into_iter().take(4) {
                let ratio = contrast(of.edge.outline, background);
                assert!(
                    ratio >= 3.0,
                    "{:?}: outline on {name} is {ratio:.2}",
                    of.scheme
                );
                assert!(contrast(of.ink.accent, background) >= 3.0);
            }
        }
    }

    #[test]
    fn distances_stand_on_the_grid() {
        let Space {
            xs,
            s,
            m,
            l,
            xl,
            row,
            bar,
            status,
        } = SPACE;
        for distance in [xs, s, m, l, xl, row, bar, status] {
            assert!((distance % 4.0).abs() < f32::EPSILON, "{distance}");
        }
    }
}
