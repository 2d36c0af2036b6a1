//! Mouse and keyboard of the real window, through xdotool.

use std::path::Path;
use std::process::{Child, Stdio};

use super::app::App;
use super::tree::Point;

/// Seconds between the parts of a gesture, so that each falls into a frame of its own.
const BEAT: &str = "0.03";
/// Pointer positions between the ends of a drag.
const STEPS: u32 = 4;

impl App<'_> {
    /// Presses keys by the name of their symbol (`ctrl+z`, `Escape`, `1`), or by X's code of a place on the
    /// keyboard, whatever its layout (`code:10` is where `1` stands, `code:45` where `k` stands).
    pub(crate) fn key(&self, name: &str) {
        // For xdotool a number of two or more digits is such a code, and one digit a symbol.
        self.hands(&[
            "key",
            "--clearmodifiers",
            name.strip_prefix("code:").unwrap_or(name),
        ]);
    }

    /// Moves the pointer.
    pub(crate) fn hover(&self, at: Point) {
        let (x, y) = at.pixels();
        self.hands(&["mousemove", "--window", &self.window, &x, &y, "sleep", BEAT]);
    }

    /// Clicks a button: 1 left, 2 middle, 3 right, 4 and 5 wheel up and down.
    pub(crate) fn click_with(&self, at: Point, button: u8, times: usize) {
        self.hover(at);
        let (button, times) = (button.to_string(), times.to_string());
        self.hands(&[
            "click", "--repeat", &times, "--delay", "60", &button, "sleep", BEAT,
        ]);
    }

    /// Clicks with the left button.
    pub(crate) fn click(&self, at: Point) {
        self.click_with(at, 1, 1);
    }

    /// Presses the left button at `from`, and leaves it pressed at `to`.
    pub(crate) fn begin_drag(&self, from: Point, to: Point) {
        self.hover(from);
        self.hands(&["mousedown", "1", "sleep", BEAT]);
        for step in 1..=STEPS {
            self.hover(from.towards(to, f64::from(step) / f64::from(STEPS)));
        }
    }

    /// Releases the left button.
    pub(crate) fn drop_here(&self) {
        self.hands(&["mouseup", "1", "sleep", BEAT]);
    }

    /// Presses at `from`, releases at `to`.
    pub(crate) fn drag(&self, from: Point, to: Point) {
        self.begin_drag(from, to);
        self.drop_here();
    }

    /// Selects the `nth` place, from 0, where the article reads `text`: from its logical start to its end.
    pub(crate) fn drag_over(&mut self, text: &str, nth: usize) {
        let (from, to) = self.bring_into_view(text, nth);
        self.drag(from, to);
    }

    /// Turns the wheel over the article, and waits until it rests: positive goes down.
    pub(crate) fn scroll(&mut self, ticks: i32) {
        let centre = self.wait_for("the article", |tree| {
            tree.document().and_then(|node| tree.centre(node))
        });
        let button = if ticks < 0 { 4 } else { 5 };
        self.click_with(centre, button, ticks.unsigned_abs() as usize);
        self.settle();
    }

    /// Scrolls until the text is in sight; where its start and end are. The tree has to have it: it holds
    /// what is visible or within one screen.
    fn bring_into_view(&mut self, text: &str, nth: usize) -> (Point, Point) {
        for _ in 0..100 {
            let what = format!("`{text}` in the tree");
            let (from, to, view) = self.wait_for(&what, |tree| {
                let (from, to) = tree.ends_of(text, nth)?;
                Some((from, to, tree.pixel_bounds(tree.document()?)?))
            });
            match (
                from.y.min(to.y) < view.0.y,
                from.y.max(to.y) > view.1.y.min(self.height()),
            ) {
                (false, false) => return (from, to),
                (true, _) => self.scroll(-2),
                (_, true) => self.scroll(2),
            }
        }
        panic!("`{text}` does not come into view");
    }

    /// The window's height in pixels.
    fn height(&self) -> f64 {
        let told = self
            .ask(&["getwindowgeometry", "--shell", &self.window])
            .unwrap_or_default();
        told.lines()
            .find_map(|line| line.strip_prefix("HEIGHT=")?.parse().ok())
            .expect("a height")
    }

    /// The program's window, once X shows it.
    pub(super) fn find_window(&mut self) -> Option<String> {
        let found = self.ask(&["search", "--onlyvisible", "--pid", &self.id().to_string()])?;
        Some(found.lines().next_back()?.to_owned())
    }

    /// Without a window manager nobody gives a window the keyboard.
    pub(super) fn take_focus(&self) -> bool {
        self.ask(&["windowfocus", &self.window]);
        self.ask(&["getwindowfocus"])
            .is_some_and(|id| id.trim() == self.window)
    }

    /// Puts the window before the others, and gives it the keyboard.
    pub(crate) fn raise(&self) {
        self.hands(&["windowraise", &self.window]);
        self.take_focus();
    }

    /// Writes the window, and not what is beside it, to a PNG file.
    pub(crate) fn picture(&self, path: &Path) {
        let mut import = self.desk.display.command("import");
        let status = import
            .args(["-window", &self.window])
            .arg(path)
            .status()
            .unwrap();
        assert!(status.success(), "import: {status}");
    }

    /// Selects from each point to the other and presses the key, one after the other, on and on, while the
    /// test does something else. Nothing is chosen before each, so that no key changes a span's label.
    pub(crate) fn begin_tagging(&self, gestures: &[(Point, Point, String)]) -> Child {
        let mut arguments: Vec<String> = Vec::new();
        let mut say = |words: &[&str]| arguments.extend(words.iter().map(|&word| word.to_owned()));
        for (from, to, key) in gestures {
            say(&["key", "Escape", "Escape"]);
            for (at, then) in [
                (*from, "mousedown"),
                (from.towards(*to, 0.5), ""),
                (*to, "mouseup"),
            ] {
                let (x, y) = at.pixels();
                say(&[
                    "mousemove",
                    "--window",
                    &self.window,
                    &x,
                    &y,
                    "sleep",
                    "0.01",
                ]);
                if !then.is_empty() {
                    say(&[then, "1", "sleep", "0.01"]);
                }
            }
            say(&["key", key]);
        }
        let mut xdotool = self.desk.display.command("xdotool");
        // It complains when the window goes while it still has something to do.
        xdotool
            .args(arguments)
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    }

    fn hands(&self, arguments: &[&str]) {
        let output = self
            .desk
            .display
            .command("xdotool")
            .args(arguments)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "xdotool {arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    /// What xdotool answers; nothing if it does not succeed.
    fn ask(&self, arguments: &[&str]) -> Option<String> {
        let output = self
            .desk
            .display
            .command("xdotool")
            .args(arguments)
            .output()
            .unwrap();
        output
            .status
            .success()
            .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    }
}
