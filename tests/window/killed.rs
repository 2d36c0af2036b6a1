//! The power fails while somebody labels: the window is killed at random moments, and whatever it had shown
//! as saved is in the project.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use hashiya::annotation::{Annotator, DocumentId, LayerKey, TextHash};
use hashiya::store::{self, Reader};

use super::desk::Desk;
use super::tree::{Point, Tree};

const ARTICLE: &str = include_str!("../../assets/sample/articles/04_manuscript_return.txt");
const KILLS: usize = 50;
/// More than fit between the start and the latest kill.
const GESTURES: usize = 20;

/// Numbers without order that a seed repeats.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

/// `HASHIYA_SEED` repeats a run; it is printed when one fails.
fn seed() -> u64 {
    let given = std::env::var("HASHIYA_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok());
    let now = || {
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap()
            .as_nanos() as u64
    };
    given.unwrap_or_else(now).max(1)
}

/// Drags over some words of a line that is in sight, each with a label key.
fn gestures(tree: &Tree, dice: &mut Dice) -> Vec<(Point, Point, String)> {
    let lines: Vec<Vec<&str>> = ARTICLE
        .lines()
        .take(6)
        .map(|line| line.split_whitespace().collect())
        .collect();
    let gesture = |_| {
        let words = &lines[dice.below(lines.len())];
        let first = dice.below(words.len());
        let last = (first + dice.below(3)).min(words.len() - 1);
        let phrase = words[first..=last].join(" ");
        let (from, to) = tree
            .ends_of(&phrase, 0)
            .expect("the first lines are in the tree");
        (from, to, (1 + dice.below(5)).to_string())
    };
    (0..GESTURES).map(gesture).collect()
}

/// What was on the screen last: how many edits were said to be saved, and the spans when all were.
#[derive(Default)]
struct Shown {
    saved: u64,
    marks: Vec<String>,
}

/// The edits of the project, and its spans as the tree names them; it must be sound.
fn in_project(desk: &Desk) -> (u64, Vec<String>) {
    let path = desk.path("p.hashiya");
    let report = store::check(&path, &mut |_| true).unwrap();
    assert!(report.problems.is_empty(), "{:?}", report.problems);
    let reader = Reader::open(&path).unwrap();
    let document = DocumentId::new(&TextHash::of(ARTICLE), 0);
    let key = LayerKey {
        document,
        annotator: Annotator::new("amal").unwrap(),
    };
    let log = reader.layer_log(&key).unwrap();
    let name = |span: &hashiya::annotation::Span| {
        format!("{}: {}", span.data.label, span.data.fragments.text(ARTICLE))
    };
    (
        reader.edit_count().unwrap(),
        log.state().spans().map(name).collect(),
    )
}

#[test]
fn what_was_shown_as_saved_outlives_fifty_kills() {
    let Some(desk) = Desk::open() else { return };
    let seed = seed();
    eprintln!("HASHIYA_SEED={seed}");
    let mut dice = Dice(seed);
    desk.write("a.txt", ARTICLE);
    assert!(desk.run(&["import", "p.hashiya", "a.txt"]).status.success());
    let (mut before, _) = in_project(&desk);
    let mut rounds_with_edits = 0;
    for round in 0..KILLS {
        let mut app = desk.start(&["--annotator", "amal", "p.hashiya"]);
        let tree = app.wait_for("the article", |tree| {
            tree.text().starts_with("عودة مخطوط").then(|| tree.clone())
        });
        let mut hands = app.begin_tagging(&gestures(&tree, &mut dice));
        let end = Instant::now() + Duration::from_millis(50 + dice.below(850) as u64);
        let mut shown = Shown::default();
        while Instant::now() < end {
            let tree = app.tree();
            if let Some(saved) = tree.saved() {
                shown = Shown {
                    saved,
                    marks: tree.marks(),
                };
            }
        }
        app.kill();
        hands.kill().unwrap();
        hands.wait().unwrap();
        let (edits, spans) = in_project(&desk);
        assert!(
            edits >= before + shown.saved,
            "round {round}: {edits} < {before} + {}",
            shown.saved
        );
        for mark in &shown.marks {
            assert!(
                spans.contains(mark),
                "round {round}: {mark} is lost: {spans:?}"
            );
        }
        rounds_with_edits += usize::from(shown.saved > 0);
        before = edits;
    }
    assert!(
        rounds_with_edits > KILLS / 4,
        "edits in {rounds_with_edits} rounds only"
    );
}
