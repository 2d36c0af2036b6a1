//! Import, export, conversion and checks as scripts use them, over all formats.

use std::{
    fs,
    io::Write as _,
    process::{Command, Stdio},
};

use super::cli::{Desk, lines};

const DOC: &str = r#"{"id": 1, "text": "قال سمير", "label": [[4, 8, "PERSON"]]}"#;

fn stderr(output: std::process::Output) -> String {
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_project_is_never_written_over() {
    let desk = Desk::new();
    desk.write("a.jsonl", DOC);
    desk.ok(&["import", "p.hashiya", "a.jsonl"]);
    let before = fs::read(desk.path("p.hashiya")).unwrap();
    fs::copy(desk.path("p.hashiya"), desk.path("copy.jsonl")).unwrap();
    for out in ["p.hashiya", "copy.jsonl", "./p.hashiya"] {
        for format in ["doccano", "ron"] {
            let told = desk.fails(1, &["export", "p.hashiya", out, "--format", format]);
            assert!(told.contains("project"), "{told}");
        }
    }
    desk.fails(
        1,
        &[
            "export",
            "p.hashiya",
            "o.ron",
            "--format",
            "ron",
            "--report",
            "p.hashiya",
        ],
    );
    assert_eq!(fs::read(desk.path("p.hashiya")).unwrap(), before);
    let told = desk.fails(1, &["export", "p.hashiya", "/dev/null", "--format", "ron"]);
    assert!(told.contains("not a file"), "{told}");
}

#[test]
fn two_files_pair_the_copies_of_a_text() {
    let desk = Desk::new();
    let twice = format!("{DOC}\n{DOC}\n");
    desk.write("a.jsonl", &twice);
    desk.write("b.jsonl", &twice);
    let out = desk.ok(&["import", "p.hashiya", "a.jsonl", "b.jsonl"]);
    assert_eq!(out, "2 new, 2 there already, 0 refused\n");
    desk.ok(&["export", "p.hashiya", "a.ron", "--format", "ron"]);
    fs::copy(desk.path("a.ron"), desk.path("b.ron")).unwrap();
    let out = desk.ok(&["import", "q.hashiya", "a.ron", "b.ron"]);
    assert_eq!(out, "2 new, 2 there already, 0 refused\n");
    desk.ok(&["export", "q.hashiya", "c.ron", "--format", "ron"]);
    let read = |name| fs::read_to_string(desk.path(name)).unwrap();
    assert_eq!(read("a.ron"), read("c.ron"));

    desk.write("f/1.txt", "نص واحد");
    desk.write("f/2.txt", "نص واحد");
    let output = desk.run(&["import", "r.hashiya", "f"]);
    assert_eq!(output.stdout, b"1 new, 1 there already, 0 refused\n");
    let told = stderr(output);
    assert!(
        told.contains("2.txt") && told.contains("that of 1.txt"),
        "{told}"
    );
}

#[test]
fn a_new_project_has_the_labels_of_the_dataset_only() {
    let desk = Desk::new();
    desk.write(
        "a.ron",
        "Dataset(format: \"hashiya-dataset\", version: 1, labels: (labels: [(id: \"EVENT\", \
         name: \"EVENT\", color: (light: \"#112233\", dark: \"#445566\"), hotkey: Some('P'))]), \
         documents: [(text: \"قال\", removed: true, layers: [(spans: [(id: \"1\", \
         label: \"EVENT\", at: [(0, 6)])])])])",
    );
    let out = desk.ok(&["import", "p.hashiya", "a.ron", "--annotator", "amal"]);
    assert_eq!(out, "1 new, 0 there already, 0 refused\n");
    desk.ok(&["export", "p.hashiya", "b.ron", "--format", "ron"]);
    let first = fs::read_to_string(desk.path("b.ron")).unwrap();
    assert!(
        first.contains("amal") && !first.contains("ORGANIZATION"),
        "{first}"
    );
    let out = desk.ok(&["import", "p.hashiya", "a.ron", "--annotator", "amal"]);
    assert_eq!(out, "0 new, 1 there already, 0 refused\n");
    desk.ok(&["export", "p.hashiya", "b.ron", "--format", "ron"]);
    let again = fs::read_to_string(desk.path("b.ron")).unwrap();
    assert_eq!(first, again, "importing twice changes nothing");
}

#[test]
fn one_annotators_part_of_a_dataset_is_one() {
    let desk = Desk::new();
    desk.write("a.jsonl", DOC);
    desk.write("b.jsonl", DOC.replace("PERSON", "CLAIM"));
    desk.ok(&["import", "p.hashiya", "a.jsonl", "--annotator", "amal"]);
    desk.ok(&["import", "p.hashiya", "b.jsonl", "--annotator", "yusuf"]);
    desk.ok(&[
        "export",
        "p.hashiya",
        "amal.ron",
        "--format",
        "ron",
        "--annotator",
        "amal",
    ]);
    let out = desk.ok(&["check", "amal.ron"]);
    assert!(out.contains("1 documents, 1 spans, 0 faults"), "{out}");
    desk.ok(&[
        "export",
        "p.hashiya",
        "both",
        "--format",
        "doccano",
        "--annotator",
        "amal",
        "--annotator",
        "yusuf",
        "--split",
        "1/1",
        "--seed",
        "3",
    ]);
    let mut records = 0;
    for part in ["train", "validation", "test"] {
        let one = lines(&desk.path(&format!("both/amal/{part}.jsonl")));
        let other = lines(&desk.path(&format!("both/yusuf/{part}.jsonl")));
        assert_eq!(one.len(), other.len());
        records += one.len();
    }
    assert_eq!(records, 1);
    let told = desk.fails(
        1,
        &[
            "export",
            "p.hashiya",
            "both",
            "--format",
            "doccano",
            "--annotator",
            "amal",
            "--annotator",
            "yusuf",
        ],
    );
    assert!(told.contains("not empty"), "{told}");
}

/// A dataset with a span of two fragments and a note.
fn lossy(desk: &Desk) {
    let spans: Vec<String> = (0..7)
        .map(|at| {
            let (one, two) = (at * 4, at * 4 + 2);
            format!(
                "(id: \"{at}\", label: \"A\", at: [({one}, {}), ({two}, {})], note: \"n\")",
                one + 1,
                two + 1
            )
        })
        .collect();
    desk.write(
        "lossy.ron",
        format!(
            "Dataset(format: \"hashiya-dataset\", version: 1, labels: (labels: [(id: \"A\", \
             name: \"A\", color: (light: \"#112233\", dark: \"#445566\"))]), documents: [\
             (text: \"{}\", layers: [(annotator: \"amal\", status: Done, spans: [{}])])])",
            "abcd".repeat(7),
            spans.join(", ")
        ),
    );
}

#[test]
fn what_is_lost_is_told_and_a_strict_export_writes_nothing() {
    let desk = Desk::new();
    lossy(&desk);
    desk.ok(&["import", "p.hashiya", "lossy.ron"]);
    let export = [
        "export",
        "p.hashiya",
        "o.jsonl",
        "--format",
        "doccano",
        "--report",
        "r.json",
    ];
    let output = desk.run(&export);
    assert!(output.status.success(), "{output:?}");
    let told = stderr(output);
    let named = told
        .lines()
        .filter(|line| line.contains("A: a … c"))
        .count();
    assert!(named >= 7, "each discontinuous span is named: {told}");
    let report: serde_json::Value =
        serde_json::from_slice(&fs::read(desk.path("r.json")).unwrap()).unwrap();
    assert_eq!(report["documents"], 1);
    assert_eq!(report["differing"], 0);
    let kinds: Vec<&str> = report["loss"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["status", "discontinuous", "notes"], "{kinds:?}");
    fs::remove_file(desk.path("o.jsonl")).unwrap();
    desk.fails(3, &[&export[..], &["--strict"]].concat());
    assert!(!desk.path("o.jsonl").exists());
    desk.ok(&[
        "export",
        "p.hashiya",
        "o.ron",
        "--format",
        "ron",
        "--strict",
    ]);
}

#[test]
fn documents_are_chosen_by_status_and_who_has_no_span_is_known() {
    let desk = Desk::new();
    lossy(&desk);
    desk.write("b.jsonl", DOC);
    desk.ok(&[
        "import",
        "p.hashiya",
        "lossy.ron",
        "b.jsonl",
        "--annotator",
        "amal",
    ]);
    let count = |status: &str| {
        let out = [
            "export",
            "p.hashiya",
            "o.jsonl",
            "--format",
            "doccano",
            "--status",
            status,
        ];
        desk.ok(&out);
        lines(&desk.path("o.jsonl")).len()
    };
    assert_eq!(
        (count("done"), count("new"), count("in-progress")),
        (1, 1, 0)
    );
    desk.write(
        "none.ron",
        "Dataset(format: \"hashiya-dataset\", version: 1, documents: [(text: \"قال\", \
         layers: [(annotator: \"huda\", status: Done)])])",
    );
    desk.ok(&["import", "p.hashiya", "none.ron"]);
    desk.ok(&[
        "export",
        "p.hashiya",
        "h.jsonl",
        "--format",
        "doccano",
        "--annotator",
        "huda",
    ]);
}

#[test]
fn all_or_nothing_and_a_bad_line_costs_only_itself() {
    let desk = Desk::new();
    desk.write("a.jsonl", format!("not JSON\n{DOC}\n"));
    desk.write("d/b.jsonl", DOC.replace("سمير", "كريم"));
    desk.write("d/photo.jpg", "x");
    let told = desk.fails(1, &["import", "p.hashiya", "d", "a.jsonl", "--atomic"]);
    assert!(
        told.contains("a.jsonl:1:") && !told.contains("line 1"),
        "{told}"
    );
    assert!(
        told.contains("1 file of other kinds passed over (photo.jpg)"),
        "{told}"
    );
    let output = desk.run(&["import", "p.hashiya", "d", "a.jsonl"]);
    assert_eq!(output.stdout, b"2 new, 0 there already, 1 refused\n");
    let output = desk.run(&["import", "q.hashiya", "d", "--atomic"]);
    assert_eq!(output.stdout, b"1 new, 0 there already, 0 refused\n");
}

#[test]
fn names_are_mapped_and_told() {
    let desk = Desk::new();
    desk.write("a.jsonl", DOC.replace("PERSON", "PER"));
    desk.write(
        "b.jsonl",
        DOC.replace("PERSON", "حدث").replace("سمير", "كريم"),
    );
    desk.write("map.ron", "(labels: {\"PER\": \"PERSON\"})");
    let output = desk.run(&[
        "import",
        "p.hashiya",
        "a.jsonl",
        "b.jsonl",
        "--labels",
        "map.ron",
    ]);
    assert!(output.status.success(), "{output:?}");
    let told = stderr(output);
    assert!(told.contains("read PER as PERSON"), "{told}");
    assert!(told.contains("new labels: حدث"), "{told}");
    desk.ok(&["export", "p.hashiya", "o.jsonl", "--format", "doccano"]);
    assert_eq!(lines(&desk.path("o.jsonl"))[0]["label"][0][2], "PERSON");
    desk.write("bad.ron", "(labels: 1)");
    desk.fails(
        1,
        &["import", "p.hashiya", "a.jsonl", "--labels", "bad.ron"],
    );
}

#[test]
fn a_format_is_forced_and_notes_name_their_place() {
    let desk = Desk::new();
    desk.write("a.data", format!("{DOC}\n"));
    desk.fails(1, &["import", "p.hashiya", "a.data"]);
    desk.ok(&["import", "p.hashiya", "a.data", "--format", "doccano"]);
    desk.ok(&["check", "a.data", "--format", "doccano"]);
    desk.fails(2, &["import", "p.hashiya", "a.data", "--format", "x"]);
    desk.write(
        "marks.jsonl",
        "\n{\"text\": \"نَّ\", \"title\": \"خبر\", \"label\": [[0, 1, \"A\"]]}\n",
    );
    let told = stderr(desk.run(&["import", "p.hashiya", "marks.jsonl"]));
    assert!(
        told.contains("marks.jsonl:2: document “\u{2068}خبر\u{2069}”"),
        "{told}"
    );
}

#[test]
fn it_converts_and_speaks_through_pipes() {
    let desk = Desk::new();
    desk.write("a.jsonl", format!("{DOC}\n"));
    desk.ok(&["convert", "a.jsonl", "a.ron"]);
    let ron = fs::read_to_string(desk.path("a.ron")).unwrap();
    assert!(!ron.contains("ORGANIZATION"), "only the labels of the file");
    let back = desk.ok(&["convert", "a.ron", "-", "--to", "doccano"]);
    let record: serde_json::Value = serde_json::from_str(&back).unwrap();
    assert_eq!(
        record,
        serde_json::from_str::<serde_json::Value>(DOC).unwrap()
    );
    desk.fails(2, &["convert", "a.ron", "a.unknown"]);
    desk.write("broken.jsonl", "{");
    desk.fails(1, &["convert", "broken.jsonl", "b.ron"]);
    assert!(!desk.path("b.ron").exists());

    let mut child = Command::new(env!("CARGO_BIN_EXE_hashiya"))
        .args(["import", "p.hashiya", "-"])
        .current_dir(desk.path(""))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(DOC.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.stdout, b"1 new, 0 there already, 0 refused\n");
    let out = desk.ok(&["export", "p.hashiya", "-", "--format", "doccano"]);
    assert_eq!(out.lines().count(), 1);
}

#[test]
fn the_table_is_listed_and_a_check_goes_on() {
    let desk = Desk::new();
    assert!(desk.ok(&["formats"]).contains("doccano"));
    let rows: serde_json::Value = serde_json::from_str(&desk.ok(&["formats", "--json"])).unwrap();
    assert!(
        rows.as_array()
            .unwrap()
            .iter()
            .any(|row| row["name"] == "ron")
    );
    desk.write("bad.hashiya", "no project");
    desk.write("a.jsonl", DOC);
    let output = desk.run(&["check", "bad.hashiya", "a.jsonl"]);
    assert_eq!(output.status.code(), Some(1));
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(
        out.contains("a.jsonl: doccano JSONL, 1 documents, 1 spans"),
        "{out}"
    );
}
