//! Any bytes for the reader of `conllu`.
#![no_main]
hashiya_fuzz::reads!("conllu");
