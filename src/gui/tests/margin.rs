//! The palette, the outline, invisible characters and the context menu.

use super::*;

#[test]
fn a_click_on_a_label_tags_the_selection() {
    let mut window = Window::new(TEXT);
    window.select("سيرغي ريابكوف");
    let mut screen = screen(window);
    click(&mut screen, "Person");
    let span = screen.state().chosen();
    assert_eq!(span.data.label, id("PERSON"));
    assert_eq!(
        span.data.fragments.text(screen.state().article().text()),
        "سيرغي ريابكوف"
    );
}

#[test]
fn a_click_on_another_label_relabels_the_chosen_span() {
    let mut window = Window::new(TEXT);
    window.tag("موسكو", "PERSON");
    let mut screen = screen(window);
    click(&mut screen, "Location");
    assert_eq!(screen.state().chosen().data.label, id("LOCATION"));
    assert_eq!(screen.state().article().layer().len(), 1);
}

#[test]
fn with_shift_a_click_adds_a_fragment() {
    let mut window = Window::new(TEXT);
    window.tag("سيرغي", "PERSON");
    window.select("موسكو");
    let mut screen = screen(window);
    node(&screen, "Person").click_modifiers(Modifiers::SHIFT);
    screen.run_steps(4);
    assert_eq!(screen.state().chosen().data.fragments.ranges().len(), 2);
}

#[test]
fn a_click_on_a_label_asks_for_what_its_key_asks_for() {
    let mut window = Window::new(TEXT);
    window.bench.session.settings_mut().tools.label_first = true;
    let mut screen = screen(window);
    click(&mut screen, "Claim");
    let asked =
        |intent: &Intent| matches!(intent, Intent::Label(label, false) if *label == id("CLAIM"));
    assert!(screen.state().wanted.iter().any(asked));
}

#[test]
fn the_palette_tells_the_counts_to_those_who_do_not_see_them() {
    let mut window = Window::new(TEXT);
    window.tag("سيرغي", "PERSON");
    let screen = screen(window);
    let told = |name| {
        node(&screen, name)
            .accesskit_node()
            .data()
            .description()
            .map(str::to_owned)
    };
    assert_eq!(told("Person").as_deref(), Some("One span in this article"));
}

#[test]
fn the_outline_shows_the_spans_and_goes_to_them() {
    let mut window = Window::new(TEXT);
    let person = window.tag("سيرغي ريابكوف", "PERSON");
    window.tag("موسكو", "LOCATION");
    let mut screen = screen(window);
    let row = screen.get_by(|node| {
        node.label()
            .is_some_and(|l| l.contains("PERSON") && l.contains("سيرغي ريابكوف"))
    });
    row.click();
    screen.run_steps(4);
    assert_eq!(screen.state().chosen().id, person);
}

#[test]
fn ten_thousand_spans_are_not_all_laid_out() {
    let words = "كلمة ".repeat(10_000);
    let mut window = Window::new(&words);
    window.select("كلمة");
    window.run(Command::Span(SpanCommand::Label(id("PERSON"))));
    let article = window.article();
    let mut alike = crate::session::Alike::find(article).unwrap();
    alike
        .places
        .iter_mut()
        .for_each(|(_, ticked)| *ticked = true);
    window.run(Command::Span(SpanCommand::TagAlike(alike)));
    assert_eq!(window.article().layer().len(), 10_000);
    let screen = screen(window);
    let rows = saying(&screen, "PERSON: ");
    assert!(saying(&screen, "كلمة") < 60, "{rows}");
}

#[test]
fn invisible_characters_are_counted_and_found() {
    let mut window = Window::new("قال\u{200F} نعم\u{200F} و\u{202E}لا");
    window.bench.session.settings_mut().tools.invisibles = true;
    let mut screen = screen(window);
    assert!(saying(&screen, "bidi control has no partner") > 0);
    let text = screen.state().article().text().clone();
    click(&mut screen, "Next right-to-left mark");
    let first = text.find('\u{200F}').unwrap();
    let selected = |screen: &Screen| screen.state().article().desk().selection().unwrap().start();
    assert_eq!(selected(&screen), first);
    click(&mut screen, "Next right-to-left mark");
    assert_eq!(selected(&screen), text.rfind('\u{200F}').unwrap());
    click(&mut screen, "Previous right-to-left mark");
    assert_eq!(selected(&screen), first);
}

#[test]
fn the_context_menu_tags_a_selection() {
    let mut window = Window::new(TEXT);
    window.select("موسكو");
    window.menu.open_at(egui::pos2(200.0, 200.0));
    let mut screen = screen(window);
    let row = screen.get_all_by_label("Location").next().unwrap();
    assert!(has(&screen, "Copy"));
    row.click();
    screen.run_steps(4);
    assert_eq!(screen.state().chosen().data.label, id("LOCATION"));
    assert!(!has(&screen, "Copy"));
}

#[test]
fn the_context_menu_of_a_span_names_what_can_be_done_with_it() {
    let mut window = Window::new(TEXT);
    let span = window.tag("إن موسكو توافق", "CLAIM");
    window.menu.open_at(egui::pos2(200.0, 200.0));
    let mut screen = screen(window);
    for name in [
        "Change the label",
        "Remove the span",
        "Label all like this…",
    ] {
        assert!(saying(&screen, name) > 0, "{name}");
    }
    click(&mut screen, "Add a relation…");
    assert!(matches!(screen.state().wanted.last(), Some(Intent::Relate(from)) if *from == span));
    assert!(has(&screen, "Choose its type."));
}
