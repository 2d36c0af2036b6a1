//! Who annotates: one of those who have a layer in the project, or somebody new.

use eframe::egui::{Context, Id, ScrollArea, Ui};

use super::{
    Outcome,
    shell::{Place, Shell, rows},
};
use crate::{
    annotation::Annotator,
    gui::{controls, cx::Cx, icons::Icon, panels::parts, strings::tr, text::BidiField},
    session::{Command, ProjectCommand, Session},
};

/// The width of the dialog in points.
const WIDTH: f32 = 360.0;

/// The most of the list that is seen without scrolling, in points.
const LIST: f32 = 240.0;

/// The question.
#[derive(Default)]
pub(super) struct AnnotatorDialog {
    /// Read once, when it opens: the store is asked for them.
    names: Option<Vec<Annotator>>,
    name: String,
    trouble: Option<String>,
}

/// Everybody who annotates here, by name, the present one among them; alone where names are hidden.
fn names(session: &Session) -> Vec<Annotator> {
    let mut names = Vec::new();
    if !crate::gui::names::are_hidden(session) {
        names = session.annotators();
    }
    names.push(session.annotator().clone());
    names.sort();
    names.dedup();
    names
}

impl AnnotatorDialog {
    pub(super) fn show(&mut self, ctx: &Context, cx: &Cx<'_>) -> Outcome {
        let shell = Shell {
            title: tr("annotator-title"),
            width: WIDTH,
            place: Place::Middle,
        };
        let fresh = self.names.is_none();
        let names = self.names.take().unwrap_or_else(|| names(cx.session));
        let shown = shell.show(ctx, cx, |ui| {
            parts::sentence(ui, tr("annotator-about"), cx.tokens.ink.weak);
            ui.add_space(cx.tokens.space.s);
            let known = list(ui, cx, &names);
            ui.add_space(cx.tokens.space.s);
            known.map(Answer::Use).or_else(|| self.other(ui, cx, fresh))
        });
        self.names = Some(names);
        match shown.inner {
            Some(Answer::Use(name)) if name == *cx.session.annotator() => Outcome::done(Vec::new()),
            Some(Answer::Use(name)) => Outcome::done(vec![
                Command::Project(ProjectCommand::SetAnnotator(name)).into(),
            ]),
            Some(Answer::Cancel) => Outcome::done(Vec::new()),
            None => Outcome {
                wanted: Vec::new(),
                closed: shown.called_off,
            },
        }
    }

    /// A field for a name that is not in the list.
    fn other(&mut self, ui: &mut Ui, cx: &Cx<'_>, fresh: bool) -> Option<Answer> {
        let id = Id::unique("annotator's name");
        let field = BidiField::new(&mut self.name, tr("annotator-field"))
            .id(id)
            .hint(tr("annotator-hint"))
            .show(ui);
        if fresh {
            field.response.request_focus();
        }
        if field.response.changed() {
            self.trouble = None;
        }
        if let Some(trouble) = &self.trouble {
            parts::sentence(ui, trouble, cx.tokens.ink.danger);
        }
        ui.add_space(cx.tokens.space.s);
        let (go, cancel) = ui
            .horizontal(|ui| {
                let usable = !self.name.trim().is_empty();
                let go = controls::main_button(ui, usable, tr("annotator-use")).clicked();
                (
                    go || field.submitted,
                    ui.button(tr("annotator-cancel")).clicked(),
                )
            })
            .inner;
        if cancel || field.cancelled {
            return Some(Answer::Cancel);
        }
        if !go {
            return None;
        }
        match Annotator::new(&self.name) {
            Ok(name) => Some(Answer::Use(name)),
            Err(error) => {
                self.trouble = Some(error.to_string());
                field.response.request_focus();
                None
            }
        }
    }
}

/// What the person decided.
enum Answer {
    Use(Annotator),
    Cancel,
}

fn list(ui: &mut Ui, cx: &Cx<'_>, names: &[Annotator]) -> Option<Annotator> {
    let mut chosen = None;
    let area = ScrollArea::vertical()
        .max_height(LIST)
        .auto_shrink([false, true]);
    let mut row = |ui: &mut Ui, name: &Annotator| {
        let now = name == cx.session.annotator();
        let note = now.then(|| tr("annotator-now").to_owned());
        let on = now.then_some(true);
        if parts::menu_row(ui, Some(Icon::User), name.as_str(), note, on).clicked() {
            chosen = Some(name.clone());
        }
    };
    area.show(ui, |ui| {
        rows(ui, |ui| names.iter().for_each(|name| row(ui, name)));
    });
    chosen
}
