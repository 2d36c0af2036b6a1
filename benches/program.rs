//! What the program costs from its start to its end: the first frame of the window, its memory, the import of many
//! files. `cargo bench --bench program`; with a number (`-- 100000`) that many files are imported besides 1,000.
//! The window needs a display (`xvfb-run -s "-screen 0 1280x800x24"`); without one those lines are left out.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench prints what it measures, and a failure ends it"
)]

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

const SENTENCES: [&str; 4] = [
    "أعلن مجلس البلدية أمس فتح ثلاث حدائق جديدة على ضفة النهر، ",
    "وقال المتحدث باسم المجلس سامي الخطيب إن الزوار سيدخلونها بلا رسوم حتى نهاية العام. ",
    "في المقابل نفت شركة المياه Aqua Orient أن يكون المشروع سبب انقطاع الضخ في الأحياء الشرقية، ",
    "ودعت 1,250 من السكان إلى الاتصال بمكاتبها قبل الساعة العاشرة صباحا.\n",
];

/// An article of about `bytes`, different for each `n`.
fn article(n: usize, bytes: usize) -> String {
    let mut text = format!("خبر رقم {n} من المدينة\n");
    for turn in n.. {
        if text.len() >= bytes {
            break;
        }
        text.push_str(SENTENCES[turn % SENTENCES.len()]);
    }
    text
}

fn hashiya(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hashiya"));
    command
        .env("HOME", home)
        .env_remove("XDG_CONFIG_HOME")
        .env_remove("XDG_DATA_HOME");
    command
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Imports `count` files of 2 kB, three times, each into a project of its own.
fn import(folder: &Path, count: usize) {
    let files = folder.join(format!("{count} files"));
    for n in 0..count {
        let part = files.join((n / 1000).to_string());
        if n % 1000 == 0 {
            fs::create_dir_all(&part).unwrap();
        }
        fs::write(part.join(format!("{n}.txt")), article(n, 2048)).unwrap();
    }
    for turn in 1..=3 {
        let project = folder.join(format!("{count}-{turn}.hashiya"));
        let start = Instant::now();
        let mut child = hashiya(folder)
            .arg("import")
            .args([&project, &files])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let mut most = 0;
        let status = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            most = most.max(memory(&child, "VmHWM"));
            std::thread::sleep(Duration::from_millis(2));
        };
        assert!(status.success());
        println!(
            "import {count} files, run {turn}: {:.0} ms, {most} kB at most",
            ms(start.elapsed())
        );
    }
}

/// A line of the process's status, in kB; 0 where the system does not tell.
fn memory(child: &Child, line: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let found = status.lines().find(|l| l.starts_with(line));
    found
        .and_then(|l| l.split_whitespace().nth(1)?.parse().ok())
        .unwrap_or(0)
}

/// Opens the window on a project with one article of 100 kB; from the process's start to when the first frame is on
/// the screen, and its memory 3 s later.
fn window(folder: &Path) {
    let project = folder.join("start.hashiya");
    let text = folder.join("long.txt");
    fs::write(&text, article(0, 100 << 10)).unwrap();
    let made = hashiya(folder)
        .arg("import")
        .args([&project, &text])
        .stdout(Stdio::null())
        .status();
    assert!(made.unwrap().success());
    let (mut times, mut resident) = (Vec::new(), Vec::new());
    for _ in 0..11 {
        let start = Instant::now();
        let mut child = hashiya(folder)
            .env("HASHIYA_LOG", "hashiya=info")
            .arg("--project")
            .arg(&project)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let shown = lines.any(|line| line.unwrap().contains("first frame"));
        assert!(shown, "the window did not open");
        times.push(start.elapsed());
        std::thread::sleep(Duration::from_secs(3));
        resident.push(memory(&child, "VmRSS"));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    times.sort_unstable();
    resident.sort_unstable();
    println!(
        "start -> first frame: median {:.0} ms, worst {:.0} ms of 11",
        ms(times[5]),
        ms(times[10])
    );
    println!(
        "resident with a 100 kB article open: median {} kB, most {} kB",
        resident[5], resident[10]
    );
}

fn main() {
    let folder = tempfile::tempdir_in(".").unwrap();
    if std::env::var_os("DISPLAY").is_some() {
        window(folder.path());
    } else {
        println!("no DISPLAY: the window is not measured");
    }
    import(folder.path(), 1_000);
    let wanted = std::env::args().find_map(|argument| argument.parse().ok());
    if let Some(count) = wanted {
        import(folder.path(), count);
    }
}
