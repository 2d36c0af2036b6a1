//! Pictures of the article view, which words cannot test: Arabic, mixed, nested, discontinuous, dark, 200 % zoom.
//! They are drawn by a software renderer with the embedded fonts only, so that they are the same everywhere.

use eframe::egui::Vec2;
use egui_kittest::SnapshotOptions;
use hashiya::gui::theme::ThemeChoice;

use crate::article::{Desk, Look, middle, window};

const ARABIC: &str = "محادثات الميناء تدخل يومها الثالث

قال وزير النقل سمير الحداد إن هيئة الموانئ ستعيد فتح مرفأ اللاذقية خلال أسبوع، ونفى متحدث باسم شركة الشحن العالمية أن تكون المفاوضات قد توقفت.

وأضاف الحداد أن وفدًا من بلدية الإسكندرية سيصل إلى دمشق يوم الأحد، فيما أكّدت ليلى منصور، رئيسة النقابة، أنّ العمال لم يتسلّموا رواتبهم منذ شهرين.
";

const MIXED: &str = "تقرير من أوسلو

وصرّحت Maria Lindqvist (من مكتب Reuters في Oslo) أن نسبة 12.5% من الشحنات تأخرت حتى 14 مارس 2024، بحسب تقرير “North Sea Watch” الذي نُشر أمس.

The port authority in Rotterdam said on Monday that no ship had left Berth 7, and that the Arabic name of the line, خط الشمال, would stay.
";

const NESTED: &str = "اتفاق بين جامعتين

قال عميد الكلية إن جامعة القاهرة ستوقّع اتفاقًا مع بلدية الإسكندرية قبل نهاية العام، ونفى أن تكون وزارة التعليم العالي في مصر قد رفضت المشروع أو أجّلته إلى العام المقبل.
";

const APART: &str = "زيارة السفيرين

زار السفير الفرنسي في الأردن أمس، والألماني كذلك، مدينة إربد والتقيا رئيس بلديتها نبيل الكوفحي وعددًا من التجار في السوق القديم قبل أن يعودا مساءً إلى عمّان.
";

fn picture(name: &str, desk: Desk, look: Look, hover: Option<&str>) {
    let mut harness = window(desk, look);
    if let Some(marked) = hover {
        let (start, _) = harness.state().place(marked);
        let at = middle(&harness, start);
        harness.hover_at(at);
    }
    harness.run_steps(3);
    let options = SnapshotOptions::new()
        .threshold(0.9)
        .output_path("tests/snapshots");
    harness.snapshot_options(name, &options);
}

fn arabic() -> Desk {
    let mut desk = Desk::with(ARABIC);
    desk.tag("PERSON", "النقل [سمير الحداد] إن");
    desk.tag("ORGANIZATION", "إن [هيئة الموانئ] ستعيد");
    desk.tag("LOCATION", "فتح [مرفأ اللاذقية] خلال");
    desk.tag(
        "CLAIM",
        "إن [هيئة الموانئ ستعيد فتح مرفأ اللاذقية خلال أسبوع]،",
    );
    desk.tag("ORGANIZATION", "باسم [شركة الشحن العالمية] أن");
    desk.tag(
        "DENIAL",
        "[ونفى متحدث باسم شركة الشحن العالمية أن تكون المفاوضات قد توقفت].",
    );
    desk.tag("PERSON", "وأضاف [الحداد] أن");
    desk.tag("ORGANIZATION", "من [بلدية الإسكندرية] سيصل");
    desk.tag("LOCATION", "بلدية [الإسكندرية] سيصل");
    desk.tag("LOCATION", "إلى [دمشق] يوم");
    desk.tag("PERSON", "أكّدت [ليلى منصور]، رئيسة");
    desk.tag("CLAIM", "أنّ [العمال لم يتسلّموا رواتبهم منذ شهرين].");
    desk
}

#[test]
fn arabic_article() {
    let mut desk = arabic();
    desk.choose_nothing();
    desk.select("[رئيسة النقابة]،");
    picture(
        "article_arabic",
        desk,
        Look::default(),
        Some("إلى [دمشق] يوم"),
    );
}

#[test]
fn mixed_directions() {
    let mut desk = Desk::with(MIXED);
    desk.tag("ORGANIZATION", "مكتب [Reuters] في");
    desk.tag("LOCATION", "في [Oslo])");
    desk.tag("CLAIM", "[نسبة 12.5% من الشحنات تأخرت حتى 14 مارس 2024]،");
    desk.tag("ORGANIZATION", "“[North Sea Watch]”");
    desk.tag("LOCATION", "in [Rotterdam] said");
    desk.tag("CLAIM", "that [no ship had left Berth 7], and");
    desk.tag("ORGANIZATION", "line, [خط الشمال], would");
    desk.tag("PERSON", "وصرّحت [Maria Lindqvist] (من");
    picture("article_mixed", desk, Look::default(), None);
}

#[test]
fn nested_spans() {
    let mut desk = Desk::with(NESTED);
    desk.tag("LOCATION", "جامعة [القاهرة] ستوقّع");
    desk.tag("ORGANIZATION", "إن [جامعة القاهرة] ستوقّع");
    desk.tag("ORGANIZATION", "مع [بلدية الإسكندرية] قبل");
    desk.tag("LOCATION", "بلدية [الإسكندرية] قبل");
    desk.tag("LOCATION", "في [مصر] قد");
    desk.tag("ORGANIZATION", "تكون [وزارة التعليم العالي في مصر] قد");
    desk.tag(
        "DENIAL",
        "[ونفى أن تكون وزارة التعليم العالي في مصر قد رفضت المشروع أو أجّلته إلى العام المقبل].",
    );
    desk.tag(
        "CLAIM",
        "إن [جامعة القاهرة ستوقّع اتفاقًا مع بلدية الإسكندرية قبل نهاية العام]،",
    );
    picture("article_nested", desk, Look::default(), None);
}

#[test]
fn discontinuous_spans() {
    let mut desk = Desk::with(APART);
    desk.tag("LOCATION", "مدينة [إربد] والتقيا");
    desk.tag("PERSON", "بلديتها [نبيل الكوفحي] وعددًا");
    desk.tag("CLAIM", "[والتقيا رئيس بلديتها نبيل الكوفحي] وعددًا");
    desk.tag_more("CLAIM", "في [السوق القديم] قبل");
    desk.tag("PERSON", "زار [السفير] الفرنسي");
    desk.tag_more("PERSON", "أمس، [والألماني] كذلك");
    picture("article_discontinuous", desk, Look::default(), None);
}

#[test]
fn at_night() {
    let mut desk = arabic();
    desk.select("[رئيسة النقابة]،");
    let look = Look {
        theme: ThemeChoice::Night,
        ..Look::default()
    };
    picture("article_night", desk, look, None);
}

#[test]
fn at_twice_the_size() {
    let look = Look {
        scale: 2.0,
        size: Vec2::new(520.0, 430.0),
        ..Look::default()
    };
    picture("article_twice", arabic(), look, None);
}
