//! Opening, closing and writing while not everything is saved, or while something runs.

use super::*;

/// Keeps every commit from succeeding until it is dropped, as a full disk would.
struct FullDisk(rusqlite::Connection);

impl FullDisk {
    fn of(path: &Path) -> Self {
        let connection = rusqlite::Connection::open(path).unwrap();
        connection
            .execute_batch(
                "CREATE TRIGGER full BEFORE INSERT ON edits
                 BEGIN SELECT RAISE(ABORT, 'no room'); END",
            )
            .unwrap();
        Self(connection)
    }
}

impl Drop for FullDisk {
    fn drop(&mut self) {
        self.0.execute_batch("DROP TRIGGER full").unwrap();
    }
}

/// Polls until `done`.
fn until(session: &mut Session, done: impl Fn(&Session) -> bool) {
    for _ in 0..2000 {
        session.poll();
        if done(session) {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("it does not come to that");
}

#[test]
fn what_is_not_saved_holds_the_project_and_is_left_out_of_no_file() {
    let office = Office::new();
    let mut session = office.with(&[NEWS]);
    assert_eq!(session.held(), None);
    let full = FullDisk::of(&office.path("p.hashiya"));
    select(&mut session, "قال [سمير الحداد] إن");
    label(&mut session, "PERSON");
    until(&mut session, |session| {
        session.held().is_some_and(|held| held.why.is_some())
    });
    let held = session.held().unwrap();
    assert_eq!((held.unsaved, held.job), (1, None));
    assert!(held.why.unwrap().contains("no room"));
    notices(&mut session);

    let dataset = office.path("set.ron");
    session.run(Command::Project(ProjectCommand::SaveDataset(
        dataset.clone(),
    )));
    until(&mut session, |session| !session.work().is_busy());
    let told = notices(&mut session);
    assert!(
        told.iter()
            .any(|notice| matches!(notice, Notice::NotWritten { unsaved: 1, .. })),
        "{told:?}"
    );
    assert!(!dataset.exists());

    drop(full);
    session.run(Command::Project(ProjectCommand::Retry));
    settle(&mut session);
    assert_eq!(session.held(), None);
    session.run(Command::Project(ProjectCommand::SaveDataset(
        dataset.clone(),
    )));
    settle(&mut session);
    assert!(fs::read_to_string(dataset).unwrap().contains("PERSON"));
}

#[test]
fn opening_the_project_that_is_open_leaves_it_as_it_is() {
    let office = Office::new();
    let mut session = office.with(&[NEWS]);
    select(&mut session, "قال [سمير الحداد] إن");
    label(&mut session, "PERSON");
    let path = office.path("p.hashiya");
    let roundabout = office.folder.path().join("x/../p.hashiya");
    fs::create_dir(office.path("x")).unwrap();
    for command in [
        ProjectCommand::Open(path.clone()),
        ProjectCommand::New(roundabout),
    ] {
        session.run(Command::Project(command));
        assert!(session.project().unwrap().is_writable());
        assert_eq!(spans(&session), ["PERSON: سمير الحداد"]);
    }
    session.open_paths(Some(&path), Vec::new());
    assert!(session.project().unwrap().is_writable());
}

#[test]
fn a_project_that_has_gone_is_told_and_not_made_anew() {
    let office = Office::new();
    let mut session = office.with(&[NEWS]);
    let gone = office.path("away/q.hashiya");
    session.settings_mut().remember(&gone);
    session.run(Command::Project(ProjectCommand::Open(gone.clone())));
    assert!(matches!(notices(&mut session).last(), Some(Notice::Gone(path)) if *path == gone));
    assert!(!office.path("away").exists());
    assert!(!session.settings().recent.contains(&gone));
    assert_eq!(
        session.project().unwrap().name(),
        "p",
        "what was open stays open"
    );
    // Another one is shown with an article.
    let mut other = office.session("amal");
    session.close_project();
    other.run(Command::Project(ProjectCommand::Open(
        office.path("p.hashiya"),
    )));
    assert!(other.article().is_some());
}

#[test]
fn a_project_is_known_by_what_it_is_and_one_is_open_at_a_time() {
    let office = Office::new();
    office.with(&[NEWS]).close_project();
    fs::copy(office.path("p.hashiya"), office.path("p")).unwrap();
    fs::copy(office.path("p.hashiya"), office.path("q.HASHIYA")).unwrap();
    for name in ["p", "q.HASHIYA"] {
        let mut session = office.session("amal");
        session.open_paths(None, vec![office.path(name)]);
        assert!(session.article().is_some(), "{name}");
    }
    let mut session = office.session("amal");
    session.open_paths(
        Some(&office.path("p")),
        vec![office.path("p.hashiya"), office.path("p")],
    );
    let told = notices(&mut session);
    assert!(
        matches!(&told[..], [Notice::OneProject(more)] if *more == [office.path("p.hashiya")]),
        "{told:?}"
    );
}

#[test]
fn a_second_file_waits_for_the_first_and_one_job_is_stopped_alone() {
    let office = Office::new();
    let mut session = office.with(&[NEWS]);
    notices(&mut session);
    let (end, ended) = std::sync::mpsc::channel::<()>();
    let waits = Job::start(JobKind::Write, &Bell::silent(), move |_| {
        let _ = ended.recv();
    });
    session.work.write = Some(waits.unwrap());
    session.work.import = Some(
        Job::start(JobKind::Import, &Bell::silent(), |reporter| {
            while !reporter.progress.is_cancelled() {
                std::thread::sleep(Duration::from_millis(1));
            }
        })
        .unwrap(),
    );
    let held = session.held().unwrap();
    assert_eq!((held.unsaved, held.job), (0, Some(JobKind::Import)));
    session.run(Command::Project(ProjectCommand::SaveCopy(
        office.path("copy.hashiya"),
    )));
    assert!(matches!(
        notices(&mut session).as_slice(),
        [Notice::Busy(JobKind::Write)]
    ));
    session.run(Command::Project(ProjectCommand::Cancel(JobKind::Import)));
    until(&mut session, |session| session.work.import.is_none());
    let write = session.work.write.as_ref().unwrap();
    assert!(!write.progress().is_cancelled());
    end.send(()).unwrap();
    settle(&mut session);
}

#[test]
fn closing_leaves_one_file_though_the_texts_are_being_searched() {
    let office = Office::new();
    let long = "خبر طويل جدا ".repeat(20_000);
    let texts: Vec<String> = (0..20).map(|n| format!("{n} {long}")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut session = office.with(&texts);
    for words in ["طويل", "جدا", "غائب"] {
        let filter = Filter {
            text: words.to_owned(),
            ..Filter::default()
        };
        session.run(Command::Document(DocumentCommand::Filter(filter)));
    }
    session.close_project();
    for ending in ["-wal", "-shm", ".lock"] {
        assert!(!office.path(&format!("p.hashiya{ending}")).exists());
    }
}

#[test]
fn an_article_is_shown_where_nothing_can_come_in() {
    let office = Office::new();
    let first = office.with(&["أول", NEWS]);
    let open = |paths: Vec<PathBuf>| {
        let mut second = office.session("yusuf");
        second.open_paths(Some(&office.path("p.hashiya")), paths);
        settle(&mut second);
        let text = second.article().unwrap().text().to_string();
        (text, notices(&mut second).len())
    };
    assert_eq!(open(vec![office.path("1.txt")]), (NEWS.to_owned(), 1));
    // It is told once more that nothing can come in, and another one is shown.
    let new = office.write("new.txt", "جديد");
    assert_eq!(open(vec![new]), ("أول".to_owned(), 2));
    drop(first);
}

#[test]
fn whoever_has_gone_on_while_articles_come_in_stays_there() {
    let office = Office::new();
    let mut session = office.with(&["أول", "ثان"]);
    let ids = ids(&session);
    session.run(Command::Document(DocumentCommand::Open(ids[1])));
    let (end, ended) = std::sync::mpsc::channel::<()>();
    let first = ids[0];
    let job = Job::start(JobKind::Import, &Bell::silent(), move |reporter| {
        reporter.send(work::ImportNews::First(first));
        let _ = ended.recv();
        reporter.send(work::ImportNews::Over(Imported {
            first: Some(first),
            ..Imported::default()
        }));
    });
    session.work.import = Some(job.unwrap());
    until(&mut session, |session| {
        session.article().unwrap().key().document == first
    });
    session.run(Command::Document(DocumentCommand::Open(ids[1])));
    end.send(()).unwrap();
    settle(&mut session);
    assert_eq!(session.article().unwrap().key().document, ids[1]);
}

#[test]
fn a_record_that_names_nobody_goes_to_whom_the_command_line_names() {
    let office = Office::new();
    let lines = office.write(
        "set.jsonl",
        r#"{"text": "سمير هنا", "label": [[0, 4, "PERSON"]]}"#,
    );
    let mut named = office.session("amal");
    named.open_paths(Some(&office.path("a.hashiya")), vec![lines.clone()]);
    settle(&mut named);
    assert_eq!(spans(&named), ["PERSON: سمير"]);
    let places = named.places().clone();
    let mut nobody = Session::new(places, None, Bell::silent());
    nobody.open_paths(Some(&office.path("b.hashiya")), vec![lines]);
    settle(&mut nobody);
    assert_eq!(nobody.annotators(), [Annotator::imported()]);
}
