//! A picture as a few shapes, in pixels from the top left: what a window paints and files write, so that both
//! show the same. Widths of text are estimated, a little too wide: a name that is cut is cut everywhere.

use crate::{
    annotation::Rgb,
    text::{bidi, quote, segment},
};

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    /// Its left edge.
    pub x: f32,
    /// Its upper edge.
    pub y: f32,
    /// How wide it is.
    pub width: f32,
    /// How high it is.
    pub height: f32,
}

impl Area {
    /// A rectangle.
    pub const fn new(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self {
            x,
            y,
            width,
            height,
        }
    }

    /// The same, smaller by `by` on each side.
    #[must_use]
    pub fn within(self, by: f32) -> Self {
        Self {
            x: self.x + by,
            y: self.y + by,
            width: (self.width - 2.0 * by).max(0.0),
            height: (self.height - 2.0 * by).max(0.0),
        }
    }
}

/// Which part of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its left end, whatever its direction.
    Left,
    /// Its middle.
    Middle,
    /// Its right end.
    Right,
}

/// A text on one line.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// Where it stands: the anchor, on the baseline.
    pub at: (f32, f32),
    /// What it says; foreign names are isolated.
    pub text: String,
    /// The em, in pixels.
    pub size: f32,
    /// Whether it is bold.
    pub bold: bool,
    /// What stands at its place.
    pub anchor: Anchor,
    /// Its colour.
    pub ink: Rgb,
}

/// What is drawn, in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A filled rectangle.
    Fill {
        /// Where.
        area: Area,
        /// Its colour.
        color: Rgb,
        /// The radius of its corners.
        round: f32,
    },
    /// A line through points.
    Line {
        /// The points.
        points: Vec<(f32, f32)>,
        /// Its colour.
        color: Rgb,
        /// Its width.
        width: f32,
    },
    /// A text.
    Text(Words),
}

/// A part of the picture that says more under the pointer, and can be chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// Where it is.
    pub area: Area,
    /// Its row in the data.
    pub row: usize,
    /// Its column in the data.
    pub column: usize,
    /// What it says.
    pub says: String,
}

/// A picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// What it shows, for those who cannot see it and for files.
    pub title: String,
    /// How wide it is.
    pub width: f32,
    /// How high it is.
    pub height: f32,
    /// Behind everything.
    pub ground: Rgb,
    /// What is drawn.
    pub shapes: Vec<Shape>,
    /// What can be pointed at.
    pub spots: Vec<Spot>,
}

impl Scene {
    /// An empty picture.
    pub fn new(title: &str, width: f32, height: f32, ground: Rgb) -> Self {
        Self {
            title: title.to_owned(),
            width: width.max(1.0),
            height: height.max(1.0),
            ground,
            shapes: Vec::new(),
            spots: Vec::new(),
        }
    }

    pub(super) fn fill(&mut self, area: Area, color: Rgb, round: f32) {
        self.shapes.push(Shape::Fill { area, color, round });
    }

    pub(super) fn line(&mut self, points: Vec<(f32, f32)>, color: Rgb, width: f32) {
        self.shapes.push(Shape::Line {
            points,
            color,
            width,
        });
    }

    pub(super) fn text(
        &mut self,
        at: (f32, f32),
        text: impl Into<String>,
        anchor: Anchor,
        style: Style,
    ) {
        self.shapes.push(Shape::Text(Words {
            at,
            text: text.into(),
            size: style.size,
            bold: style.bold,
            anchor,
            ink: style.ink,
        }));
    }

    /// The lines of a cell that has no value.
    pub(super) fn hatch(&mut self, area: Area, color: Rgb) {
        const STEP: f32 = 6.0;
        let Area {
            x,
            y,
            width,
            height,
        } = area;
        let mut at = STEP;
        while at < width + height {
            // From the upper or right edge down to the left or lower one.
            let (from, to) = (at.min(width), at.min(height));
            let start = (x + from, y + (at - from));
            let end = (x + (at - to), y + to);
            self.line(vec![start, end], color, 1.0);
            at += STEP;
        }
    }
}

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    pub(super) size: f32,
    pub(super) bold: bool,
    pub(super) ink: Rgb,
}

impl Style {
    pub(super) const fn new(size: f32, ink: Rgb) -> Self {
        Self {
            size,
            bold: false,
            ink,
        }
    }

    #[must_use]
    pub(super) const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }
}

/// How wide a text of this size is at most, as far as can be said without a font.
pub(super) fn width(text: &str, size: f32) -> f32 {
    let ems: f32 = text.chars().map(em).sum();
    ems * size
}

/// How wide a letter is, in ems.
fn em(letter: char) -> f32 {
    match letter {
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => 0.0,
        _ if crate::text::is_tashkeel(letter) => 0.0,
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | 'I' | '.' | ',' | ':' | ';' | '|' | '\'' | ' '
        | '(' | ')' | '[' | ']' | 'ا' | 'أ' | 'إ' | 'ل' => 0.36,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | 'س' | 'ش' | 'ص' | 'ض' => 0.9,
        '\u{600}'..='\u{6FF}' => 0.52,
        'A'..='Z' => 0.7,
        '\u{1100}'..='\u{FAFF}' | '\u{1F000}'..='\u{3FFFF}' => 1.05,
        _ => 0.6,
    }
}

/// A foreign name on one line, isolated, cut with an ellipsis where it is wider than `room`.
pub(super) fn fitted(name: &str, size: f32, room: f32) -> String {
    let mut most = segment::grapheme_count(name).min(200);
    let mut cut = quote(name, most);
    // A column as wide as its widest name holds that name, whatever adding its margins has rounded.
    while width(&cut, size) > room + 0.01 && most > 1 {
        most -= 1;
        cut = quote(name, most);
    }
    bidi::isolate(&cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_where_they_end() {
        assert_eq!(fitted("Person", 12.0, 100.0), "\u{2068}Person\u{2069}");
        assert_eq!(fitted("Organization", 12.0, 40.0), "\u{2068}Orga…\u{2069}");
        assert_eq!(fitted("محمد الناطق", 12.0, 40.0), "\u{2068}محمد…\u{2069}");
        assert_eq!(fitted("x", 12.0, 0.0), "\u{2068}x\u{2069}");
    }

    #[test]
    fn a_hatch_stays_inside() {
        let mut scene = Scene::new("", 50.0, 50.0, Rgb(0, 0, 0));
        let area = Area::new(10.0, 12.0, 30.0, 7.0);
        scene.hatch(area, Rgb(0, 0, 0));
        for shape in &scene.shapes {
            if let Shape::Line { points, .. } = shape {
                for (x, y) in points {
                    assert!((10.0..=40.0).contains(x) && (12.0..=19.0).contains(y));
                }
            }
        }
        assert!(!scene.shapes.is_empty());
    }
}
