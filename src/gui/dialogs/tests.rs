//! The dialogs as people use them: by their names, with keyboard and mouse.

#![allow(clippy::unwrap_used, reason = "tests")]

use eframe::egui::{self, Key, Modifiers, vec2};
use egui_kittest::{Harness, kittest::Queryable as _};

use super::Dialogs;
use crate::{
    gui::{
        commands::{AppCommand, CommandId, ProjectCommand},
        cx::Cx,
        intent::{Dialog, Intent},
        panels::testing::Bench,
        strings::tr,
        text, theme,
    },
    session::{Command, ProjectCommand as SessionProject, Settings, ThemeChoice},
};

struct Desk {
    bench: Bench,
    dialogs: Dialogs,
    wanted: Vec<Intent>,
}

impl Desk {
    fn show(&mut self, ui: &egui::Ui) {
        let tokens = theme::tokens(ui.ctx());
        let cx = Cx {
            session: &self.bench.session,
            picked: None,
            tokens,
        };
        let wanted = self.dialogs.show(ui.ctx(), &cx);
        self.bench.session.poll();
        for intent in &wanted {
            if let Intent::Session(command @ Command::Review(_)) = intent {
                self.bench.session.run(command.clone());
            }
            if let Intent::Settings(settings) = intent {
                *self.bench.session.settings_mut() = Settings::clone(settings);
            }
        }
        self.wanted.extend(wanted);
    }

    fn commands(&self) -> Vec<CommandId> {
        let command = |intent: &Intent| match intent {
            Intent::Command(command) => Some(*command),
            _ => None,
        };
        self.wanted.iter().filter_map(command).collect()
    }
}

fn desk(bench: Bench, dialog: Dialog) -> Harness<'static, Desk> {
    desk_of(bench, dialog, 1.0, egui::Theme::Light)
}

fn desk_of(
    bench: Bench,
    dialog: Dialog,
    scale: f32,
    scheme: egui::Theme,
) -> Harness<'static, Desk> {
    let desk = Desk {
        bench,
        dialogs: Dialogs::default(),
        wanted: Vec::new(),
    };
    let mut harness = Harness::builder()
        .with_size(vec2(1000.0, 720.0))
        .with_pixels_per_point(scale)
        .with_theme(scheme)
        .with_max_steps(64)
        .build_ui_state(|ui, desk: &mut Desk| desk.show(ui), desk);
    theme::install(&harness.ctx);
    text::install(&harness.ctx);
    // The fonts are there from the next frame on.
    harness.run_steps(2);
    harness.state_mut().dialogs.open(dialog);
    harness.run_steps(8);
    harness
}

fn type_text(harness: &mut Harness<'_, Desk>, text: &str) {
    harness.event(egui::Event::Text(text.to_owned()));
    harness.run_steps(3);
}

fn press(harness: &mut Harness<'_, Desk>, key: Key) {
    harness.key_press_modifiers(Modifiers::NONE, key);
    harness.run_steps(3);
}

#[test]
fn the_palette_runs_what_was_typed_and_gives_the_keyboard_back_first() {
    let mut harness = desk(Bench::bare(), Dialog::Palette);
    type_text(&mut harness, "open a fol");
    press(&mut harness, Key::Enter);
    let desk = harness.state();
    assert!(!desk.dialogs.is_modal());
    assert!(matches!(desk.wanted.first(), Some(Intent::FocusArticle)));
    assert_eq!(
        desk.commands(),
        [CommandId::Project(ProjectCommand::OpenFolder)]
    );
}

#[test]
fn up_and_down_walk_the_palette_and_a_grey_row_does_nothing() {
    let mut harness = desk(Bench::bare(), Dialog::Palette);
    type_text(&mut harness, "settings");
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::ArrowUp);
    press(&mut harness, Key::Enter);
    assert_eq!(
        harness.state().commands(),
        [CommandId::App(AppCommand::Settings)]
    );

    let mut harness = desk(Bench::bare(), Dialog::Palette);
    type_text(&mut harness, "undo");
    press(&mut harness, Key::Enter);
    assert!(harness.state().dialogs.is_modal());
    assert!(harness.state().commands().is_empty());
}

#[test]
fn a_row_of_the_palette_can_be_clicked_and_escape_closes_it() {
    let mut harness = desk(Bench::bare(), Dialog::Palette);
    type_text(&mut harness, "shortcuts");
    harness
        .get_by_role_and_label(egui::accesskit::Role::ListBoxOption, tr("cmd-help"))
        .click();
    harness.run_steps(3);
    assert_eq!(
        harness.state().commands(),
        [CommandId::App(AppCommand::Help)]
    );

    let mut harness = desk(Bench::bare(), Dialog::Palette);
    press(&mut harness, Key::Escape);
    assert!(!harness.state().dialogs.is_modal());
    assert!(harness.state().commands().is_empty());
}

#[test]
fn a_setting_is_wanted_at_once_and_the_dialog_stays() {
    let mut harness = desk(Bench::bare(), Dialog::Settings);
    harness.get_by_label(tr("settings-theme-night")).click();
    harness.run_steps(3);
    let larger = format!("{}: more", tr("settings-text-size"));
    harness.get_by_label(&larger).click();
    harness.run_steps(3);
    harness.get_by_label(tr("settings-swap")).click();
    harness.run_steps(3);
    let settings = harness.state().bench.session.settings();
    assert_eq!(settings.reading.theme, ThemeChoice::Night);
    assert!((settings.reading.text_size - 21.0).abs() < 1e-6);
    assert!(settings.tools.swapped);
    assert!(harness.state().dialogs.is_modal());
    harness.get_by_label(tr("settings-done")).click();
    harness.run_steps(3);
    assert!(!harness.state().dialogs.is_modal());
}

#[test]
fn somebody_new_annotates_by_name() {
    let mut harness = desk(Bench::with(&[("خبر", "نص")]), Dialog::Annotator);
    type_text(&mut harness, "سلمى");
    press(&mut harness, Key::Enter);
    let names: Vec<&str> = harness
        .state()
        .wanted
        .iter()
        .filter_map(|intent| match intent {
            Intent::Session(Command::Project(SessionProject::SetAnnotator(name))) => {
                Some(name.as_str())
            }
            _ => None,
        })
        .collect();
    assert_eq!(names, ["سلمى"]);
}

#[test]
fn problems_are_listed_and_copied() {
    let lines: Vec<String> = (1..=2000)
        .map(|n| format!("/tmp/خبر-{n}.txt: is not text"))
        .collect();
    let mut harness = desk(Bench::bare(), Dialog::Problems(lines, Vec::new()));
    assert!(
        harness.query_all_by_label("is not text").count() < 60,
        "only what is visible"
    );
    harness.get_by_label(tr("problems-copy")).click();
    let copied = (0..4).any(|_| {
        harness.step();
        harness.output().platform_output.commands.iter().any(|command| {
            matches!(command, egui::OutputCommand::CopyText(text) if text.lines().count() == 2000)
        })
    });
    assert!(copied);
    press(&mut harness, Key::Escape);
    assert!(!harness.state().dialogs.is_modal());
}

#[test]
fn a_file_of_which_the_encoding_was_guessed_can_be_read_again() {
    use crate::{
        gui::intent::Intent,
        session::{Command, ProjectCommand},
        text::TextEncoding,
    };
    let file = std::path::PathBuf::from("/tmp/خبر.txt");
    let lines = vec!["/tmp/خبر.txt: read as windows-1252".to_owned()];
    let mut harness = desk(Bench::bare(), Dialog::Problems(lines, vec![file.clone()]));
    harness.get_by_label("Read again as windows-1256").click();
    harness.run_steps(3);
    let encoding = Some(TextEncoding::Windows1256);
    assert!(harness.state().wanted.iter().any(|intent| matches!(
        intent,
        Intent::Session(Command::Project(ProjectCommand::Import(paths, as_what)))
            if *paths == [file.clone()] && *as_what == encoding
    )));
    assert!(!harness.state().dialogs.is_modal());
}

#[test]
fn every_dialog_has_a_name_and_a_dialog_over_another_closes_first() {
    let mut harness = desk(Bench::sample(), Dialog::Help);
    harness.get_by_role_and_label(egui::accesskit::Role::Dialog, tr("help-title"));
    harness.state_mut().dialogs.open(Dialog::Settings);
    harness.run_steps(3);
    press(&mut harness, Key::Escape);
    assert!(harness.state().dialogs.is_modal());
    harness.get_by_role_and_label(egui::accesskit::Role::Dialog, tr("help-title"));
    press(&mut harness, Key::Escape);
    assert!(!harness.state().dialogs.is_modal());
}

#[test]
fn all_comments_are_listed_and_one_leads_to_its_article() {
    use crate::{
        annotation::About,
        session::{DocumentCommand, ReviewCommand},
    };
    let mut bench = Bench::with(&[("وصول السفينة", "نص"), ("افتتاح الجسر", "نص")]);
    let rows = bench.session.project().unwrap().list().rows();
    let document = rows[1].id;
    let say = ReviewCommand::Say {
        document,
        thread: None,
        about: About::Document,
        text: "النص ناقص".into(),
    };
    bench
        .session
        .run(Command::Document(DocumentCommand::Open(document)));
    bench.session.run(Command::Review(say));
    bench.settle();
    let mut harness = desk(bench, Dialog::Comments);
    for _ in 0..400 {
        harness.run_steps(1);
        if harness.query_by_label("1 in 1 article").is_some() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert!(harness.query_by_label("افتتاح الجسر").is_some());
    // The dialog opens over some frames: until it stands, a press may miss what moves.
    harness.run_steps(20);
    harness.get_by_label("Resolved").click();
    harness.run_steps(10);
    assert!(harness.query_by_label_contains("النص ناقص").is_none());
    harness.get_by_label("Open").click();
    harness.run_steps(10);
    harness.get_by_label_contains("النص ناقص").click();
    harness.run_steps(3);
    let desk = harness.state();
    assert!(!desk.dialogs.is_modal());
    let opens = |intent: &Intent| {
        let Intent::Session(Command::Document(command)) = intent else {
            return false;
        };
        *command == DocumentCommand::Open(document)
    };
    assert!(desk.wanted.iter().any(opens));
    let is_shown = |intent: &Intent| matches!(intent, Intent::Comments);
    assert!(desk.wanted.iter().any(is_shown));
}
