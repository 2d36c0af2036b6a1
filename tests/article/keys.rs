//! The caret's movements, asked for as the commands do, and the view that follows it.

use hashiya::{gui::commands::CaretStep, typeset::Side};

use super::*;

const NEWS: &str = "قال سمير الحداد إن Reuters نشرت الخبر.\nThe port said twice: سلام.\nسطر أخير";

fn step(harness: &mut Harness<'_, Desk>, step: CaretStep, extend: bool) {
    let ctx = harness.ctx.clone();
    let desk = harness.state_mut();
    let article = desk.session.article().unwrap();
    let command = desk.view.move_caret(&ctx, article, step, extend).unwrap();
    desk.session.run(command);
    harness.step();
}

/// The text before the caret in its paragraph.
fn before(harness: &Harness<'_, Desk>) -> String {
    let article = harness.state().session.article().unwrap();
    let before = &article.text()[..article.desk().caret()];
    before.rsplit('\n').next().unwrap().to_owned()
}

#[test]
fn left_goes_forward_in_arabic_and_back_in_english() {
    let mut harness = window(Desk::with(NEWS), Look::default());
    step(&mut harness, CaretStep::Left, false);
    step(&mut harness, CaretStep::Left, false);
    assert_eq!(before(&harness), "قا");
    step(&mut harness, CaretStep::WordLeft, true);
    step(&mut harness, CaretStep::WordLeft, true);
    assert_eq!(harness.state().selected(), "ل سمير");
    let desk = harness.state();
    let article = desk.session.article().unwrap();
    assert!(desk.view.goes_forward(article, 0, Side::Left));
    assert!(
        !desk
            .view
            .goes_forward(article, NEWS.find("port").unwrap(), Side::Left)
    );
}

#[test]
fn home_end_and_lines_keep_to_what_is_seen() {
    let mut harness = window(Desk::with(NEWS), Look::default());
    step(&mut harness, CaretStep::LineEnd, false);
    assert_eq!(before(&harness), NEWS.lines().next().unwrap());
    step(&mut harness, CaretStep::LineDown, false);
    let down = harness.state().session.article().unwrap().desk().caret();
    assert_eq!(NEWS[..down].matches('\n').count(), 1);
    step(&mut harness, CaretStep::LineUp, false);
    assert_eq!(before(&harness), NEWS.lines().next().unwrap());
    step(&mut harness, CaretStep::DocumentEnd, false);
    assert_eq!(before(&harness), "سطر أخير");
    step(&mut harness, CaretStep::LineStart, true);
    assert_eq!(harness.state().selected(), "سطر أخير");
}

#[test]
fn the_view_follows_the_caret_and_a_page_is_a_screen() {
    let text = "سطر قصير من الخبر\n".repeat(400);
    let mut harness = window(Desk::with(&text), Look::default());
    step(&mut harness, CaretStep::DocumentEnd, false);
    harness.run_steps(2);
    let last = harness.get_all_by_role(Role::Paragraph).last().unwrap();
    assert!(last.rect().top() < 520.0, "{:?}", last.rect());
    step(&mut harness, CaretStep::DocumentStart, false);
    step(&mut harness, CaretStep::PageDown, false);
    let caret = harness.state().session.article().unwrap().desk().caret();
    let lines = text[..caret].matches('\n').count();
    assert!((6..=14).contains(&lines), "{lines}");
}

#[test]
fn the_scroll_bar_goes_to_the_end_and_covers_no_letter() {
    let text =
        "سطر طويل من الخبر يملأ عمود القراءة كله من أوله إلى آخره ثم يعود إلى أوله من جديد.\n"
            .repeat(300);
    let mut harness = window(Desk::with(&text), Look::default());
    let letters = harness
        .get_all_by_role(Role::TextRun)
        .map(|run| run.rect().right());
    let right = letters.fold(0.0, f32::max);
    let bar = pos2(844.0, 20.0);
    assert!(right < 830.0, "{right}");
    drag(&mut harness, bar, bar + egui::vec2(0.0, 600.0));
    harness.run_steps(3);
    let article = harness.state().session.article().unwrap();
    assert_eq!(article.desk().selection(), None);
    let last = harness.get_all_by_role(Role::Paragraph).last().unwrap();
    assert!(last.rect().bottom() <= 530.0, "{:?}", last.rect());
}
