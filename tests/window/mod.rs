//! The real program in a real window, used as a person would: a display of its own (Xvfb), hands (xdotool),
//! and eyes (the accessibility tree, through eframe's inspection). Scenarios are modules beside this file:
//!
//! ```ignore
//! let Some(desk) = Desk::open() else { return };   // says on standard error what is missing
//! let article = desk.write("talks.txt", "قال سيرغي إن المحادثات بدأت.");
//! let mut app = desk.start(&[article.to_str().unwrap()]);
//! app.drag_over("سيرغي", 0);
//! app.key("1");
//! app.wait_for("a span", |tree| tree.marks().contains(&"PERSON: سيرغي".to_owned()).then_some(()));
//! app.kill(); // SIGKILL
//! ```

mod app;
mod arabic_layout;
mod bad_input;
mod desk;
mod display;
mod hands;
mod inspector;
mod killed;
mod labels;
mod screenshot;
mod second_window;
mod tree;
