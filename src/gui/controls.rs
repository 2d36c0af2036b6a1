//! The controls that the right margin and the dialogs are made of: fields, rows, the sample of a
//! label's look. Each has a name for those who do not see it.

use eframe::egui::{
    self, Align2, Button, Color32, FontId, Id, Rect, Response, RichText, Sense, Stroke, StrokeKind,
    Ui, WidgetInfo, accesskit::Role, pos2, vec2,
};

use crate::annotation::{Label, LabelColor, LabelKind, Mark};

use super::{
    article::line_sample,
    icons::Icon,
    text::{self, BidiField, BidiLabel, Fit, interface_style},
    theme::{self, Scheme, Tokens, label_color, with_alpha},
};

/// A text field: what it is called, and how large it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field<'a> {
    name: &'a str,
    hint: &'a str,
    rows: Option<usize>,
    width: Option<f32>,
    id: Option<Id>,
}

impl<'a> Field<'a> {
    /// One line, called `name`.
    pub(crate) fn new(name: &'a str) -> Self {
        Self {
            name,
            hint: "",
            rows: None,
            width: None,
            id: None,
        }
    }

    /// What it says while it is empty.
    pub(crate) fn hint(self, hint: &'a str) -> Self {
        Self { hint, ..self }
    }

    /// Several lines.
    pub(crate) fn rows(self, rows: usize) -> Self {
        Self {
            rows: Some(rows),
            ..self
        }
    }

    /// Width in points; all there is without it.
    pub(crate) fn width(self, width: f32) -> Self {
        Self {
            width: Some(width),
            ..self
        }
    }

    /// A fixed id, to give it the focus.
    pub(crate) fn id(self, id: Id) -> Self {
        Self {
            id: Some(id),
            ..self
        }
    }
}

/// What happened in a field.
#[derive(Clone, Copy, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "several of these happen in one frame"
)]
pub(crate) struct FieldEvent {
    /// Something was typed.
    pub(crate) changed: bool,
    /// It was left, or Enter (in several lines Ctrl+Enter) was pressed.
    pub(crate) done: bool,
    /// Enter (in several lines Ctrl+Enter) was pressed.
    pub(crate) submitted: bool,
    /// Escape was pressed in a field of one line: what was typed is not wanted. Several lines are
    /// too much work to lose by a key; Escape only leaves them.
    pub(crate) dropped: bool,
}

/// Shows a field.
pub(crate) fn field(ui: &mut Ui, text: &mut String, field: Field<'_>) -> FieldEvent {
    let mut shown = BidiField::new(text, field.name).hint(field.hint);
    if let Some(rows) = field.rows {
        shown = shown.rows(rows);
    }
    if let Some(width) = field.width {
        shown = shown.width(width);
    }
    if let Some(id) = field.id {
        shown = shown.id(id);
    }
    let output = shown.show(ui);
    let dropped = output.cancelled && field.rows.is_none();
    FieldEvent {
        changed: output.response.changed(),
        done: output.submitted || output.cancelled || output.response.lost_focus(),
        submitted: output.submitted,
        dropped,
    }
}

/// The name of a part of a margin.
pub(crate) fn heading(ui: &mut Ui, words: &str) -> Response {
    ui.add(BidiLabel::new(words).bold())
}

/// The name of a field, above it.
pub(crate) fn caption(ui: &mut Ui, words: &str) -> Response {
    let tokens = theme::tokens(ui.ctx());
    ui.add(
        BidiLabel::new(words)
            .size(tokens.text.small)
            .color(tokens.ink.weak),
    )
}

/// Secondary words, as many lines as it takes.
pub(crate) fn hint(ui: &mut Ui, words: &str) -> Response {
    let tokens = theme::tokens(ui.ctx());
    ui.add(
        BidiLabel::new(words)
            .size(tokens.text.small)
            .color(tokens.ink.weak)
            .wrap(),
    )
}

/// Words that want attention, after a sign.
pub(crate) fn warning(ui: &mut Ui, words: &str) {
    let tokens = theme::tokens(ui.ctx());
    ui.horizontal_top(|ui| {
        let icon = Icon::Warning.text(tokens.text.body);
        ui.label(icon.color(tokens.ink.warning));
        let words = BidiLabel::new(words).size(tokens.text.small);
        ui.add(words.color(tokens.ink.warning).wrap());
    });
}

/// The width of an icon button with a sign of this size, and the space before it, in points.
pub(crate) fn icon_room(ui: &Ui, size: f32) -> f32 {
    let spacing = ui.spacing();
    let least = theme::tokens(ui.ctx()).space.row;
    (size + 2.0 * spacing.button_padding.x).max(least) + spacing.item_spacing.x
}

/// A square button of a row's height with an icon; `name` is its name and tooltip.
pub(crate) fn icon_button(ui: &mut Ui, icon: Icon, name: &str) -> Response {
    icon_button_if(ui, true, icon, name)
}

/// The same, grey where it cannot be used now.
pub(crate) fn icon_button_if(ui: &mut Ui, usable: bool, icon: Icon, name: &str) -> Response {
    let tokens = theme::tokens(ui.ctx());
    let side = tokens.space.row;
    let ink = if usable {
        tokens.ink.strong
    } else {
        tokens.ink.weak
    };
    let button = Button::new(icon.text(tokens.text.heading).color(ink))
        .frame_when_inactive(false)
        .min_size(vec2(side, side));
    ui.add_enabled(usable, button)
        .accessible_name(name)
        .on_hover_text(name)
        .on_disabled_hover_text(name)
}

/// A button with an icon and words.
pub(crate) fn word_button(ui: &mut Ui, icon: Icon, words: &str) -> Response {
    word_button_if(ui, true, icon, words)
}

/// The same, grey where it cannot be used now.
pub(crate) fn word_button_if(ui: &mut Ui, usable: bool, icon: Icon, words: &str) -> Response {
    let tokens = theme::tokens(ui.ctx());
    let button = Button::new((icon.text(tokens.text.heading), words))
        .stroke((tokens.edge.width, tokens.edge.outline))
        .min_size(vec2(0.0, tokens.space.row));
    ui.add_enabled(usable, button).accessible_name(words)
}

/// The main button of a dialog.
pub(crate) fn main_button(ui: &mut Ui, usable: bool, words: &str) -> Response {
    let tokens = theme::tokens(ui.ctx());
    let button = if usable {
        Button::new(RichText::new(words).color(tokens.ink.on_accent)).fill(tokens.ink.accent)
    } else {
        Button::new(words)
    };
    let shown = ui
        .add_enabled(usable, button.min_size(vec2(0.0, tokens.space.row)))
        .accessible_name(words);
    // The outline of the keyboard's focus would not be seen on the accent.
    if shown.has_focus() {
        let gap = tokens.edge.focus_width;
        let around = shown.rect.expand(gap);
        let stroke = Stroke::new(tokens.edge.focus_width, tokens.ink.accent);
        ui.painter()
            .rect_stroke(around, tokens.radius.control, stroke, StrokeKind::Outside);
    }
    shown
}

/// A button beside the main one.
pub(crate) fn plain_button(ui: &mut Ui, words: &str) -> Response {
    plain_button_if(ui, true, words)
}

/// The same, grey where it cannot be used now.
pub(crate) fn plain_button_if(ui: &mut Ui, usable: bool, words: &str) -> Response {
    let tokens = theme::tokens(ui.ctx());
    let button = Button::new(words)
        .stroke((tokens.edge.width, tokens.edge.outline))
        .min_size(vec2(0.0, tokens.space.row));
    ui.add_enabled(usable, button)
}

/// One of several values that exclude each other.
pub(crate) fn choice(ui: &mut Ui, chosen: bool, words: &str) -> Response {
    let tokens = theme::tokens(ui.ctx());
    let outline = if chosen {
        tokens.ink.accent
    } else {
        tokens.edge.separator
    };
    let button = Button::selectable(chosen, words)
        .frame_when_inactive(true)
        .stroke((tokens.edge.width, outline))
        .min_size(vec2(0.0, tokens.space.row));
    ui.add(button)
}

/// How a row of a list stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum RowState {
    /// As the others.
    #[default]
    Plain,
    /// It is what the list is about now.
    Chosen,
    /// It is held down.
    Pressed,
}

/// A row of a list over the whole width: its background, focus and name. What it shows is painted by
/// the caller.
pub(crate) fn row(ui: &mut Ui, height: f32, name: &str, state: RowState) -> Response {
    let size = vec2(ui.available_width(), height);
    let (_, response) = ui.allocate_exact_size(size, Sense::click());
    dress_row(ui, &response, name, state);
    response
}

/// The background, focus and name of a row that was allocated by the caller.
pub(crate) fn dress_row(ui: &Ui, response: &Response, name: &str, state: RowState) {
    let tokens = theme::tokens(ui.ctx());
    let radius = tokens.radius.control;
    let fill = match state {
        RowState::Pressed => tokens.surface.pressed,
        RowState::Chosen => tokens.surface.chosen,
        RowState::Plain if response.hovered() => tokens.surface.hover,
        RowState::Plain => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(response.rect, radius, fill);
    if response.has_focus() || state == RowState::Pressed {
        let stroke = Stroke::new(tokens.edge.focus_width, tokens.ink.accent);
        ui.painter()
            .rect_stroke(response.rect, radius, stroke, StrokeKind::Inside);
    }
    let (enabled, selected) = (ui.is_enabled(), state != RowState::Plain);
    response.widget_info(|| WidgetInfo::selected(Role::Button, enabled, selected, name));
}

/// Which side of its room a line of text stands at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Where its direction begins.
    Own,
    /// The left one.
    Left,
    /// The right one.
    Right,
}

/// Paints one line of text into `rect`, cut where it does not fit, and tells its width in points.
pub(crate) fn line(ui: &Ui, rect: Rect, words: &str, (size, ink): (f32, Color32), at: Side) -> f32 {
    let scale = ui.pixels_per_point();
    let style = interface_style(size, false, scale);
    text::with(ui.ctx(), |painter| {
        let layout = painter.layout(words, &style, Fit::Elide(rect.width() * scale));
        let width = layout.width() / scale;
        let at_right = match at {
            Side::Own => layout.is_rtl(),
            Side::Left => false,
            Side::Right => true,
        };
        let left = if at_right {
            rect.right() - width
        } else {
            rect.left()
        };
        let top = rect.center().y - layout.height() / scale * 0.5;
        painter.paint_layout(ui.painter(), &layout, pos2(left, top), ink);
        width
    })
}

/// Paints digits, letters or a sign.
pub(crate) fn sign(ui: &Ui, at: egui::Pos2, anchor: Align2, words: &str, size: f32, ink: Color32) {
    let font = FontId::proportional(size);
    ui.painter().text(at, anchor, words, font, ink);
}

/// How a label's spans look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Look {
    /// Its colour.
    pub(crate) color: LabelColor,
    /// The style of its line.
    pub(crate) mark: Mark,
    /// Name or statement.
    pub(crate) kind: LabelKind,
}

impl From<&Label> for Look {
    fn from(label: &Label) -> Self {
        Self {
            color: label.color,
            mark: label.mark,
            kind: label.kind,
        }
    }
}

/// The width of a label's sample, in points.
pub(crate) const SAMPLE: f32 = 28.0;

/// Paints a sample of a label's look, as its spans are drawn in the article, around `center`.
pub(crate) fn sample(ui: &Ui, center: egui::Pos2, look: Look) {
    let tokens = theme::tokens(ui.ctx());
    let color = ink(tokens, look.color);
    let cover = match look.kind {
        LabelKind::Entity => tokens.mark.entity_fill,
        LabelKind::Statement => tokens.mark.statement_fill,
    };
    let rect = Rect::from_center_size(center, vec2(SAMPLE, 16.0));
    let fill = with_alpha(color, cover);
    ui.painter().rect_filled(rect, tokens.mark.radius, fill);
    let thickness = tokens.mark.line;
    let under = Rect::from_min_max(pos2(rect.left(), rect.bottom() - thickness), rect.max);
    let shapes = line_sample(look.mark, under, thickness, color);
    ui.painter().extend(shapes);
}

/// A sample as a widget.
pub(crate) fn sample_ui(ui: &mut Ui, look: Look) {
    let size = vec2(SAMPLE, theme::tokens(ui.ctx()).space.l);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    sample(ui, rect.center(), look);
}

/// A label's colour in this scheme.
pub(crate) fn ink(tokens: &Tokens, color: LabelColor) -> Color32 {
    let rgb = match tokens.scheme {
        Scheme::Paper => color.light,
        Scheme::Night => color.dark,
    };
    label_color([rgb.0, rgb.1, rgb.2])
}
