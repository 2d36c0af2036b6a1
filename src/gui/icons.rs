//! The icons: one table from a name to the sign's place in `assets/fonts/Phosphor-Subset.ttf`. That
//! font holds these signs only; `docs/fonts.md` has the command that cuts it, and a test
//! here fails when a sign of this table is missing from it.

use eframe::egui::{FontFamily, FontId, RichText};

macro_rules! icons {
    ($($name:ident = $char:literal, $sign:literal;)*) => {
        /// A sign of the icon font.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Icon {
            $(#[doc = concat!("Phosphor's `", $sign, "`.")] $name,)*
        }

        impl Icon {
            /// Every icon, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The sign as a character of the icon font (a private-use code point).
            pub const fn char(self) -> char {
                match self {
                    $(Self::$name => $char,)*
                }
            }

            /// Phosphor's own name of the sign.
            pub const fn phosphor_name(self) -> &'static str {
                match self {
                    $(Self::$name => $sign,)*
                }
            }
        }
    };
}

icons! {
    List = '\u{e2f0}', "list";
    FolderOpen = '\u{e256}', "folder-open";
    Folder = '\u{e24a}', "folder";
    FileText = '\u{e23a}', "file-text";
    FilePlus = '\u{e236}', "file-plus";
    Files = '\u{e710}', "files";
    Database = '\u{e1de}', "database";
    Search = '\u{e30c}', "magnifying-glass";
    Undo = '\u{e08a}', "arrow-u-up-left";
    Redo = '\u{e08c}', "arrow-u-up-right";
    Check = '\u{e182}', "check";
    Circle = '\u{e18a}', "circle";
    CircleHalf = '\u{e18c}', "circle-half";
    CheckCircle = '\u{e184}', "check-circle";
    CaretLeft = '\u{e138}', "caret-left";
    CaretRight = '\u{e13a}', "caret-right";
    CaretDown = '\u{e136}', "caret-down";
    CaretUp = '\u{e13c}', "caret-up";
    ArrowRight = '\u{e06c}', "arrow-right";
    ArrowLeft = '\u{e058}', "arrow-left";
    ArrowClockwise = '\u{e036}', "arrow-clockwise";
    Close = '\u{e4f6}', "x";
    Plus = '\u{e3d4}', "plus";
    Minus = '\u{e32a}', "minus";
    Trash = '\u{e4a6}', "trash";
    Pencil = '\u{e3b4}', "pencil-simple";
    Gear = '\u{e270}', "gear";
    Sun = '\u{e472}', "sun";
    Moon = '\u{e330}', "moon";
    Monitor = '\u{e32e}', "monitor";
    Eye = '\u{e220}', "eye";
    EyeSlash = '\u{e224}', "eye-slash";
    Keyboard = '\u{e2d8}', "keyboard";
    Tag = '\u{e478}', "tag";
    Note = '\u{e348}', "note";
    Link = '\u{e2e2}', "link";
    Warning = '\u{e4e0}', "warning";
    WarningCircle = '\u{e4e2}', "warning-circle";
    Info = '\u{e2ce}', "info";
    Question = '\u{e3e8}', "question";
    DotsThree = '\u{e1fe}', "dots-three";
    DragHandle = '\u{eae2}', "dots-six-vertical";
    ArrowsIn = '\u{e09a}', "arrows-in";
    ArrowsOut = '\u{e0a2}', "arrows-out";
    Sidebar = '\u{ec24}', "sidebar-simple";
    Palette = '\u{e6c8}', "palette";
    Merge = '\u{e280}', "git-merge";
    Archive = '\u{e00c}', "archive";
    Download = '\u{e20c}', "download-simple";
    Upload = '\u{e4c0}', "upload-simple";
    Copy = '\u{e1ca}', "copy";
    Save = '\u{e248}', "floppy-disk";
    Users = '\u{e4d6}', "users";
    User = '\u{e4c2}', "user";
    TextSize = '\u{e6ee}', "text-aa";
    Paragraph = '\u{e960}', "paragraph";
    CursorText = '\u{e7d8}', "cursor-text";
    Eraser = '\u{e21e}', "eraser";
    Funnel = '\u{e266}', "funnel";
    Sort = '\u{e444}', "sort-ascending";
    Clock = '\u{e19a}', "clock";
    History = '\u{e1a0}', "clock-counter-clockwise";
    ZoomIn = '\u{e310}', "magnifying-glass-plus";
    ZoomOut = '\u{e30e}', "magnifying-glass-minus";
    Lightning = '\u{e2de}', "lightning";
    Book = '\u{e0e6}', "book-open";
    Article = '\u{e0a8}', "article";
    Translate = '\u{e4a2}', "translate";
    Swap = '\u{e83c}', "swap";
    SelectAll = '\u{e746}', "selection-all";
    Highlighter = '\u{ec76}', "highlighter";
    Command = '\u{e1c4}', "command";
    Quotes = '\u{e660}', "quotes";
    Chat = '\u{e17a}', "chat-text";
    Tree = '\u{e67c}', "tree-structure";
    SignOut = '\u{e42a}', "sign-out";
    Lock = '\u{e2fa}', "lock";
    Scissors = '\u{eae0}', "scissors";
}

impl Icon {
    /// The icon as text of this size in points, to put on a button or a label. It takes no more
    /// height than its size, so that a button with an icon is as high as one without.
    pub fn text(self, size: f32) -> RichText {
        RichText::new(self.char())
            .font(FontId::new(size, FontFamily::Proportional))
            .line_height(Some(size))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_icons_share_a_sign() {
        let signs: HashSet<char> = Icon::ALL.iter().map(|icon| icon.char()).collect();
        assert_eq!(signs.len(), Icon::ALL.len());
    }

    #[test]
    fn the_embedded_font_has_every_sign_and_no_other() {
        let font = include_bytes!("../../assets/fonts/Phosphor-Subset.ttf");
        let held = code_points(font);
        let wanted: HashSet<u32> = Icon::ALL
            .iter()
            .map(|icon| u32::from(icon.char()))
            .collect();
        assert_eq!(held, wanted, "cut the font again: see docs/fonts.md");
    }

    fn number(font: &[u8], at: usize, bytes: usize) -> u32 {
        font.get(at..at + bytes)
            .unwrap()
            .iter()
            .fold(0, |sum, byte| sum << 8 | u32::from(*byte))
    }

    /// The code points of a font's format 4 character map, read by hand: two bytes each, in
    /// segments of ends, a pad, and starts.
    fn code_points(font: &[u8]) -> HashSet<u32> {
        let tables = number(font, 4, 2) as usize;
        let cmap = (0..tables)
            .map(|table| 12 + table * 16)
            .find(|at| &font[*at..at + 4] == b"cmap");
        let cmap = number(font, cmap.unwrap() + 8, 4) as usize;
        let subtable = cmap + number(font, cmap + 8, 4) as usize;
        assert_eq!(number(font, subtable, 2), 4, "format of the character map");
        let segments = number(font, subtable + 6, 2) as usize / 2;
        let end = |segment: usize| number(font, subtable + 14 + segment * 2, 2);
        let start = |segment: usize| number(font, subtable + 16 + (segments + segment) * 2, 2);
        (0..segments)
            .flat_map(|at| start(at)..=end(at))
            .filter(|point| *point != 0xFFFF)
            .collect()
    }
}
