//! Making, choosing and changing spans with the mouse.

use super::*;

const NEWS: &str = "المحادثات تدخل يومها الثالث
قال وزير النقل سمير الحداد إن «هيئة الموانئ» ستعيد فتح مرفأ اللاذقية خلال أسبوع. ونفى متحدث باسم شركة الشحن أن تكون المفاوضات قد توقفت.
وصرحت Maria Lindqvist من مكتب Reuters في أوسلو أن نسبة 12.5% من الشحنات تأخرت.
The port authority in Rotterdam said that no ship had left.
";

fn desk() -> Harness<'static, Desk> {
    window(Desk::with(NEWS), Look::default())
}

#[test]
fn a_drag_selects_words_in_right_to_left_text() {
    let mut harness = desk();
    drag_over(&mut harness, "النقل [سمير الحداد] إن");
    assert_eq!(harness.state().selected(), "سمير الحداد");
}

#[test]
fn a_drag_backwards_selects_the_same() {
    let mut harness = desk();
    let (start, end) = harness.state().place("النقل [سمير الحداد] إن");
    let (from, to) = (edge_behind(&harness, end), edge_at(&harness, start));
    drag(&mut harness, from, to);
    assert_eq!(harness.state().selected(), "سمير الحداد");
}

#[test]
fn a_drag_selects_inside_embedded_latin_and_over_the_change_of_direction() {
    let mut harness = desk();
    drag_over(&mut harness, "وصرحت [Maria Lindqvist] من");
    assert_eq!(harness.state().selected(), "Maria Lindqvist");
    drag_over(&mut harness, "Maria [Lindqvist] من");
    assert_eq!(harness.state().selected(), "Lindqvist");
    drag_over(&mut harness, "[Rotterdam]");
    assert_eq!(harness.state().selected(), "Rotterdam");
}

#[test]
fn a_drag_is_shrunk_off_space_and_quotes() {
    let mut harness = desk();
    drag_over(&mut harness, "إن[ «هيئة الموانئ» ]ستعيد");
    assert_eq!(harness.state().selected(), "هيئة الموانئ");
}

#[test]
fn a_drag_begins_inside_and_at_the_edge_of_the_chosen_span() {
    let mut desk = Desk::with(NEWS);
    desk.tag(
        "CLAIM",
        "إن [«هيئة الموانئ» ستعيد فتح مرفأ اللاذقية خلال أسبوع].",
    );
    let mut harness = window(desk, Look::default());
    drag_over(&mut harness, "مرفأ [اللاذقية] خلال");
    assert_eq!(harness.state().selected(), "اللاذقية");
    assert!(
        harness.state().chosen().starts_with("CLAIM"),
        "the chosen span stays chosen"
    );
    drag_over(&mut harness, "إن [«هيئة الموانئ» ستعيد]");
    assert_eq!(harness.state().selected(), "هيئة الموانئ» ستعيد");
}

#[test]
fn two_clicks_take_a_word_and_three_a_sentence() {
    let mut harness = desk();
    let (start, _) = harness.state().place("سمير [الحداد]");
    let at = middle(&harness, start + 4);
    click(&mut harness, at, 2);
    assert_eq!(harness.state().selected(), "الحداد");
    harness.run_steps(4);
    click(&mut harness, at, 3);
    assert_eq!(
        harness.state().selected(),
        "قال وزير النقل سمير الحداد إن «هيئة الموانئ» ستعيد فتح مرفأ اللاذقية خلال أسبوع"
    );
}

#[test]
fn a_click_chooses_the_innermost_span_and_again_goes_outwards() {
    let mut desk = Desk::with(NEWS);
    desk.tag("LOCATION", "مرفأ [اللاذقية] خلال");
    desk.tag("ORGANIZATION", "فتح [مرفأ اللاذقية] خلال");
    desk.tag(
        "CLAIM",
        "إن [«هيئة الموانئ» ستعيد فتح مرفأ اللاذقية خلال أسبوع].",
    );
    desk.choose_nothing();
    let mut harness = window(desk, Look::default());
    let (start, _) = harness.state().place("مرفأ [اللاذقية]");
    let at = middle(&harness, start + 4);
    for label in ["LOCATION", "ORGANIZATION", "CLAIM", "LOCATION"] {
        click(&mut harness, at, 1);
        harness.run_steps(4);
        assert!(
            harness.state().chosen().starts_with(label),
            "{}",
            harness.state().chosen()
        );
    }
    let (start, _) = harness.state().place("[وزير] النقل");
    let beside = middle(&harness, start);
    click(&mut harness, beside, 1);
    assert_eq!(harness.state().chosen(), "");
}

#[test]
fn shift_and_a_click_extend_the_selection() {
    let mut harness = desk();
    let (start, end) = harness.state().place("النقل [سمير الحداد] إن");
    let (from, to) = (edge_at(&harness, start), edge_behind(&harness, end));
    click(&mut harness, from, 1);
    harness.run_steps(4);
    harness.hover_at(to);
    button(&mut harness, to, true, Modifiers::SHIFT);
    button(&mut harness, to, false, Modifiers::SHIFT);
    assert_eq!(harness.state().selected(), "سمير الحداد");
}

#[test]
fn with_a_label_picked_first_a_drag_tags_at_once() {
    let mut desk = Desk::with(NEWS);
    desk.session.settings_mut().tools.label_first = true;
    desk.picked = Some(desk.label("PERSON"));
    let mut harness = window(desk, Look::default());
    drag_over(&mut harness, "النقل[ سمير الحداد ]إن");
    assert_eq!(harness.state().spans(), ["PERSON: سمير الحداد"]);
}

#[test]
fn handles_below_the_letters_move_the_edges() {
    let mut desk = Desk::with(NEWS);
    desk.tag("PERSON", "النقل [سمير] الحداد");
    let mut harness = window(desk, Look::default());
    let (_, end) = harness.state().place("النقل [سمير] الحداد");
    let knob = edge_behind(&harness, end) + egui::vec2(-3.0, 20.0);
    let (_, to) = harness.state().place("النقل [سمير الحداد] إن");
    let to = edge_behind(&harness, to) + egui::vec2(-3.0, 20.0);
    drag(&mut harness, knob, to);
    assert_eq!(harness.state().spans(), ["PERSON: سمير الحداد"]);
    let (start, _) = harness.state().place("النقل [سمير الحداد] إن");
    let knob = edge_at(&harness, start) + egui::vec2(3.0, 20.0);
    let (to, _) = harness.state().place("وزير [النقل] سمير");
    let to = edge_at(&harness, to) + egui::vec2(3.0, 20.0);
    drag(&mut harness, knob, to);
    assert_eq!(harness.state().spans(), ["PERSON: النقل سمير الحداد"]);
}

#[test]
fn the_second_button_chooses_what_is_under_it_and_keeps_a_selection() {
    let mut desk = Desk::with(NEWS);
    desk.tag("PERSON", "النقل [سمير الحداد] إن");
    desk.choose_nothing();
    let mut harness = window(desk, Look::default());
    let second = |harness: &mut Harness<'_, Desk>, pos| {
        harness.hover_at(pos);
        for pressed in [true, false] {
            let button = PointerButton::Secondary;
            harness.event(Event::PointerButton {
                pos,
                button,
                pressed,
                modifiers: Modifiers::NONE,
            });
            harness.step();
        }
    };
    let (start, _) = harness.state().place("سمير [الحداد]");
    let at = middle(&harness, start);
    second(&mut harness, at);
    assert_eq!(harness.state().chosen(), "PERSON: سمير الحداد");
    drag_over(&mut harness, "[وزير النقل] سمير");
    let (start, _) = harness.state().place("وزير [النقل]");
    let at = middle(&harness, start);
    second(&mut harness, at);
    assert_eq!(harness.state().selected(), "وزير النقل");
    assert_eq!(harness.state().menus.len(), 2);
}

#[test]
fn a_press_on_the_letters_below_a_handle_is_no_press_on_the_handle() {
    let mut desk = Desk::with(NEWS);
    desk.tag("PERSON", "النقل [سمير الحداد] إن");
    let mut harness = window(desk, Look::default());
    for edge in ["النقل [سمير الحداد] إن"] {
        let (start, end) = harness.state().place(edge);
        for at in [edge_at(&harness, start), edge_behind(&harness, end)] {
            for dy in [-8.0, 0.0, 8.0, 32.0, 40.0, 48.0] {
                let from = at + egui::vec2(1.0, dy);
                drag(&mut harness, from, from - egui::vec2(60.0, 0.0));
                assert_eq!(harness.state().spans(), ["PERSON: سمير الحداد"], "{dy}");
                assert!(!harness.state().selected().is_empty(), "{dy}");
                harness.run_steps(4);
            }
        }
    }
}
