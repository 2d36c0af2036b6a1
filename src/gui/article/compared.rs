//! Several annotators' layers over one text. The article's own layer is drawn as always, nearest to the letters;
//! under its lanes each compared layer has one lane of its own, all of them in their order on every line, so that
//! where annotators differ is seen by looking down. What nobody disagrees with is a thin grey line, what somebody
//! does has its label's colour and name.
//!
//! ```text
//!        tags
//!      letters
//! ──────────────  lanes of the own layer
//! ─2 Claim──────  track 1
//! ─2 Denial───    track 2: up to 8
//! ```

mod hit;
mod paint;
mod place;
mod scene;
mod signs;
#[cfg(test)]
mod tests;
mod tooltip;
mod tracks;

use std::collections::HashSet;

use crate::{
    annotation::{Layer, Span, SpanId},
    typeset::ArticleStyle,
};

use super::highlights::Sizes;

pub(super) use paint::Tracks;
pub(super) use scene::{Compare, Foreign};
pub(super) use tooltip::show as tell;

/// How many layers can be shown at once.
const MOST: usize = 8;

/// Layers of annotators that are shown together over the text.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    /// The layers, 2 to 8; their place (from 0) is their lane, and shown to people as 1 to 8.
    pub layers: &'a [&'a Layer],
    /// For each layer the spans that somebody disagrees with; all others are quiet.
    pub loud: &'a [HashSet<SpanId>],
    /// The spans of the disagreement that is being decided: place of the layer, span.
    pub current: &'a [(usize, SpanId)],
    /// Another number whenever anything of the above is another: the key of what is cached.
    pub revision: u64,
}

impl Compared<'_> {
    /// The layers that have a lane.
    pub(super) fn shown(&self) -> impl Iterator<Item = (usize, &Layer)> {
        self.layers.iter().take(MOST).copied().enumerate()
    }

    /// How many lanes that makes.
    pub(super) fn lanes(&self) -> u8 {
        self.layers.len().min(MOST) as u8
    }

    /// A span of a layer.
    pub(super) fn span(&self, layer: usize, span: SpanId) -> Option<&Span> {
        self.layers.get(layer)?.get(span)
    }

    pub(super) fn is_loud(&self, layer: usize, span: SpanId) -> bool {
        self.loud
            .get(layer)
            .is_some_and(|loud| loud.contains(&span))
    }

    pub(super) fn is_current(&self, layer: usize, span: SpanId) -> bool {
        self.current.contains(&(layer, span))
    }
}

/// The style in which `lanes` tracks have room between two lines: the person's own where its lines are far enough
/// apart.
pub(super) fn spaced(style: ArticleStyle, sizes: &Sizes, lanes: u8) -> ArticleStyle {
    let height = tracks::height(sizes, lanes) / style.size_px.max(1.0);
    let hangs = tracks::below(sizes, lanes) - tracks::LOW * height * style.size_px;
    ArticleStyle {
        least_line: height,
        padding_px: style.padding_px.max(hangs.ceil()),
        ..style
    }
}
