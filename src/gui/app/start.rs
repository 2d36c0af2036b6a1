//! Opens the window: with OpenGL, and with wgpu where OpenGL cannot start.

use std::{path::PathBuf, process::ExitCode};

use eframe::{NativeOptions, Renderer, egui::ViewportBuilder};

use crate::{
    annotation::Annotator,
    gui::strings::tr,
    session::{Bell, Places, Session},
};

use super::{App, ToOpen};

/// Opens the window on `paths` (a project, datasets, articles, folders) and runs until it is
/// closed.
pub fn run(
    project: Option<PathBuf>,
    annotator: Option<Annotator>,
    paths: Vec<PathBuf>,
) -> ExitCode {
    let to_open = ToOpen { project, paths };
    let first = open(Renderer::Glow, annotator.clone(), to_open.clone());
    let Err(first) = first else {
        return ExitCode::SUCCESS;
    };
    tracing::warn!("OpenGL does not start: {first}");
    match open(Renderer::Wgpu, annotator, to_open) {
        Ok(()) => ExitCode::SUCCESS,
        Err(second) => {
            tracing::error!("the window cannot be opened: OpenGL: {first}; wgpu: {second}");
            tracing::error!(
                "a desktop (X11 or Wayland) and its OpenGL or Vulkan library are needed"
            );
            ExitCode::FAILURE
        }
    }
}

fn open(renderer: Renderer, annotator: Option<Annotator>, to_open: ToOpen) -> eframe::Result {
    let viewport = ViewportBuilder::default()
        .with_title(tr("window-title"))
        .with_app_id("hashiya")
        .with_inner_size([1280.0, 800.0])
        .with_min_inner_size([900.0, 600.0])
        .with_drag_and_drop(true);
    let options = NativeOptions {
        viewport,
        renderer,
        ..NativeOptions::default()
    };
    eframe::run_native(
        "hashiya",
        options,
        Box::new(|cc| {
            let ctx = cc.egui_ctx.clone();
            let bell = Bell::new(move || ctx.request_repaint());
            let session = Session::new(Places::of_user(), annotator, bell);
            let mut app = App::new(&cc.egui_ctx, session, true);
            app.open_at_start(&to_open);
            Ok(Box::new(app))
        }),
    )
}

impl App {
    /// Opens what the command line names, else the last project. It is read before the first frame,
    /// so that the article is on the screen with it.
    fn open_at_start(&mut self, to_open: &ToOpen) {
        let named = to_open.project.is_some() || !to_open.paths.is_empty();
        let session = &mut self.session;
        if named {
            session.open_paths(to_open.project.as_deref(), to_open.paths.clone());
        } else {
            session.open_last();
        }
    }
}
