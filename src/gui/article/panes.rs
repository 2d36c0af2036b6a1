//! Layers side by side: the same text in two to eight columns, each with one annotator's highlights. All columns have
//! one width and one style, so that one layout and one scroll serve them all and the same line stands at the same
//! height everywhere. Columns that have no room are reached sideways. Nothing can be changed here.

mod column;
mod sideways;
mod stage;
#[cfg(test)]
mod tests;

use std::{ops::Range, sync::Arc};

use eframe::egui::{Ui, vec2};

use crate::{
    annotation::{DocumentId, LabelSet, SpanId},
    gui::text::{self, TextPainter},
    session::{Article, Reading},
    typeset::{ArticleLayout, ArticleStyle},
};

use super::{
    ViewAction,
    access::{self, Access, Others, Source},
    compared::{self, Compared, MOST},
    highlights::Sizes,
    marks::Lanes,
    scene::Scene,
    scroll::{BAR, Scroll},
    view::article_id,
};
use column::Column;
use sideways::Sideways;
use stage::Stage;

/// What is shown side by side.
#[derive(Clone, Copy, Debug)]
pub struct PanesInput<'a> {
    /// The article; its own layer is not shown.
    pub article: &'a Article,
    /// The project's labels.
    pub labels: &'a LabelSet,
    /// How articles look.
    pub reading: &'a Reading,
    /// The compared layers.
    pub compared: Compared<'a>,
    /// Which of them have a column, 2 to 8: the place of the layer, its annotator's name.
    pub columns: &'a [(usize, &'a str)],
}

/// The view of several layers side by side.
#[derive(Default)]
pub struct Panes {
    open: Option<Open>,
    reveal: Option<usize>,
    sideways: Sideways,
}

/// What columns are made from; what has an equal key is the same.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    revision: u64,
    layers: Vec<usize>,
    blocks: Range<usize>,
    style: ArticleStyle,
    fonts: u64,
    sizes: Sizes,
}

/// What is kept of the article that is shown.
struct Open {
    document: DocumentId,
    layout: ArticleLayout,
    scroll: Scroll,
    key: Option<Key>,
    /// The labels that the columns were made with; they belong to the key, but cost more to copy.
    labels: LabelSet,
    version: u64,
    lanes: Vec<Lanes>,
    columns: Vec<Column>,
    access: Access,
    hovered: Option<(usize, SpanId)>,
}

impl Open {
    fn new(article: &Article, style: &ArticleStyle) -> Self {
        Self {
            document: article.key().document,
            layout: ArticleLayout::new(Arc::clone(article.text()), style.clone()),
            scroll: Scroll::at_top(style.padding_px),
            key: None,
            labels: LabelSet::default(),
            version: 0,
            lanes: Vec::new(),
            columns: Vec::new(),
            access: Access::default(),
            hovered: None,
        }
    }

    /// Makes the columns anew if they are not the same as before.
    fn update(&mut self, text: &mut TextPainter, input: &PanesInput<'_>, sizes: Sizes) {
        let shown = self.layout.blocks_in_view();
        let first = shown.first().map_or(0, |shown| shown.block);
        let last = shown.last().map_or(0, |shown| shown.block);
        let layers = input.columns.iter().take(MOST).map(|(layer, _)| *layer);
        let key = Key {
            revision: input.compared.revision,
            layers: layers.collect(),
            blocks: first..last,
            style: self.layout.style().clone(),
            fonts: text.typesetter().generation(),
            sizes,
        };
        let same_labels = self.labels == *input.labels;
        if same_labels && self.key.as_ref() == Some(&key) {
            return;
        }
        let same_spans = self.key.as_ref().is_some_and(|old| {
            same_labels && old.revision == key.revision && old.layers == key.layers
        });
        if !same_spans {
            let of = |layer: &usize| input.compared.layers.get(*layer);
            let lanes = key
                .layers
                .iter()
                .map(|layer| of(layer).map_or_else(Lanes::default, |layer| Lanes::of(layer, None)));
            self.lanes = lanes.collect();
        }
        if !same_labels {
            self.labels = input.labels.clone();
        }
        self.version += 1;
        let bytes = self.layout.block_range(first).start..self.layout.block_range(last).end;
        let columns = key
            .layers
            .iter()
            .zip(&mut self.lanes)
            .map(|(layer, lanes)| {
                Column::new(
                    (&input.compared, *layer),
                    lanes,
                    (&self.layout, &bytes),
                    (&mut *text, input.labels),
                    &sizes,
                )
            });
        self.columns = columns.collect();
        self.key = Some(key);
    }

    /// Tells the accessibility tree: the text once, the spans of all columns.
    fn tell(&mut self, ui: &mut Ui, fonts: u64, stage: &Stage, input: &PanesInput<'_>) {
        let Some(canvas) = stage.canvases.first() else {
            return;
        };
        let told = self.columns.iter().zip(&stage.canvases);
        let told = told.flat_map(|(column, canvas)| column.told(&self.layout, canvas));
        let (marks, rects): (Vec<_>, Vec<_>) = told.unzip();
        let source = Source {
            article: input.article,
            labels: input.labels,
            layout: &self.layout,
            scene: &Scene::default(),
            canvas,
            fonts,
            view: stage.area,
            others: Some(Others {
                compared: &input.compared,
                marks: &marks,
                rects,
                version: self.version,
            }),
            selects: false,
        };
        self.access.build(ui, article_id(), &source);
    }
}

impl Panes {
    /// Draws the columns into what is left of `ui`, and gives what a click told.
    #[must_use]
    pub fn show(&mut self, ui: &mut Ui, input: &PanesInput<'_>) -> Vec<ViewAction> {
        let ctx = ui.ctx().clone();
        let stage = Stage::new(ui, input, &mut self.sideways);
        let actions = text::with(&ctx, |text| self.show_with(ui, text, &stage, input));
        // A tooltip sets texts of its own, so that it is made once the painter of texts is free.
        if let Some(span) = self.open.as_ref().and_then(|open| open.hovered) {
            compared::tell(stage.response, &input.compared, input.labels, span);
        }
        if !actions.is_empty() {
            ctx.request_repaint();
        }
        actions
    }

    /// Scrolls so that `byte` can be seen, as little as that takes.
    pub fn reveal(&mut self, byte: usize) {
        self.reveal = Some(byte);
    }

    fn show_with(
        &mut self,
        ui: &mut Ui,
        text: &mut TextPainter,
        stage: &Stage,
        input: &PanesInput<'_>,
    ) -> Vec<ViewAction> {
        let document = input.article.key().document;
        self.open = self.open.take().filter(|open| open.document == document);
        let make = || Open::new(input.article, &stage.style);
        let open = self.open.get_or_insert_with(make);
        let reads = access::is_on(ui.ctx(), article_id());
        let asked = open.access.requests(ui, article_id(), &open.layout);
        let reveal = asked.reveal.or(self.reveal.take());
        let mut actions = asked.actions;
        actions.retain(|action| matches!(action, ViewAction::Compared { .. }));
        let visible = stage.lay_out(ui, text, open, reveal, reads);
        open.update(text, input, stage.sizes);
        actions.extend(stage.take_pointer(ui, open));
        stage.paint(ui, text, open, input.labels);
        let track = stage
            .area
            .with_min_x(stage.area.right() - BAR)
            .shrink2(vec2(0.0, 4.0));
        open.scroll.bar(
            ui,
            article_id().with("scroll bar"),
            track,
            (&open.layout, &visible),
            stage.height(),
            stage.tokens,
        );
        if reads {
            open.tell(ui, text.typesetter().generation(), stage, input);
        }
        actions
    }
}
