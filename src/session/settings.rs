//! What the program remembers between runs, as RON in the user's configuration folder. A file that
//! cannot be read is kept under another name, and the defaults serve.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::{annotation::Annotator, files};

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThemeChoice {
    /// As the system.
    #[default]
    System,
    /// Light.
    Paper,
    /// Dark.
    Night,
}

/// How articles look.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reading {
    /// Light or dark.
    pub theme: ThemeChoice,
    /// The whole window's scale; 1.0 is 100 %.
    pub zoom: f32,
    /// The size of articles' letters in points.
    pub text_size: f32,
    /// Their lines' spacing; 1.0 is 2.0 em for Arabic and 1.6 em for Latin.
    pub line_spacing: f32,
    /// The reading column's width in em.
    pub column: f32,
    /// The articles' font family; empty for the built-in one.
    pub font: String,
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::System,
            zoom: 1.0,
            text_size: 20.0,
            line_spacing: 1.0,
            column: 38.0,
            font: String::new(),
        }
    }
}

/// How the window and its tools behave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own in the menu"
)]
pub struct Tools {
    /// Whether the left margin is folded away.
    pub left_folded: bool,
    /// Whether the right margin is folded away.
    pub right_folded: bool,
    /// Whether the margins have changed sides.
    pub swapped: bool,
    /// Whether mouse selections shrink off white space and punctuation.
    pub trim: bool,
    /// Whether a drag tags at once with the label that was picked first.
    pub label_first: bool,
    /// Whether invisible characters are shown.
    pub invisibles: bool,
    /// Whether a reviewer sees the compared layers side by side.
    pub side_by_side: bool,
    /// Whether the comments on the article are shown.
    pub comments: bool,
}

impl Default for Tools {
    fn default() -> Self {
        Self {
            left_folded: false,
            right_folded: false,
            swapped: false,
            trim: true,
            label_first: false,
            invisibles: false,
            side_by_side: false,
            comments: false,
        }
    }
}

/// All that is remembered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Who annotates.
    pub annotator: Option<Annotator>,
    /// Projects that were open, the last first.
    pub recent: Vec<PathBuf>,
    /// How articles look.
    pub reading: Reading,
    /// How the window and its tools behave.
    pub tools: Tools,
}

/// Why the settings could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What happened.
    pub what: String,
    /// Where the file is kept as it was; the next one takes its place.
    pub kept: Option<PathBuf>,
}

/// How many projects are remembered.
const RECENT: usize = 12;

impl Settings {
    /// Reads the settings at `path`. A missing file gives the defaults; one that cannot be read
    /// gives them too, with the reason.
    pub fn load(path: &Path) -> (Self, Option<Trouble>) {
        let text = match files::read_settings(path) {
            Ok(Some(text)) => text,
            Ok(None) => return (Self::default(), None),
            Err(error) => return Self::unread(path, error.to_string()),
        };
        match ron::from_str(&text) {
            Ok(settings) => (Self::sane(settings), None),
            Err(reason) => Self::unread(path, format!("{}: {reason}", path.display())),
        }
    }

    fn unread(path: &Path, what: String) -> (Self, Option<Trouble>) {
        let kept = files::keep_aside(path).ok();
        (Self::default(), Some(Trouble { what, kept }))
    }

    /// Numbers that a person may have mistyped, brought back into reach.
    fn sane(mut self) -> Self {
        let within = |value: f32, low: f32, high: f32, usual: f32| {
            if value.is_finite() {
                value.clamp(low, high)
            } else {
                usual
            }
        };
        let reading = &mut self.reading;
        reading.zoom = within(reading.zoom, 0.5, 3.0, 1.0);
        reading.text_size = within(reading.text_size, 10.0, 60.0, 20.0);
        reading.line_spacing = within(reading.line_spacing, 0.6, 2.5, 1.0);
        reading.column = within(reading.column, 20.0, 90.0, 38.0);
        self.recent.truncate(RECENT);
        self
    }

    /// Writes the settings to `path`.
    pub fn save(&self, path: &Path) -> Result<(), files::FileError> {
        let pretty = ron::ser::PrettyConfig::new().escape_strings(false);
        let text = ron::ser::to_string_pretty(self, pretty).unwrap_or_default();
        files::write_settings(path, &text)
    }

    /// Forgets a project that is not there any more.
    pub fn forget(&mut self, project: &Path) {
        self.recent.retain(|path| path != project);
    }

    /// Puts a project first among the recent ones.
    pub fn remember(&mut self, project: &Path) {
        self.recent.retain(|path| path != project);
        self.recent.insert(0, project.to_path_buf());
        self.recent.truncate(RECENT);
    }
}

/// Where things are kept on this system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// The settings file.
    pub settings: PathBuf,
    /// The folder of the first project.
    pub data: PathBuf,
}

impl Places {
    /// The user's folders (XDG on Linux); the present folder where the system knows none.
    pub fn of_user() -> Self {
        match directories::ProjectDirs::from("", "", "hashiya") {
            Some(dirs) => Self {
                settings: dirs.config_dir().join("settings.ron"),
                data: dirs.data_dir().to_path_buf(),
            },
            None => Self {
                settings: "hashiya-settings.ron".into(),
                data: ".".into(),
            },
        }
    }

    /// The project that is used while there is no other.
    pub fn first_project(&self) -> PathBuf {
        self.data.join("articles.hashiya")
    }
}

/// The operating system's name for the user, or `annotator`.
pub fn user_name() -> Annotator {
    files::user_name()
        .and_then(|name| Annotator::new(&name).ok())
        .unwrap_or_else(Annotator::unnamed)
}
