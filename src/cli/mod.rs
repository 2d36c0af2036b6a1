//! The command line, one file a sub-command. Errors go to standard error with a hint; the exit
//! status is 1 for them, 2 for wrong usage, and 3 for a strict export that would lose something.

mod adjudicate;
mod agree;
mod agree_report;
mod check;
mod compared;
mod convert;
mod diff;
mod export;
mod formats;
mod import;
mod merge;
mod new;
mod options;

use std::{
    fmt,
    io::{self, Write as _},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Parser, Subcommand};

use crate::{annotation::Annotator, store::StoreError};

/// Label articles, Arabic first of all.
#[derive(Debug, Parser)]
#[command(name = "hashiya", version, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Job>,
    #[command(flatten)]
    window: Window,
}

/// What the window is to open.
#[derive(Clone, Debug, clap::Args)]
pub struct Window {
    /// The project to use; it is made if it is missing [default: the last one]
    #[arg(long, value_name = "FILE")]
    pub project: Option<PathBuf>,
    /// Who annotates [default: the last one, at first your user name]
    #[arg(long, value_name = "NAME")]
    pub annotator: Option<Annotator>,
    /// A project, a dataset, articles or folders to open
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Job {
    /// Make a new, empty project
    New(new::Arguments),
    /// Bring files and folders of any format into a project
    Import(import::Arguments),
    /// Bring the work of other projects and datasets into a project
    Merge(merge::Arguments),
    /// Write a project in any format
    Export(Box<export::Arguments>),
    /// Write a file in another format, without a project
    Convert(Box<convert::Arguments>),
    /// Look for faults in a project, or in files of any format
    Check(check::Arguments),
    /// Measure how far annotators agree, in a project or in files of any format
    Agree(agree::Arguments),
    /// List what two annotators disagree on, each difference with its class
    Diff(diff::Arguments),
    /// Bring what all annotators have alike into a reviewer's layer
    Adjudicate(adjudicate::Arguments),
    /// List the formats and what they carry
    Formats(formats::Arguments),
}

/// What `main` is to do.
#[derive(Debug)]
pub enum Outcome {
    /// Open the window.
    Window(Window),
    /// End with this status: everything is done.
    Ended(ExitCode),
}

/// Reads the command line and carries out its sub-command, if there is one.
pub fn run(arguments: impl IntoIterator<Item = std::ffi::OsString>) -> Outcome {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are no errors: clap sends them to standard output with status 0.
            let _ = error.print();
            let status = u8::try_from(error.exit_code()).unwrap_or(2);
            return Outcome::Ended(ExitCode::from(status));
        }
    };
    let result = match arguments.command {
        None => return Outcome::Window(arguments.window),
        Some(Job::New(arguments)) => new::run(&arguments),
        Some(Job::Import(arguments)) => import::run(&arguments),
        Some(Job::Merge(arguments)) => merge::run(&arguments),
        Some(Job::Export(arguments)) => export::run(&arguments),
        Some(Job::Convert(arguments)) => convert::run(&arguments),
        Some(Job::Check(arguments)) => check::run(&arguments),
        Some(Job::Agree(arguments)) => agree::run(&arguments),
        Some(Job::Diff(arguments)) => diff::run(&arguments),
        Some(Job::Adjudicate(arguments)) => adjudicate::run(&arguments),
        Some(Job::Formats(arguments)) => formats::run(&arguments),
    };
    Outcome::Ended(match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.tell();
            ExitCode::from(failure.status)
        }
    })
}

/// Why a sub-command did not do what it was asked to.
#[derive(Debug)]
struct Failure {
    /// What happened; empty where all was told already.
    message: String,
    hint: Option<String>,
    status: u8,
}

impl Failure {
    fn new(message: impl fmt::Display) -> Self {
        Self {
            message: message.to_string(),
            hint: None,
            status: 1,
        }
    }

    fn hinted(self, hint: impl fmt::Display) -> Self {
        Self {
            hint: Some(hint.to_string()),
            ..self
        }
    }

    /// The command line asked for something that cannot be.
    fn usage(message: impl fmt::Display) -> Self {
        Self {
            status: 2,
            ..Self::new(message)
        }
    }

    /// Everything was told already.
    fn told() -> Self {
        Self::new("")
    }

    fn tell(&self) {
        if !self.message.is_empty() {
            tell(format_args!("hashiya: {}", self.message));
        }
        if let Some(hint) = &self.hint {
            tell(format_args!("hint: {hint}"));
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let failure = Self::new(&error);
        match error.hint() {
            Some(hint) => failure.hinted(hint),
            None => failure,
        }
    }
}

/// Writes a line to standard error. Where that is closed there is nobody to tell.
fn tell(line: fmt::Arguments<'_>) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Writes a line to standard output.
fn say(line: fmt::Arguments<'_>) {
    let _ = writeln!(io::stdout(), "{line}");
}
