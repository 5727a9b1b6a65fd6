//! A small load: a few connections, each asking again as soon as it is answered.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::thread;
use std::time::Duration;

use tokio::time::Instant;

const CONNECTIONS: usize = 8;
const ROUNDS: usize = 7;
const ROUND: Duration = Duration::from_millis(700);

/// Answers a second of both, each the middle of several rounds that take turns, so that both see the same machine.
pub(crate) fn beside(ours: SocketAddr, bare: SocketAddr, request: &str) -> (f64, f64) {
    round(ours, request);
    round(bare, request);
    let mut rounds: Vec<(f64, f64)> =
        (0..ROUNDS).map(|_| (round(ours, request), round(bare, request))).collect();
    rounds.sort_by(|one, other| (one.0 / one.1).total_cmp(&(other.0 / other.1)));
    rounds[ROUNDS / 2]
}

/// The body's length of one answer.
pub(crate) fn length_of_answer(server: SocketAddr, request: &str) -> usize {
    Caller::connect(server).ask(request)
}

fn round(server: SocketAddr, request: &str) -> f64 {
    let begun = Instant::now();
    let callers = (0..CONNECTIONS).map(|_| {
        let (mut caller, request) = (Caller::connect(server), request.to_owned());
        thread::spawn(move || {
            let mut answers = 0_u32;
            while begun.elapsed() < ROUND {
                caller.ask(&request);
                answers += 1;
            }
            answers
        })
    });
    let answers: u32 = callers.collect::<Vec<_>>().into_iter().map(|caller| caller.join().unwrap()).sum();
    f64::from(answers) / begun.elapsed().as_secs_f64()
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
            let Some(head) = answer.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
            let text = std::str::from_utf8(&answer[..head]).unwrap();
            assert!(text.starts_with("HTTP/1.1 200 "), "{text}");
            let length = text.split("content-length: ").nth(1).unwrap().split("\r\n").next().unwrap();
            let length: usize = length.parse().unwrap();
            if filled >= head + 4 + length {
                return length;
            }
        }
    }
}
