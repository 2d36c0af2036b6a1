//! Several annotators' layers at once: pictures of them, what a click on them tells, and how they stand in the
//! accessibility tree.

use egui_kittest::SnapshotOptions;

use super::*;

const NEWS: &str = "المرفأ يستعد لموسم القمح

قالت مديرة المرفأ سلمى العطار إن وزارة الزراعة ستستلم أول شحنة من القمح قبل نهاية الشهر، ونفى ناطق باسم نقابة السائقين أن يكون الإضراب قد انتهى.

وأعلن رئيس بلدية طرطوس، في بيان نشره موقع Coast Today، أن الطريق الساحلي سيبقى مغلقًا حتى 9 مايو، فيما طالب التجار بتعويض عن خسائرهم.
";

/// Three annotators, and a reviewer who has begun.
fn three() -> Desk {
    let mut desk = Desk::with(NEWS);
    desk.tag("PERSON", "المرفأ [سلمى العطار] إن");
    desk.tag("ORGANIZATION", "إن [وزارة الزراعة] ستستلم");
    desk.choose_nothing();
    let claim = "إن [وزارة الزراعة ستستلم أول شحنة من القمح قبل نهاية الشهر]،";
    for layer in 0..3 {
        desk.beside(layer, "PERSON", false, &["المرفأ [سلمى العطار] إن"]);
        desk.beside(layer, "ORGANIZATION", false, &["إن [وزارة الزراعة] ستستلم"]);
        desk.beside(
            layer,
            "LOCATION",
            layer == 2,
            &[["بلدية [طرطوس]،", "[بلدية طرطوس]،"][layer / 2]],
        );
    }
    let one = desk.beside(0, "CLAIM", true, &[claim]);
    let two = desk.beside(
        1,
        "DENIAL",
        true,
        &["إن [وزارة الزراعة ستستلم أول شحنة من القمح] قبل"],
    );
    desk.others.current = vec![(0, one), (1, two)];
    desk.beside(
        1,
        "DENIAL",
        true,
        &["[ونفى ناطق باسم نقابة السائقين أن يكون الإضراب قد انتهى]."],
    );
    desk.beside(
        2,
        "DENIAL",
        true,
        &["ناطق باسم [نقابة السائقين أن يكون الإضراب قد انتهى]."],
    );
    desk.beside(2, "ORGANIZATION", true, &["باسم [نقابة السائقين] أن"]);
    desk.beside(0, "ORGANIZATION", true, &["موقع [Coast Today]،"]);
    desk.beside(0, "CLAIM", true, &["[أن الطريق الساحلي]", "[حتى 9 مايو]،"]);
    desk
}

/// Eight annotators who nest spans and agree on little.
fn eight() -> Desk {
    let mut desk = Desk::with(NEWS);
    desk.tag("PERSON", "المرفأ [سلمى العطار] إن");
    desk.choose_nothing();
    for layer in 0..8 {
        desk.beside(layer, "PERSON", false, &["المرفأ [سلمى العطار] إن"]);
        let claim = [
            "إن [وزارة الزراعة ستستلم أول شحنة من القمح قبل نهاية الشهر]،",
            "إن [وزارة الزراعة ستستلم أول شحنة من القمح] قبل",
            "قالت [مديرة المرفأ سلمى العطار إن وزارة الزراعة ستستلم أول شحنة من القمح] قبل",
        ][layer % 3];
        let claim = desk.beside(layer, ["CLAIM", "DENIAL"][layer / 4], true, &[claim]);
        if layer == 2 || layer == 5 {
            desk.others.current.push((layer, claim));
        }
        desk.beside(
            layer,
            "ORGANIZATION",
            layer % 2 == 0,
            &["إن [وزارة الزراعة] ستستلم"],
        );
        desk.beside(
            layer,
            "LOCATION",
            layer % 2 == 1,
            &["وزارة [الزراعة] ستستلم"],
        );
        desk.beside(layer, "LOCATION", layer == 7, &["بلدية [طرطوس]،"]);
    }
    desk
}

fn picture(name: &str, desk: Desk, look: Look) {
    let mut harness = window(desk, look);
    harness.run_steps(3);
    let options = SnapshotOptions::new()
        .threshold(0.9)
        .output_path("tests/snapshots");
    harness.snapshot_options(name, &options);
}

#[test]
fn three_layers() {
    picture("compared_three", three(), Look::default());
}

#[test]
fn three_layers_at_night() {
    let look = Look {
        theme: ThemeChoice::Night,
        ..Look::default()
    };
    picture("compared_night", three(), look);
}

#[test]
fn eight_layers() {
    let look = Look {
        size: Vec2::new(860.0, 760.0),
        ..Look::default()
    };
    picture("compared_eight", eight(), look);
}

#[test]
fn eight_layers_at_twice_the_size() {
    let look = Look {
        scale: 2.0,
        size: Vec2::new(520.0, 480.0),
        ..Look::default()
    };
    picture("compared_twice", eight(), look);
}

/// Name, description and place of the marks of compared layers.
fn marks(harness: &Harness<'_, Desk>) -> Vec<(String, String, egui::Rect)> {
    let marks = harness.get_all_by_role(Role::Mark);
    let told = marks.filter_map(|mark| {
        let node = mark.accesskit_node();
        let description = node.data().description()?.to_owned();
        let bounds = node.data().bounds()?;
        let rect = egui::Rect::from_min_max(
            pos2(bounds.x0 as f32, bounds.y0 as f32),
            pos2(bounds.x1 as f32, bounds.y1 as f32),
        );
        Some((node.data().label()?.to_owned(), description, rect))
    });
    told.collect()
}

#[test]
fn the_tree_says_whose_a_span_is_and_whether_somebody_disagrees() {
    let harness = window(three(), Look::default());
    let own = harness.get_all_by_role(Role::Mark).count();
    let told = marks(&harness);
    let has = |name: &str, description: &str| {
        told.iter()
            .any(|(n, d, _)| n == name && d.contains(description))
    };
    assert_eq!(own, told.len() + 2);
    assert!(has("LOCATION: طرطوس", "annotator 2, agrees"), "{told:?}");
    assert!(
        has("LOCATION: بلدية طرطوس", "annotator 3, disagrees"),
        "{told:?}"
    );
}

#[test]
fn a_click_on_what_is_loud_tells_of_it_and_leaves_the_text_alone() {
    let mut harness = window(three(), Look::default());
    let find = |harness: &Harness<'_, Desk>, name: &str, description: &str| {
        let told = marks(harness).into_iter();
        let mut found = told.filter(|(n, d, _)| n == name && d.contains(description));
        found.next().unwrap().2.center()
    };
    let loud = find(&harness, "ORGANIZATION: نقابة السائقين", "annotator 3");
    click(&mut harness, loud, 1);
    let clicked = harness.state().others.clicked.clone();
    assert_eq!(clicked.len(), 1);
    assert_eq!(clicked[0].0, 2);
    let quiet = find(&harness, "ORGANIZATION: وزارة الزراعة", "annotator 2");
    click(&mut harness, quiet, 1);
    assert_eq!(harness.state().others.clicked.len(), 1);
    assert_eq!(harness.state().spans().len(), 2);
}

#[test]
fn what_is_read_stays_in_place_when_layers_come_and_go() {
    let long = NEWS.repeat(6);
    let mut desk = Desk::with(&long);
    for layer in 0..4 {
        desk.beside(layer, "LOCATION", true, &["بلدية [طرطوس]،"]);
    }
    desk.others.shown = false;
    let byte = long.rfind("سلمى").unwrap();
    desk.session
        .run(Command::Desk(DeskCommand::Caret(byte, false)));
    desk.view.reveal(byte);
    let mut harness = window(desk, Look::default());
    let top = |harness: &Harness<'_, Desk>| middle(harness, byte).y;
    let before = top(&harness);
    for shown in [true, false, true] {
        harness.state_mut().others.shown = shown;
        harness.run_steps(3);
        assert!(
            (top(&harness) - before).abs() <= 1.0,
            "{shown}: {} {before}",
            top(&harness)
        );
    }
}

#[test]
fn resting_on_a_lane_tells_whose_span_it_is() {
    let mut harness = window(three(), Look::default());
    let told = marks(&harness);
    let (_, _, rect) = told
        .iter()
        .find(|(name, ..)| name.contains("Coast"))
        .unwrap();
    harness.hover_at(rect.center());
    harness.run_steps(60);
    assert!(harness.query_by_label_contains("Annotator 1").is_some());
}

#[test]
fn two_layers_side_by_side() {
    let mut desk = three();
    desk.columns = vec![(0, "amal"), (1, "سامي")];
    picture("panes_two", desk, Look::default());
}

#[test]
fn four_layers_side_by_side_at_night() {
    let mut desk = eight();
    desk.columns = vec![(0, "amal"), (2, "سامي"), (5, "noor"), (7, "يوسف")];
    let look = Look {
        theme: ThemeChoice::Night,
        size: Vec2::new(1280.0, 620.0),
        ..Look::default()
    };
    picture("panes_four", desk, look);
}

#[test]
fn the_columns_tell_of_their_spans_and_the_text_stands_once_in_the_tree() {
    let mut desk = three();
    desk.columns = vec![(1, "sami"), (2, "noor")];
    let mut harness = window(desk, Look::default());
    assert_eq!(harness.get_all_by_role(Role::Document).count(), 1);
    let runs = harness.get_all_by_role(Role::TextRun);
    let text: String = runs
        .filter_map(|run| run.accesskit_node().data().value().map(str::to_owned))
        .collect();
    assert!(NEWS.starts_with(text.trim_end()), "{text}");
    let told = marks(&harness);
    let of = |description: &str| {
        told.iter()
            .filter(|(_, d, _)| d.contains(description))
            .count()
    };
    assert_eq!(of("annotator 1"), 0);
    assert_eq!((of("annotator 2"), of("annotator 3")), (5, 5));
    let find = |name: &str, description: &str| {
        let mut found = told.iter();
        let found = found.find(|(n, d, _)| n == name && d.contains(description));
        found.unwrap().2
    };
    let (two, three) = (
        find("PERSON: سلمى العطار", "annotator 2"),
        find("PERSON: سلمى العطار", "annotator 3"),
    );
    assert!((two.top() - three.top()).abs() < 0.5 && two.right() < three.left());
    click(&mut harness, two.center(), 1);
    assert!(harness.state().others.clicked.is_empty());
    let loud = find("LOCATION: بلدية طرطوس", "annotator 3");
    click(&mut harness, loud.center(), 1);
    assert_eq!(harness.state().others.clicked.len(), 1);
    assert_eq!(harness.state().others.clicked[0].0, 2);
}

#[test]
fn a_place_can_be_revealed_side_by_side() {
    let long = NEWS.repeat(6);
    let mut desk = Desk::with(&long);
    for layer in 0..2 {
        desk.beside(layer, "LOCATION", true, &["بلدية [طرطوس]،"]);
    }
    desk.columns = vec![(0, "amal"), (1, "sami")];
    let mut harness = window(desk, Look::default());
    let byte = long.rfind("مغلقًا").unwrap();
    harness.state_mut().panes.reveal(byte);
    harness.run_steps(3);
    let at = middle(&harness, byte);
    assert!((0.0..520.0).contains(&at.y), "{at}");
}

/// Eight columns, of which four have room.
fn eight_columns() -> Desk {
    let mut desk = eight();
    let names = [
        "amal", "سامي", "noor", "يوسف", "rana", "huda", "omar", "lina",
    ];
    desk.columns = (0..).zip(names).collect();
    desk
}

const FOUR: Look = Look {
    scale: 1.0,
    size: Vec2::new(1000.0, 620.0),
    theme: ThemeChoice::Paper,
};

#[test]
fn eight_layers_side_by_side() {
    picture("panes_eight", eight_columns(), FOUR);
}

#[test]
fn columns_without_room_are_reached_sideways() {
    let mut desk = eight_columns();
    desk.others.current.clear();
    let mut harness = window(desk, FOUR);
    assert!(harness.query_by_label("1–4 of 8").is_some());
    let at = middle(&harness, NEWS.find("سلمى").unwrap());
    harness.hover_at(at);
    for modifiers in [Modifiers::SHIFT, Modifiers::NONE] {
        let far = if modifiers.shift {
            Vec2::new(0.0, -4000.0)
        } else {
            Vec2::new(4000.0, 0.0)
        };
        harness.event(Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: far,
            modifiers,
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
        });
        harness.run_steps(40);
        let shown = ["1–4 of 8", "5–8 of 8"][usize::from(modifiers.shift)];
        assert!(harness.query_by_label(shown).is_some(), "{shown}");
    }
}

#[test]
fn the_columns_of_what_is_decided_come_into_view() {
    let mut harness = window(eight_columns(), FOUR);
    // Layers 3 and 6 are at odds.
    assert!(harness.query_by_label("3–6 of 8").is_some());
    let state = harness.state_mut();
    let span = state.others.layers[7].spans().next().unwrap().id;
    state.others.current = vec![(7, span)];
    harness.run_steps(3);
    assert!(harness.query_by_label("5–8 of 8").is_some());
    let told = marks(&harness);
    for annotator in 1..=8 {
        let of = format!("annotator {annotator}");
        assert_eq!(told.iter().filter(|(_, it, _)| it.contains(&of)).count(), 5);
    }
}

#[test]
fn lines_without_compared_spans_stand_as_without_a_review() {
    let mut desk = three();
    desk.others.shown = false;
    let mut harness = window(desk, Look::default());
    let places = ["يستعد", "قالت", "وأعلن"].map(|word| NEWS.find(word).unwrap());
    let apart = |harness: &Harness<'_, Desk>| {
        let [heading, first, second] = places.map(|byte| middle(harness, byte).y);
        (first - heading, second - first)
    };
    let (heading, paragraph) = apart(&harness);
    harness.state_mut().others.shown = true;
    harness.run_steps(3);
    let (under_heading, under_paragraph) = apart(&harness);
    assert!((under_heading - heading).abs() < 0.5);
    assert!(under_paragraph > paragraph + 20.0);
}
