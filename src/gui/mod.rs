//! The window: article view, margins, dialogs, theme, shortcuts.
