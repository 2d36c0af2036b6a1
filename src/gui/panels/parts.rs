//! Small parts that several panels are made of: icon buttons that have a name and show their shortcut,
//! quiet words, rows of menus.

use eframe::egui::{
    self, AtomExt as _, Button, Color32, FontId, Id, Popup, Rect, Response, RichText, Sense, Ui,
    UiKind, UiStackInfo, WidgetText,
    accesskit::{self, Node},
    containers::menu::{MenuConfig, menu_style},
    pos2, vec2,
};

use crate::gui::{
    commands::CommandId,
    cx::Cx,
    enabled::{checked, enabled},
    icons::Icon,
    intent::Intent,
    strings::Arg,
    text::{BidiField, BidiLabel, FieldOutput, Fit, LINE_HEIGHT, interface_style, with},
    theme::{self, Tokens},
};

/// Our own words as an argument of a message.
pub(crate) fn word(words: &str) -> Arg<'_> {
    Arg::Word(words)
}

/// A number as an argument of a message.
pub(crate) fn number(number: f32) -> Arg<'static> {
    Arg::Number(f64::from(number))
}

/// A square button with an icon; `name` is its name for those who do not see it, and its tooltip
/// unless the caller adds one.
pub(crate) fn icon_button(ui: &mut Ui, icon: Icon, name: &str, usable: bool) -> Response {
    let tokens = theme::tokens(ui.ctx());
    let side = tokens.space.row + tokens.space.xs;
    let button = Button::new(icon.text(tokens.text.icon))
        .frame_when_inactive(false)
        .min_size(vec2(side, side));
    ui.add_enabled(usable, button).accessible_name(name)
}

/// An icon button as low as the status.
pub(crate) fn small_icon(ui: &mut Ui, icon: Icon, name: &str) -> Response {
    let tokens = theme::tokens(ui.ctx());
    let side = tokens.space.status - tokens.space.xs;
    let button = Button::new(icon.text(tokens.text.small))
        .frame_when_inactive(false)
        .min_size(vec2(side, side));
    ui.add(button).accessible_name(name).on_hover_text(name)
}

/// The icon button of a command of the table, with its tooltip.
pub(super) fn command_button(
    ui: &mut Ui,
    cx: &Cx<'_>,
    icon: Icon,
    command: CommandId,
) -> Option<Intent> {
    let row = command.row();
    let usable = enabled(command, cx.session);
    let response = icon_button(ui, icon, row.name(), usable);
    let response = response
        .on_hover_text(row.tooltip())
        .on_disabled_hover_text(row.tooltip());
    response.clicked().then(|| command.into())
}

/// A row of a menu: icon, words, shortcut at the end. `on` puts a check before a switch.
pub(crate) fn menu_row(
    ui: &mut Ui,
    icon: Option<Icon>,
    words: impl Into<WidgetText>,
    keys: Option<String>,
    on: Option<bool>,
) -> Response {
    let tokens = theme::tokens(ui.ctx());
    let icon = match on {
        Some(true) => Some(Icon::Check),
        _ => icon,
    };
    let sign = icon.map_or_else(
        || RichText::new(" "),
        |icon| icon.text(tokens.text.body).color(sign_color(tokens, on)),
    );
    let words: WidgetText = words.into();
    let name = words.text().to_owned();
    let column = vec2(tokens.space.xl, tokens.space.l);
    let mut button = Button::new((sign.atom_size(column), words))
        .gap(tokens.space.xs)
        .min_size(vec2(0.0, tokens.space.row));
    if let Some(keys) = keys {
        button = button.shortcut_text(RichText::new(keys).size(tokens.text.small));
    }
    let response = ui.add(button).accessible_name(name);
    if let Some(on) = on {
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_toggled(on.into());
        });
    }
    response
}

fn sign_color(tokens: &Tokens, on: Option<bool>) -> Color32 {
    if on == Some(true) {
        tokens.ink.accent
    } else {
        tokens.ink.weak
    }
}

/// The row of a command of the table; grey where it cannot be used now.
pub(super) fn command_row(ui: &mut Ui, cx: &Cx<'_>, command: CommandId) -> Option<Intent> {
    let row = command.row();
    let usable = enabled(command, cx.session);
    let on = checked(command, cx.session);
    let response = ui
        .add_enabled_ui(usable, |ui| {
            menu_row(ui, row.icon, row.name(), row.keys(), on)
        })
        .inner;
    response.clicked().then(|| {
        ui.close();
        command.into()
    })
}

/// The frame of what floats: cards, toasts.
pub(crate) fn raised(tokens: &Tokens) -> egui::Frame {
    egui::Frame::new()
        .fill(tokens.surface.raised)
        .stroke((tokens.edge.width, tokens.edge.separator))
        .corner_radius(tokens.radius.raised)
        .inner_margin(egui::Margin::same(tokens.space.m as i8))
        .shadow(egui::Shadow {
            offset: [0, 2],
            blur: 12,
            spread: 0,
            color: tokens.edge.shadow,
        })
}

/// An icon button that stays down while it is on.
pub(super) fn toggle(ui: &mut Ui, cx: &Cx<'_>, icon: Icon, name: &str, on: bool) -> Response {
    let tokens = cx.tokens;
    let side = tokens.space.row;
    let ink = if on {
        tokens.ink.accent
    } else {
        tokens.ink.weak
    };
    let button = Button::new(icon.text(tokens.text.heading).color(ink))
        .selected(on)
        .frame_when_inactive(on)
        .min_size(vec2(side, side));
    ui.add(button).accessible_name(name).on_hover_text(name)
}

/// Words that stay down while they are on.
pub(crate) fn toggle_words(ui: &mut Ui, words: &str, on: bool) -> Response {
    let tokens = theme::tokens(ui.ctx());
    let button = Button::selectable(on, words)
        .frame_when_inactive(true)
        .min_size(vec2(0.0, tokens.space.row));
    let response = ui.add(button).accessible_name(words);
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_toggled(on.into());
    });
    response
}

/// A menu that opens under a button.
pub(crate) fn menu_under(button: &Response, content: impl FnOnce(&mut Ui)) {
    let config = MenuConfig::new().style(menu_look as fn(&mut egui::Style));
    let style = config.style.clone();
    let info = UiStackInfo::new(UiKind::Menu).with_tag_value(MenuConfig::MENU_CONFIG_TAG, config);
    Popup::menu(button).style(style).info(info).show(content);
}

fn menu_look(style: &mut egui::Style) {
    menu_style(style);
    style.spacing.button_padding = vec2(4.0, 0.0);
    style.spacing.item_spacing.y = 0.0;
}

/// Tells the accessibility tree of something that was painted by hand: where it is, and what `write`
/// says.
pub(crate) fn node(response: &Response, write: impl FnOnce(&mut Node)) {
    let rect = response.rect;
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_bounds(accesskit::Rect {
            x0: rect.left().into(),
            y0: rect.top().into(),
            x1: rect.right().into(),
            y1: rect.bottom().into(),
        });
        if response.sense.senses_click() && response.enabled() {
            node.add_action(accesskit::Action::Click);
        }
        write(node);
    });
}

/// An icon that only accompanies words: the accessibility tree does not name it.
pub(crate) fn sign(ui: &mut Ui, icon: Icon, size: f32, ink: Color32) {
    let line = theme::tokens(ui.ctx()).text.body * LINE_HEIGHT;
    let (rect, _) = ui.allocate_exact_size(vec2(size, size.max(line)), Sense::hover());
    let font = FontId::proportional(size);
    let middle = egui::Align2::CENTER_CENTER;
    ui.painter()
        .text(rect.center(), middle, icon.char(), font, ink);
}

/// Secondary words in one line, cut where they do not fit.
pub(crate) fn quiet(ui: &mut Ui, words: &str) -> Response {
    let tokens = theme::tokens(ui.ctx());
    let label = BidiLabel::new(words)
        .size(tokens.text.small)
        .color(tokens.ink.weak);
    ui.add(label)
}

/// Words of ours that may take several lines. They run from left to right even if they begin with an
/// Arabic name: a left-to-right mark goes before them.
pub(crate) fn sentence(ui: &mut Ui, words: &str, ink: Color32) -> Response {
    let words = format!("\u{200E}{words}");
    ui.add(BidiLabel::new(&words).color(ink).wrap())
}

/// Where a text stands in a rectangle that is wider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// At the side where its direction begins.
    Own,
    /// In the middle.
    Middle,
    /// At the right end: numbers.
    End,
}

/// Paints one line of a text into a rectangle, in its own direction, and tells whether it had to be
/// cut.
pub(super) fn line_in(ui: &Ui, text: &str, rect: Rect, side: Side, ink: Color32) -> bool {
    let letters = theme::tokens(ui.ctx()).text.body;
    sized_line_in(ui, text, rect, (letters, side), ink)
}

/// The same with letters of another size in points.
pub(super) fn sized_line_in(
    ui: &Ui,
    text: &str,
    rect: Rect,
    (letters, side): (f32, Side),
    ink: Color32,
) -> bool {
    let scale = ui.pixels_per_point();
    let style = interface_style(letters, false, scale);
    with(ui.ctx(), |painter| {
        let layout = painter.layout(text, &style, Fit::Elide(rect.width() * scale));
        let spare = (rect.width() - layout.width() / scale).max(0.0);
        let left = match (side, layout.is_rtl()) {
            (Side::Own, false) => 0.0,
            (Side::Own, true) | (Side::End, _) => spare,
            (Side::Middle, _) => spare / 2.0,
        };
        let top = rect.center().y - layout.height() / scale / 2.0;
        painter.paint_layout(ui.painter(), &layout, pos2(rect.left() + left, top), ink);
        layout.is_elided()
    })
}

/// A field to search with.
pub(super) fn search_field(ui: &mut Ui, id: Id, text: &mut String, hint: &str) -> FieldOutput {
    BidiField::new(text, hint).id(id).hint(hint).show(ui)
}
