//! When to use a label: its guide, under the palette, foldable. Its height does not depend on the
//! label, so that nothing below it moves while the pointer passes over the rows.

use eframe::egui::{Frame, Margin, ScrollArea, Ui, vec2};

use crate::{
    annotation::LabelId,
    gui::{
        controls,
        cx::Cx,
        icons::Icon,
        strings::{tr, tr_args},
        text::BidiLabel,
    },
};

/// Height of the text in points, usually and in a low window.
const HEIGHT: f32 = 92.0;
const LOW: f32 = 46.0;
/// With less room than this for the palette and its guide, in points, a window is low.
const ROOMY: f32 = 320.0;

/// Height of the text where the palette and its guide have `room`, both in points.
pub(super) fn text_height(room: f32) -> f32 {
    if room < ROOMY { LOW } else { HEIGHT }
}

/// Height in points of the guide with its title, and with a text of that height unless it is folded.
pub(super) fn height(cx: &Cx<'_>, text: f32, folded: bool) -> f32 {
    let text = if folded { 0.0 } else { text };
    cx.tokens.space.row + text + 2.0 * cx.tokens.space.xs
}

/// Shows the guide of `label`, its text `height` points high.
pub(super) fn show(
    ui: &mut Ui,
    cx: &Cx<'_>,
    label: Option<&LabelId>,
    height: f32,
    folded: &mut bool,
) {
    let label = label.and_then(|id| cx.session.labels().resolve(id));
    let title = match label {
        Some(label) => tr_args("guide-of", &[("label", label.display_en().into())]),
        None => tr("guide-title").to_owned(),
    };
    let (icon, name) = if *folded {
        (Icon::CaretRight, tr("guide-unfold"))
    } else {
        (Icon::CaretDown, tr("guide-fold"))
    };
    ui.horizontal(|ui| {
        if controls::icon_button(ui, icon, name).clicked() {
            *folded = !*folded;
        }
        controls::caption(ui, &title);
    });
    if *folded {
        return;
    }
    let tokens = cx.tokens;
    let words = match label {
        Some(label) if label.guide.is_empty() => tr("guide-empty"),
        Some(label) => &label.guide,
        None => tr("guide-none"),
    };
    let margin = Margin::symmetric(tokens.space.s as i8, 0);
    Frame::new().inner_margin(margin).show(ui, |ui| {
        ScrollArea::vertical()
            .id_salt(("guide", label.map(|label| &label.id)))
            .max_height(height)
            .min_scrolled_height(height)
            .auto_shrink([false, false])
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing = vec2(0.0, tokens.space.xs);
                ui.add(BidiLabel::new(words).size(tokens.text.small).wrap());
            });
    });
}
