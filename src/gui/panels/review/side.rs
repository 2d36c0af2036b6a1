//! What one annotator says: a card with its number, its spans, and what can be decided for it.

use eframe::egui::{self, Align, Layout, Sense, Ui, WidgetInfo, accesskit::Role, vec2};

use crate::{
    annotation::LabelId,
    gui::{
        commands::{CommandId, SideCommand},
        controls::{self, Look},
        cx::Cx,
        enabled::enabled,
        icons::Icon,
        intent::Intent,
        panels::parts,
        strings::{Arg, tr, tr_args},
        text::{BidiLabel, MarkedLabel},
    },
    session::{ReviewCommand, Session},
};

use super::{
    view::{CaseView, SideView, SpanView},
    wish,
};

/// An annotator's name as it may be shown.
pub(super) fn name(session: &Session, side: usize) -> String {
    let review = session.review();
    if review.is_blind() {
        tr_args("review-annotator", &[("n", (side + 1).into())])
    } else {
        review.name_of(side)
    }
}

/// Makes buttons with an icon as narrow as they are high, since many stand in a row.
pub(super) fn narrow(ui: &mut Ui) {
    ui.spacing_mut().button_padding.x = 6.0;
}

/// A layer's number, which is its key.
pub(super) fn number(ui: &mut Ui, cx: &Cx<'_>, side: usize, is_usable: bool) {
    let tokens = cx.tokens;
    let (rect, response) = ui.allocate_exact_size(vec2(18.0, 18.0), Sense::hover());
    let ink = if is_usable {
        tokens.ink.strong
    } else {
        tokens.ink.weak
    };
    let (fill, outline) = (tokens.surface.field, tokens.edge.outline);
    let stroke = egui::Stroke::new(tokens.edge.width, outline);
    let kind = egui::StrokeKind::Inside;
    ui.painter().rect(rect, 4.0, fill, stroke, kind);
    let number = (side + 1).to_string();
    let middle = egui::Align2::CENTER_CENTER;
    controls::sign(ui, rect.center(), middle, &number, tokens.text.small, ink);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &number));
}

pub(super) fn show(
    ui: &mut Ui,
    cx: &Cx<'_>,
    case: &CaseView,
    side: &SideView,
    wanted: &mut Vec<Intent>,
) {
    let tokens = cx.tokens;
    let is_ticked = cx.session.review().ticked().contains(&side.side);
    let (fill, edge) = if is_ticked {
        (tokens.surface.chosen, tokens.ink.accent)
    } else {
        (tokens.surface.raised, tokens.edge.separator)
    };
    egui::Frame::new()
        .fill(fill)
        .stroke((tokens.edge.width, edge))
        .corner_radius(tokens.radius.control)
        .inner_margin(egui::Margin::symmetric(
            tokens.space.s as i8,
            tokens.space.xs as i8,
        ))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing = vec2(tokens.space.xs, 2.0);
            head(ui, cx, case, side, wanted);
            for span in &side.spans {
                show_span(ui, cx, span);
            }
        });
}

/// Number, name, and what can be decided.
fn head(ui: &mut Ui, cx: &Cx<'_>, case: &CaseView, side: &SideView, wanted: &mut Vec<Intent>) {
    let row = cx.tokens.space.row;
    let gap = cx.tokens.space.xs;
    ui.horizontal(|ui| {
        narrow(ui);
        number(ui, cx, side.side, true);
        let buttons = if case.is_gone { 0.0 } else { 4.0 };
        let room = ui.available_width() - buttons * row - gap;
        let room = room.max(0.0);
        let layout = Layout::left_to_right(Align::Center);
        ui.allocate_ui_with_layout(vec2(room, row), layout, |ui| {
            ui.set_min_width(room);
            said(ui, cx, side);
            ui.add(BidiLabel::new(&name(cx.session, side.side)).bold());
        });
        ui.spacing_mut().item_spacing.x = 0.0;
        if !case.is_gone {
            decide(ui, cx, side.side, wanted);
        }
    });
}

/// Whether the last decision says that it is right.
fn said(ui: &mut Ui, cx: &Cx<'_>, side: &SideView) {
    let Some(accepted) = side.accepted else {
        return;
    };
    let (icon, words, ink) = if accepted {
        (Icon::Check, tr("review-was-accepted"), cx.tokens.ink.good)
    } else {
        (
            Icon::Minus,
            tr("review-was-not-accepted"),
            cx.tokens.ink.weak,
        )
    };
    let text = icon.text(cx.tokens.text.body).color(ink);
    let label = ui.label(text).on_hover_text(words);
    label.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
}

fn decide(ui: &mut Ui, cx: &Cx<'_>, side: usize, wanted: &mut Vec<Intent>) {
    let number = u8::try_from(side).unwrap_or(u8::MAX);
    let command = |tick| CommandId::Side(SideCommand { side: number, tick });
    let usable = enabled(command(false), cx.session);
    let n: [(&str, Arg<'_>); 1] = [("n", (side + 1).into())];
    ui.add_enabled_ui(usable, |ui| {
        let row = command(true).row();
        let ticked = cx.session.review().ticked().contains(&side);
        let icon = if ticked {
            Icon::CheckCircle
        } else {
            Icon::Circle
        };
        let tick = parts::toggle(ui, cx, icon, row.name(), ticked);
        if tick.on_hover_text(row.tooltip()).clicked() {
            wanted.extend([command(true).into(), Intent::FocusArticle]);
        }
        let row = command(false).row();
        let accept = controls::icon_button(ui, Icon::Check, &row.tooltip());
        if accept.clicked() {
            wanted.extend([command(false).into(), Intent::FocusArticle]);
        }
        if controls::icon_button(ui, Icon::Pencil, &tr_args("review-edit", &n)).clicked() {
            wanted.extend(wish(ReviewCommand::Edit(side)));
        }
        if controls::icon_button(ui, Icon::Close, &tr_args("review-reject", &n)).clicked() {
            wanted.extend(wish(ReviewCommand::Reject(side)));
        }
    });
}

/// A label's sample and name.
pub(super) fn chip(ui: &mut Ui, cx: &Cx<'_>, label: &LabelId) {
    let name = match cx.session.labels().resolve(label) {
        Some(label) => {
            controls::sample_ui(ui, Look::from(label));
            label.display_en()
        }
        None => label.as_str(),
    };
    ui.add(BidiLabel::new(name).size(cx.tokens.text.small));
}

fn show_span(ui: &mut Ui, cx: &Cx<'_>, span: &SpanView) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = cx.tokens.space.xs;
        if let Some(begins) = span.begins {
            let words = if begins {
                tr("review-from")
            } else {
                tr("review-to")
            };
            controls::caption(ui, words);
        }
        chip(ui, cx, &span.label);
    });
    ui.add(MarkedLabel::new(&span.text.text, &span.text.differs));
    attributes(ui, cx, span);
    if !span.note.is_empty() {
        let args = [("note", span.note.as_str().into())];
        controls::hint(ui, &tr_args("review-note", &args));
    }
}

/// The attributes in which others differ, a line each; the others after them in one.
fn attributes(ui: &mut Ui, cx: &Cx<'_>, span: &SpanView) {
    let mut same = Vec::new();
    for (name, value, differs) in &span.attributes {
        let args = [
            ("name", name.as_str().into()),
            ("value", value.as_str().into()),
        ];
        let words = tr_args("review-attribute", &args);
        if *differs {
            let label = BidiLabel::new(&words).size(cx.tokens.text.small).wrap();
            ui.add(label.bold().color(cx.tokens.ink.accent));
        } else {
            same.push(words);
        }
    }
    if !same.is_empty() {
        controls::hint(ui, &same.join(" · "));
    }
}
