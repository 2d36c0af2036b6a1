//! The article view: puts the parts together, frame by frame. It keeps where the article is scrolled to, what
//! the pointer is doing, and what was made for drawing; everything else it is given.

use std::sync::Arc;

use eframe::egui::{Context, Id, Pos2, Ui};

use crate::{
    annotation::{DocumentId, LabelId, LabelSet, SpanId},
    gui::{
        commands::CaretStep,
        text::{self, TextPainter},
    },
    session::{Article, Command, DeskCommand, Reading, Tools},
    text::{ByteRange, segment},
    typeset::{ArticleLayout, Side},
};

use super::{
    access::Access,
    caret::Caret,
    compared::{self, Compare, Compared},
    pointer::Pointer,
    scene::Scene,
    scroll::Scroll,
    show::Stage,
};

/// What is shown over the article besides its spans.
#[derive(Clone, Copy, Debug, Default)]
pub struct Overlays<'a> {
    /// What the find bar found, sorted.
    pub found: &'a [ByteRange],
    /// The hit that it is at, as an index of those.
    pub current: Option<usize>,
    /// What «label all like this» would label, sorted.
    pub preview: &'a [ByteRange],
}

/// What the view shows.
#[derive(Clone, Copy, Debug)]
pub struct ArticleInput<'a> {
    /// The article with its layer and desk.
    pub article: &'a Article,
    /// The project's labels.
    pub labels: &'a LabelSet,
    /// How articles look.
    pub reading: &'a Reading,
    /// Which tools are on.
    pub tools: &'a Tools,
    /// The label that was picked first: a drag tags with it at once.
    pub picked: Option<&'a LabelId>,
    /// Whether the keyboard falls to the article while nothing else has it.
    pub keeps_keyboard: bool,
    /// What is shown besides.
    pub overlays: Overlays<'a>,
    /// Other annotators' layers that are shown under this one.
    pub compared: Option<Compared<'a>>,
}

/// What the view wants.
#[derive(Clone, Debug)]
pub enum ViewAction {
    /// The session is to do this.
    Run(Command),
    /// The context menu is to open at a place on the screen.
    Menu {
        /// Where, in points.
        at: Pos2,
        /// The place in the text.
        byte: usize,
    },
    /// A span of a compared layer that somebody disagrees with was clicked.
    Compared {
        /// The place of its layer.
        layer: usize,
        /// The span.
        span: SpanId,
    },
}

/// The view of the article on the desk.
#[derive(Default)]
pub struct ArticleView {
    open: Option<Open>,
    reveal: Option<usize>,
}

/// What is kept of the article that is shown.
pub(super) struct Open {
    document: DocumentId,
    pub(super) layout: ArticleLayout,
    pub(super) scroll: Scroll,
    pub(super) caret: Caret,
    pub(super) pointer: Pointer,
    pub(super) scene: Scene,
    pub(super) compare: Compare,
    pub(super) access: Access,
    /// The compared span under the pointer.
    pub(super) told: Option<(usize, SpanId)>,
    /// Height of the viewport in physical pixels.
    height: f32,
}

/// The id of the article's node, and of its keyboard focus.
pub(super) fn article_id() -> Id {
    Id::unique("article")
}

impl ArticleView {
    /// Draws the article into what is left of `ui`, and gives what the mouse wanted.
    #[must_use]
    pub fn show(&mut self, ui: &mut Ui, input: &ArticleInput<'_>) -> Vec<ViewAction> {
        let ctx = ui.ctx().clone();
        let stage = Stage::new(ui, input.reading, input.compared.is_some());
        let actions = text::with(&ctx, |text| self.show_with(ui, text, &stage, input));
        // A tooltip sets texts of its own, so that it is made once the painter of texts is free.
        let told = self.open.as_ref().and_then(|open| open.told);
        if let Some((span, compared)) = told.zip(input.compared.as_ref()) {
            compared::tell(stage.response, compared, input.labels, span);
        }
        if !actions.is_empty() {
            ctx.request_repaint();
        }
        actions
    }

    fn show_with(
        &mut self,
        ui: &mut Ui,
        text: &mut TextPainter,
        stage: &Stage,
        input: &ArticleInput<'_>,
    ) -> Vec<ViewAction> {
        let open = Open::of(&mut self.open, input.article, stage);
        open.height = stage.height();
        Stage::run(stage, ui, text, (open, &mut self.reveal), input)
    }

    /// Scrolls so that `byte` can be seen, as little as that takes.
    pub fn reveal(&mut self, byte: usize) {
        self.reveal = Some(byte);
    }

    /// The id of the article's node, which has the keyboard focus when the article has.
    pub fn id() -> Id {
        article_id()
    }

    /// Gives the keyboard to the article.
    pub fn focus(ctx: &Context) {
        ctx.memory_mut(|memory| memory.request_focus(article_id()));
    }

    /// Moves the caret a step; with `extend` the selection grows. The view scrolls along.
    #[must_use]
    pub fn move_caret(
        &mut self,
        ctx: &Context,
        article: &Article,
        step: CaretStep,
        extend: bool,
    ) -> Option<Command> {
        let open = self.open_on(article)?;
        let page = open.lines_in_view().saturating_sub(1).max(1);
        let caret = article.desk().caret();
        let to = text::with(ctx, |text| {
            open.caret
                .moved(&mut open.layout, text.typesetter(), caret, step, page)
        });
        // A caret goes on to where the next word begins, so that a selection begun there holds no white space; a
        // selection goes to where a word ends.
        let by_word = matches!(step, CaretStep::WordLeft | CaretStep::WordRight);
        let to = if by_word && !extend && to > caret {
            segment::next_word(article.text(), caret)
        } else {
            to
        };
        self.reveal(to);
        Some(DeskCommand::Caret(to, extend).into())
    }

    /// Whether a step to a side of the screen goes forward in the paragraph at `byte`.
    pub fn goes_forward(&self, article: &Article, byte: usize, side: Side) -> bool {
        let layout = self
            .open
            .as_ref()
            .filter(|open| open.document == article.key().document);
        let rtl = layout.is_some_and(|open| {
            let block = open.layout.block_of_byte(byte);
            open.layout.is_paragraph_rtl(block)
        });
        (side == Side::Left) == rtl
    }

    /// The paragraph (from 1) that holds `byte`, and how many there are.
    pub fn paragraph(&self, byte: usize) -> Option<(usize, usize)> {
        let layout = &self.open.as_ref()?.layout;
        Some((layout.paragraph_of_byte(byte) + 1, layout.paragraph_count()))
    }

    fn open_on(&mut self, article: &Article) -> Option<&mut Open> {
        self.open
            .as_mut()
            .filter(|open| open.document == article.key().document)
    }
}

impl Open {
    /// How many lines are in the viewport as a whole.
    fn lines_in_view(&self) -> usize {
        let shown = self.layout.blocks_in_view().iter();
        let lines = shown.filter(|shown| shown.in_view).flat_map(|shown| {
            let layout = self.layout.layout(shown.block);
            let lines = layout.map_or(&[][..], |layout| layout.lines()).iter();
            lines.map(|line| (shown.y + line.top, shown.y + line.bottom))
        });
        let whole = |(top, bottom): &(f32, f32)| *top >= 0.0 && *bottom <= self.height;
        lines.filter(whole).count()
    }

    /// What is kept of `article`; made new where another was shown.
    fn of<'a>(open: &'a mut Option<Self>, article: &Article, stage: &Stage) -> &'a mut Self {
        let document = article.key().document;
        if open.as_ref().is_none_or(|open| open.document != document) {
            *open = None;
        }
        open.get_or_insert_with(|| Self {
            document,
            layout: ArticleLayout::new(Arc::clone(article.text()), stage.style.clone()),
            scroll: Scroll::at_top(stage.style.padding_px),
            caret: Caret::default(),
            pointer: Pointer::default(),
            scene: Scene::default(),
            compare: Compare::default(),
            access: Access::default(),
            told: None,
            height: 0.0,
        })
    }
}
