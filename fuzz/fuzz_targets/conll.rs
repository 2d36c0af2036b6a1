//! Any bytes for the reader of `conll`.
#![no_main]
hashiya_fuzz::reads!("conll");
