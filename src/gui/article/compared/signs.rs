//! What stands at the beginning of a compared span: its annotator's number, and where somebody disagrees the label.

use std::sync::Arc;

use crate::{
    annotation::{LabelId, LabelSet},
    gui::{
        article::{highlights::Sizes, tags},
        text::{Fit, TextPainter},
    },
    typeset::{Family, TextLayout, TextStyle},
};

use super::scene::Foreign;

/// Height of its letters without tails, as a multiple of the size.
const LETTERS: f32 = 0.74;
/// The longest sign, as a multiple of its letters' size.
const LONGEST: f32 = 14.0;

/// How much of it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Number and label.
    Full,
    /// Number and the label's key.
    Key,
    /// The number.
    Number,
}

impl Form {
    pub(super) const ALL: [Self; 3] = [Self::Full, Self::Key, Self::Number];
}

/// Height of a sign's letters in physical pixels.
pub(super) fn height(sizes: &Sizes) -> f32 {
    sizes.sign * LETTERS
}

/// The sign of a span. A name is never cut: where it has no room, less is said.
pub(super) fn layout(
    text: &mut TextPainter,
    labels: &LabelSet,
    foreign: &Foreign,
    form: Form,
    size_px: f32,
) -> Arc<TextLayout> {
    let number = foreign.layer + 1;
    let label = &foreign.mark.label;
    let sign = match form {
        Form::Full => format!("{number} {}", tags::name_of(labels, label)),
        Form::Key => format!("{number} {}", key_of(labels, label)),
        Form::Number => number.to_string(),
    };
    let style = TextStyle {
        family: Family::Interface,
        size_px,
        line_height: 1.0,
        bold: foreign.loud,
    };
    text.layout(&sign, &style, Fit::Elide(LONGEST * size_px))
}

/// How wide a sign is in physical pixels; endless if it would be cut.
pub(super) fn width(
    text: &mut TextPainter,
    labels: &LabelSet,
    foreign: &Foreign,
    form: Form,
    size_px: f32,
) -> f32 {
    let sign = layout(text, labels, foreign, form, size_px);
    if sign.is_elided() {
        f32::INFINITY
    } else {
        sign.width()
    }
}

/// The key of a label, its first letter if it has none.
fn key_of(labels: &LabelSet, label: &LabelId) -> String {
    let key = labels.resolve(label).and_then(|label| label.hotkey);
    let first = || tags::name_of(labels, label).chars().next();
    key.or_else(first).map(String::from).unwrap_or_default()
}
