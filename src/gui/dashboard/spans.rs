//! The spans behind a cell of the confusion. A click opens the document of one.

use eframe::egui::{
    Align, Frame, Layout, Margin, ScrollArea, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo,
    accesskit::Role, vec2,
};

use super::CellPlace;
use crate::{
    annotation::Annotator,
    gui::{
        cx::Cx,
        icons::Icon,
        intent::Intent,
        panels::parts,
        strings::{tr, tr_args},
        text::{BidiLabel, MarkedLabel},
    },
    report::{Example, Figures, SpanFigure},
    session::{Command, DocumentCommand, ReviewCommand},
};

/// How high the list is at least, in points: about eight rows.
pub(super) const HIGH: f32 = 480.0;

/// How wide the list is at least beside the matrix, in points.
pub(super) const WIDE: f32 = 340.0;

/// Shows the list, `high` points high at most. Whether it stays comes back with what is wanted.
pub(super) fn show(
    ui: &mut Ui,
    cx: &Cx<'_>,
    figures: &Figures,
    ((left, right), high): (CellPlace, f32),
) -> (Vec<Intent>, bool) {
    let mut wanted = Vec::new();
    let mut keep = true;
    let Some(cell) = figures.confused(left, right) else {
        // Nothing is taken so any more, or never was.
        parts::sentence(ui, tr("dashboard-no-spans"), cx.tokens.ink.weak);
        return (wanted, keep);
    };
    let label = |place: Option<usize>| match place {
        Some(place) => figures.shown(place),
        None => tr("dashboard-no-span"),
    };
    ui.horizontal(|ui| {
        let words = tr_args(
            "dashboard-spans",
            &[
                ("left", label(left).into()),
                ("right", label(right).into()),
                ("n", cell.count.into()),
            ],
        );
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            keep = !parts::small_icon(ui, Icon::Close, tr("dashboard-close-spans")).clicked();
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(BidiLabel::new(&format!("\u{200E}{words}")).bold());
            });
        });
    });
    ScrollArea::vertical()
        .id_salt(("spans behind a cell", left, right))
        .max_height(high)
        .min_scrolled_height(high)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for (place, one) in cell.examples.iter().enumerate() {
                wanted.extend(row(ui, cx, figures, (place, one)));
            }
        });
    let more = cell.count.saturating_sub(cell.examples.len());
    if more > 0 {
        parts::quiet(ui, &tr_args("dashboard-more", &[("n", more.into())]));
    }
    (wanted, keep)
}

/// An example: what each of the two has, with the words around it, and in which article.
fn row(
    ui: &mut Ui,
    cx: &Cx<'_>,
    figures: &Figures,
    (place, one): (usize, &Example),
) -> Vec<Intent> {
    let tokens = cx.tokens;
    let sides = [
        (one.annotators.0, one.left.as_ref()),
        (one.annotators.1, one.right.as_ref()),
    ];
    let said = sides.map(|(who, span)| {
        let text = span.map_or(tr("dashboard-no-span"), |span| &span.text);
        tr_args(
            "dashboard-said",
            &[
                ("who", figures.annotator(who).into()),
                ("text", text.into()),
            ],
        )
    });
    let name = said.join("; ");
    // Under what is laid out first, since how high it is shows then.
    let ground = ui.painter().add(Shape::Noop);
    let inside = Margin::symmetric(tokens.space.s as i8, tokens.space.xs as i8);
    let shown = Frame::new().inner_margin(inside).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.set_width(ui.available_width());
        let title = BidiLabel::new(&one.title).size(tokens.text.small);
        ui.add(title.color(tokens.ink.weak).fill());
        for (who, span) in sides {
            side(ui, cx, figures.annotator(who), span);
        }
    });
    let rect = shown.response.rect;
    let id = ui.scope_id().with(("example", place));
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    if response.hovered() || response.has_focus() {
        let radius = tokens.radius.control;
        let fill = Shape::rect_filled(rect, radius, tokens.surface.hover);
        ui.painter().set(ground, fill);
    }
    if response.has_focus() {
        let stroke = Stroke::new(tokens.edge.focus_width, tokens.ink.accent);
        ui.painter()
            .rect_stroke(rect, tokens.radius.control, stroke, StrokeKind::Inside);
    }
    let edge = (tokens.edge.width, tokens.edge.separator);
    ui.painter().hline(rect.x_range(), rect.bottom(), edge);
    if response.clicked() {
        open(cx, figures, one)
    } else {
        Vec::new()
    }
}

/// How wide annotators' names are, in points.
const NAME: f32 = 84.0;

/// What one of the two has, in its own direction.
fn side(ui: &mut Ui, cx: &Cx<'_>, who: &str, span: Option<&SpanFigure>) {
    let tokens = cx.tokens;
    ui.horizontal_top(|ui| {
        ui.allocate_ui(vec2(NAME, tokens.space.row), |ui| {
            ui.set_width(NAME);
            let name = BidiLabel::new(who).size(tokens.text.small);
            ui.add(name.color(tokens.ink.weak));
        });
        match span {
            Some(span) => {
                let text = format!("{}{}{}", span.before, span.text, span.after);
                let from = span.before.len();
                let marked = from..from + span.text.len();
                ui.add(MarkedLabel::new(&text, std::slice::from_ref(&marked)));
            }
            None => {
                parts::quiet(ui, tr("dashboard-no-span"));
            }
        }
    });
}

/// Opens the example's article, and shows the span: in the layer of who sits here, or among those that are reviewed.
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
    match own {
        Some((_, span)) => wanted.extend(span.map(|span| Intent::Show(span.id))),
        None => wanted.extend(sides.into_iter().find_map(|(who, span)| {
            let who = Annotator::new(figures.annotator(who)).ok()?;
            Some(Command::Review(ReviewCommand::GoToWord(who, span?.id)).into())
        })),
    }
    wanted.push(Intent::FocusArticle);
    wanted
}
