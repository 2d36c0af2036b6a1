//! Where the highlights of compared layers lie: the pieces of their spans in their tracks, and the signs at their
//! beginnings. Plain geometry in physical pixels from a block's top left.

use std::collections::HashMap;

use eframe::egui::{Pos2, Rect, Vec2, pos2, vec2};

use crate::typeset::{ArticleLayout, LineBox};

use super::{
    super::{
        highlights::{self, Join, Piece, Side, Sizes},
        marks::Mark,
    },
    scene::Foreign,
    signs::{self, Form},
    tracks::Track,
};

/// How far from its span's end a sign stands, in points: behind the tick, and not like a part of it.
const INSET: f32 = 6.0;
/// How far a span's line stays away from its own ends, in points: spans that touch are seen as two.
const GAP: f32 = 1.5;
/// What a track's fill leaves free above and below, in points: rings of two tracks do not touch.
const EDGE: f32 = 0.5;
/// How much of its line there is at least behind a sign, in points.
const REST: f32 = 4.0;
/// Between a sign and what stands beside it, in points.
const CLEAR: f32 = 1.5;
/// How often a sign moves along its span to find room.
const MOVES: u8 = 4;

/// Where a span's sign can stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sign {
    pub(super) block: usize,
    row: usize,
    pub(super) mark: usize,
    /// Where it begins: on its line, at the end of the piece.
    corner: Pos2,
    /// It grows to the left from there.
    leftwards: bool,
    /// The other end of the piece.
    far: f32,
    /// The span began on a line above.
    goes_on: bool,
    /// Its letters and how much it says; `None` where there is no room.
    pub(super) place: Option<(Rect, Form)>,
}

/// All highlights of compared layers in view. The fill of a piece is its part of the track.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Rails {
    pub(super) pieces: Vec<Piece>,
    /// Where the line of each piece gives way to signs, from left to right.
    pub(super) breaks: Vec<Vec<(f32, f32)>>,
    pub(super) joins: Vec<Join>,
    pub(super) signs: Vec<Sign>,
}

/// The highlights of `marks` in the blocks of the last view. `width` says how wide a mark's sign is.
pub(super) fn rails(
    article: &ArticleLayout,
    marks: &[Foreign],
    sizes: &Sizes,
    width: impl Fn(usize, Form) -> f32,
) -> Rails {
    let mut found = Rails::default();
    for (index, foreign) in marks.iter().enumerate() {
        add(article, (index, foreign), sizes, &mut found);
    }
    place_signs(&mut found, marks, sizes, width);
    found
}

fn add(
    article: &ArticleLayout,
    (index, foreign): (usize, &Foreign),
    sizes: &Sizes,
    found: &mut Rails,
) {
    let Mark {
        fragments,
        lane: row,
        ..
    } = &foreign.mark;
    let track = |block: usize, line_box: &LineBox| {
        let line = article.layout(block)?.lines().get(line_box.line)?;
        Some(Track::of(line, *row, sizes))
    };
    for fragment in fragments {
        article.boxes(fragment.as_range(), |block, mut line_box| {
            let Some(track) = track(block, &line_box) else {
                return;
            };
            highlights::settle_ends(&mut line_box);
            let (left, right) = highlights::sides(&line_box);
            let starts = fragment.start() == foreign.mark.start();
            let ends = fragment.end() == foreign.mark.end();
            let (x0, x1) = apart(&line_box, (left, right), sizes);
            let inside = |x: f32| x.clamp(x0, x1);
            let piece = Piece {
                block,
                row: line_box.line,
                mark: index,
                fill: Rect::from_min_max(
                    pos2(x0, track.top + EDGE * sizes.point),
                    pos2(x1, track.bottom - EDGE * sizes.point),
                ),
                line_y: track.line_y(),
                left,
                right,
                start: line_box.start_x.filter(|_| starts).map(inside),
                end: line_box.end_x.filter(|_| ends).map(inside),
            };
            let sign = sign(&piece, line_box.rtl, track.sign());
            found.signs.extend(sign);
            found.pieces.push(piece);
        });
    }
    for gap in foreign.mark.gaps() {
        article.boxes(gap, |block, line_box| {
            if let Some(track) = track(block, &line_box) {
                found.joins.push(Join {
                    block,
                    mark: index,
                    x: (line_box.x0, line_box.x1),
                    y: track.line_y(),
                });
            }
        });
    }
}

/// From where to where a box is drawn: a little inside of its own ends, if it is wide enough to be seen then.
fn apart(line_box: &LineBox, (left, right): (Side, Side), sizes: &Sizes) -> (f32, f32) {
    let gap = (GAP * sizes.point).min(line_box.width() * 0.25);
    let inset = |side| if side == Side::Round { gap } else { 0.0 };
    (line_box.x0 + inset(left), line_box.x1 - inset(right))
}

/// The sign of a piece at which its span begins, or goes on from the line above.
fn sign(piece: &Piece, rtl: bool, baseline: f32) -> Option<Sign> {
    let (x0, x1) = (piece.fill.left(), piece.fill.right());
    let goes_on = match rtl {
        true if piece.right == Side::Open => Some(x1),
        false if piece.left == Side::Open => Some(x0),
        _ => None,
    };
    let x = piece.start.or(goes_on)?;
    let leftwards = x - x0 > x1 - x;
    Some(Sign {
        block: piece.block,
        row: piece.row,
        mark: piece.mark,
        corner: pos2(x, baseline),
        leftwards,
        far: if leftwards { x0 } else { x1 },
        goes_on: piece.start.is_none(),
        place: None,
    })
}

/// A row under a line of text: block, line, row.
type Lane = (usize, usize, u8);

/// Gives each sign its place: what is being decided chooses first, then what is loud. It says less where there is less
/// room.
fn place_signs(
    found: &mut Rails,
    marks: &[Foreign],
    sizes: &Sizes,
    width: impl Fn(usize, Form) -> f32,
) {
    let rooms = rooms(&found.pieces, marks);
    let of = |sign: &Sign| marks.get(sign.mark);
    let mut order: Vec<usize> = (0..found.signs.len()).collect();
    order.sort_by_key(|&index| {
        let foreign = found.signs.get(index).and_then(of);
        foreign.map(|foreign| (!foreign.current, !foreign.loud))
    });
    let mut used: HashMap<Lane, Vec<(usize, Rect)>> = HashMap::new();
    for index in order {
        let Some(sign) = found.signs.get_mut(index) else {
            continue;
        };
        let Some(foreign) = marks.get(sign.mark) else {
            continue;
        };
        let lane = (sign.block, sign.row, foreign.mark.lane);
        let used = used.entry(lane).or_default();
        let beside = rooms.get(&lane).into_iter().flatten();
        let beside = beside.filter(|(mark, _)| *mark != sign.mark);
        let others: Vec<Rect> = used.iter().chain(beside).map(|(_, rect)| *rect).collect();
        let forms: &[Form] = if foreign.loud && !sign.goes_on {
            &Form::ALL
        } else {
            &[Form::Number]
        };
        let size = |form: Form| vec2(width(sign.mark, form), signs::height(sizes));
        let spacious = forms.iter().find_map(|&form| {
            free(sign, size(form), sizes.point, &others).map(|rect| (rect, form))
        });
        let number = Form::Number;
        sign.place = spacious
            .or_else(|| tight(sign, size(number), sizes.point, &others).map(|it| (it, number)));
        let around = vec2(CLEAR * sizes.point, 0.0);
        used.extend(
            sign.place
                .map(|(rect, _)| (sign.mark, rect.expand2(around))),
        );
    }
    found.breaks = breaks(&found.pieces, marks, &used);
}

/// The room of the pieces in each row.
fn rooms(pieces: &[Piece], marks: &[Foreign]) -> HashMap<Lane, Vec<(usize, Rect)>> {
    let mut rooms: HashMap<Lane, Vec<(usize, Rect)>> = HashMap::new();
    for piece in pieces {
        if let Some(foreign) = marks.get(piece.mark) {
            let lane = (piece.block, piece.row, foreign.mark.lane);
            rooms
                .entry(lane)
                .or_default()
                .push((piece.mark, piece.fill));
        }
    }
    rooms
}

/// Where the line of each piece gives way to the signs in its row, from left to right.
fn breaks(
    pieces: &[Piece],
    marks: &[Foreign],
    signs: &HashMap<Lane, Vec<(usize, Rect)>>,
) -> Vec<Vec<(f32, f32)>> {
    let of = |piece: &Piece| {
        let foreign = marks.get(piece.mark)?;
        let signs = signs.get(&(piece.block, piece.row, foreign.mark.lane))?;
        let inside = signs.iter().map(|(_, rect)| rect);
        let inside = inside.filter(|rect| rect.x_range().intersects(piece.fill.x_range()));
        let mut found: Vec<_> = inside.map(|rect| (rect.left(), rect.right())).collect();
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        Some(found)
    };
    pieces
        .iter()
        .map(|piece| of(piece).unwrap_or_default())
        .collect()
}

/// A place for a sign where its span is too short for one behind its tick: in the middle, if need be over its ends.
fn tight(sign: &Sign, size: Vec2, point: f32, others: &[Rect]) -> Option<Rect> {
    let middle = (sign.corner.x + sign.far) * 0.5;
    let at = pos2(middle - size.x * 0.5, sign.corner.y - size.y);
    let rect = Rect::from_min_size(at, size);
    let room = rect.shrink2(vec2(point * 0.5, 0.0));
    let is_free = !others.iter().any(|other| other.intersects(room));
    is_free.then_some(rect)
}

/// A place for a sign: at the start, or further along its span behind what stands there. Its line goes on behind it.
fn free(sign: &Sign, size: Vec2, point: f32, others: &[Rect]) -> Option<Rect> {
    let (inset, behind) = (INSET * point, REST * point);
    let mut x = if sign.leftwards {
        sign.corner.x - inset
    } else {
        sign.corner.x + inset
    };
    for _ in 0..=MOVES {
        let left = if sign.leftwards { x - size.x } else { x };
        let rect = Rect::from_min_size(pos2(left, sign.corner.y - size.y), size);
        let beyond = if sign.leftwards {
            rect.left() - behind < sign.far
        } else {
            rect.right() + behind > sign.far
        };
        if beyond {
            return None;
        }
        match others.iter().find(|other| other.intersects(rect)) {
            None => return Some(rect),
            // Rectangles that touch count as intersecting.
            Some(other) if sign.leftwards => x = other.left() - CLEAR * point,
            Some(other) => x = other.right() + CLEAR * point,
        }
    }
    None
}
