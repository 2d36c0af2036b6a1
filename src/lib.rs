//! Hashiya: label articles, Arabic first of all. The rooms stand in the order of
//! `docs/architecture.md`: each imports only from rooms above it.

pub mod text;

pub mod annotation;

pub mod edit;

pub mod files;

pub mod agreement;

pub mod review;

pub mod report;

pub mod interchange;

pub mod store;

pub mod session;

pub mod typeset;

pub mod gui;

pub mod cli;
