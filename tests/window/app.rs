//! The running program: started, watched until something is true, killed.

use std::fs::File;
use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

use super::desk::Desk;
use super::inspector::{Inspector, free_address};
use super::tree::Tree;

/// Longest wait for anything; a slow machine under load is no failure.
const PATIENCE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(20);

/// The program with its window; killed when dropped.
pub(crate) struct App<'desk> {
    pub(super) desk: &'desk Desk,
    child: Child,
    inspector: Option<Inspector>,
    /// X's id of the window.
    pub(super) window: String,
    log: std::path::PathBuf,
}

impl<'desk> App<'desk> {
    pub(super) fn start(desk: &'desk Desk, arguments: &[&str]) -> Self {
        let address = free_address();
        // The address is in the name because a scenario can have several windows.
        let log = desk.path(&format!("hashiya-{}.log", address.replace([':', '.'], "-")));
        let out = File::create(&log).unwrap();
        let child = desk
            .program()
            .args(arguments)
            .env("EGUI_INSPECTION", &address)
            .stdout(out.try_clone().unwrap())
            .stderr(out)
            .spawn()
            .unwrap();
        let mut app = Self {
            desk,
            child,
            inspector: None,
            window: String::new(),
            log,
        };
        app.window = app.until("a window", Self::find_window);
        app.until("the keyboard", |app| app.take_focus().then_some(()));
        app.inspector = Some(app.until("inspection", |_| Inspector::connect(&address)));
        app.wait_for("a first frame", |_| Some(()));
        app
    }

    /// The process's id.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// What the program wrote on standard output and standard error.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// The accessibility tree as it is now.
    pub(crate) fn tree(&mut self) -> Tree {
        self.wait_for("the tree", |tree| Some(tree.clone()))
    }

    /// Looks at fresh trees until `look` finds what it wants. `what` is named if it never comes, and a
    /// picture of the display is kept.
    pub(crate) fn wait_for<T>(
        &mut self,
        what: &str,
        mut look: impl FnMut(&Tree) -> Option<T>,
    ) -> T {
        self.until(what, |app| {
            app.inspector.as_mut()?.tree().and_then(|tree| look(&tree))
        })
    }

    /// The number in the status `Saved n edits`; nothing while it saves.
    pub(crate) fn saved(&mut self) -> Option<u64> {
        self.tree().saved()
    }

    /// Waits until the status says that `edits` are saved.
    pub(crate) fn wait_saved(&mut self, edits: u64) {
        self.wait_for(&format!("{edits} saved edits"), |tree| {
            (tree.saved() == Some(edits)).then_some(())
        });
    }

    /// Waits until the program has nothing left to paint.
    pub(crate) fn settle(&mut self) {
        self.until("rest", |app| {
            app.inspector.as_mut()?.settle(200).then_some(())
        });
    }

    /// Ends the program as a power cut would: SIGKILL.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits until the program ends by itself; its exit code.
    pub(crate) fn wait_exit(mut self) -> Option<i32> {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            if began.elapsed() > PATIENCE {
                self.give_up("its end");
            }
            std::thread::sleep(PAUSE);
        }
    }

    fn until<T>(&mut self, what: &str, mut look: impl FnMut(&mut Self) -> Option<T>) -> T {
        let began = Instant::now();
        loop {
            if let Some(found) = look(self) {
                return found;
            }
            if let Some(status) = self.child.try_wait().unwrap() {
                panic!(
                    "waiting for {what}: the program ended, {status}\n{}",
                    self.log()
                );
            }
            if began.elapsed() > PATIENCE {
                self.give_up(what);
            }
            std::thread::sleep(PAUSE);
        }
    }

    fn give_up(&mut self, what: &str) -> ! {
        let picture =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("window-{}.png", self.id()));
        self.desk.screenshot(&picture);
        let tree = self
            .inspector
            .as_mut()
            .and_then(Inspector::tree)
            .map(|tree| tree.to_string());
        panic!(
            "waited {PATIENCE:?} for {what}\npicture: {}\ntree:\n{}\nlog:\n{}",
            picture.display(),
            tree.unwrap_or_default(),
            self.log(),
        );
    }
}

impl Drop for App<'_> {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
