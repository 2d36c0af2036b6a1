//! The command line as people and scripts use it: whole outputs, exit statuses, files.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

pub(crate) struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_hashiya"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("XDG_DATA_HOME", self.path("data"))
            .env("USER", "tester")
            .output()
            .unwrap()
    }

    /// Runs a command that must succeed; its standard output.
    pub(crate) fn ok(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs a command that must end with this status; its standard error.
    pub(crate) fn fails(&self, status: i32, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(
            output.status.code(),
            Some(status),
            "{arguments:?}: {output:?}"
        );
        String::from_utf8(output.stderr).unwrap()
    }
}

pub(crate) fn lines(path: &Path) -> Vec<serde_json::Value> {
    let text = fs::read_to_string(path).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn articles_come_in_and_go_out_as_doccano() {
    let desk = Desk::new();
    desk.write("news/10.txt", "عاشر");
    desk.write("news/2.txt", "ثان\n");
    desk.write("news/sub/x.md", "a 👨‍👩‍👧 b");
    desk.write("news/picture.png", "no");
    assert_eq!(
        desk.ok(&["import", "p.hashiya", "news"]),
        "3 new, 0 there already, 0 refused\n"
    );
    assert_eq!(
        desk.ok(&["import", "p.hashiya", "news"]),
        "0 new, 3 there already, 0 refused\n"
    );
    desk.ok(&["export", "p.hashiya", "out.jsonl", "--format", "doccano"]);
    let records = lines(&desk.path("out.jsonl"));
    let texts: Vec<_> = records
        .iter()
        .map(|r| r["text"].as_str().unwrap())
        .collect();
    assert_eq!(texts, ["ثان\n", "عاشر", "a 👨‍👩‍👧 b"]);
    assert!(
        records
            .iter()
            .all(|record| record["label"] == serde_json::json!([]))
    );
}

#[test]
fn doccano_goes_round_to_the_character() {
    let desk = Desk::new();
    let text = "قال سيرغي 👨‍👩‍👧 في موسكو";
    let place = text.chars().position(|c| c == 'م').unwrap();
    let record = serde_json::json!({
        "id": 77, "text": text,
        "label": [[4, 9, "PERSON"], [place, place + 5, "مدينة"], [0, 9, "CLAIM"]],
    });
    desk.write("in.jsonl", format!("{record}\n"));
    desk.ok(&["import", "p.hashiya", "in.jsonl", "--annotator", "أمل"]);
    desk.ok(&[
        "export",
        "p.hashiya",
        "out.jsonl",
        "--format",
        "doccano",
        "--annotator",
        "أمل",
    ]);
    let out = lines(&desk.path("out.jsonl"));
    assert_eq!(out[0]["id"], 77);
    assert_eq!(out[0]["text"], text);
    let expected = serde_json::json!([
        [0, 9, "CLAIM"],
        [4, 9, "PERSON"],
        [place, place + 5, "مدينة"]
    ]);
    assert_eq!(out[0]["label"], expected);
    assert!(
        desk.fails(
            1,
            &[
                "export",
                "p.hashiya",
                "o",
                "--format",
                "doccano",
                "--annotator",
                "x"
            ]
        )
        .contains("أمل")
    );
}

#[test]
fn several_annotators_must_be_named() {
    let desk = Desk::new();
    desk.write(
        "a.jsonl",
        r#"{"text": "قال سمير", "label": [[4, 8, "PERSON"]]}"#,
    );
    desk.ok(&["import", "p.hashiya", "a.jsonl", "--annotator", "amal"]);
    desk.ok(&["import", "p.hashiya", "a.jsonl", "--annotator", "yusuf"]);
    let told = desk.fails(
        2,
        &["export", "p.hashiya", "out.jsonl", "--format", "doccano"],
    );
    assert!(told.contains("amal") && told.contains("yusuf"), "{told}");
    assert!(!desk.path("out.jsonl").exists());
    desk.ok(&["export", "p.hashiya", "all.ron", "--format", "ron"]);
    desk.ok(&["import", "q.hashiya", "all.ron"]);
    desk.ok(&["export", "q.hashiya", "again.ron", "--format", "ron"]);
    let read = |name| fs::read(desk.path(name)).unwrap();
    assert_eq!(read("all.ron"), read("again.ron"));
    desk.ok(&["check", "all.ron", "q.hashiya"]);
}

#[test]
fn what_cannot_come_in_is_named_and_the_rest_does() {
    let desk = Desk::new();
    desk.write("mixed/good.txt", "نص");
    desk.write("mixed/empty.txt", "");
    desk.write("mixed/binary.txt", [0_u8, 1, 2, 255, 0, 9]);
    desk.write(
        "mixed/damaged.txt",
        b"\xD9\x82\xD8\xA7\xD9\x84 \xD9 \xD8\xB3\xD9\x85\xD9\x8A\xD8\xB1",
    );
    let output = desk.run(&["import", "p.hashiya", "mixed", "no such file"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let told = String::from_utf8(output.stderr).unwrap();
    for name in ["binary.txt", "damaged.txt", "no such file"] {
        assert!(told.contains(name), "{told}");
    }
    assert!(
        told.contains("note:") && told.contains("empty.txt"),
        "{told}"
    );
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "2 new, 0 there already, 3 refused\n"
    );
}

#[test]
fn an_encoding_is_guessed_and_can_be_named() {
    let desk = Desk::new();
    let article = "أعلنت الوزارة عن المشروع الجديد في العاصمة، وأكد الوزير أن العمل يبدأ غدا.";
    let (bytes, ..) = encoding_rs::WINDOWS_1256.encode(article);
    desk.write("a.txt", &bytes);
    let output = desk.run(&["import", "p.hashiya", "a.txt"]);
    assert!(output.status.success());
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("windows-1256")
    );
    desk.ok(&["import", "q.hashiya", "a.txt", "--encoding", "windows-1256"]);
    for project in ["p.hashiya", "q.hashiya"] {
        desk.ok(&["export", project, "out.jsonl", "--format", "doccano"]);
        assert_eq!(lines(&desk.path("out.jsonl"))[0]["text"], article);
    }
    assert!(
        desk.fails(2, &["import", "p.hashiya", "a.txt", "--encoding", "x"])
            .contains("\u{201c}x\u{201d}")
    );
}

#[test]
fn a_project_begins_with_the_labels_that_are_named() {
    let desk = Desk::new();
    assert!(desk.ok(&["new", "p.hashiya"]).contains("p.hashiya"));
    assert!(
        desk.fails(1, &["new", "p.hashiya"]).contains("p.hashiya"),
        "never over another"
    );
    desk.write("bad.ron", "LabelSetFile(");
    assert!(
        desk.fails(1, &["new", "q.hashiya", "--labels", "bad.ron"])
            .contains("bad.ron")
    );
    assert!(!desk.path("q.hashiya").exists());
    let labels = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/labels/default.ron");
    let told = desk.fails(1, &["new", "q.hashiya", "--labels", "nosuch.ron"]);
    assert!(told.contains("does not exist"), "{told}");
    let told = desk.fails(1, &["new", "folder.hashiya/"]);
    assert!(told.contains("folder.hashiya/news.hashiya"), "{told}");
    fs::create_dir(desk.path("there.hashiya")).unwrap();
    let told = desk.fails(1, &["new", "there.hashiya"]);
    assert!(told.contains("names a folder"), "{told}");
    desk.ok(&["new", "q.hashiya", "--labels", labels]);
    desk.ok(&["check", "q.hashiya", labels]);
}

#[test]
fn wrong_usage_is_2_and_faults_are_1() {
    let desk = Desk::new();
    desk.fails(2, &["export", "p.hashiya"]);
    desk.fails(2, &["import", "p.hashiya"]);
    desk.fails(2, &["export", "p.hashiya", "o", "--format", "xml"]);
    assert!(
        desk.fails(1, &["check", "gone.hashiya"])
            .contains("gone.hashiya")
    );
    desk.write("junk.hashiya", "not a project at all");
    let told = desk.fails(1, &["export", "junk.hashiya", "o.ron", "--format", "ron"]);
    assert!(
        told.contains("junk.hashiya") && told.contains("hint:"),
        "{told}"
    );
    assert_eq!(
        fs::read(desk.path("junk.hashiya")).unwrap(),
        b"not a project at all"
    );
    desk.write(
        "cut.ron",
        "Dataset(format: \"hashiya-dataset\", version: 1, offsets: \"bytes\"",
    );
    assert!(desk.fails(1, &["check", "cut.ron"]).contains("cut.ron"));
    desk.write(
        "newer.ron",
        "Dataset(format: \"hashiya-dataset\", version: 99, documents: [])",
    );
    assert!(
        desk.fails(1, &["import", "p.hashiya", "newer.ron"])
            .contains("99")
    );
}

#[test]
fn a_held_project_is_read_but_not_written() {
    let desk = Desk::new();
    desk.write("a.txt", "نص");
    desk.ok(&["import", "p.hashiya", "a.txt"]);
    let held = hashiya::store::Store::open(&desk.path("p.hashiya")).unwrap();
    let told = desk.fails(1, &["import", "p.hashiya", "a.txt"]);
    assert!(told.contains(&std::process::id().to_string()), "{told}");
    desk.ok(&["export", "p.hashiya", "o.ron", "--format", "ron"]);
    desk.ok(&["check", "p.hashiya"]);
    drop(held);
    desk.ok(&["import", "p.hashiya", "a.txt"]);
}

#[test]
fn a_project_is_known_by_what_it_is_and_not_by_its_ending() {
    let desk = Desk::new();
    desk.ok(&["new", "proj"]);
    desk.ok(&["new", "LOUD.HASHIYA"]);
    for name in ["proj", "LOUD.HASHIYA"] {
        assert_eq!(
            desk.ok(&["check", name]),
            format!("{name}: 0 documents, 1 edits, 0 faults\n")
        );
    }
}

#[test]
fn a_check_goes_on_after_a_fault() {
    let desk = Desk::new();
    desk.write("a.hashiya", "no project at all");
    desk.ok(&["new", "b.hashiya"]);
    let output = desk.run(&["check", "a.hashiya", "b.hashiya"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(said, "b.hashiya: 0 documents, 1 edits, 0 faults\n");
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("a.hashiya"), "{told}");
}

#[test]
fn an_import_of_nothing_makes_no_project() {
    let desk = Desk::new();
    desk.fails(1, &["import", "new.hashiya", "nosuch.txt"]);
    assert!(!desk.path("new.hashiya").exists());
    desk.ok(&["new", "old.hashiya"]);
    desk.fails(1, &["import", "old.hashiya", "nosuch.txt"]);
    assert!(desk.path("old.hashiya").exists());
}
