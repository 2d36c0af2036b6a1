//! An article is labelled from end to end with mouse and keys, the window is closed, and the export holds
//! exactly what was highlighted.

use serde_json::{Value, json};

use super::app::App;
use super::desk::Desk;
use crate::inputs::input;

const STRIKE: &str = include_str!("../../assets/sample/articles/01_port_strike.txt");

/// The triple that doccano's format has for the `nth` place where the text reads `phrase`.
fn triple(text: &str, phrase: &str, nth: usize, label: &str) -> Value {
    let (at, _) = text.match_indices(phrase).nth(nth).unwrap();
    let start = text[..at].chars().count();
    json!([start, start + phrase.chars().count(), label])
}

/// Waits for a span of this name, `LABEL: text`, `times` times.
fn wait_marks(app: &mut App<'_>, name: &str, times: usize) {
    app.wait_for(&format!("{times} × {name}"), |tree| {
        let marks = tree.marks();
        (marks.iter().filter(|mark| *mark == name).count() == times).then_some(())
    });
}

/// Drags over the text, presses the key, and waits for the span. A drag may take in more than becomes the
/// span.
fn tag(app: &mut App<'_>, dragged: &str, nth: usize, key: &str, mark: &str) {
    app.drag_over(dragged, nth);
    app.key(key);
    wait_marks(app, mark, 1);
}

/// Closes the window as people do, and reads the only record of the export.
fn quit_and_export(desk: &Desk, app: App<'_>) -> Value {
    app.key("ctrl+q");
    assert_eq!(app.wait_exit(), Some(0));
    assert!(
        !desk.path("p.hashiya-wal").exists(),
        "a closed project is one file"
    );
    let exported = desk.run(&["export", "p.hashiya", "out.jsonl", "--format", "doccano"]);
    assert!(exported.status.success(), "{exported:?}");
    let lines = std::fs::read_to_string(desk.path("out.jsonl")).unwrap();
    let [line] = lines.lines().collect::<Vec<_>>()[..] else {
        panic!("one record: {lines}")
    };
    serde_json::from_str(line).unwrap()
}

fn start<'desk>(desk: &'desk Desk, text: &str) -> App<'desk> {
    let article = desk.write("article.txt", text);
    let article = article.to_str().unwrap();
    let mut app = desk.start(&["--project", "p.hashiya", "--annotator", "amal", article]);
    app.wait_for("the article", |tree| {
        let first = text.lines().next()?;
        (tree.text().starts_with(first) && tree.saved().is_some()).then_some(())
    });
    app.settle();
    app
}

#[test]
fn an_article_is_labelled_from_end_to_end() {
    let Some(desk) = Desk::open() else { return };
    let mut app = start(&desk, STRIKE);
    let before = app.saved().unwrap();
    tag(&mut app, "حسام الدمنهوري", 0, "1", "PERSON: حسام الدمنهوري");
    tag(
        &mut app,
        "نقابة عمال المرافئ",
        1,
        "o",
        "ORGANIZATION: نقابة عمال المرافئ",
    );
    // The claim goes over a line's end and holds two words that are tagged after it.
    let claim = "نحو 85% من العمال التزموا بالإضراب";
    tag(&mut app, claim, 0, "4", &format!("CLAIM: {claim}"));
    tag(&mut app, "العمال", 0, "3", "LOCATION: العمال");
    app.key("p");
    wait_marks(&mut app, "PERSON: العمال", 1);
    // What a drag takes in of quotation marks and punctuation does not belong to the span.
    let said = "الرواتب حُوِّلت في موعدها إلى المصارف";
    tag(
        &mut app,
        &format!("«{said}»،"),
        0,
        "c",
        &format!("CLAIM: {said}"),
    );
    // A denial of two parts.
    let (denial, rest) = (
        "نفت المتحدثة باسم شركة مرسى الدلتا",
        "أن تكون الشركة قد أوقفت صرف أي أجور",
    );
    tag(&mut app, denial, 0, "5", &format!("DENIAL: {denial}"));
    app.drag_over(rest, 0);
    app.key("shift+5");
    wait_marks(&mut app, &format!("DENIAL: {denial} … {rest}"), 1);
    // One that is taken back, and one that is removed.
    tag(&mut app, "الساحل", 0, "l", "LOCATION: الساحل");
    app.key("ctrl+z");
    wait_marks(&mut app, "LOCATION: الساحل", 0);
    tag(&mut app, "بيان", 0, "l", "LOCATION: بيان");
    app.key("Delete");
    wait_marks(&mut app, "LOCATION: بيان", 0);
    app.wait_saved(before + 12);
    let record = quit_and_export(&desk, app);
    assert_eq!(record["text"], STRIKE);
    let triples = [
        triple(STRIKE, "نقابة عمال المرافئ", 1, "ORGANIZATION"),
        triple(STRIKE, "حسام الدمنهوري", 0, "PERSON"),
        triple(STRIKE, claim, 0, "CLAIM"),
        triple(STRIKE, "العمال", 0, "PERSON"),
        triple(STRIKE, denial, 0, "DENIAL"),
        triple(STRIKE, rest, 0, "DENIAL"),
        triple(STRIKE, said, 0, "CLAIM"),
    ];
    assert_eq!(record["label"], json!(triples));
}

#[test]
fn a_real_article_is_labelled_while_it_scrolls() {
    let Some(bytes) = input("articles/istanbul_talks.txt") else {
        return;
    };
    let text = String::from_utf8(bytes).unwrap();
    let Some(desk) = Desk::open() else { return };
    let mut app = start(&desk, &text);
    let before = app.saved().unwrap();
    let wanted = [
        ("إسطنبول", "3", "LOCATION"),
        ("سيرغي ريابكوف", "1", "PERSON"),
        (
            "المحادثات بين روسيا والولايات المتحدة في إسطنبول كانت عملية",
            "4",
            "CLAIM",
        ),
        ("الولايات المتحدة", "l", "LOCATION"),
        ("كارين جان بيير", "p", "PERSON"),
        ("وول ستريت جورنال", "2", "ORGANIZATION"),
        ("لينفي الأمر", "d", "DENIAL"),
        ("جيك سوليفان", "1", "PERSON"),
        ("سي آي إيه", "o", "ORGANIZATION"),
        ("لا يجري مفاوضات من أي نوع", "5", "DENIAL"),
        ("فيكتور بوت", "1", "PERSON"),
    ];
    for (phrase, key, label) in wanted {
        for _ in 0..20 {
            if app.tree().text().contains(phrase) {
                break;
            }
            app.scroll(3);
        }
        tag(&mut app, phrase, 0, key, &format!("{label}: {phrase}"));
    }
    app.wait_saved(before + wanted.len() as u64);
    let record = quit_and_export(&desk, app);
    assert_eq!(record["text"], text);
    let triples = wanted.map(|(phrase, _, label)| triple(&text, phrase, 0, label));
    assert_eq!(record["label"], json!(triples));
}
