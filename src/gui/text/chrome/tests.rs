//! The net, seen through what egui would hand to the renderer.

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{FontId, Label, Order, RichText, Sense, TextWrapMode, UiBuilder};

use eframe::egui::{Color32, Pos2, pos2, vec2};

use super::*;
use crate::gui::text::{install, with};
use crate::gui::theme;

/// Runs one pass of `show` and returns the shapes that go to the renderer.
fn pass(ctx: &Context, show: impl FnMut(&mut egui::Ui)) -> Vec<Shape> {
    let mut output = ctx.run_ui(egui::RawInput::default(), show);
    // egui insists that somebody takes the textures.
    output.textures_delta.clear();
    output
        .shapes
        .into_iter()
        .map(|clipped| clipped.shape)
        .collect()
}

fn context() -> Context {
    let ctx = Context::default();
    theme::install(&ctx);
    install(&ctx);
    ctx
}

fn flat<'a>(shapes: &'a [Shape]) -> Vec<&'a Shape> {
    let inner = |shape: &'a Shape| match shape {
        Shape::Vec(shapes) => flat(shapes),
        other => vec![other],
    };
    shapes.iter().flat_map(inner).collect()
}

fn arabic_left_over(shapes: &[Shape]) -> usize {
    flat(shapes)
        .into_iter()
        .filter(|shape| holds_rtl(shape))
        .count()
}

fn meshes(shapes: &[Shape]) -> Vec<Arc<egui::Mesh>> {
    let mesh = |shape: &Shape| match shape {
        Shape::Mesh(mesh) => Some(Arc::clone(mesh)),
        _ => None,
    };
    flat(shapes).into_iter().filter_map(mesh).collect()
}

#[test]
fn arabic_becomes_glyphs_and_latin_stays() {
    let ctx = context();
    let shapes = pass(&ctx, |ui| {
        ui.label("عنوان المقال");
        ui.label("Latin");
        let _ = ui.button("زر");
    });
    assert_eq!(arabic_left_over(&shapes), 0);
    let texts = flat(&shapes)
        .into_iter()
        .filter(|shape| matches!(shape, Shape::Text(_)))
        .count();
    assert_eq!(texts, 1, "the Latin label is egui's");
    assert_eq!(meshes(&shapes).len(), 2);
}

#[test]
fn every_layer_and_nested_shapes_are_reached() {
    let ctx = context();
    let show = |ui: &mut egui::Ui| {
        egui::Area::new(egui::Id::unique("floating"))
            .order(Order::Tooltip)
            .show(ui.ctx(), |ui| {
                ui.label("تلميح");
            });
        let galley = ui
            .painter()
            .layout_no_wrap("متداخل".into(), FontId::default(), Color32::RED);
        let text = Shape::galley(pos2(5.0, 60.0), galley, Color32::RED);
        ui.painter()
            .add(Shape::Vec(vec![Shape::Noop, Shape::Vec(vec![text])]));
    };
    // An area's first pass only measures it.
    pass(&ctx, show);
    let shapes = pass(&ctx, show);
    assert_eq!(arabic_left_over(&shapes), 0);
    assert_eq!(meshes(&shapes).len(), 2);
}

#[test]
fn texture_coordinates_are_settled_once() {
    let ctx = context();
    let shapes = pass(&ctx, |ui| {
        ui.label("نص");
    });
    for mesh in meshes(&shapes) {
        let inside = |uv: Pos2| (0.0..=1.0).contains(&uv.x) && (0.0..=1.0).contains(&uv.y);
        assert!(mesh.vertices.iter().all(|vertex| inside(vertex.uv)));
        assert!(
            mesh.vertices.iter().any(|vertex| vertex.uv.x > 0.001),
            "not divided twice"
        );
    }
}

#[test]
fn an_idle_frame_shapes_nothing() {
    let ctx = context();
    let show = |ui: &mut egui::Ui| {
        ui.label("سطر أول طويل قليلا");
        ui.add(Label::new("نص مقصوص طويل جدا لا يسعه المكان").wrap_mode(TextWrapMode::Truncate));
        ui.add(crate::gui::text::BidiLabel::new("عنوان"));
    };
    pass(&ctx, show);
    pass(&ctx, show);
    let before = with(&ctx, |painter| painter.typesetter().layouts_made());
    for _ in 0..5 {
        pass(&ctx, show);
    }
    assert_eq!(
        with(&ctx, |painter| painter.typesetter().layouts_made()),
        before
    );
}

#[test]
fn each_section_keeps_its_colour() {
    let ctx = context();
    let shapes = pass(&ctx, |ui| {
        let mut job = LayoutJob::default();
        let format = |color| TextFormat {
            color,
            ..TextFormat::default()
        };
        job.append("أحمر ", 0.0, format(Color32::RED));
        job.append("أزرق", 0.0, format(Color32::BLUE));
        ui.label(job);
    });
    let meshes = meshes(&shapes);
    let middle = |wanted: Color32| {
        let all: Vec<f32> = meshes
            .iter()
            .flat_map(|mesh| mesh.vertices.iter().filter(|vertex| vertex.color == wanted))
            .map(|vertex| vertex.pos.x)
            .collect();
        assert!(!all.is_empty());
        all.iter().sum::<f32>() / all.len() as f32
    };
    assert!(
        middle(Color32::RED) > middle(Color32::BLUE),
        "the first word stands right"
    );
}

#[test]
fn sections_in_different_sizes_follow_the_texts_direction() {
    let ctx = context();
    let shapes = pass(&ctx, |ui| {
        let mut job = LayoutJob::default();
        let format = |size, color| TextFormat {
            font_id: FontId::proportional(size),
            color,
            ..TextFormat::default()
        };
        job.append("كبير", 0.0, format(24.0, Color32::RED));
        job.append(" صغير", 0.0, format(10.0, Color32::BLUE));
        ui.label(job);
    });
    let x = |wanted: Color32| {
        let vertices = meshes(&shapes)
            .into_iter()
            .flat_map(|mesh| mesh.vertices.clone());
        vertices
            .filter(|vertex| vertex.color == wanted)
            .map(|vertex| vertex.pos.x)
            .fold(f32::MAX, f32::min)
    };
    assert!(x(Color32::RED) > x(Color32::BLUE));
}

#[test]
fn a_cut_text_stays_in_its_room() {
    let ctx = context();
    let mut right = 0.0;
    let shapes = pass(&ctx, |ui| {
        let room = Rect::from_min_size(pos2(10.0, 10.0), vec2(90.0, 30.0));
        ui.scope_builder(UiBuilder::new().max_rect(room), |ui| {
            let label = Label::new("نص طويل جدا لا يسعه هذا المكان الضيق أبدا")
                .wrap_mode(TextWrapMode::Truncate);
            right = ui.add(label.sense(Sense::hover())).rect.right();
        });
    });
    let bounds = meshes(&shapes)
        .iter()
        .fold(Rect::NOTHING, |all, mesh| all | mesh.calc_bounds());
    assert!(
        bounds.left() >= 8.0 && bounds.right() <= right + 2.0,
        "{bounds:?}"
    );
}

#[test]
fn fading_and_disabled_text_is_pale() {
    let ctx = context();
    let alpha = |opacity: f32| {
        let shapes = pass(&ctx, |ui| {
            ui.set_opacity(opacity);
            ui.label(RichText::new("باهت").color(Color32::WHITE));
        });
        meshes(&shapes)
            .iter()
            .flat_map(|mesh| mesh.vertices.clone())
            .map(|v| v.color.a())
            .max()
    };
    assert_eq!(alpha(1.0), Some(255));
    assert!(alpha(0.4).is_some_and(|alpha| alpha < 160));
}

#[test]
fn wrapped_lines_are_as_many_as_egui_measured_and_stand_right() {
    let ctx = context();
    let mut rect = Rect::NOTHING;
    let shapes = pass(&ctx, |ui| {
        ui.set_max_width(120.0);
        rect = ui
            .label("سطر أول ثم سطر ثان ثم سطر ثالث بعده سطر رابع")
            .rect;
    });
    let bounds = meshes(&shapes)
        .iter()
        .fold(Rect::NOTHING, |all, mesh| all | mesh.calc_bounds());
    assert!(bounds.height() > 40.0, "several lines");
    assert!(
        rect.expand(3.0).contains_rect(bounds),
        "{bounds:?} in {rect:?}"
    );
}

#[test]
fn only_right_to_left_letters_count() {
    assert!(has_rtl("a حرف"));
    assert!(has_rtl("שלום"));
    assert!(!has_rtl("… “quotes” – été"));
}
