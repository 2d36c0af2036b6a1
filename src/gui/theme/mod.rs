//! How everything looks: two sets of colours, one set of sizes, and egui's own style made from
//! them. Nothing outside this folder names a colour; the rest of the interface asks for [`tokens`].

mod fonts;
mod style;
mod tokens;

pub use fonts::bold_family;
pub use tokens::{Edges, Inks, Marks, Radii, Scheme, Space, Surfaces, TextSizes, Tokens};

use eframe::egui;
use egui::{Color32, Context, Theme, ThemePreference};

use crate::{annotation::Rgb, report::Palette};

/// Which scheme the person wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ThemeChoice {
    /// The one the operating system asks for; paper where it does not say.
    #[default]
    System,
    /// Warm white and near-black ink.
    Paper,
    /// Blue-grey black and off-white ink.
    Night,
}

/// Gives egui the fonts and both styles. Call once, before the first frame.
pub fn install(ctx: &Context) {
    ctx.set_fonts(fonts::definitions());
    ctx.set_style_of(Theme::Light, style::of(&tokens::PAPER));
    ctx.set_style_of(Theme::Dark, style::of(&tokens::NIGHT));
    ctx.options_mut(|options| {
        options.fallback_theme = Theme::Light;
        // Zoom is a command of ours: it appears in menus and the palette, and is remembered.
        options.zoom_with_keyboard = false;
    });
}

/// Follows the person's choice from the next frame on.
pub fn choose(ctx: &Context, choice: ThemeChoice) {
    ctx.set_theme(match choice {
        ThemeChoice::System => ThemePreference::System,
        ThemeChoice::Paper => ThemePreference::Light,
        ThemeChoice::Night => ThemePreference::Dark,
    });
}

/// The colours and sizes of the scheme that is shown now.
pub fn tokens(ctx: &Context) -> &'static Tokens {
    match ctx.theme() {
        Theme::Light => &tokens::PAPER,
        Theme::Dark => &tokens::NIGHT,
    }
}

/// The colours and sizes of a scheme, shown or not.
pub fn tokens_of(scheme: Scheme) -> &'static Tokens {
    match scheme {
        Scheme::Paper => &tokens::PAPER,
        Scheme::Night => &tokens::NIGHT,
    }
}

/// A label's colour, which is the person's choice and so comes from the label set as red, green
/// and blue, opaque.
pub fn label_color(rgb: [u8; 3]) -> Color32 {
    let [red, green, blue] = rgb;
    Color32::from_rgb(red, green, blue)
}

/// The colours of pictures of numbers in this scheme.
pub fn picture_palette(tokens: &Tokens) -> Palette {
    let rgb = |color: Color32| Rgb(color.r(), color.g(), color.b());
    Palette {
        ground: rgb(tokens.surface.raised),
        ink: rgb(tokens.ink.strong),
        quiet: rgb(tokens.ink.weak),
        line: rgb(tokens.edge.separator),
        accent: rgb(tokens.ink.accent),
        dark: tokens.scheme == Scheme::Night,
    }
}

/// A texel of a glyph's picture: red, green, blue, alpha, premultiplied.
pub(in crate::gui) fn texel([red, green, blue, alpha]: [u8; 4]) -> Color32 {
    Color32::from_rgba_premultiplied(red, green, blue, alpha)
}

/// `color` laid over nothing with this much cover (0 to 1), as the fills of spans are.
pub fn with_alpha(color: Color32, alpha: f32) -> Color32 {
    color.gamma_multiply(alpha)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_follow_the_chosen_theme() {
        let ctx = Context::default();
        install(&ctx);
        choose(&ctx, ThemeChoice::Night);
        assert_eq!(tokens(&ctx).scheme, Scheme::Night);
        choose(&ctx, ThemeChoice::Paper);
        assert_eq!(tokens(&ctx).scheme, Scheme::Paper);
    }

    #[test]
    fn an_unknown_system_theme_means_paper() {
        let ctx = Context::default();
        install(&ctx);
        choose(&ctx, ThemeChoice::System);
        assert_eq!(tokens(&ctx).scheme, Scheme::Paper);
    }
}
