//! Forms of dialogs: a control beside what it is called, lists to choose from.

use eframe::egui::{
    Align, ComboBox, Id, Key, Layout, Memory, Popup, Response, ScrollArea, Ui, WidgetInfo,
    accesskit::Role, vec2,
};

use super::shell::firm_height;
use crate::{
    gui::{
        controls,
        cx::Cx,
        text::{BidiLabel, Fit, interface_style, with},
    },
    interchange::{FORMATS, Format},
};

/// The width of the names, in points.
const CAPTION: f32 = 104.0;
/// Where there is less room than this, in points, they stand above.
const NARROW: f32 = 440.0;

/// A control with its name before it, or above it where the dialog is narrow.
pub(super) fn captioned<R>(
    ui: &mut Ui,
    cx: &Cx<'_>,
    words: &str,
    content: impl FnOnce(&mut Ui) -> R,
) -> R {
    if ui.available_width() < NARROW {
        controls::caption(ui, words);
        let inner = ui.vertical(content).inner;
        ui.add_space(cx.tokens.space.s);
        return inner;
    }
    let shown = ui.horizontal_top(|ui| {
        let size = vec2(CAPTION, cx.tokens.space.row);
        ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_size(size);
            ui.add(BidiLabel::new(words).color(cx.tokens.ink.weak));
        });
        ui.vertical(content).inner
    });
    ui.add_space(cx.tokens.space.xs);
    shown.inner
}

/// What is too high for the window scrolls; the `rows` under it (buttons, mostly) do not.
pub(super) fn scrolled<R>(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (id, rows): (&str, f32),
    content: impl FnOnce(&mut Ui) -> R,
) -> R {
    let room = firm_height(ui.ctx(), cx) - (2.4 + rows) * cx.tokens.space.row;
    ScrollArea::vertical()
        .id_salt(id)
        .max_height(room)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            let inner = content(ui);
            show_focus(ui);
            inner
        })
        .inner
}

/// What Tab gives the keyboard to comes into view. What stands below the area gets it a frame later.
fn show_focus(ui: &mut Ui) {
    let here = ui.scope_id().with("focus");
    let tab = ui.input(|input| input.key_pressed(Key::Tab));
    let focused = ui.memory(Memory::focused);
    let before: Option<(bool, Option<Id>)> = ui.data_mut(|data| {
        let before = data.get_temp(here);
        data.insert_temp(here, (tab, focused));
        before
    });
    let moved = before.is_some_and(|(tabbed, before)| (tab || tabbed) && before != focused);
    let response = focused.and_then(|id| ui.ctx().read_response(id));
    if let Some(response) = response.filter(|_| moved)
        && !response.interact_rect.contains_rect(response.rect)
    {
        ui.scroll_to_rect(response.rect, None);
    }
}

/// The formats that a list offers, by name; our own dataset first.
pub(super) fn offered(does: fn(&Format) -> bool) -> Vec<&'static Format> {
    let mut formats: Vec<_> = FORMATS.iter().filter(|format| does(format)).collect();
    let place = |format: &&Format| (format.name != "ron", format.title.to_lowercase());
    formats.sort_by_key(place);
    formats
}

/// One of a list: what it says, and in small letters what is to be known of it.
pub(super) struct Item<'i> {
    /// Its name.
    pub(super) words: &'i str,
    /// What is to be known.
    pub(super) about: &'i str,
    /// Whether it is the one.
    pub(super) chosen: bool,
}

/// A list that opens: `name` is what it is called. Gives the place of the item that was chosen.
pub(super) fn combo(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (name, width): (&str, f32),
    items: &[Item<'_>],
) -> Option<usize> {
    let chosen = items.iter().find(|item| item.chosen);
    let mut picked = None;
    let shown = ComboBox::from_id_salt(name)
        .selected_text(chosen.map_or("", |item| item.words))
        .truncate()
        .width(width.min(ui.available_width()))
        .height(cx.tokens.space.row * 14.0)
        .show_ui(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (place, entry) in items.iter().enumerate() {
                if item(ui, cx, entry).clicked() {
                    picked = Some(place);
                    ui.close();
                }
            }
        });
    let shown = shown.response.accessible_name(name);
    // The row that had the keyboard is gone.
    if picked.is_some() {
        shown.request_focus();
    }
    picked
}

/// A row of an open list.
fn item(ui: &mut Ui, cx: &Cx<'_>, item: &Item<'_>) -> Response {
    let tokens = cx.tokens;
    let lines = if item.about.is_empty() { 1.0 } else { 1.6 };
    let height = tokens.space.row * lines;
    let state = if item.chosen {
        controls::RowState::Chosen
    } else {
        controls::RowState::Plain
    };
    let response = controls::row(ui, height, item.words, state);
    let inner = response.rect.shrink2(vec2(tokens.space.s, tokens.space.xs));
    let strong = (tokens.text.body, tokens.ink.strong);
    if item.about.is_empty() {
        controls::line(ui, inner, item.words, strong, controls::Side::Own);
    } else {
        let (above, below) = inner.split_top_bottom_at_fraction(0.52);
        let weak = (tokens.text.small, tokens.ink.weak);
        controls::line(ui, above, item.words, strong, controls::Side::Own);
        controls::line(ui, below, item.about, weak, controls::Side::Own);
    }
    if response.has_focus() {
        response.scroll_to_me(None);
    }
    response
}

/// Whether Enter is for the main button: in a field it was `submitted`, or nothing has the keyboard.
pub(super) fn enter(ui: &Ui, submitted: bool) -> bool {
    let free = ui.memory(|memory| memory.focused().is_none()) && !Popup::is_any_open(ui.ctx());
    submitted || (free && ui.input(|input| input.key_pressed(Key::Enter)))
}

/// A small label of a colour: a name and a number.
pub(super) fn chip(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (name, count): (&str, usize),
    color: Option<crate::annotation::LabelColor>,
) {
    let tokens = cx.tokens;
    let ink = color.map_or(tokens.ink.weak, |color| controls::ink(tokens, color));
    let words = format!("\u{2068}{name}\u{2069}  {count}");
    let scale = ui.pixels_per_point();
    let style = interface_style(tokens.text.small, false, scale);
    let room =
        (ui.available_size_before_wrap().x - 2.0 * tokens.space.s).max(tokens.space.xl * 5.0);
    let layout = with(ui.ctx(), |painter| {
        painter.layout(&words, &style, Fit::Elide(room * scale))
    });
    let size = vec2(
        (layout.width() / scale).ceil() + 2.0 * tokens.space.s + 1.0,
        tokens.space.l + tokens.space.xs,
    );
    let (rect, response) = ui.allocate_exact_size(size, eframe::egui::Sense::hover());
    let fill = crate::gui::theme::with_alpha(ink, tokens.mark.entity_fill);
    ui.painter().rect_filled(rect, tokens.radius.control, fill);
    let inside = rect.shrink2(vec2(tokens.space.s, 0.0));
    let letters = (tokens.text.small, tokens.ink.strong);
    controls::line(ui, inside, &words, letters, controls::Side::Left);
    let spoken = format!("{name}: {count}");
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
}
