//! Starts the window or a sub-command of the command line, and nothing else.

use std::process::ExitCode;

use hashiya::{cli, gui};
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let filter = EnvFilter::try_from_env("HASHIYA_LOG").unwrap_or_else(|_| EnvFilter::new("error"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    match cli::run(std::env::args_os()) {
        cli::Outcome::Ended(status) => status,
        cli::Outcome::Window(window) => gui::run(window.project, window.annotator, window.paths),
    }
}
