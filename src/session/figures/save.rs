//! Writes what the dashboard shows: pictures, tables, and the report. All are small, so they are written at once.

use std::path::Path;

use crate::{
    files,
    report::{Imprint, PAPER, charts, csv, html, png, svg, tables},
};

use super::TableKind;
use crate::session::{Notice, Session, check_target};

/// How a picture is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// Scalable, its letters as outlines.
    Svg,
    /// Pixels, two for each of the picture's own.
    Png,
}

impl Picture {
    /// The ending of its files.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }
}

/// How many pixels a PNG has for each of the picture's own.
const SCALE: f32 = 2.0;

impl Session {
    pub(super) fn save_picture(&mut self, name: &str, kind: Picture, to: &Path) {
        let figures = self.work.watched.as_ref().and_then(|it| it.figures.clone());
        let Some(figures) = figures else { return };
        let mut pictures = charts::pictures(&figures, &PAPER).into_iter();
        let Some(picture) = pictures.find(|picture| picture.name == name) else {
            return;
        };
        let drawn = match kind {
            Picture::Svg => svg(&picture.scene).map(String::into_bytes),
            Picture::Png => png(&picture.scene, SCALE),
        };
        match drawn {
            Ok(bytes) => self.put(to, &bytes),
            Err(error) => self.tell(Notice::Failed {
                what: error.to_string(),
                hint: None,
            }),
        }
    }

    pub(super) fn save_table(&mut self, kind: TableKind, to: &Path) {
        let figures = self.work.watched.as_ref().and_then(|it| it.figures.clone());
        let Some(figures) = figures else { return };
        let mut found = tables(&figures).into_iter();
        if let Some(table) = found.find(|table| table.kind == kind) {
            self.put(to, csv(&table).as_bytes());
        }
    }

    pub(super) fn save_html(&mut self, to: &Path) {
        let figures = self.work.watched.as_ref().and_then(|it| it.figures.clone());
        let (Some(figures), Some(project)) = (figures, &self.project) else {
            return;
        };
        let file = project.path().file_name().unwrap_or_default();
        let imprint = Imprint {
            title: format!("How far annotators agree: {}", project.name()),
            program: format!("Hashiya {}", env!("CARGO_PKG_VERSION")),
            date: jiff::ZonedDateTime::now().strftime("%-d %B %Y").to_string(),
            sources: vec![file.to_string_lossy().into_owned()],
        };
        self.put(to, html(&figures, &imprint).as_bytes());
    }

    /// Writes a file, but not over a project.
    fn put(&mut self, to: &Path, bytes: &[u8]) {
        if let Err(error) = check_target(to) {
            self.tell(error.into());
            return;
        }
        let notice = match files::write_atomic(to, |file| file.write_all(bytes)) {
            Ok(()) => Notice::Written {
                path: to.to_path_buf(),
                losses: Vec::new(),
            },
            Err(error) => error.into(),
        };
        self.tell(notice);
    }
}
