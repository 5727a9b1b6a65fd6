//! A small proxy before the database that cuts the wire at the worst moment.

#![allow(unreachable_pub, reason = "a module of a test")]

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// On which side of the server's work the wire is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// The server never hears of the commit.
    Before,
    /// The server carries it out, and nobody hears of that.
    After,
    /// The server hears of it only when told to, long after the connection was given up.
    Late,
}

struct Inner {
    database: String,
    mark: &'static [u8],
    next: Mutex<Option<Cut>>,
    cuts: AtomicU32,
    opened: AtomicU32,
    /// Connections up to this one have gone silent.
    frozen: AtomicU32,
    /// Rung when what is late is to arrive, and when the server has answered it.
    arrive: Notify,
    arrived: Notify,
}

/// Passes on what both sides say, and cuts a connection that carries the mark when it was told to.
pub struct Proxy {
    inner: Arc<Inner>,
    url: String,
}

impl Proxy {
    pub async fn start(database: &str, mark: &'static [u8]) -> Self {
        let (user, rest) = database.split_once('@').unwrap();
        let (address, name) = rest.split_once('/').unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("{user}@{}/{name}?sslmode=disable", listener.local_addr().unwrap());
        let inner = Arc::new(Inner {
            database: address.to_owned(),
            mark,
            next: Mutex::default(),
            cuts: AtomicU32::new(0),
            opened: AtomicU32::new(0),
            frozen: AtomicU32::new(0),
            arrive: Notify::new(),
            arrived: Notify::new(),
        });
        let here = Arc::clone(&inner);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(pass(client, Arc::clone(&here)));
            }
        });
        Self { inner, url }
    }

    pub fn url(&self) -> String {
        self.url.clone()
    }

    /// The next commit is cut.
    pub fn cut_next(&self, cut: Cut) {
        *self.inner.next.lock().unwrap() = Some(cut);
    }

    /// What is late arrives, and the server has answered it.
    pub async fn deliver_what_is_late(&self) {
        self.inner.arrive.notify_one();
        self.inner.arrived.notified().await;
    }

    /// Every connection that is open goes silent: nothing comes through and nobody hangs up, as
    /// with a server that lost its power.
    pub fn freeze(&self) {
        self.inner.frozen.store(self.opened(), Ordering::Relaxed);
    }

    /// How many connections have been opened.
    pub fn opened(&self) -> u32 {
        self.inner.opened.load(Ordering::Relaxed)
    }

    /// How often the wire was cut.
    pub fn cuts(&self) -> u32 {
        self.inner.cuts.load(Ordering::Relaxed)
    }
}

async fn pass(mut client: TcpStream, inner: Arc<Inner>) {
    let number = inner.opened.fetch_add(1, Ordering::Relaxed) + 1;
    let Ok(mut server) = TcpStream::connect(&inner.database).await else { return };
    let (mut up, mut down) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
    let mut said = Vec::new();
    loop {
        tokio::select! {
            read = client.read(&mut up) => {
                let Ok(read @ 1..) = read else { return };
                if number <= inner.frozen.load(Ordering::Relaxed) {
                    std::future::pending::<()>().await;
                }
                // A message may come in pieces: what was said before counts too.
                said.extend_from_slice(&up[..read]);
                let marked = said.windows(inner.mark.len()).any(|window| window == inner.mark);
                let cut = if marked { inner.next.lock().unwrap().take() } else { None };
                if marked {
                    said.clear();
                }
                match cut {
                    Some(Cut::Before) => {
                        inner.cuts.fetch_add(1, Ordering::Relaxed);
                        return;
                    }
                    Some(Cut::After) => {
                        inner.cuts.fetch_add(1, Ordering::Relaxed);
                        let _ = server.write_all(&up[..read]).await;
                        // The answer comes as far as here.
                        let _ = server.read(&mut down).await;
                        return;
                    }
                    Some(Cut::Late) => {
                        inner.cuts.fetch_add(1, Ordering::Relaxed);
                        drop(client);
                        inner.arrive.notified().await;
                        let _ = server.write_all(&up[..read]).await;
                        let _ = server.read(&mut down).await;
                        inner.arrived.notify_one();
                        return;
                    }
                    None => if server.write_all(&up[..read]).await.is_err() { return },
                }
            }
            read = server.read(&mut down) => {
                let Ok(read @ 1..) = read else { return };
                if client.write_all(&down[..read]).await.is_err() { return }
            }
        }
    }
}
