//! Two windows on one project: the second reads, and says who writes; the first goes on.

use eframe::egui::accesskit::Role;

use super::app::App;
use super::desk::Desk;

const ARTICLE: &str = "وصل سيرغي إلى مقر الجمعية في موسكو صباح اليوم.";

fn shows_article(app: &mut App<'_>) {
    app.wait_for("the article", |tree| {
        tree.text().contains("موسكو").then_some(())
    });
    app.settle();
}

#[test]
fn a_second_window_reads_and_says_who_writes() {
    let Some(desk) = Desk::open() else { return };
    let article = desk.write("a.txt", ARTICLE);
    let mut first = desk.start(&["--project", "p.hashiya", article.to_str().unwrap()]);
    shows_article(&mut first);
    let mut second = desk.start(&["p.hashiya"]);
    shows_article(&mut second);
    let writer = first.id().to_string();
    second.wait_for("who writes", |tree| {
        let mut alerts = tree
            .nodes()
            .into_iter()
            .filter(|node| node.role() == Role::Alert);
        alerts
            .any(|alert| {
                let said = alert.label().unwrap_or_default();
                said.contains("tester") && said.contains(&writer) && said.contains("reading only")
            })
            .then_some(())
    });
    second.wait_for("read only", |tree| {
        let words = tree
            .nodes()
            .into_iter()
            .map(|node| node.value().or(node.label()));
        words
            .flatten()
            .any(|word| word == "Read only")
            .then_some(())
    });
    second.drag_over("سيرغي", 0);
    second.key("1");
    second.settle();
    assert!(second.tree().marks().is_empty());

    first.raise();
    let before = first.saved().unwrap();
    first.drag_over("موسكو", 0);
    first.key("3");
    first.wait_saved(before + 1);
    assert_eq!(first.tree().marks(), ["LOCATION: موسكو"]);
    first.kill();
    // The second still reads; a third can write, since the lock went with the first.
    second.settle();
    drop(second);
    let mut third = desk.start(&["p.hashiya"]);
    shows_article(&mut third);
    assert_eq!(third.tree().marks(), ["LOCATION: موسكو"]);
    third.drag_over("سيرغي", 0);
    third.key("1");
    third.wait_saved(1);
}
