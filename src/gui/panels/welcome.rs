//! What stands in the article's place while there is none: three ways to begin, or the next thing to
//! do. The first screen is set as a page with a note in its margin, which is what the program's name
//! means.

use eframe::egui::{
    self, Align, Key, Layout, Rect, Response, RichText, ScrollArea, Sense, Stroke, StrokeKind, Ui,
    accesskit::Role, pos2, vec2,
};

use crate::{
    annotation::{DocumentId, Status},
    gui::{
        commands::{CommandId, ProjectCommand},
        cx::Cx,
        enabled::enabled,
        icons::Icon,
        intent::Intent,
        strings::{tr, tr_args},
        text::{Fit, interface_style, with},
    },
    session::{Command, DocumentCommand, Notice, Session},
    typeset::{Family, TextStyle},
};

use super::{menus, parts};

/// The screen without an article.
#[derive(Debug, Default)]
pub(crate) struct Welcome {
    /// The article with which everything was finished; until another one is shown, the work is
    /// celebrated in its place.
    finished_with: Option<DocumentId>,
}

/// What the screen is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Screen {
    /// No project, or one without articles: how to begin.
    Begin,
    /// Articles, none of them shown: which one to open.
    Choose {
        /// How many are done.
        done: usize,
        /// Of how many.
        all: usize,
    },
    /// All articles are done.
    AllDone {
        /// How many.
        all: usize,
    },
}

impl Welcome {
    /// Takes note of what is told: after the last article the screen says that all are done.
    pub(crate) fn hear(&mut self, notice: &Notice, session: &Session) {
        if matches!(notice, Notice::AllDone) {
            self.finished_with = session.article().map(|article| article.key().document);
        }
    }

    /// Which screen is wanted in the article's place, if any.
    pub(crate) fn screen(&mut self, session: &Session) -> Option<Screen> {
        let Some(project) = session.project() else {
            return Some(Screen::Begin);
        };
        let list = project.list();
        let (done, all) = (list.done(), list.len());
        let still_finished = session.article().is_some_and(|article| {
            Some(article.key().document) == self.finished_with
                && article.layer().status() == Status::Done
        });
        if session.article().is_some() && !still_finished {
            self.finished_with = None;
            return None;
        }
        Some(match (done, all) {
            (_, 0) => Screen::Begin,
            (done, all) if done == all => Screen::AllDone { all },
            (done, all) => Screen::Choose { done, all },
        })
    }

    /// Paints the screen into `ui`, in the article's place.
    #[must_use]
    pub(crate) fn show(&mut self, ui: &mut Ui, cx: &Cx<'_>, screen: Screen) -> Vec<Intent> {
        let mut wanted = Vec::new();
        let all = ui.available_rect_before_wrap();
        ui.painter().rect_filled(all, 0.0, cx.tokens.surface.page);
        let scroll = ScrollArea::vertical().id_salt("welcome").auto_shrink(false);
        scroll.show(ui, |ui| {
            let width = COLUMN.min(ui.available_width() - cx.tokens.space.xl * 2.0);
            let top = ((all.height() - HEIGHT) * 0.4).max(cx.tokens.space.xl);
            ui.add_space(top);
            ui.with_layout(Layout::top_down(Align::Center), |ui| {
                ui.allocate_ui(vec2(width, 0.0), |ui| {
                    ui.set_width(width);
                    match screen {
                        Screen::Begin => begin(ui, cx, &mut wanted),
                        Screen::Choose { done, all } => choose(ui, cx, (done, all), &mut wanted),
                        Screen::AllDone { all } => self.all_done(ui, cx, all, &mut wanted),
                    }
                });
            });
            ui.add_space(cx.tokens.space.xl);
        });
        wanted
    }

    fn all_done(&mut self, ui: &mut Ui, cx: &Cx<'_>, all: usize, wanted: &mut Vec<Intent>) {
        let words = tr_args("welcome-all-done", &[("n", all.into())]);
        announce(
            ui,
            cx,
            Icon::CheckCircle,
            &words,
            tr("welcome-all-done-hint"),
        );
        ui.vertical_centered(|ui| {
            ui.spacing_mut().item_spacing.y = cx.tokens.space.s;
            for command in [ProjectCommand::SaveDataset, ProjectCommand::Export] {
                button(ui, cx, CommandId::Project(command), wanted);
            }
            let size = vec2(BUTTON, cx.tokens.space.row);
            let back = ui.add(egui::Button::new(tr("welcome-back")).min_size(size));
            let escape = ui.input(|input| input.key_pressed(Key::Escape));
            if self.finished_with.is_some() && (back.clicked() || escape) {
                self.finished_with = None;
                wanted.push(Intent::FocusArticle);
            } else if back.clicked() {
                wanted.extend(first(cx.session));
            }
        });
    }
}

/// The first article of the list.
fn first(session: &Session) -> Option<Intent> {
    let row = session.project()?.list().rows().first()?;
    Some(Command::Document(DocumentCommand::Open(row.id)).into())
}

/// The first article of the list that is not done.
fn first_open(session: &Session) -> Option<Intent> {
    let mut rows = session.project()?.list().rows().iter();
    let row = rows.find(|row| row.status != Status::Done)?;
    Some(Command::Document(DocumentCommand::Open(row.id)).into())
}

/// Sizes in points: of the column, of its usual height, of a card, of the name's letters.
const COLUMN: f32 = 640.0;
const HEIGHT: f32 = 520.0;
const CARD: f32 = 148.0;
const BUTTON: f32 = 240.0;
const NAME: f32 = 64.0;

fn begin(ui: &mut Ui, cx: &Cx<'_>, wanted: &mut Vec<Intent>) {
    name(ui, cx);
    ui.add_space(cx.tokens.space.xl * 1.5);
    ways(ui, cx, wanted);
    ui.add_space(cx.tokens.space.l);
    folder_and_drop(ui, cx, wanted);
    recent(ui, cx, wanted);
}

/// The name beside a double rule, as the text of a page stands beside its margin, and the note there.
fn name(ui: &mut Ui, cx: &Cx<'_>) {
    let tokens = cx.tokens;
    let scale = ui.pixels_per_point();
    let style = TextStyle {
        family: Family::Article,
        size_px: NAME * scale,
        line_height: 1.6,
        bold: false,
    };
    let latin = interface_style(tokens.text.display, true, scale);
    let note = interface_style(tokens.text.body, false, scale);
    let height = NAME * 1.6;
    let size = vec2(ui.available_width(), height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let gap = tokens.space.l;
    let rule = with(ui.ctx(), |painter| {
        let word = painter.layout("حاشية", &style, Fit::Natural);
        let name = painter.layout(tr("app-name"), &latin, Fit::Natural);
        let says = painter.layout(tr("app-says"), &note, Fit::Natural);
        let beside = name.width().max(says.width()) / scale;
        let both = word.width() / scale + beside + gap * 2.0;
        let left = rect.center().x - both / 2.0;
        let top = rect.center().y - word.height() / scale / 2.0;
        painter.paint_layout(ui.painter(), &word, pos2(left, top), tokens.ink.strong);
        let rule = left + word.width() / scale + gap;
        let block = (name.height() + says.height()) / scale;
        let above = pos2(rule + gap, rect.center().y - block / 2.0);
        painter.paint_layout(ui.painter(), &name, above, tokens.ink.strong);
        let below = pos2(above.x, above.y + name.height() / scale);
        painter.paint_layout(ui.painter(), &says, below, tokens.ink.weak);
        rule
    });
    for (at, width) in [(rule - 2.0, 1.0), (rule + 2.0, 2.0)] {
        let line = Stroke::new(width, tokens.ink.accent);
        let inside = rect.shrink2(vec2(0.0, tokens.space.s)).y_range();
        ui.painter().vline(at, inside, line);
    }
    parts::node(&response, |node| {
        node.set_role(Role::Heading);
        node.set_label(tr("app-name"));
    });
}

/// A way to begin.
struct Way {
    command: ProjectCommand,
    icon: Icon,
    name: &'static str,
    about: &'static str,
}

fn ways(ui: &mut Ui, cx: &Cx<'_>, wanted: &mut Vec<Intent>) {
    let ways = [
        Way {
            command: ProjectCommand::OpenFiles,
            icon: Icon::FileText,
            name: tr("welcome-articles"),
            about: tr("welcome-articles-about"),
        },
        Way {
            command: ProjectCommand::OpenDataset,
            icon: Icon::Database,
            name: tr("welcome-dataset"),
            about: tr("welcome-dataset-about"),
        },
        Way {
            command: ProjectCommand::OpenSample,
            icon: Icon::Book,
            name: tr("welcome-sample"),
            about: tr("welcome-sample-about"),
        },
    ];
    let gap = cx.tokens.space.m;
    let all = ui.available_width();
    let beside = all >= COLUMN * 0.8;
    let width = if beside { (all - gap * 2.0) / 3.0 } else { all };
    let size = vec2(width, if beside { CARD } else { CARD * 0.75 });
    let mut cards = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing = vec2(gap, gap);
        for way in &ways {
            let command = CommandId::Project(way.command);
            if card(ui, cx, way, size).clicked() {
                wanted.push(command.into());
            }
        }
    };
    if beside {
        ui.horizontal(cards);
    } else {
        ui.vertical(|ui| cards(ui));
    }
}

/// A card: icon, name, two lines about it, and its keys.
fn card(ui: &mut Ui, cx: &Cx<'_>, way: &Way, size: egui::Vec2) -> Response {
    let tokens = cx.tokens;
    let row = CommandId::Project(way.command).row();
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let (fill, line) = if response.is_pointer_button_down_on() {
        (tokens.surface.pressed, tokens.edge.outline)
    } else if response.hovered() {
        (tokens.surface.hover, tokens.edge.outline)
    } else {
        (tokens.surface.raised, tokens.edge.separator)
    };
    let stroke = if response.has_focus() {
        Stroke::new(tokens.edge.focus_width, tokens.ink.accent)
    } else {
        Stroke::new(tokens.edge.width, line)
    };
    let radius = tokens.radius.raised;
    ui.painter()
        .rect(rect, radius, fill, stroke, StrokeKind::Inside);
    let inside = rect.shrink2(vec2(tokens.space.l, tokens.space.l));
    let icons = egui::FontId::proportional(tokens.text.display);
    let sign = way.icon.char();
    // The font's line is higher than the sign.
    let lifted = inside.min - vec2(0.0, tokens.space.s);
    ui.painter().text(
        lifted,
        egui::Align2::LEFT_TOP,
        sign,
        icons,
        tokens.ink.accent,
    );
    card_texts(ui, cx, way, inside);
    if let Some(keys) = row.keys() {
        let small = egui::FontId::proportional(tokens.text.small);
        let at = lifted + vec2(inside.width(), tokens.space.xs);
        ui.painter()
            .text(at, egui::Align2::RIGHT_TOP, keys, small, tokens.ink.weak);
    }
    parts::node(&response, |node| {
        node.set_role(Role::Button);
        node.set_label(way.name);
        node.set_description(way.about);
    });
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

fn card_texts(ui: &Ui, cx: &Cx<'_>, way: &Way, inside: Rect) {
    let tokens = cx.tokens;
    let scale = ui.pixels_per_point();
    let bold = interface_style(tokens.text.heading, true, scale);
    let plain = interface_style(tokens.text.small, false, scale);
    let width = inside.width() * scale;
    with(ui.ctx(), |painter| {
        let name = painter.layout(way.name, &bold, Fit::Elide(width));
        let about = painter.layout(way.about, &plain, Fit::Wrap(width));
        let top = inside.top() + tokens.text.display + tokens.space.s;
        let ink = &tokens.ink;
        painter.paint_layout(ui.painter(), &name, pos2(inside.left(), top), ink.strong);
        let below = pos2(inside.left(), top + name.height() / scale);
        painter.paint_layout(ui.painter(), &about, below, ink.weak);
    });
}

fn folder_and_drop(ui: &mut Ui, cx: &Cx<'_>, wanted: &mut Vec<Intent>) {
    let folder = CommandId::Project(ProjectCommand::OpenFolder);
    ui.vertical_centered(|ui| {
        parts::quiet(ui, tr("welcome-drop"));
        let text = RichText::new(folder.row().name()).color(cx.tokens.ink.accent);
        let link = ui.add(egui::Button::new(text).frame_when_inactive(false));
        if link.clicked() {
            wanted.push(folder.into());
        }
    });
}

/// How many recent projects the first screen shows.
const RECENT: usize = 5;

fn recent(ui: &mut Ui, cx: &Cx<'_>, wanted: &mut Vec<Intent>) {
    let recent = menus::recent(cx.session);
    if recent.is_empty() {
        return;
    }
    ui.add_space(cx.tokens.space.l);
    let heading = RichText::new(tr("recent-projects"))
        .size(cx.tokens.text.small)
        .color(cx.tokens.ink.weak);
    ui.label(heading);
    for project in recent.iter().take(RECENT) {
        if recent_row(ui, cx, project).clicked() {
            wanted.push(project.open());
        }
    }
}

/// A project's name, and at the end of the row its folder.
fn recent_row(ui: &mut Ui, cx: &Cx<'_>, project: &menus::Recent) -> Response {
    let tokens = cx.tokens;
    let size = vec2(ui.available_width(), tokens.space.row);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let radius = tokens.radius.control;
    if response.hovered() {
        ui.painter().rect_filled(rect, radius, tokens.surface.hover);
    }
    if response.has_focus() {
        let line = Stroke::new(tokens.edge.focus_width, tokens.ink.accent);
        ui.painter()
            .rect_stroke(rect, radius, line, StrokeKind::Inside);
    }
    let (name, folder) = rect
        .shrink2(vec2(tokens.space.s, 0.0))
        .split_left_right_at_fraction(0.4);
    parts::line_in(ui, &project.name, name, parts::Side::Own, tokens.ink.strong);
    parts::line_in(
        ui,
        &project.folder,
        folder,
        parts::Side::Own,
        tokens.ink.weak,
    );
    parts::node(&response, |node| {
        node.set_role(Role::Button);
        node.set_label(project.name.clone());
        node.set_description(project.folder.clone());
    });
    response
}

fn choose(ui: &mut Ui, cx: &Cx<'_>, (done, all): (usize, usize), wanted: &mut Vec<Intent>) {
    let args = [("n", done.into()), ("all", all.into())];
    let words = tr_args("welcome-choose", &args);
    announce(ui, cx, Icon::Article, &words, tr("welcome-choose-hint"));
    ui.vertical_centered(|ui| {
        let size = vec2(BUTTON, cx.tokens.space.row);
        let next = egui::Button::new(tr("welcome-next")).min_size(size);
        if ui.add(next).clicked() {
            wanted.extend(first_open(cx.session));
        }
    });
}

/// A large sign, a line and a hint, in the middle.
fn announce(ui: &mut Ui, cx: &Cx<'_>, icon: Icon, words: &str, hint: &str) {
    let tokens = cx.tokens;
    ui.vertical_centered(|ui| {
        ui.add_space(tokens.space.xl * 4.0);
        parts::sign(ui, icon, tokens.text.display * 2.0, tokens.ink.good);
        ui.add_space(tokens.space.s);
        let large = RichText::new(words)
            .size(tokens.text.display)
            .family(crate::gui::theme::bold_family());
        ui.label(large);
        ui.label(RichText::new(hint).color(tokens.ink.weak));
        ui.add_space(tokens.space.l);
    });
}

fn button(ui: &mut Ui, cx: &Cx<'_>, command: CommandId, wanted: &mut Vec<Intent>) {
    let row = command.row();
    let size = vec2(BUTTON, cx.tokens.space.row);
    let button = egui::Button::new(row.name()).min_size(size);
    let response = ui.add_enabled(enabled(command, cx.session), button);
    if response.on_hover_text(row.tooltip()).clicked() {
        wanted.push(command.into());
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use eframe::egui::Key;
    use egui_kittest::{
        Harness,
        kittest::{NodeT as _, Queryable as _},
    };

    use super::*;
    use crate::gui::panels::testing::{Bench, window};

    const TWO: &[(&str, &str)] = &[("خبر", "نص"), ("Report", "text")];

    fn is_wanted(harness: &Harness<'_, Bench>, command: ProjectCommand) -> bool {
        let wanted = CommandId::Project(command);
        let is = |intent: &Intent| matches!(intent, Intent::Command(id) if *id == wanted);
        harness.state().wanted.iter().any(is)
    }

    #[test]
    fn without_a_project_there_are_three_ways_to_begin() {
        let mut harness = window(Bench::bare());
        for (name, command) in [
            ("Open articles", ProjectCommand::OpenFiles),
            ("Open a dataset", ProjectCommand::OpenDataset),
            ("Try the sample", ProjectCommand::OpenSample),
        ] {
            harness.get_by_label(name).click();
            harness.run_steps(2);
            assert!(is_wanted(&harness, command), "{name}");
        }
    }

    #[test]
    fn the_ways_are_reached_and_taken_by_keyboard() {
        let mut harness = window(Bench::bare());
        for _ in 0..40 {
            harness.key_press(Key::Tab);
            harness.run_steps(2);
            if harness.get_by_label("Try the sample").is_focused() {
                break;
            }
        }
        harness.key_press(Key::Enter);
        harness.run_steps(2);
        assert!(is_wanted(&harness, ProjectCommand::OpenSample));
    }

    #[test]
    fn an_article_on_the_desk_needs_no_other_screen() {
        let mut bench = Bench::with(TWO);
        assert_eq!(bench.welcome.screen(&bench.session), None);
        let mut empty = Bench::with(&[]);
        assert_eq!(empty.welcome.screen(&empty.session), Some(Screen::Begin));
    }

    #[test]
    fn the_last_article_done_is_told_and_one_can_go_back_to_it() {
        let mut harness = window(Bench::with(TWO));
        for _ in 0..2 {
            let done = Command::Document(DocumentCommand::DoneAndNext);
            harness.state_mut().session.run(done);
            harness.run_steps(2);
        }
        harness.run_steps(2);
        let heading = harness.query_by_value("All 2 articles are done");
        assert!(heading.is_some_and(|node| !node.accesskit_node().is_hidden()));
        harness.get_by_label("Back to the article").click();
        harness.run_steps(3);
        assert!(harness.query_by_value("All 2 articles are done").is_none());
        assert!(harness.state().session.article().is_some());
    }

    #[test]
    fn every_way_has_a_name() {
        let harness = window(Bench::bare());
        assert_eq!(harness.unnamed_widgets(), Vec::<String>::new());
    }
}
