//! The one integration test binary; its parts are modules, since each further binary would link the whole
//! interface again.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::print_stderr,
    reason = "tests: a panic is how they fail, and standard error is where they say what they skipped"
)]

mod agreeing;
mod archives;
mod article;
mod article_snapshots;
mod cli;
mod desk;
mod fixtures;
mod inputs;
mod intake;
mod merging;
mod sample;
mod tidy;
mod transfer;
mod window;
