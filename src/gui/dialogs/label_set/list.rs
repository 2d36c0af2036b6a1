//! The labels in their order, at the editor's left: to choose, to drag, to move by Alt+Up and
//! Alt+Down, and to add one.

use eframe::egui::{
    Align2, Id, Key, Modifiers, Rect, Response, Sense, Stroke, Ui, WidgetInfo, accesskit::Role,
    pos2, vec2,
};

use crate::{
    annotation::{Label, LabelId},
    gui::{
        controls::{self, Look, RowState, SAMPLE, Side},
        cx::Cx,
        icons::Icon,
        intent::Intent,
        strings::{tr, tr_args},
    },
};

use super::{LabelSetDialog, change, form, text, two_columns, wish};

/// A label on its way to another place.
struct Dragged(LabelId);

impl LabelSetDialog {
    /// The tab of labels.
    pub(super) fn labels(&mut self, ui: &mut Ui, cx: &Cx<'_>, intents: &mut Vec<Intent>) {
        let labels = cx.session.labels();
        let gone = |id: &LabelId| labels.get(id).is_none();
        if self.label.as_ref().is_none_or(gone) {
            self.label = labels.active().next().map(|label| label.id.clone());
        }
        // The columns draw one after the other, and both need the whole state.
        let this = std::cell::RefCell::new((self, intents));
        two_columns(
            ui,
            |ui| {
                let (this, intents) = &mut *this.borrow_mut();
                this.list(ui, cx, intents);
            },
            |ui| {
                let (this, intents) = &mut *this.borrow_mut();
                this.details(ui, cx, intents);
            },
        );
    }

    fn list(&mut self, ui: &mut Ui, cx: &Cx<'_>, intents: &mut Vec<Intent>) {
        let labels = cx.session.labels();
        let spacing = ui.spacing().item_spacing;
        ui.spacing_mut().item_spacing.y = 0.0;
        for (place, label) in labels.active().enumerate() {
            let row = self.row(ui, cx, label, place);
            if row.clicked() {
                self.label = Some(label.id.clone());
            }
            intents.extend(moved(ui, cx, &row, &label.id, place).map(wish));
        }
        ui.spacing_mut().item_spacing = spacing;
        ui.add_space(cx.tokens.space.s);
        let trouble = text::name_trouble(change::add(labels, &self.new_name));
        let added = form::adder(ui, &mut self.new_name, tr("labels-new"), trouble.as_ref());
        if let Some((id, change)) = added.and_then(|name| change::add(labels, &name).ok()) {
            self.label = Some(id);
            intents.push(wish(change));
        }
        super::retired::show(ui, cx, intents);
    }

    fn row(&mut self, ui: &mut Ui, cx: &Cx<'_>, label: &Label, place: usize) -> Response {
        let tokens = cx.tokens;
        let size = vec2(ui.available_width(), tokens.space.row);
        let (_, rect) = ui.allocate_space(size);
        let chosen = self.label.as_ref() == Some(&label.id);
        let response = ui.interact(rect, row_id(&label.id), Sense::click());
        let state = if chosen {
            RowState::Chosen
        } else {
            RowState::Plain
        };
        let name = tr_args("labels-row", &[("label", label.display_en().into())]);
        controls::dress_row(ui, &response, &name, state);
        if chosen && std::mem::take(&mut self.reveal) {
            response.scroll_to_me(None);
        }
        let handle = Rect::from_min_size(rect.min, vec2(tokens.space.xl, rect.height()));
        let grip = ui.interact(handle, row_id(&label.id).with("grip"), Sense::DRAG);
        // By keyboard the row itself is moved: the grip takes no focus.
        grip.widget_info(|| WidgetInfo::labeled(Role::Button, true, tr("labels-grip")));
        let ink = if grip.hovered() {
            tokens.ink.strong
        } else {
            tokens.ink.weak
        };
        let dots = Icon::DragHandle.char().to_string();
        controls::sign(
            ui,
            handle.center(),
            Align2::CENTER_CENTER,
            &dots,
            tokens.text.heading,
            ink,
        );
        grip.dnd_set_drag_payload(Dragged(label.id.clone()));
        grip.on_hover_text(tr("labels-drag"));
        paint(
            ui,
            cx,
            label,
            place,
            Rect::from_min_max(pos2(handle.right(), rect.top()), rect.max),
        );
        response
    }
}

fn row_id(label: &LabelId) -> Id {
    Id::unique(("label set editor", label.as_str()))
}

fn paint(ui: &Ui, cx: &Cx<'_>, label: &Label, place: usize, rect: Rect) {
    let (space, ink, size) = (&cx.tokens.space, &cx.tokens.ink, &cx.tokens.text);
    let mut left = rect.left() + space.xs;
    controls::sample(
        ui,
        pos2(left + SAMPLE * 0.5, rect.center().y),
        Look::from(label),
    );
    left += SAMPLE + space.s;
    let digit = (place < 9).then(|| (place + 1).to_string());
    let keys: Vec<String> = digit
        .into_iter()
        .chain(label.hotkey.map(String::from))
        .collect();
    let right = rect.right() - space.s;
    let at = pos2(right, rect.center().y);
    controls::sign(
        ui,
        at,
        Align2::RIGHT_CENTER,
        &keys.join(" "),
        size.small,
        ink.weak,
    );
    let room = Rect::from_min_max(
        pos2(left, rect.top()),
        pos2(right - space.xl - space.xs, rect.bottom()),
    );
    controls::line(
        ui,
        room,
        label.display_en(),
        (size.body, ink.strong),
        Side::Left,
    );
}

/// The change that a drop on a row or Alt+Up and Alt+Down on it asks for.
fn moved(
    ui: &Ui,
    cx: &Cx<'_>,
    row: &Response,
    id: &LabelId,
    place: usize,
) -> Option<crate::edit::LabelSetChange> {
    let labels = cx.session.labels();
    if row.has_focus() {
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::ALT, key));
        if pressed(Key::ArrowUp) {
            return change::nudge(labels, id, false);
        }
        if pressed(Key::ArrowDown) {
            return change::nudge(labels, id, true);
        }
    }
    row.dnd_hover_payload::<Dragged>()?;
    let below = ui
        .input(|input| input.pointer.hover_pos())
        .is_some_and(|at| at.y > row.rect.center().y);
    let y = if below {
        row.rect.bottom()
    } else {
        row.rect.top()
    };
    let stroke = Stroke::new(cx.tokens.edge.focus_width, cx.tokens.ink.accent);
    ui.painter().hline(row.rect.x_range(), y, stroke);
    let dropped = row.dnd_release_payload::<Dragged>()?;
    change::move_to(labels, &dropped.0, place + usize::from(below))
}
