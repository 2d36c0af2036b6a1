//! Short notes of what happened, at the bottom where reading begins. Each has words, perhaps a hint
//! and one thing to do; good news goes by itself, bad news stays until it is closed.

mod queue;
mod show;

pub(crate) use queue::Toasts;
pub(crate) use show::Corner;

#[cfg(test)]
mod tests;
