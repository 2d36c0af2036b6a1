#![allow(clippy::unwrap_used, reason = "tests")]
use eframe::egui::{Rect, Vec2, pos2};

use super::{
    stage::{GUTTER, OUT, columns},
    *,
};

#[test]
fn columns_have_one_width_and_keep_apart() {
    for scale in [1.0, 1.25, 2.0] {
        for count in 2..=MOST {
            let area = Rect::from_min_size(pos2(10.0, 40.0), Vec2::new(1100.0, 500.0));
            let found = columns(area, count, 760.0, scale);
            assert_eq!(found.len(), count);
            for pair in found.windows(2) {
                assert!((pair[1].left() - pair[0].right() - GUTTER).abs() < 0.01);
                assert!((pair[1].width() - pair[0].width()).abs() < 0.01);
            }
            assert!(found.first().unwrap().left() >= area.left() + OUT);
            assert!(found.last().unwrap().right() <= area.right() - BAR);
        }
    }
}

#[test]
fn two_columns_are_no_wider_than_a_reading_column() {
    let area = Rect::from_min_size(pos2(0.0, 0.0), Vec2::new(3000.0, 500.0));
    let found = columns(area, 2, 760.0, 1.0);
    assert!(found.iter().all(|rect| rect.width() <= 760.0));
    let middle = (found[0].left() + found[1].right()) * 0.5;
    assert!((middle - area.center().x).abs() < 1.0);
}
