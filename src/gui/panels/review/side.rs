//! The layers' names and numbers as they stand in the panel; a number is its layer's key.

use eframe::egui::{
    self, Button, Color32, Response, RichText, Sense, Ui, WidgetInfo, accesskit::Role, vec2,
};

use crate::gui::{
    commands::{CommandId, SideCommand},
    controls,
    cx::Cx,
    enabled::enabled,
    intent::Intent,
    names,
    strings::tr_args,
};

/// The side of a number's square, in points.
const SQUARE: f32 = 20.0;
/// Between two of them.
pub(super) const GAP: f32 = 2.0;

/// The width that so many numbers take, in points.
pub(super) fn width(numbers: usize) -> f32 {
    numbers as f32 * (SQUARE + GAP)
}

/// Makes buttons with an icon as narrow as they are high, since many stand in a row.
pub(super) fn narrow(ui: &mut Ui) {
    ui.spacing_mut().button_padding.x = 6.0;
}

/// The command about a layer.
pub(super) fn command(side: usize, tick: bool) -> CommandId {
    let side = u8::try_from(side).unwrap_or(u8::MAX);
    CommandId::Side(SideCommand { side, tick })
}

/// Several layers' names, as they may be shown.
pub(super) fn names(cx: &Cx<'_>, sides: &[usize]) -> String {
    let names = sides.iter().map(|side| names::of_side(cx.session, *side));
    let names: Vec<String> = names.collect();
    names.join(", ")
}

/// The number of a layer that has nothing to accept.
pub(super) fn quiet_number(ui: &mut Ui, cx: &Cx<'_>, side: usize) {
    let tokens = cx.tokens;
    let (rect, response) = ui.allocate_exact_size(vec2(SQUARE, SQUARE), Sense::hover());
    let stroke = (tokens.edge.width, tokens.edge.outline);
    let kind = egui::StrokeKind::Inside;
    let (radius, fill) = (tokens.radius.control, tokens.surface.field);
    ui.painter().rect(rect, radius, fill, stroke, kind);
    let number = (side + 1).to_string();
    let middle = egui::Align2::CENTER_CENTER;
    let ink = tokens.ink.weak;
    controls::sign(ui, rect.center(), middle, &number, tokens.text.small, ink);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &number));
    response.on_hover_text(names::of_side(cx.session, side));
}

/// The number of a layer: a click accepts what it says, one with Shift ticks it.
pub(super) fn number(ui: &mut Ui, cx: &Cx<'_>, side: usize, wanted: &mut Vec<Intent>) {
    let tokens = cx.tokens;
    let (accept, tick) = (command(side, false), command(side, true));
    let usable = enabled(accept, cx.session);
    let is_ticked = cx.session.review().ticked().contains(&side);
    let (fill, ink) = match (is_ticked, usable) {
        (true, _) => (tokens.ink.accent, tokens.ink.on_accent),
        (false, true) => (tokens.surface.field, tokens.ink.strong),
        (false, false) => (tokens.surface.field, tokens.ink.weak),
    };
    let response = ui
        .add_enabled_ui(usable, |ui| square(ui, cx, (side, fill, ink)))
        .inner;
    let told = tr_args(
        "review-number",
        &[
            ("who", (&names::of_side(cx.session, side)).into()),
            (
                "accept",
                crate::gui::strings::Arg::Word(&accept.row().tooltip()),
            ),
            (
                "tick",
                crate::gui::strings::Arg::Word(&tick.row().tooltip()),
            ),
        ],
    );
    let shift = ui.input(|input| input.modifiers.shift);
    if response.on_hover_text(told).clicked() {
        let command = if shift { tick } else { accept };
        wanted.extend([command.into(), Intent::FocusArticle]);
    }
}

fn square(ui: &mut Ui, cx: &Cx<'_>, (side, fill, ink): (usize, Color32, Color32)) -> Response {
    let tokens = cx.tokens;
    ui.spacing_mut().button_padding = vec2(0.0, 0.0);
    ui.spacing_mut().interact_size.y = SQUARE;
    let number = RichText::new((side + 1).to_string());
    let button = Button::new(number.size(tokens.text.small).color(ink))
        .fill(fill)
        .stroke((tokens.edge.width, tokens.edge.outline))
        .min_size(vec2(SQUARE, SQUARE));
    ui.add(button)
        .accessible_name(command(side, false).row().tooltip())
}
