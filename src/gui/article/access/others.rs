//! The spans of compared layers in the accessibility tree: marks like the own layer's, which say whose they are and
//! whether somebody disagrees.

use eframe::egui::{
    Id, Rect, Ui,
    accesskit::{Action, Role},
};

use crate::gui::{
    article::compared::{Compared, Foreign},
    strings::tr_args,
    text::nodes,
};

use super::{Access, Source, Target};

/// What is in view of compared layers.
pub(in crate::gui::article) struct Others<'a> {
    pub(in crate::gui::article) compared: &'a Compared<'a>,
    pub(in crate::gui::article) marks: &'a [Foreign],
    /// Around each of them, in points.
    pub(in crate::gui::article) rects: Vec<Option<Rect>>,
    /// Another number whenever the marks are others.
    pub(in crate::gui::article) version: u64,
}

/// The names of the marks. A span's text may be long, and is put together once.
#[derive(Debug, Default)]
pub(super) struct Names {
    made_for: Option<u64>,
    /// Name and description.
    names: Vec<Option<(String, String)>>,
}

impl Names {
    fn follow(&mut self, source: &Source<'_>, others: &Others<'_>) {
        if self.made_for == Some(others.version) {
            return;
        }
        self.made_for = Some(others.version);
        let name = |foreign: &Foreign| {
            let (layer, span) = foreign.id();
            let data = &others.compared.span(layer, span)?.data;
            let text = data.fragments.text(source.layout.text());
            let name = format!("{}: {text}", source.labels.name_of(&data.label));
            let id = if foreign.loud {
                "article-compared-disagrees"
            } else {
                "article-compared-agrees"
            };
            Some((name, tr_args(id, &[("n", (layer + 1).into())])))
        };
        self.names = others.marks.iter().map(name).collect();
    }
}

impl Access {
    /// The nodes of the compared layers' spans near the viewport.
    pub(super) fn others(
        &mut self,
        ui: &mut Ui,
        document: Id,
        paragraphs: &[usize],
        source: &Source<'_>,
    ) {
        let Some(others) = &source.others else { return };
        self.other_names.follow(source, others);
        let marks = others.marks.iter().zip(&self.other_names.names);
        for ((foreign, name), rect) in marks.zip(&others.rects) {
            let (Some((name, description)), Some(rect)) = (name, rect) else {
                continue;
            };
            let start = foreign.mark.start();
            let block = source.layout.block_of_byte(start);
            let paragraph = source.layout.paragraph_range(block).start;
            let parent = if paragraphs.binary_search(&paragraph).is_ok() {
                document.with(("paragraph", paragraph))
            } else {
                document
            };
            let id = document.with(("compared", foreign.id()));
            nodes::child(ui, parent, id);
            ui.ctx().accesskit_node_builder(id, |node| {
                node.set_role(Role::Mark);
                node.set_label(name.as_str());
                node.set_description(description.as_str());
                node.set_bounds(nodes::bounds(*rect));
                node.set_selected(foreign.current);
                node.add_action(Action::ScrollIntoView);
                if foreign.loud {
                    node.add_action(Action::Click);
                }
            });
            let target = Target::Foreign(foreign.id(), start, foreign.loud);
            self.targets.insert(id.accesskit_id(), target);
        }
    }
}
