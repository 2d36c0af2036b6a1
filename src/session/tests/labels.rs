//! Taking back what was done to the label set.

use super::*;
use crate::{
    annotation::{LabelFate, LabelSet},
    edit::{LabelField, LabelSetChange},
};

fn add(session: &mut Session, name: &str) -> LabelId {
    let label = session.labels().new_label(name).unwrap();
    let id = label.id.clone();
    session.run(Command::Labels(LabelSetChange::Add(Box::new(label), None)));
    id
}

#[test]
fn a_label_that_spans_have_goes_out_of_use_and_not_away() {
    let office = Office::new();
    let mut session = office.with(&[NEWS, "خبر آخر"]);
    let ids = ids(&session);
    let id = add(&mut session, "SHIP");
    select(&mut session, "إن [الميناء] أُغلق");
    label(&mut session, "SHIP");
    // On another article Ctrl+Z reaches the label, and not the span.
    session.run(Command::Document(DocumentCommand::Open(ids[1])));
    notices(&mut session);
    session.run(Command::Undo);
    assert_eq!(session.labels().get(&id).unwrap().fate, LabelFate::Retired);
    let told = notices(&mut session);
    assert!(
        matches!(told.last(), Some(Notice::LabelKept(name)) if name == "SHIP"),
        "{told:?}"
    );
    session.run(Command::Redo);
    assert!(session.labels().get(&id).unwrap().is_active());
    // One that no span has is taken back wholly.
    let id = add(&mut session, "PORT");
    session.run(Command::Undo);
    assert!(session.labels().get(&id).is_none());
}

#[test]
fn labels_that_came_in_do_not_bar_the_way_back() {
    let office = Office::new();
    let mut session = office.with(&[NEWS]);
    let ids = ids(&session);
    let person = LabelId::new("PERSON").unwrap();
    let rename = LabelField::Name("HUMAN".to_owned());
    session.run(Command::Labels(LabelSetChange::Set(person.clone(), rename)));
    let lines = office.write(
        "set.jsonl",
        r#"{"text": "سفينة", "label": [[0, 5, "SHIP"]]}"#,
    );
    session.run(Command::Project(ProjectCommand::Import(vec![lines], None)));
    settle(&mut session);
    assert!(session.labels().by_name("SHIP").is_some());
    session.run(Command::Document(DocumentCommand::Open(ids[0])));
    session.run(Command::Undo);
    assert_eq!(session.labels().get(&person).unwrap().name, "PERSON");
    assert!(session.labels().by_name("SHIP").is_some());
}

#[test]
fn a_loaded_label_set_is_told_and_taken_back() {
    let office = Office::new();
    let mut session = office.with(&[NEWS]);
    let before = session.labels().clone();
    let mut set = LabelSet::default();
    set.labels.extend(set.new_label("SHIP"));
    let mut bytes = Vec::new();
    crate::interchange::write_label_set(&set, &mut bytes).unwrap();
    let file = office.write("labels.ron", std::str::from_utf8(&bytes).unwrap());
    session.run(Command::Project(ProjectCommand::LoadLabels(file)));
    assert!(session.labels().by_name("SHIP").is_some());
    assert!(matches!(notices(&mut session).last(), Some(Notice::Did(_))));
    session.run(Command::Undo);
    assert_eq!(*session.labels(), before);
}

#[test]
fn what_leaves_the_label_set_and_a_status_offer_the_way_back() {
    let office = Office::new();
    let mut session = office.with(&[NEWS]);
    notices(&mut session);
    let person = LabelId::new("PERSON").unwrap();
    let retired = LabelField::Fate(LabelFate::Retired);
    for command in [
        Command::Labels(LabelSetChange::Set(person, retired)),
        Command::Labels(LabelSetChange::Drop(LabelId::new("CLAIM").unwrap())),
        Command::Document(DocumentCommand::SetStatus(Status::Done)),
    ] {
        session.run(command);
        let told = notices(&mut session);
        let [Notice::Did(step)] = &told[..] else {
            panic!("{told:?}")
        };
        assert_eq!(
            session.describe_step(HistoryStep::Undo).as_ref(),
            Some(step)
        );
    }
}

#[test]
fn what_is_not_committed_yet_counts_as_use() {
    let office = Office::new();
    let mut session = office.with(&[NEWS]);
    select(&mut session, "قال [سمير الحداد] إن");
    label(&mut session, "PERSON");
    // The session has heard of no commit.
    let usage = session.label_usage().unwrap();
    let used = Usage {
        spans: 1,
        layers: 1,
    };
    assert_eq!(usage[&LabelId::new("PERSON").unwrap()], used);
}
