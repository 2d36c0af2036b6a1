//! Keys that change how things are shown, and copying.

use eframe::egui::{Event, Key, Modifiers};

use super::{Desk, hands::CTRL};

#[test]
fn f2_and_f9_fold_the_margins() {
    let mut desk = Desk::news();
    for (key, inside) in [(Key::F2, "Filter by title or text"), (Key::F9, "Person")] {
        desk.assert_shows(inside);
        desk.key(key);
        desk.assert_hides(inside);
        desk.key(key);
        desk.assert_shows(inside);
    }
}

#[test]
fn without_margins_tagging_goes_on() {
    let mut desk = Desk::news();
    desk.key(Key::F2);
    desk.key(Key::F9);
    desk.drag_over("قال [سمير] الحداد");
    desk.key(Key::P);
    desk.assert_spans(&["PERSON: قال [سمير] الحداد"]);
    desk.key(Key::Enter);
    desk.write("هنا");
    desk.key_with(CTRL, Key::Enter);
    desk.settle();
    assert_eq!(
        desk.article().layer().spans().next().unwrap().data.note,
        "هنا"
    );
}

#[test]
fn zoom_makes_letters_larger_and_a_drag_still_hits_them() {
    let mut desk = Desk::news();
    let zoom = |desk: &Desk| desk.harness.ctx.zoom_factor();
    desk.key_with(CTRL, Key::Plus);
    desk.key_with(
        Modifiers {
            shift: true,
            ..CTRL
        },
        Key::Plus,
    );
    desk.key_with(CTRL, Key::Equals);
    assert!((zoom(&desk) - 1.3).abs() < 1e-3, "{}", zoom(&desk));
    desk.drag_over("قال [سمير الحداد] إن");
    desk.key(Key::P);
    desk.assert_spans(&["PERSON: قال [سمير الحداد] إن"]);
    desk.key_with(CTRL, Key::Minus);
    assert!((zoom(&desk) - 1.2).abs() < 1e-3, "{}", zoom(&desk));
    desk.key_with(CTRL, Key::Num0);
    assert!((zoom(&desk) - 1.0).abs() < 1e-3, "{}", zoom(&desk));
}

#[test]
fn copy_takes_the_selection_or_else_the_span() {
    let mut desk = Desk::news();
    desk.tag("PERSON", "قال [سمير الحداد] إن");
    assert_eq!(desk.copied(Event::Copy).as_deref(), Some("سمير الحداد"));
    desk.drag_over("في [أوسلو] ستبدأ");
    assert_eq!(desk.copied(Event::Copy).as_deref(), Some("أوسلو"));
}

#[test]
fn copy_with_reference_names_the_document_and_the_code_points() {
    let mut desk = Desk::open(&["خبر\nقال سمير إن"]);
    desk.drag_over("قال [سمير] إن");
    let id = desk.article().key().document.to_string();
    let press = Event::Key {
        key: Key::C,
        physical_key: Some(Key::C),
        pressed: true,
        repeat: false,
        modifiers: Modifiers {
            shift: true,
            ..CTRL
        },
    };
    let copied = desk.copied(press).unwrap();
    assert_eq!(copied, format!("سمير\tخبر\t{id}\t8\t12"));
}
