//! Bytes to model and back, one file a format, one table of formats.
