//! The pictures, one a file: figures in, a scene out.

mod bars;
mod confusion;
mod curves;
mod heat_map;
mod progress;

pub use bars::bars;
pub use confusion::confusion;
pub use curves::curves;
pub use heat_map::heat_map;
pub use progress::progress;

use super::figures::Figures;
use super::palette::Palette;
use super::scene::Scene;
use crate::agreement::MatchRule;

/// Text in pictures, in pixels.
const TEXT: f32 = 12.0;
const SMALL: f32 = 11.0;
/// The edge around a picture.
const EDGE: f32 = 16.0;
/// Where a picture's title ends.
const HEAD: f32 = 44.0;

/// A picture with the stem of its file's name.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The stem of its file's name.
    pub name: &'static str,
    /// What is drawn.
    pub scene: Scene,
}

/// All pictures that the figures have something for.
pub fn pictures(figures: &Figures, palette: &Palette) -> Vec<Picture> {
    let mut found = Vec::new();
    let mut add = |name, scene: Option<Scene>| {
        found.extend(scene.map(|scene| Picture { name, scene }));
    };
    add(
        "agreement-exact",
        heat_map(figures, MatchRule::Exact, palette),
    );
    add(
        "agreement-overlap",
        heat_map(figures, MatchRule::Overlap, palette),
    );
    add("confusion", confusion(figures, palette));
    add("labels", bars(figures, palette));
    add("over-time", curves(figures, palette));
    add("progress", progress(figures, palette));
    found
}

/// The title at the top of a picture.
fn head(scene: &mut Scene, palette: &Palette) {
    let style = super::scene::Style::new(14.0, palette.ink).bold();
    let title = scene.title.clone();
    scene.text(
        (EDGE, EDGE + 12.0),
        title,
        super::scene::Anchor::Left,
        style,
    );
}
