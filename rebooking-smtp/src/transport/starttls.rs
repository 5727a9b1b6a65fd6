//! STARTTLS (RFC 3207): the plaintext commands before it, read so that nothing that is sent too
//! early (command injection) is taken for part of the encrypted session.

use lettre::transport::smtp::extension::ClientId;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

use super::stage::SmtpStage;
use crate::error::{SmtpError, Stage};

/// Upper bounds of a reply (RFC 5321, 4.5.3.1.5, and room to spare).
const MAX_LINES: usize = 100;
const MAX_LINE_LEN: u64 = 2_000;

/// Sends EHLO and STARTTLS. On return the next byte from the server belongs to the TLS handshake.
pub(super) async fn ask_for_tls(
    socket: TcpStream,
    hello: &ClientId,
    stage: &SmtpStage,
) -> Result<TcpStream, SmtpError> {
    let mut server = BufReader::new(socket);
    let _ = reply(&mut server, Stage::Greeting).await?;
    let offered = ask(&mut server, &format!("EHLO {hello}\r\n"), Stage::Greeting).await?;
    stage.set(Stage::Encryption);
    if !offered.iter().any(|line| line.eq_ignore_ascii_case("STARTTLS")) {
        return Err(SmtpError::Unable { stage: Stage::Encryption });
    }
    let _ = ask(&mut server, "STARTTLS\r\n", Stage::Encryption).await?;
    // Bytes behind the reply were injected on the way, to pass for replies that came encrypted.
    if !server.buffer().is_empty() {
        return Err(SmtpError::Unable { stage: Stage::Encryption });
    }
    Ok(server.into_inner())
}

async fn ask(
    server: &mut BufReader<TcpStream>,
    command: &str,
    stage: Stage,
) -> Result<Vec<String>, SmtpError> {
    server.write_all(command.as_bytes()).await.map_err(|_| SmtpError::Broken { stage })?;
    reply(server, stage).await
}

/// The lines of a reply that says yes, without their code.
async fn reply(server: &mut BufReader<TcpStream>, stage: Stage) -> Result<Vec<String>, SmtpError> {
    let mut lines = Vec::new();
    while lines.len() < MAX_LINES {
        let mut line = Vec::new();
        let read = (&mut *server).take(MAX_LINE_LEN).read_until(b'\n', &mut line).await;
        if read.is_err() || line.pop() != Some(b'\n') {
            break;
        }
        let line = String::from_utf8_lossy(&line);
        let code = line.get(..3).filter(|code| code.bytes().all(|byte| byte.is_ascii_digit()));
        let Some(code) =
            code.and_then(|code| code.parse().ok()).filter(|code| (200..600).contains(code))
        else {
            break;
        };
        let (more, text) = match line.get(3..).unwrap_or_default().split_at_checked(1) {
            Some(("-", text)) => (true, text),
            Some((" " | "\r", text)) => (false, text),
            None => (false, ""),
            Some(_) => break,
        };
        lines.push(text.trim_end().to_owned());
        match code {
            _ if more => {}
            200..300 => return Ok(lines),
            code => return Err(SmtpError::Reply { stage, code }),
        }
    }
    Err(SmtpError::Broken { stage })
}
