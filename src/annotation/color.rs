//! The colours of labels. Each label has one for light and one for dark; a list of twelve, told
//! apart by colour-blind people (after Okabe and Ito, darkened or lightened to a contrast of 4.5:1
//! on the themes' grounds), gives new labels theirs.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An opaque sRGB colour, written `#RRGGBB`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// A colour that is not written as `#RRGGBB`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a colour is written #RRGGBB, for instance #0063A6")]
pub struct ParseRgbError;

impl Rgb {
    const fn hex(rgb: u32) -> Self {
        let [_, red, green, blue] = rgb.to_be_bytes();
        Self(red, green, blue)
    }

    /// Relative luminance, 0 to 1 (WCAG 2.2).
    pub fn luminance(self) -> f32 {
        let linear = |channel: u8| {
            let c = f32::from(channel) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// Contrast ratio with `other`, 1 to 21 (WCAG 2.2).
    pub fn contrast(self, other: Self) -> f32 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02X}{:02X}{:02X}", self.0, self.1, self.2)
    }
}

impl FromStr for Rgb {
    type Err = ParseRgbError;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let digits = s.trim().strip_prefix('#').ok_or(ParseRgbError)?;
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(ParseRgbError);
        }
        u32::from_str_radix(digits, 16)
            .map(Self::hex)
            .map_err(|_| ParseRgbError)
    }
}

impl Serialize for Rgb {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Rgb {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(de::Error::custom)
    }
}

/// A label's colour on a light and on a dark ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LabelColor {
    /// On paper.
    pub light: Rgb,
    /// At night.
    pub dark: Rgb,
}

const fn pair(light: u32, dark: u32) -> LabelColor {
    LabelColor {
        light: Rgb::hex(light),
        dark: Rgb::hex(dark),
    }
}

/// The twelve colours from which labels get theirs, the five default labels' first.
#[expect(
    clippy::unreadable_literal,
    reason = "colours are read as six hexadecimal digits"
)]
pub const PALETTE: [LabelColor; 12] = [
    pair(0x0063A6, 0x6CB4F0),
    pair(0x9A5B00, 0xE8A33D),
    pair(0x00705A, 0x3CC4A2),
    pair(0x7A3E9D, 0xC99AE8),
    pair(0xB3261E, 0xF28B82),
    pair(0x4A5A00, 0xB5C756),
    pair(0x8A1C5B, 0xF08CBD),
    pair(0x006778, 0x4FC3D9),
    pair(0x5B4636, 0xCBB09A),
    pair(0x3A4CB5, 0xA0AEF8),
    pair(0x2F6B1F, 0x8CCB77),
    pair(0x555B66, 0xB4BAC6),
];

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn every_colour_is_legible_on_its_ground() {
        let (paper, night) = (Rgb::hex(0xFB_F8_F2), Rgb::hex(0x16_1A_20));
        for color in PALETTE {
            assert!(
                color.light.contrast(paper) >= 4.5,
                "{} on paper",
                color.light
            );
            assert!(color.dark.contrast(night) >= 4.5, "{} at night", color.dark);
        }
    }

    #[test]
    fn colours_are_read_as_written_and_nothing_else_is() {
        assert_eq!("#0063A6".parse::<Rgb>().unwrap(), Rgb(0, 0x63, 0xA6));
        assert_eq!(Rgb(1, 2, 255).to_string(), "#0102FF");
        for bad in ["0063A6", "#063", "#é63A", "#+063A6", ""] {
            assert!(bad.parse::<Rgb>().is_err(), "{bad}");
        }
    }
}
