#![no_main]
hashiya_fuzz::reads!("web-annotation");
