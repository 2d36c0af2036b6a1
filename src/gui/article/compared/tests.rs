#![allow(clippy::unwrap_used, reason = "tests")]
use std::sync::Arc;

use eframe::egui::Rect;

use crate::{
    annotation::{EditId, LabelId, Mark as LineStyle, PALETTE},
    gui::article::marks::{Look, Mark},
    text::ByteRange,
    typeset::{ArticleLayout, Fonts, ScrollAnchor, Typesetter},
};

use super::{
    place::{Rails, rails},
    scene::Foreign,
    signs::Form,
    tracks::Track,
    *,
};

const TEXT: &str = "قالت مديرة المرفأ سلمى العطار إن وزارة الزراعة ستستلم أول شحنة من القمح قبل نهاية الشهر\n\
    The port authority said on Monday that no ship had left the berth since the strike began last week";

fn sizes(em: f32, scale: f32) -> Sizes {
    Sizes {
        em: em * scale,
        line: (2.0 * scale).round(),
        lane: (2.0 * scale).round() + scale,
        track: 10.0 * scale,
        tag: 11.0 * scale,
        point: scale,
    }
}

/// The text in a column of `width` em with room for `lanes` tracks.
fn laid_out(sizes: &Sizes, lanes: u8, width: f32) -> ArticleLayout {
    let style = ArticleStyle::new(sizes.em, width * sizes.em);
    let style = spaced(style, sizes, lanes);
    let mut article = ArticleLayout::new(Arc::from(TEXT), style);
    let mut typesetter = Typesetter::new(Fonts::embedded());
    article.view(&mut typesetter, ScrollAnchor::default(), 9000.0, 0.0);
    article
}

#[test]
fn tracks_lie_between_their_line_and_the_tags_of_the_next() {
    for (em, scale) in [(20.0, 1.0), (14.0, 1.0), (28.0, 1.25), (20.0, 2.0)] {
        let sizes = sizes(em, scale);
        for lanes in 2..=MOST as u8 {
            let article = laid_out(&sizes, lanes, 16.0);
            let mut pairs = 0;
            for shown in article.blocks_in_view() {
                let lines = article.layout(shown.block).unwrap().lines();
                for pair in lines.windows(2) {
                    let tracks: Vec<Track> = (0..usize::from(lanes))
                        .map(|layer| Track::of(&pair[0], layer, &sizes))
                        .collect();
                    let own = crate::gui::article::highlights::Frame::of(&pair[0], &sizes).under();
                    assert!(tracks[0].top >= own);
                    for two in tracks.windows(2) {
                        assert!(two[1].top >= two[0].bottom - 0.01);
                    }
                    let letters = 0.86 * sizes.em;
                    let tags = pair[1].baseline - letters.min(pair[1].ascent) - sizes.tag;
                    let last = tracks.last().unwrap().bottom;
                    assert!(last <= tags, "{lanes} at {em} × {scale}: {last} {tags}");
                    pairs += 1;
                }
            }
            assert!(pairs > 3);
        }
    }
}

#[test]
fn lines_grow_only_as_far_as_the_tracks_need() {
    let sizes = sizes(20.0, 1.0);
    let line = |lanes| spaced(ArticleStyle::new(20.0, 400.0), &sizes, lanes).least_line * 20.0;
    for lanes in 3..=8 {
        assert!((line(lanes) - line(lanes - 1) - sizes.track).abs() < 0.01);
    }
    let wide = ArticleStyle::new(20.0, 400.0).spaced(4.0);
    let kept = spaced(wide.clone(), &sizes, 2);
    assert!((kept.line_height - wide.line_height).abs() < f32::EPSILON);
}

/// A mark over a word or several of the text.
fn foreign(layer: usize, words: &str, level: u8, loud: bool) -> Foreign {
    let start = TEXT.find(words).unwrap();
    Foreign {
        layer,
        mark: Mark {
            span: SpanId {
                edit: EditId::random(),
                place: 0,
            },
            label: LabelId::new("CLAIM").unwrap(),
            fragments: vec![ByteRange::unchecked_order(start, start + words.len()).unwrap()],
            lane: level,
            look: Look {
                color: PALETTE[0],
                line: LineStyle::Solid,
                statement: false,
            },
        },
        loud,
        current: false,
    }
}

fn drawn(marks: &[Foreign]) -> Rails {
    let sizes = sizes(20.0, 1.0);
    let article = laid_out(&sizes, 8, 60.0);
    rails(&article, marks, &sizes, |_, form| match form {
        Form::Full => 40.0,
        Form::Short => 24.0,
        Form::Number => 6.0,
    })
}

const CLAIM: &str = "وزارة الزراعة ستستلم أول شحنة من القمح";

#[test]
fn what_is_quiet_has_its_number_and_no_tag() {
    let found = drawn(&[
        foreign(0, CLAIM, 0, false),
        foreign(0, "الزراعة", 1, false),
        foreign(1, CLAIM, 0, true),
    ]);
    for sign in &found.signs {
        let form = sign.place.map(|(_, form)| form);
        match sign.mark {
            0 => assert_eq!(form, Some(Form::Number)),
            1 => assert_eq!(form, None),
            _ => assert!(form.is_some()),
        }
    }
    let loud = found.signs.iter().find(|sign| sign.mark == 2).unwrap();
    assert_eq!(loud.place.unwrap().1, Form::Full);
}

#[test]
fn nested_spans_of_eight_layers_stay_in_their_tracks_and_their_signs_apart() {
    let marks: Vec<Foreign> = (0..8)
        .flat_map(|layer| {
            [
                foreign(layer, CLAIM, 0, true),
                foreign(layer, "وزارة الزراعة", 1, layer % 2 == 0),
                foreign(layer, "الزراعة", 2, true),
            ]
        })
        .collect();
    let found = drawn(&marks);
    assert!(found.pieces.len() >= marks.len());
    for piece in &found.pieces {
        let (y, level) = (piece.line_y, marks[piece.mark].mark.lane);
        let half = tracks::thickness(level, 2.0) * 0.5;
        let fill = piece.fill.y_range();
        assert!(fill.min - 0.6 <= y - half && y + half <= fill.max);
    }
    let levels: Vec<f32> = (0..3)
        .map(|mark| {
            found
                .pieces
                .iter()
                .find(|it| it.mark == mark)
                .unwrap()
                .line_y
        })
        .collect();
    assert!(levels[1] < levels[0] - 2.0 && levels[2] < levels[1] - 2.0);
    let placed: Vec<(usize, Rect)> = found
        .signs
        .iter()
        .filter_map(|sign| Some((sign.block, sign.place?.0)))
        .collect();
    assert!(placed.len() >= 16);
    for (index, (block, rect)) in placed.iter().enumerate() {
        for (other, beside) in placed.iter().skip(index + 1) {
            assert!(block != other || !rect.intersects(*beside));
        }
    }
}

#[test]
fn lines_give_way_to_signs() {
    let found = drawn(&[foreign(0, CLAIM, 0, true), foreign(0, "الزراعة", 1, true)]);
    let outer = found.pieces.iter().position(|piece| piece.mark == 0);
    let inner = found.pieces.iter().position(|piece| piece.mark == 1);
    assert_eq!(found.breaks[outer.unwrap()].len(), 2);
    assert_eq!(found.breaks[inner.unwrap()].len(), 1);
}
