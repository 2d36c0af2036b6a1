//! The cases of the article, and which of them are walked and listed.

use eframe::egui::{Align, Align2, Layout, Popup, Rect, ScrollArea, Ui, pos2};

use crate::{
    annotation::Label,
    gui::{
        controls::{self, Look, RowState, SAMPLE, Side},
        cx::Cx,
        icons::Icon,
        intent::Intent,
        panels::parts,
        strings::{tr, tr_args},
    },
    session::{CaseFilter, Command, ReviewCommand},
    text::bidi::{Direction, direction},
};

use super::{view::Row, wish, words};

/// Shows the head and the rows; `current` is chosen, `follow` is brought into view.
pub(super) fn show(
    ui: &mut Ui,
    cx: &Cx<'_>,
    rows: &[Row],
    (current, follow): (Option<usize>, Option<usize>),
    wanted: &mut Vec<Intent>,
) {
    head(ui, cx, rows.len(), wanted);
    if rows.is_empty() {
        let is_narrow = *cx.session.review().filter() != CaseFilter::default();
        let words = if is_narrow {
            tr("cases-none-filtered")
        } else {
            tr("cases-none")
        };
        controls::hint(ui, words);
        return;
    }
    let article = cx.session.article();
    let is_rtl = article.is_some_and(|it| direction(it.text()) == Direction::RightToLeft);
    let height = cx.tokens.space.row;
    let mut area = ScrollArea::vertical()
        .id_salt("cases")
        .auto_shrink([false, false]);
    let follow = follow.and_then(|place| rows.iter().position(|row| row.place == place));
    if let Some(at) = follow {
        let room = ui.available_height();
        let middle = at as f32 * height - (room - height) * 0.5;
        area = area.vertical_scroll_offset(middle.max(0.0));
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    area.show_rows(ui, height, rows.len(), |ui, shown| {
        for row in rows.get(shown).unwrap_or_default() {
            let is_current = current == Some(row.place);
            if entry(ui, cx, row, (is_current, is_rtl)) {
                wanted.extend(wish(ReviewCommand::Go(row.place)));
            }
        }
    });
}

/// A row; whether it was clicked.
fn entry(ui: &mut Ui, cx: &Cx<'_>, row: &Row, (is_current, is_rtl): (bool, bool)) -> bool {
    let tokens = cx.tokens;
    let (standing, icon, ink) = words::standing(row.standing, tokens);
    let class = words::class(row.class);
    let mut spoken = tr_args(
        "cases-row",
        &[
            ("class", parts::word(class)),
            ("text", (&row.text).into()),
            ("standing", parts::word(standing)),
        ],
    );
    let mut told = format!("{class} · {standing}");
    if row.threads > 0 {
        let threads = tr_args("review-threads", &[("n", row.threads.into())]);
        spoken = format!("{spoken}, {threads}");
        told = format!("{told} · {threads}");
    }
    let state = if is_current {
        RowState::Chosen
    } else {
        RowState::Plain
    };
    let response = controls::row(ui, tokens.space.row, &spoken, state);
    let rect = response.rect;
    let mut left = rect.left() + tokens.space.s;
    let at = pos2(left, rect.center().y);
    let sign = icon.char().to_string();
    controls::sign(ui, at, Align2::LEFT_CENTER, &sign, tokens.text.body, ink);
    left += tokens.space.l + tokens.space.xs;
    let label = row
        .label
        .as_ref()
        .and_then(|id| cx.session.labels().resolve(id));
    if let Some(label) = label {
        let at = pos2(left + SAMPLE * 0.5, rect.center().y);
        controls::sample(ui, at, Look::from(label));
    }
    left += SAMPLE + tokens.space.s;
    let right = rect.right() - tokens.space.s;
    let right = threads(ui, cx, row, pos2(right, rect.center().y));
    let width = ((right - left) * 0.5).max(0.0);
    let place = |from: f32, to: f32| {
        Rect::from_min_max(pos2(from, rect.top()), pos2(to.max(from), rect.bottom()))
    };
    let small = (tokens.text.small, tokens.ink.weak);
    let words = place(left, left + width);
    let short = words::class_short(row.class);
    let width = controls::line(ui, words, short, small, Side::Left).min(width);
    let words = place(left + width + tokens.space.s, right);
    let look = (tokens.text.body, tokens.ink.strong);
    // All of them at one edge, that of the article, in whatever language.
    let side = if is_rtl { Side::Right } else { Side::Own };
    controls::line(ui, words, &row.text, look, side);
    response.on_hover_text(told).clicked()
}

/// That there are comments on a case, before its text, which ends at the place that is given.
fn threads(ui: &Ui, cx: &Cx<'_>, row: &Row, at: eframe::egui::Pos2) -> f32 {
    if row.threads == 0 {
        return at.x;
    }
    let tokens = cx.tokens;
    let words = format!("{}{}", Icon::Chat.char(), row.threads);
    let room = tokens.space.l + tokens.space.s;
    let ink = tokens.ink.accent;
    controls::sign(ui, at, Align2::RIGHT_CENTER, &words, tokens.text.small, ink);
    at.x - room
}

/// The title, how many are listed, and the filters.
fn head(ui: &mut Ui, cx: &Cx<'_>, count: usize, wanted: &mut Vec<Intent>) {
    let filter = cx.session.review().filter();
    ui.horizontal(|ui| {
        controls::heading(ui, tr("cases-title"));
        controls::caption(ui, &count.to_string());
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let all = parts::toggle(ui, cx, Icon::History, tr("cases-all"), filter.all);
            if all.clicked() {
                set(
                    wanted,
                    CaseFilter {
                        all: !filter.all,
                        ..filter.clone()
                    },
                );
            }
            labels(ui, cx, filter, wanted);
            classes(ui, cx, filter, wanted);
        });
    });
}

fn set(wanted: &mut Vec<Intent>, filter: CaseFilter) {
    wanted.push(Command::Review(ReviewCommand::Filter(filter)).into());
}

fn classes(ui: &mut Ui, cx: &Cx<'_>, filter: &CaseFilter, wanted: &mut Vec<Intent>) {
    let name = match filter.class {
        Some(class) => tr_args(
            "cases-only",
            &[("what", parts::word(words::class(Some(class))))],
        ),
        None => tr("cases-any-class").to_owned(),
    };
    let button = parts::toggle(ui, cx, Icon::Funnel, &name, filter.class.is_some());
    Popup::menu(&button).show(|ui| {
        let mut row = |ui: &mut Ui, class, words: &str| {
            if ui.selectable_label(filter.class == class, words).clicked() {
                set(
                    wanted,
                    CaseFilter {
                        class,
                        ..filter.clone()
                    },
                );
            }
        };
        row(ui, None, tr("cases-any-class"));
        for class in words::CLASSES {
            row(ui, Some(class), words::class(Some(class)));
        }
    });
}

fn labels(ui: &mut Ui, cx: &Cx<'_>, filter: &CaseFilter, wanted: &mut Vec<Intent>) {
    let labels = cx.session.labels();
    let chosen = filter.label.as_ref().and_then(|id| labels.resolve(id));
    let name = match chosen {
        Some(label) => tr_args("list-with-label", &[("label", label.display_en().into())]),
        None => tr("list-any-label").to_owned(),
    };
    let button = parts::toggle(ui, cx, Icon::Tag, &name, chosen.is_some());
    Popup::menu(&button).show(|ui| {
        let mut row = |ui: &mut Ui, label: Option<&Label>, words: &str| {
            let on = label.map(|it| &it.id) == chosen.map(|it| &it.id);
            if ui.selectable_label(on, words).clicked() {
                let label = label.map(|it| it.id.clone());
                set(
                    wanted,
                    CaseFilter {
                        label,
                        ..filter.clone()
                    },
                );
            }
        };
        row(ui, None, tr("list-any-label"));
        for label in labels.active() {
            row(ui, Some(label), label.display_en());
        }
    });
}
