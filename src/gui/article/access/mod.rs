//! The article in the accessibility tree: a document, its paragraphs near the viewport with a run of text a line,
//! and the spans as marks beside the runs. Assistive technology reads and selects through it, and so do
//! tests from outside.

mod marks;
mod others;
mod runs;

use std::collections::HashMap;

use eframe::egui::{
    Context, Event, Id, Rect, Ui,
    accesskit::{self, Action, ActionData, NodeId, Role, TextPosition, TextSelection},
};

use crate::{
    annotation::{LabelSet, SpanId},
    gui::text::nodes,
    session::{Article, DeskCommand},
    typeset::ArticleLayout,
};

use super::{ViewAction, canvas::Canvas, scene::Scene};
use marks::Names;
pub(super) use others::Others;
use runs::Prepared;

/// What a node of the tree stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    /// A run: its block, its place among the block's.
    Run(usize, usize),
    /// A block that is far from the viewport, in one run.
    Piece(usize),
    /// A span.
    Span(SpanId, usize),
    /// A span of a compared layer, and whether a click on it tells of it.
    Foreign((usize, SpanId), usize, bool),
    /// A paragraph that begins at a byte.
    Paragraph(usize),
}

/// The nodes of the last frame, to understand what is asked of them.
#[derive(Debug, Default)]
pub(super) struct Access {
    targets: HashMap<NodeId, Target>,
    prepared: Prepared,
    names: Names,
    other_names: others::Names,
}

/// What the tree is made from.
pub(super) struct Source<'a> {
    pub(super) article: &'a Article,
    pub(super) labels: &'a LabelSet,
    pub(super) layout: &'a ArticleLayout,
    pub(super) scene: &'a Scene,
    pub(super) canvas: &'a Canvas,
    /// Which fonts the layout was made with.
    pub(super) fonts: u64,
    /// The viewport in points.
    pub(super) view: Rect,
    /// The spans of compared layers.
    pub(super) others: Option<Others<'a>>,
    /// Whether text can be selected.
    pub(super) selects: bool,
}

/// What assistive technology asked for.
#[derive(Debug, Default)]
pub(super) struct Requests {
    pub(super) actions: Vec<ViewAction>,
    /// A byte to scroll to.
    pub(super) reveal: Option<usize>,
}

/// Whether anybody reads the tree.
pub(super) fn is_on(ctx: &Context, document: Id) -> bool {
    ctx.accesskit_node_builder(document, |_| ()).is_some()
}

impl Access {
    /// Reads what was asked of the nodes of the last frame.
    pub(super) fn requests(&mut self, ui: &Ui, document: Id, layout: &ArticleLayout) -> Requests {
        let mut found = Requests::default();
        ui.input(|input| {
            for event in &input.events {
                if let Event::AccessKitActionRequest(request) = event {
                    self.request(request, document, layout, &mut found);
                }
            }
        });
        found
    }

    fn request(
        &mut self,
        request: &accesskit::ActionRequest,
        document: Id,
        layout: &ArticleLayout,
        found: &mut Requests,
    ) {
        let target = self.targets.get(&request.target_node).copied();
        match (request.action, target, &request.data) {
            (Action::SetTextSelection, _, Some(ActionData::SetTextSelection(selection)))
                if request.target_node == document.accesskit_id() || target.is_some() =>
            {
                let mut byte = |position: &TextPosition| self.byte(layout, position);
                if let (Some(from), Some(to)) = (byte(&selection.anchor), byte(&selection.focus)) {
                    found
                        .actions
                        .push(ViewAction::Run(DeskCommand::Select(from, to).into()));
                }
            }
            (Action::ScrollIntoView, Some(target), _) => {
                found.reveal = Some(start_of(layout, target));
            }
            (Action::Click, Some(Target::Span(span, _)), _) => {
                found
                    .actions
                    .push(ViewAction::Run(DeskCommand::Choose(Some(span)).into()));
            }
            (Action::Click, Some(Target::Foreign((layer, span), _, true)), _) => {
                found.actions.push(ViewAction::Compared { layer, span });
            }
            _ => {}
        }
    }

    fn byte(&mut self, layout: &ArticleLayout, position: &TextPosition) -> Option<usize> {
        let character = position.character_index;
        match *self.targets.get(&position.node)? {
            Target::Run(block, index) => {
                let run = layout.runs(block)?.get(index)?;
                let lengths = &run.character_lengths;
                Some(nodes::byte_of_character(
                    run.range.start,
                    lengths,
                    character,
                ))
            }
            Target::Piece(block) => {
                let start = layout.block_range(block).start;
                let lengths = self.prepared.lengths(layout, block);
                Some(nodes::byte_of_character(start, lengths, character))
            }
            Target::Span(..) | Target::Foreign(..) | Target::Paragraph(_) => None,
        }
    }

    /// Makes the nodes of this frame.
    pub(super) fn build(&mut self, ui: &mut Ui, document: Id, source: &Source<'_>) {
        self.targets.clear();
        let selection = Self::selection(document, source);
        ui.ctx().accesskit_node_builder(document, |node| {
            node.set_role(Role::Document);
            node.set_label(
                source
                    .article
                    .document()
                    .map_or("", |document| &document.title),
            );
            node.set_bounds(nodes::bounds(source.view));
            node.set_read_only();
            if source.selects {
                node.add_action(Action::SetTextSelection);
            }
            if let Some(selection) = selection.filter(|_| source.selects) {
                node.set_text_selection(selection);
            }
        });
        self.prepared.follow(source);
        self.names.follow(source);
        let mut paragraphs = Vec::new();
        let layout = source.layout;
        let paragraph = |block: usize| layout.blocks_of_paragraph(block).start;
        let shown = layout.blocks_in_view();
        for shown in shown.chunk_by(|one, next| paragraph(one.block) == paragraph(next.block)) {
            paragraphs.extend(
                shown
                    .first()
                    .map(|first| layout.paragraph_range(first.block).start),
            );
            self.paragraph(ui, document, shown, source);
        }
        self.marks(ui, document, &paragraphs, source);
        self.others(ui, document, &paragraphs, source);
    }

    fn selection(document: Id, source: &Source<'_>) -> Option<TextSelection> {
        let desk = source.article.desk();
        let anchor = position(
            document,
            source.layout,
            desk.anchor().unwrap_or(desk.caret()),
        )?;
        let focus = position(document, source.layout, desk.caret())?;
        Some(TextSelection { anchor, focus })
    }
}

fn start_of(layout: &ArticleLayout, target: Target) -> usize {
    match target {
        Target::Run(block, index) => {
            let run = layout.runs(block).and_then(|runs| runs.get(index));
            run.map_or_else(|| layout.block_range(block).start, |run| run.range.start)
        }
        Target::Piece(block) => layout.block_range(block).start,
        Target::Span(_, start) | Target::Foreign(_, start, _) | Target::Paragraph(start) => start,
    }
}

/// A byte as a place in a run, if its block is near the viewport.
fn position(document: Id, layout: &ArticleLayout, byte: usize) -> Option<TextPosition> {
    let block = layout.block_of_byte(byte);
    layout
        .blocks_in_view()
        .iter()
        .find(|shown| shown.block == block)?;
    let runs = layout.runs(block)?;
    let run = runs
        .iter()
        .find(|run| byte < run.range.end)
        .or_else(|| runs.last())?;
    let lengths = &run.character_lengths;
    let paragraph = document.with(("paragraph", layout.paragraph_range(block).start));
    Some(TextPosition {
        node: runs::run_id(paragraph, run.range.start).accesskit_id(),
        character_index: nodes::character_of_byte(run.range.start, lengths, byte),
    })
}
