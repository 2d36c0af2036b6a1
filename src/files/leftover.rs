//! Drafts that were left behind: a program that is ended from outside takes nothing away. The next
//! export into the same folder does.

use std::{
    fs, io,
    path::Path,
    time::{Duration, SystemTime},
};

/// How the names of drafts end.
pub(super) const ENDING: &str = ".tmp";
/// How they begin; behind it stands the number of the process.
const BEGINNING: &str = ".hashiya-";
/// How long a draft is left alone, whatever became of its process: the folder may be another
/// computer's too, whose processes have other numbers.
const KEPT: Duration = Duration::from_hours(24);

/// How the names of the drafts of this process begin.
pub(super) fn beginning() -> String {
    format!("{BEGINNING}{}-", std::process::id())
}

/// Removes the drafts in a folder that are a day old and whose process is gone. What cannot be
/// removed stays: it is not what the person asked for.
pub(super) fn sweep(folder: &Path) {
    sweep_since(folder, SystemTime::now() - KEPT);
}

fn sweep_since(folder: &Path, latest: SystemTime) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let Some(process) = name.to_str().and_then(process_of) else {
            continue;
        };
        let changed = entry.metadata().and_then(|metadata| metadata.modified());
        if process == std::process::id()
            || !changed.is_ok_and(|changed| changed < latest)
            || is_running(process)
        {
            continue;
        }
        let path = entry.path();
        // A link is no folder here, so that nothing behind one is removed.
        let folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        let _: io::Result<()> = if folder {
            fs::remove_dir_all(path)
        } else {
            fs::remove_file(path)
        };
    }
}

/// The number of the process that made a draft of this name.
fn process_of(name: &str) -> Option<u32> {
    let inner = name.strip_prefix(BEGINNING)?.strip_suffix(ENDING)?;
    inner.split_once('-')?.0.parse().ok()
}

/// Whether a process runs, as far as the system says so in a folder.
fn is_running(process: u32) -> bool {
    Path::new("/proc").join(process.to_string()).exists()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn only_old_drafts_of_processes_that_are_gone_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        let own = format!("{}x{ENDING}", beginning());
        // No process has so high a number.
        let gone = ".hashiya-4294967295-abc.tmp";
        let folder_gone = ".hashiya-4294967294-abc.tmp";
        for name in [&*own, gone, ".hashiya-abc.tmp", "a.tmp", ".hashiya-1.jsonl"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        fs::create_dir(folder.path().join(folder_gone)).unwrap();
        fs::write(folder.path().join(folder_gone).join("a"), "x").unwrap();
        let names = || {
            let entries = fs::read_dir(folder.path()).unwrap();
            let mut names: Vec<String> = entries
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            names.sort();
            names
        };
        let before = names();
        sweep(folder.path());
        assert_eq!(names(), before, "they are young");
        sweep_since(folder.path(), SystemTime::now() + KEPT);
        let mut left = vec![own, ".hashiya-abc.tmp".to_owned(), "a.tmp".to_owned()];
        left.push(".hashiya-1.jsonl".to_owned());
        left.sort();
        assert_eq!(names(), left);
    }
}
