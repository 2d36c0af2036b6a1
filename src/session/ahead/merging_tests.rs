//! A merge as the dialog does it: what is told before is what comes, and nothing is half done.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::{fs, path::PathBuf};

use super::{tests::Office, *};
use crate::{
    annotation::{LabelId, SpanId},
    edit::Why,
    session::{
        Command, DeskCommand, DocumentCommand, MergeCommand, Merged, ProjectCommand, Saying,
        SpanCommand,
    },
    text::ByteRange,
};

impl Office {
    fn merge(&mut self, command: MergeCommand) {
        self.wish(TransferCommand::Merge(command));
    }

    fn look_at(&mut self, paths: &[PathBuf]) -> Merged {
        self.merge(MergeCommand::Look(paths.to_vec()));
        match &self.session.ahead().merging().unwrap().stage {
            Stage::Known(merged) => (**merged).clone(),
            other => panic!("{other:?}"),
        }
    }

    /// Merges what was looked at, and gives what was told of it.
    fn bring(&mut self) -> Merged {
        self.merge(MergeCommand::Merge);
        assert!(self.session.ahead().merging().is_none());
        match self.told().pop().unwrap() {
            Notice::Merged(merged) => *merged,
            other => panic!("{other:?}"),
        }
    }

    fn told(&mut self) -> Vec<Notice> {
        std::iter::from_fn(|| self.session.next_notice()).collect()
    }

    fn relabel(&mut self, place: usize, label: &str) -> SpanId {
        let article = self.session.article().unwrap();
        let span = article.layer().spans().nth(place).unwrap().id;
        let label = LabelId::new(label).unwrap();
        self.run(Command::Span(SpanCommand::Relabel(span, label)));
        span
    }

    fn edits(&self) -> Vec<crate::annotation::EditId> {
        let reader = crate::store::Reader::open(&self.path("p.hashiya")).unwrap();
        let mut all = Vec::new();
        reader
            .for_each_edit::<crate::store::StoreError>(|edit| {
                all.push(edit.id);
                Ok(())
            })
            .unwrap();
        all
    }

    /// Lets the writer commit what waits.
    fn saved(&mut self) {
        while self.session.project().unwrap().saved().pending > 0 {
            self.session.poll();
            std::thread::yield_now();
        }
    }
}

/// An office with a nested article on the desk, and one that went on with a copy of its project.
fn two() -> (Office, Office) {
    let mut office = Office::nested();
    let copy = office.path("copy.hashiya");
    let first = office.session.project().unwrap().list().rows()[0].id;
    office.run(Command::Document(DocumentCommand::Open(first)));
    office.run(Command::Project(ProjectCommand::SaveCopy(copy.clone())));
    let mut other = Office::new();
    other.run(Command::Project(ProjectCommand::Open(copy)));
    other.run(Command::Document(DocumentCommand::Open(first)));
    office.told();
    (office, other)
}

#[test]
fn what_is_told_before_is_what_comes_and_a_second_time_nothing_does() {
    let (mut office, mut other) = two();
    // «قال» is labelled elsewhere, with a label that is new there; the name is relabelled by both.
    let span = other.relabel(1, "LOCATION");
    let word = ByteRange::new("قال سمير غدا", 0, 6).unwrap();
    let claim = LabelId::new("CLAIM").unwrap();
    other.run(Command::Span(SpanCommand::Tag(word, claim)));
    let set = other.session.labels().new_label("عنوان").unwrap();
    let add = crate::edit::LabelSetChange::Add(Box::new(set), None);
    other.run(Command::Labels(add));
    other.run(Command::Project(ProjectCommand::Close));
    assert_eq!(office.relabel(1, "ORGANIZATION"), span);
    office.run(Command::Desk(DeskCommand::Choose(Some(span))));
    office.run(Command::Desk(DeskCommand::Caret(3, false)));
    office.run(Command::Desk(DeskCommand::Choose(Some(span))));
    office.saved();
    let caret = office.session.article().unwrap().desk().caret();

    let copy = office.path("copy.hashiya");
    let before = office.edits();
    let foreseen = office.look_at(std::slice::from_ref(&copy));
    assert_eq!(office.edits(), before, "a look changes nothing");
    assert_eq!((foreseen.imported.new, foreseen.imported.known), (0, 2));
    assert_eq!(foreseen.imported.edits, 3);
    let amal = office.session.annotator().clone();
    assert_eq!(foreseen.authors, [(amal, 3)]);
    assert_eq!(foreseen.labels.len(), 1, "{:?}", foreseen.labels);
    let [conflict] = &foreseen.imported.conflicts[..] else {
        panic!("{:?}", foreseen.imported.conflicts);
    };
    assert_eq!(conflict.quote, "سمير");
    assert_eq!(conflict.between.why, Why::Later);
    assert_eq!(conflict.kept, Saying::Label("ORGANIZATION".to_owned()));
    assert_eq!(conflict.lost, Saying::Label("LOCATION".to_owned()));

    assert_eq!(office.bring(), foreseen);
    let article = office.session.article().unwrap();
    assert_eq!(article.layer().spans().count(), 3, "it is on the desk");
    assert_eq!(article.chosen().unwrap().id, span);
    assert_eq!(article.desk().caret(), caret);
    let label = &article.layer().get(span).unwrap().data.label;
    assert_eq!(label.as_str(), "ORGANIZATION");
    assert!(office.session.labels().by_name("عنوان").is_some());
    assert_eq!(office.edits().len(), before.len() + 3);

    let again = office.look_at(&[copy]);
    assert!(!again.brings_something() && again.labels.is_empty());
    assert!(again.imported.conflicts.is_empty());
    assert!(!office.bring().brings_something());
    assert_eq!(office.edits().len(), before.len() + 3);
}

#[test]
fn where_a_file_is_damaged_nothing_comes_of_any() {
    let (mut office, mut other) = two();
    other.relabel(1, "LOCATION");
    other.run(Command::Project(ProjectCommand::Close));
    let copy = office.path("copy.hashiya");
    let whole = fs::read(&copy).unwrap();
    let cut = office.path("cut.hashiya");
    fs::write(&cut, &whole[..whole.len() / 2]).unwrap();
    let before = office.edits();
    let foreseen = office.look_at(&[copy, cut.clone()]);
    assert_eq!(foreseen.imported.problems[0].file, cut);
    let refused: Vec<bool> = foreseen.files.iter().map(|file| file.refused).collect();
    assert_eq!(refused, [false, true]);
    assert_eq!(foreseen.files[0].edits, 1, "the other is told of");
    let done = office.bring();
    assert_eq!(done.imported.problems.len(), 1);
    assert!(!done.brings_something());
    assert_eq!(office.edits(), before);
}

#[test]
fn a_merge_that_is_stopped_leaves_nothing() {
    let mut office = Office::nested();
    let mut other = Office::new();
    let line = |n: usize| format!(r#"{{"text":"قال سمير {n}","label":[[4,8,"PERSON"]]}}"#);
    let lines: Vec<String> = (0..5_000).map(line).collect();
    let file = other.write("many.jsonl", &lines.join("\n"));
    other.run(Command::Project(ProjectCommand::Import(vec![file], None)));
    let many = other.path("p.hashiya");
    other.run(Command::Project(ProjectCommand::Close));
    let before = office.edits();
    assert_eq!(
        office.look_at(std::slice::from_ref(&many)).imported.new,
        5_000
    );
    let merge = |command| Command::Transfer(TransferCommand::Merge(command));
    office.told();
    office.session.run(merge(MergeCommand::Merge));
    assert!(office.session.work().merging().is_some());
    office.session.run(merge(MergeCommand::End));
    office.settle();
    let told = office.told();
    let [Notice::Merged(merged)] = &told[..] else {
        panic!("{told:?}");
    };
    assert!(merged.imported.cancelled && !merged.brings_something());
    assert!(office.session.ahead().merging().is_none());
    assert_eq!((office.edits(), office.documents()), (before, 2));

    // A look that is called off leaves nothing either.
    office.session.run(merge(MergeCommand::Look(vec![many])));
    office.session.run(merge(MergeCommand::End));
    assert!(office.session.work().looking_at_merge().is_none());
    assert!(office.session.ahead().merging().is_none());
}

#[test]
fn nothing_is_merged_into_itself_or_into_what_can_only_be_read() {
    let (mut office, other) = two();
    let own = office.path("p.hashiya");
    assert!(!office.session.may_merge(std::slice::from_ref(&own)));
    office.merge(MergeCommand::Look(vec![own.clone()]));
    assert!(office.session.ahead().merging().is_none());
    assert!(matches!(office.told()[..], [Notice::MergedSelf]));
    let copy = office.path("copy.hashiya");
    office.look_at(&[own.clone(), copy.clone(), copy.clone()]);
    let merging = office.session.ahead().merging().unwrap();
    assert!(merging.names_itself);
    assert_eq!(merging.paths, std::slice::from_ref(&copy));
    office.merge(MergeCommand::End);

    // The other office has the copy open.
    let mut reader = Office::new();
    reader.run(Command::Project(ProjectCommand::Open(copy.clone())));
    assert!(!reader.session.may_merge(std::slice::from_ref(&own)));
    reader.told();
    reader.merge(MergeCommand::Look(vec![own]));
    assert!(matches!(reader.told()[..], [Notice::ReadOnly(_)]));
    drop(other);
}

#[test]
fn what_is_dropped_on_the_dialog_is_merged_too_and_other_files_wait() {
    let (mut office, _other) = two();
    let copy = office.path("copy.hashiya");
    let third = office.path("third.hashiya");
    office.run(Command::Project(ProjectCommand::SaveCopy(third.clone())));
    office.merge(MergeCommand::Ask(vec![copy.clone()]));
    assert!(matches!(
        office.session.ahead().merging().unwrap().stage,
        Stage::Asked
    ));
    office.merge(MergeCommand::Look(vec![copy.clone()]));
    office.merge(MergeCommand::Ask(vec![third.clone()]));
    assert_eq!(
        office.session.ahead().merging().unwrap().paths,
        [copy, third]
    );
    let article = office.write("a.txt", "خبر");
    office.wish(TransferCommand::Offer(vec![article]));
    assert_eq!(office.documents(), 2);
    office.merge(MergeCommand::End);
    office.settle();
    assert_eq!(office.documents(), 3);
}
