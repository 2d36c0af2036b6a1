//! The fonts egui measures and paints with: the interface's own, and the icons behind it. The same
//! files are given to the typesetter, so that a width measured by the one fits the other.

use std::sync::Arc;

use eframe::egui::{FontData, FontDefinitions, FontFamily};

const REGULAR: &str = "Vazirmatn";
const BOLD: &str = "Vazirmatn Bold";
const ICONS: &str = "Phosphor";

/// The family for headings and what is emphasised.
pub fn bold_family() -> FontFamily {
    FontFamily::Name(BOLD.into())
}

/// Vazirmatn in two weights with the icons as fallback; none of egui's own fonts.
pub(super) fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let mut add = |name: &str, data: FontData| {
        fonts.font_data.insert(name.to_owned(), Arc::new(data));
    };
    add(
        REGULAR,
        FontData::from_static(include_bytes!(
            "../../../assets/fonts/Vazirmatn-Regular.ttf"
        )),
    );
    add(
        BOLD,
        FontData::from_static(include_bytes!("../../../assets/fonts/Vazirmatn-Bold.ttf")),
    );
    add(
        ICONS,
        FontData::from_static(include_bytes!("../../../assets/fonts/Phosphor-Subset.ttf")),
    );
    let with_icons = |first: &str| vec![first.to_owned(), ICONS.to_owned()];
    fonts
        .families
        .insert(FontFamily::Proportional, with_icons(REGULAR));
    // The interface has no monospaced text; egui wants the family to exist.
    fonts
        .families
        .insert(FontFamily::Monospace, with_icons(REGULAR));
    fonts.families.insert(bold_family(), with_icons(BOLD));
    fonts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_names_fonts_that_are_there() {
        let fonts = definitions();
        for family in [
            FontFamily::Proportional,
            FontFamily::Monospace,
            bold_family(),
        ] {
            let names = fonts
                .families
                .get(&family)
                .map(Vec::as_slice)
                .unwrap_or_default();
            assert_eq!(names.len(), 2, "{family:?}");
            assert!(names.iter().all(|name| fonts.font_data.contains_key(name)));
        }
    }
}
