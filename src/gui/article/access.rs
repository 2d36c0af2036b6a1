//! The article in the accessibility tree: a document, its paragraphs near the viewport with a run of text a line,
//! and the spans as marks beside the runs. Assistive technology reads and selects through it, and so do
//! tests from outside.

use std::{collections::HashMap, ops::Range};

use eframe::egui::{
    Context, Event, Id, Rect, Ui, UiBuilder,
    accesskit::{
        self, Action, ActionData, NodeId, Role, TextDirection, TextPosition, TextSelection,
    },
};

use crate::{
    annotation::{LabelSet, SpanId},
    session::{Article, DeskCommand},
    typeset::{ArticleLayout, RunText},
};

use super::{ViewAction, canvas::Canvas, scene::Scene};

/// What a node of the tree stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    /// A run: its block, its place among the block's.
    Run(usize, usize),
    /// A span.
    Span(SpanId, usize),
    /// A paragraph that begins at a byte.
    Paragraph(usize),
}

/// The nodes of the last frame, to understand what is asked of them.
#[derive(Debug, Default)]
pub(super) struct Access {
    targets: HashMap<NodeId, Target>,
}

/// What the tree is made from.
pub(super) struct Source<'a> {
    pub(super) article: &'a Article,
    pub(super) labels: &'a LabelSet,
    pub(super) layout: &'a ArticleLayout,
    pub(super) scene: &'a Scene,
    pub(super) canvas: &'a Canvas,
    /// The viewport in points.
    pub(super) view: Rect,
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
    pub(super) fn requests(&self, ui: &Ui, document: Id, layout: &ArticleLayout) -> Requests {
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
        &self,
        request: &accesskit::ActionRequest,
        document: Id,
        layout: &ArticleLayout,
        found: &mut Requests,
    ) {
        let target = self.targets.get(&request.target_node);
        match (request.action, target, &request.data) {
            (Action::SetTextSelection, _, Some(ActionData::SetTextSelection(selection)))
                if request.target_node == document.accesskit_id() || target.is_some() =>
            {
                let byte = |position: &TextPosition| self.byte(layout, position);
                if let (Some(from), Some(to)) = (byte(&selection.anchor), byte(&selection.focus)) {
                    found
                        .actions
                        .push(ViewAction::Run(DeskCommand::Select(from, to).into()));
                }
            }
            (Action::ScrollIntoView, Some(target), _) => {
                found.reveal = Some(start_of(layout, *target));
            }
            (Action::Click, Some(Target::Span(span, _)), _) => {
                found
                    .actions
                    .push(ViewAction::Run(DeskCommand::Choose(Some(*span)).into()));
            }
            _ => {}
        }
    }

    fn byte(&self, layout: &ArticleLayout, position: &TextPosition) -> Option<usize> {
        let Target::Run(block, index) = self.targets.get(&position.node)? else {
            return None;
        };
        let run = layout.runs(*block)?.get(*index)?;
        let before = run.character_lengths.iter().take(position.character_index);
        Some(run.range.start + before.map(|length| usize::from(*length)).sum::<usize>())
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
            node.set_bounds(bounds(source.view));
            node.set_read_only();
            node.add_action(Action::SetTextSelection);
            if let Some(selection) = selection {
                node.set_text_selection(selection);
            }
        });
        let mut paragraphs = Paragraphs::default();
        for shown in source.layout.blocks_in_view() {
            let start = source.layout.paragraph_range(shown.block).start;
            let rect = Rect::from_min_max(
                source.canvas.block(shown.y).pos(0.0, 0.0),
                source
                    .canvas
                    .block(shown.y)
                    .pos(source.layout.style().width_px, shown.height),
            );
            let paragraph = paragraphs.at(start, rect);
            let id = document.with(("paragraph", start));
            if paragraph.is_new {
                self.paragraph(ui, (document, id), start, source);
            }
            set_bounds(ui.ctx(), id, paragraph.rect);
            self.runs(ui, id, shown.block, source);
        }
        self.marks(ui, document, &paragraphs, source);
    }

    fn paragraph(
        &mut self,
        ui: &mut Ui,
        (document, id): (Id, Id),
        start: usize,
        source: &Source<'_>,
    ) {
        let block = source.layout.block_of_byte(start);
        let rtl = source
            .layout
            .layout(block)
            .is_some_and(crate::typeset::TextLayout::is_rtl);
        let text = source.layout.text();
        let place = source
            .article
            .offsets()
            .char_of_byte(text, start)
            .unwrap_or_default();
        child(ui, document, id);
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(Role::Paragraph);
            node.set_author_id(format!("p:{place}"));
            node.set_text_direction(direction(rtl));
            node.add_action(Action::ScrollIntoView);
        });
        self.targets
            .insert(id.accesskit_id(), Target::Paragraph(start));
    }

    fn runs(&mut self, ui: &mut Ui, paragraph: Id, block: usize, source: &Source<'_>) {
        let Some(shown) = source
            .layout
            .blocks_in_view()
            .iter()
            .find(|shown| shown.block == block)
        else {
            return;
        };
        let canvas = source.canvas.block(shown.y);
        for (index, run) in source
            .layout
            .runs(block)
            .unwrap_or_default()
            .iter()
            .enumerate()
        {
            let id = run_id(paragraph, run);
            child(ui, paragraph, id);
            let rect = Rect::from_min_max(
                canvas.pos(run.left, run.top),
                canvas.pos(run.right, run.bottom),
            );
            let value = source
                .layout
                .text()
                .get(run.range.clone())
                .unwrap_or_default();
            let points = |pixels: &[f32]| {
                pixels
                    .iter()
                    .map(|x| x / canvas.scale)
                    .collect::<Vec<f32>>()
            };
            ui.ctx().accesskit_node_builder(id, |node| {
                node.set_role(Role::TextRun);
                node.set_text_direction(direction(run.rtl));
                node.set_bounds(bounds(rect));
                node.set_value(value);
                node.set_character_lengths(run.character_lengths.as_slice());
                node.set_character_positions(points(&run.character_positions));
                node.set_character_widths(points(&run.character_widths));
                node.set_word_starts(run.word_starts.as_slice());
            });
            self.targets
                .insert(id.accesskit_id(), Target::Run(block, index));
        }
    }

    fn marks(&mut self, ui: &mut Ui, document: Id, paragraphs: &Paragraphs, source: &Source<'_>) {
        let chosen = source.article.desk().chosen();
        let rects = mark_rects(source);
        for (mark, rect) in source.scene.marks.iter().zip(rects) {
            let Some(rect) = rect else { continue };
            let Some(span) = source.article.layer().get(mark.span) else {
                continue;
            };
            let start = source
                .layout
                .paragraph_range(source.layout.block_of_byte(mark.start()))
                .start;
            let parent = if paragraphs.contains(start) {
                document.with(("paragraph", start))
            } else {
                document
            };
            let id = document.with(("mark", mark.span));
            let text = span.data.fragments.text(source.layout.text());
            let name = format!("{}: {text}", source.labels.name_of(&span.data.label));
            child(ui, parent, id);
            ui.ctx().accesskit_node_builder(id, |node| {
                node.set_role(Role::Mark);
                node.set_label(name);
                node.set_bounds(bounds(rect));
                node.set_selected(chosen == Some(mark.span));
                node.add_action(Action::Click);
                node.add_action(Action::ScrollIntoView);
            });
            self.targets
                .insert(id.accesskit_id(), Target::Span(mark.span, mark.start()));
        }
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

/// The paragraphs that have a node, with the rectangle of what is shown of each.
#[derive(Debug, Default)]
struct Paragraphs(Vec<(usize, Rect)>);

struct AtParagraph {
    is_new: bool,
    rect: Rect,
}

impl Paragraphs {
    /// Adds a block's rectangle to the paragraph that begins at `start`. Blocks come in order.
    fn at(&mut self, start: usize, rect: Rect) -> AtParagraph {
        if let Some((_, whole)) = self.0.last_mut().filter(|(last, _)| *last == start) {
            *whole = whole.union(rect);
            return AtParagraph {
                is_new: false,
                rect: *whole,
            };
        }
        self.0.push((start, rect));
        AtParagraph { is_new: true, rect }
    }

    fn contains(&self, start: usize) -> bool {
        self.0
            .binary_search_by_key(&start, |(start, _)| *start)
            .is_ok()
    }
}

/// Gives a node its parent: only a child interface can.
fn child(ui: &mut Ui, parent: Id, id: Id) {
    let builder = UiBuilder::new()
        .scope_id(id)
        .accessibility_parent(parent)
        .max_rect(Rect::ZERO);
    drop(ui.new_child(builder));
}

fn run_id(paragraph: Id, run: &RunText) -> Id {
    paragraph.with(run.range.start)
}

fn start_of(layout: &ArticleLayout, target: Target) -> usize {
    match target {
        Target::Run(block, index) => {
            let run = layout.runs(block).and_then(|runs| runs.get(index));
            run.map_or_else(|| layout.block_range(block).start, |run| run.range.start)
        }
        Target::Span(_, start) | Target::Paragraph(start) => start,
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
    let mut at = run.range.start;
    let mut character_index = 0;
    for length in &run.character_lengths {
        if at >= byte {
            break;
        }
        at += usize::from(*length);
        character_index += 1;
    }
    let paragraph = document.with(("paragraph", layout.paragraph_range(block).start));
    Some(TextPosition {
        node: run_id(paragraph, run).accesskit_id(),
        character_index,
    })
}

/// Around all that is shown of each mark, in points.
fn mark_rects(source: &Source<'_>) -> Vec<Option<Rect>> {
    let mut rects: Vec<Option<Rect>> = vec![None; source.scene.marks.len()];
    for piece in &source.scene.highlights.pieces {
        let shown = source
            .layout
            .blocks_in_view()
            .iter()
            .find(|shown| shown.block == piece.block);
        let Some((rect, shown)) = rects.get_mut(piece.mark).zip(shown) else {
            continue;
        };
        let place = source.canvas.block(shown.y).rect(piece.fill);
        *rect = Some(rect.map_or(place, |rect| rect.union(place)));
    }
    rects
}

fn set_bounds(ctx: &Context, id: Id, rect: Rect) {
    ctx.accesskit_node_builder(id, |node| node.set_bounds(bounds(rect)));
}

fn direction(rtl: bool) -> TextDirection {
    if rtl {
        TextDirection::RightToLeft
    } else {
        TextDirection::LeftToRight
    }
}

fn bounds(rect: Rect) -> accesskit::Rect {
    let Range { start, end } = rect.left()..rect.right();
    accesskit::Rect {
        x0: start.into(),
        y0: rect.top().into(),
        x1: end.into(),
        y1: rect.bottom().into(),
    }
}
