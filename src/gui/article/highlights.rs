//! Where highlights lie: for each span in view its boxes, its line, the shape of its ends, the dotted join
//! under its gaps and the place of its tag. Everything here is geometry in physical pixels from a
//! block's top left, and is tested without a window; colours come when it is painted.
//!
//! A line of text has room for tags above its letters and for four lanes of lines under them:
//!
//! ```text
//!        tags
//! ┌──────────────┐  top of the fills: the tallest letters
//! │   letters    │
//! ├──────────────┤  lane 0: names
//! ├──────────────┤  lane 1, 2, 3: what is around them
//! └──────────────┘
//! ```

use std::ops::Range;

use eframe::egui::{Pos2, Rect, Vec2, pos2, vec2};

use crate::typeset::{ArticleLayout, LineBox, LineRow};

use super::{lanes::LANES, marks::Mark};

/// How a side of a piece ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Here the fragment begins or ends: rounded.
    Round,
    /// The directions of the text change here and the fragment goes on elsewhere on the line: straight.
    Cut,
    /// It goes on over the line's end: open.
    Open,
}

/// A box of a span on a line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    /// The block it lies in, whose top left its places count from.
    pub(super) block: usize,
    /// The line in the block.
    pub(super) row: usize,
    /// Index of its mark.
    pub(super) mark: usize,
    /// The filled box, its line included.
    pub(super) fill: Rect,
    /// Middle of its line.
    pub(super) line_y: f32,
    pub(super) left: Side,
    pub(super) right: Side,
    /// Where the span begins logically, if it does here.
    pub(super) start: Option<f32>,
    /// Where the span ends logically, if it does here.
    pub(super) end: Option<f32>,
}

/// A dotted line under a gap between fragments.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Join {
    pub(super) block: usize,
    pub(super) mark: usize,
    pub(super) x: (f32, f32),
    pub(super) y: f32,
}

/// Where a span's tag can stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct TagPlace {
    pub(super) block: usize,
    pub(super) mark: usize,
    /// The bottom corner at the logical start.
    pub(super) corner: Pos2,
    /// It grows to the left from there.
    pub(super) leftwards: bool,
    /// Its left edge where it stands beside other tags; `None` where there is no room for it.
    pub(super) x: Option<f32>,
    /// There is room only for its short form.
    pub(super) short: bool,
}

/// All highlights in view.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Highlights {
    pub(super) pieces: Vec<Piece>,
    pub(super) joins: Vec<Join>,
    pub(super) tags: Vec<TagPlace>,
}

/// The sizes that geometry follows, in physical pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sizes {
    /// Letter size of the article.
    pub(super) em: f32,
    /// Thickness of a line.
    pub(super) line: f32,
    /// From lane to lane, if the lines of the text leave the room.
    pub(super) lane: f32,
    /// Height of a row of compared spans.
    pub(super) track: f32,
    /// Letter size of the signs in it.
    pub(super) sign: f32,
    /// Height of a tag.
    pub(super) tag: f32,
    /// A point.
    pub(super) point: f32,
}

/// How far a tag may stand out of the column, in points.
const MARGIN: f32 = 12.0;

/// Where things lie on one line of text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    top: f32,
    letters: f32,
    lane: f32,
    step: f32,
    line: f32,
    point: f32,
}

/// Height of the tallest letters above the baseline, in em: lam with a mark.
pub(super) const ABOVE: f32 = 0.86;
/// Where lane 0 begins below the baseline, in em: under all tails but the longest.
pub(super) const BELOW: f32 = 0.36;

impl Frame {
    pub(super) fn of(row: &LineRow, sizes: &Sizes) -> Self {
        let first = row.baseline + (BELOW * sizes.em).min(row.descent);
        let gaps = f32::from(LANES - 1);
        let room = (row.bottom - first - sizes.line) / gaps;
        let least = sizes.line + 0.75 * sizes.point;
        Self {
            top: row.top,
            letters: row.baseline - (ABOVE * sizes.em).min(row.ascent),
            lane: first + sizes.line * 0.5,
            step: room.clamp(least, sizes.lane.max(least)),
            line: sizes.line,
            point: sizes.point,
        }
    }

    /// Middle of the line of a lane.
    pub(super) fn line_y(&self, lane: u8) -> f32 {
        self.lane + f32::from(lane) * self.step
    }

    /// Where the lanes end.
    pub(super) fn under(&self) -> f32 {
        self.line_y(LANES - 1) + self.line * 0.5
    }

    /// Bottom of the tags: all on one line, whatever their spans' lanes.
    fn tags(&self) -> f32 {
        self.letters - self.point
    }

    /// Top and bottom of the fill of a lane: what is further out is a little larger.
    pub(super) fn fill(&self, lane: u8) -> (f32, f32) {
        let top = self.letters - f32::from(lane) * self.point;
        (top.max(self.top), self.line_y(lane) + self.line * 0.5)
    }
}

/// The highlights of `marks` in the blocks of the last view. `tag_width` says how wide a mark's tag is, in full
/// and in short.
pub(super) fn highlights(
    article: &ArticleLayout,
    marks: &[Mark],
    sizes: &Sizes,
    tag_width: impl Fn(usize, bool) -> f32,
) -> Highlights {
    let mut found = without_tags(article, marks, sizes);
    place_tags(&mut found, marks, sizes, tag_width);
    found
}

/// The highlights of `marks` as long as no tag has its place.
pub(super) fn without_tags(article: &ArticleLayout, marks: &[Mark], sizes: &Sizes) -> Highlights {
    let mut found = Highlights::default();
    for (index, mark) in marks.iter().enumerate() {
        for fragment in &mark.fragments {
            add_pieces(
                article,
                (index, mark),
                &fragment.as_range(),
                sizes,
                &mut found,
            );
        }
        for gap in mark.gaps() {
            add_joins(article, (index, mark), &gap, sizes, &mut found);
        }
    }
    found
}

fn add_pieces(
    article: &ArticleLayout,
    (index, mark): (usize, &Mark),
    fragment: &Range<usize>,
    sizes: &Sizes,
    found: &mut Highlights,
) {
    article.boxes(fragment.clone(), |block, mut line_box| {
        settle_ends(&mut line_box);
        let Some(frame) = frame(article, block, &line_box, sizes) else {
            return;
        };
        let piece = piece((block, index), mark, &line_box, &frame);
        let start = line_box.start_x.filter(|_| fragment.start == mark.start());
        if let Some(x) = start {
            found.tags.push(TagPlace {
                block,
                mark: index,
                corner: pos2(x, frame.tags()),
                leftwards: x - line_box.x0 > line_box.x1 - x,
                x: None,
                short: false,
            });
        }
        let end = line_box.end_x.filter(|_| fragment.end == mark.end());
        found.pieces.push(Piece {
            start,
            end,
            ..piece
        });
    });
}

/// A span's end strictly inside a box lies in a run against the paragraph's direction, a number in Arabic for
/// instance. For the eye the span begins and ends where what is around it does: at the box's edge.
pub(super) fn settle_ends(line_box: &mut LineBox) {
    let (x0, x1) = (line_box.x0, line_box.x1);
    let (first, last) = if line_box.rtl { (x1, x0) } else { (x0, x1) };
    let inside = |x: &f32| x0 + 0.5 < *x && *x < x1 - 0.5;
    if line_box.start_x.as_ref().is_some_and(inside) {
        line_box.start_x = Some(first);
    }
    if line_box.end_x.as_ref().is_some_and(inside) {
        line_box.end_x = Some(last);
    }
}

pub(super) fn frame(
    article: &ArticleLayout,
    block: usize,
    line_box: &LineBox,
    sizes: &Sizes,
) -> Option<Frame> {
    let row = article.layout(block)?.lines().get(line_box.line)?;
    Some(Frame::of(row, sizes))
}

fn piece((block, index): (usize, usize), mark: &Mark, line_box: &LineBox, frame: &Frame) -> Piece {
    let (top, bottom) = frame.fill(mark.lane);
    let (left, right) = sides(line_box);
    Piece {
        block,
        row: line_box.line,
        mark: index,
        fill: Rect::from_min_max(pos2(line_box.x0, top), pos2(line_box.x1, bottom)),
        line_y: frame.line_y(mark.lane),
        left,
        right,
        start: line_box.start_x,
        end: line_box.end_x,
    }
}

/// How a box ends on the left and on the right.
pub(super) fn sides(line_box: &LineBox) -> (Side, Side) {
    let at = |x: f32| {
        [line_box.start_x, line_box.end_x]
            .into_iter()
            .flatten()
            .any(|end| (end - x).abs() < 0.5)
    };
    let side = |open: bool, x: f32| match open {
        true => Side::Open,
        false if at(x) => Side::Round,
        false => Side::Cut,
    };
    (
        side(line_box.open_left, line_box.x0),
        side(line_box.open_right, line_box.x1),
    )
}

fn add_joins(
    article: &ArticleLayout,
    (index, mark): (usize, &Mark),
    gap: &Range<usize>,
    sizes: &Sizes,
    found: &mut Highlights,
) {
    article.boxes(gap.clone(), |block, line_box| {
        if let Some(frame) = frame(article, block, &line_box, sizes) {
            let y = frame.line_y(mark.lane);
            found.joins.push(Join {
                block,
                mark: index,
                x: (line_box.x0, line_box.x1),
                y,
            });
        }
    });
}

/// Gives each tag its place beside the others on its line: inner spans choose first, and a tag may move along its
/// own span to find room.
pub(super) fn place_tags(
    found: &mut Highlights,
    marks: &[Mark],
    sizes: &Sizes,
    tag_width: impl Fn(usize, bool) -> f32,
) {
    let lane = |tag: &TagPlace| marks.get(tag.mark).map_or(0, |mark| mark.lane);
    let mut order: Vec<usize> = (0..found.tags.len()).collect();
    order.sort_by_key(|&index| found.tags.get(index).map_or(0, lane));
    let mut used: Vec<(usize, Rect)> = Vec::new();
    for index in order {
        let Some(tag) = found.tags.get_mut(index) else {
            continue;
        };
        let far = far_edge(&found.pieces, tag);
        let others: Vec<Rect> = used
            .iter()
            .filter(|(block, _)| *block == tag.block)
            .map(|(_, rect)| *rect)
            .collect();
        let found = [false, true].into_iter().find_map(|short| {
            let size = vec2(tag_width(tag.mark, short), sizes.tag);
            free_place(tag, size, far, sizes, &others).map(|rect| (short, rect))
        });
        if let Some((short, rect)) = found {
            tag.x = Some(rect.left());
            tag.short = short;
            used.push((tag.block, rect.expand2(vec2(2.0 * sizes.point, 0.0))));
        }
    }
}

/// How far along its span's first piece a tag may move.
fn far_edge(pieces: &[Piece], tag: &TagPlace) -> f32 {
    let own = |piece: &&Piece| piece.mark == tag.mark && piece.start.is_some();
    let Some(piece) = pieces.iter().find(own) else {
        return tag.corner.x;
    };
    if tag.leftwards {
        piece.fill.left()
    } else {
        piece.fill.right()
    }
}

/// A place for a tag: over the start, or further along its span behind other tags.
fn free_place(
    tag: &TagPlace,
    size: Vec2,
    far: f32,
    sizes: &Sizes,
    others: &[Rect],
) -> Option<Rect> {
    let top = tag.corner.y - size.y;
    let mut x = tag.corner.x;
    for moved in 0..LANES {
        let left = if tag.leftwards { x - size.x } else { x };
        let rect = Rect::from_min_size(pos2(left, top), size);
        let beyond = if tag.leftwards {
            left < far
        } else {
            rect.right() > far
        };
        if moved > 0 && beyond || left < -MARGIN * sizes.point {
            return None;
        }
        match others.iter().find(|other| other.intersects(rect)) {
            None => return Some(rect),
            // Rectangles that touch count as intersecting.
            Some(other) if tag.leftwards => x = other.left() - 0.5,
            Some(other) => x = other.right() + 0.5,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
    use std::sync::Arc;

    use crate::{
        annotation::{LabelId, PALETTE},
        gui::article::marks::Look,
        text::ByteRange,
        typeset::{ArticleStyle, Fonts, ScrollAnchor, Typesetter},
    };

    use super::*;

    const SIZES: Sizes = Sizes {
        em: 20.0,
        line: 2.0,
        lane: 4.0,
        track: 9.0,
        sign: 8.0,
        tag: 11.0,
        point: 1.0,
    };

    /// The text without its marks; `[…]` are the fragments of a span in the lane of their place, a further `+[…]`
    /// belongs to the span before.
    fn marked(text: &str) -> (Arc<str>, Vec<Mark>) {
        let mut plain = String::new();
        let mut marks: Vec<Mark> = Vec::new();
        let mut open: Vec<(usize, bool)> = Vec::new();
        let mut joins = false;
        for ch in text.chars() {
            match ch {
                '+' => joins = true,
                '[' => open.push((plain.len(), std::mem::take(&mut joins))),
                ']' => {
                    let (start, joined) = open.pop().unwrap();
                    let range = ByteRange::unchecked_order(start, plain.len()).unwrap();
                    match marks.last_mut().filter(|_| joined) {
                        Some(mark) => mark.fragments.push(range),
                        None => marks.push(mark(range, marks.len() as u8)),
                    }
                }
                other => plain.push(other),
            }
        }
        (plain.into(), marks)
    }

    fn mark(range: ByteRange, place: u8) -> Mark {
        Mark {
            span: crate::annotation::SpanId {
                edit: crate::annotation::EditId::random(),
                place: u32::from(place),
            },
            label: LabelId::new("PERSON").unwrap(),
            fragments: vec![range],
            lane: place,
            look: Look {
                color: PALETTE[0],
                line: crate::annotation::Mark::Solid,
                statement: false,
            },
        }
    }

    fn draw(text: &str, width: f32, tag: f32) -> Highlights {
        let (plain, marks) = marked(text);
        let mut typesetter = Typesetter::new(Fonts::embedded());
        let mut article = ArticleLayout::new(plain, ArticleStyle::new(20.0, width));
        article.view(&mut typesetter, ScrollAnchor::default(), 2000.0, 0.0);
        highlights(&article, &marks, &SIZES, |_, short| {
            if short { tag * 0.5 } else { tag }
        })
    }

    #[test]
    fn a_name_is_one_piece_with_round_ends_its_start_on_the_right() {
        let found = draw("قال [سمير الحداد] إن", 600.0, 40.0);
        let [piece] = &found.pieces[..] else {
            panic!("{:?}", found.pieces)
        };
        assert_eq!((piece.left, piece.right), (Side::Round, Side::Round));
        assert_eq!(piece.start, Some(piece.fill.right()));
        assert_eq!(piece.end, Some(piece.fill.left()));
        let tag = found.tags[0];
        assert!(tag.leftwards && tag.x == Some(piece.fill.right() - 40.0));
    }

    #[test]
    fn a_piece_is_open_where_it_goes_on_over_the_line() {
        let found = draw(
            "قال [سمير الحداد إن المحادثات ستستمر أسبوعا آخر في المدينة] اليوم",
            200.0,
            40.0,
        );
        assert!(found.pieces.len() > 1);
        let (first, last) = (found.pieces.first().unwrap(), found.pieces.last().unwrap());
        assert_eq!((first.right, first.left), (Side::Round, Side::Open));
        assert_eq!((last.right, last.left), (Side::Open, Side::Round));
        assert_eq!(
            found
                .pieces
                .iter()
                .filter(|piece| piece.start.is_some())
                .count(),
            1
        );
        assert_eq!(found.tags.len(), 1);
    }

    #[test]
    fn a_piece_is_open_where_it_goes_on_in_the_next_paragraph() {
        let found = draw("قال [سمير\nالحداد] إن", 600.0, 40.0);
        let [first, second] = &found.pieces[..] else {
            panic!("{:?}", found.pieces)
        };
        assert_eq!((first.block, first.left), (0, Side::Open));
        assert_eq!((second.block, second.right), (1, Side::Open));
    }

    #[test]
    fn directions_cut_a_piece_without_ending_it() {
        let found = draw("قال [سمير John وأضاف] إن", 600.0, 40.0);
        assert!(
            found
                .pieces
                .iter()
                .all(|piece| piece.left != Side::Open && piece.right != Side::Open)
        );
        assert_eq!(
            found
                .pieces
                .iter()
                .filter(|piece| piece.start.is_some())
                .count(),
            1
        );
        assert_eq!(
            found
                .pieces
                .iter()
                .filter(|piece| piece.end.is_some())
                .count(),
            1
        );
    }

    #[test]
    fn a_number_at_the_end_ends_the_piece_at_its_edge() {
        let found = draw("قال [حتى 14 مارس 2024]، بحسب", 600.0, 40.0);
        let [piece] = &found.pieces[..] else {
            panic!("{:?}", found.pieces)
        };
        assert_eq!((piece.left, piece.right), (Side::Round, Side::Round));
        assert_eq!(piece.end, Some(piece.fill.left()));
    }

    #[test]
    fn fragments_are_joined_under_the_gap() {
        let found = draw("زار [السفير] أمس +[والألماني] المدينة", 600.0, 40.0);
        assert_eq!(
            (found.pieces.len(), found.joins.len(), found.tags.len()),
            (2, 1, 1)
        );
        let join = found.joins[0];
        assert!((join.x.1 - found.pieces[0].fill.left()).abs() < 1.0);
        assert!((join.x.0 - found.pieces[1].fill.right()).abs() < 1.0);
    }

    #[test]
    fn what_is_further_out_is_larger() {
        let found = draw("قال [جامعة [القاهرة]] إن", 600.0, 10.0);
        let fill = |mark: usize| {
            found
                .pieces
                .iter()
                .find(|piece| piece.mark == mark)
                .unwrap()
                .fill
        };
        let (inner, outer) = (fill(0), fill(1));
        assert!(outer.contains_rect(inner) && outer.bottom() > inner.bottom());
    }

    #[test]
    fn tags_stand_beside_each_other_or_hide() {
        let found = draw("قال [[سمير] الحداد رئيس الهيئة العامة] إن", 600.0, 40.0);
        let x = |mark: usize| found.tags.iter().find(|tag| tag.mark == mark).unwrap().x;
        assert!(x(1).unwrap() + 40.0 <= x(0).unwrap());
        let found = draw("قال [[سمير]] إن", 600.0, 40.0);
        assert_eq!(found.tags.iter().filter(|tag| tag.x.is_none()).count(), 1);
        let text = "قال [[سمير] بن] إن";
        let width = draw(text, 600.0, 1.0)
            .pieces
            .iter()
            .map(|piece| piece.fill.width())
            .fold(0.0, f32::max);
        let found = draw(text, 600.0, width * 0.55);
        assert!(found.tags.iter().any(|tag| tag.short && tag.x.is_some()));
    }

    #[test]
    fn four_lanes_and_a_tag_keep_to_their_line() {
        let found = draw("قال [[[[سمير]]]] إن", 600.0, 40.0);
        let lines: Vec<f32> = found.pieces.iter().map(|piece| piece.line_y).collect();
        assert!(
            lines
                .windows(2)
                .all(|pair| pair[1] - pair[0] >= SIZES.line + 0.5),
            "{lines:?}"
        );
        assert!(lines.iter().all(|y| *y < 44.0), "{lines:?}");
        assert!(found.tags.iter().all(|tag| tag.corner.y - SIZES.tag > -6.0));
    }
}
