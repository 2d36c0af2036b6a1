//! What every dialog has: the backdrop, a frame, its name, and a button that closes it.

use eframe::egui::{
    self, Align, Align2, Button, Context, Frame, Id, InputState, Key, Layout, Margin, Modal,
    Modifiers, Response, RichText, Ui, Vec2, accesskit::Role, containers::menu::menu_style, vec2,
};

use crate::gui::{cx::Cx, icons::Icon, strings::tr, theme};

/// Where a dialog stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In the middle, over a dimmed window.
    Middle,
    /// In the middle, for what one works on: a click beside it does not close it.
    Firm,
    /// In the upper third, where the eyes are.
    Top,
    /// At the side, over a window that stays as it is: what it changes can be seen.
    Side,
}

/// What a dialog looks like.
#[derive(Clone, Copy)]
pub(super) struct Shell<'a> {
    /// Its name, also for those who do not see it.
    pub(super) title: &'a str,
    /// The width of its content, in points.
    pub(super) width: f32,
    /// Where it stands.
    pub(super) place: Place,
}

/// What came of a dialog's frame.
pub(super) struct Shown<R> {
    /// What its content gave.
    pub(super) inner: R,
    /// Whether it was called off: Escape, its button, a click beside it.
    pub(super) called_off: bool,
}

impl Shell<'_> {
    /// Draws the dialog around `content`.
    pub(super) fn show<R>(
        self,
        ctx: &Context,
        cx: &Cx<'_>,
        content: impl FnOnce(&mut Ui) -> R,
    ) -> Shown<R> {
        let screen = ctx.content_rect();
        let mut closed = false;
        let modal = self.modal(cx).show(ctx, |ui| {
            name(ui, self.title);
            let width = self.width.min(screen.width() - 4.0 * cx.tokens.space.xl);
            ui.set_width(width.max(0.0));
            ui.set_max_height(match self.place {
                Place::Firm => firm_height(ctx, cx),
                _ => most_height(ctx, cx),
            });
            if self.place != Place::Top {
                closed = head(ui, cx, self.title);
            }
            content(ui)
        });
        let called_off = match self.place {
            Place::Firm => {
                let escapes = modal.is_top_modal && !modal.any_popup_open;
                let escape =
                    |input: &mut InputState| input.consume_key(Modifiers::NONE, Key::Escape);
                closed || (escapes && ctx.input_mut(escape))
            }
            _ => modal.should_close() || closed,
        };
        Shown {
            inner: modal.inner,
            called_off,
        }
    }

    fn modal(self, cx: &Cx<'_>) -> Modal {
        let space = &cx.tokens.space;
        // Two dialogs differ in name, so that one can lie over another.
        let id = Id::unique(("dialog", self.title));
        let (align, offset) = match self.place {
            Place::Middle | Place::Firm => (Align2::CENTER_CENTER, Vec2::ZERO),
            Place::Top => (Align2::CENTER_TOP, vec2(0.0, space.bar + space.xl)),
            Place::Side => (Align2::RIGHT_TOP, vec2(-space.l, space.bar + space.s)),
        };
        let dim = match self.place {
            Place::Side => 0.0,
            Place::Middle | Place::Firm | Place::Top => 1.0,
        };
        Modal::new(id)
            .area(Modal::default_area(id).anchor(align, offset))
            .backdrop_color(theme::with_alpha(cx.tokens.edge.shadow, dim))
            .frame(frame(cx))
    }
}

/// How high a dialog's content may be, in points: it stays between the bar and the status.
pub(super) fn most_height(ctx: &Context, cx: &Cx<'_>) -> f32 {
    let space = &cx.tokens.space;
    ctx.content_rect().height() - space.bar - space.status - 2.0 * (space.l + space.s)
}

/// The same for what one works on, which may cover bar and status.
pub(super) fn firm_height(ctx: &Context, cx: &Cx<'_>) -> f32 {
    let space = &cx.tokens.space;
    ctx.content_rect().height() - 2.0 * (space.l + space.s)
}

fn frame(cx: &Cx<'_>) -> Frame {
    let tokens = cx.tokens;
    Frame::new()
        .fill(tokens.surface.raised)
        .stroke((tokens.edge.width, tokens.edge.separator))
        .corner_radius(tokens.radius.raised)
        .inner_margin(Margin::same(tokens.space.l as i8))
        .shadow(egui::Shadow {
            offset: [0, 4],
            blur: 24,
            spread: 0,
            color: tokens.edge.shadow,
        })
}

/// Tells the accessibility tree what this is.
fn name(ui: &Ui, title: &str) {
    ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
        node.set_role(Role::Dialog);
        node.set_modal();
        node.set_label(title);
    });
}

/// The name, and the button that closes. Tells whether that was pressed.
fn head(ui: &mut Ui, cx: &Cx<'_>, title: &str) -> bool {
    let tokens = cx.tokens;
    let closed = ui.horizontal(|ui| {
        let text = RichText::new(title)
            .size(tokens.text.heading)
            .family(theme::bold_family());
        ui.label(text);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            icon_button(ui, cx, Icon::Close, tr("dialog-close")).clicked()
        })
        .inner
    });
    ui.add_space(tokens.space.s);
    closed.inner
}

/// A square button with an icon, a name and a tooltip.
pub(super) fn icon_button(ui: &mut Ui, cx: &Cx<'_>, icon: Icon, name: &str) -> Response {
    let side = Vec2::splat(cx.tokens.space.row);
    let button = Button::new(icon.text(cx.tokens.text.heading))
        .frame_when_inactive(false)
        .min_size(side);
    ui.add(button).accessible_name(name).on_hover_text(name)
}

/// Rows to choose from: as wide as the dialog, without frames.
pub(super) fn rows<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    let layout = Layout::top_down_justified(Align::LEFT);
    let inner = ui.with_layout(layout, |ui| {
        menu_style(ui.style_mut());
        ui.spacing_mut().item_spacing.y = 0.0;
        content(ui)
    });
    inner.inner
}

/// The name of a part of a dialog.
pub(super) fn part(ui: &mut Ui, cx: &Cx<'_>, words: &str) {
    ui.add_space(cx.tokens.space.s);
    let text = RichText::new(words)
        .family(theme::bold_family())
        .color(cx.tokens.ink.weak);
    ui.label(text.size(cx.tokens.text.small));
    ui.add_space(cx.tokens.space.xs);
}
