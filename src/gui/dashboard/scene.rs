//! Paints a picture as files have it, with what it says under the pointer.

use eframe::egui::{
    Rect, Response, ScrollArea, Sense, Shape as Painted, Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
    accesskit::Role, pos2, scroll_area::ScrollBarVisibility, vec2,
};

use crate::{
    annotation::Rgb,
    gui::{
        cx::Cx,
        text::{self, BidiLabel, Fit, interface_style},
        theme,
    },
    report::{Anchor, Area, Scene, Shape, Spot, Words},
};

fn color(Rgb(red, green, blue): Rgb) -> eframe::egui::Color32 {
    theme::label_color([red, green, blue])
}

/// What can be chosen of a picture: its spots, one of them chosen already. `None`: nothing.
pub(super) type Choice = Option<Option<(usize, usize)>>;

/// Shows a picture, which scrolls sideways where it is too wide. The place of the spot that was chosen comes back.
pub(super) fn show(
    ui: &mut Ui,
    cx: &Cx<'_>,
    scene: &Scene,
    choice: Choice,
) -> Option<(usize, usize)> {
    let size = vec2(scene.width, scene.height);
    across(ui, &scene.title, size, |ui| painted(ui, cx, scene, choice))
}

/// What is of this size, in an area that scrolls sideways where there is less room.
pub(super) fn across<T>(
    ui: &mut Ui,
    id: &str,
    size: Vec2,
    content: impl FnOnce(&mut Ui) -> T,
) -> T {
    // The bar has its place under the content. Where that is out of sight egui would lay it over the lines in
    // sight.
    let bar = ui.spacing().scroll.allocated_width();
    let end = ui.cursor().top() + size.y + bar;
    let seen = end <= ui.clip_rect().bottom() + 1.0;
    let visibility = if seen {
        ScrollBarVisibility::VisibleWhenNeeded
    } else {
        ScrollBarVisibility::AlwaysHidden
    };
    let wider = size.x > ui.available_width() + 0.5;
    let shown = ScrollArea::horizontal()
        .id_salt(id)
        .auto_shrink([false, true])
        .scroll_bar_visibility(visibility)
        .show(ui, content)
        .inner;
    if wider && !seen {
        ui.add_space(bar);
    }
    shown
}

fn painted(ui: &mut Ui, cx: &Cx<'_>, scene: &Scene, choice: Choice) -> Option<(usize, usize)> {
    let size = vec2(scene.width, scene.height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let title = scene.title.as_str();
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, title));
    if !ui.is_rect_visible(rect) {
        return None;
    }
    let origin = rect.min.to_vec2();
    for (place, shape) in scene.shapes.iter().enumerate() {
        draw(ui, shape, origin);
        if let Shape::Text(words) = shape
            && let Some(whole) = &words.whole
        {
            let area = placed(words.area(), origin);
            let id = response.id.with(("whole", place));
            let cut = ui.interact(area, id, Sense::hover());
            cut.on_hover_ui_at_pointer(|ui| {
                ui.add(BidiLabel::new(whole).wrap());
            });
        }
    }
    let mut chosen = None;
    for spot in &scene.spots {
        let marked = choice == Some(Some((spot.row, spot.column)));
        let response = point(ui, cx, &response, spot, (origin, choice.is_some(), marked));
        if response.clicked() {
            chosen = Some((spot.row, spot.column));
        }
    }
    chosen
}

fn draw(ui: &Ui, shape: &Shape, origin: Vec2) {
    match shape {
        Shape::Fill { area, color, round } => {
            let fill = self::color(*color);
            ui.painter()
                .rect_filled(placed(*area, origin), *round, fill);
        }
        Shape::Line {
            points,
            color,
            width,
        } => {
            let points = points.iter().map(|(x, y)| pos2(*x, *y) + origin);
            let stroke = Stroke::new(*width, self::color(*color));
            let line = Painted::line(points.collect(), stroke);
            ui.painter().add(line);
        }
        Shape::Text(words) => write(ui, words, origin),
    }
}

fn placed(area: Area, origin: Vec2) -> Rect {
    let size = vec2(area.width, area.height);
    Rect::from_min_size(pos2(area.x, area.y) + origin, size)
}

fn write(ui: &Ui, words: &Words, origin: Vec2) {
    let scale = ui.pixels_per_point();
    let style = interface_style(words.size, words.bold, scale);
    let at = pos2(words.at.0, words.at.1) + origin;
    text::with(ui.ctx(), |painter| {
        let layout = painter.layout(&words.text, &style, Fit::Natural);
        let width = layout.width() / scale;
        let left = match words.anchor {
            Anchor::Left => at.x,
            Anchor::Middle => at.x - width / 2.0,
            Anchor::Right => at.x - width,
        };
        let top = at.y - layout.baseline() / scale;
        painter.paint_layout(ui.painter(), &layout, pos2(left, top), color(words.ink));
    });
}

/// A spot: its name, its frame under the pointer or with the keyboard, and what it says.
fn point(
    ui: &Ui,
    cx: &Cx<'_>,
    picture: &Response,
    spot: &Spot,
    (origin, choose, marked): (Vec2, bool, bool),
) -> Response {
    let rect = placed(spot.area, origin);
    let sense = if choose {
        Sense::click()
    } else {
        Sense::hover()
    };
    let id = picture.id.with((spot.row, spot.column));
    let response = ui.interact(rect, id, sense);
    let (role, says) = (if choose { Role::Button } else { Role::Label }, &spot.says);
    response.widget_info(|| WidgetInfo::labeled(role, true, says));
    if marked {
        let node = |node: &mut eframe::egui::accesskit::Node| node.set_selected(true);
        ui.ctx().accesskit_node_builder(response.id, node);
    }
    if marked || response.hovered() || response.has_focus() {
        let stroke = Stroke::new(cx.tokens.edge.focus_width, cx.tokens.ink.accent);
        ui.painter()
            .rect_stroke(rect, 3.0, stroke, StrokeKind::Inside);
    }
    response.on_hover_ui_at_pointer(|ui| {
        let words = format!("\u{200E}{says}");
        ui.add(BidiLabel::new(&words).wrap());
    })
}
