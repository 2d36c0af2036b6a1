//! Paints layouts as quads over one texture that holds every glyph in use.
//!
//! The atlas grows while a frame is painted, and its old places would then be read with the new
//! height. So quads carry texels, and only at the end of the pass, when nothing more can come, are
//! they divided by the size the texture then has.

use std::ops::Range;
use std::sync::Arc;

use eframe::egui;
use egui::layers::ShapeIdx;
use egui::{
    Color32, ColorImage, Context, LayerId, Mesh, Painter, Pos2, Rect, Shape, TextureHandle,
    TextureId, TextureOptions, pos2, vec2,
};

use super::cache::{Fit, LayoutCache};
use super::chrome::ChromeCache;
use crate::typeset::{
    FieldEditor, Fonts, GlyphAtlas, GlyphQuad, Ink, TextLayout, TextStyle, Typesetter, Upload,
};

/// The typesetter and the glyph atlas of a window. Reached by [`with`](super::with).
pub struct TextPainter {
    typesetter: Typesetter,
    atlas: GlyphAtlas,
    texture: TextureHandle,
    layouts: LayoutCache,
    pub(super) chrome: ChromeCache,
    pending: Vec<(LayerId, ShapeIdx)>,
    quads: Vec<GlyphQuad>,
}

impl TextPainter {
    /// A painter with the embedded fonts.
    pub(super) fn new(ctx: &Context) -> Self {
        let atlas = GlyphAtlas::new(Ink::Dark);
        // Quads lie on whole pixels: the nearest texel is the right one.
        let texture = ctx.load_texture("glyphs", whole(&atlas), TextureOptions::NEAREST);
        Self {
            typesetter: Typesetter::new(Fonts::embedded()),
            atlas,
            texture,
            layouts: LayoutCache::default(),
            chrome: ChromeCache::default(),
            pending: Vec::new(),
            quads: Vec::new(),
        }
    }

    /// The typesetter, to lay out what is kept elsewhere (articles, fields).
    pub fn typesetter(&mut self) -> &mut Typesetter {
        &mut self.typesetter
    }

    /// The layout of a short text, kept from frame to frame. The text is one paragraph.
    pub fn layout(&mut self, text: &str, style: &TextStyle, fit: Fit) -> Arc<TextLayout> {
        self.layouts.layout(&mut self.typesetter, text, style, fit)
    }

    /// Paints one layout with its top left at `pos` (points; snapped to whole pixels).
    pub fn paint_layout(
        &mut self,
        painter: &Painter,
        layout: &TextLayout,
        pos: Pos2,
        color: Color32,
    ) {
        self.paint(painter, |batch| batch.layout(layout, pos, color));
    }

    /// Paints many layouts as one mesh: `fill` adds them to the batch it is given. Lines outside
    /// the painter's clip rectangle are left out.
    pub fn paint(&mut self, painter: &Painter, fill: impl FnOnce(&mut GlyphBatch<'_>)) {
        let mesh = self.mesh(painter.pixels_per_point(), painter.clip_rect(), fill);
        self.add(painter, mesh);
    }

    /// Paints the text of a field with its top left at `origin` (points).
    pub(super) fn paint_field(
        &mut self,
        painter: &Painter,
        editor: &mut FieldEditor,
        origin: Pos2,
        color: Color32,
    ) {
        let scale = painter.pixels_per_point();
        let mesh = Mesh::with_texture(self.texture.id());
        let quads = (&mut self.atlas, &mut self.quads);
        let mut batch = GlyphBatch::new(quads, mesh, scale, painter.clip_rect());
        for (y, layout) in editor.layouts(&mut self.typesetter) {
            batch.layout(layout, origin + vec2(0.0, y / scale), color);
        }
        let mesh = batch.mesh;
        self.add(painter, mesh);
    }

    fn add(&mut self, painter: &Painter, mesh: Mesh) {
        if !mesh.is_empty() {
            let index = painter.add(Shape::mesh(mesh));
            self.pending.push((painter.layer_id(), index));
        }
    }

    /// The mesh of what `fill` adds, with texels for texture coordinates. Whoever puts it into a
    /// layer calls [`note`](Self::note).
    pub(super) fn mesh(
        &mut self,
        pixels_per_point: f32,
        clip: Rect,
        fill: impl FnOnce(&mut GlyphBatch<'_>),
    ) -> Mesh {
        let mesh = Mesh::with_texture(self.texture.id());
        let quads = (&mut self.atlas, &mut self.quads);
        let mut batch = GlyphBatch::new(quads, mesh, pixels_per_point, clip);
        fill(&mut batch);
        batch.mesh
    }

    /// Remembers a shape that holds meshes of this painter.
    pub(super) fn note(&mut self, layer: LayerId, index: ShapeIdx) {
        self.pending.push((layer, index));
    }

    /// Before anything is painted.
    pub(super) fn begin_pass(&mut self, ctx: &Context) {
        let ink = match ctx.theme() {
            egui::Theme::Light => Ink::Dark,
            egui::Theme::Dark => Ink::Light,
        };
        self.atlas.begin_frame(ink);
    }

    /// After everything is painted: uploads new glyphs and settles texture coordinates.
    pub(super) fn end_pass(&mut self, ctx: &Context) {
        self.upload();
        let texture = self.texture.id();
        let [width, height] = self.atlas.size().map(|texels| 1.0 / texels as f32);
        let pending = std::mem::take(&mut self.pending);
        ctx.graphics_mut(|layers| {
            for (layer, index) in &pending {
                if let Some(list) = layers.get_mut(*layer) {
                    list.mutate_shape(*index, |clipped| {
                        settle(&mut clipped.shape, texture, [width, height]);
                    });
                }
            }
        });
        self.pending = pending;
        self.pending.clear();
        self.layouts.end_pass();
        self.chrome.end_pass();
        if self.atlas.is_full() {
            ctx.request_repaint();
        }
    }

    fn upload(&mut self) {
        let options = TextureOptions::NEAREST;
        match self.atlas.take_upload() {
            None => {}
            Some(Upload::Whole) => self.texture.set(whole(&self.atlas), options),
            Some(Upload::Part {
                x,
                y,
                width,
                height,
            }) => {
                let mut pixels = Vec::with_capacity(width * height * 4);
                for row in y..y + height {
                    pixels.extend_from_slice(self.atlas.row(x, row, width));
                }
                self.texture
                    .set_partial([x, y], image([width, height], &pixels), options);
            }
        }
    }
}

/// Collects layouts into one mesh.
pub struct GlyphBatch<'a> {
    atlas: &'a mut GlyphAtlas,
    quads: &'a mut Vec<GlyphQuad>,
    mesh: Mesh,
    pixels_per_point: f32,
    clip_y: Range<f32>,
}

impl<'a> GlyphBatch<'a> {
    fn new(
        (atlas, quads): (&'a mut GlyphAtlas, &'a mut Vec<GlyphQuad>),
        mesh: Mesh,
        pixels_per_point: f32,
        clip: Rect,
    ) -> Self {
        let clip_y = clip.top() * pixels_per_point..clip.bottom() * pixels_per_point;
        Self {
            atlas,
            quads,
            mesh,
            pixels_per_point,
            clip_y,
        }
    }

    /// Adds a layout with its top left at `pos` (points; snapped to whole pixels).
    pub fn layout(&mut self, layout: &TextLayout, pos: Pos2, color: Color32) {
        self.colored(layout, pos, |_| color);
    }

    /// Adds a layout whose glyphs have the colour that `color` tells for their middle's x, in
    /// physical pixels from the layout's left edge.
    pub(super) fn colored(
        &mut self,
        layout: &TextLayout,
        pos: Pos2,
        color: impl Fn(f32) -> Color32,
    ) {
        let scale = self.pixels_per_point;
        let origin = [pos.x * scale, pos.y * scale];
        self.quads.clear();
        self.atlas
            .quads(layout, origin, self.clip_y.clone(), self.quads);
        self.mesh.reserve_vertices(self.quads.len() * 4);
        self.mesh.reserve_triangles(self.quads.len() * 2);
        for quad in &*self.quads {
            let size = vec2(f32::from(quad.width), f32::from(quad.height));
            let place = Rect::from_min_size(pos2(quad.x, quad.y) / scale, size / scale);
            let texels = Rect::from_min_size(pos2(f32::from(quad.u), f32::from(quad.v)), size);
            let tint = if quad.color {
                Color32::WHITE
            } else {
                color(quad.x + size.x * 0.5 - origin[0].round())
            };
            self.mesh.add_rect_with_uv(place, texels, tint);
        }
    }
}

fn settle(shape: &mut Shape, texture: TextureId, scale: [f32; 2]) {
    match shape {
        Shape::Mesh(mesh) if mesh.texture_id == texture => {
            for vertex in &mut Arc::make_mut(mesh).vertices {
                vertex.uv.x *= scale[0];
                vertex.uv.y *= scale[1];
            }
        }
        Shape::Vec(shapes) => {
            for shape in shapes {
                settle(shape, texture, scale);
            }
        }
        _ => {}
    }
}

fn whole(atlas: &GlyphAtlas) -> ColorImage {
    image(atlas.size(), atlas.pixels())
}

fn image(size: [usize; 2], rgba: &[u8]) -> ColorImage {
    ColorImage::from_rgba_premultiplied(size, rgba)
}
