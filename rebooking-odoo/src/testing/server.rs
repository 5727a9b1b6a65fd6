//! Listening, answering, and the troubles on the way.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::JoinSet;

use super::control;
use super::http::{self, Response};
use super::rpc;
use super::shared::Shared;
use super::trouble::Symptom;

/// Takes a port and does not listen: who connects is refused.
pub(super) fn hold(address: SocketAddr) -> io::Result<TcpSocket> {
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.set_reuseport(true)?;
    socket.bind(address)?;
    Ok(socket)
}

/// Serves until it is aborted.
pub(super) async fn run(shared: Arc<Shared>, address: SocketAddr) {
    let mut open = shared.open.subscribe();
    loop {
        let listener = hold(address).and_then(|socket| socket.listen(64)).unwrap();
        shared.listens.send_replace(true);
        accept(&shared, listener, open.clone()).await;
        shared.listens.send_replace(false);
        let _ = open.wait_for(|open| *open).await;
    }
}

async fn accept(
    shared: &Arc<Shared>,
    listener: TcpListener,
    mut open: tokio::sync::watch::Receiver<bool>,
) {
    // Those that are being answered when the port closes are answered still.
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            biased;
            _ = open.wait_for(|open| !*open) => break,
            accepted = listener.accept() => {
                if let Ok((stream, _)) = accepted {
                    connections.spawn(serve(Arc::clone(shared), stream));
                }
            }
        }
    }
    drop(listener);
    connections.detach_all();
}

async fn serve(shared: Arc<Shared>, mut stream: TcpStream) {
    let mut pending = Vec::new();
    while let Ok(Some(request)) = http::read(&mut stream, &mut pending).await {
        if let Some(what) = request.path.strip_prefix("/control/") {
            let answer = control::carry_out(&shared, what, &request.body);
            let _ = http::send(&mut stream, &answer.bytes(true)).await;
            break;
        }
        let call = rpc::Incoming::read(&request);
        shared.plan().heard(&request);
        let fate = shared.plan().called(&call.name());
        if !matches!(call, rpc::Incoming::Version) {
            shared.pass().await;
        }
        let done = fate.trouble.as_ref().is_none_or(|trouble| trouble.done);
        let response = if done { Some(rpc::answer(&shared, &request, &call).await) } else { None };
        if fate.last {
            shared.close().await;
        }
        let sent = match (fate.trouble.map(|trouble| trouble.symptom), response) {
            (None, Some(response)) => http::send(&mut stream, &response.bytes(fate.last)).await,
            (symptom, response) => {
                suffer(&mut stream, symptom.unwrap_or(Symptom::Silent), response).await
            }
        };
        if sent.is_err() || fate.last {
            break;
        }
    }
}

/// Something goes wrong; an error ends the connection.
async fn suffer(
    stream: &mut TcpStream,
    symptom: Symptom,
    response: Option<Response>,
) -> io::Result<()> {
    let nothing = Response { status: 200, kind: "application/json", body: b"[99999]".to_vec() };
    let bytes = response.unwrap_or(nothing).bytes(false);
    match symptom {
        // Whoever was connected before the port closed.
        Symptom::Refused => {}
        Symptom::Reset => {
            let half = bytes.get(..bytes.len() - 3).unwrap_or_default();
            http::send(stream, half).await?;
            stream.set_zero_linger()?;
        }
        Symptom::Silent => http::hung_up(stream).await,
        Symptom::Drip => {
            for byte in bytes {
                http::send(stream, &[byte]).await?;
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
        Symptom::Huge => {
            let head = "HTTP/1.1 200 X\r\nContent-Type: application/json\r\n\
                        Content-Length: 10485760\r\n\r\n";
            http::send(stream, head.as_bytes()).await?;
            for _ in 0..160 {
                http::send(stream, &[b' '; 65_536]).await?;
            }
        }
        Symptom::WrongJson => {
            let body = br#"{"jsonrpc":"2.0","id":1,"result":{"surprise":[1,{"a":null}]}}"#;
            let wrong = Response { status: 200, kind: "application/json", body: body.to_vec() };
            return http::send(stream, &wrong.bytes(false)).await;
        }
        Symptom::Answer(status, kind, body) => {
            let answer = Response { status, kind, body: body.into_bytes() };
            return http::send(stream, &answer.bytes(false)).await;
        }
    }
    Err(io::ErrorKind::ConnectionReset.into())
}
