//! What a frame costs on a long article: no more than what is in view.

use std::time::Instant;

use hashiya::text::ByteRange;

use super::*;

/// An article of about `kilobytes` with `spans` spans in it.
fn long(kilobytes: usize, spans: usize) -> Desk {
    let paragraph = "وقال وزير النقل سمير الحداد إن هيئة الموانئ ستعيد فتح مرفأ اللاذقية خلال أسبوع، ونفى متحدث باسم شركة الشحن العالمية أن تكون المفاوضات قد توقفت، ثم غادر القاعة من دون أن يجيب عن أسئلة الصحفيين الذين انتظروه ساعتين.\n";
    let text = paragraph.repeat(kilobytes * 1024 / paragraph.len());
    let mut desk = Desk::with(&text);
    let places: Vec<usize> = text
        .match_indices("سمير الحداد")
        .map(|(at, _)| at)
        .collect();
    let wanted: Vec<usize> = places
        .iter()
        .copied()
        .step_by((places.len() / spans).max(1))
        .collect();
    let label = desk.label("PERSON");
    for at in wanted.into_iter().take(spans) {
        let range = ByteRange::new(&text, at, at + "سمير الحداد".len()).unwrap();
        desk.session
            .run(Command::Span(SpanCommand::Tag(range, label.clone())));
    }
    desk.choose_nothing();
    desk
}

fn wheel(harness: &mut Harness<'_, Desk>, lines: f32) {
    harness.event(Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: Vec2::new(0.0, -lines * 40.0),
        modifiers: Modifiers::NONE,
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
    });
}

#[test]
fn scrolling_a_long_article_lays_out_only_what_comes_into_view() {
    let mut harness = window(long(1024, 2000), Look::default());
    harness.hover_at(pos2(400.0, 300.0));
    harness.step();
    let made = |harness: &Harness<'_, Desk>| {
        text::with(&harness.ctx, |text| text.typesetter().layouts_made())
    };
    let before = made(&harness);
    let mut frames: Vec<f64> = Vec::new();
    for _ in 0..60 {
        wheel(&mut harness, 6.0);
        let start = Instant::now();
        harness.step();
        frames.push(start.elapsed().as_secs_f64() * 1e3);
    }
    frames.sort_by(f64::total_cmp);
    eprintln!(
        "a frame with the tree: median {:.2} ms, worst {:.2} ms",
        frames[30], frames[59]
    );
    // 60 turns of 6 lines are 14,400 points: some 120 paragraphs of 120.
    let laid_out = made(&harness) - before;
    assert!(laid_out < 260, "{laid_out} layouts");
    let shown = harness.get_all_by_role(Role::Paragraph).count();
    assert!((3..40).contains(&shown), "{shown} paragraphs in the tree");
}
