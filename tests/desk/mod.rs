//! The whole window over a project in a folder of its own, driven with mouse and keyboard and read through the
//! accessibility tree: each way of making, changing and removing a span. What stands on the screen and what
//! the session holds are compared, ranges as marked strings.

mod changing;
mod documents;
mod edges;
mod fragments;
mod hands;
mod keyboard;
mod label_keys;
mod layouts;
mod leaving;
mod letters;
mod marked;
mod menus;
mod merging;
mod mouse;
mod names;
mod removing;
mod reviewing;
mod selecting;
mod talk;
mod transfer;
mod tree;
mod view;
mod walking;

use std::{fs, time::Duration};

use eframe::egui::{Rect, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{AccessKitNode, NodeT, Queryable},
};
use hashiya::{
    annotation::{Annotator, Span},
    gui::App,
    session::{Article, Bell, Command, DeskCommand, Places, Session, SpanCommand},
};

/// The article most tests work on.
const NEWS: &str = "وصول الوفد إلى الميناء
قال سمير الحداد إن «المحادثات» في أوسلو ستبدأ غدا. ونفت وزارة النقل ذلك.
وصرحت Maria Lindqvist لوكالة Reuters أن 12.5% من الشحنات تأخرت.
The port of Rotterdam stayed open.
";

/// The window, and the folder that its project lies in.
struct Desk {
    harness: Harness<'static, App>,
    _folder: tempfile::TempDir,
}

impl Desk {
    /// Opens a window on a new project with these articles, the first of them on the desk.
    fn open(texts: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let mut articles = Vec::new();
        for (at, text) in texts.iter().enumerate() {
            articles.push(path(&format!("{at:02}.txt")));
            fs::write(&articles[at], text).unwrap();
        }
        let places = Places {
            settings: path("settings.ron"),
            data: path("data"),
        };
        let amal = Annotator::new("amal").unwrap();
        let mut session = Session::new(places, Some(amal), Bell::silent());
        session.open_paths(Some(&path("p.hashiya")), articles);
        let desk = Self::over(session, folder);
        assert!(
            desk.session().article().is_some(),
            "the article did not come in"
        );
        desk
    }

    /// Opens a window without a project.
    fn bare() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let places = Places {
            settings: folder.path().join("settings.ron"),
            data: folder.path().join("data"),
        };
        let amal = Annotator::new("amal").unwrap();
        Self::over(Session::new(places, Some(amal), Bell::silent()), folder)
    }

    /// Opens a window over a session.
    fn over(session: Session, folder: tempfile::TempDir) -> Self {
        let harness = Harness::builder()
            .with_size([1280.0, 800.0])
            .with_step_dt(0.05)
            .with_render_cursor(false)
            .with_wait_for_pending_images(false)
            .build_eframe(|cc| App::new(&cc.egui_ctx, session, false));
        let mut desk = Self {
            harness,
            _folder: folder,
        };
        desk.settle();
        desk
    }

    /// Opens a window on [`NEWS`].
    fn news() -> Self {
        Self::open(&[NEWS])
    }

    /// Runs frames until nothing runs in the background and every edit is committed.
    fn settle(&mut self) {
        for _ in 0..2000 {
            self.harness.step();
            let saved = self
                .session()
                .project()
                .map(hashiya::session::Project::saved);
            if !self.session().work().is_busy() && saved.is_none_or(|saved| saved.pending == 0) {
                break;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        self.harness.run_steps(2);
    }

    fn session(&self) -> &Session {
        self.harness.state().session()
    }

    fn article(&self) -> &Article {
        self.session().article().unwrap()
    }

    /// Has the session do something, for what a test begins with.
    fn run(&mut self, command: impl Into<Command>) {
        self.harness.state_mut().session_mut().run(command.into());
        self.harness.run_steps(2);
    }

    /// Selects the `[marked]` part of the article.
    fn select(&mut self, marked: &str) {
        let (start, end) = self.place(marked);
        self.run(DeskCommand::Select(start, end));
    }

    /// Tags the `[marked]` part, and chooses the span.
    fn tag(&mut self, label: &str, marked: &str) {
        self.select(marked);
        let label = self.session().labels().by_name(label).unwrap().id.clone();
        self.run(Command::Span(SpanCommand::Label(label)));
    }

    /// Drops the selection and the choice.
    fn choose_nothing(&mut self) {
        let caret = self.article().desk().caret();
        self.run(DeskCommand::Caret(caret, false));
        self.run(DeskCommand::Choose(None));
    }

    /// The spans in reading order: `LABEL: text`, fragments joined by ` … `, as the contract names marks.
    fn spans(&self) -> Vec<String> {
        self.article()
            .layer()
            .spans()
            .map(|span| self.name_of(span))
            .collect()
    }

    /// The same, as the accessibility tree has them.
    fn marks(&self) -> Vec<String> {
        let marks = self.harness.query_all_by_role(Role::Mark);
        let mut marks: Vec<_> = marks
            .map(|node| node.accesskit_node().label().unwrap_or_default())
            .collect();
        marks.sort();
        marks
    }

    /// The chosen span as `LABEL: text`.
    fn chosen(&self) -> Option<String> {
        self.article().chosen().map(|span| self.name_of(span))
    }

    fn name_of(&self, span: &Span) -> String {
        let label = self.session().labels().name_of(&span.data.label);
        format!(
            "{label}: {}",
            span.data.fragments.text(self.article().text())
        )
    }

    /// What the status says to those who read the tree.
    fn status(&self) -> String {
        let status = self
            .harness
            .get_by(|node| node.author_id() == Some("status"));
        status.accesskit_node().value().unwrap_or_default()
    }

    /// The name or value of what has the keyboard.
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the method itself is not general enough over the node's lifetime"
    )]
    fn focused(&self) -> String {
        let focused = self.harness.query_all_by(|node| node.is_focused()).next();
        let name = |node: egui_kittest::Node<'_>| {
            let node = node.accesskit_node();
            node.label().or(node.value())
        };
        focused.and_then(name).unwrap_or_default()
    }

    /// Where the control with this name is; where several have it, the last one in the tree.
    fn control(&self, name: &str) -> Option<Rect> {
        let is_it = |node: &AccessKitNode<'_>| {
            node.label()
                .is_some_and(|label| without_isolates(&label) == name)
        };
        self.harness
            .query_all_by(|node| is_it(node))
            .last()
            .map(|node| node.rect())
    }

    /// Every name and value in the tree.
    fn words(&self) -> Vec<String> {
        let both = |node: &AccessKitNode<'_>| [node.label(), node.value()];
        let all = self.harness.query_all_by(|_| true);
        let words = all.flat_map(|node| both(&node.accesskit_node())).flatten();
        words.map(|words| without_isolates(&words)).collect()
    }

    /// Whether something in the tree says exactly this.
    fn shows(&self, words: &str) -> bool {
        self.words().iter().any(|said| said == words)
    }

    #[track_caller]
    fn assert_shows(&self, words: &str) {
        assert!(
            self.shows(words),
            "nothing says {words}: {:#?}",
            self.words()
        );
    }

    #[track_caller]
    fn assert_hides(&self, words: &str) {
        assert!(!self.shows(words), "something says {words}");
    }
}

/// Names that hold a piece of an article isolate its direction, and lines of ours begin with their own.
fn without_isolates(words: &str) -> String {
    words.replace(['\u{200E}', '\u{2068}', '\u{2069}'], "")
}
