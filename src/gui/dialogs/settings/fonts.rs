//! The choice of the article's font: the built-in one first, then what the system has.

use eframe::egui::{ScrollArea, Ui, accesskit::Role};

use super::super::shell::rows;
use crate::gui::{
    cx::Cx,
    panels::parts,
    strings::tr,
    text::{BidiField, with},
};

/// How much of the list is seen, in points.
const LIST: f32 = 112.0;

/// The family that is built in, which stands first already.
const BUILT_IN: &str = "Noto Naskh Arabic";

/// The list of fonts and the filter over it.
#[derive(Default)]
pub(super) struct Fonts {
    filter: String,
    /// The families and the filter's words they are for; listing and sorting them is not for every
    /// frame.
    shown: Option<(u64, String, Vec<String>)>,
}

/// The families beside the built-in one whose name has the filter's words, as people write names.
fn shown(families: Vec<String>, filter: &str) -> Vec<String> {
    let filter = filter.trim().to_lowercase();
    let fits = |name: &String| name != BUILT_IN && name.to_lowercase().contains(&filter);
    families.into_iter().filter(fits).collect()
}

impl Fonts {
    /// Draws it; gives the family that was chosen, empty for the built-in one.
    pub(super) fn show(&mut self, ui: &mut Ui, cx: &Cx<'_>, now: &str) -> Option<String> {
        let hint = tr("settings-font-filter");
        BidiField::new(&mut self.filter, hint).hint(hint).show(ui);
        self.refresh(ui);
        let families = self
            .shown
            .as_ref()
            .map_or(&[][..], |(_, _, families)| families);
        let mut chosen = None;
        let height = cx.tokens.space.row;
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add_space(cx.tokens.space.xs);
        let area = ScrollArea::vertical()
            .max_height(LIST)
            .auto_shrink([false, true]);
        area.show_rows(ui, height, families.len() + 1, |ui, visible| {
            ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
                node.set_role(Role::List);
                node.set_label(tr("settings-font"));
            });
            rows(ui, |ui| {
                for at in visible {
                    // The built-in font stands first, before the families.
                    let family = at.checked_sub(1).and_then(|at| families.get(at));
                    let name = family.map_or(tr("settings-font-own"), String::as_str);
                    let family = family.map_or("", String::as_str);
                    let on = Some(family == now);
                    if parts::menu_row(ui, None, name, None, on).clicked() {
                        chosen = Some(family.to_owned());
                    }
                }
            });
        });
        if families.is_empty() {
            parts::quiet(ui, tr("settings-font-none"));
        }
        chosen
    }

    fn refresh(&mut self, ui: &Ui) {
        with(ui.ctx(), |painter| {
            let setter = painter.typesetter();
            let generation = setter.generation();
            let same = |(then, filter, _): &(u64, String, Vec<String>)| {
                *then == generation && *filter == self.filter
            };
            if !self.shown.as_ref().is_some_and(same) {
                let families = shown(setter.families(), &self.filter);
                self.shown = Some((generation, self.filter.clone(), families));
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_filter_overlooks_capitals_and_spaces_around_it() {
        let all = || {
            ["Amiri", BUILT_IN, "Noto Kufi Arabic", "Vazirmatn"]
                .map(str::to_owned)
                .to_vec()
        };
        assert_eq!(shown(all(), " noto "), ["Noto Kufi Arabic"]);
        assert_eq!(shown(all(), "").len(), 3);
        assert!(shown(all(), "zapf").is_empty());
    }
}
