//! What the window costs: opening an article by a click, a label key, scrolling. It runs the whole app without a
//! screen, as the window does: input, views, accessibility tree, tessellation. `cargo bench --bench window`.
//! Each line is a measure and its times.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench prints what it measures, and a failure ends it"
)]

use std::{
    collections::BTreeMap,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use eframe::egui::{
    Context, Event, FullOutput, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton,
    Pos2, RawInput, Rect, TouchPhase, Vec2, pos2, vec2,
};
use hashiya::{
    annotation::{
        Annotator, DocumentId, Fragments, LabelId, LayerKey, SpanData, Stamp, TextHash, Time,
    },
    edit::{Change, DocumentChange, Edit, LayerChange},
    gui::App,
    interchange::default_label_set,
    session::{
        Bell, Command, DeskCommand, Places, ProjectCommand, ReviewCommand, Session, founding_edit,
    },
    store::{Batch, Store},
    text::ByteRange,
};

/// Title, bytes of text, spans.
const ARTICLES: [(&str, usize, usize); 4] = [
    ("2 kB", 2 << 10, 20),
    ("100 kB", 100 << 10, 200),
    ("1 MB", 1 << 20, 2_000),
    ("5 MB", 5 << 20, 10_000),
];

const SENTENCES: [&str; 5] = [
    "أعلن مجلس البلدية أمس فتح ثلاث حدائق جديدة على ضفة النهر، ",
    "وقال المتحدث باسم المجلس سامي الخطيب إن الزوار سيدخلونها بلا رسوم حتى نهاية العام. ",
    "في المقابل نفت شركة المياه Aqua Orient أن يكون المشروع سبب انقطاع الضخ في الأحياء الشرقية، ",
    "ودعت 1,250 من السكان إلى الاتصال بمكاتبها قبل الساعة العاشرة صباحا.\n",
    "وقالت \"الشركة\" (Aqua Orient) في بيان: «لم يتوقف الضخ يوما واحدا»، ولم تذكر متى كُتب البيان.\n",
];

/// An article of about `bytes`.
fn article(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 256);
    for turn in 0.. {
        if text.len() >= bytes {
            break;
        }
        text.push_str(SENTENCES[turn % SENTENCES.len()]);
    }
    text
}

/// `count` spans spread evenly over a text: names of two words, every fifth one inside a claim of nine.
fn spans(text: &str, count: usize) -> Vec<SpanData> {
    let words: Vec<usize> = std::iter::once(0)
        .chain(text.match_indices(' ').map(|(at, _)| at + 1))
        .collect();
    let names = count * 4 / 5;
    let step = (words.len() - 12) as f64 / names as f64;
    let mut spans = Vec::with_capacity(count);
    let mut add = |label: &str, first: usize, length: usize| {
        let range = ByteRange::unchecked_order(words[first], words[first + length] - 1).unwrap();
        let label = LabelId::new(label).unwrap();
        spans.push(SpanData::new(label, Fragments::new([range]).unwrap()));
    };
    for n in 0..names {
        let first = (n as f64 * step) as usize;
        add(["PERSON", "ORGANIZATION", "LOCATION"][n % 3], first, 2);
        if n % 4 == 0 {
            add(["CLAIM", "DENIAL"][n / 4 % 2], first, 9);
        }
    }
    spans
}

/// The same text as another annotator has it: every fifth span has another label, every seventh is missing.
fn otherwise(mut spans: Vec<SpanData>) -> Vec<SpanData> {
    for span in spans.iter_mut().step_by(5) {
        span.label = LabelId::new("LOCATION").unwrap();
    }
    let mut place = 0;
    spans.retain(|_| {
        place += 1;
        place % 7 != 0
    });
    spans
}

fn project(path: &Path) {
    let annotator = Annotator::new("amal").unwrap();
    let mut store = Store::create(path, &[founding_edit(default_label_set())]).unwrap();
    let mut batch = Batch::default();
    for (n, (title, bytes, count)) in ARTICLES.iter().enumerate() {
        let text = article(*bytes);
        let hash = TextHash::of(&text);
        let document = DocumentId::new(&hash, 0);
        let stamp = Stamp {
            time: Time {
                millis: n as u64 + 1,
                counter: 0,
            },
            author: annotator.clone(),
        };
        let add = DocumentChange::Add {
            title: (*title).to_owned(),
            text: hash,
            metadata: BTreeMap::new(),
        };
        let key = LayerKey {
            document,
            annotator: annotator.clone(),
        };
        let spans = spans(&text, *count);
        let sami = LayerKey {
            annotator: Annotator::new("sami").unwrap(),
            ..key.clone()
        };
        let add_spans = |key, spans| Change::Layer(key, LayerChange::AddSpans(spans));
        let changes = [
            Change::Document(document, add),
            add_spans(key, spans.clone()),
            add_spans(sami, otherwise(spans)),
        ];
        let edits = changes.map(|change| Arc::new(Edit::new(stamp.clone(), change)));
        batch.edits.extend(edits);
        batch.texts.push((hash, text.into()));
    }
    store.commit(&batch).unwrap();
    store.close().unwrap();
}

/// The app and its input, without a screen.
struct Window {
    ctx: Context,
    app: App,
    frames: u32,
}

impl Window {
    fn open(folder: &Path) -> Self {
        let project_file = folder.join("bench.hashiya");
        project(&project_file);
        let places = Places {
            settings: folder.join("settings.ron"),
            data: folder.join("data"),
        };
        let annotator = Annotator::new("amal").unwrap();
        let ctx = Context::default();
        ctx.enable_accesskit();
        let mut session = Session::new(places, Some(annotator), Bell::silent());
        session.open_paths(Some(&project_file), Vec::new());
        let app = App::new(&ctx, session, false);
        let mut window = Self {
            ctx,
            app,
            frames: 0,
        };
        window.settle();
        window
    }

    /// One frame: what it took, and what it gave.
    fn frame(&mut self, events: Vec<Event>) -> (Duration, FullOutput) {
        self.frames += 1;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0))),
            time: Some(f64::from(self.frames) / 60.0),
            focused: true,
            events,
            ..RawInput::default()
        };
        let start = Instant::now();
        let app = &mut self.app;
        let mut output = self.ctx.run_ui(input, |ui| app.frame(ui));
        let shapes = std::mem::take(&mut output.shapes);
        let painted = self.ctx.tessellate(shapes, output.pixels_per_point);
        let took = start.elapsed();
        assert!(!painted.is_empty());
        // There is no screen to draw them on.
        output.textures_delta.clear();
        (took, output)
    }

    fn settle(&mut self) {
        for _ in 0..20 {
            let _ = self.frame(Vec::new());
        }
        while self.saving() {
            std::thread::sleep(Duration::from_millis(1));
            let _ = self.frame(Vec::new());
        }
    }

    fn saving(&self) -> bool {
        let project = self.app.session().project();
        project.is_some_and(|project| project.saved().pending > 0)
    }

    /// Where the list has the article of this title.
    fn row(&mut self, title: &str) -> Pos2 {
        let (_, output) = self.frame(Vec::new());
        let tree = output.platform_output.accesskit_update.unwrap();
        let found = tree.nodes.iter().find_map(|(_, node)| {
            let name = node.label().or(node.value())?;
            let bounds = node.bounds()?;
            let here = name.contains(title) && bounds.x0 < 264.0 && bounds.y0 > 60.0;
            here.then_some(((bounds.x0 + bounds.x1) * 0.5, (bounds.y0 + bounds.y1) * 0.5))
        });
        let at = found.expect("the list has the article");
        pos2(at.0 as f32, at.1 as f32)
    }

    /// Clicks at a place; what the click's own frames took until `title` is on the desk and laid out.
    fn click(&mut self, at: Pos2, title: &str) -> Duration {
        let button = |pressed| Event::PointerButton {
            pos: at,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        let _ = self.frame(vec![Event::PointerMoved(at)]);
        let _ = self.frame(vec![button(true)]);
        let (mut took, _) = self.frame(vec![button(false)]);
        let shown = |app: &App| {
            let document = app
                .session()
                .article()
                .and_then(|article| article.document());
            document.is_some_and(|document| document.title == title)
        };
        while !shown(&self.app) {
            took += self.frame(Vec::new()).0;
        }
        // The click's frame put it on the desk behind the views: the next one draws it.
        took + self.frame(Vec::new()).0
    }

    fn key(&mut self, key: Key) -> Duration {
        let event = |pressed| Event::Key {
            key,
            physical_key: Some(key),
            pressed,
            repeat: false,
            modifiers: Modifiers::NONE,
        };
        let (took, _) = self.frame(vec![event(true)]);
        let _ = self.frame(vec![event(false)]);
        took
    }
}

fn report(what: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    let last = times.len() - 1;
    println!(
        "{what:<64} median {:>7.2} ms   worst {:>7.2} ms   of {}",
        ms(times[last / 2]),
        ms(times[last]),
        times.len()
    );
}

fn opening(window: &mut Window) {
    for (title, ..) in ARTICLES {
        let mut times = Vec::new();
        for _ in 0..7 {
            let other = if title == "2 kB" { "100 kB" } else { "2 kB" };
            let away = window.row(other);
            window.click(away, other);
            window.settle();
            let at = window.row(title);
            times.push(window.click(at, title));
            window.settle();
        }
        let (_, bytes, count) = ARTICLES.iter().find(|one| one.0 == title).unwrap();
        report(
            &format!("click on {title} ({bytes} bytes, {count} spans) -> laid out"),
            &mut times,
        );
    }
}

fn label_key(window: &mut Window) {
    for (title, ..) in ARTICLES {
        let at = window.row(title);
        window.click(at, title);
        window.settle();
        let text = Arc::clone(window.app.session().article().unwrap().text());
        let mut edges = text.match_indices(' ').map(|(at, _)| at);
        let (mut painted, mut committed) = (Vec::new(), Vec::new());
        for _ in 0..20 {
            let start = edges.next().unwrap() + 1;
            let end = edges.nth(3).unwrap();
            let select = Command::Desk(DeskCommand::Select(start, end));
            window.app.session_mut().run(select);
            let _ = window.frame(Vec::new());
            let before = window.app.session().article().unwrap().layer().len();
            let pressed = Instant::now();
            painted.push(window.key(Key::Num1));
            let after = window.app.session().article().unwrap().layer().len();
            assert_eq!(after, before + 1, "the key made a span");
            while window.saving() {
                std::thread::sleep(Duration::from_micros(100));
                window.app.session_mut().poll();
            }
            committed.push(pressed.elapsed());
            window.settle();
        }
        report(
            &format!("label key in {title} -> span painted"),
            &mut painted,
        );
        report(
            &format!("label key in {title} -> committed"),
            &mut committed,
        );
    }
}

fn scrolling(window: &mut Window) {
    for (title, lines) in [("1 MB", 3.0), ("1 MB", 40.0), ("5 MB", 3.0)] {
        let at = window.row(title);
        window.click(at, title);
        window.settle();
        let _ = window.frame(vec![Event::PointerMoved(pos2(640.0, 400.0))]);
        let mut times = Vec::new();
        for _ in 0..300 {
            let wheel = Event::MouseWheel {
                unit: MouseWheelUnit::Line,
                delta: Vec2::new(0.0, -lines),
                modifiers: Modifiers::NONE,
                phase: TouchPhase::Move,
                source: MouseWheelSource::Wheel,
            };
            times.push(window.frame(vec![wheel]).0);
        }
        report(
            &format!("a frame while scrolling {title}, {lines} lines a turn"),
            &mut times,
        );
    }
}

/// A reviewer decides: the key's own frame, which shows the next disagreement, and F8 alone.
fn deciding(window: &mut Window) {
    let run = |window: &mut Window, command| {
        window.app.session_mut().run(command);
        window.settle();
    };
    let reviewer = Annotator::new("layla").unwrap();
    run(
        window,
        Command::Project(ProjectCommand::SetAnnotator(reviewer)),
    );
    run(window, Command::Review(ReviewCommand::Review(true)));
    while !window.app.session().review().queue().is_complete() {
        window.settle();
    }
    for (title, ..) in ARTICLES {
        let at = window.row(title);
        window.click(at, title);
        window.settle();
        run(window, Command::Review(ReviewCommand::Walk(true)));
        let current = |window: &Window| window.app.session().review().current().unwrap().0;
        let (mut decided, mut walked) = (Vec::new(), Vec::new());
        for _ in 0..5 {
            let before = current(window);
            decided.push(window.key(Key::Num1));
            assert_ne!(current(window), before, "the key decided");
            window.settle();
            let before = current(window);
            walked.push(window.key(Key::F8));
            assert_ne!(current(window), before, "F8 went on");
            window.settle();
        }
        report(
            &format!("decision in {title} -> next disagreement"),
            &mut decided,
        );
        report(&format!("F8 in {title} -> next disagreement"), &mut walked);
    }
}

fn main() {
    let folder = tempfile::tempdir_in(".").unwrap();
    let mut window = Window::open(folder.path());
    opening(&mut window);
    label_key(&mut window);
    scrolling(&mut window);
    deciding(&mut window);
}
