//! The fonts a typesetter shapes with: the embedded ones always, the system's when they have been listed.
//! Listing and the first fallback cost up to 200 ms, so a set with system fonts is built on another thread
//! and swapped in (`Typesetter::set_fonts`). Embedded font data keeps one identity for the whole process,
//! so glyphs already rasterised stay valid across the swap.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use parley::fontique::{Blob, Collection, CollectionOptions, SourceCache};
use parley::{FontContext, FontFamily, FontFamilyName, LayoutContext, StyleProperty};

/// Family name of the embedded article font.
pub const ARTICLE_FAMILY: &str = "Noto Naskh Arabic";
/// Family name of the embedded interface font, also used for Latin text in articles.
pub const INTERFACE_FAMILY: &str = "Vazirmatn";

static EMBEDDED: [&[u8]; 4] = [
    include_bytes!("../../assets/fonts/NotoNaskhArabic-Regular.ttf"),
    include_bytes!("../../assets/fonts/NotoNaskhArabic-Bold.ttf"),
    include_bytes!("../../assets/fonts/Vazirmatn-Regular.ttf"),
    include_bytes!("../../assets/fonts/Vazirmatn-Bold.ttf"),
];

/// Scripts whose first system fallback is looked up ahead of time: articles quote names in them.
const WARM_UP: &str = "ا A α я א 中 あ 한 अ ☃ 😀 → ";

/// A set of fonts. `Send`, so that one with system fonts can be made on a background thread.
pub struct Fonts {
    pub(super) context: FontContext,
    system: bool,
}

/// Which family a text is set in. The embedded families always follow as fallback.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub enum Family {
    /// The embedded article font, then the interface font.
    #[default]
    Article,
    /// The embedded interface font, then the article font. Right for Latin paragraphs too.
    Interface,
    /// An installed family by name, then the embedded ones.
    Named(String),
}

impl Fonts {
    /// Only the embedded fonts: fast enough for the first frame, and the same on every machine.
    pub fn embedded() -> Self {
        Self::load(false)
    }

    /// Embedded and system fonts, with the usual fallbacks looked up. Takes up to 200 ms: not for a frame.
    pub fn with_system() -> Self {
        let mut fonts = Self::load(true);
        fonts.warm_up();
        fonts
    }

    /// Whether system fonts are part of this set.
    pub fn has_system(&self) -> bool {
        self.system
    }

    /// Names of all families in this set, sorted, each once.
    pub fn families(&mut self) -> Vec<String> {
        let mut names: Vec<String> = self
            .context
            .collection
            .family_names()
            .filter(|name| !name.starts_with('.'))
            .map(ToOwned::to_owned)
            .collect();
        names.sort_unstable_by_key(|name| name.to_lowercase());
        names.dedup();
        names
    }

    fn load(system: bool) -> Self {
        let mut collection = Collection::new(CollectionOptions {
            shared: false,
            system_fonts: system,
        });
        for blob in embedded_blobs() {
            collection.register_fonts(blob.clone(), None);
        }
        let context = FontContext {
            collection,
            source_cache: SourceCache::default(),
        };
        Self { context, system }
    }

    fn warm_up(&mut self) {
        let mut scratch = LayoutContext::<()>::new();
        let mut builder = scratch.ranged_builder(&mut self.context, WARM_UP, 1.0, true);
        builder.push_default(StyleProperty::FontFamily(family_list(&Family::Article)));
        builder.build(WARM_UP);
    }
}

/// The families of a style in the order they are tried.
pub(super) fn family_list(family: &Family) -> FontFamily<'static> {
    let named = |name: &'static str| FontFamilyName::Named(Cow::Borrowed(name));
    let list = match family {
        Family::Article => vec![named(ARTICLE_FAMILY), named(INTERFACE_FAMILY)],
        Family::Interface => vec![named(INTERFACE_FAMILY), named(ARTICLE_FAMILY)],
        Family::Named(name) => vec![
            FontFamilyName::Named(Cow::Owned(name.clone())),
            named(ARTICLE_FAMILY),
            named(INTERFACE_FAMILY),
        ],
    };
    FontFamily::List(Cow::Owned(list))
}

fn embedded_blobs() -> &'static [Blob<u8>] {
    static BLOBS: OnceLock<Vec<Blob<u8>>> = OnceLock::new();
    BLOBS.get_or_init(|| {
        EMBEDDED
            .iter()
            .map(|data| Blob::new(Arc::new(*data)))
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_families_have_the_names_styles_ask_for() {
        let families = Fonts::embedded().families();
        assert_eq!(families, [ARTICLE_FAMILY, INTERFACE_FAMILY]);
    }

    #[test]
    fn fonts_can_be_built_on_another_thread() {
        fn is_send<T: Send>() {}
        is_send::<Fonts>();
    }
}
