//! The paragraphs of the article in the accessibility tree, and their runs. The runs of a paragraph concatenate
//! to its exact text, also where it is so long that it is laid out in pieces of which only some are shown.

use std::collections::HashMap;

use eframe::egui::{
    Id, Rect, Ui,
    accesskit::{Action, Node, Role},
};

use crate::{
    gui::text::nodes,
    text::segment,
    typeset::{ArticleLayout, ArticleStyle, RunText, VisibleBlock},
};

use super::{Access, Source, Target};

/// The longest paragraph of which the tree has all runs, in bytes; of a longer one it has those of the
/// pieces near the viewport. What is not laid out has to be cut into graphemes, which is not to take longer
/// than a frame.
const LONGEST: usize = 256 << 10;

/// How many blocks' nodes are kept.
const KEPT: usize = 1024;

/// What does not change while the article is scrolled: nodes without their bounds.
#[derive(Debug, Default)]
pub(super) struct Prepared {
    /// What the nodes were made for: style, fonts, scale.
    made_for: Option<(ArticleStyle, u64, f32)>,
    runs: HashMap<usize, Vec<Node>>,
    /// The character lengths of pieces that are not shown.
    lengths: HashMap<usize, Vec<u8>>,
}

impl Prepared {
    /// Forgets what was made for another look of the article.
    pub(super) fn follow(&mut self, source: &Source<'_>) {
        let style = source.layout.style();
        let (fonts, scale) = (source.fonts, source.canvas.scale);
        let same = self.made_for.as_ref().is_some_and(|made_for| {
            made_for.0 == *style && made_for.1 == fonts && made_for.2.to_bits() == scale.to_bits()
        });
        if !same {
            self.made_for = Some((style.clone(), fonts, scale));
            self.runs.clear();
        }
        if self.runs.len() > KEPT {
            self.runs.clear();
        }
    }

    fn runs(&mut self, layout: &ArticleLayout, block: usize, scale: f32) -> &[Node] {
        self.runs.entry(block).or_insert_with(|| {
            let value = |run: &RunText| layout.text().get(run.range.clone()).unwrap_or_default();
            let node = |run: &RunText| nodes::run(run, value(run), scale);
            layout
                .runs(block)
                .unwrap_or_default()
                .iter()
                .map(node)
                .collect()
        })
    }

    /// The character lengths of a piece that is not shown.
    pub(super) fn lengths(&mut self, layout: &ArticleLayout, block: usize) -> &[u8] {
        self.lengths.entry(block).or_insert_with(|| {
            let text = layout.text().get(layout.block_range(block));
            lengths(text.unwrap_or_default())
        })
    }
}

/// UTF-8 bytes of each grapheme, at most 255: the format has no more.
fn lengths(text: &str) -> Vec<u8> {
    let mut lengths = Vec::new();
    for (_, grapheme) in segment::graphemes(text) {
        let mut rest = grapheme;
        while !rest.is_empty() {
            let (head, tail) = rest.split_at(rest.floor_char_boundary(255));
            lengths.push(u8::try_from(head.len()).unwrap_or(u8::MAX));
            rest = tail;
        }
    }
    lengths
}

/// The id of the run that begins at a byte.
pub(super) fn run_id(paragraph: Id, start: usize) -> Id {
    paragraph.with(start)
}

impl Access {
    /// Makes the node of the paragraph that these blocks belong to, with its runs.
    pub(super) fn paragraph(
        &mut self,
        ui: &mut Ui,
        document: Id,
        shown: &[VisibleBlock],
        source: &Source<'_>,
    ) {
        let Some(first) = shown.first() else { return };
        let layout = source.layout;
        let range = layout.paragraph_range(first.block);
        let id = document.with(("paragraph", range.start));
        let place = source
            .article
            .offsets()
            .char_of_byte(layout.text(), range.start)
            .unwrap_or_default();
        let rects = shown.iter().map(|shown| rect(shown, source));
        let bounds = rects.reduce(Rect::union).unwrap_or(Rect::NOTHING);
        nodes::child(ui, document, id);
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(Role::Paragraph);
            node.set_author_id(format!("p:{place}"));
            node.set_text_direction(nodes::direction(layout.is_paragraph_rtl(first.block)));
            node.set_bounds(nodes::bounds(bounds));
            node.add_action(Action::ScrollIntoView);
        });
        self.targets
            .insert(id.accesskit_id(), Target::Paragraph(range.start));
        let all = range.len() <= LONGEST;
        for block in layout.blocks_of_paragraph(first.block) {
            let at = shown.binary_search_by_key(&block, |shown| shown.block);
            match at.ok().and_then(|at| shown.get(at)) {
                Some(shown) => self.runs(ui, id, shown, source),
                None if all => self.piece(ui, id, block, source),
                None => {}
            }
        }
    }

    /// The runs of a block near the viewport.
    fn runs(&mut self, ui: &mut Ui, paragraph: Id, shown: &VisibleBlock, source: &Source<'_>) {
        let canvas = source.canvas.block(shown.y);
        let runs = source.layout.runs(shown.block).unwrap_or_default();
        let prepared = self.prepared.runs(source.layout, shown.block, canvas.scale);
        for (index, (run, node)) in runs.iter().zip(prepared).enumerate() {
            let id = run_id(paragraph, run.range.start);
            nodes::child(ui, paragraph, id);
            let rect = Rect::from_min_max(
                canvas.pos(run.left, run.top),
                canvas.pos(run.right, run.bottom),
            );
            ui.ctx().accesskit_node_builder(id, |there| {
                node.clone_into(there);
                there.set_bounds(nodes::bounds(rect));
            });
            self.targets
                .insert(id.accesskit_id(), Target::Run(shown.block, index));
        }
    }

    /// A piece of a long paragraph that is far from the viewport: its text, without places.
    fn piece(&mut self, ui: &mut Ui, paragraph: Id, block: usize, source: &Source<'_>) {
        let range = source.layout.block_range(block);
        let id = run_id(paragraph, range.start);
        let rtl = source.layout.is_paragraph_rtl(block);
        let lengths = self.prepared.lengths(source.layout, block);
        nodes::child(ui, paragraph, id);
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(Role::TextRun);
            node.set_text_direction(nodes::direction(rtl));
            node.set_value(source.layout.text().get(range).unwrap_or_default());
            node.set_character_lengths(lengths);
        });
        self.targets.insert(id.accesskit_id(), Target::Piece(block));
    }
}

/// Where a block stands on the screen.
fn rect(shown: &VisibleBlock, source: &Source<'_>) -> Rect {
    let canvas = source.canvas.block(shown.y);
    Rect::from_min_max(
        canvas.pos(0.0, 0.0),
        canvas.pos(source.layout.style().width_px, shown.height),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_add_up_to_the_text() {
        let long = format!("ا{}ب\r\nمَن", "\u{64E}".repeat(300));
        for text in ["", "قَالَ\n", &long] {
            let sum: usize = lengths(text).into_iter().map(usize::from).sum();
            assert_eq!(sum, text.len());
        }
        assert_eq!(lengths("قَا\r\n"), [4, 2, 2]);
    }
}
