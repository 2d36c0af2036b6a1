#![no_main]
hashiya_fuzz::reads!("uima-json");
