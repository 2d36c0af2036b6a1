//! Layouts of short texts, kept from frame to frame, so that a window in which nothing changes
//! shapes nothing.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use crate::typeset::{BaseDirection, TextLayout, TextStyle, Typesetter};

/// How a text is fitted into a width, in physical pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fit {
    /// One line as long as it is.
    Natural,
    /// As many lines as it takes.
    Wrap(f32),
    /// One line, cut with `…` at its logical end.
    Elide(f32),
}

impl Fit {
    /// Whole pixels: a column that grows by a fraction does not lay everything out again.
    fn rounded(self) -> Self {
        match self {
            Self::Natural => Self::Natural,
            Self::Wrap(width) => Self::Wrap(width.max(1.0).floor()),
            Self::Elide(width) => Self::Elide(width.max(1.0).floor()),
        }
    }

    fn key(self) -> (u8, u32) {
        match self {
            Self::Natural => (0, 0),
            Self::Wrap(width) => (1, width.to_bits()),
            Self::Elide(width) => (2, width.to_bits()),
        }
    }
}

/// Memory above which layouts that were not used in the last pass are dropped, in bytes.
const MAX_BYTES: usize = 4 << 20;

#[derive(Default)]
pub(super) struct LayoutCache {
    entries: HashMap<u64, Entry>,
    hasher: RandomState,
    bytes: usize,
    pass: u64,
    generation: u64,
}

struct Entry {
    text: Box<str>,
    style: TextStyle,
    fit: Fit,
    layout: Arc<TextLayout>,
    used: u64,
}

impl LayoutCache {
    /// The layout of `text`, made if need be.
    pub(super) fn layout(
        &mut self,
        typesetter: &mut Typesetter,
        text: &str,
        style: &TextStyle,
        fit: Fit,
    ) -> Arc<TextLayout> {
        self.forget_other_fonts(typesetter.generation());
        let fit = fit.rounded();
        let TextStyle {
            family,
            size_px,
            line_height,
            bold,
        } = style;
        let sizes = (size_px.to_bits(), line_height.to_bits());
        let key = self.hasher.hash_one((text, family, sizes, bold, fit.key()));
        let pass = self.pass;
        if let Some(entry) = self.entries.get_mut(&key)
            && entry.is(text, style, fit)
        {
            entry.used = pass;
            return Arc::clone(&entry.layout);
        }
        let layout = Arc::new(made(typesetter, text, style, fit));
        let entry = Entry {
            text: text.into(),
            style: style.clone(),
            fit,
            layout: Arc::clone(&layout),
            used: pass,
        };
        self.bytes += entry.bytes();
        if let Some(before) = self.entries.insert(key, entry) {
            self.bytes = self.bytes.saturating_sub(before.bytes());
        }
        layout
    }

    /// Ends a pass: when there is too much, what it did not use goes.
    pub(super) fn end_pass(&mut self) {
        if self.bytes > MAX_BYTES {
            let pass = self.pass;
            self.entries.retain(|_, entry| entry.used == pass);
            self.bytes = self.entries.values().map(Entry::bytes).sum();
        }
        self.pass += 1;
    }

    fn forget_other_fonts(&mut self, generation: u64) {
        if self.generation != generation {
            self.entries.clear();
            self.bytes = 0;
            self.generation = generation;
        }
    }
}

impl Entry {
    fn is(&self, text: &str, style: &TextStyle, fit: Fit) -> bool {
        &*self.text == text && self.style == *style && self.fit == fit
    }

    fn bytes(&self) -> usize {
        size_of::<Self>() + self.text.len() + self.layout.memory()
    }
}

fn made(typesetter: &mut Typesetter, text: &str, style: &TextStyle, fit: Fit) -> TextLayout {
    match fit {
        Fit::Natural => typesetter.layout(text, style, None, BaseDirection::Auto),
        Fit::Wrap(width) => typesetter.layout(text, style, Some(width), BaseDirection::Auto),
        Fit::Elide(width) => typesetter.layout_elided(text, style, width),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::Fonts;

    #[test]
    fn a_text_is_shaped_once_for_a_style_and_width() {
        let mut typesetter = Typesetter::new(Fonts::embedded());
        let mut cache = LayoutCache::default();
        let style = TextStyle::interface(14.0);
        let mut ask = |text, width| {
            cache.layout(&mut typesetter, text, &style, Fit::Wrap(width));
            typesetter.layouts_made()
        };
        assert_eq!(ask("حاشية", 80.0), 1);
        assert_eq!(ask("حاشية", 80.4), 1, "the same whole pixels");
        assert_eq!(ask("حاشية", 90.0), 2);
        assert_eq!(ask("هامش", 90.0), 3);
    }

    #[test]
    fn what_is_not_used_goes_when_there_is_too_much() {
        let mut typesetter = Typesetter::new(Fonts::embedded());
        let mut cache = LayoutCache::default();
        let style = TextStyle::interface(14.0);
        let long = "كلمة ".repeat(40);
        let mut most = 0;
        for pass in 0..2_000 {
            cache.layout(
                &mut typesetter,
                &format!("{pass} {long}"),
                &style,
                Fit::Natural,
            );
            most = most.max(cache.bytes);
            cache.end_pass();
        }
        assert!(most < MAX_BYTES + (1 << 20), "{most}");
        assert!(cache.entries.len() < 2_000);
    }
}
