//! The panels around the article. Each is what it shows, computed by a plain function, and painting;
//! what people want there comes back as intents.

pub(crate) mod bar;
pub(crate) mod comments;
pub(crate) mod context_menu;
mod feedback;
pub(crate) mod find;
pub(crate) mod inspector;
pub(crate) mod invisibles;
pub(crate) mod labels;
pub(crate) mod list;
mod menus;
mod outcome;
pub(crate) mod outline;
pub(super) mod parts;
mod place;
pub(crate) mod progress;
pub(crate) mod review;
pub(crate) mod status;
pub(crate) mod welcome;

#[cfg(test)]
pub(crate) mod testing;
