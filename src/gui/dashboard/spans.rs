//! The spans behind a cell of the confusion. A click opens the document of one.

use eframe::egui::{Rect, ScrollArea, Sense, Ui, pos2, vec2};

use super::{CellPlace, cards};
use crate::{
    gui::{
        controls::{self, RowState, Side},
        cx::Cx,
        icons::Icon,
        intent::Intent,
        panels::parts,
        strings::{tr, tr_args},
        text::BidiLabel,
    },
    report::{Example, Figures, SpanFigure},
    session::{Command, DocumentCommand},
};

/// How high the list is at most, in points.
const HIGHEST: f32 = 320.0;

/// Shows the list. Whether it stays comes back with what is wanted.
pub(super) fn show(
    ui: &mut Ui,
    cx: &Cx<'_>,
    figures: &Figures,
    (left, right): CellPlace,
) -> (Vec<Intent>, bool) {
    let Some(cell) = figures.confused(left, right) else {
        return (Vec::new(), false);
    };
    let mut wanted = Vec::new();
    let mut keep = true;
    let label = |place: Option<usize>| match place {
        Some(place) => figures.label(place),
        None => tr("dashboard-no-span"),
    };
    cards::card(ui, cx, 720.0, |ui| {
        ui.horizontal(|ui| {
            let words = tr_args(
                "dashboard-spans",
                &[
                    ("left", label(left).into()),
                    ("right", label(right).into()),
                    ("n", cell.count.into()),
                ],
            );
            ui.add(BidiLabel::new(&format!("\u{200E}{words}")).bold());
            keep = !parts::small_icon(ui, Icon::Close, tr("dashboard-close-spans")).clicked();
        });
        ScrollArea::vertical()
            .id_salt("spans behind a cell")
            .max_height(HIGHEST)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                for one in &cell.examples {
                    wanted.extend(row(ui, cx, figures, one));
                }
            });
        let more = cell.count.saturating_sub(cell.examples.len());
        if more > 0 {
            parts::quiet(ui, &tr_args("dashboard-more", &[("n", more.into())]));
        }
    });
    (wanted, keep)
}

/// An example: what each of the two has, and in which article.
fn row(ui: &mut Ui, cx: &Cx<'_>, figures: &Figures, one: &Example) -> Vec<Intent> {
    let tokens = cx.tokens;
    let text = |span: Option<&SpanFigure>| span.map_or("", |span| &span.text).to_owned();
    let (left, right) = (text(one.left.as_ref()), text(one.right.as_ref()));
    let who = |place: usize| figures.annotator(place);
    let said = |place: usize, text: &str| {
        let text = if text.is_empty() {
            tr("dashboard-no-span")
        } else {
            text
        };
        tr_args(
            "dashboard-said",
            &[("who", who(place).into()), ("text", text.into())],
        )
    };
    let name = format!(
        "{}; {}",
        said(one.annotators.0, &left),
        said(one.annotators.1, &right)
    );
    let height = 2.0 * tokens.space.row;
    let size = vec2(ui.available_width(), height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    controls::dress_row(ui, &response, &name, RowState::Plain);
    if ui.is_rect_visible(rect) {
        let inside = rect.shrink2(vec2(tokens.space.s, 0.0));
        let third = inside.width() / 3.0;
        let sides = [
            (one.annotators.0, left.as_str()),
            (one.annotators.1, right.as_str()),
        ];
        let body = (tokens.text.body, tokens.ink.strong);
        let small = (tokens.text.small, tokens.ink.weak);
        for (place, (annotator, text)) in (0_u8..).zip(sides) {
            let x = inside.left() + third * f32::from(place);
            let line = |half: f32| {
                let top = inside.top() + height * half / 2.0;
                let size = vec2(third - tokens.space.m, height / 2.0);
                Rect::from_min_size(pos2(x, top), size)
            };
            controls::line(ui, line(0.0), who(annotator), small, Side::Left);
            if text.is_empty() {
                controls::line(ui, line(1.0), tr("dashboard-no-span"), small, Side::Left);
            } else {
                controls::line(ui, line(1.0), text, body, Side::Left);
            }
        }
        let title = Rect::from_min_max(pos2(inside.left() + 2.0 * third, inside.top()), inside.max);
        controls::line(ui, title, &one.title, small, Side::Right);
    }
    if response.clicked() {
        open(cx, figures, one)
    } else {
        Vec::new()
    }
}

/// Opens the example's article, and shows the span where it is in the layer of who sits here.
fn open(cx: &Cx<'_>, figures: &Figures, one: &Example) -> Vec<Intent> {
    let mut wanted = vec![
        Intent::CloseDashboard,
        Command::Document(DocumentCommand::Open(one.document)).into(),
    ];
    let mine = cx.session.annotator().as_str();
    let sides = [
        (one.annotators.0, one.left.as_ref()),
        (one.annotators.1, one.right.as_ref()),
    ];
    let own = sides
        .into_iter()
        .find(|(who, span)| span.is_some() && figures.annotator(*who) == mine);
    wanted.extend(own.and_then(|(_, span)| Some(Intent::Show(span?.id))));
    wanted.push(Intent::FocusArticle);
    wanted
}
