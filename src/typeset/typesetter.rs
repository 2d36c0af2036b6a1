//! The door to shaping: one typesetter per window turns a paragraph or a label into a [`TextLayout`].
//! Everything is in physical pixels; the caller multiplies sizes by the scale of the screen.

use parley::{
    Alignment, AlignmentOptions, FontWeight, Layout, LayoutContext, LineHeight, StyleProperty,
};

use super::extract;
use super::fonts::{Family, Fonts, family_list};
use super::layout::TextLayout;

/// How a text is set. Sizes in physical pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct TextStyle {
    /// Font family.
    pub family: Family,
    /// Font size in physical pixels.
    pub size_px: f32,
    /// Line height as a multiple of the size.
    pub line_height: f32,
    /// Bold weight instead of regular.
    pub bold: bool,
}

impl TextStyle {
    /// A regular interface text of `size_px` physical pixels with a line height of 1.5.
    pub fn interface(size_px: f32) -> Self {
        Self {
            family: Family::Interface,
            size_px,
            line_height: 1.5,
            bold: false,
        }
    }
}

impl TextStyle {
    /// Height of a line: whole physical pixels, so that lines keep their distance while they scroll.
    fn line_px(&self) -> f32 {
        (self.size_px * self.line_height).round().max(1.0)
    }
}

/// Base direction of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum BaseDirection {
    /// That of the first strong character; left to right where there is none.
    #[default]
    Auto,
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

impl From<BaseDirection> for parley::BaseDirection {
    fn from(direction: BaseDirection) -> Self {
        match direction {
            BaseDirection::Auto => Self::Auto,
            BaseDirection::Ltr => Self::Ltr,
            BaseDirection::Rtl => Self::Rtl,
        }
    }
}

/// Shapes texts. Holds fonts and scratch space; layouts do not borrow from it.
pub struct Typesetter {
    pub(super) fonts: Fonts,
    pub(super) scratch: LayoutContext<()>,
    parley_layout: Layout<()>,
    generation: u64,
    layouts_made: u64,
}

impl Typesetter {
    /// A typesetter that shapes with `fonts`.
    pub fn new(fonts: Fonts) -> Self {
        Self {
            fonts,
            scratch: LayoutContext::new(),
            parley_layout: Layout::new(),
            generation: 0,
            layouts_made: 0,
        }
    }

    /// Swaps the fonts, typically once the system's have been listed. Layouts made before should be made
    /// again when [`generation`](Self::generation) has changed; article layouts do so by themselves.
    pub fn set_fonts(&mut self, fonts: Fonts) {
        self.fonts = fonts;
        self.generation += 1;
    }

    /// Counts the changes of fonts.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Counts the texts shaped so far, for tests and the frame statistics.
    pub fn layouts_made(&self) -> u64 {
        self.layouts_made
    }

    /// Whether system fonts are in use.
    pub fn has_system_fonts(&self) -> bool {
        self.fonts.has_system()
    }

    /// Names of the families that can be chosen for articles.
    pub fn families(&mut self) -> Vec<String> {
        self.fonts.families()
    }

    /// Lays out one paragraph or label, wrapped at `max_width` physical pixels. Line terminators are set as
    /// spaces: a paragraph has one base direction, so callers cut at terminators first.
    pub fn layout(
        &mut self,
        text: &str,
        style: &TextStyle,
        max_width: Option<f32>,
        base: BaseDirection,
    ) -> TextLayout {
        let text = flatten(text);
        let mut layout = std::mem::take(&mut self.parley_layout);
        let mut builder = self
            .scratch
            .ranged_builder(&mut self.fonts.context, &text, 1.0, true);
        builder.set_base_direction(base.into());
        for property in properties(style) {
            builder.push_default(property);
        }
        builder.build_into(&mut layout, &*text);
        layout.break_all_lines(max_width.map(|width| width.max(1.0)));
        layout.align(Alignment::Start, AlignmentOptions::default());
        let mut extracted = extract::extract(&layout, &text);
        if max_width.is_none() {
            extracted.start_at_zero();
        }
        self.parley_layout = layout;
        self.layouts_made += 1;
        extracted
    }

    /// One line that fits `max_width` physical pixels, ending with `…` at its logical end where the text is
    /// longer. The base direction is that of the whole text.
    pub fn layout_elided(&mut self, text: &str, style: &TextStyle, max_width: f32) -> TextLayout {
        let (head, cut) = bounded(text, style, max_width);
        let whole = self.layout(head, style, None, BaseDirection::Auto);
        if whole.width() <= max_width && !cut {
            return whole;
        }
        let base = if whole.is_rtl() {
            BaseDirection::Rtl
        } else {
            BaseDirection::Ltr
        };
        let ellipsis = self.layout("…", style, None, base).width();
        let mut end = whole.bytes_within(max_width - ellipsis);
        loop {
            let kept = head.get(..end).unwrap_or_default().trim_end();
            let mut line = self.layout(&format!("{kept}…"), style, None, base);
            if line.width() <= max_width || kept.is_empty() {
                line.set_elided(kept.len());
                return line;
            }
            end = whole.cell_start_before(kept.len());
        }
    }
}

/// The properties of a style in Parley's terms.
pub(super) fn properties(style: &TextStyle) -> [StyleProperty<'static, ()>; 4] {
    let weight = if style.bold {
        FontWeight::BOLD
    } else {
        FontWeight::NORMAL
    };
    [
        StyleProperty::FontFamily(family_list(&style.family)),
        StyleProperty::FontSize(style.size_px.max(1.0)),
        StyleProperty::LineHeight(LineHeight::Absolute(style.line_px())),
        StyleProperty::FontWeight(weight),
    ]
}

/// No more text than could fit one line even of very narrow letters, and whether something was cut.
fn bounded<'a>(text: &'a str, style: &TextStyle, max_width: f32) -> (&'a str, bool) {
    const NARROWEST_EM: f32 = 0.1;
    let most = (max_width / (style.size_px * NARROWEST_EM).max(1.0)).max(16.0) as usize;
    match text.char_indices().nth(most) {
        Some((byte, _)) => (text.get(..byte).unwrap_or(text), true),
        None => (text, false),
    }
}

/// Sets tabs and characters that would break a line as spaces of the same length in bytes, so that offsets
/// hold and fonts without a glyph for them show no box.
fn flatten(text: &str) -> std::borrow::Cow<'_, str> {
    let flat = |c: char| match c {
        '\t'..='\r' => ' ',
        '\u{85}' => '\u{a0}',
        '\u{2028}' | '\u{2029}' => '\u{2003}',
        other => other,
    };
    if text.chars().any(|c| flat(c) != c) {
        text.chars().map(flat).collect::<String>().into()
    } else {
        text.into()
    }
}
