//! A label's two colours: from the list of twelve, or written; with their contrast on both grounds.

use eframe::egui::{
    Color32, CornerRadius, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, accesskit::Role, vec2,
};

use crate::{
    annotation::{Label, LabelColor, PALETTE, Rgb},
    edit::LabelField,
    gui::{
        controls::{self, Field},
        cx::Cx,
        draft::Drafts,
        intent::Intent,
        strings::{Arg, tr, tr_args},
        theme::{self, Scheme, label_color},
    },
};

use super::{
    change, form,
    text::{self, Key, Part},
    wish,
};

/// What a colour's contrast with the ground should be at least (WCAG 2.2 for text).
const ENOUGH: f32 = 4.5;

/// Shows the colours of a label.
pub(super) fn show(
    ui: &mut Ui,
    cx: &Cx<'_>,
    label: &Label,
    drafts: &mut Drafts<Key>,
    intents: &mut Vec<Intent>,
) {
    controls::caption(ui, tr("labels-color"));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = cx.tokens.space.xs;
        for (color, number) in PALETTE.iter().zip(1_usize..) {
            if swatch(ui, cx, *color, number, label.color == *color) && label.color != *color {
                intents.push(wish(change::set_field(
                    &label.id,
                    LabelField::Color(*color),
                )));
            }
        }
    });
    let parts = [
        (Part::Light, Scheme::Paper, tr("labels-color-light")),
        (Part::Dark, Scheme::Night, tr("labels-color-dark")),
    ];
    ui.columns_const(|columns: &mut [Ui; 2]| {
        for (ui, (part, scheme, words)) in columns.iter_mut().zip(parts) {
            let key = Key::Label(label.id.clone(), part);
            let field = (words, Field::new(words));
            form::named(ui, cx.session.labels(), drafts, &key, field, intents);
            let base = text::committed(cx.session.labels(), &key);
            if let Ok(color) = text::color(drafts.text(&key, &base)) {
                contrast(ui, color, scheme);
            }
        }
    });
}

/// A swatch of the list: its left half on paper, its right half at night.
fn swatch(ui: &mut Ui, cx: &Cx<'_>, color: LabelColor, number: usize, chosen: bool) -> bool {
    let tokens = cx.tokens;
    let side = tokens.space.row;
    let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::click());
    let args = [
        ("n", number.into()),
        ("light", Arg::Word(&color.light.to_string())),
        ("dark", Arg::Word(&color.dark.to_string())),
    ];
    let name = tr_args("labels-swatch", &args);
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, &name));
    let inside = rect.shrink(tokens.space.xs);
    let radius = tokens.radius.control;
    let half = |rect: Rect, rgb: Rgb, rounding: CornerRadius| {
        ui.painter()
            .rect_filled(rect, rounding, label_color([rgb.0, rgb.1, rgb.2]));
    };
    let (left, right) = inside.split_left_right_at_fraction(0.5);
    let (west, east) = (
        CornerRadius {
            nw: radius,
            sw: radius,
            ne: 0,
            se: 0,
        },
        CornerRadius {
            nw: 0,
            sw: 0,
            ne: radius,
            se: radius,
        },
    );
    half(left, color.light, west);
    half(right, color.dark, east);
    let outline = if chosen || response.has_focus() {
        tokens.ink.accent
    } else if response.hovered() {
        tokens.edge.outline
    } else {
        Color32::TRANSPARENT
    };
    let stroke = Stroke::new(tokens.edge.focus_width, outline);
    ui.painter()
        .rect_stroke(rect.shrink(1.0), radius, stroke, StrokeKind::Inside);
    response.on_hover_text(&name).clicked()
}

/// How a colour stands out from its ground.
fn contrast(ui: &mut Ui, color: Rgb, scheme: Scheme) {
    let [red, green, blue, _] = theme::tokens_of(scheme).surface.page.to_array();
    let ratio = color.contrast(Rgb(red, green, blue));
    let told = format!("{ratio:.1}");
    let args = [("ratio", Arg::Word(&told))];
    if ratio < ENOUGH {
        controls::warning(ui, &tr_args("labels-contrast-low", &args));
    } else {
        controls::hint(ui, &tr_args("labels-contrast", &args));
    }
}
