//! Work in the background: what takes longer than a frame runs on a thread of its own, tells how
//! far it is, can be stopped, and rings the window's bell when it has something.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
        mpsc,
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

/// Wakes the window, from any thread.
#[derive(Clone)]
pub struct Bell(Arc<dyn Fn() + Send + Sync>);

impl Bell {
    /// A bell that calls `ring`.
    pub fn new(ring: impl Fn() + Send + Sync + 'static) -> Self {
        Self(Arc::new(ring))
    }

    /// A bell that nobody hears, for programs without a window.
    pub fn silent() -> Self {
        Self::new(|| {})
    }

    /// Rings it.
    pub fn ring(&self) {
        (self.0)();
    }
}

impl fmt::Debug for Bell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Bell")
    }
}

/// How far a job is; shared with its thread.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicU64,
    total: AtomicU64,
    cancelled: AtomicBool,
}

impl Progress {
    /// Tells how many steps there are.
    pub fn set_total(&self, total: usize) {
        self.total.store(total as u64, Ordering::Relaxed);
    }

    /// Tells that a step is done.
    pub fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    /// Tells how far the work is, 0 to 1.
    pub fn set_fraction(&self, fraction: f32) {
        self.total.store(1000, Ordering::Relaxed);
        self.done.store(
            (fraction.clamp(0.0, 1.0) * 1000.0) as u64,
            Ordering::Relaxed,
        );
    }

    /// How far the work is, 0 to 1; `None` while its size is not known.
    pub fn fraction(&self) -> Option<f32> {
        let total = self.total.load(Ordering::Relaxed);
        (total > 0).then(|| self.done.load(Ordering::Relaxed) as f32 / total as f32)
    }

    /// How many steps are done.
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// Asks the work to stop.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether it is to stop.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

/// What a job is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JobKind {
    /// Files come in.
    Import,
    /// Projects and datasets are merged.
    Merge,
    /// Something is written.
    Write,
    /// The texts are searched.
    Search,
    /// What an export would lose is counted.
    Forecast,
    /// Files are looked into before they come in.
    Look,
    /// What is to be decided is counted.
    Count,
    /// All comments are read.
    Threads,
    /// What all agree on is counted, or taken over.
    Agree,
    /// The numbers of the dashboard are computed.
    Figures,
}

/// A job under way, giving messages of type `T`.
#[derive(Debug)]
pub struct Job<T> {
    kind: JobKind,
    progress: Arc<Progress>,
    results: mpsc::Receiver<T>,
    begun: Instant,
    thread: Option<JoinHandle<()>>,
}

/// What a job's thread says things through.
#[derive(Debug)]
pub struct Reporter<T> {
    sender: mpsc::Sender<T>,
    bell: Bell,
    /// How far the job is.
    pub progress: Arc<Progress>,
}

impl<T> Reporter<T> {
    /// Hands over a result and wakes the window.
    pub fn send(&self, result: T) {
        // Where the job was dropped nobody wants the result any more.
        let _ = self.sender.send(result);
        self.bell.ring();
    }
}

impl<T: Send + 'static> Job<T> {
    /// Starts `work` on a thread. An error where the system gives no thread.
    pub fn start(
        kind: JobKind,
        bell: &Bell,
        work: impl FnOnce(&Reporter<T>) + Send + 'static,
    ) -> std::io::Result<Self> {
        let (sender, results) = mpsc::channel();
        let progress = Arc::new(Progress::default());
        let reporter = Reporter {
            sender,
            bell: bell.clone(),
            progress: Arc::clone(&progress),
        };
        let thread = std::thread::Builder::new()
            .name(format!("{kind:?}"))
            .spawn(move || work(&reporter))?;
        Ok(Self {
            kind,
            progress,
            results,
            begun: Instant::now(),
            thread: Some(thread),
        })
    }

    /// What it is for.
    pub fn kind(&self) -> JobKind {
        self.kind
    }

    /// How far it is.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Whether it has run long enough (200 ms) that people want to see it.
    pub fn is_long(&self) -> bool {
        self.begun.elapsed() > Duration::from_millis(200)
    }

    /// Asks it to stop, and gives its thread: what it has open is closed when that has ended.
    pub(super) fn stop(mut self) -> Option<JoinHandle<()>> {
        self.progress.cancel();
        self.thread.take()
    }

    /// The next result, or whether more may come.
    pub fn poll(&self) -> Poll<T> {
        match self.results.try_recv() {
            Ok(result) => Poll::Ready(result),
            Err(mpsc::TryRecvError::Empty) => Poll::Pending,
            Err(mpsc::TryRecvError::Disconnected) => Poll::Over,
        }
    }
}

/// What a job has to say.
#[derive(Debug, PartialEq, Eq)]
pub enum Poll<T> {
    /// This.
    Ready(T),
    /// Nothing yet.
    Pending,
    /// Nothing any more.
    Over,
}

impl<T> Drop for Job<T> {
    fn drop(&mut self) {
        self.progress.cancel();
    }
}
