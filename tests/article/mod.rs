//! The article view in a window of its own on a project of its own, driven through the accessibility tree: what
//! the mouse does to the text comes out as spans of the session.

mod compared;
mod keys;
mod mouse;
mod pace;
mod tree;

use std::{collections::HashSet, fs, time::Duration};

use eframe::egui::{self, Event, Modifiers, PointerButton, Pos2, Vec2, accesskit::Role, pos2};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use hashiya::{
    annotation::{
        Annotator, EditId, Fragments, LabelId, Layer, Span, SpanData, SpanId, Stamp, Time,
    },
    gui::{
        article::{ArticleInput, ArticleView, Compared, Overlays, Panes, PanesInput, ViewAction},
        text,
        theme::{self, ThemeChoice},
    },
    session::{Bell, Command, DeskCommand, Places, Session, SpanCommand},
    text::ByteRange,
};

/// A window with nothing but the article.
pub(crate) struct Desk {
    pub(crate) session: Session,
    pub(crate) view: ArticleView,
    pub(crate) picked: Option<LabelId>,
    /// Where context menus were wanted, in bytes.
    pub(crate) menus: Vec<usize>,
    /// Layers that are shown beside.
    pub(crate) others: Others,
    /// Those that are shown side by side, instead of the article: their places and names.
    pub(crate) columns: Vec<(usize, &'static str)>,
    pub(crate) panes: Panes,
    _folder: tempfile::TempDir,
}

impl Desk {
    /// A project in a folder of its own with one article.
    pub(crate) fn with(article: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("article.txt"), article).unwrap();
        let places = Places {
            settings: path("settings.ron"),
            data: path("data"),
        };
        let mut session = Session::new(places, Annotator::new("amal").ok(), Bell::silent());
        session.open_paths(Some(&path("p.hashiya")), vec![path("article.txt")]);
        for _ in 0..2000 {
            session.poll();
            if !session.work().is_busy() && session.article().is_some() {
                break;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        assert!(session.article().is_some(), "the article did not come in");
        Self {
            session,
            view: ArticleView::default(),
            picked: None,
            menus: Vec::new(),
            others: Others::default(),
            columns: Vec::new(),
            panes: Panes::default(),
            _folder: folder,
        }
    }

    fn frame(&mut self, ui: &mut egui::Ui) {
        let session = &self.session;
        let Some(article) = session.article() else {
            return;
        };
        let settings = session.settings();
        let layers = self.others.layers.iter().collect::<Vec<_>>();
        let input = ArticleInput {
            article,
            labels: session.labels(),
            reading: &settings.reading,
            tools: &settings.tools,
            picked: self.picked.as_ref(),
            keeps_keyboard: true,
            overlays: Overlays::default(),
            compared: self.others.shown.then(|| self.others.compared(&layers)),
        };
        let actions = if self.columns.is_empty() {
            self.view.show(ui, &input)
        } else {
            let input = PanesInput {
                article,
                labels: session.labels(),
                reading: &settings.reading,
                compared: self.others.compared(&layers),
                columns: &self.columns,
            };
            self.panes.show(ui, &input)
        };
        for action in actions {
            match action {
                ViewAction::Run(command) => self.session.run(command),
                ViewAction::Menu { byte, .. } => self.menus.push(byte),
                ViewAction::Compared { layer, span } => self.others.clicked.push((layer, span)),
            }
        }
        self.session.poll();
    }

    /// The place of the `[marked]` part of a text that the article holds without the marks, in bytes.
    pub(crate) fn place(&self, marked: &str) -> (usize, usize) {
        let text = self.session.article().unwrap().text();
        let plain = marked.replace(['[', ']'], "");
        let at = text
            .find(&plain)
            .unwrap_or_else(|| panic!("{plain} is not in the article"));
        let start = at + marked.find('[').unwrap();
        (start, at + marked.find(']').unwrap() - 1)
    }

    /// Selects the `[marked]` part.
    pub(crate) fn select(&mut self, marked: &str) {
        let (start, end) = self.place(marked);
        self.session
            .run(Command::Desk(DeskCommand::Select(start, end)));
    }

    pub(crate) fn label(&self, name: &str) -> LabelId {
        self.session.labels().by_name(name).unwrap().id.clone()
    }

    /// Tags the `[marked]` part.
    pub(crate) fn tag(&mut self, name: &str, marked: &str) {
        self.select(marked);
        let label = self.label(name);
        self.session.run(Command::Span(SpanCommand::Label(label)));
    }

    /// Adds the `[marked]` part to the chosen span.
    pub(crate) fn tag_more(&mut self, name: &str, marked: &str) {
        self.select(marked);
        let label = self.label(name);
        self.session
            .run(Command::Span(SpanCommand::AddFragment(label)));
    }

    pub(crate) fn choose_nothing(&mut self) {
        self.session.run(Command::Desk(DeskCommand::Choose(None)));
    }

    /// The text that is selected.
    pub(crate) fn selected(&self) -> String {
        let article = self.session.article().unwrap();
        let selection = article.desk().selection();
        selection.map_or_else(String::new, |range| range.slice(article.text()).to_owned())
    }

    /// The chosen span's label and text.
    pub(crate) fn chosen(&self) -> String {
        let article = self.session.article().unwrap();
        let says = |span: &Span| {
            let label = self.session.labels().name_of(&span.data.label);
            format!("{label}: {}", span.data.fragments.text(article.text()))
        };
        article.chosen().map_or_else(String::new, says)
    }

    /// All spans, label and text.
    pub(crate) fn spans(&self) -> Vec<String> {
        let article = self.session.article().unwrap();
        let says = |span: &Span| {
            let label = self.session.labels().name_of(&span.data.label);
            format!("{label}: {}", span.data.fragments.text(article.text()))
        };
        article.layer().spans().map(says).collect()
    }
}

/// Layers of annotators that are compared.
#[derive(Default)]
pub(crate) struct Others {
    pub(crate) layers: Vec<Layer>,
    pub(crate) loud: Vec<HashSet<SpanId>>,
    pub(crate) current: Vec<(usize, SpanId)>,
    pub(crate) shown: bool,
    revision: u64,
    /// What was clicked.
    pub(crate) clicked: Vec<(usize, SpanId)>,
}

impl Others {
    pub(crate) fn compared<'a>(&'a self, layers: &'a [&'a Layer]) -> Compared<'a> {
        Compared {
            layers,
            loud: &self.loud,
            current: &self.current,
            revision: self.revision,
        }
    }
}

impl Desk {
    /// Adds a span to a layer beside: its fragments are the `[marked]` parts.
    pub(crate) fn beside(
        &mut self,
        layer: usize,
        label: &str,
        loud: bool,
        marked: &[&str],
    ) -> SpanId {
        let ranges = marked.iter().map(|marked| {
            let (start, end) = self.place(marked);
            ByteRange::new(self.session.article().unwrap().text(), start, end).unwrap()
        });
        let fragments = Fragments::new(ranges).unwrap();
        let stamp = Stamp {
            time: Time::default(),
            author: Annotator::unnamed(),
        };
        let others = &mut self.others;
        while others.layers.len() <= layer {
            others.layers.push(Layer::default());
            others.loud.push(HashSet::new());
        }
        let edit = EditId::random();
        let id = SpanId { edit, place: 0 };
        let label = self.session.labels().by_name(label).unwrap().id.clone();
        others.layers[layer].insert(Span {
            id,
            data: SpanData::new(label, fragments),
            made: stamp.clone(),
            changed: stamp,
        });
        if loud {
            others.loud[layer].insert(id);
        }
        others.shown = true;
        others.revision += 1;
        id
    }
}

/// How the window is.
#[derive(Clone, Copy)]
pub(crate) struct Look {
    pub(crate) size: Vec2,
    pub(crate) scale: f32,
    pub(crate) theme: ThemeChoice,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            size: Vec2::new(860.0, 520.0),
            scale: 1.0,
            theme: ThemeChoice::Paper,
        }
    }
}

/// The window.
pub(crate) fn window(desk: Desk, look: Look) -> Harness<'static, Desk> {
    let mut harness = Harness::builder()
        .with_size(look.size)
        .with_pixels_per_point(look.scale)
        .with_render_cursor(false)
        .with_wait_for_pending_images(false)
        .build_ui_state(
            |ui, desk: &mut Desk| {
                let page = theme::tokens(ui.ctx()).surface.page;
                egui::CentralPanel::default()
                    .frame(egui::Frame::NONE.fill(page))
                    .show(ui, |ui| desk.frame(ui));
            },
            desk,
        );
    theme::install(&harness.ctx);
    theme::choose(&harness.ctx, look.theme);
    text::install(&harness.ctx);
    harness.run_steps(3);
    harness
}

/// On the character at `byte`, nearer to where it begins in its own direction: on the very edge it would be
/// anybody's guess where directions meet.
pub(crate) fn edge_at(harness: &Harness<'_, Desk>, byte: usize) -> Pos2 {
    let (rect, rtl) = cell(harness, byte);
    let inside = rect.width() * 0.2;
    pos2(
        if rtl {
            rect.right() - inside
        } else {
            rect.left() + inside
        },
        rect.center().y,
    )
}

/// On the character that ends at `byte`, nearer to its end.
pub(crate) fn edge_behind(harness: &Harness<'_, Desk>, byte: usize) -> Pos2 {
    let text = harness.state().session.article().unwrap().text().clone();
    let start = text[..byte].char_indices().next_back().unwrap().0;
    let start = hashiya::text::segment::snap_grapheme(&text, start);
    let (rect, rtl) = cell(harness, start);
    let inside = rect.width() * 0.2;
    pos2(
        if rtl {
            rect.left() + inside
        } else {
            rect.right() - inside
        },
        rect.center().y,
    )
}

/// The middle of the character at `byte`.
pub(crate) fn middle(harness: &Harness<'_, Desk>, byte: usize) -> Pos2 {
    cell(harness, byte).0.center()
}

/// The box of the character at `byte`, and whether it runs right to left, as the contract says to read it.
fn cell(harness: &Harness<'_, Desk>, byte: usize) -> (egui::Rect, bool) {
    let text = harness.state().session.article().unwrap().text().clone();
    let paragraphs = harness.get_all_by_role(Role::Paragraph);
    for paragraph in paragraphs {
        let node = paragraph.accesskit_node();
        let author = node.data().author_id().unwrap().to_owned();
        let chars: usize = author.strip_prefix("p:").unwrap().parse().unwrap();
        let mut at = text
            .char_indices()
            .nth(chars)
            .map_or(text.len(), |(at, _)| at);
        for run in node
            .children()
            .filter(|child| child.role() == Role::TextRun)
        {
            let data = run.data();
            let bounds = data.bounds().unwrap();
            let rtl_run =
                data.text_direction() == Some(egui::accesskit::TextDirection::RightToLeft);
            let positions = data.character_positions().unwrap();
            let widths = data.character_widths().unwrap();
            for (index, length) in data.character_lengths().iter().enumerate() {
                if at == byte {
                    let (position, width) = (f64::from(positions[index]), f64::from(widths[index]));
                    let (left, right) = if rtl_run {
                        (bounds.x1 - position - width, bounds.x1 - position)
                    } else {
                        (bounds.x0 + position, bounds.x0 + position + width)
                    };
                    let rect = egui::Rect::from_min_max(
                        pos2(left as f32, bounds.y0 as f32),
                        pos2(right as f32, bounds.y1 as f32),
                    );
                    let ch = text[byte..].chars().next().unwrap();
                    let rtl = matches!(ch, '\u{590}'..='\u{8FF}') && !ch.is_ascii();
                    return (rect, rtl);
                }
                at += usize::from(*length);
            }
        }
    }
    panic!("byte {byte} is not near the viewport");
}

/// Presses at `from`, moves to `to` in steps and lets go.
pub(crate) fn drag(harness: &mut Harness<'_, Desk>, from: Pos2, to: Pos2) {
    harness.hover_at(from);
    harness.step();
    button(harness, from, true, Modifiers::NONE);
    for step in 1..=4 {
        harness.hover_at(from + (to - from) * (step as f32 / 4.0));
        harness.step();
    }
    button(harness, to, false, Modifiers::NONE);
}

/// Presses or lets go of the first button, and runs a frame.
pub(crate) fn button(
    harness: &mut Harness<'_, Desk>,
    pos: Pos2,
    pressed: bool,
    modifiers: Modifiers,
) {
    harness.event(Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers,
    });
    harness.step();
}

/// Clicks `times` times at `pos`.
pub(crate) fn click(harness: &mut Harness<'_, Desk>, pos: Pos2, times: usize) {
    harness.hover_at(pos);
    harness.step();
    for _ in 0..times {
        button(harness, pos, true, Modifiers::NONE);
        button(harness, pos, false, Modifiers::NONE);
    }
    harness.step();
}

/// Drags over the `[marked]` part of the article.
pub(crate) fn drag_over(harness: &mut Harness<'_, Desk>, marked: &str) {
    let (start, end) = harness.state().place(marked);
    let (from, to) = (edge_at(harness, start), edge_behind(harness, end));
    drag(harness, from, to);
}
