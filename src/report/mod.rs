//! What shows the numbers of a comparison: [`Figures`] (plain data, from `agreement`, `review` and counts of work),
//! tables of them for CSV and HTML, pictures drawn once to a small [`Scene`] that a window, SVG and PNG show alike,
//! and the report as one HTML file. Pure: nothing here reads or writes a file.

mod builder;
pub mod charts;
mod compact;
mod context;
mod csv;
mod escape;
mod estimates;
mod figures;
mod fonts;
mod html;
mod json;
mod outlined;
mod palette;
mod scene;
mod svg;
mod table;
mod work;

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests;

pub use builder::{FigureOptions, FiguresBuilder, MOST_CLASSED_PAIRS};
pub use csv::csv;
pub use figures::{
    About, ConfusedCell, DocumentFigure, EstimateFigure, Example, FeatureFigure, Figures,
    LabelFigure, Measures, Nothing, PairFigure, Row, SectionFigure, SpanFigure, THIN,
};
pub use html::{Imprint, html};
pub use json::add_json;
pub use outlined::{PictureError, png, svg};
pub use palette::{NIGHT, PAPER, Palette};
pub use scene::{Anchor, Area, Scene, Shape, Spot, Words};
pub use table::{Cell, Table, TableKind, tables};
pub use work::{DayFigure, Sitting, Work, WorkRow};
