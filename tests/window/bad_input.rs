//! Files that cannot be read or written: the window opens all the same, says which file it is, and goes on.

use std::path::Path;

use eframe::egui::accesskit::Role;

use super::app::App;
use super::desk::Desk;

/// Waits for words that are loud and name the file.
fn wait_told(app: &mut App<'_>, file: &str) {
    app.wait_for(&format!("words about {file}"), |tree| {
        let mut alerts = tree
            .nodes()
            .into_iter()
            .filter(|node| node.role() == Role::Alert);
        alerts
            .any(|alert| alert.label().unwrap_or_default().contains(file))
            .then_some(())
    });
    app.settle();
}

/// A project with the sample's articles.
fn sample_project(desk: &Desk) {
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/sample/sample.ron");
    let imported = desk.run(&["import", "p.hashiya", sample]);
    assert!(imported.status.success(), "{imported:?}");
}

/// Bytes that have no order, from a fixed seed.
fn noise(count: usize) -> Vec<u8> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let byte = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    };
    std::iter::repeat_with(byte).take(count).collect()
}

#[test]
fn a_project_of_random_bytes_is_named_and_left_alone() {
    let Some(desk) = Desk::open() else { return };
    desk.write("noise.hashiya", noise(20_000));
    let mut app = desk.start(&["noise.hashiya"]);
    wait_told(&mut app, "noise.hashiya");
    drop(app);
    assert_eq!(
        std::fs::read(desk.path("noise.hashiya")).unwrap(),
        noise(20_000)
    );
}

#[test]
fn a_damaged_project_is_named_and_left_alone() {
    let Some(desk) = Desk::open() else { return };
    sample_project(&desk);
    let mut bytes = std::fs::read(desk.path("p.hashiya")).unwrap();
    // The header stays, so that it looks like a project.
    let page = 4096;
    let end = bytes.len();
    bytes[page..].copy_from_slice(&noise(end - page));
    desk.write("damaged.hashiya", &bytes);
    let mut app = desk.start(&["damaged.hashiya"]);
    wait_told(&mut app, "damaged.hashiya");
    drop(app);
    assert_eq!(std::fs::read(desk.path("damaged.hashiya")).unwrap(), bytes);
}

#[test]
fn a_dataset_that_is_cut_is_named_and_nothing_of_it_comes_in_half() {
    let Some(desk) = Desk::open() else { return };
    let sample = include_bytes!("../../assets/sample/sample.ron");
    let cut = desk.write("cut.ron", &sample[..sample.len() / 2]);
    let mut app = desk.start(&["--project", "p.hashiya", cut.to_str().unwrap()]);
    wait_told(&mut app, "cut.ron");
    app.kill();
    let checked = desk.run(&["check", "p.hashiya"]);
    assert!(checked.status.success(), "{checked:?}");
}

#[test]
fn a_folder_where_nothing_can_be_written_is_named() {
    let Some(desk) = Desk::open() else { return };
    // Nobody can make files here, not even root.
    let nowhere = Path::new("/proc/p.hashiya");
    let mut app = desk.start(&["--project", nowhere.to_str().unwrap()]);
    wait_told(&mut app, "/proc");
}
