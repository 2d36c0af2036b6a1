//! The README's picture, made by `make screenshot` from the real window; otherwise a check that the window
//! shows the sample.

use std::path::Path;

use super::desk::Desk;

#[test]
fn screenshot() {
    let Some(desk) = Desk::open() else { return };
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/sample/sample.ron");
    let imported = desk.run(&["import", "Sample.hashiya", sample]);
    assert!(imported.status.success(), "{imported:?}");
    let mut app = desk.start(&["--annotator", "amal", "Sample.hashiya"]);
    let title = "جولة ثالثة من محادثات التحلية";
    let row = app.wait_for("the list", |tree| {
        let nodes = tree.nodes();
        let row = nodes.iter().find(|node| {
            [node.label(), node.value()]
                .into_iter()
                .flatten()
                .any(|words| words.contains(title))
        })?;
        tree.centre(row)
    });
    app.click(row);
    app.wait_for("the article", |tree| {
        tree.text().starts_with(title).then_some(())
    });
    app.settle();
    let count = app.tree().marks().len();
    assert!(count >= 10, "{count} spans");
    if let Some(path) = std::env::var_os("HASHIYA_SCREENSHOT") {
        app.picture(&Path::new(env!("CARGO_MANIFEST_DIR")).join(path));
    }
}
