//! Several programs on one project: this test binary starts itself again, with a part to play in
//! its environment.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

use std::{
    fs::{self, File},
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use super::{
    Access, Reader, Store, check,
    header::with_ending,
    sample::{adding, edits, project, tag},
};

const PART: &str = "HASHIYA_TEST_PART";
const PROJECT: &str = "HASHIYA_TEST_PROJECT";

/// This binary as another program that plays `part` on a project.
fn program(part: &str, project: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args([
            "--exact",
            "store::processes::another_program",
            "--nocapture",
        ])
        .env(PART, part)
        .env(PROJECT, project)
        .stdout(Stdio::piped());
    command
}

/// A text long enough for thousands of spans.
fn text() -> String {
    "خ".repeat(3000)
}

/// What the other program does; without a part, nothing.
#[test]
fn another_program() {
    let (Ok(part), Some(path)) = (std::env::var(PART), std::env::var_os(PROJECT)) else {
        return;
    };
    let path = Path::new(&path);
    if part == "read" {
        assert!(Reader::open(path).unwrap().edit_count().unwrap() > 0);
        return;
    }
    let mut store = Store::open(path).unwrap();
    assert_eq!(*store.access(), Access::Writer);
    let first = store.read().edit_count().unwrap() as usize;
    for n in first..first + 400 {
        let spans = [("PERSON", 2 * n, 2 * n + 2)];
        let batch = edits([tag(n as u64, &text(), "منى", &spans)]);
        store.commit(&batch).unwrap();
        println!("saved {}", n + 1);
    }
}

#[test]
fn a_reader_that_leaves_never_takes_the_log_of_a_writer() {
    let (_folder, path, mut store) = project();
    store.commit(&adding(&["خبر"])).unwrap();
    // Any part of the program that opens and closes the file drops SQLite's locks on it (POSIX).
    // This program does not; and SQLite, from 3.51, looks at the log's own lock before it leaves.
    drop(File::open(&path).unwrap());
    let read = program("read", &path).output().unwrap();
    assert!(read.status.success(), "{read:?}");
    store
        .commit(&edits([tag(5, "خبر", "منى", &[("PERSON", 0, 2)])]))
        .unwrap();
    let other = tempfile::tempdir().unwrap();
    let copy = other.path().join("p.hashiya");
    fs::copy(&path, &copy).unwrap();
    fs::copy(with_ending(&path, "-wal"), with_ending(&copy, "-wal")).unwrap();
    assert_eq!(Reader::open(&copy).unwrap().edit_count().unwrap(), 3);
}

#[test]
fn a_reader_that_leaves_last_leaves_one_file() {
    let (folder, path, store) = project();
    let reader = Reader::open(&path).unwrap();
    store.close().unwrap();
    drop(reader);
    drop(Reader::open(&path).unwrap());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn killed_at_any_moment_a_program_has_saved_what_it_said() {
    let (_folder, path, mut store) = project();
    store.commit(&adding(&[&text()])).unwrap();
    store.close().unwrap();
    let mut expected = 2;
    for round in 0..6 {
        let mut child = program("write", &path).spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let mut lines = output.lines().map_while(Result::ok);
        // It has begun; from here on any moment will do.
        let saved = |line: String| {
            line.strip_prefix("saved ")
                .and_then(|n| n.parse::<u64>().ok())
        };
        let begun = lines.by_ref().find_map(saved);
        std::thread::sleep(Duration::from_micros(700 * round * round));
        child.kill().unwrap();
        child.wait().unwrap();
        let last = lines.filter_map(saved).last().or(begun).unwrap();
        assert!(last > expected);
        let found = Reader::open(&path).unwrap().edit_count().unwrap();
        // One more may be on the disk than was said.
        assert!((last..=last + 1).contains(&found), "{found} of {last}");
        assert_eq!(
            check(&path, &mut |_| true).unwrap().problems,
            Vec::<String>::new()
        );
        expected = found;
    }
    assert_eq!(*Store::open(&path).unwrap().access(), Access::Writer);
}
