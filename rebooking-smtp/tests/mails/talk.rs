//! A mail server that follows a script, one a connection, and remembers every byte that it hears.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use rebooking_smtp::{Relay, Tls};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// One step of a conversation, as the server sees it.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// Writes these lines.
    Say(&'static str),
    /// Writes them a byte at a time.
    SaySlowly(&'static str),
    /// Writes these bytes as they are, all at once.
    SayBytes(&'static [u8]),
    /// Writes one byte of an endless reply every now and then, for ever.
    Drip,
    /// Reads nothing more and keeps the line open.
    TurnDeaf,
    /// Reads one line, which must begin like this.
    Hear(&'static str),
    /// Reads a whole mail, up to its final dot.
    HearMail,
    /// Says nothing more and keeps the line open.
    FallSilent,
}

pub(crate) use Step::{Drip, FallSilent, Hear, HearMail, Say, SayBytes, SaySlowly, TurnDeaf};

/// Long enough for a machine that has much else to do.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// Short enough to wait for in a test.
pub(crate) const HASTE: Duration = Duration::from_millis(400);

/// What is said before the first mail, without TLS.
pub(crate) const OPENING: [Step; 3] = [
    Say("220 here"),
    Hear("EHLO mail.example.com"),
    Say("250-localhost\r\n250-8BITMIME\r\n250 SIZE 1000000"),
];

/// A mail that is taken.
pub(crate) const TAKEN: [Step; 8] = [
    Hear("MAIL FROM:<bounces@mail.example.com>"),
    Say("250 ok"),
    Hear("RCPT TO:<erika@example.com>"),
    Say("250 ok"),
    Hear("DATA"),
    Say("354 go on"),
    HearMail,
    Say("250 queued"),
];

pub(crate) fn script(parts: &[&[Step]]) -> Vec<Step> {
    parts.concat()
}

/// One connection: what the client did against the script.
type Connection = JoinHandle<Result<(), String>>;

/// The server: each connection follows the next script.
pub(crate) struct Talk {
    pub(crate) port: u16,
    heard: Arc<Mutex<Vec<String>>>,
    connections: Arc<Mutex<Vec<Connection>>>,
}

impl Talk {
    pub(crate) async fn following(scripts: Vec<Vec<Step>>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let talk = Self { port, heard: Arc::default(), connections: Arc::default() };
        let (heard, connections) = (talk.heard.clone(), talk.connections.clone());
        tokio::spawn(async move {
            for (place, script) in scripts.into_iter().enumerate() {
                let (stream, _) = listener.accept().await.unwrap();
                heard.lock().unwrap().push(String::new());
                let heard = heard.clone();
                let connection = async move { follow(stream, script, place, &heard).await };
                connections.lock().unwrap().push(tokio::spawn(connection));
            }
        });
        talk
    }

    /// A relay at this server.
    pub(crate) fn relay(&self) -> Relay {
        let relay = Relay::parse(&format!("smtp://127.0.0.1:{}", self.port)).unwrap();
        Relay { deadline: PATIENCE, ..relay.with_tls(Tls::None).unwrap() }
    }

    /// The same with little patience.
    pub(crate) fn hasty_relay(&self) -> Relay {
        Relay { deadline: HASTE, ..self.relay() }
    }

    /// What each connection has heard, once all that began have ended.
    pub(crate) async fn heard(&self) -> Vec<String> {
        let connections = std::mem::take(&mut *self.connections.lock().unwrap());
        for connection in connections {
            connection.await.unwrap().expect("the client keeps to the script");
        }
        self.heard.lock().unwrap().clone()
    }

    /// How many connections there were, and how many mails were heard to their end.
    pub(crate) async fn counts(&self) -> (usize, usize) {
        let heard = self.heard().await;
        (heard.len(), heard.iter().map(|heard| heard.matches("\r\n.\r\n").count()).sum())
    }
}

async fn follow(
    mut stream: TcpStream,
    script: Vec<Step>,
    place: usize,
    heard: &Mutex<Vec<String>>,
) -> Result<(), String> {
    let mut pending = Vec::new();
    for step in script {
        match step {
            Say(text) => say(&mut stream, text, text.len()).await,
            SaySlowly(text) => say(&mut stream, text, 1).await,
            SayBytes(bytes) => drop(stream.write_all(bytes).await),
            Drip => {
                while stream.write_all(b"2").await.is_ok() {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
                return Ok(());
            }
            TurnDeaf => std::future::pending().await,
            Hear(wanted) => {
                let line = hear(&mut stream, &mut pending, "\r\n", place, heard).await;
                if !line.starts_with(wanted) {
                    return Err(format!("heard {line:?} instead of {wanted:?}"));
                }
            }
            HearMail => drop(hear(&mut stream, &mut pending, "\r\n.\r\n", place, heard).await),
            FallSilent => {
                // Goes on listening, so that what is said in vain is remembered.
                while !hear(&mut stream, &mut pending, "\r\n", place, heard).await.is_empty() {}
                return Ok(());
            }
        }
    }
    Ok(())
}

async fn say(stream: &mut TcpStream, text: &str, at_once: usize) {
    for piece in format!("{text}\r\n").as_bytes().chunks(at_once) {
        if stream.write_all(piece).await.is_err() || stream.flush().await.is_err() {
            return;
        }
        tokio::task::yield_now().await;
    }
}

/// Reads up to an end; less than that when the client is gone.
async fn hear(
    stream: &mut TcpStream,
    pending: &mut Vec<u8>,
    end: &str,
    place: usize,
    heard: &Mutex<Vec<String>>,
) -> String {
    loop {
        if let Some(at) = pending.windows(end.len()).position(|window| window == end.as_bytes()) {
            let piece: Vec<u8> = pending.drain(..at + end.len()).collect();
            let piece = String::from_utf8_lossy(&piece).into_owned();
            heard.lock().unwrap()[place].push_str(&piece);
            return piece;
        }
        let mut buffer = [0; 4096];
        match stream.read(&mut buffer).await {
            Ok(read) if read > 0 => pending.extend_from_slice(&buffer[..read]),
            _ => {
                let rest = String::from_utf8_lossy(&std::mem::take(pending)).into_owned();
                heard.lock().unwrap()[place].push_str(&rest);
                return String::new();
            }
        }
    }
}
