//! Title, metadata and assignments of the article.

use super::*;
use crate::annotation::Document;

fn open() -> Screen {
    let mut window = Window::new(TEXT);
    window.document.open();
    screen(window)
}

fn document(screen: &Screen) -> &Document {
    screen.state().article().document().unwrap()
}

#[test]
fn the_title_is_changed() {
    let mut screen = open();
    write(&mut screen, "Title", "عنوان جديد");
    press(&mut screen, Modifiers::NONE, Key::Enter);
    assert_eq!(document(&screen).title, "عنوان جديد");
}

#[test]
fn metadata_is_added_changed_and_removed() {
    let mut screen = open();
    write(&mut screen, "Key", "agency");
    write(&mut screen, "Value", "وكالة");
    press(&mut screen, Modifiers::NONE, Key::Enter);
    let value = |screen: &Screen| document(screen).metadata.get("agency").cloned();
    assert_eq!(value(&screen).as_deref(), Some("وكالة"));
    write(&mut screen, "agency", "صحيفة");
    press(&mut screen, Modifiers::NONE, Key::Enter);
    assert_eq!(value(&screen).as_deref(), Some("صحيفة"));
    click(&mut screen, "Remove \u{2068}agency\u{2069}");
    assert_eq!(value(&screen), None);
}

#[test]
fn somebody_is_assigned_and_not_any_more() {
    let mut screen = open();
    write(&mut screen, "Name", "أمل");
    press(&mut screen, Modifiers::NONE, Key::Enter);
    assert_eq!(document(&screen).assigned.len(), 1);
    click(&mut screen, "Do not assign \u{2068}أمل\u{2069} any more");
    assert!(document(&screen).assigned.is_empty());
}
