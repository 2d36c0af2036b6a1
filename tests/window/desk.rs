//! Where one scenario plays: a display, a folder, and settings that are nobody's own.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::app::App;
use super::display::{Display, lacking};

/// A display and an empty folder; both go when it is dropped.
pub(crate) struct Desk {
    pub(super) display: Display,
    folder: tempfile::TempDir,
    /// One window test at a time, also across processes: two cores, and waits with limits.
    _turn: File,
}

impl Desk {
    /// Nothing where the machine lacks what is needed: it says so on standard error, and the test has
    /// nothing to do. With `CI=true` that is a failure.
    pub(crate) fn open() -> Option<Self> {
        if let Some(reason) = lacking() {
            assert!(std::env::var("CI").as_deref() != Ok("true"), "{reason}");
            // Not `eprintln`, which a test that passes does not show.
            let _ = writeln!(std::io::stderr(), "SKIPPED: {reason}");
            return None;
        }
        let turn =
            File::create(Path::new(env!("CARGO_TARGET_TMPDIR")).join("window.lock")).unwrap();
        turn.lock().unwrap();
        let folder = tempfile::Builder::new()
            .prefix("hashiya-window-")
            .tempdir()
            .unwrap();
        for name in ["home", "config", "data", "cache", "state", "run"] {
            std::fs::create_dir(folder.path().join(name)).unwrap();
        }
        Some(Self {
            display: Display::start(),
            folder,
            _turn: turn,
        })
    }

    /// The path of `name` in the scenario's folder, which nothing needs to be there.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file into the scenario's folder.
    pub(crate) fn write(&self, name: &str, contents: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, contents).unwrap();
        path
    }

    /// Opens the window with these arguments, and returns when it is there and has the keyboard.
    pub(crate) fn start(&self, arguments: &[&str]) -> App<'_> {
        App::start(self, arguments)
    }

    /// Runs a sub-command to its end, with the settings the window has.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.program().args(arguments).output().unwrap()
    }

    /// Changes what the keys mean: `us`, `ara`; their places stay.
    pub(crate) fn keyboard(&self, layout: &str) {
        let status = self
            .display
            .command("setxkbmap")
            .arg(layout)
            .status()
            .unwrap();
        assert!(status.success(), "setxkbmap {layout}: {status}");
    }

    /// Writes the whole display to a PNG file.
    pub(crate) fn screenshot(&self, path: &Path) {
        let status = self
            .display
            .command("import")
            .args(["-window", "root"])
            .arg(path)
            .status()
            .unwrap();
        assert!(status.success(), "import: {status}");
    }

    /// The binary under test, on this display, apart from the settings, files and buses of whoever tests.
    pub(super) fn program(&self) -> Command {
        let mut command = self.display.command(env!("CARGO_BIN_EXE_hashiya"));
        command
            .current_dir(self.folder.path())
            .env("HOME", self.path("home"))
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("XDG_DATA_HOME", self.path("data"))
            .env("XDG_CACHE_HOME", self.path("cache"))
            .env("XDG_STATE_HOME", self.path("state"))
            .env("XDG_RUNTIME_DIR", self.path("run"))
            .env(
                "DBUS_SESSION_BUS_ADDRESS",
                format!("unix:path={}", self.path("no-bus").display()),
            )
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("LANG", "C.UTF-8")
            .env("USER", "tester")
            .env("LOGNAME", "tester")
            .env_remove("RUST_LOG")
            .env_remove("EGUI_INSPECTION");
        command
    }
}
