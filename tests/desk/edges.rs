//! Moving the edges of the chosen span: keys, the proclitic key, handles.

use eframe::egui::{Key, Modifiers, vec2};

use super::{
    Desk, NEWS,
    hands::{ALT, CTRL},
};

const ALT_SHIFT: Modifiers = Modifiers { shift: true, ..ALT };
const CTRL_ALT: Modifiers = Modifiers { alt: true, ..CTRL };
const CTRL_ALT_SHIFT: Modifiers = Modifiers {
    alt: true,
    shift: true,
    ..CTRL
};

fn with(label: &str, marked: &str) -> Desk {
    let mut desk = Desk::news();
    desk.tag(label, marked);
    desk
}

#[test]
fn alt_and_arrows_move_the_end() {
    let mut desk = with("PERSON", "قال [سمير] الحداد");
    desk.key_with(ALT, Key::ArrowLeft);
    desk.assert_spans(&["PERSON: قال [سمير ]الحداد"]);
    desk.keys(2, ALT, Key::ArrowRight);
    desk.assert_spans(&["PERSON: قال [سمي]ر الحداد"]);
}

#[test]
fn alt_shift_and_arrows_move_the_start() {
    let mut desk = with("PERSON", "قال [سمير] الحداد");
    desk.key_with(ALT_SHIFT, Key::ArrowLeft);
    desk.assert_spans(&["PERSON: قال س[مير] الحداد"]);
    desk.keys(3, ALT_SHIFT, Key::ArrowRight);
    desk.assert_spans(&["PERSON: قا[ل سمير] الحداد"]);
}

#[test]
fn with_ctrl_the_edges_move_by_words() {
    let mut desk = with("PERSON", "قال [سمير] الحداد");
    desk.key_with(CTRL_ALT, Key::ArrowLeft);
    desk.assert_spans(&["PERSON: قال [سمير الحداد] إن"]);
    desk.key_with(CTRL_ALT_SHIFT, Key::ArrowRight);
    desk.assert_spans(&["PERSON: [قال سمير الحداد] إن"]);
    desk.key_with(CTRL_ALT_SHIFT, Key::ArrowLeft);
    desk.key_with(CTRL_ALT, Key::ArrowRight);
    desk.assert_spans(&["PERSON: قال [سمير] الحداد"]);
}

#[test]
fn in_english_right_goes_on() {
    let mut desk = with("LOCATION", "port of [Rotterdam] stayed");
    desk.keys(2, ALT, Key::ArrowLeft);
    desk.key_with(CTRL_ALT_SHIFT, Key::ArrowLeft);
    desk.assert_spans(&["LOCATION: port [of Rotterd]am"]);
    desk.key_with(ALT, Key::ArrowRight);
    desk.assert_spans(&["LOCATION: port [of Rotterda]m"]);
}

#[test]
fn an_edge_never_passes_the_other() {
    let mut desk = with("PERSON", "قال [سمير] الحداد");
    desk.keys(9, ALT, Key::ArrowRight);
    desk.assert_spans(&["PERSON: قال [س]مير الحداد"]);
    desk.keys(3, CTRL_ALT_SHIFT, Key::ArrowLeft);
    desk.assert_spans(&["PERSON: قال [س]مير الحداد"]);
}

#[test]
fn an_edge_stays_within_the_article() {
    let mut desk = with("CLAIM", "[وصول] الوفد");
    desk.keys(2, CTRL_ALT_SHIFT, Key::ArrowRight);
    desk.assert_spans(&["CLAIM: [وصول] الوفد"]);
}

#[test]
fn the_outer_edges_of_a_span_with_fragments_move() {
    let mut desk = with("CLAIM", "[المحادثات» في] أوسلو");
    desk.select("[وزارة] النقل");
    desk.key_with(Modifiers::SHIFT, Key::C);
    desk.key_with(CTRL_ALT, Key::ArrowLeft);
    desk.key_with(ALT_SHIFT, Key::ArrowRight);
    desk.assert_spans(&["CLAIM: [«المحادثات» في] أوسلو ستبدأ غدا. ونفت [وزارة النقل] ذلك"]);
}

#[test]
fn a_proclitic_is_dropped_and_taken_in_again() {
    let mut desk = with("ORGANIZATION", "Lindqvist [لوكالة] Reuters");
    desk.key(Key::K);
    desk.assert_spans(&["ORGANIZATION: Lindqvist ل[وكالة] Reuters"]);
    desk.key(Key::K);
    desk.assert_spans(&["ORGANIZATION: Lindqvist [لوكالة] Reuters"]);
}

#[test]
fn each_move_is_one_step_of_undo() {
    let mut desk = with("PERSON", "قال [سمير] الحداد");
    desk.key_with(CTRL_ALT, Key::ArrowLeft);
    desk.key_with(ALT, Key::ArrowRight);
    desk.key_with(CTRL, Key::Z);
    desk.assert_spans(&["PERSON: قال [سمير الحداد] إن"]);
    desk.key_with(CTRL, Key::Z);
    desk.assert_spans(&["PERSON: قال [سمير] الحداد"]);
}

#[test]
fn without_a_chosen_span_the_edge_keys_do_nothing() {
    let mut desk = with("PERSON", "قال [سمير] الحداد");
    desk.choose_nothing();
    for held in [ALT, ALT_SHIFT, CTRL_ALT, CTRL_ALT_SHIFT] {
        desk.key_with(held, Key::ArrowLeft);
    }
    desk.key(Key::K);
    desk.assert_spans(&["PERSON: قال [سمير] الحداد"]);
}

#[test]
fn out_of_sight_an_edge_goes_as_its_own_paragraph_runs() {
    let text = format!("{NEWS}{}", "وقال سمير إن الطريق مفتوح.\n".repeat(400));
    let mut desk = Desk::open(&[&text]);
    desk.key_with(CTRL, Key::End);
    desk.tag("LOCATION", "port of [Rotterdam] stayed");
    desk.key_with(CTRL, Key::End);
    desk.harness.run_steps(3);
    desk.key_with(ALT, Key::ArrowLeft);
    desk.assert_spans(&["LOCATION: port of [Rotterda]m stayed"]);
}

#[test]
fn where_lines_stand_close_letters_go_before_handles() {
    let mut desk = with("PERSON", "قال [سمير] الحداد");
    let session = desk.harness.state_mut().session_mut();
    session.settings_mut().reading.line_spacing = 0.6;
    session.settings_mut().reading.column = 12.0;
    desk.harness.run_steps(4);
    let (start, end) = desk.ends_of("قال [سمير] الحداد");
    // Below the span, as far as a handle may reach: whatever letters lie there can be pressed.
    for edge in [start.edge_before(), end.edge_behind()] {
        for down in 8..30 {
            let at = edge + vec2(0.0, down as f32);
            if !desk.is_on_letters(at) {
                continue;
            }
            desk.drag(at, at + vec2(60.0, 0.0));
            desk.assert_spans(&["PERSON: قال [سمير] الحداد"]);
        }
    }
}

#[test]
fn handles_below_the_letters_move_the_edges() {
    let mut desk = with("PERSON", "قال [سمير] الحداد");
    let end = desk.ends_of("قال [سمير] الحداد").1.edge_behind() + vec2(-3.0, 20.0);
    let to = desk.ends_of("[سمير الحداد] إن").1.edge_behind() + vec2(-3.0, 20.0);
    desk.drag(end, to);
    desk.assert_spans(&["PERSON: قال [سمير الحداد] إن"]);
    let start = desk.ends_of("[سمير] الحداد").0.edge_before() + vec2(3.0, 20.0);
    let to = desk.ends_of("[قال] سمير").0.edge_before() + vec2(3.0, 20.0);
    desk.drag(start, to);
    desk.assert_spans(&["PERSON: [قال سمير الحداد] إن"]);
}

#[test]
fn a_press_on_letters_at_an_edge_selects_and_moves_no_handle() {
    let mut desk = with("PERSON", "قال [سمير] الحداد");
    desk.drag_over("سمير [الحداد] إن");
    desk.assert_selected("سمير [الحداد] إن");
    let (first, last) = desk.ends_of("قال [سمير] الحداد");
    desk.drag(last.edge_behind(), first.edge_before());
    desk.assert_selected("قال [سمير] الحداد");
    desk.assert_spans(&["PERSON: قال [سمير] الحداد"]);
}
