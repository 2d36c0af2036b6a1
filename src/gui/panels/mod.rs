//! The panels around the article. Each is what it shows, computed by a plain function, and painting;
//! what people want there comes back as intents.

pub(crate) mod context_menu;
pub(crate) mod inspector;
pub(crate) mod invisibles;
pub(crate) mod labels;
pub(crate) mod outline;
