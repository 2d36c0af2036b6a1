//! The command palette: type a few letters of what is wanted, choose, done.

mod entries;

use eframe::egui::{
    Align, Context, Id, Key, Layout, Modifiers, Rect, Response, RichText, ScrollArea, Sense, Ui,
    UiBuilder, WidgetInfo, accesskit::Role, vec2,
};

use super::{
    Outcome,
    shell::{Place, Shell, most_height},
};
use crate::{
    annotation::Rgb,
    gui::{
        cx::Cx,
        intent::Intent,
        panels::parts,
        strings::tr,
        text::{BidiField, BidiLabel},
        theme,
    },
    session::{Command, DocumentCommand},
};
use entries::{Choice, Entry, entries};

/// The width of the palette in points.
const WIDTH: f32 = 560.0;

/// How many rows are seen at once, where the window has room.
const ROWS: f32 = 12.0;

/// The palette.
#[derive(Default)]
pub(super) struct Palette {
    query: String,
    /// The rows for the words typed; computed when they change.
    rows: Option<Vec<Entry>>,
    /// The row that Enter takes.
    at: usize,
    /// The keyboard moved: the row is to be seen.
    moved: bool,
}

impl Palette {
    pub(super) fn show(&mut self, ctx: &Context, cx: &Cx<'_>) -> Outcome {
        let shell = Shell {
            title: tr("palette-name"),
            width: WIDTH,
            place: Place::Top,
        };
        let shown = shell.show(ctx, cx, |ui| {
            self.walk(ui);
            let fresh = self.rows.is_none();
            let field = BidiField::new(&mut self.query, tr("palette-field"))
                .id(Id::unique("palette"))
                .hint(tr("palette-field"))
                .show(ui);
            if fresh {
                field.response.request_focus();
            }
            if fresh || field.response.changed() {
                self.rows = Some(entries(cx.session, &self.query, cx.tokens.scheme));
                self.at = 0;
                self.moved = true;
            }
            ui.add_space(cx.tokens.space.s);
            let clicked = self.list(ui, cx);
            let taken = if field.submitted {
                Some(self.at)
            } else {
                clicked
            };
            (taken, field.cancelled)
        });
        let (taken, cancelled) = shown.inner;
        let entry = taken
            .and_then(|at| self.rows.as_ref()?.get(at))
            .filter(|entry| entry.enabled);
        match entry {
            Some(entry) => Outcome::done(vec![wanted(&entry.choice)]),
            None => Outcome {
                wanted: Vec::new(),
                closed: cancelled || shown.called_off,
            },
        }
    }

    /// Up and Down walk the rows while the field has the keyboard.
    fn walk(&mut self, ui: &Ui) {
        let count = self.rows.as_ref().map_or(0, Vec::len);
        let page = ROWS as isize - 1;
        let moves = [
            (Key::ArrowDown, 1_isize),
            (Key::ArrowUp, -1),
            (Key::PageDown, page),
            (Key::PageUp, -page),
        ];
        for (key, by) in moves {
            if count > 0 && ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
                self.at = self.at.saturating_add_signed(by).min(count - 1);
                self.moved = true;
            }
        }
    }

    /// The rows; tells which was clicked.
    fn list(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Option<usize> {
        let rows = self.rows.as_deref().unwrap_or_default();
        if rows.is_empty() {
            parts::sentence(ui, tr("palette-nothing"), cx.tokens.ink.weak);
            return None;
        }
        let height = cx.tokens.space.row;
        let room = (ROWS * height).min(most_height(ui.ctx(), cx) - 2.0 * height);
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut area = ScrollArea::vertical()
            .max_height(room)
            .auto_shrink([false, true]);
        if std::mem::take(&mut self.moved) {
            area = area.vertical_scroll_offset(offset(ui, self.at, height, room));
        }
        let mut clicked = None;
        let shown = area.show_rows(ui, height, rows.len(), |ui, visible| {
            ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
                node.set_role(Role::ListBox);
                node.set_label(tr("palette-rows"));
            });
            let start = visible.start;
            for (at, entry) in rows.get(visible).unwrap_or_default().iter().enumerate() {
                let at = start + at;
                if row(ui, cx, entry, at == self.at).clicked() {
                    clicked = Some(at);
                }
            }
        });
        ui.data_mut(|data| data.insert_temp(offset_id(), shown.state.clamped_offset().y));
        clicked
    }
}

fn offset_id() -> Id {
    Id::unique("palette's scroll")
}

/// How far to scroll so that row `at` is seen, and no further.
fn offset(ui: &Ui, at: usize, height: f32, room: f32) -> f32 {
    let now: f32 = ui
        .data(|data| data.get_temp(offset_id()))
        .unwrap_or_default();
    let top = at as f32 * height;
    now.clamp((top + height - room).max(0.0), top)
}

/// What choosing a row asks for.
fn wanted(choice: &Choice) -> Intent {
    match choice {
        Choice::Command(command) => Intent::Command(*command),
        Choice::Label(label) => Intent::Label(label.clone(), false),
        Choice::Article(id) => Command::Document(DocumentCommand::Open(*id)).into(),
    }
}

fn row(ui: &mut Ui, cx: &Cx<'_>, entry: &Entry, chosen: bool) -> Response {
    let tokens = cx.tokens;
    let size = vec2(ui.available_width(), tokens.space.row);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ListBoxOption, entry.enabled, &entry.text);
        info.selected = Some(chosen);
        info
    });
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let back = match (chosen, response.hovered()) {
        (true, _) => Some(tokens.surface.chosen),
        (false, true) => Some(tokens.surface.hover),
        (false, false) => None,
    };
    if let Some(back) = back {
        ui.painter().rect_filled(rect, tokens.radius.control, back);
    }
    content(ui, cx, entry, rect.shrink2(vec2(tokens.space.s, 0.0)));
    response
}

fn content(ui: &mut Ui, cx: &Cx<'_>, entry: &Entry, rect: Rect) {
    let tokens = cx.tokens;
    let ink = if entry.enabled {
        tokens.ink.strong
    } else {
        tokens.ink.weak
    };
    let layout = Layout::left_to_right(Align::Center);
    let mut inside = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
    let sign = entry.color.map_or(tokens.ink.weak, |Rgb(r, g, b)| {
        theme::label_color([r, g, b])
    });
    let (place, _) =
        inside.allocate_exact_size(vec2(tokens.space.xl, rect.height()), Sense::hover());
    if let Some(icon) = entry.icon {
        let icon = icon.text(tokens.text.heading).color(sign);
        inside.put(place, eframe::egui::Label::new(icon));
    }
    inside.with_layout(Layout::right_to_left(Align::Center), |ui| {
        if let Some(keys) = &entry.keys {
            ui.label(
                RichText::new(keys)
                    .size(tokens.text.small)
                    .color(tokens.ink.weak),
            );
        }
        ui.with_layout(layout, |ui| {
            ui.add(BidiLabel::new(&entry.text).color(ink));
        });
    });
}
