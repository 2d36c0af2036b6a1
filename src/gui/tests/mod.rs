//! The right margin and the dialogs in a window, used through the accessibility tree: a project in a
//! folder of its own, and an app that carries out intents.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod alike;
mod document;
mod editor;
mod inspector;
mod margin;
mod talk;

use eframe::egui::{self, CentralPanel, Event, Key, Modifiers, Panel, Ui, accesskit::Role, vec2};
use egui_kittest::{
    Harness, Node,
    kittest::{NodeT as _, Queryable as _},
};

use super::{
    commands::{CommandId, DocumentCommand},
    cx::Cx,
    dialogs::{
        alike::AlikeDialog, document::DocumentDialog, label_set::LabelSetDialog,
        remove_label::RemoveLabelDialog,
    },
    intent::{Dialog, Intent},
    panels::{
        comments::CommentsPanel, context_menu::ContextMenu, inspector::Inspector,
        invisibles::Invisibles, labels::LabelPalette, outline::Outline, testing::Bench,
    },
    text, theme,
};
use crate::{
    annotation::{Label, LabelId, Span, SpanId},
    session::{Article, Command, DeskCommand, ReviewCommand, Session, SpanCommand},
};

/// The article of most tests.
const TEXT: &str = "قال سيرغي ريابكوف أمس إن موسكو توافق.\nوأكد سيرغي ريابكوف ذلك في موسكو.";

/// A window with the margin and the dialogs.
struct Window {
    bench: Bench,
    palette: LabelPalette,
    inspector: Inspector,
    comments: CommentsPanel,
    outline: Outline,
    invisibles: Invisibles,
    menu: ContextMenu,
    editor: LabelSetDialog,
    remove: RemoveLabelDialog,
    alike: AlikeDialog,
    document: DocumentDialog,
    wanted: Vec<Intent>,
}

impl Window {
    fn new(text: &str) -> Self {
        Self {
            bench: Bench::with(&[("عنوان", text)]),
            palette: LabelPalette::default(),
            inspector: Inspector::default(),
            comments: CommentsPanel::default(),
            outline: Outline::default(),
            invisibles: Invisibles::default(),
            menu: ContextMenu::default(),
            editor: LabelSetDialog::default(),
            remove: RemoveLabelDialog::default(),
            alike: AlikeDialog::default(),
            document: DocumentDialog::default(),
            wanted: Vec::new(),
        }
    }

    fn session(&self) -> &Session {
        &self.bench.session
    }

    fn article(&self) -> &Article {
        self.session().article().unwrap()
    }

    fn run(&mut self, command: impl Into<Command>) {
        self.bench.session.run(command.into());
    }

    /// Selects the first place of `words`.
    fn select(&mut self, words: &str) {
        let at = self.article().text().find(words).unwrap();
        self.run(Command::Desk(DeskCommand::Select(at, at + words.len())));
    }

    /// Tags the first place of `words` and chooses the span.
    fn tag(&mut self, words: &str, label: &str) -> SpanId {
        self.select(words);
        self.run(Command::Span(SpanCommand::Label(id(label))));
        self.chosen().id
    }

    fn chosen(&self) -> &Span {
        self.article().chosen().unwrap()
    }

    fn label(&self, name: &str) -> &Label {
        self.session().labels().by_name(name).unwrap()
    }

    /// The names of the labels in use, in order.
    fn labels(&self) -> Vec<&str> {
        self.session()
            .labels()
            .active()
            .map(|label| label.name.as_str())
            .collect()
    }

    fn show(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let tokens = theme::tokens(&ctx);
        let cx = Cx {
            session: &self.bench.session,
            picked: None,
            tokens,
        };
        let mut wanted = self.editor.show(&ctx, &cx);
        wanted.extend(self.remove.show(&ctx, &cx));
        wanted.extend(self.alike.show(&ctx, &cx));
        wanted.extend(self.document.show(&ctx, &cx));
        let frame = egui::Frame::new()
            .fill(tokens.surface.panel)
            .inner_margin(tokens.space.s);
        Panel::right("labels")
            .exact_size(288.0)
            .frame(frame)
            .show(ui, |ui| {
                wanted.extend(self.palette.show(ui, &cx));
                ui.separator();
                wanted.extend(self.inspector.show(ui, &cx));
                ui.separator();
                if cx.session.settings().tools.invisibles {
                    wanted.extend(self.invisibles.show(ui, &cx));
                    ui.separator();
                }
                if cx.session.settings().tools.comments {
                    wanted.extend(self.comments.show(ui, &cx));
                } else {
                    wanted.extend(self.outline.show(ui, &cx));
                }
            });
        let page = egui::Frame::new().fill(tokens.surface.page);
        CentralPanel::default().frame(page).show(ui, |ui| {
            wanted.extend(self.menu.show(ui, &cx));
        });
        for intent in wanted {
            self.carry_out(tokens, intent);
        }
    }

    /// As the app does.
    fn carry_out(&mut self, tokens: &'static theme::Tokens, intent: Intent) {
        self.wanted.push(intent.clone());
        match intent {
            Intent::Session(command) => self.run(command),
            Intent::Label(label, fragment) => self.run(Command::Span(if fragment {
                SpanCommand::AddFragment(label)
            } else {
                SpanCommand::Label(label)
            })),
            Intent::Show(span) => self.run(Command::Desk(DeskCommand::Choose(Some(span)))),
            Intent::Command(CommandId::Document(DocumentCommand::NextDecision)) => {
                self.run(Command::Review(ReviewCommand::WalkFeedback(true)));
            }
            Intent::Relate(span) => self.inspector.begin_relation(span),
            Intent::Open(Dialog::LabelSet(label)) => self.editor.open(label),
            Intent::Open(Dialog::RemoveLabel(label)) => {
                let cx = Cx {
                    session: &self.bench.session,
                    picked: None,
                    tokens,
                };
                self.remove.open(label, &cx);
            }
            _ => {}
        }
    }
}

/// The id of a default label.
fn id(name: &str) -> LabelId {
    LabelId::new(name).unwrap()
}

type Screen = Harness<'static, Window>;

/// A screen with the window, on paper at 100 %.
fn screen(window: Window) -> Screen {
    screen_of(window, 1.0, egui::Theme::Light)
}

fn screen_of(window: Window, scale: f32, scheme: egui::Theme) -> Screen {
    let mut screen = Harness::builder()
        .with_size(vec2(1280.0, 860.0))
        .with_pixels_per_point(scale)
        .with_theme(scheme)
        .with_context_setup(|ctx| {
            theme::install(ctx);
            text::install(ctx);
        })
        .build_ui_state(|ui, window: &mut Window| window.show(ui), window);
    screen.run_steps(4);
    screen
}

/// Clicks the thing of this name.
fn click(screen: &mut Screen, name: &str) {
    node(screen, name).scroll_to_me();
    screen.run_steps(4);
    node(screen, name).click();
    screen.run_steps(4);
}

/// The field of this name; the words above it have the same.
fn field<'a>(screen: &'a Screen, name: &'a str) -> Node<'a> {
    let is_field = |role| matches!(role, Role::TextInput | Role::MultilineTextInput);
    screen.get_by(move |node| is_field(node.role()) && node.label().as_deref() == Some(name))
}

/// The thing of this name; names of which one is part of another are told apart.
fn node<'a>(screen: &'a Screen, name: &'a str) -> Node<'a> {
    screen.get_by_label(name)
}

/// Puts `text` into the field of this name, in place of what it holds.
fn write(screen: &mut Screen, name: &str, text: &str) {
    field(screen, name).scroll_to_me();
    screen.run_steps(4);
    field(screen, name).click();
    screen.run_steps(2);
    press(screen, Modifiers::COMMAND, Key::A);
    press(screen, Modifiers::NONE, Key::Delete);
    screen.event(Event::Text(text.to_owned()));
    screen.run_steps(2);
}

fn press(screen: &mut Screen, modifiers: Modifiers, key: Key) {
    screen.key_press_modifiers(modifiers, key);
    screen.run_steps(3);
}

/// Whether something of this name is on the screen.
fn has(screen: &Screen, name: &str) -> bool {
    screen.query_by_label(name).is_some()
}

/// The texts on the screen that hold `part`.
fn saying(screen: &Screen, part: &str) -> usize {
    let says = |text: Option<String>| text.is_some_and(|text| text.contains(part));
    screen
        .query_all_by(|node| says(node.label()) || says(node.value()))
        .count()
}
