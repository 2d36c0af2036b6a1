//! Commands of reviewing: walking from disagreement to disagreement and deciding them. The bare keys act only
//! while a case waits for its decision (see [`Needs`]), so they take no letter away from labels.

use eframe::egui::Key;

use super::shortcut::{self, ctrl, plain};
use super::{CommandId, Group, Row};
use crate::gui::icons::Icon;

commands! {
    /// Reviewing what several annotators did.
    ReviewCommand in Review {
        /// Goes to the next disagreement; begins to review.
        NextCase = "cmd-next-case", Some(Icon::CaretDown), [plain(Key::F8)], true;
        /// Goes to the disagreement before.
        PreviousCase = "cmd-previous-case", Some(Icon::CaretUp), [plain(Key::F8).shifted()], true;
        /// Begins or ends reviewing.
        Review = "cmd-review", Some(Icon::Users), [], false;
        /// Hides or shows the annotators' names.
        Blind = "cmd-blind", Some(Icon::EyeSlash), [], false;
        /// Shows the layers side by side, or in one text.
        SideBySide = "cmd-side-by-side", Some(Icon::Book), [], false;
        /// Takes over what all agree on, after a question.
        TakeAgreed = "cmd-take-agreed", Some(Icon::Merge), [], false;
        /// The article is adjudicated.
        Finish = "cmd-finish-review", Some(Icon::CheckCircle), [ctrl(Key::Enter)], false;
        /// What is ticked is right.
        AcceptTicked = "cmd-accept-ticked", Some(Icon::Check), [plain(Key::Enter)], false;
        /// Takes over what is ticked, or the first, to edit it.
        Edit = "cmd-edit-case", Some(Icon::Pencil), [plain(Key::E)], false;
        /// None of these is right.
        RejectAll = "cmd-reject-all", Some(Icon::Close), [plain(Key::Num0), plain(Key::X)], false;
        /// Leaves the case open.
        LeaveOpen = "cmd-leave-open", Some(Icon::Question), [plain(Key::U)], false;
        /// Takes back what was decided.
        Reopen = "cmd-reopen", Some(Icon::Undo), [], false;
        /// Goes to the reason's field.
        Reason = "cmd-reason", Some(Icon::Note), [plain(Key::R)], false;
    }
}

/// How far reviewing must be for a command's keys to act.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Needs {
    /// They act always.
    #[default]
    Nothing,
    /// They act while somebody reviews, before those of other commands.
    Review,
    /// They act while a case waits for its decision: nothing is selected, and no span is chosen.
    Case,
}

impl ReviewCommand {
    /// How far reviewing must be for its keys to act.
    pub fn needs(self) -> Needs {
        match self {
            Self::NextCase
            | Self::PreviousCase
            | Self::Review
            | Self::Blind
            | Self::SideBySide
            | Self::TakeAgreed => Needs::Nothing,
            Self::Finish => Needs::Review,
            Self::AcceptTicked
            | Self::Edit
            | Self::RejectAll
            | Self::LeaveOpen
            | Self::Reopen
            | Self::Reason => Needs::Case,
        }
    }
}

/// A decision about one of the layers that are compared, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SideCommand {
    /// The layer's place, from 0; people see it as 1 to 8.
    pub side: u8,
    /// Whether it is only ticked, to be accepted together with others.
    pub tick: bool,
}

/// The keys of the layers.
const NUMBERS: [Key; 8] = [
    Key::Num1,
    Key::Num2,
    Key::Num3,
    Key::Num4,
    Key::Num5,
    Key::Num6,
    Key::Num7,
    Key::Num8,
];

impl SideCommand {
    /// Every command of this subject.
    pub fn all() -> impl Iterator<Item = Self> {
        [false, true]
            .into_iter()
            .flat_map(|tick| (0..NUMBERS.len() as u8).map(move |side| Self { side, tick }))
    }

    /// What the table says of this command.
    pub fn row(self) -> Row {
        let key = NUMBERS.get(usize::from(self.side)).copied();
        let keys = plain(key.unwrap_or(Key::Num1));
        let (keys, icon) = if self.tick {
            (keys.shifted(), None)
        } else {
            (keys, Some(Icon::Check))
        };
        Row {
            id: CommandId::Side(self),
            group: Group::Side,
            text: self.text(),
            icon,
            repeats: false,
            shortcuts: shortcut::array(&[keys]),
        }
    }

    fn text(self) -> &'static str {
        match (self.tick, self.side) {
            (false, 0) => "cmd-accept-1",
            (false, 1) => "cmd-accept-2",
            (false, 2) => "cmd-accept-3",
            (false, 3) => "cmd-accept-4",
            (false, 4) => "cmd-accept-5",
            (false, 5) => "cmd-accept-6",
            (false, 6) => "cmd-accept-7",
            (false, _) => "cmd-accept-8",
            (true, 0) => "cmd-tick-1",
            (true, 1) => "cmd-tick-2",
            (true, 2) => "cmd-tick-3",
            (true, 3) => "cmd-tick-4",
            (true, 4) => "cmd-tick-5",
            (true, 5) => "cmd-tick-6",
            (true, 6) => "cmd-tick-7",
            (true, _) => "cmd-tick-8",
        }
    }
}
