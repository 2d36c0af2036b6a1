//! A picture as a few shapes, in pixels from the top left: what a window paints and files write, so that both
//! show the same. A name that is cut is cut everywhere alike, and says its whole under the pointer.

use crate::{
    annotation::Rgb,
    text::{bidi, quote, segment},
};

use super::fonts::width;

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
    /// The whole of what it says, where it is cut.
    pub whole: Option<String>,
}

impl Words {
    /// Where it is, by the embedded fonts.
    pub fn area(&self) -> Area {
        let wide = width(&self.text, self.size, self.bold);
        let x = match self.anchor {
            Anchor::Left => self.at.0,
            Anchor::Middle => self.at.0 - wide / 2.0,
            Anchor::Right => self.at.0 - wide,
        };
        Area::new(x, self.at.1 - self.size, wide, 1.3 * self.size)
    }
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
            whole: None,
        }));
    }

    /// Writes a foreign name in `room`, with words of ours before it.
    pub(super) fn name(
        &mut self,
        at: (f32, f32),
        (before, name): (&str, &str),
        room: f32,
        anchor: Anchor,
        style: Style,
    ) {
        let room = room - width(before, style.size, style.bold);
        let (shown, cut) = fitted(name, style.size, room);
        self.shapes.push(Shape::Text(Words {
            at,
            text: format!("{before}{shown}"),
            size: style.size,
            bold: style.bold,
            anchor,
            ink: style.ink,
            whole: cut.then(|| name.to_owned()),
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

/// A foreign name on one line, isolated, cut with an ellipsis where it is wider than `room`; and whether it was cut.
fn fitted(name: &str, size: f32, room: f32) -> (String, bool) {
    // A column as wide as its widest name holds that name, whatever adding its margins has rounded.
    let fits = |text: &str| width(text, size, false) <= room + 0.01;
    let all = segment::grapheme_count(name).min(200);
    let whole = quote(name, all);
    if fits(&whole) {
        return (
            bidi::isolate(&whole),
            whole.ends_with('…') && !name.ends_with('…'),
        );
    }
    let (mut least, mut most) = (1, all);
    while least + 1 < most {
        let middle = usize::midpoint(least, most);
        if fits(&quote(name, middle)) {
            least = middle;
        } else {
            most = middle;
        }
    }
    (bidi::isolate(&quote(name, least)), true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_where_they_end() {
        let shown = |name, room| fitted(name, 12.0, room).0;
        assert_eq!(shown("Person", 100.0), "\u{2068}Person\u{2069}");
        assert_eq!(shown("x", 0.0), "\u{2068}x\u{2069}");
        for name in ["Organization of nations", "حدث تاريخي مهم جدا له اسم طويل"]
        {
            for room in [30.0, 60.0, 90.0] {
                let (cut, is_cut) = fitted(name, 12.0, room);
                assert!(is_cut && cut.ends_with("…\u{2069}"), "{cut}");
                assert!(width(&cut, 12.0, false) <= room + 0.01, "{cut}");
                // One letter more would not have fitted.
                let longer = quote(name, segment::grapheme_count(&cut) - 1);
                assert!(width(&longer, 12.0, false) > room, "{longer}");
            }
        }
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
