//! Pictures of single glyphs, by swash. Coverage is raised a little, since blending it as it is leaves
//! about 15 % too little ink beside other programs.

use swash::FontRef;
use swash::scale::image::{Content, Image};
use swash::scale::{Render, ScaleContext, Source, StrikeWith};
use swash::zeno::{Angle, Format, Transform, Vector};

use super::layout::GlyphRun;

/// Whether letters are darker or lighter than their background: thin parts need another lift in each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Ink {
    /// Dark letters on a light background.
    #[default]
    Dark,
    /// Light letters on a dark background.
    Light,
}

impl Ink {
    /// Exponent that coverage is raised to; below 1 adds ink.
    fn exponent(self) -> f32 {
        match self {
            Self::Dark => 0.72,
            Self::Light => 0.80,
        }
    }
}

/// The picture of a glyph: RGBA premultiplied, its place relative to the origin on the baseline.
pub(super) struct Raster {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) left: i16,
    pub(super) top: i16,
    pub(super) color: bool,
    pub(super) rgba: Vec<u8>,
}

pub(super) struct Rasteriser {
    scale: ScaleContext,
    ink: Ink,
    lift: [u8; 256],
}

impl Rasteriser {
    pub(super) fn new(ink: Ink) -> Self {
        Self {
            scale: ScaleContext::new(),
            ink,
            lift: lift(ink),
        }
    }

    pub(super) fn ink(&self) -> Ink {
        self.ink
    }

    pub(super) fn set_ink(&mut self, ink: Ink) {
        self.ink = ink;
        self.lift = lift(ink);
    }

    /// The picture of a glyph shifted right by `shift` of a pixel; `None` for one without ink.
    pub(super) fn render(&mut self, run: &GlyphRun, glyph: u16, shift: f32) -> Option<Raster> {
        let font = FontRef::from_index(run.font.data.as_ref(), run.font.index as usize)?;
        let mut scaler = self
            .scale
            .builder_with_id(font, [run.font.data.id(), u64::from(run.font.index)])
            .size(run.size)
            .hint(false)
            .normalized_coords(run.coords.iter().copied())
            .build();
        let sources = [
            Source::ColorOutline(0),
            Source::ColorBitmap(StrikeWith::BestFit),
            Source::Outline,
        ];
        let mut render = Render::new(&sources);
        render.format(Format::Alpha).offset(Vector::new(shift, 0.0));
        if run.embolden {
            render.embolden(run.size / 48.0);
        }
        if let Some(angle) = run.skew {
            render.transform(Some(Transform::skew(
                Angle::from_degrees(angle),
                Angle::ZERO,
            )));
        }
        let image = render.render(&mut scaler, glyph)?;
        self.raster(&image)
    }

    fn raster(&self, image: &Image) -> Option<Raster> {
        let (width, height) = (
            image.placement.width as usize,
            image.placement.height as usize,
        );
        if width == 0 || height == 0 {
            return None;
        }
        let color = image.content == Content::Color;
        let rgba = if color {
            image.data.chunks_exact(4).flat_map(premultiply).collect()
        } else {
            image
                .data
                .iter()
                .flat_map(|&alpha| [self.lifted(alpha); 4])
                .collect()
        };
        Some(Raster {
            width,
            height,
            left: i16::try_from(image.placement.left).ok()?,
            top: i16::try_from(image.placement.top).ok()?,
            color,
            rgba,
        })
    }

    fn lifted(&self, alpha: u8) -> u8 {
        self.lift.get(usize::from(alpha)).copied().unwrap_or(alpha)
    }
}

fn lift(ink: Ink) -> [u8; 256] {
    std::array::from_fn(|alpha| ((alpha as f32 / 255.0).powf(ink.exponent()) * 255.0).round() as u8)
}

fn premultiply(pixel: &[u8]) -> [u8; 4] {
    let [r, g, b, a] = pixel.try_into().unwrap_or([0; 4]);
    let times = |channel: u8| (u16::from(channel) * u16::from(a) / 255) as u8;
    [times(r), times(g), times(b), a]
}

#[cfg(test)]
mod tests {
    use super::super::conformance::{MIXED, article_style, typesetter};
    use super::super::typesetter::BaseDirection;
    use super::*;

    /// The ink of a text's glyphs in one atlas style, in fully covered texels.
    fn ink_of(lift: [u8; 256]) -> u32 {
        let layout = typesetter().layout(MIXED, &article_style(), None, BaseDirection::Auto);
        let mut rasteriser = Rasteriser {
            lift,
            ..Rasteriser::new(Ink::Dark)
        };
        let mut ink = 0;
        for run in &layout.runs {
            for glyph in layout
                .glyphs
                .get(run.glyphs.start as usize..run.glyphs.end as usize)
                .unwrap_or_default()
            {
                let raster = rasteriser.render(run, glyph.id, 0.0);
                let alpha = raster.iter().flat_map(|raster| raster.rgba.chunks_exact(4));
                ink += alpha
                    .map(|texel| u32::from(texel.last().copied().unwrap_or(0)))
                    .sum::<u32>();
            }
        }
        ink / 255
    }

    #[test]
    fn letters_get_about_a_sixth_more_ink() {
        let bare = ink_of(std::array::from_fn(|alpha| alpha as u8)) as f32;
        let dark = ink_of(lift(Ink::Dark)) as f32 / bare;
        let light = ink_of(lift(Ink::Light)) as f32 / bare;
        assert!((1.12..1.20).contains(&dark), "{dark}");
        assert!((1.06..1.14).contains(&light), "{light}");
    }
}
