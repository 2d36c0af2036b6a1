//! Closing the window, or opening another project, while not everything is saved.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use eframe::egui::{DroppedFile, ViewportCommand, ViewportEvent, ViewportId};
use egui_kittest::kittest::Queryable as _;
use hashiya::session::{DocumentCommand, ProjectCommand};

use super::Desk;

/// Keeps every commit from succeeding until it is dropped, as a full disk would.
struct FullDisk(rusqlite::Connection);

impl FullDisk {
    fn of(desk: &Desk) -> Self {
        let path = desk.session().project().unwrap().path();
        let connection = rusqlite::Connection::open(path).unwrap();
        let trigger = "CREATE TRIGGER full BEFORE INSERT ON edits
                       BEGIN SELECT RAISE(ABORT, 'no room'); END";
        connection.execute_batch(trigger).unwrap();
        Self(connection)
    }
}

impl Drop for FullDisk {
    fn drop(&mut self) {
        self.0.execute_batch("DROP TRIGGER full").unwrap();
    }
}

/// A file that is dropped on the window.
#[derive(Debug)]
pub(super) struct Dropped(pub(super) PathBuf);

impl DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

/// Closes the window as the window manager does. Gives what the app wants of the window.
fn close(desk: &mut Desk) -> Vec<ViewportCommand> {
    let root = desk.harness.input_mut().viewports.entry(ViewportId::ROOT);
    root.or_default().events.push(ViewportEvent::Close);
    desk.harness.step();
    let wanted = commands(desk);
    let root = desk.harness.input_mut().viewports.entry(ViewportId::ROOT);
    root.or_default().events.clear();
    wanted
}

fn commands(desk: &Desk) -> Vec<ViewportCommand> {
    let viewports = &desk.harness.output().viewport_output;
    viewports
        .get(&ViewportId::ROOT)
        .map_or_else(Vec::new, |root| root.commands.clone())
}

/// Lets `seconds` of the window's clock go by; the commits, too, get some time.
fn wait(desk: &mut Desk, seconds: f32) {
    for _ in 0..(seconds / 0.05) as usize {
        desk.harness.step();
        std::thread::sleep(Duration::from_millis(2));
    }
}

const STAY: &str = "Stay";

#[test]
fn a_window_whose_work_is_saved_closes() {
    let mut desk = Desk::news();
    desk.tag("LOCATION", "في [أوسلو] ستبدأ");
    desk.settle();
    assert!(!close(&mut desk).contains(&ViewportCommand::CancelClose));
}

#[test]
fn a_window_with_unsaved_work_asks_and_closes_once_it_is_saved() {
    let mut desk = Desk::news();
    let full = FullDisk::of(&desk);
    desk.tag("LOCATION", "في [أوسلو] ستبدأ");
    wait(&mut desk, 0.5);
    assert!(close(&mut desk).contains(&ViewportCommand::CancelClose));
    wait(&mut desk, 1.0);
    desk.assert_shows("Not everything is saved");
    desk.harness.get_by_label(STAY).click();
    wait(&mut desk, 0.5);
    assert!(desk.harness.query_by_label(STAY).is_none());
    desk.assert_spans(&["LOCATION: في [أوسلو] ستبدأ"]);

    assert!(close(&mut desk).contains(&ViewportCommand::CancelClose));
    wait(&mut desk, 1.0);
    drop(full);
    desk.harness.get_by_label("Try again to save").click();
    let mut closed = false;
    for _ in 0..100 {
        desk.harness.step();
        closed |= commands(&desk).contains(&ViewportCommand::Close);
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(closed, "it closes by itself");
    assert_eq!(desk.session().held(), None);
}

#[test]
fn people_can_close_anyway() {
    let mut desk = Desk::news();
    let _full = FullDisk::of(&desk);
    desk.tag("LOCATION", "في [أوسلو] ستبدأ");
    wait(&mut desk, 0.5);
    close(&mut desk);
    wait(&mut desk, 1.0);
    desk.harness.get_by_label("Close and lose this").click();
    let mut closed = false;
    for _ in 0..5 {
        desk.harness.step();
        closed |= commands(&desk).contains(&ViewportCommand::Close);
    }
    assert!(closed);
    assert!(!close(&mut desk).contains(&ViewportCommand::CancelClose));
}

#[test]
fn another_project_opens_only_when_nothing_is_lost_by_it() {
    let mut desk = Desk::news();
    let other = desk.session().project().unwrap().path();
    let other = other.with_file_name("other.hashiya");
    let copy = ProjectCommand::SaveCopy(other.clone());
    desk.run(hashiya::session::Command::Project(copy));
    desk.settle();
    let full = FullDisk::of(&desk);
    desk.tag("LOCATION", "في [أوسلو] ستبدأ");
    wait(&mut desk, 0.5);
    let dropped = &mut desk.harness.input_mut().dropped_files;
    dropped.push(Arc::new(Dropped(other)));
    desk.harness.step();
    desk.harness.input_mut().dropped_files.clear();
    // It may be merged, too; Enter opens it.
    wait(&mut desk, 0.3);
    desk.key(eframe::egui::Key::Enter);
    wait(&mut desk, 1.0);
    desk.assert_shows("Not everything is saved");
    assert_eq!(desk.session().project().unwrap().name(), "p");
    drop(full);
    desk.harness.get_by_label("Try again to save").click();
    wait(&mut desk, 3.0);
    assert_eq!(desk.session().project().unwrap().name(), "other");
}

#[test]
fn an_article_that_was_taken_out_is_brought_back_from_where_it_is_told() {
    let mut desk = Desk::open(&["أول", "ثان"]);
    let first = desk.article().key().document;
    desk.run(hashiya::session::Command::Document(
        DocumentCommand::Remove(first),
    ));
    wait(&mut desk, 0.3);
    assert_eq!(desk.session().project().unwrap().list().len(), 1);
    desk.click("Undo");
    wait(&mut desk, 0.3);
    assert_eq!(desk.session().project().unwrap().list().len(), 2);
    assert_eq!(desk.article().key().document, first);
    desk.assert_hides("Removed «أول» from the list");
}
