//! An X display that nobody else uses, and what of the machine a window test needs.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The programs that window tests call.
const TOOLS: &[&str] = &["Xvfb", "xdotool", "import", "setxkbmap"];

/// Why window tests cannot run here, if so.
pub(crate) fn lacking() -> Option<String> {
    if !cfg!(target_os = "linux") {
        return Some("window tests need Linux, for Xvfb".to_owned());
    }
    if !cfg!(feature = "inspection") {
        return Some("window tests need `--features inspection` (make test)".to_owned());
    }
    let missing: Vec<&str> = TOOLS
        .iter()
        .copied()
        .filter(|tool| !in_path(tool))
        .collect();
    (!missing.is_empty()).then(|| {
        format!(
            "window tests need {} (.ci/install test)",
            missing.join(", ")
        )
    })
}

fn in_path(tool: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|directory| Path::new(&directory).join(tool).is_file())
}

/// A running Xvfb; ends when dropped.
pub(crate) struct Display {
    server: Child,
    /// As `DISPLAY` wants it: `:7`.
    pub(crate) name: String,
}

impl Display {
    /// Starts a display that the server itself chooses, 1600 × 1000 pixels.
    pub(crate) fn start() -> Self {
        let mut server = Command::new("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1600x1000x24",
                "-nolisten",
                "tcp",
                "-noreset",
            ])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb starts");
        // The server writes its number once it takes clients.
        let mut number = String::new();
        let out = server.stdout.take().expect("standard output is piped");
        BufReader::new(out)
            .read_line(&mut number)
            .expect("Xvfb names its display");
        assert!(!number.trim().is_empty(), "Xvfb found no free display");
        Self {
            server,
            name: format!(":{}", number.trim()),
        }
    }

    /// A command that talks to this display.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env("DISPLAY", &self.name)
            .env_remove("WAYLAND_DISPLAY")
            .stdin(Stdio::null());
        command
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
