//! Which columns are in view where not all have room side by side, and the bar that says so and scrolls them.

use eframe::egui::{Align, Id, Layout, Rect, Ui, UiBuilder, accesskit::Orientation, vec2};

use crate::{
    annotation::SpanId,
    gui::{
        article::scroll::{self, BAR, Extent},
        strings::tr_args,
        text::BidiLabel,
        theme::Tokens,
    },
};

use super::stage::Spread;

/// Height of the strip with the bar, in points.
pub(super) const STRIP: f32 = 24.0;
/// Room for the sign that says which columns are in view, in points.
const SIGN: f32 = 84.0;
/// How much of a column may be missing at its edge while it still counts as shown.
const NEARLY: f32 = 0.05;

/// How far the columns are scrolled sideways.
#[derive(Debug, Default)]
pub(super) struct Sideways {
    /// In columns.
    at: f32,
    /// Where on the thumb it is held, in points from its start.
    held: Option<f32>,
    /// The disagreement that was being decided in the frame before.
    seen: Vec<(usize, SpanId)>,
}

impl Sideways {
    /// Keeps within bounds; where another disagreement is being decided, its columns come into view. `of` gives the
    /// column of a layer.
    pub(super) fn follow(
        &mut self,
        spread: &Spread,
        current: &[(usize, SpanId)],
        of: impl Fn(usize) -> Option<usize>,
    ) {
        if self.seen != current {
            current.clone_into(&mut self.seen);
            let columns: Vec<usize> = current.iter().filter_map(|(layer, _)| of(*layer)).collect();
            self.at = into_view(self.at, spread, &columns);
        }
        self.at = self.at.clamp(0.0, spread.hidden());
    }

    /// Scrolls by `dx` points, to the right if positive.
    pub(super) fn by(&mut self, spread: &Spread, dx: f32) {
        self.at = (self.at + dx / spread.step()).clamp(0.0, spread.hidden());
    }

    /// How far that is, in points.
    pub(super) fn offset(&self, spread: &Spread) -> f32 {
        self.at * spread.step()
    }

    /// The columns that can be seen whole, the first and the last, counted from 1.
    pub(super) fn whole(&self, spread: &Spread) -> (usize, usize) {
        let first = (self.at - NEARLY).ceil().max(0.0) as usize + 1;
        let last = (self.at + spread.fits as f32 + NEARLY).floor() as usize;
        (first, last.clamp(first, spread.count.max(first)))
    }

    /// The strip under the columns: which are shown of how many, and the bar.
    pub(super) fn strip(
        &mut self,
        ui: &mut Ui,
        id: Id,
        (strip, spread): (Rect, &Spread),
        tokens: &Tokens,
    ) {
        let (first, last) = self.whole(spread);
        let numbers = [
            ("first", first.into()),
            ("last", last.into()),
            ("all", spread.count.into()),
        ];
        let said = if first == last {
            tr_args("panes-shown-one", &numbers)
        } else {
            tr_args("panes-shown", &numbers)
        };
        let sign = strip.with_max_x(strip.left() + SIGN);
        let builder = UiBuilder::new()
            .id_salt("columns shown")
            .max_rect(sign)
            .layout(Layout::left_to_right(Align::Center));
        let said = BidiLabel::new(&said)
            .size(tokens.text.small)
            .color(tokens.ink.weak);
        ui.new_child(builder).add(said);
        let track = strip
            .with_min_x(sign.right())
            .with_max_x(strip.right() - BAR);
        let track = Rect::from_center_size(track.center(), vec2(track.width(), BAR));
        let extent = Extent {
            offset: f64::from(self.at),
            total: spread.count as f64,
            view: spread.fits as f64,
        };
        let bar = (Orientation::Horizontal, "panes-scroll-bar");
        if let Some(to) = scroll::drag(ui, id, (track, bar), extent, &mut self.held, tokens) {
            self.at = to as f32;
            ui.ctx().request_repaint();
        }
    }
}

/// Where to scroll so that as many of the `wanted` columns as possible are in view, as little as that takes.
fn into_view(at: f32, spread: &Spread, wanted: &[usize]) -> f32 {
    let (Some(first), Some(last)) = (wanted.iter().min(), wanted.iter().max()) else {
        return at;
    };
    if last - first < spread.fits {
        let lowest = (last + 1).saturating_sub(spread.fits);
        return at.clamp(lowest as f32, *first as f32);
    }
    let shown = |from: usize| {
        let inside = wanted
            .iter()
            .filter(|column| (from..from + spread.fits).contains(*column));
        inside.count()
    };
    let way = |from: usize| (from as f32 - at).abs();
    let all = 0..=spread.count.saturating_sub(spread.fits);
    let best = all.min_by(|a, b| shown(*b).cmp(&shown(*a)).then(way(*a).total_cmp(&way(*b))));
    best.map_or(at, |from| from as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spread(fits: usize, count: usize) -> Spread {
        Spread {
            left: 0.0,
            width: 200.0,
            fits,
            count,
        }
    }

    #[test]
    fn what_is_in_view_moves_nothing() {
        assert!((into_view(1.5, &spread(4, 8), &[2, 4]) - 1.5).abs() < 1e-6);
        assert!((into_view(1.5, &spread(4, 8), &[]) - 1.5).abs() < 1e-6);
    }

    #[test]
    fn columns_come_into_view_by_the_shortest_way() {
        let four = spread(4, 8);
        assert!((into_view(0.0, &four, &[5, 6]) - 3.0).abs() < 1e-6);
        assert!((into_view(4.0, &four, &[0]) - 0.0).abs() < 1e-6);
    }

    #[test]
    fn of_columns_too_far_apart_most_are_shown() {
        let four = spread(4, 8);
        assert!((into_view(4.0, &four, &[2, 3, 4, 7]) - 2.0).abs() < 1e-6);
        assert!((into_view(0.0, &four, &[2, 3, 4, 7]) - 1.0).abs() < 1e-6);
        assert!((into_view(0.0, &four, &[0, 5, 6, 7]) - 4.0).abs() < 1e-6);
    }

    #[test]
    fn what_is_said_to_be_shown_can_be_seen_whole() {
        let four = spread(4, 8);
        let at = |at| Sideways {
            at,
            ..Sideways::default()
        };
        assert_eq!(at(0.0).whole(&four), (1, 4));
        assert_eq!(at(2.5).whole(&four), (4, 6));
        assert_eq!(at(4.0).whole(&four), (5, 8));
        assert_eq!(at(2.0).whole(&spread(1, 3)), (3, 3));
    }
}
