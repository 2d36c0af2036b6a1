//! Files of the outside: bounded reading, atomic writing, safe names, folders of articles. Every
//! error names its file and says what to do.

mod archive;
mod draft;
mod draft_folder;
mod error;
mod folder;
mod growing;
mod leftover;
mod name;
mod path;
mod read;
mod settings;
mod unpack;
mod user;

pub use archive::Archive;
pub use draft::{Draft, write_atomic};
pub use draft_folder::DraftFolder;
pub use error::FileError;
pub use folder::{Folder, natural_order};
pub use growing::{Growing, GrowingReader, GrowingWriter};
pub use name::safe_name;
pub use path::{exists, is_file, is_folder, is_same, make_parent, remove, scratch, weight};
pub use read::{open, read_bounded};
pub use settings::{keep_aside, read_settings, write_settings};
pub use unpack::{gunzip, is_gzip};
pub use user::user_name;
