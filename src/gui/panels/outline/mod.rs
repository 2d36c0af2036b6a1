//! The article's spans in reading order. Only rows in view are laid out; the chosen span is marked
//! and kept in view.

mod rows;

use eframe::egui::{Align, Align2, Layout, Rect, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};

use crate::{
    annotation::{LabelId, Span, SpanId},
    gui::{
        cached::{Cached, Version},
        controls::{self, Look, RowState, SAMPLE, Side},
        cx::Cx,
        icons::Icon,
        intent::Intent,
        strings::{tr, tr_args},
    },
    session::Article,
    text,
};

use rows::{Row, rows};

/// How deep rows are indented, at most.
const DEEPEST: usize = 4;

/// What the rows were computed for: the layer's state, the filter, and what became of the labels.
type Key = (Version, Option<LabelId>, Vec<crate::annotation::LabelFate>);

/// The outline's own state.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    rows: Cached<Key, Vec<Row>>,
    only: Option<LabelId>,
    /// The span that was brought into view last.
    followed: Option<SpanId>,
}

impl Outline {
    /// Shows the outline in all the room there is.
    #[must_use]
    pub(crate) fn show(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Vec<Intent> {
        let mut intents = Vec::new();
        let Some(article) = cx.session.article() else {
            return intents;
        };
        let labels = cx.session.labels();
        self.only
            .take_if(|only| labels.get(only).is_none_or(|label| !label.is_active()));
        header(ui, cx, article.layer().len(), &mut self.only);
        let fates = labels
            .labels
            .iter()
            .map(|label| label.fate.clone())
            .collect();
        let key = (Version::of(article), self.only.clone(), fates);
        let make = || rows(article.layer(), labels, self.only.as_ref());
        let rows = self.rows.get(key, make);
        if rows.is_empty() {
            let words = if self.only.is_some() {
                tr("outline-none-of-label")
            } else {
                tr("outline-empty")
            };
            controls::hint(ui, words);
            return intents;
        }
        let chosen = article.desk().chosen();
        let follow = chosen.filter(|_| chosen != self.followed);
        let follow = follow.and_then(|id| rows.iter().position(|row| row.span == id));
        self.followed = chosen;
        list(ui, cx, article, rows, follow, &mut intents);
        intents
    }
}

/// The title, the number of spans, and the filter by label.
fn header(ui: &mut Ui, cx: &Cx<'_>, count: usize, only: &mut Option<LabelId>) {
    ui.horizontal(|ui| {
        controls::heading(ui, tr("outline-title"));
        if count > 0 {
            controls::caption(ui, &count.to_string());
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let button = controls::icon_button(ui, Icon::Funnel, tr("outline-filter"));
            if only.is_some() {
                let at = button.rect.right_top() + vec2(-cx.tokens.space.s, cx.tokens.space.s);
                ui.painter()
                    .circle_filled(at, cx.tokens.space.xs * 0.75, cx.tokens.ink.accent);
            }
            eframe::egui::Popup::menu(&button).show(|ui| {
                if ui
                    .selectable_label(only.is_none(), tr("outline-all"))
                    .clicked()
                {
                    *only = None;
                }
                for label in cx.session.labels().active() {
                    let chosen = only.as_ref() == Some(&label.id);
                    if ui.selectable_label(chosen, label.display_en()).clicked() {
                        *only = Some(label.id.clone());
                    }
                }
            });
        });
    });
}

fn list(
    ui: &mut Ui,
    cx: &Cx<'_>,
    article: &Article,
    rows: &[Row],
    follow: Option<usize>,
    intents: &mut Vec<Intent>,
) {
    let height = cx.tokens.space.row;
    let area = ScrollArea::vertical()
        .id_salt("outline")
        .auto_shrink([false, false]);
    area.show_viewport(ui, |ui, viewport| {
        ui.set_height(rows.len() as f32 * height);
        let room = ui.max_rect();
        let place = |at: usize| {
            let top = room.top() + at as f32 * height;
            Rect::from_min_max(pos2(room.left(), top), pos2(room.right(), top + height))
        };
        if let Some(at) = follow {
            ui.scroll_to_rect(place(at).expand2(vec2(0.0, height)), None);
        }
        let first = (viewport.top() / height).floor().max(0.0) as usize;
        let last = ((viewport.bottom() / height).ceil().max(0.0) as usize).min(rows.len());
        for (at, row) in rows.iter().enumerate().take(last).skip(first) {
            let Some(span) = article.layer().get(row.span) else {
                continue;
            };
            ui.scope_builder(
                UiBuilder::new().max_rect(place(at)).id_salt(row.span),
                |ui| {
                    if entry(ui, cx, article, span, row.depth) {
                        intents.extend([Intent::Show(span.id), Intent::FocusArticle]);
                    }
                },
            );
        }
    });
}

/// A row; whether it was clicked.
fn entry(ui: &mut Ui, cx: &Cx<'_>, article: &Article, span: &Span, depth: usize) -> bool {
    let label = cx.session.labels().resolve(&span.data.label);
    let name = label.map_or(span.data.label.as_str(), |label| &label.name);
    let words = text::quote(&span.data.fragments.beginning(article.text(), 1920), 60);
    let spoken = tr_args(
        "outline-row",
        &[("label", name.into()), ("text", (&words).into())],
    );
    let state = if article.desk().chosen() == Some(span.id) {
        RowState::Chosen
    } else {
        RowState::Plain
    };
    let (_, row) = ui.allocate_exact_size(ui.max_rect().size(), Sense::click());
    controls::dress_row(ui, &row, &spoken, state);
    let tokens = cx.tokens;
    let mut left = row.rect.left() + tokens.space.s + depth.min(DEEPEST) as f32 * tokens.space.m;
    if let Some(label) = label {
        controls::sample(
            ui,
            pos2(left + SAMPLE * 0.5, row.rect.center().y),
            Look::from(label),
        );
    }
    left += SAMPLE + tokens.space.s;
    let mut right = row.rect.right() - tokens.space.s;
    if !span.data.note.is_empty() {
        let note = Icon::Note.char().to_string();
        let at = pos2(right, row.rect.center().y);
        controls::sign(
            ui,
            at,
            Align2::RIGHT_CENTER,
            &note,
            tokens.text.small,
            tokens.ink.weak,
        );
        right -= tokens.space.l + tokens.space.xs;
    }
    let room = Rect::from_min_max(
        pos2(left, row.rect.top()),
        pos2(right.max(left), row.rect.bottom()),
    );
    controls::line(
        ui,
        room,
        &words,
        (tokens.text.body, tokens.ink.strong),
        Side::Own,
    );
    row.clicked()
}
