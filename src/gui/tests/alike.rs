//! «Label all like this».

use super::*;

fn open(words: &str, label: &str) -> Screen {
    let mut window = Window::new(TEXT);
    window.tag(words, label);
    let mut screen = screen(window);
    let state = screen.state_mut();
    assert!(state.alike.open(&state.bench.session));
    screen.run_steps(4);
    screen
}

#[test]
fn the_ticked_places_are_tagged_by_enter() {
    let mut screen = open("سيرغي ريابكوف", "PERSON");
    assert_eq!(screen.state().alike.preview().len(), 1);
    assert!(has(&screen, "Tag one place"));
    press(&mut screen, Modifiers::NONE, Key::Enter);
    assert_eq!(screen.state().article().layer().len(), 2);
    assert!(!screen.state().alike.is_open());
    assert!(screen.state().alike.preview().is_empty());
}

#[test]
fn escape_tags_nothing() {
    let mut screen = open("سيرغي ريابكوف", "PERSON");
    press(&mut screen, Modifiers::NONE, Key::Escape);
    assert_eq!(screen.state().article().layer().len(), 1);
    assert!(!screen.state().alike.is_open());
}

#[test]
fn an_unticked_place_is_left_out() {
    let mut screen = open("موسكو", "LOCATION");
    click(&mut screen, "None");
    assert!(screen.state().alike.preview().is_empty());
    assert!(node(&screen, "Tag").accesskit_node().is_disabled());
    click(&mut screen, "All");
    click(&mut screen, "Tag one place");
    assert_eq!(screen.state().article().layer().len(), 2);
}

#[test]
fn it_closes_when_its_span_goes() {
    let mut screen = open("موسكو", "LOCATION");
    screen.state_mut().run(Command::Span(SpanCommand::Remove));
    screen.run_steps(3);
    assert!(!screen.state().alike.is_open());
}
