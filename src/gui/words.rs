//! What was done and what happened, in words. Menus and tooltips name a step («Undo: tag PERSON
//! «…»»), toasts tell it.

pub(crate) mod merging;

use std::path::Path;

use crate::{
    annotation::Status,
    edit::{Action, Description},
    interchange::LossEntry,
    session::{Imported, JobKind, Notice},
};

use super::{
    commands::{CommandId, ReviewCommand},
    strings::{Arg, tr, tr_args},
};

/// What gave a status, as something that has just been done.
fn marked_as(status: Status) -> &'static str {
    match status {
        Status::New => tr("told-status-new"),
        Status::InProgress => tr("told-status-in-progress"),
        Status::Done => tr("told-status-done"),
    }
}

/// A notice in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    /// What happened.
    pub(crate) what: String,
    /// What can be done about it, or what is worth knowing.
    pub(crate) hint: Option<String>,
}

impl Told {
    fn plain(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            hint: None,
        }
    }

    fn hinted(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            hint: Some(hint.into()),
        }
    }
}

/// A step in words, as what one would do: `tag PERSON «…»`.
pub(crate) fn describe(step: &Description) -> String {
    let count = step.count;
    let name = step.name.as_deref();
    let quote = step.quote.as_deref();
    match (step.action, name, quote) {
        (Action::Tag, Some(name), Some(quote)) => tr_args(
            "step-tag",
            &[("label", name.into()), ("quote", quote.into())],
        ),
        (Action::Tag, Some(name), None) => tr_args(
            "step-tag-many",
            &[("n", count.into()), ("label", name.into())],
        ),
        (Action::Tag, None, _) => tr_args("step-tag-some", &[("n", count.into())]),
        (Action::Remove, Some(name), Some(quote)) => tr_args(
            "step-remove",
            &[("label", name.into()), ("quote", quote.into())],
        ),
        (Action::Remove, ..) => tr_args("step-remove-many", &[("n", count.into())]),
        (Action::Relabel, Some(name), Some(quote)) => tr_args(
            "step-relabel",
            &[("quote", quote.into()), ("label", name.into())],
        ),
        (Action::Relabel, ..) => tr("step-relabel-gone").to_owned(),
        (Action::Reshape, Some(name), Some(quote)) => tr_args(
            "step-reshape",
            &[("label", name.into()), ("quote", quote.into())],
        ),
        (Action::Reshape, ..) => tr("step-reshape-gone").to_owned(),
        (Action::Attribute, Some(name), Some(quote)) => tr_args(
            "step-attribute",
            &[("name", name.into()), ("quote", quote.into())],
        ),
        (Action::Attribute, ..) => tr("step-attribute-gone").to_owned(),
        (Action::Note, _, Some(quote)) => tr_args("step-note", &[("quote", quote.into())]),
        (Action::Note, ..) => tr("step-note-gone").to_owned(),
        (Action::Relate, Some(kind), _) => tr_args("step-relate", &[("kind", kind.into())]),
        (Action::Relate, None, _) => tr("step-relate-unknown").to_owned(),
        (Action::Unrelate, ..) => tr("step-unrelate").to_owned(),
        (Action::Status(status), ..) => mark_as(status).to_owned(),
        (Action::Several, ..) => tr_args("step-several", &[("n", count.into())]),
        (Action::Labels, Some(name), _) => tr_args("step-label", &[("label", name.into())]),
        (Action::Merge, ..) => merged("step-merge", step),
        (Action::Labels, None, _) => tr("step-labels").to_owned(),
        (Action::Document, Some(title), _) => {
            tr_args("step-document-title", &[("title", title.into())])
        }
        (Action::Document, None, _) => tr("step-document").to_owned(),
        (Action::Decide, _, Some(quote)) if count > 1 => tr_args(
            "step-decide-many",
            &[("n", count.into()), ("quote", quote.into())],
        ),
        (Action::Decide, _, Some(quote)) => tr_args("step-decide", &[("quote", quote.into())]),
        (Action::Decide, ..) => tr("step-decide-relation").to_owned(),
        (Action::Comment, _, Some(quote)) => tr_args("step-comment", &[("quote", quote.into())]),
        (Action::Comment, ..) => tr("step-comment-other").to_owned(),
    }
}

/// A file that was written and reads back otherwise.
fn differs(path: &Path, documents: usize, first: Option<&str>) -> Told {
    let file = file_name(path);
    let what = tr_args(
        "told-differs",
        &[("file", Arg::Text(&file)), ("n", documents.into())],
    );
    match first {
        Some(first) => Told::hinted(what, first),
        None => Told::plain(what),
    }
}

/// What became of two labels that were merged.
fn merged(key: &'static str, step: &Description) -> String {
    let label = step.name.as_deref().unwrap_or_default();
    let into = step.quote.as_deref().unwrap_or_default();
    tr_args(key, &[("label", label.into()), ("into", into.into())])
}

/// A step as something that has just been done: `Removed PERSON «…»`.
pub(crate) fn done(step: &Description) -> String {
    match (step.action, step.name.as_deref(), step.quote.as_deref()) {
        (Action::Remove, Some(name), Some(quote)) => tr_args(
            "done-remove",
            &[("label", name.into()), ("quote", quote.into())],
        ),
        (Action::Remove, ..) => tr_args("done-remove-many", &[("n", step.count.into())]),
        (Action::Status(status), ..) => marked_as(status).to_owned(),
        (Action::Labels, Some(name), _) => tr_args("done-label", &[("label", name.into())]),
        (Action::Merge, ..) => merged("done-merge", step),
        (Action::Labels, None, _) => tr("done-labels").to_owned(),
        (Action::Tag, Some(name), None) => tr_args(
            "done-tag-many",
            &[("n", step.count.into()), ("label", name.into())],
        ),
        _ => tr_args("done-step", &[("step", Arg::Word(&describe(step)))]),
    }
}

/// The name of an undo and of what it takes back: `Undo: tag PERSON «…»`.
pub(crate) fn undo(step: Option<&Description>) -> String {
    match step {
        Some(step) => tr_args("undo-step", &[("step", Arg::Word(&describe(step)))]),
        None => tr("undo-nothing").to_owned(),
    }
}

/// The name of a redo and of what it does again.
pub(crate) fn redo(step: Option<&Description>) -> String {
    match step {
        Some(step) => tr_args("redo-step", &[("step", Arg::Word(&describe(step)))]),
        None => tr("redo-nothing").to_owned(),
    }
}

/// The name of a status.
pub(crate) fn status(status: Status) -> &'static str {
    match status {
        Status::New => tr("status-new"),
        Status::InProgress => tr("status-in-progress"),
        Status::Done => tr("status-done"),
    }
}

/// What gives a status, as a command.
pub(crate) fn mark_as(status: Status) -> &'static str {
    match status {
        Status::New => tr("step-mark-new"),
        Status::InProgress => tr("step-mark-in-progress"),
        Status::Done => tr("step-mark-done"),
    }
}

/// A notice in words.
pub(crate) fn notice(notice: &Notice) -> Told {
    match notice {
        Notice::Failed { what, hint } => Told {
            what: what.clone(),
            hint: hint.clone(),
        },
        Notice::NotSaved { what, hint } => {
            let kept = tr("told-not-saved-hint");
            Told::hinted(
                tr_args("told-not-saved", &[("what", Arg::Word(what))]),
                match hint {
                    Some(hint) => format!("{hint} {kept}"),
                    None => kept.to_owned(),
                },
            )
        }
        Notice::ReadOnly(why) => Told::hinted(tr("told-read-only"), why),
        Notice::AlreadyTagged => Told::plain(tr("told-already-tagged")),
        Notice::NothingSelected => Told::hinted(
            tr("told-nothing-selected"),
            tr("told-nothing-selected-hint"),
        ),
        Notice::NothingChosen => {
            Told::hinted(tr("told-nothing-chosen"), tr("told-nothing-chosen-hint"))
        }
        Notice::NothingTo { redo: false } => Told::plain(tr("told-nothing-to-undo")),
        Notice::NothingTo { redo: true } => Told::plain(tr("told-nothing-to-redo")),
        Notice::Did(step) => Told::plain(done(step)),
        Notice::Undid(step) => Told::plain(tr_args(
            "told-undid",
            &[("step", Arg::Word(&describe(step)))],
        )),
        Notice::Redid(step) => Told::plain(tr_args(
            "told-redid",
            &[("step", Arg::Word(&describe(step)))],
        )),
        Notice::StatusSet(status) => Told::plain(marked_as(*status)),
        Notice::AllDone => Told::hinted(tr("told-all-done"), tr("told-all-done-hint")),
        Notice::Imported(imported) => self::imported(imported),
        Notice::Merged(merged) => merging::merged(merged),
        Notice::Written { path, losses } => written(path, losses.len()),
        other => self::other(other),
    }
}

/// What is to be done on an article on which nothing is left to decide.
fn all_decided_hint() -> String {
    let keys = CommandId::Review(ReviewCommand::Finish).row().keys();
    tr_args(
        "told-all-decided-hint",
        &[("keys", Arg::Word(&keys.unwrap_or_default()))],
    )
}

/// What is told while somebody reviews; nothing of other notices.
fn review(notice: &Notice) -> Option<Told> {
    Some(match notice {
        Notice::AllDecided => Told::hinted(tr("review-all-decided"), all_decided_hint()),
        Notice::NoCase => Told::hinted(tr("told-no-case"), tr("told-no-case-hint")),
        Notice::NothingTicked => {
            Told::hinted(tr("told-nothing-ticked"), tr("told-nothing-ticked-hint"))
        }
        Notice::Agreed(taken) => Told::plain(tr_args(
            "told-agreed-taken",
            &[
                ("spans", taken.spans.into()),
                ("documents", taken.documents.into()),
            ],
        )),
        Notice::NothingAgreed => Told::plain(tr("told-nothing-agreed")),
        Notice::StillOpen(open) => Told::hinted(
            tr_args("told-still-open", &[("n", (*open).into())]),
            tr("told-still-open-hint"),
        ),
        Notice::HiddenCases(open) => Told::hinted(
            tr_args("told-hidden-cases", &[("n", (*open).into())]),
            tr("told-hidden-cases-hint"),
        ),
        Notice::NothingToDecide => Told::hinted(
            tr("told-nothing-to-decide"),
            tr("told-nothing-to-decide-hint"),
        ),
        Notice::NoFeedback => Told::plain(tr("told-no-feedback")),
        _ => return None,
    })
}

/// The rarer notices in words.
fn other(notice: &Notice) -> Told {
    if let Some(told) = review(notice) {
        return told;
    }
    match notice {
        Notice::Removed(removed) => Told::plain(tr_args(
            "told-removed",
            &[("title", removed.title.as_str().into())],
        )),
        Notice::Guest(name) => Told::hinted(
            tr_args("told-guest", &[("name", name.as_str().into())]),
            tr("told-guest-hint"),
        ),
        Notice::LabelKept(label) => Told::hinted(
            tr_args("told-label-kept", &[("label", label.as_str().into())]),
            tr("told-label-kept-hint"),
        ),
        Notice::NotWritten { path, unsaved } => Told::hinted(
            tr_args("told-not-written", &[("file", Arg::Text(&file_name(path)))]),
            tr_args("told-not-written-hint", &[("n", (*unsaved).into())]),
        ),
        Notice::Differs {
            path,
            documents,
            first,
        } => differs(path, *documents, first.as_deref()),
        Notice::Busy(JobKind::Write) => Told::hinted(tr("told-busy-write"), tr("told-busy-hint")),
        Notice::Busy(JobKind::Merge) => Told::hinted(tr("told-busy-merge"), tr("told-busy-hint")),
        Notice::MergedSelf => Told::hinted(tr("told-merge-self"), tr("told-merge-self-hint")),
        Notice::Busy(_) => Told::hinted(tr("told-busy-import"), tr("told-busy-hint")),
        Notice::Gone(path) => Told::hinted(
            tr_args("told-gone", &[("file", Arg::Text(&file_name(path)))]),
            tr_args(
                "told-gone-hint",
                &[("path", Arg::Text(&path.to_string_lossy()))],
            ),
        ),
        Notice::OneProject(paths) => {
            let names: Vec<_> = paths.iter().map(|path| file_name(path)).collect();
            Told::hinted(
                tr("told-one-project"),
                tr_args(
                    "told-one-project-hint",
                    &[("files", Arg::Text(&names.join(", ")))],
                ),
            )
        }
        Notice::Settings { what, kept } => {
            let kept = kept.as_deref().map(Path::to_string_lossy);
            let hint =
                kept.map(|kept| tr_args("told-settings-kept", &[("file", Arg::Text(&kept))]));
            Told {
                what: tr("told-settings").to_owned(),
                hint: Some(
                    [Some(what.clone()), hint]
                        .into_iter()
                        .flatten()
                        .collect::<Vec<_>>()
                        .join("\n"),
                ),
            }
        }
        // All others have words above.
        _ => Told::plain(String::new()),
    }
}

/// Everything a notice has to say that its one line does not: one sentence a line.
pub(crate) fn details(notice: &Notice) -> Vec<String> {
    match notice {
        Notice::Imported(imported) => imported
            .problems
            .iter()
            .chain(&imported.notes)
            .map(ToString::to_string)
            .collect(),
        Notice::Merged(merged) => merging::details(merged),
        Notice::Written { losses, .. } => losses.iter().flat_map(loss).collect(),
        _ => Vec::new(),
    }
}

/// What a file does not carry: how many of which kind, and under it the first few.
fn loss(entry: &LossEntry) -> Vec<String> {
    let kind = Arg::Word(entry.kind.text(entry.count));
    let count = tr_args("told-loss", &[("n", entry.count.into()), ("kind", kind)]);
    let examples = entry.examples.iter().map(|example| match &example.span {
        Some(span) => tr_args(
            "told-loss-span",
            &[("title", (&example.document).into()), ("span", span.into())],
        ),
        None => tr_args(
            "told-loss-document",
            &[("title", (&example.document).into())],
        ),
    });
    std::iter::once(count).chain(examples).collect()
}

fn imported(imported: &Imported) -> Told {
    let Imported {
        new,
        known,
        problems,
        notes,
        cancelled,
        ..
    } = imported;
    let came_in = || tr_args("told-imported", &[("n", (*new).into())]);
    let what = if let [only] = &problems[..] {
        tr_args(
            "told-refused-one",
            &[("file", Arg::Text(&file_name(&only.file)))],
        )
    } else if !problems.is_empty() {
        let all = new + known + problems.len();
        tr_args(
            "told-refused",
            &[("n", problems.len().into()), ("all", all.into())],
        )
    } else if *cancelled {
        tr_args("told-import-stopped", &[("n", (*new).into())])
    } else if *new == 0 && *known > 0 {
        tr_args("told-import-known", &[("n", (*known).into())])
    } else if *new == 0 {
        tr("told-import-nothing").to_owned()
    } else {
        came_in()
    };
    let hint = if let [only] = &problems[..] {
        let came_in = (*new > 0).then(came_in);
        Some(
            [Some(only.reason.clone()), came_in]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join("\n"),
        )
    } else if !problems.is_empty() && *new > 0 {
        Some(came_in())
    } else if *new > 0 && *known > 0 {
        Some(tr_args("told-import-known", &[("n", (*known).into())]))
    } else if problems.is_empty() && !notes.is_empty() {
        Some(tr_args("told-import-notes", &[("n", notes.len().into())]))
    } else {
        None
    };
    Told { what, hint }
}

fn file_name(path: &Path) -> std::borrow::Cow<'_, str> {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
}

fn written(path: &Path, losses: usize) -> Told {
    let name = file_name(path);
    let what = tr_args("told-written", &[("file", Arg::Text(&name))]);
    match losses {
        0 => Told::hinted(
            what,
            path.parent()
                .map_or_else(String::new, |folder| folder.display().to_string()),
        ),
        n => Told::hinted(what, tr_args("told-losses", &[("n", n.into())])),
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::{
        interchange::{LossExample, LossKind},
        session::Problem,
    };

    /// Without the isolates around what people wrote, which no eye sees.
    fn plain(text: &str) -> String {
        text.replace(['\u{2068}', '\u{2069}'], "")
    }

    fn step(action: Action, name: Option<&str>, quote: Option<&str>, count: usize) -> Description {
        Description {
            action,
            name: name.map(str::to_owned),
            quote: quote.map(str::to_owned),
            count,
        }
    }

    #[test]
    fn steps_are_said_as_what_to_do() {
        let name = Some("PERSON");
        let quote = Some("سيرغي");
        for (of, words) in [
            (step(Action::Tag, name, quote, 1), "tag PERSON «سيرغي»"),
            (step(Action::Tag, name, None, 5), "tag 5 spans as PERSON"),
            (step(Action::Tag, None, None, 1), "tag 1 span"),
            (
                step(Action::Remove, name, quote, 1),
                "remove PERSON «سيرغي»",
            ),
            (step(Action::Remove, None, None, 3), "remove 3 spans"),
            (step(Action::Relabel, name, quote, 1), "make «سيرغي» PERSON"),
            (
                step(Action::Relabel, name, None, 1),
                "change a span’s label",
            ),
            (
                step(Action::Note, name, quote, 1),
                "change the note on «سيرغي»",
            ),
            (
                step(Action::Status(Status::Done), None, None, 1),
                "mark as done",
            ),
            (step(Action::Several, None, None, 4), "4 changes at once"),
            (
                step(Action::Labels, name, None, 1),
                "change the label PERSON",
            ),
            (
                step(Action::Merge, name, Some("HUMAN"), 1),
                "merge PERSON into HUMAN",
            ),
            (
                step(Action::Document, quote, None, 1),
                "change the article «سيرغي»",
            ),
        ] {
            assert_eq!(plain(&describe(&of)), words);
        }
    }

    #[test]
    fn an_undo_names_what_it_takes_back() {
        let tag = step(Action::Tag, Some("PERSON"), Some("سيرغي"), 1);
        assert_eq!(plain(&undo(Some(&tag))), "Undo: tag PERSON «سيرغي»");
        assert_eq!(undo(None), "Nothing to undo");
        assert_eq!(plain(&redo(Some(&tag))), "Redo: tag PERSON «سيرغي»");
    }

    #[test]
    fn what_people_wrote_cannot_turn_the_words_around_it() {
        let tag = step(Action::Tag, Some("PERSON"), Some("سيرغي"), 1);
        assert!(describe(&tag).contains("«\u{2068}سيرغي\u{2069}»"));
    }

    #[test]
    fn an_import_tells_the_worst_first() {
        let problem = Problem {
            file: PathBuf::from("a.txt"),
            line: None,
            reason: "not text".to_owned(),
        };
        let of = |new, known, problems: usize, cancelled| {
            let told = imported(&Imported {
                new,
                known,
                problems: vec![problem.clone(); problems],
                cancelled,
                ..Imported::default()
            });
            (told.what, told.hint)
        };
        let said = |what: &str| (what.to_owned(), None);
        let hinted = |what: &str, hint: &str| (what.to_owned(), Some(hint.to_owned()));
        assert_eq!(of(1, 0, 0, false), said("1 article came in"));
        assert_eq!(of(0, 0, 0, false), said("No articles were found there"));
        assert_eq!(of(0, 4, 0, false), said("4 articles were here already"));
        assert_eq!(
            of(38, 0, 2, false),
            hinted("2 of 40 could not be read", "38 articles came in")
        );
        let one = "“\u{2068}a.txt\u{2069}” could not be read";
        assert_eq!(of(0, 0, 1, false), hinted(one, "not text"));
        assert_eq!(
            of(2, 0, 1, false),
            hinted(one, "not text\n2 articles came in")
        );
        assert_eq!(
            of(7, 0, 0, true),
            said("Stopped: 7 articles came in before")
        );
    }

    #[test]
    fn losses_are_counted_with_examples() {
        let entry = LossEntry {
            kind: LossKind::Notes,
            count: 2,
            examples: vec![LossExample {
                document: "خبر".to_owned(),
                span: Some("PERSON: سيرغي".to_owned()),
            }],
        };
        let path = PathBuf::from("/tmp/out.jsonl");
        let written = Notice::Written {
            path,
            losses: vec![entry],
        };
        let told = notice(&written);
        assert_eq!(plain(&told.what), "Saved as out.jsonl");
        assert!(told.hint.is_some_and(|hint| hint.contains("does not fit")));
        let lines: Vec<String> = details(&written).iter().map(|line| plain(line)).collect();
        assert_eq!(
            lines,
            ["2 spans whose note is left out", "– خبر: PERSON: سيرغي"]
        );
    }
}
