//! egui's own style, made from the tokens: flat, quiet, thin lines, and a keyboard focus that is
//! always seen.

use eframe::egui;
use egui::style::{ScrollStyle, Selection, Spacing, TextCursorStyle, WidgetVisuals, Widgets};
use egui::{
    Color32, CornerRadius, FontFamily, FontId, Margin, Stroke, Style, TextStyle, Theme, Visuals,
    epaint::Shadow, vec2,
};

use super::bold_family;
use super::tokens::{Scheme, Tokens};

/// The style of one scheme.
pub(super) fn of(tokens: &Tokens) -> Style {
    let theme = match tokens.scheme {
        Scheme::Paper => Theme::Light,
        Scheme::Night => Theme::Dark,
    };
    let mut style = theme.default_style();
    style.text_styles = text_styles(tokens);
    style.drag_value_text_style = TextStyle::Body;
    style.spacing = spacing(tokens, &style.spacing);
    style.visuals = visuals(tokens, &style.visuals);
    style.animation_time = 0.08;
    style.interaction.tooltip_delay = 0.4;
    // Text is chosen in the article; selecting a label's words by accident is noise.
    style.interaction.selectable_labels = false;
    style.interaction.multi_widget_text_select = false;
    style.explanation_tooltips = false;
    style
}

fn text_styles(tokens: &Tokens) -> std::collections::BTreeMap<TextStyle, FontId> {
    let size = &tokens.text;
    let regular = |size| FontId::new(size, FontFamily::Proportional);
    [
        (TextStyle::Small, regular(size.small)),
        (TextStyle::Body, regular(size.body)),
        (TextStyle::Button, regular(size.body)),
        (TextStyle::Monospace, regular(size.body)),
        (TextStyle::Heading, FontId::new(size.heading, bold_family())),
    ]
    .into()
}

fn spacing(tokens: &Tokens, default: &Spacing) -> Spacing {
    let space = &tokens.space;
    Spacing {
        item_spacing: vec2(space.s, space.xs),
        window_margin: Margin::same(space.l as i8),
        menu_margin: Margin::same(space.xs as i8),
        button_padding: vec2(space.s, space.xs),
        interact_size: vec2(space.row, space.row),
        icon_width: 16.0,
        icon_width_inner: 8.0,
        icon_spacing: space.xs,
        indent: space.l,
        slider_rail_height: 4.0,
        tooltip_width: 360.0,
        menu_width: 320.0,
        scroll: scroll(),
        ..default.clone()
    }
}

/// The width of a scroll bar and the room on either side of it, in points.
const BAR: f32 = 8.0;
const BESIDE_BAR: f32 = 2.0;
/// How much of the ink a scroll bar's handle has: it is seen on every surface and yet quieter than text.
const HANDLE: f32 = 0.55;

/// A scroll bar that keeps its own place: one that lies over what scrolls covers the first letter of
/// a line of right-to-left text. It is a floating one for egui, which gives the handles of others the
/// colour of fields.
fn scroll() -> ScrollStyle {
    ScrollStyle {
        floating: true,
        bar_width: BAR,
        floating_width: BAR,
        floating_allocated_width: BAR + 2.0 * BESIDE_BAR,
        handle_min_length: 32.0,
        bar_inner_margin: BESIDE_BAR,
        bar_outer_margin: BESIDE_BAR,
        foreground_color: true,
        dormant_background_opacity: 0.0,
        active_background_opacity: 0.0,
        interact_background_opacity: 0.0,
        dormant_handle_opacity: HANDLE,
        active_handle_opacity: HANDLE,
        interact_handle_opacity: 0.75,
        ..ScrollStyle::solid()
    }
}

fn visuals(tokens: &Tokens, default: &Visuals) -> Visuals {
    let Tokens {
        surface,
        ink,
        edge,
        radius,
        ..
    } = tokens;
    let raised = CornerRadius::same(radius.raised);
    let shadow = Shadow {
        offset: [0, 4],
        blur: 16,
        spread: 0,
        color: edge.shadow,
    };
    Visuals {
        override_text_color: None,
        weak_text_color: Some(ink.weak),
        widgets: widgets(tokens),
        // The outline of what has the focus takes its colour from here.
        selection: Selection {
            bg_fill: surface.chosen,
            stroke: Stroke::new(edge.focus_width, ink.accent),
        },
        hyperlink_color: ink.accent,
        faint_bg_color: surface.panel,
        extreme_bg_color: surface.field,
        text_edit_bg_color: Some(surface.field),
        code_bg_color: surface.hover,
        warn_fg_color: ink.warning,
        error_fg_color: ink.danger,
        window_corner_radius: raised,
        window_shadow: shadow,
        window_fill: surface.raised,
        window_stroke: Stroke::new(edge.width, edge.separator),
        window_highlight_topmost: false,
        menu_corner_radius: raised,
        panel_fill: surface.panel,
        popup_shadow: shadow,
        text_cursor: TextCursorStyle {
            stroke: Stroke::new(edge.focus_width, ink.accent),
            ..TextCursorStyle::default()
        },
        button_frame: true,
        collapsing_header_frame: false,
        indent_has_left_vline: false,
        striped: false,
        slider_trailing_fill: true,
        ..default.clone()
    }
}

fn widgets(tokens: &Tokens) -> Widgets {
    let Tokens {
        surface,
        ink,
        edge,
        radius,
        ..
    } = tokens;
    let widget = |fill: Color32, weak: Color32, outline: Stroke, ink: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: weak,
        bg_stroke: outline,
        corner_radius: CornerRadius::same(radius.control),
        fg_stroke: Stroke::new(1.5, ink),
        expansion: 0.0,
    };
    let line = |color| Stroke::new(edge.width, color);
    let focus = Stroke::new(edge.focus_width, ink.accent);
    Widgets {
        noninteractive: widget(
            surface.panel,
            surface.panel,
            line(edge.separator),
            ink.strong,
        ),
        // A checkbox has no other edge than this one, so it is not a mere hint.
        inactive: widget(
            surface.field,
            Color32::TRANSPARENT,
            line(edge.outline),
            ink.strong,
        ),
        hovered: widget(surface.hover, surface.hover, line(edge.outline), ink.strong),
        // egui uses one state for pressed and focused: the outline is what shows the focus.
        active: widget(surface.pressed, surface.hover, focus, ink.strong),
        open: widget(
            surface.pressed,
            surface.pressed,
            line(edge.outline),
            ink.strong,
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::{NIGHT, PAPER};
    use super::*;
    use crate::annotation::Rgb;

    #[test]
    fn the_focus_is_drawn_in_the_accent_and_thicker_than_anything_at_rest() {
        for tokens in [&PAPER, &NIGHT] {
            let widgets = of(tokens).visuals.widgets;
            assert_eq!(widgets.active.bg_stroke.color, tokens.ink.accent);
            assert!(widgets.active.bg_stroke.width > widgets.hovered.bg_stroke.width);
        }
    }

    #[test]
    fn the_scroll_bar_never_lies_on_text() {
        let scroll = of(&PAPER).spacing.scroll;
        assert!(scroll.allocated_width() >= scroll.bar_width + scroll.bar_outer_margin);
        assert!(scroll.floating_width <= scroll.bar_width);
    }

    #[test]
    fn the_handle_of_a_scroll_bar_is_seen_on_every_surface() {
        for tokens in [&PAPER, &NIGHT] {
            let ink = of(tokens).visuals.widgets.inactive.fg_stroke.color;
            let surface = &tokens.surface;
            for ground in [surface.page, surface.panel, surface.raised, surface.field] {
                let mixed = ground.lerp_to_gamma(ink, HANDLE);
                let [ink, under] = [mixed, ground].map(|color| {
                    let [red, green, blue, _] = color.to_array();
                    Rgb(red, green, blue)
                });
                assert!(
                    ink.contrast(under) >= 3.0,
                    "{:?}: {ground:?}",
                    tokens.scheme
                );
            }
        }
    }
}
