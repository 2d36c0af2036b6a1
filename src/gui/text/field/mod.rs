//! A text field for mixed directions, with the ways of egui's own: mouse, words, clipboard, input
//! methods, undo. What is typed lives with the caller; caret and undo live in the context, by id.

mod access;
mod input;
mod paint;

use std::sync::Arc;

use eframe::egui;
use egui::mutex::Mutex;
use egui::text_edit::TextEditState;
use egui::{
    Context, EventFilter, Id, Margin, Rect, Response, Sense, Ui, Vec2, WidgetInfo, accesskit::Role,
    vec2,
};

use super::{LINE_HEIGHT, interface_style, nodes, with};
use crate::gui::theme;
use crate::typeset::FieldEditor;
use input::{Effect, Pointer};

/// What happened in a field.
pub struct FieldOutput {
    /// egui's response; `changed()` where the text changed.
    pub response: Response,
    /// Enter was pressed (in a field of several lines: Ctrl+Enter).
    pub submitted: bool,
    /// Escape was pressed; the field has given up the focus.
    pub cancelled: bool,
}

/// A field of one line or several.
#[must_use = "show it in a ui"]
pub struct BidiField<'a> {
    text: &'a mut String,
    name: &'a str,
    hint: &'a str,
    id: Option<Id>,
    width: Option<f32>,
    rows: Option<usize>,
    size: Option<f32>,
    frame: bool,
}

impl<'a> BidiField<'a> {
    /// One line. `name` is what the accessibility tree calls it; no field goes without.
    pub fn new(text: &'a mut String, name: &'a str) -> Self {
        Self {
            text,
            name,
            hint: "",
            id: None,
            width: None,
            rows: None,
            size: None,
            frame: true,
        }
    }

    /// Several lines, at least `rows` high; it grows with its text.
    pub fn rows(mut self, rows: usize) -> Self {
        self.rows = Some(rows.max(1));
        self
    }

    /// What to say while it is empty.
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// A fixed id, so that others can give it the focus
    /// (`ctx.memory_mut(|m| m.request_focus(id))`).
    pub fn id(mut self, id: Id) -> Self {
        self.id = Some(id);
        self
    }

    /// Width in points; all there is without it.
    pub fn width(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }

    /// Letter size in points.
    pub fn size(mut self, size: f32) -> Self {
        self.size = Some(size);
        self
    }

    /// Without outline and background.
    pub fn frameless(mut self) -> Self {
        self.frame = false;
        self
    }

    /// Draws it, and takes what was typed.
    pub fn show(self, ui: &mut Ui) -> FieldOutput {
        let size = self.size.unwrap_or(theme::tokens(ui.ctx()).text.body);
        let id = self.id.unwrap_or_else(|| ui.next_auto_id());
        let state = state(ui.ctx(), id, self.rows.is_some());
        let mut state = state.lock();
        let scale = ui.pixels_per_point();
        state.editor.set_style(interface_style(size, false, scale));
        if state.editor.text() != self.text {
            state.editor.set_text(self.text);
        }
        let (rect, inner) = self.allocate(ui, &mut state, size);
        let response = ui.interact(rect, id, Sense::click_and_drag());
        focus(ui, &response, &mut state);
        let mut effect = Effect::default();
        let ctx = ui.ctx().clone();
        with(&ctx, |painter| {
            let pointer = Pointer {
                response: &response,
                origin: state.origin,
                scale,
            };
            input::pointer(ui, &mut state, painter.typesetter(), &pointer);
            access::requests(ui, &mut state, painter.typesetter(), &response);
            if response.has_focus() {
                effect = input::keyboard(ui, &mut state, painter.typesetter());
            }
        });
        self.finish(ui, response, &mut state, effect, (rect, inner))
    }

    fn finish(
        self,
        ui: &mut Ui,
        mut response: Response,
        state: &mut FieldState,
        effect: Effect,
        (rect, inner): (Rect, Rect),
    ) -> FieldOutput {
        let before = self.text.clone();
        if state.editor.text() != self.text {
            state.editor.text().clone_into(self.text);
            response.mark_changed();
        }
        if effect.cancelled {
            response.surrender_focus();
        }
        if ui.is_rect_visible(rect) {
            let look = paint::Look {
                rect,
                inner,
                frame: self.frame,
                hint: self.hint,
            };
            let ctx = ui.ctx().clone();
            with(&ctx, |painter| {
                paint::paint(ui, painter, state, &response, &look);
            });
        }
        let role = if self.rows.is_some() {
            Role::MultilineTextInput
        } else {
            Role::TextInput
        };
        let enabled = ui.is_enabled();
        response.widget_info(|| WidgetInfo {
            role,
            label: Some(self.name.to_owned()),
            ..WidgetInfo::text_edit(enabled, &before, &*self.text, self.hint)
        });
        let ctx = ui.ctx().clone();
        with(&ctx, |painter| {
            access::build(ui, state, painter.typesetter(), response.id);
        });
        FieldOutput {
            response,
            submitted: effect.submitted,
            cancelled: effect.cancelled,
        }
    }

    /// Takes the room for frame and text.
    fn allocate(&self, ui: &mut Ui, state: &mut FieldState, size: f32) -> (Rect, Rect) {
        let tokens = theme::tokens(ui.ctx());
        let margin = Margin::symmetric(tokens.space.s as i8, tokens.space.xs as i8);
        let margin = if self.frame { margin } else { Margin::ZERO };
        let width = self.width.unwrap_or_else(|| ui.available_width());
        let scale = ui.pixels_per_point();
        let text_width = (width - margin.sum().x).max(1.0);
        state.editor.set_width(Some((text_width * scale).floor()));
        let line = size * LINE_HEIGHT;
        let least = line * self.rows.unwrap_or(1) as f32;
        let content = match self.rows {
            None => line,
            Some(_) => {
                with(ui.ctx(), |painter| {
                    state.editor.size(painter.typesetter()).1
                }) / scale
            }
        };
        let mut height = least.max(content) + margin.sum().y;
        if self.rows.is_none() && self.frame {
            height = height.max(tokens.space.row);
        }
        let (_, rect) = ui.allocate_space(vec2(width, height));
        let inner = rect - margin;
        let spare = (inner.height() - content).max(0.0);
        // One line stands in the middle of its frame; several begin at the top.
        let lift = if self.rows.is_none() {
            spare * 0.5
        } else {
            0.0
        };
        (
            rect,
            Rect::from_min_max(inner.min + vec2(0.0, lift), inner.max),
        )
    }
}

/// What a field remembers.
struct FieldState {
    editor: FieldEditor,
    /// Where the text's top left was painted last, in points.
    origin: egui::Pos2,
    /// How far a line that is too long is moved, in physical pixels.
    scroll: f32,
    /// When something was last done here, in seconds; the caret's blinking begins anew.
    touched: f64,
    /// The caret moved, and is to be brought into view.
    moved: bool,
    focused: bool,
}

fn state(ctx: &Context, id: Id, multiline: bool) -> Arc<Mutex<FieldState>> {
    ctx.data_mut(|data| {
        let made = data.get_temp_mut_or_insert_with(id, || {
            Arc::new(Mutex::new(FieldState {
                editor: FieldEditor::new(interface_style(0.0, false, 1.0), multiline),
                origin: egui::Pos2::ZERO,
                scroll: 0.0,
                touched: 0.0,
                moved: false,
                focused: false,
            }))
        });
        Arc::clone(made)
    })
}

/// Takes the focus when pressed, and keeps the keys that move the caret.
fn focus(ui: &Ui, response: &Response, state: &mut FieldState) {
    // egui's own mark of a text edit: `Context::text_edit_focused` and our shortcuts rely on it.
    if TextEditState::load(ui.ctx(), response.id).is_none() {
        TextEditState::default().store(ui.ctx(), response.id);
    }
    // A tap is down and up again within one frame.
    if (response.is_pointer_button_down_on() || response.clicked()) && !response.has_focus() {
        response.request_focus();
    }
    let focused = response.has_focus();
    if focused {
        let filter = EventFilter {
            tab: false,
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: true,
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    } else {
        state.editor.end_compose();
    }
    if focused && !state.focused {
        state.touched = ui.input(|input| input.time);
        // Who comes by Tab mostly wants to type something else.
        if !state.editor.is_multiline() && !response.is_pointer_button_down_on() {
            state.editor.select_all();
        }
    }
    state.focused = focused;
}

/// The vector from a point to the text's origin, in physical pixels.
fn to_text(point: egui::Pos2, origin: egui::Pos2, scale: f32) -> Vec2 {
    (point - origin) * scale
}
