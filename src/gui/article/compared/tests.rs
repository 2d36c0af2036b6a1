#![allow(clippy::unwrap_used, reason = "tests")]
use std::sync::Arc;

use eframe::egui::Rect;

use crate::{
    annotation::{EditId, LabelId, Mark as LineStyle, PALETTE},
    gui::article::{
        highlights::Sizes,
        marks::{Look, Mark},
    },
    text::ByteRange,
    typeset::{ArticleLayout, ArticleStyle, Fonts, Room, ScrollAnchor, Typesetter},
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
        track: 14.0 * scale,
        sign: 12.0 * scale,
        tag: 11.0 * scale,
        point: scale,
    }
}

/// The text in a column of `width` em with room for `rows` under all lines.
fn laid_out(sizes: &Sizes, rows: u8, width: f32) -> ArticleLayout {
    let style = ArticleStyle::new(sizes.em, width * sizes.em);
    let mut article = ArticleLayout::new(Arc::from(TEXT), style);
    let mut typesetter = Typesetter::new(Fonts::embedded());
    let room = Room {
        range: 0..TEXT.len(),
        below: tracks::below(sizes, rows),
    };
    let anchor = article.set_rooms(&mut typesetter, Arc::from([room]), ScrollAnchor::default());
    article.view(&mut typesetter, anchor, 9000.0, 0.0);
    article
}

#[test]
fn rows_lie_between_their_line_and_the_tags_of_the_next() {
    for (em, scale) in [(20.0, 1.0), (14.0, 1.0), (28.0, 1.25), (20.0, 2.0)] {
        let sizes = sizes(em, scale);
        for rows in 1..=16 {
            let article = laid_out(&sizes, rows, 16.0);
            let mut pairs = 0;
            for shown in article.blocks_in_view() {
                let lines = article.layout(shown.block).unwrap().lines();
                for pair in lines.windows(2) {
                    let tracks: Vec<Track> = (0..rows)
                        .map(|row| Track::of(&pair[0], row, &sizes))
                        .collect();
                    let own = crate::gui::article::highlights::Frame::of(&pair[0], &sizes).under();
                    assert!(tracks[0].top >= own);
                    for two in tracks.windows(2) {
                        assert!(two[1].top >= two[0].bottom - 0.01);
                    }
                    let letters = 0.86 * sizes.em;
                    let tags = pair[1].baseline - letters.min(pair[1].ascent) - sizes.tag;
                    let last = tracks.last().unwrap().bottom;
                    assert!(last <= tags, "{rows} at {em} × {scale}: {last} {tags}");
                    pairs += 1;
                }
            }
            assert!(pairs > 3);
        }
    }
}

/// A mark over a word or several of the text.
fn foreign(layer: usize, words: &str, row: u8, loud: bool) -> Foreign {
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
            lane: row,
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
    let article = laid_out(&sizes, 24, 60.0);
    rails(&article, marks, &sizes, |_, form| match form {
        Form::Full => 60.0,
        Form::Key => 22.0,
        Form::Number => 7.0,
    })
}

const CLAIM: &str = "وزارة الزراعة ستستلم أول شحنة من القمح";

/// How much the sign of each mark says.
fn forms(found: &Rails) -> Vec<Option<Form>> {
    let mut signs: Vec<_> = found.signs.iter().collect();
    signs.sort_by_key(|sign| sign.mark);
    let form = |sign: &&place::Sign| sign.place.map(|(_, form)| form);
    signs.iter().map(form).collect()
}

#[test]
fn what_is_quiet_has_its_number_and_no_name() {
    let found = drawn(&[
        foreign(0, CLAIM, 1, false),
        foreign(0, "الزراعة", 0, false),
        foreign(1, CLAIM, 2, true),
    ]);
    let number = Some(Form::Number);
    assert_eq!(forms(&found), [number, number, Some(Form::Full)]);
}

#[test]
fn a_name_is_said_where_it_has_room_as_a_whole_and_its_key_where_not() {
    let found = drawn(&[
        foreign(0, CLAIM, 0, true),
        foreign(1, "وزارة", 1, true),
        foreign(2, "إن", 2, true),
        foreign(3, "و", 3, true),
    ]);
    let [claim, word, short, letter] = forms(&found)[..] else {
        unreachable!()
    };
    assert_eq!((claim, word), (Some(Form::Full), Some(Form::Key)));
    assert_eq!((short, letter), (Some(Form::Number), Some(Form::Number)));
}

#[test]
fn rows_of_eight_layers_stay_in_place_and_their_signs_apart() {
    let marks: Vec<Foreign> = (0..8)
        .flat_map(|layer| {
            let row = layer as u8 * 3;
            [
                foreign(layer, CLAIM, row + 2, true),
                foreign(layer, "وزارة الزراعة", row + 1, layer % 2 == 0),
                foreign(layer, "الزراعة", row, true),
            ]
        })
        .collect();
    let found = drawn(&marks);
    assert!(found.pieces.len() >= marks.len());
    for piece in &found.pieces {
        let fill = piece.fill.y_range();
        assert!(fill.min <= piece.line_y - 1.0 && piece.line_y + 1.0 <= fill.max);
    }
    let placed: Vec<(usize, Rect)> = found
        .signs
        .iter()
        .filter_map(|sign| Some((sign.block, sign.place?.0)))
        .collect();
    assert_eq!(placed.len(), found.signs.len());
    for (index, (block, rect)) in placed.iter().enumerate() {
        for (other, beside) in placed.iter().skip(index + 1) {
            assert!(block != other || !rect.intersects(*beside));
        }
    }
}

#[test]
fn spans_that_touch_are_drawn_apart() {
    let found = drawn(&[
        foreign(0, "وزارة الزراعة ", 0, true),
        foreign(0, "ستستلم أول", 0, true),
    ]);
    let [first, second] = &found.pieces[..] else {
        unreachable!()
    };
    assert!(first.fill.left() - second.fill.right() >= 2.0);
}

#[test]
fn a_line_gives_way_to_its_own_sign() {
    let found = drawn(&[foreign(0, CLAIM, 1, true), foreign(0, "الزراعة", 0, true)]);
    assert!(found.breaks.iter().all(|breaks| breaks.len() == 1));
}
