//! The embedded fonts, for pictures: one database that letters are shaped and measured with, so that what fits in a
//! picture fits in whatever shows it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use resvg::usvg::{self, fontdb};

use super::escape::escaped;

static FONTS: [&[u8]; 2] = [
    include_bytes!("../../assets/fonts/Vazirmatn-Regular.ttf"),
    include_bytes!("../../assets/fonts/Vazirmatn-Bold.ttf"),
];

/// The family of all text in pictures.
pub(super) const FAMILY: &str = "Vazirmatn";

/// The em that texts are measured at.
const EM: f32 = 100.0;

/// So many widths are remembered.
const MOST_WIDTHS: usize = 4096;

/// The embedded fonts, read once.
pub(super) fn fonts() -> Arc<fontdb::Database> {
    static READ: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let read = READ.get_or_init(|| {
        let mut database = fontdb::Database::new();
        for font in FONTS {
            database.load_font_source(fontdb::Source::Binary(Arc::new(font)));
        }
        database.set_sans_serif_family(FAMILY);
        database.set_serif_family(FAMILY);
        Arc::new(database)
    });
    Arc::clone(read)
}

/// How SVG with text is read.
pub(super) fn options() -> usvg::Options<'static> {
    usvg::Options {
        font_family: FAMILY.to_owned(),
        fontdb: fonts(),
        ..usvg::Options::default()
    }
}

/// How wide a text of this size is: shaped with the embedded fonts. Letters that these do not have come from
/// another font where there is one, so they count as wide as a letter may be.
pub(super) fn width(text: &str, size: f32, bold: bool) -> f32 {
    static KNOWN: OnceLock<Mutex<HashMap<(String, bool), f32>>> = OnceLock::new();
    let known = KNOWN.get_or_init(Mutex::default);
    // What only orders takes no room, though a shaper may give it some.
    let ordering =
        |letter: char| matches!(letter, '\u{200E}' | '\u{200F}' | '\u{2066}'..='\u{2069}');
    let text = text.replace(ordering, "");
    let key = (text.clone(), bold);
    let found = known
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .get(&key)
        .copied();
    let ems = found.unwrap_or_else(|| {
        let ems = shaped(&text, bold).max(foreign(&text));
        let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST_WIDTHS {
            known.clear();
        }
        known.insert(key, ems);
        ems
    });
    ems * size
}

/// The width in ems by the fonts.
fn shaped(text: &str, bold: bool) -> f32 {
    let weight = if bold { 700 } else { 400 };
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"><text xml:space=\"preserve\" \
         font-size=\"{EM}\" font-weight=\"{weight}\">{}</text></svg>",
        escaped(text)
    );
    let Ok(tree) = usvg::Tree::from_str(&svg, &options()) else {
        return 0.0;
    };
    let texts = tree.root().children().iter().filter_map(|node| match node {
        usvg::Node::Text(text) => Some(text.bounding_box().width()),
        _ => None,
    });
    texts.sum::<f32>() / EM
}

/// The width in ems of what the fonts do not have; 0 where they have all.
fn foreign(text: &str) -> f32 {
    let is_foreign = |letter: char| !matches!(letter, '\0'..='\u{40F}' | '\u{600}'..='\u{77F}' | '\u{2000}'..='\u{22FF}');
    if !text.chars().any(is_foreign) {
        return 0.0;
    }
    let em = |letter| if is_foreign(letter) { 1.05 } else { 0.65 };
    text.chars().map(em).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_shaped_letters() {
        let of = |text| width(text, 20.0, false);
        assert!(of("mmm") > 2.0 * of("iii"));
        // Letters that join are narrower than apart, and one word twice is twice as wide.
        let joined = of("محمد");
        assert!(joined > 20.0 && joined < of("م ح م د"));
        assert!((of("محمد محمد") - 2.0 * joined - of("ab ab") + 2.0 * of("ab")).abs() < 0.5);
        assert!(width("Place", 20.0, true) > of("Place"));
        assert!((width("Place", 40.0, false) - 2.0 * of("Place")).abs() < 0.01);
        // No isolate takes room, and letters of other fonts take enough.
        assert!((of("\u{2068}محمد\u{2069}") - joined).abs() < 0.01);
        assert!(of("中文") >= 40.0);
        // The embedded fonts have the names of the measures.
        assert!(of("uα") < of("mmm") && of("κ") > 5.0);
    }
}
