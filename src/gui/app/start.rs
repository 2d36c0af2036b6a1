//! Opens the window: with OpenGL, and with wgpu where OpenGL cannot start.

use std::{path::PathBuf, process::ExitCode};

use eframe::{NativeOptions, Renderer, egui::ViewportBuilder};

use crate::{
    annotation::Annotator,
    gui::strings::tr,
    session::{Bell, Places, Session},
};

use super::App;

/// Opens the window on `paths` (a project, datasets, articles, folders) and runs until it is
/// closed.
pub fn run(
    project: Option<PathBuf>,
    annotator: Option<Annotator>,
    paths: Vec<PathBuf>,
) -> ExitCode {
    let first = open(Renderer::Glow, project.clone(), annotator.clone(), paths.clone());
    let Err(first) = first else { return ExitCode::SUCCESS };
    tracing::warn!("OpenGL does not start: {first}");
    match open(Renderer::Wgpu, project, annotator, paths) {
        Ok(()) => ExitCode::SUCCESS,
        Err(second) => {
            tracing::error!("the window cannot be opened: OpenGL: {first}; wgpu: {second}");
            tracing::error!("a desktop (X11 or Wayland) and its OpenGL or Vulkan library are needed");
            ExitCode::FAILURE
        }
    }
}

fn open(
    renderer: Renderer,
    project: Option<PathBuf>,
    annotator: Option<Annotator>,
    paths: Vec<PathBuf>,
) -> eframe::Result {
    let viewport = ViewportBuilder::default()
        .with_title(tr("window-title"))
        .with_app_id("hashiya")
        .with_inner_size([1280.0, 800.0])
        .with_min_inner_size([900.0, 600.0])
        .with_drag_and_drop(true);
    let options = NativeOptions { viewport, renderer, ..NativeOptions::default() };
    eframe::run_native(
        "hashiya",
        options,
        Box::new(|cc| {
            let ctx = cc.egui_ctx.clone();
            let bell = Bell::new(move || ctx.request_repaint());
            let session = Session::new(Places::of_user(), annotator, bell);
            let mut app = App::new(&cc.egui_ctx, session, true);
            app.to_open = Some((project, paths));
            Ok(Box::new(app))
        }),
    )
}
