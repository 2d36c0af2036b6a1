//! The toasts on the screen.

use eframe::egui::{
    self, Align, Align2, Area, Button, Context, Frame, Id, Key, Layout, Order, RichText, Ui,
    UiBuilder,
    accesskit::{Live, Role},
    pos2, vec2,
};

use crate::{
    gui::{
        commands::{CommandId, EditCommand},
        cx::Cx,
        icons::Icon,
        intent::{Dialog, Intent},
        panels::{parts, progress},
        strings::{tr, tr_args},
        theme::Tokens,
    },
    session::{Command, DocumentCommand, ProjectCommand, Tone},
};

use super::queue::{Offer, Toast, Toasts};

/// Where toasts stand: the bottom of the margin where reading begins, so that they do not cover the
/// article while that margin is there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Corner {
    /// The corner, in points: on the status line's upper edge.
    pub(crate) at: egui::Pos2,
    /// How wide the margin over it is, in points; 0 where it is folded away.
    pub(crate) width: f32,
}

/// A toast is never narrower or wider than this, in points.
const NARROWEST: f32 = 240.0;
const WIDEST: f32 = 360.0;

impl Toasts {
    /// Paints the toasts, and under them the card of an import.
    #[must_use]
    pub(crate) fn show(&mut self, ctx: &Context, cx: &Cx<'_>, corner: Corner) -> Vec<Intent> {
        let now = ctx.input(|input| input.time);
        self.tidy(cx.session, now);
        if let Some(seconds) = self.next_end(now) {
            ctx.request_repaint_after_secs(seconds as f32);
        }
        let importing =
            progress::running(cx.session).any(|job| job.kind == crate::session::JobKind::Import);
        if self.queue.is_empty() && !importing {
            return Vec::new();
        }
        let gap = cx.tokens.space.s;
        let width = (corner.width - gap * 2.0).clamp(NARROWEST, WIDEST);
        let mut wanted = Vec::new();
        let area = Area::new(Id::unique("toasts"))
            .order(Order::Foreground)
            .pivot(Align2::LEFT_BOTTOM)
            .fixed_pos(pos2(corner.at.x + gap, corner.at.y - gap))
            .show(ctx, |ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.y = gap;
                self.stack(ui, cx, &mut wanted);
                wanted.extend(progress::card(ui, cx));
            });
        let height = area.response.rect.height();
        if (height - self.height).abs() > 0.5 {
            // They stand on their lower edge, and egui knows their height only now.
            self.height = height;
            ctx.request_discard("toasts came or went");
        }
        if area.response.contains_pointer() {
            self.hold(now);
        }
        wanted
    }

    /// The newest on top: those below stay where they are when one comes.
    fn stack(&mut self, ui: &mut Ui, cx: &Cx<'_>, wanted: &mut Vec<Intent>) {
        let mut closed = None;
        for toast in self.queue.iter().rev() {
            let builder = UiBuilder::new()
                .id_salt(toast.id)
                .accessibility_role(role(toast.tone))
                .accessibility_label(spoken(toast));
            let response = ui.scope_builder(builder, |ui| {
                let live = match toast.tone {
                    Tone::Bad => Live::Assertive,
                    Tone::Good | Tone::Info => Live::Polite,
                };
                ui.ctx()
                    .accesskit_node_builder(ui.unique_id(), |node| node.set_live(live));
                frame(cx.tokens, toast.tone).show(ui, |ui| body(ui, cx, toast, wanted))
            });
            let out = response.inner.inner;
            if out {
                closed = Some(toast.id);
            }
        }
        if let Some(id) = closed {
            self.close(id);
        }
    }
}

fn role(tone: Tone) -> Role {
    match tone {
        Tone::Bad => Role::Alert,
        Tone::Good | Tone::Info => Role::Status,
    }
}

fn spoken(toast: &Toast) -> String {
    match &toast.told.hint {
        Some(hint) => format!("{}. {hint}", toast.told.what),
        None => toast.told.what.clone(),
    }
}

fn frame(tokens: &Tokens, tone: Tone) -> Frame {
    let frame = parts::raised(tokens);
    match tone {
        Tone::Bad => frame.stroke((tokens.edge.width, tokens.ink.danger)),
        Tone::Good | Tone::Info => frame,
    }
}

/// The sign, the words, what can be done; whether the toast is to go.
fn body(ui: &mut Ui, cx: &Cx<'_>, toast: &Toast, wanted: &mut Vec<Intent>) -> bool {
    let tokens = cx.tokens;
    let (icon, ink) = match toast.tone {
        Tone::Good => (Icon::CheckCircle, tokens.ink.good),
        Tone::Info => (Icon::Info, tokens.ink.weak),
        Tone::Bad => (Icon::WarningCircle, tokens.ink.danger),
    };
    let mut close = false;
    ui.set_width(ui.available_width());
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = tokens.space.s;
        parts::sign(ui, icon, tokens.text.icon, ink);
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            let focus_before = ui.memory(egui::Memory::focused);
            let button = parts::small_icon(ui, Icon::Close, tr("toast-close"));
            let escaped =
                focus_before == Some(button.id) && ui.input(|input| input.key_pressed(Key::Escape));
            close = button.clicked() || escaped;
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                ui.set_width(ui.available_width());
                texts(ui, cx, toast);
                close |= offer(ui, cx, toast, wanted);
            });
        });
    });
    close
}

fn texts(ui: &mut Ui, cx: &Cx<'_>, toast: &Toast) {
    let ink = &cx.tokens.ink;
    parts::sentence(ui, &toast.told.what, ink.strong);
    if let Some(hint) = &toast.told.hint {
        parts::sentence(ui, hint, ink.weak);
    }
    if toast.times > 1 {
        let times = tr_args("toast-times", &[("n", toast.times.into())]);
        parts::quiet(ui, &times);
    }
}

/// The one thing to do; whether it was done.
fn offer(ui: &mut Ui, cx: &Cx<'_>, toast: &Toast, wanted: &mut Vec<Intent>) -> bool {
    let Some(offer) = &toast.offer else {
        return false;
    };
    let (word, intent): (&str, Intent) = match offer {
        Offer::Undo(_) => (tr("toast-undo"), CommandId::Edit(EditCommand::Undo).into()),
        Offer::Redo => (tr("toast-redo"), CommandId::Edit(EditCommand::Redo).into()),
        Offer::Restore(removed) => (
            tr("toast-undo"),
            Command::Document(DocumentCommand::Restore(removed.id, removed.was_on_desk)).into(),
        ),
        Offer::Show(details, guessed) => (
            tr("toast-show"),
            Intent::Open(Dialog::Problems(details.clone(), guessed.clone())),
        ),
        Offer::Retry => (
            tr("toast-retry"),
            Command::Project(ProjectCommand::Retry).into(),
        ),
    };
    ui.add_space(cx.tokens.space.xs);
    let text = RichText::new(word).color(cx.tokens.ink.accent);
    let button = Button::new(text).min_size(vec2(0.0, cx.tokens.space.row));
    if !ui.add(button).clicked() {
        return false;
    }
    wanted.push(intent);
    // Retry stays until it is true that everything is saved.
    !matches!(offer, Offer::Retry)
}
