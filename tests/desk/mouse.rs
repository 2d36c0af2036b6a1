//! Making and choosing spans with the mouse: drag, clicks, the palette, label first.

use eframe::egui::{Key, PointerButton, pos2, vec2};
use hashiya::session::Command;

use super::{
    Desk, NEWS,
    hands::{NONE, SHIFT},
};

#[test]
fn a_drag_over_arabic_and_a_label_key_make_a_span() {
    let mut desk = Desk::news();
    desk.drag_over("قال [سمير الحداد] إن");
    desk.assert_selected("قال [سمير الحداد] إن");
    desk.key(Key::P);
    desk.assert_spans(&["PERSON: قال [سمير الحداد] إن"]);
    assert_eq!(desk.chosen().as_deref(), Some("PERSON: سمير الحداد"));
    desk.assert_nothing_selected();
}

#[test]
fn a_drag_from_the_last_letter_to_the_first_is_the_same() {
    let mut desk = Desk::news();
    let (first, last) = desk.drag_ends("قال [سمير الحداد] إن");
    desk.drag(last, first);
    desk.assert_selected("قال [سمير الحداد] إن");
}

#[test]
fn a_drag_takes_part_of_a_word() {
    let mut desk = Desk::news();
    desk.drag_over("قال سمير ال[حدا]د إن");
    desk.assert_selected("قال سمير ال[حدا]د إن");
}

#[test]
fn a_drag_takes_latin_inside_arabic_and_both_together() {
    let mut desk = Desk::news();
    desk.drag_over("وصرحت [Maria Lindqvist] لوكالة");
    desk.key(Key::P);
    desk.drag_over("Maria Lind[qvist] لوكالة");
    desk.key(Key::L);
    desk.drag_over("Lindqvist [لوكالة Reuters] أن");
    desk.key(Key::O);
    desk.drag_over("أن [12.5%] من");
    desk.key(Key::C);
    desk.assert_spans(&[
        "PERSON: وصرحت [Maria Lindqvist] لوكالة",
        "LOCATION: Maria Lind[qvist] لوكالة",
        "ORGANIZATION: Lindqvist [لوكالة Reuters] أن",
        "CLAIM: أن [12.5%] من",
    ]);
}

#[test]
fn a_drag_takes_words_of_a_left_to_right_paragraph() {
    let mut desk = Desk::news();
    desk.drag_over("port of [Rotterdam] stayed");
    desk.key(Key::L);
    desk.assert_spans(&["LOCATION: port of [Rotterdam] stayed"]);
}

#[test]
fn a_drag_begins_and_ends_inside_another_span_and_at_its_edges() {
    let mut desk = Desk::news();
    desk.tag("CLAIM", "إن [«المحادثات» في أوسلو ستبدأ غدا].");
    desk.drag_over("في [أوسلو] ستبدأ");
    desk.assert_selected("في [أوسلو] ستبدأ");
    assert!(
        desk.chosen().unwrap().starts_with("CLAIM"),
        "a selection leaves the chosen span chosen"
    );
    desk.key(Key::L);
    desk.drag_over("ستبدأ [غدا].");
    desk.key(Key::O);
    desk.assert_spans(&[
        "CLAIM: إن [«المحادثات» في أوسلو ستبدأ غدا].",
        "LOCATION: في [أوسلو] ستبدأ",
        "ORGANIZATION: ستبدأ [غدا].",
    ]);
}

#[test]
fn a_drag_goes_over_a_line_break_and_a_paragraph() {
    let long = "كلمة ثم أخرى ".repeat(40);
    let mut desk = Desk::open(&[&long]);
    let letters = desk.letters();
    let line_end = letters.iter().take_while(|letter| letter.run == 0).count();
    let (from, to) = (&letters[line_end - 5], &letters[line_end + 3]);
    desk.drag(from.edge_before(), to.edge_behind());
    let expected: String = letters[line_end - 5..line_end + 4]
        .iter()
        .map(|l| l.text.as_str())
        .collect();
    desk.key(Key::C);
    assert_eq!(desk.spans(), [format!("CLAIM: {}", expected.trim())]);

    let mut desk = Desk::news();
    desk.drag_over("إلى [الميناء\nقال] سمير");
    desk.key(Key::C);
    desk.assert_spans(&["CLAIM: إلى [الميناء\nقال] سمير"]);
}

#[test]
fn two_clicks_take_a_word_and_three_a_sentence() {
    let mut desk = Desk::news();
    desk.click_on("في [أوسلو] ستبدأ", 2);
    desk.assert_selected("في [أوسلو] ستبدأ");
    desk.key(Key::L);
    desk.click_on("[وزارة] النقل", 3);
    desk.key(Key::D);
    desk.assert_spans(&[
        "LOCATION: في [أوسلو] ستبدأ",
        "DENIAL: غدا. [ونفت وزارة النقل ذلك].",
    ]);
}

#[test]
fn a_drag_after_two_clicks_takes_whole_words() {
    use eframe::egui::PointerButton::Primary;
    let mut desk = Desk::news();
    let (from, to) = (desk.middle_of("سم[ي]ر"), desk.middle_of("الح[د]اد"));
    desk.harness.hover_at(from);
    desk.harness.step();
    for pressed in [true, false, true] {
        desk.button(from, Primary, pressed, NONE);
    }
    desk.harness.hover_at(to);
    desk.harness.step();
    desk.button(to, Primary, false, NONE);
    desk.assert_selected("قال [سمير الحداد] إن");
}

#[test]
fn a_selection_sheds_space_quotes_and_stops() {
    let mut desk = Desk::news();
    desk.drag_over("إن[ «المحادثات» ]في");
    desk.assert_selected("إن «[المحادثات]» في");
    desk.drag_over("غدا. [ونفت وزارة النقل ذلك.]");
    desk.assert_selected("غدا. [ونفت وزارة النقل ذلك].");
    desk.drag_over("إن [«]المحادثات");
    desk.assert_selected("إن [«]المحادثات");
}

#[test]
fn without_trimming_a_selection_is_what_was_dragged() {
    let mut desk = Desk::news();
    desk.harness
        .state_mut()
        .session_mut()
        .settings_mut()
        .tools
        .trim = false;
    desk.drag_over("إن[ «المحادثات» ]في");
    desk.key(Key::C);
    desk.assert_spans(&["CLAIM: إن[ «المحادثات» ]في"]);
}

#[test]
fn a_click_on_the_palette_tags_and_relabels_and_adds() {
    let mut desk = Desk::news();
    desk.drag_over("قال [سمير] الحداد");
    desk.click("Person");
    desk.assert_spans(&["PERSON: قال [سمير] الحداد"]);
    desk.click("Location");
    desk.assert_spans(&["LOCATION: قال [سمير] الحداد"]);
    desk.drag_over("سمير [الحداد] إن");
    desk.click_holding(SHIFT, "Location");
    desk.assert_spans(&["LOCATION: قال [سمير] [الحداد] إن"]);
    desk.key(Key::O);
    desk.assert_spans(&["ORGANIZATION: قال [سمير] [الحداد] إن"]);
}

#[test]
fn with_a_label_first_each_drag_tags_at_once() {
    let mut desk = Desk::news();
    desk.harness
        .state_mut()
        .session_mut()
        .settings_mut()
        .tools
        .label_first = true;
    desk.click("Location");
    desk.drag_over("في [أوسلو] ستبدأ");
    desk.drag_over("of[ Rotterdam ]stayed");
    desk.assert_spans(&[
        "LOCATION: في [أوسلو] ستبدأ",
        "LOCATION: of [Rotterdam] stayed",
    ]);
    desk.click("Location");
    desk.drag_over("وزارة [النقل] ذلك");
    desk.assert_selected("وزارة [النقل] ذلك");
    assert_eq!(desk.spans().len(), 2, "the label was let go");
}

#[test]
fn with_a_label_first_its_key_picks_it_and_two_clicks_only_select() {
    let mut desk = Desk::news();
    desk.harness
        .state_mut()
        .session_mut()
        .settings_mut()
        .tools
        .label_first = true;
    desk.key(Key::P);
    desk.click_on("[سمير] الحداد", 2);
    desk.assert_selected("[سمير] الحداد");
    desk.drag_over("قال [سمير الحداد] إن");
    desk.assert_spans(&["PERSON: قال [سمير الحداد] إن"]);
}

#[test]
fn with_a_label_first_the_span_just_made_is_not_relabelled_by_the_next_pick() {
    let mut desk = Desk::news();
    let session = desk.harness.state_mut().session_mut();
    session.settings_mut().tools.label_first = true;
    desk.key(Key::P);
    desk.drag_over("قال [سمير الحداد] إن");
    desk.key(Key::L);
    desk.drag_over("في [أوسلو] ستبدأ");
    desk.click("Organization");
    desk.drag_over("وزارة [النقل] ذلك");
    desk.assert_spans(&[
        "PERSON: قال [سمير الحداد] إن",
        "LOCATION: في [أوسلو] ستبدأ",
        "ORGANIZATION: وزارة [النقل] ذلك",
    ]);
    // A selection is tagged, by a click as by a key.
    desk.click_on("[الشحنات] تأخرت", 2);
    desk.click("Claim");
    assert_eq!(desk.chosen().as_deref(), Some("CLAIM: الشحنات"));
}

#[test]
fn a_handle_pulled_over_the_edge_scrolls() {
    let mut desk = Desk::open(&[&NEWS.repeat(30)]);
    desk.tag("LOCATION", "في [أوسلو] ستبدأ");
    let handle = desk.ends_of("في [أوسلو] ستبدأ").1.edge_behind() + vec2(-3.0, 20.0);
    let bottom = pos2(handle.x, 790.0);
    desk.harness.hover_at(handle);
    desk.harness.step();
    desk.button(handle, PointerButton::Primary, true, NONE);
    for _ in 0..40 {
        desk.harness.hover_at(bottom);
        desk.harness.step();
    }
    desk.button(bottom, PointerButton::Primary, false, NONE);
    desk.rest();
    let end = desk.article().chosen().unwrap().data.fragments.end();
    assert!(end > 4 * NEWS.len(), "{end}");
}

#[test]
fn a_click_chooses_the_innermost_span_and_again_the_ones_around_it() {
    let mut desk = Desk::news();
    desk.tag("LOCATION", "في [أوسلو] ستبدأ");
    desk.tag("ORGANIZATION", "«المحادثات» [في أوسلو] ستبدأ");
    desk.tag("CLAIM", "إن [«المحادثات» في أوسلو ستبدأ غدا].");
    desk.choose_nothing();
    for label in ["LOCATION", "ORGANIZATION", "CLAIM", "LOCATION"] {
        desk.click_on("في [أوسلو] ستبدأ", 1);
        assert!(
            desk.chosen().unwrap().starts_with(label),
            "{:?}",
            desk.chosen()
        );
    }
    desk.click_on("[وزارة] النقل", 1);
    assert_eq!(desk.chosen(), None);
}

#[test]
fn shift_and_a_click_extend_the_selection() {
    let mut desk = Desk::news();
    let (first, last) = desk.ends_of("قال [سمير الحداد] إن");
    desk.click_at(first.edge_before(), 1, NONE);
    desk.click_at(last.edge_behind(), 1, SHIFT);
    desk.assert_selected("قال [سمير الحداد] إن");
}

#[test]
fn a_long_article_is_tagged_where_it_is_scrolled_to() {
    let mut text = NEWS.repeat(30);
    text.push_str("آخر سطر في برلين هنا");
    let mut desk = Desk::open(&[&text]);
    let end = desk.article().text().len();
    desk.run(Command::Desk(hashiya::session::DeskCommand::Caret(
        end, false,
    )));
    desk.key_with(super::hands::CTRL, Key::End);
    desk.settle();
    let letters = desk.letters();
    let line: String = letters.iter().map(|letter| letter.text.as_str()).collect();
    let at = line.find("برلين").unwrap();
    let mut before = 0;
    let found = letters.iter().position(|letter| {
        before += letter.text.len();
        at < before
    });
    let first = found.unwrap();
    desk.drag(
        letters[first].edge_before(),
        letters[first + 4].edge_behind(),
    );
    desk.key(Key::L);
    desk.assert_spans(&["LOCATION: آخر سطر في [برلين] هنا"]);
}
