//! Label keys and shortcuts act by their place on the keyboard, also while that writes Arabic.

use super::desk::Desk;

/// X's codes of the places where an American keyboard has these letters.
const ONE: &str = "code:10";
const O: &str = "code:32";
const L: &str = "code:46";

#[test]
fn label_keys_work_while_the_keyboard_writes_arabic() {
    let Some(desk) = Desk::open() else { return };
    let article = desk.write("a.txt", "وصل سيرغي إلى مقر الجمعية في موسكو صباح اليوم.");
    let mut app = desk.start(&["--project", "p.hashiya", article.to_str().unwrap()]);
    app.wait_for("the article", |tree| {
        tree.text().contains("موسكو").then_some(())
    });
    app.settle();
    desk.keyboard("ara");
    let wanted = [
        ("سيرغي", ONE, "PERSON: سيرغي"),
        ("الجمعية", O, "ORGANIZATION: الجمعية"),
        ("موسكو", L, "LOCATION: موسكو"),
    ];
    for (word, key, mark) in wanted {
        app.drag_over(word, 0);
        app.key(key);
        app.wait_for(mark, |tree| {
            tree.marks().contains(&mark.to_owned()).then_some(())
        });
    }
    // Ctrl+Z where Z stands: the layout has ئ there.
    app.key("ctrl+52");
    app.wait_for("the last one gone", |tree| {
        (tree.marks().len() == 2).then_some(())
    });
}
