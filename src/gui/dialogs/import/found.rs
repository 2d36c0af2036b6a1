//! What was found in the files: which they are, how much there is, the first documents, what is
//! refused.

use std::path::Path;

use eframe::egui::{Frame, Margin, Ui, accesskit::Role};

use crate::{
    annotation::Annotator,
    gui::{
        controls,
        cx::Cx,
        panels::{parts, progress},
        strings::{Arg, tr, tr_args},
        text::BidiLabel,
    },
    interchange::Format,
    session::{Look, Preview, PreviewDocument, Problem, Progress},
};

use super::{
    super::{
        captioned::{captioned, chip},
        shell::part,
    },
    mapping::Rows,
};

/// So many files are named.
const FILES: usize = 3;

fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

/// The formats of the files that were met, without repetition.
fn formats(preview: &Preview) -> Vec<&'static Format> {
    let mut formats: Vec<&Format> = Vec::new();
    for format in preview.files.iter().filter_map(|file| file.format) {
        if !formats.contains(&format) {
            formats.push(format);
        }
    }
    formats
}

/// What the files were found to be.
pub(super) fn format_of(preview: &Preview) -> String {
    let titles: Vec<&str> = formats(preview).iter().map(|format| format.title).collect();
    if titles.is_empty() {
        return tr("import-unknown").to_owned();
    }
    let what = titles.join(", ");
    tr_args("import-detected", &[("format", Arg::Word(&what))])
}

/// The first files, or what was named as long as none is known.
pub(super) fn files(ui: &mut Ui, cx: &Cx<'_>, look: &Look) {
    captioned(ui, cx, tr("import-files"), |ui| {
        let known = &look.preview.files;
        let met = known.iter().map(|file| (&file.path, file.format));
        let named = look.paths.iter().filter(|_| known.is_empty());
        let named = named.map(|path| (path, None));
        let mixed = formats(&look.preview).len() > 1;
        for (path, format) in met.chain(named).take(FILES) {
            ui.horizontal(|ui| {
                let name = ui.add(BidiLabel::new(&name_of(path)));
                name.on_hover_text(path.to_string_lossy());
                if let Some(format) = format.filter(|_| mixed) {
                    parts::quiet(ui, format.title);
                }
            });
        }
        let all = look.preview.file_count.max(look.paths.len());
        if all > FILES {
            let more = tr_args("import-more-files", &[("n", (all - FILES).into())]);
            parts::quiet(ui, &more);
        }
    });
}

/// How many files wait until these are through: they were dropped on the dialog.
pub(in crate::gui::dialogs) fn waiting(ui: &mut Ui, cx: &Cx<'_>) {
    let n = cx.session.ahead().waiting();
    if n > 0 {
        parts::quiet(ui, &tr_args("import-waiting", &[("n", n.into())]));
    }
}

/// How much there is, and how far the reading is.
pub(super) fn amount(ui: &mut Ui, cx: &Cx<'_>, look: &Look) {
    part(ui, cx, tr("import-inside"));
    let preview = &look.preview;
    let args = [
        ("documents", preview.documents.into()),
        ("spans", preview.spans.into()),
    ];
    let words = tr_args("export-amount", &args);
    if preview.problem_count > 0 {
        let refused = tr_args("import-problems", &[("n", preview.problem_count.into())]);
        let below = tr_args("import-below", &[("what", Arg::Word(&refused))]);
        controls::warning(ui, &below);
    }
    if look.done {
        parts::sentence(ui, &words, cx.tokens.ink.strong);
        return;
    }
    let so_far = tr_args("import-so-far", &[("amount", Arg::Word(&words))]);
    parts::sentence(ui, &so_far, cx.tokens.ink.weak);
    let several = preview.file_count > 1;
    let fraction = cx.session.work().looking();
    let fraction = fraction.and_then(Progress::fraction).filter(|_| several);
    progress::line(ui, &so_far, fraction, ui.available_width());
    ui.ctx().request_repaint_after_secs(0.1);
}

/// The first documents, each with its labels and whose layers it has.
pub(super) fn documents(ui: &mut Ui, cx: &Cx<'_>, look: &Look, (rows, nobody): (&Rows, &str)) {
    let first = &look.preview.first;
    ui.scope(|ui| {
        ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
            node.set_role(Role::List);
            node.set_label(tr("import-first"));
        });
        for document in first {
            ui.add_space(cx.tokens.space.xs);
            Frame::new()
                .fill(cx.tokens.surface.panel)
                .corner_radius(cx.tokens.radius.control)
                .inner_margin(Margin::symmetric(
                    cx.tokens.space.m as i8,
                    cx.tokens.space.s as i8,
                ))
                .show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    card(ui, cx, document, (rows, nobody));
                });
        }
    });
    let more = look.preview.documents.saturating_sub(first.len());
    if more > 0 {
        ui.add_space(cx.tokens.space.xs);
        let words = tr_args("import-more-documents", &[("n", more.into())]);
        parts::quiet(ui, &words);
    }
}

fn card(ui: &mut Ui, cx: &Cx<'_>, document: &PreviewDocument, (rows, nobody): (&Rows, &str)) {
    ui.add(BidiLabel::new(&document.title).bold().fill());
    if document.line != document.title {
        let line = BidiLabel::new(&document.line)
            .size(cx.tokens.text.small)
            .color(cx.tokens.ink.weak);
        ui.add(line.fill());
    }
    let names: Vec<&str> = document
        .annotators
        .iter()
        .map(|name| {
            if *name == Annotator::imported() {
                nobody
            } else {
                name.as_str()
            }
        })
        .collect();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.y = cx.tokens.space.xs;
        if document.labels.is_empty() {
            parts::quiet(ui, tr("import-no-spans"));
        }
        for label in &document.labels {
            let color = label.color.or_else(|| rows.color_of(&label.name));
            chip(ui, cx, (&label.name, label.spans), color);
        }
        if document.more_labels > 0 {
            let more = tr_args("export-more", &[("n", document.more_labels.into())]);
            parts::quiet(ui, &more);
        }
        if !names.is_empty() {
            let names = names.join(", ");
            let by = tr_args("import-by", &[("names", (&names).into())]);
            parts::quiet(ui, &by);
        }
    });
}

/// What is refused, by line, with the reason.
pub(super) fn problems(ui: &mut Ui, cx: &Cx<'_>, look: &Look) {
    let preview = &look.preview;
    if preview.problem_count == 0 {
        return;
    }
    let title = tr_args("import-problems", &[("n", preview.problem_count.into())]);
    let listed = (&*preview.problems, preview.problem_count);
    problem_list(ui, cx, &title, listed);
}

/// What is refused, under a title: some of it, and how much it is.
pub(in crate::gui::dialogs) fn problem_list(
    ui: &mut Ui,
    cx: &Cx<'_>,
    title: &str,
    (problems, count): (&[Problem], usize),
) {
    part(ui, cx, title);
    for problem in problems {
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            controls::warning(ui, &problem.reason);
            parts::quiet(ui, &place_of(problem));
        });
        ui.add_space(cx.tokens.space.xs);
    }
    let more = count.saturating_sub(problems.len());
    if more > 0 {
        parts::quiet(ui, &tr_args("export-more", &[("n", more.into())]));
    }
}

fn place_of(problem: &Problem) -> String {
    let file = name_of(&problem.file);
    match problem.line {
        Some(line) => tr_args(
            "import-place",
            &[("file", (&file).into()), ("line", line.into())],
        ),
        None => file,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::session::PreviewFile;

    #[test]
    fn the_formats_that_were_found_are_named_once() {
        let mut preview = Preview::default();
        assert_eq!(format_of(&preview), tr("import-unknown"));
        for name in ["doccano", "doccano", "csv"] {
            preview.files.push(PreviewFile {
                path: "a".into(),
                format: Format::named(name),
            });
        }
        assert_eq!(
            format_of(&preview),
            "Found out: doccano JSONL, CSV or TSV of spans"
        );
    }

    #[test]
    fn a_problem_says_where_it_is() {
        let mut problem = Problem {
            file: "/a/خبر.jsonl".into(),
            line: Some(3),
            reason: String::new(),
        };
        assert_eq!(place_of(&problem), "\u{2068}خبر.jsonl\u{2069}, line 3");
        problem.line = None;
        assert_eq!(place_of(&problem), "خبر.jsonl");
    }
}
