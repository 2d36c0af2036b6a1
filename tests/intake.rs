//! What is no plain case: files in a wrong ending, empty ones, folders without anything to read,
//! reports to standard output.

use std::fs;

use super::cli::{Desk, lines};

#[test]
fn annotations_under_the_name_of_a_text_do_not_come_in_as_articles() {
    let desk = Desk::new();
    desk.write("a.txt", "قال O\nسمير B-PERSON\nعبد I-PERSON\n. O\n");
    desk.write(
        "b.tsv",
        "#\tخبر [2010-01-01]\n1\tقال\tO\tO\n2\tسمير\tB-PERSON\tO\n",
    );
    desk.write(
        "c.json",
        "{\"tokens\": [\"قال\", \"سمير\"], \"ner_tags\": [\"O\", \"B-PERSON\"]}\n",
    );
    for (file, count) in [("a.txt", 1), ("b.tsv", 1), ("c.json", 1)] {
        let told = desk.ok(&["check", file]);
        assert!(told.contains(&format!("{count} spans, 0 faults")), "{told}");
    }
    desk.write(
        "d.txt",
        "عنوان\n\nقال O\nسمير B-PERSON\nنعم O\nوهذا سطر آخر من المقال\n",
    );
    let output = desk.run(&["check", "d.txt"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        output.status.success() && told.contains("--format"),
        "{told}"
    );
}

#[test]
fn an_empty_file_is_told_alike_everywhere() {
    let desk = Desk::new();
    for ending in ["csv", "json", "xml", "jsonl", "conll"] {
        let name = format!("a.{ending}");
        desk.write(&name, "\n");
        for arguments in [
            vec!["import", "p.hashiya", &*name],
            vec!["convert", &name, "o.jsonl"],
            vec!["check", &name],
        ] {
            let told = desk.fails(1, &arguments);
            assert!(
                told.contains("it is empty; there is no document in it"),
                "{told}"
            );
        }
    }
    assert!(!desk.path("o.jsonl").exists() && !desk.path("p.hashiya").exists());
    desk.write("a.txt", "");
    desk.ok(&["import", "p.hashiya", "a.txt"]);
}

#[test]
fn where_nothing_can_be_read_nothing_is_written() {
    let desk = Desk::new();
    for name in ["d/a.docx", "d/b.docx", "d/c/e.pdf"] {
        desk.write(name, "x");
    }
    fs::create_dir(desk.path("empty")).unwrap();
    for arguments in [
        ["import", "p.hashiya", "d"],
        ["convert", "d", "o.jsonl"],
        ["check", "d", "d"],
    ] {
        let told = desk.fails(1, &arguments);
        assert!(
            told.contains("3 files passed over (2 .docx, 1 .pdf)"),
            "{told}"
        );
    }
    for arguments in [
        ["import", "p.hashiya", "empty"],
        ["convert", "empty", "o.jsonl"],
    ] {
        let told = desk.fails(1, &arguments);
        assert!(told.contains("there is nothing in"), "{told}");
    }
    assert!(!desk.path("o.jsonl").exists() && !desk.path("p.hashiya").exists());
}

#[test]
fn a_dataset_in_arrow_says_what_to_do() {
    let desk = Desk::new();
    for name in [
        "dataset_info.json",
        "state.json",
        "data-00000-of-00001.arrow",
    ] {
        desk.write(&format!("d/{name}"), "{}");
    }
    let told = desk.fails(1, &["import", "p.hashiya", "d"]);
    assert!(told.contains("ds.to_parquet"), "{told}");
}

#[test]
fn a_report_goes_to_standard_output_or_fails_first() {
    let desk = Desk::new();
    desk.write(
        "a.jsonl",
        "{\"text\": \"قال\", \"label\": [[0, 3, \"X\"]]}\n",
    );
    let out = desk.ok(&["convert", "a.jsonl", "o.conll", "--report", "-"]);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["documents"], 1);
    let told = desk.fails(
        1,
        &["convert", "a.jsonl", "p.conll", "--report", "gone/r.json"],
    );
    assert!(told.contains("gone"), "{told}");
    desk.fails(
        2,
        &["convert", "a.jsonl", "-", "--to", "csv", "--report", "-"],
    );
    let told = desk.fails(
        2,
        &["convert", "a.jsonl", "p.csv", "--columns", "text,colour"],
    );
    assert!(
        told.contains("colour") && told.contains("annotator"),
        "{told}"
    );
    assert!(!desk.path("p.conll").exists() && !desk.path("p.csv").exists());
}

#[test]
fn a_table_of_texts_comes_in_as_documents() {
    let desk = Desk::new();
    desk.write("a.csv", "id,text\n1,قال\n2,نعم\n2,لا\n");
    let output = desk.run(&["check", "a.csv"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.contains("its id 2 is that of an earlier one"),
        "{told}"
    );
    desk.ok(&["convert", "a.csv", "o.jsonl"]);
    let lines = lines(&desk.path("o.jsonl"));
    assert_eq!(lines.len(), 3);
    assert_eq!(
        (&lines[0]["text"], &lines[0]["id"]),
        (&"قال".into(), &1.into())
    );
}

#[test]
fn a_check_tells_what_stands_twice_and_what_is_guessed() {
    let desk = Desk::new();
    desk.write(
        "a.jsonl",
        "{\"id\": 1, \"text\": \"قال\", \"text\": \"نعم\"}\n",
    );
    let told = String::from_utf8(desk.run(&["check", "a.jsonl"]).stderr).unwrap();
    assert!(told.contains("`text` stands twice in one object"), "{told}");
    desk.write("a.txt", b"\xDE\xC7\xE1 \xC7\xE1\xE6\xD2\xED\xD1");
    let told = String::from_utf8(desk.run(&["check", "a.txt"]).stderr).unwrap();
    assert!(told.contains("guessed to be windows-1256"), "{told}");
}
