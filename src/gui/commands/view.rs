//! Commands that change how things are shown, and the two modes of the mouse.

use eframe::egui::Key;

use super::shortcut::{ctrl, plain};
use crate::gui::icons::Icon;

commands! {
    /// How things are shown.
    ViewCommand in View {
        /// The scheme that the operating system asks for.
        ThemeSystem = "cmd-theme-system", Some(Icon::Monitor), [], false;
        /// Dark ink on warm white.
        ThemePaper = "cmd-theme-paper", Some(Icon::Sun), [], false;
        /// Light ink on blue-grey black.
        ThemeNight = "cmd-theme-night", Some(Icon::Moon), [], false;
        /// Everything larger. A US keyboard gives Equals, or Plus with Shift.
        ZoomIn = "cmd-zoom-in", Some(Icon::ZoomIn),
            [ctrl(Key::Plus), ctrl(Key::Plus).shifted(), ctrl(Key::Equals)], true;
        /// Everything smaller.
        ZoomOut = "cmd-zoom-out", Some(Icon::ZoomOut), [ctrl(Key::Minus)], true;
        /// Everything at its first size.
        ZoomReset = "cmd-zoom-reset", None, [ctrl(Key::Num0)], false;
        /// The article's letters larger.
        TextLarger = "cmd-text-larger", Some(Icon::TextSize), [], false;
        /// The article's letters smaller.
        TextSmaller = "cmd-text-smaller", None, [], false;
        /// More room between lines.
        LinesWider = "cmd-lines-wider", Some(Icon::ArrowsOut), [], false;
        /// Less room between lines.
        LinesCloser = "cmd-lines-closer", Some(Icon::ArrowsIn), [], false;
        /// Opens the choice of the article's font.
        Font = "cmd-font", Some(Icon::Article), [], false;
        /// Switches between selecting first and labelling first.
        LabelFirst = "cmd-label-first", Some(Icon::Highlighter), [], false;
        /// Switches the trimming of mouse selections.
        Trim = "cmd-trim", Some(Icon::Scissors), [], false;
        /// Shows or hides marks for invisible characters.
        Invisible = "cmd-invisible", Some(Icon::Eye), [], false;
        /// Folds the left margin away, or brings it back.
        FoldLeft = "cmd-fold-left", Some(Icon::Sidebar), [plain(Key::F2)], false;
        /// Folds the right margin away, or brings it back.
        FoldRight = "cmd-fold-right", Some(Icon::Sidebar), [plain(Key::F9)], false;
        /// Shows the dashboard in the article's place, or the article again.
        Dashboard = "cmd-dashboard", Some(Icon::Sort), [], false;
        /// Puts the left margin right and the right one left.
        SwapSides = "cmd-swap-sides", Some(Icon::Swap), [], false;
    }
}
