//! The system's file dialogs. They block, so each runs on a thread of its own.

use std::{path::PathBuf, sync::mpsc, thread, time::Instant};

use eframe::egui::Context;
use rfd::FileDialog;

use crate::files;

use super::{Answer, Ask, Nothing, ask::Kind};

/// Opens the system's dialog. `None` where no thread can be had.
pub(super) fn open(
    ctx: &Context,
    ask: Ask,
    start: Option<PathBuf>,
) -> Option<mpsc::Receiver<Answer>> {
    let (sender, receiver) = mpsc::channel();
    let ctx = ctx.clone();
    let work = move || {
        let begun = Instant::now();
        let answer = match choose(&ask, start.as_deref()) {
            Some(paths) if !paths.is_empty() => Answer::Chosen(ask, paths),
            _ => Answer::Nothing(Nothing {
                ask,
                start,
                after: begun.elapsed(),
            }),
        };
        // Where the window is gone nobody waits for the answer.
        let _ = sender.send(answer);
        ctx.request_repaint();
    };
    thread::Builder::new()
        .name("file dialog".to_owned())
        .spawn(work)
        .ok()?;
    Some(receiver)
}

fn choose(ask: &Ask, start: Option<&std::path::Path>) -> Option<Vec<PathBuf>> {
    let mut dialog = FileDialog::new().set_title(ask.title());
    if !ask.endings().is_empty() {
        dialog = dialog.add_filter(ask.title(), ask.endings());
    }
    if let Some(start) = start {
        let folder = if files::is_folder(start) {
            Some(start)
        } else {
            start.parent()
        };
        if let Some(folder) = folder {
            dialog = dialog.set_directory(folder);
        }
        if let (Kind::Save, Some(name)) = (ask.kind(), start.file_name()) {
            dialog = dialog.set_file_name(name.to_string_lossy());
        }
    }
    match ask.kind() {
        Kind::File => dialog.pick_file().map(|path| vec![path]),
        Kind::Files => dialog.pick_files(),
        Kind::Folder => dialog.pick_folder().map(|path| vec![path]),
        Kind::Save => dialog.save_file().map(|path| vec![path]),
    }
}
