//! Work that was done apart, made one: in any order, any number of times, the same.

use std::fs;

use hashiya::session::{Bell, Command, MergeCommand, Places, Session, TransferCommand};

use super::cli::Desk;

const TWO: &str = concat!(
    r#"{"id": 1, "text": "قال سمير إن الخبر صحيح", "label": [[4, 8, "PERSON"]]}"#,
    "\n",
    r#"{"id": 2, "text": "نفت الشركة ذلك", "label": [[4, 10, "ORGANIZATION"]]}"#,
    "\n"
);

/// A project of its own with a layer of `who`.
fn project(desk: &Desk, name: &str, who: &str, lines: &str) {
    let file = format!("{name}.jsonl");
    desk.write(&file, lines);
    desk.ok(&["import", name, &file, "--annotator", who]);
}

fn dataset(desk: &Desk, project: &str) -> String {
    let out = format!("{project}.all.ron");
    desk.ok(&["export", project, &out, "--format", "ron"]);
    fs::read_to_string(desk.path(&out)).unwrap()
}

#[test]
fn any_order_and_any_number_of_times_come_to_the_same() {
    let desk = Desk::new();
    project(&desk, "a.hashiya", "amal", TWO);
    project(&desk, "b.hashiya", "yusuf", &TWO.replace("PERSON", "CLAIM"));
    let third = r#"{"text": "نص ثالث", "label": [[0, 2, "EVENT"]]}"#;
    project(&desk, "c.hashiya", "amal", third);
    desk.ok(&["export", "c.hashiya", "c.ron", "--format", "ron"]);
    for name in ["x", "y"] {
        fs::copy(
            desk.path("a.hashiya"),
            desk.path(&format!("{name}.hashiya")),
        )
        .unwrap();
    }
    let out = desk.ok(&["merge", "x.hashiya", "b.hashiya", "c.ron"]);
    assert!(
        out.ends_with("1 documents new, 2 there already, 7 edits new, 0 conflicts\n"),
        "{out}"
    );
    desk.ok(&["merge", "y.hashiya", "c.hashiya"]);
    desk.ok(&["merge", "y.hashiya", "b.hashiya", "x.hashiya"]);
    let merged = dataset(&desk, "x.hashiya");
    assert!(
        merged.contains("yusuf") && merged.contains("EVENT"),
        "{merged}"
    );
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    // Only the order in which documents came in may differ.
    assert_eq!(sorted(&merged), sorted(&dataset(&desk, "y.hashiya")));
    let out = desk.ok(&["merge", "x.hashiya", "y.hashiya", "b.hashiya", "x.hashiya"]);
    assert!(out.contains(", 0 edits new, 0 conflicts"), "{out}");
    assert_eq!(dataset(&desk, "x.hashiya"), merged);
    desk.ok(&["check", "x.hashiya"]);
}

#[test]
fn the_window_merges_as_the_command_line_does() {
    let desk = Desk::new();
    project(&desk, "a.hashiya", "amal", TWO);
    project(&desk, "b.hashiya", "yusuf", &TWO.replace("PERSON", "CLAIM"));
    let third = r#"{"text": "نص ثالث", "label": [[0, 2, "EVENT"]]}"#;
    project(&desk, "c.hashiya", "amal", third);
    desk.ok(&["export", "c.hashiya", "c.ron", "--format", "ron"]);
    fs::copy(desk.path("a.hashiya"), desk.path("w.hashiya")).unwrap();
    desk.ok(&["merge", "a.hashiya", "b.hashiya", "c.ron"]);
    let places = Places {
        settings: desk.path("settings.ron"),
        data: desk.path("data"),
    };
    let mut session = Session::new(places, None, Bell::silent());
    assert!(session.open_project(&desk.path("w.hashiya")));
    let from = vec![desk.path("b.hashiya"), desk.path("c.ron")];
    for command in [MergeCommand::Look(from), MergeCommand::Merge] {
        session.run(Command::Transfer(TransferCommand::Merge(command)));
        while session.work().is_busy() {
            session.poll();
            std::thread::yield_now();
        }
    }
    session.close_project();
    assert_eq!(dataset(&desk, "a.hashiya"), dataset(&desk, "w.hashiya"));
    desk.ok(&["check", "w.hashiya"]);
}

#[test]
fn a_preview_tells_and_changes_nothing() {
    let desk = Desk::new();
    project(&desk, "a.hashiya", "amal", TWO);
    project(&desk, "b.hashiya", "yusuf", TWO);
    let before = dataset(&desk, "a.hashiya");
    let out = desk.ok(&["merge", "--preview", "a.hashiya", "b.hashiya"]);
    assert!(
        out.contains("2 there already") && out.contains("edits would be new"),
        "{out}"
    );
    assert_eq!(dataset(&desk, "a.hashiya"), before);
    desk.fails(1, &["merge", "--preview", "none.hashiya", "b.hashiya"]);
    assert!(!desk.path("none.hashiya").exists());
}

#[test]
fn the_later_of_two_edits_holds_and_is_told() {
    let desk = Desk::new();
    project(&desk, "a.hashiya", "amal", TWO);
    let first = dataset(&desk, "a.hashiya");
    let edit = |label: &str, time: &str, id: &str| relabelled(&first, label, time, id);
    desk.write("b.ron", edit("CLAIM", "2098-01-01T00:00:00.000Z", "1"));
    desk.write("c.ron", edit("DENIAL", "2099-01-01T00:00:00.000Z", "2"));
    desk.ok(&["merge", "a.hashiya", "b.ron"]);
    fs::copy(desk.path("a.hashiya"), desk.path("ab.hashiya")).unwrap();
    let out = desk.ok(&["merge", "ab.hashiya", "c.ron"]);
    assert!(
        out.contains("1 conflicts") && out.contains("its label"),
        "{out}"
    );
    assert!(out.contains("2099-01-01") && out.contains("سمير"), "{out}");
    desk.ok(&["import", "ca.hashiya", "c.ron"]);
    let out = desk.ok(&["merge", "ca.hashiya", "a.hashiya"]);
    assert!(out.contains("1 conflicts"), "{out}");
    assert_eq!(dataset(&desk, "ab.hashiya"), dataset(&desk, "ca.hashiya"));
    assert!(dataset(&desk, "ab.hashiya").contains("DENIAL"));
}

/// The dataset with one edit more, which gives the first span another label.
fn relabelled(dataset: &str, label: &str, time: &str, id: &str) -> String {
    let made = |line: &&str| line.contains("AddSpans([(label: \"PERSON\"");
    let line = dataset.lines().find(made).unwrap();
    let span = line.split('"').nth(1).unwrap();
    let (head, _) = line.split_once("Batch(").unwrap();
    let (before, after) = head.split_once(", author").unwrap();
    let edit = before
        .split_once(", time")
        .unwrap()
        .0
        .replace(span, &id.repeat(32));
    let change = format!("SetLabel(\"{span}.0\", \"{label}\")");
    let more = format!("{edit}, time: \"{time}\", author{after}{change})),");
    let of_span = |line: &&str| line.contains(&format!("Span(id: \"{span}.0\""));
    let there = dataset.lines().find(of_span).unwrap();
    let changed = format!("), changed: (time: \"{time}\", author: \"amal\")),");
    let now = there.replace("PERSON", label).replace(")),", &changed);
    dataset
        .replace(line, &format!("{line}\n{more}"))
        .replace(there, &now)
}

#[test]
fn what_is_damaged_or_no_work_is_refused_whole() {
    let desk = Desk::new();
    project(&desk, "a.hashiya", "amal", TWO);
    project(&desk, "b.hashiya", "yusuf", TWO);
    let before = dataset(&desk, "a.hashiya");
    let whole = fs::read(desk.path("b.hashiya")).unwrap();
    desk.write("cut.hashiya", &whole[..whole.len() / 2]);
    for from in ["cut.hashiya", "b.hashiya.jsonl", "nowhere.hashiya"] {
        let told = desk.fails(1, &["merge", "a.hashiya", "b.hashiya", from]);
        assert!(
            told.contains(from) && told.contains("nothing was merged"),
            "{told}"
        );
        assert_eq!(dataset(&desk, "a.hashiya"), before);
    }
    desk.fails(1, &["merge", "new.hashiya", "nowhere.hashiya"]);
    assert!(!desk.path("new.hashiya").exists());
}

/// What can still be read of a damaged project may be less than it had, or not what it was.
#[test]
fn a_project_that_fails_its_check_is_not_merged() {
    let desk = Desk::new();
    project(&desk, "a.hashiya", "amal", TWO);
    let text = "نص آخر لا يعرفه المشروع الأول، وفيه ما يكفي من الكلمات.";
    let line = format!("{{\"text\": \"{text}\", \"label\": []}}\n");
    project(&desk, "b.hashiya", "yusuf", &line);
    let before = dataset(&desk, "a.hashiya");
    let mut bytes = fs::read(desk.path("b.hashiya")).unwrap();
    let words = "ما يكفي من".as_bytes();
    let places: Vec<usize> = (0..bytes.len() - words.len())
        .filter(|at| bytes[*at..].starts_with(words))
        .collect();
    assert!(!places.is_empty());
    for at in places {
        // Another letter of the same length.
        bytes[at..at + 2].copy_from_slice("ه".as_bytes());
    }
    desk.write("b.hashiya", &bytes);
    desk.fails(1, &["check", "b.hashiya"]);
    let told = desk.fails(1, &["merge", "a.hashiya", "b.hashiya"]);
    assert!(
        told.contains("damaged") && told.contains("nothing was merged"),
        "{told}"
    );
    assert_eq!(dataset(&desk, "a.hashiya"), before);
}
