//! What is said of a case: a card for each answer, with the numbers of those who give it, its spans, and what can be
//! decided about it.

use eframe::egui::{self, Align, Layout, Ui, WidgetInfo, accesskit::Role, vec2};

use crate::{
    annotation::LabelId,
    gui::{
        commands::{CommandId, ReviewCommand as ReviewKey},
        controls::{self, Look},
        cx::Cx,
        enabled::enabled,
        icons::Icon,
        intent::Intent,
        names,
        panels::{outcome, parts},
        strings::{Arg, tr, tr_args},
        text::{self, BidiLabel, Fit, MarkedLabel, interface_style},
    },
    session::{Command, ReviewCommand},
};

use super::{
    said::{Judged, Was},
    side,
    view::{Answer, CaseView, SpanView},
    wish,
};

pub(super) fn show(
    ui: &mut Ui,
    cx: &Cx<'_>,
    case: &CaseView,
    answer: &Answer,
    wanted: &mut Vec<Intent>,
) {
    let tokens = cx.tokens;
    let ticked = cx.session.review().ticked();
    let is_ticked = answer.sides.iter().any(|side| ticked.contains(side));
    let (fill, edge) = if is_ticked {
        (tokens.surface.chosen, tokens.ink.accent)
    } else {
        (tokens.surface.raised, tokens.edge.separator)
    };
    egui::Frame::new()
        .fill(fill)
        .stroke((tokens.edge.width, edge))
        .corner_radius(tokens.radius.control)
        .inner_margin(egui::Margin::symmetric(tokens.space.s as i8, 2))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing = vec2(tokens.space.xs, 2.0);
            head(ui, cx, case, answer, wanted);
            for span in &answer.spans {
                show_span(ui, cx, span);
            }
            for (side, note) in &answer.notes {
                let note = tr_args("review-note", &[("note", note.into())]);
                let note = match answer.sides.as_slice() {
                    [_] => note,
                    _ => format!("{}: {note}", side + 1),
                };
                controls::hint(ui, &note);
            }
        });
}

/// Numbers, names, and what can be decided.
fn head(ui: &mut Ui, cx: &Cx<'_>, case: &CaseView, answer: &Answer, wanted: &mut Vec<Intent>) {
    let row = cx.tokens.space.row;
    let gap = cx.tokens.space.xs;
    let buttons = if case.is_gone { 0.0 } else { 4.0 };
    let room = (ui.available_width() - buttons * row - gap).max(0.0);
    // Many numbers have a line of their own.
    let many = side::width(answer.sides.len()) > room;
    if many {
        ui.horizontal_wrapped(|ui| numbers(ui, cx, answer, wanted));
    }
    ui.horizontal(|ui| {
        side::narrow(ui);
        let layout = Layout::left_to_right(Align::Center);
        ui.allocate_ui_with_layout(vec2(room, row), layout, |ui| {
            ui.set_min_width(room);
            if !many {
                numbers(ui, cx, answer, wanted);
            }
            ui.add_space(gap);
            judged(ui, cx, answer.judged);
            let names = side::names(cx, &answer.sides);
            let label = BidiLabel::new(&names).size(cx.tokens.text.small);
            ui.add(label.color(cx.tokens.ink.weak));
        });
        ui.spacing_mut().item_spacing.x = 0.0;
        if !case.is_gone {
            let usable = enabled(side::command(first(answer), false), cx.session);
            ui.add_enabled_ui(usable, |ui| decide(ui, cx, case, answer, wanted));
        }
    });
}

fn numbers(ui: &mut Ui, cx: &Cx<'_>, answer: &Answer, wanted: &mut Vec<Intent>) {
    ui.spacing_mut().item_spacing.x = side::GAP;
    for side in &answer.sides {
        side::number(ui, cx, *side, wanted);
    }
}

/// Whoever speaks for all of an answer.
fn first(answer: &Answer) -> usize {
    answer.sides.first().copied().unwrap_or_default()
}

/// What the last decision says of it.
fn judged(ui: &mut Ui, cx: &Cx<'_>, judged: Option<Judged>) {
    let ink = &cx.tokens.ink;
    let (icon, words, ink) = match judged {
        None => return,
        Some(Judged::Accepted) => (Icon::Check, tr("review-was-accepted"), ink.good),
        Some(Judged::NotAccepted) => (Icon::Minus, tr("review-was-not-accepted"), ink.weak),
        Some(Judged::New) => (Icon::Plus, tr("review-is-new"), ink.warning),
        Some(Judged::Changed) => (Icon::Warning, tr("review-was-changed"), ink.warning),
    };
    let text = icon.text(cx.tokens.text.body).color(ink);
    let label = ui.label(text).on_hover_text(words);
    label.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
}

/// The name of a button that is about one layer, or about all that say the same.
fn name(answer: &Answer, (one, several): (&'static str, &'static str)) -> String {
    if let [side] = answer.sides.as_slice() {
        return tr_args(one, &[("n", (side + 1).into())]);
    }
    let numbers: Vec<String> = answer.sides.iter().map(|it| (it + 1).to_string()).collect();
    tr_args(several, &[("numbers", Arg::Word(&numbers.join(", ")))])
}

fn decide(ui: &mut Ui, cx: &Cx<'_>, case: &CaseView, answer: &Answer, wanted: &mut Vec<Intent>) {
    let side = first(answer);
    let ticked = cx.session.review().ticked();
    let all = answer.sides.iter().all(|side| ticked.contains(side));
    let icon = if all { Icon::CheckCircle } else { Icon::Circle };
    let words = name(answer, ("review-tick", "review-tick-several"));
    let tick = parts::toggle(ui, cx, icon, &words, all);
    if tick.clicked() {
        let others = answer
            .sides
            .iter()
            .filter(|side| ticked.contains(side) == all);
        wanted.extend(others.map(|side| side::command(*side, true).into()));
        wanted.push(Intent::FocusArticle);
    }
    let words = name(answer, ("review-accept", "review-accept-several"));
    if controls::icon_button(ui, Icon::Check, &words).clicked() {
        wanted.extend([side::command(side, false).into(), Intent::FocusArticle]);
    }
    let words = name(answer, ("review-edit", "review-edit-several"));
    if controls::icon_button(ui, Icon::Pencil, &words).clicked() {
        wanted.extend(wish(ReviewCommand::Edit(side)));
    }
    let words = name(answer, ("review-reject", "review-reject-several"));
    if controls::icon_button(ui, Icon::Close, &words).clicked() {
        reject(cx, case, answer, wanted);
    }
}

/// What rejects an answer. Where nobody gives another, that is that none is right; else a word about each layer, and
/// each is given the reason, which one decision uses up.
fn reject(cx: &Cx<'_>, case: &CaseView, answer: &Answer, wanted: &mut Vec<Intent>) {
    let review = cx.session.review();
    if answer.sides.len() > 1 && case.answers.len() == 1 {
        let none = CommandId::Review(ReviewKey::RejectAll);
        wanted.extend([none.into(), Intent::FocusArticle]);
        return;
    }
    let Some((place, ..)) = review.current() else {
        return;
    };
    for (at, side) in answer.sides.iter().enumerate() {
        if at > 0 {
            let why = review.why().clone();
            let again = [
                ReviewCommand::Go(place),
                ReviewCommand::Reason(why.reason),
                ReviewCommand::Note(why.note),
            ];
            wanted.extend(again.map(|it| Command::Review(it).into()));
        }
        wanted.extend(wish(ReviewCommand::Reject(*side)));
    }
}

fn label_name<'c>(cx: &Cx<'c>, label: &'c LabelId) -> &'c str {
    outcome::label_name(cx.session.labels(), label)
}

/// A label's sample and name.
fn chip(ui: &mut Ui, cx: &Cx<'_>, label: &LabelId) {
    if let Some(label) = cx.session.labels().resolve(label) {
        controls::sample_ui(ui, Look::from(label));
    }
    ui.add(BidiLabel::new(label_name(cx, label)).size(cx.tokens.text.small));
}

/// Label and text on one line where they have room there, else the text under the label.
fn show_span(ui: &mut Ui, cx: &Cx<'_>, span: &SpanView) {
    let text = MarkedLabel::new(&span.text.text, &span.text.differs);
    let mut left = Some(text);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = cx.tokens.space.xs;
        ui.spacing_mut().interact_size.y = cx.tokens.space.l;
        if let Some(begins) = span.begins {
            let words = if begins {
                tr("review-from")
            } else {
                tr("review-to")
            };
            controls::caption(ui, words);
        }
        chip(ui, cx, &span.label);
        if fits(ui, cx, &span.text.text)
            && let Some(text) = left.take()
        {
            ui.add(text);
        }
    });
    if let Some(text) = left {
        ui.add(text);
    }
    if let Some(was) = &span.was {
        show_was(ui, cx, span, was);
    }
    attributes(ui, cx, span);
}

/// Whether a text stands on one line in the room that is left on this one.
fn fits(ui: &Ui, cx: &Cx<'_>, words: &str) -> bool {
    let scale = ui.pixels_per_point();
    let style = interface_style(cx.tokens.text.body, false, scale);
    let room = ui.available_width() * scale;
    let layout = text::with(ui.ctx(), |it| it.layout(words, &style, Fit::Wrap(room)));
    layout.lines().len() <= 1 && layout.width() <= room
}

/// What was decided about, where it is another now.
fn show_was(ui: &mut Ui, cx: &Cx<'_>, span: &SpanView, was: &Was) {
    let mut said = Vec::new();
    if let Some(label) = &was.label {
        let args = [
            ("was", label_name(cx, label).into()),
            ("now", label_name(cx, &span.label).into()),
        ];
        said.push(tr_args("review-was-label", &args));
    }
    if let Some(text) = &was.text {
        said.push(tr_args("review-was-text", &[("was", text.into())]));
    }
    for (name, value) in &was.attributes {
        let args = [("name", name.into()), ("was", value.into())];
        let id = if value.is_empty() {
            "review-was-without"
        } else {
            "review-was-attribute"
        };
        said.push(tr_args(id, &args));
    }
    let words = format!("\u{200E}{}", said.join(" · "));
    let label = BidiLabel::new(&words).size(cx.tokens.text.small).wrap();
    ui.add(label.color(cx.tokens.ink.warning));
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

/// Those who have nothing there, in one line after the answers.
pub(super) fn without(ui: &mut Ui, cx: &Cx<'_>, case: &CaseView) {
    if case.without.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(side::GAP, side::GAP);
        for side in &case.without {
            side::quiet_number(ui, cx, *side);
        }
        ui.add_space(cx.tokens.space.xs);
        // More names than two would not stand in one line; each number tells its own.
        let names = match case.without.len() {
            1 | 2 => side::names(cx, &case.without),
            _ => String::new(),
        };
        let args = [("name", (&names).into()), ("n", case.without.len().into())];
        let words = if case.relation.is_some() {
            tr_args("review-without-relation", &args)
        } else {
            tr_args("review-without", &args)
        };
        controls::hint(ui, &words);
    });
}

/// What was decided about and is gone, a line each.
pub(super) fn lost(ui: &mut Ui, cx: &Cx<'_>, case: &CaseView) {
    for lost in &case.lost {
        let who = names::of_side(cx.session, lost.side);
        let args = [
            ("who", (&who).into()),
            ("label", label_name(cx, &lost.label).into()),
            ("text", (&lost.text).into()),
        ];
        let words = format!("\u{200E}{}", tr_args("review-lost", &args));
        let label = BidiLabel::new(&words).size(cx.tokens.text.small).wrap();
        ui.add(label.color(cx.tokens.ink.warning));
    }
}
