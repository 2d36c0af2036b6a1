//! Pictures as files: SVG whose letters are outlines, so that they look alike in every viewer, Arabic shaped and
//! in order; and PNG. Only the embedded fonts are used.

use std::fmt::Write as _;

use resvg::{tiny_skia, usvg};

use super::compact::compact;
use super::escape::{escaped, length};
use super::fonts::options;
use super::scene::{Area, Scene, Shape};
use super::svg::with_text;

/// The longest edge of a PNG, in pixels.
const MOST_PIXELS: f32 = 16_000.0;

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The scene made no SVG that can be read.
    #[error("the picture cannot be drawn: {0}")]
    Svg(#[from] usvg::Error),
    /// It is too large for a PNG.
    #[error("the picture is too large for a PNG; save it as SVG")]
    TooLarge,
    /// It could not be packed.
    #[error("the picture cannot be written as PNG: {0}")]
    Png(String),
}

fn tree(scene: &Scene) -> Result<usvg::Tree, PictureError> {
    Ok(usvg::Tree::from_str(&with_text(scene), &options())?)
}

/// So much of what parts of a picture say stands in its description.
const MOST_DESCRIBED: usize = 60;

/// The scene as an SVG element, for a file and for a page: letters are outlines, so no viewer needs a font. What it
/// shows stands in its title and description, and parts and cut names say theirs under the pointer.
pub fn svg(scene: &Scene) -> Result<String, PictureError> {
    let options = usvg::WriteOptions {
        coordinates_precision: 2,
        transforms_precision: 5,
        indent: usvg::Indent::None,
        attributes_indent: usvg::Indent::None,
        ..usvg::WriteOptions::default()
    };
    let written = compact(&tree(scene)?.to_string(&options));
    // Between the opening and the closing tag.
    let open = written.find("<svg").unwrap_or(0);
    let tag = written.get(open..).and_then(|rest| rest.find('>'));
    let end = written.rfind("</svg>").unwrap_or(written.len());
    let inside = tag.and_then(|tag| written.get(open + tag + 1..end));
    let (width, height) = (length(scene.width), length(scene.height));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\"><title>{}</title>",
        said(&scene.title)
    );
    let spots = scene.spots.iter().map(|spot| said(&spot.says));
    let described: Vec<String> = spots.take(MOST_DESCRIBED).collect();
    if !described.is_empty() {
        let more = if scene.spots.len() > MOST_DESCRIBED {
            " …"
        } else {
            ""
        };
        let _ = write!(out, "<desc>{}{more}</desc>", described.join("; "));
    }
    out.push_str(inside.unwrap_or(&written));
    for shape in &scene.shapes {
        if let Shape::Text(words) = shape
            && let Some(whole) = &words.whole
        {
            says(&mut out, words.area(), whole);
        }
    }
    for spot in &scene.spots {
        says(&mut out, spot.area, &spot.says);
    }
    out.push_str("</svg>");
    Ok(out)
}

/// What a place says under the pointer.
fn says(out: &mut String, area: Area, words: &str) {
    let _ = write!(
        out,
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\" pointer-events=\"all\">\
         <title>{}</title></rect>",
        length(area.x),
        length(area.y),
        length(area.width),
        length(area.height),
        said(words)
    );
}

/// Words for a title, without the isolates that a viewer may show as boxes.
fn said(words: &str) -> String {
    escaped(&words.replace(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'], ""))
}

/// The scene as PNG, `scale` pixels for each of its own.
pub fn png(scene: &Scene, scale: f32) -> Result<Vec<u8>, PictureError> {
    let tree = tree(scene)?;
    let (width, height) = (scene.width * scale, scene.height * scale);
    if width.max(height) > MOST_PIXELS {
        return Err(PictureError::TooLarge);
    }
    let pixels = tiny_skia::Pixmap::new(width.ceil() as u32, height.ceil() as u32);
    let mut pixels = pixels.ok_or(PictureError::TooLarge)?;
    let scaled = tiny_skia::Transform::from_scale(scale, scale);
    resvg::render(&tree, scaled, &mut pixels.as_mut());
    pixels
        .encode_png()
        .map_err(|error| PictureError::Png(error.to_string()))
}
