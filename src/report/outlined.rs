//! Pictures as files: SVG whose letters are outlines, so that they look alike in every viewer, Arabic shaped and
//! in order; and PNG. Only the embedded fonts are used.

use std::sync::{Arc, OnceLock};

use resvg::{tiny_skia, usvg};

use super::escape::escaped;
use super::scene::Scene;
use super::svg::written;

static FONTS: [&[u8]; 2] = [
    include_bytes!("../../assets/fonts/Vazirmatn-Regular.ttf"),
    include_bytes!("../../assets/fonts/Vazirmatn-Bold.ttf"),
];

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

/// The embedded fonts, read once.
fn fonts() -> Arc<usvg::fontdb::Database> {
    static READ: OnceLock<Arc<usvg::fontdb::Database>> = OnceLock::new();
    let read = READ.get_or_init(|| {
        let mut database = usvg::fontdb::Database::new();
        for font in FONTS {
            database.load_font_source(usvg::fontdb::Source::Binary(Arc::new(font)));
        }
        database.set_sans_serif_family("Vazirmatn");
        database.set_serif_family("Vazirmatn");
        Arc::new(database)
    });
    Arc::clone(read)
}

fn tree(scene: &Scene) -> Result<usvg::Tree, PictureError> {
    let options = usvg::Options {
        font_family: "Vazirmatn".to_owned(),
        fontdb: fonts(),
        ..usvg::Options::default()
    };
    Ok(usvg::Tree::from_str(&written(scene, false), &options)?)
}

/// The scene as an SVG file: letters are outlines, and what it shows stands in its title.
pub fn outlined(scene: &Scene) -> Result<String, PictureError> {
    let options = usvg::WriteOptions {
        coordinates_precision: 3,
        transforms_precision: 5,
        indent: usvg::Indent::Spaces(1),
        ..usvg::WriteOptions::default()
    };
    let written = tree(scene)?.to_string(&options);
    let title = format!("<title>{}</title>", escaped(&scene.title));
    // Behind the opening tag.
    let open = written.find("<svg").unwrap_or(0);
    let (head, body) = match written.get(open..).and_then(|rest| rest.find('>')) {
        Some(end) => written.split_at_checked(open + end + 1),
        None => None,
    }
    .unwrap_or((&written, ""));
    Ok(format!("{head}\n {title}{body}"))
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
