//! The client's side of eframe's inspection: asks the running program for its accessibility tree.

use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use egui_inspection::protocol::read_handshake;
use egui_inspection::{PROTOCOL_VERSION, Request, Response, read_message, write_message};

use super::tree::Tree;

/// Longer than the program's own limit for an answer, which is 20 s.
const ANSWER: Duration = Duration::from_secs(25);

/// A connection to the program.
pub(crate) struct Inspector {
    stream: TcpStream,
}

/// An address on this machine that is free now.
pub(crate) fn free_address() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().to_string()
}

impl Inspector {
    /// Nothing as long as the program does not listen.
    pub(crate) fn connect(address: &str) -> Option<Self> {
        let stream = TcpStream::connect(address).ok()?;
        stream.set_nodelay(true).ok()?;
        stream.set_read_timeout(Some(ANSWER)).ok()?;
        let version = read_handshake(&stream).ok()?;
        assert_eq!(
            version, PROTOCOL_VERSION,
            "egui_inspection of the tests and of eframe differ"
        );
        Some(Self { stream })
    }

    /// The tree of a frame painted for this question; nothing before the first one, or if the program is gone.
    pub(crate) fn tree(&mut self) -> Option<Tree> {
        match self.ask(&Request::GetTree)? {
            Response::Tree {
                accesskit: Some(update),
                pixels_per_point,
                ..
            } => Some(Tree::new(update, f64::from(pixels_per_point))),
            _ => None,
        }
    }

    /// Waits until the program has nothing left to paint; whether it came to rest within `frames`.
    pub(crate) fn settle(&mut self, frames: u64) -> bool {
        matches!(
            self.ask(&Request::Settle { max_steps: frames }),
            Some(Response::Settled { settled: true, .. })
        )
    }

    fn ask(&mut self, request: &Request) -> Option<Response> {
        write_message(&self.stream, request).ok()?;
        read_message(&self.stream).ok()
    }
}
