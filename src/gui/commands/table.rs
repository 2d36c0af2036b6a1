//! The form in which each subject writes its part of the table: a line a command.

/// Makes the enum of a subject, the list of its commands, and the row of each.
///
/// `Name = "words", icon, [shortcuts], repeats;` where `repeats` says whether a held key counts.
macro_rules! commands {
    (
        $(#[$about:meta])*
        $subject:ident in $group:ident {
            $($(#[$doc:meta])* $name:ident = $text:literal, $icon:expr, [$($key:expr),*], $repeats:literal;)*
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $subject {
            $($(#[$doc])* $name,)*
        }

        impl $subject {
            /// Every command of this subject, in the order in which menus show them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// What the table says of this command.
            pub fn row(self) -> $crate::gui::commands::Row {
                let (text, icon, shortcuts, repeats): (&'static str, Option<$crate::gui::icons::Icon>, &[$crate::gui::commands::Shortcut], bool) = match self {
                    $(Self::$name => ($text, $icon, &[$($key),*], $repeats),)*
                };
                $crate::gui::commands::Row {
                    id: $crate::gui::commands::CommandId::$group(self),
                    group: $crate::gui::commands::Group::$group,
                    text,
                    icon,
                    repeats,
                    shortcuts: $crate::gui::commands::shortcut::array(shortcuts),
                }
            }
        }
    };
}
