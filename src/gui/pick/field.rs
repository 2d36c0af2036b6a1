//! A path field, for systems without file dialogs.

use std::path::{Path, PathBuf};

use eframe::egui::{Context, Id, Modal, Ui};

use crate::{
    files,
    gui::{
        cx::Cx,
        panels::parts,
        strings::{tr, tr_args},
        text::{BidiField, BidiLabel},
    },
};

use super::{Ask, as_text, ask::Kind};

/// What a dialog came to.
pub(super) enum Answer {
    /// This was given.
    Given(PathBuf),
    /// It was called off.
    Cancelled,
}

/// The width of the dialog in points.
const WIDTH: f32 = 520.0;

/// A dialog with a field for a path.
pub(super) struct PathField {
    ask: Ask,
    path: String,
    trouble: Option<String>,
    /// The file that would be replaced: this was said, and pressing again does it.
    replaces: Option<PathBuf>,
    fresh: bool,
}

/// What there is to say of a path.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Fine(PathBuf),
    /// A file is there that would be replaced.
    Exists(PathBuf),
    Wrong(String),
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
            replaces: None,
            fresh: true,
        }
    }

    /// A field that begins with a path that will not do, and why.
    pub(super) fn with(ask: Ask, path: &Path, trouble: String) -> Self {
        Self {
            path: as_text(path),
            trouble: Some(trouble),
            ..Self::new(ask, None)
        }
    }

    pub(super) fn into_ask(self) -> Ask {
        self.ask
    }

    /// Draws it. `None` while it is open.
    pub(super) fn show(&mut self, ctx: &Context, cx: &Cx<'_>) -> Option<Answer> {
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
            return Some(Answer::Cancelled);
        }
        modal.inner
    }

    fn content(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Option<Answer> {
        let field = BidiField::new(&mut self.path, tr("pick-path"))
            .id(field_id())
            .show(ui);
        if field.response.changed() {
            self.trouble = None;
            self.replaces = None;
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
            let go = if self.replaces.is_some() {
                tr("pick-replace")
            } else {
                tr("pick-go")
            };
            let go = ui.button(go).clicked() || field.submitted;
            if ui.button(tr("pick-cancel")).clicked() || field.cancelled {
                answer = Some(Answer::Cancelled);
            } else if go {
                answer = self.judge().map(Answer::Given);
                if answer.is_none() {
                    ui.memory_mut(|memory| memory.request_focus(field_id()));
                }
            }
        });
        answer
    }

    /// The path, if it will do; else says why not.
    fn judge(&mut self) -> Option<PathBuf> {
        let (replaces, trouble) = match check(&self.ask, &self.path) {
            Verdict::Fine(path) => return Some(path),
            Verdict::Exists(path) if self.replaces.as_ref() == Some(&path) => return Some(path),
            Verdict::Exists(path) => {
                let words = tr_args("pick-exists", &[("path", (&as_text(&path)).into())]);
                (Some(path), words)
            }
            Verdict::Wrong(words) => (None, words),
        };
        self.replaces = replaces;
        self.trouble = Some(trouble);
        None
    }
}

fn field_id() -> Id {
    Id::unique("path field")
}

fn bold(words: &str) -> eframe::egui::RichText {
    eframe::egui::RichText::new(words).family(crate::gui::theme::bold_family())
}

/// What there is to say of the path that was typed.
fn check(ask: &Ask, typed: &str) -> Verdict {
    let typed = typed.trim();
    if typed.is_empty() {
        return Verdict::Wrong(tr("pick-empty").to_owned());
    }
    let path = ask.with_ending(PathBuf::from(typed));
    let wrong = |id| Verdict::Wrong(tr_args(id, &[("path", typed.into())]));
    let parent = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    if let Some(words) = ask.refused(&path) {
        return Verdict::Wrong(words);
    }
    match ask.kind() {
        Kind::Save
            if ask.wants_file()
                && (files::is_folder(Path::new(typed)) || files::is_folder(&path)) =>
        {
            wrong("pick-is-folder")
        }
        Kind::Save if parent.is_some_and(|folder| !files::is_folder(folder)) => {
            wrong("pick-no-folder")
        }
        Kind::Save if ask.wants_file() && files::exists(&path) => Verdict::Exists(path),
        Kind::Folder if !files::is_folder(&path) => wrong("pick-not-folder"),
        Kind::File | Kind::Files if !files::exists(&path) => wrong("pick-missing"),
        _ => Verdict::Fine(path),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use egui_kittest::{Harness, kittest::Queryable};

    use super::*;
    use crate::gui::{panels::testing::Bench, text, theme};

    /// The dialog over a bare window, and what it came to.
    struct Shown {
        bench: Bench,
        field: PathField,
        given: Option<PathBuf>,
    }

    fn shown(ask: Ask, path: &Path) -> Harness<'static, Shown> {
        let field = PathField::with(ask, path, String::new());
        let shown = Shown {
            bench: Bench::bare(),
            field,
            given: None,
        };
        let mut harness = Harness::builder()
            .with_size([800.0, 400.0])
            .with_context_setup(|ctx| {
                theme::install(ctx);
                text::install(ctx);
            })
            .build_ui_state(
                |ui: &mut Ui, shown: &mut Shown| {
                    let cx = Cx {
                        session: &shown.bench.session,
                        picked: None,
                        tokens: theme::tokens(ui.ctx()),
                    };
                    if let Some(Answer::Given(path)) = shown.field.show(ui.ctx(), &cx) {
                        shown.given = Some(path);
                    }
                },
                shown,
            );
        harness.run_steps(3);
        harness
    }

    fn press(harness: &mut Harness<'static, Shown>, button: &str) {
        harness.get_by_label(button).click();
        harness.run_steps(3);
    }

    #[test]
    fn a_file_that_is_there_is_replaced_at_the_second_press_alone() {
        let folder = tempfile::tempdir().unwrap();
        let there = folder.path().join("there.ron");
        std::fs::write(&there, "()").unwrap();
        // The ending that will be added counts.
        let mut harness = shown(Ask::SaveDataset, &folder.path().join("there"));
        press(&mut harness, tr("pick-go"));
        assert_eq!(harness.state().given, None);
        press(&mut harness, tr("pick-replace"));
        assert_eq!(harness.state().given, Some(there));
    }

    #[test]
    fn another_path_is_asked_about_anew() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.ron", "b.ron"] {
            std::fs::write(folder.path().join(name), "()").unwrap();
        }
        let mut harness = shown(Ask::SaveDataset, &folder.path().join("a.ron"));
        press(&mut harness, tr("pick-go"));
        harness.state_mut().field.path = as_text(&folder.path().join("b.ron"));
        press(&mut harness, tr("pick-replace"));
        assert_eq!(harness.state().given, None, "nobody asked about b");
        press(&mut harness, tr("pick-replace"));
        assert_eq!(harness.state().given, Some(folder.path().join("b.ron")));
    }

    #[test]
    fn a_new_project_needs_a_new_name() {
        let folder = tempfile::tempdir().unwrap();
        let there = folder.path().join("there.hashiya");
        std::fs::write(&there, "").unwrap();
        let mut harness = shown(Ask::NewProject, &there);
        for _ in 0..2 {
            press(&mut harness, tr("pick-go"));
            assert_eq!(harness.state().given, None);
        }
        harness.state_mut().field.path = as_text(&folder.path().join("new"));
        press(&mut harness, tr("pick-go"));
        let new = folder.path().join("new.hashiya");
        assert_eq!(harness.state().given, Some(new));
    }

    #[test]
    fn a_path_that_will_not_do_is_said_why() {
        let here = env!("CARGO_MANIFEST_DIR");
        let fine = |ask: &Ask, path: &str| matches!(check(ask, path), Verdict::Fine(_));
        let wrong = |ask: &Ask, path: &str| matches!(check(ask, path), Verdict::Wrong(_));
        assert!(fine(&Ask::OpenFolder, here));
        assert!(fine(&Ask::OpenFiles, &format!("{here}/Cargo.toml")));
        assert!(wrong(&Ask::OpenFiles, &format!("{here}/no such file")));
        assert!(wrong(&Ask::SaveDataset, here));
        assert!(wrong(
            &Ask::SaveDataset,
            &format!("{here}/no such folder/x.ron")
        ));
        assert!(fine(&Ask::SaveDataset, &format!("{here}/x.ron")));
        assert!(wrong(&Ask::SaveDataset, " "));
    }
}
