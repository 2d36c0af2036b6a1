//! The colours of pictures: a few roles. Files have the look of paper; a window hands in its theme's.

use crate::annotation::{LabelColor, PALETTE, Rgb};

/// The colours that pictures are drawn with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Behind everything.
    pub ground: Rgb,
    /// Text.
    pub ink: Rgb,
    /// Text that steps back; legible all the same.
    pub quiet: Rgb,
    /// Axes and edges.
    pub line: Rgb,
    /// What cells are filled with: the more, the stronger.
    pub accent: Rgb,
    /// Whether labels show their colour for dark grounds.
    pub dark: bool,
}

/// On paper, as files are.
pub const PAPER: Palette = Palette {
    ground: Rgb(0xFF, 0xFD, 0xF9),
    ink: Rgb(0x24, 0x21, 0x1C),
    quiet: Rgb(0x63, 0x5C, 0x50),
    line: Rgb(0xD8, 0xD0, 0xC2),
    accent: Rgb(0x00, 0x5B, 0x8F),
    dark: false,
};

/// At night.
pub const NIGHT: Palette = Palette {
    ground: Rgb(0x1B, 0x20, 0x27),
    ink: Rgb(0xE6, 0xE3, 0xDC),
    quiet: Rgb(0xA7, 0xAD, 0xB6),
    line: Rgb(0x3A, 0x42, 0x4D),
    accent: Rgb(0x6C, 0xB4, 0xF0),
    dark: true,
};

/// The least contrast of text with what it stands on.
const LEGIBLE: f32 = 4.5;

impl Palette {
    /// The ground with `share` (0 to 1) of `color` over it.
    pub fn mixed(&self, color: Rgb, share: f32) -> Rgb {
        let share = share.clamp(0.0, 1.0);
        let part = |under: u8, over: u8| {
            let (under, over) = (f32::from(under), f32::from(over));
            (under + (over - under) * share).round() as u8
        };
        Rgb(
            part(self.ground.0, color.0),
            part(self.ground.1, color.1),
            part(self.ground.2, color.2),
        )
    }

    /// How a cell of this value (0 to 1) is filled.
    pub fn shade(&self, value: f64) -> Rgb {
        self.mixed(self.accent, 0.05 + 0.9 * value.clamp(0.0, 1.0) as f32)
    }

    /// The ink for text on `fill`, of a contrast of at least 4.5:1.
    pub fn on(&self, fill: Rgb) -> Rgb {
        let best = [self.ink, self.ground, Rgb(0, 0, 0), Rgb(255, 255, 255)];
        let found = best.into_iter().find(|ink| ink.contrast(fill) >= LEGIBLE);
        found.unwrap_or(self.ink)
    }

    /// A label's colour on this ground.
    pub const fn of(&self, color: LabelColor) -> Rgb {
        if self.dark { color.dark } else { color.light }
    }

    /// The colour of the n-th curve.
    pub fn series(&self, place: usize) -> Rgb {
        let found = PALETTE.get(place % PALETTE.len());
        found.map_or(self.accent, |color| self.of(*color))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_legible_on_every_shade() {
        for palette in [PAPER, NIGHT] {
            for ink in [palette.ink, palette.quiet] {
                assert!(ink.contrast(palette.ground) >= LEGIBLE, "{ink}");
            }
            for percent in 0..=100 {
                let fill = palette.shade(f64::from(percent) / 100.0);
                assert!(palette.on(fill).contrast(fill) >= LEGIBLE, "{fill}");
            }
            for place in 0..PALETTE.len() {
                let fill = palette.series(place);
                assert!(palette.on(fill).contrast(fill) >= LEGIBLE, "{fill}");
            }
        }
    }
}
