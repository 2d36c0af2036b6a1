#![allow(clippy::unwrap_used, reason = "tests")]
use eframe::egui::{Rect, Vec2, pos2};

use super::{
    stage::{GUTTER, OUT, Spread},
    *,
};

fn area(width: f32) -> Rect {
    Rect::from_min_size(pos2(10.0, 40.0), Vec2::new(width, 500.0))
}

#[test]
fn columns_have_one_width_and_keep_apart() {
    for scale in [1.0, 1.25, 2.0] {
        for count in 2..=MOST {
            let area = area(1100.0);
            let spread = Spread::of(area, count, (200.0, 760.0), scale);
            assert_eq!((spread.count, spread.fits), (count, count.min(4)));
            let found = spread.columns(area, 0.0);
            assert_eq!(found.len(), count);
            for pair in found.windows(2) {
                assert!((pair[1].left() - pair[0].right() - GUTTER).abs() < 0.01);
                assert!((pair[1].width() - pair[0].width()).abs() < 0.01);
                assert!(pair[0].width() >= 200.0);
            }
            assert!(found.first().unwrap().left() >= area.left() + OUT);
            assert!(found[spread.fits - 1].right() <= area.right() - BAR);
        }
    }
}

#[test]
fn every_column_comes_into_view_as_a_whole() {
    for (width, count) in [(1100.0, 8), (700.0, 5), (300.0, 8), (90.0, 2)] {
        let area = area(width);
        let spread = Spread::of(area, count, (200.0, 760.0), 1.0);
        let last = spread.columns(area, spread.hidden() * spread.step());
        let last = last.last().unwrap();
        assert!(last.left() >= area.left() + OUT);
        assert!(last.right() <= area.right() - BAR || spread.fits == 1);
    }
}

#[test]
fn two_columns_are_no_wider_than_a_reading_column() {
    let area = area(3000.0);
    let found = Spread::of(area, 2, (200.0, 760.0), 1.0).columns(area, 0.0);
    assert!(found.iter().all(|rect| rect.width() <= 760.0));
    let middle = (found[0].left() + found[1].right()) * 0.5;
    assert!((middle - area.center().x).abs() < 1.0);
}
