//! Any bytes for the reader of `spacy`.
#![no_main]
hashiya_fuzz::reads!("spacy");
