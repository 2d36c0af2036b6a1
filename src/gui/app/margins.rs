//! The margins at the article's sides: for which of them there is room, and what the keys that ask for one do. A
//! key that asks for a margin brings it, whatever else has to give way.

use eframe::egui::{Area, Context, Frame, Id, Order, Rect, Shadow, Ui, pos2, vec2};

use crate::gui::{article::ArticleView, theme::Tokens};

use super::App;

/// The widths of the list's margin, in points: least, usual, most.
pub(super) const LIST: (f32, f32, f32) = (180.0, 264.0, 420.0);

/// The narrowest that the article becomes for the margins' sake, in points.
pub(super) const ARTICLE: f32 = 360.0;
/// The narrowest that it becomes for a margin that was asked for; with less the margin lies over it.
const SQUEEZED: f32 = 220.0;

/// A margin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Margin {
    /// The list of articles: the left one, where the sides are not swapped.
    List,
    /// Labels and spans, or the review.
    Work,
}

/// How a margin stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Stands {
    /// It is folded, or has no room.
    #[default]
    Away,
    /// Beside the article.
    Beside,
    /// Over the article.
    Over,
}

/// Both margins, as they stood in the last frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Margins {
    /// The list.
    pub(super) list: Stands,
    /// Labels and spans, or the review.
    pub(super) work: Stands,
    /// The one that was asked for last: it has its place before the other.
    asked: Option<Margin>,
}

impl Margins {
    /// Has its place before the other from now on.
    pub(super) fn ask(&mut self, margin: Margin) {
        self.asked = Some(margin);
    }

    /// How it stands.
    pub(super) fn of(self, margin: Margin) -> Stands {
        match margin {
            Margin::List => self.list,
            Margin::Work => self.work,
        }
    }

    /// Places both in a window of `width` points. `wanted`: what is not folded; `least`: the width of the margin
    /// of the work. Where the window is narrow (or zoomed) the list gives way first, unless it was asked for; what
    /// was asked for is there at any width.
    pub(super) fn place(&mut self, width: f32, wanted: (bool, bool), least: f32) {
        let fits = |room: f32, margin: f32| room - margin >= ARTICLE;
        let list_first = self.asked == Some(Margin::List) && wanted.0;
        let room = if list_first { width - LIST.0 } else { width };
        let mut work = wanted.1 && fits(room, least);
        let taken = if work { least } else { 0.0 };
        let mut list = wanted.0 && fits(width - taken, LIST.0);
        let asked = match self.asked {
            Some(Margin::List) => wanted.0 && !list,
            Some(Margin::Work) => wanted.1 && !work,
            None => false,
        };
        let mut over = None;
        if asked {
            // No room beside an article of the usual width: it is there all the same, alone.
            let margin = if list_first { LIST.0 } else { least };
            (list, work) = (list_first, !list_first);
            over = (width - margin < SQUEEZED).then_some(list_first);
        }
        let stands = |is_there: bool, is_over: bool| match (is_there, is_over) {
            (false, _) => Stands::Away,
            (true, false) => Stands::Beside,
            (true, true) => Stands::Over,
        };
        self.list = stands(list, over == Some(true));
        self.work = stands(work, over == Some(false));
    }
}

impl App {
    /// Unfolds a margin, and gives it its place before the other.
    pub(super) fn show_margin(&mut self, margin: Margin) {
        self.set_folded(margin, false);
        self.sight.margins.ask(margin);
    }

    /// What the margin's key does: away with it where it is seen, else it comes.
    pub(super) fn fold_or_bring(&mut self, ctx: &Context, margin: Margin) {
        if self.sight.margins.of(margin) == Stands::Away {
            self.show_margin(margin);
        } else {
            self.set_folded(margin, true);
            ArticleView::focus(ctx);
        }
        self.settings_changed(ctx);
    }

    fn set_folded(&mut self, margin: Margin, folded: bool) {
        let tools = &mut self.session.settings_mut().tools;
        match margin {
            Margin::List => tools.left_folded = folded,
            Margin::Work => tools.right_folded = folded,
        }
    }

    /// Folds what lies over the article; whether anything did.
    pub(super) fn uncover(&mut self, ctx: &Context) -> bool {
        let margins = [Margin::List, Margin::Work];
        let over = margins
            .into_iter()
            .find(|it| self.sight.margins.of(*it) == Stands::Over);
        if let Some(margin) = over {
            self.fold_or_bring(ctx, margin);
        }
        over.is_some()
    }
}

/// Shows a margin over the article, at one side of `room`.
pub(super) fn over<T>(
    ctx: &Context,
    tokens: &Tokens,
    (room, at_right, width): (Rect, bool, f32),
    content: impl FnOnce(&mut Ui) -> T,
) -> T {
    let width = width.min(room.width());
    let left = if at_right {
        room.right() - width
    } else {
        room.left()
    };
    let shadow = Shadow {
        offset: [0, 0],
        blur: 12,
        spread: 0,
        color: tokens.edge.shadow,
    };
    let frame = Frame::new()
        .fill(tokens.surface.panel)
        .inner_margin(tokens.space.s)
        .shadow(shadow);
    Area::new(Id::unique("margin over the article"))
        .order(Order::Middle)
        .fixed_pos(pos2(left, room.top()))
        .constrain(false)
        .show(ctx, |ui| {
            frame
                .show(ui, |ui| {
                    let inside = vec2(width, room.height()) - frame.total_margin().sum();
                    ui.set_min_size(inside);
                    ui.set_max_size(inside);
                    content(ui)
                })
                .inner
        })
        .inner
}

#[cfg(test)]
mod tests {
    use super::*;
    use Stands::{Away, Beside, Over};

    fn placed(width: f32, wanted: (bool, bool), asked: Option<Margin>) -> (Stands, Stands) {
        let mut margins = Margins {
            asked,
            ..Margins::default()
        };
        margins.place(width, wanted, 220.0);
        (margins.list, margins.work)
    }

    #[test]
    fn the_article_keeps_its_room_and_the_list_gives_way_first() {
        let both = (true, true);
        assert_eq!(placed(1280.0, both, None), (Beside, Beside));
        assert_eq!(placed(900.0, both, None), (Beside, Beside));
        assert_eq!(placed(640.0, both, None), (Away, Beside));
        assert_eq!(placed(640.0, (true, false), None), (Beside, Away));
        assert_eq!(placed(450.0, both, None), (Away, Away));
    }

    #[test]
    fn what_was_asked_for_is_there_at_any_width() {
        let both = (true, true);
        let (list, work) = (Some(Margin::List), Some(Margin::Work));
        assert_eq!(placed(1280.0, both, list), (Beside, Beside));
        assert_eq!(placed(640.0, both, list), (Beside, Away));
        assert_eq!(placed(450.0, both, list), (Beside, Away));
        assert_eq!(placed(450.0, both, work), (Away, Beside));
        assert_eq!(placed(400.0, both, work), (Away, Over));
        assert_eq!(placed(300.0, both, list), (Over, Away));
        assert_eq!(
            placed(300.0, (true, false), work),
            (Away, Away),
            "folded since"
        );
    }
}
