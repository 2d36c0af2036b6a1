//! Characters that cannot be seen, shown as small signs over their place. The layout does not change: the signs
//! are painted on top. Bidi controls are always shown, as a warning, since they can make a text read
//! differently from what it says.

use std::borrow::Cow;

use eframe::egui::{Color32, Painter, Stroke, vec2};

use crate::{
    gui::{
        text::{Fit, TextPainter},
        theme::Tokens,
    },
    text::invisible::{self, Invisible, InvisibleKind},
    typeset::{ArticleLayout, CaretBox, Family, Position, TextStyle},
};

use super::canvas::Canvas;

/// Letter size of a sign in points.
const SIZE: f32 = 8.0;

/// Paints the signs in view; without `all` only those of bidi controls.
pub(super) fn paint(
    text: &mut TextPainter,
    painter: &Painter,
    layout: &ArticleLayout,
    canvas: &Canvas,
    all: bool,
    tokens: &Tokens,
) {
    for shown in layout.blocks_in_view().iter().filter(|shown| shown.in_view) {
        let range = layout.block_range(shown.block);
        let content = layout.text().get(range.clone()).unwrap_or_default();
        let wanted = |it: &Invisible| all || it.kind == InvisibleKind::BidiControl;
        for it in invisible::scan(content).filter(wanted) {
            let Some(caret) = layout.caret(Position::downstream(range.start + it.at)) else {
                continue;
            };
            let color = match it.kind {
                InvisibleKind::BidiControl => tokens.ink.danger,
                InvisibleKind::BidiMark | InvisibleKind::Control => tokens.ink.warning,
                _ => tokens.ink.weak,
            };
            if it.kind == InvisibleKind::Tatweel {
                let behind = layout.caret(Position::upstream(range.start + it.range().end));
                dot(painter, canvas, color, &caret, behind.as_ref());
            } else {
                sign(text, painter, canvas, (&sign_of(it.ch), color), &caret);
            }
        }
    }
}

/// How far down the line's letters signs stand: under the tails of most.
const DOWN: f32 = 0.88;

/// A dot under a tatweel, which can be seen by itself.
fn dot(
    painter: &Painter,
    canvas: &Canvas,
    color: Color32,
    caret: &CaretBox,
    behind: Option<&CaretBox>,
) {
    let x = behind.map_or(caret.x, |behind| (caret.x + behind.x) * 0.5);
    let y = caret.top + (caret.bottom - caret.top) * (DOWN - 0.06);
    painter.circle_filled(canvas.pos(x, y), 1.25, color);
}

/// The character's short name under its place, with a short stem: a tall one would read as an alef.
fn sign(
    text: &mut TextPainter,
    painter: &Painter,
    canvas: &Canvas,
    (name, color): (&str, Color32),
    caret: &CaretBox,
) {
    const STEM: f32 = 5.0;
    let style = TextStyle {
        family: Family::Interface,
        size_px: SIZE * canvas.scale,
        line_height: 1.0,
        bold: true,
    };
    let layout = text.layout(name, &style, Fit::Natural);
    let y = caret.top + (caret.bottom - caret.top) * DOWN;
    let under = canvas.snap(canvas.pos(caret.x, y));
    painter.line_segment([under, under - vec2(0.0, STEM)], Stroke::new(1.0, color));
    let half = layout.width() * 0.5 / canvas.scale;
    text.paint_layout(painter, &layout, under - vec2(half, 0.0), color);
}

/// The short name of a character: the usual one, else its code.
fn sign_of(ch: char) -> Cow<'static, str> {
    Cow::Borrowed(match ch {
        '\u{200E}' => "LRM",
        '\u{200F}' => "RLM",
        '\u{61C}' => "ALM",
        '\u{200C}' => "NJ",
        '\u{200D}' => "J",
        '\u{A0}' => "NB",
        '\u{202F}' => "NNB",
        '\u{202A}' => "LRE",
        '\u{202B}' => "RLE",
        '\u{202C}' => "PDF",
        '\u{202D}' => "LRO",
        '\u{202E}' => "RLO",
        '\u{2066}' => "LRI",
        '\u{2067}' => "RLI",
        '\u{2068}' => "FSI",
        '\u{2069}' => "PDI",
        '\u{200B}' => "ZW",
        '\u{2060}' => "WJ",
        '\u{AD}' => "SHY",
        '\u{FEFF}' => "BOM",
        '\t' => "TAB",
        other => return Cow::Owned(format!("{:04X}", u32::from(other))),
    })
}
