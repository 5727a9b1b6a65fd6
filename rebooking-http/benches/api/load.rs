//! A small load: a few connections, each asking again as soon as it is answered.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::thread;

use tokio::time::Instant;

const CONNECTIONS: usize = 8;

/// What is asked: the request of each number.
pub(crate) type Requests<'a> = &'a (dyn Fn(usize) -> &'a str + Sync);

/// How much is asked.
#[derive(Clone, Copy)]
pub(crate) struct Load {
    pub(crate) rounds: usize,
    /// Requests of one round, a multiple of the connections.
    pub(crate) a_round: usize,
}

impl Load {
    /// How many requests of either server there are, those to warm up included.
    pub(crate) const fn total(self) -> usize {
        (self.rounds + 1) * self.a_round
    }

    /// Answers a second of both, each the middle of several rounds that take turns, so that both
    /// see the same machine.
    pub(crate) fn beside(
        self,
        ours: SocketAddr,
        bare: SocketAddr,
        requests: Requests<'_>,
    ) -> (f64, f64) {
        let mut rounds: Vec<(f64, f64)> = (0..=self.rounds)
            .map(|number| {
                let first = number * self.a_round;
                (self.round(ours, first, requests), self.round(bare, first, requests))
            })
            .skip(1)
            .collect();
        rounds.sort_by(|one, other| (one.0 / one.1).total_cmp(&(other.0 / other.1)));
        rounds[self.rounds / 2]
    }

    fn round(self, server: SocketAddr, first: usize, requests: Requests<'_>) -> f64 {
        let mut callers: Vec<_> = (0..CONNECTIONS).map(|_| Caller::connect(server)).collect();
        let begun = Instant::now();
        thread::scope(|scope| {
            for (place, caller) in callers.iter_mut().enumerate() {
                scope.spawn(move || {
                    for number in (first + place..first + self.a_round).step_by(CONNECTIONS) {
                        caller.ask(requests(number));
                    }
                });
            }
        });
        self.a_round as f64 / begun.elapsed().as_secs_f64()
    }
}

/// The body's length of one answer.
pub(crate) fn length_of_answer(server: SocketAddr, request: &str) -> usize {
    Caller::connect(server).ask(request)
}

struct Caller {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Caller {
    fn connect(server: SocketAddr) -> Self {
        let stream = TcpStream::connect(server).unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream, buffer: vec![0; 64 * 1024] }
    }

    /// Sends a request and reads its answer to the end. Returns the length of the body.
    fn ask(&mut self, request: &str) -> usize {
        self.stream.write_all(request.as_bytes()).unwrap();
        let mut filled = 0;
        loop {
            let read = self.stream.read(&mut self.buffer[filled..]).unwrap();
            assert!(read > 0, "the server hung up");
            filled += read;
            let answer = &self.buffer[..filled];
            let Some(head) = answer.windows(4).position(|window| window == b"\r\n\r\n") else {
                continue;
            };
            let text = std::str::from_utf8(&answer[..head]).unwrap();
            assert!(text.starts_with("HTTP/1.1 200 "), "{text}");
            let length =
                text.split("content-length: ").nth(1).unwrap().split("\r\n").next().unwrap();
            let length: usize = length.parse().unwrap();
            if filled >= head + 4 + length {
                return length;
            }
        }
    }
}
