//! Work that is handed from one thread to another: in order, a few values at a time, and no more
//! ahead than memory should hold.

use std::{
    io, panic,
    sync::mpsc::{self, Receiver, SyncSender},
    thread::{self, Scope, ScopedJoinHandle},
    vec,
};

/// So many values go over together, or so many bytes: to wake the other thread costs more than most
/// values do.
const TOGETHER: usize = 16;
const BYTES: usize = 1 << 18;
/// So many bundles may wait.
const AHEAD: usize = 4;

/// The end at which values are given.
#[derive(Debug)]
pub(super) struct Giving<T> {
    sender: SyncSender<Message<T>>,
    bundle: Vec<T>,
    bytes: usize,
}

/// The end at which they are taken.
#[derive(Debug)]
pub(super) struct Taking<T> {
    receiver: Receiver<Message<T>>,
    bundle: vec::IntoIter<T>,
    whole: bool,
}

#[derive(Debug)]
enum Message<T> {
    Values(Vec<T>),
    Whole,
}

/// Both ends.
pub(super) fn pipeline<T>() -> (Giving<T>, Taking<T>) {
    let (sender, receiver) = mpsc::sync_channel(AHEAD);
    let giving = Giving {
        sender,
        bundle: Vec::new(),
        bytes: 0,
    };
    let taking = Taking {
        receiver,
        bundle: Vec::new().into_iter(),
        whole: false,
    };
    (giving, taking)
}

impl<T> Giving<T> {
    /// Gives a value of about so many bytes, waiting while too much waits. `false` where nobody takes
    /// any more.
    pub(super) fn give(&mut self, value: T, bytes: usize) -> bool {
        self.bundle.push(value);
        self.bytes += bytes;
        let waits = self.bundle.len() < TOGETHER && self.bytes < BYTES;
        waits || self.send()
    }

    /// Tells that these were all. Without it, who takes knows that something is missing.
    pub(super) fn end(mut self) {
        if self.send() {
            let _ = self.sender.send(Message::Whole);
        }
    }

    fn send(&mut self) -> bool {
        self.bytes = 0;
        let next = Vec::with_capacity(TOGETHER);
        let bundle = std::mem::replace(&mut self.bundle, next);
        self.sender.send(Message::Values(bundle)).is_ok()
    }
}

impl<T> Taking<T> {
    /// Whether all that was to come has come.
    pub(super) fn is_whole(&self) -> bool {
        self.whole
    }
}

impl<T> Iterator for Taking<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        loop {
            if let Some(value) = self.bundle.next() {
                return Some(value);
            }
            match self.receiver.recv().ok()? {
                Message::Values(bundle) => self.bundle = bundle.into_iter(),
                Message::Whole => {
                    self.whole = true;
                    return None;
                }
            }
        }
    }
}

/// Runs `work` on a thread of its own.
pub(super) fn beside<'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    work: impl FnOnce() -> T + Send + 'scope,
) -> io::Result<ScopedJoinHandle<'scope, T>> {
    thread::Builder::new()
        .name("pipeline".to_owned())
        .spawn_scoped(scope, work)
}

/// Waits for what a thread comes to. What ended it ends this one, too.
pub(super) fn joined<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    thread
        .join()
        .unwrap_or_else(|payload| panic::resume_unwind(payload))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn all_comes_in_order() {
        for count in [0, 1, TOGETHER, 1000] {
            let (mut giving, mut taking) = pipeline();
            thread::scope(|scope| {
                let taken = beside(scope, move || {
                    let taken: Vec<usize> = taking.by_ref().collect();
                    (taken, taking.is_whole())
                });
                assert!((0..count).all(|value| giving.give(value, 1)));
                giving.end();
                assert_eq!(joined(taken.unwrap()), ((0..count).collect(), true));
            });
        }
    }

    #[test]
    fn either_end_learns_that_the_other_is_gone() {
        let (mut giving, taking) = pipeline();
        drop(taking);
        assert!((0..TOGETHER).any(|value| !giving.give(value, 1)));

        let (mut giving, mut taking) = pipeline();
        assert!(giving.give(1, BYTES));
        drop(giving);
        assert_eq!((taking.next(), taking.next()), (Some(1), None));
        assert!(!taking.is_whole());
    }
}
