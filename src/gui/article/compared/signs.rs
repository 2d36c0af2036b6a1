//! What stands at the beginning of a compared span: its annotator's number, and where somebody disagrees the label.

use std::sync::Arc;

use crate::{
    annotation::LabelSet,
    gui::{
        article::tags,
        text::{Fit, TextPainter},
    },
    typeset::{Family, TextLayout, TextStyle},
};

use super::scene::Foreign;

/// Letter size in points.
const SIZE: f32 = 8.5;
/// The longest sign in points.
const LONGEST: f32 = 110.0;
/// Height of its letters without tails, as a multiple of the size.
const LETTERS: f32 = 0.74;

/// How much of it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Number and label.
    Full,
    /// Number and the label's first letters.
    Short,
    /// The number.
    Number,
}

impl Form {
    pub(super) const ALL: [Self; 3] = [Self::Full, Self::Short, Self::Number];
}

/// Height of a sign's letters in physical pixels, `scale` of them a point.
pub(super) fn height(scale: f32) -> f32 {
    SIZE * LETTERS * scale
}

/// The sign of a span, `scale` physical pixels a point.
pub(super) fn layout(
    text: &mut TextPainter,
    labels: &LabelSet,
    foreign: &Foreign,
    form: Form,
    scale: f32,
) -> Arc<TextLayout> {
    let number = foreign.layer + 1;
    let name = tags::name_of(labels, &foreign.mark.label);
    let sign = match form {
        Form::Full => format!("{number} {name}"),
        Form::Short => format!("{number} {}", tags::first_letters(name)),
        Form::Number => number.to_string(),
    };
    let style = TextStyle {
        family: Family::Interface,
        size_px: SIZE * scale,
        line_height: 1.0,
        bold: foreign.loud,
    };
    text.layout(&sign, &style, Fit::Elide(LONGEST * scale))
}
