//! What files cost at size: doccano in and out, other formats out, with the reading back that belongs to
//! each export; 20 spans a document, 2.1 kB of text. Run with a
//! number of documents: `cargo bench --bench transfer -- 20000`; without one, 1,000. Each line is a
//! measure, its time, and what it counted.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench prints what it measures, and a failure ends it"
)]

use std::{
    path::Path,
    time::{Duration, Instant},
};

use hashiya::{
    annotation::Annotator,
    interchange::Format,
    session::{ExportOptions, ImportOptions, Progress, Target, export, import, open_or_create},
    store::Reader,
};

const SENTENCES: [&str; 4] = [
    "أعلن مجلس البلدية أمس فتح ثلاث حدائق جديدة على ضفة النهر، ",
    "وقال المتحدث باسم المجلس إن الزوار سيدخلونها بلا رسوم حتى نهاية العام. ",
    "في المقابل نفت شركة المياه أن يكون المشروع سبب انقطاع الضخ في الأحياء الشرقية، ",
    "ودعت السكان إلى الاتصال بمكاتبها قبل الساعة العاشرة صباحا.\n",
];
const LABELS: [&str; 5] = ["PERSON", "ORGANIZATION", "LOCATION", "CLAIM", "DENIAL"];
const SPANS: usize = 20;

/// A line of the file: an article with a span over each of its first words.
fn line(n: usize) -> String {
    let mut text = format!("خبر رقم {n} من المدينة\n");
    for turn in 0..4 {
        for at in 0..SENTENCES.len() {
            text.push_str(SENTENCES[(at + n + turn) % SENTENCES.len()]);
        }
    }
    text.push_str(SENTENCES[n % SENTENCES.len()]);
    let mut spans = Vec::with_capacity(SPANS);
    let mut start = 0;
    for (at, c) in text.chars().enumerate() {
        if !c.is_whitespace() || spans.len() == SPANS {
            continue;
        }
        if at > start {
            spans.push((start, at, LABELS[spans.len() % LABELS.len()]));
        }
        start = at + 1;
    }
    assert_eq!(spans.len(), SPANS);
    format!(
        "{}\n",
        serde_json::json!({"id": n, "text": text, "label": spans})
    )
}

fn timed<T>(what: &str, work: impl FnOnce() -> (T, usize)) -> T {
    let begun = Instant::now();
    let (done, count) = work();
    let took: Duration = begun.elapsed();
    println!("{what:<24} {:>9.3} s  {count}", took.as_secs_f64());
    done
}

fn bring(project: &Path, file: &Path, annotator: &Annotator) -> usize {
    let mut store = open_or_create(project).unwrap();
    let reader = Reader::open(store.path()).unwrap();
    let options = ImportOptions::new(annotator.clone(), annotator.clone());
    let paths = vec![file.to_path_buf()];
    let progress = Progress::default();
    let done = import(&mut store, &reader, paths, &options, &progress, &mut |_| ()).unwrap();
    assert!(done.problems.is_empty(), "{:?}", done.problems.first());
    drop(reader);
    store.close().unwrap();
    done.new
}

fn main() {
    let count = std::env::args()
        .find_map(|argument| argument.parse().ok())
        .unwrap_or(1000_usize);
    let folder = tempfile::tempdir().unwrap();
    let (file, project) = (
        folder.path().join("in.jsonl"),
        folder.path().join("p.hashiya"),
    );
    let lines: String = (0..count).map(line).collect();
    std::fs::write(&file, lines).unwrap();
    let amal = Annotator::new("amal").unwrap();
    timed("import doccano", || ((), bring(&project, &file, &amal)));
    timed("import it again", || ((), bring(&project, &file, &amal)));
    for (name, out) in [
        ("doccano", "out.jsonl"),
        ("ron", "out.ron"),
        ("conll", "out.conll"),
        ("spacy", "out.spacy"),
        ("parquet", "out.parquet"),
        ("uima-xmi", "out"),
    ] {
        let options = ExportOptions::new(Format::named(name).unwrap());
        let target = Target::Path(folder.path().join(out));
        timed(&format!("export {name}"), || {
            let reader = Reader::open(&project).unwrap();
            let report = export(&reader, &target, &options, &Progress::default()).unwrap();
            assert!(!report.differs(), "{report:?}");
            ((), report.documents)
        });
    }
}
