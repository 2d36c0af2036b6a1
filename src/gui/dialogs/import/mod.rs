//! What is in files before they come in: how they are read, the first documents, what their names come
//! to mean, what is refused.

mod found;
mod mapping;
mod table;

use std::path::{Path, PathBuf};

use eframe::egui::{Checkbox, Context, Ui};

use crate::{
    annotation::{Annotator, LabelSet},
    gui::{
        controls::{self, Field, main_button, plain_button},
        cx::Cx,
        intent::Intent,
        strings::tr,
    },
    interchange::{Format, LabelMap},
    session::{
        Command, ImportChoices, JobKind, Look, LookOptions, TransferCommand, read_label_map,
        write_label_map,
    },
    text::TextEncoding,
};

use super::{
    captioned::{Item, captioned, combo, enter, offered, scrolled},
    problems::ENCODINGS,
    shell::{Place, Shell},
};
pub(super) use found::{problem_list, waiting};
use mapping::Rows;

/// The width of the dialog, in points.
const WIDTH: f32 = 680.0;
/// The width of a list that opens, in points.
const LIST: f32 = 320.0;

/// The dialog.
#[derive(Debug, Default)]
pub(crate) struct ImportDialog {
    open: Option<Open>,
}

/// What is chosen, while it is open.
#[derive(Debug)]
struct Open {
    paths: Vec<PathBuf>,
    read: LookOptions,
    /// Whose the layers are that name nobody.
    annotator: String,
    map: LabelMap,
    atomic: bool,
    /// The labels that names may mean.
    labels: LabelSet,
    /// The table of names, and what it was made of.
    rows: Rows,
    rows_of: Option<(u64, LabelMap)>,
    /// What became of the file of a mapping.
    told: Option<Result<String, String>>,
    /// The main button is to have the keyboard.
    focus: bool,
}

/// What a frame comes to.
enum Step {
    Bring,
    Close,
}

impl ImportDialog {
    /// Opens it on what the session looks into.
    pub(crate) fn open(&mut self, cx: &Cx<'_>) {
        let look = cx.session.ahead().look();
        self.open = look.map(|look| Open::new(look, cx));
    }

    /// Whether it is open.
    pub(crate) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// A file of a mapping was chosen, to be read.
    pub(crate) fn load_map(&mut self, path: &Path) {
        if let Some(open) = &mut self.open {
            open.told = Some(read_label_map(path).map(|map| {
                open.map = map;
                tr("import-map-loaded").to_owned()
            }));
        }
    }

    /// A file of a mapping was chosen, to be written.
    pub(crate) fn save_map(&mut self, path: &Path) {
        if let Some(open) = &mut self.open {
            let written = write_label_map(&open.map, path);
            open.told = Some(written.map(|()| tr("import-map-saved").to_owned()));
        }
    }

    /// Shows it, if it is open.
    #[must_use]
    pub(crate) fn show(&mut self, ctx: &Context, cx: &Cx<'_>) -> Vec<Intent> {
        let mut wanted = Vec::new();
        let Some(open) = &mut self.open else {
            return wanted;
        };
        let Some(look) = cx.session.ahead().look() else {
            self.open = None;
            return wanted;
        };
        // Something else was dropped on the window.
        if open.paths != look.paths {
            *open = Open::new(look, cx);
        }
        let shell = Shell {
            title: tr("import-title"),
            width: WIDTH,
            place: Place::Firm,
        };
        let read = open.read.clone();
        let shown = shell.show(ctx, cx, |ui| open.content(ui, cx, look, &mut wanted));
        let transfer = |command| Intent::Session(Command::Transfer(command));
        if open.read != read {
            let look = TransferCommand::Look(open.paths.clone(), open.read.clone());
            wanted.push(transfer(look));
        }
        let step = if shown.called_off {
            Some(Step::Close)
        } else {
            shown.inner
        };
        match step {
            Some(Step::Bring) => {
                wanted.extend(open.choices().map(|choices| {
                    let paths = open.paths.clone();
                    transfer(TransferCommand::Import(paths, Box::new(choices)))
                }));
            }
            Some(Step::Close) => wanted.push(transfer(TransferCommand::EndLook)),
            None => return wanted,
        }
        self.open = None;
        wanted.push(Intent::FocusArticle);
        wanted
    }
}

impl Open {
    fn new(look: &Look, cx: &Cx<'_>) -> Self {
        Self {
            paths: look.paths.clone(),
            read: look.options.clone(),
            annotator: cx.session.nobodys().to_string(),
            map: LabelMap::default(),
            atomic: false,
            labels: cx.session.labels_to_meet(),
            rows: Rows::default(),
            rows_of: None,
            told: None,
            focus: true,
        }
    }

    /// What is chosen; `None` where a name cannot be an annotator's.
    fn choices(&self) -> Option<ImportChoices> {
        Some(ImportChoices {
            read: self.read.clone(),
            annotator: Annotator::new(&self.annotator).ok()?,
            map: self.map.clone(),
            atomic: self.atomic,
        })
    }

    /// Makes the table anew where something has changed.
    fn follow(&mut self, look: &Look) {
        let fresh = self
            .rows_of
            .as_ref()
            .is_some_and(|(revision, map)| *revision == look.revision && *map == self.map);
        if !fresh {
            self.rows = Rows::of(&look.preview, &self.labels, &self.map);
            self.rows_of = Some((look.revision, self.map.clone()));
        }
    }

    fn content(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        look: &Look,
        wanted: &mut Vec<Intent>,
    ) -> Option<Step> {
        self.follow(look);
        let mut submitted = false;
        scrolled(ui, cx, ("import", 1.0), |ui| {
            found::files(ui, cx, look);
            waiting(ui, cx);
            self.format(ui, cx, look);
            self.encoding(ui, cx, look);
            submitted = self.annotator(ui, cx);
            found::amount(ui, cx, look);
            found::documents(ui, cx, look, (&self.rows, &self.annotator));
            if table::show(
                ui,
                cx,
                look,
                (&self.rows, &self.labels, &mut self.map),
                wanted,
            ) {
                self.told = None;
            }
            match &self.told {
                Some(Ok(words)) => {
                    controls::hint(ui, words);
                }
                Some(Err(why)) => controls::warning(ui, why),
                None => {}
            }
            found::problems(ui, cx, look);
        });
        self.buttons(ui, cx, look, submitted)
    }

    fn format(&mut self, ui: &mut Ui, cx: &Cx<'_>, look: &Look) {
        let readable = offered(|format| format.read.is_some());
        let found = found::format_of(&look.preview);
        captioned(ui, cx, tr("import-format"), |ui| {
            let first = Item {
                words: &found,
                about: "",
                chosen: self.read.format.is_none(),
            };
            let items = readable.iter().map(|format| Item {
                words: format.title,
                about: "",
                chosen: self.read.format == Some(*format),
            });
            let items: Vec<Item<'_>> = std::iter::once(first).chain(items).collect();
            if let Some(place) = combo(ui, cx, (tr("import-format"), LIST), &items) {
                let at = place.checked_sub(1);
                self.read.format = at.and_then(|at| readable.get(at).copied());
            }
        });
    }

    /// Only texts have an encoding to choose.
    fn encoding(&mut self, ui: &mut Ui, cx: &Cx<'_>, look: &Look) {
        let is_text = |format: &Format| format.unit.is_none();
        let mut files = look.preview.files.iter().filter_map(|file| file.format);
        if self.read.encoding.is_none() && !files.any(is_text) {
            return;
        }
        captioned(ui, cx, tr("import-encoding"), |ui| {
            let all: Vec<Option<TextEncoding>> =
                std::iter::once(None).chain(ENCODINGS.map(Some)).collect();
            let items: Vec<Item<'_>> = all
                .iter()
                .map(|encoding| Item {
                    words: encoding
                        .as_ref()
                        .map_or(tr("import-guess"), TextEncoding::name),
                    about: "",
                    chosen: *encoding == self.read.encoding,
                })
                .collect();
            if let Some(place) = combo(ui, cx, (tr("import-encoding"), LIST), &items) {
                self.read.encoding = all.get(place).copied().flatten();
            }
        });
    }

    /// Whose the layers are that name nobody. Whether Enter was pressed in the field.
    fn annotator(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> bool {
        captioned(ui, cx, tr("import-annotator"), |ui| {
            let width = LIST.min(ui.available_width());
            let field = Field::new(tr("import-annotator")).width(width);
            let submitted = controls::field(ui, &mut self.annotator, field).submitted;
            match Annotator::new(&self.annotator) {
                Ok(_) => {
                    controls::hint(ui, tr("import-annotator-hint"));
                }
                Err(error) => controls::warning(ui, &error.to_string()),
            }
            submitted
        })
    }

    fn buttons(&mut self, ui: &mut Ui, cx: &Cx<'_>, look: &Look, submitted: bool) -> Option<Step> {
        let busy = cx.session.work().unfinished() == Some(JobKind::Import);
        let empty = look.done && look.preview.documents == 0;
        let usable = !busy && !empty && self.choices().is_some();
        ui.add_space(cx.tokens.space.s);
        ui.horizontal_wrapped(|ui| {
            let go = main_button(ui, usable, tr("import-go"));
            if std::mem::take(&mut self.focus) {
                go.request_focus();
            }
            if plain_button(ui, tr("dialog-cancel")).clicked() {
                return Some(Step::Close);
            }
            let all = Checkbox::new(&mut self.atomic, tr("import-atomic"));
            ui.add(all).on_hover_text(tr("import-atomic-hint"));
            if busy {
                controls::hint(ui, tr("told-busy-import"));
            }
            let go = go.clicked() || enter(ui, submitted);
            (go && usable).then_some(Step::Bring)
        })
        .inner
    }
}
