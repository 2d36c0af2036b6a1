//! A path field, for systems without file dialogs, and the question whose layers to export.

use std::path::{Path, PathBuf};

use eframe::egui::{Context, Id, Key, Modal, Ui};

use crate::{
    annotation::Annotator,
    files,
    gui::{
        cx::Cx,
        panels::parts,
        strings::{tr, tr_args},
        text::{BidiField, BidiLabel},
    },
};

use super::{Ask, as_text, ask::Kind};

/// The width of the dialog in points.
const WIDTH: f32 = 520.0;

/// A dialog with a field for a path.
pub(super) struct PathField {
    ask: Ask,
    path: String,
    trouble: Option<String>,
    fresh: bool,
}

impl PathField {
    pub(super) fn new(ask: Ask, start: Option<&Path>) -> Self {
        let folder = || {
            let mut folder = start.map(as_text).unwrap_or_default();
            if !folder.is_empty() && !folder.ends_with(std::path::MAIN_SEPARATOR) {
                folder.push(std::path::MAIN_SEPARATOR);
            }
            folder
        };
        let path = match ask.kind() {
            Kind::Save => start.map(as_text).unwrap_or_default(),
            _ => folder(),
        };
        Self {
            ask,
            path,
            trouble: None,
            fresh: true,
        }
    }

    pub(super) fn into_ask(self) -> Ask {
        self.ask
    }

    /// Draws it. `Some(None)` where it was called off, `Some(Some(path))` where a path was given.
    pub(super) fn show(&mut self, ctx: &Context, cx: &Cx<'_>) -> Option<Option<PathBuf>> {
        let modal = Modal::new(Id::unique("path"))
            .frame(parts::raised(cx.tokens))
            .show(ctx, |ui| {
                ui.set_width(WIDTH);
                ui.label(bold(self.ask.title()));
                ui.add_space(cx.tokens.space.s);
                let answer = self.content(ui, cx);
                if self.fresh {
                    ui.memory_mut(|memory| memory.request_focus(field_id()));
                    self.fresh = false;
                }
                answer
            });
        if modal.should_close() && modal.inner.is_none() {
            return Some(None);
        }
        modal.inner
    }

    fn content(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Option<Option<PathBuf>> {
        let field = BidiField::new(&mut self.path, tr("pick-path"))
            .id(field_id())
            .show(ui);
        if field.response.changed() {
            self.trouble = None;
        }
        if let Some(trouble) = &self.trouble {
            ui.add(BidiLabel::new(trouble).color(cx.tokens.ink.danger).wrap());
        } else {
            ui.add(
                BidiLabel::new(tr("pick-hint"))
                    .color(cx.tokens.ink.weak)
                    .wrap(),
            );
        }
        ui.add_space(cx.tokens.space.s);
        let mut answer = None;
        ui.horizontal(|ui| {
            let go = ui.button(tr("pick-go")).clicked() || field.submitted;
            if ui.button(tr("pick-cancel")).clicked() || field.cancelled {
                answer = Some(None);
            } else if go {
                match check(&self.ask, &self.path) {
                    Ok(path) => answer = Some(Some(path)),
                    Err(trouble) => {
                        self.trouble = Some(trouble);
                        ui.memory_mut(|memory| memory.request_focus(field_id()));
                    }
                }
            }
        });
        answer
    }
}

fn field_id() -> Id {
    Id::unique("path field")
}

fn bold(words: &str) -> eframe::egui::RichText {
    eframe::egui::RichText::new(words).family(crate::gui::theme::bold_family())
}

/// The path that was typed, if it will do.
fn check(ask: &Ask, typed: &str) -> Result<PathBuf, String> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(tr("pick-empty").to_owned());
    }
    let path = PathBuf::from(typed);
    let named = |id| tr_args(id, &[("path", typed.into())]);
    let parent = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    match ask.kind() {
        Kind::Save if files::is_folder(&path) => Err(named("pick-is-folder")),
        Kind::Save if parent.is_some_and(|folder| !files::is_folder(folder)) => {
            Err(named("pick-no-folder"))
        }
        Kind::Save => Ok(path),
        Kind::Folder if !files::is_folder(&path) => Err(named("pick-not-folder")),
        Kind::File | Kind::Files if !files::exists(&path) => Err(named("pick-missing")),
        _ => Ok(path),
    }
}

/// Asks whose layers to export. `Some(None)` where it was called off.
pub(super) fn whose(ctx: &Context, cx: &Cx<'_>, names: &[Annotator]) -> Option<Option<Annotator>> {
    let modal = Modal::new(Id::unique("whose"))
        .frame(parts::raised(cx.tokens))
        .show(ctx, |ui| {
            ui.set_width(WIDTH / 2.0);
            ui.label(bold(tr("pick-whose")));
            ui.add_space(cx.tokens.space.s);
            let mut answer = None;
            for name in names {
                if ui.button(name.as_str()).clicked() {
                    answer = Some(Some(name.clone()));
                }
            }
            ui.add_space(cx.tokens.space.s);
            if ui.button(tr("pick-cancel")).clicked() || ui.input(|i| i.key_pressed(Key::Escape)) {
                answer = Some(None);
            }
            answer
        });
    if modal.should_close() && modal.inner.is_none() {
        return Some(None);
    }
    modal.inner
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_will_not_do_is_said_why() {
        let here = env!("CARGO_MANIFEST_DIR");
        assert!(check(&Ask::OpenFolder, here).is_ok());
        assert!(check(&Ask::OpenFiles, &format!("{here}/Cargo.toml")).is_ok());
        assert!(check(&Ask::OpenFiles, &format!("{here}/no such file")).is_err());
        assert!(check(&Ask::SaveDataset, here).is_err());
        assert!(check(&Ask::SaveDataset, &format!("{here}/no such folder/x.ron")).is_err());
        assert!(check(&Ask::SaveDataset, &format!("{here}/x.ron")).is_ok());
        assert!(check(&Ask::SaveDataset, " ").is_err());
    }
}
