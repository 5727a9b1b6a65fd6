//! A line between the server and something outside, which a test cuts, slows or spoils.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// As it should be.
    Up,
    /// Nobody listens, and who was connected is cut off.
    Down,
    /// Everything takes so much longer.
    Slow(Duration),
    /// It is open and nothing goes over.
    Silent,
    /// What is asked goes over, and its answer does not.
    AnswersLost,
    /// What is asked goes over, and the connection breaks in place of the answer.
    AnswersCut,
    /// What is asked goes over, and this is said in place of the answer.
    AnswersWrong(&'static [u8]),
}

/// A line on a port of the loopback. It ends when it is dropped.
#[derive(Debug)]
pub struct Line {
    address: SocketAddr,
    how: watch::Sender<Condition>,
    listens: watch::Receiver<bool>,
    /// Keeps the port ours while nobody listens.
    _port: TcpSocket,
    task: JoinHandle<()>,
}

impl Drop for Line {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Line {
    /// To this port of the loopback.
    pub async fn to(port: u16) -> Self {
        let held = hold(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).unwrap();
        let address = held.local_addr().unwrap();
        let how = watch::Sender::new(Condition::Up);
        let (is, mut listens) = watch::channel(false);
        let far = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let task = tokio::spawn(run(address, far, how.subscribe(), is));
        listens.wait_for(|listens| *listens).await.unwrap();
        Self { address, how, listens, _port: held, task }
    }

    /// Where its near end is.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// It is so from now on, also for who is connected.
    pub async fn is(&self, condition: Condition) {
        self.how.send_replace(condition);
        let wanted = condition != Condition::Down;
        self.listens.clone().wait_for(|listens| *listens == wanted).await.unwrap();
    }
}

/// Takes a port and does not listen: who connects is refused.
fn hold(address: SocketAddr) -> io::Result<TcpSocket> {
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.set_reuseport(true)?;
    socket.bind(address)?;
    Ok(socket)
}

async fn run(
    near: SocketAddr,
    far: SocketAddr,
    mut how: watch::Receiver<Condition>,
    is: watch::Sender<bool>,
) {
    let open = |how: &Condition| *how != Condition::Down;
    while how.wait_for(open).await.is_ok() {
        let listener = hold(near).and_then(|socket| socket.listen(128)).unwrap();
        is.send_replace(true);
        accept(&listener, far, &mut how).await;
        drop(listener);
        is.send_replace(false);
    }
}

async fn accept(listener: &TcpListener, far: SocketAddr, how: &mut watch::Receiver<Condition>) {
    let how_for_each = how.clone();
    loop {
        tokio::select! {
            biased;
            _ = how.wait_for(|how| *how == Condition::Down) => return,
            accepted = listener.accept() => {
                if let Ok((stream, _)) = accepted {
                    tokio::spawn(connect(stream, far, how_for_each.clone()));
                }
            }
        }
    }
}

/// One connection, to its end on either side.
async fn connect(near: TcpStream, far: SocketAddr, mut how: watch::Receiver<Condition>) {
    let Ok(far) = TcpStream::connect(far).await else { return };
    let (near_reads, near_writes) = near.into_split();
    let (far_reads, far_writes) = far.into_split();
    let (asked, answered) = (how.clone(), how.clone());
    tokio::select! {
        _ = ask(near_reads, far_writes, asked) => {}
        _ = answer(far_reads, near_writes, answered) => {}
        _ = how.wait_for(|how| *how == Condition::Down) => {}
    }
}

async fn ask(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    mut how: watch::Receiver<Condition>,
) -> io::Result<()> {
    let mut bytes = vec![0; 16_384];
    loop {
        let count = from.read(&mut bytes).await?;
        let _ = how.wait_for(|how| *how != Condition::Silent).await;
        linger(&how).await;
        if count == 0 {
            return Ok(());
        }
        to.write_all(&bytes[..count]).await?;
    }
}

async fn answer(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    mut how: watch::Receiver<Condition>,
) -> io::Result<()> {
    let mut bytes = vec![0; 16_384];
    loop {
        let count = from.read(&mut bytes).await?;
        let held = |how: &Condition| matches!(how, Condition::Silent | Condition::AnswersLost);
        let _ = how.wait_for(|how| !held(how)).await;
        linger(&how).await;
        let condition = *how.borrow();
        match condition {
            Condition::AnswersCut => return Ok(()),
            Condition::AnswersWrong(said) => {
                to.write_all(said).await?;
                return to.shutdown().await;
            }
            Condition::Up
            | Condition::Down
            | Condition::Slow(_)
            | Condition::Silent
            | Condition::AnswersLost => {}
        }
        if count == 0 {
            return to.shutdown().await;
        }
        to.write_all(&bytes[..count]).await?;
    }
}

async fn linger(how: &watch::Receiver<Condition>) {
    let condition = *how.borrow();
    if let Condition::Slow(pause) = condition {
        tokio::time::sleep(pause).await;
    }
}
