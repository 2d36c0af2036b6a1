//! Synthetic presses as the layouts of the world send them.

#![expect(
    clippy::unnecessary_wraps,
    reason = "compared with what `read` returns"
)]

use eframe::egui::{Event, ImeEvent, Key, Modifiers};

use super::*;
use crate::gui::commands::{
    CaretCommand, CaretStep, Edge, EdgeCommand, EdgeStep, EditCommand, ReviewCommand, SideCommand,
    SpanCommand, ViewCommand,
};

/// P, O, L, C, D: the default labels.
const HOTKEYS: [Option<char>; 5] = [Some('P'), Some('O'), Some('L'), Some('C'), Some('D')];

fn key(key: Key, physical: Key, modifiers: Modifiers) -> Event {
    Event::Key {
        key,
        physical_key: Some(physical),
        pressed: true,
        repeat: false,
        modifiers,
    }
}

fn read(event: Event) -> Option<KeyAction> {
    read_all(&[event], FocusOn::Article)
}

fn read_all(events: &[Event], focus: FocusOn) -> Option<KeyAction> {
    KeyReader::default()
        .read(events, focus, &HOTKEYS, Needs::Nothing)
        .first()
        .copied()
}

fn label(label: usize) -> Option<KeyAction> {
    Some(KeyAction::Label(LabelKey {
        label,
        add_fragment: false,
    }))
}

fn fragment(label: usize) -> Option<KeyAction> {
    Some(KeyAction::Label(LabelKey {
        label,
        add_fragment: true,
    }))
}

fn edit(command: EditCommand) -> Option<KeyAction> {
    Some(KeyAction::Command(CommandId::Edit(command)))
}

#[test]
fn english_letters_and_digits_are_labels() {
    assert_eq!(read(key(Key::P, Key::P, Modifiers::NONE)), label(0));
    assert_eq!(read(key(Key::D, Key::D, Modifiers::NONE)), label(4));
    assert_eq!(read(key(Key::Num2, Key::Num2, Modifiers::NONE)), label(1));
    assert_eq!(read(key(Key::X, Key::X, Modifiers::NONE)), None);
    assert_eq!(
        read(key(Key::Num9, Key::Num9, Modifiers::NONE)),
        None,
        "five labels"
    );
    assert_eq!(read(key(Key::Num0, Key::Num0, Modifiers::NONE)), None);
}

#[test]
fn an_arabic_layout_acts_by_place() {
    // ح stands on P: egui falls back to the place.
    assert_eq!(read(key(Key::P, Key::P, Modifiers::NONE)), label(0));
    // Shift+D makes ], which has a name: the place must win.
    assert_eq!(
        read(key(Key::CloseBracket, Key::D, Modifiers::SHIFT)),
        fragment(4)
    );
    // Shift+C makes {, and Shift+L a slash.
    assert_eq!(
        read(key(Key::OpenCurlyBracket, Key::C, Modifiers::SHIFT)),
        fragment(3)
    );
    assert_eq!(read(key(Key::Slash, Key::L, Modifiers::SHIFT)), fragment(2));
    assert_eq!(
        read(key(Key::Z, Key::Z, Modifiers::COMMAND)),
        edit(EditCommand::Undo)
    );
    let proclitic = Some(KeyAction::Command(CommandId::Span(SpanCommand::Proclitic)));
    assert_eq!(read(key(Key::K, Key::K, Modifiers::NONE)), proclitic);
}

#[test]
fn shift_and_a_digit_add_a_fragment_whatever_sign_they_make() {
    assert_eq!(
        read(key(Key::Exclamationmark, Key::Num1, Modifiers::SHIFT)),
        fragment(0)
    );
    // The at sign has no name in egui and comes as its place.
    assert_eq!(
        read(key(Key::Num2, Key::Num2, Modifiers::SHIFT)),
        fragment(1)
    );
    // A test or another host may send no place at all.
    let bare = Event::Key {
        key: Key::Exclamationmark,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::SHIFT,
    };
    assert_eq!(read(bare), fragment(0));
}

#[test]
fn azerty_digits_count_without_shift_and_its_letters_by_what_is_printed() {
    // The ampersand on 1 has no name; the minus on 6 has one.
    assert_eq!(read(key(Key::Num1, Key::Num1, Modifiers::NONE)), label(0));
    let six = [None; 6];
    let minus = key(Key::Minus, Key::Num6, Modifiers::NONE);
    let actions = KeyReader::default().read(&[minus], FocusOn::Article, &six, Needs::Nothing);
    assert_eq!(actions.first().copied(), label(5));
    // Shift makes the digit there, and still adds a fragment.
    assert_eq!(
        read(key(Key::Num3, Key::Num3, Modifiers::SHIFT)),
        fragment(2)
    );
    // Ctrl+Z is where a US keyboard has W; Ctrl+W is where it has Z.
    assert_eq!(
        read(key(Key::Z, Key::W, Modifiers::COMMAND)),
        edit(EditCommand::Undo)
    );
    assert_eq!(read(key(Key::W, Key::Z, Modifiers::COMMAND)), None);
    let smaller = Some(KeyAction::Command(CommandId::View(ViewCommand::ZoomOut)));
    assert_eq!(
        read(key(Key::Minus, Key::Num6, Modifiers::COMMAND)),
        smaller
    );
}

#[test]
fn a_number_pad_without_num_lock_moves_and_does_not_label() {
    let end = CaretCommand {
        step: CaretStep::LineEnd,
        extend: false,
    };
    let wanted = Some(KeyAction::Command(CommandId::Caret(end)));
    assert_eq!(read(key(Key::End, Key::Num1, Modifiers::NONE)), wanted);
}

#[test]
fn what_alt_gr_types_is_left_alone() {
    let press = key(Key::AltRight, Key::AltRight, Modifiers::NONE);
    let euro = key(Key::P, Key::P, Modifiers::NONE);
    assert_eq!(
        read_all(&[press.clone(), euro.clone()], FocusOn::Article),
        None
    );
    let Event::Key {
        key: name,
        physical_key,
        modifiers,
        ..
    } = press.clone()
    else {
        return;
    };
    let release = Event::Key {
        key: name,
        physical_key,
        pressed: false,
        repeat: false,
        modifiers,
    };
    assert_eq!(
        read_all(&[press, release, euro], FocusOn::Article),
        label(0)
    );
    // Where it comes as Ctrl and Alt.
    assert_eq!(
        read(key(Key::P, Key::P, Modifiers::CTRL | Modifiers::ALT)),
        None
    );
}

#[test]
fn a_right_alt_that_is_alt_moves_edges() {
    let alt = key(Key::AltRight, Key::AltRight, Modifiers::ALT);
    let arrow = key(Key::ArrowLeft, Key::ArrowLeft, Modifiers::ALT);
    let end = EdgeCommand {
        edge: Edge::End,
        step: EdgeStep::Left,
    };
    let wanted = Some(KeyAction::Command(CommandId::Edge(end)));
    assert_eq!(read_all(&[alt, arrow], FocusOn::Article), wanted);
    let arrow = key(
        Key::ArrowLeft,
        Key::ArrowLeft,
        Modifiers::CTRL | Modifiers::ALT | Modifiers::SHIFT,
    );
    let start = EdgeCommand {
        edge: Edge::Start,
        step: EdgeStep::WordLeft,
    };
    assert_eq!(
        read(arrow),
        Some(KeyAction::Command(CommandId::Edge(start)))
    );
}

#[test]
fn alt_gr_is_forgotten_when_the_window_loses_the_focus() {
    let events = [
        key(Key::AltRight, Key::AltRight, Modifiers::NONE),
        Event::WindowFocused(false),
        key(Key::P, Key::P, Modifiers::NONE),
    ];
    assert_eq!(read_all(&events, FocusOn::Article), label(0));
}

#[test]
fn a_held_key_labels_once_and_moves_again_and_again() {
    let held = |key| Event::Key {
        key,
        physical_key: Some(key),
        pressed: true,
        repeat: true,
        modifiers: Modifiers::NONE,
    };
    assert_eq!(read(held(Key::P)), None);
    assert_eq!(read(held(Key::Delete)), None);
    let left = CaretCommand {
        step: CaretStep::Left,
        extend: false,
    };
    assert_eq!(
        read(held(Key::ArrowLeft)),
        Some(KeyAction::Command(CommandId::Caret(left)))
    );
}

#[test]
fn a_text_field_keeps_every_key() {
    for event in [
        key(Key::P, Key::P, Modifiers::NONE),
        key(Key::Z, Key::Z, Modifiers::COMMAND),
        key(Key::Tab, Key::Tab, Modifiers::NONE),
        Event::Copy,
    ] {
        assert_eq!(read_all(&[event], FocusOn::TextField), None);
    }
}

#[test]
fn a_button_keeps_the_keys_that_work_it() {
    let enter = key(Key::Enter, Key::Enter, Modifiers::NONE);
    assert_eq!(read_all(&[enter], FocusOn::Control), None);
}

#[test]
fn without_the_keyboard_the_article_is_left_alone_and_chords_go_on() {
    for (press, held) in [
        (Key::P, Modifiers::NONE),
        (Key::Num1, Modifiers::SHIFT),
        (Key::Delete, Modifiers::NONE),
        (Key::Backspace, Modifiers::NONE),
        (Key::K, Modifiers::NONE),
        (Key::ArrowLeft, Modifiers::ALT),
        (Key::ArrowLeft, Modifiers::COMMAND),
        (Key::A, Modifiers::COMMAND),
    ] {
        let event = key(press, press, held);
        assert_eq!(read_all(&[event], FocusOn::Control), None, "{press:?}");
    }
    for (press, held) in [
        (Key::Z, Modifiers::COMMAND),
        (Key::Enter, Modifiers::COMMAND),
        (Key::F, Modifiers::COMMAND),
        (Key::F1, Modifiers::NONE),
        (Key::Escape, Modifiers::NONE),
    ] {
        let event = key(press, press, held);
        let read = read_all(&[event], FocusOn::Control);
        assert!(matches!(read, Some(KeyAction::Command(_))), "{press:?}");
    }
}

#[test]
fn an_input_method_that_composes_is_left_alone() {
    let preedit = |text: &str| {
        Event::Ime(ImeEvent::Preedit {
            text: text.to_owned(),
            active_range_chars: None,
        })
    };
    let press = key(Key::P, Key::P, Modifiers::NONE);
    assert_eq!(
        read_all(&[preedit("ح"), press.clone()], FocusOn::Article),
        None
    );
    assert_eq!(
        read_all(&[preedit("ح"), preedit(""), press], FocusOn::Article),
        label(0)
    );
}

#[test]
fn a_release_does_nothing() {
    let release = Event::Key {
        key: Key::P,
        physical_key: Some(Key::P),
        pressed: false,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    assert_eq!(read(release), None);
}

#[test]
fn copying_comes_as_an_event_and_with_shift_as_a_key() {
    assert_eq!(read(Event::Copy), edit(EditCommand::Copy));
    let with_shift = key(Key::C, Key::C, Modifiers::COMMAND | Modifiers::SHIFT);
    assert_eq!(read(with_shift), edit(EditCommand::CopyWithReference));
}

#[test]
fn zooming_in_needs_no_shift() {
    let larger = Some(KeyAction::Command(CommandId::View(ViewCommand::ZoomIn)));
    assert_eq!(
        read(key(Key::Equals, Key::Equals, Modifiers::COMMAND)),
        larger
    );
    assert_eq!(
        read(key(
            Key::Plus,
            Key::Equals,
            Modifiers::COMMAND | Modifiers::SHIFT
        )),
        larger
    );
    assert_eq!(read(key(Key::Plus, Key::Plus, Modifiers::COMMAND)), larger);
}

#[test]
fn the_proclitic_key_is_no_labels_letter() {
    assert!(is_reserved('k'));
    assert!(!is_reserved('p'));
}

#[test]
fn a_labels_own_digit_goes_before_the_place_in_the_list() {
    let hotkeys = [Some('2'), None];
    let press = key(Key::Num2, Key::Num2, Modifiers::NONE);
    let actions = KeyReader::default().read(&[press], FocusOn::Article, &hotkeys, Needs::Nothing);
    assert_eq!(actions.first().copied(), label(0));
}

/// What a press does where reviewing is so far.
fn read_at(press: Event, review: Needs) -> Option<KeyAction> {
    let actions = KeyReader::default().read(&[press], FocusOn::Article, &HOTKEYS, review);
    actions.first().copied()
}

fn review(command: ReviewCommand) -> Option<KeyAction> {
    Some(KeyAction::Command(CommandId::Review(command)))
}

#[test]
fn digits_decide_a_case_while_it_waits_and_are_labels_else() {
    let one = key(Key::Num1, Key::Num1, Modifiers::NONE);
    let accepts = |side, tick| {
        Some(KeyAction::Command(CommandId::Side(SideCommand {
            side,
            tick,
        })))
    };
    assert_eq!(read_at(one.clone(), Needs::Case), accepts(0, false));
    assert_eq!(read_at(one.clone(), Needs::Review), label(0));
    assert_eq!(read_at(one, Needs::Nothing), label(0));
    // US Shift+1, and Shift+2, which egui has no name for.
    let one = key(Key::Exclamationmark, Key::Num1, Modifiers::SHIFT);
    let two = key(Key::Num2, Key::Num2, Modifiers::SHIFT);
    assert_eq!(read_at(one, Needs::Case), accepts(0, true));
    assert_eq!(read_at(two.clone(), Needs::Case), accepts(1, true));
    assert_eq!(read_at(two, Needs::Review), fragment(1));
}

#[test]
fn letters_of_a_case_act_while_it_waits_and_take_none_from_labels() {
    for (letter, command) in [
        (Key::E, ReviewCommand::Edit),
        (Key::X, ReviewCommand::RejectAll),
        (Key::U, ReviewCommand::LeaveOpen),
        (Key::R, ReviewCommand::Reason),
    ] {
        let press = key(letter, letter, Modifiers::NONE);
        assert_eq!(read_at(press.clone(), Needs::Case), review(command));
        assert_eq!(read_at(press, Needs::Review), None);
        let sign = letter.name().chars().next().unwrap_or_default();
        assert!(!is_reserved(sign), "{sign}");
    }
    assert_eq!(
        read_at(key(Key::P, Key::P, Modifiers::NONE), Needs::Case),
        label(0)
    );
}

#[test]
fn enter_and_its_kin_are_the_reviews_while_there_is_one() {
    let enter = key(Key::Enter, Key::Enter, Modifiers::NONE);
    let done = key(Key::Enter, Key::Enter, Modifiers::COMMAND);
    let edit = Some(KeyAction::Command(CommandId::Span(SpanCommand::Edit)));
    assert_eq!(
        read_at(enter.clone(), Needs::Case),
        review(ReviewCommand::AcceptTicked)
    );
    assert_eq!(read_at(enter, Needs::Review), edit);
    assert_eq!(
        read_at(done.clone(), Needs::Case),
        review(ReviewCommand::Finish)
    );
    assert_eq!(
        read_at(done.clone(), Needs::Review),
        review(ReviewCommand::Finish)
    );
    assert_ne!(read_at(done, Needs::Nothing), review(ReviewCommand::Finish));
    let next = key(Key::F8, Key::F8, Modifiers::NONE);
    assert_eq!(
        read_at(next, Needs::Nothing),
        review(ReviewCommand::NextCase)
    );
}
