//! Copies a Parley layout into a [`TextLayout`], one pass a line. Two things are mended on the way:
//! graphemes that font fallback cut in two are joined again, and white space at a line's end goes to the
//! end of the line in the base direction (rule L1 of UAX #9), which Parley leaves in its run.

use parley::{Layout, Line, PositionedLayoutItem};
use unicode_segmentation::GraphemeCursor;

use super::layout::{Cell, Glyph, GlyphRun, LineRow, RTL, SPACE, TextLayout, WORD};

/// Spaces that hold their neighbours together never hang over a line's end.
const NON_BREAKING: [char; 3] = ['\u{a0}', '\u{2007}', '\u{202f}'];

/// The data of `layout`, which was built from `text`.
pub(super) fn extract(layout: &Layout<()>, text: &str) -> TextLayout {
    let mut out = TextLayout {
        height: layout.height(),
        rtl: layout.is_rtl(),
        len: text.len(),
        ..TextLayout::default()
    };
    out.cells.reserve_exact(text.len() / 2);
    let mut visual = Vec::new();
    for line in layout.lines() {
        visual.clear();
        collect_cells(line, text, &mut visual);
        let glyphs_before = out.glyphs.len();
        let runs = collect_glyphs(line, &mut out);
        reset_trailing_space(
            out.rtl,
            &mut visual,
            out.glyphs.get_mut(glyphs_before..).unwrap_or_default(),
        );
        let row = line_row(line, text, runs, &visual, &mut out);
        out.width = out.width.max(row.right - row.left);
        out.lines.push(row);
    }
    if let Some(last) = out.lines.last_mut() {
        last.wrapped = false;
    }
    out.cells.shrink_to_fit();
    out.order.shrink_to_fit();
    out.glyphs.shrink_to_fit();
    out
}

/// The graphemes of a line from left to right.
fn collect_cells(line: Line<'_, ()>, text: &str, visual: &mut Vec<Cell>) {
    let metrics = line.metrics();
    let mut x = metrics.offset + metrics.inline_min_coord;
    let mut cut = false;
    for run in line.runs() {
        let direction = if run.is_rtl() { RTL } else { 0 };
        cut |= !on_grapheme_edge(text, run.text_range().start);
        for cluster in run.visual_clusters() {
            let range = cluster.text_range();
            let width = cluster.advance();
            let end = range.end.min(text.len());
            if range.start < end {
                let mut flags = direction;
                if cluster.is_word_boundary() {
                    flags |= WORD;
                }
                if is_space(text, range.start) {
                    flags |= SPACE;
                }
                visual.push(Cell {
                    start: range.start as u32,
                    end: end as u32,
                    x,
                    width,
                    flags,
                });
            }
            x += width;
        }
    }
    if cut {
        join_cut_graphemes(text, visual);
    }
}

fn is_space(text: &str, byte: usize) -> bool {
    let first = text.get(byte..).and_then(|rest| rest.chars().next());
    first.is_some_and(|c| c.is_whitespace() && !NON_BREAKING.contains(&c))
}

fn on_grapheme_edge(text: &str, byte: usize) -> bool {
    byte == 0
        || GraphemeCursor::new(byte, text.len(), true)
            .is_boundary(text, 0)
            .unwrap_or(true)
}

/// A grapheme that two fonts share comes as two cells: its first cell takes the bytes of the rest.
fn join_cut_graphemes(text: &str, visual: &mut Vec<Cell>) {
    while let Some(rest) = visual
        .iter()
        .position(|cell| !on_grapheme_edge(text, cell.start as usize))
    {
        let cell = visual.remove(rest);
        let Some(first) = visual.iter_mut().find(|other| other.end == cell.start) else {
            visual.insert(rest, cell);
            return;
        };
        first.end = cell.end;
        let adjacent =
            (first.right() - cell.x).abs() < 0.01 || (cell.right() - first.x).abs() < 0.01;
        if adjacent {
            first.x = first.x.min(cell.x);
            first.width += cell.width;
        }
    }
}

/// The glyphs of a line; returns its range of glyph runs.
fn collect_glyphs(line: Line<'_, ()>, out: &mut TextLayout) -> std::ops::Range<u32> {
    let first = out.runs.len() as u32;
    for item in line.items() {
        let PositionedLayoutItem::GlyphRun(glyph_run) = item else {
            continue;
        };
        let run = glyph_run.run();
        let start = out.glyphs.len() as u32;
        for glyph in glyph_run.positioned_glyphs() {
            if let Ok(id) = u16::try_from(glyph.id) {
                out.glyphs.push(Glyph {
                    id,
                    x: glyph.x,
                    y: glyph.y,
                });
            }
        }
        let synthesis = run.synthesis();
        out.runs.push(GlyphRun {
            font: run.font().clone(),
            size: run.font_size(),
            embolden: synthesis.embolden(),
            skew: synthesis.skew(),
            coords: run
                .normalized_coords()
                .iter()
                .map(|coord| coord.to_bits())
                .collect(),
            glyphs: start..out.glyphs.len() as u32,
        });
    }
    first..out.runs.len() as u32
}

/// Rule L1: white space at the end of a line takes the base direction and its end of the line.
fn reset_trailing_space(rtl: bool, visual: &mut Vec<Cell>, glyphs: &mut [Glyph]) {
    let base = if rtl { RTL } else { 0 };
    let Some(last_ink) = visual
        .iter()
        .filter(|cell| !cell.is(SPACE))
        .map(|cell| cell.start)
        .max()
    else {
        return;
    };
    let stray = |cell: &Cell| cell.is(SPACE) && cell.start > last_ink && cell.flags & RTL != base;
    if !visual.iter().any(stray) {
        return;
    }
    let mut spaces: Vec<Cell> = visual.iter().copied().filter(stray).collect();
    visual.retain(|cell| !stray(cell));
    let width: f32 = spaces.iter().map(|cell| cell.width).sum();
    let left = spaces
        .iter()
        .map(|cell| cell.x)
        .fold(f32::INFINITY, f32::min);
    let shift = |x: &mut f32| match rtl {
        true if *x < left - 0.01 => *x += width,
        false if *x > left + 0.01 => *x -= width,
        _ => {}
    };
    for cell in visual.iter_mut() {
        shift(&mut cell.x);
    }
    for glyph in glyphs.iter_mut() {
        shift(&mut glyph.x);
    }
    spaces.sort_unstable_by_key(|cell| cell.start);
    for mut space in spaces {
        space.flags = (space.flags & !RTL) | base;
        if rtl {
            space.x = visual.first().map_or(0.0, |cell| cell.x) - space.width;
            visual.insert(0, space);
        } else {
            space.x = visual.last().map_or(0.0, |cell| cell.right());
            visual.push(space);
        }
    }
}

/// Files the cells of a line in logical order and measures the line.
fn line_row(
    line: Line<'_, ()>,
    text: &str,
    runs: std::ops::Range<u32>,
    visual: &[Cell],
    out: &mut TextLayout,
) -> LineRow {
    let base = out.cells.len() as u32;
    let mut logical: Vec<u32> = (0..visual.len() as u32).collect();
    logical.sort_unstable_by_key(|&place| visual.get(place as usize).map(|cell| cell.start));
    out.cells.extend(
        logical
            .iter()
            .filter_map(|&place| visual.get(place as usize)),
    );
    let slots = out.order.len();
    out.order.resize(slots + visual.len(), base);
    for (index, &place) in logical.iter().enumerate() {
        if let Some(slot) = out.order.get_mut(slots + place as usize) {
            *slot = base + index as u32;
        }
    }
    let cells = out.cells.get(base as usize..).unwrap_or_default();
    let is_last = line.text_range().end >= text.len();
    let spaces = if is_last {
        0
    } else {
        cells.iter().rev().take_while(|cell| cell.is(SPACE)).count()
    };
    let ink = cells
        .get(..cells.len() - spaces)
        .filter(|ink| !ink.is_empty())
        .unwrap_or(cells);
    let metrics = line.metrics();
    // Parley shapes a space in place of an empty text.
    let empty = if out.rtl { metrics.advance } else { 0.0 };
    let start = metrics.offset + metrics.inline_min_coord + empty;
    let (ascent, descent) = line.runs().fold((0.0_f32, 0.0_f32), |(up, down), run| {
        let font = run.font_metrics();
        (up.max(font.ascent), down.max(font.descent))
    });
    LineRow {
        range: line.text_range().start.min(text.len())..line.text_range().end.min(text.len()),
        top: metrics.block_min_coord,
        bottom: metrics.block_max_coord,
        baseline: metrics.baseline,
        ascent,
        descent,
        left: ink
            .iter()
            .map(|cell| cell.x)
            .reduce(f32::min)
            .unwrap_or(start),
        right: ink
            .iter()
            .map(|cell| cell.right())
            .reduce(f32::max)
            .unwrap_or(start),
        wrapped: !is_last,
        cells: base..base + cells.len() as u32,
        hanging: base + (cells.len() - spaces) as u32,
        runs,
    }
}
