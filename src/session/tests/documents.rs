//! The list of documents: what leaves it and comes back, and what the filter shows of it.

use super::*;

fn titles(session: &Session) -> Vec<String> {
    let rows = session.project().unwrap().list().rows();
    rows.iter().map(|row| row.title.to_string()).collect()
}

fn shown(session: &Session) -> Vec<String> {
    let list = session.project().unwrap().list();
    let rows = list.shown().iter().map(|at| &list.rows()[*at]);
    rows.map(|row| row.title.to_string()).collect()
}

fn title(session: &Session) -> String {
    let document = session.article().unwrap().document().unwrap();
    document.title.clone()
}

fn run(session: &mut Session, command: DocumentCommand) {
    session.run(Command::Document(command));
}

/// Nothing hears of a commit in between, so that both edits are only on their way.
#[test]
fn a_document_that_was_taken_out_is_brought_back_to_its_place() {
    let office = Office::new();
    let mut session = office.with(&["أول", NEWS, "ثالث"]);
    let ids = ids(&session);
    run(&mut session, DocumentCommand::Open(ids[1]));
    select(&mut session, "قال [سمير الحداد] إن");
    label(&mut session, "PERSON");
    run(&mut session, DocumentCommand::SetStatus(Status::Done));
    run(&mut session, DocumentCommand::Open(ids[0]));
    notices(&mut session);
    run(&mut session, DocumentCommand::Remove(ids[1]));
    assert_eq!(titles(&session), ["أول", "ثالث"]);
    assert_eq!(session.project().unwrap().list().done(), 0);
    assert_eq!(title(&session), "أول", "the desk is left alone");
    let told = notices(&mut session);
    let [Notice::Removed(removed)] = &told[..] else {
        panic!("{told:?}")
    };
    assert!(!removed.was_on_desk);
    settle(&mut session);
    run(&mut session, DocumentCommand::Restore(removed.id, false));
    assert_eq!(titles(&session), ["أول", "أعلنت وزارة النقل", "ثالث"]);
    let list = session.project().unwrap().list();
    assert_eq!((list.done(), list.rows()[1].spans), (1, 1));
    assert_eq!(list.place(&ids[2]), Some(2));
    assert_eq!(list.shown(), [0, 1, 2]);
    assert_eq!(title(&session), "أول");
    settle(&mut session);
    assert_eq!(titles(&session).len(), 3);
}

#[test]
fn the_document_on_the_desk_gives_way_to_its_neighbour_and_comes_back() {
    let office = Office::new();
    let mut session = office.with(&["أول", "ثان"]);
    let ids = ids(&session);
    run(&mut session, DocumentCommand::Remove(ids[0]));
    assert_eq!(title(&session), "ثان");
    run(&mut session, DocumentCommand::Restore(ids[0], true));
    assert_eq!(title(&session), "أول");
}

#[test]
fn nothing_goes_where_nothing_can_be_written() {
    let office = Office::new();
    let first = office.with(&["أول", "ثان"]);
    let mut second = office.session("yusuf");
    second.open_paths(Some(&office.path("p.hashiya")), Vec::new());
    let ids = ids(&second);
    run(&mut second, DocumentCommand::Remove(ids[0]));
    assert_eq!(title(&second), "أول");
    assert_eq!(titles(&second), ["أول", "ثان"]);
    drop(first);
}

#[test]
fn a_filter_is_asked_again_when_the_article_is_left() {
    let office = Office::new();
    let mut session = office.with(&["أول", "ثان", "ثالث"]);
    let ids = ids(&session);
    let begun = Filter {
        status: Some(Status::New),
        ..Filter::default()
    };
    run(&mut session, DocumentCommand::Filter(begun));
    run(&mut session, DocumentCommand::SetStatus(Status::Done));
    assert_eq!(shown(&session), ["أول", "ثان", "ثالث"], "it is still read");
    run(&mut session, DocumentCommand::Open(ids[1]));
    assert_eq!(shown(&session), ["ثان", "ثالث"]);
    run(&mut session, DocumentCommand::Open(ids[0]));
    run(&mut session, DocumentCommand::SetStatus(Status::New));
    run(&mut session, DocumentCommand::Open(ids[1]));
    assert_eq!(shown(&session), ["أول", "ثان", "ثالث"]);
}

#[test]
fn the_list_follows_titles_and_assignments_of_articles_that_are_not_on_the_desk() {
    let office = Office::new();
    let mut session = office.with(&["أول", "ثان"]);
    let ids = ids(&session);
    let name = DocumentCommand::SetTitle(ids[1], "عنوان".to_owned());
    run(&mut session, name);
    assert_eq!(titles(&session), ["أول", "عنوان"]);
    let me = session.annotator().clone();
    assert!(!session.project().unwrap().list().has_assigned());
    run(
        &mut session,
        DocumentCommand::Assign(ids[1], me.clone(), true),
    );
    assert!(session.project().unwrap().list().has_assigned());
    let mine = Filter {
        mine: true,
        ..Filter::default()
    };
    run(&mut session, DocumentCommand::Filter(mine));
    assert_eq!(shown(&session), ["عنوان"]);
    run(&mut session, DocumentCommand::Assign(ids[1], me, false));
    assert!(!session.project().unwrap().list().has_assigned());
}

#[test]
fn what_changes_nothing_leaves_the_selection() {
    let office = Office::new();
    let mut session = office.with(&["زار موسكو ولندن أمس"]);
    select(&mut session, "زار [موسكو] ولندن");
    label(&mut session, "LOCATION");
    select(&mut session, "موسكو [ولندن] أمس");
    notices(&mut session);
    let selected = session.article().unwrap().desk().selection();
    session.run(Command::Span(SpanCommand::Proclitic));
    let end = spans_end(&session);
    let id = session.article().unwrap().chosen().unwrap().id;
    session.run(Command::Span(SpanCommand::SetEdge(id, Edge::End, end)));
    assert!(notices(&mut session).is_empty());
    assert_eq!(session.article().unwrap().desk().selection(), selected);
    session.run(Command::Span(SpanCommand::MoveEdge(
        Edge::End,
        Step::Grapheme,
        false,
    )));
    assert_eq!(chosen(&session), "موسك");
    assert_eq!(session.article().unwrap().desk().selection(), selected);
}

fn spans_end(session: &Session) -> usize {
    let span = session.article().unwrap().chosen().unwrap();
    span.data.fragments.end()
}

/// Another window's clock may be ahead: what is done after its work came in has an effect.
#[test]
fn what_is_done_after_an_import_comes_after_what_came_in() {
    let office = Office::new();
    let mut ahead = office.with(&[NEWS]);
    let later = crate::annotation::Time {
        millis: u64::try_from(now_millis()).unwrap() + 3_600_000,
        counter: 0,
    };
    ahead.project.as_mut().unwrap().clock.observe(later);
    select(&mut ahead, "قال [سمير الحداد] إن");
    label(&mut ahead, "PERSON");
    let dataset = office.path("set.ron");
    ahead.run(Command::Project(ProjectCommand::SaveDataset(
        dataset.clone(),
    )));
    settle(&mut ahead);
    let mut session = office.session("amal");
    session.open_paths(Some(&office.path("q.hashiya")), vec![office.path("0.txt")]);
    settle(&mut session);
    session.run(Command::Project(ProjectCommand::Import(
        vec![dataset],
        None,
    )));
    settle(&mut session);
    assert_eq!(spans(&session), ["PERSON: سمير الحداد"]);
    let id = session
        .article()
        .unwrap()
        .layer()
        .spans()
        .next()
        .unwrap()
        .id;
    session.run(Command::Desk(DeskCommand::Choose(Some(id))));
    label(&mut session, "LOCATION");
    assert_eq!(spans(&session), ["LOCATION: سمير الحداد"]);
}

fn now_millis() -> u128 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.unwrap().as_millis()
}
