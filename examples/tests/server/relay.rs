//! A mail server of the test: takes every mail, says so, and keeps what it heard.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// What one mail came as.
pub(crate) struct Heard {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) mail: String,
}

/// Listens on a free port until the test ends.
pub(crate) fn start() -> (u16, Receiver<Heard>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let (heard, mails) = channel();
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let heard = heard.clone();
            thread::spawn(move || talk(&stream, &heard));
        }
    });
    (port, mails)
}

/// One connection (RFC 5321), to its end.
fn talk(mut stream: &TcpStream, heard: &Sender<Heard>) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines().map_while(Result::ok);
    let (mut from, mut to) = (String::new(), String::new());
    stream.write_all(b"220 relay ESMTP\r\n").ok()?;
    while let Some(line) = lines.next() {
        let answer: &[u8] = match line.split([' ', ':']).next()? {
            "EHLO" => b"250-relay\r\n250 8BITMIME\r\n",
            "MAIL" => {
                from = line;
                b"250 ok\r\n"
            }
            "RCPT" => {
                to = line;
                b"250 ok\r\n"
            }
            "DATA" => {
                stream.write_all(b"354 go on\r\n").ok()?;
                let mail: Vec<_> = lines.by_ref().take_while(|line| line != ".").collect();
                heard
                    .send(Heard { from: from.clone(), to: to.clone(), mail: mail.join("\n") })
                    .ok()?;
                b"250 queued\r\n"
            }
            "QUIT" => return stream.write_all(b"221 bye\r\n").ok(),
            _ => b"250 ok\r\n",
        };
        stream.write_all(answer).ok()?;
    }
    Some(())
}
