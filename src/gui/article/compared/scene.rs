//! What of the compared layers is in view, with its geometry; kept until something changes that it is made from.

use std::{ops::Range, sync::Arc};

use crate::{
    annotation::{LabelSet, SpanId},
    gui::text::TextPainter,
    typeset::{ArticleLayout, ArticleStyle, Room},
};

use super::{
    super::{
        highlights::Sizes,
        marks::{self, Lanes, Mark},
        overlay::{self, Band},
    },
    Compared,
    place::{self, Rails},
    plan::Plan,
    signs::{self, Form},
};

/// A span of a compared layer in view. The lane of its mark is its row below the line.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::gui::article) struct Foreign {
    /// Place of its layer.
    pub(in crate::gui::article) layer: usize,
    pub(in crate::gui::article) mark: Mark,
    /// Somebody disagrees with it.
    pub(in crate::gui::article) loud: bool,
    /// It belongs to the disagreement that is being decided.
    pub(in crate::gui::article) current: bool,
}

impl Foreign {
    /// Its layer and its id.
    pub(in crate::gui::article) fn id(&self) -> (usize, SpanId) {
        (self.layer, self.mark.span)
    }
}

/// What it is made from; what has an equal key is the same.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    revision: u64,
    blocks: Range<usize>,
    style: ArticleStyle,
    rooms: u64,
    fonts: u64,
    sizes: Sizes,
    labels: LabelSet,
}

/// The compared layers' spans in view and their geometry.
#[derive(Debug, Default)]
pub(in crate::gui::article) struct Compare {
    key: Option<Key>,
    version: u64,
    plan: Plan,
    pub(in crate::gui::article) marks: Vec<Foreign>,
    pub(super) rails: Rails,
    /// The letters of the disagreement that is being decided.
    pub(super) glow: Vec<Band>,
}

impl Compare {
    /// The room that lines need for the layers, to be given to the layout before [`update`](Self::update).
    pub(in crate::gui::article) fn rooms(
        &mut self,
        compared: Option<&Compared<'_>>,
        sizes: &Sizes,
    ) -> Arc<[Room]> {
        self.plan.update(compared, sizes);
        self.plan.rooms()
    }

    /// Makes it anew if it is not the same as before.
    pub(in crate::gui::article) fn update(
        &mut self,
        layout: &ArticleLayout,
        text: &mut TextPainter,
        (compared, labels): (Option<&Compared<'_>>, &LabelSet),
        sizes: Sizes,
    ) {
        let Some(compared) = compared else {
            if self.key.is_some() {
                let version = self.version + 1;
                *self = Self {
                    version,
                    ..Self::default()
                };
            }
            return;
        };
        let shown = layout.blocks_in_view();
        let (first, last) = (
            shown.first().map_or(0, |b| b.block),
            shown.last().map_or(0, |b| b.block),
        );
        let fonts = text.typesetter().generation();
        let is_same = self.key.as_ref().is_some_and(|key| {
            key.revision == compared.revision
                && key.labels == *labels
                && key.rooms == layout.rooms_version()
                && key.blocks == (first..last)
                && key.style == *layout.style()
                && key.fonts == fonts
                && key.sizes == sizes
        });
        if is_same {
            return;
        }
        self.key = Some(Key {
            revision: compared.revision,
            blocks: first..last,
            style: layout.style().clone(),
            rooms: layout.rooms_version(),
            fonts,
            sizes,
            labels: labels.clone(),
        });
        self.version += 1;
        let bytes = layout.block_range(first).start..layout.block_range(last).end;
        self.marks = in_view(compared, labels, self.plan.rows(), &bytes);
        self.draw(layout, text, labels, sizes);
    }

    /// Makes the geometry of the marks.
    fn draw(
        &mut self,
        layout: &ArticleLayout,
        text: &mut TextPainter,
        labels: &LabelSet,
        sizes: Sizes,
    ) {
        let widths: Vec<[f32; 3]> = self
            .marks
            .iter()
            .map(|mark| Form::ALL.map(|form| signs::width(text, labels, mark, form, sizes.sign)))
            .collect();
        let width = |mark: usize, form: Form| {
            let widths = widths.get(mark).copied().unwrap_or_default();
            widths.get(form as usize).copied().unwrap_or_default()
        };
        self.rails = place::rails(layout, &self.marks, &sizes, width);
        self.glow = self
            .marks
            .iter()
            .filter(|foreign| foreign.current)
            .flat_map(|foreign| &foreign.mark.fragments)
            .flat_map(|fragment| overlay::bands(layout, fragment.as_range(), &sizes))
            .collect();
    }

    /// Counts how often it was made anew.
    pub(in crate::gui::article) fn version(&self) -> u64 {
        self.version
    }
}

/// The spans that touch `bytes`, layer by layer.
pub(super) fn in_view(
    compared: &Compared<'_>,
    labels: &LabelSet,
    rows: &mut [Lanes],
    bytes: &Range<usize>,
) -> Vec<Foreign> {
    let mut found = Vec::new();
    for ((layer, spans), rows) in compared.shown().zip(rows) {
        let marks = marks::in_view((spans, labels), rows, bytes, None);
        found.extend(marks.into_iter().map(|mark| Foreign {
            layer,
            loud: compared.is_loud(layer, mark.span),
            current: compared.is_current(layer, mark.span),
            mark,
        }));
    }
    found
}
