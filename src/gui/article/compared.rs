//! Several annotators' layers over one text. The article's own layer is drawn as always, nearest to the letters;
//! under its lanes the compared layers' spans are stacked, in rows in the layers' order, so that where annotators
//! differ is seen by looking down. What nobody disagrees with is a thin grey line, what somebody does has its label's
//! colour and name. Lines have room for as many rows as their busiest place has, and none where nobody has a span.
//!
//! ```text
//!        tags
//!      letters
//! ──────────────  lanes of the own layer
//! ─2 Person──     row 1: inside of the claim of the same annotator
//! ─2 Claim──────  row 2
//! ─5 Denial───    row 3
//! ```

mod hit;
mod paint;
mod place;
mod plan;
mod scene;
mod signs;
mod stack;
#[cfg(test)]
mod tests;
mod tooltip;
mod tracks;

use std::collections::HashSet;

use crate::annotation::{Layer, Span, SpanId};

pub(super) use paint::Tracks;
pub(super) use scene::{Compare, Foreign};
pub(super) use tooltip::show as tell;

/// How many layers can be shown at once.
pub(super) const MOST: usize = 8;

/// Layers of annotators that are shown together over the text.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    /// The layers, 2 to 8; their place (from 0) is shown to people as 1 to 8.
    pub layers: &'a [&'a Layer],
    /// For each layer the spans that somebody disagrees with; all others are quiet.
    pub loud: &'a [HashSet<SpanId>],
    /// The spans of the disagreement that is being decided: place of the layer, span.
    pub current: &'a [(usize, SpanId)],
    /// Another number whenever anything of the above is another: the key of what is cached.
    pub revision: u64,
}

impl Compared<'_> {
    /// The layers that are shown.
    pub(super) fn shown(&self) -> impl Iterator<Item = (usize, &Layer)> {
        self.layers.iter().take(MOST).copied().enumerate()
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
