//! The glyph atlas: every glyph is rasterised once per font, size and quarter of a pixel, and kept in one
//! picture that the interface uploads. Places are stable within a frame: the atlas grows downwards, and
//! when it is full it is emptied at the start of a frame, never in the middle of one.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use super::layout::{Glyph, GlyphRun, TextLayout};
use super::raster::{Ink, Raster, Rasteriser};

/// Width of the atlas in texels.
const WIDTH: usize = 1024;
/// Height at the beginning in texels.
const FIRST_HEIGHT: usize = 256;
/// Height the atlas may grow to in texels.
const MAX_HEIGHT: usize = 4096;
/// Empty texels between glyphs.
const PAD: usize = 1;
/// Horizontal positions a glyph is rasterised at within a pixel.
const BINS: f32 = 4.0;

/// A glyph on screen and in the atlas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GlyphQuad {
    /// Left edge on screen, whole physical pixels.
    pub x: f32,
    /// Top edge on screen, whole physical pixels.
    pub y: f32,
    /// Left edge in the atlas in texels (not normalised: the atlas may grow before the upload).
    pub u: u16,
    /// Top edge in the atlas in texels.
    pub v: u16,
    /// Width in texels and physical pixels.
    pub width: u16,
    /// Height in texels and physical pixels.
    pub height: u16,
    /// The glyph has its own colours (an emoji): draw it in white, not in the text's colour.
    pub color: bool,
}

/// What the interface has to upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upload {
    /// The size changed or the atlas was emptied: all of it.
    Whole,
    /// A rectangle in texels.
    Part {
        /// Left edge.
        x: usize,
        /// Top edge.
        y: usize,
        /// Width.
        width: usize,
        /// Height.
        height: usize,
    },
}

#[derive(Clone, Copy)]
struct Slot {
    u: u16,
    v: u16,
    width: u16,
    height: u16,
    left: i16,
    top: i16,
    color: bool,
}

/// Identity of a font at a size: what a glyph number needs to become a picture.
#[derive(PartialEq, Eq, Hash)]
struct Face {
    blob: u64,
    index: u32,
    size: u32,
    embolden: bool,
    skew: u32,
    coords: Box<[i16]>,
}

/// The atlas. Pixels are RGBA, premultiplied; letters are white.
pub struct GlyphAtlas {
    pixels: Vec<u8>,
    height: usize,
    shelves: Shelves,
    dirty: Option<Upload>,
    full: bool,
    faces: HashMap<Face, u32>,
    slots: HashMap<u64, Option<Slot>, BuildHasherDefault<KeyHasher>>,
    rasteriser: Rasteriser,
    rasterised: u64,
}

impl GlyphAtlas {
    /// An empty atlas for letters darker or lighter than their background.
    pub fn new(ink: Ink) -> Self {
        Self {
            pixels: vec![0; WIDTH * FIRST_HEIGHT * 4],
            height: FIRST_HEIGHT,
            shelves: Shelves::default(),
            dirty: Some(Upload::Whole),
            full: false,
            faces: HashMap::new(),
            slots: HashMap::default(),
            rasteriser: Rasteriser::new(ink),
            rasterised: 0,
        }
    }

    /// Call before painting a frame. Empties the atlas if it was full or the ink changes; quads of earlier
    /// frames are then stale. Returns whether it did.
    pub fn begin_frame(&mut self, ink: Ink) -> bool {
        if !self.full && ink == self.rasteriser.ink() {
            return false;
        }
        self.rasteriser.set_ink(ink);
        self.pixels.clear();
        self.pixels.resize(WIDTH * FIRST_HEIGHT * 4, 0);
        self.height = FIRST_HEIGHT;
        self.shelves = Shelves::default();
        self.slots.clear();
        self.faces.clear();
        self.full = false;
        self.dirty = Some(Upload::Whole);
        true
    }

    /// Width and height in texels.
    pub fn size(&self) -> [usize; 2] {
        [WIDTH, self.height]
    }

    /// All pixels, RGBA premultiplied, row by row.
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// A row of `width` texels from (`x`, `y`), for partial uploads.
    pub fn row(&self, x: usize, y: usize, width: usize) -> &[u8] {
        let start = (y * WIDTH + x) * 4;
        self.pixels
            .get(start..start + width * 4)
            .unwrap_or_default()
    }

    /// What changed since the last call. Call after the last `quads` of a frame.
    pub fn take_upload(&mut self) -> Option<Upload> {
        self.dirty.take()
    }

    /// Whether a glyph found no room: the frame lacks it, and another frame should be asked for.
    pub fn is_full(&self) -> bool {
        self.full
    }

    /// Counts the glyphs rasterised so far.
    pub fn rasterised(&self) -> u64 {
        self.rasterised
    }

    /// Number of glyphs in the atlas.
    pub fn glyphs(&self) -> usize {
        self.slots.len()
    }

    /// Appends the quads of the lines of `layout` that touch `clip_y` (physical pixels on screen), the
    /// layout's top left being at `origin`, which is snapped to whole pixels.
    pub fn quads(
        &mut self,
        layout: &TextLayout,
        origin: [f32; 2],
        clip_y: Range<f32>,
        out: &mut Vec<GlyphQuad>,
    ) {
        let (ox, oy) = (origin[0].round(), origin[1].round());
        let first = layout.lines.partition_point(|line| {
            oy + line.bottom.max(line.baseline + line.descent) < clip_y.start
        });
        for line in layout.lines.iter().skip(first) {
            if oy + line.top.min(line.baseline - line.ascent) > clip_y.end {
                break;
            }
            let runs = layout
                .runs
                .get(line.runs.start as usize..line.runs.end as usize)
                .unwrap_or_default();
            for run in runs {
                let glyphs = layout
                    .glyphs
                    .get(run.glyphs.start as usize..run.glyphs.end as usize);
                self.run_quads(run, glyphs.unwrap_or_default(), (ox, oy), out);
            }
        }
    }

    fn run_quads(
        &mut self,
        run: &GlyphRun,
        glyphs: &[Glyph],
        (ox, oy): (f32, f32),
        out: &mut Vec<GlyphQuad>,
    ) {
        let face = self.face(run);
        for glyph in glyphs {
            let x = ((ox + glyph.x) * BINS).round() / BINS;
            let left = x.floor();
            let bin = ((x - left) * BINS) as u8;
            let Some(slot) = self.slot(run, face, glyph.id, bin) else {
                continue;
            };
            out.push(GlyphQuad {
                x: left + f32::from(slot.left),
                y: (oy + glyph.y).round() - f32::from(slot.top),
                u: slot.u,
                v: slot.v,
                width: slot.width,
                height: slot.height,
                color: slot.color,
            });
        }
    }

    fn face(&mut self, run: &GlyphRun) -> u32 {
        let face = Face {
            blob: run.font.data.id(),
            index: run.font.index,
            size: run.size.to_bits(),
            embolden: run.embolden,
            skew: run.skew.unwrap_or(0.0).to_bits(),
            coords: run.coords.clone(),
        };
        let next = self.faces.len() as u32;
        *self.faces.entry(face).or_insert(next)
    }

    fn slot(&mut self, run: &GlyphRun, face: u32, glyph: u16, bin: u8) -> Option<Slot> {
        let key = u64::from(face) << 32 | u64::from(glyph) << 8 | u64::from(bin);
        if let Some(slot) = self.slots.get(&key) {
            return *slot;
        }
        self.rasterised += 1;
        let slot = match self.rasteriser.render(run, glyph, f32::from(bin) / BINS) {
            Some(raster) => Some(self.place(&raster)?),
            None => None,
        };
        self.slots.insert(key, slot);
        slot
    }

    fn place(&mut self, raster: &Raster) -> Option<Slot> {
        let Some((u, v)) = self.shelves.take(raster.width, raster.height) else {
            self.full = true;
            return None;
        };
        self.grow_to(v + raster.height + PAD);
        for (row, texels) in raster.rgba.chunks_exact(raster.width * 4).enumerate() {
            let start = ((v + row) * WIDTH + u) * 4;
            if let Some(target) = self.pixels.get_mut(start..start + texels.len()) {
                target.copy_from_slice(texels);
            }
        }
        self.touch(u, v, raster.width, raster.height);
        Some(Slot {
            u: u as u16,
            v: v as u16,
            width: raster.width as u16,
            height: raster.height as u16,
            left: raster.left,
            top: raster.top,
            color: raster.color,
        })
    }

    fn grow_to(&mut self, needed: usize) {
        while self.height < needed && self.height < MAX_HEIGHT {
            self.height *= 2;
            self.dirty = Some(Upload::Whole);
        }
        self.pixels.resize(WIDTH * self.height * 4, 0);
    }

    fn touch(&mut self, x: usize, y: usize, width: usize, height: usize) {
        self.dirty = Some(match self.dirty {
            Some(Upload::Whole) => Upload::Whole,
            None => Upload::Part {
                x,
                y,
                width,
                height,
            },
            Some(Upload::Part {
                x: x0,
                y: y0,
                width: w0,
                height: h0,
            }) => {
                let (left, top) = (x.min(x0), y.min(y0));
                let (right, bottom) = ((x + width).max(x0 + w0), (y + height).max(y0 + h0));
                Upload::Part {
                    x: left,
                    y: top,
                    width: right - left,
                    height: bottom - top,
                }
            }
        });
    }
}

/// Rows of glyphs, each as high as its highest.
#[derive(Default)]
struct Shelves {
    x: usize,
    y: usize,
    height: usize,
}

impl Shelves {
    fn take(&mut self, width: usize, height: usize) -> Option<(usize, usize)> {
        if width + PAD > WIDTH {
            return None;
        }
        if self.x + width + PAD > WIDTH {
            self.y += self.height + PAD;
            self.x = 0;
            self.height = 0;
        }
        if self.y + height + PAD > MAX_HEIGHT {
            return None;
        }
        let place = (self.x, self.y);
        self.x += width + PAD;
        self.height = self.height.max(height);
        Some(place)
    }
}

/// Keys are small packed numbers: one multiplication spreads them, and a paint looks up thousands.
#[derive(Default)]
struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(self.0 ^ u64::from(byte));
        }
    }

    fn write_u64(&mut self, key: u64) {
        let spread = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = spread ^ spread >> 29;
    }
}
