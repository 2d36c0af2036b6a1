//! Packed files as other tools hand them out: zip archives are read as folders, gzip files as what
//! is in them; bombs and names that lead elsewhere do no harm.

use std::{
    fs::{self, File},
    io::Write as _,
};

use flate2::{Compression, write::GzEncoder};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::cli::Desk;

const DOC: &str = r#"{"id": 1, "text": "قال سمير", "label": [[4, 8, "PERSON"]]}"#;

fn zip(desk: &Desk, name: &str, files: &[(&str, &[u8])]) {
    let mut zip = ZipWriter::new(File::create(desk.path(name)).unwrap());
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::best());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

#[test]
fn an_archive_is_read_as_a_folder() {
    let desk = Desk::new();
    zip(
        &desk,
        "export.zip",
        &[
            ("brat/1.txt", "قالت سلمى".as_bytes()),
            ("brat/1.ann", "T1\tPERSON 5 9\tسلمى\n".as_bytes()),
            ("brat/annotation.conf", b"[entities]\nPERSON\n"),
            ("admin.jsonl", DOC.as_bytes()),
        ],
    );
    let out = desk.ok(&["import", "p.hashiya", "export.zip"]);
    assert_eq!(out, "2 new, 0 there already, 0 refused\n");
    let out = desk.ok(&["check", "export.zip"]);
    let whole = out.matches("1 documents, 1 spans, 0 faults").count();
    assert_eq!(whole, 2, "{out}");
    let out = desk.ok(&["import", "p.hashiya", "export.zip"]);
    assert_eq!(out, "0 new, 2 there already, 0 refused\n");
}

#[test]
fn a_name_that_leads_out_is_refused_and_named() {
    let desk = Desk::new();
    let files: [(&str, &[u8]); 3] = [("../evil.txt", b"x"), ("/evil.txt", b"x"), ("a.txt", b"a")];
    zip(&desk, "slip.zip", &files);
    desk.write("a.txt", "a");
    let told = desk.fails(1, &["import", "p.hashiya", "slip.zip"]);
    assert!(told.contains("slip.zip/../evil.txt"), "{told}");
    assert!(told.contains("slip.zip//evil.txt"), "{told}");
    let out = desk.ok(&["import", "p.hashiya", "a.txt"]);
    assert_eq!(out, "0 new, 1 there already, 0 refused\n");
    assert!(!desk.path("../evil.txt").exists());
}

#[test]
fn a_dataset_in_an_archive_is_one() {
    let desk = Desk::new();
    desk.write("a.jsonl", DOC);
    desk.ok(&["convert", "a.jsonl", "set", "--to", "huggingface"]);
    let mut files = Vec::new();
    for entry in ["README.md", "data/train-00000-of-00001.parquet"] {
        files.push((
            format!("set/{entry}"),
            fs::read(desk.path("set").join(entry)).unwrap(),
        ));
    }
    let files: Vec<(&str, &[u8])> = files.iter().map(|(n, b)| (&**n, &**b)).collect();
    zip(&desk, "set.zip", &files);
    let out = desk.ok(&["import", "p.hashiya", "set.zip"]);
    assert_eq!(out, "1 new, 0 there already, 0 refused\n");
}

#[test]
fn gzip_files_are_what_is_in_them() {
    let desk = Desk::new();
    desk.write("a.jsonl.gz", gzip(DOC.as_bytes()));
    desk.write("f/b.txt.gz", gzip("نص آخر".as_bytes()));
    let out = desk.ok(&["import", "p.hashiya", "a.jsonl.gz", "f"]);
    assert_eq!(out, "2 new, 0 there already, 0 refused\n");
    let out = desk.ok(&["import", "q.hashiya", "f", "--format", "text"]);
    assert_eq!(out, "1 new, 0 there already, 0 refused\n");
}

#[test]
fn bombs_and_broken_archives_are_refused() {
    let desk = Desk::new();
    desk.write("bomb.jsonl.gz", gzip(&vec![b'\n'; 300_000_000]));
    let told = desk.fails(1, &["import", "p.hashiya", "bomb.jsonl.gz"]);
    assert!(told.contains("hundreds of times"), "{told}");
    zip(&desk, "bomb.zip", &[("a.txt", &vec![b' '; 300_000_000])]);
    let told = desk.fails(1, &["import", "p.hashiya", "bomb.zip"]);
    assert!(told.contains("bomb.zip/a.txt"), "{told}");
    desk.write("no.zip", "PK, but no");
    let told = desk.fails(1, &["import", "p.hashiya", "no.zip"]);
    assert!(
        told.contains("no.zip") && told.contains("archive"),
        "{told}"
    );
}
