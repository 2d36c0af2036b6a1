//! The spans in the accessibility tree: marks beside the runs, named by their label and their exact text.

use eframe::egui::{
    Id, Rect, Ui,
    accesskit::{Action, Role},
};

use crate::gui::text::nodes;

use super::{Access, Source, Target};

/// The names of the marks of one scene. A span's text may be long, and is put together once.
#[derive(Debug, Default)]
pub(super) struct Names {
    made_for: Option<u64>,
    names: Vec<Option<String>>,
}

impl Names {
    /// Makes the names unless they are this scene's.
    pub(super) fn follow(&mut self, source: &Source<'_>) {
        let version = source.scene.version();
        if self.made_for == Some(version) {
            return;
        }
        self.made_for = Some(version);
        let name = |mark: &super::super::marks::Mark| {
            let span = source.article.layer().get(mark.span)?;
            let text = span.data.fragments.text(source.layout.text());
            Some(format!(
                "{}: {text}",
                source.labels.name_of(&span.data.label)
            ))
        };
        self.names = source.scene.marks.iter().map(name).collect();
    }
}

impl Access {
    /// The nodes of the spans near the viewport. `paragraphs` are the starts of those that have a node.
    pub(super) fn marks(
        &mut self,
        ui: &mut Ui,
        document: Id,
        paragraphs: &[usize],
        source: &Source<'_>,
    ) {
        let chosen = source.article.desk().chosen();
        let rects = mark_rects(source);
        let marks = source.scene.marks.iter().zip(&self.names.names);
        for ((mark, name), rect) in marks.zip(rects) {
            let (Some(name), Some(rect)) = (name, rect) else {
                continue;
            };
            let block = source.layout.block_of_byte(mark.start());
            let start = source.layout.paragraph_range(block).start;
            let parent = if paragraphs.binary_search(&start).is_ok() {
                document.with(("paragraph", start))
            } else {
                document
            };
            let id = document.with(("mark", mark.span));
            nodes::child(ui, parent, id);
            ui.ctx().accesskit_node_builder(id, |node| {
                node.set_role(Role::Mark);
                node.set_label(name.as_str());
                node.set_bounds(nodes::bounds(rect));
                node.set_selected(chosen == Some(mark.span));
                node.add_action(Action::Click);
                node.add_action(Action::ScrollIntoView);
            });
            self.targets
                .insert(id.accesskit_id(), Target::Span(mark.span, mark.start()));
        }
    }
}

/// Around all that is shown of each mark, in points.
fn mark_rects(source: &Source<'_>) -> Vec<Option<Rect>> {
    let mut rects: Vec<Option<Rect>> = vec![None; source.scene.marks.len()];
    let blocks = source.layout.blocks_in_view();
    for piece in &source.scene.highlights.pieces {
        let shown = blocks.binary_search_by_key(&piece.block, |shown| shown.block);
        let shown = shown.ok().and_then(|at| blocks.get(at));
        let Some((rect, shown)) = rects.get_mut(piece.mark).zip(shown) else {
            continue;
        };
        let place = source.canvas.block(shown.y).rect(piece.fill);
        *rect = Some(rect.map_or(place, |rect| rect.union(place)));
    }
    rects
}
