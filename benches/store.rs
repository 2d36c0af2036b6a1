//! What the project file costs at size: import, opening, the list's filters, the search in the
//! texts, and a key press in a large layer. Run with a number of documents: `cargo bench --bench
//! store -- 100000`; without one, 10,000. Each line is a measure, its time, and what it counted.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench prints what it measures, and a failure ends it"
)]

use std::{
    collections::BTreeMap,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use hashiya::{
    annotation::{
        Annotator, DocumentId, Fragments, LabelId, LayerKey, SpanData, Stamp, Status, TextHash,
        Time,
    },
    edit::{Change, DocumentChange, Edit, LayerChange},
    session::{Bell, Command, DocumentCommand, Filter, Places, ReviewCommand, Session},
    store::{Batch, Store},
    text::{ByteRange, arabic::Finder},
};

const SENTENCES: [&str; 4] = [
    "أعلن مجلس البلدية أمس فتح ثلاث حدائق جديدة على ضفة النهر، ",
    "وقال المتحدث باسم المجلس إن الزوار سيدخلونها بلا رسوم حتى نهاية العام. ",
    "في المقابل نفت شركة المياه أن يكون المشروع سبب انقطاع الضخ في الأحياء الشرقية، ",
    "ودعت السكان إلى الاتصال بمكاتبها قبل الساعة العاشرة صباحا.\n",
];

/// An article of about 2 kB.
fn article(n: usize) -> String {
    let mut text = format!("خبر رقم {n} من المدينة\n");
    for turn in 0..5 {
        for at in 0..SENTENCES.len() {
            text.push_str(SENTENCES[(at + n + turn) % SENTENCES.len()]);
        }
    }
    text
}

/// Spans over the first words of a text.
fn spans(text: &str, count: usize) -> Vec<SpanData> {
    let labels = ["PERSON", "ORGANIZATION", "LOCATION", "CLAIM", "DENIAL"];
    let mut edges = text
        .char_indices()
        .filter(|(_, c)| *c == ' ')
        .map(|(at, _)| at);
    let mut spans = Vec::with_capacity(count);
    let mut start = 0;
    for n in 0..count {
        let Some(end) = edges.next() else { break };
        let range = ByteRange::unchecked_order(start, end).unwrap();
        let label = LabelId::new(labels[n % labels.len()]).unwrap();
        spans.push(SpanData::new(label, Fragments::new([range]).unwrap()));
        start = end + 1;
    }
    spans
}

fn stamp(millis: usize) -> Stamp {
    Stamp {
        time: Time {
            millis: millis as u64,
            counter: 0,
        },
        author: Annotator::new("منى").unwrap(),
    }
}

fn import(store: &mut Store, documents: usize) {
    let mut batch = Batch::default();
    for n in 0..documents {
        let text = article(n);
        let hash = TextHash::of(&text);
        let document = DocumentId::new(&hash, 0);
        let metadata = BTreeMap::from([
            ("file".to_owned(), format!("/articles/{}/{n}.txt", n / 1000)),
            (
                "desk".to_owned(),
                if n % 50 == 0 {
                    "المحليات"
                } else {
                    "الأخبار"
                }
                .to_owned(),
            ),
        ]);
        let title = text.lines().next().unwrap().to_owned();
        let add = DocumentChange::Add {
            title,
            text: hash,
            metadata,
        };
        let annotator = Annotator::new("imported").unwrap();
        let tagged = vec![
            LayerChange::AddSpans(spans(&text, 20)),
            LayerChange::SetStatus(if n % 3 == 0 {
                Status::Done
            } else {
                Status::New
            }),
        ];
        let layer = Change::Layer(
            LayerKey {
                document,
                annotator,
            },
            LayerChange::Batch(tagged),
        );
        batch.edits.push(Arc::new(Edit::new(
            stamp(n),
            Change::Document(document, add),
        )));
        batch.edits.push(Arc::new(Edit::new(stamp(n), layer)));
        batch.texts.push((hash, text.into()));
        if batch.texts.len() == 2000 {
            store.commit(&std::mem::take(&mut batch)).unwrap();
        }
    }
    store.commit(&batch).unwrap();
}

fn report(what: &str, time: Duration, counted: usize) {
    println!(
        "{what:<60} {:>10.2} ms  {counted}",
        time.as_secs_f64() * 1000.0
    );
}

/// The best of five, so that the machine's other work does not count.
fn best(what: &str, mut measured: impl FnMut() -> usize) {
    let mut times = Vec::new();
    let mut counted = 0;
    for _ in 0..5 {
        let start = Instant::now();
        counted = measured();
        times.push(start.elapsed());
    }
    report(what, times.into_iter().min().unwrap(), counted);
}

fn main() {
    let wanted = std::env::args().find_map(|argument| argument.parse().ok());
    let documents: usize = wanted.unwrap_or(10_000);
    let folder = tempfile::tempdir_in(".").unwrap();
    let path = folder.path().join("bench.hashiya");
    let start = Instant::now();
    let mut store = Store::create(&path, &[]).unwrap();
    import(&mut store, documents);
    report("import, 2 kB and 20 spans each", start.elapsed(), documents);
    let start = Instant::now();
    store.close().unwrap();
    report(
        "close",
        start.elapsed(),
        std::fs::metadata(&path).unwrap().len() as usize,
    );
    if let Some(peak) = peak_memory() {
        println!("{:<60} {peak:>10}", "peak of resident memory so far, kB");
    }
    reading(&path);
    session(folder.path(), &path);
    second_annotator(&path, documents);
    counting(folder.path(), &path);
    key_press(&path);
}

fn reading(path: &Path) {
    best("open, with the list and a layer's counts", || {
        let store = Store::open(path).unwrap();
        let rows = store.read().documents().unwrap().len();
        let annotator = Annotator::new("imported").unwrap();
        rows + store.read().layer_rows(&annotator).unwrap().len()
    });
    let store = Store::open(path).unwrap();
    let read = store.read();
    best("the list alone", || read.documents().unwrap().len());
    let annotator = Annotator::new("imported").unwrap();
    best("a layer's counts alone", || {
        read.layer_rows(&annotator).unwrap().len()
    });
    best("filter by metadata", || {
        read.filter_metadata("محليات").unwrap().len()
    });
    let first = |needle: &str| {
        let finder = Finder::new(needle);
        let mut from = 0;
        loop {
            let chunk = read.texts_in_order(from, 1 << 20).unwrap();
            let Some(last) = chunk.last() else { return 0 };
            from = last.seq + 1;
            let found = chunk
                .iter()
                .filter(|one| finder.find_in(&one.text, 0).is_some());
            let found = found.count();
            if found > 0 {
                return found;
            }
        }
    };
    best("search in the texts, first hits", || {
        first("المتحدث") + first("الأحياء الشرقية")
    });
    best("search in all texts for what is in none", || first("قطار"));
}

/// The project as the window has it.
fn opened(folder: &Path, path: &Path, who: &str) -> Session {
    let places = Places {
        settings: folder.join("settings.ron"),
        data: folder.join("data"),
    };
    let annotator = Annotator::new(who).unwrap();
    let mut session = Session::new(places, Some(annotator), Bell::silent());
    session.open_paths(Some(path), Vec::new());
    assert!(session.article().is_some());
    session
}

/// What a person waits for: the project opened with its first article, the list filtered.
fn session(folder: &Path, path: &Path) {
    let open = || opened(folder, path, "imported");
    let mut times = Vec::new();
    for _ in 0..5 {
        let start = Instant::now();
        let session = open();
        times.push(start.elapsed());
        drop(session);
    }
    let opened = times.into_iter().min().unwrap();
    let mut session = open();
    let rows = session.project().unwrap().list().len();
    report(
        "open the project in a window, its list and an article",
        opened,
        rows,
    );
    let mut filtered = |what: &str, filter: Filter| {
        let mut times = Vec::new();
        for _ in 0..5 {
            session.run(Command::Document(
                DocumentCommand::Filter(Filter::default()),
            ));
            let start = Instant::now();
            session.run(Command::Document(DocumentCommand::Filter(filter.clone())));
            times.push(start.elapsed());
        }
        let shown = session.project().unwrap().list().shown().len();
        report(what, times.into_iter().min().unwrap(), shown);
    };
    filtered(
        "filter by status",
        Filter {
            status: Some(Status::Done),
            ..Filter::default()
        },
    );
    filtered(
        "filter by label",
        Filter {
            label: Some(LabelId::new("CLAIM").unwrap()),
            ..Filter::default()
        },
    );
    filtered(
        "filter by title and metadata",
        Filter {
            text: "المحليات".to_owned(),
            ..Filter::default()
        },
    );
    let start = Instant::now();
    let filter = Filter {
        text: "الشرقية".to_owned(),
        ..Filter::default()
    };
    session.run(Command::Document(DocumentCommand::Filter(filter)));
    while session.project().unwrap().list().shown().is_empty() {
        std::thread::sleep(Duration::from_millis(1));
        session.poll();
    }
    report(
        "search in the texts, first hits on the screen",
        start.elapsed(),
        0,
    );
}

/// Another annotator labels every document: every seventh span not, and every fifth with another label.
fn second_annotator(path: &Path, documents: usize) {
    let mut store = Store::open(path).unwrap();
    let mut batch = Batch::default();
    for n in 0..documents {
        let text = article(n);
        let key = LayerKey {
            document: DocumentId::new(&TextHash::of(&text), 0),
            annotator: Annotator::new("سامي").unwrap(),
        };
        let mut all = spans(&text, 20);
        for span in all.iter_mut().step_by(5) {
            span.label = LabelId::new("DENIAL").unwrap();
        }
        let mut place = n;
        all.retain(|_| {
            place += 1;
            place % 7 != 0
        });
        let layer = Change::Layer(key, LayerChange::AddSpans(all));
        let made = stamp(documents + n);
        batch.edits.push(Arc::new(Edit::new(made, layer)));
        if batch.edits.len() == 2000 {
            store.commit(&std::mem::take(&mut batch)).unwrap();
        }
    }
    store.commit(&batch).unwrap();
    store.close().unwrap();
}

/// How long a reviewer waits until all that is to be decided is counted.
fn counting(folder: &Path, path: &Path) {
    let mut session = opened(folder, path, "ليلى");
    let start = Instant::now();
    session.run(Command::Review(ReviewCommand::Review(true)));
    report(
        "review begins, the first article compared",
        start.elapsed(),
        1,
    );
    let mut longest = Duration::ZERO;
    while !session.review().queue().is_complete() {
        std::thread::sleep(Duration::from_millis(5));
        let poll = Instant::now();
        session.poll();
        longest = longest.max(poll.elapsed());
    }
    let open = session.review().queue().open_cases();
    report(
        "what is to be decided in all is counted",
        start.elapsed(),
        open,
    );
    report("the longest that the window waits meanwhile", longest, 1);
    if let Some(peak) = peak_memory() {
        println!("{:<60} {peak:>10}", "peak of resident memory so far, kB");
    }
}

/// A span more in a layer of 10,000.
fn key_press(path: &Path) {
    let mut store = Store::open(path).unwrap();
    let text = "كلمة ".repeat(20_000);
    let hash = TextHash::of(&text);
    let document = DocumentId::new(&hash, 0);
    let add = DocumentChange::Add {
        title: "طويل".to_owned(),
        text: hash,
        metadata: BTreeMap::new(),
    };
    let key = LayerKey {
        document,
        annotator: Annotator::new("منى").unwrap(),
    };
    let tag = |n: usize, spans| {
        Arc::new(Edit::new(
            stamp(1_000_000 + n),
            Change::Layer(key.clone(), LayerChange::AddSpans(spans)),
        ))
    };
    let mut all = spans(&text, 10_100);
    let later = all.split_off(10_000);
    let add = Edit::new(stamp(999_999), Change::Document(document, add));
    let edits = vec![Arc::new(add), tag(0, all)];
    store
        .commit(&Batch {
            edits,
            texts: vec![(hash, text.into())],
        })
        .unwrap();
    let mut later = later.into_iter().enumerate();
    best("a span more in a layer of 10,000, synced", || {
        let (n, span) = later.next().unwrap();
        let edits = vec![tag(n + 1, vec![span])];
        store
            .commit(&Batch {
                edits,
                texts: Vec::new(),
            })
            .unwrap()
            .edits
    });
    store.close().unwrap();
}

/// The most memory that this program has had, in kB, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
